"""Ways downhill on a cost of two weights: contours of equal cost, and the steps that optimizers take."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.style import FAINT, axes_or_new, styled


@styled
def descent_paths(
    cost: Callable[[np.ndarray, np.ndarray], np.ndarray],
    paths: Mapping[str, np.ndarray],
    limits: tuple[tuple[float, float], tuple[float, float]],
    ax: Axes | None = None,
) -> Axes:
    """Each path as a line with a mark at each step, over contours of the cost, which grow apart uphill.

    cost: arrays of w1 and of w2 -> array of costs, all of one shape, at least 0.  paths: name -> (2, steps), w1 above
    w2, the start first.  limits: (low, high) of w1 and of w2.  Raises ValueError for a path of another shape.
    """
    ax = axes_or_new(ax)
    w1, w2 = np.meshgrid(*(np.linspace(low, high, 201) for low, high in limits))
    heights = np.sqrt(cost(w1, w2))  # roots, so that the contours of a parabola lie evenly
    ax.contour(w1, w2, heights, levels=12, colors=FAINT, linewidths=0.8, zorder=1)
    for (name, path), marker in zip(paths.items(), "os^Dv"):
        path = np.asarray(path, dtype=float)
        if path.ndim != 2 or path.shape[0] != 2 or path.size == 0:
            raise ValueError(f"The path {name!r} has shape {path.shape}, but (2, steps) is needed: w1 above w2.")
        ax.plot(*path, marker=marker, markersize=3.5, label=name, zorder=2)
    ax.set(xlabel="$w_1$", ylabel="$w_2$", xlim=limits[0], ylim=limits[1])
    ax.legend()
    return ax
