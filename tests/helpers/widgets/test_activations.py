"""Does the interactive of activations tell values, slopes and what several in a row leave of them?"""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import activations, widgets
from helpers.widgets.activations import _told
from helpers.widgets.activations_picture import LONGEST, REACH

TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "leaky ReLU": torch.nn.functional.leaky_relu,
}


@pytest.fixture(scope="module")
def shared() -> widgets.Activations:
    return widgets.Activations()


def in_a_row(name: str, z: float, n: int) -> tuple[float, float]:
    """Value and slope of n of them in a row, by PyTorch."""
    start = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    a = start
    for _ in range(n):
        a = TORCH[name](a)
    a.backward()
    return a.item(), start.grad.item()


@settings(deadline=None, max_examples=40)
@given(name=st.sampled_from(list(TORCH)), tenths=st.integers(-60, 60), n=st.integers(1, LONGEST))
def test_words_tell_value_slope_and_chain(shared, name: str, tenths: int, n: int) -> None:
    z = tenths / 10
    shared.values = {"function": name, "z": z, "n": n}
    assert shared.problem == ""
    value, slope = in_a_row(name, z, 1)
    if z != 0:  # at the kinks PyTorch has customs of its own
        assert f"value {_told(value)}, slope {_told(slope)}." in shared.words
        product = shared._chain(name, z)[n - 1]
        np.testing.assert_allclose(product, in_a_row(name, z, n)[1], rtol=1e-9, atol=1e-30)
        if n > 1:
            assert f"Through {n} in a row, each with weight 1, the slope is {_told(product)}" in shared.words


def test_the_saturated_parts_are_shaded(shared) -> None:
    for name in TORCH:
        Z = shared.view.scores
        slope = np.array([in_a_row(name, float(z), 1)[1] for z in Z])
        flat = np.zeros(len(Z), bool)
        for low, high in shared.view.flats[name]:
            flat |= (low <= Z) & (high >= Z)
        expected = np.abs(slope) < 0.05 * np.abs(slope).max()
        away = np.abs(Z) > 0.1
        np.testing.assert_array_equal(flat[away], expected[away])
    shared.values = {"function": "tanh", "z": 1.0, "n": 1}
    assert [span.get_visible() for span in shared.view._spans["tanh"]] == [True] * 4
    assert not any(span.get_visible() for span in shared.view._spans["ReLU"])


@pytest.mark.parametrize(
    ("name", "z", "n", "sentence"),
    [
        ("sigmoid", 0.0, 1, "Here the slope is 100\u00a0% of its largest, 0.250."),
        ("sigmoid", -6.0, 1, "Here it is flat: only 0.99\u00a0% of its largest slope"),
        ("ReLU", -1.0, 4, "of a mistake nothing comes back"),
        ("ReLU", -1.0, 4, "the slope is 0: whatever stands before them learns nothing."),
        ("ReLU", 1.0, 8, "the slope is 1: all of it comes through."),
        ("ReLU", 0.0, 1, "a kink: the slope is 0 on the left and 1 on the right; 0 is taken."),
        ("leaky ReLU", 0.0, 1, "the slope is 0.010 on the left and 1 on the right"),
        ("leaky ReLU", -1.0, 2, "learns 10\u202f000 times as slowly"),
    ],
)
def test_what_a_place_means_is_told(shared, name: str, z: float, n: int, sentence: str) -> None:
    shared.values = {"function": name, "z": z, "n": n}
    assert sentence in shared.words


def test_the_chain_is_drawn_at_its_height(shared) -> None:
    shared.values = {"function": "sigmoid", "z": 1.0, "n": 5}
    n, heights = shared.view._lines["sigmoid"][2].get_data()
    assert list(n) == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(heights, [in_a_row("sigmoid", 1.0, k)[1] for k in n])


def test_a_learner_s_functions_are_drawn() -> None:
    own = widgets.Activations({"mine": (activations.sigmoid, activations.sigmoid_derivative)}, start=1.0)
    assert own.problem == ""
    assert own.words.startswith("mine at z = 1.0: value 0.731, slope 0.197.")
    assert "wrong" not in own.words


def test_a_slope_that_does_not_fit_its_value_is_told() -> None:
    wrong = widgets.Activations({"mine": (np.tanh, lambda Z: 1 - Z**2)}, start=0.5)
    assert "The slope given is 0.750, but measured by tiny steps the value changes by 0.786" in wrong.words
    wrong.values = {**wrong.values, "z": 0.0}
    assert "measured" not in wrong.words, "there the two agree"


EXP = {"exp": (np.exp, np.exp)}


def test_a_function_that_grows_fast_is_shown_as_far_as_it_has_a_value() -> None:
    panel = widgets.Activations(EXP, start=0.0)
    assert panel.problem == ""
    panel.values = {**panel.values, "n": 4}
    # exp, exp(exp), …: 1 · e · e^e · e^e^e
    assert (
        f"Through 4 in a row, each with weight 1, the slope is {_told(np.exp(1 + np.e + np.exp(np.e)))}" in panel.words
    )
    panel.values = {**panel.values, "n": 5}
    assert panel.problem.startswith("exp, 5 in a row from z = 0.0: their slope is too large for a number.")
    panel.values = {**panel.values, "n": 3}
    assert panel.problem == ""


@pytest.mark.parametrize("z", [-6.0, 3.0, 6.0])
def test_a_steep_curve_is_no_kink(z: float) -> None:
    words = widgets.Activations(EXP, start=z).words
    assert "kink" not in words
    assert "is wrong" not in words
    assert "is wrong" in widgets.Activations({"exp": (np.exp, lambda Z: 1.01 * np.exp(Z))}, start=3.0).words


@pytest.mark.parametrize("start", [np.nan, "2", None])
def test_a_start_that_is_no_number_is_told(start) -> None:
    panel = widgets.Activations(start=start)
    assert panel.problem == f"start is {start!r}, but a finite number is needed."
    assert panel.values == {}


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        ({}, "functions is empty"),
        ({"mine": np.tanh}, "'mine' needs two functions"),
        ({"mine": (np.tanh,)}, "'mine' needs two functions"),
        ({"mine": (lambda Z: Z[0], np.tanh)}, "but an array of shape (1, 241) is needed: an entry for each z"),
        ({"mine": (np.tanh, lambda Z: None)}, "gave NoneType"),
        ({"mine": (lambda Z: Z / np.inf * np.inf, np.tanh)}, "no finite numbers"),
        ({"mine": (raises, np.tanh)}, "ZeroDivisionError: of my own making"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_what_cannot_be_drawn_gives_a_sentence(functions, sentence: str) -> None:
    panel = widgets.Activations(functions)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def test_a_start_outside_is_moved_inside() -> None:
    assert widgets.Activations(start=50.0).values["z"] == REACH


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1, "1"),
        (-1, "−1"),
        (0.25, "0.250"),
        (0.0001234, "1.2 · 10^−4"),
        (-1e-8, "−1.0 · 10^−8"),
        (6.3e7, "6.3 · 10^7"),
    ],
)
def test_numbers_keep_what_matters(value: float, text: str) -> None:
    assert _told(value) == text
