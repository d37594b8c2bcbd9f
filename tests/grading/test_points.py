"""What is a test cell's last value worth?"""

import numpy as np
import pytest

from grading.points import OddCreditError, credit


@pytest.mark.parametrize(
    ("value", "points"),
    [(None, 3.0), (0, 0.0), (1.5, 1.5), (3, 3.0), (np.float64(1.0), 1.0), (np.int64(2), 2.0), (np.array(0.5), 0.5)],
)
def test_a_number_between_nothing_and_all_is_partial_credit(value, points):
    assert credit(value, 3) == points


@pytest.mark.parametrize(
    "value", [True, False, np.True_, -1, 3.1, float("nan"), float("inf"), "2", [1], 1j, object(), np.array([1.0, 2.0])]
)
def test_anything_else_is_for_a_person(value):
    with pytest.raises(OddCreditError):
        credit(value, 3)
