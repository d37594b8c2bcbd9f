"""Is a test that needs a missing system package skipped, named at the end, and in CI a failure?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest

@pytest.mark.needs("bubblewrap")
def test_in_a_sandbox():
    pass

@pytest.mark.needs("chromium")
def test_in_a_browser():
    pass

@pytest.mark.slow
def test_of_long_breath():
    pass

def test_of_nothing():
    pass
"""


@pytest.fixture
def run(tmp_path):
    """run(*arguments, **variables): these tests under our conftest, on a machine without any program on its path."""
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "no_programs").mkdir()

    def run(*arguments, **variables):
        command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
        answer = subprocess.run(
            [*command, "-p", "no:cacheprovider", *arguments, str(tmp_path)],
            env=os.environ | {"PATH": str(tmp_path / "no_programs"), "PYTHONPATH": str(ROOT)} | variables,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.returncode, answer.stdout

    return run


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_on_a_desk_it_is_skipped_and_named(run, processes):
    code, output = run(*processes, CI="")
    assert code == 0, output
    assert "bubblewrap: 1 test(s) could not run" in output
    assert "sudo apt-get install bubblewrap chromium" in output
    assert "1 passed, 3 skipped" in output.splitlines()[-1]


def test_in_ci_it_fails_and_is_named(run):
    code, output = run(CI="true")
    assert code == 1, output
    assert "The system package chromium is missing" in output
    assert "1 passed, 1 skipped, 2 errors" in output.splitlines()[-1]


def test_slow_tests_run_when_asked_for(run):
    assert "2 passed, 2 skipped" in run("--slow", CI="")[1].splitlines()[-1]
