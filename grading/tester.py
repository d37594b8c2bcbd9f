"""Judges one notebook: the learner's cells run in the learner's process, the instructor's and the tests here.

A job is data (see `Job`), the result too. One fork of the warmed tester works on one job.
"""

import ast
import asyncio
import builtins
import contextlib
import importlib
import inspect
import os
import resource
import secrets
import signal
import socket
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import msgspec

from grading import arguments, beside, identity, names, received, remote, trees, vacuous
from grading.channel import Channel, ChannelClosedError
from grading.folders import Folder
from grading.namespaces import Limits
from grading.outputs import Outputs
from grading.points import OddCreditError, credit
from grading.remote import CannotCrossError, LearnerEndedError, Process, RemoteObject, as_error
from grading.text import quiet, whole

MOST_ATTEMPTS = 4  # at one notebook, where the tester itself ends
SPARE_SECONDS = 10  # of computing, beyond a cell's own
WITHOUT_LEARNERS = 3  # how a fork ends where the learners' jail is gone
MOST_WORDS = 4000
MOST_OF_A_NAME = 100_000  # bytes of a learner's variable, from which on a test sees it as it was at its start
NUMBER = struct.Struct(">I")
IMPORTS = ast.Import | ast.ImportFrom
ALWAYS = IMPORTS | ast.FunctionDef | ast.ClassDef  # the instructor's, whatever they read


class Cell(msgspec.Struct):
    """A code cell. name: unique in its notebook.  source: what is run.

    role: "learner": in the learner's process.  "instructor": on both sides.  "test": here, and worth `points`.
    original: of a learner's cell, code of the instructor's, of which we run what does not rest on the learner's work.
    binds: of a learner's cell, the names that the instructor's solution binds.
    beside: of a test, whether it runs in the learner's process (see beside.py).
    given_up: why this cell is not run: it ended the process that ran the tests.
    """

    name: str
    role: str
    source: str
    points: float = 0.0
    original: str = ""
    binds: list[str] = msgspec.field(default_factory=list)
    beside: bool = False
    given_up: str = ""


class Job(msgspec.Struct):
    """One notebook. files: name -> hexadecimal bytes, what lies beside it.  own: those that are the instructor's."""

    cells: list[Cell]
    files: dict[str, str] = {}
    own: list[str] = []
    limits: dict[str, float] = {}


class Verdict(msgspec.Struct):
    """One assert, or one whole cell: line of the test cell, whether it held, and the message where not.

    causes: what helpers.checks takes for the likely reasons, by their ids.
    """

    line: int
    passed: bool
    message: str = ""
    causes: list[str] = msgspec.field(default_factory=list)


class CellResult(msgspec.Struct):
    """points: None for a cell without points, or where `review` says why somebody must look.

    reason: "" or why the item got nothing beside a test that failed: the process ended, took too long, …
    """

    name: str
    outputs: list[dict] = msgspec.field(default_factory=list)
    points: float | None = None
    verdicts: list[Verdict] = msgspec.field(default_factory=list)
    reason: str = ""
    review: str = ""
    seconds: float = 0.0
    cut: bool = False


class Result(msgspec.Struct):
    """What came of a job. peak: bytes of the largest of the learner's processes.  restarts: how often one ended.
    killed: whether one of them was killed from outside.

    imported: modules that the tests imported; for the tester alone.
    """

    cells: list[CellResult]
    restarts: int = 0
    peak: int = 0
    seconds: float = 0.0
    killed: bool = False
    imported: list[str] = []


def serve(control: socket.socket, learners: socket.socket, shell: object) -> None:
    """Work on jobs, each in a fork of its own, one after the other."""
    channel = Channel(control)
    channel.send(b"ready")
    while True:
        try:
            job = channel.receive()
        except ChannelClosedError:
            return
        try:
            answer = msgspec.msgpack.encode(examine(msgspec.msgpack.decode(job, type=Job), control, learners, shell))
        except ChannelClosedError:  # the learners' jail is gone, and the worker builds both anew
            answer = b""
        channel.send(answer)


def examine(job: Job, control: socket.socket, learners: socket.socket, shell: object) -> Result:
    """Examine a notebook in forks: where one ends or hangs, its cell is given up, and the next goes without it.

    Values of the learner's can bring a right test into a loop or into endless memory that no signal interrupts.
    Raises ChannelClosedError where a fork ends before its first cell, or by another's hand: all has to begin anew then.
    """
    trees.get_ready((cell.original if cell.role == "learner" else cell.source for cell in job.cells), shell)
    for attempt in range(1, MOST_ATTEMPTS):
        here, there = socket.socketpair()
        child = os.fork()
        if child == 0:
            control.close(), here.close()
            work(job, Channel(there), learners, shell)
        there.close()
        number, message = None, b""
        with contextlib.suppress(ChannelClosedError):
            told = Channel(here)
            while len(message) <= NUMBER.size:
                message = told.receive()
                number = NUMBER.unpack(message)[0] if len(message) == NUMBER.size else number
        here.close()
        _, status = os.waitpid(child, 0)
        if len(message) > NUMBER.size:
            result = msgspec.msgpack.decode(message, type=Result)
            for name in result.imported:  # what the tests of one submission import, those of the next find there
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
            with contextlib.suppress(Exception):  # where it is not there, or another course's module has its name
                sys.modules["helpers.checks"].get_ready()
            result.imported = []
            return result
        end = os.waitstatus_to_exitcode(status)
        if number is None or end in (-signal.SIGKILL, WITHOUT_LEARNERS):
            break
        slow = end == -signal.SIGXCPU
        reason = "with it, the test took more computing time than allowed" if slow else "the test ended by force"
        for cell in job.cells[number:] if attempt == MOST_ATTEMPTS - 2 else [job.cells[number]]:
            cell.given_up = reason
    raise ChannelClosedError("the tester ends with this submission")


def work(job: Job, channel: Channel, learners: socket.socket, shell: object) -> NoReturn:
    """In a fork: examine a notebook; tell each cell's number before it is looked at, and the result at the end."""
    try:
        limits = Limits(**{k: type(getattr(Limits, k))(v) for k, v in job.limits.items()})
        room = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        # What is printed is collected where it belongs to a cell; a prompt of a learner's input() comes at any time.
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115

        def tell(number: int) -> None:
            channel.send(NUMBER.pack(number))
            used = resource.getrusage(resource.RUSAGE_SELF)
            most = int(used.ru_utime + used.ru_stime + limits.cell_seconds) + SPARE_SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))

        with tempfile.TemporaryDirectory(prefix="tests-") as place:
            for name in job.own:
                path = Path(place, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(bytes.fromhex(job.files[name]))
            os.chdir(place)
            sys.path.insert(0, place)  # modules of the instructor's; from a learner's side no program comes here
            folder = Folder(Path(place), frozenset(job.own))
            before = set(sys.modules)
            result = Examination(job, limits, learners, shell, tell, folder).result()
            result.imported = sorted(set(sys.modules) - before)
        channel.send(msgspec.msgpack.encode(result))
    except ChannelClosedError:
        os._exit(WITHOUT_LEARNERS)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(0)


class CellTimeoutError(BaseException):
    """A test cell's time is up."""


@dataclass
class Examination:
    """One notebook, from its first cell to its last."""

    job: Job
    limits: Limits
    learners: socket.socket
    shell: object
    tell: Callable[[int], None]
    folder: Folder
    process: Process | None = None
    done: list[Cell] = field(default_factory=list)  # learner cells that ran, to be run again after a restart
    deadly: dict[str, str] = field(default_factory=dict)  # cell name -> how it ended the process
    wanted: set[str] = field(default_factory=set)  # names that the instructor's code reads
    theirs: set[str] = field(default_factory=set)  # names that solution cells bind
    lent: set[str] = field(default_factory=set)  # names that stand here for the learner's
    as_lent: dict[str, tuple[bytes, int]] = field(default_factory=dict)  # data among them: how it is, after which call
    poisoned: dict[str, str] = field(default_factory=dict)  # names whose values end the process when they are asked for
    broken: dict[str, str] = field(default_factory=dict)  # names that the instructor's code failed to bind, and why
    loop: asyncio.Runner | None = None  # in which the instructor's code awaits
    restarts: int = 0
    peak: int = 0
    killed: bool = False
    tests_left: int = 0

    def __post_init__(self) -> None:
        self.space = self.shell.user_ns
        self.vacuous = vacuous.watch(self.space)
        remote.watch(self._refuse)
        identity.watch(self.space, self._refuse, lambda one, other: self.process.are_apart(one, other))
        self.started = time.monotonic()

    def result(self) -> Result:
        """Run every cell."""
        self.tests_left = sum(cell.role == "test" for cell in self.job.cells)
        results = []
        for number, cell in enumerate(self.job.cells):
            self.tell(number)
            results.append(self._cell(cell))
        self._end()
        return Result(results, self.restarts, self.peak, time.monotonic() - self.started, self.killed)

    # The learner's process

    def _cell(self, cell: Cell) -> CellResult:
        started = time.monotonic()
        result = CellResult(cell.name)
        try:
            if started - self.started > self.limits.notebook_seconds:
                result.reason = "the notebook took longer than allowed as a whole"
            elif cell.given_up:
                result.reason = cell.given_up
            elif cell.role == "test":
                self.tests_left -= 1
                (self._beside if cell.beside else self._test)(cell, result)
            else:
                self._run(cell, result)
        except LearnerEndedError as error:
            result.reason = str(error)
        if result.reason and cell.role == "test":
            result.points, result.review = 0.0, ""
        result.reason, result.review = quiet(result.reason, MOST_WORDS), quiet(result.review, MOST_WORDS)
        result.outputs = received.outputs(result.outputs, self.limits.output_bytes)
        result.seconds = time.monotonic() - started
        return result

    def _alive(self) -> Process:
        """The learner's process; where it has ended, a new one in which the other cells have been run again."""
        while self.process is None or self.process.ended is not None:
            if self.process is not None:
                self._count()
                self.restarts += 1
            self.folder.restart()
            self.process = Process(self.learners, self.limits, self.job.files, self.folder)
            self._forget()
            if tests := [cell.source for cell in self.job.cells if cell.beside]:
                self._clock()
                self.process.watch(
                    sorted({name for source in tests for name in names.imports(trees.tree(source, self.shell))})
                )
            for cell in self.done:
                if cell.name not in self.deadly:
                    try:
                        self._clock()
                        self.process.run(cell.source, cell.name)
                    except LearnerEndedError as error:
                        self.deadly[cell.name] = str(error)
                        break
        self._clock()
        return self.process

    def _clock(self) -> None:
        left = self.started + self.limits.notebook_seconds - time.monotonic()
        self.process.deadline = time.monotonic() + max(1.0, min(self.limits.cell_seconds, left))

    def _end(self) -> None:
        if self.process is not None:
            self.process.end()
            self._count()

    def _count(self) -> None:
        """Add what a process that has ended has used, and how it ended."""
        self.peak = max(self.peak, int(self.process.usage.get("peak", 0)))
        self.killed |= self.process.killed

    def _run(self, cell: Cell, result: CellResult) -> None:
        """A cell of the learner's, or one of the instructor's that the learner's code needs too."""
        process = self._alive()
        self.done.append(cell)
        try:
            ran = process.run(cell.source, cell.name)
            result.outputs, result.cut = ran.outputs, ran.cut
        except LearnerEndedError as error:
            self.deadly[cell.name] = result.reason = str(error)
        self.theirs |= set(cell.binds)
        if not self.tests_left:
            return  # what comes after the last test is only to be looked at
        if cell.role == "instructor":
            self._here(cell.source, whole=True)
        elif cell.original:
            self._here(cell.original, whole=False)

    # The instructor's code

    def _here(self, source: str, whole: bool) -> None:
        """Run the instructor's code on this side; an error shows later, where a test needs what was not reached.

        whole=False: a cell that learners may change. Only the statements that do not read what is the learner's are
        run here, definitions always: the rest has been run over there, and its results are asked for by name.
        """
        with contextlib.suppress(SyntaxError):
            tree = trees.apart(source, self.shell)
            statements = tree.body if whole else self._ours(tree.body)
            self.wanted |= {name for one in statements for name in trees.reads(one)}
            self._borrow()
            for statement in statements:
                ours = self._is_ours(statement)
                try:
                    with Outputs(self.limits.output_bytes).of(self.shell), self._time():
                        self._execute([statement])
                # Whatever a value of the learner's does to it, SystemExit included, the next one is run.
                except BaseException as error:
                    if ours:
                        self.broken |= dict.fromkeys(trees.binds(statement) - self.theirs, _message(error))
                else:
                    self.broken = {name: why for name, why in self.broken.items() if name not in trees.binds(statement)}
            for statement in statements:
                self.theirs -= trees.binds(statement)

    def _ours(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        known = self._known()
        return [one for one in statements if isinstance(one, ALWAYS) or trees.reads(one) - trees.binds(one) <= known]

    def _known(self) -> set[str]:
        return (set(self.space) - self.lent - self.theirs) | set(dir(builtins))

    def _is_ours(self, statement: ast.stmt) -> bool:
        """Does it rest on nothing of the learner's, so that an error in it is none of the learner's either?"""
        return isinstance(statement, IMPORTS) or (
            trees.reads(statement) - trees.binds(statement) <= self._known() | set(self.broken)
        )

    def _borrow(self) -> None:
        """Bind the names that the instructor's code reads and the learner's code has bound."""
        # Python's own names too: a learner's `abs` may not stand in for the one that a test means.
        own = (set(self.space) - self.lent) | set(dir(builtins)) | set(self.broken)
        asked = [name for name in self.wanted if name in self.theirs or name not in own]
        values = self._values(sorted(asked))
        self._forget()
        self.space.update(values)
        self.lent = set(values)

    def _values(self, asked: list[str]) -> dict[str, object]:
        asked = [name for name in asked if name not in self.poisoned]
        with contextlib.suppress(LearnerEndedError):
            return self._alive().names(asked)
        for name in asked:  # one of them ends the process when it is looked at: the others must not go with it
            try:
                self._alive().names([name])
            except LearnerEndedError as error:
                self.poisoned[name] = str(error)
        return self._alive().names([name for name in asked if name not in self.poisoned])

    def _forget(self) -> None:
        for name in self.lent:
            self.space.pop(name, None)
        self.lent = set()

    def _test(self, cell: Cell, result: CellResult) -> None:
        """Run a test cell, statement by statement, and weigh it."""
        outputs = Outputs(self.limits.output_bytes)
        value = None
        try:
            tree = trees.apart(cell.source, self.shell)
            self.wanted |= trees.reads(tree)
            self._borrow()
            for name in trees.reads(tree) & set(self.poisoned):
                raise LearnerEndedError(self.poisoned[name])
            for name in trees.reads(tree) & set(self.broken):
                raise self.process.refuse(f"{name} could not be made where the tests run ({self.broken[name]})")
            self.process.begin_test()
            self.vacuous.clear()
            with outputs.of(self.shell), self._time():
                value = self._judge(tree, result)
        except CellTimeoutError:
            result.reason = "the test took longer than allowed"
        except CannotCrossError as error:
            self.process.refused = str(error)
        finally:
            result.outputs, result.cut = outputs.data(), outputs.cut
        if self.process.refused:  # also where the test's own code hid it
            result.review = f"The test cannot be run apart from the learner's code: {self.process.refused}"
        if self.process.ended is not None and self.process.ended != "ended by the tester":
            result.reason = self.process.ended  # even where the test's own code hid it
        if all(verdict.passed for verdict in result.verdicts) and not result.review:
            try:
                result.points = credit(value, cell.points)
            except OddCreditError as error:
                result.review = str(error)
            if self.vacuous and result.points:
                result.points, result.review = None, vacuous.NOTICE
        elif not result.review:
            result.points = 0.0

    def _refuse(self, what: str) -> CannotCrossError:
        return self.process.refuse(what)

    def _judge(self, tree: ast.Module, result: CellResult) -> object:
        """One verdict for each assert of the cell, one for everything else; the value of its last expression."""
        body, last = list(tree.body), None
        mine = (trees.reads(tree) & self.lent) - trees.binds(tree)
        data = {name: self._bytes(self.space[name]) for name in mine if not isinstance(self.space[name], RemoteObject)}
        self.as_lent = {name: (found, self.process.calls) for name, found in data.items() if found}
        if body and isinstance(body[-1], ast.Expr):
            last = ast.Expression(body.pop().value)
        value, line = None, 1
        try:
            for statement in body:
                line = statement.lineno
                self._lend_anew(trees.reads(statement))
                if isinstance(statement, ast.Assert):
                    result.verdicts.append(self._verdict(statement))
                else:
                    self._execute([statement])
            if last is not None:
                line = last.body.lineno
                self._lend_anew(trees.reads(last.body))
                value = self._value(last)
            if not result.verdicts:
                result.verdicts.append(Verdict(1, True))
        except (CannotCrossError, LearnerEndedError, CellTimeoutError):
            raise
        except BaseException as error:
            result.verdicts.append(_failed(line, error))
        return value

    def _lend_anew(self, names: Set[str]) -> None:
        """Have the learner's variables as the last call has left them, but for those that the test has changed."""
        now = self.process.calls
        asked = [n for n in sorted(names & self.as_lent.keys()) if self.as_lent[n][1] != now]
        asked = [n for n in asked if self._bytes(self.space.get(n)) == self.as_lent[n][0]]
        for name, value in self.process.names(asked).items():
            if (found := self._bytes(value)) != self.as_lent[name][0]:
                arguments.fill(self.space[name], value)
                if self._bytes(self.space[name]) != found:
                    self.space[name] = value
            self.as_lent[name] = found, now

    def _bytes(self, value: object) -> bytes:
        """A value of the learner's that is data, and not too much; else nothing."""
        found = self.process.packed(value)
        return found if len(found) <= MOST_OF_A_NAME else b""

    def _beside(self, cell: Cell, result: CellResult) -> None:
        """Run a test cell in the learner's process, and leave to a person what was tampered with."""
        process = self._alive()
        seen = f"_{secrets.token_hex(8)}"
        value, doubts, probes = None, process.changes(), 0
        for step in beside.steps(trees.tree(cell.source, self.shell), seen):
            self._clock()
            value, raised, ran = process.beside(step.code, step.mode, seen)
            if step.holds is not None:
                probes += beside.fooled(step, beside.Told(value, raised))
                continue
            value = value if step.mode == "eval" else None
            result.outputs += ran.outputs
            if raised:
                result.verdicts.append(_failed(step.line, as_error(raised[0])))
                if not (step.is_assert and _is_assertion(raised[0])):
                    break
            elif step.is_assert:
                result.verdicts.append(Verdict(step.line, True))
        doubts += [change for change in process.changes() if change not in doubts]
        if probes:
            doubts.insert(0, "statements that must fail passed, or the other way round")
        result.points = 0.0
        if doubts:
            result.points, result.review = (
                None,
                f"Beside the learner's code this cannot be decided by machine: {'; '.join(doubts)}.",
            )
        elif all(verdict.passed for verdict in result.verdicts):
            try:
                result.points = credit(value, cell.points)
            except OddCreditError as error:
                result.points, result.review = None, str(error)

    def _verdict(self, statement: ast.Assert) -> Verdict:
        try:
            self._execute([statement])
        except AssertionError as error:
            return _failed(statement.lineno, error)
        return Verdict(statement.lineno, True)

    def _execute(self, statements: list[ast.stmt]) -> None:
        self._value(ast.Module(statements, []))

    def _value(self, code: ast.Module | ast.Expression) -> object:
        """What code gives; it may `await` as a notebook's cells may, all in one loop."""
        mode = "eval" if isinstance(code, ast.Expression) else "exec"
        compiled = compile(code, "<test>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        found = eval(compiled, self.space)
        if not compiled.co_flags & inspect.CO_COROUTINE:
            return found
        self.loop = self.loop or asyncio.Runner()
        return self.loop.run(found)

    @contextlib.contextmanager
    def _time(self) -> Iterator[None]:
        """An alarm, for code of ours that the learner's values send round for ever."""

        def ring(*_: object) -> None:
            raise CellTimeoutError

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, self.limits.cell_seconds + 5)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _is_assertion(raised: object) -> bool:
    return isinstance(raised, dict) and raised.get("type") == "AssertionError"


def _failed(line: int, error: BaseException) -> Verdict:
    report = getattr(error, "report", None)  # of helpers.checks
    return Verdict(line, False, _message(error), [str(cause) for cause in getattr(report, "causes", ())])


def _message(error: BaseException) -> str:
    """What a learner is told of a failed test."""
    try:
        text = whole(str(error).strip(), MOST_WORDS)
    except Exception:  # its text may come from an object of the learner's
        text = ""
    if isinstance(error, AssertionError):
        return text
    learner = getattr(error, "learner", None)
    where = f" (in your line {learner['line']}: {learner['source']})" if learner and learner["line"] else ""
    return f"{type(error).__name__}: {text}{where}" if text else f"{type(error).__name__}{where}"
