"""Axes for the penguins of lesson 03."""

from matplotlib.axes import Axes

from helpers.plots.style import axes_or_new, styled


@styled
def penguin_axes(ax: Axes | None = None, standardized: bool = False) -> Axes:
    """Name bill length (to the right) and bill depth (upwards) with their unit.

    standardized: the numbers are (x − mean) / sd, so they count standard deviations instead of millimetres.
    """
    unit = "standard deviations" if standardized else "mm"
    ax = axes_or_new(ax)
    ax.set(xlabel=f"bill length ({unit})", ylabel=f"bill depth ({unit})")
    return ax
