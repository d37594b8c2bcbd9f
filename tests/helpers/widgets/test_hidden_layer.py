"""Is a hidden layer taken apart truly: its units' lines, what each adds, and what is left without one?"""

import re

import numpy as np
import pytest

from helpers import costs, data, network, training, widgets

MOONS = data.moons(300, np.random.default_rng(1))
START = network.initialize([2, 3, 1], np.random.default_rng(0), scale="xavier")
TRAINED = training.train(MOONS.X, MOONS.Y, START, learning_rate=1.0, steps=3000, hidden="tanh").parameters


def make(**options) -> widgets.HiddenLayer:
    return widgets.HiddenLayer(MOONS.X, MOONS.Y, TRAINED, **options)


@pytest.fixture
def panel() -> widgets.HiddenLayer:
    panel = make()
    assert panel.problem == "", panel.details
    return panel


def right(parameters) -> int:
    return int((network.classify(MOONS.X, parameters, hidden="tanh") == MOONS.Y).sum())


def without(parameters, *units: int):
    W2 = parameters["W2"].copy()
    W2[0, list(units)] = 0
    return parameters | {"W2": W2}


def test_starts_as_the_trained_network(panel) -> None:
    J = costs.cross_entropy(network.predict(MOONS.X, TRAINED, hidden="tanh"), MOONS.Y)
    assert f"Cost J = {J:.3f}; {right(TRAINED)} of 300 right" in panel.words
    assert "Every unit is listened to" in panel.words


@pytest.mark.parametrize("k", [0, 1, 2])
def test_a_unit_switched_off_adds_nothing(panel, k: int) -> None:
    panel.values = {**panel.values, f"on{k + 1}": False}
    assert f"; {right(without(TRAINED, k))} of 300 right" in panel.words
    assert f"Without unit {k + 1}; with every unit it would be {right(TRAINED)}." in panel.words
    assert panel.view._rects[k].get_width() == 0
    assert len(panel.view.units[k]._line.get_xdata()) == 0, "the line of a silent unit goes"


def test_without_any_unit_every_point_gets_the_same(panel) -> None:
    panel.values = {**panel.values, "on1": False, "on2": False, "on3": False}
    assert "No unit is listened to" in panel.words
    assert len(np.unique(panel.view.output._shading.shares)) == 1


def test_bars_add_up_to_the_score_of_the_network(panel) -> None:
    panel.values = {**panel.values, "x1": 0.7, "x2": -0.4}
    point = np.array([[0.7], [-0.4]])
    (_, (hidden, output)) = network.forward(point, TRAINED, hidden="tanh")
    parts = [*(TRAINED["W2"][0] * hidden.A[:, 0]), TRAINED["b2"].item()]
    # A bar lies left of zero for a part below it.
    drawn = [r.get_width() if r.get_x() >= 0 else -r.get_width() for r in panel.view._rects]
    np.testing.assert_allclose(drawn[:-1], parts)
    assert sum(parts) == pytest.approx(output.Z.item())
    assert drawn[-1] == pytest.approx(np.clip(output.Z.item(), -panel.view.reach, panel.view.reach))
    assert f"so the probability of y = 1 is {output.A.item():.1%}".replace("%", "\u00a0%") in panel.words


@pytest.mark.parametrize("seed", range(8))
def test_the_sum_in_words_comes_out_by_hand(panel, seed: int) -> None:
    rng = np.random.default_rng(seed)
    point = {"x1": round(rng.uniform(-1, 2), 1), "x2": round(rng.uniform(-1, 1), 1)}
    panel.values = {**panel.values, **point, "w1": round(rng.uniform(-3, 3), 1), "on2": bool(seed % 2)}
    line = panel.words.splitlines()[2].replace("−", "-")
    terms = re.findall(r"([+-]?) ?(\d+\.\d+) · \(?(-?\d+\.\d+)\)?", line)
    bias, z = re.search(r"([+-] \d+\.\d+) = (-?\d+\.\d\d),", line).groups()
    assert len(terms) == 3
    by_hand = sum(float(f"{sign}{v}") * float(a) for sign, v, a in terms) + float(bias.replace(" ", ""))
    assert by_hand == pytest.approx(float(z), abs=0.0051)


def test_a_silent_unit_is_not_said_to_be_listened_to(panel) -> None:
    assert "and the output listens to it with the weight" in panel.words
    panel.values = {**panel.values, "on1": False}
    assert "listens to it" not in panel.words
    assert "the output does not listen to it now" in panel.words


def test_nearly_certain_is_not_certain() -> None:
    sure = {name: 60 * value for name, value in TRAINED.items()}
    panel = widgets.HiddenLayer(MOONS.X, MOONS.Y, sure)
    assert re.search(r"the probability of y = 1 is (over 99\.9|under 0\.1)\u00a0%", panel.words)


@pytest.mark.parametrize("k", [0, 1, 2])
def test_lines_are_where_units_and_output_are_undecided(panel, k: int) -> None:
    line = panel.view.units[k]._line.get_xydata()
    line = line[~np.isnan(line[:, 0])].T
    np.testing.assert_allclose(np.tanh(TRAINED["W1"] @ line + TRAINED["b1"])[k], 0, atol=0.03)
    edge = panel.view.output._line.get_xydata()
    edge = edge[~np.isnan(edge[:, 0])].T
    np.testing.assert_allclose(network.predict(edge, TRAINED, hidden="tanh"), 0.5, atol=0.05)


def test_the_sliders_are_those_of_the_chosen_unit(panel) -> None:
    panel.values = {**panel.values, "unit": "3"}
    assert panel.values["w1"] == TRAINED["W1"][2, 0]
    assert panel.values["v"] == TRAINED["W2"][0, 2]
    assert panel.words.splitlines()[1].startswith("Unit 3 sees")
    panel.values = {**panel.values, "w1": 0.0, "w2": 0.0, "b": 1.0}
    panel.values = {**panel.values, "unit": "1"}
    assert panel.values["w1"] == TRAINED["W1"][0, 0]
    changed = {name: value.copy() for name, value in TRAINED.items()}
    changed["W1"][2], changed["b1"][2] = 0, 1
    assert f"; {right(changed)} of 300 right" in panel.words, "what was moved stays moved"
    panel._handle_custom_msg({"press": "back"}, [])
    assert f"; {right(TRAINED)} of 300 right" in panel.words
    panel.values = {**panel.values, "unit": "3"}
    assert panel.values["w1"] == TRAINED["W1"][2, 0]


def test_keys_faster_than_the_kernel_copy_no_weights(panel) -> None:
    page = panel.values
    panel.values = {**page, "unit": "2"}
    # The page, which has not heard of unit 2's weights yet, sends a key on a slider of unit 1.
    panel.values = {**page, "unit": "2", "w1": 3.0}
    assert panel.values["w1"] == TRAINED["W1"][1, 0]
    assert f"; {right(TRAINED)} of 300 right" in panel.words
    assert panel.words.splitlines()[1].startswith("Unit 2 sees")
    for name in TRAINED:
        np.testing.assert_array_equal(panel.parameters[name], TRAINED[name])


def test_a_choice_taken_back_faster_than_the_kernel_is_drawn(panel) -> None:
    page, words = panel.values, panel.words
    panel.values = {**page, "unit": "2"}
    panel.values = page
    assert panel.values == page
    assert panel.words == words


def test_a_weight_that_comes_with_the_next_choice_is_that_of_the_unit_before(panel) -> None:
    panel.values = {**panel.values, "w1": 3.0, "unit": "2"}
    assert panel.parameters["W1"][0, 0] == 3.0
    np.testing.assert_array_equal(panel.parameters["W1"][1], TRAINED["W1"][1])
    assert panel.values["w1"] == TRAINED["W1"][1, 0]


def test_the_arguments_stay_as_they_are(panel) -> None:
    before = {name: value.copy() for name, value in TRAINED.items()}
    panel.values = {**panel.values, "w1": 1.5, "on2": False}
    for name, value in before.items():
        np.testing.assert_array_equal(TRAINED[name], value)


@pytest.mark.parametrize("n_1", [1, 6])
def test_few_and_many_units_fit(n_1: int) -> None:
    parameters = network.initialize([2, n_1, 1], np.random.default_rng(2), scale="xavier")
    panel = widgets.HiddenLayer(MOONS.X, MOONS.Y, parameters)
    assert panel.problem == ""
    assert panel.picture


def own(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    return 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"]))), {"A1": A1}


def test_a_learner_s_forward_takes_the_place_of_the_course_s() -> None:
    assert make(forward=own).words == make().words
    silent = make(forward=lambda X, p: (own(X, p)[0], {"A1": own(X, p)[1]["A1"] * 0}))
    assert "5.93 · 0.00 + 5.88 · 0.00" in silent.words


def test_parameters_may_be_lists() -> None:
    panel = widgets.HiddenLayer(MOONS.X, MOONS.Y, {name: value.tolist() for name, value in TRAINED.items()})
    assert panel.problem == ""
    assert panel.words == make().words


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("forward", "sentence"),
    [
        (lambda X, p: own(X, p)[0], "forward gave ndarray, but two things are needed"),
        (lambda X, p: (*own(X, p), 0), "forward gave 3 things, but two things are needed"),
        (
            lambda X, p: (p["W2"] @ own(X, p)[1]["A1"] + p["b2"], own(X, p)[1]),
            "but probabilities from 0 to 1 are needed.",
        ),
        (
            lambda X, p: (own(X, p)[0], {"A1": p["W1"] @ X + p["b1"]}),
            "but values of tanh from −1 to 1 are needed.",
        ),
        (lambda X, p: (own(X, p)[0], {"Z1": 0}), "holds Z1, but A1"),
        (lambda X, p: (own(X, p)[0].T, own(X, p)[1]), "A2 gave (300, 1), but an array of shape (1, 300)"),
        (lambda X, p: (own(X, p)[0], {"A1": own(X, p)[1]["A1"].T}), "A1 gave (300, 3)"),
        (lambda X, p: (own(X, p)[0] * np.nan, own(X, p)[1]), "no finite numbers"),
        (raises, "ZeroDivisionError: of my own making"),
    ],
)
def test_a_learner_s_broken_function_is_told_of(forward, sentence: str) -> None:
    panel = make(forward=forward)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


@pytest.mark.parametrize(
    ("X", "Y", "parameters", "sentence"),
    [
        (MOONS.X[:, :0], MOONS.Y[:, :0], TRAINED, "X has shape (2, 0)"),
        (MOONS.X * np.nan, MOONS.Y, TRAINED, "NaN"),
        (MOONS.X, MOONS.Y, None, "parameters is NoneType, but a dictionary with W1"),
        (MOONS.X, MOONS.Y, {}, "parameters is {}, but a dictionary with W1"),
        (MOONS.X, MOONS.Y, TRAINED | {"b2": np.array([[np.nan]])}, "parameters: b2 is an array of shape (1, 1) with"),
        (MOONS.X, MOONS.Y, TRAINED | {"W2": np.zeros((3, 1))}, "W2 of shape (1, 3)"),
        (
            MOONS.X,
            MOONS.Y,
            network.initialize([2, 7, 1], np.random.default_rng(0)),
            "W1 has 7 rows, but 1 to 6 hidden units",
        ),
    ],
)
def test_bad_arguments_give_a_sentence(X, Y, parameters, sentence: str) -> None:
    assert sentence in widgets.HiddenLayer(X, Y, parameters).problem
