"""Does the learner's function work its answer out, or fetch it from the course's own code?

While the function runs, a profile hook sees each Python function that is entered, whatever name it was bound to and
however long ago. What lies in the folder of the helpers is borrowed, but for what an exercise may use.

The hook is gone after some thousand events, so that a loop of many calls is not slowed down: a function that borrows
does so early. A profiler that is running already is left alone, and then nothing is watched. A debugger or a
measurement of coverage uses another hook.

A function that lives in another process is watched there: the callable that stands for it may have an attribute
`borrowed`, with the name of what was entered or None.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FrameType

import numpy as np

from helpers.checks import values

HELPERS = os.path.dirname(os.path.dirname(__file__)) + os.sep
# Rooms that hold no answers. A function of the exercise's own name is one all the same.
ALWAYS = ("data", "plots", "widgets", "validation", "memory")
# These two ask what a network does, not how it is made; the loop that trains it is a task of 07.
CORE = ("activations", "costs", "layers", "network", "optimizers", "evaluation")
ALSO = {"07": CORE, "08": (*CORE, "training")}
CARRY = "checks.carry"
EVENTS_A_CALL = 4_000
EVENTS_A_CHECK = 30_000


class Watch:
    """Sees what one function enters; `borrowed` is the first thing it may not, such as "activations.relu", else None.

    may_use: rooms, modules or functions of the helpers, such as "evaluation" or "activations.sigmoid". What has the
    name of the exercise's function must be named itself, not just its room.
    own_module: the assignment's, "a03_one_neuron"; its answers are borrowed even from what was carried forward.
    """

    def __init__(self, may_use: Iterable[str], function_name: str, own_module: str) -> None:
        self.may_use = (*ALWAYS, *ALSO.get(own_module[1:3], ()), *may_use)
        self.function_name, self.own_module = function_name, own_module
        self.borrowed: str | None = None
        self._left = EVENTS_A_CHECK

    @contextlib.contextmanager
    def over(self, args: Iterable[object]) -> Iterator[None]:
        """Watch this thread in a `with` block. args: of the call; functions among them may be called."""
        former = sys.getprofile()
        if self.borrowed or self._left <= 0 or not (former is None or callable(former)):
            yield
            return
        sys.setprofile(self._hook(former, _codes(args)))
        try:
            yield
        finally:
            sys.setprofile(former)

    def _hook(self, former: Callable | None, handed: frozenset[CodeType]) -> Callable:
        """A new hook for one call. Below something that may be entered, it waits until that returns."""
        left = EVENTS_A_CALL
        inside: FrameType | None = None
        carried = False

        def hook(frame: FrameType, event: str, arg: object) -> None:
            nonlocal left, inside, carried
            left -= 1
            self._left -= 1
            if left <= 0 or self._left <= 0 or self.borrowed:
                sys.setprofile(former)
            elif event == "return":
                if frame is inside:
                    inside, carried = None, False
            elif event == "call" and (inside is None or carried) and frame.f_code.co_filename.startswith(HELPERS):
                module = frame.f_code.co_filename[len(HELPERS) :].removesuffix(".py").replace(os.sep, ".")
                if inside is None:
                    verdict = self._verdict(module, frame.f_code, handed)
                    inside = None if verdict is None else frame
                    carried = module == CARRY
                elif module == f"checks.{self.own_module}":
                    verdict = False
                else:
                    return
                if verdict is False:
                    self.borrowed = name_of(module, frame.f_code)

        return hook

    def _verdict(self, module: str, code: CodeType, handed: frozenset[CodeType]) -> bool | None:
        """May this be entered? None: neither answer nor way to one, so what it enters is asked next."""
        name = name_of(module, code)
        if code in handed or code.co_name == "<module>" or module == CARRY or name in self.may_use:
            return True
        if module.startswith("checks.") and not re.match(r"checks\.(a\d\d_|small_network)", module):
            return None
        return code.co_name != self.function_name and any(name.startswith(f"{room}.") for room in self.may_use)


def told_by(function: object) -> str | None:
    """What a callable that stands for a function elsewhere says of it."""
    try:
        name = getattr(function, "borrowed", None)
    except Exception:
        return None
    return name if type(name) is str else None


def name_of(module: str, code: CodeType) -> str:
    """As a learner would write it: the function "standardize" of data/standardize.py is "data.standardize"."""
    parts = [part for part in module.split(".") if part != "__init__"]
    return ".".join(parts if parts[-1] == code.co_qualname else [*parts, code.co_qualname])


def _codes(args: Iterable[object]) -> frozenset[CodeType]:
    """What calling the functions and using the objects among the arguments would enter first."""
    codes: set[CodeType] = set()
    for leaf in values.leaves(list(args)):
        if not isinstance(leaf, (np.ndarray, np.generic, int, float, str, type(None))):
            codes.update(_codes_of(leaf))
    return frozenset(codes)


def _codes_of(thing: object) -> Iterator[CodeType]:
    thing = getattr(thing, "func", thing)  # functools.partial
    thing = getattr(thing, "__func__", thing)  # a bound method
    if isinstance(code := getattr(thing, "__code__", None), CodeType):
        yield code
        return
    kind = thing if isinstance(thing, type) else type(thing)
    for entry in (entry for base in kind.__mro__ for entry in vars(base).values()):
        entry = getattr(entry, "fget", entry)
        if isinstance(code := getattr(entry, "__code__", None), CodeType):
            yield code
