"""Is whatever a learner's function may return either taken or answered with a sentence?"""

import numpy as np
import pytest

from helpers.widgets import given


def test_arrays_of_the_right_shape_are_taken() -> None:
    A = np.array([[0.5, 1.0]])
    assert given.array("forward", A, (1, 2)) is A
    assert given.array("forward", [[1, 0]], (1, 2)).tolist() == [[1, 0]]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (np.zeros(2), r"forward gave \(2,\), but an array of shape \(1, 2\) is needed: one for each\."),
        (None, "forward gave NoneType"),
        ("ab", "forward gave str"),
        (np.array([[0.0, np.nan]]), "no finite numbers"),
        (np.array([[0j, 1j]]), "no finite numbers"),
        (np.array([["a", "b"]]), "no finite numbers"),
        ((np.zeros((1, 2)), {}), "forward gave tuple"),
    ],
)
def test_other_answers_are_told(value, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        given.array("forward", value, (1, 2), ": one for each")


@pytest.mark.parametrize("value", [0.5, 1, np.float32(0.5), np.array([[0.5]])])
def test_one_number_is_taken_in_any_form(value) -> None:
    assert given.number("cost", value) == float(np.asarray(value).item())


@pytest.mark.parametrize("value", [None, "0.5", np.zeros(2), np.inf, np.nan, 1j])
def test_what_is_no_number_is_told(value) -> None:
    with pytest.raises(ValueError, match=r"cost gave .*, but one finite number is needed"):
        given.number("cost", value)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (np.zeros((1, 214)), r"an array of shape \(1, 214\)"),
        ((0.5, np.zeros((1, 2))), "tuple"),
        ({}, "dict"),
        (None, "NoneType"),
    ],
)
def test_what_is_no_number_is_told_in_a_few_words(value, told: str) -> None:
    with pytest.raises(ValueError, match=f"^cost gave {told}, but one finite number is needed.$"):
        given.number("cost", value)


def test_probabilities_reach_from_0_to_1() -> None:
    A = np.array([[0.0, 1.0 + 1e-12]])
    assert given.probabilities("forward", A, (1, 2)) is A
    with pytest.raises(
        ValueError, match=r"^forward reaches from −4 to 0\.5, but probabilities from 0 to 1 are needed\.$"
    ):
        given.probabilities("forward", np.array([[-4, 0.5]]), (1, 2))


def test_arrays_by_name() -> None:
    grads = {"dW1": np.zeros((1, 2)), "db1": np.zeros((1, 1)), "more": 1}
    assert set(given.arrays("backward", grads, {"dW1": (1, 2), "db1": (1, 1)})) == {"dW1", "db1"}


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "backward gave NoneType"),
        ({}, r"backward gave \{\}, but a dictionary with dW1 of shape \(1, 2\) is needed"),
        ({"dW1": np.zeros((2, 1))}, r"'dW1': \(2, 1\)"),
        ({"dW1": np.full((1, 2), np.inf)}, "backward: dW1 gave an array"),
    ],
)
def test_other_dictionaries_are_told(value, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        given.arrays("backward", value, {"dW1": (1, 2)})
