"""The frame that all interactives share: controls, a picture, the same in words, and a place for what went wrong.

A subclass says in `prepare` which controls there are, draws in `draw` and acts in `press`. The frame carries values
and pictures between page and kernel, keeps the interactive alive when its data or the learner's functions fail, and
leaves a still picture with its words where the notebook is only viewed.
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
    """One state: the picture as PNG, what it shows for those who cannot see it, and what it means for everyone."""

    picture: bytes
    alt: str
    words: str


class Panel(anywidget.AnyWidget):
    """An interactive on the page; `values` holds the state of its controls, and setting it redraws."""

    _esm = HERE / "panel.js"
    _css = HERE / "panel.css"

    key = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
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
        self._ready = self._guarded(self.prepare) is not None
        self.refresh()
        self.observe(lambda _: self.refresh(), "values")

    def prepare(self) -> bool:
        """Check the arguments, set `controls` and `values`, build the figure; returns True."""
        raise NotImplementedError

    def draw(self, values: dict[str, Any]) -> Drawing:
        """The picture and the words for these values."""
        raise NotImplementedError

    def press(self, name: str) -> None:
        """A button was pressed; usually sets `values`."""

    def refresh(self) -> None:
        """Draw the present values; all that changed reaches the page in one message."""
        drawing = self._guarded(self.draw, self.values) if self._ready else None
        if drawing is not None:
            with self.hold_sync():
                self.picture, self.alt, self.words = drawing
                self.problem = self.details = ""

    def _guarded(self, act: Any, *args: Any) -> Any:
        """The result of act, or None and a sentence on the page: an interactive outlives every error."""
        try:
            return act(*args)
        except Exception as error:
            with self.hold_sync():
                self.problem = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                if isinstance(error, ValueError) and str(error):
                    self.problem = str(error)
                self.details = traceback.format_exc()
            return None

    def _on_message(self, _: Any, content: dict[str, Any], buffers: Any) -> None:
        if self._ready and "press" in content:
            self._guarded(self.press, content["press"])

    def _ipython_display_(self) -> None:
        """A still picture with its words, and after it the live view, which hides it.

        Two outputs, because Lab shows nothing but an error for a live view whose kernel is gone, as when a saved
        notebook is opened the next day; GitHub, nbviewer, nbconvert and PDF show the still one too.
        """
        if self.picture:
            still = bundle(self.picture, self.alt, f"{self.title}. {self.words}\n{TEXT['still']}", self.width)
            still["text/html"] = (
                f'<div class="course-still" data-key="{self.key}">{STILL_STYLE}{still["text/html"]}</div>'
            )
            display(still, raw=True, metadata={"image/png": {"alt": self.alt, "width": self.width}})
        live, metadata = self._repr_mimebundle_()
        live["text/plain"] = "" if self.picture else f"{self.title}. {self.problem}"
        display(live, raw=True, metadata=metadata)
