"""Two arms wound around one another: the more turns, the more boundary a network must bend."""

import numpy as np

from helpers.data import arrays, plane


def spirals(m: int, rng: np.random.Generator, noise: float = 0.1, turns: float = 1.5) -> plane.Points:
    """x = 2s (cos t, sin t) with t = 2π turns s, plus half a turn for class 1; s² in [0.02, 1).

    The square root spreads the points evenly along the arm instead of crowding the middle.

    m: number of points, at least 2; half of them in each class.  rng: draws them; another rng gives fresh test points.
    noise: standard deviation added to each coordinate; neighbouring arms lie 1 / turns apart.
    turns: how often an arm winds around the middle, above 0.
    Returns Points: X (2, m), Y (1, m), float64, in random order.
    Raises ValueError for an argument out of range.
    """
    y = plane.halves(m, rng, noise)
    turns = arrays.positive("turns", turns)
    s = np.sqrt(rng.uniform(0.02, 1, y.size))
    t = 2 * np.pi * turns * s + np.pi * y
    return plane.points(2 * s * np.cos(t), 2 * s * np.sin(t), y, rng, noise)
