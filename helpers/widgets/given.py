"""What a learner's function gives back, checked before an interactive draws it; ValueError says what came instead."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.widgets import messages

TEXT = messages.load("given")


def array(name: str, value: Any, shape: tuple[int, ...], why: str = "") -> np.ndarray:
    """The value as finite numbers of that shape; why: the end of the sentence, such as ": one for each column"."""
    got = np.shape(value) if isinstance(value, np.ndarray | float | int | list | tuple) else type(value).__name__
    if got != shape:
        raise ValueError(TEXT["not_shape"].format(name=name, got=got, wanted=shape, why=why))
    found = np.asarray(value)
    if found.dtype.kind not in "fiub" or not np.isfinite(found).all():
        raise ValueError(TEXT["not_finite"].format(name=name, got=got))
    return found


def number(name: str, value: Any) -> float:
    """The value as one finite number."""
    found = np.asarray(value)
    if found.size != 1 or found.dtype.kind not in "fiub" or not np.isfinite(found).all():
        raise ValueError(TEXT["not_number"].format(name=name, got=value))
    return float(found.reshape(()))


def arrays(name: str, value: Any, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """The value as a dictionary with an array of finite numbers for each of these names; others are left out."""
    if not isinstance(value, Mapping) or any(np.shape(value.get(key)) != shape for key, shape in shapes.items()):
        got = {key: np.shape(v) for key, v in value.items()} if isinstance(value, Mapping) else type(value).__name__
        wanted = ", ".join(TEXT["one_of"].format(key=key, shape=shape) for key, shape in shapes.items())
        raise ValueError(TEXT["not_arrays"].format(name=name, got=got, wanted=wanted))
    return {key: array(f"{name}: {key}", value[key], shape) for key, shape in shapes.items()}
