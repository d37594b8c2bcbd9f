"""One worker: a pair of jails, one for learners and one for the tester, that grades one submission after another."""

import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from grading import orphans
from grading.channel import ChannelClosedError, ChannelTimeoutError
from grading.jail import ROOM, Jail, View
from grading.namespaces import Limits
from grading.tester import MOST_ATTEMPTS, Cell, Job, Result

STARTING_SECONDS = 120.0
TRIES = 3


class WorkerFailedError(RuntimeError):
    """The grader itself failed with this submission, several times; it is nobody's fault but ours."""


@dataclass(frozen=True)
class Plan:
    """What a worker needs to know of an assignment.

    modules: to import before the first submission.  hidden: files and folders that learners' code may not see.
    sandboxed: False runs learners' code as the grader itself, with the grader's rights; only where that was asked for.
    """

    modules: tuple[str, ...] = ()
    hidden: tuple[Path, ...] = ()
    shown: tuple[Path, ...] = (ROOM / "grading",)
    limits: Limits = field(default_factory=Limits)
    sandboxed: bool = True


class Worker:
    """Grades notebooks. Thread-safe only in that each thread has a worker of its own.

    core: the processor it keeps to; None: any. Its two processes wait for each other hundreds of times a notebook.
    Where they share a core, none of that has to wake another one.
    """

    def __init__(self, plan: Plan, core: int | None = None) -> None:
        self.plan, self._core = plan, core
        self._learners: Jail | None = None
        self._tester: Jail | None = None

    def grade(self, cells: list[Cell], files: dict[str, bytes], own: Iterable[str] = ()) -> Result:
        """Run one notebook. own: names of the files that are the instructor's, which tests may rest on.

        What was killed by another's hand, such as the system's where memory ran out, is run again, so that it costs no
        learner a point; where it happens each time, it stands.
        Raises WorkerFailedError where the tester itself ends again and again.
        """
        limits = asdict(self.plan.limits)
        job = Job(cells, {name: data.hex() for name, data in files.items()}, sorted(own), limits)
        packed = msgspec.msgpack.encode(job)
        for tries_left in reversed(range(TRIES)):
            try:
                self._start()
                patience = MOST_ATTEMPTS * self.plan.limits.notebook_seconds + STARTING_SECONDS
                self._tester.channel.send(packed)
                answer = self._tester.channel.receive(time.monotonic() + patience)
                if answer:
                    result = msgspec.msgpack.decode(answer, type=Result)
                    if not result.killed or not tries_left:
                        return result
            except (ChannelClosedError, ChannelTimeoutError):
                pass
            self.close()
        raise WorkerFailedError("the grader's own process ended three times on this submission")

    def close(self) -> None:
        """End both jails and all in them."""
        for jail in (self._tester, self._learners):
            if jail is not None:
                jail.close()
        self._tester = self._learners = None

    @property
    def processes(self) -> list[int]:
        """Ids of the jails' outermost processes."""
        return [jail.process.pid for jail in (self._learners, self._tester) if jail is not None]

    def _start(self) -> None:
        if self._tester is not None:
            return
        plan = self.plan
        free = not plan.sandboxed
        orphans.end()  # a run that was killed could not do it itself
        modules = list(plan.modules)
        how = {"core": self._core, "open": free}
        self._learners = Jail("learner", modules, View(plan.shown, plan.hidden), **how)
        self._tester = Jail("tester", modules, View(plan.shown), (self._learners.channel.end,), **how)
        for jail in (self._learners, self._tester):  # they have been importing side by side
            jail.channel.receive(time.monotonic() + STARTING_SECONDS)


def cores() -> list[int]:
    """The processors of this machine that we may use; one worker suits each."""
    return sorted(os.sched_getaffinity(0))
