"""The picture of feedback alignment: accuracy of three networks on the left, the angles on the right."""

import numpy as np
from matplotlib.figure import Figure

from helpers.plots.style import COLOURS, FAINT, GREEN, INK, LINE_STYLES, MARKERS, PURPLE, styled
from helpers.widgets.canvas import Canvas
from helpers.widgets.feedback_alignment_race import WAYS, Race

ANGLE_COLOURS = (PURPLE, INK, GREEN)


class FeedbackAlignmentPicture:
    """Persistent artists; `png` draws a race as far as it has come.

    layers: how many are hidden.  last: the step at the right end.
    """

    @styled
    def __init__(self, layers: int, last: int, text: dict[str, str]) -> None:
        self.text = text
        figure = Figure(figsize=(8.4, 3.9), layout="constrained")
        self.left, self.right = figure.subplots(1, 2, width_ratios=(1.15, 1))
        above = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "frameon": False}
        self._curves, self._ends = [], []
        for k, way in enumerate(WAYS):
            style = {"color": COLOURS[k], "label": text[way]}
            (curve,) = self.left.plot([], [], linestyle=LINE_STYLES[k], **style)
            (end,) = self.left.plot([], [], marker=MARKERS[k], markersize=8, linestyle="", color=COLOURS[k])
            self._curves.append(curve)
            self._ends.append(end)
        self.left.set(xlim=(-4, last + 8), ylim=(0, 1.03), xlabel=text["step_axis"], ylabel=text["accuracy_axis"])
        self.left.set_yticks(np.linspace(0, 1, 6), labels=[f"{share}\u00a0%" for share in range(0, 101, 20)])
        self.left.legend(ncols=1, **above)
        self._angles = []
        for l in range(layers):
            # The longer of its two names, so that there is room for both.
            style = {"color": ANGLE_COLOURS[l], "label": text["line_weights"].format(layer=l + 1, next=l + 2)}
            (curve,) = self.right.plot([], [], linestyle=LINE_STYLES[l], **style)
            self._angles.append(curve)
        self.right.axhline(90, color=FAINT, linestyle=":", linewidth=1.4)
        self.right.text(last, 92, text["right_angle"], ha="right", fontsize=10, color=FAINT)
        self.right.set(xlim=(-4, last + 8), ylim=(0, 120), xlabel=text["step_axis"], ylabel=text["angle_axis"])
        self.right.set_yticks([0, 30, 60, 90, 120])
        # Its texts change, so all of it is drawn anew.
        self._legend = self.right.legend(ncols=1, **above)
        self.canvas = Canvas(figure, [*self._curves, *self._ends, *self._angles, self._legend])

    def png(self, race: Race, of: str) -> bytes:
        """The picture of a race; of: "gradients" or "weights"."""
        for curve, end, way in zip(self._curves, self._ends, WAYS, strict=True):
            right = race.accuracy[way]
            curve.set_data(range(len(right)), right)
            end.set_data([len(right) - 1], right[-1:])
        for l, (curve, name) in enumerate(zip(self._angles, self._legend.get_texts(), strict=True)):
            angles = getattr(race, of)[l]
            curve.set_data(range(1, len(angles) + 1), angles)
            name.set_text(self.text[f"line_{of}"].format(layer=l + 1, next=l + 2))
        return self.canvas.png()
