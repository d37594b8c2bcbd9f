"""Is a jail ended whose outer process is gone, and no other?"""

import subprocess
import time
from pathlib import Path

import pytest

from benchmarks.grading import family
from grading import jail, orphans
from grading.tester import Cell
from grading.worker import Plan, Worker

pytestmark = pytest.mark.needs("bubblewrap")


def told(file):
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def is_there(process):
    return told(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()[:1] not in ([], ["Z"])


@pytest.fixture
def orphan():
    """What is left where the outer process is killed before `--die-with-parent` holds for the inner one."""
    line = jail.command(jail.View(), ["/bin/sleep", "600"], keep_admin=True)
    outer = subprocess.Popen([part for part in line if part != "--die-with-parent"])
    while len(inside := family([outer.pid])) < 3:
        time.sleep(0.01)
    outer.kill()
    outer.wait()
    return inside[1:]


def gone(processes):
    until = time.monotonic() + 10
    while any(map(is_there, processes)) and time.monotonic() < until:
        time.sleep(0.01)
    return not any(map(is_there, processes))


def test_an_orphan_is_ended_and_a_jail_in_use_is_not(orphan):
    line = jail.command(jail.View(), ["/bin/cat"], keep_admin=True)
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdin.write(b"before\n")
        other.stdin.flush()
        assert other.stdout.readline() == b"before\n"
        orphans.end()
        assert gone(orphan)
        assert other.communicate(b"after\n")[0] == b"after\n"


def test_a_worker_ends_what_a_killed_run_left(orphan):
    worker = Worker(Plan())
    try:
        worker.grade([Cell("hello", "learner", "1")], {})
        assert gone(orphan)
    finally:
        worker.close()


def test_nothing_is_left_of_a_jail_closed_as_it_begins(tmp_path):
    """Without the look for orphans more than half of these stay."""
    tmp_path.chmod(0o755)
    for milliseconds in range(12):
        started = jail.Jail("learner", [], jail.View((jail.ROOM / "grading", tmp_path)))
        time.sleep(milliseconds / 1000)
        started.close()
    own = [place.parent.name for place in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in told(place)]
    assert gone(own)
