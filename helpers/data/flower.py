"""A flower whose petals take turns in colour: no straight line helps, a hidden layer does."""

import numpy as np

from helpers.data import arrays, plane


def flower(m: int, rng: np.random.Generator, noise: float = 0.05, petals: int = 8) -> plane.Points:
    """x = r (cos φ, sin φ), φ = 2π (k + u) / petals, r = 2 √(cos(πu) s); class k mod 2.

    k: a petal, drawn evenly among those of the class; u in [-1/2, 1/2): across the petal; s in [0.04, 1): along it.
    With 8 petals any straight line is right for about half of the points; on 2000 fresh points a hidden layer of 4
    tanh units reaches about 0.75 and one of 8 about 0.9 (400 training points, noise 0.05).

    m: number of points, at least 2; half of them in each class.  rng: draws them; another rng gives fresh test points.
    noise: standard deviation added to each coordinate; petals are 2 long.  petals: an even number, at least 2.
    Returns Points: X (2, m), Y (1, m), float64, in random order.
    Raises ValueError for an argument out of range.
    """
    y = plane.halves(m, rng, noise)
    if arrays.count("petals", petals, least=2) % 2:
        raise ValueError(f"petals is {petals}, wanted an even number: half of the petals belong to each class.")
    k = 2 * rng.integers(0, petals // 2, y.size) + y
    u = rng.uniform(-0.5, 0.5, y.size)
    s = rng.uniform(0.04, 1, y.size)
    r, phi = 2 * np.sqrt(np.cos(np.pi * u) * s), 2 * np.pi * (k + u) / petals
    return plane.points(r * np.cos(phi), r * np.sin(phi), y, rng, noise)
