"""Does the tree keep its own rules of style, and hold no address of a machine?"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["check", "format"])
def test_ruff(command):
    answer = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--no-cache", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-1000:]


def test_no_test_lies_outside_of_the_rooms():
    files = {path.name for path in (ROOT / "tests").glob("test_*.py")}
    assert files <= {"test_imports_one_way.py"}


def test_compiled_front_ends_name_no_host():
    """Front ends must work offline: nothing is fetched from anywhere."""
    for path in [*(ROOT / "helpers").rglob("*.js"), *(ROOT / "helpers").rglob("*.css")]:
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text(encoding="utf-8")), path
