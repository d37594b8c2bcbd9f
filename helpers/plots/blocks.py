"""The layers of a network as boxes: the way forward above, the way back below, and the caches between them."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER, axes, styled

ACROSS, DOWN = 2.6, 2.3
"""From one layer to the next, and from the way forward to the way back."""

WIDE, TALL = 1.5, 1.0


@styled
def layer_blocks(activations: Sequence[str], ax: Axes | None = None) -> Axes:
    """One box a layer with its parameters and its activation, and below it the box of the way back.

    activations: the name of each layer's activation, layer 1 first. Arrows carry the letters: A forward, dA back, the
    cache from above to below, dW and db out of the bottom. Raises ValueError where there is no layer.
    """
    L = len(activations)
    if L == 0:
        raise ValueError("activations is empty, but one name for each layer is needed.")
    ax = axes(size=(0.72 * (ACROSS * L + 2.6), 4.0)) if ax is None else ax
    for l, name in enumerate(activations, start=1):
        x = ACROSS * (l - 1)
        _box(ax, x, DOWN, f"$W_{l},\\, b_{l}$\n{name}", BLUE)
        _box(ax, x, 0, f"slope of\n{name}", ORANGE)
        _arrow(ax, (x, DOWN - TALL / 2), (x, TALL / 2), f"cache {l}", dashed=True)
        _arrow(ax, (x, -TALL / 2), (x, -TALL / 2 - 0.6), f"$dW_{l},\\, db_{l}$", below=True)
        _arrow(ax, (x + WIDE / 2, DOWN), (x + ACROSS - WIDE / 2, DOWN), f"$A_{l}$")
        _arrow(ax, (x + ACROSS - WIDE / 2, 0), (x + WIDE / 2, 0), f"$dA_{l}$")
    _arrow(ax, (-ACROSS + WIDE / 2, DOWN), (-WIDE / 2, DOWN), "$A_0 = X$")
    end = ACROSS * L - WIDE / 2
    _arrow(ax, (end + 0.25, DOWN - 0.1), (end + 0.25, 0.1), "cost $J$", labels_ahead=0.1)
    ax.set(xlim=(-ACROSS + WIDE / 2 - 0.1, end + 1.3), ylim=(-1.75, DOWN + 0.85), aspect="equal")
    ax.axis("off")
    return ax


def _box(ax: Axes, x: float, y: float, text: str, edge: str) -> None:
    style = FancyBboxPatch(
        (x - WIDE / 2 + 0.1, y - TALL / 2 + 0.1),
        WIDE - 0.2,
        TALL - 0.2,
        boxstyle="round,pad=0.1",
        facecolor=PAPER,
        edgecolor=edge,
        linewidth=1.8,
    )
    ax.add_patch(style)
    ax.text(x, y, text, ha="center", va="center", fontsize=11)


def _arrow(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    label: str,
    dashed: bool = False,
    below: bool = False,
    labels_ahead: float = 0.08,
) -> None:
    line = {"arrowstyle": "-|>", "color": FAINT if dashed else INK, "linestyle": "--" if dashed else "-"}
    ax.annotate("", xy=end, xytext=start, arrowprops={**line, "shrinkA": 1, "shrinkB": 1, "linewidth": 1.3})
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if below:
        ax.text(end[0], end[1] - 0.08, label, ha="center", va="top", fontsize=11)
    elif start[0] == end[0]:
        ax.text(x + labels_ahead, y, label, ha="left", va="center", fontsize=10, color=FAINT if dashed else INK)
    else:
        ax.text(x, y + labels_ahead, label, ha="center", va="bottom", fontsize=11)
