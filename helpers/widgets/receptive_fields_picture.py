"""The picture of the receptive fields: mosaics above, the chosen unit large, and how oriented all of them are."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers import plots
from helpers.plots.style import COLOURS, INK, MARKERS, ORANGE, styled
from helpers.widgets.canvas import Canvas

if TYPE_CHECKING:
    from helpers.widgets.receptive_fields import Kind


class ReceptiveFieldsPicture:
    """Persistent artists; `png` frames another unit and shows it large."""

    @styled
    def __init__(self, kinds: "dict[str, Kind]", text: dict[str, str]) -> None:
        self.kinds, self.text = kinds, text
        figure = Figure(figsize=(8.4, 5.1), layout="constrained")
        above, below = figure.subfigures(2, 1, height_ratios=(1, 1))
        for part in (above, below):
            part.set_facecolor("none")
        mosaics = np.ravel(above.subplots(1, len(kinds)))
        self._large_axes, strips = below.subplots(1, 2, width_ratios=(1, 1.9))
        self._frames = {}
        for ax, (name, kind) in zip(mosaics, kinds.items(), strict=True):
            plots.weight_images(kind.W, kind.image_shape, columns=columns(len(kind.W)), ax=ax, title=name)
            frame = Rectangle((0, 0), 1, 1, fill=False, edgecolor=ORANGE, linewidth=3)
            self._frames[name] = ax.add_patch(frame)
        self._enlarge(self._large_axes)
        self._strip(strips)
        moving = [*self._frames.values(), self._large, self._border, self._along, self._centre, self._title, self._dot]
        self.canvas = Canvas(figure, moving)

    def _enlarge(self, ax) -> None:
        ax.set(xlim=(0, 1), ylim=(1, 0), aspect="equal", xticks=[], yticks=[])
        ax.axis("off")
        self._title = ax.set_title(self.text["large"].format(name="", unit=""), fontsize=12)
        self._large = ax.imshow(
            [[0.0]], cmap="gray", vmin=-1, vmax=1, extent=(0, 1, 1, 0), interpolation="nearest", aspect="equal"
        )
        self._border = ax.add_patch(Rectangle((0, 0), 1, 1, fill=False, edgecolor=ORANGE, linewidth=3))
        (self._along,) = ax.plot([], [], color=ORANGE, linewidth=2.4, linestyle="-")
        (self._centre,) = ax.plot([], [], color=ORANGE, marker="+", markersize=15, markeredgewidth=3, linestyle="")

    def _strip(self, ax) -> None:
        rng = np.random.default_rng(0)
        self._heights = {}
        for k, (name, kind) in enumerate(self.kinds.items()):
            lift = rng.uniform(-0.22, 0.22, len(kind.W))
            self._heights[name] = k + lift
            style = {"s": 26, "color": COLOURS[k], "marker": MARKERS[k], "alpha": 0.55, "linewidths": 0}
            ax.scatter(kind.selectivity, self._heights[name], **style)
            middle = kind.median
            label = self.text["median"] if k == 0 else None
            ax.vlines(middle, k - 0.36, k + 0.36, colors=INK, linewidth=2.4, label=label)
        rows = range(len(self.kinds))
        ax.set_yticks(rows, list(self.kinds))
        ax.set(xlim=(-0.02, 1.02), ylim=(len(self.kinds) - 0.4, -0.6), xlabel=self.text["strip_axis"])
        ax.grid(False, axis="y")
        (self._dot,) = ax.plot([], [], marker="o", markersize=13, markerfacecolor="none", markeredgecolor=ORANGE)
        self._dot.set(markeredgewidth=3, linestyle="", label=self.text["chosen"])
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2, frameon=False)
        ax.tick_params(axis="y", length=0, labelcolor=INK)

    def png(self, name: str, k: int) -> bytes:
        """The picture with unit k (from 0) of this set chosen."""
        kind = self.kinds[name]
        r, c = kind.image_shape
        for other, frame in self._frames.items():
            frame.set_visible(other == name)
        gap = max(1, r // 12)  # as plots.weight_images leaves
        i, j = divmod(k, columns(len(kind.W)))
        self._frames[name].set_bounds(j * (c + gap) + gap / 2 - 0.5, i * (r + gap) + gap / 2 - 0.5, c + gap, r + gap)
        W = kind.W[k].reshape(r, c)
        self._large.set_data(W / (np.abs(W).max() or 1.0))
        size = max(r, c)
        left, top = (1 - c / size) / 2, (1 - r / size) / 2
        self._large.set_extent((left, left + c / size, top + r / size, top))
        self._border.set_bounds(left, top, c / size, r / size)
        x, y = left + (kind.column[k] + 0.5) / size, top + (kind.row[k] + 0.5) / size
        self._centre.set_data([x], [y])
        turn, half = np.radians(kind.angle[k]), 0.28 * (kind.selectivity[k] > kind.chance)
        # The axis of rows points downwards.
        self._along.set_data(x + half * np.cos(turn) * np.array([-1, 1]), y - half * np.sin(turn) * np.array([-1, 1]))
        self._title.set_text(self.text["large"].format(name=name, unit=k + 1))
        self._dot.set_data([kind.selectivity[k]], [self._heights[name][k]])
        return self.canvas.png()


def columns(units: int) -> int:
    """Of a mosaic that is a little wider than high."""
    return int(np.ceil(np.sqrt(4 / 3 * units)))
