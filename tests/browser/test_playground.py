"""Is the playground trained by keyboard alone, paused at once, brought back from its line; do own functions train?"""

import itertools
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.helpers.widgets import learners_network

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
TITLE = "The playground"
CELL = "from helpers import widgets\n\nplay = widgets.Playground({})\nplay"
OWN = Path(learners_network.__file__).read_text(encoding="utf-8")
STOP = """(panel, button) => new Promise((done) => {
  let last = performance.now();
  const pressed = last;
  const watching = new MutationObserver(() => { last = performance.now(); });
  watching.observe(panel, { attributes: true, attributeFilter: ["data-frame"], subtree: true });
  button.click();
  setTimeout(() => { watching.disconnect(); done(last - pressed); }, 700);
})"""


def step(words: str) -> int:
    return int(re.match(r"Step ([\d\u202f]+):", words)[1].replace("\u202f", ""))


def right(words: str) -> float:
    return float(re.search(r"([\d.]+)\s%", words)[1])


def choose(play, name: str, label: str) -> None:
    """By keyboard: letters choose among the options of a select."""
    play.control(name).focus()
    play.page.keyboard.type(label)
    play.page.wait_for_function(
        "([select, label]) => select.value === label", arg=[play.control(name).element_handle(), label]
    )


def train_until(play, percent: float, seconds: float = 90) -> None:
    play.press("play", "Enter")
    end = time.monotonic() + seconds
    while right(play.words) < percent and time.monotonic() < end:
        play.wait_for_frame(play.frame())
    play.press("play", "Enter", redraws=False)
    assert right(play.words) >= percent


def at_rest(play) -> tuple[int, str]:
    """Frames and words once none has come for a while; what had been asked for before a pause still comes."""
    for _ in range(50):
        seen = play.frame(), play.words
        play.page.wait_for_timeout(400)
        if (play.frame(), play.words) == seen:
            return seen
    raise TimeoutError("it never came to rest")


def test_trained_paused_and_brought_back_by_keyboard(scratch, screenshot) -> None:
    notebook = scratch(CELL.format(""))
    play, keyboard = notebook.interactive(TITLE), notebook.page.keyboard
    assert right(play.words) < 90, "nothing would be learned"
    seen = screenshot(play.picture, "playground_before")
    choose(play, "rate", "0.3")
    choose(play, "speed", "100")
    train_until(play, 91)

    # Paused: what was under way is shown, and then nothing moves.
    drawn, words = at_rest(play)
    play.page.wait_for_timeout(700)
    assert (play.frame(), play.words) == (drawn, words)
    assert screenshot(play.picture, "playground_trained") != seen

    # Its line, taken by the button, brings it back after a restart.
    notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    play.panel.get_by_role("button", name="Copy").focus()
    keyboard.press("Enter")
    play.panel.get_by_role("button", name="Copied").wait_for()
    play.press("restart", "Enter")
    play.wait_for_words("Step 0:")
    drawn = play.frame()
    play.panel.get_by_role("textbox", name="This state as one line").focus()
    keyboard.press("Control+V")
    play.wait_for_frame(drawn)
    play.wait_for_words("Brought back")
    assert step(play.words) == step(words)
    assert right(play.words) == right(words)


def test_layers_and_units_are_changed_by_keyboard_and_the_focus_stays(scratch, screenshot) -> None:
    notebook = scratch(CELL.format('state="playground hidden=4,3 data=spirals"'))
    play, keyboard = notebook.interactive(TITLE), notebook.page.keyboard

    def press(name: str, times: int) -> None:
        play.panel.get_by_role("button", name=name, exact=True).focus()
        for _ in range(times):
            drawn = play.frame()
            keyboard.press("Enter")
            play.wait_for_frame(drawn)
        assert notebook.page.evaluate("document.activeElement.getAttribute('aria-label')") == name

    press("One unit more in layer 2", 2)
    play.wait_for_words("Network [2, 4, 5, 1]")
    press("One hidden layer more", 2)
    play.wait_for_words("Network [2, 4, 5, 5, 5, 1]")
    press("One hidden layer less", 3)
    play.wait_for_words("Network [2, 4, 1]")
    choose(play, "look", "layer 1, unit 3")
    play.wait_for_words("Layer 1, unit 3 sums z =")
    screenshot(play.panel, "playground_unit")
    # The mouse does the same: the answer's picture stands at the right end of the middle.
    network = play.panel.locator(".network canvas").bounding_box()
    notebook.page.mouse.click(network["x"] + network["width"] - 30, network["y"] + (network["height"] - 26) / 2)
    play.panel.locator(".words", has_text="Layer 1, unit 3 sums").wait_for(state="detached")
    expect(play.control("look")).to_have_value("the answer")


def test_frames_a_second_are_printed(scratch, capsys) -> None:
    play = scratch(CELL.format("")).interactive(TITLE)
    play.press("play", "Enter")
    first, start = play.frame(), time.monotonic()
    play.page.wait_for_timeout(3000)
    shown, seconds = play.frame() - first, time.monotonic() - start
    with capsys.disabled():
        print(f"\nplayground in the browser: {shown / seconds:.1f} frames a second")
    assert shown > 3
    assert step(play.words) >= shown


def test_time_to_the_last_picture_after_a_stop_is_printed(scratch, capsys) -> None:
    play = scratch(CELL.format("")).interactive(TITLE)
    choose(play, "speed", "100")
    button, times = play.control("play"), []
    for _ in range(20):
        play.press("play", "Enter")
        play.wait_for_frame(play.frame() + 3)
        times.append(play.panel.evaluate(STOP, button.element_handle()))
        at_rest(play)
    with capsys.disabled():
        print(f"\nplayground, from a stop to its last picture: 95th percentile {sorted(times)[18]:.0f} ms")


def test_own_functions_are_trained_and_a_broken_one_is_told(scratch) -> None:
    broken = "model_backward = lambda AL, Y, caches: {}\nwidgets.Playground(globals())"
    notebook = scratch(OWN, CELL.format('globals(), state="playground rate=0.3"'), broken)
    play, bad = notebook.interactives()
    play.wait_for_words("It runs on the functions given: initialize_deep")
    train_until(play, 91)
    bad.control("step").focus()
    notebook.page.keyboard.press("Enter")
    bad.panel.locator(".problem", has_text="model_backward gave , but a dictionary with dW1").wait_for()
    expect(bad.control("play")).to_be_enabled()


@pytest.mark.parametrize("width", [400, 700, 1600])
def test_fits_a_page_of(scratch, screenshot, width: int) -> None:
    notebook = scratch(CELL.format('state="playground hidden=8,8,8,8 features=x1,x2,sin_x1"'), width=width + 600)
    panel = notebook.interactive(TITLE).panel
    panel.evaluate(f"node => {{ node.style.width = node.style.maxWidth = '{width}px'; }}")
    notebook.page.wait_for_timeout(500)
    assert panel.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    boxes = "node => [...node.querySelectorAll('.network .pair')].map(p => p.getBoundingClientRect())"
    for wide in (width, width + 100):
        panel.evaluate(f"node => {{ node.style.width = node.style.maxWidth = '{wide}px'; }}")
        notebook.page.wait_for_timeout(300)
        layers, *units = panel.evaluate(boxes)
        assert all(left["right"] < right["left"] for left, right in itertools.pairwise(units))
        assert all(layers["bottom"] < pair["top"] for pair in units)
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        notebook.theme(theme)
        screenshot(panel, f"playground_{width}_{theme.split()[-1].lower()}")
