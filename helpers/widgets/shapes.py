"""Two small arrays, added, multiplied or summed: which shapes fit, what stretches, which mistakes are silent."""

from typing import Any

import numpy as np

from helpers.widgets import messages
from helpers.widgets.array_rules import OPERATIONS, Index, Outcome, Shape, entries, is_sum, outcome, sources
from helpers.widgets.controls import Control, choice, disabled, grouped, slider
from helpers.widgets.panel import Drawing, Panel
from helpers.widgets.shapes_picture import ShapesPicture
from helpers.widgets.shapes_words import alternative, explained

MOST = 4


class Shapes(Panel):
    """The interactive of lesson 02.

    operation: one of `array_rules.OPERATIONS`, to begin with. a, b: the shapes of A and B to begin with, such as
    (3, 4) or (4,), and () for B; lengths from 1 to 4. The entries are 1, 2, 3, … in A and 10, 20, 30, … in B.
    """

    def __init__(self, operation: str = "A + B", a: Shape = (3, 4), b: Shape = (3, 1)) -> None:
        self.start = operation, a, b
        self.text = messages.load("shapes")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        operation, a, b = self.start
        if operation not in OPERATIONS:
            raise ValueError(self.text["bad_operation"].format(got=operation, known=", ".join(OPERATIONS)))
        self._check_shape("a", a, least=1)
        self._check_shape("b", b, least=0)
        self.view = ShapesPicture(self.text)
        self.width = self.view.sketch.width
        self._axes = [self.text[name] for name in ("none", "one", "two")]
        self.values = {"operation": operation, **self._chosen("a", a), **self._chosen("b", b), "row": 0, "column": 0}
        return True

    def refresh(self) -> None:
        if self._ready:
            nearest = self._nearest(self.values)
            if nearest != self.values:
                self.values = nearest  # which refreshes
                return
        super().refresh()

    def draw(self, values: dict[str, Any]) -> Drawing:
        operation = values["operation"]
        A, B, found = self._found(values)
        self._set_controls(values, found)
        index = self._index(values, found)
        marks: dict[str, list[Index]] = {"A": [], "B": [], "result": []}
        if index is not None:
            marks["A"], marks["B"] = sources(operation, A, B, index)
            marks["result"] = [index]
        picture = self.view.png(operation, A, B, found, marks)
        words = explained(operation, A, B, found, index, self.text)
        return Drawing(picture, alternative(operation, A, B, found, self.text), words)

    def _set_controls(self, values: dict[str, Any], found: Outcome) -> None:
        """What makes no difference now cannot be moved: B in a sum, the rows of a single axis, entries that are not."""
        text, alone = self.text, is_sum(values["operation"])
        sizes = in_full(found) or (MOST, MOST)
        follow = [
            usable(slider(name, text[name], 0, max(n - 1, 1), 1), found.result is not None and n > 1)
            for name, n in zip(("row", "column"), sizes, strict=True)
        ]
        what = choice("operation", text["operation"], list(OPERATIONS))
        wanted = [
            *grouped(text["compute"], what, *follow),
            *grouped(text["array"].format(name="A"), *self._shape_controls("a", values, True)),
            *grouped(text["array"].format(name="B"), *self._shape_controls("b", values, not alone)),
        ]
        if wanted != self.controls:
            self.controls = wanted

    def _shape_controls(self, name: str, values: dict[str, Any], used: bool) -> list[Control]:
        text, axes = self.text, self._axes.index(values[f"{name}_axes"])
        options = self._axes[1:] if name == "a" else self._axes
        along = text["columns" if axes == 2 else "length"]
        return [
            usable(choice(f"{name}_axes", text["axes"], options), used),
            usable(slider(f"{name}_rows", text["rows"], 1, MOST, 1), used and axes == 2),
            usable(slider(f"{name}_columns", along, 1, MOST, 1), used and axes > 0),
        ]

    def _shape(self, name: str, values: dict[str, Any]) -> Shape:
        full = int(values[f"{name}_rows"]), int(values[f"{name}_columns"])
        axes = self._axes.index(values[f"{name}_axes"])
        return full[2 - axes :]

    def _chosen(self, name: str, shape: Shape) -> dict[str, Any]:
        rows, columns = (1,) * (2 - len(shape)) + tuple(shape)
        return {f"{name}_axes": self._axes[len(shape)], f"{name}_rows": rows, f"{name}_columns": columns}

    def _found(self, values: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, Outcome]:
        A, B = entries(self._shape("a", values), 1), entries(self._shape("b", values), 10)
        return A, B, outcome(values["operation"], A, B)

    def _nearest(self, values: dict[str, Any]) -> dict[str, Any]:
        """The same with the entry to follow, or the nearest that exists; unchanged where there is no result."""
        *_, found = self._found(values)
        if found.result is None:
            return values
        rows, columns = in_full(found)
        return {**values, "row": min(values["row"], rows - 1), "column": min(values["column"], columns - 1)}

    def _index(self, values: dict[str, Any], found: Outcome) -> Index | None:
        """The entry to follow."""
        if found.result is None:
            return None
        return (int(values["row"]), int(values["column"]))[2 - found.result.ndim :]

    def _check_shape(self, name: str, shape: Any, least: int) -> None:
        fits = isinstance(shape, tuple) and least <= len(shape) <= 2
        if not fits or not all(isinstance(n, int) and 1 <= n <= MOST for n in shape):
            also = "" if least else self.text["or_none"]
            raise ValueError(self.text["bad_shape"].format(name=name, got=shape, or_none=also, most=MOST))


def in_full(found: Outcome) -> tuple[int, ...]:
    """Rows and columns of the result, 1 for an axis that it lacks; () where there is none."""
    return () if found.result is None else (1,) * (2 - found.result.ndim) + found.result.shape


def usable(control: Control, now: bool) -> Control:
    return control if now else disabled(control)
