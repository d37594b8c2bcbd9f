"""The picture of the clinic: cost and share right over the steps, on training and validation points, sick and cured."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.plots.style import BLUE, FAINT, ORANGE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.clinic_patients import Curves
from helpers.widgets.tick_numbers import tick_numbers

COSTS = (0.004, 100.0)
"""What is beyond is drawn at the end of the axis."""
FAR_BACK = 0.3
TICKS = (0.0, 1 / 3, 2 / 3, 1.0)


class ClinicPicture:
    """Persistent artists over one figure."""

    @styled
    def __init__(self, text: dict[str, str]) -> None:
        figure = Figure(figsize=(8.2, 4.1), layout="constrained")
        self.cost, self.right = figure.subplots(1, 2)
        # A little more than COSTS, so that a line at either end is seen in its whole width.
        self.cost.set(yscale="log", ylim=(0.85 * COSTS[0], 1.25 * COSTS[1]), ylabel=text["cost"])
        self.cost.set_yticks([0.01, 0.1, 1, 10, 100], labels=["0.01", "0.1", "1", "10", "100+"])
        self.right.set(ylim=(0.2, 1.03), ylabel=text["right"])
        self.right.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        self.cost_lines = self._lines(self.cost, np.log(2), text["guessing"], text)
        self.right_lines = self._lines(self.right, 0.5, text["coin"], text)
        self._numbers, self._was = [], []
        for ax in (self.cost, self.right):
            ax.set(xlim=(0, 1), xlabel=text["steps"])
            self._numbers.append(tick_numbers(ax, TICKS, ["0", "1000", "1000", "1000"]))
            self._was.append(ax.text(0.98, 0.05, text["was"], transform=ax.transAxes, ha="right", fontsize=10))
        numbers = [number for row in self._numbers for number in row]
        self.canvas = Canvas(figure, [*self.cost_lines, *self.right_lines, *numbers, *self._was])

    def _lines(self, ax: Axes, level: float, name: str, text: dict[str, str]) -> list:
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
        return lines

    def png(self, sick: Curves, cured: Curves | None) -> bytes:
        """The picture of a patient, and over it of the cured one, if that is to be shown."""
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

    def _draw(self, lines: list, curves: Curves | None, *names: str) -> None:
        for line, name in zip(lines, names, strict=True):
            if curves is None:
                line.set_data([], [])
            else:
                values = getattr(curves, name)
                line.set_data(curves.steps, np.clip(values, *COSTS) if name.startswith("cost") else values)
