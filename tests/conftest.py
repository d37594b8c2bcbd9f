"""What all tests share: the slow ones, and those that need a system package.

`@pytest.mark.needs("chromium")` skips a test where that system package is missing; the end of the run then names the
packages and the line that installs them. With CI=true nothing may be skipped for that reason: the run fails instead.
`--slow` runs the tests marked `slow` too, the statistical ones at their full setting.
"""

import os
from collections import Counter
from functools import cache

import hypothesis
import pytest

from tools import system_packages

# No test is about how long an example takes; in CI the same examples come up each time, so that green stays green.
hypothesis.settings.register_profile("course", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("course")

MISSING = "missing system package"
find = cache(system_packages.find)


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="run the slow tests too")


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(package): a system package, by its Debian name, without which to skip")


def group_of(item):
    """What has to run in one process, because it shares what is slow to make: a file, or a part of one."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    # An open or executed lesson; the implementations of one exercise share nothing, but are many.
    part = parameters.get("lesson") or parameters.get("path")
    part = part or getattr(parameters.get("implementation"), "exercise_id", "")
    return f"{item.path.relative_to(item.config.rootpath)} {part}".strip()


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(config, items):
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group_of(item)))
        if item.get_closest_marker("slow") and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="slow; --slow runs it"))


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a process, in which Playwright can be started but once."""
    from tools import browser

    with browser.chromium() as chromium:
        yield chromium


def pytest_runtest_setup(item):
    for marker in item.iter_markers("needs"):
        (package,) = marker.args
        if find(package) is None:
            item.user_properties.append((MISSING, package))
            if os.environ.get("CI") == "true":
                pytest.fail(
                    f"The system package {package} is missing, and in CI no test may be left out.", pytrace=False
                )
            pytest.skip(f"needs the system package {package}")


def pytest_terminal_summary(terminalreporter):
    # From the reports, because with pytest-xdist the tests ran in other processes.
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    properties = [pair for r in reports if getattr(r, "when", "") == "setup" for pair in r.user_properties]
    missing = Counter(package for name, package in properties if name == MISSING)
    if missing:
        terminalreporter.section("system packages that are missing")
        for package, count in sorted(missing.items()):
            terminalreporter.write_line(f"{package}: {count} test(s) could not run")
        terminalreporter.write_line(f"Debian, Ubuntu: {system_packages.how_to_install(*missing)}")
