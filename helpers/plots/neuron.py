"""One neuron as a drawing: inputs, weights, sum, activation, answer."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Circle

from helpers.plots.style import BLUE, FAINT, INK, PAPER, axes, styled

RADIUS = 0.42


@styled
def neuron_diagram(
    inputs: Sequence[str] = ("$x_1$", "$x_2$"), ax: Axes | None = None, answer: str = r"$a = \hat{y}$"
) -> Axes:
    """Circles and arrows from the named inputs through z = Σ w x + b and a = σ(z) to the answer."""
    if not inputs:
        raise ValueError("inputs is empty, but the name of at least one input is needed.")
    if ax is None:
        ax = axes(size=(6.4, 0.9 + 0.95 * max(len(inputs), 2)))
    n = len(inputs)
    heights = [(n - 1) / 2 - i for i in range(n)]
    heights = [1.2 * h for h in heights]
    total, squash = (3.4, 0.0), (5.3, 0.0)
    for i, (name, height) in enumerate(zip(inputs, heights, strict=True), start=1):
        ax.text(0.25, height, name, ha="right", va="center", fontsize=12)
        _arrow(ax, (0.4, height), total, RADIUS)
        ax.text(1.55, 0.62 * height + 0.24, f"$w_{i}$", ha="center", va="center", fontsize=13, color=BLUE)
    ax.text(total[0], -1.25, "+ b", ha="center", va="center", fontsize=13, color=BLUE)
    _arrow(ax, (total[0], -1.08), total, RADIUS)
    for (x, y), symbol in ((total, "Σ"), (squash, "σ")):
        ax.add_patch(Circle((x, y), RADIUS, facecolor=PAPER, edgecolor=INK, linewidth=1.8, zorder=3))
        ax.text(x, y - 0.02, symbol, ha="center", va="center", fontsize=16, zorder=4)
    _arrow(ax, total, squash, RADIUS, RADIUS)
    ax.text((total[0] + squash[0]) / 2, 0.2, "$z$", ha="center", va="center", fontsize=13)
    _arrow(ax, squash, (6.9, 0.0), 0.0, RADIUS)
    ax.text(7.0, 0, answer, ha="left", va="center", fontsize=13)
    top = max(heights[0], 0.8) + 0.45
    ax.set(xlim=(-1.6, 8.0), ylim=(-max(top, 1.6), top), aspect="equal")
    ax.axis("off")
    return ax


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], stop_before: float, start_after: float = 0
) -> None:
    """A straight arrow that leaves room for the circles at its ends."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx**2 + dy**2) ** 0.5
    ux, uy = dx / length, dy / length
    tail = (start[0] + ux * start_after, start[1] + uy * start_after)
    head = (end[0] - ux * stop_before, end[1] - uy * stop_before)
    style = {"arrowstyle": "-|>", "color": FAINT, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=head, xytext=tail, arrowprops=style, zorder=2)
