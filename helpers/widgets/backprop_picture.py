"""The picture of the stepper: layers as boxes with the way back below, and a layer's numbers against the measured."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from helpers.plots.style import BLUE, FAINT, GRID, INK, ORANGE, PAPER, PURPLE, styled
from helpers.widgets.backprop_steps import Step
from helpers.widgets.backprop_trial import Trial
from helpers.widgets.canvas import Canvas

MOST_LAYERS = 6
LEFT, RIGHT, TALL = 0.8, 9.3, 1.0
COLOURS = {"agrees": BLUE, "parts": ORANGE, "loop": ORANGE, "inherits": PURPLE}
MARKS = {"agrees": "agrees_mark", "parts": "parts_mark", "loop": "parts_mark", "inherits": "inherits_mark"}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def sub(name: str) -> str:
    """dW2 as dW₂."""
    return name.translate(SUBSCRIPTS)


def scientific(error: float) -> str:
    """0.33 for what can be seen, 2·10⁻¹⁰ for what cannot."""
    if error >= 0.001 or error == 0:
        return f"{error:.2g}"
    digits, power = f"{error:.0e}".split("e")
    return f"{digits}·10{str(int(power)).replace('-', '⁻').translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


class BackpropPicture:
    """Persistent artists over one figure, in places that depend on the number of layers."""

    @styled
    def __init__(self, text: dict[str, str]) -> None:
        self.text = text
        figure = Figure(figsize=(7.6, 4.7), layout="constrained")
        grid = figure.add_gridspec(2, 3, height_ratios=(1, 1.7))
        self.row = figure.add_subplot(grid[0, :])
        self.row.set(xlim=(0, 10), ylim=(-0.7, 1.4))
        self.row.axis("off")
        self._row_artists()
        self.panels = [figure.add_subplot(grid[1, k]) for k in range(3)]
        moving = [*self._lines, *self._boxes, *self._texts]
        for k, ax in enumerate(self.panels):
            moving += self._panel_artists(ax, first=k == 0)
        self.canvas = Canvas(figure, moving)

    def _row_artists(self) -> None:
        ax = self.row
        self._lines = [
            ax.plot([], [], color=colour, linewidth=width, linestyle="-", marker=marker, markevery=[1], markersize=7)[0]
            for colour, width, marker in ((FAINT, 1.2, ">"), (INK, 2.2, "<"))
            for _ in range(MOST_LAYERS + 1)
        ]
        self._boxes = [
            FancyBboxPatch((0, 0), 1, TALL, boxstyle="round,pad=0,rounding_size=0.12", facecolor=PAPER, visible=False)
            for _ in range(MOST_LAYERS)
        ]
        for box in self._boxes:
            ax.add_patch(box)
        # Two in a box and one below it for each layer; one above and one below each arrow.
        self._texts = [ax.text(0, 0, "", ha="center", va="center") for _ in range(5 * MOST_LAYERS + 2)]

    def _panel_artists(self, ax: Axes, first: bool) -> list:
        ax.set(xlim=(-1.15, 1.15), ylim=(-1.15, 1.15), xticks=[], yticks=[], aspect="equal")
        ax.set_xlabel(" ", fontsize=10)  # room for what is measured, with the scale, which changes
        if first:
            ax.set_ylabel(self.text["given"], fontsize=10)
        ax.plot([-1.15, 1.15], [-1.15, 1.15], color=GRID, linewidth=5, linestyle="-", zorder=0)
        if first:
            ax.text(0.95, 0.82, self.text["equal"], ha="center", va="center", rotation=45, fontsize=9, color=FAINT)
        (points,) = ax.plot([], [], linestyle="", markersize=7, markerfacecolor="none", markeredgewidth=1.6)
        title = ax.text(0.5, 1.03, "", transform=ax.transAxes, ha="center", va="bottom", fontsize=11)
        middle = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", va="center", fontsize=10, color=FAINT)
        scale = ax.text(0.5, -0.02, "", transform=ax.transAxes, ha="center", va="top", fontsize=10)
        # Room for the titles, which come later.
        ax.set_title(" \n ", fontsize=11)
        return [points, title, middle, scale]

    def png(self, trial: Trial, steps: list[Step]) -> bytes:
        """The picture when the way back has gone through these layers."""
        self._draw_row(trial, {step.l: step for step in steps})
        shown = [steps[-1].parts[i] for i in (1, 2, 0)] if steps else [None] * 3
        for k, part in enumerate(shown):
            self._draw_panel(self.canvas.moving[-12 + 4 * k : len(self.canvas.moving) - 8 + 4 * k], part)
        return self.canvas.png()

    def _draw_row(self, trial: Trial, gone: dict[int, Step]) -> None:
        for artist in (*self._lines, *self._boxes, *self._texts):
            artist.set_visible(False)
        L, last = trial.L, min(gone, default=trial.L + 1)
        wide = (RIGHT - LEFT) / L
        half = min(0.34 * wide, 1.15)
        middles = [LEFT + wide * (l - 0.5) for l in range(1, L + 1)]
        texts = iter(self._texts)
        for l, x in enumerate(middles, 1):
            self._draw_layer(trial, l, x, half, gone.get(l), l == last, texts)
        ends = [max(LEFT + wide * 0.5 - half - 0.75, 0.05), *[x + half for x in middles]]
        starts = [x - half for x in middles] + [min(middles[-1] + half + 0.75, 9.95)]
        for l in range(L + 1):
            left, right = ends[l] + 0.1, starts[l] - 0.1
            label = sub(f"A{l}") if l < L else self.text["cost"]
            self._arrow(l, (left, right), 0.78 * TALL, label, next(texts), 0.27)
            if l >= last - 1:
                handed = sub(f"dA{l}")
                self._arrow(MOST_LAYERS + 1 + l, (right, left), 0.22 * TALL, handed, next(texts), -0.3)

    def _draw_layer(self, trial: Trial, l: int, x: float, half: float, step: Step | None, here: bool, texts) -> None:
        box, colour = self._boxes[l - 1], COLOURS[step.verdict] if step else FAINT
        box.set_bounds(x - half, 0, 2 * half, TALL)
        box.set(edgecolor=colour, linewidth=3.2 if here else 1.8, visible=True, facecolor="white" if here else PAPER)
        box.set_linestyle("--" if step and step.verdict == "inherits" else "-")
        name = self.text[trial.activation(l)]
        self._say(next(texts), x, 0.66, self.text["layer"].format(l=l), 12 if trial.L < 5 else 10, "bold")
        self._say(next(texts), x, 0.3, name, 11 if trial.L < 5 else 9)
        if step:
            self._say(next(texts), x, -0.42, self._verdict(step), 12 if trial.L < 5 else 10, "bold", colour)

    def _verdict(self, step: Step) -> str:
        errors = [part.error for part in step.parts]
        worst = scientific(max(errors)) if np.isfinite(errors).all() else self.text["no_error"]
        return self.text[MARKS[step.verdict]].format(error=worst)

    def _arrow(self, k: int, x: tuple[float, float], y: float, label: str, text, above: float) -> None:
        self._lines[k].set_data(x, (y, y))
        self._lines[k].set_visible(True)
        self._say(text, sum(x) / 2, y + above, label, 10, colour=FAINT if above > 0 else INK)

    def _say(
        self, text, x: float, y: float, words: str, size: float, weight: str = "normal", colour: str = INK
    ) -> None:
        text.set(x=x, y=y, text=words, fontsize=size, fontweight=weight, color=colour, visible=True)

    def _draw_panel(self, artists: list, part) -> None:
        points, title, middle, scale = artists
        points.set_data([], [])
        title.set_text("")
        scale.set_text(self.text["measured"])
        middle.set_text(self.text["waiting"] if part is None else "")
        if part is None:
            return
        name, shape = sub(part.name), str(part.wanted.shape)
        usable = np.isfinite(part.error)
        key = "agrees_part" if part.agrees else "differs_part" if usable else "unusable_part"
        error = scientific(part.error) if usable else ""
        title.set_text(self.text[key].format(name=name, shape=shape, error=error))
        title.set_color(BLUE if part.agrees else ORANGE)
        if not usable:
            middle.set_text(self._why_not(part))
            return
        got = np.asarray(part.got, float)
        reach = max(np.abs(part.wanted).max(), np.abs(got).max()) or 1.0
        points.set_data(part.wanted.ravel() / reach, got.ravel() / reach)
        points.set(color=BLUE if part.agrees else ORANGE, marker="o" if part.agrees else "x")
        scale.set_text(self.text["scale"].format(scale=f"{reach:.2g}"))

    def _why_not(self, part) -> str:
        if part.got is None:
            return self.text["nothing"]
        try:
            got = np.asarray(part.got, float).shape
        except (ValueError, TypeError):
            return type(part.got).__name__
        if got == part.wanted.shape:
            return self.text["unusable"]
        return self.text["other_shape"].format(got=got, wanted=part.wanted.shape)
