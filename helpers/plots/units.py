"""What a hidden unit says at each point of the plane, and results that are there several times, once for each start."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.classes import Model, on_grid
from helpers.plots.style import FAINT, INK, SHADES, axes_or_new, styled


@styled
def unit_surface(unit: Model, ax: Axes | None = None, resolution: int = 120) -> Axes:
    """The plane shaded by a unit's answer from −1 to 1, with the line where it is 0.

    unit: (2, k) -> (1, k), answers between −1 and 1, such as those of tanh. It is asked on a grid over the limits that
    the Axes have, so draw the examples first. Raises ValueError for answers of another shape.
    """
    ax = axes_or_new(ax)
    x1, x2, answers = on_grid(unit, ax, resolution)
    extent = (x1[0], x1[-1], x2[0], x2[-1])
    ax.imshow(answers, extent=extent, origin="lower", aspect="auto", cmap=SHADES, vmin=-1, vmax=1, zorder=1)
    if answers.min() < 0 < answers.max():
        ax.contour(x1, x2, answers, levels=[0.0], colors=INK, linewidths=2.0, zorder=2)
    return ax


@styled
def spread(
    sizes: Sequence[float],
    results: np.ndarray,
    intervals: np.ndarray | None = None,
    baseline: float | None = None,
    ax: Axes | None = None,
    label: str = "one start",
) -> Axes:
    """A dot for each result of each size, a line through their means; sizes on a logarithmic axis.

    sizes: k positive numbers.  results: (k, starts).  intervals: (k, 2), low and high, drawn as a bar at each mean.
    baseline: a dashed horizontal line.  label: of the dots.
    Raises ValueError where the shapes do not belong together.
    """
    sizes, results = np.asarray(sizes, dtype=float), np.asarray(results, dtype=float)
    if results.ndim != 2 or sizes.shape != results.shape[:1] or results.size == 0:
        raise ValueError(f"results has shape {results.shape}, wanted ({sizes.size}, starts): a row for each size.")
    ax = axes_or_new(ax)
    means = results.mean(axis=1)
    (line,) = ax.plot(sizes, means, label="mean", zorder=2)
    # Dots that would lie on one another are set beside one another.
    shifts = 1.05 ** (np.arange(results.shape[1]) - (results.shape[1] - 1) / 2)
    ax.scatter(np.outer(sizes, shifts), results, s=16, color=INK, marker="o", alpha=0.6, label=label, zorder=3)
    if intervals is not None:
        intervals = np.asarray(intervals, dtype=float)
        if intervals.shape != (sizes.size, 2):
            raise ValueError(f"intervals has shape {intervals.shape}, wanted ({sizes.size}, 2): low and high.")
        reach = np.abs(intervals.T - means)
        bars = {"fmt": "none", "ecolor": line.get_color(), "capsize": 5, "linewidth": 1.6, "zorder": 2.5}
        ax.errorbar(sizes, means, yerr=reach, label="interval of the test", **bars)
    if baseline is not None:
        ax.axhline(baseline, color=FAINT, linestyle=":", linewidth=1.4, label="baseline")
    ax.set_xscale("log", base=2)
    ax.set_xticks(sizes, [f"{size:g}" for size in sizes])
    ax.minorticks_off()
    ax.legend()
    return ax
