"""Does the playground train what it is given, show and say what is true of it, and come back from its line?"""

import json
import re

import numpy as np
import pytest

from helpers import data, network, training, widgets
from helpers.widgets import playground_settings as table
from helpers.widgets.playground_networks import NAMES
from helpers.widgets.playground_run import PLANE, REMEMBERED
from helpers.widgets.playground_settings import Settings
from tests.helpers.widgets import learners_network


@pytest.fixture(autouse=True)
def as_many_steps_as_asked(monkeypatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr("helpers.widgets.playground.SECONDS", float("inf"))


OWN = {name: getattr(learners_network, name) for name in NAMES}


def set_to(panel, **values) -> None:
    panel.values = {**panel.values, **values}


def press(panel, name: str, times: int = 1) -> None:
    for _ in range(times):
        panel._handle_custom_msg({"press": name}, [])


def play(panel, ticks: int) -> None:
    panel.playing = True
    for number in range(ticks):
        panel._handle_custom_msg({"tick": str(number)}, [])
    panel.playing = False


def floats(part: bytes) -> np.ndarray:
    return np.frombuffer(part, np.float32)


def test_steps_are_those_of_the_course_and_what_is_said_is_true_of_them() -> None:
    panel = widgets.Playground(state="playground noise=0.3 points=200 rate=0.3 l2=1 hidden=5,3 activation=tanh")
    press(panel, "step", 7)
    points = data.circles(200, np.random.default_rng([0, 0]), 0.3)
    start = network.initialize([2, 5, 3, 1], np.random.default_rng([0, 2]), "xavier")
    how = {"learning_rate": 0.3, "steps": 7, "hidden": "tanh", "l2": 1.0}
    wanted = training.train(points.X, points.Y, start, **how).parameters
    for name, value in panel.parameters.items():
        np.testing.assert_allclose(value, wanted[name], rtol=1e-9, err_msg=name)
    fresh = data.circles(1000, np.random.default_rng([0, 1]), 0.3)
    A, caches = network.forward(fresh.X, wanted, "tanh")
    right = np.mean((A > 0.5) == (fresh.Y > 0.5))
    assert panel.words.startswith("Step 7: cost ")
    assert f"{network.cost(fresh.Y, caches):.3f} on the test points; {right:.1%}".replace("%", " %") in panel.words
    assert "Network [2, 5, 3, 1], hidden units with activation tanh: 37 numbers" in panel.words


def test_pictures_are_what_the_units_answer_over_the_plane() -> None:
    panel = widgets.Playground(state="playground hidden=3,2 activation=tanh features=x1,x1_x2")
    press(panel, "step", 3)
    X = np.stack([PLANE[0], PLANE[0] * PLANE[1]])
    caches = network.forward(X, panel.parameters, "tanh")[1]
    np.testing.assert_allclose(floats(panel.drawn["surface"]), 2 * caches[-1].A[0] - 1, atol=1e-6)
    set_to(panel, look="layer 2, unit 1")
    A = caches[1].A[0]
    np.testing.assert_allclose(floats(panel.drawn["surface"]), A / np.abs(A).max(), atol=1e-6)
    assert f"answers from {A.min():.2f} to {A.max():.2f}".replace("-", "−") in panel.words
    thumbs = np.frombuffer(panel.drawn["thumbs"], np.uint8).reshape(2 + 3 + 2 + 1, 32, 32)
    np.testing.assert_allclose(
        (thumbs[5].astype(float) - 128) / 127, (A / np.abs(A).max()).reshape(64, 64)[::2, ::2], atol=0.005
    )
    assert PLANE[:, 0] == pytest.approx([-3 + 3 / 64, 3 - 3 / 64]), "the upper left comes first"


def test_a_fit_of_the_circles_is_found_while_it_plays() -> None:
    panel = widgets.Playground(state="playground rate=0.3")
    set_to(panel, speed="100")
    while panel.run.step < 400:
        play(panel, 5)
    assert panel.run.correct > 950
    before, now = panel.run.history[-1 - max(1, len(panel.run.history) // 10)][2], panel.run.history[-1][2]
    assert before > now + 0.001, "no example of it"
    assert f"the test cost has fallen by {before - now:.3f}." in panel.words


def test_restart_begins_again_and_other_start_values_are_others() -> None:
    panel = widgets.Playground()
    start = panel.parameters
    press(panel, "step", 3)
    assert (panel.parameters["W1"] != start["W1"]).any()
    press(panel, "restart")
    np.testing.assert_array_equal(panel.parameters["W1"], start["W1"])
    assert panel.words.startswith("Step 0:")
    press(panel, "start")
    assert (panel.parameters["W1"] != start["W1"]).all()
    points = panel.drawn["points"]
    press(panel, "draw")
    assert panel.drawn["points"] != points
    set_to(panel, fresh=True)
    assert len(floats(panel.drawn["points"])) == 2000


def test_learning_rate_penalty_and_batches_change_on_the_way_and_all_else_begins_anew() -> None:
    panel = widgets.Playground()
    press(panel, "step", 5)
    before = panel.parameters
    set_to(panel, rate="1", l2="10", batch="32")
    assert panel.run.step == 5
    press(panel, "step")
    change = panel.parameters["W1"] - before["W1"]
    assert np.abs(change).max() > 0
    for name, value in (
        ("hidden", [4]),
        ("noise", 0.4),
        ("activation", "tanh"),
        ("data", "moons"),
        ("feature_x1", False),
    ):
        set_to(panel, **{name: value})
        assert (panel.run.step, panel.problem) == (0, ""), name
        press(panel, "step")


def test_batches_go_through_all_points_once() -> None:
    panel, seen = widgets.Playground(state="playground points=100 batch=32"), []
    step = panel.run.network.step
    panel.run.network.step = lambda X, Y, *rest: seen.append(X.copy()) or step(X, Y, *rest)
    press(panel, "step", 4)
    assert [X.shape[1] for X in seen] == [32, 32, 32, 4]
    np.testing.assert_allclose(np.sort(np.hstack(seen)), np.sort(panel.run.X))


def test_its_line_brings_it_back() -> None:
    panel = widgets.Playground(
        state="playground data=moons hidden=6,5 features=x2,sin_x1 activation=leaky_relu draw=3 start=8"
    )
    set_to(panel, speed="1")
    play(panel, 12)
    told, line = panel.words, panel.line
    assert "\n" not in line
    assert panel.drawn["line"] == line
    other = widgets.Playground()
    other._handle_custom_msg({"restore": f"  {line}\n"}, [])
    assert (other.problem, other.line) == ("", line)
    assert other.words.split(";")[1].split(" test points")[0] == told.split(";")[1].split(" test points")[0]
    assert other.values["data"] == "moons"
    assert (other.values["feature_x1"], other.values["feature_sin_x1"]) == (False, True)
    press(other, "step")
    assert other.run.step == 13
    assert widgets.Playground(state=line).line == line


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", '""'),
        ("hello there", '"hello"'),
        ("playground data=squares", '"data"'),
        ("playground noise=nan", '"noise"'),
        ("playground noise", '"noise"'),
        ("playground rate=0.2", '"rate"'),
        ("playground hidden=8,x", '"hidden"'),
        ("playground features=x3", '"features"'),
        ("playground start=-1", '"start"'),
        ("playground colour=red", '"colour"'),
        ("playground step=-4", '"step"'),
        ("playground weights=AAAA", '"weights"'),
        ("playground weights=%%%", '"weights"'),
    ],
)
def test_a_line_that_is_none_is_refused_and_nothing_changes(line: str, part: str) -> None:
    panel = widgets.Playground()
    press(panel, "step", 2)
    before = panel.line
    panel._handle_custom_msg({"restore": line}, [])
    assert part in panel.problem
    assert panel.line == before
    press(panel, "step")
    assert panel.problem == ""


def test_sizes_beyond_the_largest_are_the_largest() -> None:
    settings, _, _ = table.from_line("playground hidden=99,0,3,4,5,6 noise=7")
    assert (settings.hidden, settings.noise) == ((8, 1, 3, 4), 0.6)


def test_no_hidden_layer_is_a_neuron() -> None:
    panel = widgets.Playground(state="playground hidden=")
    assert "Network [2, 1], no hidden layer: 3 numbers" in panel.words
    press(panel, "step", 2)
    assert panel.still()[:4] == b"\x89PNG"


def test_the_last_feature_stays_on_and_a_unit_that_is_gone_is_no_longer_shown() -> None:
    panel = widgets.Playground()
    set_to(panel, feature_x1=False)
    assert [control["name"] for control in panel.controls if control.get("disabled")] == ["feature_x2"]
    set_to(panel, feature_x2=False)
    assert (panel.values["feature_x2"], panel.problem) == (True, "")
    set_to(panel, look="layer 2, unit 8")
    assert panel.drawn["look"] == [2, 8]
    set_to(panel, hidden=[8])
    assert (panel.values["look"], panel.drawn["look"], panel.drawn["answer"]) == ("the answer", [2, 1], True)
    assert widgets.Playground(state="playground features=").problem.startswith("No feature is switched on")


def test_divergence_is_told_and_the_network_is_as_before() -> None:
    panel = widgets.Playground(state="playground rate=10 l2=100 points=20 activation=identity hidden=8,8,8")
    set_to(panel, speed="100")
    play(panel, 80)
    assert "the training has run away" in panel.problem
    assert all(np.isfinite(value).all() for value in panel.parameters.values())
    assert panel.playing is False
    set_to(panel, rate="0.01")
    press(panel, "restart")
    play(panel, 2)
    assert panel.problem == ""


@pytest.mark.parametrize(
    "state",
    ["activation=identity rate=3", "activation=leaky_relu rate=10", "rate=10 l2=100", "activation=identity rate=10"],
)
def test_steps_that_run_away_are_stopped_before_the_numbers_fill_the_page(state: str) -> None:
    """One by one; a warning of overflow would fail the test."""
    panel = widgets.Playground(state=f"playground {state}")
    while not panel.problem:
        press(panel, "step")
        assert panel.run.step < 100
    assert panel.problem.startswith(f"At step {panel.run.step + 1} the training has run away")
    assert not re.search(r"\d{8}", panel.words)
    again = widgets.Playground(state=panel.line)
    assert (again.problem, again.run.step) == ("", panel.run.step)


def test_functions_that_overflow_after_it_has_run_away_are_not_blamed() -> None:
    panel = widgets.Playground(OWN, state="playground rate=10 l2=100")
    set_to(panel, speed="100")
    play(panel, 30)
    assert "the training has run away" in panel.problem


def test_a_line_with_weights_that_no_training_leaves_is_refused() -> None:
    parameters = {name: value + 1e30 for name, value in widgets.Playground().parameters.items()}
    assert '"weights"' in widgets.Playground(state=table.to_line(Settings(), 1, parameters)).problem


def test_one_step_is_told_as_one() -> None:
    panel = widgets.Playground(state="playground data=moons rate=0.3")
    press(panel, "step")
    assert "In the last step the test cost has fallen by" in panel.words
    press(panel, "step", 20)
    assert "In the last 2 steps the test cost has fallen by" in panel.words


def test_a_number_that_is_too_large_is_named() -> None:
    assert '"draw"' in widgets.Playground(state="playground draw=99999999999").problem
    assert '"start"' in widgets.Playground(state="playground start=-1").problem


def test_overfitting_is_told() -> None:
    state = "playground data=moons noise=0.6 points=20 hidden=8,8 rate=1 start=1"
    panel = widgets.Playground(state=state)
    set_to(panel, speed="100")
    while panel.run.step < 1500:
        play(panel, 10)
    costs = np.array(panel.run.history)
    assert costs[-1, 2] > 1.5 * costs[:, 2].min(), "no example of it"
    assert f"The test cost was lowest at step {int(costs[costs[:, 2].argmin(), 0])}" in panel.words


def test_steps_that_are_too_large_are_not_taken_for_overfitting() -> None:
    panel = widgets.Playground(state="playground data=moons noise=0.4 points=50 rate=10")
    play(panel, 10)
    costs = np.array(panel.run.history)
    assert costs[-1, 1] > costs[0, 1], "no example of it"
    assert "Both costs are higher than at step" in panel.words


def test_the_whole_way_stays_in_sight() -> None:
    panel = widgets.Playground(state="playground hidden=2 points=20")
    for step in range(2000):
        panel.run.step = step + 1
        panel.run.measure()
    steps = [step for step, _, _ in panel.run.history]
    assert (steps[0], steps[-1]) == (0, 2000)
    assert REMEMBERED <= len(steps) <= 2 * REMEMBERED
    assert steps == sorted(steps)


def test_learners_functions_train_as_the_course_does() -> None:
    panel, course = widgets.Playground(OWN), widgets.Playground()
    assert panel.problem == ""
    panel.restore(course.line)
    for one in (panel, course):
        set_to(one, l2="10")
        press(one, "step", 5)
    for name, value in panel.parameters.items():
        np.testing.assert_allclose(value, course.parameters[name], rtol=1e-4, atol=1e-7, err_msg=name)
    np.testing.assert_allclose(floats(panel.drawn["surface"]), floats(course.drawn["surface"]), atol=1e-4)
    assert "It runs on the functions given: initialize_deep, model_forward" in panel.words
    assert "disabled" in next(control for control in panel.controls if control["name"] == "activation")
    panel._handle_custom_msg({"restore": "playground activation=tanh"}, [])
    assert "ReLU" in panel.problem


def test_functions_come_as_a_dictionary_or_as_attributes_and_say_whose_they_are() -> None:
    class Carried:
        pass

    carried = Carried()
    for name, function in OWN.items():
        copy = lambda *args, function=function: function(*args)  # noqa: E731
        copy.origin = "yours" if name == "model_forward" else "course"
        setattr(carried, name, copy)
    panel = widgets.Playground(carried)
    assert "functions given: model_forward." in panel.words
    missing = widgets.Playground({"model_forward": OWN["model_forward"]})
    assert missing.problem.startswith("functions has no initialize_deep, model_backward, update_parameters;")


def broken(name: str, change) -> dict:
    return OWN | {name: lambda *args: change(OWN[name](*args))}


def poisoned(grads: dict) -> dict:
    return {name: value * np.nan for name, value in grads.items()}


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        (broken("initialize_deep", lambda p: None), "initialize_deep gave NoneType, but a dictionary with W1, b1"),
        (broken("initialize_deep", lambda p: p | {"W2": p["W2"].T[:3]}), "initialize_deep gave W2 of shape (3, 8)"),
        (broken("model_forward", lambda r: r[0]), "model_forward gave a ndarray, but a pair is needed"),
        (broken("model_forward", lambda r: (r[0].T, r[1])), "AL of shape (500, 1), but (1, 500) is needed"),
        (broken("model_forward", lambda r: (r[0] - 2, r[1])), "probabilities from 0 to 1"),
        (broken("model_forward", lambda r: (r[0], r[1][1:])), "caches that are no list of 3"),
        (
            broken("model_forward", lambda r: (r[0], [c[::-1] for c in r[1]])),
            "The cache of layer 2 does not begin with",
        ),
        (broken("model_forward", lambda r: (r[0], None)), "caches that are no list of 3"),
        (
            broken("model_backward", lambda g: {"dW1": g["dW1"]}),
            "model_backward gave dW1, but a dictionary with dW1, db1",
        ),
        (broken("model_backward", poisoned), "not finite (NaN or infinity)"),
        (broken("model_backward", lambda g: g | {"db1": "x"}), "model_backward gave a str for db1"),
        (broken("update_parameters", lambda p: p | {"b1": p["b1"][0]}), "update_parameters gave b1 of shape (1,)"),
        (broken("update_parameters", lambda p: 1 / 0), "ZeroDivisionError"),
    ],
)
def test_a_broken_function_is_told_in_a_sentence_and_the_playground_lives_on(functions, sentence: str) -> None:
    panel = widgets.Playground(functions)
    play(panel, 2)
    assert sentence in panel.problem
    assert panel.details
    assert panel.playing is False
    set_to(panel, data="moons")
    press(panel, "restart")


def test_after_a_failed_restart_the_function_s_own_error_stays_when_it_is_shown_again(monkeypatch) -> None:
    broken_later = []

    def initialize_deep(*args):
        return 1 / 0 if broken_later else OWN["initialize_deep"](*args)

    monkeypatch.setattr("helpers.widgets.panel.display", lambda *_, **__: None)
    panel = widgets.Playground(OWN | {"initialize_deep": initialize_deep})
    broken_later.append(True)
    press(panel, "restart")
    panel._ipython_display_()
    assert panel.problem.startswith("ZeroDivisionError")


def test_what_travels_to_the_page_is_plain() -> None:
    panel = widgets.Playground()
    json.dumps({name: part for name, part in panel.drawn.items() if not isinstance(part, bytes)})
    json.dumps(panel.values)
    assert len(floats(panel.drawn["weights"])) == 2 * 8 + 8 * 8 + 8


def test_every_setting_has_a_label() -> None:
    text = widgets.Playground().text
    assert {f"feature_{name}" for name in table.FEATURES} | {f"data_{name}" for name in table.DATA} <= set(text)
    assert Settings() == table.from_line("playground")[0]
