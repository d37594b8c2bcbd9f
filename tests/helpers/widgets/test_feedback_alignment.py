"""Are the three networks trained as they are said to be, and do picture and words tell what came of it?"""

import re

import numpy as np
import pytest

from helpers import brain, data, network, optimizers, widgets

WAYS = ("backpropagation", "feedback alignment", "frozen")
DIGITS = data.digits()
X, Y, X_TEST, Y_TEST = (array[:, :150] for array in data.split(DIGITS.X, DIGITS.Y, np.random.default_rng(0)))
T = data.one_hot(Y, 10)


def make(**options) -> widgets.FeedbackAlignment:
    return widgets.FeedbackAlignment(X, Y, X_TEST, Y_TEST, **({"hidden": (8, 6), "steps": 0} | options))


def tick(panel: widgets.FeedbackAlignment) -> None:
    panel._handle_custom_msg({"tick": "t"}, [])


def trained(way: str, steps: int, learning_rate: float, seed: int = 0):
    """The parameters after these steps and the last angles of dW1, written as in the lesson."""
    rng = np.random.default_rng(seed)
    parameters = network.initialize([64, 8, 6, 10], rng)
    feedback, angles = brain.random_feedback(parameters, rng), []
    for _ in range(steps):
        _, caches = network.forward(X, parameters, hidden="tanh", output="softmax")
        exact = network.backward(T, caches)
        fed_back = brain.feedback_alignment_backward(T, caches, feedback)
        grads = {"backpropagation": exact, "feedback alignment": fed_back, "frozen": brain.freeze(exact)}[way]
        angles.append(brain.alignment_angle(fed_back["dW1"], exact["dW1"]))
        parameters = optimizers.gradient_descent(parameters, grads, learning_rate)
    return parameters, feedback, angles


@pytest.mark.parametrize("way", WAYS)
def test_each_network_is_trained_in_its_own_way(way: str) -> None:
    panel = make(steps=12, learning_rate=0.3)
    wanted, feedback, angles = trained(way, 12, 0.3)
    for name, value in wanted.items():
        np.testing.assert_allclose(panel.race.parameters[way][name], value, atol=1e-12)
    right = network.classify(X_TEST, wanted, hidden="tanh", output="softmax") == Y_TEST
    assert panel.race.accuracy[way][-1] == right.mean()
    said = {"backpropagation": "backpropagation", "feedback alignment": "alignment", "frozen": "layers"}[way]
    assert f"{said} {100 * right.mean():.1f}\u00a0%" in panel.words
    if way == "feedback alignment":
        np.testing.assert_allclose(panel.race.gradients[0], angles)
        turned = brain.alignment_angle(feedback["B3"], wanted["W3"].T)
        assert panel.race.weights[1][-1] == pytest.approx(turned)


def test_the_curves_are_those_of_the_race() -> None:
    panel = make(steps=9)
    for curve, way in zip(panel.view._curves, WAYS, strict=True):
        np.testing.assert_array_equal(curve.get_ydata(), panel.race.accuracy[way])
        np.testing.assert_array_equal(curve.get_xdata(), range(10))
    for choice, of in panel.angles.items():
        panel.values = {**panel.values, "angle": choice}
        for curve, angles in zip(panel.view._angles, getattr(panel.race, of), strict=True):
            np.testing.assert_array_equal(curve.get_ydata(), angles)
        told = [float(angle) for angle in re.findall(r"(\d+)° (?:for dW\d|between)", panel.words)]
        np.testing.assert_allclose(told, [angles[-1] for angles in getattr(panel.race, of)], atol=0.51)


def test_the_frozen_network_keeps_its_hidden_layers() -> None:
    panel = make(steps=5)
    start = trained("frozen", 0, 0.5)[0]
    for name in ("W1", "b1", "W2", "b2"):
        np.testing.assert_array_equal(panel.race.parameters["frozen"][name], start[name])
    assert not np.array_equal(panel.race.parameters["frozen"]["W3"], start["W3"])


def test_a_seed_begins_again_from_its_own_start() -> None:
    panel = make(steps=3)
    panel.values = {**panel.values, "seed": 4}
    assert panel.race.steps == 0
    assert "Step 0 of 400" in panel.words
    start = trained("frozen", 0, 0.5, seed=4)[0]
    for way in WAYS:
        np.testing.assert_array_equal(panel.race.parameters[way]["W1"], start["W1"])


def test_other_controls_leave_the_race_where_it_is() -> None:
    panel = make(steps=3)
    panel.values = {**panel.values, "learning_rate": 1.0}
    assert panel.race.steps == 3
    assert "a learning rate of 1.00" in panel.words
    panel.press("one")
    assert panel.race.steps == 4
    panel.press("again")
    assert panel.race.steps == 0


def test_a_new_learning_rate_is_used_from_then_on() -> None:
    panel = make(learning_rate=0.3)
    before = panel.race.parameters["backpropagation"]
    panel.values = {**panel.values, "learning_rate": 0.9}
    panel.press("one")
    _, caches = network.forward(X, before, hidden="tanh", output="softmax")
    wanted = before["W1"] - 0.9 * network.backward(T, caches)["dW1"]
    np.testing.assert_allclose(panel.race.parameters["backpropagation"]["W1"], wanted)


def test_plays_to_the_last_step_and_no_further() -> None:
    panel = make(steps=398)
    panel.playing = True
    tick(panel)
    assert panel.race.steps == 400
    assert not panel.playing
    panel.press("one")
    panel.playing = True
    tick(panel)
    assert panel.race.steps == 400
    assert panel.problem == ""


def test_after_training_the_ways_stand_in_the_known_order() -> None:
    panel = make(hidden=(20, 20), steps=300)
    right = [panel.race.accuracy[way][-1] for way in WAYS]
    assert right[0] > 0.8
    assert right[0] > right[2] + 0.05
    assert right[1] > right[2] + 0.05
    assert max(angles[-1] for angles in panel.race.gradients) < 90


def test_feedback_through_the_transposed_weights_is_backpropagation() -> None:
    def honest(T, caches, feedback):
        return network.backward(T, caches)

    panel = make(steps=4, backward=honest)
    accuracy = panel.race.accuracy
    assert accuracy["feedback alignment"] == accuracy["backpropagation"]
    assert max(angles[-1] for angles in panel.race.gradients) < 1e-4


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("backward", "sentence"),
    [
        (raises, "ZeroDivisionError: of my own making"),
        (lambda T, caches, feedback: None, "backward gave NoneType"),
        (lambda T, caches, feedback: T, "backward gave ndarray"),
        (lambda T, caches, feedback: {"dW1": np.zeros((2, 2))}, "'dW1': (2, 2)"),
        (lambda T, c, f: {k: v * np.nan for k, v in network.backward(T, c).items()}, "no finite number"),
        (
            lambda T, c, f: {k: v * 0 for k, v in network.backward(T, c).items()},
            "The gradient dW1 that backward gave is zero everywhere",
        ),
    ],
)
def test_a_learner_s_broken_backward_is_told_of(backward, sentence: str) -> None:
    panel = make(backward=backward)
    assert panel.problem == ""
    panel._handle_custom_msg({"press": "one"}, [])
    assert sentence in panel.problem
    assert "Traceback" in panel.details
    panel.values = {**panel.values, "seed": 1}
    assert panel.problem == ""


def test_a_backward_that_fails_in_the_first_steps_leaves_the_start_and_living_controls() -> None:
    panel = make(backward=raises, steps=5)
    assert "of my own making" in panel.problem
    assert "Step 0 of 400" in panel.words
    assert panel.picture
    panel.playing = True
    tick(panel)
    assert not panel.playing
    assert "of my own making" in panel.problem
    panel._handle_custom_msg({"press": "again"}, [])
    assert panel.problem == ""


def test_data_without_a_gradient_is_no_fault_of_backward() -> None:
    panel = widgets.FeedbackAlignment(X * 0, Y, X_TEST, Y_TEST)
    assert panel.problem.startswith("The gradient dW1 that backpropagation itself gave is zero everywhere")


def test_after_the_last_step_no_next_one_is_spoken_of() -> None:
    panel = make(steps=399)
    assert "Step 399 of 400, the next ones with a learning rate of 0.50." in panel.words
    panel.press("one")
    assert panel.words.startswith("Step 400 of 400. Right on")


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        ((X[:, :0], Y[:, :0], X_TEST, Y_TEST), {}, "X has shape (64, 0)"),
        ((X, Y[0], X_TEST, Y_TEST), {}, "its labels (150,)"),
        ((X * np.nan, Y, X_TEST, Y_TEST), {}, "X holds a value that is no finite number"),
        ((X, Y, X_TEST[:9], Y_TEST), {}, "X has 64 rows and X_test 9"),
        ((X, Y, X_TEST, Y_TEST), {"hidden": ()}, "one to three hidden layers"),
        ((X, Y, X_TEST, Y_TEST), {"hidden": 20}, "hidden is 20, but the widths of one to three"),
        ((X, Y, X_TEST, Y_TEST), {"hidden": (20, 2.5)}, "hidden is (20, 2.5)"),
        ((X, Y, X_TEST, Y_TEST), {"steps": 401}, "from 0 to 400"),
        ((X, Y, X_TEST, Y_TEST), {"steps": "a"}, "steps is 'a', but a whole number"),
        ((X, Y, X_TEST, Y_TEST), {"seed": "a"}, "seed is 'a', but a whole number"),
        ((X, Y, X_TEST, Y_TEST), {"learning_rate": None}, "learning_rate is None"),
        ((X, Y - 1.5, X_TEST, Y_TEST), {}, "Y"),
    ],
)
def test_bad_data_gives_a_sentence(arguments, options, sentence: str) -> None:
    panel = widgets.FeedbackAlignment(*arguments, **options)
    assert sentence in panel.problem
    assert "Traceback" in panel.details
