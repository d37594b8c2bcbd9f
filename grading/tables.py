"""pandas' tables by value, where pandas is installed: DataFrame, Series, Index and their scalars."""

from collections.abc import Callable

import numpy as np
import pandas as pd


def _column(values: object) -> tuple:
    """(name of its type, entries): of a Series or an Index."""
    kind = values.dtype
    if isinstance(kind, np.dtype):
        return "", values.to_numpy()
    if isinstance(kind, pd.CategoricalDtype):
        codes = np.asarray(values.cat.codes if isinstance(values, pd.Series) else values.codes)
        return "category", (codes, _column(kind.categories), bool(kind.ordered))
    texts = isinstance(kind, pd.DatetimeTZDtype)
    return str(kind), [None if pd.isna(v) else str(v) if texts else v for v in values]


def _array(column: tuple) -> object:
    name, entries = column
    if not name:
        return np.asarray(entries)
    if name == "category":
        codes, categories, ordered = entries
        return pd.Categorical.from_codes(codes, pd.Index(_array(categories)), ordered=ordered)
    return pd.array(entries, dtype=name)


def _axis(index: pd.Index) -> tuple:
    if isinstance(index, pd.MultiIndex):
        return "levels", index.tolist(), list(index.names)
    if isinstance(index, pd.RangeIndex):
        return "range", (index.start, index.stop, index.step), index.name
    return "plain", _column(index), index.name


def _index(axis: tuple) -> pd.Index:
    kind, entries, name = axis
    if kind == "levels":
        return pd.MultiIndex.from_tuples([tuple(entry) for entry in entries], names=name)
    if kind == "range":
        return pd.RangeIndex(*entries, name=name)
    return pd.Index(_array(entries), name=name)


def _apart(frame: pd.DataFrame) -> tuple:
    columns = [_column(frame.iloc[:, place]) for place in range(frame.shape[1])]
    return columns, _axis(frame.columns), _axis(frame.index)


def _together(parts: tuple) -> pd.DataFrame:
    columns, names, rows = parts[0], _index(parts[1]), _index(parts[2])
    found = pd.DataFrame({place: _array(column) for place, column in enumerate(columns)}, index=rows)
    found.columns = names
    return found


def _series(parts: tuple) -> pd.Series:
    column, index, name = parts
    return pd.Series(_array(column), index=_index(index), name=name)


# class -> how it is taken apart, and put together again
KINDS: dict[type, tuple[Callable, Callable]] = {
    pd.DataFrame: (_apart, _together),
    pd.Series: (lambda v: (_column(v), _axis(v.index), v.name), _series),
    pd.Index: (_axis, _index),
    pd.Timestamp: (str, pd.Timestamp),
    pd.Timedelta: (lambda v: v.value, pd.Timedelta),
    type(pd.NaT): (lambda v: None, lambda parts: pd.NaT),
    type(pd.NA): (lambda v: None, lambda parts: pd.NA),
}
NAMED = {kind.__name__: kind for kind in KINDS}


def taken_apart(value: object) -> tuple[str, object] | None:
    """(name of the class, its parts); None for what is none of these. Subclasses are taken for their base."""
    kind = next((kind for kind in KINDS if isinstance(value, kind)), None)
    return None if kind is None else (kind.__name__, KINDS[kind][0](value))


def put_together(name: str, parts: object) -> object:
    """The object again."""
    return KINDS[NAMED[name]][1](parts)
