"""Draw a digit by mouse, touch or keyboard, see what a network sees of it, and how sure its answer is."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.plots.style import BLUE, FAINT, GRID, INK, ORANGE, PAPER
from helpers.widgets import given, messages
from helpers.widgets.controls import button, slider, switch
from helpers.widgets.draw_picture import still_picture
from helpers.widgets.draw_pixels import PIXELS, digit
from helpers.widgets.draw_words import alt_in_words, in_words, percent
from helpers.widgets.panel import Drawing, Panel, script, style

MOST_POINTS = 20_000
SAMPLE = 1500
THREE = [
    (0.34, 0.22, 0.48, 0.15, 0.62, 0.2, 0.66, 0.32, 0.6, 0.43, 0.47, 0.48),
    (0.47, 0.48, 0.63, 0.53, 0.69, 0.66, 0.62, 0.8, 0.46, 0.85, 0.3, 0.77),
]
"""A drawing to begin with: a three, in two strokes, x and y in turns."""


class Draw(Panel):
    """The interactive of lesson 07.

    predict(X) -> A: X (64 · fields, 1) from 0 (paper) to 1 (ink), row by row as `data.digits` and `data.digit_pairs`
    have it; A (n_y, 1) one probability for each of class_names, or (1, 1) the probability of the second of two.
    fields: how many digits are drawn side by side. examples: X (64 · fields, m) that the network has learned from; then
    it is told when a drawing is unlike them all. strokes: what is drawn at the beginning, each (2, n), x to the right
    from 0 to `fields` and y downwards from 0 to 1; by default a three in each field.
    """

    _esm = script("sheet.js", "draw.js")
    _css = style("draw.css")

    def __init__(
        self,
        predict: Callable[[np.ndarray], np.ndarray],
        class_names: Sequence[str] = tuple("0123456789"),
        *,
        fields: int = 1,
        examples: np.ndarray | None = None,
        strokes: Sequence[np.ndarray] | None = None,
    ) -> None:
        self.predict, self.class_names = predict, class_names
        self.fields, self.examples = fields, examples
        self.begin = strokes
        self.text = messages.load("draw")
        super().__init__(self.text["title" if fields == 1 else "title_two"])

    def prepare(self) -> bool:
        self.front = "draw"
        self.width = 760
        text = self.text
        if self.fields not in (1, 2):
            raise ValueError(text["bad_fields"].format(got=self.fields))
        if not isinstance(self.class_names, Sequence | np.ndarray) or len(self.class_names) < 2:
            raise ValueError(text["bad_names"].format(got=self.class_names))
        self.names = tuple(map(str, self.class_names))
        self.strokes = self._first() if self.begin is None else [self._stroke(stroke) for stroke in self.begin]
        self.version, self.pen = 0, None
        self._near = None if self.examples is None else _Near(self._checked_examples())
        self.controls = [
            slider("turn", text["turn"], -45, 45, 5),
            switch("prepared", text["prepared"]),
            button("undo", text["undo"]),
            button("clear", text["clear"]),
        ]
        self.values = {"turn": 0, "prepared": True}
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        pixels = self._pixels(values)
        x = pixels.reshape(-1, 1) / 16  # (64 · fields, 1)
        P = self._probabilities(x)
        empty = not pixels.any()
        distance = None if self._near is None or empty else self._near.distance(x)
        unlike = None if distance is None else distance > self._near.usual
        told = in_words(P, self.names, empty, unlike, self.pen, self.text)
        self.shown = (pixels, P)
        return Drawing(b"", alt_in_words(pixels, self.text), told, self._data(pixels, P, empty))

    def press(self, name: str) -> None:
        self.strokes = self.strokes[:-1] if name == "undo" else []
        self.version += 1
        self.refresh()

    def received(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        if "counts" not in content:
            return
        numbers = np.frombuffer(buffers[0], "<f4").astype(float).reshape(-1, 2).T
        counts = [int(n) for n in content["counts"]]
        if numbers.shape[1] != sum(counts) or min(counts, default=1) < 1 or numbers.shape[1] > MOST_POINTS:
            raise ValueError(self.text["bad_strokes"])
        ends = np.cumsum(counts)[:-1]
        self.strokes = [self._stroke(part) for part in np.split(numbers, ends, axis=1)] if counts else []
        self.pen = content.get("pen")
        self.refresh()

    def still(self) -> bytes:
        pixels, P = self.shown
        return still_picture(self.strokes, self.fields, pixels, P, self.names, self.text)

    def _first(self) -> list[np.ndarray]:
        return [np.reshape(s, (-1, 2)).T + [[field], [0]] for field in range(self.fields) for s in THREE]

    def _stroke(self, stroke: np.ndarray) -> np.ndarray:
        stroke = np.asarray(stroke, float)
        if stroke.ndim != 2 or stroke.shape[0] != 2 or not stroke.size:
            raise ValueError(self.text["bad_stroke"].format(got=stroke.shape))
        if not np.isfinite(stroke).all():
            raise ValueError(self.text["stroke_not_finite"])
        return np.clip(stroke, 0, [[self.fields], [1]])

    def _checked_examples(self) -> np.ndarray:
        X, n = np.asarray(self.examples, float), 64 * self.fields
        if X.ndim != 2 or len(X) != n or X.shape[1] < 2:
            raise ValueError(self.text["bad_examples"].format(got=X.shape, n=n))
        if not np.isfinite(X).all():
            raise ValueError(self.text["examples_not_finite"])
        return X

    def _pixels(self, values: dict[str, Any]) -> np.ndarray:
        """(8, 8 · fields): each stroke belongs to the field where it begins."""
        fields = [[] for _ in range(self.fields)]
        for stroke in self.strokes:
            field = min(int(stroke[0, 0]), self.fields - 1)
            fields[field].append(stroke - [[field], [0]])
        return np.hstack([digit(strokes, float(values["turn"]), bool(values["prepared"])) for strokes in fields])

    def _probabilities(self, x: np.ndarray) -> np.ndarray:
        A, n = self.predict(x), len(self.names)
        if n == 2 and np.shape(A) == (1, 1):
            p = given.array("predict", A, (1, 1))
            A = np.vstack([1 - p, p])
        A = given.array("predict", A, (n, 1), self.text["each_class"])
        if A.min() < 0 or A.max() > 1 or abs(A.sum() - 1) > 0.01:
            raise ValueError(self.text["no_probabilities"])
        return A[:, 0]

    def _data(self, pixels: np.ndarray, P: np.ndarray, empty: bool) -> dict[str, Any]:
        points = np.hstack(self.strokes) if self.strokes else np.empty((2, 0))
        return {
            "fields": self.fields,
            "pixels": pixels.astype(np.uint8).tobytes(),
            "columns": PIXELS * self.fields,
            "chances": [float(p) for p in P],
            "percents": [percent(p, ">", "<") for p in P],
            "names": list(self.names),
            "empty": bool(empty),
            "strokes": np.ascontiguousarray(points.T, "<f4").tobytes(),
            "counts": [stroke.shape[1] for stroke in self.strokes],
            "version": self.version,
            "text": {name[3:]: text for name, text in self.text.items() if name.startswith("js_")},
            "colours": {"low": BLUE, "high": ORANGE, "paper": PAPER, "ink": INK, "faint": FAINT, "grid": GRID},
        }


class _Near:
    """How far a picture is from the nearest of the examples X (n, m), and they usually from one another."""

    def __init__(self, X: np.ndarray) -> None:
        self._X = X[:, np.linspace(0, X.shape[1] - 1, min(SAMPLE, X.shape[1])).astype(int)]
        squares = (self._X**2).sum(axis=0)
        D = squares[:, np.newaxis] + squares - 2 * self._X.T @ self._X
        np.fill_diagonal(D, np.inf)
        self.usual = float(np.sqrt(np.quantile(np.maximum(D.min(axis=1), 0), 0.99)))
        """99 of 100 examples have another one within this distance."""

    def distance(self, x: np.ndarray) -> float:
        return float(np.sqrt(((self._X - x) ** 2).sum(axis=0).min()))
