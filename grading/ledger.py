"""What became of every submission: one durable row each, from the moment it was taken in.

The ledger is the truth about progress: a run that ends at any moment is gone on with from here, and the gradebook is
written from it. SQLite beside the gradebook, or any database that SQLAlchemy knows.
"""

import importlib.metadata
import platform
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from grading.course import Course
from grading.outcome import Outcome, State

metadata = MetaData()
rows = Table(
    "grading_ledger",
    metadata,
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("attempt", String(64), nullable=False),  # fingerprint of the files
    Column("handed_in", DateTime),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("flags", Text, nullable=False, default="[]"),
    Column("points", Float),
    Column("max_points", Float),
    Column("seconds", Float),
    Column("peak_bytes", Float),
    Column("restarts", Integer),
    Column("outcome", LargeBinary),
    Column("versions", Text),
    Column("sandboxed", Boolean),
    Column("written", DateTime),  # when this row last changed
    Column("committed", Boolean, nullable=False, default=False),  # is the gradebook as this row says?
)
runs = Table(
    "grading_runs",  # those under way; one that was killed is found here
    metadata,
    Column("assignment", String(128), primary_key=True),
    Column("students", Text),  # who was asked for, as JSON; none: everybody
)
# Of a row whose submission has to be graded.
WAITS = {"state": State.WAITING, "reason": "", "flags": "[]", "outcome": None, "committed": False}


@dataclass
class Row:
    """One submission's row. outcome: None while it waits."""

    assignment: str
    student: str
    attempt: str
    handed_in: datetime | None
    state: State
    reason: str
    flags: list[str]
    outcome: Outcome | None
    committed: bool
    points: float | None
    most: float | None


class Ledger:
    """The rows, in a database. One process writes."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url, poolclass=NullPool)  # nothing to be closed, nothing shared by a fork
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _durable)
        try:
            metadata.create_all(self.engine)
        except DBAPIError:  # another process has just made a table that was missing
            metadata.create_all(self.engine)
        self._kept: Connection | None = None

    @classmethod
    def of(cls, course: Course) -> "Ledger":
        """A course's ledger: beside its gradebook where that is a file, in the same database where it is a server's."""
        if course.db_url.startswith("sqlite"):
            return cls(f"sqlite:///{course.own_folder / 'ledger.db'}")
        return cls(course.db_url)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep one connection meanwhile, where much is written: opening one costs more than a row."""
        with self.engine.connect() as connection:
            self._kept = connection
            try:
                yield
            finally:
                self._kept = None

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction, in the connection that is kept open where one is."""
        if self._kept is None:
            with self.engine.begin() as connection:
                yield connection
        else:
            with self._kept.begin():
                yield self._kept

    def begin(self, assignment: str, students: list[str] | None, again: bool) -> None:
        """A run begins; until `end` it counts as unfinished. students: None for all.

        again: what these have in the ledger counts no more; it waits to be graded anew.
        """
        with self._transaction() as connection:
            mine = runs.c.assignment == assignment
            before = connection.execute(select(runs.c.students).where(mine)).one_or_none()
            connection.execute(runs.delete().where(mine))
            wanted = students
            if before is not None and students is not None:  # that run asked for others, who still wait
                wanted = None if before.students is None else [*msgspec.json.decode(before.students), *students]
            text = None if wanted is None else msgspec.json.encode(sorted(set(wanted))).decode()
            connection.execute(runs.insert().values(assignment=assignment, students=text))
            if again:
                theirs = rows.c.assignment == assignment
                if students is not None:
                    theirs &= rows.c.student.in_(students)
                connection.execute(rows.update().where(theirs).values(**WAITS, written=_now()))

    def end(self, assignment: str) -> None:
        """The run has come to its end."""
        with self._transaction() as connection:
            connection.execute(runs.delete().where(runs.c.assignment == assignment))

    def take(self, assignment: str, attempts: dict[str, tuple[str, datetime | None]]) -> list[str]:
        """Enter attempts: student -> (fingerprint, when it was handed in). Returns whose have to be graded."""
        waiting = []
        with self._transaction() as connection:
            for student, (attempt, time) in attempts.items():
                row = _one(connection, assignment, student)
                if row is None or row.attempt != attempt:
                    _put(connection, assignment, student, {"attempt": attempt, "handed_in": time} | WAITS)
                elif row.outcome is not None:
                    continue
                waiting.append(student)
        return waiting

    def record(self, assignment: str, outcomes: dict[str, Outcome], sandboxed: bool) -> None:
        """Write down what came of submissions, by student; from here on it is not lost."""
        with self._transaction() as connection:
            for student, outcome in outcomes.items():
                _put(
                    connection,
                    assignment,
                    student,
                    {
                        "state": outcome.state,
                        "reason": outcome.reason,
                        "flags": msgspec.json.encode(outcome.flags).decode(),
                        "points": outcome.points,
                        "max_points": outcome.most,
                        "seconds": outcome.seconds,
                        "peak_bytes": float(outcome.peak),
                        "restarts": outcome.restarts,
                        "outcome": msgspec.msgpack.encode(outcome),
                        "versions": versions(),
                        "sandboxed": sandboxed,
                        "committed": False,
                    },
                )

    def committed(self, assignment: str, students: Iterable[str]) -> None:
        """The gradebook has them."""
        with self._transaction() as connection:
            for student in students:
                _put(connection, assignment, student, {"committed": True})

    def find(self, assignment: str, students: Iterable[str]) -> list[Row]:
        """The rows of some students, in their order; those that have none are left out."""
        with self._transaction() as connection:
            found = [_one(connection, assignment, student) for student in sorted(students)]
        return [_row(one) for one in found if one is not None]

    def all(self, assignment: str | None = None) -> Iterator[Row]:
        """All rows, or those of one assignment, in order of student."""
        query = select(rows).order_by(rows.c.assignment, rows.c.student)
        if assignment is not None:
            query = query.where(rows.c.assignment == assignment)
        with self.engine.connect() as connection:
            for found in connection.execute(query):
                yield _row(found)

    def unfinished(self) -> dict[str, list[str] | None]:
        """Assignments whose run was ended, or with rows that wait or are not in the gradebook yet -> whom to grade.

        None: everybody.
        """
        query = select(rows.c.assignment, rows.c.student).where((rows.c.state == State.WAITING) | ~rows.c.committed)
        found: dict[str, list[str] | None] = {}
        with self._transaction() as connection:
            for assignment, student in connection.execute(query.order_by(rows.c.assignment, rows.c.student)):
                found.setdefault(assignment, []).append(student)
            for assignment, text in connection.execute(select(runs.c.assignment, runs.c.students)):
                asked = None if text is None else msgspec.json.decode(text)
                found[assignment] = None if asked is None else sorted({*found.get(assignment, []), *asked})
        return found


@cache
def versions() -> str:
    """What graded: Python and the packages whose change could change a grade."""
    found = {name: importlib.metadata.version(name) for name in ("neurons-to-networks", "nbgrader", "numpy", "ipython")}
    return msgspec.json.encode({"python": platform.python_version(), **found}).decode()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _durable(connection: object, _: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA busy_timeout=30000")


def _one(connection: Connection, assignment: str, student: str) -> object:
    query = select(rows).where(rows.c.assignment == assignment, rows.c.student == student)
    return connection.execute(query).one_or_none()


def _put(connection: Connection, assignment: str, student: str, values: dict) -> None:
    values = values | {"written": _now()}
    where = (rows.c.assignment == assignment) & (rows.c.student == student)
    if connection.execute(rows.update().where(where).values(**values)).rowcount == 0:
        connection.execute(rows.insert().values(assignment=assignment, student=student, **values))


def _row(found: object) -> Row:
    outcome = None if found.outcome is None else msgspec.msgpack.decode(found.outcome, type=Outcome)
    return Row(
        found.assignment,
        found.student,
        found.attempt,
        found.handed_in,
        State(found.state),
        found.reason,
        msgspec.json.decode(found.flags),
        outcome,
        bool(found.committed),
        found.points,
        found.max_points,
    )
