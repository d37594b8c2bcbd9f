"""`course.py doctor`: what works on this machine and what does not, one line each, with the remedy.

    OK       it works
    note     a learner can work all the same; the line says who needs it
    problem  a learner could not work; the line says what to do

It changes nothing, and exits 1 where there is a problem.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools import build, environment, installer, lab, system_packages, venv
from tools.trouble import Trouble

ROOM_TO_INSTALL, ROOM_TO_WORK = 1.5e9, 100e6
IMPORTS = "import numpy, matplotlib, jupyterlab, nbgrader, ipywidgets, sklearn, tqdm, helpers; print(helpers.__file__)"


class Finding(NamedTuple):
    """One line of the report."""

    state: str
    subject: str
    text: str


def main(root: str, arguments: list[str]) -> int:
    """Print the report; return 1 where a learner could not work."""
    if arguments:
        print(__doc__, end="")
        return 0 if arguments[0] in ("-h", "--help") else 2
    problems = 0
    for finding in findings(Path(root)):
        problems += finding.state == "problem"
        print(f"{finding.state:<9}{finding.subject:<14}{finding.text}", flush=True)
    print("Something above keeps you from working." if problems else "All a learner needs is here.")
    return 1 if problems else 0


def findings(root: Path) -> Iterator[Finding]:
    """Yield everything looked at, in the order in which it would stop a learner."""
    yield Finding("OK", "Python", f"{sys.version.split()[0]} ({sys.executable})")
    conda = environment.in_conda_environment(str(root))
    complete = conda or venv.is_complete(str(root))
    if conda:
        yield Finding("OK", "environment", f"conda, in {sys.prefix}")
    else:
        yield from look_at_venv(root, complete)
    if complete:
        yield from look_at_packages(root, Path(sys.executable) if conda else venv.python_of(root / ".venv"))
    else:
        yield look_for_packages_to_fetch(root)
    yield look_at_disk(root, ROOM_TO_WORK if complete else ROOM_TO_INSTALL)
    yield from look_at_writing(root, complete)
    yield look_at_port()
    for name in ("bubblewrap", "chromium"):
        yield look_at_program(name)


def look_at_venv(root: Path, complete: bool) -> Iterator[Finding]:
    """Yield whether .venv is complete, missing, interrupted, older than the pins, or something else."""
    folder, again = root / ".venv", "`python3 course.py lab` does that."
    if complete:
        yield Finding("OK", ".venv", f"Python {venv.version_of(folder)}, complete")
        return
    if folder.exists():
        try:
            if not folder.is_dir():
                raise Trouble(build.NOT_A_VENV.format(venv=folder))
            if not venv.was_interrupted(folder):
                build.refuse_what_is_not_ours(folder)
        except Trouble as trouble:
            yield Finding("problem", ".venv", str(trouble))
            return
    if venv.was_interrupted(folder):
        yield Finding(
            "note", ".venv", f"an installation did not finish, or is going on; it has to be done again: {again}"
        )
    elif venv.stamp_of(folder):
        yield Finding(
            "note", ".venv", f"the course changed since it was made; it has to be brought up to date: {again}"
        )
    else:
        yield Finding("note", ".venv", f"not made yet: {again}")
    if not shutil.which("uv") and venv.version_of(folder) is None:
        try:
            build.require_venv_module()
        except Trouble as trouble:
            yield Finding("problem", "venv module", str(trouble))


def look_at_packages(root: Path, python: Path) -> Iterator[Finding]:
    """Yield whether the pins are there and whether the packages really import."""
    pins = installer.differences(str(python), root / "requirements.txt")
    remedy = f"{python} -m pip install -r requirements.txt"
    missing = [line for line in pins if " is missing " in line]
    if missing:
        yield Finding("problem", "packages", f"{'; '.join(missing)}. Remedy: {remedy}")
    elif pins:
        yield Finding("note", "packages", f"not the course's versions: {'; '.join(pins)}. To have them: {remedy}")
    else:
        yield Finding("OK", "packages", "all pins of requirements.txt")
    trial = subprocess.run(
        [python, "-c", IMPORTS],
        capture_output=True,
        text=True,
        check=False,
        cwd=tempfile.gettempdir(),  # where `import helpers` finds what is installed, not what lies around
        env=installer.clean_environment(),
    )
    where = Path(trial.stdout.strip() or os.devnull).parent
    if trial.returncode != 0:
        said = (trial.stderr.strip().splitlines() or ["no word"])[-1]
        yield Finding(
            "problem", "imports", f"the packages do not import ({said}). Remedy: remove .venv, then course.py lab"
        )
    elif where.resolve() != (root / "helpers").resolve():
        yield Finding(
            "problem",
            "imports",
            f"`import helpers` reads {where}, not this folder. Remedy: {python} -m pip install -e .",
        )
    else:
        yield Finding(
            "OK", "imports", "NumPy, Matplotlib, JupyterLab, nbgrader, ipywidgets, scikit-learn, the course's helpers"
        )


def look_for_packages_to_fetch(root: Path) -> Finding:
    """Say whether packages could be fetched now, by asking for one without keeping it."""
    pin = next(
        line for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines() if line.startswith("tqdm")
    )
    asking = ["--dry-run", "--no-deps", "--quiet"]
    if shutil.which("uv"):
        command = ["uv", "pip", "install", *asking, "--python", sys.executable, "--reinstall", pin]
    elif subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        command = [sys.executable, "-m", "pip", "install", *asking, "--ignore-installed", "--retries", "1", pin]
    else:
        return Finding("note", "network", "not tried: this Python has no pip to try it with")
    try:
        installer.run(command, "A package could not be fetched")
    except Trouble as trouble:
        return Finding("problem", "network", str(trouble))
    return Finding("OK", "network", "packages can be fetched")


def look_at_disk(root: Path, needed: float) -> Finding:
    """Say whether there is room."""
    free = shutil.disk_usage(root).free
    if free < needed:
        text = f"{free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB needed. Free some, or copy the course to another disk."
        return Finding("problem", "disk", text)
    return Finding("OK", "disk", f"{free / 1e9:.0f} GB free")


def look_at_writing(root: Path, complete: bool) -> Iterator[Finding]:
    """Yield whether files can be written where the course must write."""
    try:
        workspace = lab.workspace_of(root, None)
    except Trouble as trouble:
        yield Finding("problem", "workspace", str(trouble))
        return
    places = {"workspace": workspace} if complete else {"course folder": root, "workspace": workspace}
    for subject, place in places.items():
        existing = next(folder for folder in (place, *place.parents) if folder.exists())
        try:
            with tempfile.TemporaryFile(dir=existing):
                yield Finding("OK", subject, f"{place} can be written")
        except OSError as error:
            remedy = (
                "Copy the course to a folder of your own" if place == root else "Name another place in COURSE_WORKSPACE"
            )
            yield Finding("problem", subject, f"{place} cannot be written ({error.strerror}). {remedy}.")


def look_at_port() -> Finding:
    """Say which port Lab will listen on; it looks for a free one itself."""
    for port in range(lab.DEFAULT_PORT, lab.DEFAULT_PORT + 50):
        try:
            lab.require_free(lab.DEFAULT_IP, port)
        except (OSError, Trouble):
            continue
        taken = "" if port == lab.DEFAULT_PORT else f" ({lab.DEFAULT_PORT} is taken, Lab finds the next one by itself)"
        return Finding("OK", "port", f"{port} is free{taken}")
    return Finding(
        "problem", "port", "none of 50 ports is free. Close other Labs, or choose one: course.py lab --port 9000"
    )


def look_at_program(name: str) -> Finding:
    """Say whether a system program is there; learners need none of them."""
    path = system_packages.find(name)
    if path:
        return Finding("OK", name, path)
    purpose = f"{system_packages.WHAT_FOR[name]}; learners do not need it"
    if name == "bubblewrap" and shutil.which("bwrap"):
        return Finding("note", name, f"is there, but this system does not let it make a sandbox ({purpose})")
    return Finding("note", name, f"not found ({purpose}): {system_packages.how_to_install(name)}")
