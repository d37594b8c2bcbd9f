"""Do pyproject.toml, environment.yml and the pins say the same?"""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RANGES = {canonicalize_name(r.name): r.specifier for r in map(Requirement, PROJECT["dependencies"])}
TEST_RANGES = {
    canonicalize_name(r.name): r.specifier for r in map(Requirement, PROJECT["optional-dependencies"]["test"])
}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def pins(path):
    """Name -> version of the lines of a requirements file that hold for this platform and Python."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "==" in line and line[0] != "#"]
    requirements = [r for r in map(Requirement, lines) if r.marker is None or r.marker.evaluate()]
    return {canonicalize_name(r.name): next(iter(r.specifier)).version for r in requirements}


COURSE_PINS = pins(ROOT / "requirements.txt")
TEST_PINS = pins(ROOT / "tests" / "requirements.txt")


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_line_is_an_exact_pin_without_an_address(file):
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and line != "-r ../requirements.txt":
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+( ; .+)?", line), line
        assert "://" not in line
        assert "--" not in line.split(";")[0]


@pytest.mark.parametrize(("ranges", "pinned"), [(RANGES, COURSE_PINS), (TEST_RANGES, TEST_PINS | COURSE_PINS)])
def test_pins_lie_within_the_ranges(ranges, pinned):
    for name, specifier in ranges.items():
        assert name in pinned, f"{name} has no pin: run `python tools/pins.py`"
        assert specifier.contains(pinned[name]), f"{name} is pinned to {pinned[name]}, outside of {specifier}"


def test_conda_names_the_same_packages_in_the_same_ranges():
    conda = {r.name: r.specifier for r in (Requirement(d) for d in CONDA["dependencies"] if isinstance(d, str))}
    assert conda.pop("python") == Requirement(f"python{PROJECT['requires-python']}").specifier
    conda.pop("pip")
    assert conda == RANGES


def test_conda_takes_only_conda_forge_and_the_project_by_pip():
    assert CONDA["channels"] == ["conda-forge"]
    assert [d["pip"] for d in CONDA["dependencies"] if isinstance(d, dict)] == [["-e ."]]


def test_everything_the_course_pulls_in_is_pinned():
    """Walk the installed distributions from the project's own dependencies on."""
    waiting, seen = [Requirement(d) for d in PROJECT["dependencies"]], set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, tuple(requirement.extras)) in seen:
            continue
        seen.add((name, tuple(requirement.extras)))
        assert name in COURSE_PINS, f"{name} is not pinned"
        for line in importlib.metadata.requires(name) or []:
            needed = Requirement(line)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(needed)
    assert len(seen) > len(RANGES)


def test_what_is_installed_is_what_is_pinned():
    for name, version in (COURSE_PINS | TEST_PINS).items():
        assert importlib.metadata.version(name).split("+")[0] == version, name
