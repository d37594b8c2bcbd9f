"""The folder .venv and what its two state files say: complete for which pins, or an installation under way.

`course-complete.json`, the stamp, is written last and says for which pins, which Python and which folder the
installation is complete; it is taken away before anything is changed. `course-installing` exists while an installation
runs and is locked by it: found unlocked and without a stamp, it is what an interrupted one left behind.
"""

import hashlib
import json
import os
import subprocess
from pathlib import Path

STAMP = "course-complete.json"
MARKER = "course-installing"
FILES = {"packages": "requirements.txt", "project": "pyproject.toml", "tests": "tests/requirements.txt"}


def python_of(venv: Path) -> Path:
    """Return where a virtual environment keeps its Python."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def version_of(venv: Path) -> str | None:
    """Return "3.11" for an environment of that Python, or None where its Python is missing or does not run."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [python_of(venv), "-I", "-S", "-c", program], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def wanted(root: Path) -> dict[str, str]:
    """Return what the stamp of a complete installation says, but for the Python."""
    digest = {name: hashlib.sha256(Path(root, name).read_bytes()).hexdigest() for name in FILES.values()}
    return {key: digest[name] for key, name in FILES.items()} | {"root": str(root)}


def stamp_of(venv: Path) -> dict[str, str]:
    """Return the stamp, empty where there is none."""
    try:
        return json.loads(Path(venv, STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def is_complete(root: str, *, tests: bool = False) -> bool:
    """Say whether .venv holds exactly what the files of the course ask for now."""
    venv, target = Path(root, ".venv"), wanted(Path(root))
    if not tests:
        del target["tests"]
    stamp = stamp_of(venv)
    return target.items() <= stamp.items() and version_of(venv) == stamp.get("python")


def was_interrupted(venv: Path) -> bool:
    """Say whether an installation began and neither ended nor goes on."""
    return (venv / MARKER).exists() and not (venv / STAMP).exists()


def write_stamp(venv: Path, stamp: dict[str, str]) -> None:
    """Write the stamp whole or not at all."""
    draft = venv / (STAMP + ".draft")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(draft, venv / STAMP)
