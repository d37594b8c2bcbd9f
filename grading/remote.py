"""The tester's side of a learner's process: starting it, speaking to it, what stands for its functions and objects.

Whatever the process answers is only data. An object that cannot cross stands here as a `RemoteObject`, which is equal
to nothing, is ordered against nothing and counts as no number: a test cannot be talked into believing it.
"""

import builtins
import contextlib
import dataclasses
import functools
import inspect
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field

from grading import arguments, bare, known, origin, received, wire
from grading.channel import Channel, ChannelClosedError, ChannelTimeoutError
from grading.folders import Folder
from grading.namespaces import BROKEN, Limits
from grading.snapshot import Snapshot
from grading.text import quiet, whole

STARTING_SECONDS = 60.0
ENDING_SECONDS = 0.5  # from its last word to its end
KEPT = 40  # answers, of which it can be asked how they are now
WATCHED = 8  # of which it is looked whether the test has changed them


# What the learner wrote of an object, and only a test asks for.
TOLD = {
    "__annotations__",
    "__defaults__",
    "__kwdefaults__",
    "__code__",
    "__bases__",
    "__mro__",
    "__slots__",
    "__members__",
    "__name__",
    "__qualname__",
}

OF_DATACLASSES = (dataclasses.is_dataclass, dataclasses.asdict, dataclasses.astuple, dataclasses.replace)
SOURCES = (inspect.getsource, inspect.getsourcelines)


class LearnerEndedError(BaseException):
    """The learner's process is gone; the text says why. Not an Exception: a test's own `except` should not hide it."""


class CannotCrossError(TypeError):
    """A test hands over something that cannot cross. The test needs another way, the learner did nothing wrong."""


@dataclass
class Ran:
    """What running a cell gave: outputs in the notebook format, and whether some were cut off."""

    outputs: list = field(default_factory=list)
    cut: bool = False


def _new_process(control: socket.socket, limits: Limits, files: dict[str, str]) -> tuple[int, int]:
    """Two sockets that lead to a learner's new process; see zygote.py."""
    number = secrets.token_hex(8)
    Channel(control).send(json.dumps({"number": number, "limits": asdict(limits), "files": files}).encode())
    try:
        while True:
            told, sockets, _, _ = socket.recv_fds(control, len(number), 2)
            if told == number.encode():
                data, lease = sockets
                return data, lease
            if not told:
                raise ValueError("closed")
            for one in sockets:  # another fork of ours asked for that one, and ended before it came
                os.close(one)
    except (OSError, ValueError) as error:
        raise ChannelClosedError(f"the learners' jail is gone: {error}") from None


class Process:
    """One learner's process: commands go in, values come out, until it ends."""

    def __init__(self, control: socket.socket, limits: Limits, files: dict[str, str], folder: Folder) -> None:
        data, lease = _new_process(control, limits, files)
        self._channel, self._lease = Channel(socket.socket(fileno=data)), socket.socket(fileno=lease)
        self._output_bytes, self._folder = limits.output_bytes, folder
        self._lent: list[Callable] = []
        self._given: deque = deque(maxlen=KEPT)
        self._watched: deque = deque(maxlen=WATCHED)  # the last of them: number, answer, how it came, how it is
        self._came_of: deque = deque(maxlen=KEPT)  # answers, with what of their arguments can be changed
        self._arguments: list = []  # of the call that is under way, those that can be changed
        self._by_now: dict | None = None  # number of an answer -> what it is over there
        self._stand_ins: dict[wire.Handle, RemoteObject] = {}  # so that one thing over there is one thing here
        self._bare_classes: dict[tuple, type] = {}
        self._error_classes: dict[type, wire.Handle] = {}  # the learner's own, each with what it is over there
        self.deadline = time.monotonic() + STARTING_SECONDS
        self.ended: str | None = None
        self.killed = (
            False  # by nobody here, and not by itself either: the first process of a jail is safe from its own
        )
        self.refused = ""  # what a test wanted that cannot be had from here
        self.calls = 0
        self.usage: dict = {}

    # Commands

    def run(self, source: str, cell: str) -> Ran:
        """Run a cell. Raises LearnerEndedError."""
        reply = self._ask({"do": "run", "source": source, "cell": cell}, outputs=list, cut=bool)
        self._folder.take(reply.get("files"), texts_only=True)
        return Ran(received.outputs(reply["outputs"], self._output_bytes), reply["cut"])

    def names(self, names: list[str]) -> dict[str, object]:
        """The values of those names that the learner has bound. Raises LearnerEndedError."""
        if not names:
            return {}
        values = self._ask({"do": "names", "names": names}, values=dict)["values"]
        return {name: values[name] for name in names if name in values}  # and no name that nobody asked for

    def watch(self, modules: list[str]) -> None:
        """Let it remember what is there before learner code runs, these modules too; for tests that run beside it."""
        self._ask({"do": "watch", "modules": modules})

    def changes(self) -> list[str]:
        """What it says that learner code has replaced. Raises LearnerEndedError."""
        return [str(change)[:200] for change in self._ask({"do": "look"}, changes=list)["changes"][:20]]

    def beside(self, source: str, mode: str, seen: str) -> tuple[object, list, Ran]:
        """Run a statement of a test there; (value, [the error] or [], outputs). Raises LearnerEndedError."""
        command = {"do": "beside", "source": source, "mode": mode, "seen": seen}
        reply = self._ask(command, value=object, raised=list, outputs=list, cut=bool)
        shown = received.outputs(reply["outputs"], self._output_bytes)
        return reply["value"], reply["raised"], Ran(shown, reply["cut"])

    def call(self, function: object, args: tuple, kwargs: dict | None = None) -> object:
        """Call one of the learner's functions, or an operation (learner.OPERATIONS) by its name.

        What it prints is printed here; what it does to its arguments is done to ours; what it raises is raised.
        """
        self._by_now = None
        self.calls += 1
        packed = wire.pack((tuple(args), kwargs or {}), self._lend)
        outer, self._arguments = self._arguments, arguments.changeable((tuple(args), kwargs or {}))
        try:
            return self._called(function, packed)
        finally:
            self._arguments = outer

    def _called(self, function: object, packed: bytes) -> object:
        files = {} if isinstance(function, str) else self._folder.changes()
        command = {"do": "call", "function": function, "arguments": packed, "files": files, "written": self._written()}
        reply = self._ask(command, printed=str, complained=str, changed=list, raised=list, value=object)
        if reply.get("missed") is True:
            raise self.refuse("it writes into an answer that the learner's code has changed since")
        self._folder.take(reply.get("files"), texts_only=True)
        sys.stdout.write(reply["printed"])
        sys.stderr.write(reply["complained"])
        if reply["changed"]:
            with contextlib.suppress(wire.WireError, TypeError, ValueError):  # a nonsensical account changes nothing
                arguments.write_back(self._arguments, [wire.unpack(one, self._stand_in) for one in reply["changed"]])
        if reply["raised"]:
            raise as_error(reply["raised"][0])
        if isinstance(reply.get("number"), int) and reply["number"] > 0:
            self._given.append((reply["value"], reply["number"]))
            if came := self.packed(reply["value"]):
                self._watched.append((reply["number"], reply["value"], came, Snapshot(reply["value"], self.packed)))
        self._came_of.append((reply["value"], self._arguments))
        return reply["value"]

    def _written(self) -> list[tuple[int, bytes, bytes]]:
        """What the test has done to the last answers: (number, as it came, as it is now)."""
        found, watched = [], list(self._watched)
        if all(snapshot.holds() for *_, snapshot in watched):
            return []
        self._watched.clear()
        for number, value, came, snapshot in watched:
            if now := self.packed(value):  # else something of the test's own was put in
                snapshot.renew()
                self._watched.append((number, value, now, snapshot))
                found += [(number, came, now)] if now != came else []
        return found

    def packed(self, value: object) -> bytes:
        """For what is looked at and not handed over; nothing where something of the test's own is in it."""
        try:
            return wire.pack(value, self._handle_of)
        except wire.WireError:
            return b""

    def _handle_of(self, thing: object) -> wire.Handle:
        if isinstance(thing, RemoteObject):
            return thing._handle_for(self)
        raise wire.WireError("not the learner's")

    def are_apart(self, one: object, other: object) -> bool:
        """Is one the answer of a call of this test, and the other an argument of that call, and not that answer?"""
        return one is not other and any(
            any(thing is b for thing in given)
            for answer, given in self._came_of
            for a, b in ((one, other), (other, one))
            if answer is a
        )

    def begin_test(self) -> None:
        """Forget what an earlier test wanted and was given."""
        self.refused = ""
        self._given.clear()
        self._came_of.clear()
        self._by_now = None

    def again(self, answer: object) -> object:
        """An earlier answer of this test as it is over there by now; the answer itself where nothing is known of it.

        All of them come at once, for whoever asks for one asks for the others next. They hold until the next call.
        """
        number = next((number for value, number in self._given if value is answer), None)
        if number is None:
            return answer
        if self._by_now is None:
            asked = [number for _, number in self._given]
            self._by_now = self._ask({"do": "again", "numbers": asked}, values=dict)["values"]
        return self._by_now.get(number, answer)

    def end(self) -> None:
        """End the process and all it started, and wait until they are gone."""
        if self.ended is None:
            self._finish("ended by the tester")

    # Messages

    def _ask(self, command: dict, **form: type) -> dict:
        """Send a command and return the reply, whose entries are of the types in `form`."""
        if self.ended is not None:
            raise LearnerEndedError(self.ended)
        try:
            self._channel.send(wire.pack(command, self._lend), self.deadline)
            while True:
                reply = wire.unpack(self._channel.receive(self.deadline), self._stand_in, self._without)
                if isinstance(reply, dict) and reply.get("is") == "callback":
                    self._channel.send(self._called_back(reply), self.deadline)
                    continue
                if not isinstance(reply, dict) or not all(isinstance(reply.get(k), form[k]) for k in form):
                    raise wire.WireError("a reply without a form")
                return reply
        except ChannelTimeoutError:
            reason = "it took longer than allowed"
        except ChannelClosedError:
            reason = ""
        except (wire.WireError, KeyError, TypeError, ValueError) as error:
            if isinstance(error, CannotCrossError):
                raise
            reason = quiet(f"it sent something that is no answer ({error})", 200)
        self._finish(reason)
        raise LearnerEndedError(self.ended)

    def _called_back(self, request: dict) -> bytes:
        """Call a function that a test handed to the learner's code; its answer, or its error, as a message."""
        try:
            args, kwargs = list(request["args"]), dict(request["kwargs"])
            number = request["function"]
            function = builtins.input if number == "input" else self._lent[number]
            value = function(*args, **kwargs)
            return wire.pack({"do": "return", "value": value, "changed": args}, self._lend)
        except Exception as error:
            return wire.pack({"do": "raise", "type": type(error).__name__, "text": str(error)})

    def _lend(self, value: object) -> wire.Handle:
        """A handle for what cannot cross from here."""
        if isinstance(value, RemoteObject):
            return value._handle_for(self)
        if isinstance(value, type) and value in self._error_classes:
            return self._error_classes[value]
        if isinstance(value, type) or not callable(value):  # a class would be a function over there, which is no class
            what = (
                f"the class {value.__name__}"
                if isinstance(value, type)
                else f"an object of type {type(value).__name__}"
            )
            raise self.refuse(f"{what} cannot be handed to the learner's code")
        self._lent.append(value)
        name, doc = str(getattr(value, "__name__", "function")), getattr(value, "__doc__", None)
        about = {"signature": wire.signature_of(value), "doc": doc if isinstance(doc, str) else None}
        return wire.Handle(len(self._lent) - 1, "function", name, owner="tester", **about)

    def _stand_in(self, handle: wire.Handle) -> object:
        if handle.owner == "tester":
            return self._lent[handle.id]
        if handle.owner == arguments.OWNER:
            return self._arguments[handle.id]
        if handle.kind == "error-class":
            kind = error_class(handle.type_name, handle.bases)
            self._error_classes[kind] = handle
            return kind
        if handle not in self._stand_ins:
            kind = STAND_INS.get(handle.kind, RemoteFunction)
            name = {"function": "function", "class": "type"}.get(handle.kind, handle.type_name)
            kind = _named(kind, name, origin.of(handle.origin))
            self._stand_ins[handle] = kind(self, handle)
        return self._stand_ins[handle]

    def _without(self, value: object, name: str, names: tuple[str, ...]) -> object:
        """Data that come without what their class has made of its own."""
        base = type(value)
        if not issubclass(base, bare.BASES) or base is bool:
            return value
        kind = self._bare_classes.get((base, name, names))
        if kind is None:
            own = quiet(name.rpartition(".")[2], 80)
            kind = self._bare_classes[base, name, names] = bare.class_of(base, own, names, self.refuse)
        return kind._make(value) if hasattr(base, "_make") else kind(value)

    def nearest(self, kind: type[BaseException]) -> type[BaseException]:
        """The class of an error, or the nearest of its bases, that is known over there."""
        return next(base for base in kind.__mro__ if base in self._error_classes or base in known.NAMES)

    def refuse(self, what: str) -> CannotCrossError:
        """The error for what a test wants and cannot have; it is remembered, because tests may hide it."""
        self.refused = what
        return CannotCrossError(what)

    # The end

    def _finish(self, reason: str) -> None:
        self.ended = reason or "it ended"
        told = b""
        if not reason:  # it is about to end, by itself or by another's hand, and the guard will say how
            with contextlib.suppress(OSError):
                self._lease.settimeout(ENDING_SECONDS)
                told = self._lease.recv(65536)
        with contextlib.suppress(OSError):
            if not told:
                self._lease.shutdown(socket.SHUT_WR)  # the guard sees the end of the lease and ends the process
                self._lease.settimeout(STARTING_SECONDS)
                told = self._lease.recv(65536)
            self.usage = json.loads(told or b"{}")
        self._lease.close()
        self._channel.close()
        if not reason:
            self.killed = not self.usage or (self.usage.get("code") == -signal.SIGKILL and not self.usage.get("reason"))
            if self.usage:
                self.ended = why_it_ended(self.usage)


def why_it_ended(usage: dict) -> str:
    """A sentence's end for how a process ended: "the learner's code stopped the grading process: …"."""
    if usage.get("reason") == "memory":
        return "it used more memory than allowed"
    if usage.get("reason") == "closed":
        return "it closed its connection to the grader"
    code = int(usage.get("code", 0))
    if code == BROKEN:
        return "it closed its connection to the grader, or used up the memory that this needs"
    if code >= 0:
        return f"it left Python (exit code {code})"
    named = {signal.SIGSEGV: "it crashed", signal.SIGXCPU: "it used more computing time than allowed"}
    with contextlib.suppress(ValueError):
        number = signal.Signals(-code)
        return f"{named.get(number, 'it was killed')} ({number.name})"
    return f"it was killed (signal {-code})"


def _theirs(name: str) -> Callable:
    """An operator with an object of the learner's, where only its own class could say what it gives."""

    def operator(self: "RemoteObject", other: object = None) -> object:
        # Python asks the first for `+=`, too; a class that has neither gives the error that it gives over there.
        if self._of_the_tests or isinstance(other, RemoteObject) or self._own(f"__{name}__", f"__i{name}__"):
            raise self._process.refuse(f"it asks {self._handle.type_name} objects of the learner's for __{name}__")
        return NotImplemented

    return operator


def _converted(name: str, *instead: str) -> Callable:
    """What Python makes of one object alone: -x, abs(x), float(x). instead: what it asks where there is no such."""

    def method(self: "RemoteObject", *more: object) -> object:
        if self._own(f"__{name}__", *(f"__{other}__" for other in instead)):
            raise self._process.refuse(f"it asks {self._handle.type_name} objects of the learner's for __{name}__")
        raise TypeError(f"an object of the class {self._handle.type_name} has no __{name}__")

    return method


class RemoteObject:
    """Stands for an object that lives in the learner's process. It is equal to itself and to no data.

    Whether two of the learner's objects are equal, only they could say, and they are not believed: the test has to be
    run over there, or looked at by a person. The same holds for what a test computes with objects that it made itself
    by calling the learner's class (`_of_the_tests`).
    """

    def __init__(self, process: Process, handle: wire.Handle) -> None:
        object.__setattr__(self, "_process", process)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_of_the_tests", False)

    @property
    def __dict__(self) -> object:
        """What `vars` asks for: the attributes of the object over there."""
        return self._do("getattr", "__dict__")

    def _handle_for(self, process: Process) -> wire.Handle:
        if process is not self._process:
            raise CannotCrossError("an object of a process that has ended")
        return self._handle

    def _do(self, operation: str, *args: object) -> object:
        return self._process.call(operation, (self, *args))

    def _own(self, *methods: str) -> bool:
        """Does its class say that it has one of these methods from the learner? It can bring a person in, no points."""
        return bool(self._do("own", list(methods)))

    def __getattr__(self, name: str) -> object:
        if name.startswith("__dataclass_"):  # the module that asks for these compares what it gets with its own
            raise self._process.refuse(f"it asks {self._handle.type_name} of the learner's for {name}")
        if name.startswith("__") and name not in TOLD:
            raise AttributeError(name)  # NumPy and friends ask for many; none of them may speak for the learner
        return self._do("getattr", name)

    def __setattr__(self, name: str, value: object) -> None:
        self._do("setattr", name, value)

    def __delattr__(self, name: str) -> None:
        self._do("delattr", name)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, type) and issubclass(other, RemoteObject):  # type(x) == Vector
            raise self._process.refuse(
                f"it compares the class of an object of the learner's with {self._handle.type_name}"
            )
        if isinstance(other, RemoteObject) and self is not other:
            names = f"{self._handle.type_name} and {other._handle.type_name}"
            raise self._process.refuse(f"it compares objects of the learner's ({names})")
        return self is other

    def __ne__(self, other: object) -> bool:
        return not self == other

    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul"):
        locals()[f"__{name}__"], locals()[f"__r{name}__"] = _theirs(name), _theirs(f"r{name}")
    for name in ("and", "or", "xor", "lshift", "rshift"):
        locals()[f"__{name}__"], locals()[f"__r{name}__"] = _theirs(name), _theirs(f"r{name}")
    for name in ("lt", "le", "gt", "ge"):
        locals()[f"__{name}__"] = _theirs(name)
    for name in ("neg", "pos", "invert", "abs", "round", "trunc", "floor", "ceil", "index"):
        locals()[f"__{name}__"] = _converted(name)
    __int__ = _converted("int", "index", "trunc")
    __float__ = _converted("float", "index")
    __complex__ = _converted("complex", "float", "index")
    del name

    def __hash__(self) -> int:
        """Where a class has its own, equal ones are to be one in a set, and they are not believed to be equal."""
        if self._own("__hash__"):
            raise self._process.refuse(
                f"it puts {self._handle.type_name} objects of the learner's into a set or a dict"
            )
        if self._own("__eq__"):
            raise TypeError(f"an object of the class {self._handle.type_name} is not hashable")
        return id(self)

    def __bool__(self) -> bool:
        return bool(self._do("bool"))

    def __len__(self) -> int:
        return int(self._do("len"))

    def __getitem__(self, key: object) -> object:
        return self._do("getitem", key)

    def __setitem__(self, key: object, value: object) -> None:
        self._do("setitem", key, value)

    def __delitem__(self, key: object) -> None:
        self._do("delitem", key)

    def __iter__(self) -> Iterator:
        return self._do("iter")  # an iterator over there, which stands here as one thing however often it is asked for

    def __next__(self) -> object:
        return self._do("next")

    def __mro_entries__(self, bases: tuple) -> tuple:
        raise self._process.refuse(f"it makes a class from the learner's {self._handle.type_name}")

    def __contains__(self, item: object) -> bool:
        """A method like others where the test has made the object; an answer may not say so itself what it holds."""
        if not self._own("__contains__"):
            return any(mine == item for mine in self)
        if not self._of_the_tests:
            raise self._process.refuse(f"it asks {self._handle.type_name} objects of the learner's for __contains__")
        return bool(self._do("contains", item))

    def __enter__(self) -> object:
        return self._do("enter")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """It is told of the error; whether that is to be passed over, it may not say: what comes after would hold."""
        if not isinstance(error, Exception | None):
            return False  # the end of the test, which is none of the learner's
        told = [self._process.nearest(type(error)), error.args] if error is not None else []
        if self._do("exit", *told) and told:
            raise self._process.refuse(
                f"it asks {self._handle.type_name} objects of the learner's to pass over an error"
            )
        return False

    def __copy__(self) -> object:
        return self._do("copy")

    def __deepcopy__(self, memo: dict) -> object:
        return self._do("deepcopy")

    def __repr__(self) -> str:
        return str(self._do("repr"))

    def __str__(self) -> str:
        return str(self._do("str"))

    def __format__(self, form: str) -> str:
        return str(self._do("format", form))


class RemoteCoroutine(RemoteObject):
    """Stands for what a learner's `async def` gives when it is called: whoever awaits it has it run over there."""

    def send(self, value: object) -> None:
        raise StopIteration(self._do("await"))

    def __next__(self) -> None:
        self.send(None)

    def throw(self, error: BaseException) -> None:
        raise error

    def close(self) -> None:
        pass

    def __await__(self) -> Iterator:
        return self._do("await")
        yield


class RemoteCallable(RemoteObject):
    """Stands for an object of the learner's that can be called, whatever else it can do."""

    @property
    def __signature__(self) -> inspect.Signature:
        """With defaults and annotations, where they are data; else None stands in a default's place."""
        found = wire.as_signature(self._handle.signature)
        if found is None:
            raise AttributeError("__signature__")
        details = self._do("signature")
        with contextlib.suppress(KeyError, TypeError, ValueError):
            parameters = []
            for one in found.parameters.values():
                default, annotation = details[one.name]
                parameters.append(one.replace(**_told(default=default, annotation=annotation)))
            return inspect.Signature(parameters, **_told(return_annotation=details["return"][1]))
        return found

    def __call__(self, *args: object, **kwargs: object) -> object:
        found = self._process.call(self, args, kwargs)
        if self._handle.kind == "class" and isinstance(found, RemoteObject):
            object.__setattr__(found, "_of_the_tests", True)
        return found

    def as_it_is_now(self, answer: object) -> object:
        """For helpers.checks: see helpers/checks/calling.py."""
        return self._process.again(answer)


class RemoteFunction(RemoteCallable):
    """Stands for a function or a class of the learner's."""

    def __init__(self, process: Process, handle: wire.Handle) -> None:
        super().__init__(process, handle)
        for name in ("__name__", "__qualname__"):
            object.__setattr__(self, name, handle.type_name)

    def _own(self, *methods: str) -> bool:
        return False

    def __hash__(self) -> int:
        return id(self)

    def __instancecheck__(self, thing: object) -> bool:
        return isinstance(thing, RemoteObject) and bool(self._process.call("isinstance", (thing, self)))

    def __subclasscheck__(self, kind: object) -> bool:
        return isinstance(kind, RemoteObject) and bool(self._process.call("issubclass", (kind, self)))

    def __repr__(self) -> str:
        return f"<{self._handle.kind} {self._handle.type_name} of the learner's>"

    __str__ = __repr__

    def __format__(self, form: str) -> str:
        return format(str(self), form)

    def __bool__(self) -> bool:
        return True


STAND_INS = {"object": RemoteObject, "callable": RemoteCallable, "coroutine": RemoteCoroutine}


@functools.cache
def _named(kind: type, name: str, real: type | None) -> type:
    """A stand-in's class with the name that the learner knows: Python's messages and `type(x).__name__` show it.

    real: what it is an instance of, where that is no class of the learner's; for `isinstance`, nothing comes with it.
    """
    told = {"__doc__": property(lambda thing: thing._do("getattr", "__doc__"))}
    told |= {} if real is None else {"__class__": property(lambda thing: real)}
    return type(quiet(name.rpartition(".")[2], 80) or "object", (kind,), told)


def _told(**parts: list) -> dict:
    """What there is of these, where it is data."""
    return {name: part[0] for name, part in parts.items() if part and not isinstance(part[0], RemoteObject)}


OURS_OF_ERRORS = {*dir(BaseException), "learner", "as_raised", "report"}  # the last is of helpers.checks
_error_classes: dict[tuple[str, tuple[str, ...]], type[BaseException]] = {}


def error_class(name: str, bases: tuple[str, ...]) -> type[BaseException]:
    """A class for one of the learner's own errors, below the nearest of Python's own; the same one each time."""
    if (name, bases) not in _error_classes:
        mine = _error_classes.get((bases[0], bases[1:])) if bases else None
        parent = mine or next((kind for kind in map(known.error, bases) if kind), Exception)
        _error_classes[name, bases] = type(quiet(name, 80) or "Error", (parent,), {"__str__": _telling(parent)})
    return _error_classes[name, bases]


def _telling(parent: type[BaseException]) -> Callable:
    """The text that an error had over there; of one that a test has made, what Python makes of its arguments."""

    def text(error: BaseException) -> str:
        learner = vars(error).get("learner")
        return learner["text"] if learner else parent.__str__(error)

    return text


def as_error(raised: dict) -> BaseException:
    """The learner's error, as one of the same kind; `as_raised` is what helpers.checks reads of it."""
    raised = raised if isinstance(raised, dict) else {}
    name, text, source = (whole(str(raised.get(key, "")), 2000) for key in ("type", "text", "source"))
    given = raised.get("bases")
    bases = tuple(str(base)[:80] for base in given[:20]) if isinstance(given, tuple) else ()
    line = raised.get("line") if isinstance(raised.get("line"), int) else 0
    error = _made(name[:80], bases, raised, text)
    error.learner = {"type": name, "text": text, "line": line, "source": source}
    checks = sys.modules.get("helpers.checks.calling")
    if checks is not None:
        error.as_raised = checks.Raised(name, text[:400], line, source[:400], bases)
    return error


def _made(name: str, bases: tuple[str, ...], raised: dict, text: str) -> BaseException:
    """One of Python's own where that says the same as it did over there, else one of the same name below it."""
    args = raised.get("args")
    args = args if isinstance(args, tuple) else (text,)
    own = known.error(name) if raised.get("builtin") is True else None
    with contextlib.suppress(Exception):
        wire.pack(args)  # data alone: the text of a stand-in would be asked for over there, and may be an error again
        error = _with_details(own(*args), raised)
        if str(error) == text:
            return error
    kind = error_class(name, (name, *bases) if own else bases)
    for given in (args, (text,)):
        with contextlib.suppress(Exception):  # UnicodeDecodeError and others want more than a text
            return _with_details(kind(*given), raised)
    with contextlib.suppress(Exception):  # as JSONDecodeError, whose arguments are not what it was made from
        return _with_details(BaseException.__new__(kind, text), raised)
    return error_class(name, ("Exception",))(text)


def _with_details(error: BaseException, raised: dict) -> BaseException:
    """The error with its attributes, as far as it takes them, and its cause."""
    attributes, cause = raised.get("attributes"), raised.get("cause")
    for name, value in attributes.items() if isinstance(attributes, dict) else ():
        if isinstance(name, str) and not name.startswith("_") and name not in OURS_OF_ERRORS:
            with contextlib.suppress(Exception):
                if getattr(error, name, ...) is not value:  # OSError's text differs once its None has been set
                    setattr(error, name, value)
    if isinstance(cause, list) and cause:
        error.__cause__ = as_error(cause[0])
    return error


def watch(refuse: Callable[[str], Exception]) -> None:
    """Have Python's library ask over there what it asks of an object's own class; its source text is for a person.

    To be called before the instructor's first cell, which may import these by name.
    """

    def asking(function: Callable) -> Callable:
        @functools.wraps(function)
        def asked(thing: object, *args: object, **kwargs: object) -> object:
            if not isinstance(thing, RemoteObject):
                return function(thing, *args, **kwargs)
            if function in SOURCES:
                raise refuse(f"it reads the source text of the learner's {thing._handle.type_name}")
            return thing._process.call(function.__name__, (thing, *args), kwargs)

        return asked

    for module, functions in ((dataclasses, OF_DATACLASSES), (inspect, SOURCES)):
        for function in functions:
            setattr(module, function.__name__, asking(function))
