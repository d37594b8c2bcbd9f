"""Does what plays run without holding anybody up, and stop when it is told to or nobody watches?"""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

CLOCK = '''
import time
from matplotlib.figure import Figure
from helpers.widgets.canvas import Canvas
from helpers.widgets.controls import button, disabled, grouped, play, slider, stops, switch, text
from helpers.widgets.panel import Drawing, Panel

class Clock(Panel):
    """Counts; its hand moves with every tick."""

    def prepare(self):
        self.count, self.pace = 0, 100
        figure = Figure(figsize=(2, 1))
        ax = figure.add_axes((0, 0, 1, 1))
        (self.hand,) = ax.plot([0, 1], [0, 0])
        ax.set(ylim=(0, 50))
        self.canvas = Canvas(figure, [self.hand])
        self.controls = [
            *grouped("Looks", slider("size", "Size", 0, 9, 1), text("note", "Note")),
            stops("rate", "Rate", [0.001, 0.1, 10.0]), play("Play", "Pause"),
            button("more", "More controls"),
        ]
        self.values = {"size": 1, "note": "", "rate": 0.1, "loud": False}
        return True

    def draw(self, values):
        self.hand.set_ydata([0, self.count % 50])
        words = f"Tick {self.count}, {values['note']}, rate {values['rate']}."
        return Drawing(self.canvas.png(), "a hand that moves", words)

    def tick(self):
        time.sleep(0.02)
        self.count += 1

    def press(self, name):
        self.controls = [*self.controls[:4], disabled(switch("loud", "Loud")), button("more", "No more")]

clock = Clock("A clock")
clock
'''
ASK = "print('count', clock.count)"

# Play, pause, play at once; then ticks and milliseconds from the first.
HASTY = """async (panel, button) => {
    const tick = () => Number(panel.querySelector(".words").textContent.match(/\\d+/)[0]);
    const [before, start] = [tick(), performance.now()];
    for (let k = 0; k < 3; k += 1) button.click();
    while (tick() < before + 20 && performance.now() < start + 15000) {
        await new Promise((done) => setTimeout(done, 5));
    }
    return [tick() - before, performance.now() - start];
}"""


def count(words: str) -> int:
    return int(words.split()[1].strip(",."))


def ask(notebook, prompt: str) -> int:
    """Run the cell ASK once more, which then stands at this prompt; returns the count that it prints."""
    notebook.panel.locator(".jp-CodeCell").nth(1).locator(".cm-content").click()
    notebook.page.keyboard.press("Control+Enter")
    notebook.panel.get_by_text(prompt).wait_for()
    return count(notebook.panel.locator(".jp-OutputArea-output").last.text_content())


@pytest.fixture
def clock(scratch):
    return scratch(CLOCK).interactive("A clock")


def test_plays_and_pauses_by_keyboard(clock) -> None:
    clock.press("play", "Enter")
    clock.wait_for_frame(clock.frame() + 10)
    expect(clock.control("play")).to_have_text("Pause")
    clock.press("play", "Enter", redraws=False)
    expect(clock.control("play")).to_have_text("Play")
    for _ in range(50):
        seen = clock.frame()
        clock.page.wait_for_timeout(300)
        if clock.frame() == seen:
            break
    else:
        pytest.fail("it plays on")


def test_it_plays_no_faster_after_a_hasty_pause(clock) -> None:
    ticks, milliseconds = clock.panel.evaluate(HASTY, clock.control("play").element_handle())
    assert 1 < ticks <= 3 + 1.3 * milliseconds / 100


def test_other_controls_work_while_it_plays(clock) -> None:
    clock.press("play", "Enter")
    clock.control("note").fill("noted")
    clock.control("note").press("Enter")
    clock.wait_for_words("noted")
    clock.press("size", "ArrowRight")
    assert clock.control("size").input_value() == "2"


def test_a_slider_over_a_list_goes_from_stop_to_stop(clock) -> None:
    rate = clock.control("rate")
    assert rate.get_attribute("aria-valuetext") == "0.1"
    clock.press("rate", "ArrowRight", redraws=False)
    clock.wait_for_words("rate 10")
    expect(rate).to_have_attribute("aria-valuetext", "10")
    clock.press("rate", "Home", redraws=False)
    clock.wait_for_words("rate 0.001")


def test_other_cells_run_while_it_plays(scratch) -> None:
    notebook = scratch(CLOCK, ASK)
    clock = notebook.interactive("A clock")
    clock.press("play", "Enter")
    clock.wait_for_frame(clock.frame() + 3)
    assert ask(notebook, "[3]:") > 0


def test_a_closed_page_ends_the_work(scratch) -> None:
    notebook = scratch(CLOCK, ASK)
    clock = notebook.interactive("A clock")
    clock.press("play", "Enter")
    clock.wait_for_frame(clock.frame() + 3)
    # The output goes, and the view with it; the kernel stays.
    notebook.panel.locator(".jp-CodeCell").nth(0).locator(".jp-InputArea").click()
    notebook.menu("Edit", "Clear Cell Output")
    clock.panel.wait_for(state="detached")

    first = ask(notebook, "[3]:")
    notebook.page.wait_for_timeout(500)
    assert ask(notebook, "[4]:") == first


def test_controls_can_change_and_the_focus_stays(clock) -> None:
    clock.press("more", "Enter", redraws=False)
    clock.panel.get_by_text("No more").wait_for()
    assert clock.page.evaluate("document.activeElement.textContent") == "No more"
    expect(clock.control("loud")).to_be_disabled()
    assert clock.panel.locator("fieldset legend").text_content() == "Looks"


def test_a_value_that_is_no_number_leaves_slider_and_page_alive(scratch) -> None:
    notebook = scratch(CLOCK, "clock.values = {**clock.values, 'size': float('nan'), 'note': 'at the end'}")
    clock, errors = notebook.interactive("A clock"), []
    notebook.page.on("pageerror", lambda error: errors.append(error))
    clock.wait_for_words("at the end")
    expect(clock.control("note"), "what comes after it is shown").to_have_value("at the end")
    assert clock.control("size").input_value() == "1"
    clock.press("size", "ArrowRight", redraws=False)
    assert clock.control("size").input_value() == "2"
    assert errors == []


def test_a_slider_is_dragged_on_while_its_moves_change_other_controls(scratch) -> None:
    dimensions = next(scratch("from helpers import widgets\nwidgets.Dimensions()").interactives())
    slider, mouse = dimensions.control("L"), dimensions.page.mouse
    box, most = slider.bounding_box(), int(slider.get_attribute("max"))
    at = lambda share: (box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2)  # noqa: E731
    share = (int(slider.input_value()) - 1) / (most - 1)
    mouse.move(*at(share))
    mouse.down()
    seen = set()
    for k in range(1, 21):
        mouse.move(*at(share * (1 - k / 20)))
        dimensions.page.wait_for_timeout(50)
        seen.add(slider.input_value())
    mouse.up()
    assert slider.input_value() == "1"
    assert {"1", "2", "3"} <= seen
    assert dimensions.page.evaluate("document.activeElement.dataset.control") == "L"
