"""Is the fitted unit the best one, and does it tell the locust's spikes as well as the lesson says?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from helpers import data
from helpers.brain import Neuron, auc, calibration, fit_logistic, lagged, lif_simulate, spike_probability

SEEDS = st.integers(0, 2**32 - 1)


@given(st.integers(1, 6), st.integers(0, 3), st.integers(1, 30), SEEDS)
def test_a_lagged_signal_holds_the_past_and_never_the_future(lags, skip, T, seed):
    signal = np.random.default_rng(seed).standard_normal((1, T))
    X = lagged(signal, lags, skip)
    assert X.shape == (lags, T)
    for k in range(lags):
        for t in range(T):
            past = t - skip - k
            assert X[k, t] == (signal[0, past] if past >= 0 else 0)


@settings(max_examples=25)
@given(SEEDS, st.floats(0.1, 10))
def test_the_fit_is_that_of_scikit_learn(seed, penalty):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((3, 200))
    Y = (rng.random((1, 200)) < 1 / (1 + np.exp(-(rng.standard_normal((1, 3)) @ X - 0.5)))).astype(float)
    fit = fit_logistic(X, Y, penalty)
    oracle = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=1000).fit(X.T, Y[0])
    np.testing.assert_allclose(fit.W, oracle.coef_, atol=1e-4)
    np.testing.assert_allclose(fit.b[0], oracle.intercept_, atol=1e-4)
    np.testing.assert_allclose(spike_probability(X, fit)[0], oracle.predict_proba(X.T)[:, 1], atol=1e-4)


def test_classes_parted_by_a_line_need_a_penalty():
    X, Y = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0.0, 0.0, 1.0, 1.0]])
    assert np.isfinite(fit_logistic(X, Y).W).all()
    with pytest.raises(ArithmeticError, match="not enough"):
        fit_logistic(X, Y, penalty=0.0, steps=5)


@given(SEEDS, st.integers(2, 60), st.integers(1, 8))
def test_auc_is_that_of_scikit_learn_with_ties_too(seed, m, levels):
    rng = np.random.default_rng(seed)
    score, Y = rng.integers(0, levels, size=(1, m)).astype(float), rng.integers(0, 2, size=(1, m))
    Y[0, :2] = [0, 1]
    assert auc(score, Y) == pytest.approx(roc_auc_score(Y[0], score[0]))


@given(SEEDS)
def test_calibration_is_that_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    A = rng.random((1, 500))
    Y = (rng.random((1, 500)) < A**2).astype(float)
    said, seen, n = calibration(A, Y, groups=5)
    share, mean = calibration_curve(Y[0], A[0], n_bins=5, strategy="quantile")
    np.testing.assert_allclose(seen[0], share)
    np.testing.assert_allclose(said[0], mean)
    assert n.sum() == 500


def test_it_finds_the_weights_that_made_the_spikes():
    """A neuron that is a logistic unit: the fit gives its weights back within their standard errors."""
    rng = np.random.default_rng(0)
    X = lagged(rng.standard_normal((1, 40_000)), 5)
    W, b = np.array([[0.2, 1.0, -0.5, 0.0, 0.3]]), -1.5
    Y = (rng.random((1, 40_000)) < 1 / (1 + np.exp(-(W @ X + b)))).astype(float)
    fit = fit_logistic(X, Y)
    np.testing.assert_allclose(fit.W, W, atol=0.08)
    np.testing.assert_allclose(fit.b, b, atol=0.08)


def test_the_history_of_an_integrate_and_fire_neuron_tells_more_than_its_input():
    rng = np.random.default_rng(0)
    I = 0.25 + 0.3 * rng.standard_normal((1, 8000))
    Y = lif_simulate(I, 1.0, Neuron(refractory=4.0)).spikes
    alone, history = lagged(I, 10), lagged(Y, 6, skip=1)
    both = np.concatenate([alone, history])
    by_input = auc(spike_probability(alone, fit_logistic(alone, Y)), Y)
    by_both = auc(spike_probability(both, fit_logistic(both, Y)), Y)
    assert by_both > by_input + 0.03


def test_the_locust_is_told_as_well_as_the_lesson_says():
    """20 ms of sound level, then with the last 6 ms of spikes; on seconds that the fit has not seen."""
    sound, Y, _, _ = data.locust()
    heard = lagged(20 * np.log10(sound), 10)
    heard = (heard - heard.mean(axis=1, keepdims=True)) / heard.std(axis=1, keepdims=True)
    everything = np.concatenate([heard, lagged(Y, 3, skip=1)])
    second = np.arange(Y.shape[1]) // 500
    for X, low, high in ((heard, 0.83, 0.86), (everything, 0.90, 0.93)):
        A = np.empty_like(Y)
        for k in range(10):
            left_out = second == k
            A[:, left_out] = spike_probability(X[:, left_out], fit_logistic(X[:, ~left_out], Y[:, ~left_out]))
        assert low < auc(A, Y) < high
        said, seen, _ = calibration(A, Y, groups=8)
        assert np.abs(said - seen).max() < 0.06


def test_errors_are_sentences():
    X, Y = np.ones((2, 4)), np.array([[0.0, 1.0, 0.0, 1.0]])
    for call, said in [
        (lambda: lagged(np.ones((2, 4)), 3), r"signal has shape \(2, 4\)"),
        (lambda: lagged(np.ones((1, 4)), 0), "lags is 0"),
        (lambda: lagged(np.ones((1, 4)), 2, -1), "skip is -1"),
        (lambda: fit_logistic(X, Y[:, :3]), r"Y has shape \(1, 3\), but \(1, m\) = \(1, 4\)"),
        (lambda: fit_logistic(X, np.zeros((1, 4))), "both 0 and 1"),
        (lambda: fit_logistic(X, 2 * Y), "both 0 and 1"),
        (lambda: fit_logistic(X, Y, penalty=-1), "penalty is -1"),
        (lambda: auc(Y, np.zeros((1, 4))), "both 0 and 1"),
        (lambda: auc(Y, Y[:, :2]), r"Y has shape \(1, 2\)"),
        (lambda: calibration(Y, Y, groups=5), "at least one example for each of 5 groups"),
    ]:
        with pytest.raises(ValueError, match=said):
            call()
