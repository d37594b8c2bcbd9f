"""What NumPy does with the shapes of two small arrays, and how that is laid out for the eye: the rules of lesson 02.

A and B have two axes or one, B may have none. NumPy itself computes; here stands which lengths meet, which are
stretched, put in or summed away, and where they disagree.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Shape = tuple[int, ...]
Index = tuple[int, ...]

OPERATIONS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "A + B": lambda A, B: A + B,
    "A * B": lambda A, B: A * B,
    "A @ B": lambda A, B: A @ B,
    "A.sum(axis=0)": lambda A, B: A.sum(axis=0),
    "A.sum(axis=1)": lambda A, B: A.sum(axis=1),
    "A.sum(axis=0, keepdims=True)": lambda A, B: A.sum(axis=0, keepdims=True),
    "A.sum(axis=1, keepdims=True)": lambda A, B: A.sum(axis=1, keepdims=True),
}

HEADS = ["axis_0", "axis_1"]


class Length(NamedTuple):
    """One length of a shape, as it stands below the others."""

    n: int
    look: str
    """"own"; "put in": a 1 for an axis that the shape lacks; "gone": an axis that is summed away."""
    to: int
    """What it is stretched to; n itself where it is not."""


class Outcome(NamedTuple):
    """result: None where NumPy refuses, and then `refusal` is what it says.

    heads: a key of the words for each column of the alignment. lines: for A, perhaps B, and the result a Length for
    each column, None where there is nothing. wrong: the column in which the lengths disagree.
    """

    result: np.ndarray | None
    refusal: str
    heads: list[str]
    lines: dict[str, list[Length | None]]
    wrong: int | None


def entries(shape: Shape, unit: int) -> np.ndarray:
    """1, 2, 3, … times unit, row by row."""
    return unit * np.arange(1, np.prod(shape, dtype=int) + 1).reshape(shape)


def is_sum(operation: str) -> bool:
    return ".sum(" in operation


def axis_of(operation: str) -> int:
    return int(operation.split("axis=")[1][0])


def outcome(operation: str, A: np.ndarray, B: np.ndarray) -> Outcome:
    try:
        result, refusal = np.asarray(OPERATIONS[operation](A, B)), ""
    except ValueError as error:
        result, refusal = None, str(error)
    if is_sum(operation):
        layout = _summed(operation, A.shape, result)
    elif operation == "A @ B":
        layout = _multiplied(A.shape, B.shape, result)
    else:
        layout = _broadcast(operation, A.shape, B.shape, result)
    return Outcome(result, refusal, *layout)


def _own(shape: Shape) -> list[Length]:
    return [Length(n, "own", n) for n in shape]


def _broadcast(operation: str, a: Shape, b: Shape, result: np.ndarray | None) -> tuple:
    axes = max(len(a), len(b))
    lines: dict[str, list[Length | None]] = {}
    for name, shape in (("A", a), ("B", b)):
        full = [Length(1, "put in", 1)] * (axes - len(shape)) + _own(shape)
        if result is not None:
            full = [length._replace(to=to) for length, to in zip(full, result.shape, strict=True)]
        lines[name] = list(full)
    meet = list(zip(lines["A"], lines["B"], strict=True))
    wrong = [k for k, (x, y) in enumerate(meet) if x.n != y.n and 1 not in (x.n, y.n)]
    lines[operation] = [None] * axes if result is None else list(_own(result.shape))
    # Lengths are compared from the right, so the rightmost disagreement is the one that is met first.
    return HEADS[:axes], lines, max(wrong, default=None)


def _multiplied(a: Shape, b: Shape, result: np.ndarray | None) -> tuple:
    heads = ["rows", "inner", "columns"]
    own_a, own_b = _own(a), _own(b)
    rows, columns = (own_a[0] if len(a) == 2 else None), (own_b[1] if len(b) == 2 else None)
    lines = {
        "A": [rows, own_a[-1], None],
        "B": [None, own_b[0] if own_b else None, columns],
        "A @ B": [None] * 3 if result is None else [rows, None, columns],
    }
    return heads, lines, 1 if result is None else None


def _summed(operation: str, a: Shape, result: np.ndarray | None) -> tuple:
    axis = axis_of(operation)
    left = [None if result is None else length for length in _own(a)]
    if result is not None:
        left[axis] = Length(1, "own", 1) if "keepdims" in operation else Length(0, "gone", 0)
    return HEADS[: len(a)], {"A": list(_own(a)), operation: left}, None


def sources(operation: str, A: np.ndarray, B: np.ndarray, index: Index) -> tuple[list[Index], list[Index]]:
    """Which entries of A and of B make the entry `index` of the result, in the order of the computation."""
    if is_sum(operation):
        axis, k = axis_of(operation), A.shape[axis_of(operation)]
        rest = [i for place, i in enumerate(index) if "keepdims" not in operation or place != axis]
        return [(*rest[:axis], i, *rest[axis:]) for i in range(k)], []
    if operation == "A @ B":
        row = index[:1] if A.ndim == 2 else ()
        column = index[-1:] if B.ndim == 2 else ()
        inner = range(A.shape[-1])
        return [(*row, i) for i in inner], [(i, *column) for i in inner]
    return [_unstretched(index, A.shape)], [_unstretched(index, B.shape)]


def _unstretched(index: Index, shape: Shape) -> Index:
    return tuple(0 if n == 1 else i for i, n in zip(index[len(index) - len(shape) :], shape, strict=True))
