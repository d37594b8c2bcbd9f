"""A ring around a ring: the class is a matter of distance, which no line can see."""

import numpy as np

from helpers.data import plane


def circles(m: int, rng: np.random.Generator, noise: float = 0.2) -> plane.Points:
    """x = r (cos t, sin t), t in [0, 2π), with r = 2 for class 0 and r = 1 for class 1.

    m: number of points, at least 2; half of them in each class.  rng: draws them; another rng gives fresh test points.
    noise: standard deviation added to each coordinate; the rings lie 1 apart.
    Returns Points: X (2, m), Y (1, m), float64, in random order.
    Raises ValueError for an argument out of range.
    """
    y = plane.halves(m, rng, noise)
    t = rng.uniform(0, 2 * np.pi, y.size)
    r = 2 - y
    return plane.points(r * np.cos(t), r * np.sin(t), y, rng, noise)
