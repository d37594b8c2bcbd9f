"""What `python -m benchmarks.well` has measured, for the lesson that shows it."""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

FILE = Path(__file__).parents[2] / "benchmarks" / "results" / "well.json"


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
    remedy = "Bring it back with 'git restore benchmarks/results/well.json' in the folder of the course."
    try:
        rows = json.loads(FILE.read_text(encoding="utf-8"))["figures"]["recipes"]
        return {
            name: Well(
                tuple(row["hidden"]), np.array(row["test"]), row["mean"], (row["low"], row["high"]), row["tested"]
            )
            for name, row in rows.items()
        }
    except FileNotFoundError:
        raise FileNotFoundError(f"The file {FILE} with the figures of lesson 10 is missing. {remedy}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{FILE} does not hold the figures of lesson 10 ({error}). {remedy}") from None
