"""What `python -m benchmarks.clothes` has measured, for the lesson that shows it."""

from typing import NamedTuple

import numpy as np

from helpers.data.measured import measured


class ShirtsMeasured(NamedTuple):
    """The networks of the benchmark, the single neuron first, and how they did on the test images of each seed.

    hidden: the widths of each network's hidden layers.  train, test: shares of right answers, (networks, seeds).
    intervals: (networks, 2), 95 % intervals of the means of test over the seeds, by Student's t.  more: (networks, 2),
    the same for the mean of what each has more than the single neuron.  baseline: (seeds,), the share of the most
    frequent answer.  Then how they were trained.
    """

    hidden: tuple[tuple[int, ...], ...]
    train: np.ndarray
    test: np.ndarray
    intervals: np.ndarray
    more: np.ndarray
    baseline: np.ndarray
    train_images: int
    test_images: int
    learning_rate: float
    steps: int


def shirts_measured() -> ShirtsMeasured:
    """The stored figures; nothing is trained, which takes minutes.

    Raises FileNotFoundError where the file is missing, and ValueError where it is not what the benchmark writes.
    """
    return measured("clothes", _shape)


def _shape(figures: dict) -> ShirtsMeasured:
    networks = figures["networks"]
    more = [row["more_than_first"] for row in networks]
    return ShirtsMeasured(
        hidden=tuple(tuple(row["hidden"]) for row in networks),
        train=np.array([row["train"] for row in networks]),
        test=np.array([row["test"] for row in networks]),
        intervals=np.array([(row["low"], row["high"]) for row in networks]),
        more=np.array([(row["low"], row["high"]) for row in more]),
        baseline=np.array(figures["baseline"]["test"]),
        **{name: figures[name] for name in ("train_images", "test_images", "learning_rate", "steps")},
    )
