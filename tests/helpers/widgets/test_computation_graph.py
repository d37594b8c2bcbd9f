"""Does the computation graph interactive walk forward and backward as calculus says, and say so?"""

import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import gradient_check, widgets
from helpers.widgets.computation_picture import TALL
from helpers.widgets.sketch import width_of

BED = {"a": "l * w", "e": "2 * (l + w)", "s": "8 * a", "t": "5 * e", "J": "s + t"}
NEURON = {"z": "w1 * x1 + w2 * x2 + b", "a": "sigmoid(z)", "L": "-log(a)"}
AT = {"x1": 1.5, "w1": 0.4, "x2": -1.0, "w2": 0.8, "b": 0.1}
SHARED = {"u": "p * q", "v": "u + r", "s": "sigmoid(v)", "J": "p * s"}
TEN = {"z1": "w1 * x + b1", "a1": "relu(z1)", "z2": "w2 * a1 + b2", "a2": "sigmoid(z2)", "L": "-log(1 - a2)"}
AT_TEN = {"x": 1.5, "w1": 0.8, "b1": -0.2, "w2": 1.1, "b2": 0.3}
NORMAL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBERS = st.floats(-3, 3).map(lambda x: round(x, 1))


def bed(**options) -> widgets.ComputationGraph:
    return widgets.ComputationGraph(BED, {"l": 3.0, "w": 2.0}, low=0.5, high=6.0, **options)


def told(panel: widgets.ComputationGraph, steps: int) -> str:
    for _ in range(steps):
        panel.press("step")
        assert panel.problem == "", panel.details
    return panel.words


def test_the_bed_forward_and_backward() -> None:
    panel = bed(units={"l": "m", "w": "m", "e": "m"})
    assert panel.words == "The inputs are given: ℓ = 3 m, w = 2 m. The first step will compute a."
    assert told(panel, 2) == "Forward, 2 of 5: e = 2 · (ℓ + w) = 2 · (3 + 2) = 10 m."
    assert "J = s + t = 48 + 50 = 98" in told(panel, 3)
    assert told(panel, 1) == "Backward, 1 of 7: dJ = 1, since J changes exactly as fast as itself."
    assert "one arrow leaves e, to t; slope 5 times dt = 1 gives 5. So de = 5." in told(panel, 3)
    words = told(panel, 3)
    assert "two arrows leave ℓ. To a: slope w = 2 times da = 8 gives 16. To e: slope 2 times de = 5 gives 10." in words
    assert "Added: dℓ = 26." in words
    assert "ℓ larger by 0.01 would change J by about 0.26" in words
    assert told(panel, 1) == words, "there is nothing after the end"


def test_step_back_and_start_again() -> None:
    panel = bed()
    first, second = panel.words, told(panel, 1)
    told(panel, 6)
    for _ in range(6):
        panel.press("back")
    assert panel.words == second
    told(panel, 3)
    panel.press("again")
    assert panel.words == first
    panel.press("back")
    assert panel.words == first


def test_inputs_move_at_every_step_without_losing_the_place() -> None:
    panel = bed()
    told(panel, panel.end)
    panel.values = {"l": 3.0, "w": 4.0}
    assert "dℓ = 42" in panel.words
    assert "7 of 7" in panel.words


@settings(deadline=None, max_examples=30)
@given(values=st.fixed_dictionaries(dict.fromkeys("pqr", NUMBERS)))
def test_derivatives_agree_with_torch_and_central_differences(values) -> None:
    panel = widgets.ComputationGraph(SHARED, values)
    computation = panel.computation
    d = computation.backward(computation.forward(values))
    p, q, r = leaves = [torch.tensor(values[name], dtype=torch.float64, requires_grad=True) for name in "pqr"]
    (p * torch.sigmoid(p * q + r)).backward()
    assert [d[name] for name in "pqr"] == pytest.approx([leaf.grad.item() for leaf in leaves], rel=1e-9, abs=1e-12)
    at = {name: np.array(value) for name, value in values.items()}
    numeric = gradient_check.numerical_gradient(
        lambda p: computation.forward({name: float(x) for name, x in p.items()})["J"], at
    )
    assert [d[name] for name in "pqr"] == pytest.approx([float(numeric[f"d{name}"]) for name in "pqr"], abs=1e-7)


@settings(deadline=None, max_examples=8)
@given(values=st.fixed_dictionaries(dict.fromkeys(AT, NUMBERS)))
def test_every_number_said_of_the_neuron_is_right(values) -> None:
    panel = widgets.ComputationGraph(NEURON, {name: values[name] for name in AT}, fixed=["x1", "x2"])
    z = values["w1"] * values["x1"] + values["w2"] * values["x2"] + values["b"]
    a = 1 / (1 + np.exp(-z))
    wanted = {"b": a - 1, "w₂": (a - 1) * values["x2"], "w₁": (a - 1) * values["x1"]}
    told(panel, 5)
    for said, value in {"z": a - 1, **wanted}.items():
        words = told(panel, 1)
        digits, _, power = re.search(rf"So d{said} = (.+)\.\n?", words)[1].partition("·10")
        told_value = float(digits.replace("−", "-")) * 10.0 ** int(power.translate(NORMAL) or 0)
        assert told_value == pytest.approx(value, rel=6e-3, abs=1e-12)
    assert panel.at == panel.end, "the features get no derivative"


def test_only_what_has_been_found_is_shown() -> None:
    panel = bed()
    told(panel, 2)
    assert "found so far: ℓ = 3, w = 2, a = 6, e = 10. Below" in panel.alt
    assert "derivatives found so far: none yet" in panel.alt
    told(panel, 5)
    assert "derivatives found so far: dJ = 1, dt = 1." in panel.alt
    assert "The arrows that leave t are orange" in panel.alt


def test_each_step_changes_the_picture() -> None:
    panel = bed()
    seen = {panel.picture}
    for _ in range(panel.end):
        told(panel, 1)
        seen.add(panel.picture)
    assert len(seen) == panel.end + 1


def test_nodes_stand_apart_and_within_the_paper() -> None:
    for panel in (
        bed(),
        widgets.ComputationGraph(NEURON, AT),
        widgets.ComputationGraph(SHARED, dict.fromkeys("pqr", 1.0)),
    ):
        view = panel.view
        boxes = [(x - view.wide[n] / 2, x + view.wide[n] / 2, y) for n, (x, y) in view.places.items()]
        assert all(left >= 0 and right <= view.sketch.width for left, right, _ in boxes)
        for k, (left, right, y) in enumerate(boxes):
            for left2, right2, y2 in boxes[:k]:
                assert right < left2 or right2 < left or abs(y - y2) >= 50


@pytest.mark.parametrize(("steps", "inputs"), [(NEURON, AT), (SHARED, dict.fromkeys("pqr", 1.2)), (TEN, AT_TEN)])
def test_nothing_is_written_over_a_box_or_other_words(monkeypatch, steps, inputs) -> None:
    panel = widgets.ComputationGraph(steps, inputs)
    view, written = panel.view, []
    boxes = [
        (x - view.wide[n] / 2, y - TALL / 2, x + view.wide[n] / 2, y + TALL / 2) for n, (x, y) in view.places.items()
    ]

    def text(x, y, words, size, colour="", bold=False, place="m") -> None:
        half = width_of(words, size, bold) / 2
        written.append((x - half, y - 0.4 * size, x + half, y + 0.4 * size, words))

    monkeypatch.setattr(view.sketch, "text", text)
    for _ in range(panel.end):
        written.clear()
        told(panel, 1)
        beside = [place for place in written if place[4] not in view.formulas.values()]
        assert all(left >= 0 and right <= view.sketch.width for left, _, right, _, _ in beside)
        for k, place in enumerate(beside):
            covered = [other for other in (*boxes, *beside[:k]) if overlap(place, other)]
            assert not covered, (panel.words, place, covered)


def overlap(a: tuple, b: tuple) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize(("steps", "inputs"), [(NEURON, AT), (SHARED, dict.fromkeys("pqr", 1.2)), (TEN, AT_TEN)])
def test_arrows_run_beside_boxes_and_on_the_paper(steps, inputs) -> None:
    view = widgets.ComputationGraph(steps, inputs).view
    for step in view.computation.steps:
        for used in step.uses:
            (x0, y0), (x1, y1), bend = view._ends(used, step.name)
            assert x1 - x0 > 30, "long enough to be seen"
            for share in np.linspace(0.02, 0.98, 49):
                lift = 4 * share * (1 - share) * bend
                x, y = x0 + share * (x1 - x0) + lift * (y1 - y0), y0 + share * (y1 - y0) - lift * (x1 - x0)
                assert y > 5
                for name, (middle, height) in view.places.items():
                    assert abs(x - middle) > view.wide[name] / 2 or abs(y - height) > TALL / 2, (used, step.name)


def test_a_chain_of_steps_runs_level_and_inputs_stand_just_before_their_first_use() -> None:
    panel = widgets.ComputationGraph(TEN, AT_TEN)
    assert len({panel.view.places[name][1] for name in TEN}) == 1
    assert [panel.view.column[name] for name in AT_TEN] == [0, 0, 0, 2, 2]


def test_plays_to_the_end_and_from_the_beginning_again() -> None:
    panel = bed()
    panel.playing = True
    for _ in range(panel.end):
        assert panel.playing
        panel._handle_custom_msg({"tick": "1"}, [])
    assert not panel.playing
    assert "7 of 7" in panel.words
    panel.playing = True
    panel._handle_custom_msg({"tick": "2"}, [])
    assert "The inputs are given" in panel.words
    assert panel.playing


def test_a_step_that_leads_nowhere_has_no_derivative() -> None:
    panel = widgets.ComputationGraph({"aside": "2 * x", "J": "x + 1"}, {"x": 1.0})
    told(panel, 3)
    words = told(panel, 1)
    assert "no arrow leaves aside" in words
    assert "two arrows leave x" in told(panel, 1)
    assert panel.words.endswith("would change J by about 0.01.")


def forgetful(values):
    return {"ds": 1, "dt": 1, "da": 8, "de": 5, "dl": 10, "dw": 10}


def test_a_learner_s_backward_is_told_where_it_parts() -> None:
    panel = bed(backward=forgetful)
    assert "Your backward agrees." in told(panel, 10)
    assert "Your backward gives dw = 10 here: the first, from the end" in told(panel, 1)
    assert "Your backward gives dℓ = 10 here." in told(panel, 1)


def test_a_learner_s_right_backward_agrees_to_the_end() -> None:
    asked = []

    def right(values):
        asked.append(values)
        dl, dw = 8 * values["w"] + 10, 8 * values["l"] + 10
        return {"ds": 1, "dt": 1, "da": np.array([[8.0]]), "de": 5, "dl": dl, "dw": dw}

    panel = bed(backward=right)
    assert "Your backward agrees." in told(panel, panel.end)
    assert asked[-1]["J"] == 98


@pytest.mark.parametrize(
    ("backward", "sentence"),
    [
        (lambda values: None, "backward gave NoneType, but a dictionary with dt, ds, de, da, dw, dl is needed"),
        (lambda values: {"dl": 1}, "backward gave ['dl']"),
        (lambda values: forgetful(values) | {"dt": float("nan")}, "backward gave dt = nan"),
        (lambda values: forgetful(values) | {"dt": np.ones(3)}, "backward gave dt = [1. 1. 1.]"),
        (lambda values: forgetful(values) | {"dt": "one"}, "backward gave dt = one"),
        (lambda values: values["nothing"], "KeyError"),
    ],
)
def test_a_learner_s_broken_backward_leaves_it_alive(backward, sentence: str) -> None:
    panel = bed(backward=backward)
    for _ in range(7):
        panel._handle_custom_msg({"press": "step"}, [])
    assert sentence in panel.problem
    assert "Traceback" in panel.details
    panel._handle_custom_msg({"press": "again"}, [])
    assert panel.problem == ""


@pytest.mark.parametrize(
    ("steps", "inputs", "options", "sentence"),
    [
        ({}, {"x": 1.0}, {}, "steps is empty"),
        ({"J": "x +"}, {"x": 1.0}, {}, "'x +' is not a formula"),
        ({"J": "x + y"}, {"x": 1.0}, {}, "uses y, which is not known yet; known are x"),
        ({"J": "K", "K": "x"}, {"x": 1.0}, {}, "uses K, which is not known yet"),
        ({"x": "x + 1"}, {"x": 1.0}, {}, "'x' cannot be the name of a step"),
        ({"J": "x ** x"}, {"x": 1.0}, {}, "a power needs a number as its exponent"),
        ({"J": "x"}, {}, {}, "inputs is {}"),
        ({"J": "x"}, {"x": float("nan")}, {}, "inputs is {'x': nan}"),
        ({"J": "x"}, {"x": "one"}, {}, "inputs is {'x': 'one'}"),
        ({"J": "x"}, {"x": 5.0}, {}, "input x is 5.0, but the sliders run from -3.0 to 3.0"),
        ({"J": "x"}, {"x": 1.0}, {"low": 2.0, "high": 0.0}, "the lower first"),
        ({"J": "x"}, {"x": 1.0}, {"fixed": ["y"]}, "fixed names 'y'"),
        ({"J": "x"}, {"x": 1.0}, {"fixed": None}, "fixed is None, but a list of names of inputs is needed"),
        ({"J": "x1"}, {"x1": 1.0}, {"fixed": "x1"}, "fixed is 'x1', but a list"),
        ({"J": "x"}, {"x": 1.0}, {"units": ["m"]}, "units is ['m'], but a dictionary is needed, such as {'l': 'm'}"),
        ([("J", "x", 1)], {"x": 1.0}, {}, "steps is [('J', 'x', 1)], but a dictionary of names and formulas"),
        ({f"n{k}": "x" for k in range(20)}, {"x": 1.0}, {}, "at most 14"),
        ({"J": "log(x)"}, {"x": -1.0}, {}, "Step J has no finite value at x = −1"),
    ],
)
def test_bad_arguments_give_a_sentence(steps, inputs, options, sentence: str) -> None:
    panel = widgets.ComputationGraph(steps, inputs, **options)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def test_inputs_without_a_value_are_told_of_and_left_again() -> None:
    panel = widgets.ComputationGraph({"J": "log(x)"}, {"x": 1.0})
    panel.values = {"x": -1.0}
    assert "Step J has no finite value at x = −1. Choose other inputs." in panel.problem
    panel.values = {"x": 2.0}
    assert panel.problem == ""


def test_a_slope_without_a_value_is_told_of() -> None:
    panel = widgets.ComputationGraph({"J": "x ** 0.5"}, {"x": 0.0})
    assert "no finite slope for x" in panel.problem
