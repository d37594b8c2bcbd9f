"""Do plain objects cross as what they are, and nothing that only says it is one?"""

import math
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import numpy as np
import pytest

from grading import wire

Point = namedtuple("Point", "x y")
PLAIN = [
    Fraction(-3, 7),
    Decimal("1.50"),
    date(2026, 2, 28),
    time(12, 30, 1, 5),
    datetime(2026, 1, 1, 12, tzinfo=UTC),
    timedelta(days=-1, seconds=3, microseconds=7),
    Path("a/b.txt"),
    Counter("abracadabra"),
    OrderedDict([("b", 1), ("a", [Fraction(1, 2)])]),
    defaultdict(list, {"a": [1]}),
    deque([1, 2, 3], maxlen=4),
    Point(1, [Point(2, 3)]),
]


def crossed(value):
    return wire.unpack(wire.pack(value))


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: type(value).__name__)
def test_it_comes_back_equal(value):
    there = crossed(value)
    assert there == value
    assert type(there).__name__ == type(value).__name__


def test_their_own_ways_are_kept():
    assert crossed(Point(1, 2)).y == 2
    assert crossed(Counter("aab")).most_common(1) == [("a", 2)]
    assert crossed(defaultdict(list))["new"] == []
    assert crossed(deque([1, 2], maxlen=2)).maxlen == 2


def test_entries_that_can_be_read_as_attributes_still_can():
    from sklearn.utils import Bunch

    assert crossed(Bunch(data=np.arange(3), name="x")).name == "x"


def test_a_class_of_the_learners_that_looks_like_one_stays_where_it_is():
    class Sure(Fraction):
        def __eq__(self, other):
            return True

        __hash__ = Fraction.__hash__

    with pytest.raises(wire.WireError):
        wire.pack(Sure(1, 2))


@pytest.mark.parametrize(
    "parts",
    [
        ["Fraction", ["t", [1, 0]]],
        ["Decimal", "x"],
        ["namedtuple", ["t", ["a b", ["t", ["x"]], ["t", [1]]]]],
        ["namedtuple", ["t", ["a", ["t", ["x", "y"]], ["t", [1]]]]],
        ["namedtuple", ["t", ["a", ["t", ["__import__('os')"]], ["t", [1]]]]],
        ["date", 7],
        ["deque", 7],
        ["system", "true"],
        ["DataFrame", ["t", []]],
    ],
)
def test_parts_that_do_not_fit_are_refused(parts):
    with pytest.raises(wire.WireError):
        wire.unpack(msgspec.msgpack.encode(["p", *parts]))


def test_an_array_with_something_masked_does_not_cross_and_one_with_nothing_masked_does():
    with pytest.raises(wire.WireError):
        wire.pack(np.ma.array([1, 2], mask=[0, 1]))
    assert crossed(np.ma.array([1, 2])).tolist() == [1, 2]


def test_pandas_tables_cross_whole():
    pd = pytest.importorskip("pandas")
    days = pd.date_range("2026-01-01", periods=3, tz="Europe/Berlin")
    frame = pd.DataFrame(
        {
            "n": [1, 2, 3],
            "f": [0.5, math.nan, -1],
            "s": ["a", None, "ü"],
            "c": pd.Categorical(["x", "y", "x"], categories=["y", "x"], ordered=True),
            "i": pd.array([1, None, 3], dtype="Int64"),
            "b": [True, False, True],
            "t": days,
            "d": days.tz_localize(None),
        },
        index=pd.Index(["p", "q", "r"], name="row"),
    )
    pd.testing.assert_frame_equal(crossed(frame), frame)
    for column in frame:
        pd.testing.assert_series_equal(crossed(frame[column]), frame[column])
    twice = pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"])
    pd.testing.assert_frame_equal(crossed(twice), twice)
    many = frame.set_index(["n", "b"])
    pd.testing.assert_frame_equal(crossed(many), many)
    pd.testing.assert_index_equal(crossed(frame.columns), frame.columns)
    pd.testing.assert_series_equal(crossed(frame.groupby("b")["f"].mean()), frame.groupby("b")["f"].mean())
    assert crossed(days[0]) == days[0]
    assert crossed(pd.NaT) is pd.NaT
    assert crossed(pd.NA) is pd.NA
