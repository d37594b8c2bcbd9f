"""One JupyterLab and one Chromium for all browser tests; pictures land in tests/screenshots for a person to look at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools import browser

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests' JupyterLab lives; the learner's files are in its folder workspace."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def address(lab_folder: Path) -> Iterator[str]:
    with browser.served_lab(lab_folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    with browser.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def page(chromium) -> Iterator:
    """A fresh page, as wide as a laptop's screen, and tall enough for a whole quiz."""
    context = chromium.new_context(viewport={"width": 1366, "height": 1500})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def screenshot() -> Callable:
    """screenshot(what, name): a page, or a part of it, into tests/screenshots/name.png; returns the bytes."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return lambda what, name: what.screenshot(path=SCREENSHOTS / f"{name}.png")
