"""Two ways to keep a network from learning its training examples by heart: L2 and dropout.

L2 charges for large weights. The penalty belongs to J, so it is λ / (2m) times the sum of squares, with m all examples
that are trained on, also where a step sees only some of them; biases are free. Dropout switches hidden units off at
random, others for each example and each step. It is used while training only. ValueError where an argument does not
fit. `memory` is for training loops only (see memory.py).
"""

import numpy as np

from helpers.memory import FRESH, Fresh, Memory
from helpers.validation import (
    check_count,
    check_generator,
    check_grads,
    check_matrix,
    check_not_negative,
    check_parameters,
    check_probability,
)


def l2_cost(parameters: dict[str, np.ndarray], l2: float, m: int, memory: Memory | Fresh = FRESH) -> float:
    """λ / (2m) Σ_l ‖W[l]‖², the sum of the squares of all weights: what L2 adds to the cost J. λ = l2 ≥ 0."""
    if memory is FRESH:
        _check_l2(parameters, l2, m)
    weights = (parameters[f"W{l}"] for l in range(1, len(parameters) // 2 + 1))
    return float(l2 / (2 * m) * sum(np.vdot(W, W) for W in weights))


def l2_backward(
    parameters: dict[str, np.ndarray],
    grads: dict[str, np.ndarray],
    l2: float,
    m: int,
    memory: Memory | Fresh = FRESH,
) -> dict[str, np.ndarray]:
    """dW[l] + (λ / m) W[l] for every layer, db[l] as it is: the gradients of J and penalty together."""
    if memory is FRESH:
        _check_l2(parameters, l2, m)
        check_grads(parameters, grads)
    penalized = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, dW = parameters[f"W{l}"], grads[f"dW{l}"]
        penalty = np.multiply(W, l2 / m, out=memory[l]["penalty", W.shape])
        penalized[f"dW{l}"] = np.add(dW, penalty, out=memory[l]["dW", W.shape])
        penalized[f"db{l}"] = grads[f"db{l}"]
    return penalized


def dropout_forward(
    A: np.ndarray, keep_prob: float, rng: np.random.Generator, memory: Memory | Fresh = FRESH
) -> tuple[np.ndarray, np.ndarray]:
    """A * mask, where each entry of the mask is 1 / keep_prob with probability keep_prob, else 0.

    A (n[l], m), 0 < keep_prob ≤ 1. Returns both, of A's shape. The factor 1 / keep_prob leaves the expected value of
    every unit as it was ("inverted" dropout), so that nothing has to be done when predicting (Srivastava et al. 2014).
    """
    if memory is FRESH:
        check_matrix("A", A, wanted="(n[l], m)")
        check_probability("keep_prob", keep_prob)
        check_generator("rng", rng, "units are dropped at random")
    # The comparison writes 0.0 and 1.0, not booleans, because a product of mixed kinds is slow.
    drawn = rng.random(A.shape, dtype=np.result_type(A, np.float32), out=memory["mask", A.shape])
    mask = np.less(drawn, keep_prob, out=drawn, casting="unsafe")
    mask *= 1 / keep_prob
    return np.multiply(A, mask, out=memory["dropped", A.shape]), mask


def dropout_backward(dA: np.ndarray, mask: np.ndarray, memory: Memory | Fresh = FRESH) -> np.ndarray:
    """dA * mask, with the mask of the forward step: a unit that was off learns nothing from that example."""
    if memory is FRESH:
        check_matrix("mask", mask, wanted="(n[l], m)")
        check_matrix("dA", dA, *mask.shape, "(n[l], m)")
    return np.multiply(dA, mask, out=memory["dA", dA.shape])


def _check_l2(parameters: dict[str, np.ndarray], l2: float, m: int) -> None:
    check_parameters(parameters)
    check_not_negative("l2", l2)
    check_count("m", m)
