"""Points in the plane in two classes: what flower, moons, circles and spirals have in common."""

from typing import NamedTuple

import numpy as np

from helpers.data import arrays


class Points(NamedTuple):
    """X (2, m) coordinates, Y (1, m) with 0.0 for the first class and 1.0 for the second."""

    X: np.ndarray
    Y: np.ndarray


def halves(m: int, rng: np.random.Generator, noise: float) -> np.ndarray:
    """y (m,): floor(m/2) zeros, then ones; with the arguments of the four generators checked on the way."""
    m = arrays.count("m", m, least=2)
    arrays.generator(rng)
    if not (np.isscalar(noise) and np.isreal(noise) and 0 <= noise < np.inf):
        raise ValueError(f"noise is {noise!r}, wanted a finite number from 0 up.")
    return (np.arange(m) >= m // 2).astype(int)


def points(x1: np.ndarray, x2: np.ndarray, y: np.ndarray, rng: np.random.Generator, noise: float) -> Points:
    """X = (x1; x2) + noise · standard normal, Y = y, with the columns of both in one random order.

    x1, x2, y: (m,).  Returns Points of shapes (2, m) and (1, m), float64.
    """
    X = np.vstack([x1, x2]) + noise * rng.standard_normal((2, len(y)))
    order = rng.permutation(len(y))
    return Points(X[:, order], y[np.newaxis, order].astype(np.float64))
