"""A small network for checks that train: plain NumPy, any depth, quick on few examples. No exercise is solved by it.

It draws and moves as the course's own network does, so that a script with one and the same mistake gives the same
numbers here and there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Parameters = dict[str, np.ndarray]


@dataclass(frozen=True)
class Activation:
    """A = value(Z), and the slope of it as a function of A."""

    value: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]


RELU = Activation(lambda Z: np.maximum(Z, 0), lambda A: A > 0)
TANH = Activation(np.tanh, lambda A: 1 - A * A)


def start(rng: np.random.Generator, sizes: Sequence[int], scale: float | None = None) -> Parameters:
    """W[l] (n[l], n[l-1]) normal with standard deviation `scale`, by default He's √(2/n[l-1]); b[l] (n[l], 1) zero."""
    parameters = {}
    for l in range(1, len(sizes)):
        deviation = np.sqrt(2 / sizes[l - 1]) if scale is None else scale
        parameters[f"W{l}"] = deviation * rng.standard_normal((sizes[l], sizes[l - 1]))
        parameters[f"b{l}"] = np.zeros((sizes[l], 1))
    return parameters


def answer(X: np.ndarray, parameters: Parameters, hidden: Activation = RELU) -> np.ndarray:
    """A[L] (n_y, m), with the sigmoid at the end; X: (n_x, m)."""
    return _forward(X, parameters, hidden)[-1]


def fit(
    X: np.ndarray, Y: np.ndarray, parameters: Parameters, rate: float, steps: int, hidden: Activation = RELU
) -> Parameters:
    """Gradient descent on the cross-entropy with all m examples in each step; the start values stay as they are."""
    L, m = len(parameters) // 2, X.shape[1]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            A = _forward(X, parameters, hidden)
            dZ, moved = (A[L] - Y) / m, {}
            for l in range(L, 0, -1):
                moved[f"W{l}"] = parameters[f"W{l}"] - rate * (dZ @ A[l - 1].T)
                moved[f"b{l}"] = parameters[f"b{l}"] - rate * dZ.sum(axis=1, keepdims=True)
                if l > 1:
                    dZ = (parameters[f"W{l}"].T @ dZ) * hidden.slope(A[l - 1])
            parameters = moved
    return parameters


def sigmoid(Z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-Z)), also far out."""
    return 0.5 * (1 + np.tanh(0.5 * Z))


def _forward(X: np.ndarray, parameters: Parameters, hidden: Activation) -> list[np.ndarray]:
    A, L = [X], len(parameters) // 2
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A[-1] + parameters[f"b{l}"]
        A.append(sigmoid(Z) if l == L else hidden.value(Z))
    return A
