"""Labels of several classes as columns that a softmax output can be compared with."""

import numpy as np

from helpers.data import arrays


def one_hot(Y: np.ndarray, n_classes: int, dtype: type = np.float64) -> np.ndarray:
    """H[k, j] = 1 where example j belongs to class k, else 0.

    Y: (1, m) whole numbers 0 … n_classes - 1.  n_classes: at least 2.  dtype: of the result.
    Returns (n_classes, m).
    Raises ValueError for a wrong shape or a label outside that range.
    """
    Y = arrays.matrix("Y", Y, rows=1)
    n_classes = arrays.count("n_classes", n_classes, least=2)
    classes = np.arange(n_classes).reshape(-1, 1)
    hits = classes == Y
    if not hits.any(axis=0).all():
        j = int(np.argmin(hits.any(axis=0)))
        raise ValueError(
            f"Y of shape {Y.shape} holds the label {Y[0, j]} in column {j}; "
            f"wanted (1, m) whole numbers from 0 to {n_classes - 1}."
        )
    return hits.astype(dtype)
