"""standardize, split and one_hot: do they treat columns right, and training examples only?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from helpers import data

shapes = st.tuples(st.integers(1, 5), st.integers(1, 30))
features = shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=st.floats(-1e6, 1e6, width=32)))


@given(features)
def test_standardize_agrees_with_scikit_learn(X):
    X_s, mean, sd = data.standardize(X)
    scaler = StandardScaler().fit(X.T)
    np.testing.assert_allclose(mean[:, 0], scaler.mean_, rtol=1e-9, atol=1e-9)
    plain = np.ptp(X, axis=1) > 1e-6
    np.testing.assert_allclose(sd[plain, 0], scaler.scale_[plain], rtol=1e-7)
    np.testing.assert_allclose(X_s[plain], scaler.transform(X.T).T[plain], rtol=1e-6, atol=1e-6)


@given(features)
def test_standardize_can_be_undone_and_is_never_infinite(X):
    X_s, mean, sd = data.standardize(X)
    assert (sd > 0).all()
    assert np.isfinite(X_s).all()
    np.testing.assert_allclose(X_s * sd + mean, X, rtol=1e-9, atol=1e-6)


def test_other_arrays_are_scaled_by_the_training_statistics():
    rng = np.random.default_rng(0)
    X_train, X_dev, X_test = rng.normal(3, 2, (2, 40)), rng.normal(9, 7, (2, 5)), rng.normal(-1, 1, (2, 1))
    train_s, dev_s, test_s, mean, sd = data.standardize(X_train, X_dev, X_test)
    assert (mean.shape, sd.shape) == ((2, 1), (2, 1))
    np.testing.assert_allclose(train_s.mean(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose(train_s.std(axis=1), 1)
    np.testing.assert_allclose(dev_s, (X_dev - mean) / sd)
    np.testing.assert_allclose(test_s, (X_test - mean) / sd)
    alone = data.standardize(X_train)
    np.testing.assert_array_equal(alone[0], train_s)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e-200, -7.7, 123456.789])
def test_a_constant_feature_becomes_zero(value):
    X = np.vstack([np.full(1001, value), np.arange(1001.0)])
    X_s, _, mean, sd = data.standardize(X, X + 1)
    np.testing.assert_array_equal(X_s[0], 0)
    assert (mean[0, 0], sd[0, 0]) == (value, 1)


def test_a_spread_too_small_for_its_square_does_not_divide_by_zero():
    X_s, _, sd = data.standardize(np.array([[0.0, 1e-200]]))
    assert sd[0, 0] == 1
    assert np.isfinite(X_s).all()


@pytest.mark.parametrize(("given_dtype", "dtype"), [("float32", "float32"), ("int64", "float64"), ("bool", "float64")])
def test_float32_stays_and_whole_numbers_become_float64(given_dtype, dtype):
    X = np.array([[0, 1, 1], [1, 0, 1]]).astype(given_dtype)
    assert [array.dtype for array in data.standardize(X, X)] == [dtype] * 4


@given(st.integers(2, 80), st.floats(0.01, 0.99), st.integers(0, 1000))
def test_split_deals_each_column_to_one_side(m, test_share, seed):
    X = np.arange(2 * m).reshape(2, m)
    Y = X[:1] % 7
    s = data.split(X, Y, np.random.default_rng(seed), test_share)
    assert s.X_test.shape[1] == min(max(round(test_share * m), 1), m - 1)
    together = np.concatenate([s.X_train, s.X_test], axis=1)
    np.testing.assert_array_equal(np.sort(together[0]), X[0])
    np.testing.assert_array_equal(together[1] - together[0], m)
    np.testing.assert_array_equal(np.concatenate([s.Y_train, s.Y_test], axis=1), together[:1] % 7)
    again = data.split(X, Y, np.random.default_rng(seed), test_share)
    np.testing.assert_array_equal(again.X_test, s.X_test)


def test_split_draws_evenly_and_shuffles():
    X = np.arange(20.0).reshape(1, 20)
    rng = np.random.default_rng(0)
    chosen = np.concatenate([data.split(X, X, rng, 0.25).X_test for _ in range(2000)], axis=1)
    counts = np.bincount(chosen[0].astype(int), minlength=20)
    assert counts.min() > 420
    assert counts.max() < 580
    assert (np.diff(data.split(X, X, rng, 0.25).X_train[0]) < 0).any()


@given(st.integers(2, 6), st.integers(1, 30), st.data())
def test_one_hot_agrees_with_scikit_learn_and_is_undone_by_argmax(n_classes, m, drawn):
    Y = drawn.draw(arrays(np.int64, (1, m), elements=st.integers(0, n_classes - 1)))
    H = data.one_hot(Y, n_classes)
    encoder = OneHotEncoder(categories=[range(n_classes)], sparse_output=False)
    np.testing.assert_array_equal(H, encoder.fit_transform(Y.T).T)
    np.testing.assert_array_equal(H.argmax(axis=0, keepdims=True), Y)
    assert H.dtype == np.float64
    np.testing.assert_array_equal(data.one_hot(Y.astype(float), n_classes, np.float32), H)
    assert data.one_hot(Y, n_classes, np.float32).dtype == np.float32


def test_arguments_are_unchanged_and_results_are_their_own():
    X, Y = np.array([[1.0, 2, 4, 8]]), np.array([[0, 1, 1, 0]])
    before = X.copy(), Y.copy()
    rng = np.random.default_rng(0)
    for result in (*data.standardize(X, X), *data.split(X, Y, rng), data.one_hot(Y, 2)):
        result += 1
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(Y, before[1])


X, Y, rng = np.ones((2, 6)), np.ones((1, 6)), np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: data.standardize(X[0]), r"X_train has shape \(6,\), wanted \(n_x, m\)"),
        (lambda: data.standardize(X[:, :0]), r"X_train has shape \(2, 0\)"),
        (lambda: data.standardize(X, X, X.T), r"others\[1\] has shape \(6, 2\), wanted \(2, m\)"),
        (
            lambda: data.standardize(np.where(X > 0, np.nan, X)),
            r"X_train of shape \(2, 6\) holds nan in row 0, column 0",
        ),
        (lambda: data.standardize(X.astype(str)), r"X_train of shape \(2, 6\) holds <U"),
        (lambda: data.split(X, Y[:, :5], rng), r"Y has shape \(1, 5\), wanted \(n_x, 6\)"),
        (lambda: data.split(X, Y[0], rng), r"Y has shape \(6,\)"),
        (lambda: data.split(X[:, :1], Y[:, :1], rng), "m of at least 2"),
        (lambda: data.split(X, Y, 7), "rng is 7"),
        (lambda: data.split(X, Y, rng, 1.0), "test_share is 1.0"),
        (lambda: data.split(X, Y, rng, 25), "test_share is 25"),
        (lambda: data.one_hot(Y[0], 2), r"Y has shape \(6,\), wanted \(1, m\)"),
        (lambda: data.one_hot(2 * Y, 2), r"Y of shape \(1, 6\) holds the label 2.0 in column 0; .* from 0 to 1"),
        (lambda: data.one_hot(np.array([[0, -1]]), 2), "holds the label -1 in column 1"),
        (lambda: data.one_hot(np.array([[0.5]]), 2), "holds the label 0.5"),
        (lambda: data.one_hot(Y, 1), "n_classes is 1, wanted a whole number of at least 2"),
    ],
)
def test_bad_arguments_are_refused_by_name_and_shape(call, said):
    with pytest.raises(ValueError, match=said):
        call()
