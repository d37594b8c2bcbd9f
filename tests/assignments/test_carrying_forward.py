"""Is a later assignment graded alone, with the functions that its learner brought from an earlier one?

Two learners hand in assignment 05 through nbgrader's exchange. Ann has kept her functions of assignment 02, Ben has
not. The instructor grades assignment 05 in a course directory that holds nothing else.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib
import nbformat
import pytest
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not work on Windows")

COURSE = Path(__file__).resolve().parents[2] / "assignments"
EARLIER, LATER = "02_vectorization", "05_one_hidden_layer"
FILE = f"my_{EARLIER}.py"


def nbgrader(home: Path, work: Path, *arguments: str) -> str:
    environment = {
        "HOME": str(home),
        "PATH": os.defpath,
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / ".ipython"),
        "MPLCONFIGDIR": matplotlib.get_cachedir(),
    }
    command = [sys.executable, "-m", "nbgrader", *arguments]
    run = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"nbgrader {' '.join(arguments)}\n{run.stdout}{run.stderr}"
    return run.stdout + run.stderr


def settle(folder: Path, *settings: str) -> tuple[Path, Path]:
    """A home with these settings, and a folder to work in."""
    home, work = folder / "home", folder / "work"
    (home / ".jupyter").mkdir(parents=True)
    work.mkdir()
    lines = ["c = get_config()", f"c.Exchange.root = {str(folder.parent / 'exchange')!r}", *settings]
    (home / ".jupyter" / "nbgrader_config.py").write_text("\n".join(lines) + "\n")
    return home, work


def solve(path: Path) -> None:
    """Fill in the solutions and run the notebook where it lies, as a learner does in Lab."""
    notebook = nbformat.read(path, as_version=4)
    source = nbformat.read(COURSE / "source" / path.parent.name / path.name, as_version=4)
    for cell, solved in zip(notebook.cells, source.cells, strict=True):
        if utils.is_solution(cell):
            cell.source = solved.source
    Execute().preprocess(notebook, {"metadata": {"path": str(path.parent)}})
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """The teacher's folder after everything; each learner's is beside it."""
    town = tmp_path_factory.mktemp("carrying")
    (town / "exchange").mkdir(mode=0o777)
    (town / "exchange").chmod(0o777)
    teacher = settle(town / "teacher", "c.ExchangeCollect.check_owner = False")
    for name in ("nbgrader_config.py", f"source/{LATER}/{LATER}.ipynb"):
        target = teacher[1] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((COURSE / name).read_bytes())
    for verb in ("generate_assignment", "release_assignment"):
        nbgrader(*teacher, verb, LATER)
    for name in ("ann", "ben"):
        settings = "c.CourseDirectory.course_id = 'neurons-to-networks'", f"c.CourseDirectory.student_id = {name!r}"
        learner = settle(town / name, *settings)
        if name == "ann":
            shutil.copytree(COURSE / "release" / EARLIER, learner[1] / EARLIER)
            solve(learner[1] / EARLIER / f"{EARLIER}.ipynb")
        nbgrader(*learner, "fetch_assignment", LATER)
        solve(learner[1] / LATER / f"{LATER}.ipynb")
        nbgrader(*learner, "submit", LATER)
    for verb in ("collect", "autograde"):
        nbgrader(*teacher, verb, LATER)
    return teacher[1]


def printed(graded: Path, student: str, cell_id: str) -> str:
    notebook = nbformat.read(graded / "autograded" / student / LATER / f"{LATER}.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.id == cell_id)
    return "".join(output.get("text", str(output)) for output in cell.outputs)


def test_does_the_learners_file_travel_with_the_notebook(graded):
    kept = (graded.parents[1] / "ann" / "work" / EARLIER / FILE).read_text()
    assert "def sigmoid(Z):" in kept
    for stage in ("submitted", "autograded"):
        assert (graded / stage / "ann" / LATER / FILE).read_text() == kept
        assert not (graded / stage / "ben" / LATER / FILE).exists()
    assert not list(graded.rglob(f"{EARLIER}/"))


def test_is_it_the_learners_function_that_runs_while_grading(graded):
    assert printed(graded, "ann", "carry") == f"From assignment 02, {FILE}:\n  sigmoid: yours.\n"


def test_does_the_course_stand_in_openly_where_nothing_was_kept(graded):
    said = printed(graded, "ben", "carry")
    assert said.startswith(f"There is no {FILE} here, nor in ../{EARLIER}.")
    assert said.endswith("  sigmoid: the course's copy.\n")


@pytest.mark.parametrize("student", ["ann", "ben"])
def test_are_all_points_given_to_both(graded, student):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(LATER, LATER, student)
        assert (submission.score, submission.max_score) == (17, 17)


def test_is_this_assignments_own_work_kept_for_the_next(graded):
    said = printed(graded, "ann", "keep")
    assert said.startswith(f"Kept in my_{LATER}.py for later assignments")
    assert said.count("kept. It is right.") == 10
