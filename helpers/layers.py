"""One layer, forward and backward: Z = W A_prev + b, A = g(Z), and the chain rule through both.

Shapes, with m examples in the columns: A_prev (n[l-1], m), W (n[l], n[l-1]), b (n[l], 1), Z and A (n[l], m); dA and dZ
are those of A and Z, dW and db those of W and b. dA and dZ are derivatives of each example's own loss; dW and db of the
mean cost J, which is where the 1/m stands. ValueError where a shape does not fit or a number is not finite. `memory` is
for training loops only (see memory.py).

The four derivatives are the chain rule applied to the two formulas above, as in Rumelhart, Hinton and Williams (1986),
written for all examples at once.
"""

from typing import NamedTuple

import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.memory import FRESH, Fresh, Memory
from helpers.validation import check_choice, check_matrix, check_parameter


class Cache(NamedTuple):
    """What the backward pass needs again of a layer's forward pass; the mask only where dropout was used after it."""

    A_prev: np.ndarray
    W: np.ndarray
    Z: np.ndarray
    A: np.ndarray
    activation: str
    mask: np.ndarray | None = None


def linear_forward(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, memory: Memory | Fresh = FRESH) -> np.ndarray:
    """Z = W A_prev + b."""
    if memory is FRESH:
        check_parameter("W", W, None, None, "(n[l], n[l-1])")
        check_matrix("A_prev", A_prev, W.shape[1], None, "(n[l-1], m)")
        check_parameter("b", b, W.shape[0], 1, "(n[l], 1)")
    Z = np.matmul(W, A_prev, out=memory["Z", (W.shape[0], A_prev.shape[1])])
    return np.add(Z, b, out=Z)


def layer_forward(
    A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str, memory: Memory | Fresh = FRESH
) -> tuple[np.ndarray, Cache]:
    """A = g(W A_prev + b), with the cache for the way back."""
    if memory is FRESH:
        check_choice("activation", activation, (*ACTIVATIONS, "softmax"))
    Z = linear_forward(A_prev, W, b, memory)
    g = softmax if activation == "softmax" else ACTIVATIONS[activation].forward
    A = g(Z, out=memory["A", Z.shape])
    return A, Cache(A_prev, W, Z, A, activation)


def activation_backward(dA: np.ndarray, cache: Cache, memory: Memory | Fresh = FRESH) -> np.ndarray:
    """dZ = dA * g'(Z), entry by entry.

    Softmax mixes the entries of a column; the network takes dZ[L] = A[L] − Y there, so it is not offered here.
    """
    if memory is FRESH:
        check_choice("activation", cache.activation, tuple(ACTIVATIONS))
        check_matrix("dA", dA, *cache.A.shape, "(n[l], m)")
    slope = ACTIVATIONS[cache.activation].slope(cache.A, out=memory["dZ", cache.A.shape])
    return np.multiply(dA, slope, out=slope)


def linear_backward(dZ: np.ndarray, cache: Cache, memory: Memory | Fresh = FRESH) -> tuple[np.ndarray, np.ndarray]:
    """dW = (1/m) dZ A_prevᵀ and db = (1/m) Σ_j dZ_j, the mean over the columns."""
    if memory is FRESH:
        check_matrix("dZ", dZ, *cache.Z.shape, "(n[l], m)")
    # The 1/m goes onto dZ, not onto dW, because dZ is the smaller of the two in every layer that is wide.
    share = np.multiply(dZ, 1 / dZ.shape[1], out=memory["dZ / m", dZ.shape])
    dW = np.matmul(share, cache.A_prev.T, out=memory["dW", cache.W.shape])
    db = np.add.reduce(share, axis=1, keepdims=True, out=memory["db", (dZ.shape[0], 1)])
    return dW, db


def input_backward(dZ: np.ndarray, cache: Cache, memory: Memory | Fresh = FRESH) -> np.ndarray:
    """dA_prev = Wᵀ dZ: what the layer hands back to the one before."""
    if memory is FRESH:
        check_matrix("dZ", dZ, *cache.Z.shape, "(n[l], m)")
    return np.matmul(cache.W.T, dZ, out=memory["dA_prev", cache.A_prev.shape])
