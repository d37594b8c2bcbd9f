"""Do learning rates shrink as their formulas say?"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.schedules import exponential, inverse_time, staircase


def test_values_by_hand():
    assert [inverse_time(0.2, rate=1)(k) for k in (0, 1, 3)] == pytest.approx([0.2, 0.1, 0.05])
    assert [inverse_time(0.2, rate=0.5, every=10)(k) for k in (0, 20)] == pytest.approx([0.2, 0.1])
    assert [exponential(0.8, 0.5)(k) for k in (0, 1, 3)] == pytest.approx([0.8, 0.4, 0.1])
    assert exponential(0.8, 0.25, every=2)(1) == pytest.approx(0.4)
    assert [staircase(0.8, 0.5, every=3)(k) for k in range(7)] == pytest.approx([0.8] * 3 + [0.4] * 3 + [0.2])


@given(start=st.floats(1e-6, 10), rate=st.floats(0.01, 5), factor=st.floats(0.05, 0.99), every=st.integers(1, 50))
def test_each_begins_at_the_start_and_never_grows(start, rate, factor, every):
    for schedule in (
        inverse_time(start, rate, every),
        exponential(start, factor, every),
        staircase(start, factor, every),
    ):
        rates = [schedule(k) for k in range(100)]
        assert rates[0] == pytest.approx(start)
        assert all(0 < later <= earlier * (1 + 1e-12) for earlier, later in pairwise(rates))
        assert rates[-1] < start


@given(factor=st.floats(0.05, 0.99), every=st.integers(1, 50), k=st.integers(0, 100))
def test_a_staircase_touches_the_smooth_curve_where_a_stair_begins(factor, every, k):
    assert staircase(0.5, factor, every)(k * every) == pytest.approx(exponential(0.5, factor, every)(k * every))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: inverse_time(0, 1), "start is 0"),
        (lambda: inverse_time(0.1, -1), "rate is -1"),
        (lambda: inverse_time(0.1, 1, every=0), "every is 0"),
        (lambda: exponential(0.1, 1.0), "factor is 1.0"),
        (lambda: exponential(0.1, 0), "factor is 0"),
        (lambda: staircase(0.1, 0.5, every=2.5), "every is 2.5"),
        (lambda: staircase(-0.1, 0.5, every=2), "start is -0.1"),
    ],
)
def test_bad_numbers_are_named(make, said):
    with pytest.raises(ValueError, match=said):
        make()
