"""How much a filter prefers one orientation: what Hubel and Wiesel saw in the cells of the visual cortex."""

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
    return (np.abs(turned.sum(axis=(1, 2))) / total).reshape(-1, 1)
