"""The picture of gradient descent: contours of the cost, the way over them, and the cost after each step."""

from collections.abc import Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER, PURPLE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.descent_surfaces import Surface

LEVELS = 12
SHORTEST = 20
SIZE = (8.0, 4.3)
PLANE, TRACE = (0.095, 0.13, 0.56, 0.765), (0.755, 0.13, 0.23, 0.765)
DEPTHS = LinearSegmentedColormap.from_list("depths", ["#cfe3f1", PAPER])


class DescentPicture:
    """Persistent artists over one surface."""

    @styled
    def __init__(self, surface: Surface, text: dict[str, str]) -> None:
        self.surface = surface
        self.lowest = surface.lowest
        figure = Figure(figsize=SIZE, layout="none")
        self.plane, self.trace = figure.add_axes(PLANE), figure.add_axes(TRACE)
        self._contours(text)
        moving = [*self._plane_artists(text), *self._trace_axes(text)]
        self.canvas = Canvas(figure, moving)

    def _contours(self, text: dict[str, str]) -> None:
        (w1, w2), heights = self.surface.axes, self.surface.heights
        low, high = float(heights.min()), float(heights.max())
        # From the bottom the heights grow by equal factors, so that a long flat floor shows as well as its steep walls.
        ease = 0.02 * (high - low)
        levels = low - ease + np.geomspace(ease, high - low + ease, LEVELS + 1)
        self.plane.contourf(w1, w2, heights, levels=levels, cmap=DEPTHS, norm="log", extend="both", zorder=0)
        lines = self.plane.contour(w1, w2, heights, levels=levels[1:-1], colors=FAINT, linewidths=0.7, zorder=1)
        self.plane.clabel(lines, lines.levels[1::3], fmt=_short, fontsize=8.5)
        self.plane.plot(*self.lowest[0], marker="*", markersize=13, color=PURPLE, linestyle="", label=text["lowest"])
        self.plane.set(xlabel=text["w1_axis"], ylabel=text["w2_axis"], aspect="equal")
        self.plane.set(xlim=self.surface.limits[0], ylim=self.surface.limits[1])
        self.plane.grid(visible=False)

    def _plane_artists(self, text: dict[str, str]) -> list:
        (self._earlier,) = self.plane.plot([], [], color=FAINT, linewidth=1.3, linestyle=(0, (4, 2)))
        (self._path,) = self.plane.plot([], [], color=BLUE, linewidth=1.5, marker="o", markersize=3.5, linestyle="-")
        (self._next,) = self.plane.plot([], [], color=ORANGE, linewidth=2, linestyle=(0, (2, 1.2)), marker="o")
        self._next.set(markersize=9, markerfacecolor="none", markeredgewidth=2, markevery=[1])
        (self._here,) = self.plane.plot([], [], color=INK, marker="o", markersize=7, linestyle="")
        names = {self._path: "path", self._next: "next", self._earlier: "earlier"}
        for artist, name in names.items():
            artist.set_label(text[name])
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "ncols": 4, "borderaxespad": 0.2, "frameon": False}
        handles = [*names, self.plane.lines[0]]
        self.plane.legend(handles=handles, handlelength=1.8, columnspacing=1.2, handletextpad=0.5, **place)
        return [self._earlier, self._path, self._here, self._next]

    def _trace_axes(self, text: dict[str, str]) -> list:
        lowest, highest = float(self.surface.heights.min()), float(self.surface.heights.max())
        self.costs = (max(lowest / 2, highest / 1e4), highest * 20)
        self.trace.set(yscale="log", ylim=self.costs, ylabel=text["cost_axis"], xlabel=text["steps_axis"])
        self.trace.yaxis.set_major_locator(LogLocator(numticks=6))
        self.trace.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))
        self.trace.yaxis.set_minor_formatter(NullFormatter())
        self.trace.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        self.trace.set_xlim(0, SHORTEST)
        (self._before,) = self.trace.plot([], [], color=FAINT, linewidth=1.3, linestyle=(0, (4, 2)))
        (self._curve,) = self.trace.plot([], [], color=BLUE, linewidth=2, linestyle="-")
        (self._last,) = self.trace.plot([], [], color=INK, marker="o", markersize=7, linestyle="")
        return [self.trace.xaxis, self._before, self._curve, self._last]

    def png(
        self, path: np.ndarray, costs: Sequence[float], ahead: np.ndarray, earlier: tuple[np.ndarray, Sequence[float]]
    ) -> bytes:
        """The picture for the way path (k, 2), its costs, the point after the next step, and the way before this."""
        self._path.set_data(path.T)
        self._path.set_marker("o" if len(path) < 200 else "")
        self._here.set_data(path[-1:].T)
        self._next.set_data(np.concatenate([path[-1:], ahead]).T)
        self._earlier.set_data(earlier[0].T)
        longest = max(SHORTEST, len(costs) - 1, len(earlier[1]) - 1)
        self.trace.set_xlim(-0.03 * longest, 1.03 * longest)
        for line, told in ((self._curve, costs), (self._before, earlier[1])):
            line.set_data(range(len(told)), np.clip(told, *self.costs))
        self._last.set_data([len(costs) - 1], np.clip(costs[-1:], *self.costs))
        return self.canvas.png()

    def inside(self, w: np.ndarray) -> bool:
        """Does the point w (1, 2) lie in the picture?"""
        return all(low <= value <= high for value, (low, high) in zip(w[0], self.surface.limits, strict=True))


def _short(value: float) -> str:
    return f"{value:.2g}" if value < 100 else f"{value:,.0f}".replace(",", "\u202f")
