"""Features on one scale, by what the training examples alone say."""

import numpy as np

from helpers.data import arrays


def standardize(X_train: np.ndarray, *others: np.ndarray) -> tuple[np.ndarray, ...]:
    """X_s = (X - mean) / sd, with mean and sd of each feature taken over the training examples only.

    The other arrays are shifted and scaled by the same numbers: test examples must not take part in choosing them.
    A feature that is the same in all training examples carries nothing; its sd is given as 1, so it becomes 0.

    X_train: (n_x, m).  others: any number of arrays (n_x, m'), such as X_test.
    Returns (X_train_s, *others_s, mean, sd): the arrays in the order given, then mean and sd of shape (n_x, 1), so
    that X_train_s * sd + mean is X_train again. float32 in gives float32 out, anything else float64.
    Raises ValueError for a wrong shape, no examples, NaN or infinity.
    """
    dtype = np.float32 if np.asarray(X_train).dtype == np.float32 else np.float64
    X_train = arrays.matrix("X_train", X_train).astype(dtype)
    checked = [arrays.matrix(f"others[{i}]", X, rows=len(X_train)).astype(dtype) for i, X in enumerate(others)]
    # The sums run in float64: float32 sums over many examples lose digits that the result could hold.
    mean = X_train.mean(axis=1, keepdims=True, dtype=np.float64).astype(dtype)
    sd = X_train.std(axis=1, keepdims=True, dtype=np.float64).astype(dtype)
    # The mean of equal numbers can miss them by a rounding error; dividing by an sd of that size would blow it up.
    constant = np.ptp(X_train, axis=1, keepdims=True) == 0
    mean = np.where(constant, X_train[:, :1], mean)
    sd = np.where(constant | (sd == 0), 1, sd).astype(dtype)
    return *((X - mean) / sd for X in (X_train, *checked)), mean, sd
