"""Does any wrong implementation pass, or any right one fail, whatever the seed?"""

import copy
import functools
import pickle
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import corpus
from helpers import checks
from helpers.checks import registry
from helpers.checks.engine import Examination

IMPLEMENTATIONS = corpus.load()
WRONG = [i for i in IMPLEMENTATIONS if not i.is_right]
RIGHT = [i for i in IMPLEMENTATIONS if i.is_right]


def judge(implementation, seeds):
    for seed in seeds:
        report = checks.run(implementation.exercise_id, implementation.function, seed=seed)
        assert not report.broken, report.message
        assert report.passed is implementation.is_right, f"seed {seed}: {report.message}"
        assert report.points == (report.max_points if implementation.is_right else 0)
        if implementation.causes:
            assert report.diagnosis in implementation.causes, f"seed {seed}: {report.causes}"


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS, ids=str)
def test_it_is_judged_rightly_with_five_seeds(implementation):
    judge(implementation, range(5))


def passes(exercise, implementation, seed):
    return Examination(exercise, implementation.function, seed).passes()


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS, ids=str)
def test_the_verdict_alone_is_that_of_the_report(implementation):
    assert passes(registry.find(implementation.exercise_id), implementation, 0) is implementation.is_right


def remembering(reference):
    """The same pure function, asked once for the same arguments, where these can be told by their bytes."""
    answers = {}

    @functools.wraps(reference)
    def remembered(*args):
        try:
            key = pickle.dumps(args)
        except Exception:  # functions among them
            return reference(*args)
        if key not in answers:
            answers[key] = reference(*args)
        return copy.deepcopy(answers[key])

    return remembered


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("exercise_id", checks.exercises())
def test_all_of_an_exercise_are_judged_rightly_with_two_hundred_fresh_seeds(exercise_id):
    mine = [i for i in IMPLEMENTATIONS if i.exercise_id == exercise_id]
    found = registry.find(exercise_id)
    misjudged = []
    for seed in np.random.SeedSequence().generate_state(200).tolist():
        # With one seed all of them get the same cases, so the reference answers each of these once.
        exercise = replace(found, reference=remembering(found.reference))
        misjudged += [(seed, str(i)) for i in mine if passes(exercise, i, seed) is not i.is_right]
    assert misjudged == []


@pytest.mark.slow
@pytest.mark.parametrize("implementation", WRONG, ids=str)
def test_its_cause_is_named_with_ten_fresh_seeds(implementation):
    judge(implementation, [None] * 10)


def test_every_exercise_has_wrong_and_right_ones():
    for exercise_id in checks.exercises():
        assert any(i.exercise_id == exercise_id for i in WRONG), f"{exercise_id} has no wrong implementation"
        assert any(i.exercise_id == exercise_id for i in RIGHT), f"{exercise_id} has no right implementation"


def test_assignment_03_has_enough_of_both():
    assert sum(i.exercise_id.startswith("03-") for i in WRONG) >= 40
    assert sum(i.exercise_id.startswith("03-") for i in RIGHT) >= 20
