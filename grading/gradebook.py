"""Writing outcomes into nbgrader's gradebook: the same rows that its own autograde writes, in one transaction."""

from datetime import datetime

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
from sqlalchemy.orm import Session
from traitlets.config import Config

from grading.outcome import Outcome


def commit(book: Gradebook, config: Config, assignment: str, student: str, time: datetime, outcome: Outcome) -> None:
    """Write one submission's points. Writing the same again changes nothing; points given by hand are never touched."""
    session = book.db
    found = session.query(Assignment).filter_by(name=assignment, course_id=book.course_id).one()
    submission = _submission(session, found, student, book.course_id)
    submission.timestamp = time
    session.flush()
    results = {notebook.name: notebook for notebook in outcome.notebooks}
    for notebook in submission.notebooks:
        result = results.get(notebook.name)
        if result is None:
            continue
        items = {item.name: item for item in result.items}
        for grade in notebook.grades:
            _grade(grade, items[grade.cell.name])
        for comment in notebook.comments:
            comment.auto_comment = "No response." if comment.cell.name in result.untouched else None
    session.flush()
    session.expire_all()  # late penalties read scores that the database computes
    _penalties(submission, student, config)
    session.commit()


def _submission(session: Session, assignment: Assignment, student: str, course: str) -> SubmittedAssignment:
    """The submission's rows, made where they are missing."""
    person = session.get(Student, student)
    if person is None:
        person = Student(id=student)
        session.add(person)
        session.flush()
    found = session.query(SubmittedAssignment).filter_by(assignment_id=assignment.id, student_id=student).one_or_none()
    if found is None:
        found = SubmittedAssignment(assignment=assignment, student=person)
        session.add(found)
        session.flush()
    there = {notebook.notebook_id for notebook in found.notebooks}
    for notebook in assignment.notebooks:
        if notebook.id not in there:
            copy = SubmittedNotebook(notebook_id=notebook.id, assignment_id=found.id)
            session.add(copy)
            session.flush()
            graded = [*notebook.grade_cells, *notebook.task_cells]
            written = [*notebook.solution_cells, *notebook.task_cells]
            session.add_all([Grade(cell_id=cell.id, notebook_id=copy.id) for cell in graded])
            session.add_all([Comment(cell_id=cell.id, notebook_id=copy.id) for cell in written])
    session.flush()
    session.refresh(found)
    return found


def _grade(grade: Grade, item: object) -> None:
    grade.auto_score = item.points
    grade.needs_manual_grade = item.points is None or grade.manual_score is not None


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
