"""Is a change noticed wherever it may be made, and nothing where none was?"""

from collections import OrderedDict, deque

import numpy as np
import pytest

from grading import wire
from grading.snapshot import DEEPEST, Snapshot


def pack(value):
    try:
        return wire.pack(value, lambda thing: wire.Handle(id(thing), "object", ""))
    except wire.WireError:
        return b""


class Unhashable(type):
    """A class of these fights being looked for in a set."""

    __hash__ = None


class Odd(metaclass=Unhashable):
    pass


def deep(inner):
    for _ in range(DEEPEST + 2):
        inner = [inner]
    return inner


def retyped(a):
    a.dtype = np.int64


def reshaped(a):
    a.shape = (2, 2)


CHANGES = {
    "an entry of an array": (lambda: np.zeros(3), lambda a: a.__setitem__(1, 2.0)),
    "a zero's sign": (lambda: np.zeros(3), lambda a: a.__setitem__(1, -0.0)),
    "an array's type": (lambda: np.zeros(3), retyped),
    "an array's shape": (lambda: np.zeros(4), reshaped),
    "an entry of an array of objects": (lambda: np.array([1, "a"], object), lambda a: a.__setitem__(0, 2)),
    "an array in a dict": (lambda: {"W1": np.ones((1, 2))}, lambda d: d["W1"].fill(3)),
    "an array in a tuple in a list": (lambda: [(1, np.ones(2))], lambda v: v[0][1].fill(3)),
    "a list's entry": (lambda: [1.0, 2.0], lambda v: v.__setitem__(0, 3.0)),
    "a list's length": (lambda: [1.0], lambda v: v.append(1.0)),
    "a list that was emptied": (lambda: [1.0], list.clear),
    "a dict's value": (lambda: {"a": 1}, lambda d: d.update(a=2)),
    "a dict's key": (lambda: {"a": 1}, lambda d: d.update(b=d.pop("a"))),
    "a set": (lambda: {1, 2}, lambda s: s.add(3)),
    "a bytearray": (lambda: bytearray(b"ab"), lambda b: b.append(1)),
    "a deque": (lambda: deque([1]), lambda d: d.append(2)),
    "another kind of dict": (lambda: OrderedDict(a=1), lambda d: d.update(a=2)),
    "a generator": (lambda: np.random.default_rng(0), lambda g: g.random()),
    "something deep": (lambda: deep([1]), lambda v: _deepest(v).append(2)),
}


def _deepest(value):
    while isinstance(value[0], list):
        value = value[0]
    return value


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_noticed_once(name):
    make, change = CHANGES[name]
    value = make()
    snapshot = Snapshot(value, pack)
    assert snapshot.holds()
    change(value)
    assert not snapshot.holds()
    snapshot.renew()
    assert snapshot.holds()


UNTOUCHED = [None, 1, 2**80, 0.5, "ä", b"x", np.float64(np.nan), np.float32(1), np.array([np.nan]), (), Odd(), Odd]


@pytest.mark.parametrize("value", UNTOUCHED, ids=[f"{n}" for n in range(len(UNTOUCHED))])
def test_what_nobody_touched_is_as_it_was(value):
    assert Snapshot([value], pack).holds()


def test_a_list_that_holds_itself_ends():
    value = [1]
    value.append(value)
    assert Snapshot(value, pack).holds()
