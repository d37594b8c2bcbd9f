"""Images as the network gets them, side by side, and which class is taken for which."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.plots.style import FAINT, INK, PAPER, SHADES, axes, axes_or_new, styled

INCH = 1.3
"""Height of an image with its title."""


@styled
def image_gallery(images: np.ndarray, titles: Sequence[str] = (), columns: int = 6, inch: float = INCH) -> Axes:
    """Images (m, rows, columns) in rows of `columns`, dark where their values are large, each under its title.

    One range of grey serves all images, from the smallest value of all to the largest. titles: none, or one for each
    image. inch: height of an image. Returns the first Axes. Raises ValueError for another shape or number.
    """
    images = np.asarray(images)
    if images.ndim != 3 or images.size == 0:
        raise ValueError(f"images has shape {images.shape}, but (m, rows, columns) is needed, with at least one image.")
    m, height, width = images.shape
    if len(titles) not in (0, m):
        raise ValueError(f"titles has {len(titles)} entries, but there are {m} images.")
    columns = min(columns, m)
    rows = -(-m // columns)
    size = (inch * columns * max(width / height, 0.9) + 0.1, (inch + 0.3 * bool(titles)) * rows + 0.1)
    panels = np.ravel(axes(columns=columns, rows=rows, size=size))
    for k, ax in enumerate(panels):
        ax.axis("off")
        if k < m:
            ax.imshow(images[k], cmap="gray_r", vmin=images.min(), vmax=max(images.max(), images.min() + 1e-9))
            ax.add_patch(_frame(height, width))
            if titles:
                ax.set_title(titles[k], fontsize=10)
    return panels[0]


def _frame(height: int, width: int) -> Rectangle:
    """A thin line around an image, whose paper is hardly told from the figure's."""
    return Rectangle((-0.5, -0.5), width, height, fill=False, edgecolor=FAINT, linewidth=0.8)


@styled
def confusion_table(C: np.ndarray, class_names: Sequence[str], ax: Axes | None = None) -> Axes:
    """C (n, n) written out, a row for each true class and a column for each guess.

    A cell is shaded by its share of the row, the diagonal in blue and mistakes in orange; right answers are framed as
    well. Raises ValueError where C is not square or the names are not as many as its rows.
    """
    C = np.asarray(C)
    if C.ndim != 2 or C.shape[0] != C.shape[1] or C.shape[0] != len(class_names):
        raise ValueError(f"C has shape {C.shape}, but ({len(class_names)}, {len(class_names)}) is needed.")
    n = len(C)
    ax = axes_or_new(ax)
    share = C / np.maximum(1, C.sum(axis=1, keepdims=True))
    right = np.eye(n, dtype=bool)
    ax.imshow(np.where(right, 0.5 - share / 2, 0.5 + share / 2), cmap=SHADES, vmin=0, vmax=1)
    for i in range(n):
        for k in range(n):
            ax.text(k, i, f"{C[i, k]}", ha="center", va="center", color=INK, fontsize=9 if n > 4 else 12)
        ax.add_patch(_cell(i))
    ax.set(xticks=range(n), yticks=range(n), xticklabels=class_names, yticklabels=class_names)
    ax.set(xlabel="guess", ylabel="truth")
    ax.grid(False)
    ax.tick_params(length=0)
    ax.set_facecolor(PAPER)
    return ax


def _cell(i: int) -> Rectangle:
    """A frame around a right answer."""
    return Rectangle((i - 0.46, i - 0.46), 0.92, 0.92, fill=False, edgecolor=INK, linewidth=1.4)
