"""What of Python and its packages has learner code replaced? The half of beside.py that is in the learner's process."""

import gc
import sys
import threading
import types
from collections.abc import Callable, Iterator

# Methods by which an object could say of itself that a test holds.
SAYS = {
    *(
        f"__{name}__"
        for name in ("eq", "ne", "lt", "le", "gt", "ge", "bool", "len", "contains", "hash", "instancecheck")
    ),
    *(f"__{name}__" for name in ("float", "int", "index", "complex", "abs", "round", "array", "array_ufunc")),
    *(f"__{side}{name}__" for side in ("", "r") for name in ("sub", "add", "mul", "truediv", "pow", "mod")),
    "__array_function__",
}
# Matplotlib's own switching between back ends replaces these, and output is taken in by replacing those.
OFTEN = {
    ("matplotlib.pyplot", name)
    for name in ("show", "draw_if_interactive", "switch_backend", "new_figure_manager", "_backend_mod")
} | {("sys", name) for name in ("displayhook", "excepthook", "stdout", "stderr", "stdin")}
MOST = 10_000  # items of a container that are looked at
FUNCTIONS = (types.FunctionType, classmethod, staticmethod, property)


class Watch:
    """Remembers what is there before learner code runs."""

    def __init__(self) -> None:
        self._modules = {name: module for name, module in sys.modules.items() if isinstance(module, types.ModuleType)}
        self._there = {name: dict(_callables(vars(module))) for name, module in self._modules.items()}
        self._classes = {
            kind: dict(_functions(kind))
            for name, there in self._there.items()
            for kind in there.values()
            if isinstance(kind, type) and kind.__module__ == name and kind.__flags__ & (1 << 9)  # made by Python code
        }
        functions = [thing for there in self._there.values() for thing in there.values()]
        functions += [thing for there in self._classes.values() for thing in there.values()]
        self._code = {
            thing: (thing.__code__, thing.__defaults__) for thing in functions if isinstance(thing, types.FunctionType)
        }
        self._threads = threading.active_count()
        self._callbacks = len(gc.callbacks)
        self.odd: set[str] = set()

    def changes(self) -> list[str]:
        """What is not as it was, in words; the first twenty."""
        found = [*self._replaced(), *self._rewritten(), *self._hooks(), *sorted(self.odd)]
        return list(dict.fromkeys(found))[:20]

    def seen(self, value: object) -> object:
        """Look at a value that a test got; returns it."""
        self._look(value, 0)
        return value

    def _replaced(self) -> Iterator[str]:
        for name, module in self._modules.items():
            if name != "__main__" and sys.modules.get(name) is not module:
                yield f"the module {name} was replaced"
            now = vars(module)
            for attribute, value in self._there[name].items():
                if now.get(attribute) is not value and name != "__main__" and (name, attribute) not in OFTEN:
                    yield f"{name}.{attribute} was replaced"
        for kind, there in self._classes.items():
            now = dict(_functions(kind))
            for attribute in there.keys() | now.keys():
                if now.get(attribute) is not there.get(attribute):
                    yield f"{kind.__module__}.{kind.__qualname__}.{attribute} was replaced"

    def _rewritten(self) -> Iterator[str]:
        for function, (code, defaults) in self._code.items():
            if function.__code__ is not code or function.__defaults__ is not defaults:
                yield f"{function.__module__}.{function.__qualname__} was rewritten"

    def _hooks(self) -> Iterator[str]:
        if sys.gettrace() is not None or sys.getprofile() is not None:
            yield "a trace function is set"
        if threading.active_count() > self._threads:
            yield "a thread is running"
        if len(gc.callbacks) > self._callbacks:
            yield "the garbage collector calls a function"

    def _look(self, value: object, depth: int) -> None:
        kind = type(value)
        if kind in (list, tuple, set, frozenset, dict) and depth < 4:
            for item in list(value.items() if kind is dict else value)[:MOST]:
                self._look(item, depth + 1)
        for base in type.mro(kind) if kind is not type else ():
            if base not in self._classes and base.__flags__ & (1 << 9) and not self._is_there(base):
                own = [name for name in sorted(SAYS & vars(base).keys()) if not self._is_packages(vars(base)[name])]
                if own:
                    self.odd.add(f"the test met a {kind.__qualname__} of the learner's, which has its own {own[0]}")

    def _is_there(self, kind: type) -> bool:
        return any(thing is kind for thing in self._there.get(kind.__module__, {}).values())

    def _is_packages(self, method: object) -> bool:
        """Is it a package's own method, such as those that a mock begins with?"""
        if isinstance(method, types.FunctionType):
            return method in self._code
        return type(method) in self._classes


def _callables(space: dict) -> Iterator[tuple[str, Callable]]:
    return ((name, value) for name, value in list(space.items()) if isinstance(name, str) and callable(value))


def _functions(kind: type) -> Iterator[tuple[str, object]]:
    return ((name, value) for name, value in vars(kind).items() if isinstance(value, FUNCTIONS))
