"""The picture of a hidden layer: each unit's plane, what each adds to the score at a point, and the output's plane."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from helpers.plots.style import BLUE, COLOURS, FAINT, INK, MARKERS, ORANGE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.level_line import level_line
from helpers.widgets.neuron_words import number
from helpers.widgets.shading import Shading

GRID = 64
ABOVE, BELOW = 0.33, 0.5
"""Inches for titles and for the axis."""


class HiddenLayerPicture:
    """Persistent artists over one figure; `grid` (2, GRID²) is where `png` wants to know the answers."""

    @styled
    def __init__(self, X: np.ndarray, Y: np.ndarray, n_1: int, reach: float, text: dict[str, str]) -> None:
        self.n_1, self.reach, self.text = n_1, reach, text
        low, high = X.min(axis=1), X.max(axis=1)
        room = 0.08 * (high - low)
        self.limits = list(zip(low - room, high + room, strict=True))
        self.axes = [np.linspace(*limits, GRID) for limits in self.limits]
        self.grid = np.stack([axis.ravel() for axis in np.meshgrid(*self.axes)])
        height = 1.6 + 1.0 * n_1
        self.figure = Figure(figsize=(8.6, height), layout="none")
        self.bottom, top = BELOW / height, 1 - ABOVE / height
        self.high = top - self.bottom
        # The units' planes stand beside their bars; below them, two rows of bars for bias and sum.
        row = self.high / (n_1 + 1)
        self.output = self._plane((0.61, self.bottom, 0.375, self.high), X, Y, 4.5)
        self.output.ax.set_title(text["output_title"], fontsize=11)
        self.output.ax.set(xlabel="x₁", ylabel="x₂")
        self.units = []
        for k in range(n_1):
            place = (0.015, top - (k + 0.96) * row, 0.215, 0.92 * row)
            self.units.append(self._plane(place, X, Y, 1.6))
            self.units[k].ax.set(xticks=[], yticks=[])
        self.units[0].ax.set_title(text["unit_title"], fontsize=11)
        self._bars(text)
        still = [artist for plane in (*self.units, self.output) for artist in plane.moving]
        self.canvas = Canvas(self.figure, [*still, *self._bar_artists])

    def _plane(self, place: tuple[float, float, float, float], X: np.ndarray, Y: np.ndarray, size: float) -> "Plane":
        return Plane(self.figure.add_axes(place), self.limits, X, Y, size)

    def _bars(self, text: dict[str, str]) -> None:
        n = self.n_1
        self.bars = self.figure.add_axes((0.32, self.bottom, 0.2, self.high))
        self.bars.set(xlim=(-self.reach, self.reach), ylim=(n + 1, 0), title=text["bars_title"])
        self.bars.title.set_fontsize(11)
        self.places = [*(k + 0.5 for k in range(n)), n + 0.25, n + 0.75]
        names = [*(text["plane"].format(k=k + 1) for k in range(n)), text["bias_row"], text["sum_row"]]
        self.bars.set_yticks(self.places, names)
        self.bars.tick_params(axis="y", length=0)
        self.bars.grid(visible=False, axis="y")
        self.bars.axvline(0, color=FAINT, linewidth=1)
        self.bars.axhline(n + 0.5, color=INK, linewidth=1)
        self._rects = list(self.bars.barh(self.places, [0] * (n + 2), height=0.3))
        self._values = [self.bars.text(0, y, "", va="center", fontsize=10) for y in self.places]
        self._bar_artists = [*self._rects, *self._values]

    def png(
        self,
        A1: np.ndarray,
        A2: np.ndarray,
        parameters: dict[str, np.ndarray],
        on: Sequence[bool],
        chosen: int,
        point: tuple[float, float],
        parts: Sequence[float],
    ) -> bytes:
        """A1 (n_1, GRID²) and A2 (1, GRID²) on the grid; parts: what each unit and the bias add at the point."""
        for k, plane in enumerate(self.units):
            plane.shade((A1[k] + 1) / 2, 0.5 if on[k] else None, self.axes)
            plane.mark(point, chosen == k)
        self.output.shade(A2[0], 0.5, self.axes)
        self.output.mark(point, False)
        for rect, label, y, part in zip(
            self._rects, self._values, self.places, [*parts, float(sum(parts))], strict=True
        ):
            width = float(np.clip(part, -self.reach, self.reach))
            rect.set(x=min(width, 0.0), width=abs(width), facecolor=ORANGE if part > 0 else BLUE)
            label.set_text(number(part, 1))
            # On the empty side of zero, where no bar can cover it.
            label.set(x=-0.04 * self.reach * np.sign(part or 1), ha="right" if part >= 0 else "left", y=y)
        return self.canvas.png()


class Plane:
    """One plane with its shading, its line, the examples and the mark of the point."""

    def __init__(self, ax, limits: list, X: np.ndarray, Y: np.ndarray, size: float) -> None:
        self.ax = ax
        ax.set(xlim=limits[0], ylim=limits[1])
        ax.grid(visible=False)
        for spine in ax.spines.values():
            spine.set(visible=True, color=FAINT, linewidth=0.8)
        self._shading = Shading(ax)
        points = [
            ax.plot(*X[:, Y[0] == y], color=COLOURS[y], marker=MARKERS[y], markersize=size, linestyle="",
                    markeredgecolor="white", markeredgewidth=0.1 * size)[0]
            for y in (0, 1)
        ]  # fmt: skip
        (self._line,) = ax.plot([], [], color=INK, linewidth=2.2, linestyle="-", solid_capstyle="round")
        (self._mark,) = ax.plot([], [], color=INK, marker="P", markersize=9, linestyle="", markeredgecolor="white")
        (self._frame,) = ax.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], transform=ax.transAxes, color=INK, linewidth=4)
        self._frame.set(linestyle="-", clip_on=False)
        self.moving = [self._shading, *points, self._line, self._mark, self._frame]

    def shade(self, shares: np.ndarray, level: float | None, axes: list[np.ndarray]) -> None:
        """shares (GRID²,) from 0 to 1; the line where they are `level`; None: out of use, without a line and pale."""
        shares = shares.reshape(GRID, GRID)
        self._shading.shade(np.full_like(shares, 0.5) if level is None else shares)
        self._line.set_data([[], []] if level is None else level_line(*axes, shares, level))

    def mark(self, point: tuple[float, float], framed: bool) -> None:
        """The cross at the point, and a frame around the plane."""
        self._mark.set_data([point[0]], [point[1]])
        self._frame.set_visible(framed)
