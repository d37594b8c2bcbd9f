"""What within the arguments of a call can be changed in place: both sides count it in the same order.

Arguments cross as copies. The learner's side tells what each has become, and where one of them stands in another or in
the answer it gives the number instead of a second copy: what is one thing over there is one thing here.
"""

import contextlib
import sys
from collections import deque
from collections.abc import Container

import numpy as np

from grading import wire

MOST_CHILDREN = 1000  # of a generator, in one call
OWNER = "argument"  # of a Handle whose number is the place in `changeable`
CHANGEABLE = (list, dict, set, deque, bytearray, np.ndarray, np.random.Generator)


def changeable(value: object, apart: Container[int] = ()) -> list:
    """The changeable values within a value, the outer before the inner. apart: ids of what did not cross as data."""
    if id(value) in apart:
        return []
    found = [value] if isinstance(value, CHANGEABLE) or _is_table(value) else []
    for part in _parts(value):
        found += changeable(part, apart)
    return found


def _is_table(value: object) -> bool:
    """Is it one of pandas', where pandas is there? Its cells count as one with it."""
    pandas = sys.modules.get("pandas") if type(value).__module__.startswith("pandas") else None
    return pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series))


def _parts(value: object) -> list:
    """As `wire` reads them: by the base classes' own methods."""
    if isinstance(value, dict):
        return list(dict.values(value))
    for kind in (list, tuple, deque):
        if isinstance(value, kind):
            return list(kind.__iter__(value))
    return []


def write_back(ours: list, theirs: list) -> None:
    """Do to ours what was done to the copies; a list that was handed over twice keeps what was done to either."""
    changed = [(mine, now) for mine, now in zip(ours, theirs, strict=True) if _as_bytes(mine) != _as_bytes(now)]
    for mine, now in changed:
        fill(mine, now)


def fill(mine: object, now: object) -> None:
    """Make one what the other is, where it is of the same kind."""
    with contextlib.suppress(Exception):  # what cannot be written to stays as it is
        if isinstance(mine, list | bytearray) and isinstance(now, list | bytearray):
            mine[:] = now
        elif isinstance(mine, deque) and isinstance(now, deque):
            mine.clear()
            mine.extend(now)
        elif isinstance(mine, dict | set) and type(mine) is type(now):
            mine.clear()
            mine.update(now)
        elif isinstance(mine, np.random.Generator):
            mine.bit_generator.state = now.bit_generator.state
            ours, theirs = (generator.bit_generator.seed_seq.n_children_spawned for generator in (mine, now))
            mine.spawn(min(theirs - ours, MOST_CHILDREN))
        elif isinstance(mine, np.ndarray) and (mine.shape, mine.dtype) == (now.shape, now.dtype):
            mine[...] = now
        elif _is_table(mine) and type(mine) is type(now):
            mine._update_inplace(now)
            if mine.ndim == 1:
                mine.name = now.name


def _as_bytes(value: object) -> bytes:
    return wire.pack(value, lambda thing: wire.Handle(id(thing), "object", ""))
