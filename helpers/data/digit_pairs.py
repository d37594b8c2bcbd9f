"""Is the sum of these two handwritten digits odd? The ladder's question: a neuron can't say, a deep network can."""

from typing import NamedTuple

import numpy as np

from helpers.data import arrays
from helpers.data.digits import digits

TRAIN_IMAGES = 1200


class DigitPairs(NamedTuple):
    """X (128, m): two images side by side; Y (1, m): 1.0 where the sum is odd; digits (2, m): left and right."""

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    digits_train: np.ndarray
    digits_test: np.ndarray
    class_names: tuple[str, str]
    image_shape: tuple[int, int]


def digit_pairs(rng: np.random.Generator, m_train: int = 4000, m_test: int = 2000) -> DigitPairs:
    """y = (left + right) mod 2, x = the two 8×8 images side by side as one image of 8 rows and 16 columns.

    X[16r + c, j] is the grey value, 0 … 1, of pair j in row r, column c: columns 0-7 are the left digit, 8-15 the
    right one, so X[:, j].reshape(8, 16) shows the pair. A single image says nothing about y, only both together do:
    to a neuron, which adds up the evidence of each pixel, the answer is near a coin toss.

    rng: puts 1200 of the 1797 images into the training pool and the other 597 into the test pool, then draws left and
    right image of each pair from its pool, with replacement; no image is seen in training and in testing.
    m_train, m_test: number of pairs, at least 1 each.
    Returns DigitPairs: X (128, m), Y (1, m) float64 and digits (2, m) int64 for training and testing, class_names,
    image_shape (8, 16).
    Raises ValueError for an argument out of range, or as `digits` does.
    """
    arrays.generator(rng)
    m_train = arrays.count("m_train", m_train, least=1)
    m_test = arrays.count("m_test", m_test, least=1)
    X, Y, _, _ = digits()
    order = rng.permutation(X.shape[1])
    train = _pairs(X, Y, rng.choice(order[:TRAIN_IMAGES], (2, m_train)))
    test = _pairs(X, Y, rng.choice(order[TRAIN_IMAGES:], (2, m_test)))
    return DigitPairs(*train[:2], *test[:2], train[2], test[2], ("even", "odd"), (8, 16))


def _pairs(X: np.ndarray, Y: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (64, images), Y (1, images), chosen (2, m) image numbers -> pairs (128, m), odd (1, m), their digits (2, m)."""
    m = chosen.shape[1]
    left, right = (X[:, columns].reshape(8, 8, m) for columns in chosen)
    both = Y[0, chosen]
    odd = both.sum(axis=0, keepdims=True) % 2
    return np.concatenate([left, right], axis=1).reshape(128, m), odd.astype(np.float64), both
