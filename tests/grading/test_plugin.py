"""Do nbgrader's own verbs grade as `python -m grading` does, once the add-on is switched on?"""

import os
import subprocess
import sys
import sysconfig

import pytest

from grading.course import Course

pytestmark = pytest.mark.needs("bubblewrap")

SWITCHED_ON = """
c.Autograde.sanitize_preprocessors = ["grading.plugin.Rebuild"]
c.Autograde.autograde_preprocessors = [
    "grading.plugin.Judge", "grading.plugin.SaveGrades", "nbgrader.preprocessors.AssignLatePenalties"
]
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades", "grading.plugin.HideTests", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"
]
"""
RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
TRICK = "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])\ndef square(x): return 1"


def nbgrader(root, *arguments, log="ERROR"):
    path = f"{sysconfig.get_path('scripts')}:{os.environ['PATH']}"
    command = [sys.executable, "-m", "nbgrader", *arguments, f"--log-level={log}"]
    done = subprocess.run(command, cwd=root, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_nbgraders_own_verbs_grade_in_the_jail_too(make_course):
    root, hand_in = make_course
    with open(root / "nbgrader_config.py", "a") as file:
        file.write(SWITCHED_ON)
    hand_in("ann", RIGHT)
    hand_in("ben", RIGHT | {"square": TRICK})
    hand_in("cem")
    nbgrader(root, "autograde", "squares")
    with Course.at(root).gradebook() as book:
        found = {
            submission.student.id: {g.name: g.auto_score for nb in submission.notebooks for g in nb.grades}
            for submission in book.assignment_submissions("squares")
        }
    assert found == {
        "ann": {"test-square": 2, "test-root": 1, "essay": None},
        "ben": {"test-square": 0, "test-root": 1, "essay": None},  # the trick does not undo the answer after it
        "cem": {"test-square": 0, "test-root": 0, "essay": 0},
    }
    nbgrader(root, "generate_feedback", "squares")
    page = (root / "feedback" / "ben" / "squares" / "squares.html").read_text()
    assert "input_transformers_cleanup" in page
    assert "isclose" not in page
    assert "square(-3)" not in page


def test_a_test_that_the_own_solution_fails_is_told_once_a_run(make_course):
    root, hand_in = make_course
    with open(root / "nbgrader_config.py", "a") as file:
        file.write(SWITCHED_ON)
    source = root / "source" / "squares" / "squares.ipynb"
    source.write_text(source.read_text().replace("return x * x", "return x + x"))
    for student in ("ann", "ben", "cem"):
        hand_in(student, RIGHT)
    told = nbgrader(root, "autograde", "squares", log="WARN")
    assert told.count("The course's own solution gets 0 of 2 points in test-square") == 1
