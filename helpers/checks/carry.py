"""The learner's functions go along: kept beside their notebook, carried into the assignments that build on them.

    checks.keep("06_deep_networks", globals())   # the last cell of assignment 06
    mine = checks.carry("06_deep_networks")      # in assignment 07: mine.model_forward, mine.origin["model_forward"]

Each is checked first. Where one is missing or wrong, the course's copy stands in for it, and that is said.
"""

import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.checks import apart, kept
from helpers.checks.kept import Examination, UnusableError, sentence

YOURS, COURSE = "yours", "course"


class Carried:
    """The functions of an assignment as attributes. origin: name -> "yours" or "course"."""

    def __init__(self, assignment: str, carried: dict[str, Callable], language: str) -> None:
        self.assignment, self._language = assignment, language
        self.origin = {name: function.origin for name, function in carried.items()}
        vars(self).update(carried)

    def __getattr__(self, name: str) -> Callable:
        known = ", ".join(vars(self).get("origin", ()))
        found = {"number": self.assignment[:2], "function": name, "known": known}
        raise AttributeError(sentence("no-such-function", self._language, **found))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.assignment!r}, {self.origin})"


def carry(assignment: str, *, only: Iterable[str] | None = None, language: str = "en") -> Carried:
    """The functions written in an earlier assignment, the learner's where they are right, else the course's.

    assignment: "06_deep_networks".  only: names of the functions wanted, all of them by default.
    Looks for my_06_deep_networks.py in this folder, then in ../06_deep_networks, and copies it here, so that it is
    handed in with the notebook. Prints whose code each function is. Whatever the file does, an answer comes back.
    Raises ValueError for an unknown assignment, AttributeError for an unknown name in `only`.
    """
    name = kept.full_name(assignment, language)
    exercises = kept.functions(name)
    names = list(exercises if only is None else only)
    for unknown in set(names) - set(exercises):
        found = {"number": name[:2], "function": unknown, "known": ", ".join(exercises)}
        raise AttributeError(sentence("no-such-function", language, **found))
    lines: list[str] = []
    own, verdicts = _own(name, names, lines, language)
    carried = {}
    for function_name in names:
        if function_name in own:
            carried[function_name] = through(own[function_name], function_name, name, YOURS)
            lines.append(f"  {sentence('yours', language, function=function_name)}")
            continue
        carried[function_name] = through(exercises[function_name].reference, function_name, name, COURSE)
        verdict = verdicts.get(function_name)
        key = "course" if verdict is None else "course-missing" if verdict.missing else "course-wrong"
        found = {"function": function_name, "file": kept.file_name(name), "reason": verdict.reason if verdict else ""}
        lines.append(f"  {sentence(key, language, **found)}")
    if not kept.is_loading():  # a kept file that carries functions of its own says nothing
        print("\n".join(lines))
    return Carried(name, carried, language)


def through(function: Callable, name: str, assignment: str, origin: str) -> Callable:
    """A function around another: its frame, in this file, shows that a call came through `carry` and from where."""

    @functools.wraps(function)
    def carried(*args: object, **kwargs: object) -> object:
        return function(*args, **kwargs)

    carried.__name__, carried.assignment, carried.origin = name, assignment, origin
    return carried


def _own(name: str, names: list[str], lines: list[str], language: str) -> tuple[dict[str, Callable], dict]:
    """({name: the learner's right function}, {name: verdict}); why not more, as lines."""
    file, number = kept.file_name(name), name[:2]
    path, examination = _find(name, names)
    if path is None:
        lines.append(sentence("none", language, file=file, name=name, number=number))
        return {}, {}
    problem, module, refusal = examination.problem, None, ""
    if not problem:
        here = kept.folder() / file
        try:
            if not here.exists() or here.read_bytes() != path.read_bytes():
                write(here, path.read_bytes())
            path = here  # imported from here, it brings the files it carries itself here too
        except OSError as error:
            refusal = sentence("not-copied", language, file=file, reason=error.strerror or error)
        try:
            module = kept.load(path)
        except UnusableError as unusable:
            problem = str(unusable)
    if problem:
        lines.append(sentence("unusable", language, file=file, reason=problem, number=number))
        return {}, {}
    lines += filter(None, [refusal, sentence("from", language, number=number, file=file)])
    return {n: vars(module)[n] for n in names if n in examination.right and n in vars(module)}, examination.verdicts


def _find(name: str, names: list[str]) -> tuple[Path | None, Examination]:
    """The file here; that of the assignment's own folder where there is none, or where it has more functions right."""
    file = kept.file_name(name)
    best, found = None, Examination()
    seen: list[bytes] = []
    for path in (kept.folder() / file, kept.folder().parent / name / file):
        try:
            content = path.read_bytes()
            if content in seen or found.right >= set(names):
                continue
            seen.append(content)
            examination = apart.examine(path, name, names)
        except OSError:
            continue
        if best is None or len(examination.right) > len(found.right):
            best, found = path, examination
    return best, found


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.draft-{os.getpid()}")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
