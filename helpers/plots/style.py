"""The one place for colours, markers and sizes, and the way a figure gets them.

Figures carry their own light, opaque paper, so that they read the same in a light and in a dark theme. Blue and orange
are those of Okabe and Ito (2008, Color Universal Design), told apart with every common colour blindness; green and
purple are theirs made darker, for contrast on paper. Classes also differ by marker and curves by line style, so that
no meaning rests on colour alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import matplotlib
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

PAPER = "#fafaf8"
INK = "#1c1c1c"
FAINT = "#5c5c5c"
GRID = "#e3e3de"

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#00795A", "#9C4A7E"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
MARKERS = ("o", "^", "s", "D")
LINE_STYLES = ("-", "--", "-.", ":")

# Light enough that every marker keeps a contrast of 3 on every shade between them.
SHADES = LinearSegmentedColormap.from_list("blue to orange", ["#d5e7f3", PAPER, "#fce6d8"])

SIZE = (6.4, 4.2)
"""Inches; at 100 dots an inch this is the width in CSS pixels that a figure takes on the page."""

STYLE: dict[str, Any] = {
    "figure.facecolor": PAPER,
    "figure.figsize": SIZE,
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "savefig.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 12,
    "axes.labelsize": 12,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=LINE_STYLES),
    "grid.color": GRID,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "font.size": 11,
    "legend.frameon": True,
    "legend.facecolor": PAPER,
    "legend.edgecolor": GRID,
    "legend.framealpha": 0.9,
    "lines.linewidth": 2.0,
}

Drawing = TypeVar("Drawing", bound=Callable[..., Any])


def styled(draw: Drawing) -> Drawing:
    """Run a drawing function under STYLE, whatever the notebook has set, and set nothing for others."""

    @wraps(draw)
    def in_style(*args: Any, **kwargs: Any) -> Any:
        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return in_style


def axes_or_new(ax: Axes | None) -> Axes:
    """The Axes given, or those of a new figure; called within a styled function."""
    return plt.subplots()[1] if ax is None else ax


@styled
def axes(columns: int = 1, rows: int = 1, size: tuple[float, float] | None = None, **options: Any) -> Any:
    """A new figure in the course's style, for drawing several things side by side.

    columns, rows: how many Axes. size: of the whole figure in inches; by default each Axes gets its share of SIZE.
    options: passed on to `plt.subplots`, such as sharey=True. Returns one Axes, or an array of them if there are more.
    """
    if size is None:
        size = (SIZE[0] * max(1.0, 0.75 * columns), SIZE[1] * max(1.0, 0.85 * rows))
    return plt.subplots(rows, columns, figsize=size, **options)[1]
