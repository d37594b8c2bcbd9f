"""Is .venv complete or not believed, whatever happens while it is made?

A miniature of the course, with pins of three tiny packages that lie in a folder as wheels, goes through real
installations with pip: no network, a few seconds each.
"""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tools import venv

ROOT = Path(__file__).resolve().parents[2]
PYTHON = getattr(sys, "_base_executable", None) or sys.executable
# The project's own build: an editable wheel that points here, so that no setuptools is needed.
BACKEND = """
import os, sys, zipfile
sys.path.insert(0, {tests!r})
from wheels import write_wheel

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    files = {{"course.pth": os.getcwd() + "\\n"}}
    return write_wheel(wheel_directory, "neurons_to_networks", "0.1.0", files)
"""
SLOW_BACKEND = """
import os, sys, time
sys.path.insert(0, {tests!r})
from wheels import write_wheel

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    open({started!r}, "w").close()
    while not os.path.exists({go_on!r}):
        time.sleep(0.05)
    return write_wheel(wheel_directory, "brick", "3.0", {{"brick.py": "version = 3"}})
"""
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def write_wheel(folder, name, version, files):
    """Write a wheel of these files; return its name."""
    info = f"{name}-{version}.dist-info"
    files = dict(files)
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    wheel = f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, wheel), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return wheel


class Miniature:
    """A course of three tiny packages in `root`, and the folder its packages come from."""

    def __init__(self, base: Path) -> None:
        self.base, self.root, self.wheels = base, base / "course", base / "wheels"
        self.started, self.go_on = base / "started", base / "go_on"
        self.wheels.mkdir()
        (base / "support").mkdir()
        # Build backends run in processes of their own, which cannot import this file by name.
        source = Path(__file__).read_text(encoding="utf-8")
        start = source.index("def write_wheel")
        body = source[start : source.index("\n\nclass ", start)]
        (base / "support" / "wheels.py").write_text("import base64, hashlib, os, zipfile\n\n" + body, encoding="utf-8")
        for version in ("1.0", "2.0"):
            write_wheel(self.wheels, "brick", version, {"brick.py": f"version = {version[0]}"})
        # What reads the pins after an installation; the real course pins the real one.
        write_wheel(self.wheels, "mortar", "1.0", {"mortar.py": ""})
        self.root.mkdir()
        shutil.copy(ROOT / "course.py", self.root)
        shutil.copytree(ROOT / "tools", self.root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        (self.root / "helpers").mkdir()
        (self.root / "helpers" / "__init__.py").touch()
        (self.root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        backend = BACKEND.format(tests=str(base / "support"))
        (self.root / "backend.py").write_text(backend, encoding="utf-8")
        (self.root / "tests").mkdir()
        self.pin("brick==1.0", "mortar==1.0")

    def copy(self, base):
        """The same course elsewhere, as someone would move it; its .venv is put right by the next call."""
        other = object.__new__(Miniature)
        shutil.copytree(self.base, base, symlinks=True, dirs_exist_ok=True)
        other.base, other.root, other.wheels = base, base / "course", base / "wheels"
        other.started, other.go_on = base / "started", base / "go_on"
        return other

    def pin(self, course, tests):
        """Write the files of pins."""
        (self.root / "requirements.txt").write_text(f"{course}\n", encoding="utf-8")
        (self.root / "tests" / "requirements.txt").write_text(f"-r ../requirements.txt\n{tests}\n", encoding="utf-8")

    def command(self, *, tests=False):
        """What course.py does before it hands over, and its error message."""
        call = (
            f"import sys; sys.path.insert(0, {str(self.root)!r}); from tools import environment, trouble\n"
            f"try: print(environment.ensure({str(self.root)!r}, tests={tests}))\n"
            "except trouble.Trouble as error: sys.exit(str(error))"
        )
        return [PYTHON, "-c", call]

    def variables(self):
        """Only the wheels of the miniature, no uv, and no cache of anybody's."""
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_NO_CACHE_DIR": "1"}
        return os.environ | pip | {"PIP_CONFIG_FILE": os.devnull, "PATH": "/usr/bin:/bin"}

    def ensure(self, *, tests=False):
        """Return (exit code, output) of bringing .venv up to date."""
        answer = subprocess.run(
            self.command(tests=tests), env=self.variables(), capture_output=True, text=True, check=False
        )
        return answer.returncode, answer.stdout + answer.stderr

    def run(self, program):
        """Return what the environment's own Python prints."""
        answer = subprocess.run(
            [venv.python_of(self.root / ".venv"), "-I", "-c", program], capture_output=True, text=True
        )
        return answer.stdout.strip() or answer.stderr

    def is_complete(self, *, tests=False):
        return venv.is_complete(str(self.root), tests=tests)

    def brick(self):
        """The version of the tiny package that is installed."""
        return self.run("import brick; print(brick.version)")

    def make_the_next_installation_wait(self):
        """Offer brick 3.0 as a source whose build waits for `go_on` to appear."""
        source = self.base / "brick-3.0"
        source.mkdir()
        (source / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        backend = SLOW_BACKEND.format(
            tests=str(self.base / "support"), started=str(self.started), go_on=str(self.go_on)
        )
        (source / "backend.py").write_text(backend, encoding="utf-8")
        (source / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: brick\nVersion: 3.0\n", encoding="utf-8")
        shutil.make_archive(str(self.wheels / "brick-3.0"), "gztar", root_dir=self.base, base_dir="brick-3.0")
        self.pin("brick==3.0", "mortar==1.0")


@pytest.fixture
def course(tmp_path):
    """A course that nobody has started yet."""
    return Miniature(tmp_path)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    course = Miniature(tmp_path_factory.mktemp("original"))
    code, output = course.ensure(tests=True)
    assert code == 0, output
    return course


@pytest.fixture
def installed(original, tmp_path):
    """A course whose .venv is complete, also for the tests."""
    course = original.copy(tmp_path)
    code, output = course.ensure(tests=True)
    assert code == 0, output
    assert course.is_complete(tests=True)
    return course


def wait_for(condition, patience=180):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_first_second_and_changed(course):
    """The first call installs, the second does nothing, a change of pins brings what changed, the tests' come apart."""
    code, output = course.ensure()
    assert code == 0, output
    assert "Installing the packages" in output
    assert course.brick() == "1"
    assert Path(course.run("import helpers; print(helpers.__file__)")).parent == course.root / "helpers"
    assert course.is_complete()
    assert not course.is_complete(tests=True)
    assert {entry.name for entry in (course.root / ".venv").iterdir()}.isdisjoint({venv.MARKER})

    wheels = course.wheels.rename(course.base / "away")  # as offline as can be
    code, output = course.ensure()
    assert (code, output.strip()) == (0, str(venv.python_of(course.root / ".venv")))
    wheels.rename(course.wheels)

    assert course.ensure(tests=True)[0] == 0
    assert course.is_complete(tests=True)
    course.pin("brick==2.0", "mortar==1.0")
    assert not course.is_complete()
    code, output = course.ensure()
    assert (code, course.brick()) == (0, "2"), output
    assert not course.is_complete(tests=True)  # nobody has looked whether they still agree


def test_an_update_that_cannot_be_fetched_leaves_what_was_there(installed):
    stamp = venv.stamp_of(installed.root / ".venv")
    installed.pin("brick==7.0", "mortar==1.0")
    code, output = installed.ensure()
    assert code == 1
    assert "pip was offered no fitting file for brick==7.0" in output
    assert "Traceback" not in output
    assert (venv.stamp_of(installed.root / ".venv"), installed.brick()) == (stamp, "1")
    installed.pin("brick==1.0", "mortar==1.0")
    assert installed.is_complete(tests=True)


def test_a_project_that_does_not_build_costs_no_packages(installed):
    (installed.root / "pyproject.toml").write_text("[build-system\n", encoding="utf-8")
    code, output = installed.ensure()
    assert code == 1
    assert "The course itself could not be installed" in output
    (installed.root / "pyproject.toml").write_text(PYPROJECT + "# mended\n", encoding="utf-8")
    (installed.wheels / "brick-1.0-py3-none-any.whl").unlink()  # it is not fetched again
    assert installed.ensure()[0] == 0
    assert installed.is_complete()


def test_killed_in_the_middle_it_is_neither_believed_nor_disturbed(installed):
    """kill -9 while pip builds: pip lives on and is waited for; afterwards the folder is filled anew."""
    installed.make_the_next_installation_wait()
    process = subprocess.Popen(installed.command(), env=installed.variables(), stdout=subprocess.DEVNULL)
    wait_for(installed.started.exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not installed.is_complete()
    installed.pin("brick==1.0", "mortar==1.0")  # also not for the pins that were complete before
    assert not installed.is_complete()
    code, output = installed.ensure()
    assert code == 1
    assert "Another course.py is installing" in output

    installed.go_on.touch()
    wait_for(lambda: "Another course.py is installing" not in installed.ensure()[1])
    assert installed.is_complete()
    assert installed.brick() == "1"


def test_a_half_unpacked_package_is_not_taken_for_whole(installed):
    """pip goes by the folder of metadata; a package that was cut off has one, and its files are missing."""
    folder = installed.root / ".venv"
    next(folder.rglob("brick.py")).unlink()
    (folder / venv.STAMP).unlink()
    (folder / venv.MARKER).touch()
    code, output = installed.ensure()
    assert code == 0, output
    assert "did not finish" in output
    assert installed.brick() == "1"


def test_an_environment_of_someone_else_is_added_to(course):
    folder = course.root / ".venv"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", folder], check=True)
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    code, output = course.ensure()
    assert code == 0, output
    assert (folder / "mine.txt").exists()
    assert course.brick() == "1"


def test_an_environment_whose_python_is_gone_is_made_anew(installed):
    """As after an update of the operating system."""
    python = venv.python_of(installed.root / ".venv")
    python.unlink()
    python.symlink_to(installed.base / "python-that-was-uninstalled")
    assert not installed.is_complete()
    code, output = installed.ensure()
    assert code == 0, output
    assert installed.brick() == "1"


def test_a_folder_that_was_moved_works_without_a_network(installed):
    assert str(installed.root) in (installed.root / ".venv" / "bin" / "pip").read_text(encoding="utf-8")
    installed.root = installed.root.rename(installed.base / "a new place")
    installed.wheels.rename(installed.base / "away")
    assert not installed.is_complete()
    code, output = installed.ensure()
    assert code == 0, output
    assert Path(installed.run("import helpers; print(helpers.__file__)")).parent == installed.root / "helpers"
    script = installed.root / ".venv" / "bin" / "pip"
    answer = subprocess.run([script, "--version"], capture_output=True, text=True, check=False)
    assert str(installed.root) in answer.stdout, answer.stderr
