"""Does an interactive stay alive whatever happens to it, and leave something to see where it cannot live?"""

import numpy as np
import pytest

from helpers.plots.pixels import encode
from helpers.widgets import messages
from helpers.widgets.controls import button, disabled, grouped, play, slider, stops, switch, text
from helpers.widgets.panel import HERE, Drawing, Panel, script, style

DOT = encode(np.zeros((1, 1, 3), np.uint8))


class Root(Panel):
    """Shows the square root of its only control."""

    def __init__(self, start: float = 4.0) -> None:
        self.start = start
        super().__init__("The root")

    def prepare(self) -> bool:
        self.controls = [slider("x", "x", -9, 9, 1), button("double", "Double"), button("fail", "Fail")]
        if np.isnan(self.start):
            raise ValueError("start is NaN, but a number is needed.")
        self.values = {"x": self.start}
        return True

    def draw(self, values) -> Drawing:
        if values["x"] < 0:
            raise ArithmeticError("no root")
        return Drawing(DOT, f"root of {values['x']}", f"The root is {values['x'] ** 0.5:g}.")

    def press(self, name: str) -> None:
        if name == "fail":
            raise RuntimeError("on purpose")
        self.values = {"x": 2 * self.values["x"]}


@pytest.fixture
def shown(monkeypatch) -> list[tuple[dict, dict]]:
    outputs: list[tuple[dict, dict]] = []
    monkeypatch.setattr("helpers.widgets.panel.display", lambda data, raw, metadata: outputs.append((data, metadata)))
    return outputs


def press(panel: Panel, name: str) -> None:
    """What the page sends when a button is pressed."""
    panel._handle_custom_msg({"press": name}, [])


def test_words_follow_the_controls() -> None:
    panel = Root()
    assert panel.words == "The root is 2."
    panel.values = {"x": 9.0}
    assert (panel.words, panel.alt) == ("The root is 3.", "root of 9.0")


def test_buttons_act() -> None:
    panel = Root()
    press(panel, "double")
    assert panel.values == {"x": 8.0}


def test_a_failure_is_told_with_its_traceback_and_goes_away_with_its_cause() -> None:
    panel = Root()
    panel.values = {"x": -1.0}
    assert panel.problem == "ArithmeticError: no root"
    assert "in draw" in panel.details
    assert (panel.words, panel.alt) == ("As it was before the error: The root is 2.", "root of 4.0"), "they stay"
    panel.values = {"x": -2.0}
    assert panel.words == "As it was before the error: The root is 2.", "said once"
    panel.values = {"x": 1.0}
    assert (panel.problem, panel.details, panel.words) == ("", "", "The root is 1.")


def test_an_error_can_be_shown_beside_a_picture_of_it() -> None:
    class Broken(Root):
        def draw(self, values) -> Drawing:
            try:
                return super().draw(values)
            except ArithmeticError as error:
                return Drawing(DOT, "a picture all the same", "Here it stops.", error=error)

    panel = Broken()
    assert (panel.problem, panel.details) == ("", "")
    panel.values = {"x": -1.0}
    assert (panel.problem, panel.words) == ("ArithmeticError: no root", "Here it stops.")
    assert "in draw" in panel.details
    panel.values = {"x": 1.0}
    assert (panel.problem, panel.details) == ("", "")


def test_a_failing_button_leaves_it_alive() -> None:
    panel = Root()
    press(panel, "fail")
    assert panel.problem == "RuntimeError: on purpose"
    press(panel, "double")
    assert panel.problem == ""


def test_bad_arguments_give_a_sentence_instead_of_a_traceback(shown) -> None:
    panel = Root(float("nan"))
    assert panel.problem == "start is NaN, but a number is needed."
    press(panel, "double")
    panel._ipython_display_()
    ((live, _),) = shown
    assert "start is NaN" in live["text/plain"]
    assert panel.controls == [], "none of them would do anything"


def test_what_was_never_drawn_leaves_no_still_picture_and_its_own_error(shown) -> None:
    class Framed(Root):
        """Its picture is made of what was drawn last."""

        def draw(self, values) -> Drawing:
            self.last = super().draw(values)
            return self.last

        def still(self) -> bytes:
            return self.last.picture

    panel = Framed(-1.0)
    panel._ipython_display_()
    assert panel.problem == "ArithmeticError: no root"
    assert "in draw" in panel.details
    assert "ArithmeticError: no root" in shown[-1][0]["text/plain"]
    panel.values = {"x": 4.0}
    panel.values = {"x": -1.0}
    panel._ipython_display_()
    assert panel.problem == "ArithmeticError: no root"
    assert 'alt="root of 4.0"' in shown[1][0]["text/html"], "the last good one"


def test_leaves_a_still_picture_with_its_words_before_the_live_view(shown) -> None:
    panel = Root()
    panel._ipython_display_()
    (still, metadata), (live, _) = shown
    assert 'alt="root of 4.0"' in still["text/html"]
    assert "The root. The root is 2." in still["text/html"]
    assert panel.key in still["text/html"]
    assert metadata["image/png"]["alt"] == "root of 4.0"
    assert live["application/vnd.jupyter.widget-view+json"]["model_id"] == panel.model_id


class Counter(Panel):
    """Counts its ticks up to five; fails at the third if `fragile`; drawn by a front end of its own."""

    def __init__(self, fragile: bool = False) -> None:
        self.count, self.fragile, self.heard = 0, fragile, []
        super().__init__("Counting")

    def prepare(self) -> bool:
        self.front = "counter"
        names = grouped("Names", text("name", "Name"), disabled(switch("loud", "Loud")))
        self.controls = [play("Count", "Stop"), *names]
        self.values = {"name": "", "loud": False}
        return True

    def draw(self, values) -> Drawing:
        return Drawing(b"", "a number of ticks", f"Tick {self.count}.", {"bytes": np.array([self.count]).tobytes()})

    def still(self) -> bytes:
        return DOT

    def tick(self) -> None:
        self.count += 1
        if self.fragile and self.count == 3:
            raise RuntimeError("the third tick")
        self.playing = self.count < 5

    def received(self, content, buffers) -> None:
        self.heard.append((content, buffers))


@pytest.fixture
def sent(monkeypatch) -> list:
    messages: list = []
    monkeypatch.setattr(Counter, "send", lambda self, content, buffers=None: messages.append(content))
    return messages


def test_a_tick_works_draws_and_is_answered(sent) -> None:
    panel = Counter()
    panel.playing = True
    panel._handle_custom_msg({"tick": "a-1"}, [])
    assert (panel.words, sent) == ("Tick 1.", [{"ticked": "a-1"}])
    assert panel.drawn == {"bytes": np.array([1]).tobytes()}


def test_ticks_end_when_it_is_paused_or_done(sent) -> None:
    panel = Counter()
    panel._handle_custom_msg({"tick": "early"}, [])
    assert panel.count == 0, "a tick that came after the pause does nothing"
    panel.playing = True
    for number in range(9):
        panel._handle_custom_msg({"tick": f"a-{number}"}, [])
    assert (panel.count, panel.playing) == (5, False)
    assert len(sent) == 10, "every tick is answered, or the page would wait for ever"


def test_a_failing_tick_is_told_and_stops(sent) -> None:
    panel = Counter(fragile=True)
    panel.playing = True
    for number in range(5):
        panel._handle_custom_msg({"tick": f"a-{number}"}, [])
    assert (panel.count, panel.playing) == (3, False)
    assert panel.problem == "RuntimeError: the third tick"
    assert "in tick" in panel.details


def test_a_front_end_of_its_own_is_heard(sent) -> None:
    panel = Counter()
    panel._handle_custom_msg({"drawn": [1, 2], "count": 7}, [b"pixels"])
    assert panel.heard == [({"drawn": [1, 2], "count": 7}, [b"pixels"])]
    assert sent == [{"heard": 7}]


def test_a_front_end_of_its_own_is_answered_after_each_failure_too(sent) -> None:
    class Deaf(Counter):
        def received(self, content, buffers) -> None:
            raise RuntimeError("the same each time")

    panel = Deaf()
    for count in range(3):
        panel._handle_custom_msg({"count": count}, [])
    assert sent == [{"heard": 0}, {"heard": 1}, {"heard": 2}], "or the page would wait for ever"


def test_a_front_end_of_its_own_leaves_a_still_picture(shown) -> None:
    panel = Counter()
    assert panel.picture == b""
    panel._ipython_display_()
    assert 'alt="a number of ticks"' in shown[0][0]["text/html"]


def test_the_files_of_a_front_end_are_added_to_the_frame() -> None:
    assert script("panel.css") == f"{(HERE / 'panel.js').read_text('utf-8')}\n{(HERE / 'panel.css').read_text('utf-8')}"
    assert style().startswith((HERE / "panel.css").read_text("utf-8")[:40])


def test_a_slider_over_a_list_tells_each_of_its_stops() -> None:
    assert stops("rate", "α", [0.01, -0.5, 100.0])["texts"] == ["0.01", "−0.5", "100"]
    assert stops("rate", "α", [0.5], ["one half"])["texts"] == ["one half"]


def test_two_interactives_are_told_apart() -> None:
    assert Root().key != Root().key


@pytest.mark.parametrize("name", ["panel", "neuron", "questions"])
def test_messages_are_data(name: str) -> None:
    assert all(isinstance(text, str) and text for text in messages.load(name).values())
