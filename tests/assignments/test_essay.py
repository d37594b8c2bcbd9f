"""Can the essay of 09 be graded by a person: a rubric that adds up, notes that stay hidden, marked samples?"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

COURSE = Path(__file__).resolve().parents[2] / "assignments"
NAME = "09_the_brain"
SAMPLES = COURSE / "samples" / NAME
MARKS = tomllib.loads((SAMPLES / "marks.toml").read_text(encoding="utf-8"))
QUESTION = re.compile(r"^\| \*\*[A-D]\. ", re.MULTILINE)
ESSAY_POINTS = 8


def cell(part: str, cell_id: str) -> nbformat.NotebookNode:
    notebook = nbformat.read(COURSE / part / NAME / f"{NAME}.ipynb", as_version=4)
    (found,) = (c for c in notebook.cells if c.id == cell_id)
    return found


def test_does_the_rubric_add_up_to_the_points_and_stand_before_the_learner():
    assert cell("release", "essay").metadata.nbgrader.points == ESSAY_POINTS
    assert cell("release", "rubric").metadata.nbgrader.points == 0
    text = cell("release", "rubric").source
    assert f"({ESSAY_POINTS} points)" in text
    assert 2 * len(QUESTION.findall(text)) == ESSAY_POINTS


def test_do_the_notes_for_graders_stay_with_them():
    text, notes = cell("source", "rubric").source.split("=== BEGIN MARK SCHEME ===")
    notes, nothing = notes.split("=== END MARK SCHEME ===")
    assert not nothing.strip()
    assert all(f"**{letter}.**" in notes for letter in "ABCD")
    assert cell("release", "rubric").source.strip() == text.strip()
    assert "samples" not in cell("release", "essay").source


@pytest.mark.parametrize("sample", sorted(MARKS))
def test_does_a_sample_have_a_mark_and_a_reason_for_each_question(sample):
    marks = MARKS[sample]
    assert len(marks["points"]) == len(marks["reasons"]) == ESSAY_POINTS // 2
    assert all(points in (0, 1, 2) for points in marks["points"])
    assert sum(marks["points"]) == marks["total"]
    assert all(len(reason.split()) >= 8 for reason in marks["reasons"])
    words = len((SAMPLES / sample / "essay.md").read_text(encoding="utf-8").split())
    assert 250 <= words <= 400


def test_do_the_samples_lie_apart_in_their_marks():
    assert MARKS["good"]["total"] == ESSAY_POINTS
    assert 0.25 * ESSAY_POINTS <= MARKS["borderline"]["total"] <= 0.5 * ESSAY_POINTS


# Two notebooks on their way through nbgrader, one without an essay and one with


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("essay")
    shutil.copy(COURSE / "nbgrader_config.py", folder)
    # The essay's own cells only: that the functions are graded is shown elsewhere.
    source = nbformat.read(COURSE / "source" / NAME / f"{NAME}.ipynb", as_version=4)
    source.cells = [c for c in source.cells if c.id in ("rubric", "essay")]
    (folder / "source" / NAME).mkdir(parents=True)
    nbformat.write(source, folder / "source" / NAME / f"{NAME}.ipynb")
    nbgrader(folder, "generate_assignment")
    for name, text in (("dora", None), ("emil", (SAMPLES / "good" / "essay.md").read_text(encoding="utf-8"))):
        notebook = nbformat.read(folder / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        if text:
            notebook.cells[-1].source = text
        (folder / "submitted" / name / NAME).mkdir(parents=True)
        nbformat.write(notebook, folder / "submitted" / name / NAME / f"{NAME}.ipynb")
    nbgrader(folder, "autograde")
    return folder


def nbgrader(folder: Path, verb: str) -> None:
    command = [sys.executable, "-m", "nbgrader", verb, NAME]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_does_an_essay_wait_for_a_person_and_a_missing_one_earn_nothing(gradebook):
    with Gradebook(f"sqlite:///{gradebook / 'gradebook.db'}") as book:
        waiting = {}
        for name in ("dora", "emil"):
            submission = book.find_submission(NAME, name)
            assert (submission.score, submission.max_score) == (0, ESSAY_POINTS)
            waiting[name] = submission.needs_manual_grade
            (essay,) = (g for g in submission.notebooks[0].grades if g.name == "09-essay")
            assert (essay.auto_score, essay.max_score) == (0 if name == "dora" else None, ESSAY_POINTS)
        assert waiting["emil"]


def test_does_the_grader_see_the_notes_and_the_text(gradebook):
    seen = nbformat.read(gradebook / "autograded" / "emil" / NAME / f"{NAME}.ipynb", as_version=4)
    rubric, essay = (c.source for c in seen.cells if c.id in ("rubric", "essay"))
    assert rubric == cell("source", "rubric").source
    assert essay == (SAMPLES / "good" / "essay.md").read_text(encoding="utf-8")
