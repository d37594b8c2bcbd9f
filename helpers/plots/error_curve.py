"""How far a numerical slope is off, over the width of its step: the curve with a least error in the middle."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from helpers.plots.style import PAPER, axes_or_new, styled


@styled
def error_curve(
    steps: Sequence[float],
    errors: Sequence[float],
    ax: Axes | None = None,
    label: str | None = None,
    mark_least: bool = False,
) -> Axes:
    """How far a measured slope is off, for each width of step; both axes logarithmic.

    steps: positive, in order.  errors: one for each, a zero is drawn at the smallest positive one.
    mark_least: a ring and the step's width where the error is least. A second call takes the next colour and dash.
    Raises ValueError where the lengths differ or a step is not above the one before.
    """
    steps, errors = [float(h) for h in steps], [float(e) for e in errors]
    if len(steps) != len(errors) or not steps:
        raise ValueError(f"There are {len(steps)} steps and {len(errors)} errors, wanted equally many, at least one.")
    if steps[0] <= 0 or any(a >= b for a, b in pairwise(steps)):
        raise ValueError("steps must be above 0, each larger than the one before.")
    floor = min((e for e in errors if e > 0), default=1e-16)
    errors = [max(e, floor) for e in errors]
    ax = axes_or_new(ax)
    (line,) = ax.plot(steps, errors, label=label)
    if mark_least:
        best = min(range(len(steps)), key=errors.__getitem__)
        # scatter, because another plot would take the colour that belongs to the next curve
        ax.scatter(steps[best], errors[best], s=110, facecolors="none", edgecolors=line.get_color(), zorder=3)
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.85}
        place = {"xytext": (10, -15), "textcoords": "offset points", "ha": "left", "fontsize": 10, "bbox": paper}
        ax.annotate(f"ε = {_power(steps[best])}", (steps[best], errors[best]), **place)
    ax.margins(y=0.12)
    ax.set(xscale="log", yscale="log", xlabel="step ε", ylabel="error of the slope")
    if label is not None:
        ax.legend()
    return ax


def _power(step: float) -> str:
    """5e-06 as a typeset product with a power of ten."""
    digits, exponent = f"{step:.0e}".split("e")
    return rf"${digits} \cdot 10^{{{int(exponent)}}}$"
