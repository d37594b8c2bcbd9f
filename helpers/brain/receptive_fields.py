"""Which orientation a filter prefers, how much, and where it looks: what Hubel and Wiesel saw in the visual cortex."""

from typing import NamedTuple

import numpy as np

from helpers.brain.arrays import matrix

GRID = 64
"""The spectrum is sampled on a grid this fine, so that a small filter has enough directions to tell apart."""


def orientation_selectivity(W: np.ndarray, image_shape: tuple[int, int]) -> np.ndarray:
    """|Σ_f P(f) e^(2iφ(f))| / Σ_f P(f): P the power of a filter at the spatial frequency f, φ the direction of f.

    1 where all power lies along one direction, as in stripes; 0 where it is spread evenly over all of them, as in a
    round spot. With responses to gratings of each direction in place of P it is 1 minus the circular variance, by which
    cells are described: D. L. Ringach, R. M. Shapley and M. J. Hawken 2002, Journal of Neuroscience 22, 5639-5651.

    W: (k, rows · columns), a filter in each row.  image_shape: (rows, columns), neither above 64.
    Returns (k, 1), each from 0 to 1. Raises ValueError where W does not fit, or a filter is the same everywhere.
    """
    turned, total = _spectrum(W, image_shape)
    return (np.abs(turned) / total).reshape(-1, 1)


class Place(NamedTuple):
    """Where the squared weights of a filter lie: row and column (k, 1) of their centre, counted from 0 at the top left,
    and spread (k, 1), their root mean square distance from it in pixels.

    even: the spread of a filter of this shape that is everywhere alike.
    """

    row: np.ndarray
    column: np.ndarray
    spread: np.ndarray
    even: float


def preferred_orientation(W: np.ndarray, image_shape: tuple[int, int]) -> np.ndarray:
    """90° − arg(Σ_f P(f) e^(2iφ(f))) / 2: along which the stripes of a filter run; P and φ as in the selectivity.

    W: (k, rows · columns), a filter in each row.  image_shape: (rows, columns), neither above 64.
    Returns (k, 1) in degrees, from 0 to below 180: 0 level, 90 upright, 45 rising to the right. Where the selectivity
    is near 0 it says nothing. Raises ValueError as `orientation_selectivity`.
    """
    turned, _ = _spectrum(W, image_shape)
    # Rows count downwards and angles upwards, so the sign turns; a stripe runs across its wave.
    return ((90 - np.degrees(np.angle(turned)) / 2) % 180).reshape(-1, 1)


def place(W: np.ndarray, image_shape: tuple[int, int]) -> Place:
    """Centre and spread of W² over the image, as of a mass: Σ w² x / Σ w² and √(Σ w² |x − centre|² / Σ w²).

    W: (k, rows · columns), a filter in each row, not all 0.  Raises ValueError where W does not fit or a filter is 0.
    """
    r, c = image_shape
    W = matrix("W", W, None, r * c, "(k, rows · columns)")
    if not W.any(axis=1).all():
        raise ValueError(f"W of shape {W.shape} has a filter that is zero everywhere and lies nowhere.")
    mass = (W / np.abs(W).max(axis=1, keepdims=True)) ** 2
    mass = mass / mass.sum(axis=1, keepdims=True)
    rows, columns = (axis.reshape(-1, 1) for axis in np.mgrid[:r, :c])
    row, column = mass @ rows, mass @ columns  # (k, 1)
    distance = (rows.T - row) ** 2 + (columns.T - column) ** 2  # (k, r · c)
    spread = np.sqrt(np.sum(mass * distance, axis=1, keepdims=True))
    return Place(row, column, spread, float(np.sqrt((r * r + c * c - 2) / 12)))


def _spectrum(W: np.ndarray, image_shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """(Σ_f P(f) e^(2iφ(f)), Σ_f P(f)), each (k,)."""
    r, c = image_shape
    W = matrix("W", W, None, r * c, "(k, rows · columns)")
    if max(r, c) > GRID:
        raise ValueError(f"image_shape is {image_shape}, but at most {GRID} rows and columns are taken.")
    filters = (W - W.mean(axis=1, keepdims=True)).reshape(-1, r, c)
    power = np.abs(np.fft.fft2(filters, s=(GRID, GRID))) ** 2
    f_r, f_c = np.meshgrid(np.fft.fftfreq(GRID), np.fft.fftfreq(GRID), indexing="ij")
    # Beyond this circle the square grid holds the diagonal directions only.
    power *= (f_r**2 + f_c**2 < 0.25) & (f_r**2 + f_c**2 > 0)
    total = power.sum(axis=(1, 2))
    if not (total > 1e-20 * np.abs(W).max() ** 2).all():
        raise ValueError(f"W of shape {W.shape} has a filter that is the same everywhere and prefers nothing.")
    turned = power * np.exp(2j * np.arctan2(f_r, f_c))
    return turned.sum(axis=(1, 2)), total
