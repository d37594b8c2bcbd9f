"""What a learner's function gives back, checked before an interactive draws it; ValueError says what came instead."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.widgets import messages

TEXT = messages.load("given")
ROUNDING = 1e-6


def array(name: str, value: Any, shape: tuple[int, ...], why: str = "", verb: str = TEXT["gave"]) -> np.ndarray:
    """The value as finite numbers of that shape; why: the end of the sentence, such as ": one for each column"."""
    got = np.shape(value) if isinstance(value, np.ndarray | float | int | list) else type(value).__name__
    if got != shape:
        raise ValueError(TEXT["not_shape"].format(name=name, verb=verb, got=got, wanted=shape, why=why))
    found = np.asarray(value)
    if found.dtype.kind not in "fiub" or not np.isfinite(found).all():
        raise ValueError(TEXT["not_finite"].format(name=name, verb=verb, got=got))
    return found


def between(
    name: str, value: Any, shape: tuple[int, ...], ends: tuple[float, float], what: str, why: str = ""
) -> np.ndarray:
    """The value as numbers of that shape within the two ends, but for rounding; what: the word for such numbers."""
    found = array(name, value, shape, why)
    if found.min() < ends[0] - ROUNDING or found.max() > ends[1] + ROUNDING:
        low, high, least, most = (f"{end:.3g}".replace("-", "−") for end in (*ends, found.min(), found.max()))
        raise ValueError(TEXT["not_between"].format(name=name, least=least, most=most, what=what, low=low, high=high))
    return found


def probabilities(name: str, value: Any, shape: tuple[int, ...], why: str = "") -> np.ndarray:
    """The value as numbers from 0 to 1 of that shape; no other has a colour."""
    return between(name, value, shape, (0, 1), TEXT["probabilities"], why)


def number(name: str, value: Any) -> float:
    """The value as one finite number."""
    several = isinstance(value, list | tuple) and len(value) != 1  # which may be too unlike for one array
    found = np.asarray([] if several else value)
    if found.size != 1 or found.dtype.kind not in "fiub" or not np.isfinite(found).all():
        raise ValueError(TEXT["not_number"].format(name=name, got=_told(value)))
    return float(found.reshape(()))


def _told(value: Any) -> Any:
    """A number as it is, an array by its shape, since it may be long, and anything else by its type."""
    if isinstance(value, np.ndarray) and value.size != 1:
        return TEXT["array"].format(shape=value.shape)
    return value if isinstance(value, np.ndarray | np.number | float | int | complex) else type(value).__name__


def arrays(
    name: str, value: Any, shapes: Mapping[str, tuple[int, ...]], verb: str = TEXT["gave"]
) -> dict[str, np.ndarray]:
    """The value as a dictionary with an array of finite numbers for each of these names; others are left out."""
    if not isinstance(value, Mapping) or any(np.shape(value.get(key)) != shape for key, shape in shapes.items()):
        got = {key: np.shape(v) for key, v in value.items()} if isinstance(value, Mapping) else type(value).__name__
        wanted = ", ".join(TEXT["one_of"].format(key=key, shape=shape) for key, shape in shapes.items())
        raise ValueError(TEXT["not_arrays"].format(name=name, verb=verb, got=got, wanted=wanted))
    return {key: array(f"{name}: {key}", value[key], shape, verb=verb) for key, shape in shapes.items()}
