"""Wrong answers that need no exercise of their own: what the right answer becomes by a common slip.

Each function turns the wanted answer into the one that the slip would give, or into None where it can't be told apart
or does not apply. VALUES change numbers, FORMS change shapes and containers; a form may come on top of any mistake.
"""

from collections.abc import Callable

import numpy as np

from helpers.checks import values
from helpers.checks.exercise import Args

Relation = Callable[[object, Args, int | None], object]


def _numbers(function: Callable) -> Relation:
    """A slip in every number of the answer."""

    def relation(want: object, args: Args, m: int | None) -> object:
        if not all(values.is_real_array(leaf) or values.is_number(leaf) for leaf in values.leaves(want)):
            return None
        with np.errstate(all="ignore"):
            return values.map_leaves(lambda leaf: function(np.asarray(leaf, dtype=np.float64)), want)

    return relation


def _with_m(function: Callable) -> Relation:
    """A slip in every number that depends on m; with m = 1 nothing can be told."""

    def relation(want: object, args: Args, m: int | None) -> object:
        return None if m is None or m == 1 else _numbers(lambda v: function(v, m))(want, args, m)

    return relation


def _columns(function: Callable) -> Relation:
    """A slip in arrays that have a column for each example."""

    def relation(want: object, args: Args, m: int | None) -> object:
        array = values.is_real_array(want) and want.ndim == 2 and m is not None and m > 1 and want.shape[1] == m
        return function(want) if array else None

    return relation


def _argument(i: int, key: object = None) -> Relation:
    """The answer is an argument, or an entry of one, just as it came."""

    def relation(want: object, args: Args, m: int | None) -> object:
        if i >= len(args) or callable(args[i]):
            return None
        if key is None:
            return values.normalize(args[i])
        return values.normalize(args[i][key]) if isinstance(args[i], dict) and key in args[i] else None

    return relation


def _only_first(want: np.ndarray) -> np.ndarray:
    rest = np.zeros_like(want, dtype=np.float64)
    rest[:, :1] = want[:, :1]
    return rest


VALUES: dict[str, list[Relation]] = {
    "sign-flipped": [_numbers(np.negative)],
    "times-m": [_with_m(lambda v, m: v * m)],
    "divided-by-m": [_with_m(lambda v, m: v / m)],
    "divided-by-m-minus-one": [_with_m(lambda v, m: v * m / (m - 1))],
    "doubled": [_numbers(lambda v: 2 * v)],
    "halved": [_numbers(lambda v: v / 2)],
    "one-minus": [_numbers(lambda v: 1 - v)],
    "in-percent": [_numbers(lambda v: 100 * v)],
    "rounded": [
        *(_numbers(lambda v, d=digits: np.round(v, d)) for digits in range(5)),
        _numbers(np.trunc),
        _numbers(np.floor),
    ],
    "sign-lost": [_numbers(np.abs)],
    "returns-argument": [_argument(i, key) for i in range(4) for key in (None, "W1", "b1")],
    "first-example-only": [
        _columns(lambda v: v[:, :1]),
        _columns(_only_first),
        _columns(lambda v: np.repeat(v[:, :1], v.shape[1], axis=1)),
        _columns(lambda v: v[0, 0]),
    ],
    "last-example-only": [_columns(lambda v: v[:, -1:]), _columns(lambda v: v[0, -1])],
    "summed-over-examples": [_columns(lambda v: v.sum(axis=1, keepdims=True)), _columns(np.sum)],
    "averaged-over-examples": [_columns(lambda v: v.mean(axis=1, keepdims=True)), _columns(np.mean)],
    "examples-reversed": [_columns(lambda v: v[:, ::-1])],
}


# Those that a misconception may have besides: a factor or a sign, in numbers that are wrong already.
ON_TOP = ("sign-flipped", "times-m", "divided-by-m", "doubled", "halved", "one-minus", "in-percent", "rounded")


def _arrays(function: Callable) -> Relation:
    """Another form of every array of the answer; None where no array has two axes."""

    def relation(want: object, args: Args, m: int | None) -> object:
        found = any(isinstance(leaf, np.ndarray) and leaf.ndim == 2 for leaf in values.leaves(want))
        change = lambda leaf: function(leaf) if isinstance(leaf, np.ndarray) and leaf.ndim == 2 else leaf  # noqa: E731
        return values.map_leaves(change, want) if found else None

    return relation


def _sequence(function: Callable) -> Relation:
    def relation(want: object, args: Args, m: int | None) -> object:
        return function(want) if isinstance(want, tuple) and len(want) > 1 else None

    return relation


def _dict(function: Callable) -> Relation:
    def relation(want: object, args: Args, m: int | None) -> object:
        return function(want) if isinstance(want, dict) else None

    return relation


def _single(function: Callable) -> Relation:
    def relation(want: object, args: Args, m: int | None) -> object:
        return function(np.asarray(want)) if values.is_number(want) else None

    return relation


FORMS: dict[str, list[Relation]] = {
    "array-of-one": [_single(lambda v: v.reshape(1))],
    "rank-one": [_arrays(np.ravel)],
    "lost-keepdims": [_arrays(lambda v: v.reshape(()) if v.size == 1 else v), _arrays(np.squeeze)],
    "transposed": [_arrays(np.transpose)],
    "list-for-array": [_arrays(np.ndarray.tolist), _arrays(lambda v: v.ravel().tolist())],
    "order-swapped": [_sequence(lambda v: v[::-1])],
    "only-first-part": [_sequence(lambda v: v[0])],
    "only-last-part": [_sequence(lambda v: v[-1])],
    "tuple-for-dict": [_dict(lambda v: tuple(v.values())), _dict(lambda v: list(v.values()))],
    "dict-in-tuple": [_dict(lambda v: (v,))],
}
