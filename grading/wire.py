"""Values as typed data: what may cross between the learner's process and the tester's, and nothing else.

Numbers, strings, bytes, None, tuples, lists, sets, dicts, NumPy arrays, scalars and random generators cross by value,
as tagged MessagePack (msgspec); so do the plain objects of `records`, and by name the classes of `known`. Everything
else, and what is too large or too deep, stays where it is and crosses as a `Handle`, a number that stands for it.
Nothing here imports, calls or builds what the sender names, so reading a message cannot run the sender's code.

An array in which something is masked stays, too: where it is masked it would agree with everything.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
import numpy as np

from grading import bare, known, records

DEEPEST = 40  # nesting; a list that holds itself ends here
MOST_BYTES = 100 * 2**20  # of one message, about
LONGEST_DOC = 2000
LARGEST_SEED, MOST_OF_SEED = 2**512, 100  # NumPy's own are of 128 bits
EACH, EACH_TAGGED = 8, 64  # what an entry of a list, and a value with a tag, takes of that
NUMBER_KINDS = "biufcSUmM"  # NumPy's kinds that are plain bytes
GENERATORS = {name: getattr(np.random, name) for name in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")}
WORD = 2**63
# Held here, because a learner's cell may put something else in their place.
as_array, mask_of, Masked = np.asarray, np.ma.getmaskarray, np.ma.MaskedArray
AS_THEY_ARE = (bool, int, float, str)


class WireError(ValueError):
    """A message that is no typed data; the text says why."""


@dataclass(frozen=True)
class Handle:
    """Something that stays on the other side.

    kind: "function", "class", "error-class", "object", "coroutine", or "callable", an object that can be called.
    bases: names of its class's bases.
    signature: of what can be called, one (name, kind, has a default) a parameter; None where it has none to show.
    doc: of a function of the tester's.
    origin: full name of its class, where that is one of Python's own or of a package.
    """

    id: int
    kind: str
    type_name: str
    bases: tuple[str, ...] = field(default=())
    owner: str = "learner"
    signature: tuple[tuple[str, int, bool], ...] | None = None
    doc: str | None = None
    origin: str = ""


def pack(
    value: object,
    handle: Callable[[object], Handle] | None = None,
    known: Mapping[int, Handle] | None = None,
    own_names: Callable[[object, type], list[str]] | None = None,
) -> bytes:
    """Return a value as bytes. handle gives a Handle for what cannot cross; without one, WireError is raised.

    known: id of something within the value -> the Handle that it crosses as, though it could cross as data.
    own_names: of data of a class of its own, what that class has beside; they cross, too. See `bare`.
    """
    try:
        return msgspec.msgpack.encode(_Packer(handle, known or {}, own_names).tree(value, 0))
    except WireError:
        raise
    except Exception as error:  # an object that fights being read: it is the learner's
        raise WireError(f"a value cannot be read: {type(error).__name__}") from None


def unpack(
    message: bytes,
    resolve: Callable[[Handle], object] | None = None,
    without: Callable[[object, str, tuple[str, ...]], object] | None = None,
) -> object:
    """Return the value in the bytes. Raises WireError.

    resolve turns a Handle into what stands for it, without(data, name of their class, names) data that come without
    what their class has made of its own.
    """
    try:
        tree = msgspec.msgpack.decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, MemoryError) as error:
        raise WireError(f"a damaged message: {error}") from None
    return _Unpacker(resolve, without).value(tree, 0)


class _Packer:
    def __init__(self, handle: Callable | None, known: Mapping[int, Handle], own_names: Callable | None) -> None:
        self._handle, self._known, self._own_names, self._room = handle, known, own_names, MOST_BYTES

    def tree(self, value: object, depth: int) -> object:
        kind = type(value)
        if value is None or kind is bool or kind is float or (kind is int and -WORD <= value < WORD):
            return value
        if kind is str and value.isascii() and self._fits(len(value)):
            return value
        if issubclass(kind, Handle):
            about = [list(value.bases), value.owner, value.signature, value.doc, value.origin]
            return ["h", value.id, value.kind, value.type_name, *about]
        if depth and id(value) in self._known:
            return self.tree(self._known[id(value)], depth)
        if depth < DEEPEST and self._fits(EACH_TAGGED):
            try:
                packed = self._plain(value, kind, depth + 1)
            except WireError:
                raise
            except Exception:  # an object that fights being read
                packed = None
            if packed is not None:
                return packed if self._own_names is None else self._with_names(packed, value, kind)
        if self._handle is None:
            raise WireError(f"an object of type {_name(kind)} cannot cross as data")
        return self.tree(self._handle(value), depth)

    def _with_names(self, packed: object, value: object, kind: type) -> object:
        try:
            names = self._own_names(value, kind)
        except Exception:  # an object that fights being read
            return packed
        return ["b", packed, _name(kind), names] if names and self._fits(EACH * len(names)) else packed

    def _fits(self, size: int) -> bool:
        if size > self._room:
            return False
        self._room -= size
        return True

    def _plain(self, value: object, kind: type, depth: int) -> object:
        """The tagged form, or None. Base classes' own methods are called: a subclass may lie, but only about itself."""
        if issubclass(kind, np.ndarray):
            return self._array(value, depth)
        if kind is dict or kind is list or kind is tuple:
            return self._container(value, kind, depth)
        if issubclass(kind, bare.Bare):  # its class is on the other side, and what it holds is not all of it
            return None
        if issubclass(kind, np.generic):
            return ["n", value.dtype.str, value.tobytes()] if value.dtype.kind in NUMBER_KINDS else None
        if kind is type:
            return ["k", known.NAMES[value]] if value in known.NAMES else None
        if kind is np.random.Generator:
            bits = value.bit_generator
            return ["g", type(bits).__name__, self._state(bits.state, depth), self._seed(bits.seed_seq, depth)]
        if issubclass(kind, bool | int):
            number = int.__int__(value)
            if -WORD <= number < WORD:
                return number
            return ["i", hex(number)] if self._fits(number.bit_length() // 4) else None
        if issubclass(kind, float):
            return float.__float__(value)
        if issubclass(kind, complex):
            return ["c", value.real, value.imag]
        if issubclass(kind, str):
            return _text(str.__str__(value)) if self._fits(4 * str.__len__(value)) else None
        if issubclass(kind, bytes | bytearray):
            tag = "y" if issubclass(kind, bytes) else "w"
            return [tag, bytes(value)] if self._fits(len(value)) else None
        record = records.taken_apart(value, kind)
        if record is not None:
            return ["p", record[0], self.tree(record[1], depth)]
        if kind in (range, slice):
            return ["r" if kind is range else "e", [self.tree(x, depth) for x in (value.start, value.stop, value.step)]]
        return ["."] if value is Ellipsis else self._container(value, kind, depth)

    def _container(self, value: object, kind: type, depth: int) -> object:
        if issubclass(kind, dict):
            fits = self._fits(2 * EACH * dict.__len__(value))
            return ["d", [[self.tree(k, depth), self.tree(v, depth)] for k, v in dict.items(value)]] if fits else None
        for base, tag in ((list, "l"), (tuple, "t"), (set, "s"), (frozenset, "z")):
            if issubclass(kind, base):
                fits = self._fits(EACH * base.__len__(value))
                return [tag, [self.tree(item, depth) for item in base.__iter__(value)]] if fits else None
        return None

    def _array(self, value: np.ndarray, depth: int) -> object:
        if isinstance(value, Masked) and mask_of(value).any():
            return None
        plain = as_array(value)
        if not self._fits(plain.nbytes):
            return None
        if plain.dtype.kind == "O":
            items = [self.tree(item, depth) for item in plain.ravel().tolist()]
            return ["o", list(plain.shape), items]
        if plain.dtype.kind not in NUMBER_KINDS:
            return None
        data = plain if plain.dtype.isnative else plain.astype(plain.dtype.newbyteorder("="))
        return ["a", data.dtype.str, list(data.shape), data.tobytes(), plain.flags.writeable]

    def _state(self, state: dict, depth: int) -> object:
        return self.tree({k: dict(v) if isinstance(v, dict) else v for k, v in state.items()}, depth)

    def _seed(self, seed: object, depth: int) -> object:
        """What `spawn` makes children from, or None where that is not of the usual kind."""
        if type(seed) is not np.random.SeedSequence or seed.pool_size != np.random.SeedSequence(0).pool_size:
            return None
        parts = [seed.entropy, seed.spawn_key, seed.n_children_spawned]
        return self.tree(parts, depth) if _is_usual_seed(*parts) else None


class _Unpacker:
    def __init__(self, resolve: Callable | None, without: Callable | None) -> None:
        self._resolve, self._without = resolve, without

    def value(self, tree: object, depth: int) -> object:
        if tree is None or isinstance(tree, AS_THEY_ARE):
            return tree
        if not isinstance(tree, list) or not tree or not isinstance(tree[0], str) or depth > DEEPEST + 2:
            raise WireError("a value without a type")
        reader = self._READERS.get(tree[0])
        if reader is None:
            raise WireError(f"a value of an unknown type {tree[0][:20]!r}")
        try:
            return reader(self, *tree[1:], depth=depth + 1)
        except WireError:
            raise
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, ImportError, MemoryError) as error:
            raise WireError(f"a value that does not fit its type: {error}") from None

    def _many(self, items: list, depth: int) -> list:
        return [self.value(item, depth) for item in items]

    def _array(self, dtype: str, shape: list, data: bytes, writeable: bool = True, *, depth: int) -> np.ndarray:
        kind = np.dtype(dtype)
        if kind.kind not in NUMBER_KINDS or len(shape) > 32 or any(n < 0 for n in shape):
            raise WireError(f"an array of type {dtype[:20]!r}")
        if math.prod(shape) * kind.itemsize != len(data):
            raise WireError("an array whose bytes do not fit its shape")
        array = np.frombuffer(data, kind).reshape(shape).copy()
        if not writeable:
            array.flags.writeable = False
        return array

    def _record(self, name: str, parts: object, *, depth: int) -> object:
        return records.put_together(name, self.value(parts, depth))

    def _bare(self, data: object, name: str, names: list, *, depth: int) -> object:
        value = self.value(data, depth)
        if self._without is None:
            return value
        return self._without(value, str(name)[:80], tuple(str(one)[:80] for one in names[: bare.MOST]))

    def _objects(self, shape: list, items: list, *, depth: int) -> np.ndarray:
        array = np.empty(len(items), object)
        array[:] = self._many(items, depth)
        return array.reshape(shape)

    def _scalar(self, dtype: str, data: bytes, *, depth: int) -> np.generic:
        return self._array(dtype, [], data, depth=depth)[()]

    def _generator(self, name: str, state: object, seed: object, *, depth: int) -> np.random.Generator:
        entropy, key, children = self.value(seed, depth) or (0, (), 0)
        if not _is_usual_seed(entropy, key, children):
            raise WireError("a seed of an odd kind")
        bits = GENERATORS[name](np.random.SeedSequence(entropy, spawn_key=key, n_children_spawned=children))
        bits.state = self.value(state, depth)
        return np.random.Generator(bits)

    def _handle(
        self,
        number: int,
        kind: str,
        name: str,
        bases: list,
        owner: str,
        signature: list | None,
        doc: str | None = None,
        origin: str = "",
        *,
        depth: int,
    ) -> object:
        short = tuple(str(base)[:80] for base in bases[:20])
        parameters = None if signature is None else tuple((str(n)[:80], int(k), bool(d)) for n, k, d in signature[:50])
        words = None if doc is None else str(doc)[:LONGEST_DOC]
        found = Handle(
            int(number), str(kind)[:20], str(name)[:80], short, str(owner)[:20], parameters, words, str(origin)[:200]
        )
        if self._resolve is None:
            raise WireError("an object where data is wanted")
        return self._resolve(found)

    _READERS = {  # noqa: RUF012
        "a": _array,
        "o": _objects,
        "n": _scalar,
        "g": _generator,
        "h": _handle,
        "p": _record,
        "b": _bare,
        "k": lambda self, name, depth: known.CLASSES[name],
        "i": lambda self, digits, depth: int(digits, 16),
        "c": lambda self, real, imag, depth: complex(real, imag),
        "y": lambda self, data, depth: bytes(data),
        "w": lambda self, data, depth: bytearray(data),
        "u": lambda self, data, depth: data.decode("utf-8", "surrogatepass"),
        "l": lambda self, items, depth: self._many(items, depth),
        "t": lambda self, items, depth: tuple(self._many(items, depth)),
        "s": lambda self, items, depth: set(self._many(items, depth)),
        "z": lambda self, items, depth: frozenset(self._many(items, depth)),
        "d": lambda self, pairs, depth: {self.value(k, depth): self.value(v, depth) for k, v in pairs},
        "r": lambda self, items, depth: range(*self._many(items, depth)),
        "e": lambda self, items, depth: slice(*self._many(items, depth)),
        ".": lambda self, depth: ...,
    }


def _is_usual_seed(entropy: object, key: object, children: object) -> bool:
    """Numbers, and not so long or many that NumPy would work at them for minutes."""
    several = [part if isinstance(part, list | tuple) else (part,) for part in (entropy, key, children)]
    numbers = [number for part in several for number in part[: MOST_OF_SEED + 1]]
    return len(numbers) <= MOST_OF_SEED and all(type(n) is int and 0 <= n < LARGEST_SEED for n in numbers)


def signature_of(value: object) -> tuple[tuple[str, int, bool], ...] | None:
    """See Handle."""
    if not callable(value):
        return None
    try:
        parameters = inspect.signature(value).parameters.values()
    except Exception:  # it has none, or none that can be told
        return None
    return tuple((p.name, int(p.kind), p.default is not p.empty) for p in parameters)


def as_signature(told: tuple[tuple[str, int, bool], ...] | None) -> inspect.Signature | None:
    """Of a Handle's; what the defaults are is not told."""
    try:
        return None if told is None else inspect.Signature([_parameter(*one) for one in told])
    except ValueError:
        return None


def _parameter(name: str, kind: int, has_default: bool) -> inspect.Parameter:
    default = None if has_default else inspect.Parameter.empty
    return inspect.Parameter(name, inspect._ParameterKind(kind), default=default)


def _text(value: str) -> object:
    """A string; one with halves of surrogate pairs, which are no characters, in a form of its own."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return ["u", value.encode("utf-8", "surrogatepass")]
    return value


def _name(kind: type) -> str:
    try:
        return str(type.__getattribute__(kind, "__qualname__"))[:80]
    except Exception:
        return "?"
