"""The line along which values on a grid reach a level, fast enough to be drawn anew at each change."""

import numpy as np


def level_line(x: np.ndarray, y: np.ndarray, values: np.ndarray, level: float) -> np.ndarray:
    """(2, 3k): k short pieces, start and end of each and then NaN, as `Line2D.set_data` takes them.

    x: (nx,). y: (ny,). values: (ny, nx), the value at (x[j], y[i]). Between grid points the values are taken as linear:
    a cell of the grid whose corners lie on both sides of the level holds one piece, or two where they alternate
    (the marching squares of Lorensen and Cline 1987, in the plane).
    """
    V = np.asarray(values, float) - level
    above = V > 0
    # Along the lower and upper sides of the cells, then along their left and right sides.
    across, along = above[:, :-1] != above[:, 1:], above[:-1] != above[1:]
    xs = x[:-1] + (x[1:] - x[:-1]) * _share(V[:, :-1], V[:, 1:], across)
    ys = y[:-1, None] + (y[1:] - y[:-1])[:, None] * _share(V[:-1], V[1:], along)
    level_ys, level_xs = np.broadcast_to(y[:, None], across.shape), np.broadcast_to(x, along.shape)
    crossed = np.stack([across[:-1], along[:, :-1], across[1:], along[:, 1:]])
    places = np.stack(
        [
            [xs[:-1], level_xs[:, :-1], xs[1:], level_xs[:, 1:]],
            [level_ys[:-1], ys[:, :-1], level_ys[1:], ys[:, 1:]],
        ]
    )
    pieces = []
    for chosen, order in ((crossed.sum(axis=0) >= 2, (0, 1)), (crossed.sum(axis=0) == 4, (2, 3))):
        sides = np.argsort(~crossed[:, chosen], axis=0, kind="stable")  # the sides that are crossed come first
        ends = np.take_along_axis(places[:, :, chosen], sides[None, order, :], axis=1)  # (2, 2, k)
        pieces.append(np.concatenate([ends, np.full_like(ends[:, :1], np.nan)], axis=1))
    return np.concatenate(pieces, axis=2).transpose(0, 2, 1).reshape(2, -1)


def _share(a: np.ndarray, b: np.ndarray, crossed: np.ndarray) -> np.ndarray:
    """How far from a to b the level lies."""
    return np.where(crossed, a / np.where(crossed, a - b, 1.0), 0.0)
