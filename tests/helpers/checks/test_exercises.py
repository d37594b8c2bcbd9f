"""Do the exercises keep what the engine and the texts expect of them?"""

import ast
import re
import string
from pathlib import Path

import numpy as np
import pytest

from helpers import checks
from helpers.checks import diagnosis, registry, relations, symptoms, texts, values
from helpers.checks.compare import compare

EXERCISES = registry.every()
FOLDER = Path(checks.__file__).parent
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def own_texts(exercise):
    return texts.load(registry.text_file(exercise))[exercise.id]


@every_exercise
def test_it_is_declared_as_the_notebooks_need_it(exercise):
    assert re.fullmatch(r"\d\d(-[a-z0-9]+)+", exercise.id)
    assert exercise.points in (1, 2, 3)
    assert len(exercise.misconceptions) + len(exercise.symptoms) >= 4


@every_exercise
def test_the_reference_earns_all_points(exercise):
    for seed in range(20):
        report = checks.run(exercise.id, exercise.reference, seed=seed, watch=False)
        assert report.passed, report.message
        assert report.points == report.max_points == exercise.points


@every_exercise
def test_the_worked_examples_agree_with_the_reference(exercise):
    for args, answer in exercise.examples:
        got = values.normalize(exercise.reference(*map(values.copy, args)))
        assert compare(got, values.normalize(answer), exercise.tolerance) is None


@every_exercise
def test_each_misconception_fails_and_is_named(exercise):
    for name, wrong in exercise.misconceptions.items():
        for seed in range(3):
            report = checks.run(exercise.id, wrong, seed=seed, watch=False)
            assert not report.broken, report.message
            assert not report.passed, f"{name} passes with seed {seed}"
            # For exercises whose answers may differ from the reference's, properties may name it first.
            assert name in report.causes or not exercise.compare_values, f"{name} is taken for {report.causes}"


@every_exercise
@pytest.mark.timeout(120)
def test_cases_are_drawn_whatever_the_seed(exercise):
    """Some are drawn until they suit; a seed with which none ever suits would leave a learner waiting."""
    for seed in range(500):
        assert list(exercise.cases(np.random.default_rng(seed)))


@every_exercise
def test_cases_are_fresh_and_have_the_smallest_sizes(exercise):
    first = [tuple(args) for args in exercise.cases(np.random.default_rng(1))]
    second = [tuple(args) for args in exercise.cases(np.random.default_rng(2))]
    tolerance = exercise.tolerance
    flat = [
        [leaf for leaf in values.leaves(case) if values.is_real_array(leaf) or values.is_number(leaf)] for case in first
    ]
    other = [
        [leaf for leaf in values.leaves(case) if values.is_real_array(leaf) or values.is_number(leaf)]
        for case in second
    ]
    if not any(flat) and not any(other):  # functions are all that is handed over: new ones, then
        assert any(a is not b for one, two in zip(first, second) for a, b in zip(one, two)), (
            "the cases do not depend on rng"
        )
        return
    assert any(compare(a, b, tolerance) is not None for a, b in zip(flat, other)), "the cases do not depend on rng"


@every_exercise
def test_it_answers_within_half_the_time_of_a_heartbeat(exercise):
    """No absolute time: a check calls the function at most so often, however slow it is."""
    calls = []

    def counted(*args):
        calls.append(1)
        return exercise.reference(*args)

    assert checks.run(exercise.id, counted, seed=0, watch=False).passed
    assert len(calls) <= 150


def test_every_cause_has_its_text_and_no_text_is_unused():
    shared = texts.load(texts.ENGINE)
    engine_source = "".join(text for name, text in SOURCES.items() if not re.match(r"a\d\d_", name))
    for section in ("findings", "causes", "frame", "kinds"):
        for key in shared[section]:
            assert re.search(rf'["\']{re.escape(key)}["\']', engine_source), f"{section}.{key} is never used"
    for exercise in EXERCISES.values():
        own, source = own_texts(exercise), SOURCES[registry.text_file(exercise)]
        named = set(exercise.misconceptions) | set(exercise.symptoms)
        missing = named - set(own.get("causes", {})) - set(shared["causes"])
        assert not missing, f"{exercise.id} has no text for {missing}"
        for key in [*own.get("causes", {}), *own.get("findings", {})]:
            assert key in named or f'"{key}"' in source, f"{exercise.id}: the text {key} is never used"


def test_every_generic_cause_that_the_engine_can_name_has_its_text():
    shared = texts.load(texts.ENGINE)["causes"]
    for name in [*relations.VALUES, *relations.FORMS, *symptoms.ERROR_CAUSES.values()]:
        assert name in shared
    returned = re.findall(r'\["([a-z-]+)"\]|"([a-z]+(?:-[a-z]+)+)"\]?', SOURCES["diagnosis"] + SOURCES["symptoms"])
    for name in {a or b for a, b in returned} - {"W1", "b1"}:
        assert name in shared, f"{name} has no text"


def test_every_text_can_be_filled():
    files = [texts.load(path.stem) for path in (FOLDER / "text").glob("*.toml")]
    strings = [text for file in files for text in strings_in(file)]
    assert len(strings) > 100
    for text in strings:
        fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(re.fullmatch(r"\w+", name) for name in fields), text
        assert "!" not in text.replace("!=", ""), f"an exclamation mark: {text}"


def test_causes_need_no_filling():
    for exercise in EXERCISES.values():
        for text in own_texts(exercise).get("causes", {}).values():
            assert texts.fill(text, {})


def strings_in(table):
    for value in table.values():
        if isinstance(value, dict):
            yield from strings_in(value)
        elif isinstance(value, str):
            yield value


def test_no_sentence_for_learners_stands_in_the_logic():
    """Three words and a full stop in a string that is no docstring, outside of errors for programmers."""

    for name, source in SOURCES.items():
        tree = ast.parse(source)
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                assert not re.search(r"\w+ \w+ \w+.*\.$", node.value.strip()), f"{name}: {node.value!r}"


def test_diagnosis_names_nothing_for_a_right_function():
    exercise = registry.find("03-neuron-forward")
    cases = list(exercise.cases(np.random.default_rng(0)))
    assert diagnosis.causes(exercise, exercise.reference, cases) == []
