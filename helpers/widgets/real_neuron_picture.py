"""The picture of the recorded neuron: loudness above, a panel for each unit's probabilities, strokes where it fired."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.plots.style import COLOURS, FAINT, INK, styled
from helpers.widgets.canvas import Canvas


class RealNeuronPicture:
    """Persistent artists; `png` moves the window to another first bin.

    level, Y: (T,).  A: (units, T).  names: of the units.  bins: how many a window holds.
    """

    @styled
    def __init__(
        self,
        level: np.ndarray,
        Y: np.ndarray,
        A: np.ndarray,
        names: Sequence[str],
        bin_ms: float,
        bins: int,
        text: dict[str, str],
    ) -> None:
        self.level, self.Y, self.A, self.bin_ms, self.bins = level, Y, A, bin_ms, bins
        figure = Figure(figsize=(8.4, 2.0 + 1.45 * len(A)), layout="constrained")
        rows = figure.subplots(1 + len(A), 1, sharex=True, height_ratios=[1.25] + [1.0] * len(A))
        self.x = bin_ms * np.arange(bins + 1)
        for ax in rows:
            ax.set(xlim=(0, self.x[-1]))
            ax.grid(False)
        margin = 0.05 * (level.max() - level.min() + 1e-9)
        rows[0].set(ylim=(level.min() - margin, level.max() + margin))
        rows[0].set_title(text["level_axis"], loc="left", fontsize=11)
        (self._sound,) = rows[0].plot([], [], color=INK, linestyle="-", linewidth=1.6)
        self._strokes = [ax.vlines([], 0, 1, colors=FAINT, linewidth=1.3, linestyles=(0, (2, 2))) for ax in rows]
        self._dots, self._steps = [], []
        for k, (ax, name) in enumerate(zip(rows[1:], names, strict=True)):
            ax.set(ylim=(0, 1.12), yticks=[0, 0.5, 1])
            ax.set_yticks([0, 0.5, 1], labels=["0", "50 %", "100 %"])
            ax.set_title(text["probability"].format(name=name), loc="left", fontsize=11)
            colour = COLOURS[k % len(COLOURS)]
            self._steps.append(ax.stairs(np.zeros(bins), self.x, fill=True, color=colour, alpha=0.85, linewidth=0))
            (dots,) = ax.plot([], [], color=INK, marker="v", markersize=6, linestyle="")
            self._dots.append(dots)
        self._name_the_marks(rows[0], text["spike"])
        # The scale stays as it is, and one line says where it begins: less to draw at each change.
        self._from = figure.supxlabel(text["time_axis"].format(start=f"{0:.3f}"), fontsize=12)
        self._axis = text["time_axis"]
        self.canvas = Canvas(figure, [*self._steps, self._sound, *self._strokes, *self._dots, self._from])

    def _name_the_marks(self, ax: Axes, name: str) -> None:
        """Above the first panel, beside its title, where no curve comes."""
        both = (Line2D([], [], color=FAINT, linewidth=1.3, linestyle=(0, (2, 2))), self._dots[0])
        place = {"loc": "lower right", "bbox_to_anchor": (1, 1), "borderaxespad": 0, "borderpad": 0.1, "frameon": False}
        legend = ax.legend(handles=[both], labels=[name], fontsize=11, **place)
        # Its room is that of the title, which is there anyway.
        legend.set_in_layout(False)

    def png(self, first: int) -> bytes:
        """The picture of the bins first … first + bins − 1."""
        shown = slice(first, first + self.bins)
        centres = self.x[:-1] + self.bin_ms / 2
        self._sound.set_data(centres, self.level[shown])
        fired = centres[self.Y[shown] == 1]
        for lines in self._strokes:
            low, high = lines.axes.get_ylim()
            lines.set_segments([[(t, low), (t, high)] for t in fired])
        for steps, A in zip(self._steps, self.A, strict=True):
            steps.set_data(values=A[shown])
        for dots in self._dots:
            dots.set_data(fired, np.full(fired.size, 1.06))
        self._from.set_text(self._axis.format(start=f"{0.001 * self.bin_ms * first:.3f}"))
        return self.canvas.png()
