"""Classes that cross by their names, as themselves: Python's own, NumPy's kinds of numbers, and those of `records`.

A fixed table: what is not in it is no such class. BaseException is left out, because a test that catches what a learner
calls an error should not catch that the learner's process has ended.
"""

import builtins

import numpy as np

from grading.records import KINDS

PLAIN = (object, type, bool, int, float, complex, str, bytes, bytearray, range, slice, type(None))
CONTAINERS = (list, tuple, dict, set, frozenset, np.ndarray, *KINDS)
NUMBERS = (np.generic, np.number, np.integer, np.floating, *(np.dtype(code).type for code in np.typecodes["All"]))
ERRORS = tuple(kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Exception))

NAMES = {kind: f"{kind.__module__}.{kind.__qualname__}" for kind in (*PLAIN, *CONTAINERS, *NUMBERS, *ERRORS)}
CLASSES = {name: kind for kind, name in NAMES.items()}
