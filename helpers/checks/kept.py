"""The file in which a learner's functions wait for the next assignment: its name, how it is read, and what it is worth.

A learner's file may do anything when it is imported, and so may its functions: apart.py examines it in another process.
"""

import contextlib
import io
import linecache
import re
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers.checks import registry, texts
from helpers.checks.engine import run
from helpers.checks.exercise import Exercise
from helpers.checks.report import Report, Writer

_loading: list[Path] = []  # files that are being imported just now, the innermost last
remembered: dict[str, "Examination"] = {}  # by content: for files that another file asks for


@dataclass(frozen=True)
class Verdict:
    """right, or why not: a sentence. missing: there is no such function in the file."""

    right: bool
    reason: str = ""
    missing: bool = False


@dataclass
class Examination:
    """What a file is worth. problem: a sentence, if it cannot be imported; then no function is right."""

    problem: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    @property
    def right(self) -> set[str]:
        return {name for name, verdict in self.verdicts.items() if verdict.right}


class UnusableError(Exception):
    """The file cannot be imported; the text says why."""


def sentence(key: str, language: str = "en", /, **filled: object) -> str:
    return texts.fill(texts.load("carry", language)["carry"][key], filled)


def full_name(assignment: str, language: str = "en") -> str:
    """ "06_deep_networks", also for "06". Raises ValueError where there is no such assignment."""
    names = {number: module[1:] for number, module in registry.modules().items()}
    name = names.get(str(assignment)[:2], "")
    if str(assignment) not in (name, name[:2]) or not name:
        raise ValueError(sentence("unknown", language, name=repr(assignment), known=", ".join(names.values())))
    return name


def file_name(name: str) -> str:
    return f"my_{name}.py"


def functions(name: str) -> dict[str, Exercise]:
    """The exercises of an assignment by the name of the learner's function."""
    return {exercise.function_name: exercise for exercise in registry.of_assignment(name[:2]).values()}


def folder() -> Path:
    """Where files are looked for and laid: beside the notebook, or beside the file that is being imported."""
    return _loading[-1].parent if _loading else Path.cwd()


def is_loading() -> bool:
    return bool(_loading)


def load(path: Path) -> types.ModuleType:
    """Import a file without a trace on disk. Raises UnusableError, whatever the file does short of ending Python."""
    module = types.ModuleType(re.sub(r"\W", "_", path.stem))
    module.__file__ = str(path)
    linecache.checkcache(str(path))
    sys.modules[module.__name__] = module  # dataclasses and pickle look there
    _loading.append(path)
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), module.__dict__)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too
        sys.modules.pop(module.__name__, None)
        raise UnusableError(_in_words(error, path)) from None
    finally:
        _loading.pop()
    return module


def _in_words(error: BaseException, path: Path) -> str:
    line, trace = getattr(error, "lineno", None), error.__traceback__
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == str(path) else line
        trace = trace.tb_next
    try:
        text = str(getattr(error, "msg", None) or error)[:200]
    except Exception:
        text = ""
    key = "stops-in-line" if line else "stops"
    return sentence(key, type=type(error).__name__, text=f": {text}" if text else "", line=line)


def steps(path: Path, name: str, names: Sequence[str]) -> Iterator[dict]:
    """Import and check, as a list of what happens, each a dict of plain values."""
    yield {"step": "ready"}
    try:
        module = load(path)
    except UnusableError as unusable:
        yield {"problem": str(unusable)}
        return
    for function_name in names:
        yield {"step": function_name}
        yield {"verdict": function_name, **_judge(functions(name)[function_name], module)}
    yield {"remembered": {k: {n: vars(v) for n, v in e.verdicts.items()} for k, e in remembered.items()}}


def _judge(exercise: Exercise, module: types.ModuleType) -> dict:
    if exercise.function_name not in vars(module):
        return {"right": False, "missing": True}
    report = run(exercise.id, vars(module)[exercise.function_name])
    return {"right": report.passed, "reason": "" if report.passed else why(exercise, report)}


def why(exercise: Exercise, report: Report) -> str:
    """The likely cause, or what was found first."""
    if report.broken or not report.causes:
        return report.message if report.broken else report.findings[0].text
    return Writer(exercise, texts.load(registry.text_file(exercise))[exercise.id], "en").cause(report.causes[0])
