"""Points as files that other systems take: Canvas, Moodle, or plain CSV.

Canvas reads a gradebook CSV whose first columns name the learner and whose other columns are assignments with their ID
or title; Moodle reads a CSV in which one column identifies the user and others are mapped to grade items at import.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import func

FORMATS = ("canvas", "moodle", "csv")


class Score:
    """One learner's result of one assignment."""

    def __init__(self, student: Student, score: float, most: float, penalty: float, open_items: int) -> None:
        self.id, self.email = student.id, student.email or ""
        self.first, self.last, self.lms_id = (
            student.first_name or "",
            student.last_name or "",
            student.lms_user_id or "",
        )
        self.most, self.open = most, open_items
        self.score = max(0.0, score - penalty)


def scores(book: Gradebook, assignment: str) -> list[Score]:
    """All learners who handed in, in order of id; one query a table, so ten thousand are no more work than ten."""
    session = book.db
    found = session.query(Assignment).filter_by(name=assignment, course_id=book.course_id).one()
    most = float(found.max_score or 0.0)
    graded = (
        session.query(SubmittedNotebook.assignment_id, func.sum(Grade.score), func.sum(Grade.needs_manual_grade))
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .group_by(SubmittedNotebook.assignment_id)
    )
    sums = {submission: (total or 0.0, int(waiting or 0)) for submission, total, waiting in graded}
    penalties = dict(
        session.query(SubmittedNotebook.assignment_id, func.sum(SubmittedNotebook.late_submission_penalty)).group_by(
            SubmittedNotebook.assignment_id
        )
    )
    handed_in = (
        session.query(SubmittedAssignment.id, Student)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .filter(SubmittedAssignment.assignment_id == found.id)
        .order_by(Student.id)
    )
    return [
        Score(person, sums.get(id, (0.0, 0))[0], most, penalties.get(id) or 0.0, sums.get(id, (0.0, 0))[1])
        for id, person in handed_in
    ]


def write(book: Gradebook, assignment: str, kind: str, file: Path) -> int:
    """Write one assignment's points; returns how many learners. kind: "canvas", "moodle" or "csv"."""
    found = scores(book, assignment)
    lines = {"canvas": _canvas, "moodle": _moodle, "csv": _plain}[kind](found, assignment)
    with open(file, "w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows(lines)
    return len(found)


def _canvas(found: list[Score], assignment: str) -> Iterator[list]:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment]
    yield ["    Points Possible", "", "", "", "", found[0].most if found else 0]
    for one in found:
        name = f"{one.last}, {one.first}" if one.last else one.id
        yield [_cell(name), _cell(one.lms_id), _cell(one.id), _cell(one.id), "", round(one.score, 4)]


def _moodle(found: list[Score], assignment: str) -> Iterator[list]:
    yield ["Username", "ID number", "Email address", assignment, f"{assignment} (maximum)"]
    for one in found:
        yield [_cell(one.id), _cell(one.lms_id), _cell(one.email), round(one.score, 4), one.most]


def _plain(found: list[Score], assignment: str) -> Iterator[list]:
    yield ["assignment", "student", "last_name", "first_name", "email", "score", "max_score", "waiting_for_a_person"]
    for one in found:
        names = (_cell(text) for text in (one.id, one.last, one.first, one.email))
        yield [assignment, *names, round(one.score, 4), one.most, one.open]


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
