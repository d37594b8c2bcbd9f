"""Learning by trying: change all parameters a little at random, and see whether the cost fell."""

from collections.abc import Callable

import numpy as np

from helpers.brain.arrays import matrix, positive


def perturbation_gradient(
    cost: Callable[[np.ndarray], float], theta: np.ndarray, directions: np.ndarray, epsilon: float = 1e-3
) -> np.ndarray:
    """(1/K) Σ_k (J(θ + ε u_k) − J(θ)) / ε · u_k: each direction u_k, weighted by how much the cost rose along it.

    cost: θ (n, 1) -> J, a float.  theta: θ, all parameters in one column (n, 1); see `gradient_check.flatten`.
    directions: (n, K), a random direction in each column, such as rng.standard_normal((n, K)).
    epsilon: how far each step goes, above 0.
    Returns an estimate of dJ/dθ, (n, 1). For directions drawn with mean 0 and variance 1 in each entry it is right on
    average (up to ε²), and for normal ones its variance summed over the entries is (n + 1) ‖dJ/dθ‖² / K: the more
    parameters, the noisier.
    It needs K + 1 evaluations of the cost, and neither derivatives nor a way back through the network.
    Raises ValueError for wrong shapes, entries or costs that are not finite, or an epsilon that is not above 0.
    Source: M. Jabri and B. Flower 1992, IEEE Transactions on Neural Networks 3, 154-157; all weights at once:
    G. Cauwenberghs 1993, Advances in Neural Information Processing Systems 5, 244-251.
    """
    theta = matrix("theta", theta, None, 1, "(n, 1)")
    directions = matrix("directions", directions, theta.shape[0], None, "(n, K)")
    epsilon = positive("epsilon", epsilon)
    here = _number(cost(theta.copy()))
    rises = [(_number(cost(theta + epsilon * u[:, None])) - here) / epsilon for u in directions.T]
    return directions @ np.reshape(rises, (-1, 1)) / directions.shape[1]


def _number(J: float) -> float:
    if np.size(J) != 1 or not np.isfinite(J).all():
        raise ValueError(f"cost returned {J!r}, but one finite number is needed.")
    return float(np.reshape(J, ()))
