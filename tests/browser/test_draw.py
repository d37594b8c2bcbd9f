"""Is a digit drawn with the mouse, and one drawn with the keyboard, read by a network of the course?"""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
TITLE = "Draw a digit"
CELL = """
import numpy as np
from helpers import data, network, training, widgets

digits = data.digits()
start = network.initialize([64, 32, 10], np.random.default_rng(0))
how = {"learning_rate": 0.5, "steps": 1000, "batch_size": 50, "rng": np.random.default_rng(1), "output": "softmax"}
net = training.train(digits.X, data.one_hot(digits.Y, 10), start, **how).parameters
widgets.Draw(lambda X: network.predict(X, net, output="softmax"), examples=digits.X)
"""
SEVEN = [(0.3, 0.17), (0.7, 0.17), (0.45, 0.85)]


def says(digit: str) -> re.Pattern[str]:
    return re.compile(rf"^The network (?:says|is unsure:) {digit}")


@pytest.fixture(scope="module")
def drawing(chromium, address, lab_folder):
    """One for all: training takes longer than drawing."""
    notebook = new_notebook(cells=[new_code_cell(CELL)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab_folder / "workspace" / "notebooks" / "scratch_draw.ipynb")
    page = chromium.new_page(viewport={"width": 1366, "height": 1000})
    page.set_default_timeout(30_000)
    opened = browser.Notebook(page, address, "notebooks/scratch_draw.ipynb")
    opened.run_all()
    yield opened.interactive(TITLE)
    opened.shut_down()
    page.close()


@pytest.fixture
def empty(drawing):
    """Nothing is drawn."""
    drawing.press("clear", "Enter")
    drawing.wait_for_words("Nothing is drawn yet")
    return drawing


def pad(drawing):
    return drawing.panel.get_by_role("application")


def by_mouse(drawing, points) -> None:
    box, mouse = pad(drawing).bounding_box(), drawing.page.mouse
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    mouse.move(*places[0])
    mouse.down()
    for place in places[1:]:
        mouse.move(*place, steps=12)
    mouse.up()


def test_a_digit_drawn_with_the_mouse_is_read(empty, screenshot) -> None:
    by_mouse(empty, SEVEN)
    empty.wait_for_words(says("7"))
    assert re.search(r"\d\u00a0%", empty.words), "a percent sign would begin a line"
    screenshot(empty.panel, "draw_mouse")
    empty.press("undo", "Enter")
    empty.wait_for_words("Nothing is drawn yet")


def test_a_digit_drawn_with_the_keyboard_is_read(empty, screenshot) -> None:
    keyboard = empty.page.keyboard
    pad(empty).focus()
    for key in ["ArrowUp"] * 2 + ["Space"] + ["ArrowDown"] * 18:
        keyboard.press(key)
    empty.wait_for_words("The pen is down, in row 8")
    empty.wait_for_words(says("1"))
    screenshot(empty.panel, "draw_keyboard")
    keyboard.press("Space")
    empty.wait_for_words("The pen is up")
    keyboard.press("Delete")
    empty.wait_for_words("Nothing is drawn yet")
    expect(empty.panel.locator(".problem")).to_be_hidden()


def test_keys_of_the_field_are_not_taken_by_the_notebook(empty) -> None:
    cells = empty.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    before = cells.count()
    pad(empty).focus()
    for key in ("a", "b", "d", "d", "ArrowDown", "Space", "End", "Space"):
        empty.page.keyboard.press(key)
    assert cells.count() == before
    assert empty.page.evaluate("document.activeElement.getAttribute('role')") == "application"
    # Tab leaves it again.
    empty.page.keyboard.press("Tab")
    assert empty.page.evaluate("document.activeElement.getAttribute('role')") != "application"


FLAKY = """
import numpy as np
from helpers import widgets

def flaky(X):
    if X.sum() > 9:
        raise ValueError("too much ink")
    return np.full((10, 1), 0.1)

widgets.Draw(flaky, strokes=[])
"""


def test_it_is_read_again_after_the_same_error_twice(scratch) -> None:
    drawing = scratch(FLAKY).interactive(TITLE)
    keyboard, problem = drawing.page.keyboard, drawing.panel.locator(".problem")
    pad(drawing).focus()
    for key in ["Space", *["ArrowDown"] * 10]:
        keyboard.press(key)
    problem.wait_for()
    drawing.page.wait_for_timeout(500)
    for key in ("Delete", "Space"):  # a dot has little ink
        keyboard.press(key)
    problem.wait_for(state="hidden")
    drawing.wait_for_words("The pen is down")


@pytest.mark.parametrize("width", [400, 1600])
def test_fits_a_page_of(empty, screenshot, width: int) -> None:
    empty.page.set_viewport_size({"width": width + 600, "height": 1000})
    empty.panel.evaluate(f"node => {{ node.style.width = node.style.maxWidth = '{width}px'; }}")
    by_mouse(empty, SEVEN)
    empty.wait_for_words("The network")
    empty.page.wait_for_timeout(500)
    assert empty.panel.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    screenshot(empty.panel, f"draw_{width}")
    empty.panel.evaluate("node => { node.style.width = node.style.maxWidth = ''; }")
    empty.page.set_viewport_size({"width": 1366, "height": 1000})
