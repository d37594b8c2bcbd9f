"""Can the capstone be graded by a person: a rubric that adds up, notes that stay hidden, samples that are true?"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook

from tools import lessons

COURSE = Path(__file__).resolve().parents[2] / "assignments"
NAME = "11_capstone"
SAMPLES = COURSE / "samples" / NAME
MARKS = tomllib.loads((SAMPLES / "marks.toml").read_text(encoding="utf-8"))
RUBRIC = re.compile(r"^- \*\*(\d) points?:\*\* ", re.MULTILINE)
TOTAL = 20


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def tasks(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The task cells by their grade_id, in order."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if utils.is_task(cell)}


def rubric(cell: NotebookNode) -> list[int]:
    """The points of each line of the rubric that a learner sees."""
    return [int(points) for points in RUBRIC.findall(cell.source.split("### BEGIN MARK SCHEME")[0])]


SOURCE = tasks(read(COURSE / "source" / NAME / f"{NAME}.ipynb"))
RELEASE = tasks(read(COURSE / "release" / NAME / f"{NAME}.ipynb"))


def test_is_every_point_given_by_a_person():
    for notebook in (read(COURSE / part / NAME / f"{NAME}.ipynb") for part in ("source", "release")):
        assert not any(utils.is_grade(cell) for cell in notebook.cells)
        assert sum(cell.metadata.nbgrader.points for cell in tasks(notebook).values()) == TOTAL
        assert f"{TOTAL} points" in notebook.cells[0].source


@pytest.mark.parametrize("grade_id", SOURCE)
def test_does_the_rubric_add_up_to_the_points(grade_id):
    for cell in (SOURCE[grade_id], RELEASE[grade_id]):
        points = cell.metadata.nbgrader.points
        assert sum(rubric(cell)) == points
        assert cell.source.splitlines()[0].endswith(f"({points} points)")


@pytest.mark.parametrize("grade_id", SOURCE)
def test_do_the_notes_for_graders_stay_with_them(grade_id):
    text, notes = SOURCE[grade_id].source.split("### BEGIN MARK SCHEME\n")
    notes, nothing = notes.split("\n### END MARK SCHEME")
    assert nothing == ""
    assert len(notes.split()) > 40
    assert RELEASE[grade_id].source.strip() == text.strip()


# An untouched notebook on its way through nbgrader


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """A course directory in which the untouched release was handed in and autograded."""
    folder = tmp_path_factory.mktemp("capstone")
    shutil.copy(COURSE / "nbgrader_config.py", folder)
    shutil.copytree(COURSE / "source" / NAME, folder / "source" / NAME)
    for verb in ("generate_assignment", "autograde"):
        run = subprocess.run(
            [sys.executable, "-m", "nbgrader", verb, NAME], cwd=folder, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr
        if verb == "generate_assignment":
            shutil.copytree(folder / "release" / NAME, folder / "submitted" / "dora" / NAME)
    return folder


def test_does_a_submission_wait_for_a_person(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(NAME, "dora")
        assert (submission.score, submission.max_score, submission.needs_manual_grade) == (0, TOTAL, True)
        grades = submission.notebooks[0].grades
        assert {grade.name: (grade.auto_score, grade.max_score) for grade in grades} == {
            name: (None, cell.metadata.nbgrader.points) for name, cell in SOURCE.items()
        }


def test_does_the_grader_see_the_notes_again(graded):
    seen = tasks(read(graded / "autograded" / "dora" / NAME / f"{NAME}.ipynb"))
    assert {name: cell.source for name, cell in seen.items()} == {name: cell.source for name, cell in SOURCE.items()}


# The calibrated samples


@pytest.fixture(scope="module", params=sorted(MARKS))
def sample(request) -> str:
    return request.param


def notebook_of(sample: str) -> Path:
    return SAMPLES / sample / f"{NAME}.ipynb"


def test_is_a_sample_what_a_learner_could_hand_in(sample):
    notebook = read(notebook_of(sample))
    assert {name: cell.source for name, cell in tasks(notebook).items()} == {n: c.source for n, c in RELEASE.items()}
    assert all(cell.outputs == [] and cell.execution_count is None for cell in notebook.cells if "outputs" in cell)
    locked = [cell.source for cell in notebook.cells if utils.is_locked(cell)]
    release = read(COURSE / "release" / NAME / f"{NAME}.ipynb")
    assert locked == [cell.source for cell in release.cells if utils.is_locked(cell)]


def test_do_the_numbers_of_a_sample_come_from_its_cells(sample, tmp_path, monkeypatch):
    # The products are small: one thread is as quick, and two wait for each other where other programs are at work.
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    statements = lessons.run(notebook_of(sample), tmp_path).statements
    assert len(statements) >= 8
    assert [f"{s.text}: {s.expression} is {s.computed}" for s in statements if not s.agrees] == []


def test_does_each_line_of_the_rubric_have_its_points_and_its_reason(sample):
    marks = dict(MARKS[sample])
    total = marks.pop("total")
    assert list(marks) == list(SOURCE)
    for name, given in marks.items():
        assert len(given["points"]) == len(given["reasons"]) == len(rubric(SOURCE[name]))
        assert all(0 <= got <= most for got, most in zip(given["points"], rubric(SOURCE[name]), strict=True))
        assert all(len(reason.split()) >= 3 for reason in given["reasons"])
    assert sum(sum(given["points"]) for given in marks.values()) == total


def test_is_the_model_card_of_a_sample_as_long_as_asked(sample):
    (card,) = (cell.source for cell in read(notebook_of(sample)).cells if cell.source.startswith("### Purpose"))
    words = re.sub(r"<!--.*?-->|#+", "", card, flags=re.DOTALL).split()
    assert 200 <= len(words) <= 400
    headings = re.findall(r"^### (.*)$", card, flags=re.MULTILINE)
    assert headings == ["Purpose", "Data", "Training", "Results", "Limits", "Not for"]


def test_is_one_sample_good_and_one_borderline():
    assert MARKS["good"]["total"] >= 0.85 * TOTAL
    assert 0.4 * TOTAL <= MARKS["borderline"]["total"] <= 0.6 * TOTAL
    readme = (SAMPLES.parent / "README.md").read_text(encoding="utf-8")
    for name, marks in MARKS.items():
        assert f"| `{NAME}/{name}` | {marks['total']} of {TOTAL} points" in readme
