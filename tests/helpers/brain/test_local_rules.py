"""Do Hebb's and Oja's rules do what their mathematics says?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from helpers.brain import hebb_step, oja_step

SEEDS = st.integers(0, 2**32 - 1)


def cloud(seed: int, n_x: int = 4, m: int = 60) -> np.ndarray:
    """Features of mean 0, one direction stretched so that the first component stands out."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_x, n_x)) @ rng.standard_normal((n_x, m))
    X += 3 * rng.standard_normal((n_x, 1)) @ rng.standard_normal((1, m))
    return X - X.mean(axis=1, keepdims=True)


@settings(max_examples=25)
@given(SEEDS)
def test_oja_turns_to_the_first_principal_component_with_length_1(seed):
    X = cloud(seed)
    variances = np.linalg.eigvalsh(X @ X.T / X.shape[1])[::-1]
    W = 0.1 * np.random.default_rng(seed + 1).standard_normal((1, 4))
    first = PCA(n_components=1).fit(X.T).components_
    if abs(W @ first.T).item() < 1e-3 or variances[0] < 1.5 * variances[1]:
        return  # begun square to it, or two directions of nearly one variance: it would take long
    for _ in range(3000):
        W = oja_step(W, X, 0.2 / variances[0])
    assert np.linalg.norm(W) == pytest.approx(1, abs=1e-6)
    assert abs(W @ first.T).item() == pytest.approx(1, abs=1e-6)


@given(SEEDS)
def test_hebb_is_the_matrix_power_that_never_ends(seed):
    X, W = cloud(seed), np.random.default_rng(seed + 1).standard_normal((2, 4))
    power = np.eye(4) + 0.01 * X @ X.T / X.shape[1]
    grown = W
    for _ in range(50):
        grown = hebb_step(grown, X, 0.01)
    np.testing.assert_allclose(grown, W @ np.linalg.matrix_power(power, 50), rtol=1e-9)
    assert (np.linalg.norm(grown, axis=1) >= np.linalg.norm(W, axis=1)).all()


@given(SEEDS)
def test_hebb_climbs_the_mean_squared_answer(seed):
    """Σ a² / 2m has the slope (1/m) A Xᵀ: measured by a central difference."""
    X, W = cloud(seed), np.random.default_rng(seed).standard_normal((2, 4))
    slope = (hebb_step(W, X, 1.0) - W).ravel()
    rise = lambda W: np.sum((W @ X) ** 2) / (2 * X.shape[1])  # noqa: E731
    steps = 1e-5 * np.eye(8).reshape(8, 2, 4)
    np.testing.assert_allclose(slope, [(rise(W + s) - rise(W - s)) / 2e-5 for s in steps], rtol=1e-5, atol=1e-6)


@given(SEEDS)
def test_oja_is_hebb_followed_by_rescaling_up_to_the_square_of_the_rate(seed):
    X = cloud(seed) / 3
    W = np.random.default_rng(seed).standard_normal((1, 4))
    W /= np.linalg.norm(W)

    def gap(rate: float) -> float:
        hebb = hebb_step(W, X, rate)
        return float(np.abs(oja_step(W, X, rate) - hebb / np.linalg.norm(hebb)).max())

    variance = np.linalg.eigvalsh(X @ X.T / X.shape[1])[-1]
    assert gap(1e-4 / variance) < 1e-7


def test_a_synapse_sees_only_its_two_ends():
    rng = np.random.default_rng(0)
    X, W = rng.standard_normal((3, 5)), rng.standard_normal((2, 3))
    other = W.copy()
    other[1] += 1.0  # another unit
    np.testing.assert_array_equal(hebb_step(W, X, 0.1)[0], hebb_step(other, X, 0.1)[0])


@pytest.mark.parametrize("rule", [hebb_step, oja_step])
def test_errors_are_sentences(rule):
    X = np.ones((3, 4))
    for W, X_bad, rate, said in [
        (np.ones(3), X, 0.1, r"W has shape \(3,\), but \(n, n_x\)"),
        (np.ones((1, 2)), X, 0.1, r"X has shape \(3, 4\)"),
        (np.ones((1, 3)), X * np.nan, 0.1, "X .* not finite"),
        (np.ones((1, 3)), X, 0, "learning_rate is 0"),
        (np.ones((1, 3)), X, -0.1, "learning_rate is -0.1"),
    ]:
        with pytest.raises(ValueError, match=said):
            rule(W, X_bad, rate)
    with pytest.raises(ValueError, match=r"W has shape \(2, 3\)"):
        oja_step(np.ones((2, 3)), X, 0.1)
