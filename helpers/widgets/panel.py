"""The frame that all interactives share: controls, a picture, the same in words, and a place for what went wrong.

A subclass says in `prepare` which controls there are, draws in `draw` and acts in `press`. The frame carries values
and pictures between page and kernel, keeps the interactive alive when its data or the learner's functions fail, and
leaves a still picture with its words where the notebook is only viewed.

What plays (a control made by `controls.play`) does a short piece of work in `tick`. The page asks for a tick, waits
until it has shown what came of it, and asks for the next: so there is no thread, the kernel stays free for other cells
between two ticks, a pause takes effect within one tick, and a closed page ends the work by asking no more.
"""

import traceback
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import anywidget
import traitlets
from IPython.display import display

from helpers.plots.page import bundle
from helpers.widgets import messages

HERE = Path(__file__).parent
TEXT = messages.load("panel")
# Beside a still picture, the error in place of a live view without a kernel says nothing that a reader needs.
STILL_STYLE = (
    "<style>.course-still figcaption { white-space: pre-line; }"
    ".jp-OutputArea:has(.course-still) .jupyter-widgets:not(:has(*)) { display: none; }</style>"
)


class Drawing(NamedTuple):
    """One state: the picture as PNG, what it shows for those who cannot see it, and what it means for everyone.

    data: for a front end of its own, which then draws in place of the picture: numbers, texts, lists, and arrays as
    bytes, which travel as binary buffers. error: what a learner's function raised, where there is something to draw all
    the same; its sentence and its traceback are shown beside the picture.
    """

    picture: bytes
    alt: str
    words: str
    data: dict[str, Any] | None = None
    error: Exception | None = None


def script(*names: str) -> str:
    """The page's side with front ends added to it; each file names its own in VIEWS, see panel.js."""
    return "\n".join((HERE / name).read_text("utf-8") for name in ("panel.js", *names))


def style(*names: str) -> str:
    """The style sheet with those of front ends added to it."""
    return "\n".join((HERE / name).read_text("utf-8") for name in ("panel.css", *names))


class Panel(anywidget.AnyWidget):
    """An interactive on the page; `values` holds the state of its controls, and setting it redraws.

    The page sends all of `values` back with each change of one, so what changes by itself while something plays
    (weights, a count of steps) is kept elsewhere. `pace`: milliseconds from one tick to the next, 0 for as fast as they
    come.
    """

    _esm = HERE / "panel.js"
    _css = HERE / "panel.css"

    key = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    pace = traitlets.Int(0).tag(sync=True)
    front = traitlets.Unicode("picture").tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int(640).tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)
    details = traitlets.Unicode().tag(sync=True)
    details_label = traitlets.Unicode(TEXT["details"]).tag(sync=True)

    def __init__(self, title: str) -> None:
        super().__init__(title=title, key=uuid.uuid4().hex)
        self.on_msg(self._on_message)
        self._outlived: tuple[type[BaseException], ...] = (Exception,)
        self._ready = self._guarded(self.prepare) is not None
        if not self._ready:
            self.controls = []  # those that prepare had made before it failed would do nothing
        self.refresh()
        self._outlived = (Exception, KeyboardInterrupt)  # from now on no cell is running that this should end
        self.observe(lambda _: self.refresh(), "values")

    def prepare(self) -> bool:
        """Check the arguments, set `controls` and `values`, build the figure; returns True."""
        raise NotImplementedError

    def draw(self, values: dict[str, Any]) -> Drawing:
        """The picture and the words for these values."""
        raise NotImplementedError

    def press(self, name: str) -> None:
        """A button was pressed; usually sets `values`."""

    def tick(self) -> None:
        """A step of what plays, of at most some 30 ms; the frame draws after it. May set `playing` to False."""

    def received(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """A message of a front end of its own; then the frame answers {"heard": its count}, whatever came of it."""

    def still(self) -> bytes:
        """The last drawing (PNG) for where the notebook is only viewed; a front end of its own has to make one."""
        return self.picture

    def refresh(self) -> None:
        """Draw the present values; all that changed reaches the page in one message."""
        drawing = self._guarded(self.draw, self.values) if self._ready else None
        if drawing is not None:
            with self.hold_sync():
                self.picture, self.alt, self.words = drawing[:3]
                self.drawn = drawing.data or {}
                self.problem = self.details = ""
                if drawing.error:
                    self._tell(drawing.error)

    def _guarded(self, act: Any, *args: Any) -> Any:
        """The result of act, or None and a sentence on the page: an interactive outlives every error."""
        try:
            return act(*args)
        except self._outlived as error:
            with self.hold_sync():
                self._tell(error)
                self.playing = False
                # Words and picture stay, and must not pass for those of what the controls say now.
                if self.words and not self.words.startswith(TEXT["before"]):
                    self.words = f"{TEXT['before']} {self.words}"
            return None

    def _tell(self, error: BaseException) -> None:
        self.problem = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if isinstance(error, ValueError) and str(error):
            self.problem = str(error)
        elif isinstance(error, KeyboardInterrupt):
            self.problem = TEXT["interrupted"]
        self.details = "".join(traceback.format_exception(error))

    def _on_message(self, _: Any, content: dict[str, Any], buffers: list[memoryview]) -> None:
        if not self._ready:
            return
        if "press" in content:
            self._guarded(self.press, content["press"])
        elif "tick" in content:
            if self.playing and self._guarded(lambda: self.tick() or True):
                self.refresh()
            self.send({"ticked": content["tick"]})
        else:
            self._guarded(self.received, content, buffers)
            self.send({"heard": content.get("count")})

    def _ipython_display_(self) -> None:
        """A still picture with its words, and after it the live view, which hides it.

        Two outputs, because Lab shows nothing but an error for a live view whose kernel is gone, as when a saved
        notebook is opened the next day; GitHub, nbviewer, nbconvert and PDF show the still one too.
        """
        # Only what has been drawn has an alt; without a drawing there is nothing to be still.
        picture = (self._guarded(self.still) or b"") if self.alt else b""
        if picture:
            still = bundle(picture, self.alt, f"{self.title}. {self.words}\n{TEXT['still']}", self.width)
            still["text/html"] = (
                f'<div class="course-still" data-key="{self.key}">{STILL_STYLE}{still["text/html"]}</div>'
            )
            display(still, raw=True, metadata={"image/png": {"alt": self.alt, "width": self.width}})
        live, metadata = self._repr_mimebundle_()
        live["text/plain"] = "" if picture else f"{self.title}. {self.problem}"
        display(live, raw=True, metadata=metadata)
