"""The picture of the clinic: cost and share right over the steps, on training and validation points, sick and cured."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from helpers.plots.style import BLUE, FAINT, ORANGE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.clinic_patients import Curves
from helpers.widgets.tick_numbers import tick_numbers

COSTS = ((3e-4, 30.0), (0.3, 3e4))
"""Where the axis of the cost begins and ends, for most patients and for those whose cost leaps high: whole decades
apart, so that ticks and grid lines stay. No patient's curves leave it: one that fell on out of sight, or leapt there,
would seem to be level, and that is a sign to be read.
"""
WORDS_AT = (0.05, 0.2)
"""Where no curve lies in either, as a share of the axis."""
COST_TICKS = ((0.001, 0.01, 0.1, 1, 10), (1, 10, 100, 1000, 10000))
FAR_BACK = 0.3
TICKS = (0.0, 1 / 3, 2 / 3, 1.0)


class ClinicPicture:
    """Persistent artists over one figure."""

    @styled
    def __init__(self, text: dict[str, str]) -> None:
        figure = Figure(figsize=(8.2, 4.1), layout="constrained")
        self.cost, self.right = figure.subplots(1, 2)
        self.cost.set(yscale="log", ylim=COSTS[0], ylabel=text["cost"])
        self._cost_numbers = self._numbers_beside(self.cost)
        self.right.set(ylim=(0.2, 1.03), ylabel=text["right"])
        self.right.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        self.cost_lines, self._guessing = self._lines(self.cost, np.log(2), text["guessing"], text)
        self.right_lines, _ = self._lines(self.right, 0.5, text["coin"], text)
        self._numbers, self._was = [], []
        for ax in (self.cost, self.right):
            ax.set(xlim=(0, 1), xlabel=text["steps"])
            self._numbers.append(tick_numbers(ax, TICKS, ["0", "1000", "1000", "1000"]))
            self._was.append(ax.text(0.98, 0.05, text["was"], transform=ax.transAxes, ha="right", fontsize=10))
        numbers = [number for row in (*self._numbers, self._cost_numbers) for number in row]
        self.canvas = Canvas(figure, [self._guessing, *self.cost_lines, *self.right_lines, *numbers, *self._was])

    def _numbers_beside(self, ax: Axes) -> list[Text]:
        """A text for each tick of the cost, to be drawn with what moves."""
        # Unseen numbers keep the room free.
        ax.set_yticks(COST_TICKS[0], labels=[f"{most:g}" for most in COST_TICKS[1]])
        ax.tick_params(axis="y", labelcolor="none")
        tick = ax.yaxis.get_major_ticks()[0]
        beside = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "ha": "right", "va": "center"}
        gap = -tick.get_tick_padding() - tick.get_pad()
        return [ax.annotate("", (0, y), (gap, 0), annotation_clip=False, **beside) for y in COST_TICKS[0]]

    def _lines(self, ax: Axes, level: float, name: str, text: dict[str, str]) -> tuple[list[Line2D], Line2D]:
        looks = ((BLUE, "-", text["training"]), (ORANGE, "--", text["validation"]))
        # First those of the patient as it came, then those of the cured one.
        lines = [
            ax.plot([], [], color=colour, linestyle=style, linewidth=2.2, label=name)[0]
            for _ in range(2)
            for colour, style, name in looks
        ]
        # Named in the legend, since every place beside it is crossed by the curves of some patient.
        guessing = ax.axhline(level, color=FAINT, linewidth=1.4, linestyle=":", label=name)
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "frameon": False}
        legend = ax.legend(handles=[*lines[:2], guessing], ncols=2, columnspacing=1.2, **place)
        # Its height is kept free by a title of two lines; by its width the axes would become narrow.
        legend.set_in_layout(False)
        ax.set_title(" \n ", fontsize=15)
        return lines, guessing

    def png(self, sick: Curves, cured: Curves | None) -> bytes:
        """The picture of a patient, and over it of the cured one, if that is to be shown."""
        self._reach(max(sick.cost.max(), sick.cost_new.max()))
        steps = sick.steps[-1]
        for ax, numbers, was in zip((self.cost, self.right), self._numbers, self._was, strict=True):
            ax.set_xlim(0, steps)
            for share, number in zip(TICKS, numbers, strict=True):
                number.set_text(f"{share * steps:.0f}")
            was.set_visible(cured is not None)
        for k, curves in enumerate((sick, cured)):
            self._draw(self.cost_lines[2 * k : 2 * k + 2], curves, "cost", "cost_new")
            self._draw(self.right_lines[2 * k : 2 * k + 2], curves, "right", "right_new")
        for line in (*self.cost_lines[:2], *self.right_lines[:2]):
            line.set(alpha=FAR_BACK if cured else 1.0, linewidth=1.4 if cured else 2.2)
        return self.canvas.png()

    def _reach(self, highest: float) -> None:
        """The axis of the cost for curves that go so high."""
        k = int(highest > COSTS[0][1])
        self.cost.set_ylim(COSTS[k])
        self._was[0].set_y(WORDS_AT[k])
        for value, number in zip(COST_TICKS[k], self._cost_numbers, strict=True):
            number.xy = (0, value)
            number.set_text(f"{value:g}")

    def _draw(self, lines: list, curves: Curves | None, *names: str) -> None:
        for line, name in zip(lines, names, strict=True):
            if curves is None:
                line.set_data([], [])
            else:
                line.set_data(curves.steps, getattr(curves, name))
