"""Does a gradebook on a PostgreSQL server get every row once, with eight workers at a time?"""

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from grading.course import Course
from grading.engine import Run
from grading.ledger import Ledger

pytestmark = [pytest.mark.needs("postgresql"), pytest.mark.needs("bubblewrap")]

RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}


def program(name):
    return shutil.which(name) or sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))[-1]


@pytest.fixture
def server(tmp_path_factory):
    """A server of our own on a free port; yields the address of an empty database."""
    folder = Path(tmp_path_factory.mktemp("postgresql"))
    user = {}
    if os.getuid() == 0:  # PostgreSQL does not run as root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        for parent in folder.parents:
            if parent.is_relative_to("/tmp") and parent != Path("/tmp"):
                parent.chmod(0o755)
        user = {"user": account.pw_uid, "group": account.pw_gid}
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder} | user
    subprocess.run(
        [program("initdb"), "-D", str(data), "-U", "grader", "-A", "trust", "--no-sync"], check=True, **quiet
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    process = subprocess.Popen([program("postgres"), "-D", str(data), *options], **quiet)
    ready = [program("pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
    try:
        while subprocess.run(ready, **quiet).returncode != 0:
            assert process.poll() is None, "the server ended"
        subprocess.run(
            [program("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "grader", "grades"], check=True, **quiet
        )
        yield f"postgresql+psycopg://grader@127.0.0.1:{port}/grades"
    finally:
        process.send_signal(signal.SIGINT)  # at once: by default it waits for those who are still connected
        process.wait(60)


# Every table of nbgrader's gradebook that grading writes to, and what of a row tells which one it is.
ROWS = {
    "student": "select id from student",
    "submitted_assignment": """select student_id, a.name from submitted_assignment s
        join assignment a on a.id = s.assignment_id""",
    "submitted_notebook": """select student_id, n.name from submitted_notebook c
        join submitted_assignment s on s.id = c.assignment_id join notebook n on n.id = c.notebook_id""",
    "grade": """select student_id, b.name from grade g join submitted_notebook c on c.id = g.notebook_id
        join submitted_assignment s on s.id = c.assignment_id join base_cell b on b.id = g.cell_id""",
    "comment": """select student_id, b.name from comment g join submitted_notebook c on c.id = g.notebook_id
        join submitted_assignment s on s.id = c.assignment_id join base_cell b on b.id = g.cell_id""",
    "grading_ledger": "select student, assignment from grading_ledger",
    "grading_runs": "select assignment from grading_runs",
}
STUDENTS = [f"s{number:02}" for number in range(24)]
EXPECTED = {
    "student": [(student,) for student in STUDENTS],
    "submitted_assignment": [(student, "squares") for student in STUDENTS],
    "submitted_notebook": [(student, "squares") for student in STUDENTS],
    "grade": [(student, cell) for student in STUDENTS for cell in ("essay", "test-root", "test-square")],
    "comment": [(student, cell) for student in STUDENTS for cell in ("essay", "root", "square")],
    "grading_ledger": [(student, "squares") for student in STUDENTS],
    "grading_runs": [],
}


def rows(connection):
    """Which rows are there, by table; one that is there twice is twice in its list."""
    return {table: sorted(map(tuple, connection.execute(text(query)))) for table, query in ROWS.items()}


def contents(connection):
    """Every row of nbgrader's tables with all that is in it, ids included."""
    tables = connection.execute(text("select tablename from pg_tables where schemaname = 'public'")).scalars()
    ours = [table for table in tables if not table.startswith("grading_")]
    return {table: sorted(map(repr, connection.execute(text(f'select * from "{table}"')))) for table in ours}


def grade_by_hand(course):
    """A person reads one learner's essay, and gives points and a comment."""
    with course.gradebook() as book:
        book.find_grade("essay", "squares", "squares", "s01").manual_score = 2
        book.find_comment("essay", "squares", "squares", "s01").manual_comment = "Fine."
        book.db.commit()


def hand_in_all(hand_in):
    """Right answers, nothing written (every third), an answer that ends its process, and a file cut off."""
    for number, student in enumerate(STUDENTS):
        folder = hand_in(student, RIGHT if number % 3 else None)
    hand_in("s04", RIGHT | {"root": "import os\ndef root(x):\n    os._exit(1)"})
    notebook = folder / "squares.ipynb"
    notebook.write_text(notebook.read_text()[:200])


def test_a_gradebook_on_a_server_has_every_row_once_also_after_grading_all_again(make_course, generate, server):
    root, hand_in = make_course
    with open(root / "nbgrader_config.py", "a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {server!r}\n")
    generate(root)
    hand_in_all(hand_in)
    course = Course.at(root)
    everybody = {"graded": 23, "invalid": 1}
    assert Ledger.of(course).engine.dialect.name == "postgresql"
    assert Run(course, "squares").autograde(workers=8, progress=None).counts == everybody
    engine = create_engine(server)
    with engine.connect() as connection:
        assert rows(connection) == EXPECTED
        points = connection.execute(text("select sum(auto_score) from grade")).scalar_one()
        assert points == 14 * 3 + 2  # sixteen with answers, but one cut off and one without its root
        assert connection.execute(text("select bool_and(committed) from grading_ledger")).scalar_one()
        connection.commit()
        grade_by_hand(course)
        before = contents(connection)
        connection.commit()
        assert Run(course, "squares").autograde(workers=8, progress=None).counts == {}
        assert Run(course, "squares").autograde(workers=8, force=True, progress=None).counts == everybody
        assert rows(connection) == EXPECTED
        assert contents(connection) == before
    engine.dispose()
