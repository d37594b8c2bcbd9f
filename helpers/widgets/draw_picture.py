"""A drawing as a still picture: the strokes, what the network sees, and its answer."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.plots.page import png
from helpers.plots.style import BLUE, FAINT, INK, styled


@styled
def still_picture(
    strokes: Sequence[np.ndarray],
    fields: int,
    pixels: np.ndarray,
    P: np.ndarray,
    names: Sequence[str],
    text: Mapping[str, str],
) -> bytes:
    """PNG: strokes (each (2, n)), pixels (8, 8 · fields) and P (n,) side by side."""
    figure = Figure(figsize=(7.6 + 2.4 * (fields - 1), 3.0), layout="constrained")
    pad, seen, chances = figure.subplots(1, 3, width_ratios=(fields, fields, 1.1))
    for stroke in strokes:
        pad.plot(*stroke, color=INK, linewidth=7, linestyle="-", solid_capstyle="round")
    pad.set(xlim=(0, fields), ylim=(1, 0), aspect="equal", xticks=range(1, fields), yticks=[], title=text["js_pad"])
    seen.imshow(pixels, cmap="gray_r", vmin=0, vmax=16)
    rows, columns = pixels.shape
    seen.add_patch(Rectangle((-0.5, -0.5), columns, rows, fill=False, edgecolor=FAINT, linewidth=0.8))
    seen.set(xticks=[], yticks=[], title=text["js_seen"])
    best = int(P.argmax())
    chances.barh(range(len(P)), P, color=[BLUE if k == best else FAINT for k in range(len(P))], height=0.7)
    chances.set(yticks=range(len(P)), xlim=(0, 1), xticks=[0, 0.5, 1], title=text["js_chances"])
    chances.set_yticklabels([f"▸ {name}" if k == best else name for k, name in enumerate(names)])
    chances.invert_yaxis()
    for ax in (pad, seen):
        ax.grid(False)
        ax.spines[["top", "right"]].set_visible(True)
    pad.grid(fields > 1, axis="x")
    return png(figure, 200)
