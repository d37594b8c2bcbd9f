"""The playground as a still picture, for where a notebook is only viewed."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from helpers import plots
from helpers.plots.page import png
from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER, SHADES, styled
from helpers.widgets.playground_run import GRID, REACH, Run

STRONG = LinearSegmentedColormap.from_list("low to high", [BLUE, PAPER, ORANGE])
HALF = 0.36
"""Half of a small picture's side, where columns are 2 apart and rows 1."""


@styled
def still_picture(run: Run, outputs: list[np.ndarray], look: tuple[int, int] | None, text: Mapping[str, str]) -> bytes:
    """PNG: the network with its small pictures, the large one with the training points, and both costs."""
    figure = Figure(figsize=(8.6, 5.2), layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=(1.5, 1))
    _network(left.subplots(), run, outputs, text)
    plane, curves = right.subplots(2, 1, height_ratios=(2.2, 1))
    l, k = look or (len(outputs) - 1, 1)
    middle = 0.5 if l == len(outputs) - 1 or run.settings.activation == "sigmoid" else 0.0
    A = outputs[l][k - 1].reshape(GRID, GRID) - middle
    most = max(np.abs(A).max(), 1e-9) if not middle else 0.5
    extent = (-REACH, REACH, -REACH, REACH)
    plane.imshow(A, extent=extent, cmap=SHADES, vmin=-most, vmax=most, zorder=1)
    if A.min() < 0 < A.max():
        plane.contour(A, levels=[0], extent=extent, origin="upper", colors=INK, linewidths=2)
    plots.scatter(run.train.X, run.train.Y, plane)
    plane.get_legend().remove()
    plane.set(xlim=extent[:2], ylim=extent[2:], xticks=[], yticks=[])
    steps, costs, tests = zip(*run.history, strict=True)
    curves.plot(
        steps, costs, color=BLUE, linestyle="-", marker="." if len(steps) < 2 else "", label=text["js_training"]
    )
    curves.plot(steps, tests, color=ORANGE, linestyle="--", marker="x" if len(steps) < 2 else "", label=text["js_test"])
    curves.set(xlabel=text["js_steps"], ylabel=text["js_cost"], xlim=(0, max(steps[-1], 1)), ylim=(0, None))
    curves.legend()
    return png(figure, 200)


def _network(ax: Axes, run: Run, outputs: list[np.ndarray], text: Mapping[str, str]) -> None:
    places = [[(2.0 * l, (len(A) - 1) / 2 - k) for k in range(len(A))] for l, A in enumerate(outputs)]
    for l in range(1, len(outputs)):
        W = run.network.parameters[f"W{l}"]
        for k, (x, y) in enumerate(places[l]):
            for i, (x0, y0) in enumerate(places[l - 1]):
                w = W[k, i]
                kind = {"color": ORANGE if w > 0 else BLUE, "linestyle": "-" if w > 0 else "--"}
                ax.plot((x0 + HALF, x - HALF), (y0, y), linewidth=min(0.4 + 1.6 * abs(w), 5), zorder=1, **kind)
    for l, A in enumerate(outputs):
        sigmoid = l == len(outputs) - 1 or (l and run.settings.activation == "sigmoid")
        for k, (x, y) in enumerate(places[l]):
            V = A[k].reshape(GRID, GRID) - (0.5 if sigmoid else 0)
            most = 0.5 if sigmoid else max(np.abs(V).max(), 1e-9)
            extent = (x - HALF, x + HALF, y - HALF, y + HALF)
            ax.imshow(V, extent=extent, cmap=STRONG, vmin=-most, vmax=most, zorder=2)
            edge = (
                (x - HALF, x + HALF, x + HALF, x - HALF, x - HALF),
                (y - HALF, y - HALF, y + HALF, y + HALF, y - HALF),
            )
            ax.plot(*edge, color=FAINT, linewidth=0.8, linestyle="-", zorder=3)
    for (x, y), name in zip(places[0], run.settings.features, strict=True):
        ax.text(x - HALF - 0.15, y, text[f"feature_{name}"], ha="right", va="center")
    tall = max(map(len, outputs)) / 2
    ax.set(xlim=(-1.4, 2 * len(outputs) - 1.4), ylim=(-tall - 0.1, tall + 0.1), aspect="equal")
    ax.axis("off")
