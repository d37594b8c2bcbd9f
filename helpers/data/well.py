"""What `python -m benchmarks.well` has measured, for the lesson that shows it."""

from typing import NamedTuple

import numpy as np

from helpers.data.measured import measured


class Well(NamedTuple):
    """How a network did on images it had not seen, trained with everything of lesson 10.

    hidden: the widths of its hidden layers.  test: shares of right answers, (seeds,).  mean: of test.
    interval: 95 % interval of the mean over the seeds, by Student's t.  tested: how many images were asked.
    """

    hidden: tuple[int, ...]
    test: np.ndarray
    mean: float
    interval: tuple[float, float]
    tested: int


def well() -> dict[str, Well]:
    """The stored figures for "digits" and "fashion"; nothing is trained, which takes a minute.

    Raises FileNotFoundError where the file is missing, and ValueError where it is not what the benchmark writes.
    """
    return measured("well", _shape)


def _shape(figures: dict) -> dict[str, Well]:
    return {
        name: Well(tuple(row["hidden"]), np.array(row["test"]), row["mean"], (row["low"], row["high"]), row["tested"])
        for name, row in figures["recipes"].items()
    }
