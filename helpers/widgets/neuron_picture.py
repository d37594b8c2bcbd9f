"""The picture of the neuron interactive: examples, shading, line, rings around wrong answers, and the cost so far."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.plots.classes import points_and_labels
from helpers.plots.style import BLUE, FAINT, INK, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.shading import Shading

GRID = 96
REMEMBERED = 60
COSTS = (0.03, 30.0)


class NeuronPicture:
    """Persistent artists over one figure; `grid` (2, GRID²) are the points whose probabilities `png` wants to know."""

    @styled
    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        mean: np.ndarray | None,
        sd: np.ndarray | None,
        feature_names: Sequence[str],
        class_names: Sequence[str],
        text: dict[str, str],
    ) -> None:
        X, Y = points_and_labels(X, Y, 2)
        self.scaled = mean is not None or sd is not None
        self.mean = np.reshape((0.0, 0.0) if mean is None else mean, (2, 1))
        self.sd = np.reshape((1.0, 1.0) if sd is None else sd, (2, 1))
        self.points = X * self.sd + self.mean
        figure = Figure(figsize=(8.0, 4.2), layout="constrained")
        self.plane, self.trace = figure.subplots(1, 2, width_ratios=(3, 1))
        plots.scatter(self.points, Y, self.plane, class_names)
        self.plane.set(xlabel=feature_names[0], ylabel=feature_names[1])
        self.limits = (self.plane.get_xlim(), self.plane.get_ylim())
        self.plane.set(xlim=self.limits[0], ylim=self.limits[1])
        self.corners = np.array([[x, y] for x in self.limits[0] for y in self.limits[1]]).T
        self._history: deque[float] = deque(maxlen=REMEMBERED)
        self._moving_artists(text)
        self._trace_axes(text)
        self._grid_points()
        # The examples are still, but lie over the shading, which moves: they are drawn again each time.
        moving = [self._shading, self._line, *self._scatters, self._rings, self._curve, self._last]
        self.canvas = Canvas(figure, moving)

    def _moving_artists(self, text: dict[str, str]) -> None:
        self._scatters = list(self.plane.collections)
        self._shading = Shading(self.plane)
        (self._line,) = self.plane.plot([], [], color=INK, linewidth=2.2, linestyle="-")
        self._rings = self.plane.scatter([], [], s=130, facecolors="none", edgecolors=INK, linewidths=1.4)
        self._rings.set_label(text["wrong"])
        # Above the plane, where nothing moves over or under it.
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "ncols": 3, "borderaxespad": 0.2, "frameon": False}
        self.plane.legend(handles=[*self._scatters, self._rings], **place)

    def _trace_axes(self, text: dict[str, str]) -> None:
        self.trace.set(yscale="log", ylim=COSTS, xlim=(-2, REMEMBERED + 1), ylabel=text["cost_axis"])
        self.trace.set_yticks([0.1, 1, 10], labels=["0.1", "1", "10"])
        self.trace.set(xlabel=text["changes_axis"], xticks=[])
        self.trace.axhline(np.log(2), color=FAINT, linewidth=1, linestyle=":")
        self.trace.text(REMEMBERED, np.log(2) * 1.08, text["guessing"], ha="right", fontsize=9, color=FAINT)
        (self._curve,) = self.trace.plot([], [], color=BLUE, linewidth=2, linestyle="-")
        (self._last,) = self.trace.plot([], [], color=BLUE, marker="o", markersize=7, linestyle="")

    def _grid_points(self) -> None:
        # In the units the neuron sees.
        grid = np.stack([axis.ravel() for axis in np.meshgrid(*(np.linspace(*ends, GRID) for ends in self.limits))])
        self.grid = (grid - self.mean) / self.sd

    def png(self, P: np.ndarray, parameters: dict[str, np.ndarray], wrong: np.ndarray, cost: float) -> bytes:
        """The picture for P (1, GRID²) on the grid, parameters W1 (1, 2) and b1 (1, 1), wrong (1, m) and the cost."""
        self._shading.shade(P.reshape(GRID, GRID))
        self._line.set_data(*self._line_ends(parameters))
        self._rings.set_offsets(self.points[:, wrong[0]].T)
        if not self._history or self._history[-1] != cost:
            self._history.append(cost)
        shown = np.clip(self._history, *COSTS)
        self._curve.set_data(range(len(shown)), shown)
        self._last.set_data([len(shown) - 1], [shown[-1]])
        return self.canvas.png()

    def _line_ends(self, parameters: dict[str, np.ndarray]) -> tuple[list[float], list[float]]:
        """Two far points of W1 x + b1 = 0, or none where both weights are zero."""
        w = parameters["W1"][0]
        length = float(w @ w)
        if length == 0:
            return [], []
        foot = -parameters["b1"].item() * w / length
        along = np.array([-w[1], w[0]]) / np.sqrt(length)
        # Long enough to cross the picture from wherever it starts, in standardized units.
        reach = np.abs(self.grid).max() * 4 + np.abs(foot).max()
        ends = np.stack([foot - reach * along, foot + reach * along], axis=1) * self.sd + self.mean
        return list(ends[0]), list(ends[1])
