"""Does nbgrader's button Validate say of a learner's notebook what is wrong, and then that all is right?"""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
SECONDS = 30
WORKSPACE_PATH = "assignments/00_start_here/validated.ipynb"
ANSWERS = {
    "count-examples": "def count_examples(X):\n    return X.shape[1]",
    "feature-means": "def feature_means(X):\n    return np.mean(X, axis=0, keepdims=True)",
}
RIGHT = "def feature_means(X):\n    return np.mean(X, axis=1, keepdims=True)"


@pytest.fixture
def notebook(chromium, address: str, lab_folder: Path):
    """An assignment in the learner's folder, open in Lab: one answer is right, the other takes the wrong axis."""
    file = lab_folder / "workspace" / WORKSPACE_PATH
    handed_out = nbformat.read(file.with_name("00_start_here.ipynb"), 4)
    for cell in handed_out.cells:
        cell.source = ANSWERS.get(cell.id, cell.source)
    nbformat.write(handed_out, file)
    page = chromium.new_page(viewport={"width": 1366, "height": 1000})
    page.set_default_timeout(1000 * SECONDS)
    opened = browser.Notebook(page, address, WORKSPACE_PATH)
    yield opened
    opened.shut_down()
    page.close()


def validate(notebook: browser.Notebook):
    """Press the button; returns the dialog with the results."""
    notebook.panel.locator(".validate-button").get_by_role("button", name="Validate").click()
    dialog = notebook.page.locator(".jp-Dialog", has_text="Validation Results")
    dialog.wait_for(timeout=2000 * SECONDS)  # the whole notebook runs meanwhile
    return dialog


def test_validate_names_the_failing_cell_and_passes_once_it_is_mended(notebook, screenshot) -> None:
    results = validate(notebook)
    screenshot(notebook.page, "validate_failure")
    expect(results).to_contain_text("The following cell failed:")
    expect(results).to_contain_text('checks.check("00-feature-means", feature_means)')
    expect(results).to_contain_text("axis")
    assert "00-count-examples" not in results.inner_text()
    results.get_by_role("button", name="Ok").click()
    results.wait_for(state="detached")

    cell = notebook.panel.locator(".jp-CodeCell .cm-content", has_text="def feature_means").first
    cell.click()
    notebook.page.keyboard.press("ControlOrMeta+a")
    notebook.page.keyboard.insert_text(RIGHT)
    expect(cell).to_contain_text("axis=1")
    results = validate(notebook)
    screenshot(notebook.page, "validate_success")
    expect(results).to_contain_text("Success! Your notebook passes all the tests.")
