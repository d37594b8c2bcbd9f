"""Costs J: the mean over the m examples of each one's loss.

Labels Y have the shape of A or Z, (n_y, m); results are Python floats and finite for every A from 0 to 1: an A of
exactly 0 or 1 is moved a hair inside before the logarithm. ValueError where shapes differ, where something is empty or
not finite, and where a label does not fit. `memory` is for training loops only (see memory.py).
"""

import numpy as np

from helpers.memory import FRESH, Fresh, Memory
from helpers.validation import check_labels, check_matrix

TINY = 1.2e-38  # the smallest positive number that float32 still holds in full, and no trouble for float64


def cross_entropy(A: np.ndarray, Y: np.ndarray) -> float:
    """J = −(1/m) Σ [Y log A + (1 − Y) log(1 − A)]: A in [0, 1], Y of 0 and 1."""
    _check_probabilities(A, Y, "sigmoid")
    hair = np.finfo(A.dtype).eps
    A = np.clip(A, hair, 1 - hair)
    return float(-(Y * np.log(A) + (1 - Y) * np.log1p(-A)).sum() / Y.shape[1])


def cross_entropy_from_Z(Z: np.ndarray, Y: np.ndarray, memory: Memory | Fresh = FRESH) -> float:
    """J = (1/m) Σ [log(1 + e^Z) − Y Z]: the cross-entropy above with A = σ(Z) put in and the logarithms worked out.

    Exact at any size of Z, where A has long been rounded to 1; this is the form that training uses.
    """
    if memory is FRESH:
        check_matrix("Z", Z, wanted="(n_y, m)")
        check_labels(Y, *Z.shape, output="sigmoid")
    losses = np.logaddexp(0.0, Z, out=memory["losses", Z.shape])
    losses = np.subtract(losses, Y * Z, out=losses)
    return float(np.add.reduce(losses, axis=None) / Y.shape[1])


def softmax_cross_entropy(A: np.ndarray, Y: np.ndarray, memory: Memory | Fresh = FRESH) -> float:
    """J = −(1/m) Σ_j log A_kj, k the class of example j: the columns of A are probabilities, those of Y one-hot."""
    if memory is FRESH:
        _check_probabilities(A, Y, "softmax")
    right = np.add.reduce(np.multiply(Y, A, out=memory["Y A", A.shape]), axis=0)  # A of each example's own class
    return float(-np.add.reduce(np.log(np.maximum(right, TINY))) / Y.shape[1])


def squared_error(A: np.ndarray, Y: np.ndarray, memory: Memory | Fresh = FRESH) -> float:
    """J = 1/(2m) Σ (A − Y)²; the half makes the derivative A − Y."""
    if memory is FRESH:
        check_matrix("A", A, wanted="(n_y, m)")
        check_labels(Y, *A.shape, output="identity")
    distance = np.subtract(A, Y, out=memory["distance", A.shape])
    return float(np.square(distance, out=distance).sum() / (2 * Y.shape[1]))


def _check_probabilities(A: np.ndarray, Y: np.ndarray, output: str) -> None:
    check_matrix("A", A, wanted="(n_y, m)")
    if A.dtype.kind != "f" or A.min() < 0 or A.max() > 1:
        raise ValueError(
            f"A of shape {A.shape} and dtype {A.dtype} reaches from {A.min()} to {A.max()}, but floating-point "
            "probabilities from 0 to 1 are needed."
        )
    check_labels(Y, *A.shape, output=output)
