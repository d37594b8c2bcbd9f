"""Does the way downhill follow the cost and the learning rate, and is what is said about it true?"""

from io import BytesIO

import numpy as np
import pytest
from matplotlib.image import imread

from helpers import costs, data, network, training, widgets
from helpers.gradient_check import numerical_gradient
from helpers.widgets import descent as module
from helpers.widgets.neuron import backward

BIRDS = data.penguins()
X, MEAN, SD = data.standardize(BIRDS.X)
Y = BIRDS.Y
TRAINED = training.train(
    X, Y, network.initialize([2, 1], np.random.default_rng(0), scale="zeros"), learning_rate=0.5, steps=1000
).parameters


def make(**options) -> widgets.Descent:
    return widgets.Descent(X, Y, TRAINED, mean=MEAN, sd=SD, **options)


@pytest.fixture(scope="module")
def shared() -> widgets.Descent:
    return make()


@pytest.fixture
def panel(shared) -> widgets.Descent:
    """Fresh at its first surface, at the start, with nothing walked before."""
    shared._show(shared.text["one_scale"])
    name = shared.text["one_scale"]
    shared.values = {"surface": name, "of": name, "rate": 0.5, "start1": 0.0, "start2": 0.0}
    shared.refresh()
    return shared


def press(panel: widgets.Descent, name: str, times: int = 1) -> None:
    for _ in range(times):
        panel._handle_custom_msg({"press": name}, [])
    assert panel.problem == "", panel.details


def show(panel: widgets.Descent, name: str, **values: float) -> None:
    panel.values = {**panel.values, "surface": panel.text[name]}
    panel.values = {**panel.values, **values}
    assert panel.problem == "", panel.details


def exact(w: np.ndarray, X: np.ndarray, bias: float) -> float:
    _, caches = network.forward(X, {"W1": w, "b1": np.array([[bias]])})
    return network.cost(Y, caches)


def test_the_way_is_that_of_gradient_descent_with_the_bias_standing_still(panel) -> None:
    press(panel, "step", 5)
    w = np.zeros((1, 2))
    for point, cost in zip(panel.path, panel.costs, strict=True):
        np.testing.assert_allclose(point, w, atol=1e-12)
        assert cost == pytest.approx(exact(w, X, TRAINED["b1"].item()))
        grads = numerical_gradient(lambda p: exact(p["W1"], X, TRAINED["b1"].item()), {"W1": w})
        w = w - 0.5 * grads["dW1"]
    assert panel.words.startswith("After 5 steps: w₁ = ")


def test_both_scales_are_the_same_neuron(panel) -> None:
    scaled, measured = panel.surfaces[panel.text["one_scale"]], panel.surfaces[panel.text["as_measured"]]
    w = TRAINED["W1"]
    assert measured.cost(w / SD.T) == pytest.approx(scaled.cost(w))
    assert measured.cost(w / SD.T) == pytest.approx(exact(w, X, TRAINED["b1"].item()))


@pytest.mark.parametrize("name", ["one_scale", "as_measured", "bowl"])
def test_the_map_agrees_with_the_costs_on_the_way(shared, name: str) -> None:
    surface = shared.surfaces[shared.text[name]]
    for i, j in ((0, 0), (7, 100), (60, 60)):
        w = np.array([[surface.axes[0][j], surface.axes[1][i]]])
        assert surface.cost(w) == pytest.approx(surface.heights[i, j])
    if name != "bowl":
        A = network.predict(surface.X, surface.parameters(w))
        assert costs.cross_entropy(A, Y) == pytest.approx(surface.heights[i, j])


@pytest.mark.parametrize("name", ["one_scale", "as_measured", "bowl"])
def test_the_lowest_point_has_no_slope(shared, name: str) -> None:
    surface = shared.surfaces[shared.text[name]]
    w = surface.lowest
    assert np.abs(surface.grads(w)["dW1"]).max() < 1e-3
    assert surface.cost(w) <= surface.heights.min() + 1e-12
    assert all(low < value < high for value, (low, high) in zip(w[0], surface.limits, strict=True))


def test_a_bowl_shows_what_the_learning_rate_does(panel) -> None:
    show(panel, "bowl", rate=1.0)
    press(panel, "step")
    np.testing.assert_allclose(panel.path[-1], 0, atol=1e-12)
    assert "almost zero: this is the bottom" in panel.words
    for rate, sentence in ((0.1, "lowered the cost from"), (2.0, "back and forth, for ever"), (5.0, "α is too large")):
        panel.values = {**panel.values, "rate": rate}
        press(panel, "reset")
        press(panel, "step", 2)
        np.testing.assert_allclose(panel.path[-1], panel.path[0] * (1 - rate) ** 2)
        assert sentence in panel.words


@pytest.mark.parametrize(
    ("name", "rate", "times", "sentence"),
    [
        ("one_scale", 0.001, 1, "the ground slopes here: the steps are small because α is"),
        ("one_scale", 0.01, 2, "the ground slopes here: the steps are small because α is"),
        ("bowl", 0.001, 1, "the ground slopes here: the steps are small because α is"),
        ("one_scale", 0.5, 200, "the ground is almost flat here"),
        ("as_measured", 0.001, 200, "the ground is almost flat here"),
    ],
)
def test_small_steps_are_told_with_their_cause(panel, name: str, rate: float, times: int, sentence: str) -> None:
    show(panel, name, rate=rate)
    press(panel, "many", times // 100)
    press(panel, "step", times % 100)
    assert sentence in panel.words


def test_leaping_over_and_still_sinking_is_told(panel) -> None:
    show(panel, "bowl", rate=1.5)
    press(panel, "step")
    assert "leapt across the valley and landed on the other side, at 1.62 after 6.50" in panel.words


def test_divergence_is_told_and_ends_the_play(panel) -> None:
    show(panel, "bowl", rate=5.0)
    panel.playing = True
    for number in range(50):
        panel._handle_custom_msg({"tick": f"a-{number}"}, [])
    assert not panel.playing
    assert "It has diverged" in panel.words
    assert "outside the picture" in panel.words
    assert "steps so far" in panel.words
    n = len(panel.path)
    assert n < 50
    press(panel, "step")
    assert len(panel.path) == n, "a further step leads nowhere"
    press(panel, "reset")
    assert panel.words.startswith("Start: ")


def test_in_millimetres_the_lesson_s_learning_rate_leaps(panel) -> None:
    show(panel, "as_measured", rate=0.5)
    press(panel, "many")
    rises = (np.diff(panel.costs) > 0).sum()
    assert rises > 10
    assert f"Of 100 steps so far, {rises} raised the cost" in panel.words


def test_another_start_begins_anew_and_keeps_the_way_before(panel) -> None:
    press(panel, "step", 3)
    before = np.concatenate(panel.path)
    panel.values = {**panel.values, "start1": 2.0}
    assert panel.words.startswith("Start: w₁ = 2.00")
    np.testing.assert_array_equal(panel.earlier[0], before)
    np.testing.assert_array_equal(panel.picture_of(panel.shown)._earlier.get_data(), before.T)


def test_the_learning_rate_changes_on_the_way(panel) -> None:
    press(panel, "step", 3)
    panel.values = {**panel.values, "rate": 2.0}
    assert len(panel.path) == 4
    assert "with α = 2 the next step" in panel.words


def test_there_is_an_end_to_what_is_kept(panel, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 30)
    press(panel, "many")
    assert len(panel.path) == 31
    assert "as many as are kept" in panel.words


def test_keys_faster_than_the_kernel_take_no_start_along(panel) -> None:
    page, bowl = panel.values, panel.text["bowl"]
    panel.values = {**page, "surface": bowl}
    # The page, which has not heard of the bowl's start yet, sends a key on the learning rate.
    panel.values = {**page, "surface": bowl, "rate": 0.7}
    assert panel.words.startswith("Start: w₁ = −3.00, w₂ = 2.00")
    assert (panel.values["start1"], panel.values["start2"], panel.values["rate"]) == (-3.0, 2.0, 0.7)
    panel.values = page
    assert panel.words.startswith("Start: w₁ = 0, w₂ = 0")


def test_changing_the_cost_brings_its_own_start(panel) -> None:
    press(panel, "step")
    panel.values = {**panel.values, "surface": panel.text["bowl"]}
    assert (panel.values["start1"], panel.values["start2"]) == (-3.0, 2.0)
    assert panel.words.startswith("Start: w₁ = −3.00, w₂ = 2.00, cost J = 6.50.")
    pixels = imread(BytesIO(panel.picture))
    press(panel, "step")
    assert (imread(BytesIO(panel.picture)) != pixels).any()


def test_a_learner_s_functions_are_the_ones_that_walk() -> None:
    uphill = make(backward=lambda X, A, Y: {k: -v for k, v in backward(X, A, Y).items()})
    press(uphill, "step", 2)
    assert uphill.costs[2] > uphill.costs[0]
    own = make(forward=lambda X, p: network.predict(X, p), cost=costs.cross_entropy, step=module.step)
    press(own, "step", 2)
    assert own.costs[2] < own.costs[0]
    still = make(step=lambda parameters, grads, learning_rate: parameters)
    press(still, "step", 2)
    assert still.costs[2] == still.costs[0]


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        ({"forward": lambda X, p: network.predict(X, p)[0]}, "forward gave (214,), but an array of shape (1, 214)"),
        ({"cost": lambda A, Y: None}, "cost gave None"),
        ({"backward": lambda X, A, Y: None}, "backward gave NoneType"),
        ({"step": lambda parameters, grads, learning_rate: None}, "step gave NoneType"),
        ({"step": raises}, "ZeroDivisionError: of my own making"),
    ],
)
def test_a_learner_s_broken_function_is_told_of(functions, sentence: str) -> None:
    panel = make(**functions)
    assert sentence in panel.problem
    assert "Traceback" in panel.details
    for name in ("step", "reset"):
        panel._handle_custom_msg({"press": name}, [])
        assert sentence in panel.problem, name
    panel.values = {**panel.values, "surface": panel.text["bowl"]}
    assert panel.problem == "" or "step" in functions


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        ((X[:, :0], Y[:, :0], TRAINED), {}, "X has shape (2, 0)"),
        ((np.full((2, 3), np.nan), np.zeros((1, 3)), TRAINED), {}, "NaN"),
        ((X, Y, {"W1": np.zeros((2, 1)), "b1": np.zeros((1, 1))}), {}, "W1 of shape (1, 2)"),
        ((X, Y, None), {}, "parameters is NoneType, but a dictionary with W1 of shape (1, 2)"),
        ((X, Y, TRAINED), {"mean": np.zeros(2), "sd": np.ones((2, 1))}, "mean has shape (2,)"),
        ((X, Y, TRAINED), {"learning_rate": 0}, "learning_rate is 0, but a finite number above 0 is needed."),
        ((X, Y, {"W1": [["a", "b"]], "b1": [[0]]}), {}, "parameters: W1 is an array of shape (1, 2) with entries"),
    ],
)
def test_bad_data_gives_a_sentence(arguments, options, sentence: str) -> None:
    panel = widgets.Descent(*arguments, **options)
    assert sentence in panel.problem
    assert panel.controls == []


def test_parameters_may_be_lists() -> None:
    panel = widgets.Descent(X, Y, {name: value.tolist() for name, value in TRAINED.items()}, mean=MEAN, sd=SD)
    assert panel.problem == ""
    assert panel.words == make().words


def test_without_a_scale_two_costs_are_offered() -> None:
    panel = widgets.Descent(X, Y, TRAINED)
    assert panel.problem == ""
    assert len(panel.controls[0]["options"]) == 2


def test_birds_that_a_line_separates_do_no_harm() -> None:
    apart = np.array([[-2.0, -1.0, 1.0, 2.0], [0.5, -0.5, 0.5, -0.5]])
    panel = widgets.Descent(apart, np.array([[0, 0, 1, 1]]), {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))})
    press(panel, "many")
    assert panel.costs[-1] < panel.costs[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-1e-9, "0"), (0.01234, "0.0123"), (-0.5, "−0.500"), (5.5, "5.50"), (42, "42.0"), (-1234, "−1234")],
)
def test_numbers_keep_what_matters(value: float, text: str) -> None:
    assert module._told(value) == text


def test_huge_numbers_are_told_by_their_size() -> None:
    assert module._told(-1.26e8) == "−1.3 · 10^8"
