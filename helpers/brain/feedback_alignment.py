"""Backpropagation with another road back: fixed random weights where the transposed weights of the network stood.

A layer is described by its cache, as `helpers.network.forward` returns it: `A_prev` (n[l-1], m), `A` (n[l], m) and the
name of its `activation`. As everywhere in the course, the output belongs with its cost so that dZ[L] = A[L] − Y.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.brain.arrays import generator, matrix

Arrays = dict[str, np.ndarray]

# g'(Z) written with A = g(Z).
SLOPES = {
    "relu": lambda A: (A > 0).astype(A.dtype),
    "tanh": lambda A: 1 - A**2,
    "sigmoid": lambda A: A * (1 - A),
    "identity": np.ones_like,
}


def random_feedback(parameters: Arrays, rng: np.random.Generator) -> Arrays:
    """{"B2", …, "BL"}: for each layer but the first a matrix (n[l-1], n[l]), drawn once, of the size of W[l]ᵀ.

    parameters: {"W1", "b1", …}.  Each B[l] is normal with mean 0 and the standard deviation √(2/n[l-1]) of He's start.
    Raises ValueError where there is only one layer: then nothing is handed back.
    """
    generator(rng)
    L = len(parameters) // 2
    if L < 2:
        raise ValueError(f"parameters describe {L} layer(s), but feedback needs a hidden layer to arrive at.")
    shapes = {l: parameters[f"W{l}"].shape[::-1] for l in range(2, L + 1)}
    return {f"B{l}": rng.standard_normal(shape) * np.sqrt(2 / shape[0]) for l, shape in shapes.items()}


def feedback_alignment_backward(Y: np.ndarray, caches: Sequence[Any], feedback: Arrays) -> Arrays:
    """dA[l-1] = B[l] dZ[l] in place of W[l]ᵀ dZ[l]; all else as in backpropagation.

    Y: (n_y, m), labels or one-hot columns.  caches: one a layer, from the first to the last.
    feedback: {"B2": (n1, n2), …, "BL": (n[L-1], n_y)}; with B[l] = W[l]ᵀ this is backpropagation.
    Returns {"dW1", "db1", …, "dWL", "dbL"}; those of the last layer are backpropagation's own.
    Raises ValueError for shapes that do not fit or an activation without a slope here.
    Source: T. P. Lillicrap, D. Cownden, D. B. Tweed and C. J. Akerman 2016, Random synaptic feedback weights support
    error backpropagation for deep learning, Nature Communications 7, 13276.
    """
    L, last = len(caches), caches[-1]
    dZ = last.A - matrix("Y", Y, *last.A.shape, wanted="(n_y, m)")
    grads = {}
    for l in range(L, 0, -1):
        cache, m = caches[l - 1], dZ.shape[1]
        grads[f"dW{l}"] = dZ @ cache.A_prev.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            before = caches[l - 2]
            B = matrix(f"B{l}", feedback.get(f"B{l}", ()), len(before.A), len(dZ), f"(n{l - 1}, n{l})")
            if before.activation not in SLOPES:
                raise ValueError(f"layer {l - 1} uses {before.activation!r}, but one of {sorted(SLOPES)} is needed.")
            dZ = (B @ dZ) * SLOPES[before.activation](before.A)
    return grads


def freeze(grads: Arrays) -> Arrays:
    """The control: zero gradients for all layers but the last, so that the hidden layers stay as they were drawn.

    grads: {"dW1", "db1", …, "dWL", "dbL"}. Returns new arrays of the same shapes.
    What a rule for hidden layers is worth is how much better than this it does.
    """
    L = len(grads) // 2
    return {name: array.copy() if name[2:] == str(L) else np.zeros_like(array) for name, array in grads.items()}


def alignment_angle(a: np.ndarray, b: np.ndarray) -> float:
    """arccos(Σ a b / (‖a‖ ‖b‖)) in degrees: 0 the same direction, 90 unrelated, 180 opposite.

    a, b: arrays of one shape, such as dZ[1] by feedback alignment and by backpropagation. Below 90 degrees a step
    against a also goes downhill along b.
    Raises ValueError where shapes differ, entries are not finite, or one is zero everywhere and has no direction.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape or a.size == 0 or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError(f"a has shape {a.shape} and b {b.shape}, but finite entries and one shape are needed.")
    if not (a.any() and b.any()):
        raise ValueError("a or b is zero everywhere, but only something else has a direction.")
    # In units of the largest entry, squares neither overflow nor vanish.
    a, b = a / np.abs(a).max(), b / np.abs(b).max()
    cosine = np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b))
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))  # rounding may leave 1.0000000000000002
