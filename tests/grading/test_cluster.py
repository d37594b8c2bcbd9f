"""Are the grades the same on a Dask cluster, also where a worker goes away in the middle?"""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from grading.course import Course
from grading.engine import Run

pytestmark = pytest.mark.needs("bubblewrap")

RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
SLOW = "import time\ntime.sleep(0.3)\ndef square(x):\n    return 4"


def scores(root):
    with Course.at(root).gradebook() as book:
        return {
            submission.student.id: sorted((g.name, g.auto_score) for nb in submission.notebooks for g in nb.grades)
            for submission in book.assignment_submissions("squares")
        }


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler and two workers, each a process of its own; yields (address, workers)."""
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
        workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]
        started += workers
        import json

        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def test_a_cluster_gives_the_same_grades_though_a_worker_is_killed(make_course, scheduler):
    root, hand_in = make_course
    for number in range(12):
        hand_in(f"s{number:02}", RIGHT if number % 2 else RIGHT | {"square": SLOW})
    address, workers = scheduler
    killer = threading.Timer(15.0, lambda: os.kill(workers[0].pid, signal.SIGKILL))
    killer.start()
    try:
        summary = Run(Course.at(root), "squares").autograde(engine="dask", scheduler=address, progress=None)
    finally:
        killer.cancel()
    assert sum(summary.counts.values()) == 12
    there = scores(root)
    Run(Course.at(root), "squares").autograde(workers=1, force=True, progress=None)
    assert scores(root) == there
    Run(Course.at(root), "squares").autograde(sorted(there, reverse=True), workers=3, force=True, progress=None)
    assert scores(root) == there
