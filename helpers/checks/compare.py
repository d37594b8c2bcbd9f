"""Is the answer what was wanted, and where does it first differ?

What is wanted comes from the exercise's reference, and its form says how strict to be:
an array wants an array of exactly this shape; a number takes any number, a 0-d array or one of shape (1, 1);
a dict wants at least these keys; a tuple takes a list; a list takes a tuple or a rank-1 array of as many numbers.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from helpers.checks import values

SINGLE = float(np.finfo(np.float32).eps)


@dataclass(frozen=True)
class Tolerance:
    """|answer - wanted| <= relative * max(largest |wanted| of the same array, 1e-3) + absolute.

    The largest entry sets the scale, because that is the scale of rounding in a sum.
    """

    relative: float = 1e-5
    absolute: float = 0.0

    def of(self, want: np.ndarray) -> float:
        largest = float(np.abs(want).max(initial=0.0))
        if not math.isfinite(largest):
            largest = float(np.abs(want[np.isfinite(want)]).max(initial=0.0))
        return self.relative * max(largest, 1e-3) + self.absolute

    def for_precision(self, epsilon: float) -> "Tolerance":
        """Wide enough for arithmetic of this machine epsilon: 1000 roundings."""
        return _for_precision(self, epsilon)


@cache  # it is asked for with every number
def _for_precision(tolerance: Tolerance, epsilon: float) -> Tolerance:
    return Tolerance(max(tolerance.relative, 1000 * epsilon), max(tolerance.absolute, 10 * epsilon))


@dataclass(frozen=True)
class Difference:
    """The first place where an answer is not what was wanted. kind: the id of the text that says so."""

    kind: str
    path: tuple = ()
    index: tuple[int, ...] = ()
    values: dict = field(default_factory=dict)


def compare(got: object, want: object, tolerance: Tolerance, exact: bool = True) -> Difference | None:
    """The first difference, or None. With exact=False only the form is compared: types, keys and shapes."""
    return next(_differences(got, want, tolerance, exact, ()), None)


def _differences(got, want, tolerance: Tolerance, exact: bool, path: tuple) -> Iterator[Difference]:
    if isinstance(got, values.Foreign):
        yield Difference("not-data", path, values={"type": got.type_name})
    elif got is None and want is not None:
        yield Difference("none", path, values={"wanted": want})
    elif isinstance(want, dict):
        yield from _dicts(got, want, tolerance, exact, path)
    elif isinstance(want, (tuple, list)):
        yield from _sequences(got, want, tolerance, exact, path)
    elif isinstance(want, np.ndarray) and want.ndim > 0:
        yield from _arrays(got, want, tolerance, exact, path)
    elif values.is_number(want):
        yield from _numbers(got, want, tolerance, exact, path)
    elif type(got) is not type(want) or (exact and got != want):
        yield Difference("wrong-answer", path, values={"got": got, "wanted": want})


def _dicts(got, want: dict, tolerance: Tolerance, exact: bool, path: tuple) -> Iterator[Difference]:
    if not isinstance(got, dict):
        yield Difference("wrong-type", path, values={"got": got, "wanted": want})
        return
    for key in want:
        if key not in got:
            yield Difference("missing-key", path, values={"key": key, "keys": list(got), "wanted_keys": list(want)})
            return
    for key in want:
        yield from _differences(got[key], want[key], tolerance, exact, (*path, key))


def _sequences(got, want: Sequence, tolerance: Tolerance, exact: bool, path: tuple) -> Iterator[Difference]:
    if values.is_real_array(got) and got.ndim == 1 and all(values.is_number(entry) for entry in want):
        got = values.entries(got)
    if not isinstance(got, (tuple, list)):
        yield Difference("wrong-type", path, values={"got": got, "wanted": want})
    elif len(got) != len(want):
        yield Difference("wrong-length", path, values={"got_length": len(got), "wanted_length": len(want)})
    else:
        for i in range(len(want)):
            yield from _differences(got[i], want[i], tolerance, exact, (*path, i))


def _arrays(got, want: np.ndarray, tolerance: Tolerance, exact: bool, path: tuple) -> Iterator[Difference]:
    if not values.is_real_array(want):  # text, or a wrong answer that a diagnosis compares with
        if not isinstance(got, np.ndarray) or not np.array_equal(got, want):
            yield Difference("wrong-answer", path)
        return
    shapes = {"got_shape": np.shape(got) if values.is_real_array(got) else (), "wanted_shape": want.shape}
    if values.is_number(got):
        yield Difference("number-for-array", path, values=shapes | {"got": got})
    elif isinstance(got, np.ndarray) and got.dtype.kind == "c":
        yield Difference("complex", path)
    elif not values.is_real_array(got):
        kind = "list-for-array" if isinstance(got, (list, tuple)) else "wrong-type"
        yield Difference(kind, path, values={"got": got, "wanted": want})
    elif got.shape != want.shape:
        transposed = got.shape == want.T.shape
        kind = "rank-one" if got.ndim == 1 and want.ndim > 1 else "transposed-shape" if transposed else "wrong-shape"
        yield Difference(kind, path, values=shapes)
    elif exact:
        yield from _entries(got, want, tolerance, path)


def _numbers(got, want, tolerance: Tolerance, exact: bool, path: tuple) -> Iterator[Difference]:
    if values.is_real_array(got) and got.shape in ((), (1, 1)):
        got = got.reshape(())
    if values.is_real_array(got) and got.ndim > 0:
        yield Difference("array-for-number", path, values={"got_shape": got.shape})
    elif not values.is_number(got):
        yield Difference("wrong-type", path, values={"got": got, "wanted": want})
    elif exact and not _are_near(got, want, tolerance):
        yield from _entries(np.asarray(got), np.asarray(want), tolerance, path)


def _are_near(got: object, want: object, tolerance: Tolerance) -> bool:
    """Of two numbers of double precision, whether they are surely near: the quick way through long lists of costs."""
    if isinstance(got, np.ndarray) and got.dtype != np.float64:
        return False
    got, want = float(got), float(want)
    return math.isfinite(want) and abs(got - want) <= tolerance.relative * max(abs(want), 1e-3) + tolerance.absolute


def _entries(got: np.ndarray, want: np.ndarray, tolerance: Tolerance, path: tuple) -> Iterator[Difference]:
    if got.dtype.kind == "f":  # half a precision is no excuse: with it nearly everything would be near enough
        tolerance = tolerance.for_precision(min(float(np.finfo(got.dtype).eps), SINGLE))
    got64, want64 = _double(got), _double(want)
    with np.errstate(all="ignore"):
        near = np.abs(got64 - want64) <= tolerance.of(want64)
        if near.all():
            return
        wrong = ~(near | (got64 == want64) | (np.isnan(got64) & np.isnan(want64)))
    if not wrong.any():
        return
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    first, wanted = float(got64[index]), float(want64[index])
    kind = "wrong-value" if np.isfinite(first) else "not-finite"
    numbers = {"got": first, "wanted": wanted, "count": int(wrong.sum()), "total": wrong.size}
    yield Difference(kind, path, index, numbers)


def _double(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float64)


def precision(*args: object) -> float:
    """The machine epsilon of the coarsest floats among the arguments."""
    floats = [leaf for leaf in values.leaves(args) if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f"]
    return max((float(np.finfo(leaf.dtype).eps) for leaf in floats), default=float(np.finfo(np.float64).eps))
