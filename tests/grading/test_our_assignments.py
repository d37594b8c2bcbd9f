"""Does every assignment of ours get its points in the jail, where the course's own answers are hidden?"""

import contextlib
from pathlib import Path

import nbformat
import pytest

from grading import settings
from grading.course import Course, as_released
from grading.grader import Grader
from grading.intake import Submission
from grading.rebuild import grade_id, kind
from grading.worker import Worker

pytestmark = pytest.mark.needs("bubblewrap")

COURSE = Path(__file__).resolve().parents[2] / "assignments"
NAMES = sorted(folder.name for folder in (COURSE / "source").iterdir() if folder.name[0].isdigit())


@pytest.fixture(scope="module", params=NAMES)
def grade(request):
    """A function that grades a notebook of one assignment."""
    name = request.param
    course = Course.at(COURSE)
    source = as_released(nbformat.read(COURSE / "source" / name / f"{name}.ipynb", 4), {}, {})
    plan = settings.plan(course.config, name, {name: source})
    beside = {
        p.name: p.read_bytes() for p in (COURSE / "source" / name).iterdir() if p.suffix != ".ipynb" and p.is_file()
    }
    grader = Grader(plan, {name: source}, beside)
    with contextlib.closing(Worker(plan)) as worker:

        def run(notebook):
            submission = Submission({f"{name}.ipynb": nbformat.writes(notebook).encode()})
            return grader.grade(worker, "ann", submission)

        yield name, run


def of_tests(graded):
    """grade_id -> (points, most) of what a machine grades."""
    notebook = graded.notebooks[graded.outcome.notebooks[0].name]
    tests = {grade_id(cell) for cell in notebook.cells if kind(cell) == "test"}
    return {item.name: (item.points, item.most) for item in graded.outcome.notebooks[0].items if item.name in tests}


def test_the_solutions_get_all_points_and_the_release_none(grade):
    name, run = grade
    solved = run(nbformat.read(COURSE / "source" / name / f"{name}.ipynb", 4))
    assert {item: points for item, (points, most) in of_tests(solved).items() if points != most} == {}
    assert solved.outcome.state in ("graded", "graded_with_flags")
    empty = run(nbformat.read(COURSE / "release" / name / f"{name}.ipynb", 4))
    assert {item: points for item, (points, most) in of_tests(empty).items() if points and most} == {}
