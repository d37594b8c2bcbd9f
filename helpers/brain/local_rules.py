"""Learning rules that a single synapse could follow: each weight sees only what lies at its two ends.

X (n_x, m) are the inputs, one example in each column, and A = W X (n, m) what linear units answer to them. Nobody tells
the units what is right: there are no labels and no cost.
"""

import numpy as np

from helpers.brain.arrays import matrix, positive


def hebb_step(W: np.ndarray, X: np.ndarray, learning_rate: float) -> np.ndarray:
    """W + learning_rate (1/m) A Xᵀ with A = W X: what is active together is tied together.

    W: (n, n_x).  X: (n_x, m).
    Returns the new weights (n, n_x). They grow without end wherever the inputs are not zero.
    Raises ValueError for wrong shapes, entries that are not finite, or a learning rate that is not above 0.
    Source: D. O. Hebb 1949, The Organization of Behavior, in words; this is the usual formula for linear units.
    """
    W, X = _both(W, X)
    A = W @ X
    return W + positive("learning_rate", learning_rate) / X.shape[1] * (A @ X.T)


def oja_step(W: np.ndarray, X: np.ndarray, learning_rate: float) -> np.ndarray:
    """W + learning_rate (1/m) Σ_j a_j (x_j − a_j W)ᵀ for one linear unit with a_j = W x_j: Hebb's rule with forgetting.

    W: (1, n_x).  X: (n_x, m), each feature of mean 0.
    Returns the new weights (1, n_x). In many small steps they become the first principal component of X, of
    length 1.
    Raises ValueError as `hebb_step`.
    Source: E. Oja 1982, A simplified neuron model as a principal component analyzer, Journal of Mathematical Biology
    15, 267-273.
    """
    W, X = _both(W, X)
    matrix("W", W, 1, None, "(1, n_x)")
    A = W @ X
    return W + positive("learning_rate", learning_rate) / X.shape[1] * (A @ X.T - (A @ A.T) * W)


def _both(W: np.ndarray, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    W = matrix("W", W, wanted="(n, n_x)")
    return W, matrix("X", X, W.shape[1], None, "(n_x, m)")
