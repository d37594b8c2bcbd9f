"""A network as a drawing: one circle for each unit, one arrow for each weight."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.patches import Circle

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER, axes, styled

RADIUS = 0.3
ACROSS = 2.4
"""From one layer to the next; units of a layer are 1 apart."""

MOST = 8
"""Circles drawn for one layer; a larger one shows the first and the last of them, with dots between."""


@styled
def network_diagram(layer_sizes: Sequence[int], titles: Sequence[str] = (), ax: Axes | None = None) -> Axes:
    """Columns of circles for layer_sizes = [n_x, n1, …, nL], each joined to all of the column before.

    titles: one for each column, written over it; by default "input", "layer 1" and so on, with the number of units.
    A layer of more than 8 units is drawn with dots in the middle. Raises ValueError for fewer than two sizes, a size
    below 1 or another number of titles.
    """
    if len(layer_sizes) < 2 or min(layer_sizes) < 1:
        raise ValueError(f"layer_sizes is {list(layer_sizes)}, but at least two sizes of 1 or more are needed.")
    titles = titles or [f"{f'layer {l}' if l else 'input'}\n{n}" for l, n in enumerate(layer_sizes)]
    if len(titles) != len(layer_sizes):
        raise ValueError(f"titles has {len(titles)} entries, but there are {len(layer_sizes)} columns.")
    tall = max(min(n, MOST) for n in layer_sizes)
    wide = ACROSS * (len(layer_sizes) - 1)
    ax = axes(size=(0.62 * (wide + 2.4), 0.5 * (tall + 1.6))) if ax is None else ax
    columns = [[(ACROSS * l, y) for y in heights(n)] for l, n in enumerate(layer_sizes)]
    for before, after in pairwise(columns):
        for start in before:
            for end in after:
                ax.plot(*zip(start, end, strict=True), color=FAINT, linestyle="-", linewidth=0.6, alpha=0.6, zorder=1)
    for l, (column, n, title) in enumerate(zip(columns, layer_sizes, titles, strict=True)):
        edge = INK if l == 0 else ORANGE if l == len(columns) - 1 else BLUE
        for place in column:
            ax.add_patch(Circle(place, RADIUS, facecolor=PAPER, edgecolor=edge, linewidth=1.8, zorder=3))
        if n > MOST:
            ax.text(ACROSS * l, 0, "⋮", ha="center", va="center", fontsize=16)
        ax.text(ACROSS * l, tall / 2 + 0.1, title, ha="center", va="bottom")
    ax.set(xlim=(-1.2, wide + 1.2), ylim=(-tall / 2 - 0.1, tall / 2 + 1.5), aspect="equal")
    ax.axis("off")
    return ax


def heights(n: int) -> list[float]:
    """Where the circles of a layer of n units stand: 1 apart, centred, with a gap in the middle of a large layer."""
    shown = min(n, MOST)
    places = [(shown - 1) / 2 - i for i in range(shown)]
    return [y for y in places if abs(y) > 0.6] if n > MOST else places
