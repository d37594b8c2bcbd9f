"""Activation functions A = g(Z) and their derivatives g'(Z).

Z is an array of any shape (in a layer (n[l], m)); results have its shape, and float32 in gives float32 out. All are
stable: at ±1000 nothing overflows and nothing warns. ValueError where Z is empty or holds NaN or infinity. `out`, where
given, receives the result, and Z is taken as checked (see memory.py).

`slope` in the table ACTIVATIONS is the same derivative computed from A = g(Z): every function here but softmax allows
it, and A is at hand in the backward pass. The formulas follow from the definitions by school calculus; the sigmoid's
two branches are the usual way to keep exp from overflowing.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from helpers.validation import check_finite

LEAK = 0.01


def _checked(Z: np.ndarray, out: np.ndarray | None) -> np.ndarray:
    if out is not None:
        return Z
    Z = np.asarray(Z)
    if Z.size == 0:
        raise ValueError(f"Z has shape {Z.shape}: it is empty, but at least one number is needed.")
    check_finite("Z", Z)
    return Z if Z.dtype.kind == "f" else Z.astype(np.float64)


def sigmoid(Z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """σ(Z) = 1 / (1 + e^(−Z)), between 0 and 1."""
    Z = _checked(Z, out)
    e = np.exp(-np.abs(Z))  # never above 1, so it cannot overflow
    return np.divide(np.where(Z >= 0, 1.0, e), 1.0 + e, out=out)


def tanh(Z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """tanh(Z) = (e^Z − e^(−Z)) / (e^Z + e^(−Z)), between −1 and 1."""
    return np.tanh(_checked(Z, out), out=out)


def relu(Z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """max(0, Z)."""
    return np.maximum(_checked(Z, out), 0.0, out=out)


def leaky_relu(Z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Z where Z > 0, else 0.01 Z."""
    Z = _checked(Z, out)
    return np.maximum(Z, np.multiply(Z, LEAK, out=out), out=out)


def identity(Z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Z itself, as a new array: a layer without an activation."""
    return np.positive(_checked(Z, out), out=out)


def softmax(Z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """e^(Z_k) / Σ_k e^(Z_k) down each column: Z (n_y, m) → probabilities (n_y, m) whose columns sum to 1."""
    Z = _checked(Z, out)
    A = np.subtract(
        Z, np.maximum.reduce(Z, axis=0, keepdims=True), out=out
    )  # the largest becomes 0, so exp cannot overflow
    np.exp(A, out=A)
    return np.divide(A, np.add.reduce(A, axis=0, keepdims=True), out=A)


def _sigmoid_slope(A: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.multiply(A, np.subtract(1.0, A, out=out), out=out)


def _tanh_slope(A: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.subtract(1.0, np.square(A, out=out), out=out)


def _relu_slope(A: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.sign(A, out=out)  # A is never negative, so the sign is 1 where Z > 0, else 0


def _leaky_relu_slope(A: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.maximum(np.sign(A, out=out), LEAK, out=out)


def _identity_slope(A: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    slope = np.empty_like(A) if out is None else out
    slope.fill(1)
    return slope


class Activation(NamedTuple):
    """g and its derivative; `forward(Z, out=None)` gives A, `slope(A, out=None)` gives g'(Z) from A = g(Z)."""

    forward: Callable[..., np.ndarray]
    slope: Callable[..., np.ndarray]


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(sigmoid, _sigmoid_slope),
    "tanh": Activation(tanh, _tanh_slope),
    "relu": Activation(relu, _relu_slope),
    "leaky_relu": Activation(leaky_relu, _leaky_relu_slope),
    "identity": Activation(identity, _identity_slope),
}


def sigmoid_derivative(Z: np.ndarray) -> np.ndarray:
    """σ'(Z) = σ(Z) (1 − σ(Z)), at most 1/4."""
    return _sigmoid_slope(sigmoid(Z))


def tanh_derivative(Z: np.ndarray) -> np.ndarray:
    """tanh'(Z) = 1 − tanh²(Z), at most 1."""
    return _tanh_slope(tanh(Z))


def relu_derivative(Z: np.ndarray) -> np.ndarray:
    """1 where Z > 0, else 0 (at 0 itself there is no derivative; 0 is the custom)."""
    return _relu_slope(relu(Z))


def leaky_relu_derivative(Z: np.ndarray) -> np.ndarray:
    """1 where Z > 0, else 0.01."""
    return _leaky_relu_slope(leaky_relu(Z))
