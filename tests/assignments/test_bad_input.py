"""Does each kind of broken solution get a sentence that says so, and cost its own points only?

One submission to assignment 02 holds all of them, beside two right functions, and is graded by nbgrader's own commands
with the course's configuration. Only the patience is shorter than there: four seconds for a cell.
"""

import html
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader import utils
from nbgrader.api import Gradebook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not work on Windows")

COURSE = Path(__file__).resolve().parents[2] / "assignments"
ASSIGNMENT = "02_vectorization"
NOTEBOOK = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
SECONDS = 4

# What stands in the solution cell, and the sentences that must stand in the feedback of the check.
BROKEN = {
    "02-relu": (
        "def relu(Z:\n    return np.maximum(0, Z)",
        "There is no relu yet, so the check 02-relu has nothing to call",
        "such as a SyntaxError",
    ),
    "02-softmax": (
        "def soft_max(Z):\n    return np.exp(Z) / np.exp(Z).sum(axis=0, keepdims=True)",
        "There is no softmax yet, so the check 02-softmax has nothing to call",
        "gives the function another name",
    ),
    "02-images-to-columns": (
        "images_to_columns = np.zeros((4, 3))",
        "The check needs the function images_to_columns itself and got an array of shape (4, 3) and dtype float64.",
        "Either the name was given another value later on, or the call has parentheses too many.",
    ),
    "02-standardize": (
        "def standardize(X_train, X_test):\n    mean = X_train.mean(axis=1, keepdims=True)\n    X_train - mean",
        "is None, and we expect a tuple of length 4.",
        "The function ends without a return, so its answer is None.",
    ),
    "02-normalize-columns": (
        "def normalize_columns(X):\n    return f'the columns of {X}'",
        "is a string, and we expect an array of shape",
        "not right yet: 0 of 2 points",
    ),
    "02-squared-loss": (
        "def squared_loss(Y_hat, Y):\n    return (Y_hat - labels) ** 2",
        "The function stopped with NameError: name 'labels' is not defined. "
        "The error came in line 2: return (Y_hat - labels) ** 2",
        "A name is used that the function does not know.",
    ),
    "02-absolute-loss": (
        "def absolute_loss(Y_hat, Y):\n    exit()",
        "The function stopped with SystemExit: exit() and quit() would end the notebook's kernel",
        "The function ends the whole program. It should return its answer instead.",
    ),
    "02-pairwise-distances": (
        "def pairwise_distances(P, Q):\n"
        "    k = 2\n"
        "    while k != P.shape[1]:  # never for a single point\n"
        "        k = k + 1\n"
        "    return np.linalg.norm(P[:, :, None] - Q[:, None, :], axis=0)",
        "The check was stopped while pairwise_distances was running.",
        "This cell was stopped because it had not ended after 60 seconds. "
        "Look for a loop whose condition never becomes false.",
    ),
}
RIGHT = {"02-sigmoid": 2, "02-sigmoid-derivative": 2}


def nbgrader(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"nbgrader {' '.join(arguments)}\n{run.stdout}{run.stderr}"
    return run.stdout + run.stderr


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """A course directory in which the submission of one learner has been graded and explained."""
    folder = tmp_path_factory.mktemp("bad_input")
    for name in ("nbgrader_config.py", f"source/{NOTEBOOK}"):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((COURSE / name).read_bytes())
    nbgrader(folder, "generate_assignment", ASSIGNMENT)
    notebook = nbformat.read(folder / "release" / NOTEBOOK, as_version=4)
    source = nbformat.read(folder / "source" / NOTEBOOK, as_version=4)
    for cell, solved in zip(notebook.cells, source.cells, strict=True):
        if utils.is_solution(cell):
            name = cell.metadata.nbgrader.grade_id.removesuffix("-solution")
            cell.source = BROKEN[name][0] if name in BROKEN else solved.source
    # What comes after the last check uses these functions on data, and has nothing to show here.
    last = max(i for i, cell in enumerate(notebook.cells) if utils.is_grade(cell))
    del notebook.cells[last + 1 :]
    target = folder / "submitted" / "cay" / NOTEBOOK
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)
    nbgrader(folder, "autograde", ASSIGNMENT, f"--Execute.timeout={SECONDS}")
    nbgrader(folder, "generate_feedback", ASSIGNMENT)
    return folder


def test_does_each_cost_its_own_points_only(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "cay").grades
        scores = {grade.name: grade.score for grade in grades}
    assert scores == {**RIGHT, **dict.fromkeys(BROKEN, 0)}


@pytest.mark.parametrize("grade_id", BROKEN)
def test_does_the_feedback_say_so_in_a_sentence(graded, grade_id):
    page = (graded / "feedback" / "cay" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    text = " ".join(html.unescape(re.sub("<[^>]+>", "", page)).split())
    check = text.split(f'checks.check("{grade_id}"')[1].split("checks.check(")[0]
    _, *sentences = BROKEN[grade_id]
    assert [sentence for sentence in sentences if sentence not in check] == []
