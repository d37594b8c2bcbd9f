"""Do pyproject.toml, environment.yml and the pins say the same?"""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import packages

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
RANGES = {canonicalize_name(r.name): r.specifier for r in map(Requirement, PROJECT["dependencies"])}
EXTRAS = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
TEST_RANGES = {canonicalize_name(r.name): r.specifier for r in map(Requirement, EXTRAS)}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


PLATFORMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11.0", "3.11.9", "3.12.4", "3.13.1", "3.14.0")
HERE = default_environment()


def lines(file):
    """The pins of one file, whatever they hold for."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return [Requirement(line) for line in text.splitlines() if "==" in line and line[0] != "#"]


def holds(requirement, environment, extra=""):
    return requirement.marker is None or requirement.marker.evaluate(environment | {"extra": extra})


def pins(file, environment):
    """Name -> version of the pins that hold in an environment; one a name."""
    held = [requirement for requirement in lines(file) if holds(requirement, environment)]
    versions = {canonicalize_name(r.name): next(iter(r.specifier)).version for r in held}
    assert len(versions) == len(held), f"{file} pins a package twice for {environment}"
    return versions


@pytest.fixture(params=[(name, python) for name in PLATFORMS for python in PYTHONS], ids=lambda pair: "-".join(pair))
def environment(request):
    """What a platform and a Python say of themselves to markers."""
    platform, python = request.param
    return HERE | PLATFORMS[platform] | {"python_version": python.rpartition(".")[0], "python_full_version": python}


COURSE_PINS = pins("requirements.txt", HERE)
TEST_PINS = pins("tests/requirements.txt", HERE)


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_line_is_an_exact_pin_without_an_address(file):
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and line != "-r ../requirements.txt":
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+( ; .+)?", line), line
        assert "://" not in line
        assert "--" not in line.split(";")[0]


def test_pins_lie_within_the_ranges(environment):
    course, tests = pins("requirements.txt", environment), pins("tests/requirements.txt", environment)
    for ranges, pinned in ((RANGES, course), (TEST_RANGES, tests | course)):
        for name, specifier in ranges.items():
            assert name in pinned, f"{name} has no pin: run `python -m tools.pins`"
            assert specifier.contains(pinned[name]), f"{name} is pinned to {pinned[name]}, outside of {specifier}"


def test_conda_names_the_same_packages_in_the_same_ranges():
    conda = {r.name: r.specifier for r in (Requirement(d) for d in CONDA["dependencies"] if isinstance(d, str))}
    assert conda.pop("python") == Requirement(f"python{PROJECT['requires-python']}").specifier
    conda.pop("pip")
    assert conda == RANGES


def test_conda_takes_only_conda_forge_and_the_project_by_pip():
    assert CONDA["channels"] == ["conda-forge"]
    assert [d["pip"] for d in CONDA["dependencies"] if isinstance(d, dict)] == [["-e ."]]


def test_all_that_is_pulled_in_is_pinned_for_every_platform(environment):
    """Follow what the installed distributions ask for, from the project's own dependencies on."""
    course = pins("requirements.txt", environment)
    waiting, seen = [Requirement(d) for d in PROJECT["dependencies"]], set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        assert name in course, f"{name} is not pinned"
        assert requirement.specifier.contains(course[name]), f"{requirement} is wanted, {course[name]} is pinned"
        if (name, tuple(requirement.extras)) in seen:
            continue
        seen.add((name, tuple(requirement.extras)))
        try:
            needed = [Requirement(line) for line in importlib.metadata.requires(name) or []]
        except importlib.metadata.PackageNotFoundError:
            assert name not in COURSE_PINS  # for another platform: what it asks for in turn can't be seen from here
            continue
        waiting += [r for r in needed if any(holds(r, environment, extra) for extra in requirement.extras or {""})]
    assert len(seen) > len(RANGES)


def test_setuptools_is_pinned_and_new_enough_to_build_the_project():
    """course.py builds without isolation, so that a folder that was moved installs without a network."""
    [needed] = [Requirement(line) for line in PYPROJECT["build-system"]["requires"]]
    assert needed.name == "setuptools"
    assert needed.specifier.contains(COURSE_PINS["setuptools"])


def test_torch_is_the_release_with_a_cpu_build_and_brings_no_cuda():
    names = {canonicalize_name(requirement.name) for requirement in lines("tests/requirements.txt")}
    assert TEST_PINS["torch"] == "2.13.0"
    assert not [name for name in names if name.startswith(("nvidia", "cuda", "triton"))]


def test_what_is_installed_is_what_is_pinned():
    for name, version in (COURSE_PINS | TEST_PINS).items():
        assert importlib.metadata.version(name).split("+")[0] == version, name


def test_the_check_that_course_py_makes_finds_each_kind_of_difference(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("pytest==0.1\nno-such-package==1\nnumpy==1 ; sys_platform == 'plan9'\n", encoding="utf-8")
    version = importlib.metadata.version("pytest")
    assert packages.differences(file) == [
        f"pytest is {version} (wanted ==0.1)",
        "no-such-package is missing (wanted ==1)",
    ]
    assert packages.differences(ROOT / "tests" / "requirements.txt") == []
