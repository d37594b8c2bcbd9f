"""The picture of the stepper: layers as boxes with the way back below, and a layer's numbers against the measured."""

from collections.abc import Callable

import numpy as np

from helpers.plots.style import BLUE, FAINT, GRID, INK, ORANGE, PAPER, PURPLE
from helpers.widgets.backprop_steps import Part, Step
from helpers.widgets.backprop_trial import Trial
from helpers.widgets.sketch import Sketch, width_of
from helpers.widgets.written_numbers import with_power

MOST_LAYERS = 6
WIDTH, HEIGHT = 700, 440
SIZE = 15

# The row of layers: from where to where it goes, and the heights of what is in it.
LEFT, RIGHT, TOP, TALL = 54, 646, 27, 78
FORWARD, BACK, HANDED, VERDICT = TOP + 17, TOP + TALL - 16, TOP + TALL + 9, TOP + TALL + 31

# The three panels: the side of each, and how much of half a side the largest number takes.
PANEL_LEFT, PANEL_TOP, SIDE, GAP = 33, 193, 205, 21
LARGEST = 0.87

COLOURS = {"agrees": BLUE, "parts": ORANGE, "loop": ORANGE, "inherits": PURPLE}
MARKS = {"agrees": "agrees_mark", "parts": "parts_mark", "loop": "parts_mark", "inherits": "inherits_mark"}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def sub(name: str) -> str:
    """dW2 as dW₂."""
    return name.translate(SUBSCRIPTS)


def scientific(error: float) -> str:
    """0.33 for what can be seen, 2·10⁻¹⁰ for what cannot."""
    return with_power(f"{error:.2g}" if error >= 0.001 or error == 0 else f"{error:.0e}")


def scaled(part: Part) -> tuple[np.ndarray, float]:
    """(2, k): measured and computed of each entry as shares of the largest, from −1 to 1; and that largest."""
    both = np.stack([part.wanted.ravel(), np.asarray(part.got, float).ravel()])
    reach = float(np.abs(both).max()) or 1.0
    return both / reach, reach


class BackpropPicture:
    """What is the same in every picture is drawn once; the rest is put together anew."""

    def __init__(self, text: dict[str, str]) -> None:
        self.text = text
        self.sketch = Sketch(WIDTH, HEIGHT)
        for k in range(3):
            left, bottom = PANEL_LEFT + k * (SIDE + GAP), PANEL_TOP + SIDE
            self.sketch.slant(left, bottom, SIDE, -SIDE, GRID, 6)
            self.sketch.line((left, PANEL_TOP), (left, bottom), (left + SIDE, bottom))
        self.sketch.turned_text(PANEL_LEFT - 16, PANEL_TOP + SIDE / 2, text["given"], SIZE)
        self.sketch.turned_text(PANEL_LEFT + 0.87 * SIDE, PANEL_TOP + 0.22 * SIDE, text["equal"], 13, FAINT, turn=45)
        self.sketch.keep()

    def png(self, trial: Trial, steps: list[Step]) -> bytes:
        """The picture when the way back has gone through these layers."""
        self._row(trial, {step.l: step for step in steps})
        shown = [steps[-1].parts[i] for i in (1, 2, 0)] if steps else [None] * 3
        for k, part in enumerate(shown):
            self._panel(PANEL_LEFT + k * (SIDE + GAP) + SIDE / 2, part)
        return self.sketch.png()

    def _row(self, trial: Trial, gone: dict[int, Step]) -> None:
        L, last = trial.L, min(gone, default=trial.L + 1)
        wide = (RIGHT - LEFT) / L
        half = min(0.35 * wide, 78)
        middles = [LEFT + wide * (l - 0.5) for l in range(1, L + 1)]
        for l, x in enumerate(middles, 1):
            self._layer(trial, l, x, half, gone.get(l), l == last)
        ends = [max(middles[0] - half - 60, 4), *[x + half for x in middles]]
        starts = [x - half for x in middles] + [min(middles[-1] + half + 60, WIDTH - 4)]
        for l in range(L + 1):
            left, right = ends[l] + 5, starts[l] - 5
            self.sketch.arrow((left, FORWARD), (right, FORWARD), FAINT)
            label = sub(f"A{l}") if l < L else self.text["cost"]
            self.sketch.text((left + right) / 2, TOP - 11, label, SIZE, FAINT)
            if l >= last - 1:
                self.sketch.arrow((right, BACK), (left, BACK), INK, 2.4)
                self.sketch.text((left + right) / 2, HANDED, sub(f"dA{l}"), SIZE)

    def _layer(self, trial: Trial, l: int, x: float, half: float, step: Step | None, here: bool) -> None:
        colour, face = COLOURS[step.verdict] if step else FAINT, "white" if here else PAPER
        dashed = step is not None and step.verdict == "inherits"
        self.sketch.round_box(x - half, TOP, 2 * half, TALL, face, colour, 3.6 if here else 2.0, dashed)
        inside = 2 * half - 12
        self._fitting(x, TOP + 0.34 * TALL, self.text["layer"].format(l=l), 17, inside, bold=True)
        self._fitting(x, TOP + 0.68 * TALL, self.text[trial.activation(l)], SIZE, inside)
        if step:
            self._fitting(x, VERDICT, self._verdict(step), 17, (RIGHT - LEFT) / trial.L - 6, colour, bold=True)

    def _verdict(self, step: Step) -> str:
        errors = [part.error for part in step.parts]
        worst = scientific(max(errors)) if np.isfinite(errors).all() else self.text["no_error"]
        return self.text[MARKS[step.verdict]].format(error=worst)

    def _panel(self, x: float, part: Part | None) -> None:
        """x: the panel's middle."""
        y, scale = PANEL_TOP + SIDE / 2, self.text["measured"]
        if part is None:
            self._lines(x, y, self.text["waiting"], FAINT)
        else:
            usable, colour = np.isfinite(part.error), BLUE if part.agrees else ORANGE
            key = "agrees_part" if part.agrees else "differs_part" if usable else "unusable_part"
            error = scientific(part.error) if usable else ""
            title = self.text[key].format(name=sub(part.name), shape=part.wanted.shape, error=error)
            self._lines(x, PANEL_TOP - 22, title, colour)
            if usable:
                points, reach = scaled(part)
                scale = self.text["scale"].format(scale=f"{reach:.2g}")
                self._points(x, y, points, colour, self.sketch.ring if part.agrees else self.sketch.cross)
            else:
                self._lines(x, y, self._why_not(part), FAINT)
        self._fitting(x, PANEL_TOP + SIDE + 16, scale, SIZE, SIDE + GAP - 13)

    def _points(self, x: float, y: float, points: np.ndarray, colour: str, mark: Callable) -> None:
        for right, up in (LARGEST * SIDE / 2 * points.T).tolist():
            mark(x + right, y - up, colour=colour)

    def _lines(self, x: float, y: float, words: str, colour: str) -> None:
        """Lines of words, their middle at the height y."""
        lines = words.split("\n")
        for k, line in enumerate(lines):
            self._fitting(x, y + 20 * (k - (len(lines) - 1) / 2), line, SIZE, SIDE + GAP - 13, colour)

    def _fitting(
        self, x: float, y: float, words: str, size: float, room: float, colour: str = INK, bold: bool = False
    ) -> None:
        """Words about x, smaller where there is not room enough."""
        size *= min(1.0, room / width_of(words, size, bold))
        self.sketch.text(x, y, words, size, colour, bold)

    def _why_not(self, part: Part) -> str:
        if part.got is None:
            return self.text["nothing"]
        try:
            got = np.asarray(part.got, float).shape
        except (ValueError, TypeError):
            return type(part.got).__name__
        if got == part.wanted.shape:
            return self.text["unusable"]
        return self.text["other_shape"].format(got=got, wanted=part.wanted.shape)
