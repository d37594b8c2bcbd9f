"""The same grading within nbgrader's own verbs, `nbgrader autograde` and `nbgrader generate_feedback`: preprocessors.

In nbgrader_config.py:

    c.Autograde.sanitize_preprocessors = ["grading.plugin.Rebuild"]
    c.Autograde.autograde_preprocessors = ["grading.plugin.Judge", "grading.plugin.SaveGrades",
                                           "nbgrader.preprocessors.AssignLatePenalties"]
    c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades", "grading.plugin.HideTests",
                                        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"]
"""

import ast
import atexit
import os
from functools import cache
from pathlib import Path
from weakref import WeakSet

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearMarkScheme, NbGraderPreprocessor, SaveAutoGrades

from grading import settings, solution
from grading.course import Course
from grading.grader import Grader, files_beside
from grading.inert import clean_notebook
from grading.outcome import weigh
from grading.rebuild import Rebuilt, grade_id, kind, rebuild
from grading.worker import Worker

_told: WeakSet = WeakSet()  # exporters, of which each run has one, whose log knows the doubtful tests


class Rebuild(NbGraderPreprocessor):
    """Puts the learner's answers into the instructor's notebook, in place of nbgrader's repairs."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        return self.rebuilt(nb, resources).notebook, resources

    def rebuilt(self, nb: NotebookNode, resources: ResourcesDict) -> Rebuilt:
        """The rebuilt notebook with what was put right."""
        about = resources["nbgrader"]
        return rebuild(_course(os.getcwd(), about["db_url"]).sources(about["assignment"])[about["notebook"]], nb)


class Judge(Rebuild):
    """Runs the notebook in the sandbox, its tests apart from the learner's code, in place of nbgrader's Execute."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        rebuilt = self.rebuilt(nb, resources)
        folder = Path(resources["metadata"]["path"]) if resources.get("metadata", {}).get("path") else Path()
        files = (
            {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.suffix != ".ipynb"}
            if folder.name
            else {}
        )
        about_course = os.getcwd(), about["db_url"], about["assignment"]
        own = files_beside(_course(*about_course[:2]).folder("source", about["assignment"]))
        result = _worker(*about_course).grade(rebuilt.cells, files | own, own)
        resources["grading"] = found = weigh(about["notebook"], rebuilt, result)
        doubts = _doubts(*about_course)
        solution.leave_open(found, doubts)
        if self.parent not in _told:  # once a run
            _told.add(self.parent)
            for why in doubts.values():
                self.log.warning("%s", why)
        for flag in rebuilt.flags:
            self.log.warning("%s", flag)
        clean_notebook(rebuilt.notebook)
        return rebuilt.notebook, resources


class SaveGrades(SaveAutoGrades):
    """Writes the points that Judge found into the gradebook."""

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        item = next(item for item in resources["grading"].items if item.name == grade_id(cell))
        about = (item.name, self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*about)
        grade.auto_score = item.points
        grade.needs_manual_grade = item.points is None or grade.manual_score is not None
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        about = (grade_id(cell), self.notebook_id, self.assignment_id, self.student_id)
        untouched = grade_id(cell) in resources["grading"].untouched
        self.gradebook.find_comment(*about).auto_comment = "No response." if untouched else None
        self.gradebook.db.commit()


class HideTests(NbGraderPreprocessor):
    """Takes the instructor's tests and mark schemes out of nbgrader's own feedback pages, and makes the rest inert."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        scheme = ClearMarkScheme(parent=self)
        for cell in nb.cells:
            if kind(cell) not in ("solution", "answer", "free"):  # in the learner's own, such a line is the learner's
                scheme._remove_mark_scheme_region(cell)
            if kind(cell) == "test" and cell.cell_type == "code":
                cell.source = _first_words(cell.source)
        clean_notebook(nb)
        return nb, resources


def _first_words(source: str) -> str:
    """A test cell's docstring, which is written for learners; nothing of its code."""
    try:
        words = ast.get_docstring(ast.parse(source))
    except SyntaxError:
        words = None
    return f'"""{words.splitlines()[0]}"""' if words else "# The test of this exercise."


@cache
def _course(root: str, db: str) -> Course:
    return Course.at(root, db)


@cache
def _worker(root: str, db: str, assignment: str) -> Worker:
    course = _course(root, db)
    worker = Worker(settings.plan(course.config, assignment, course.sources(assignment)))
    atexit.register(worker.close)
    return worker


@cache
def _doubts(root: str, db: str, assignment: str) -> solution.Doubts:
    course, worker = _course(root, db), _worker(root, db, assignment)
    folder = course.folder("source", assignment)
    grader = Grader(worker.plan, course.sources(assignment), files_beside(folder))
    return solution.doubts(grader.grade(worker, solution.STUDENT, solution.submission(folder)))
