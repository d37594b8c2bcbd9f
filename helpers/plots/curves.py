"""Functions of one number, and the cost over the steps of training."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.style import FAINT, axes_or_new, styled


@styled
def curve(
    function: Callable[[np.ndarray], np.ndarray],
    low: float,
    high: float,
    ax: Axes | None = None,
    label: str | None = None,
) -> Axes:
    """A function of one number between low and high; a second call on the same Axes takes the next colour and dash.

    function: (k,) -> (k,), numbers in, numbers out.
    """
    ax = axes_or_new(ax)
    z = np.linspace(low, high, 401)
    ax.plot(z, np.asarray(function(z)), label=label)
    if label is not None:
        ax.legend()
    return ax


@styled
def activation(
    function: Callable[[np.ndarray], np.ndarray], ax: Axes | None = None, label: str = "g(z)", reach: float = 6.0
) -> Axes:
    """An activation function a = g(z) for z from −reach to reach, with both axes through zero.

    function: (k,) -> (k,), as in `curve`.
    """
    ax = curve(function, -reach, reach, ax, label)
    ax.axhline(0, color=FAINT, linewidth=0.8)
    ax.axvline(0, color=FAINT, linewidth=0.8)
    ax.set(xlabel="z", ylabel="a")
    return ax


@styled
def cost_curve(
    costs: Sequence[float] | np.ndarray,
    ax: Axes | None = None,
    label: str | None = None,
    steps: Sequence[int] | np.ndarray | None = None,
    log: bool = False,
) -> Axes:
    """The cost J before each step.

    costs: one number a step. steps: the number of each, by default 0, 1, 2, … log: a logarithmic axis for the cost.
    A second call on the same Axes takes the next colour and dash. Raises ValueError where there is nothing to draw.
    """
    costs = np.asarray(costs, dtype=float)
    if costs.ndim != 1 or costs.size == 0:
        raise ValueError(f"costs has shape {costs.shape}, but a list of numbers, one for each step, is needed.")
    ax = axes_or_new(ax)
    ax.plot(np.arange(costs.size) if steps is None else steps, costs, label=label)
    ax.set(xlabel="step of gradient descent", ylabel="cost J")
    if log:
        ax.set_yscale("log")
    else:
        highest = max(np.max(line.get_ydata()) for line in ax.lines)
        ax.set_ylim(0, 1.05 * highest if np.isfinite(highest) and highest > 0 else 1)
    if label is not None:
        ax.legend()
    return ax
