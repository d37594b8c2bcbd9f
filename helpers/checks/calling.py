"""One call of the learner's function: fresh copies in, a plain record of what happened out.

The function is a black box. It may live in another process, behind a callable that sends the arguments and returns the
answer; such a callable should write changed arguments back into the ones it was given, and raise an error that has an
attribute `as_raised` holding a `Raised`, so that messages name the learner's error and line and not its own. It may
have a method `as_it_is_now(answer)`, which gives an earlier answer again as it is over there by now; see `present`.
"""

import contextlib
import io
import linecache
import os
import traceback
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.checks import values
from helpers.checks.borrowing import Watch

LONGEST_TEXT = 400


@dataclass(frozen=True)
class Raised:
    """An error in the learner's function. line counts within its cell or file, source is that line; 0, "": unknown."""

    type_name: str
    text: str = ""
    line: int = 0
    source: str = ""
    bases: tuple[str, ...] = ()

    def is_a(self, name: str) -> bool:
        return name == self.type_name or name in self.bases


@dataclass(frozen=True)
class Outcome:
    """What a call did: its answer as data, or the error it raised; which arguments it changed; whether it printed."""

    answer: object = None
    raised: Raised | None = None
    mutated: tuple[str, ...] = ()
    printed: bool = False
    original: object = None  # the answer as it came, to see later whether another call wrote into it


class _Swallow(io.TextIOBase):
    """Where prints go during a check: some checks call a function a hundred times."""

    written = False

    def write(self, text: str) -> int:
        self.written = self.written or bool(text.strip())
        return len(text)


def call(
    function: Callable,
    args: Sequence[object],
    names: Sequence[str],
    sizes: Iterable[int] = (),
    watch: Watch | None = None,
    shared: bool = False,
) -> Outcome:
    """Call function(*args) on copies. Only KeyboardInterrupt passes through: a learner may want to stop a long check.

    sizes: of the arrays in the answer, in entries; see _leave_dirt.  watch: of what the function enters.
    shared: True hands a generator over itself, so that it is moved on for the next call.

    Warnings and floating-point flags are silenced, also where they were turned into errors: a warning is no mistake.
    """
    given = [arg if shared and isinstance(arg, np.random.Generator) else values.copy(arg) for arg in args]
    prints = _Swallow()
    _leave_dirt(sizes)
    answer, original, raised = None, None, None
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(prints),
        contextlib.redirect_stderr(_Swallow()),  # nbgrader takes all points for a word on stderr in a test cell
    ):
        warnings.simplefilter("ignore")
        try:
            with watch.over(given) if watch else contextlib.nullcontext():
                original = function(*given)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: exit() in a solution must not end the kernel
            try:
                raised = _record(error, function)
            except Exception:  # an error that fights being read
                raised = Raised(values.type_name(error))
        try:
            answer = values.normalize(original)
        except Exception:
            answer = values.Foreign(values.type_name(original))
    mutated = [
        place for before, after, name in zip(args, given, names) for place in values.changed(before, after, name)
    ]
    return Outcome(answer, raised, tuple(mutated), prints.written, original)


def present(function: Callable, original: object) -> object:
    """An earlier answer as it is now: other than it was, where a later call wrote into it."""
    try:
        return function.as_it_is_now(original) if lives_elsewhere(function) else original
    except Exception:  # an object that fights being looked at
        return original


def lives_elsewhere(function: Callable) -> bool:
    """Does it stand for a function in another process? Only its class is asked."""
    return any("as_it_is_now" in vars(base) for base in type.mro(type(function)))


def _leave_dirt(sizes: Iterable[int]) -> None:
    """Free some arrays of NaN, so that np.empty where np.zeros is meant does not come out right by luck."""
    dirt = [np.full(size, np.nan) for size in sizes for _ in range(4)]
    del dirt


def _record(error: BaseException, function: Callable) -> Raised:
    told = getattr(error, "as_raised", None)
    if isinstance(told, Raised):
        return told
    try:
        text = str(error).strip()[:LONGEST_TEXT]
    except Exception:
        text = ""
    bases = tuple(base.__name__ for base in type(error).__mro__[1:-2])
    line, source = _learners_line(error, function)
    error.__traceback__ = None  # a recursion error holds a thousand frames
    return Raised(values.type_name(error), text, line, source, bases)


def _learners_line(error: BaseException, function: Callable) -> tuple[int, str]:
    """The deepest line in the file or cell where the function was written, else the deepest outside of packages."""
    frames = [(f.f_code.co_filename, line) for f, line in traceback.walk_tb(error.__traceback__)]
    frames = [frame for frame in frames if frame[0] != __file__]
    code = getattr(function, "__code__", None) or getattr(getattr(function, "__wrapped__", None), "__code__", None)
    own = [f for f in frames if code is not None and f[0] == code.co_filename]
    outside = [f for f in frames if f"{os.sep}site-packages{os.sep}" not in f[0] and not f[0].startswith("<frozen")]
    for filename, line in reversed(own or outside):
        return line, linecache.getline(filename, line).strip()[:LONGEST_TEXT]
    return 0, ""
