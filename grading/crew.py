"""Threads with a worker each: names of students go in, graded submissions come out."""

import itertools
import queue
import threading
from collections.abc import Callable, Iterable

from grading.grader import Graded
from grading.worker import Plan, Worker, cores


class Crew:
    """At most `most` workers. grade: what one does for a student.

    Where there are as many as cores, each keeps to one; where there are fewer, others may need some of the cores.
    """

    def __init__(self, plan: Plan, most: int, grade: Callable[[Worker, str], Graded]) -> None:
        self._plan, self._most, self._grade = plan, most, grade
        self._todo: queue.SimpleQueue = queue.SimpleQueue()
        self._done: queue.Queue = queue.Queue(maxsize=4 * most)
        self._cores = itertools.cycle(cores())
        self._threads: list[threading.Thread] = []
        self._stop = threading.Event()
        self.missing = 0  # given, and not taken yet

    def give(self, students: Iterable[str]) -> None:
        """Have these graded; starts no more workers than there are submissions."""
        for student in students:
            self._todo.put(student)
            self.missing += 1
        wanted = min(self._most, self.missing)
        for _ in range(len(self._threads), wanted):
            core = next(self._cores) if wanted >= len(cores()) else None
            self._threads.append(threading.Thread(target=self._work, args=(core,), daemon=True))
            self._threads[-1].start()

    @property
    def ready(self) -> bool:
        """Is one graded that has not been taken?"""
        return not self._done.empty()

    def take(self) -> list[Graded]:
        """All that are graded by now; waits for one where there is none. Raises what ended a worker."""
        several = [self._done.get()]
        while not self._done.empty():
            several.append(self._done.get_nowait())
        for result in several:
            if isinstance(result, BaseException):
                raise result
        self.missing -= len(several)
        return several

    def close(self) -> None:
        """End all workers; what they have not finished is dropped."""
        self._stop.set()
        for _ in self._threads:
            self._todo.put(None)
        while any(thread.is_alive() for thread in self._threads):
            while not self._done.empty():
                self._done.get_nowait()
            for thread in self._threads:
                thread.join(0.05)

    def _work(self, core: int | None) -> None:
        worker = Worker(self._plan, core)
        try:
            while not self._stop.is_set() and (student := self._todo.get()) is not None:
                self._done.put(self._grade(worker, student))
        except BaseException as error:
            self._done.put(error)
        finally:
            worker.close()
