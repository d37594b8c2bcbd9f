"""Examples set aside before training, to be asked only at the end."""

from typing import NamedTuple

import numpy as np

from helpers.data import arrays


class Split(NamedTuple):
    """X_train (n_x, m_train), Y_train (n_y, m_train), X_test (n_x, m_test), Y_test (n_y, m_test)."""

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray


def split(X: np.ndarray, Y: np.ndarray, rng: np.random.Generator, test_share: float = 0.25) -> Split:
    """m_test = round(test_share * m): columns drawn without replacement for testing, the others for training.

    X: (n_x, m) with m of at least 2.  Y: (n_y, m), same columns.  rng: decides which column goes where.
    test_share: between 0 and 1; at least one example always stays on each side.
    Returns Split of fresh arrays, columns in random order; dtypes as given.
    Raises ValueError for wrong or mismatched shapes, NaN, too few examples or a share outside (0, 1).
    """
    X = arrays.matrix("X", X)
    Y = arrays.matrix("Y", Y, columns=X.shape[1])
    arrays.generator(rng)
    m = X.shape[1]
    if m < 2:
        raise ValueError(f"X has shape {X.shape}, wanted (n_x, m) with m of at least 2: one column for each side.")
    if not 0 < test_share < 1:
        raise ValueError(f"test_share is {test_share!r}, wanted a number between 0 and 1, such as 0.25.")
    m_test = min(max(round(test_share * m), 1), m - 1)
    order = rng.permutation(m)
    test, train = order[:m_test], order[m_test:]
    return Split(X[:, train], Y[:, train], X[:, test], Y[:, test])
