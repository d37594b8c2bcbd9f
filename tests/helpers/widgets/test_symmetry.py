"""Do units that start alike stay alike, and is what is said about the rows of W1 true?"""

import re

import numpy as np
import pytest

from helpers import data, network, training, widgets
from helpers.widgets import symmetry as module

MOONS = data.moons(300, np.random.default_rng(1))


@pytest.fixture
def panel() -> widgets.Symmetry:
    panel = widgets.Symmetry(MOONS.X, MOONS.Y)
    assert panel.problem == "", panel.details
    return panel


def choose(panel: widgets.Symmetry, name: str, steps: int = 0) -> None:
    panel.values = {"start": panel.text[name]}
    press(panel, "many", steps // module.MANY)


def press(panel: widgets.Symmetry, name: str, times: int = 1) -> None:
    for _ in range(times):
        panel._handle_custom_msg({"press": name}, [])
    assert panel.problem == "", panel.details


@pytest.mark.parametrize(("name", "scale"), [("small", 0.01), ("he", "he")])
def test_it_learns_as_training_does(panel, name: str, scale) -> None:
    choose(panel, name, 300)
    start = network.initialize([2, 3, 1], np.random.default_rng(0), scale=scale)
    run = training.train(MOONS.X, MOONS.Y, start, learning_rate=1.0, steps=300, hidden="tanh")
    np.testing.assert_allclose(panel.costs[:-1], run.costs, rtol=1e-6)
    for key, value in run.parameters.items():
        np.testing.assert_allclose(panel.parameters[key], value, rtol=1e-6)
    assert f"after 300 steps: cost J = {panel.costs[-1]:.3f}, at the start {run.costs[0]:.3f}." in panel.words


def test_from_zeros_nothing_moves(panel) -> None:
    assert "no line yet" in panel.words
    press(panel, "many")
    assert "No weight has moved, though 100 steps have been taken" in panel.words
    assert not panel.parameters["W1"].any()
    assert not panel.parameters["W2"].any()
    assert panel.costs[-1] == pytest.approx(np.log(2), abs=1e-9)
    assert all(len(line.get_xdata()) == 0 for line in panel.view._lines)


def test_units_that_start_alike_stay_alike(panel) -> None:
    choose(panel, "equal")
    assert "are the same: (0.50, 0.50)" in panel.words
    press(panel, "many", 10)
    W1 = panel.parameters["W1"]
    assert np.ptp(W1, axis=0).max() < 1e-9
    assert "All units draw one line" in panel.words
    assert np.abs(W1 - 0.5).max() > 0.1, "they have moved, though"
    points = np.array([point.get_xydata()[0] for point in panel.view._points])
    np.testing.assert_allclose(points, W1)
    sizes = [point.get_markersize() for point in panel.view._points]
    assert sizes == sorted(sizes, reverse=True), "or those below would not be seen"


def test_chance_drives_them_apart(panel) -> None:
    choose(panel, "small")
    assert "lie close together" in panel.words
    press(panel, "many")
    assert "up to their sign they point the same way" in panel.words
    W1 = panel.parameters["W1"]
    cosines = W1 @ W1.T / np.outer(*[np.linalg.norm(W1, axis=1)] * 2)
    assert np.abs(cosines).min() > 0.99
    press(panel, "many", 29)
    assert "have come apart" in panel.words
    assert "3000 steps are as many as are taken here" in panel.words
    assert panel.costs[-1] < 0.2
    gaps = [np.linalg.norm(a - b) for a in panel.parameters["W1"] for b in panel.parameters["W1"]]
    assert f"{max(gaps):.2f} between the two farthest" in panel.words
    n = len(panel.costs)
    press(panel, "many")
    assert len(panel.costs) == n


def test_rows_that_begin_apart_have_not_come_apart(panel) -> None:
    choose(panel, "he")
    assert "lie apart from the beginning" in panel.words
    press(panel, "many", 30)
    assert "have come apart" in panel.words


def test_the_lines_are_those_of_the_units(panel) -> None:
    choose(panel, "he", 100)
    for k, line in enumerate(panel.view._lines):
        ends = np.array(line.get_data())
        np.testing.assert_allclose(panel.parameters["W1"][k] @ ends + panel.parameters["b1"][k], 0, atol=1e-9)
    edge = panel.view._edge.get_xydata()
    edge = edge[~np.isnan(edge[:, 0])].T
    np.testing.assert_allclose(network.predict(edge, panel.parameters, hidden="tanh"), 0.5, atol=0.05)


def test_plays_until_the_end(panel, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 50)
    choose(panel, "he")
    panel.playing = True
    for number in range(9):
        panel._handle_custom_msg({"tick": f"a-{number}"}, [])
    assert (panel.steps, panel.playing) == (50, False)


def test_runs_of_other_starts_stay_for_comparison(panel) -> None:
    choose(panel, "equal", 100)
    before = list(panel.costs)
    choose(panel, "he", 100)
    assert list(panel.view._costs[panel.text["equal"]].get_ydata()) == before
    press(panel, "reset")
    assert panel.steps == 0
    assert len(panel.view._costs[panel.text["he"]].get_xdata()) == 0, "the start shown is no other start"


def test_other_random_numbers_are_other(panel) -> None:
    choose(panel, "he")
    before = panel.parameters["W1"]
    press(panel, "reset")
    np.testing.assert_array_equal(panel.parameters["W1"], before)
    press(panel, "again")
    assert (panel.parameters["W1"] != before).all()


def forward(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
    return A2, {"A1": A1, "A2": A2}


def backward(X, Y, parameters, cache):
    m, dZ2 = X.shape[1], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    grads = {"dW1": dZ1 @ X.T / m, "db1": dZ1.mean(axis=1, keepdims=True)}
    return grads | {"dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.mean(axis=1, keepdims=True)}


def test_a_learner_s_functions_are_the_ones_that_learn(panel) -> None:
    own = widgets.Symmetry(MOONS.X, MOONS.Y, forward=forward, backward=backward)
    for each in (own, panel):
        choose(each, "he", 200)
    np.testing.assert_allclose(own.costs, panel.costs, rtol=1e-6)
    asleep = widgets.Symmetry(MOONS.X, MOONS.Y, update=lambda parameters, grads, learning_rate: parameters)
    choose(asleep, "he", 100)
    assert asleep.costs[0] == asleep.costs[-1]


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        ({"forward": lambda X, p: forward(X, p)[0]}, "forward gave ndarray, but two things"),
        ({"forward": lambda X, p: (forward(X, p)[0], {}, {})}, "forward gave 3 things, but two things"),
        ({"cost": lambda A2, Y: A2}, "cost gave"),
        ({"backward": lambda X, Y, p, cache: None}, "backward gave NoneType"),
        ({"backward": lambda X, Y, p, cache: {"dW1": np.zeros((3, 2))}}, "dW2 of shape (1, 3)"),
        ({"update": raises}, "ZeroDivisionError: of my own making"),
        ({"update": lambda p, g, a: {k: v * np.inf for k, v in p.items()}}, "no finite numbers"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_learner_s_broken_function_is_told_of(functions, sentence: str) -> None:
    panel = widgets.Symmetry(MOONS.X, MOONS.Y, **functions)
    panel._handle_custom_msg({"press": "many"}, [])
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def test_a_forgotten_sigmoid_is_told_before_a_cost_is() -> None:
    def scores(X, parameters):
        _, cache = forward(X, parameters)
        return parameters["W2"] @ cache["A1"] + parameters["b2"], cache

    panel = widgets.Symmetry(MOONS.X, MOONS.Y, forward=scores)
    assert re.fullmatch(
        r"forward: A2 reaches from −.* to .*, but probabilities from 0 to 1 are needed\.", panel.problem
    )
    assert panel.words == ""
    assert panel.controls == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"X": MOONS.X[:, :0], "Y": MOONS.Y[:, :0]}, "X has shape (2, 0)"),
        ({"X": MOONS.X * np.nan}, "NaN"),
        ({"units": 1}, "units is 1, but a whole number from 2 to 4"),
        ({"units": 2.5}, "units is 2.5"),
        ({"learning_rate": -1}, "learning_rate is -1, but a finite number above 0 is needed."),
        ({"learning_rate": "1"}, "learning_rate is '1'"),
    ],
)
def test_bad_arguments_give_a_sentence(options, sentence: str) -> None:
    assert sentence in widgets.Symmetry(**{"X": MOONS.X, "Y": MOONS.Y} | options).problem
