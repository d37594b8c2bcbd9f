"""Are the clinic's patients really ill, do their cures help, and do words and picture tell what the trainings did?"""

import re

import numpy as np
import pytest

from helpers import evaluation, network, training, widgets
from helpers.widgets.clinic_patients import PATIENTS, RECORDS, train


@pytest.fixture(scope="module")
def clinic() -> widgets.Clinic:
    return widgets.Clinic()


def visit(clinic: widgets.Clinic, name: str, **values) -> str:
    letter = next(key for key, ailment in clinic.ailments.items() if ailment == name)
    text = clinic.text
    healthy = {"experiment": text["experiments"]["none"], "guess": text["no_guess"], "cure": False}
    clinic.values = {"patient": letter, **healthy, **values}
    assert clinic.problem == ""
    return clinic.words


def test_every_ailment_has_its_words(clinic) -> None:
    for table in ("names", "signs", "remedies"):
        assert set(clinic.text[table]) == set(PATIENTS)


@pytest.mark.parametrize("name", PATIENTS)
def test_the_cured_do_well_on_fresh_points_and_the_ill_worse(clinic, name: str) -> None:
    sick, cured = clinic.trained[name]
    assert cured.right_new[-1] > 0.8
    assert name == "well" or sick.cost_new[-1] > cured.cost_new[-1] + 0.05


def test_the_diseases_show_as_the_words_say(clinic) -> None:
    sick = {name: curves for name, (curves, _) in clinic.trained.items()}
    for flat in ("small-start", "dead-units"):
        assert np.ptp(sick[flat].cost) < 0.01
        assert sick[flat].cost[-1] == pytest.approx(np.log(2), abs=0.01)
    for leaping in ("large-steps", "scales"):
        assert (np.diff(sick[leaping].cost) > 0.1).sum() > 3
    assert (np.diff(sick["small-steps"].cost) < 0).all()
    assert sick["small-steps"].cost[-1] > 0.6
    assert sick["leak"].right[-1] == 1
    assert sick["leak"].right_new[-1] == pytest.approx(0.5)
    assert sick["mixed-up"].right_new[-1] < 0.6
    late = sick["by-heart"]
    assert late.cost[-1] < 0.1
    assert late.cost_new[-1] > 2 * late.cost_new.min()
    weak = sick["too-weak"]
    assert weak.cost[-1] > 0.35
    assert abs(weak.cost[-1] - weak.cost_new[-1]) < 0.05
    best = min(("leak", "by-heart"), key=lambda name: sick[name].cost[-1])
    assert sorted(sick, key=lambda name: sick[name].cost[-1])[:2] in ([best, "by-heart"], [best, "leak"])


@pytest.mark.parametrize("cure", [False, True])
@pytest.mark.parametrize("name", PATIENTS)
def test_no_curve_leaves_the_picture(clinic, name: str, cure: bool) -> None:
    """One that falls on, or leaps, out of sight would seem to be level, which is a sign to be read."""
    visit(clinic, name, cure=cure)
    for ax, lines in ((clinic.view.cost, clinic.view.cost_lines), (clinic.view.right, clinic.view.right_lines)):
        drawn = np.concatenate([line.get_ydata() for line in lines])
        low, high = ax.get_ylim()
        assert low < drawn.min() <= drawn.max() < high
    assert clinic.view._cost_numbers[-1].get_text() == ("10000" if name == "scales" else "10")


def test_a_cost_below_a_hundredth_is_not_told_as_zero(clinic) -> None:
    assert re.search(r"0\.65 at the start, 0\.000\d at the end", visit(clinic, "leak"))


def test_curves_are_those_of_the_course_s_training() -> None:
    case = PATIENTS["well"]().sick
    curves = train(case)
    plain = training.train(case.X, case.Y, case.parameters, learning_rate=case.learning_rate, steps=case.steps)
    np.testing.assert_allclose(curves.cost[:-1], plain.costs[:: case.steps // RECORDS])
    answers = network.classify(case.X_new, plain.parameters)
    assert curves.right_new[-1] == evaluation.accuracy(answers, case.Y_new)
    assert (curves.steps[0], curves.steps[-1]) == (0, case.steps)


@pytest.mark.parametrize("name", PATIENTS)
def test_words_tell_the_ends_of_the_curves(clinic, name: str) -> None:
    words = visit(clinic, name)
    sick, _ = clinic.trained[name]
    found = re.search(
        r"Training: cost (\S+) at the start, (\S+) at the end, (\d+)\s% right. Validation: cost (\S+)", words
    )
    told = [float(number) for number in found.groups()]
    wanted = [sick.cost[0], sick.cost[-1], 100 * sick.right[-1], sick.cost_new[-1]]
    # Costs have two digits after the point, or none where there are many before it; shares have none.
    digits = [0.0051 if cost < 100 else 0.51 for cost in wanted]
    digits[2] = 0.51
    assert (np.abs(np.subtract(told, wanted)) <= digits).all(), words


@pytest.mark.parametrize("name", PATIENTS)
def test_only_the_right_guess_is_right_and_the_cure_tells(clinic, name: str) -> None:
    for guess, said in clinic.text["names"].items():
        words = visit(clinic, name, guess=said)
        assert ("That is it." in words, "Not that." in words) == (guess == name, guess != name)
        assert clinic.text["signs"][guess] in words
    assert clinic.text["names"][name] in visit(clinic, name, cure=True)
    assert clinic.text["remedies"][name] in clinic.words
    assert clinic.text["names"][name] not in visit(clinic, name)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("small-start", "start", r"layer 3 answers with \d(\.\d)?·10⁻⁶ typically"),
        ("dead-units", "start", r"layer 1 answers with 0 typically, and 100\s% of its answers are zero"),
        ("too-weak", "start", "there is no hidden layer"),
        ("scales", "scales", r"Spread of the features on the training points: 4\d0, 1\.2\."),
        ("large-steps", "tenth", r"ends at 0\.2"),
        ("well", "five", r"ends at 0\.00"),
        ("leak", "single", r"feature 3 has 100\s% of the training points right, and 50\s% of the validation points"),
        ("mixed-up", "neighbours", r"For (4|5)\d\s% of the training points"),
        ("well", "neighbours", r"For (7|8)\d\s% of the training points"),
    ],
)
def test_experiments_part_what_they_should(clinic, name: str, kind: str, said: str) -> None:
    words = visit(clinic, name, experiment=clinic.text["experiments"][kind])
    assert re.search(said, words), words


def test_the_picture_shows_the_curves_and_the_cured_ones_over_them(clinic) -> None:
    visit(clinic, "leak")
    before, (sick, cured) = clinic.picture, clinic.trained["leak"]
    lines = clinic.view.cost_lines
    np.testing.assert_allclose(lines[0].get_ydata(), sick.cost)
    np.testing.assert_allclose(lines[1].get_ydata(), sick.cost_new)
    assert len(lines[2].get_ydata()) == 0
    visit(clinic, "leak", cure=True)
    np.testing.assert_allclose(lines[2].get_ydata(), cured.cost)
    np.testing.assert_allclose(clinic.view.right_lines[3].get_ydata(), cured.right_new)
    assert clinic.picture != before
    assert "the cured training" in clinic.alt


@pytest.mark.parametrize("name", ["well", "by-heart"])
def test_the_axes_tell_the_steps_of_the_training(clinic, name: str) -> None:
    visit(clinic, name)
    steps = clinic.trained[name][0].steps[-1]
    for ax, numbers in zip((clinic.view.cost, clinic.view.right), clinic.view._numbers, strict=True):
        low, high = ax.get_xlim()
        told = [float(number.get_text()) for number in numbers]
        assert told == pytest.approx([low + number.xy[0] * (high - low) for number in numbers])
        assert told[-1] == steps


def test_an_unknown_patient_gives_a_sentence() -> None:
    assert "start is 'Z', but one of A, B" in widgets.Clinic("Z").problem
