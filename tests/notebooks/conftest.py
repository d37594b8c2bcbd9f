"""The learner's folders, filled as `course.py lab` fills them, and each lesson run once for all the tests."""

from functools import cache
from pathlib import Path

import pytest

from tools import lessons, workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with notebooks/ and assignments/."""
    place = tmp_path_factory.mktemp("workspace")
    workspace.synchronise(ROOT, place)
    return place


@pytest.fixture(scope="session")
def executed(learner: Path):
    """path -> the lesson's run in a fresh kernel; a lesson that fails raises again for each test that asks."""
    return cache(lambda path: lessons.run(path, learner / "notebooks"))
