"""Does the doctor find a jail sound that is, and would it notice one that is not?"""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from grading import doctor, jail, obstacles
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


@pytest.mark.parametrize("together", [False, True])
def test_an_open_jail_is_noticed(together):
    with doctor._bait() as (secrets, port), contextlib.closing(Worker(Plan(sandboxed=False))) as worker:
        attempts = [(what, code) for what, code in doctor.escapes(secrets, port, Plan()).items() if what in ALWAYS_OPEN]
        submissions = [attempts[:4]] if together else [[one] for one in attempts[:4]]
        findings = list(doctor._attempts(worker, submissions))
    assert {finding.what for finding in findings if not finding.held} == set(ALWAYS_OPEN[:4])


def test_without_bubblewrap_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    (finding,) = doctor.examine()
    assert not finding.held
    assert "apt install bubblewrap" in finding.why


@pytest.mark.needs("bubblewrap")
def test_a_jail_of_an_ordinary_user_cannot_be_written_to_either(monkeypatch):
    """Its root belongs to the user, so only the mounts keep one submission from leaving something for the next."""
    user = {"user": 4321, "group": 4321, "extra_groups": []} if os.getuid() == 0 else {}
    monkeypatch.setattr(os, "getuid", lambda: 4321)
    monkeypatch.setattr(jail, "python_folders", list)
    attempt = "for place in / /etc /usr /dev /proc /tmp; do echo x > $place/left && echo $place; done"
    line = jail.command(jail.View(), ["/bin/sh", "-c", attempt], keep_admin=True)
    done = subprocess.run(line, cwd="/", capture_output=True, text=True, **user)
    assert done.stdout == "/tmp\n", done.stderr


@pytest.mark.needs("bubblewrap")
def test_an_ordinary_user_can_grade():
    """Whose jail lies in user namespaces, where less is allowed than to root; with the machine's own Python.

    What root installed for itself alone an ordinary user cannot run.
    """
    user = {"user": 4321, "group": 4321, "extra_groups": []} if os.getuid() == 0 else {}
    packages = Path(np.__file__).parent.parent
    with tempfile.TemporaryDirectory() as place:  # that pytest gives is closed to others
        Path(place).chmod(0o755)
        python = Path(place, "bin", "python")
        made = subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", place], capture_output=True)
        for folder in Path(place, "lib").glob("python*/site-packages"):
            (folder / "all.pth").write_text(f"{packages}\n{jail.ROOM}\n")
        run = {"cwd": "/", "capture_output": True, "text": True, "env": {"HOME": place}, **user}
        if made.returncode or subprocess.run([python, "-c", "import numpy, msgspec, grading"], **run).returncode:
            pytest.skip("the machine's own Python is another one, or may not read this folder")
        look = (
            "from pathlib import Path\nfrom grading import doctor, jail\nfrom grading.worker import Plan\n"
            f"plan = Plan(shown=(jail.ROOM / 'grading', Path({str(packages)!r})))\n"
            "print([finding for finding in doctor.examine(plan, quick=True) if not finding.held])"
        )
        done = subprocess.run([python, "-c", look], **run)
    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_what_keeps_a_jail_from_being_built_is_said_with_its_remedy():
    clone, most, armor = obstacles.SETTINGS
    no_right = "bwrap: setting up uid map: Permission denied"
    assert "unprivileged_userns_clone=1" in obstacles.remedy(no_right, {clone: "0", most: "100"})
    assert "max_user_namespaces=10000" in obstacles.remedy(no_right, {clone: "1", most: "0"})
    assert "apparmor_restrict_unprivileged_userns=0" in obstacles.remedy(no_right, {armor: "1"})
    assert "container" in obstacles.remedy(no_right, {most: "100", armor: "0"})
    assert "systempaths" in obstacles.remedy("bwrap: Can't mount proc on /newroot/proc: Operation not permitted", {})
    assert "/usr/bin/python3" in obstacles.remedy("bwrap: execvp /root/x: No such file or directory", {armor: "1"})
    assert "newer one" in obstacles.remedy("bwrap: Unknown option --perms", {})
    assert "docs/instructors.md" in obstacles.remedy("bwrap: something else", {})


@pytest.mark.needs("bubblewrap")
@pytest.mark.parametrize(
    ("said", "helps"), [("setting up uid map: Permission denied", "container"), ("", "ended with 1")]
)
def test_a_bubblewrap_that_may_not_is_told_apart_from_one_that_is_not_there(tmp_path, monkeypatch, said, helps):
    (tmp_path / "bwrap").write_text("#!/bin/sh\n" + (f"echo 'bwrap: {said}' >&2\n" if said else "") + "exit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setattr(obstacles, "_settings", dict)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    first, second = doctor.examine()
    assert (first.held, second.held) == (True, False)
    assert helps in second.why


@pytest.mark.skipif(os.getuid() != 0, reason="only where root grades does another user run the code")
@pytest.mark.needs("bubblewrap")
def test_a_file_that_the_sandbox_may_not_read_is_named_with_the_command_that_helps(tmp_path):
    (tmp_path / "closed.py").touch()
    (tmp_path / "closed.py").chmod(0o600)
    tmp_path.chmod(0o755)
    *_, last = doctor.examine(Plan(shown=(*Plan().shown, tmp_path)))
    assert not last.held
    assert f"{tmp_path / 'closed.py'} cannot be read by others" in last.why
    assert f"chmod -R a+rX {tmp_path}" in last.why
