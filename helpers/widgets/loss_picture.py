"""The picture of the loss: against the answer, and against the score with the slopes that learning uses."""

import numpy as np
from matplotlib.figure import Figure

from helpers.plots.style import BLUE, FAINT, GRID, INK, ORANGE, styled
from helpers.widgets.canvas import Canvas

POINTS = 161
REACH = 7.5
HIGHEST = 7.4
TANGENT = 1.6
"""Half the length of a tangent, in units of z."""


class LossPicture:
    """Persistent artists over one figure; `scores` (POINTS,) is where `png` wants to know the losses."""

    scores = np.linspace(-REACH, REACH, POINTS)

    @styled
    def __init__(self, names: tuple[str, str], text: dict[str, str]) -> None:
        self.text = text
        figure = Figure(figsize=(8.0, 4.0), layout="none")
        self.left, self.right = (figure.add_axes((x, 0.135, 0.41, 0.75)) for x in (0.075, 0.575))
        self.left.set(xlim=(-0.02, 1.02), xlabel=text["answer_axis"])
        self.right.set(xlim=(-REACH, REACH), xlabel=text["score_axis"])
        for ax in (self.left, self.right):
            ax.set_ylim(-0.15, HIGHEST)
        solid, dashed = {"color": BLUE, "linestyle": "-"}, {"color": ORANGE, "linestyle": "--"}
        self._other_label = self.left.plot([], [], color=FAINT, linewidth=1, linestyle=":", label=text["other_label"])[
            0
        ]
        self._curves = [
            [ax.plot([], [], label=name, **look)[0] for name, look in zip(names, (solid, dashed), strict=True)]
            for ax in (self.left, self.right)
        ]
        self._tangents = [self.right.plot([], [], color=INK, linewidth=3, linestyle="-")[0] for _ in range(2)]
        self._marks = [
            [ax.plot([], [], color=color, marker=marker, markersize=9, linestyle="", markeredgecolor="white")[0]
             for color, marker in ((BLUE, "o"), (ORANGE, "s"))]
            for ax in (self.left, self.right)
        ]  # fmt: skip
        self._drops = [ax.axvline(0, color=GRID, linewidth=3) for ax in (self.left, self.right)]
        self._label = figure.text(0.018, 0.51, "", rotation=90, ha="center", va="center", fontsize=12)
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "ncols": 3, "borderaxespad": 0.2, "frameon": False}
        self.left.legend(handles=[*self._curves[0], self._other_label], **place)
        moving = [*self._drops, self._other_label, *self._curves[0], *self._curves[1], *self._tangents]
        self.canvas = Canvas(figure, [*moving, *self._marks[0], *self._marks[1], self._label])

    def png(
        self, y: int, curves: np.ndarray, other_label: np.ndarray, z: float, losses: np.ndarray, slopes: np.ndarray
    ) -> bytes:
        """curves (2, POINTS): both losses for label y at `scores`, other_label (POINTS,) the first for the other one;
        losses and slopes (2,) at the score z."""
        answers, a = 1 / (1 + np.exp(-self.scores)), 1 / (1 + np.exp(-z))
        self._label.set_text(self.text["loss_axis"].format(y=y))
        self._other_label.set_data(answers, other_label)
        for k in (0, 1):
            self._curves[0][k].set_data(answers, curves[k])
            self._curves[1][k].set_data(self.scores, curves[k])
            for axes, x in ((0, a), (1, z)):
                self._marks[axes][k].set_data([x], [losses[k]])
            # Equally long whatever the slope, so that a steep one does not look the stronger for its length.
            half = TANGENT / np.hypot(1, slopes[k])
            self._tangents[k].set_data(
                [z - half, z + half], [losses[k] - half * slopes[k], losses[k] + half * slopes[k]]
            )
        for drop, x in zip(self._drops, (a, z), strict=True):
            drop.set_xdata([x, x])
        return self.canvas.png()
