"""A logistic unit fitted to a recorded neuron: what was heard in the last bins -> is there a spike in this one?

Time runs along the columns: a column of X is what is known at one bin, Y (1, m) holds 1 where the neuron fired in it.
In the field this is a generalized linear model of a point process: W. Truccolo et al. 2005, A point process framework
for relating neural spiking activity to spiking history, neural ensemble, and extrinsic covariate effects, Journal of
Neurophysiology 93, 1074-1089.
"""

from typing import NamedTuple

import numpy as np

from helpers.brain.arrays import count, matrix


class Fit(NamedTuple):
    """W (1, n_x) and b (1, 1) of the unit."""

    W: np.ndarray
    b: np.ndarray


def lagged(signal: np.ndarray, lags: int, skip: int = 0) -> np.ndarray:
    """X[k, t] = signal[0, t − skip − k] for k = 0 … lags − 1: at each bin, the last bins below one another.

    signal: (1, T).  skip: 0 begins with the bin itself, 1 with the one before (for the neuron's own spikes: that it
    fires now is what is to be told).
    Returns (lags, T); what would lie before the recording is 0. Raises ValueError for a wrong shape or count.
    """
    signal = matrix("signal", signal, 1, None, "(1, T)")
    lags, skip, T = count("lags", lags), count("skip", skip, least=0), signal.shape[1]
    padded = np.concatenate([np.zeros((1, lags + skip)), signal], axis=1)[0]
    return np.stack([padded[lags - k : lags - k + T] for k in range(lags)])


def fit_logistic(X: np.ndarray, Y: np.ndarray, penalty: float = 1.0, steps: int = 100) -> Fit:
    """The W, b that make −Σ [Y log A + (1 − Y) log(1 − A)] + (penalty/2) ‖W‖² least, A = σ(W X + b).

    X: (n_x, m), of like scale in each row.  Y: (1, m) of 0 and 1, both there.  penalty: at least 0; above 0 it keeps
    the weights finite where a line parts the classes, as it does where a neuron never fires twice in a row.
    Newton's method: each step solves for the minimum of the parabola that fits the cost here, halved while it would
    make the cost rise. It ends where the slope is gone, after about ten steps.
    Raises ValueError for wrong shapes or labels; ArithmeticError where `steps` were not enough.
    """
    X = matrix("X", X, wanted="(n_x, m)")
    Y = matrix("Y", Y, 1, X.shape[1], "(1, m)")
    if set(np.unique(Y)) != {0.0, 1.0}:
        raise ValueError(f"Y of shape {Y.shape} holds {np.unique(Y)[:5]}, but both 0 and 1 and nothing else is needed.")
    if not 0 <= penalty < np.inf:
        raise ValueError(f"penalty is {penalty!r}, but 0 or more is needed.")
    X1 = np.concatenate([X, np.ones((1, X.shape[1]))])
    keep = penalty * np.eye(len(X1))
    keep[-1, -1] = 0.0  # the bias is free
    theta = np.zeros((1, len(X1)))

    def cost(theta: np.ndarray) -> float:
        Z = theta @ X1
        return float(np.sum(np.logaddexp(0, Z) - Y * Z) + (theta @ keep @ theta.T).item() / 2)

    for _ in range(count("steps", steps)):
        A = _sigmoid(theta @ X1)
        slope = (A - Y) @ X1.T + theta @ keep
        if np.abs(slope).max() < 1e-8 * X1.shape[1]:
            return Fit(theta[:, :-1].copy(), theta[:, -1:].copy())
        step = np.linalg.lstsq((A * (1 - A) * X1) @ X1.T + keep, slope.T, rcond=None)[0].T
        share = 1.0
        while cost(theta - share * step) > cost(theta) and share > 1e-10:
            share /= 2
        theta = theta - share * step
    raise ArithmeticError(f"{steps} steps were not enough: the classes may be parted by a line. Try a larger penalty.")


def spike_probability(X: np.ndarray, fit: Fit) -> np.ndarray:
    """A = σ(W X + b): (n_x, m) -> (1, m), the probability of a spike in each bin."""
    return _sigmoid(fit.W @ matrix("X", X, fit.W.shape[1], None, "(n_x, m)") + fit.b)


def auc(score: np.ndarray, Y: np.ndarray) -> float:
    """P(score of a 1 > score of a 0), ties counted half: the area under the ROC curve.

    score: (1, m), the larger the surer of a 1.  Y: (1, m) of 0 and 1, both there.
    Returns 0.5 for guessing, 1 for a perfect order. Computed from the ranks, as by Mann and Whitney 1947; that this is
    the area: J. A. Hanley and B. J. McNeil 1982, Radiology 143, 29-36).
    """
    score = matrix("score", score, 1, None, "(1, m)")
    Y = matrix("Y", Y, 1, score.shape[1], "(1, m)")
    if set(np.unique(Y)) != {0.0, 1.0}:
        raise ValueError(f"Y of shape {Y.shape} holds {np.unique(Y)[:5]}, but both 0 and 1 and nothing else is needed.")
    _, place, counts = np.unique(score[0], return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place.ravel()]  # equal scores share their mean rank
    ones = Y[0] == 1
    n_1, n_0 = ones.sum(), (~ones).sum()
    return float((rank[ones].sum() - n_1 * (n_1 + 1) / 2) / (n_1 * n_0))


def calibration(A: np.ndarray, Y: np.ndarray, groups: int = 10) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(said, seen, n): bins sorted by A into `groups` of equal size; mean A and share of ones in each, and its size.

    A: (1, m) probabilities.  Y: (1, m) of 0 and 1.  A unit is calibrated where seen = said, up to chance.
    Returns three arrays (1, groups). Raises ValueError for wrong shapes, or fewer examples than groups.
    """
    A = matrix("A", A, 1, None, "(1, m)")
    Y = matrix("Y", Y, 1, A.shape[1], "(1, m)")
    if count("groups", groups) > A.shape[1]:
        raise ValueError(f"A has shape {A.shape}, but at least one example for each of {groups} groups is needed.")
    parts = np.array_split(np.argsort(A[0], kind="stable"), groups)
    said, seen = ([array[0, part].mean() for part in parts] for array in (A, Y))
    return np.array([said]), np.array([seen]), np.array([[part.size for part in parts]])


def _sigmoid(Z: np.ndarray) -> np.ndarray:
    e = np.exp(-np.abs(Z))  # never above 1, so it cannot overflow
    return np.where(Z >= 0, 1.0, e) / (1 + e)
