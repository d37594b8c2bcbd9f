"""Grading on several machines, by Dask: `dask scheduler` on one, `dask worker --nthreads 1` on each (extra `cluster`).

Each Dask worker process keeps a pair of jails of its own. What has been graded is known from the ledger alone, so a
machine, a worker or the scheduler may go away at any time. Every machine has the same Python and the same folders.
"""

import pickle
from collections.abc import Iterable, Iterator

from grading.course import CourseError
from grading.grader import Graded, Grader
from grading.intake import Submission
from grading.worker import Plan, Worker

AT_ONCE = 200  # submissions that are on their way at a time, so that a class need not fit into memory
TRIES = 3  # on other machines, where one went away

_workers: dict[Plan, Worker] = {}


def grade_here(packed: bytes, student: str, submission: Submission) -> Graded:
    """Runs in a Dask worker's process: grade with its pair of jails."""
    grader: Grader = pickle.loads(packed)
    plan = grader.plan
    if plan not in _workers:
        for other in _workers.values():
            other.close()
        _workers.clear()
        _workers[plan] = Worker(plan)
    return grader.grade(_workers[plan], student, submission)


def graded(
    grader: Grader, submissions: Iterable[tuple[str, Submission]], scheduler: str | None, workers: int | None
) -> Iterator[Graded]:
    """Grade on the cluster; yields results as they come. scheduler: None starts a cluster on this machine.

    Raises CourseError where Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError:
        raise CourseError('Dask is not installed. Install it: pip install "neurons-to-networks[cluster]"') from None
    # One thread a process: a pair of jails serves one submission at a time.
    local = None if scheduler else LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    # Sent along with each submission: what is scattered once goes away with the worker that holds it.
    packed = pickle.dumps(grader)
    try:
        with _connected(Client, scheduler or local) as client:
            running, count = as_completed(), 0
            for student, submission in submissions:
                running.add(client.submit(grade_here, packed, student, submission, pure=False, retries=TRIES))
                count += 1
                if count >= AT_ONCE:
                    yield next(running).result()
                    count -= 1
            for future in running:
                yield future.result()
    finally:
        if local is not None:
            local.close()


def _connected(client: type, where: object) -> object:
    try:
        return client(where)
    except OSError as error:
        raise CourseError(f"The Dask scheduler at {where} does not answer: {error}") from None
