"""The learner's process: runs the learner's cells and answers calls. Nothing it says is trusted; see remote.py.

It serves one connection: a command comes in, an answer goes out. While a command runs, learner code may call a function
that the tester passed in; that sends a "callback" the other way, and further commands may arrive before its answer.
"""

import builtins
import contextlib
import copy
import dataclasses
import importlib
import inspect
import linecache
import os
import sys
import traceback
import types
import warnings
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np
from IPython.core.async_helpers import get_asyncio_loop

from grading import arguments, bare, known, wire
from grading.channel import Channel, ChannelClosedError
from grading.folders import Folder
from grading.mending import Whole
from grading.outputs import Outputs
from grading.snapshot import Snapshot
from grading.watch import Watch

# What a test may do with one of the learner's objects, beside calling it: operation -> how it is done here.
OPERATIONS: dict[str, Callable] = {
    "getattr": getattr,
    "setattr": setattr,
    "hasattr": hasattr,
    "delattr": delattr,
    "len": len,
    "repr": repr,
    "str": str,
    "format": format,
    "bool": bool,
    "iter": iter,
    "next": next,
    "isinstance": isinstance,
    "issubclass": issubclass,
    "getitem": lambda thing, key: thing[key],
    "setitem": lambda thing, key, value: thing.__setitem__(key, value),
    "delitem": lambda thing, key: thing.__delitem__(key),
    "contains": lambda thing, item: item in thing,
    "own": lambda thing, names: _own(type(thing), names),
    "enter": lambda thing: thing.__enter__(),
    "await": lambda thing: get_asyncio_loop().run_until_complete(thing),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "is_dataclass": dataclasses.is_dataclass,
    "asdict": dataclasses.asdict,
    "astuple": dataclasses.astuple,
    "replace": dataclasses.replace,
    "signature": lambda function: _details_of_signature(function),
    "exit": lambda thing, kind=None, args=(): bool(thing.__exit__(kind, kind and _error(kind, args), None)),
}


KEPT = 40
PACKAGES = f"{os.sep}lib{os.sep}python"  # in the path of Python's own modules and of those that were installed
OF_ALL_ERRORS = frozenset(dir(BaseException))
MOST_ATTRIBUTES, DEEPEST_CAUSE, MOST_OF_ERROR = 30, 3, 100_000
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)


class Learner:
    """One learner's namespace, and the loop that serves it."""

    def __init__(self, channel: Channel, shell: object, output_bytes: int) -> None:
        self._channel, self._shell, self._output_bytes = channel, shell, output_bytes
        self._process = os.getpid()
        self._things: dict[int, object] = {}  # what crossed as a handle; held so that its id stays its own
        self._handles: dict[int, wire.Handle] = {}
        self._known: dict[int, wire.Handle] = {}  # of a reply, what the tester has: id -> its place in the arguments
        self._lent: list[Callable] = []  # what stands for the tester's functions; held for the same reason
        self._watch: Watch | None = None  # where a test will run here
        self._calls = 0
        self._given: deque = deque(maxlen=KEPT)  # the last answers, in case a later call writes into one

    def serve(self) -> None:
        """Answer commands until the other side is gone."""
        builtins.input = self._input
        self._whole = Whole(self._shell)
        self._folder = Folder(Path.cwd())
        with contextlib.suppress(ChannelClosedError):
            while True:
                self._obey(self._receive())

    # Messages

    def _receive(self) -> dict:
        return wire.unpack(self._channel.receive(), self._resolve)

    def _send(self, message: dict) -> None:
        if os.getpid() != self._process:  # a child that learner code forked, and that came to the end of the cell
            os._exit(0)
        self._channel.send(wire.pack(message, self._handle, self._known, bare.own_names))

    def _obey(self, command: dict) -> None:
        if command["do"] == "run":
            self._send(self._run(command["source"], command["cell"]))
        elif command["do"] == "names":
            space = self._shell.user_ns
            self._send({"is": "names", "values": {name: space[name] for name in command["names"] if name in space}})
        elif command["do"] == "call":
            self._folder.take(command["files"], texts_only=False)
            missed = self._write(command["written"])
            self._send(self._call(command["function"], command["arguments"]) | {"missed": missed})
            self._known = {}
        elif command["do"] == "watch":
            for name in command["modules"]:
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
            self._watch = Watch()
            self._send({"is": "watching"})
        elif command["do"] == "look":
            self._send({"is": "looked", "changes": self._watch.changes()})
        elif command["do"] == "beside":
            self._send(self._beside(command["source"], command["mode"], command["seen"]))
        elif command["do"] == "again":
            kept = dict(self._given)
            self._send({"is": "again", "values": {n: kept[n] for n in command["numbers"] if n in kept}})
        else:
            raise ValueError(f"unknown command {command['do']!r}")

    def _ask(self, function: int | str, args: tuple, kwargs: dict) -> object:
        """Call a function of the tester's; obey what it asks meanwhile."""
        self._send({"is": "callback", "function": function, "args": args, "kwargs": kwargs})
        while True:
            message = self._receive()
            if message["do"] == "return":
                for mine, theirs in zip(args, message["changed"], strict=False):
                    arguments.fill(mine, theirs)  # what the tester's function did to an argument of ours
                return message["value"]
            if message["do"] == "raise":
                kind = getattr(builtins, message["type"], None)
                fits = isinstance(kind, type) and issubclass(kind, Exception)
                raise (kind if fits else RuntimeError)(message["text"])
            self._obey(message)

    def _input(self, prompt: object = "") -> object:
        """Python's input(): a test may have put an answer in its place; else nobody is there who could give one."""
        try:
            return self._ask("input", (str(prompt),), {})
        except EOFError:
            print(prompt, end="", flush=True)
            raise

    # Handles

    def _handle(self, value: object) -> wire.Handle:
        handle = self._handles.get(id(value))
        if handle is None:
            number = len(self._things) + 1
            about = {"signature": _signature(value), "origin": _origin(type(value))}
            handle = wire.Handle(number, _kind(value), _type_name(value), _bases(value), **about)
            self._things[number], self._handles[id(value)] = value, handle
        return handle

    def _resolve(self, handle: wire.Handle) -> object:
        if handle.owner == "learner":
            return self._things[handle.id]

        def function(*args: object, **kwargs: object) -> object:
            return self._ask(handle.id, args, kwargs)

        function.__name__ = function.__qualname__ = handle.type_name
        function.__doc__ = handle.doc
        if (signature := wire.as_signature(handle.signature)) is not None:
            function.__signature__ = signature
        self._lent.append(function)
        self._handles[id(function)] = handle  # where it goes back it is the tester's own again
        return function

    # Cells and calls

    def _run(self, source: str, cell: str) -> dict:
        outputs = Outputs(self._output_bytes)
        self._whole.mend_shell()
        with outputs.of(self._shell):
            result = self._shell.run_cell(source, store_history=False)
        self._whole.mend_shell()
        error = getattr(result, "error_before_exec", None) or getattr(result, "error_in_exec", None)
        if error is not None:
            outputs.error(error, _frames(error))
        return {
            "is": "ran",
            "cell": cell,
            "outputs": outputs.data(),
            "cut": outputs.cut,
            "files": self._folder.changes(),
        }

    def _beside(self, source: str, mode: str, seen: str) -> dict:
        """A statement of a test that runs here; not through the shell, whose transformers are the learner's too."""
        space = self._shell.user_ns
        space[seen] = self._watch.seen
        outputs = Outputs(self._output_bytes)
        reply: dict = {"is": "beside", "value": None, "raised": []}
        with outputs.of(self._shell):
            try:
                reply["value"] = eval(compile(source, "<test>", mode), space)
            except BaseException as error:
                reply["raised"] = [_raised(error)]
                error.__traceback__ = None
        return reply | {"outputs": outputs.data(), "cut": outputs.cut}

    def _call(self, function: object, packed: bytes) -> dict:
        outputs = Outputs(self._output_bytes)
        reply: dict = {"is": "answer", "value": None, "raised": [], "changed": [], "number": 0}
        args, kwargs = wire.unpack(packed, self._resolve)
        copies = arguments.changeable((args, kwargs), self._handles)
        before = Snapshot((args, kwargs), self._packed, apart=self._handles)
        known = {id(one): wire.Handle(n, "object", "", owner=arguments.OWNER) for n, one in enumerate(copies)}
        operation = OPERATIONS[function] if type(function) is str else function
        failed = None
        with outputs.of(self._shell), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                reply["value"] = operation(*args, **kwargs)
            except BaseException as error:  # SystemExit and KeyboardInterrupt too: they are the learner's
                self._whole.mend()
                reply["raised"], failed = [_raised(error)], error
                with contextlib.suppress(BaseException):
                    error.__traceback__ = None
        if failed is not None:
            with contextlib.suppress(BaseException):  # an error that fights being read
                reply["raised"][0] |= self._details(failed)
        self._whole.mend()
        if _is_small(reply["value"]) and id(reply["value"]) not in known:
            self._calls = reply["number"] = self._calls + 1
            self._given.append((self._calls, reply["value"]))
        if not before.holds():
            with contextlib.suppress(wire.WireError):  # an argument that was made unreadable; the answer tells enough
                reply["changed"] = [wire.pack(one, self._handle, self._handles | known) for one in copies]
        self._known = known
        reply |= {"printed": outputs.text("stdout"), "complained": outputs.text("stderr")}
        return reply | {"files": self._folder.changes()}

    def _write(self, written: list) -> bool:
        """Do to earlier answers what the test has done to its copies. Has one changed here, and is left alone?"""
        kept, missed = dict(self._given), False
        for number, came, now in written:
            if number in kept:
                with contextlib.suppress(wire.WireError):
                    if self._is_still(kept[number], came):
                        arguments.fill(kept[number], wire.unpack(now, self._resolve))
                    else:
                        missed = True
        return missed

    def _is_still(self, answer: object, came: bytes) -> bool:
        if type(answer) is set:  # of which a copy may be in another order
            return answer == wire.unpack(came, self._resolve)
        return wire.pack(answer, self._handle) == came

    def _packed(self, value: object) -> bytes:
        """For a Snapshot."""
        try:
            return wire.pack(value, self._handle, self._handles)
        except wire.WireError:
            return b""

    def _details(self, error: BaseException, depth: int = 0) -> dict:
        """What a test may read of an error beside its text, unless it is much; its own properties may misbehave."""
        found: dict = {"args": error.args, "attributes": {}, "cause": []}
        for name in [name for name in dir(error) if name not in OF_ALL_ERRORS and name[0] != "_"][:MOST_ATTRIBUTES]:
            with contextlib.suppress(BaseException):
                found["attributes"][name] = getattr(error, name)
        cause = error.__cause__
        if cause is not None and depth < DEEPEST_CAUSE:
            found["cause"] = [_raised(cause) | self._details(cause, depth + 1)]
        with contextlib.suppress(wire.WireError):
            if len(wire.pack(found, self._handle)) <= MOST_OF_ERROR:
                return found
        return {}


def _error(kind: type[BaseException], args: tuple) -> BaseException:
    """One that the tester tells of; the class may be the learner's, and want other things to begin with."""
    return BaseException.__new__(kind, *args)


def _is_small(value: object) -> bool:
    """Is it something that can be written into, here or by a test, and not too large to be kept for a while?"""
    if isinstance(value, np.ndarray):
        return value.nbytes <= 2**18
    return type(value) in (list, dict, set, deque, bytearray) and len(value) <= 1000


# An object may say anything of its class; what follows asks the class itself.


def _is_class(value: object) -> bool:
    return issubclass(type(value), type)


def _kind(value: object) -> str:
    if _is_class(value):
        return "error-class" if issubclass(value, BaseException) else "class"
    if issubclass(type(value), FUNCTIONS):
        return "function"
    if issubclass(type(value), types.CoroutineType):
        return "coroutine"
    return "callable" if callable(value) else "object"


def _type_name(value: object) -> str:
    name = value.__name__ if _is_class(value) or issubclass(type(value), FUNCTIONS) else type(value).__qualname__
    return str(name)[:80]


def _is_packages(kind: type) -> bool:
    return PACKAGES in str(getattr(sys.modules.get(kind.__module__), "__file__", ""))


def _origin(kind: type) -> str:
    """The full name of a class that the learner has not made."""
    if kind.__flags__ & bare.MADE_BY_PYTHON:
        ours = _is_packages(kind) and getattr(sys.modules[kind.__module__], kind.__qualname__, None) is kind
    else:
        ours = kind.__module__ == "builtins"
    return f"{kind.__module__}.{kind.__qualname__}" if ours else ""


def _own(kind: type, names: list[str]) -> bool:
    """Has the learner's Python code given a class one of these methods?"""
    made = [base for base in type.mro(kind) if base.__flags__ & bare.MADE_BY_PYTHON and not _is_packages(base)]
    return any(vars(base).get(name) is not None for base in made for name in names)


def _bases(value: object) -> tuple[str, ...]:
    kind = value if _is_class(value) else type(value)
    return tuple(str(base.__name__)[:80] for base in type.mro(kind)[1:])[:20]


def _signature(value: object) -> tuple | None:
    try:
        return wire.signature_of(value)
    except BaseException:  # an object that fights being looked at
        return None


def _details_of_signature(function: Callable) -> dict[str, tuple[list, list]]:
    """Parameter, or "return" for what comes back -> [its default] and [its annotation], as far as there is one."""
    found = inspect.signature(function)
    parts = {p.name: ([p.default], [p.annotation]) for p in found.parameters.values()}
    parts["return"] = ([inspect.Parameter.empty], [found.return_annotation])
    return {
        name: tuple([one for one in several if one is not inspect.Parameter.empty] for several in both)
        for name, both in parts.items()
    }


def _frames(error: BaseException) -> list[tuple[int, str]]:
    try:
        return _cell_frames(error)
    except BaseException:  # an error that fights being read
        return []


def _cell_frames(error: BaseException) -> list[tuple[int, str]]:
    """(line, its text) of the frames that lie in the learner's cells or files, outermost first."""
    found = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if PACKAGES not in name and not name.startswith("<frozen") and name != __file__:
            found.append((line, linecache.getline(name, line).strip()[:400]))
    if isinstance(error, SyntaxError) and error.lineno:
        found.append((error.lineno, str(error.text or "").strip()[:400]))
    return found


def _raised(error: BaseException) -> dict:
    """An error as data. Its own methods may misbehave."""
    try:
        text = str(error)[:2000]
    except BaseException:
        text = ""
    line, source = (_frames(error) or [(0, "")])[-1]
    return {
        "type": _type_name(type(error)),
        "bases": _bases(type(error)),
        "text": text,
        "line": line,
        "source": source,
        "builtin": known.error(type(error).__name__) is type(error),
    }


def make_shell() -> object:
    """A warmed IPython without history, files or colours: what a kernel gives a cell, minus the kernel."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InteractiveShell.xmode = "Minimal"
    shell = InteractiveShell.instance(config=config)
    shell.enable_gui = lambda *args: None  # `%matplotlib inline` asks for it
    shell.showtraceback = lambda *args, **kwargs: None  # errors travel as data
    shell.showsyntaxerror = lambda *args, **kwargs: None
    sys.modules["__main__"] = shell.user_module
    shell.run_cell("pass", store_history=False)  # so that what IPython loads with its first cell is there
    return shell
