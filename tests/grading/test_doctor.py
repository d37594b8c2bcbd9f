"""Does the doctor find a jail sound that is, and would it notice one that is not?"""

import subprocess
import sys
from pathlib import Path

import pytest

from grading import doctor
from grading.worker import Plan, Worker

# What a process outside of any jail can do on any Linux; the others need privileges that a test may not have.
ALWAYS_OPEN = (
    "learner code reads no file of the host",
    "learner code writes no file of the host",
    "learner code has no network",
    "learner code sees nothing of the environment",
    "learner code sees no process but its own",
    "learner code sees no solutions",
)


@pytest.mark.needs("bubblewrap")
def test_this_machines_jail_holds():
    findings = list(doctor.examine())
    assert [finding for finding in findings if not finding.held] == []
    assert len(findings) > 12


@pytest.mark.parametrize("what", ALWAYS_OPEN)
def test_each_attempt_succeeds_where_there_is_no_jail(what):
    with doctor._bait() as (secrets, port):
        code = doctor.escapes(secrets, port, Plan(hidden=(Path(__file__),)))[what]
        found = subprocess.run([sys.executable, "-c", code + "\nprint(escaped)"], capture_output=True, text=True)
    assert found.stdout.strip(), found.stderr


def test_an_open_jail_is_noticed(tmp_path):
    worker = Worker(Plan(sandboxed=False, limits=doctor.LIMITS))
    try:
        with doctor._bait() as (secrets, port):
            findings = list(doctor._attempts(worker, secrets, port, Plan(), ALWAYS_OPEN[:4]))
    finally:
        worker.close()
    assert {finding.what for finding in findings if not finding.held} == set(ALWAYS_OPEN[:4])


def test_without_bubblewrap_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    (finding,) = doctor.examine()
    assert not finding.held
    assert "apt install bubblewrap" in finding.why
