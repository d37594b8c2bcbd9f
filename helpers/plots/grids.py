"""Arrays as grids of numbers: shapes, broadcasting, axes and products made visible."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.plots.style import FAINT, INK, PAPER, axes, styled

INCH = 0.46
"""Inches to a cell's height."""

FILL, MARKED = "#d5e7f3", "#fce6d8"


@styled
def array_equation(
    *parts: np.ndarray | str,
    names: Sequence[str] = (),
    stretched: bool = False,
    marked: Mapping[int, Any] | None = None,
    form: str = "{:g}",
    ax: Axes | None = None,
) -> Axes:
    """Arrays side by side with signs between them, such as array_equation(X, "−", mean, "=", X - mean).

    parts: arrays (r, c) or (c,), each drawn as a grid with its shape under it, and strings, drawn as they are.
    names: one for each array, written over it. stretched: each array is repeated to the common shape of all, as
    broadcasting does it, the copies dashed. marked: the number of an array among the arrays -> an index into it (as in
    np.s_[0, :]) of cells to frame. form: how a number is written. Raises ValueError for arrays of other ranks, for
    names that are too few or too many and, where stretched, for shapes that do not broadcast.
    """
    arrays = [checked(part) for part in parts if not isinstance(part, str)]
    if names and len(names) != len(arrays):
        raise ValueError(f"names has {len(names)} entries, but there are {len(arrays)} arrays to be named.")
    common = common_shape(arrays) if stretched else None
    tall = max(table(array, common).shape[0] for array in arrays)
    widths = [width_of(part, common, form) for part in parts]
    if ax is None:
        ax = axes(size=(INCH * (sum(widths) + 0.4), INCH * (tall + 2.0)))
    left, k = 0.2, 0
    for part, width in zip(parts, widths, strict=True):
        if isinstance(part, str):
            ax.text(left + width / 2, 0, part, ha="center", va="center", fontsize=15)
        else:
            name = names[k] if names else ""
            array = np.asarray(part)
            _grid(ax, array, left, common, (marked or {}).get(k), form, name)
            k += 1
        left += width
    ax.set(xlim=(0, left + 0.2), ylim=(-tall / 2 - 1.0, tall / 2 + 1.0), aspect="equal")
    ax.axis("off")
    return ax


@styled
def array_sums(X: np.ndarray, name: str = "X", form: str = "{:g}", ax: Axes | None = None) -> Axes:
    """X (r, c) with its two axes, the sums over axis 0 (1, c) under it and those over axis 1 (r, 1) beside it."""
    X = checked(X)
    if X.ndim != 2:
        raise ValueError(f"X has shape {X.shape}, but two axes are needed to show sums over both.")
    r, c = X.shape
    down, along = X.sum(axis=0, keepdims=True), X.sum(axis=1, keepdims=True)
    w = max(cell_width(array, form) for array in (X, down, along))
    if ax is None:
        ax = axes(size=(INCH * (c * w + w + 7.2), INCH * (r + 5.1)))
    _cells(ax, X, 0, 0, w, form)
    _cells(ax, down, 0, -r - 1.2, w, form, fill=MARKED)
    _cells(ax, along, c * w + 1.4, 0, w, form, fill=MARKED)
    arrow = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.4}
    ax.annotate("", (-0.45, -r), (-0.45, 0), arrowprops=arrow)
    ax.annotate("", (c * w, 0.45), (0, 0.45), arrowprops=arrow)
    ax.annotate("", (c * w / 2, -r - 1.1), (c * w / 2, -r - 0.1), arrowprops=arrow)
    ax.annotate("", (c * w + 1.3, -r / 2), (c * w + 0.1, -r / 2), arrowprops=arrow)
    ax.text(-0.7, -r / 2, "axis 0", ha="right", va="center", rotation=90)
    ax.text(c * w / 2, 0.65, f"{name}   {X.shape}   axis 1", ha="center", va="bottom")
    ax.text(c * w / 2, -r - 2.4, f"sum over axis 0   {down.shape}", ha="center", va="top")
    ax.text(c * w + w + 1.7, -r / 2, f"sum over axis 1\n{along.shape}", ha="left", va="center")
    ax.set(xlim=(-1.9, c * w + w + 5.3), ylim=(-r - 3.4, 1.7), aspect="equal")
    ax.axis("off")
    return ax


@styled
def array_image(array: np.ndarray, ax: Axes, title: str = "") -> Axes:
    """A table of numbers (h, w) as grey cells, the largest black; for pictures of a few hundred pixels."""
    array = checked(array)
    if array.ndim != 2:
        raise ValueError(f"array has shape {array.shape}, but an image (h, w) is needed.")
    ax.imshow(array, cmap="gray_r", interpolation="nearest")
    ax.set(xticks=[], yticks=[], title=title)
    ax.grid(visible=False)
    ax.spines[:].set(visible=True, color=FAINT)
    return ax


def checked(array: np.ndarray) -> np.ndarray:
    """The array, if it can be drawn as a grid; else ValueError."""
    array = np.asarray(array)
    if array.ndim not in (1, 2) or array.size == 0:
        raise ValueError(f"an array has shape {array.shape}, but a grid needs one or two axes and at least one entry.")
    return array


def common_shape(arrays: Sequence[np.ndarray]) -> tuple[int, ...]:
    """The shape to which broadcasting stretches them all, or ValueError."""
    try:
        return np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise ValueError(
            f"The shapes {shapes} do not broadcast: counted from the right, some lengths differ."
        ) from None


def table(array: np.ndarray, common: tuple[int, ...] | None) -> np.ndarray:
    """The array as rows and columns, repeated to the common shape where one is given."""
    return np.atleast_2d(array if common is None else np.broadcast_to(array, common))


def written(value: Any, form: str) -> str:
    return form.format(value).replace("-", "−")


def cell_width(array: np.ndarray, form: str) -> float:
    return max(1.0, 0.45 + 0.21 * max(len(written(value, form)) for value in array.flat))


def width_of(part: np.ndarray | str, common: tuple[int, ...] | None, form: str) -> float:
    if isinstance(part, str):
        return 0.7 + 0.25 * len(part)
    cells = table(np.asarray(part), common)
    return max(cells.shape[1] * cell_width(cells, form), 1.6)


def _grid(ax: Axes, array: np.ndarray, left: float, common, marked: Any, form: str, name: str) -> None:
    """One array, centred about height 0, with its name over it and its own shape under it."""
    cells, own = table(array, common), np.atleast_2d(array).shape
    (rows, columns), w = cells.shape, cell_width(cells, form)
    # A narrow column stands in the middle of the room its shape needs.
    left += (width_of(array, common, form) - columns * w) / 2
    framed = np.zeros(array.shape, dtype=bool)
    if marked is not None:
        framed[marked] = True
    _cells(ax, cells, left, rows / 2, w, form, own=own, framed=np.atleast_2d(framed))
    middle = left + columns * w / 2
    ax.text(middle, rows / 2 + 0.25, name, ha="center", va="bottom")
    ax.text(middle, -rows / 2 - 0.25, str(array.shape), ha="center", va="top", color=FAINT)


def _cells(ax: Axes, cells, left, top, w, form, own=None, framed=None, fill=FILL) -> None:
    """The entries one by one; those beyond the shape `own` are copies: dashed, without a fill."""
    for (i, j), value in np.ndenumerate(cells):
        copy = own is not None and (i >= own[0] or j >= own[1])
        mark = not copy and framed is not None and framed[i, j]
        look = {"facecolor": PAPER if copy else MARKED if mark else fill, "linestyle": "--" if copy else "-"}
        look |= {"edgecolor": INK if mark else FAINT, "linewidth": 2.4 if mark else 0.9, "zorder": 3 if mark else 2}
        ax.add_patch(Rectangle((left + j * w, top - i - 1), w, 1, **look))
        colour = FAINT if copy else INK
        place = {"ha": "center", "va": "center", "zorder": 4}
        ax.text(left + (j + 0.5) * w, top - i - 0.52, written(value, form), color=colour, **place)
