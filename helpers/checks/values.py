"""Values as data: what may cross between the learner's function and the check, and nothing else.

Numbers, strings, bool, None, arrays of numbers or strings, and tuples, lists and dicts of these. Whatever else an
answer holds becomes a `Foreign`, which equals nothing, so an object that claims to equal everything gains nothing by
it. No method of a learner's object is called: containers are read with those of dict, list and tuple themselves.
"""

import copy as _copy
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

DEEPEST = 8
MOST_ENTRIES = 2_000_000


@dataclass(frozen=True, eq=False)
class Foreign:
    """Something that is not data; `type_name` is all that is known of it."""

    type_name: str


def normalize(value: object, depth: int = 0) -> object:
    """A copy of `value` made of plain Python and NumPy values only; NumPy numbers become 0-d arrays."""
    kind = type(value)
    if value is None or kind in (bool, float, str):
        return value
    if kind is int:
        return value if abs(value) < 2**63 else Foreign("int, too large")
    if depth > DEEPEST:
        return Foreign(type_name(value))
    if issubclass(kind, np.ndarray):
        array = np.array(value, copy=True, subok=False)
        return array if array.dtype.kind in "biufcU" and array.size <= MOST_ENTRIES else Foreign(_array_name(array))
    if issubclass(kind, np.generic) and kind.__module__ == "numpy":
        array = np.array(value)
        if array.dtype.kind == "U":
            return array.item()
        return array if array.dtype.kind in "biufc" else Foreign(type_name(value))
    if issubclass(kind, dict):
        items = list(dict.items(value))
        if all(issubclass(type(key), str) or type(key) in (int, bool) for key, _ in items):
            return {_plain_key(key): normalize(entry, depth + 1) for key, entry in items}
        return Foreign(type_name(value))
    if issubclass(kind, list):
        return [normalize(entry, depth + 1) for entry in list.__iter__(value)]
    if issubclass(kind, tuple):
        return tuple(normalize(entry, depth + 1) for entry in tuple.__iter__(value))
    return Foreign(type_name(value))


def _plain_key(key: object) -> object:
    """A string of a type of its own, such as NumPy's, as the string it is, whatever that type says about itself."""
    return str.__str__(key) if issubclass(type(key), str) else key


def copy(value: object) -> object:
    """A deep copy of an argument; generators start from the same state, callables stay what they are."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) is dict:
        return {key: copy(entry) for key, entry in value.items()}
    if type(value) in (list, tuple):
        return type(value)(copy(entry) for entry in value)
    if isinstance(value, np.random.Generator):
        return _copy.deepcopy(value)
    return value


def changed(before: object, after: object, path: str) -> Iterator[str]:
    """The places, such as 'parameters["W1"]', where an argument is no longer what it was before the call."""
    if isinstance(before, np.ndarray):
        same = isinstance(after, np.ndarray) and before.dtype == after.dtype and before.shape == after.shape
        if not same or before.tobytes() != after.tobytes():
            yield path
    elif type(before) is dict:
        if type(after) is not dict or set(before) != set(after):
            yield path
        else:
            for key in before:
                yield from changed(before[key], after[key], f"{path}[{quoted(key)}]")
    elif type(before) in (list, tuple):
        if type(after) is not type(before) or len(before) != len(after):
            yield path
        else:
            for i, (old, new) in enumerate(zip(before, after, strict=True)):
                yield from changed(old, new, f"{path}[{i}]")


def leaves(value: object) -> Iterator[object]:
    """The numbers, strings and arrays inside a value, in order."""
    if isinstance(value, dict):
        for entry in value.values():
            yield from leaves(entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from leaves(entry)
    else:
        yield value


def shapes(value: object) -> list[object]:
    """Of each array inside a value its shape, of strings themselves, of all else the type."""
    return [
        leaf.shape if isinstance(leaf, np.ndarray) else leaf if isinstance(leaf, str) else type_name(leaf)
        for leaf in leaves(value)
    ]


def map_leaves(function, value: object) -> object:
    """The same dicts, lists and tuples around `function` of each number, string and array."""
    if isinstance(value, dict):
        return {key: map_leaves(function, entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map_leaves(function, entry) for entry in value)
    return function(value)


def entries(array: np.ndarray) -> list[np.ndarray]:
    """The numbers of a rank-1 array as 0-d arrays, which keep its precision."""
    return [np.array(entry) for entry in array]


def is_data(value: object) -> bool:
    """Nothing in it is foreign."""
    return not any(isinstance(leaf, Foreign) for leaf in leaves(value))


def is_number(value: object) -> bool:
    """One real number: a Python number, a bool or a 0-d array."""
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "biuf"
    return type(value) in (bool, int, float)


def is_real_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf"


def in_precision(value: object, dtype: type) -> object:
    """The same argument with every array of floats in the given dtype."""

    def cast(leaf: object) -> object:
        return leaf.astype(dtype) if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f" else leaf

    return map_leaves(cast, value)


def type_name(value: object) -> str:
    """The name of a value's type, whatever that type does to hide it."""
    name = type.__dict__["__name__"].__get__(type(value))
    return str(name)[:60]


def quoted(key: object) -> str:
    return f'"{key}"' if isinstance(key, str) else repr(key)


def _array_name(array: np.ndarray) -> str:
    return f"ndarray, dtype {array.dtype}"[:60]
