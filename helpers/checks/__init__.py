"""Checks of the exercises: values in, values out, and a sentence about what is wrong.

>>> from helpers import checks
>>> checks.check("03-neuron-forward", neuron_forward)      # in a notebook: prints the good news or says what is wrong
>>> report = checks.run("03-neuron-forward", neuron_forward, seed=1)   # for programs
>>> report.passed, report.points, report.diagnosis

How to add an exercise: README.md in this folder.
"""

import sys
from collections.abc import Callable

from helpers.checks import notebook, registry, texts
from helpers.checks.carry import carry
from helpers.checks.engine import run
from helpers.checks.keep import keep
from helpers.checks.registry import every, find
from helpers.checks.report import Report

__all__ = ["CheckBroken", "CheckFailed", "Report", "carry", "check", "exercises", "get_ready", "keep", "run"]


class _MessageError(Exception):
    """Shown by a notebook as its text alone: the frames between the learner's cell and the check explain nothing."""

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


class CheckFailed(_MessageError, AssertionError):  # noqa: N818 - an error of the code, not of the check
    """The function is not right yet; the text says why."""


class CheckBroken(_MessageError, RuntimeError):  # noqa: N818
    """The check itself stopped working: nobody's points should depend on it."""


def exercises(assignment: str | None = None) -> list[str]:
    """Ids of all exercises, or of those of one assignment such as "03", in the order of the notebooks."""
    return [name for name in every() if assignment is None or name.startswith(f"{assignment}-")]


def check(exercise_id: str, function: Callable, *, seed: int | None = None, language: str = "en") -> None:
    """Print the good news, or raise AssertionError whose text says what is wrong and the likely cause.

    Raises ValueError for an unknown exercise, CheckBroken where the check itself stopped working.
    """
    __tracebackhide__ = True  # for IPython and pytest; plain Python shows the frame
    try:
        report = run(exercise_id, function, seed=seed, language=language)
    except KeyboardInterrupt:
        name = find(exercise_id, language).function_name
        raise CheckFailed(texts.engine("frame", "interrupted", language, function=name)) from None
    if report.broken:
        raise CheckBroken(report.message) from None
    if not report.passed:
        failed = CheckFailed(report.message)
        failed.report = report  # for the grader, which counts causes
        raise failed from None
    print(report.message)


def get_ready() -> None:
    """Read the texts of the assignments that are imported: for a process that forks, so that not each fork does it."""
    for name in [texts.ENGINE, *registry.modules().values()]:
        if name == texts.ENGINE or f"{__name__}.{name}" in sys.modules:
            texts.load(name, "en")


notebook.settle()
