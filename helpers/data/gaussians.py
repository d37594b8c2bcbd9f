"""Two round clouds: a straight line between them is as good as anything can be."""

import numpy as np

from helpers.data import plane


def gaussians(m: int, rng: np.random.Generator, noise: float = 0.6) -> plane.Points:
    """x = (-1, -1) for class 0 and (1, 1) for class 1, plus noise.

    The best that any model can do is the line x1 + x2 = 0; it is wrong with probability Φ(-√2 / noise), 0.9 % at 0.6.

    m: number of points, at least 2; half of them in each class.  rng: draws them; another rng gives fresh test points.
    noise: standard deviation added to each coordinate; the middles of the clouds lie 2 √2 apart.
    Returns Points: X (2, m), Y (1, m), float64, in random order.
    Raises ValueError for an argument out of range.
    """
    y = plane.halves(m, rng, noise)
    middle = 2.0 * y - 1
    return plane.points(middle, middle, y, rng, noise)
