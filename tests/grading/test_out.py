"""Do feedback, exports and insights say what the gradebook says, and give nothing away?"""
# ruff: noqa: E501 - pieces of code as learners write them, a line each

import csv
import re
import shlex
import subprocess
import sys
import time

import nbformat
import pytest

from grading import export, feedback, insights, similarity
from grading.__main__ import main
from grading.course import Course
from grading.engine import Run
from grading.ledger import Ledger
from grading.outcome import _hidden_lines, _told
from grading.tester import Verdict

pytestmark = pytest.mark.needs("bubblewrap")

RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
HOSTILE = "Mine. <script>alert('stolen')</script> <img src=x onerror=alert(1)>"


@pytest.fixture
def graded(make_course):
    root, hand_in = make_course
    hand_in("ann", RIGHT | {"essay": HOSTILE})
    hand_in("ben", RIGHT | {"square": "def square(x):\n    print('<script>alert(2)</script>')\n    return 4"})
    hand_in("cem").joinpath("squares.ipynb").write_text("")
    course = Course.at(root)
    Run(course, "squares").autograde(progress=None)
    with course.gradebook() as book:
        book.find_grade("essay", "squares", "squares", "ann").manual_score = 2
        book.find_grade("essay", "squares", "squares", "ann").needs_manual_grade = False
        book.find_comment("essay", "squares", "squares", "ann").manual_comment = "Well <b>put</b>."
        book.find_student("ann").last_name = "=cmd()"
        book.db.commit()
    return course


def pages(course):
    feedback.write(course, Ledger.of(course), "squares", progress=lambda rows, **_: rows)
    return {
        student: (course.folder("feedback", "squares", student) / "squares.html").read_text()
        for student in ("ann", "ben", "cem")
    }


def test_feedback_says_what_was_wrong_and_shows_no_test(graded):
    found = pages(graded)
    assert "<strong>5 of 6 points</strong>" in found["ann"]
    assert "Well &lt;b&gt;put&lt;/b&gt;." in found["ann"]
    assert "1 of 6 points" in found["ben"]
    assert "1 answer still to be read" in found["ben"]
    assert "squares.ipynb is empty" in found["cem"]
    for page in found.values():
        assert "assert " not in page
        assert "isclose" not in page


def test_feedback_is_inert(graded):
    for page in pages(graded).values():
        assert not re.search(r"<(script|iframe|object|link|form)\b|\son\w+=|javascript:", page)
        assert "default-src 'none'" in page


def test_autograded_notebooks_are_inert_too(graded):
    text = (graded.folder("autograded", "squares", "ann") / "squares.ipynb").read_text()
    assert "<script" not in text
    assert "onerror" not in text


def test_messages_of_hidden_tests_are_not_told():
    source = "assert a\n### BEGIN HIDDEN TESTS\nassert b\n### END HIDDEN TESTS\nassert c"
    hidden = _hidden_lines(source)
    assert hidden == {2, 3, 4}
    told = [_told(Verdict(line, False), hidden) for line in (1, 3, 5)]
    assert told[0] == "Line 1 of the test did not hold."
    assert told[1] == "One of the tests that you cannot see did not hold."
    assert told[2] == "Line 2 of the test did not hold."  # as the learner has it


@pytest.mark.parametrize(
    ("kind", "name", "score"),
    [("csv", "student", "score"), ("moodle", "Username", "squares"), ("canvas", "SIS User ID", "squares")],
)
def test_exports_hold_the_scores_and_no_formula(graded, tmp_path, kind, name, score):
    with graded.gradebook() as book:
        assert export.write(book, "squares", kind, tmp_path / "out.csv") == 3
        expected = {s.student.id: s.score for s in book.assignment_submissions("squares")}
    with open(tmp_path / "out.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[name]]
    assert {row[name]: float(row[score]) for row in rows} == expected
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_an_export_is_no_slower_for_each_learner_where_there_are_many(graded, tmp_path):
    """Growth, not time: sixteen times the learners may not cost a hundred times as much."""
    from nbgrader.api import Grade, Student, SubmittedAssignment, SubmittedNotebook

    with graded.gradebook() as book:
        assignment = book.find_assignment("squares")
        took = []
        for first, count in ((0, 100), (100, 1600)):
            for number in range(first, first + count):
                book.db.add(Student(id=f"s{number}"))
                submission = SubmittedAssignment(assignment_id=assignment.id, student_id=f"s{number}")
                book.db.add(submission)
                book.db.flush()
                notebook = SubmittedNotebook(notebook_id=assignment.notebooks[0].id, assignment_id=submission.id)
                book.db.add(notebook)
                book.db.flush()
                book.db.add_all(
                    Grade(cell_id=cell.id, notebook_id=notebook.id, auto_score=1, needs_manual_grade=False)
                    for cell in assignment.notebooks[0].grade_cells
                )
            book.db.commit()
            started = time.perf_counter()
            export.write(book, "squares", "csv", tmp_path / "out.csv")
            took.append(time.perf_counter() - started)
    assert took[1] < 100 * took[0]


def test_canvas_takes_the_file_for_a_gradebook(graded, tmp_path):
    """By the rules of its importer: where the columns of the learner end, and which row tells the points possible."""
    with graded.gradebook() as book:
        export.write(book, "squares", "canvas", tmp_path / "out.csv")
    with open(tmp_path / "out.csv", newline="") as file:
        header, possible, *learners = csv.reader(file)
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "squares"]
    assert "Points Possible" in possible[0]
    assert float(possible[5]) == 6
    assert [row[3] for row in learners] == ["ann", "ben", "cem"]
    assert all(len(row) == 6 for row in learners)


def test_a_reader_that_has_read_enough_is_no_error(graded):
    command = [sys.executable, "-m", "grading", "status", "--course-dir", str(graded.root)]
    shell = f"{shlex.join(command)} | true"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {shell}"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_insights_count_the_class(graded, tmp_path, capsys):
    place = ["--course-dir", str(graded.root)]
    files = ["--html", str(tmp_path / "i.html"), "--csv", str(tmp_path / "i.csv"), "--alike", str(tmp_path / "a.csv")]
    assert main(["insights", "squares", *place, *files]) == 0
    said = capsys.readouterr().out
    assert re.search(r"test-root +67% +0 +0 +2 +3", said)
    assert "Line 2 of the test did not hold. (1)" in said
    page = (tmp_path / "i.html").read_text()
    assert "test-root 67 %" in page
    assert "<script" not in page
    with open(tmp_path / "i.csv", newline="") as file:
        rows = {row["exercise"]: row for row in csv.DictReader(file)}
    square = rows["test-square"]
    assert (square["learners"], square["passed"], square["failed"], square["attempts"]) == ("3", "1", "2", "2")
    assert rows["essay"]["waiting"] == "2"
    assert (tmp_path / "a.csv").read_text().startswith("exercise,one,other,likeness")


def test_earlier_answers_count_as_attempts_and_nothing_written_as_untried(make_course):
    root, hand_in = make_course
    course = Course.at(root)
    for answers in ({"square": "def square(x):\n    return 4"}, {"square": "def square(x):\n    return x * x"}):
        hand_in("ann", answers)
        Run(course, "squares").autograde(workers=1, progress=None)
    found = insights.gather(course, Ledger.of(course), "squares")
    square, root_item, essay = found.exercises
    assert (square.attempts, square.passed, square.untried) == (2, 1, 0)
    assert (root_item.attempts, root_item.untried, essay.untried) == (0, 1, 1)
    assert found.attempts == {"ann": 2}


LONG = (
    "def f(a, b):\n"
    + "".join(f"    total_{n} = a[{n}] * b + sum(a[:{n}])\n" for n in range(12))
    + "    return total_11"
)
OTHER = "def f(x, y):\n    out = []\n    for i, v in enumerate(x):\n        if v > y:\n            out.append((i, v))\n        else:\n            out.insert(0, (v, i, y, x[-1]))\n    return dict(out), len(out), y ** 2 - 1, [w for w in x]"


def test_copies_are_found_and_different_answers_are_not():
    found = similarity.alike(
        "e", {"ann": LONG, "ben": LONG.replace("a[", "p[").replace("# x", "") + "\n# mine", "cem": OTHER}
    )
    assert [(pair.one, pair.other) for pair in found] == [("ann", "ben")]


def test_answers_like_the_courses_own_are_found_and_its_own_are_not_compared_with_each_other():
    own = {"helpers/f.py: f": LONG, "the course's f-solution": LONG.replace("total_", "sum_")}
    found = similarity.alike("e", {"ann": LONG, "cem": OTHER}, own)
    assert [(pair.one, pair.other) for pair in found] == [("ann", "helpers/f.py: f")]


def test_the_courses_own_is_all_that_it_shows_and_its_solutions(graded, tmp_path):
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "sums.py").write_text(LONG)
    graded.config.Grading.shown = [str(tmp_path / "tools")]
    found = similarity.references(graded, "squares")
    assert found["tools/sums.py: f"] == LONG
    assert "return x * x" in found["the course's square"]


def test_the_verbs_work_one_after_the_other(make_course, capsys):
    root, hand_in = make_course
    hand_in("ann", RIGHT)
    hand_in("ben")
    where = ["--course-dir", str(root)]
    assert main(["status", "squares", *where]) == 0
    assert "2 not graded yet: python -m grading autograde squares" in capsys.readouterr().out
    assert main(["autograde", "squares", *where, "--workers", "1"]) == 0
    assert main(["status", *where]) == 0
    assert main(["regrade", "squares", "--exercise", "test-square", *where, "--workers", "1"]) == 0
    assert main(["resume", *where]) == 0
    assert main(["feedback", "squares", *where]) == 0
    said = capsys.readouterr().out
    assert "squares: 2 graded" in said
    assert "1  graded" in said
    assert main(["regrade", "squares", "--exercise", "nothing", *where]) == 1
    assert main(["autograde", "circles", *where]) == 1
    assert main(["autograde", "squares", "--student", "nobody", *where]) == 1
    assert "no exercise nothing" in (error := capsys.readouterr().err)
    assert "no notebook" in error
    assert "Nothing was handed in for squares by nobody." in error


def test_a_notebook_that_nbgrader_reads_is_written(graded):
    nbformat.validate(nbformat.read(graded.folder("autograded", "squares", "ben") / "squares.ipynb", 4))
