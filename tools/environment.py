"""Which Python runs the course, and handing over to it."""

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

from tools import build, installer, venv

DISTRIBUTION = "neurons-to-networks"


def ensure(root: str, *, tests: bool = False) -> str:
    """Return the Python that has the course (and, for `tests`, what the tests use), installing what is missing."""
    if not tests and in_conda_environment(root):
        print(f"Using the conda environment {sys.prefix}.", flush=True)
        return sys.executable
    folder = Path(root, ".venv")
    if not venv.is_complete(root, tests=tests):
        build.install(Path(root), folder, tests=tests)
    return str(venv.python_of(folder))


def in_conda_environment(root: str) -> bool:
    """Say whether this Python is a conda environment in which environment.yml has installed this very folder."""
    if not os.path.isdir(os.path.join(sys.prefix, "conda-meta")):
        return False
    # The folder itself is left out: setuptools keeps a description of the project there, installed or not.
    elsewhere = [folder for folder in sys.path if os.path.realpath(folder) != root]
    for distribution in importlib.metadata.distributions(name=DISTRIBUTION, path=elsewhere):
        origin = json.loads(distribution.read_text("direct_url.json") or "{}")
        return origin.get("url") == Path(root).as_uri()
    return False


def hand_over(python: str, arguments: list[str], variables: dict[str, str]) -> None:
    """Become `python` with `arguments`; the environment's own programs come first on the path."""
    scripts = os.path.dirname(python)
    environment = installer.clean_environment() | variables
    environment["PATH"] = scripts + os.pathsep + environment.get("PATH", os.defpath)
    if os.path.basename(os.path.dirname(scripts)) == ".venv":
        environment["VIRTUAL_ENV"] = os.path.dirname(scripts)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(python, [python, *arguments], environment)
    # Windows cannot replace a process: wait for the child, which gets each Ctrl-C as we do and decides on it.
    child = subprocess.Popen([python, *arguments], env=environment)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue
