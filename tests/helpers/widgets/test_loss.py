"""Does the loss interactive say truly what an answer costs, and how hard each loss pulls?"""

import re

import numpy as np
import pytest

from helpers import costs, widgets
from helpers.widgets.loss import ANSWERS


@pytest.fixture(scope="module")
def loss() -> widgets.Loss:
    return widgets.Loss()


def found(pattern: str, words: str) -> list[float]:
    match = re.search(pattern, words)
    assert match, words
    return [float(text.replace("−", "-")) for text in match.groups()]


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("a", ANSWERS)
def test_words_tell_both_losses_and_their_slopes(loss, a: float, y: int) -> None:
    loss.values = {"truth": loss.truths[y], "answer": a}
    assert loss.problem == ""
    p = a if y else 1 - a
    told = found(r"Cross-entropy (\d+\.\d+).* Squared error (\d+\.\d+),", loss.words)
    np.testing.assert_allclose(told, [-np.log(p), (a - y) ** 2 / 2], atol=6e-4)
    # By hand: dL/dz is a − y for the cross-entropy, (a − y) a (1 − a) for the squared error.
    told = found(r"cross-entropy (−?[\d.]+), squared error (−?[\d.]+)\. Both", loss.words)
    np.testing.assert_allclose(told, [a - y, (a - y) * a * (1 - a)], atol=6e-4)
    assert ("raise the score" in loss.words) == (y == 1)


def test_a_confident_mistake_costs_what_the_lesson_says(loss) -> None:
    loss.values = {"truth": loss.truths[1], "answer": 0.001}
    assert "it gave 0.1\u00a0% to what is true. Wrong, and sure of it." in loss.words
    assert "Cross-entropy 6.908: as much as 66 answers that gave 90\u00a0% to the truth." in loss.words
    assert "the squared error says it 1001 times as softly" in loss.words


@pytest.mark.parametrize(
    ("a", "y", "judgement"),
    [(0.99, 1, "Right, and sure."), (0.7, 1, "Right."), (0.5, 0, "Undecided."), (0.7, 0, "Wrong."),
     (0.99, 0, "Wrong, and sure of it.")],
)  # fmt: skip
def test_answers_are_judged(loss, a: float, y: int, judgement: str) -> None:
    loss.values = {"truth": loss.truths[y], "answer": a}
    assert judgement in loss.words.splitlines()[0]


def test_the_picture_holds_the_curves_and_the_tangents(loss) -> None:
    loss.values = {"truth": loss.truths[0], "answer": 0.8}
    answers, drawn = loss.view._curves[0][0].get_data()
    np.testing.assert_allclose(drawn, -np.log(1 - answers), atol=1e-9)
    for k, slope in enumerate((0.8, 0.8 * 0.2 * 0.8)):
        (x0, x1), (y0, y1) = loss.view._tangents[k].get_data()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, abs=1e-6)


def test_a_learner_s_cost_takes_the_place_of_the_course_s() -> None:
    own = widgets.Loss(cost=lambda A, Y: float(np.abs(A - Y).item()), start=0.3)
    assert own.problem == ""
    (told,) = found(r"the cost given (\d\.\d+)", own.words)
    assert told == 0.7
    assert widgets.Loss(cost=lambda A, Y: costs.cross_entropy(A, Y)).problem == ""


def test_a_cost_that_points_the_wrong_way_is_told() -> None:
    own = widgets.Loss(cost=lambda A, Y: -costs.cross_entropy(A, Y))
    assert "do not agree where to go" in own.words


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"cost": lambda A, Y: A - Y + np.zeros((1, 2))}, "cost gave"),
        ({"cost": lambda A, Y: None}, "cost gave None"),
        ({"other": lambda A, Y: np.inf}, "other gave inf"),
        ({"cost": raises}, "ZeroDivisionError: of my own making"),
        ({"class_names": ("Adelie",)}, "class_names is ('Adelie',), but 2 names in quotes are needed: for y = 0 and"),
        ({"class_names": None}, "class_names is None"),
        ({"start": np.nan}, "start is nan, but a finite number"),
    ],
)
def test_what_cannot_be_drawn_gives_a_sentence(options, sentence: str) -> None:
    panel = widgets.Loss(**options)
    assert sentence in panel.problem
    assert panel.controls == [], "or they would be dead"
    assert "Traceback" in panel.details
