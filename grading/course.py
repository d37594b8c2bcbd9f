"""An nbgrader course directory, as its nbgrader_config.py describes it."""

import fcntl
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grading.text import whole

OUR_FOLDER = ".grading"  # beside the gradebook: the ledger, and every attempt as it came


class CourseError(RuntimeError):
    """The course directory is not ready for this; the text says what to do."""


@dataclass
class Course:
    """Where things lie. root: the course directory.  directory: nbgrader's own view of it."""

    root: Path
    directory: CourseDirectory

    @classmethod
    def at(cls, folder: Path | str, db: str | None = None) -> "Course":
        """Read the configuration of a course directory. db: a gradebook other than the configured one.

        Raises CourseError where the folder is not there.
        """
        root = Path(folder).resolve()
        if not root.is_dir():
            raise CourseError(f"There is no folder {root}. Name the course directory with --course-dir.")
        # nbgrader calls `alembic` by name: let it be found where the environment is not activated.
        scripts = sysconfig.get_path("scripts")
        if scripts not in os.environ.get("PATH", "").split(os.pathsep):
            os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
        overrides = Config()
        if db:
            overrides.CourseDirectory.db_url = db
        return cls(root, _read_config(root, overrides))

    @property
    def config(self) -> Config:
        """nbgrader's configuration."""
        return self.directory.config

    @property
    def db_url(self) -> str:
        """The gradebook's address."""
        return self.directory.db_url

    @property
    def own_folder(self) -> Path:
        """Where our ledger and the attempts lie; made where it is missing, closed to others."""
        folder = self.root / OUR_FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the course's lock, which a process that ends gives back. Raises CourseError where another has it."""
        with open(self.own_folder / "lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise CourseError("Another grading run is under way in this course directory.") from None
            yield

    def is_being_graded(self) -> bool:
        """Does another process hold the lock?"""
        try:
            with self.alone():
                return False
        except CourseError:
            return True

    def folder(self, step: str, assignment: str, student: str = ".") -> Path:
        """One of nbgrader's folders. step: "source", "submitted", "autograded", "feedback"."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))

    def students(self, assignment: str) -> list[str]:
        """Who has handed in something for an assignment, in order of name."""
        pattern = self.folder("submitted", assignment, "*")
        parts = pattern.parts
        star = parts.index("*")
        base = Path(*parts[:star])
        if not base.is_dir():
            return []
        found = [p.name for p in base.iterdir() if p.joinpath(*parts[star + 1 :]).is_dir() and p.name[0] != "."]
        for name in (name for name in found if name != whole(name)):
            print(f"The folder {name!r} has a name that no gradebook takes. Rename it.", file=sys.stderr)
        return sorted(name for name in found if name == whole(name))

    def gradebook(self) -> Gradebook:
        """Open the gradebook; close it again."""
        return Gradebook(self.db_url, self.directory.course_id or "default_course")

    def sources(self, assignment: str) -> dict[str, nbformat.NotebookNode]:
        """The instructor's notebooks of an assignment, by name, with the cells' text as the gradebook has it.

        The gradebook's text wins because it is what was released, its generated tests included.
        Raises CourseError where the assignment is not there or was not generated.
        """
        folder = self.folder("source", assignment)
        files = sorted(folder.glob("*.ipynb"))
        if not files:
            raise CourseError(f"There is no notebook in {folder}. The instructor's version is needed for grading.")
        found = {}
        with self.gradebook() as book:
            for file in files:
                try:
                    notebook = book.find_notebook(file.stem, assignment)
                except Exception:
                    text = f"The gradebook does not know {file.name}. Run: nbgrader generate_assignment {assignment}"
                    raise CourseError(text) from None
                texts = {cell.name: cell.source for cell in notebook.source_cells}
                scores = {cell.name: cell.max_score for cell in notebook.grade_cells}
                found[file.stem] = as_released(nbformat.read(file, 4), texts, scores)
        return found


def as_released(notebook: nbformat.NotebookNode, texts: dict, scores: dict) -> nbformat.NotebookNode:
    """The instructor's notebook with texts and points, by grade_id, as the gradebook has them.

    What a solution cell held before stays with it as metadata, `solution_source`: the names that an answer defines.
    """
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        name = about.get("grade_id")
        cell.metadata.solution_source = cell.source if about.get("solution") else ""
        if name in texts:
            cell.source = texts[name] or ""
        if name in scores and about.get("grade"):
            about["points"] = scores[name]
    return notebook


def _read_config(root: Path, overrides: Config) -> CourseDirectory:
    """The course directory as nbgrader's own commands see it from within."""
    app = NbGrader()
    app.load_cwd_config = False
    path = list(sys.path)
    try:
        app.initialize(["--log-level=40"], root=str(root))
    finally:
        sys.path[:] = path
    app.config.merge(overrides)
    app.config.CourseDirectory.root = str(root)
    return CourseDirectory(config=app.config)
