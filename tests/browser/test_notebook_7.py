"""Do the interactives also work in Jupyter Notebook 7, whose page is another than Lab's?"""

import pytest

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
CELL = """
from helpers import data, widgets
birds = data.penguins()
X, mean, sd = data.standardize(birds.X)
widgets.Neuron(X, birds.Y, mean=mean, sd=sd)
"""


def test_an_interactive_is_driven_by_keyboard(chromium, address: str, written, screenshot) -> None:
    page = chromium.new_page(viewport={"width": 1200, "height": 1000})
    page.set_default_timeout(60_000)
    page.goto(f"{address}/notebooks/{written(CELL)}")
    browser.wait_for_kernel(page)
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    neuron = browser.Interactive(page.locator(".course-panel"))
    before = neuron.words
    neuron.press("w1", "ArrowRight")
    assert neuron.control("w1").input_value() == "1.1"
    assert neuron.words != before
    screenshot(page, "notebook_7")
    page.close()
