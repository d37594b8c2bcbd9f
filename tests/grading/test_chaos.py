"""Whatever is killed, and whenever: does `resume` end with the same gradebook, ledger and notebooks?

A run is a process of its own, that is killed with kill -9: a worker's process in it, the committer (the process that
writes), or everything at once. Moments are drawn from its whole length, and chosen between any two steps of writing.
"""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import nbformat
import pytest
from sqlalchemy import create_engine, text

from benchmarks.grading import family
from grading import engine, gradebook, intake, ledger
from grading.course import Course
from grading.engine import resume
from grading.ledger import Ledger

pytestmark = pytest.mark.needs("bubblewrap")

RUNS, DAILY = 50, 3
RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
WRONG = RIGHT | {"square": "def square(x):\n    return 4"}
SLOW = RIGHT | {"root": "import time\ntime.sleep(0.3)\ndef root(x):\n    return x"}
DEADLY = RIGHT | {"square": "import os\ndef square(x):\n    os._exit(3)"}
CLASS = [RIGHT, WRONG, {}, SLOW, DEADLY, RIGHT, SLOW, WRONG, RIGHT, SLOW]

# Step of writing -> the function after which, or in the middle of which, the committer kills itself.
STEPS = {
    "the run has begun": "ledger.Ledger.begin",
    "some have been taken in": "intake.keep",
    "all have been taken in": "ledger.Ledger.take",
    "the ledger has it": "ledger.Ledger.record",
    "half a notebook is written": "nbformat.write",
    "the notebooks are there": "engine.Run._write_notebooks",
    "between the rows of the gradebook": "gradebook._grades",
    "the gradebook has it": "gradebook.Form.commit",
    "the ledger knows that it has": "ledger.Ledger.committed",
}

PLACES = {"ledger": ledger, "gradebook": gradebook, "engine": engine, "intake": intake, "nbformat": nbformat}


class Forked:
    """A run in a process of its own."""

    def __init__(self, root, *, force=False, step="", count=0):
        self.pid, self.status = os.fork(), None
        if self.pid == 0:
            try:
                os.setsid()
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, 1), os.dup2(silence, 2)
                if step:
                    deadly(step, count)
                engine.Run(Course.at(root), "squares").autograde(workers=2, force=force, progress=None)
                os._exit(0)
            finally:
                os._exit(1)

    def wait(self, *, block=True):
        """How it ended; None while it goes on."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, 0 if block else os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status


def deadly(step, count):
    """Let this process kill itself in the count-th call of a function, after it, or in the middle of a notebook."""
    place, *path, name = step.split(".")
    owner = PLACES[place]
    for part in path:
        owner = getattr(owner, part)
    whole, calls = getattr(owner, name), []

    def function(*args, **kwargs):
        calls.append(1)
        if len(calls) < count:
            return whole(*args, **kwargs)
        if owner is nbformat:
            Path(args[1]).write_text('{"cells": [')
        else:
            whole(*args, **kwargs)
        return os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, function)


def began(root, process):
    """Wait until the ledger knows of the run; before that, nothing was asked for."""
    while process.wait(block=False) is None:
        if (root / ".grading" / "ledger.db").exists():
            try:
                if Ledger.of(Course.at(root)).unfinished():
                    return
            except Exception:
                pass
        time.sleep(0.02)


def kill(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def snapshot(root):
    """All that must be the same: the rows of every table without ids and times, and the files."""
    course = Course.at(root)
    with create_engine(course.db_url).connect() as connection:
        tables = {
            "grades": "select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade from grade g "
            "join submitted_notebook n on g.notebook_id = n.id join submitted_assignment s on n.assignment_id = s.id "
            "join base_cell b on g.cell_id = b.id",
            "comments": "select s.student_id, b.name, c.auto_comment from comment c "
            "join submitted_notebook n on c.notebook_id = n.id join submitted_assignment s on n.assignment_id = s.id "
            "join base_cell b on c.cell_id = b.id",
            "submissions": "select student_id, timestamp from submitted_assignment",
            "notebooks": "select count(*) from submitted_notebook",
            "students": "select id from student",
        }
        found = {name: sorted(map(str, connection.execute(text(query)))) for name, query in tables.items()}
    rows = Ledger.of(course)
    found["ledger"] = [
        (row.student, row.attempt, row.state, row.reason, row.flags, row.points, row.committed, str(items(row)))
        for row in rows.all("squares")
    ]
    found["unfinished"] = rows.unfinished()
    found["files"] = {
        str(file.relative_to(root)): file.read_text()
        for folder in ("autograded", ".grading/attempts")
        for file in sorted((root / folder).rglob("*"))
        if file.is_file()
    }
    return found


def items(row):
    return [(item.name, item.points, item.message, item.causes) for n in row.outcome.notebooks for item in n.items]


@pytest.fixture(scope="module")
def lived(tmp_path_factory, generated):
    """(a course with a class that waits, the same after a run that nobody killed, its snapshot, the run's seconds)."""
    folder = tmp_path_factory.mktemp("chaos")
    waiting, graded = folder / "waiting", folder / "graded"
    shutil.copytree(generated, waiting)
    for number, answers in enumerate(CLASS):
        place = waiting / "submitted" / f"s{number:02}" / "squares"
        place.mkdir(parents=True)
        notebook = nbformat.read(waiting / "release" / "squares" / "squares.ipynb", 4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        nbformat.write(notebook, place / "squares.ipynb")
        (place / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
    (waiting / "submitted" / "s02" / "squares" / "squares.ipynb").write_text("{")
    shutil.copytree(waiting, graded)
    process = Forked(graded)
    began(graded, process)
    from_here = time.monotonic()
    assert process.wait() == 0
    return waiting, graded, snapshot(graded), time.monotonic() - from_here


def outlive(lived, root, *, force, end):
    """Start a run, let `end` end it, go on with what is left, and compare."""
    waiting, graded, expected, _ = lived
    shutil.copytree(graded if force else waiting, root)
    end(root)
    resume(Course.at(root), workers=1, progress=None)
    assert snapshot(root) == expected


@pytest.mark.parametrize(
    "number", [*range(DAILY), *(pytest.param(n, marks=pytest.mark.slow) for n in range(DAILY, RUNS))]
)
def test_a_run_killed_at_a_random_moment_ends_with_the_same_gradebook(lived, tmp_path, number):
    rng = random.Random(time.time_ns())
    force, delay = rng.random() < 0.3, rng.uniform(0, lived[3])
    victim = ("committer", "worker", "everything")[number % 3]
    print(f"kill {victim} after {delay:.2f} s of {lived[3]:.2f} s, force={force}")

    def end(root):
        process = Forked(root, force=force)
        began(root, process)
        time.sleep(delay)
        members = family([process.pid])
        if victim == "worker" and members[1:]:  # a jail, a warmed process, the tester, the learner's own
            kill([rng.choice(members[1:])])
            assert process.wait() == 0
            return
        kill([process.pid] if victim == "committer" else members)
        assert process.wait() in (-signal.SIGKILL, 0)

    outlive(lived, tmp_path / "course", force=force, end=end)


def test_a_run_killed_between_any_two_steps_of_writing_ends_with_the_same_gradebook(lived, tmp_path):
    """Two of the steps each day, all of them in the slow run."""
    for step in random.Random(time.time_ns()).sample(sorted(STEPS), 2):
        killed_after(lived, tmp_path / STEPS[step], step)


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_after_each_step_of_writing_ends_with_the_same_gradebook(lived, tmp_path, step):
    killed_after(lived, tmp_path / "course", step)


def killed_after(lived, root, step):
    rng = random.Random(time.time_ns())
    once = step in ("the run has begun", "all have been taken in")
    count, force = 1 if once else rng.randint(1, 4), rng.random() < 0.5
    print(f"kill after {step}, call {count}, force={force}")

    def end(root):
        process = Forked(root, force=force, step=STEPS[step], count=count)
        assert process.wait() in (-signal.SIGKILL, 0)  # results written together may make fewer calls

    outlive(lived, root, force=force, end=end)


def test_a_run_killed_before_it_began_has_done_nothing(lived, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(lived[0], root)
    process = Forked(root)
    kill(family([process.pid]))
    process.wait()
    assert resume(Course.at(root), progress=None) == {}
    assert not (root / "autograded").exists()
