"""Numbers below an x axis that change with its range, while its ticks and grid lines stay where they are.

Matplotlib takes ten times as long to draw an axis anew as to draw the few numbers.
"""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text


def tick_numbers(ax: Axes, shares: Sequence[float], widest: Sequence[str]) -> list[Text]:
    """A text for each tick, to be drawn with what moves; the ticks lie at these shares of the axis, from 0 to 1.

    widest: what the texts say at first, so that the layout leaves room for it.
    """
    low, high = ax.get_xlim()
    # A blank is as high as a number, so the axis keeps the numbers' row free.
    ax.set_xticks([low + share * (high - low) for share in shares], [" "] * len(shares))
    tick = ax.xaxis.get_major_ticks()[0]
    below = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "center", "va": "top"}
    return [
        ax.annotate(words, (share, 0), (0, -tick.get_tick_padding() - tick.get_pad()), annotation_clip=False, **below)
        for share, words in zip(shares, widest, strict=True)
    ]
