"""The picture of symmetry: rows of W1 and the way they came, the lines they draw, and the cost of each start."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from helpers.plots.style import COLOURS, FAINT, INK, LINE_STYLES, MARKERS, PAPER, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.level_line import level_line
from helpers.widgets.shading import Shading

GRID = 56
REACH = 5.0
HIGHEST = 0.95
SIZES = (17.0, 11.5, 7.0, 3.5)
"""Of the units' marks: the later the smaller, so that marks on one place are all seen."""
MOST_UNITS = len(SIZES)


class SymmetryPicture:
    """Persistent artists over one figure; `grid` (2, GRID²) is where `png` wants to know the probabilities."""

    @styled
    def __init__(self, X: np.ndarray, Y: np.ndarray, n_1: int, starts: Sequence[str], most: int, text: dict) -> None:
        low, high = X.min(axis=1), X.max(axis=1)
        room = 0.08 * (high - low)
        self.axes = [np.linspace(*ends, GRID) for ends in zip(low - room, high + room, strict=True)]
        self.grid = np.stack([axis.ravel() for axis in np.meshgrid(*self.axes)])
        figure = Figure(figsize=(8.6, 3.7), layout="none")
        self.rows, self.plane, self.cost = (
            figure.add_axes((x, 0.145, width, 0.66)) for x, width in ((0.065, 0.27), (0.4, 0.3), (0.765, 0.205))
        )
        rows = self._row_artists(n_1, text)
        plane = self._plane_artists(X, Y, n_1, text)
        self.canvas = Canvas(figure, [*rows, *plane, *self._cost_artists(starts, most, text)])

    def _row_artists(self, n_1: int, text: dict) -> list:
        self.rows.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel=text["w1_axis"], ylabel=text["w2_axis"])
        self.rows.set_title(text["rows_title"], fontsize=11)
        for draw in (self.rows.axhline, self.rows.axvline):
            draw(0, color=FAINT, linewidth=0.8, linestyle="-")
        looks = [{"color": COLOURS[k], "linestyle": LINE_STYLES[k]} for k in range(n_1)]
        self._ways = [self.rows.plot([], [], linewidth=1.6, **look)[0] for look in looks]
        self._points = [
            self.rows.plot([], [], color=COLOURS[k], marker=MARKERS[k], markersize=SIZES[k], linestyle="",
                           markeredgecolor=PAPER, markeredgewidth=1.2, label=text["unit"].format(k=k + 1))[0]
            for k in range(n_1)
        ]  # fmt: skip
        place = {
            "loc": "lower left",
            "bbox_to_anchor": (0.05, 0.885),
            "ncols": n_1,
            "frameon": False,
            "handlelength": 1.4,
        }
        self.rows.get_figure().legend(handles=self._points, **place)
        return [*self._ways, *self._points]

    def _plane_artists(self, X: np.ndarray, Y: np.ndarray, n_1: int, text: dict) -> list:
        limits = [(axis[0], axis[-1]) for axis in self.axes]
        self.plane.set(xlim=limits[0], ylim=limits[1], xlabel="x₁")
        self.plane.set_title(text["plane_title"], fontsize=11)
        self.plane.grid(visible=False)
        self._shading = Shading(self.plane)
        examples = [
            self.plane.plot(*X[:, Y[0] == y], color=COLOURS[y], marker=MARKERS[y], markersize=2.6, linestyle="")[0]
            for y in (0, 1)
        ]
        (self._edge,) = self.plane.plot([], [], color=INK, linewidth=2.6, linestyle="-", solid_capstyle="round")
        # The first lines are the widest, so that lines on one place are all seen.
        self._lines = [
            self.plane.plot([], [], color=COLOURS[k], linestyle=LINE_STYLES[k], linewidth=4.5 - k)[0]
            for k in range(n_1)
        ]
        return [self._shading, *examples, self._edge, *self._lines]

    def _cost_artists(self, starts: Sequence[str], most: int, text: dict) -> list:
        self.cost.set(xlim=(-0.02 * most, most), ylim=(0, HIGHEST), xlabel=text["steps_axis"])
        self.cost.set_title(text["cost_title"], fontsize=11)
        self.cost.set_xticks([0, most // 3, 2 * most // 3, most])
        self._costs = {
            start: self.cost.plot([], [], color=FAINT, linewidth=1, linestyle=LINE_STYLES[k])[0]
            for k, start in enumerate(starts)
        }
        (self._curve,) = self.cost.plot([], [], color=INK, linewidth=2.2, linestyle="-")
        return [*self._costs.values(), self._curve]

    def png(
        self, ways: np.ndarray, parameters: dict[str, np.ndarray], P: np.ndarray, costs: Sequence[float], earlier: dict
    ) -> bytes:
        """ways (k, n_1, 2): W1 at each kept step; P (GRID²,); earlier: start -> costs of its last run."""
        for k, (way, point, line) in enumerate(zip(self._ways, self._points, self._lines, strict=True)):
            way.set_data(np.clip(ways[:, k].T, -REACH, REACH))
            point.set_data(*np.clip(ways[-1:, k].T, -REACH, REACH))
            line.set_data(*_ends(parameters["W1"][k], parameters["b1"][k, 0]))
        shares = P.reshape(GRID, GRID)
        self._shading.shade(shares)
        self._edge.set_data(level_line(*self.axes, shares, 0.5))
        for start, line in self._costs.items():
            told = earlier.get(start, [])
            line.set_data(range(len(told)), np.minimum(told, HIGHEST))
        self._curve.set_data(range(len(costs)), np.minimum(costs, HIGHEST))
        return self.canvas.png()


def _ends(w: np.ndarray, b: float) -> tuple[list[float], list[float]]:
    """Two far points of w · x + b = 0; none where w is zero."""
    length = float(w @ w)
    if length < 1e-12:
        return [], []
    foot, along = -b * w / length, np.array([-w[1], w[0]]) / np.sqrt(length)
    ends = np.stack([foot - 10 * along, foot + 10 * along], axis=1)
    return list(ends[0]), list(ends[1])
