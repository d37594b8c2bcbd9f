"""Two arrays, what stretches, their result, and their shapes written below each other."""

from collections.abc import Iterable

import numpy as np

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER
from helpers.widgets.array_rules import Index, Length, Outcome, is_sum
from helpers.widgets.sketch import Sketch, width_of

WIDTH, HEIGHT = 700, 400
CELL, TALL, SIGN, MIDDLE = 38, 31, 34, 118
SIZE = 15
FILL, MARKED = "#d5e7f3", "#fce6d8"
SHAPES_TOP, LINE, SLOT = 252, 36, 104


class ShapesPicture:
    """Blue cells are an array's own, dashed ones the copies that stretching makes, framed ones belong together."""

    def __init__(self, text: dict[str, str]) -> None:
        self.text = text
        self.sketch = Sketch(WIDTH, HEIGHT)

    def png(
        self, operation: str, A: np.ndarray, B: np.ndarray, found: Outcome, marks: dict[str, Iterable[Index]]
    ) -> bytes:
        """marks: for "A", "B" and "result" the entries to frame."""
        arrays = {"A": A} if is_sum(operation) else {"A": A, "B": B}
        stretch = operation in ("A + B", "A * B") and found.result is not None
        shown = {
            name: np.broadcast_to(array, found.result.shape) if stretch else array for name, array in arrays.items()
        }
        sign = "→" if is_sum(operation) else operation[2]
        widths = {name: room(array, shape_words(arrays[name])) for name, array in shown.items()}
        result = found.result
        widths["result"] = 90 if result is None else room(result, shape_words(result))
        left = (WIDTH - sum(widths.values()) - SIGN * (len(widths) - 1)) / 2
        for k, (name, array) in enumerate(shown.items()):
            self._grid(array, arrays[name].shape, left, widths[name], name, shape_words(arrays[name]), marks[name])
            left += widths[name]
            self.sketch.text(left + SIGN / 2, MIDDLE, sign if k == 0 else "=", 20)
            left += SIGN
        if result is None:
            self.sketch.text(left + widths["result"] / 2, MIDDLE, "?", 30, ORANGE, bold=True)
        else:
            self._grid(result, result.shape, left, widths["result"], "", shape_words(result), marks["result"])
        self._shapes(found)
        return self.sketch.png()

    def _grid(
        self, cells: np.ndarray, own: tuple, left: float, width: float, name: str, shape: str, marks: Iterable[Index]
    ) -> None:
        """An array centred in its room; what lies beyond its own shape are copies, dashed."""
        own = (1,) * (2 - len(own)) + own
        table, w = np.atleast_2d(cells), cell_width(cells)
        rows, columns = table.shape
        x0, y0 = left + (width - columns * w) / 2, MIDDLE - rows * TALL / 2
        for (i, j), value in np.ndenumerate(table):
            copy = i >= own[0] or j >= own[1]
            fill, edge = (PAPER, FAINT) if copy else (FILL, BLUE)
            self.sketch.box(x0 + j * w, y0 + i * TALL, w, TALL, fill=fill, edge=edge, dashed=copy)
            place = x0 + (j + 0.5) * w, y0 + (i + 0.5) * TALL
            self.sketch.text(*place, f"{value}", SIZE, FAINT if copy else INK)
        for index in marks:
            i, j = (0,) * (2 - len(index)) + tuple(index)
            x, y = x0 + j * w, y0 + i * TALL
            self.sketch.box(x, y, w, TALL, fill=MARKED, edge=INK, line=2.4)
            self.sketch.text(x + w / 2, y + TALL / 2, f"{table[i, j]}", SIZE, bold=True)
        self.sketch.text(left + width / 2, y0 - 16, name, 16, bold=True)
        self.sketch.text(left + width / 2, y0 + rows * TALL + 17, shape, SIZE)

    def _shapes(self, found: Outcome) -> None:
        """The lengths below each other, as one writes them to see whether they fit."""
        names = width_of(max(found.lines, key=len), SIZE) + 24
        left = (WIDTH - names - SLOT * len(found.heads)) / 2
        for k, head in enumerate(found.heads):
            self.sketch.text(left + names + (k + 0.5) * SLOT, SHAPES_TOP, self.text[head], 14, FAINT)
        for line, (name, lengths) in enumerate(found.lines.items()):
            y = SHAPES_TOP + 30 + line * LINE
            if line == len(found.lines) - 1:
                self.sketch.line((left, y - LINE / 2 - 1), (left + names + SLOT * len(lengths), y - LINE / 2 - 1))
                y += 4
            self.sketch.text(left, y, name, SIZE, place="l", bold=name in "AB")
            refused = found.result is None and name not in "AB"
            if refused:
                middle = left + names + SLOT * len(lengths) / 2
                self.sketch.text(middle, y, self.text["refused"], SIZE, ORANGE, bold=True)
                continue
            for k, length in enumerate(lengths):
                self._length(length, left + names + (k + 0.5) * SLOT, y, found.wrong == k and name in "AB")
        if found.wrong is not None and all(found.lines[name][found.wrong] for name in "AB"):
            x = left + names + (found.wrong + 0.5) * SLOT
            self.sketch.text(x + 40, SHAPES_TOP + 30 + LINE / 2, "≠", 24, ORANGE, bold=True)

    def _length(self, length: Length | None, x: float, y: float, wrong: bool) -> None:
        if length is None:
            return
        words = self.text["put_in"] if length.look == "put in" else str(length.n)
        if length.look == "gone":
            words = self.text["gone"]
        if length.to != length.n:
            words = self.text["stretched"].format(n=words, to=length.to)
        wide = max(width_of(words, SIZE) + 14, 30)
        solid = length.look == "own"
        look = {"edge": ORANGE, "line": 3.0} if wrong else {"edge": BLUE if solid else FAINT, "dashed": not solid}
        self.sketch.box(x - wide / 2, y - 13, wide, 26, fill=FILL if solid else PAPER, **look)
        self.sketch.text(x, y, words, SIZE, INK if solid else FAINT, bold=wrong)


def shape_words(array: np.ndarray) -> str:
    return str(array.shape)


def cell_width(cells: np.ndarray) -> float:
    return max(CELL, max(width_of(f"{value}", SIZE, bold=True) for value in cells.flat) + 10)


def room(cells: np.ndarray, shape: str) -> float:
    """What an array takes, with the words below it."""
    return max(np.atleast_2d(cells).shape[1] * cell_width(cells), width_of(shape, SIZE)) + 4
