"""What an interactive was called with, checked before it is used; ValueError says which argument is wrong and what it
has to be."""

from collections.abc import Mapping
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np

from helpers.widgets import given, messages

TEXT = messages.load("arguments")


def number(name: str, value: Any, above: float = -np.inf) -> float:
    """The value as a finite number, above that bound."""
    if not isinstance(value, Real) or not isfinite(value) or value <= above:
        what = TEXT["number"] if above == -np.inf else TEXT["number_above"].format(above=f"{above:g}")
        raise ValueError(TEXT["not_number"].format(name=name, got=value, what=what))
    return float(value)


def numbers(name: str, value: Any, n: int, which: str) -> tuple[float, ...]:
    """The value as n finite numbers; which: what each of them is."""
    if _length(value) != n or not all(isinstance(one, Real) and isfinite(one) for one in value):
        raise ValueError(TEXT["not_numbers"].format(name=name, got=value, n=n, which=which))
    return tuple(map(float, value))


def names(name: str, value: Any, n: int, which: str) -> tuple[str, ...]:
    """The value as n words; which: what each of them names."""
    if _length(value) != n or not all(isinstance(one, str) for one in value):
        raise ValueError(TEXT["not_names"].format(name=name, got=value, n=n, which=which))
    return tuple(value)


def arrays(name: str, value: Any, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """The value as a dictionary with an array of finite numbers for each of these names; others are left out."""
    return given.arrays(name, value, shapes, TEXT["is"])


def _length(value: Any) -> int | None:
    listed = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return len(value) if listed else None
