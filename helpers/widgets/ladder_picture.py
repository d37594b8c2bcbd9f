"""The picture of the ladder: all networks with their intervals, the two chosen ones marked, and compared run by run."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from helpers.data.ladder import Ladder
from helpers.plots.style import BLUE, FAINT, GRID, INK, ORANGE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.tick_numbers import tick_numbers

RANGES = (10, 50, 100)
"""Percentage points to either side of zero: some networks are ten times as far apart as others."""
MARGIN = 1.1
TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)

PAIR = (("A", BLUE, "o", "-"), ("B", ORANGE, "^", "--"))


class LadderPicture:
    """Persistent artists over one figure."""

    @styled
    def __init__(self, results: Ladder, names: Sequence[str], text: dict[str, str]) -> None:
        self.results, self.text = results, text
        figure = Figure(figsize=(8.2, 4.9), layout="constrained")
        grid = figure.add_gridspec(2, 2, height_ratios=(3.2, 1), width_ratios=(1.15, 1))
        self.rows, self.gaps = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[1, 0])
        self.curves = figure.add_subplot(grid[:, 1])
        self.canvas = Canvas(figure, [*self._rows(names), *self._gaps(), *self._curves()])

    def _rows(self, names: Sequence[str]) -> list:
        r, ax = self.results, self.rows
        places = np.arange(len(names))[::-1]
        ax.axvline(r.baseline.mean(), color=FAINT, linestyle=":", linewidth=1.5)
        beside = {"fontsize": 9, "color": FAINT, "va": "center"}
        ax.text(r.baseline.mean() + 0.006, len(names) - 0.42, self.text["baseline"], **beside)
        ax.hlines(places, *r.intervals.T, color=GRID, linewidth=10, linestyle="-")
        each = np.repeat(places, r.test.shape[1])
        ax.plot(r.test.ravel(), each, "o", color=FAINT, markersize=4, markerfacecolor="none")
        ax.set_yticks(places, names)
        ax.set(ylim=(-0.6, len(names) - 0.2), xlabel=self.text["share"], xlim=(0.42, 1.03))
        ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        ax.grid(axis="y", visible=False)
        self._marks = []
        for letter, colour, marker, _ in PAIR:
            (bar,) = ax.plot([], [], color=colour, linewidth=10, alpha=0.35, linestyle="-", solid_capstyle="butt")
            (runs,) = ax.plot([], [], color=colour, marker=marker, linestyle="", markersize=6, markerfacecolor="none")
            (mean,) = ax.plot([], [], color=colour, linewidth=2.4, linestyle="-")
            # On different sides, so that both can be read where the same network is chosen twice.
            side = "right" if letter == "A" else "left"
            name = ax.text(0, 0, letter, color=colour, fontsize=13, fontweight="bold", va="center", ha=side)
            name.set_in_layout(False)
            self._marks.append((bar, runs, mean, name))
        return [artist for marks in self._marks for artist in marks]

    def _gaps(self) -> list:
        ax = self.gaps
        ax.axvline(0, color=INK, linewidth=1.2, linestyle="-")
        ax.set(xlim=(-MARGIN, MARGIN), ylim=(-1, 1), yticks=[], xlabel=self.text["difference"])
        ax.grid(axis="y", visible=False)
        self._numbers = tick_numbers(ax, [(half / MARGIN + 1) / 2 for half in TICKS], ["+100"] * 5)
        (self._interval,) = ax.plot([], [], color=INK, linewidth=10, alpha=0.25, linestyle="-", solid_capstyle="butt")
        (self._runs,) = ax.plot([], [], color=INK, marker="D", markersize=6, markerfacecolor="none", linestyle="")
        (self._mean,) = ax.plot([], [], color=INK, linewidth=3, linestyle="-")
        return [*self._numbers, self._interval, self._runs, self._mean]

    def _curves(self) -> list:
        r, ax = self.results, self.curves
        ax.axhline(r.baseline.mean(), color=FAINT, linestyle=":", linewidth=1.5)
        ax.set(xlim=(0, r.steps * 1.06), ylim=(0.44, 1.02), xlabel=self.text["steps"])
        ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        # Its words change with the pairs shown, so it is an artist that moves.
        title = ax.text(0.5, 1.02, "", transform=ax.transAxes, ha="center", va="bottom", fontsize=11)
        ax.set_title(" ", fontsize=14)
        self._title, self._lines = title, []
        for letter, colour, _, style in PAIR:
            # All runs in one line, with gaps between them.
            (runs,) = ax.plot([], [], color=colour, linewidth=0.8, alpha=0.55, linestyle="-")
            (mean,) = ax.plot([], [], color=colour, linewidth=2.8, linestyle=style)
            name = ax.text(0, 0, letter, color=colour, fontsize=13, fontweight="bold", va="center")
            name.set_in_layout(False)
            self._lines.append((runs, mean, name))
        return [title, *(artist for lines in self._lines for artist in lines)]

    def png(self, a: int, b: int, curves: np.ndarray, difference: tuple, pairs: str) -> bytes:
        """For networks a and b; curves: (networks, runs, points); difference: mean, low and high of B − A."""
        r = self.results
        for k, letter, (bar, runs, mean, name) in zip((a, b), "AB", self._marks, strict=True):
            y = len(r.hidden) - 1 - k
            low, high = r.intervals[k]
            bar.set_data([low, high], [y, y])
            runs.set_data(r.test[k], [y] * r.test.shape[1])
            mean.set_data([r.means[k]] * 2, [y - 0.3, y + 0.3])
            left, right = min(low, r.test[k].min()) - 0.015, max(high, r.test[k].max()) + 0.015
            name.set_position((left if letter == "A" else right, y))
        self._draw_gaps(100 * (r.test[b] - r.test[a]), *(100 * x for x in difference))
        self._draw_curves(a, b, curves, pairs)
        return self.canvas.png()

    def _draw_gaps(self, gaps: np.ndarray, middle: float, low: float, high: float) -> None:
        far = max(np.abs(gaps).max(), abs(low), abs(high))
        reach = next((n for n in RANGES if far <= n), RANGES[-1])
        self.gaps.set_xlim(-MARGIN * reach, MARGIN * reach)
        for half, number in zip(TICKS, self._numbers, strict=True):
            number.set_text(f"{half * reach:+g}".replace("-", "−") if half else "0")
        self._interval.set_data([low, high], [0, 0])
        self._runs.set_data(gaps, np.zeros_like(gaps))
        self._mean.set_data([middle, middle], [-0.6, 0.6])

    def _draw_curves(self, a: int, b: int, curves: np.ndarray, pairs: str) -> None:
        r = self.results
        self._title.set_text(self.text["curve_share"].format(pairs=pairs))
        ends = [curves[k, :, -1].mean() for k in (a, b)]
        # The letters at the ends stay readable where the ends, or the networks, are the same.
        apart = 0.02 * np.sign(ends[0] - ends[1] or 1) if abs(ends[0] - ends[1]) < 0.04 else 0
        for k, end, lift, (runs, mean, name) in zip((a, b), ends, (apart, -apart), self._lines, strict=True):
            steps = np.tile([*r.curve_steps, np.nan], curves.shape[1])
            runs.set_data(steps, np.concatenate([[*run, np.nan] for run in curves[k]]))
            mean.set_data(r.curve_steps, curves[k].mean(axis=0))
            name.set_position((r.steps * 1.015, end + lift))
