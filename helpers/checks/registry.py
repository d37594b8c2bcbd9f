"""Which exercises there are: the tuples EXERCISES of the assignments' files, aNN_name.py, each imported when needed."""

import difflib
import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

from helpers.checks import texts
from helpers.checks.exercise import Exercise


@cache
def modules() -> dict[str, str]:
    """{"03": "a03_one_neuron", …} for the assignments that have a file here."""
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    return {name[1:3]: name for name in sorted(names) if re.fullmatch(r"a\d\d_\w+", name)}


@cache
def of_assignment(number: str) -> dict[str, Exercise]:
    module = importlib.import_module(f"helpers.checks.{modules()[number]}")
    return {exercise.id: exercise for exercise in module.EXERCISES}


def every() -> dict[str, Exercise]:
    """All exercises by id, assignment after assignment, in the order of the notebooks."""
    return {key: exercise for number in modules() for key, exercise in of_assignment(number).items()}


def find(exercise_id: str, language: str = "en") -> Exercise:
    """The exercise of this id. Raises ValueError with the nearest ids where there is none."""
    number = str(exercise_id)[:2]
    if number in modules() and exercise_id in of_assignment(number):
        return of_assignment(number)[exercise_id]
    near = difflib.get_close_matches(str(exercise_id), every(), n=3, cutoff=0.5)
    key = "unknown-exercise-near" if near else "unknown-exercise"
    raise ValueError(texts.engine("frame", key, language, id=repr(exercise_id), near=", ".join(near)))


def text_file(exercise: Exercise) -> str:
    return modules()[exercise.id[:2]]
