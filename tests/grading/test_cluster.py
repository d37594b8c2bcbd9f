"""Are the grades the same on a Dask cluster, also where a worker goes away in the middle?"""

import json
import signal
import subprocess
import sys
import time

import psutil
import pytest
from distributed import Client

from grading.course import Course
from grading.engine import Run
from grading.ledger import Ledger

pytestmark = pytest.mark.needs("bubblewrap")

RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
SLOW = "import time\ntime.sleep(0.3)\ndef square(x):\n    return 4"


def results(root):
    """What came of each submission: by the ledger, by the gradebook, and in the notebook that a grader sees."""
    course = Course.at(root)
    found = {}
    for row in Ledger.of(course).all("squares"):
        notebook = course.folder("autograded", "squares", row.student) / "squares.ipynb"
        items = [item for one in row.outcome.notebooks for item in one.items]
        found[row.student] = [row.state, row.reason, row.flags, row.committed, items, notebook.read_text()]
    with course.gradebook() as book:
        for submission in book.assignment_submissions("squares"):
            grades = [(grade.name, grade.auto_score) for nb in submission.notebooks for grade in nb.grades]
            found[submission.student.id].append(sorted(grades))
    return found


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler and two workers, each a process of its own; yields (a client of it, name -> worker)."""
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", *common],
            **quiet,
        )
    ]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        *common,
        "--nthreads",
        "1",
        "--no-nanny",
        "--local-directory",
        str(tmp_path),
    ]
    try:
        while not file.exists():
            time.sleep(0.1)
        workers = {name: subprocess.Popen([*worker, "--name", name], **quiet) for name in ("one", "other")}
        started += workers.values()
        with Client(json.loads(file.read_text())["address"]) as client:
            client.wait_for_workers(2, timeout=60)
            yield client, workers
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


class Killing:
    """A progress bar that kills a worker once two submissions are in the gradebook and this one is at work on another.

    jails: what that worker had started.
    """

    def __init__(self, client, name, process):
        self.client, self.name, self.process = client, name, process
        self.count, self.jails = 0, []

    def update(self):
        self.count += 1
        if self.count >= 2 and self.process.poll() is None and self._is_at_work():
            self.jails = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            self.process.wait()

    def _is_at_work(self):
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        (address,) = [address for address, worker in workers.items() if worker["id"] == self.name]
        return bool(self.client.processing([address])[address])

    def close(self):
        pass


def test_a_cluster_gives_the_same_grades_though_a_worker_is_killed(make_course, scheduler):
    root, hand_in = make_course
    for number in range(12):
        hand_in(f"s{number:02}", RIGHT if number % 2 else RIGHT | {"square": SLOW})
    hand_in("dies", RIGHT | {"root": "import os\ndef root(x):\n    os._exit(1)"})
    client, workers = scheduler
    killing = Killing(client, "one", workers["one"])
    run = Run(Course.at(root), "squares").autograde
    summary = run(engine="dask", scheduler=client.scheduler.address, progress=lambda **_: killing)
    assert workers["one"].returncode == -signal.SIGKILL
    assert workers["other"].poll() is None
    assert summary.counts == {"graded": 13}
    assert killing.jails
    assert psutil.wait_procs(killing.jails, timeout=10)[1] == [], "the killed worker's jails went on without it"
    there = results(root)
    points = {student: dict(found[-1]) for student, found in there.items()}
    assert [points[f"s{n:02}"]["test-square"] for n in range(12)] == [0, 2] * 6
    assert (points["dies"]["test-square"], points["dies"]["test-root"]) == (2, 0)
    run(workers=1, force=True, progress=None)
    assert results(root) == there
    run(sorted(there, reverse=True), workers=3, force=True, progress=None)
    assert results(root) == there
