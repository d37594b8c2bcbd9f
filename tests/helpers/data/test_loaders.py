"""Do the loaders return what they say, and can one caller's changes reach the next?"""

import csv
import importlib

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from helpers import data
from helpers.data import files

LOADERS = [data.penguins, data.digits, data.fashion, lambda: data.digit_pairs(np.random.default_rng(0), 30, 20)]


def _arrays(loaded):
    return {name: value for name, value in loaded._asdict().items() if isinstance(value, np.ndarray)}


@pytest.mark.parametrize("load", LOADERS)
def test_changing_a_loaded_array_does_not_reach_the_next_load(load):
    before = {name: array.copy() for name, array in _arrays(load()).items()}
    for array in _arrays(load()).values():
        array += 1
    after = _arrays(load())
    assert set(after) == set(before)
    for name in before:
        np.testing.assert_array_equal(after[name], before[name])


@pytest.mark.parametrize("load", LOADERS)
def test_examples_are_columns_of_finite_float64(load):
    loaded = _arrays(load())
    for name, X in loaded.items():
        if name.startswith("X"):
            assert X.dtype == np.float64
            assert np.isfinite(X).all()
            assert loaded[name.replace("X", "Y")].shape == (1, X.shape[1])


def test_penguins_are_the_complete_rows_of_two_species():
    X, Y, feature_names, class_names = data.penguins()
    assert (X.shape, Y.shape, Y.dtype) == ((2, 214), (1, 214), np.float64)
    assert feature_names == ("bill length (mm)", "bill depth (mm)")
    assert class_names == ("Adelie", "Chinstrap")
    with open(files.FOLDER / "penguins.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row[0] in class_names and "NA" not in row and "" not in row]
    np.testing.assert_array_equal(X, np.array([row[2:4] for row in rows], dtype=float).T)
    np.testing.assert_array_equal(Y[0] == 1, [row[0] == "Chinstrap" for row in rows])


def test_penguins_are_nearly_but_not_quite_separable():
    """The numbers of the docstring: 6 birds on the wrong side of the best line, 9 with bill length alone."""
    X, Y, _, _ = data.penguins()
    X_s, _, _ = data.standardize(X)
    line = LogisticRegression(C=1e8, max_iter=10_000).fit(X_s.T, Y[0])
    assert int((line.predict(X_s.T) != Y[0]).sum()) == 6
    np.testing.assert_allclose(line.coef_, [[12.1, -4.7]], atol=0.1)
    P = line.predict_proba(X_s.T)[:, 1]
    assert -np.mean(np.where(Y[0] == 1, np.log(P), np.log(1 - P))) == pytest.approx(0.0437, abs=2e-4)

    def errors_of_the_best_threshold(x):
        return min(int(((sign * x > sign * t) != Y[0]).sum()) for t in x for sign in (1, -1))

    assert [errors_of_the_best_threshold(x) for x in X] == [9, 68]


def test_digits_are_those_of_scikit_learn():
    X, Y, class_names, image_shape = data.digits()
    source = load_digits()
    assert (X.shape, Y.shape, Y.dtype) == ((64, 1797), (1, 1797), np.int64)
    assert (X.min(), X.max()) == (0, 1)
    for j in (0, 17, 1796):
        np.testing.assert_array_equal(16 * X[:, j].reshape(image_shape), source.images[j])
        assert class_names[Y[0, j]] == str(source.target[j])


def test_other_digits_than_the_released_are_refused(monkeypatch):
    module = importlib.import_module("helpers.data.digits")
    source = load_digits()
    source.data[3, 5] += 1
    monkeypatch.setattr("sklearn.datasets.load_digits", lambda: source)
    module._released.cache_clear()
    try:
        with pytest.raises(ValueError, match="digits of the installed scikit-learn are not those"):
            data.digits()
    finally:
        module._released.cache_clear()


def test_fashion_is_the_stored_file():
    loaded = data.fashion()
    stored = np.load(files.FOLDER / "fashion_mnist_8000.npz")
    for part, m in (("train", 6000), ("test", 2000)):
        X, Y = getattr(loaded, f"X_{part}"), getattr(loaded, f"Y_{part}")
        assert (X.shape, Y.shape, Y.dtype) == ((784, m), (1, m), np.int64)
        assert (X.min(), X.max()) == (0, 1)
        np.testing.assert_array_equal(np.bincount(Y[0]), [m // 10] * 10)
        for j in (0, m - 1):
            np.testing.assert_allclose(255 * X[:, j].reshape(loaded.image_shape), stored[f"X_{part}"][j], atol=1e-12)
            assert Y[0, j] == stored[f"y_{part}"][j]
    assert len(loaded.class_names) == 10


def test_digit_pairs_show_two_images_whose_sum_decides():
    pairs = data.digit_pairs(np.random.default_rng(5))
    assert pairs.X_train.shape == (128, 4000)
    assert pairs.X_test.shape == (128, 2000)
    digits = data.digits()
    images = {digits.X[:, j].tobytes(): digits.Y[0, j] for j in range(digits.X.shape[1])}
    seen = {}
    for part in ("train", "test"):
        X, Y, both = (getattr(pairs, f"{name}_{part}") for name in ("X", "Y", "digits"))
        assert (Y.dtype, both.shape) == (np.float64, (2, X.shape[1]))
        np.testing.assert_array_equal(Y, both.sum(axis=0, keepdims=True) % 2)
        assert 0.45 < Y.mean() < 0.55
        seen[part] = set()
        for j in range(X.shape[1]):
            picture = X[:, j].reshape(pairs.image_shape)
            for half, digit in zip((picture[:, :8], picture[:, 8:]), both[:, j], strict=True):
                assert images[half.tobytes()] == digit
                seen[part].add(half.tobytes())
    assert not seen["train"] & seen["test"], "an image is in both pools"
    assert len(seen["train"]) > 1150
    assert len(seen["test"]) > 560


def test_digit_pairs_follow_their_generator():
    first, again, other = (data.digit_pairs(np.random.default_rng(seed), 50, 40) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.X_train, again.X_train)
    np.testing.assert_array_equal(first.Y_test, again.Y_test)
    assert (first.X_train != other.X_train).any()
    assert (first.X_test.shape, first.Y_test.shape) == ((128, 40), (1, 40))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0,), "rng is 0"),
        ((np.random.default_rng(0), 0), "m_train is 0"),
        ((np.random.default_rng(0), 5, 2.0), "m_test"),
    ],
)
def test_digit_pairs_refuse_bad_arguments(arguments, said):
    with pytest.raises(ValueError, match=said):
        data.digit_pairs(*arguments)
