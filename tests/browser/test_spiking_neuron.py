"""Does the spiking neuron's own picture move smoothly, stop when told, and keep to theme and wishes for less motion?"""

import pytest

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

CELL = "from helpers import widgets\nwidgets.SpikingNeuron()"
TITLE = "A spiking neuron in slow motion"
PIXELS = "canvas => canvas.toDataURL()"
# How many different pictures the canvas holds in half a second.
MOVES = """async canvas => {
    const seen = new Set();
    const end = performance.now() + 500;
    while (performance.now() < end) {
        seen.add(canvas.toDataURL());
        await new Promise(requestAnimationFrame);
    }
    return seen.size;
}"""


# The bytes of a part of the canvas: x, y, width and height in CSS pixels.
PART = "(canvas, box) => [...canvas.getContext('2d').getImageData(...box.map(v => v * devicePixelRatio)).data]"


@pytest.fixture
def notebook(scratch):
    return scratch(CELL)


def test_plays_between_the_ticks_and_stops(notebook) -> None:
    neuron = notebook.interactive(TITLE)
    assert neuron.picture.evaluate(MOVES) == 1
    neuron.press("play", "Enter")
    neuron.wait_for_frame(neuron.frame() + 3)
    before = neuron.frame()
    moves = neuron.picture.evaluate(MOVES)
    assert moves > 3
    assert moves >= neuron.frame() - before
    neuron.press("play", "Enter", redraws=False)
    neuron.wait_for_words("Now, at")
    notebook.page.wait_for_timeout(500)
    assert neuron.picture.evaluate(MOVES) == 1


def test_a_pulse_is_seen_on_its_way_by_keyboard_alone(notebook) -> None:
    neuron = notebook.interactive(TITLE)
    neuron.press("again", "Enter")
    told, pictures = [], []
    for _ in range(12):
        neuron.press("leap", "Enter")
        told.append(neuron.picture.get_attribute("aria-label"))
        pictures.append(neuron.picture.evaluate(PIXELS))
    assert neuron.picture.get_attribute("role") == "img"
    assert ["pulses on the way: 1)" in text for text in told].count(True) == 3
    assert len(set(pictures)) == 12


def test_the_theme_gives_its_colours(notebook, screenshot) -> None:
    neuron = notebook.interactive(TITLE)
    pictures = []
    for theme in browser.THEMES:
        notebook.theme(theme)
        pictures.append(neuron.picture.evaluate(PIXELS))
        screenshot(neuron.panel, f"spiking_neuron_{theme.split()[-1].lower()}")
    assert pictures[0] != pictures[1]


def test_who_wants_less_motion_gets_steps(notebook) -> None:
    notebook.page.emulate_media(reduced_motion="reduce")
    neuron = notebook.interactive(TITLE)
    neuron.press("play", "Enter")
    before = neuron.frame()
    moves = neuron.picture.evaluate(MOVES)
    assert 1 < moves <= neuron.frame() - before + 1


def test_numbers_and_names_are_whole_and_nothing_runs_through_them(notebook, screenshot) -> None:
    neuron = notebook.interactive(TITLE)
    width = neuron.picture.evaluate("canvas => canvas.clientWidth")
    names = [round(0.58 * width) + 56, 188, 90, 48]
    before = neuron.picture.evaluate(PART, names)
    assert any(before)
    neuron.press("current", "ArrowRight")
    assert neuron.picture.evaluate(PART, names) == before, "the line of the present current"
    neuron.panel.evaluate("node => { node.style.width = node.style.maxWidth = '400px'; }")
    notebook.page.wait_for_timeout(500)
    width = neuron.picture.evaluate("canvas => canvas.clientWidth")
    assert any(neuron.picture.evaluate(PART, [width - 30, 424, 30, 16])), "the last number of the time axis"
    assert not any(neuron.picture.evaluate(PART, [width - 2, 424, 2, 16])), "it is cut"
    screenshot(neuron.panel, "spiking_neuron_400")
