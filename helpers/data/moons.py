"""Two half moons that reach into one another: a line is right for most points, a bent boundary for nearly all."""

import numpy as np

from helpers.data import plane


def moons(m: int, rng: np.random.Generator, noise: float = 0.2) -> plane.Points:
    """x = (cos t - 1/2, sin t - 1/4) for class 0 and (1/2 - cos t, 1/4 - sin t) for class 1, t in [0, π).

    Class 1 is class 0 turned half a turn about the origin; each moon is half a circle of radius 1.

    m: number of points, at least 2; half of them in each class.  rng: draws them; another rng gives fresh test points.
    noise: standard deviation added to each coordinate.
    Returns Points: X (2, m), Y (1, m), float64, in random order.
    Raises ValueError for an argument out of range.
    """
    y = plane.halves(m, rng, noise)
    t = rng.uniform(0, np.pi, y.size)
    side = 1 - 2 * y
    return plane.points(side * (np.cos(t) - 0.5), side * (np.sin(t) - 0.25), y, rng, noise)
