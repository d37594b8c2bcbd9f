"""Do the shapes interactive's rules, numbers and words agree with NumPy?"""

import itertools
import re

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import array_rules
from helpers.widgets.array_rules import OPERATIONS, entries, is_sum, outcome, sources
from helpers.widgets.shapes import MOST
from helpers.widgets.shapes_words import explained

LENGTHS = range(1, MOST + 1)
TWO = list(itertools.product(LENGTHS, LENGTHS))
ONE = [(n,) for n in LENGTHS]
PAIRS = [(a, b) for a in TWO + ONE for b in [*TWO, *ONE, ()]]


@pytest.fixture(scope="module")
def panel() -> widgets.Shapes:
    return widgets.Shapes()


def show(panel: widgets.Shapes, operation: str, a: tuple, b: tuple = (1, 1), entry: tuple = (0, 0)) -> str:
    chosen = {**panel._chosen("a", a), **panel._chosen("b", b)}
    panel.values = {**panel.values, "operation": operation, **chosen, "row": entry[0], "column": entry[1]}
    assert panel.problem == "", panel.details
    return panel.words


@pytest.mark.parametrize("operation", OPERATIONS)
def test_it_is_refused_exactly_where_numpy_refuses(operation: str) -> None:
    refused = 0
    for a, b in PAIRS:
        A, B = entries(a, 1), entries(b, 10)
        found = outcome(operation, A, B)
        try:
            wanted = eval(operation, {"A": A, "B": B})
        except ValueError:
            assert found.result is None
            assert found.refusal
            refused += 1
        else:
            np.testing.assert_array_equal(found.result, wanted)
            assert found.result.shape == np.shape(wanted)
    assert refused < len(PAIRS)


@pytest.mark.parametrize("operation", ["A + B", "A * B"])
def test_stretched_lengths_are_those_of_numpy(operation: str) -> None:
    for a, b in PAIRS:
        found = outcome(operation, entries(a, 1), entries(b, 10))
        try:
            common = np.broadcast_shapes(a, b)
        except ValueError:
            k = found.wrong
            assert len({found.lines["A"][k].n, found.lines["B"][k].n, 1}) == 3
        else:
            assert found.wrong is None
            for shape, line in ((a, found.lines["A"]), (b, found.lines["B"])):
                assert [length.to for length in line] == list(common)
                assert tuple(length.n for length in line if length.look == "own") == shape


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_framed_entries_make_the_entry_that_is_followed(operation: str) -> None:
    for a, b in PAIRS:
        A, B = entries(a, 1), entries(b, 10)
        found = outcome(operation, A, B)
        if found.result is None:
            continue
        for index in np.ndindex(found.result.shape):
            from_a, from_b = sources(operation, A, B, index)
            left, right = [A[i] for i in from_a], [B[j] for j in from_b]
            if is_sum(operation):
                made = sum(left)
            elif operation == "A @ B":
                made = sum(x * y for x, y in zip(left, right, strict=True))
            else:
                made = left[0] + right[0] if operation == "A + B" else left[0] * right[0]
            assert made == found.result[index]


def test_words_follow_an_entry(panel) -> None:
    assert "Framed: entry [1, 2] = 7 + 20 = 27." in show(panel, "A + B", (3, 4), (3, 1), (1, 2))
    assert "Framed: entry [0, 1] = 1 · 20 + 2 · 40 = 100." in show(panel, "A @ B", (2, 2), (2, 2), (0, 1))
    assert "Framed: entry [3] = 4 + 8 + 12 = 24." in show(panel, "A.sum(axis=0)", (3, 4), entry=(0, 3))
    assert "Framed: the number = 1 · 10 + 2 · 20 = 50." in show(panel, "A @ B", (2,), (2,))


def test_an_entry_that_does_not_exist_gives_way_to_the_nearest(panel) -> None:
    assert "entry [1, 0] = 2 + 20" in show(panel, "A + B", (2, 1), (2, 1), (3, 3))


def test_which_axis_disagrees(panel) -> None:
    words = show(panel, "A + B", (3, 4), (3,))
    assert "4 of A meets 3 of B on axis 1" in words
    assert "Stood up as a column, (3, 1), it would fit" in words
    assert "could not be broadcast together with shapes (3,4) (3,)" in words
    assert "2 of A meets 3 of B on axis 0" in show(panel, "A * B", (2, 4), (3, 4))
    words = show(panel, "A @ B", (3, 4), (3, 4))
    assert "the inner lengths are 4 and 3" in words
    assert "With B turned, (4, 3), the product exists" in words
    assert "not even a 1" in show(panel, "A @ B", (3, 4), (1, 4))
    assert "use A * B" in show(panel, "A @ B", (3, 4), ())
    assert "no axis 1" in show(panel, "A.sum(axis=1)", (3,))


def test_every_remedy_that_is_offered_works(panel) -> None:
    offered = 0
    for operation in ("A + B", "A * B", "A @ B"):
        for a, b in PAIRS:
            found = outcome(operation, entries(a, 1), entries(b, 10))
            if found.result is not None:
                continue
            words = explained(operation, entries(a, 1), entries(b, 10), found, None, panel.text)
            remedy = re.search(
                r"With ([AB]) turned, (\(.*?\)),|([AB]) has one axis and lies.*column, (\(.*?\)),", words
            )
            if remedy is None:
                continue
            name = remedy[1] or remedy[3]
            shape = tuple(map(int, re.findall(r"\d+", remedy[2] or remedy[4])))
            shapes = (shape, b) if name == "A" else (a, shape)
            assert outcome(operation, *(entries(s, 1) for s in shapes)).result is not None, (operation, a, b, words)
            offered += 1
    assert offered > 50


@pytest.mark.parametrize(
    ("operation", "a", "b", "sentence"),
    [
        ("A + B", (3, 3), (3,), "B has one axis and lies as a row. If a column was meant"),
        ("A + B", (3,), (3, 3), "A has one axis and lies as a row"),
        ("A + B", (2, 3), (3,), "is taken for a row"),
        ("A * B", (3, 1), (1, 4), "12 results from 3 and 4 numbers"),
        ("A + B", (3,), (3, 1), "9 results from 3 and 3 numbers"),
        ("A * B", (3, 3), (3, 3), "A @ B would give the same shape"),
        ("A @ B", (3, 3), (3, 3), "A * B would give the same shape"),
        ("A @ B", (3, 4), (4,), "B has one axis, so the result has lost an axis too: (3,)"),
        ("A @ B", (4,), (4, 2), "A has one axis, so the result has lost an axis too: (2,)"),
        ("A.sum(axis=1)", (3, 4), (), "(3,) has one axis"),
    ],
)
def test_what_runs_silently_is_told(panel, operation: str, a: tuple, b: tuple, sentence: str) -> None:
    assert sentence in show(panel, operation, a, b)


@pytest.mark.parametrize(
    ("operation", "a", "b"),
    [
        ("A + B", (3, 4), (3, 4)),
        ("A + B", (3, 4), (3, 1)),
        ("A @ B", (3, 4), (4, 2)),
        ("A.sum(axis=0, keepdims=True)", (3, 4), (1, 1)),
    ],
)
def test_what_is_usual_gets_no_warning(panel, operation: str, a: tuple, b: tuple) -> None:
    assert len(show(panel, operation, a, b).splitlines()) == 2


def test_every_state_can_be_drawn_and_told(panel) -> None:
    for operation in OPERATIONS:
        for a, b in PAIRS[::41]:
            words = show(panel, operation, a, b)
            assert "{" not in words + panel.alt
            assert str(a) in words


def test_controls_that_make_no_difference_cannot_be_moved(panel) -> None:
    def off() -> set[str]:
        return {control["name"] for control in panel.controls if control.get("disabled")}

    show(panel, "A + B", (3, 4), (3, 1))
    assert off() == set()
    show(panel, "A + B", (3, 4), (4,))
    assert off() == {"b_rows"}
    show(panel, "A + B", (3, 4), ())
    assert off() == {"b_rows", "b_columns"}
    show(panel, "A.sum(axis=0)", (3, 4))
    assert off() == {"b_axes", "b_rows", "b_columns", "row"}
    show(panel, "A @ B", (3, 4), (3, 4))
    assert off() == {"row", "column"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("A / B",), "operation is 'A / B'"),
        (("A + B", (3, 5)), "a is (3, 5), but a shape is needed"),
        (("A + B", ()), "a is ()"),
        (("A + B", (3, 4), (1, 2, 3)), "b is (1, 2, 3)"),
        (("A + B", (3, 4), [3, 1]), "b is [3, 1]"),
        (("A + B", (3, 4), (0,)), "(4,) or (), with lengths from 1 to 4"),
    ],
)
def test_bad_arguments_give_a_sentence(arguments, sentence: str) -> None:
    panel = widgets.Shapes(*arguments)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def test_a_sum_over_a_single_entry_is_said_in_the_singular(panel) -> None:
    words = show(panel, "A.sum(axis=0)", (1, 4))
    assert "over axis 0: there is one entry along it, which is the sum, and the axis is gone" in words
    assert "Framed: entry [0] = 1." in words
    assert "the 2 entries along it become one" in show(panel, "A.sum(axis=0)", (2, 4))
    assert "Framed: entry [0] = 1 + 5 = 6." in panel.words


def test_sliders_and_words_follow_the_same_entry(panel) -> None:
    show(panel, "A + B", (3, 4), (3, 4), (2, 3))
    panel.values = {**panel.values, "a_rows": 2}
    assert "NumPy says" in panel.words
    assert follows(panel) == {"row": (2, 3), "column": (3, 3)}, "kept where there is no result"
    panel.values = {**panel.values, "b_rows": 2}
    assert "Framed: entry [1, 3]" in panel.words
    assert follows(panel) == {"row": (1, 1), "column": (3, 3)}
    panel.values = {**panel.values, "operation": "A.sum(axis=1)"}
    assert "Framed: entry [1]" in panel.words
    assert follows(panel) == {"row": (0, 1), "column": (1, 1)}


def follows(panel: widgets.Shapes) -> dict[str, tuple[int, int]]:
    """Value and upper end of the two sliders."""
    ends = {control["name"]: control["max"] for control in panel.controls if control["name"] in ("row", "column")}
    return {name: (panel.values[name], end) for name, end in ends.items()}


def test_entries_are_counted_row_by_row() -> None:
    np.testing.assert_array_equal(array_rules.entries((2, 3), 10), [[10, 20, 30], [40, 50, 60]])
    assert array_rules.entries((), 10).shape == ()
