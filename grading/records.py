"""Objects of Python's own library that are data and nothing else, taken apart and put together again.

Only the classes listed here are ever built. A named tuple comes back as one with the same names, a dict whose entries
can be read as attributes as one that allows it; pandas' tables are in `tables`.
"""

import sys
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import PosixPath

FACTORIES = {kind.__name__: kind for kind in (int, float, str, list, dict, set, tuple, bool)}


class Bunch(dict):
    """A dict whose entries can be read as attributes, as SciPy and scikit-learn give them."""

    def __getattr__(self, name: str) -> object:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


@cache
def _tuple_class(name: str, fields: tuple[str, ...]) -> type:
    return namedtuple(name, fields)


def _named(parts: tuple) -> tuple:
    name, fields, items = parts
    if len(fields) > 100 or len(fields) != len(items):
        raise ValueError("a named tuple whose names do not fit its entries")
    return _tuple_class(name, fields)._make(items)


def _factory(value: defaultdict) -> str | None:
    kind = value.default_factory
    return kind.__name__ if kind in FACTORIES.values() else None


# class -> how it is taken apart, and put together again from what comes of that
KINDS: dict[type, tuple[Callable, Callable]] = {
    Fraction: (lambda v: (v.numerator, v.denominator), lambda parts: Fraction(*parts)),
    Decimal: (str, Decimal),
    date: (date.isoformat, date.fromisoformat),
    time: (time.isoformat, time.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    timedelta: (lambda v: (v.days, v.seconds, v.microseconds), lambda parts: timedelta(*parts)),
    PosixPath: (str, PosixPath),
    Counter: (dict, lambda parts: Counter(dict(parts))),
    OrderedDict: (lambda v: list(v.items()), OrderedDict),
    defaultdict: (lambda v: (_factory(v), dict(v)), lambda parts: defaultdict(FACTORIES.get(parts[0]), parts[1])),
    deque: (lambda v: (list(v), v.maxlen), lambda parts: deque(*parts)),
}
NAMED = {kind.__name__: kind for kind in KINDS}


def taken_apart(value: object, kind: type) -> tuple[str, object] | None:
    """(name of the class, its parts as simpler values); None for what is no such record."""
    if kind in KINDS:
        return kind.__name__, KINDS[kind][0](value)
    if issubclass(kind, tuple) and isinstance(getattr(kind, "_fields", None), tuple):
        return "namedtuple", (kind.__name__, kind._fields, tuple(value))
    if issubclass(kind, dict) and "__getattr__" in {name for base in kind.__mro__ for name in vars(base)}:
        return "Bunch", dict(dict.items(value))
    if "pandas" in sys.modules and kind.__module__.partition(".")[0] == "pandas":
        from grading import tables

        return tables.taken_apart(value)
    return None


def put_together(name: str, parts: object) -> object:
    """The object again. Raises ValueError and its like for parts that do not fit."""
    if name == "namedtuple":
        return _named(parts)
    if name == "Bunch":
        return Bunch(parts)
    if name in NAMED:
        return KINDS[NAMED[name]][1](parts)
    from grading import tables

    return tables.put_together(name, parts)
