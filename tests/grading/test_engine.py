"""Does a whole run leave the right gradebook, notebooks and ledger, whatever was handed in and whenever it ends?"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from grading.course import Course, CourseError
from grading.engine import Run, resume
from grading.standing import standings

pytestmark = pytest.mark.needs("bubblewrap")

RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}


def scores(root):
    """student -> {grade_id: (auto score, does a person have to look)}."""
    with Course.at(root).gradebook() as book:
        return {
            submission.student.id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in book.assignment_submissions("squares")
        }


def grade(root, **options):
    run = Run(Course.at(root), "squares")
    return run, run.autograde(progress=None, **options)


def test_a_class_is_graded(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    hand_in("ben", RIGHT | {"square": "def square(x):\n    return 4"})
    hand_in("cem")
    run, summary = grade(root, workers=2)
    assert summary.counts == {"graded": 3}
    assert scores(root) == {
        "ann": {"test-square": (2, False), "test-root": (1, False), "essay": (None, True)},
        "ben": {"test-square": (0, False), "test-root": (1, False), "essay": (None, True)},
        "cem": {"test-square": (0, False), "test-root": (0, False), "essay": (0, False)},
    }
    rows = list(run.ledger.all("squares"))
    assert [(row.student, row.state, row.committed, row.points) for row in rows] == [
        ("ann", "graded", True, 3),
        ("ben", "graded", True, 1),
        ("cem", "graded", True, 0),
    ]


def test_more_are_taken_in_while_others_are_graded(make_course, monkeypatch):
    """Batches of two: the first is graded already, one is invalid, and the last is smaller than there are workers."""
    root, hand_in = make_course
    students = [f"s{number}" for number in range(9)]
    for student in students:
        hand_in(student, RIGHT)
    grade(root, students=students[:2])
    (root / "submitted" / "s3" / "squares" / "squares.ipynb").write_text("no notebook")
    monkeypatch.setattr("grading.engine.TOGETHER", 2)
    totals = []

    class Bar:
        total = 0

        def update(self):
            totals.append(self.total)

        def close(self):
            pass

    run = Run(Course.at(root), "squares")
    assert run.autograde(workers=3, progress=lambda total, **_: Bar()).counts == {"graded": 6, "invalid": 1}
    assert totals[-1] == len(totals) == 7
    found = scores(root)
    assert found.pop("s3")["test-square"] == (0, False)
    assert found == dict.fromkeys([student for student in students if student != "s3"], found["s0"])


def test_the_autograded_notebook_is_what_nbgrader_expects(make_course):
    root, hand_in = make_course
    hand_in("ben", RIGHT | {"square": "def square(x):\n    return 4"})
    grade(root)
    file = root / "autograded" / "ben" / "squares" / "squares.ipynb"
    notebook = nbformat.read(file, 4)
    nbformat.validate(notebook)
    assert file.read_text("utf-8") == nbformat.writes(notebook) + "\n"
    failed = [cell.id for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert failed == ["test-square"]
    assert (root / "autograded" / "ben" / "squares" / "timestamp.txt").exists()


def test_grading_again_changes_nothing_and_hand_given_points_stay(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    grade(root)
    with Course.at(root).gradebook() as book:
        book.find_grade("essay", "squares", "squares", "ann").manual_score = 2.5
        book.db.commit()
    before = scores(root)
    assert grade(root)[1].counts == {}
    assert grade(root, force=True)[1].counts == {"graded": 1}
    assert scores(root) == before
    with Course.at(root).gradebook() as book:
        assert book.find_submission("squares", "ann").score == 5.5


def test_a_new_attempt_is_graded_and_the_old_one_kept(make_course):
    root, hand_in = make_course
    hand_in("ann")
    grade(root)
    hand_in("ann", RIGHT)
    grade(root)
    assert scores(root)["ann"]["test-square"] == (2, False)
    assert len(list((root / ".grading" / "attempts" / "squares" / "ann").iterdir())) == 2


def test_what_cannot_be_graded_is_invalid_with_a_reason_and_the_others_are_graded(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    hand_in("ben", RIGHT).joinpath("squares.ipynb").write_text("")
    hand_in("cem", RIGHT).joinpath("squares.ipynb").rename(root / "submitted" / "cem" / "squares" / "mine.ipynb")
    hand_in("dora", RIGHT, stamp="some day")
    run, summary = grade(root)
    assert summary.counts == {"graded": 1, "invalid": 1, "graded_with_flags": 2}
    assert "is empty" in run.ledger.find("squares", ["ben"])[0].reason
    assert scores(root)["ben"] == {"test-square": (0, False), "test-root": (0, False), "essay": (0, False)}
    assert scores(root)["cem"] == scores(root)["dora"] == scores(root)["ann"]


def test_the_grades_are_the_same_for_any_number_of_workers_and_any_order(make_course):
    """On a Dask cluster too: test_cluster.py."""
    root, hand_in = make_course
    dies = RIGHT | {"square": "import os\ndef square(x):\n    os._exit(3)"}
    for number in range(12):
        hand_in(f"s{number:02}", (RIGHT, {}, RIGHT | {"square": "def square(x):\n    return 4"}, dies)[number % 4])
    grade(root, workers=1)
    alone = scores(root)
    assert [found["test-square"][0] for found in list(alone.values())[:4]] == [2, 0, 0, 0]
    for workers in (2, 8):
        students = random.Random(workers).sample(sorted(alone), len(alone))
        assert sum(grade(root, workers=workers, students=students, force=True)[1].counts.values()) == 12
        assert scores(root) == alone


def test_only_whom_an_exercise_cost_points_is_graded_again(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    hand_in("ben", RIGHT | {"square": "def square(x):\n    return 4"})
    run, _ = grade(root)
    assert run.regrade("test-square", progress=None).counts == {"graded": 1}
    with pytest.raises(CourseError, match=r"has no exercise squared\. It has: essay, test-root, test-square"):
        run.regrade("squared")


def test_the_standing_says_what_was_ended_and_what_is_new(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    run, _ = grade(root)
    hand_in("ben", RIGHT).joinpath("squares.ipynb").write_text("")
    hand_in("cem", RIGHT)
    (one,) = standings(run.course)
    assert (one.states, one.new, one.ended, one.under_way) == ({"graded": 1}, 2, False, False)
    run.ledger.begin("squares", ["ben"], False)  # as a run does that is killed
    with run.course.alone():
        assert standings(run.course)[0].under_way
    assert standings(run.course)[0].ended
    assert resume(run.course, progress=None)["squares"].counts == {"invalid": 1}
    (one,) = standings(run.course)
    assert (one.new, one.ended) == (1, False)
    assert "is empty" in one.looks["ben"]
    assert "cem" not in one.looks


def test_runs_that_were_ended_are_gone_on_with_for_all_whom_they_were_about(make_course):
    root, _ = make_course
    ledger = Run(Course.at(root), "squares").ledger
    ledger.begin("squares", ["ann"], False)
    ledger.begin("squares", ["ben"], False)
    assert ledger.unfinished() == {"squares": ["ann", "ben"]}
    ledger.begin("squares", None, False)
    ledger.begin("squares", ["ben"], False)
    assert ledger.unfinished() == {"squares": None}
    ledger.end("squares")
    assert ledger.unfinished() == {}


@pytest.mark.parametrize("asked", [None, ["ann"]])
def test_who_is_graded_again_after_the_folder_is_gone_keeps_the_points(make_course, asked):
    root, hand_in = make_course
    folder = hand_in("ann", RIGHT)
    hand_in("ben", RIGHT)
    grade(root)
    before = scores(root)
    shutil.rmtree(folder)
    run, _ = grade(root, students=asked, force=True)
    assert scores(root) == before
    (one,) = standings(run.course)
    assert one.states == {"graded_with_flags": 1, "graded": 1}
    assert (one.unwritten, one.ended) == (0, False)
    (ann,) = run.ledger.find("squares", ["ann"])
    assert "is gone" in ann.flags[0]
    assert ann.handed_in.year == 2026  # as its timestamp.txt says


def test_two_runs_at_a_time_are_refused(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    run = Run(Course.at(root), "squares")
    with run.course.alone(), pytest.raises(CourseError, match="under way"):
        Run(Course.at(root), "squares").autograde()


def test_an_assignment_that_is_not_there_says_what_to_do(make_course):
    root, _ = make_course
    with pytest.raises(CourseError, match="no notebook"):
        Run(Course.at(root), "circles")


@pytest.mark.parametrize("delay", [0.5, 2.0, 3.5])
def test_a_run_that_is_killed_is_gone_on_with(make_course, delay):
    root, hand_in = make_course
    for number in range(12):
        hand_in(
            f"s{number}", RIGHT if number % 2 else {"square": "import time\ntime.sleep(0.2)\ndef square(x): return 4"}
        )
    command = [sys.executable, "-m", "grading", "autograde", "squares", "--course-dir", str(root), "--workers", "2"]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    grade(root, workers=2)
    expected = {n: ((2 if n % 2 else 0), False) for n in range(12)}
    assert {int(student[1:]): found["test-square"] for student, found in scores(root).items()} == expected


def test_a_worker_that_is_killed_costs_nothing(make_course):
    import threading

    root, hand_in = make_course
    for number in range(8):
        hand_in(f"s{number}", RIGHT)

    def kill_jails():
        for _ in range(2):  # a third time in a row, and the submission would be given to a person
            time.sleep(1.5)
            for pid in subprocess.run(
                ["pgrep", "-P", str(os.getpid()), "bwrap"], capture_output=True, text=True
            ).stdout.split():
                with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile, as jails do after a run
                    os.kill(int(pid), signal.SIGKILL)

    killer = threading.Thread(target=kill_jails)
    killer.start()
    try:
        assert grade(root, workers=2)[1].counts == {"graded": 8}
    finally:
        killer.join()
    assert all(found["test-square"] == (2, False) for found in scores(root).values())
