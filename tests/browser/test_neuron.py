"""Does the neuron do in a browser what its buttons and keys say, and leave a picture behind?"""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
TITLE = "A neuron to tune by hand"
CELL = """
from helpers import data, widgets
birds = data.penguins()
X, mean, sd = data.standardize(birds.X)
widgets.Neuron(X, birds.Y, mean=mean, sd=sd, feature_names=birds.feature_names, class_names=birds.class_names)
"""


@pytest.fixture
def notebook(scratch):
    return scratch(CELL)


@pytest.fixture
def neuron(notebook):
    return notebook.interactive(TITLE)


def test_keys_move_its_weights_and_buttons_train_it(neuron) -> None:
    neuron.press("w1", "ArrowRight")
    assert neuron.control("w1").input_value() == "1.1"
    neuron.press("w2", "PageUp")
    assert float(neuron.control("w2").input_value()) > 1.5
    neuron.press("zeros", "Enter")
    neuron.wait_for_words("there is no line")
    neuron.press("many", "Space")
    neuron.wait_for_words("Cost J = 0.1")
    expect(neuron.control("w1")).not_to_have_value("0")


def test_a_backward_that_gives_nan_is_told_and_moves_nothing(scratch) -> None:
    neuron = scratch(
        CELL.replace("from helpers", "import numpy as np\nfrom helpers").replace(
            "mean=mean", 'backward=lambda X, A, Y: {"dW1": np.full((1, 2), np.nan), "db1": [[0.0]]}, mean=mean'
        )
    ).interactive(TITLE)
    errors = []
    neuron.page.on("pageerror", lambda error: errors.append(error))
    neuron.press("one", "Enter", redraws=False)
    neuron.panel.locator(".problem > p", has_text="backward: dW1 gave an array").wait_for()
    assert neuron.control("w1").input_value() == "1"
    neuron.press("w1", "ArrowRight")
    expect(neuron.panel.locator(".problem > p")).to_have_text("")
    assert errors == []


def test_words_are_announced_when_the_changes_pause(neuron) -> None:
    words = neuron.panel.get_by_role("status")
    assert words.get_attribute("aria-live") == "polite"
    neuron.press("w1", "ArrowLeft")
    neuron.panel.locator(".words[aria-busy='false']").wait_for()


def test_a_saved_notebook_shows_a_still_picture_until_it_is_run_again(
    notebook, chromium, address: str, lab_folder: Path
) -> None:
    expect(notebook.panel.locator(".course-still")).to_be_hidden()
    saved = lab_folder / "workspace/notebooks" / Path(notebook.page.url.split("?")[0]).name
    for _ in range(5):
        notebook.menu("File", "Save Notebook")
        notebook.page.wait_for_timeout(1500)
        if "course-still" in saved.read_text("utf-8"):
            break
    # Under another name, so that Lab finds no kernel that still knows the interactive.
    shutil.copy(saved, saved.with_name("reopened.ipynb"))
    page = chromium.new_page()
    reopened = browser.Notebook(page, address, "notebooks/reopened.ipynb")
    still = reopened.panel.locator(".course-still")
    still.scroll_into_view_if_needed()
    assert "run the cell" in still.locator("figcaption").text_content()
    assert still.locator("img").get_attribute("alt")
    page.wait_for_timeout(500)
    assert reopened.panel.get_by_text("Error displaying widget").filter(visible=True).count() == 0
    page.close()


LOOPING = """
from helpers import data, network, widgets
once = [1]
def forward(X, parameters):
    if once and parameters["W1"][0, 0] > 1.5:
        once.clear()
        while True:
            pass
    return network.predict(X, parameters)
X = data.standardize(data.penguins().X)[0]
widgets.Neuron(X, data.penguins().Y, forward=forward)
"""


def test_an_endless_loop_of_the_learners_is_ended_by_interrupt(scratch) -> None:
    """Lab would run what a control asks for in a thread of its own, which no interrupt reaches."""
    notebook = scratch(LOOPING)
    neuron = notebook.interactive(TITLE)
    told = neuron.panel.get_by_role("alert")
    for _ in range(5):
        neuron.press("w1", "ArrowRight")
    neuron.press("w1", "ArrowRight", redraws=False)  # from 1.5 to 1.6, and nothing after it that would mend the picture
    notebook.page.wait_for_timeout(2000)
    notebook.menu("Kernel", "Interrupt Kernel")
    told.get_by_text("Interrupted before it was done").wait_for()
    neuron.press("w1", "ArrowRight")
    expect(told).to_be_hidden()
