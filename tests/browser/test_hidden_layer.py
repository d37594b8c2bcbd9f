"""Do the sliders of a hidden layer stay those of the chosen unit, however fast the keys come?"""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
CELL = """
import numpy as np
from helpers import data, widgets
moons = data.moons(200, np.random.default_rng(0))
parameters = {"W1": [[2.0, -1.0], [1.0, 0.5]], "b1": [[0.0], [1.0]], "W2": [[3.0, -2.0]], "b2": [[0.5]]}
widgets.HiddenLayer(moons.X, moons.Y, parameters)
"""
UNIT_1, UNIT_2 = "Unit 1 sees 2.00 · x₁ − 1.00 · x₂ + 0.00", "Unit 2 sees 1.00 · x₁ + 0.50 · x₂ + 1.00"
# What the keys Down, Tab and Right do, before anything of the kernel can arrive.
AT_ONCE = """panel => {
    const [unit, w1] = ["unit", "w1"].map((name) => panel.querySelector(`[data-control='${name}']`));
    unit.value = "2";
    unit.dispatchEvent(new Event("change"));
    w1.stepUp();
    w1.dispatchEvent(new Event("input"));
}"""


def test_a_key_that_follows_a_choice_at_once_copies_no_weights(scratch) -> None:
    layer = scratch(CELL).interactive("What each hidden unit sees")
    layer.wait_for_words(UNIT_1)
    layer.panel.evaluate(AT_ONCE)
    layer.wait_for_words(UNIT_2)
    layer.page.wait_for_timeout(1000)
    assert UNIT_2 in layer.words
    expect(layer.control("w1")).to_have_value("1")
    layer.press("w1", "ArrowRight")
    layer.wait_for_words("Unit 2 sees 1.10 · x₁")
    layer.press("unit", "ArrowUp")
    layer.wait_for_words(UNIT_1)
    expect(layer.control("w1")).to_have_value("2")
