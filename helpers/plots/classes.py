"""Examples of two classes in the plane, and what a model says at every point of it."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.style import COLOURS, INK, MARKERS, SHADES, axes_or_new, styled

Model = Callable[[np.ndarray], np.ndarray]


@styled
def scatter(
    X: np.ndarray, Y: np.ndarray, ax: Axes | None = None, class_names: Sequence[str] = ("y = 0", "y = 1")
) -> Axes:
    """One marker for each example, its shape and colour by class.

    X: (2, m), the first feature to the right, the second upwards. Y: (1, m), labels 0 … number of names − 1.
    class_names: for the legend, in the order of the labels. Raises ValueError for wrong shapes or labels.
    """
    X, Y = points_and_labels(X, Y, len(class_names))
    ax = axes_or_new(ax)
    for k, name in enumerate(class_names):
        chosen = Y[0] == k
        ax.scatter(
            *X[:, chosen],
            s=36,
            c=COLOURS[k],
            marker=MARKERS[k],
            edgecolors="white",
            linewidths=0.6,
            label=name,
            zorder=3,
        )
    ax.legend()
    return ax


@styled
def mark_wrong(X: np.ndarray, Y_hat: np.ndarray, Y: np.ndarray, ax: Axes) -> Axes:
    """A ring around each example whose label Y_hat (1, m) is not its label Y (1, m); X: (2, m)."""
    X, Y = points_and_labels(X, Y)
    if np.shape(Y_hat) != Y.shape:
        raise ValueError(f"Y_hat has shape {np.shape(Y_hat)}, but {Y.shape}, the shape of Y, is needed.")
    wrong = np.asarray(Y_hat)[0] != Y[0]
    ax.scatter(*X[:, wrong], s=130, facecolors="none", edgecolors=INK, linewidths=1.4, label="wrong", zorder=4)
    ax.legend()
    return ax


@styled
def probability_surface(predict: Model, ax: Axes | None = None, resolution: int = 160) -> Axes:
    """The plane shaded by a model's probability of class 1, with its lines of 10, 50 and 90 %.

    predict: (2, k) -> (1, k), values from 0 to 1. It is asked on a grid over the limits that the Axes have, so draw the
    examples first. resolution: grid points to a side.
    """
    ax = axes_or_new(ax)
    x1, x2, P = on_grid(predict, ax, resolution)
    where = {"extent": (x1[0], x1[-1], x2[0], x2[-1]), "origin": "lower", "aspect": "auto"}
    ax.imshow(P, **where, cmap=SHADES, vmin=0, vmax=1, interpolation="nearest", zorder=1)
    _contours(ax, x1, x2, P, {0.1: ":", 0.9: ":"}, 1.2)
    _contours(ax, x1, x2, P, {0.5: "-"}, 2.2)
    return ax


@styled
def decision_boundary(predict: Model, ax: Axes | None = None, linestyle: str = "-", resolution: int = 160) -> Axes:
    """The line where a model's probability of class 1 is one half; predict: (2, k) -> (1, k)."""
    ax = axes_or_new(ax)
    _contours(ax, *on_grid(predict, ax, resolution), {0.5: linestyle}, 2.2)
    return ax


def on_grid(predict: Model, ax: Axes, resolution: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(x1, x2, P): grid lines over the limits of the Axes, which stay, and P[i, j] = predict at (x1[j], x2[i])."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    ax.set(xlim=(left, right), ylim=(low, high))
    x1, x2 = np.linspace(left, right, resolution), np.linspace(low, high, resolution)
    X = np.stack([grid.ravel() for grid in np.meshgrid(x1, x2)])
    P = np.asarray(predict(X))
    if P.shape != (1, X.shape[1]):
        raise ValueError(f"predict gave shape {P.shape} for X of shape {X.shape}, but (1, {X.shape[1]}) is needed.")
    return x1, x2, P.reshape(resolution, resolution)


def points_and_labels(X: np.ndarray, Y: np.ndarray, n_classes: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """X (2, m) and Y (1, m) as arrays, or a ValueError that says what is wrong with them."""
    X, Y = np.asarray(X), np.asarray(Y)
    if X.ndim != 2 or X.shape[0] != 2 or X.shape[1] == 0:
        raise ValueError(f"X has shape {X.shape}, but (2, m) is needed: two features, one column for each example.")
    if Y.shape != (1, X.shape[1]):
        raise ValueError(f"Y has shape {Y.shape}, but (1, {X.shape[1]}) is needed: one label for each column of X.")
    if not np.isfinite(X).all():
        raise ValueError(f"X of shape {X.shape} holds NaN or infinity, but finite numbers are needed.")
    if n_classes is not None and not np.isin(Y, range(n_classes)).all():
        raise ValueError(f"Y of shape {Y.shape} holds other labels than 0 to {n_classes - 1}, one for each class name.")
    return X, Y


def _contours(ax: Axes, x1: np.ndarray, x2: np.ndarray, P: np.ndarray, styles: dict[float, str], width: float) -> None:
    # A level that the model never reaches has no line, and Matplotlib would warn of that.
    levels = [level for level in styles if P.min() < level < P.max()]
    if not levels:
        return
    lines = ax.contour(
        x1, x2, P, levels=levels, colors=INK, linestyles=[styles[level] for level in levels], linewidths=width, zorder=2
    )
    if len(styles) > 1:
        ax.clabel(lines, fmt=lambda level: f"{level:.0%}", fontsize=9)
