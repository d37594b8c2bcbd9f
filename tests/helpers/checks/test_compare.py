"""Is an answer compared as the texts promise: exact in shape, generous in type, by the precision of the arithmetic?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checks.compare import Tolerance, compare
from helpers.checks.values import Foreign, changed, normalize

ROW = np.array([[0.25, 0.5, -2.0]])


def kind(got, want, tolerance=None):
    difference = compare(normalize(got), normalize(want), tolerance or Tolerance())
    return difference and difference.kind


@pytest.mark.parametrize(
    "got",
    [
        ROW,
        ROW.astype(np.float32),
        np.asfortranarray(ROW),
        np.repeat(ROW, 2, axis=1)[:, ::2],
        ROW[:, ::-1][:, ::-1],
        ROW * (1 + 1e-9),
        ROW.view(np.recarray),
    ],
)
def test_a_right_array_is_right_in_any_memory_and_precision(got):
    assert kind(got, ROW) is None


@pytest.mark.parametrize("got", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5), np.array([[0.5]])])
def test_a_number_may_come_as_scalar_or_array_of_one(got):
    assert kind(got, 0.5) is None


@pytest.mark.parametrize(
    ("got", "want", "expected"),
    [
        (ROW.ravel(), ROW, "rank-one"),
        (ROW.T, ROW, "transposed-shape"),
        (np.ones((2, 2)), ROW, "wrong-shape"),
        (0.5, np.array([[0.5]]), "number-for-array"),
        (np.array(0.5), np.array([[0.5]]), "number-for-array"),
        (ROW.tolist(), ROW, "list-for-array"),
        (ROW + 0j, ROW, "complex"),
        (ROW.astype(str), ROW, "wrong-type"),
        ("0.5", 0.5, "wrong-type"),
        (np.array([0.5]), 0.5, "array-for-number"),
        (ROW, 0.5, "array-for-number"),
        (None, ROW, "none"),
        (ROW * np.nan, ROW, "not-finite"),
        (ROW + np.inf, ROW, "not-finite"),
        (ROW + 1e-3, ROW, "wrong-value"),
        ({"a": 1}, {"b": 1}, "missing-key"),
        ([1], {"b": 1}, "wrong-type"),
        ([1.0, 2.0], [1.0, 2.0, 3.0], "wrong-length"),
        ((1.0, 2.5), [1.0, 2.0], "wrong-value"),
        ("blue", "red", "wrong-answer"),
        ({1, 2}, {"a": 1}, "not-data"),
        (ROW.astype(object), ROW, "not-data"),
        (lambda: 0.5, 0.5, "not-data"),
        (10**400, 1.0, "not-data"),
    ],
)
def test_each_difference_has_its_name(got, want, expected):
    assert kind(got, want) == expected


def test_the_first_place_and_the_size_of_a_difference_are_told():
    got = np.array([[1.0, 2.0], [3.0, 5.0]])
    found = compare({"W1": got}, {"W1": np.array([[1.0, 2.0], [3.0, 4.0]])}, Tolerance())
    assert (found.path, found.index) == (("W1",), (1, 1))
    assert (found.values["got"], found.values["wanted"], found.values["count"]) == (5.0, 4.0, 1)


def test_lists_tuples_and_rank_one_arrays_stand_for_each_other_and_extra_keys_are_allowed():
    assert kind([1.0, 2.0], (1.0, 2.0)) is None
    assert kind((1.0, 2.0), [1.0, 2.0]) is None
    assert kind(np.array([1.0, 2.0]), [1.0, 2.0]) is None
    assert kind(np.array([[1.0, 2.0]]), [1.0, 2.0]) == "wrong-type"
    assert kind({"a": 1, "b": 2}, {"a": 1}) is None


class Equal:
    """Claims to be equal to everything, and to be an array."""

    __array_priority__ = 1e9

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __array__(self, dtype=None, copy=None):
        return ROW

    def __float__(self):
        return 0.5

    @property
    def __class__(self):
        return float


class EqualArray(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    @property
    def shape(self):
        return (1, 3)


class EqualFloat(float):
    __slots__ = ()

    def __eq__(self, other):
        return True

    __hash__ = None


class EqualDict(dict):
    def __getitem__(self, key):
        return ROW

    def __contains__(self, key):
        return True

    def items(self):
        return [("a", ROW)]


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (Equal(), 0.5),
        (Equal(), ROW),
        ([Equal()], [0.5]),
        ({"a": Equal()}, {"a": ROW}),
        (np.ones((1, 3)).view(EqualArray), ROW),
        (EqualFloat(9.0), 0.5),
        (EqualDict(), {"a": ROW}),
    ],
    ids=["number", "array", "in-list", "in-dict", "array-subclass", "float-subclass", "dict-subclass"],
)
def test_what_claims_to_be_equal_is_not(got, want):
    assert kind(got, want) is not None


class OwnString(str):
    __slots__ = ()

    def __str__(self):
        return "b"

    __repr__ = __str__


def test_strings_of_a_type_of_their_own_are_keys_as_the_strings_they_are():
    found = normalize({np.str_("a"): 1.0, OwnString("c"): 2.0})
    assert found == {"a": 1.0, "c": 2.0}
    assert {type(key) for key in found} == {str}


def test_what_is_no_data_becomes_foreign_and_equals_nothing_not_even_itself():
    foreign = normalize(object())
    assert isinstance(foreign, Foreign)
    assert compare(foreign, foreign, Tolerance()).kind == "not-data"


def test_a_container_inside_itself_ends():
    loop = []
    loop.append(loop)
    assert kind(loop, [1.0]) is not None


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1.0))
def test_numbers_farther_apart_than_the_tolerance_differ(value, relative):
    assert kind(value, value) is None
    far = value + relative * max(abs(value), 1.0)
    assert kind(far, value) == "wrong-value"


def test_half_precision_is_judged_as_single():
    """A thousand roundings of float16 would be as large as the numbers themselves."""
    assert kind(np.array([[0.25, 0.5, 0.0]], np.float16), np.array([[0.25, 0.5, 0.125]])) == "wrong-value"
    assert kind(np.float16(0.5), 0.4999) == "wrong-value"
    assert kind(ROW.astype(np.float16), ROW) is None  # these numbers it holds exactly


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_single_precision_arithmetic_is_right(n, m, seed):
    X = np.random.default_rng(seed).normal(size=(n, m))
    W = np.random.default_rng(seed + 1).normal(size=(3, n))
    assert kind(W.astype(np.float32) @ X.astype(np.float32), W @ X, Tolerance(1e-5, absolute=1e-6)) is None


def test_changes_of_arguments_are_found_wherever_they_are():
    before = ({"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}, [1, np.ones(2)], 3)
    same = ({"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}, [1, np.ones(2)], 3)
    assert list(changed(before, same, "args")) == []
    same[0]["W1"][0, 1] = 1e-300
    same[1][1].resize(1, refcheck=False)
    assert list(changed(before, same, "args")) == ['args[0]["W1"]', "args[1][1]"]
    assert list(changed({"a": 1}, {"a": 1, "b": 2}, "p")) == ["p"]
