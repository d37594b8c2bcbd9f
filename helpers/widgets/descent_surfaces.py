"""Costs of two weights to walk down: a neuron's, seen on two scales, and a round bowl."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.activations import sigmoid
from helpers.widgets import given

Parameters = dict[str, np.ndarray]
Limits = tuple[tuple[float, float], tuple[float, float]]
GRID = 121
MIDDLE, ROOM, WIDER = 0.65, 0.95, 1.36
"""Of the way from zero to the lowest point: where the picture's middle lies, and half its height; and its form."""


class Surface:
    """J over w within `limits`. What is drawn comes from `height`; the way over it from cost and grads, which may be a
    learner's: so a wrong slope is seen to lead astray."""

    def __init__(self, limits: Limits, start: tuple[float, float] = (0.0, 0.0)) -> None:
        self.limits, self.start = limits, start
        self.axes = [np.linspace(low, high, GRID) for low, high in limits]
        self.heights = self.height(*np.meshgrid(*self.axes))  # (GRID, GRID), w2 downwards
        self.steepest = float(max(np.abs(slopes).max() for slopes in np.gradient(self.heights, *self.axes[::-1])))

    def height(self, w1: np.ndarray, w2: np.ndarray) -> np.ndarray:
        """J for arrays of w1 and w2 of one shape."""
        raise NotImplementedError

    def cost(self, w: np.ndarray) -> float:
        """J at w (1, 2), as the given functions have it."""
        raise NotImplementedError

    def parameters(self, w: np.ndarray) -> Parameters:
        """What the given functions take: the weights with the bias that stands still."""
        raise NotImplementedError

    def grads(self, w: np.ndarray) -> Parameters:
        """The slopes of J there; that of the bias is 0."""
        raise NotImplementedError

    @property
    def lowest(self) -> np.ndarray:
        """(1, 2): the lowest point of the grid, made finer around it; on the edge where a valley leaves the picture."""
        axes, heights = self.axes, self.heights
        low, high = np.array(self.limits).T
        for _ in range(12):
            row, column = np.unravel_index(heights.argmin(), heights.shape)
            best = np.array([axes[0][column], axes[1][row]])
            reach = np.array([axis[1] - axis[0] for axis in axes])
            ends = np.clip([best - 2 * reach, best + 2 * reach], low, high)
            axes = [np.linspace(*ends[:, k], 9) for k in (0, 1)]
            heights = self.height(*np.meshgrid(*axes))
        return best[None]


class Bowl(Surface):
    """J = ½ (w1² + w2²): the slope is w itself, so a step multiplies the distance from the middle by 1 − α."""

    def __init__(self) -> None:
        super().__init__(((-4.0 * WIDER, 4.0 * WIDER), (-4.0, 4.0)), (-3.0, 2.0))

    def height(self, w1: np.ndarray, w2: np.ndarray) -> np.ndarray:
        return (w1**2 + w2**2) / 2

    def cost(self, w: np.ndarray) -> float:
        return float(self.height(*w[0]))

    def parameters(self, w: np.ndarray) -> Parameters:
        return {"W1": w, "b1": np.zeros((1, 1))}

    def grads(self, w: np.ndarray) -> Parameters:
        return {"dW1": w.copy(), "db1": np.zeros((1, 1))}


class NeuronCost(Surface):
    """The cost of a neuron on X (2, m) and Y (1, m) over its two weights, its bias standing still.

    best: (1, 2), about the lowest point, for the limits. functions: forward, cost and backward as in the neuron's
    interactive; without a cost it is computed from the scores, exact even where answers are rounded to 0 or 1.
    """

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        best: np.ndarray,
        bias: float,
        functions: tuple[Callable[..., Any] | None, ...],
    ) -> None:
        self.X, self.Y, self.bias, self.functions = X, Y, np.array([[bias]]), functions
        best = _bottom(X, Y, bias, best)
        half = ROOM * max(float(np.abs(best).max()), 1e-3)
        x, y = (float(value) for value in MIDDLE * best[0])
        super().__init__(((x - WIDER * half, x + WIDER * half), (y - half, y + half)))

    def height(self, w1: np.ndarray, w2: np.ndarray) -> np.ndarray:
        Z = np.stack([w1.ravel(), w2.ravel()], axis=1) @ self.X + self.bias  # (k, m)
        return (np.logaddexp(0.0, Z) - self.Y * Z).mean(axis=1).reshape(w1.shape)

    def _answers(self, w: np.ndarray) -> np.ndarray:
        A = self.functions[0](self.X, self.parameters(w))
        return given.array("forward", A, self.Y.shape)

    def cost(self, w: np.ndarray) -> float:
        if self.functions[1] is None:
            return float(self.height(w[:, 0], w[:, 1])[0])
        return given.number("cost", self.functions[1](self._answers(w), self.Y))

    def parameters(self, w: np.ndarray) -> Parameters:
        return {"W1": w, "b1": self.bias}

    def grads(self, w: np.ndarray) -> Parameters:
        grads = self.functions[2](self.X, self._answers(w), self.Y)
        found = given.arrays("backward", grads, {"dW1": (1, 2), "db1": (1, 1)})
        return found | {"db1": np.zeros((1, 1))}


def _bottom(X: np.ndarray, Y: np.ndarray, bias: float, w: np.ndarray) -> np.ndarray:
    """From w (1, 2) to the lowest point with this bias, by Newton's method; w itself where that runs away, as it does
    where a line separates the classes."""
    found = w
    for _ in range(30):
        A = sigmoid(found @ X + bias)
        slope, bend = (A - Y) @ X.T, (X * A * (1 - A)) @ X.T
        found = found - slope @ np.linalg.pinv(bend)
    return found if np.abs(found).max() < 10 * max(np.abs(w).max(), 1e-3) else w
