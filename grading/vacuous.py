"""Comparisons that hold because there is nothing to compare: NumPy finds an empty array close to every number.

A test that says `assert np.allclose(answer, 3)` holds for an answer without entries, and cannot say so itself. Such a
comparison may be meant, so a person decides whether the test has earned its points.
"""

import functools
import sys
from collections.abc import Callable

import numpy as np

COMPARISONS = (
    (np, ("allclose", "isclose")),
    (np.testing, ("assert_allclose", "assert_array_almost_equal", "assert_array_equal")),
)
# Learners read this, so it names no line of the test.
NOTICE = "Something empty was compared, which agrees with everything: a person has to look whether it is meant."
OPERANDS = ("a", "b", "x", "y", "actual", "desired")  # what they may be called in a call by keywords


def watch(space: dict[str, object]) -> list[str]:
    """From now on in this process, collect the names of comparisons that compared nothing with something and held.

    To be called before the instructor's first cell, which may import them by name. space: the globals of the code that
    is meant; what packages compare for themselves is their own affair.
    """
    seen: list[str] = []
    for module, names in COMPARISONS:
        for name in names:
            setattr(module, name, _noticing(getattr(module, name), space, seen))
    return seen


def _noticing(function: Callable, space: dict[str, object], seen: list[str]) -> Callable:
    @functools.wraps(function)
    def compare(*args: object, **kwargs: object) -> object:
        held = function(*args, **kwargs)  # raises where the shapes do not fit
        one, other = [*args, *(value for name, value in kwargs.items() if name in OPERANDS)][:2]
        if held is not False and _is_empty(one) != _is_empty(other) and sys._getframe(1).f_globals is space:
            seen.append(function.__name__)
        return held

    return compare


def _is_empty(value: object) -> bool:
    return value.size == 0 if isinstance(value, np.ndarray) else isinstance(value, list | tuple) and not value
