"""One JupyterLab and one Chromium for all browser tests; pictures land in tests/screenshots for a person to look at."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from tools import browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test in the browser gets a second try; the end of the run shows what went wrong with the first.

    A server, a kernel, a page and the other tests share two cores: now and then Lab itself then loses a click or a
    message, for no fault of what is tested. What is really broken fails twice, and a run that needs many tries fails.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


expect.set_options(timeout=30_000)  # on a machine that does other work a page may take its time
SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests' JupyterLab lives; the learner's files are in its folder workspace."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def address(lab_folder: Path) -> Iterator[str]:
    with browser.served_lab(lab_folder) as address:
        yield address


@pytest.fixture(scope="module")
def page(chromium) -> Iterator:
    """A fresh page, as wide as a laptop's screen, and tall enough for a whole quiz."""
    context = chromium.new_context(viewport={"width": 1366, "height": 1500})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def written(address: str, lab_folder: Path) -> Callable[..., str]:
    """written(*cells): a new notebook with these code cells in the learner's folder; returns its path in Lab."""

    def write(*cells: str) -> str:
        path = f"notebooks/scratch_{uuid.uuid4().hex[:8]}.ipynb"
        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, lab_folder / "workspace" / path)
        return path

    return write


@pytest.fixture
def scratch(chromium, address: str, written) -> Iterator[Callable[..., browser.Notebook]]:
    """scratch(*cells): a new notebook with these code cells, open in Lab after Run All; closed after the test."""
    notebooks = []

    def open_notebook(*cells: str, width: int = 1366, height: int = 1000) -> browser.Notebook:
        # Opened in a wide window: in a narrow one Lab's toolbar hides the mark of an idle kernel.
        page = chromium.new_page(viewport={"width": max(width, 1366), "height": height})
        page.set_default_timeout(30_000)
        notebooks.append(browser.Notebook(page, address, written(*cells)))
        notebooks[-1].run_all()
        page.set_viewport_size({"width": width, "height": height})
        return notebooks[-1]

    yield open_notebook
    for notebook in notebooks:
        notebook.shut_down()
        notebook.page.close()


@pytest.fixture(scope="session")
def screenshot() -> Callable:
    """screenshot(what, name): a page, or a part of it, into tests/screenshots/name.png; returns the bytes."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return lambda what, name: what.screenshot(path=SCREENSHOTS / f"{name}.png")
