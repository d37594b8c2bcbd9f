"""How good is it, on how many examples, how sure are we, and what would guessing give?"""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np


class Report(NamedTuple):
    """Accuracy as it should be shown: with n, an interval, and the baseline; str() is one sentence."""

    accuracy: float
    n: int
    correct: int
    low: float
    high: float
    baseline: float

    def __str__(self) -> str:
        return (
            f"{self.accuracy:.1%} right ({self.correct} of {self.n} examples, 95% interval {self.low:.1%} to "
            f"{self.high:.1%}); always guessing the most frequent class is right for {self.baseline:.1%}."
        )


def accuracy(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """(1/m) Σ [ŷ = y], the share of examples labelled right.

    Y_hat, Y: (1, m) labels (whole numbers or booleans), predicted and true; m at least 1.
    Raises ValueError for wrong shapes or entries that are no labels, such as probabilities.
    """
    Y_hat, Y = _both(Y_hat, Y)
    return float(np.mean(Y_hat == Y))


def wilson_interval(correct: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = correct/n.

    All true rates that a two-sided test at this confidence would not reject. Unlike p ± z √(p(1-p)/n) it stays
    within 0 … 1 and is not of width 0 where all or none are right.

    correct: 0 … n.  n: number of examples, at least 1.  confidence: between 0 and 1; 0.95 gives z = 1.959964.
    Returns (low, high).
    Raises ValueError where an argument is out of range.
    Source: E. B. Wilson 1927, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212.
    """
    if not (_is_whole(n) and n >= 1):
        raise ValueError(f"n is {n!r}, wanted the number of examples, a whole number of at least 1.")
    if not (_is_whole(correct) and 0 <= correct <= n):
        raise ValueError(f"correct is {correct!r}, wanted a whole number from 0 to n = {n}.")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence!r}, wanted a number between 0 and 1, such as 0.95.")
    correct, n = int(correct), int(n)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = correct / n
    centre = p + z * z / (2 * n)
    half_width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # At both ends the formula is exactly 0 or 1; rounding would leave a hair.
    low = 0.0 if correct == 0 else (centre - half_width) / (1 + z * z / n)
    high = 1.0 if correct == n else (centre + half_width) / (1 + z * z / n)
    return low, high


def majority_baseline(Y: np.ndarray) -> float:
    """max_k (1/m) Σ [y = k], what always answering with the most frequent class gets right.

    Y: (1, m) labels, m at least 1.
    Raises ValueError for a wrong shape or entries that are no labels.
    """
    _, counts = np.unique(_labels("Y", Y), return_counts=True)
    return float(counts.max() / counts.sum())


def confusion(Y_hat: np.ndarray, Y: np.ndarray, n_classes: int) -> np.ndarray:
    """C[i, k] = Σ [y = i and ŷ = k]: row is the truth, column the prediction, right answers on the diagonal.

    Y_hat, Y: (1, m) labels 0 … n_classes - 1, m at least 1.
    Returns (n_classes, n_classes) integers that sum to m.
    Raises ValueError for wrong shapes or labels outside that range.
    """
    if not (_is_whole(n_classes) and n_classes >= 1):
        raise ValueError(f"n_classes is {n_classes!r}, wanted a whole number of at least 1.")
    Y_hat, Y = _both(Y_hat, Y)
    for name, labels in (("Y_hat", Y_hat), ("Y", Y)):
        if labels.min() < 0 or labels.max() >= n_classes:
            raise ValueError(
                f"{name} of shape {labels.shape} holds labels from {labels.min()} to {labels.max()}; "
                f"wanted (1, m) labels from 0 to {n_classes - 1}."
            )
    cells = n_classes * Y + Y_hat
    return np.bincount(cells[0], minlength=n_classes**2).reshape(n_classes, n_classes)


def report(Y_hat: np.ndarray, Y: np.ndarray) -> Report:
    """Accuracy, n, Wilson's 95 % interval and majority baseline of one set of predictions.

    Y_hat, Y: (1, m) labels of two or more classes, predicted and true; m at least 1.
    Returns Report; str(report) is one sentence.
    Raises ValueError for wrong shapes or entries that are no labels.
    """
    Y_hat, Y = _both(Y_hat, Y)
    n, correct = Y.size, int(np.sum(Y_hat == Y))
    return Report(correct / n, n, correct, *wilson_interval(correct, n), majority_baseline(Y))


def _both(Y_hat: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    Y_hat, Y = _labels("Y_hat", Y_hat), _labels("Y", Y)
    if Y_hat.shape != Y.shape:
        raise ValueError(f"Y_hat has shape {Y_hat.shape}, wanted {Y.shape}, the shape of Y: one label an example.")
    return Y_hat, Y


def _labels(name: str, value: np.ndarray) -> np.ndarray:
    array = np.asarray(value)
    # Two shapes (m,) and (m, 1) would broadcast against (1, m) and give an accuracy of something else.
    if array.ndim != 2 or array.shape[0] != 1 or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}, wanted (1, m): one label for each example, at least one.")
    if array.dtype.kind not in "fiub" or not np.isfinite(array).all() or (array != np.round(array)).any():
        raise ValueError(
            f"{name} of shape {array.shape} holds entries that are no labels; wanted (1, m) whole numbers. "
            "Turn probabilities into labels first: A > 0.5, or the row of the largest entry in each column."
        )
    return array.astype(np.int64)


def _is_whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
