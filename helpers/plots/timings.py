"""How long something takes, against how much there is to do."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.style import MARKERS, axes_or_new, styled


@styled
def timings(
    sizes: Sequence[int], seconds: Mapping[str, Sequence[float]], ax: Axes | None = None, xlabel: str = "examples m"
) -> Axes:
    """Measured seconds of several ways against the size of the task, both axes logarithmic.

    sizes: (k,), above 0. seconds: the name of each way -> (k,), above 0. Each way has its own marker and dash.
    Raises ValueError where a way has another number of measurements or one that is not above 0.
    """
    ax = axes_or_new(ax)
    for marker, (name, measured) in zip(MARKERS, seconds.items(), strict=False):
        measured = np.asarray(measured, dtype=float)
        if measured.shape != np.shape(sizes) or not (measured > 0).all():
            raise ValueError(f"{name!r} has {measured.size} times, but {len(sizes)} above 0 are needed, one a size.")
        ax.plot(sizes, measured, marker=marker, label=name)
    ax.set(xscale="log", yscale="log", xlabel=xlabel, ylabel="seconds")
    ax.legend()
    return ax
