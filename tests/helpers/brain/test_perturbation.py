"""Is the gradient found by trying right on average, and as noisy as the formula says?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import costs, gradient_check, network
from helpers.brain import perturbation_gradient

SEEDS = st.integers(0, 2**32 - 1)


def case(seed: int):
    """(θ, J(θ), dJ/dθ by backpropagation) of a small network."""
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((2, 12)), rng.integers(0, 2, size=(1, 12)).astype(float)
    parameters = network.initialize([2, 3, 1], rng, scale=1.0)
    theta, layout = gradient_check.flatten(parameters)

    def cost(theta):
        return costs.cross_entropy(network.predict(X, gradient_check.unflatten(theta, layout), hidden="tanh"), Y)

    _, caches = network.forward(X, parameters, hidden="tanh")
    grads = network.backward(Y, caches)
    gradient, _ = gradient_check.flatten({f"d{name}": grads[f"d{name}"] for name in parameters})
    return theta, cost, gradient


@pytest.mark.parametrize("seed", range(3))
def test_it_is_unbiased_with_the_variance_of_its_docstring(seed):
    theta, cost, gradient = case(seed)
    n, K = len(theta), 5_000
    rng = np.random.default_rng(seed + 100)
    singles = np.hstack([perturbation_gradient(cost, theta, rng.standard_normal((n, 1)), 1e-4) for _ in range(K)])
    g2 = float(np.sum(gradient**2))
    # Each entry has the variance g_i² + ‖g‖², so its mean of K is within five standard errors of g_i.
    error = np.sqrt((gradient**2 + g2) / K)
    assert (np.abs(singles.mean(axis=1, keepdims=True) - gradient) < 5 * error + 1e-3 * np.sqrt(g2)).all()
    assert singles.var(axis=1).sum() == pytest.approx((n + 1) * g2, rel=0.15)
    # Many directions in one call are the mean of as many calls.
    U = rng.standard_normal((n, 50))
    apart = np.hstack([perturbation_gradient(cost, theta, u[:, None], 1e-4) for u in U.T]).mean(axis=1, keepdims=True)
    np.testing.assert_allclose(perturbation_gradient(cost, theta, U, 1e-4), apart, atol=1e-12)


@given(SEEDS)
def test_one_direction_for_each_parameter_gives_the_forward_difference(seed):
    theta, cost, gradient = case(seed)
    n = len(theta)
    estimate = n * perturbation_gradient(cost, theta, np.eye(n), 1e-6)
    np.testing.assert_allclose(estimate, gradient, atol=1e-4)


@given(SEEDS, st.integers(1, 6), st.integers(1, 5))
def test_along_a_plane_it_is_exact_for_any_step(seed, n, K):
    rng = np.random.default_rng(seed)
    slope, theta, U = (rng.standard_normal(shape) for shape in ((n, 1), (n, 1), (n, K)))
    for epsilon in (1e-3, 10.0):
        got = perturbation_gradient(lambda t: (slope.T @ t).item(), theta, U, epsilon)
        np.testing.assert_allclose(got, U @ U.T @ slope / K, rtol=1e-6, atol=1e-8)


def test_it_asks_for_the_cost_k_plus_1_times_and_leaves_its_arguments_alone():
    theta, U, asked = np.ones((3, 1)), np.ones((3, 4)), []

    def cost(t):
        asked.append(t.copy())
        t += 100  # what it does to its argument is its own affair
        return 1.0

    assert (perturbation_gradient(cost, theta, U, 0.1) == 0).all()
    assert len(asked) == 5
    assert (theta == 1).all()
    np.testing.assert_array_equal(asked[0], theta)


@pytest.mark.parametrize(
    ("theta", "U", "epsilon", "J", "said"),
    [
        (np.ones(3), np.ones((3, 1)), 0.1, 1.0, r"theta has shape \(3,\), but \(n, 1\)"),
        (np.ones((3, 1)), np.ones((2, 1)), 0.1, 1.0, r"directions has shape \(2, 1\)"),
        (np.ones((3, 1)), np.ones((3, 1)), 0.0, 1.0, "epsilon is 0.0"),
        (np.ones((3, 1)), np.ones((3, 1)), 0.1, np.nan, "cost returned nan"),
    ],
)
def test_errors_are_sentences(theta, U, epsilon, J, said):
    with pytest.raises(ValueError, match=said):
        perturbation_gradient(lambda t: J, theta, U, epsilon)
