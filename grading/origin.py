"""Of what class a learner's object is, where the learner has not made the class: for the tests' `isinstance`.

A stand-in for a generator, a function or a figure is said to be one. The class is looked up by name among those that
are here; nothing is imported. Not among them is what crosses as data: who only says to be a number or a list is none.
"""

import functools
import numbers
import sys
import types

import numpy as np

from grading.known import CONTAINERS

DATA = (*CONTAINERS, numbers.Number, np.generic, str, bytes, bytearray)
LEFT_OUT = (*DATA, type, BaseException, types.MethodType)  # the last has parts that `inspect` would ask for
NAMELESS = {kind.__name__: kind for kind in vars(types).values() if isinstance(kind, type)}


@functools.cache
def of(name: str) -> type | None:
    """The class of this full name; None where it is not here, or is left out."""
    module, _, own = name.rpartition(".")
    kind = getattr(sys.modules.get(module), "__dict__", {}).get(own) or (
        NAMELESS.get(own) if module == "builtins" else None
    )
    fits = isinstance(kind, type) and kind.__module__ == module and kind is not object
    return kind if fits and not issubclass(kind, LEFT_OUT) and not _is_tables(kind) else None


def _is_tables(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in ("pandas", "numpy")
