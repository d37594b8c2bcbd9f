"""A nerve cell as a drawing: dendrites that receive, a cell body, an axon that carries the pulse on."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER, axes, styled

BODY = 0.55


@styled
def nerve_cell(inputs: tuple[str, ...] = ("$x_1$", "$x_2$", "$x_3$"), ax: Axes | None = None) -> Axes:
    """Signals arrive at the branches on the left, a pulse leaves on the right.

    inputs: a name for each arriving signal, at least one, written beside its branch.
    Raises ValueError where there is none.
    """
    if not inputs:
        raise ValueError("inputs is empty, but at least one signal has to arrive.")
    ax = axes(size=(6.4, 3.0)) if ax is None else ax
    places = np.linspace(1.15, -1.15, len(inputs)) if len(inputs) > 1 else np.array([0.0])
    for name, y in zip(inputs, places, strict=True):
        _branch(ax, float(y))
        ax.plot([-4.0, -3.05], [y, y], color=BLUE, linestyle="-", linewidth=1.6, zorder=1)
        ax.add_patch(Circle((-2.98, y), 0.09, facecolor=BLUE, edgecolor=BLUE, zorder=4))  # the synapse
        ax.text(-4.15, y, name, ha="right", va="center", fontsize=13)
    ax.add_patch(Circle((0, 0), BODY, facecolor=PAPER, edgecolor=INK, linewidth=2.0, zorder=3))
    ax.plot([BODY, 3.1], [0, 0], color=ORANGE, linestyle="-", linewidth=3.0, zorder=2)
    ax.plot([1.5, 1.62, 1.74, 1.86, 1.98], [0.25, 0.25, 0.95, 0.25, 0.25], color=ORANGE, linestyle="-", linewidth=1.6)
    for y in (0.7, 0.0, -0.7):
        ax.plot([3.1, 3.9], [0, y], color=ORANGE, linestyle="-", linewidth=1.8, zorder=2)
        ax.add_patch(Circle((3.98, y), 0.09, facecolor=ORANGE, edgecolor=ORANGE, zorder=4))
    words = {"size": 11, "ha": "center", "color": INK}
    ax.text(-3.0, -1.75, "synapses", va="top", **words)
    ax.text(-1.6, 1.5, "dendrites", va="bottom", **words)
    ax.text(0.0, -0.8, "cell body", va="top", **words)
    ax.text(2.0, -0.3, "axon", va="top", **words)
    ax.text(1.75, 1.05, "pulse", va="bottom", **words)
    ax.text(4.2, 0.0, "to other\ncells", va="center", ha="left", size=11, color=INK)
    ax.set(xlim=(-4.7, 5.2), ylim=(-2.2, 2.0), aspect="equal")
    ax.axis("off")
    return ax


def _branch(ax: Axes, y: float) -> None:
    """A dendrite from (−2.9, y) to the cell body, with two twigs."""
    t = np.linspace(0, 1, 30)
    x, bent = -2.9 + 2.5 * t, y * (1 - t**1.6)
    ax.plot(x, bent, color=FAINT, linestyle="-", linewidth=2.4, zorder=1)
    for at, lift in ((8, 0.34), (15, -0.3)):
        ax.plot([x[at], x[at] - 0.45], [bent[at], bent[at] + lift], color=FAINT, linestyle="-", linewidth=1.4, zorder=1)
