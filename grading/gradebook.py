"""Writing outcomes into nbgrader's gradebook: the rows that its own autograde writes, several at a time."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets.config import Config

from grading.outcome import Item, NotebookOutcome, Outcome

# The tables themselves: rows go in by the dozen, and none is wanted back as an object.
students, handed_in, copies = Student.__table__, SubmittedAssignment.__table__, SubmittedNotebook.__table__
grades, comments = Grade.__table__, Comment.__table__


@dataclass(frozen=True)
class Entry:
    """One submission to be written. time: when it was handed in (UTC)."""

    student: str
    time: datetime | None
    outcome: Outcome


@dataclass
class Form:
    """An assignment as the gradebook has it: which rows a submission of it has.

    graded: notebook's id -> cell's id -> grade_id, of what gets points.  written: the same of what gets comments.
    """

    book: Gradebook
    config: Config
    assignment: str
    notebooks: dict[str, str] = field(default_factory=dict)  # id -> name
    graded: dict[str, dict[str, str]] = field(default_factory=dict)
    written: dict[str, dict[str, str]] = field(default_factory=dict)
    id: str = ""
    due: bool = False

    def __post_init__(self) -> None:
        found = self.book.db.query(Assignment).filter_by(name=self.assignment, course_id=self.book.course_id).one()
        self.id, self.due = found.id, found.duedate is not None
        for notebook in found.notebooks:
            self.notebooks[notebook.id] = notebook.name
            graded = [*notebook.grade_cells, *notebook.task_cells]
            written = [*notebook.solution_cells, *notebook.task_cells]
            self.graded[notebook.id] = {cell.id: cell.name for cell in graded}
            self.written[notebook.id] = {cell.id: cell.name for cell in written}
        self.book.db.commit()

    def commit(self, entries: list[Entry]) -> None:
        """Write submissions' points, all or none.

        Writing the same again changes nothing; points and comments given by hand are never touched.
        """
        session = self.book.db
        for entry in entries:
            self._write(session, entry)
        if self.due:
            session.expire_all()  # late penalties read scores that the database computes
            for entry in entries:
                found = session.query(SubmittedAssignment).filter_by(assignment_id=self.id, student_id=entry.student)
                _penalties(found.one(), entry.student, self.config)
        session.commit()

    def _write(self, session: Session, entry: Entry) -> None:
        results = {notebook.name: notebook for notebook in entry.outcome.notebooks}
        submission = self._submission(session, entry)
        query = select(copies.c.notebook_id, copies.c.id).where(copies.c.assignment_id == submission)
        there = dict(session.execute(query).all())
        for notebook, name in self.notebooks.items():
            copy = there.get(notebook)
            if copy is None:
                copy = uuid4().hex
                values = {"id": copy, "assignment_id": submission, "notebook_id": notebook, "flagged": False}
                session.execute(copies.insert().values(**values))
            elif not self.due:  # it was, perhaps
                session.execute(copies.update().where(copies.c.id == copy).values(late_submission_penalty=None))
            result = results.get(name)
            _grades(session, copy, self.graded[notebook], result)
            _comments(session, copy, self.written[notebook], result)

    def _submission(self, session: Session, entry: Entry) -> str:
        """The id of the submission's row, which is made where it is missing."""
        if session.execute(select(students.c.id).where(students.c.id == entry.student)).first() is None:
            session.execute(students.insert().values(id=entry.student))
        mine = (handed_in.c.assignment_id == self.id) & (handed_in.c.student_id == entry.student)
        found = session.execute(select(handed_in.c.id).where(mine)).scalar_one_or_none()
        if found is None:
            found = uuid4().hex
            values = {"id": found, "assignment_id": self.id, "student_id": entry.student, "timestamp": entry.time}
            session.execute(handed_in.insert().values(**values))
        else:
            session.execute(handed_in.update().where(mine).values(timestamp=entry.time))
        return found


def _grades(session: Session, copy: str, cells: dict[str, str], result: NotebookOutcome | None) -> None:
    """Points of one notebook. result: None where it was not graded; its rows are there all the same."""
    items = {item.name: item for item in result.items} if result is not None else {}
    query = select(grades.c.cell_id, grades.c.id, grades.c.manual_score).where(grades.c.notebook_id == copy)
    there = {cell: (row, manual is not None) for cell, row, manual in session.execute(query)}
    new = []
    for cell, name in cells.items():
        row, by_hand = there.get(cell, (None, False))
        values = _points(items.get(name), by_hand)
        if row is None:
            new.append({"id": uuid4().hex, "notebook_id": copy, "cell_id": cell} | values)
        elif name in items:
            session.execute(grades.update().where(grades.c.id == row).values(**values))
    if new:
        session.execute(grades.insert(), new)


def _points(item: Item | None, by_hand: bool) -> dict[str, object]:
    points = None if item is None else item.points
    return {"auto_score": points, "needs_manual_grade": points is None or by_hand}


def _comments(session: Session, copy: str, cells: dict[str, str], result: NotebookOutcome | None) -> None:
    """What nbgrader says of an answer in which nothing was written."""
    query = select(comments.c.cell_id, comments.c.id).where(comments.c.notebook_id == copy)
    there = dict(session.execute(query).all())
    new = []
    for cell, name in cells.items():
        text = "No response." if result is not None and name in result.untouched else None
        if cell not in there:
            new.append({"id": uuid4().hex, "notebook_id": copy, "cell_id": cell, "auto_comment": text})
        elif result is not None:
            session.execute(comments.update().where(comments.c.id == there[cell]).values(auto_comment=text))
    if new:
        session.execute(comments.insert(), new)


def _penalties(submission: SubmittedAssignment, student: str, config: Config) -> None:
    """The course's own plugin decides what lateness costs."""
    late = submission.total_seconds_late
    assigner = None
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = None
        if late > 0:
            if assigner is None:
                assigner = AssignLatePenalties(config=config)
                assigner.init_plugin()
            penalty = assigner.plugin_inst.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = assigner._check_late_penalty(notebook, penalty)
