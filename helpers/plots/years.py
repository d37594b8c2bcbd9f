"""How a size grew over the years."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.style import axes_or_new, styled


@styled
def over_years(
    years: Sequence[int], values: Sequence[float], names: Sequence[str], ax: Axes | None = None, ylabel: str = ""
) -> Axes:
    """Named points (year, value), values on a logarithmic axis, joined by a line.

    years, values, names: (k,) each, values above 0. Raises ValueError where their numbers differ or a value is not
    above 0.
    """
    if not len(years) == len(values) == len(names):
        raise ValueError(
            f"{len(years)} years, {len(values)} values and {len(names)} names: as many of each are needed."
        )
    if not (np.asarray(values) > 0).all():
        raise ValueError("values holds a number that is not above 0, and has no place on a logarithmic axis.")
    ax = axes_or_new(ax)
    ax.plot(years, values, marker="o")
    for year, value, name in zip(years, values, names, strict=True):
        late = year > (min(years) + max(years)) / 2  # the names of the later points stand to their left
        ax.annotate(
            name,
            (year, value),
            xytext=(-8, 0) if late else (8, -8),
            textcoords="offset points",
            ha="right" if late else "left",
            va="center",
        )
    ax.set(yscale="log", ylabel=ylabel, xlabel="year")
    low, high = min(values), max(values)
    ax.set_ylim(low / 4, high * 4)
    return ax
