"""Refresh the exact pins: `python -m tools.pins` writes both requirements.txt from the ranges in pyproject.toml.

Versions already pinned stay as long as pyproject's ranges allow them; `--upgrade` takes the newest of everything and
`--upgrade-package NAME` of one package. It needs uv (`pip install uv`), which resolves for every platform and every
Python the course supports in one go and writes the differences as environment markers.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"

# The release of PyTorch that has a CPU build where the tests run; the tests' oracle, never needed by a learner.
FIXED_FOR_TESTS = ["torch==2.13.0"]

# On Linux a registry's own torch is the CUDA build. It names each of these in the exact version it wants, so pip finds
# them without our help where that build is installed, and a CPU build of torch is not burdened with gigabytes of them.
LEFT_TO_TORCH = re.compile(r"(nvidia-|cuda-|triton)")

COURSE_HEADER = """\
# Exact versions of everything the course installs, for every platform and Python 3.11 or later.
# Written by `python -m tools.pins` from the ranges in pyproject.toml: change those, then run it again.
"""
TESTS_HEADER = """\
# Exact versions of what the tests use beside the course; written by `python -m tools.pins` like ../requirements.txt.
# Installed with pip, never uv: torch is an oracle and is wanted in its CPU build, which pip takes where its own
# configuration offers one. On Linux a plain registry serves the CUDA build of the same release: several gigabytes
# more, the same numbers.
-r ../requirements.txt
"""


def compiled(uv: list[str], previous: Path, constraints: list[str], *arguments: str) -> list[str]:
    """Return the pins that uv resolves from pyproject.toml, keeping those of `previous` where it can."""
    with tempfile.TemporaryDirectory() as folder:
        output, limits = Path(folder, "out.txt"), Path(folder, "limits.txt")
        old = previous.read_text(encoding="utf-8") if previous.exists() else ""
        output.write_text("".join(line for line in old.splitlines(True) if "==" in line), encoding="utf-8")
        limits.write_text("\n".join(constraints), encoding="utf-8")
        command = [*uv, "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST_PYTHON]
        command += ["--no-annotate", "--no-header", "--constraints", str(limits), "--output-file", str(output)]
        subprocess.run([*command, *arguments, "pyproject.toml"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        return [line for line in output.read_text(encoding="utf-8").splitlines() if "==" in line]


def main(arguments: list[str]) -> None:
    """Write both files; `arguments` go to `uv pip compile`."""
    if {"-h", "--help"} & set(arguments):
        sys.exit(__doc__)
    uv = [shutil.which("uv")] if shutil.which("uv") else [sys.executable, "-m", "uv"]
    if subprocess.run([*uv, "--version"], capture_output=True, check=False).returncode != 0:
        sys.exit("tools/pins.py needs uv and does not find it. Install it: python -m pip install uv")

    course_file, tests_file = ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"
    course = compiled(uv, course_file, [], *arguments)
    everything = compiled(uv, tests_file, [*course, *FIXED_FOR_TESTS], "--all-extras", *arguments)
    beside = [line for line in everything if line not in course and not LEFT_TO_TORCH.match(line)]

    course_file.write_text(COURSE_HEADER + "\n".join(course) + "\n", encoding="utf-8", newline="\n")
    tests_file.write_text(TESTS_HEADER + "\n".join(beside) + "\n", encoding="utf-8", newline="\n")
    print(f"requirements.txt: {len(course)} pins; tests/requirements.txt: {len(beside)} more.")


if __name__ == "__main__":
    main(sys.argv[1:])
