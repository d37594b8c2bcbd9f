"""What `python -m benchmarks.ladder` has measured, for the lessons that show it."""

from typing import NamedTuple

import numpy as np

from helpers.data.measured import measured


class Ladder(NamedTuple):
    """The networks of the ladder, and how they did on the digit pairs of each seed.

    hidden: the widths of each network's hidden layers.  train, test: shares of right answers, (networks, seeds).
    means: (networks,), of test.  intervals: (networks, 2), 95 % intervals of these means over the seeds, by Student's
    t.  baseline: (seeds,), the share of the most frequent answer.  Then how they were trained.
    curve_steps: (points,), steps done at each point of the learning curves.  train_curves, test_curves: shares on the
    way, (networks, seeds, points).
    differences: for two networks, by their places, the mean of the later one's test share minus the earlier one's, run
    by run, and the ends of its 95 % interval.
    """

    hidden: tuple[tuple[int, ...], ...]
    train: np.ndarray
    test: np.ndarray
    means: np.ndarray
    intervals: np.ndarray
    baseline: np.ndarray
    train_pairs: int
    test_pairs: int
    learning_rate: float
    steps: int
    curve_steps: np.ndarray
    train_curves: np.ndarray
    test_curves: np.ndarray
    differences: dict[tuple[int, int], tuple[float, float, float]]


def ladder() -> Ladder:
    """The stored figures; nothing is trained, which takes minutes.

    Raises FileNotFoundError where the file is missing, and ValueError where it is not what the benchmark writes.
    """
    return measured("ladder", _shape)


def _shape(figures: dict) -> Ladder:
    networks = figures["networks"]
    hidden = [tuple(row["hidden"]) for row in networks]
    return Ladder(
        hidden=tuple(hidden),
        train=np.array([row["train"] for row in networks]),
        test=np.array([row["test"] for row in networks]),
        means=np.array([row["mean"] for row in networks]),
        intervals=np.array([(row["low"], row["high"]) for row in networks]),
        baseline=np.array(figures["baseline"]["test"]),
        curve_steps=np.array(figures["curve_steps"]),
        train_curves=np.array([row["train_curve"] for row in networks]),
        test_curves=np.array([row["test_curve"] for row in networks]),
        differences={
            tuple(hidden.index(tuple(one)) for one in row["networks"]): (row["mean"], row["low"], row["high"])
            for row in figures["differences"]
        },
        **{name: figures[name] for name in ("train_pairs", "test_pairs", "learning_rate", "steps")},
    )
