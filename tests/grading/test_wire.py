"""Do values cross whole, and does nothing else cross?"""

import copy
from collections import deque

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grading import arguments, wire

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary()
KEYS = st.integers() | st.text() | st.tuples(st.integers(), st.text())
NUMBERS = (
    hnp.boolean_dtypes() | hnp.integer_dtypes() | hnp.floating_dtypes(sizes=(16, 32, 64)) | hnp.unicode_string_dtypes()
)
ARRAYS = hnp.arrays(NUMBERS, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
VALUES = st.recursive(
    PLAIN | ARRAYS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def same(a, b):
    if isinstance(a, np.ndarray | np.generic):
        return (
            type(a) is type(b)
            and a.dtype == b.dtype.newbyteorder(a.dtype.byteorder)
            and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
        )
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and (a == b or a != a)


@given(VALUES)
def test_data_crosses_whole(value):
    assert same(value, wire.unpack(wire.pack(value)))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_are_refused_or_are_data(message):
    try:
        value = wire.unpack(message)
    except wire.WireError:
        return
    assert same(value, wire.unpack(wire.pack(value)))


@pytest.mark.parametrize(
    "tree",
    [
        ["a", "O", [1], b"12345678", True],
        ["a", "<f8", [2], b"12345678", True],
        ["a", "<f8", [-1, -1], b"12345678", True],
        ["a", "<f8", [2**40, 2**40], b"", True],
        ["g", "__import__", {}],
        ["h", 1, "object", "x", [], "learner", None],
        ["k", "os.system"],
        ["k", "builtins.BaseException"],
        ["unknown", 1],
        ["l", 5],
        ["d", [[["l", []], 1]]],
        {"a": 1},
    ],
)
def test_a_message_that_lies_is_refused(tree):
    with pytest.raises(wire.WireError):
        wire.unpack(msgspec.msgpack.encode(tree))


@pytest.mark.parametrize("look", [lambda a: a.T, lambda a: a[::2, ::-1], np.asfortranarray, lambda a: a.astype(">f8")])
def test_arrays_cross_however_they_lie_in_memory(look):
    array = look(np.arange(12.0).reshape(3, 4))
    np.testing.assert_array_equal(wire.unpack(wire.pack(array)), array)


def test_generators_cross_with_their_state():
    rng = np.random.default_rng(3)
    rng.random(5)
    there = wire.unpack(wire.pack(rng))
    assert there.random() == copy.deepcopy(rng).random()


def test_the_children_of_a_generator_are_the_same_on_both_sides():
    for rng in (np.random.default_rng(3), np.random.default_rng([3, 4]), np.random.default_rng(3).spawn(2)[1]):
        rng.spawn(2)
        there = wire.unpack(wire.pack(rng))
        assert there.spawn(1)[0].random() == copy.deepcopy(rng).spawn(1)[0].random()


def test_a_seed_that_would_take_minutes_does_not_cross():
    for entropy in (1 << 4000, list(range(1000))):
        rng = np.random.default_rng(entropy)
        there = wire.unpack(wire.pack(rng))
        assert there.bit_generator.state == rng.bit_generator.state
        assert there.bit_generator.seed_seq.entropy == 0
    tree = msgspec.msgpack.decode(wire.pack(np.random.default_rng(3)))
    for seed in ([1 << 4000, (), 0], [3, tuple(range(1000)), 0], [3, (), -1]):
        tree[3] = msgspec.msgpack.decode(wire.pack(seed))  # as somebody might send it who wants to be in the way
        with pytest.raises(wire.WireError, match="odd kind"):
            wire.unpack(msgspec.msgpack.encode(tree))


def test_a_generator_that_had_children_over_there_has_had_them_here():
    ours, theirs = np.random.default_rng(3), np.random.default_rng(3)
    theirs.spawn(2)
    arguments.write_back([ours], [theirs])
    assert ours.spawn(1)[0].random() == theirs.spawn(1)[0].random()


def test_half_characters_cross():
    assert wire.unpack(wire.pack(["\ud800", {"\udfff": 1}])) == ["\ud800", {"\udfff": 1}]


def test_subclasses_cross_as_what_they_hold_and_nothing_of_their_own():
    class Liar(list):
        def __eq__(self, other):
            return True

        def __iter__(self):
            return iter([1, 2, 3])

    assert wire.unpack(wire.pack(Liar([7]))) == [7]


def test_what_cannot_cross_becomes_a_handle():
    handles = []

    def handle(thing):
        handles.append(thing)
        return wire.Handle(len(handles), "object", "Thing")

    value = object()
    crossed = wire.unpack(wire.pack([1, value], handle), lambda found: found)
    assert handles == [value]
    assert crossed == [1, wire.Handle(1, "object", "Thing")]
    with pytest.raises(wire.WireError, match="object"):
        wire.pack(value)


@pytest.mark.parametrize("kind", [int, type(None), ZeroDivisionError, np.float64, np.bool, bool, deque])
def test_known_classes_cross_as_themselves(kind):
    assert wire.unpack(wire.pack([kind])) == [kind]


def test_a_class_that_calls_itself_by_a_known_name_is_not_that_class():
    with pytest.raises(wire.WireError):
        wire.pack(type("int", (), {"__module__": "builtins"}))


def test_a_list_that_holds_itself_is_no_data():
    loop = []
    loop.append(loop)
    with pytest.raises(wire.WireError):
        wire.pack(loop)
