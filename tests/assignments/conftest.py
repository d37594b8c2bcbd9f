"""Every assignment under assignments/source, and what comes out when its notebooks are run.

The tests here take `assignment` (or something made of it) as an argument and so cover each assignment, those to come
as well. A notebook runs once in a test session, in a copy of its folder, with nbgrader's own preprocessor.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import Execute

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "assignments"


@dataclass(frozen=True)
class Assignment:
    """One notebook of one assignment: its source, its release and the folder name, such as 03_one_neuron."""

    source_path: Path

    @property
    def name(self) -> str:
        return self.source_path.parent.name

    @property
    def number(self) -> str:
        return self.name.split("_")[0]

    @property
    def release_path(self) -> Path:
        return COURSE / "release" / self.name / self.source_path.name


@pytest.fixture(
    scope="session",
    params=[Assignment(path) for path in sorted(COURSE.glob("source/*/*.ipynb"))],
    ids=lambda assignment: f"{assignment.name}-{assignment.source_path.stem}",
)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return request.param


@pytest.fixture(scope="session")
def source(assignment: Assignment) -> NotebookNode:
    """The notebook with the solutions, as committed."""
    return nbformat.read(assignment.source_path, as_version=nbformat.NO_CONVERT)


@pytest.fixture(scope="session")
def release(assignment: Assignment) -> NotebookNode:
    """The notebook that the learner gets, as committed."""
    return nbformat.read(assignment.release_path, as_version=nbformat.NO_CONVERT)


def run(notebook: NotebookNode, folder: Path, scratch: Path, **settings: object) -> Path:
    """Execute a copy of the notebook among its folder's files, as autograde would; the path of the outcome."""
    shutil.copytree(folder, scratch, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    notebook = nbformat.from_dict(notebook)
    Execute(**settings).preprocess(notebook, {"metadata": {"path": str(scratch)}})
    path = scratch / "executed.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="session")
def executed_source(assignment, source, tmp_path_factory) -> Path:
    """The source after a run from top to bottom."""
    return run(source, assignment.source_path.parent, tmp_path_factory.mktemp("source") / assignment.name)


@pytest.fixture(scope="session")
def executed_release(assignment, release, tmp_path_factory) -> Path:
    """The untouched release after a run from top to bottom, errors and all."""
    return run(release, assignment.release_path.parent, tmp_path_factory.mktemp("release") / assignment.name)


@pytest.fixture(scope="session")
def executed_blank(assignment, release, tmp_path_factory) -> Path:
    """The release with every solution cell emptied, after a run from top to bottom."""
    blank = nbformat.from_dict(release)
    for cell in blank.cells:
        if utils.is_solution(cell):
            cell.source = ""
    return run(blank, assignment.release_path.parent, tmp_path_factory.mktemp("blank") / assignment.name)


@pytest.fixture
def execute(assignment, tmp_path):
    """A function: a changed notebook of the source -> the path of what a run of any length gives."""
    return lambda notebook: run(notebook, assignment.source_path.parent, tmp_path / assignment.name, timeout=-1)
