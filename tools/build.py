"""Making .venv and bringing it up to date: complete or not believed (see tools/venv.py for how that is told).

An interrupted installation is done again from an empty folder (what was fetched is in pip's cache), because a package
that was cut off half-way can look installed. A .venv made by someone else is added to.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tools import installer
from tools.lock import Lock
from tools.trouble import Trouble
from tools.venv import FILES, MARKER, STAMP, is_complete, python_of, stamp_of, version_of, wanted, write_stamp

OLDEST_PYTHON = (3, 11)

NO_VENV_MODULE = (
    "This Python ({python}) cannot make virtual environments: its module {module} is missing. Debian and Ubuntu ship it"
    " apart; install it with\n    sudo apt install python{major}.{minor}-venv\n(elsewhere: install Python from"
    " python.org, or the program uv), then run the same command again."
)
NOT_A_VENV = (
    "{venv} is in the way: the course keeps its packages in a folder of that name, and this is something else."
    " Rename or remove it, then run the same command again."
)
OLD_VENV = (
    "The folder {venv} holds Python {found}, and the course needs 3.11 or later. Rename or remove that folder; the same"
    " command then makes a new one."
)
INSTALLING_ELSEWHERE = (
    "Another course.py is installing into {venv} right now. Wait until it is done, then run the same command again."
)


def install(root: Path, venv: Path, *, tests: bool) -> None:
    """Bring .venv to what the files of the course ask for and write the stamp."""
    if venv.exists() and not venv.is_dir():
        raise Trouble(NOT_A_VENV.format(venv=venv))
    venv.mkdir(exist_ok=True)
    marker_was_there = (venv / MARKER).exists()
    with Lock(venv / MARKER) as lock:
        if not lock.held:
            raise Trouble(INSTALLING_ELSEWHERE.format(venv=venv))
        if is_complete(str(root), tests=tests):  # by another call, between our first look and the lock
            lock.remove()
            return
        stamp = stamp_of(venv)
        interrupted = marker_was_there and not stamp
        if not interrupted:
            try:
                refuse_what_is_not_ours(venv)
            except Trouble:
                lock.remove()
                raise
        Path(venv, STAMP).unlink(missing_ok=True)
        stamp = prepare_folder(venv, stamp, interrupted=interrupted)
        try:
            fill(root, venv, stamp, tests=tests)
        except installer.NothingChanged:
            if stamp:  # what was complete for older pins, or without the tests' packages, still is
                write_stamp(venv, stamp)
            lock.remove()
            raise
        write_stamp(venv, stamp)
        lock.remove()


def refuse_what_is_not_ours(venv: Path) -> None:
    """Raise where the folder holds something else than an environment, or one of too old a Python."""
    content = {entry.name for entry in venv.iterdir()} - {MARKER}
    if content and not content & {"pyvenv.cfg", STAMP, "bin", "Scripts", "lib", "Lib"}:
        raise Trouble(NOT_A_VENV.format(venv=venv))
    version = version_of(venv)
    if version is not None and tuple(map(int, version.split("."))) < OLDEST_PYTHON:
        raise Trouble(OLD_VENV.format(venv=venv, found=version))


def prepare_folder(venv: Path, stamp: dict[str, str], *, interrupted: bool) -> dict[str, str]:
    """Leave a working environment in `venv`; return the stamp of what is in it."""
    version = version_of(venv)
    if interrupted:
        print("An earlier installation did not finish; it is done again (what was fetched is kept).", flush=True)
    if interrupted or version is None or (stamp and stamp.get("python") != version):
        sweep(venv)
        create(venv)
        stamp = {}
    if subprocess.run([python_of(venv), "-I", "-c", "import pip"], capture_output=True, check=False).returncode != 0:
        installer.run([str(python_of(venv)), "-I", "-m", "ensurepip", "--default-pip"], "pip could not be set up")
    return stamp


def sweep(venv: Path) -> None:
    """Empty the folder, but for the marker that says an installation is under way."""
    for entry in venv.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()


def create(venv: Path) -> None:
    """Make the virtual environment, with uv where it is there and the standard library otherwise."""
    # Called by the environment's own Python, sys.executable may just have been swept away; its base has not.
    python = getattr(sys, "_base_executable", None) or sys.executable
    print(f"Making the folder .venv for the course's packages (Python {sys.version.split()[0]}).", flush=True)
    uv = shutil.which("uv")
    if uv:
        command = [uv, "venv", "--quiet", "--seed", "--allow-existing", "--python", python, str(venv)]
        with suppress(Trouble):
            return installer.run(command, "uv could not make the environment")
    require_venv_module()
    installer.run([python, "-m", "venv", str(venv)], "The virtual environment could not be made")
    return None


def require_venv_module() -> None:
    """Raise where this Python lacks what makes environments."""
    for module in ("venv", "ensurepip"):
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:  # an empty folder of that name is no module
            major, minor = sys.version_info[:2]
            raise Trouble(NO_VENV_MODULE.format(python=sys.executable, module=module, major=major, minor=minor))


def fill(root: Path, venv: Path, stamp: dict[str, str], *, tests: bool) -> None:
    """Install what differs from `stamp`, and bring `stamp` up to date step by step."""
    target, python = wanted(root), str(python_of(venv))
    moved_from = stamp.get("root", str(root))
    if stamp.get("packages") != target["packages"]:
        print(
            "Installing the packages of the course. Once only; it takes a few minutes and needs the network.",
            flush=True,
        )
        installer.packages(python, root / FILES["packages"])
        stamp.pop("tests", None)
        installer.check(python, root / FILES["packages"])
    if moved_from != str(root):
        point_scripts_here(venv, moved_from, str(root))
    if (stamp.get("project"), stamp.get("root")) != (target["project"], target["root"]):
        installer.project(python, root)
    stamp.update({key: target[key] for key in ("packages", "project", "root")}, python=version_of(venv) or "")
    if tests and stamp.get("tests") != target["tests"]:
        print("Installing what the tests use.", flush=True)
        installer.packages(python, root / FILES["tests"], with_pip=True)
        installer.check(python, root / FILES["tests"])
        stamp["tests"] = target["tests"]


def point_scripts_here(venv: Path, old_root: str, root: str) -> None:
    """Correct the folder's address in the environment's scripts after it was moved, so that moving needs no network.

    Windows keeps the address inside .exe files, which stay as they are: there `python -m NAME` replaces them.
    """
    old, new = os.path.join(old_root, ".venv").encode(), str(venv).encode()
    for script in python_of(venv).parent.iterdir():
        if script.is_symlink() or not script.is_file() or script.suffix == ".exe":
            continue
        content = script.read_bytes()
        if b"\0" in content or old not in content:
            continue
        first, _, rest = content.replace(old, new).partition(b"\n")
        if first.startswith(b"#!" + new) and b" " in first:
            # A first line cannot hold a space: to the shell these two lines call Python, to Python they are a string.
            first = b"#!/bin/sh\n'''exec' \"" + first[2:] + b'" "$0" "$@"\n\' \'\'\''
        script.write_bytes(first + b"\n" + rest)
