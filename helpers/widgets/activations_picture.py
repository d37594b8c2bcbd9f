"""The picture of activations: value, slope, and what several in a row leave of a slope."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from helpers.plots.style import BLUE, FAINT, INK, LINE_STYLES, ORANGE, styled
from helpers.widgets.canvas import Canvas

REACH = 6.0
POINTS = 241
LONGEST = 8
FLOOR = 1e-10
SHADE = "#ebebe6"
TANGENT = 1.2
FLAT = 0.05
"""Below this share of its largest slope an activation counts as flat, or saturated."""
THIN, BOLD = {"color": FAINT, "linewidth": 0.9}, {"color": BLUE, "linewidth": 2.6}


class ActivationsPicture:
    """Persistent artists over one figure. curves: name -> (value, slope), each (POINTS,) at `scores`."""

    scores = np.linspace(-REACH, REACH, POINTS)

    @styled
    def __init__(self, curves: Mapping[str, tuple[np.ndarray, np.ndarray]], text: dict[str, str]) -> None:
        self.flats = {name: self._flat_parts(slope) for name, (_, slope) in curves.items()}
        figure = Figure(figsize=(8.6, 3.7), layout="none")
        axes = [figure.add_axes((x, 0.15, 0.26, 0.66)) for x in (0.055, 0.375, 0.73)]
        self.value, self.slope, self.chain = axes
        self._still_parts(text)
        self._lines = {name: self._lines_of(k, *pair) for k, (name, pair) in enumerate(curves.items())}
        self._spans = {
            name: [ax.axvspan(*part, color=SHADE, linewidth=0) for part in parts for ax in axes[:2]]
            for name, parts in self.flats.items()
        }
        (self._tangent,) = self.value.plot([], [], color=INK, linewidth=2.5, linestyle="-")
        mark = {"color": ORANGE, "marker": "o", "markersize": 9, "linestyle": "", "markeredgecolor": "white"}
        self._marks = [ax.plot([], [], **mark)[0] for ax in axes]
        handles = [lines[0] for lines in self._lines.values()]
        place = {"loc": "lower left", "bbox_to_anchor": (0.04, 0.9), "ncols": 6, "frameon": False, "handlelength": 2.6}
        figure.legend(handles=handles, labels=list(curves), **place)
        moving = [span for spans in self._spans.values() for span in spans]
        moving += [line for lines in self._lines.values() for line in lines]
        self.canvas = Canvas(figure, [*moving, self._tangent, *self._marks])

    def _still_parts(self, text: dict[str, str]) -> None:
        for ax, low, high in ((self.value, -1.4, 3.2), (self.slope, -0.1, 1.25)):
            ax.set(xlim=(-REACH, REACH), ylim=(low, high), xlabel=text["z_axis"])
            ax.axhline(0, color=FAINT, linewidth=0.8, linestyle="-")
            ax.axvline(0, color=FAINT, linewidth=0.8, linestyle="-")
        self.chain.set(xlim=(0.5, LONGEST + 0.5), ylim=(FLOOR / 4, 4), yscale="log", xlabel=text["n_axis"])
        self.chain.set_xticks(range(1, LONGEST + 1))
        self.chain.set_yticks([10.0**power for power in (0, -2, -4, -6, -8)])
        self.chain.minorticks_off()
        self.chain.text(0.7, FLOOR * 1.6, text["below"], fontsize=8.5, color=FAINT)
        for ax, title in ((self.value, "value_title"), (self.slope, "slope_title"), (self.chain, "chain_title")):
            ax.set_title(text[title], fontsize=11)

    def _lines_of(self, k: int, value: np.ndarray, slope: np.ndarray) -> list:
        dash = LINE_STYLES[k % len(LINE_STYLES)]
        return [
            *self.value.plot(self.scores, value, linestyle=dash, **THIN),
            *self.slope.plot(self.scores, slope, linestyle=dash),
            *self.chain.plot([], [], linestyle=dash, marker="", markersize=6),
        ]

    def _flat_parts(self, slope: np.ndarray) -> list[tuple[float, float]]:
        """From where to where the slope is less than a share of its largest."""
        flat = np.concatenate([[False], np.abs(slope) < FLAT * np.abs(slope).max(), [False]])
        edges = np.flatnonzero(flat[1:] != flat[:-1])
        half = (self.scores[1] - self.scores[0]) / 2
        ends = np.clip(np.append(self.scores, REACH), -REACH, REACH)
        return [
            (float(ends[start] - half * (start > 0)), float(min(ends[stop] - half, REACH) if stop < POINTS else REACH))
            for start, stop in zip(edges[::2], edges[1::2], strict=True)
        ]

    def png(self, name: str, z: float, value: float, slope: float, chains: dict[str, np.ndarray], n: int) -> bytes:
        """The picture for one activation at z; chains: name -> the slope through 1, 2, … LONGEST in a row, or fewer."""
        for other, lines in self._lines.items():
            for line in lines:
                line.set(**(BOLD if other == name else THIN))
            chain = np.abs(chains[other][: n if other == name else LONGEST])
            lines[2].set_data(range(1, len(chain) + 1), np.maximum(chain, FLOOR))
            lines[2].set_marker("o" if other == name else "")
            for span in self._spans[other]:
                span.set_visible(other == name)
        half = TANGENT / np.hypot(1, slope)
        self._tangent.set_data([z - half, z + half], [value - half * slope, value + half * slope])
        last = max(abs(float(chains[name][n - 1])), FLOOR)
        for mark, (x, y) in zip(self._marks, ((z, value), (z, slope), (n, last)), strict=True):
            mark.set_data([x], [y])
        return self.canvas.png()
