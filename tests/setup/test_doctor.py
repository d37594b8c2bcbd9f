"""Does the doctor tell what stops a learner from what does not, with the remedy?"""

import shutil
import sys
from pathlib import Path

import pytest

from tools import build, doctor, system_packages, venv
from tools.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path):
    """The files of a course that the doctor reads."""
    for name in (*venv.FILES.values(), "course.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def of_venv(root):
    [finding] = doctor.look_at_venv(root, complete=venv.is_complete(str(root)))
    return finding


def test_what_the_next_start_puts_right_is_no_problem(root):
    assert of_venv(root)[0] == "note"
    assert "not made yet" in of_venv(root).text
    folder = root / ".venv"
    folder.mkdir()
    (folder / venv.MARKER).touch()
    assert (of_venv(root).state, "did not finish" in of_venv(root).text) == ("note", True)
    venv.write_stamp(folder, {"packages": "of older pins"})
    assert (of_venv(root).state, "brought up to date" in of_venv(root).text) == ("note", True)


def test_something_else_of_that_name_is_a_problem(root):
    (root / ".venv").write_text("", encoding="utf-8")
    assert of_venv(root).state == "problem"
    (root / ".venv").unlink()
    (root / ".venv").mkdir()
    (root / ".venv" / "thesis.txt").touch()
    assert of_venv(root).state == "problem"
    assert "Rename or remove it" in of_venv(root).text


def test_no_venv_module_is_a_problem(root, monkeypatch):
    def missing():
        raise Trouble("its module ensurepip is missing")

    monkeypatch.setattr(build, "require_venv_module", missing)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert [finding.state for finding in doctor.look_at_venv(root, complete=False)] == ["note", "problem"]


@pytest.mark.parametrize(
    ("pin", "state", "words"),
    [
        ("no-such-package==1.0", "problem", "no-such-package is missing"),
        ("pytest==0.1", "note", "not the course's versions: pytest is"),
    ],
)
def test_packages_are_held_against_the_pins(root, pin, state, words):
    (root / "requirements.txt").write_text(pin + "\n", encoding="utf-8")
    packages, imports = doctor.look_at_packages(root, Path(sys.executable))
    assert packages.state == state
    assert words in packages.text
    assert "-m pip install -r requirements.txt" in packages.text
    # The helpers that this Python imports are those of the real course, not of this copy.
    assert imports.state == "problem"
    assert "not this folder" in imports.text


def test_packages_that_do_not_import_are_a_problem(root, monkeypatch):
    """A Python of which the pins are said to be fulfilled, and which has nothing."""
    monkeypatch.setattr(doctor.installer, "differences", lambda python, requirements: [])
    base = Path(getattr(sys, "_base_executable", sys.executable))
    packages, imports = doctor.look_at_packages(root, base)
    assert packages.state == "OK"
    assert imports.state == "problem"
    assert "ModuleNotFoundError" in imports.text


def test_disk_and_writing(root, monkeypatch):
    assert doctor.look_at_disk(root, needed=1.0).state == "OK"
    assert doctor.look_at_disk(root, needed=1e18).state == "problem"
    monkeypatch.delenv("COURSE_WORKSPACE", raising=False)
    assert [finding.state for finding in doctor.look_at_writing(root, complete=False)] == ["OK", "OK"]
    monkeypatch.setenv("COURSE_WORKSPACE", str(root / "helpers"))
    assert [finding.state for finding in doctor.look_at_writing(root, complete=True)] == ["problem"]
    assert not list(root.glob("tmp*")), "it looks and leaves nothing"


def test_a_taken_port_is_no_problem_while_another_is_free(monkeypatch):
    def taken(ip, port):
        if port < free:
            raise Trouble("taken")

    monkeypatch.setattr(doctor.lab, "require_free", taken)
    free = 8890
    assert doctor.look_at_port()[0] == "OK"
    assert "8890 is free (8888 is taken" in doctor.look_at_port().text
    free = 10_000
    assert doctor.look_at_port().state == "problem"


@pytest.mark.parametrize("name", sorted(system_packages.APT_PACKAGES))
def test_system_packages_are_never_a_learners_problem(name, monkeypatch):
    monkeypatch.setattr(system_packages, "find", lambda name: None)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    finding = doctor.look_at_program(name)
    assert finding.state == "note"
    assert f"sudo apt-get install {name}" in finding.text


def test_exit_code_and_last_line(root, monkeypatch, capsys):
    for state, code, last in (("note", 0, "All a learner needs is here."), ("problem", 1, "keeps you from working.")):
        monkeypatch.setattr(doctor, "findings", lambda root, state=state: iter([doctor.Finding(state, "a", "b")]))
        assert doctor.main(str(root), []) == code
        assert capsys.readouterr().out.strip().endswith(last)
