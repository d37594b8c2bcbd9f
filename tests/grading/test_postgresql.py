"""Does a gradebook on a PostgreSQL server get every row once, with eight workers at a time?"""

import glob
import os
import pwd
import shutil
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
        process.terminate()
        process.wait()


def test_a_gradebook_on_a_server_is_complete(make_course, generate, server):
    root, hand_in = make_course
    with open(root / "nbgrader_config.py", "a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {server!r}\n")
    generate(root)
    for number in range(24):
        hand_in(f"s{number:02}", RIGHT if number % 3 else None)
    course = Course.at(root)
    assert Run(course, "squares").autograde(workers=8, progress=None).counts == {"graded": 24}
    engine = create_engine(server)
    with engine.connect() as connection:
        rows = connection.execute(text("select student, committed, points from grading_ledger")).all()
        grades = connection.execute(text("select count(*), sum(auto_score) from grade")).one()
    engine.dispose()
    assert sorted(row.student for row in rows) == [f"s{number:02}" for number in range(24)]
    assert all(row.committed for row in rows)
    assert tuple(grades) == (72, 16 * 3)
    assert Run(course, "squares").autograde(workers=8, progress=None).counts == {}
    assert Ledger.of(course).engine.dialect.name == "postgresql"
