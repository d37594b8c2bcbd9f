"""Does the neuron interactive say the truth about the neuron, in pictures and in words?"""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import activations, costs, data, gradient_check, network, widgets
from helpers.widgets.neuron import REACH, backward
from helpers.widgets.neuron_words import number, percent

BIRDS = data.penguins()
X, MEAN, SD = data.standardize(BIRDS.X)
Y = BIRDS.Y
NAMES = {"feature_names": BIRDS.feature_names, "class_names": BIRDS.class_names}


def make(**options) -> widgets.Neuron:
    return widgets.Neuron(X, Y, mean=MEAN, sd=SD, **NAMES, **options)


@pytest.fixture(scope="module")
def neuron() -> widgets.Neuron:
    return make()


def parameters(values: dict[str, float]) -> dict[str, np.ndarray]:
    return {"W1": np.array([[values["w1"], values["w2"]]]), "b1": np.array([[values["b"]]])}


SLIDERS = st.fixed_dictionaries(dict.fromkeys(("w1", "w2", "b"), st.integers(-120, 120).map(lambda n: n / 10)))


@settings(deadline=None, max_examples=40)
@given(values=SLIDERS)
def test_words_tell_cost_and_accuracy(neuron, values: dict[str, float]) -> None:
    neuron.values = values
    A = network.predict(X, parameters(values))
    correct = int(((A > 0.5) == Y).sum())
    assert neuron.problem == ""
    assert f"Cost J = {costs.cross_entropy(A, Y):.3f}; {correct} of {Y.size} right" in neuron.words


@settings(deadline=None, max_examples=60)
@given(values=SLIDERS)
def test_the_line_in_words_is_the_line(neuron, values: dict[str, float]) -> None:
    neuron.values = values
    A = network.predict((neuron.view.corners - MEAN) / SD, parameters(values))
    if not (values["w1"] or values["w2"]):
        assert "there is no line" in neuron.words
        return
    if (A > 0.5).all() or (A < 0.5).all():
        assert "outside the picture" in neuron.words
        return
    found = re.search(
        r"at bill (length|depth) = (−?[\d.]+) mm, the answer is Chinstrap for bill (length|depth) (above|below) "
        r"(−?[\d.]+) mm. For each mm more of bill \1 that limit moves by (−?[\d.]+) mm",
        neuron.words,
    )
    assert found, neuron.words
    fixed, at, free, side, limit, _ = found.groups()
    at, limit = (float(text.replace("−", "-")) for text in (at, limit))
    # One digit after the point is said, so we look a tenth on either side of the limit.
    for step in (-0.2, 0.2):
        bird = {fixed: at, free: limit + step}
        point = (np.array([[bird["length"]], [bird["depth"]]]) - MEAN) / SD
        z = (parameters(values)["W1"] @ point + values["b"]).item()
        slope = parameters(values)["W1"][0, 0 if free == "length" else 1] / SD[0 if free == "length" else 1, 0]
        other = parameters(values)["W1"][0, 1 if free == "length" else 0] / SD[1 if free == "length" else 0, 0]
        assert (z > 0) == ((step > 0) == (side == "above")) or abs(z) < 0.06 * (abs(slope) + abs(other))


def test_the_line_in_the_picture_is_where_the_neuron_is_undecided(neuron) -> None:
    neuron.values = {"w1": 2.0, "w2": -1.0, "b": 0.5}
    ends = np.array(neuron.view._line.get_data())
    np.testing.assert_allclose(np.array([[2.0, -1.0]]) @ ((ends - MEAN) / SD) + 0.5, 0, atol=1e-9)
    lower, upper = neuron.view.limits[1]
    assert ends[1].min() < lower
    assert ends[1].max() > upper


def test_the_shading_is_the_neuron_s_probability(neuron) -> None:
    neuron.values = {"w1": 2.0, "w2": -1.0, "b": 0.5}
    shade = neuron.view._shading.shares
    (left, right), (low, high) = neuron.view.limits
    last = len(shade) - 1
    i, j = 10, 70
    point = np.array([[left + (right - left) * j / last], [low + (high - low) * i / last]])
    A = activations.sigmoid(np.array([[2.0, -1.0]]) @ ((point - MEAN) / SD) + 0.5)
    assert shade[i, j] == pytest.approx(A.item())


def test_wrong_examples_are_ringed(neuron) -> None:
    neuron.values = {"w1": 3.0, "w2": -1.0, "b": -1.0}
    wrong = (network.predict(X, parameters(neuron.values)) > 0.5)[0] != (Y[0] > 0.5)
    np.testing.assert_allclose(neuron.view._rings.get_offsets(), BIRDS.X[:, wrong].T)


def test_every_change_gives_a_new_picture(neuron) -> None:
    seen = set()
    for w1 in (0.0, 1.0, 1.1, -3.0):
        neuron.values = {"w1": w1, "w2": 0.0, "b": 0.0}
        seen.add(neuron.picture)
    assert len(seen) == 4


def test_its_own_backward_agrees_with_central_differences() -> None:
    start = parameters({"w1": 0.7, "w2": -0.3, "b": 0.2})
    grads = backward(X, network.predict(X, start), Y)
    numeric = gradient_check.numerical_gradient(lambda p: costs.cross_entropy(network.predict(X, p), Y), start)
    assert gradient_check.relative_error(grads, numeric) < 1e-7


def test_buttons_descend_and_go_back() -> None:
    neuron = make(start=(0.0, 0.0, 0.0))
    neuron.press("one")
    grads = backward(X, np.full(Y.shape, 0.5), Y)
    assert neuron.values["w1"] == pytest.approx(-0.5 * grads["dW1"][0, 0])
    assert neuron.values["b"] == pytest.approx(-0.5 * grads["db1"][0, 0])
    costs_so_far = [neuron.words]
    for _ in range(3):
        neuron.press("many")
        costs_so_far.append(neuron.words)
    told = [float(re.search(r"J = ([\d.]+)", words)[1]) for words in costs_so_far]
    assert told == sorted(told, reverse=True)
    assert told[-1] < 0.1
    neuron.press("zeros")
    assert neuron.values == {"w1": 0.0, "w2": 0.0, "b": 0.0}


def test_training_stays_on_the_sliders() -> None:
    separable = np.array([[-1.0, 1.0], [0.0, 0.0]])
    neuron = widgets.Neuron(separable, np.array([[0, 1]]), start=(REACH, 0.0, 0.0), learning_rate=1e6)
    neuron.press("many")
    assert neuron.problem == ""
    assert max(map(abs, neuron.values.values())) <= REACH


def test_nearly_certain_is_not_certain() -> None:
    assert "the same probability of y = 1, over 99\u00a0%." in widgets.Neuron(X, Y, start=(0, 0, 12)).words
    assert "the same probability of y = 1, under 1\u00a0%." in widgets.Neuron(X, Y, start=(0, 0, -12)).words


def test_without_units_the_words_do_without() -> None:
    neuron = widgets.Neuron(X, Y, start=(2.0, 0.0, 1.0))
    assert "the answer is y = 1 for x₁ above −0.5." in neuron.words
    assert "For each unit more of x₂ that limit moves by 0.00." in neuron.words
    assert "standard deviations" not in neuron.words


@pytest.mark.parametrize(
    ("bad_X", "bad_Y", "sentence"),
    [
        (X[:, :0], Y[:, :0], "X has shape (2, 0)"),
        (X.T, Y, "X has shape"),
        (np.where(X > 2, np.nan, X), Y, "NaN or infinity"),
        (X, Y[0], "Y has shape (214,), but (1, 214)"),
        (X, Y + 3, "other labels"),
        ("birds", Y, "X has shape ()"),
    ],
)
def test_bad_data_gives_a_sentence(bad_X, bad_Y, sentence: str) -> None:
    neuron = widgets.Neuron(bad_X, bad_Y)
    assert sentence in neuron.problem
    assert "Traceback" in neuron.details


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"start": (1, 2)}, "start is (1, 2), but 3 finite numbers are needed: w₁, w₂ and b."),
        ({"start": None}, "start is None"),
        ({"start": (1, 2, np.nan)}, "start is (1, 2, nan)"),
        ({"start": (1, 2, "3")}, "start is (1, 2, '3')"),
        ({"learning_rate": np.nan}, "learning_rate is nan, but a finite number above 0 is needed."),
        ({"learning_rate": 0}, "learning_rate is 0,"),
        ({"learning_rate": "0.5"}, "learning_rate is '0.5'"),
        ({"feature_names": ("a",)}, "feature_names is ('a',), but 2 names in quotes are needed: for x₁ and for x₂."),
        ({"feature_names": "ab"}, "feature_names is 'ab'"),
        ({"class_names": ("a", "b", "c")}, "class_names is ('a', 'b', 'c'), but 2 names"),
        ({"class_names": None}, "class_names is None"),
        ({"X": X.T}, "X has shape"),
    ],
)
def test_bad_arguments_give_a_sentence_and_no_dead_controls(options, sentence: str) -> None:
    neuron = widgets.Neuron(**({"X": X, "Y": Y} | options))
    assert sentence in neuron.problem
    assert "Traceback" in neuron.details
    assert neuron.controls == []


def test_arguments_may_be_arrays() -> None:
    neuron = widgets.Neuron(X, Y, start=np.zeros(3), class_names=np.array(["a", "b"]), learning_rate=np.float32(0.5))
    assert neuron.problem == ""
    assert neuron.values == {"w1": 0.0, "w2": 0.0, "b": 0.0}


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        (
            {"forward": lambda X, p: network.predict(X, p)[0]},
            "forward gave (214,), but an array of shape (1, 214) is needed",
        ),
        ({"forward": lambda X, p: None}, "forward gave NoneType, but an array"),
        ({"forward": lambda X, p: (network.predict(X, p), {})}, "forward gave tuple, but an array"),
        ({"forward": lambda X, p: p["W1"] @ X + p["b1"]}, "reaches from −4.22 to 4.27, but probabilities from 0 to 1"),
        ({"forward": lambda X, p: np.full((1, X.shape[1]), np.nan)}, "no finite numbers"),
        ({"forward": raises}, "ZeroDivisionError: of my own making"),
        ({"cost": lambda A, Y: (A - Y) ** 2}, "cost gave an array of shape (1, 214), but one finite number is needed."),
        ({"cost": lambda A, Y: None}, "cost gave NoneType"),
        ({"cost": lambda A, Y: (0.5, A - Y)}, "cost gave tuple"),
        ({"cost": lambda A, Y: float("inf")}, "cost gave inf"),
    ],
)
def test_a_learner_s_broken_function_is_told_of(functions, sentence: str) -> None:
    neuron = make(**functions)
    assert sentence in neuron.problem
    assert "Traceback" in neuron.details


@pytest.mark.parametrize(
    ("backward", "sentence"),
    [
        (lambda X, A, Y: None, "backward gave NoneType"),
        (lambda X, A, Y: {"dW1": np.zeros((2, 1)), "db1": np.zeros((1, 1))}, "'dW1': (2, 1)"),
        (lambda X, A, Y: {"dW1": np.full((1, 2), np.nan), "db1": np.zeros((1, 1))}, "backward: dW1 gave an array"),
        (raises, "of my own making"),
    ],
)
def test_a_learner_s_broken_backward_leaves_the_sliders_alive(backward, sentence: str) -> None:
    neuron = make(backward=backward)
    assert neuron.problem == ""
    before = neuron.values
    neuron._handle_custom_msg({"press": "one"}, [])
    assert sentence in neuron.problem
    assert neuron.values == before
    neuron.values = {"w1": 5.0, "w2": 0.0, "b": 0.0}
    assert neuron.problem == ""


def test_a_backward_may_give_more_than_is_needed() -> None:
    neuron = make(backward=lambda X, A, Y: backward(X, A, Y) | {"dZ1": A - Y})
    expected = make()
    for each in (neuron, expected):
        each._handle_custom_msg({"press": "many"}, [])
    assert neuron.problem == ""
    assert neuron.values == expected.values


def test_a_learner_s_functions_are_the_ones_that_run() -> None:
    asked = []

    def forward(X, parameters):
        asked.append(parameters)
        return network.predict(X, parameters)

    neuron = make(forward=forward, cost=lambda A, Y: 0.125)
    neuron.values = {"w1": 0.3, "w2": 0.0, "b": 0.0}
    assert asked[-1]["W1"].shape == (1, 2)
    assert asked[-1]["b1"].shape == (1, 1)
    assert "Cost J = 0.125" in neuron.words


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (1.25, False, "1.25"),
        (-1.25, False, "−1.25"),
        (-0.001, False, "0.00"),
        (1.25, True, "+ 1.25"),
        (-2, True, "− 2.00"),
    ],
)
def test_numbers_in_words(value: float, signed: bool, text: str) -> None:
    assert number(value, 2, signed) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0, 0, "0\u00a0%"),
        (1, 1, "100.0\u00a0%"),
        (0.514, 0, "51\u00a0%"),
        (0.9996, 1, "over 99.9\u00a0%"),
        (0.9994, 1, "99.9\u00a0%"),
        (1e-9, 1, "under 0.1\u00a0%"),
    ],
)
def test_shares_in_words(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals) == text
