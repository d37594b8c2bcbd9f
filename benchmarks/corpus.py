"""Implementations that the checks are measured with: wrong ones, which must fail for the right cause, and right ones.

They stand in tests/implementations/aNN_name.py, one file an assignment:

    @wrong("03-neuron-forward", cause="forgot-bias")
    def _(X, parameters): ...

    @right("03-neuron-forward")
    def _(X, parameters): ...
"""

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "implementations"


@dataclass(frozen=True)
class Implementation:
    """causes: the diagnoses that are just, empty for a wrong one that nobody could name, and for right ones."""

    exercise_id: str
    function: Callable
    is_right: bool
    causes: tuple[str, ...]
    name: str

    def __str__(self) -> str:
        return f"{self.exercise_id} {'right' if self.is_right else 'wrong'} {self.name}"


_collected: list[Implementation] = []


def wrong(exercise_id: str, cause: str | tuple[str, ...] | None) -> Callable:
    """Marks an implementation that must fail; cause: the id that must be named first, or any of several."""
    causes = () if cause is None else (cause,) if isinstance(cause, str) else tuple(cause)
    return _collector(exercise_id, False, causes)


def right(exercise_id: str) -> Callable:
    """Marks an implementation that must pass."""
    return _collector(exercise_id, True, ())


def _collector(exercise_id: str, is_right: bool, causes: tuple[str, ...]) -> Callable:
    def collect(function: Callable) -> Callable:
        code = getattr(function, "__code__", None)
        where = f"line {code.co_firstlineno}" if code else f"number {len(_collected)}"
        _collected.append(Implementation(exercise_id, function, is_right, causes, where))
        return function

    return collect


@cache
def load() -> tuple[Implementation, ...]:
    """All implementations of all files."""
    _collected.clear()
    for path in sorted(FOLDER.glob("a*.py")):
        # Loaded by path: the name `tests` is too common to be imported by.
        spec = importlib.util.spec_from_file_location(f"implementations_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return tuple(_collected)
