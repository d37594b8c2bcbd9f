"""The picture of the clinic: cost and share right over the steps, on training and validation points, sick and cured."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.plots.style import BLUE, FAINT, ORANGE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.clinic_patients import Curves

COSTS = (0.004, 100.0)
FAR_BACK = 0.3


class ClinicPicture:
    """Persistent artists over one figure."""

    @styled
    def __init__(self, text: dict[str, str]) -> None:
        figure = Figure(figsize=(8.2, 3.9), layout="constrained")
        self.cost, self.right = figure.subplots(1, 2)
        self.cost.set(yscale="log", ylim=COSTS, ylabel=text["cost"])
        self.cost.set_yticks([0.01, 0.1, 1, 10, 100], labels=["0.01", "0.1", "1", "10", "100"])
        self.right.set(ylim=(0.2, 1.03), ylabel=text["right"])
        self.right.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        moving = []
        for ax, level, name in ((self.cost, np.log(2), text["guessing"]), (self.right, 0.5, text["coin"])):
            ax.set(xlim=(0, 300), xlabel=text["steps"])
            ax.axhline(level, color=FAINT, linewidth=1.2, linestyle=":")
            above = level * (1.06 if ax is self.cost else 1.01)
            place = {"ha": "right", "va": "bottom", "transform": ax.get_yaxis_transform()}
            label = ax.text(0.98, above, name, fontsize=9, color=FAINT, **place)
            moving += [ax.xaxis, *self._lines(ax, text), label]
        self.canvas = Canvas(figure, moving)

    def _lines(self, ax: Axes, text: dict[str, str]) -> list:
        looks = ((BLUE, "-", text["training"]), (ORANGE, "--", text["validation"]))
        # First those of the patient as it came, then those of the cured one.
        lines = [
            ax.plot([], [], color=colour, linestyle=style, linewidth=2.2, label=name)[0]
            for _ in range(2)
            for colour, style, name in looks
        ]
        ax.legend(handles=lines[:2], loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderaxespad=0.2)
        setattr(self, "cost_lines" if ax is self.cost else "right_lines", lines)
        return lines

    def png(self, sick: Curves, cured: Curves | None) -> bytes:
        """The picture of a patient, and over it of the cured one, if that is to be shown."""
        for ax in (self.cost, self.right):
            ax.set_xlim(0, sick.steps[-1])
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
