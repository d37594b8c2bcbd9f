"""What a check found, and the message made of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from helpers.checks import texts, values
from helpers.checks.exercise import Exercise, Finding

MOST_SHOWN = 24
LONGEST_LINE = 160


@dataclass(frozen=True)
class Report:
    """The result of one check. diagnosis: the first of `causes`, ids of the likely causes; seed repeats the check."""

    exercise_id: str
    passed: bool
    points: float
    max_points: float
    findings: tuple[Finding, ...]
    causes: tuple[str, ...]
    message: str
    seed: int
    broken: bool = False

    @property
    def diagnosis(self) -> str | None:
        return self.causes[0] if self.causes else None


class Writer:
    """Turns findings and causes of one exercise into sentences of one language."""

    def __init__(self, exercise: Exercise, own: Mapping, language: str) -> None:
        self.exercise, self.own, self.language = exercise, own, language
        self.answer_names = own["answer"]

    def sentence(self, section: str, key: str, /, **filled: object) -> str:
        common = {"function": self.exercise.function_name, "id": self.exercise.id}
        return texts.engine(section, key, self.language, **common, **filled)

    def finding(self, finding: Finding) -> str:
        own = self.own.get("findings", {})
        if finding.id in own:
            return texts.fill(own[finding.id], {k: self.show(v) for k, v in finding.values.items()})
        key = "wrong-number" if finding.id == "wrong-value" and finding.values["total"] == 1 else finding.id
        return self.sentence("findings", key, **{k: self.show(v) for k, v in finding.values.items()})

    def cause(self, cause: str) -> str:
        own = self.own.get("causes", {})
        return texts.fill(own[cause], {}) if cause in own else self.sentence("causes", cause)

    def place(self, path: tuple, index: tuple[int, ...] = ()) -> str:
        """Where in the answer, as one writes it in Python: grads["dW1"][0, 2]."""
        name, rest = self.answer_names, path
        if isinstance(name, list):
            name, rest = (name[path[0]], path[1:]) if path and isinstance(path[0], int) else (", ".join(name), path)
        name += "".join(f"[{values.quoted(key)}]" for key in rest)
        return f"{name}[{', '.join(map(str, index))}]" if index else name

    def where(self, index: tuple[int, ...]) -> str:
        if len(index) == 2:
            return " " + self.sentence("kinds", "row-column", row=index[0], column=index[1])
        return ""

    def kind(self, value: object) -> str:
        """What sort of thing a value is, in words."""
        if isinstance(value, values.Foreign):
            return self.sentence("kinds", "foreign", type=value.type_name)
        if value is None:
            return self.sentence("kinds", "none")
        if isinstance(value, str):
            return self.sentence("kinds", "string")
        if values.is_number(value):
            return self.sentence("kinds", "number")
        if isinstance(value, np.ndarray):
            return self.sentence("kinds", "array", shape=value.shape, dtype=value.dtype)
        if isinstance(value, dict):
            return self.sentence("kinds", "dict", keys=", ".join(map(values.quoted, value)))
        if isinstance(value, (list, tuple)):
            return self.sentence("kinds", "list" if isinstance(value, list) else "tuple", length=len(value))
        return self.sentence("kinds", "foreign", type=values.type_name(value))  # a generator or function as argument

    def show(self, value: object) -> str:
        if isinstance(value, float):
            return number(value)
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
            return ", ".join(map(values.quoted, value))
        return str(value)

    def message(self, findings: list[Finding], causes: list[str], seed: int, tried: int, failed: int) -> str:
        first = findings[0]
        lines = [self.sentence("frame", "wrong", max_points=self.exercise.points)]
        if first.case is not None:
            shown = zip(self.exercise.argument_names, first.case)
            lines += ["", self.sentence("frame", "called-with"), *(self.assignment(name, arg) for name, arg in shown)]
        if first.wanted is not None:
            lines += [self.sentence("frame", "expected"), *self.answer(first.wanted)]
            lines += [self.sentence("frame", "got"), *self.answer(first.got)]
        lines += ["", first.text]
        others = [f for f in findings[1:] if f.id != first.id]
        for other in others[:2]:
            elsewhere = other.case is not None and other.case is not first.case
            lines.append(self.sentence("frame", "also-elsewhere" if elsewhere else "also", text=other.text))
        if tried > 1 and failed:
            lines.append(self.sentence("frame", "count", failed=failed, tried=tried))
        for cause, key in zip(causes, ("cause", "cause-too")):
            lines += ["", self.sentence("frame", key, text=self.cause(cause))]
        lines += ["", self.sentence("frame", "again", seed=seed)]
        return "\n".join(lines)

    def answer(self, value: object) -> list[str]:
        names = self.answer_names
        if isinstance(names, list) and isinstance(value, (tuple, list)) and len(value) == len(names):
            return [self.assignment(name, entry) for name, entry in zip(names, value)]
        return [self.assignment(names if isinstance(names, str) else ", ".join(names), value)]

    def assignment(self, name: str, value: object) -> str:
        """A line such as `    X = np.array([[0.5, -1.2]])`, or the kind and shape of what is too long to read."""
        code = as_code(value)
        small = code is not None and len(code) <= LONGEST_LINE
        if not small and isinstance(value, dict):
            entries = [self.assignment(f"{name}[{values.quoted(key)}]", entry) for key, entry in value.items()]
            return "\n".join(entries)
        return f"    {name} = {code}" if small else f"    {name}: {self.kind(value)}"


def number(value: float) -> str:
    return f"{value + 0.0:.6g}"  # -0.0 becomes 0.0


def distinct(a: float, b: float) -> tuple[str, str]:
    """Both numbers with as few digits as tell them apart, at least six."""
    for digits in range(6, 17):
        texts_of_both = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts_of_both[0] != texts_of_both[1]:
            return texts_of_both
    return repr(a), repr(b)


def as_code(value: object) -> str | None:
    """The value as one would type it; None where it is no data or has too many entries to be read."""
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return as_code(value.item())
        if value.size > MOST_SHOWN or value.dtype.kind not in "biuf":
            return None
        dtype = f", dtype=np.{value.dtype}" if value.dtype.kind == "f" and value.dtype != np.float64 else ""
        return f"np.array({as_code(value.tolist())}{dtype})"
    if isinstance(value, dict):
        entries = {key: as_code(entry) for key, entry in value.items()}
        listed = ", ".join(f"{values.quoted(key)}: {code}" for key, code in entries.items())
        return None if None in entries.values() else f"{{{listed}}}"
    if isinstance(value, (list, tuple)):
        codes = [as_code(entry) for entry in value]
        if None in codes or len(codes) > MOST_SHOWN:
            return None
        inside = ", ".join(codes)
        return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' if len(codes) == 1 else ''})"
    if isinstance(value, float):
        code = number(value)
        return f"{code}.0" if code.lstrip("-").isdigit() else code
    if value is None or isinstance(value, (bool, int, str)):
        return repr(value)
    return None
