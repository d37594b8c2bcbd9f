"""What the last value of a test cell is worth."""

import math
import numbers
from decimal import Decimal

import numpy as np


class OddCreditError(ValueError):
    """A test cell's last value that is no credit; the text says what it is."""


def credit(value: object, points: float) -> float:
    """Points for a test cell that ran to its end: all of them, or what its last value says.

    None means all. A real number from 0 to `points` (NumPy's scalars and arrays of one number included) is partial
    credit. Raises OddCreditError for anything else, True and False among it: somebody has to look.
    """
    if value is None:
        return float(points)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real | Decimal):
        raise OddCreditError(f"the test cell's last value is no number of points but of type {type(value).__name__}")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.inf
    if not 0 <= number <= points:  # NaN is not either
        raise OddCreditError(f"the test cell's last value is {number}, and points go from 0 to {points:g}")
    return number
