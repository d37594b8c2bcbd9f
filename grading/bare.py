"""Data of a class of the learner's own: what it holds crosses, what its class can do does not.

A `class Bag(dict)` with a method stands in the tester as a dict that equals what an equal dict equals. Whoever asks it
for something that the learner's class has made of its own is refused: a person has to look.
"""

from collections.abc import Callable

from grading import records

CONTAINERS = (dict, list, tuple, set, frozenset)
BASES = (*CONTAINERS, int, float, complex, str, bytes)
PLAIN = frozenset({*BASES, bool})
MADE_BY_PYTHON = 1 << 9  # among a class's flags
MOST = 200
# Beside the public names. Not among them: comparisons, which are those of the data whatever the class says.
METHODS = frozenset(
    f"__{name}__"
    for name in (
        *("getitem", "setitem", "delitem", "missing", "contains", "iter", "reversed", "len", "bool", "call"),
        *("str", "repr", "format", "enter", "exit", "neg", "abs", "add", "radd", "iadd", "sub", "rsub", "isub"),
        *("mul", "rmul", "imul", "matmul", "truediv", "or", "ror", "ior", "and", "rand", "iand", "xor"),
    )
)


class Bare:
    """What a class here has, whose data came without its methods; it cannot be handed back."""

    __slots__ = ()


def own_names(value: object, kind: type) -> list[str]:
    """What a value's own class has given it, beside what it holds. Asked in the learner's process."""
    if kind in PLAIN or kind in records.KINDS or not issubclass(kind, BASES):
        return []
    found = set(getattr(value, "__dict__", ()))
    for base in type.mro(kind):
        if base.__flags__ & MADE_BY_PYTHON:
            found |= vars(base).keys()
    fields = getattr(kind, "_fields", ()) if issubclass(kind, tuple) else ()
    methods = METHODS if issubclass(kind, CONTAINERS) else frozenset()
    if fields:
        methods = methods - {"__repr__"}  # each named tuple has one
    return sorted(n for n in found if n not in fields and (n in methods or not n.startswith("_")))[:MOST]


def class_of(base: type, name: str, names: tuple[str, ...], refuse: Callable[[str], Exception]) -> type:
    """A class for such data, below the class of what it holds."""
    space: dict = {"__slots__": ()}
    for asked in names[:MOST]:
        if asked in METHODS:
            space[asked] = _refusing(name, asked, refuse)
        elif asked.isidentifier() and not asked.startswith("_"):
            no = _refusing(name, asked, refuse)
            space[asked] = property(no, no, no)
    return type(name, (Bare, base), space)


def _refusing(name: str, asked: str, refuse: Callable[[str], Exception]) -> Callable:
    def refused(*_: object) -> object:
        raise refuse(f"it asks a {name} of the learner's for {asked}")

    return refused
