"""Random arguments for cases. Numbers have two decimals, so that a case shown in a message can be typed in again."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np


def shapes(rng: np.random.Generator) -> Iterator[tuple[int, int]]:
    """(n_x, m) from small to large: always 2 features of 3 examples, m = 1, n_x = 1, both, a square and a wide one."""
    yield 2, 3
    yield 1, 1
    yield int(rng.integers(2, 6)), 1
    yield 1, int(rng.integers(2, 8))
    n = int(rng.integers(3, 6))
    yield n, n
    yield int(rng.integers(3, 8)), int(rng.integers(10, 40))


def inputs(rng: np.random.Generator, n_x: int, m: int, scale: float = 1.0) -> np.ndarray:
    """X (n_x, m), no entry 0."""
    return _away_from_zero(scale * rng.normal(size=(n_x, m)))


def fine(rng: np.random.Generator, n_x: int, m: int) -> np.ndarray:
    """X (n_x, m) of small numbers of both signs, with so many digits that a rounded answer differs from the right."""
    signs = rng.permutation(np.resize([-1, 1], n_x * m)).reshape(n_x, m)
    return 0.01 * signs * rng.uniform(0.5, 2, size=(n_x, m))


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Y (1, m) of 0 and 1, both there from m = 2 on, as floats or as integers."""
    Y = rng.integers(0, 2, size=(1, m))
    if m > 1:
        Y[0, rng.permutation(m)[:2]] = [0, 1]
    return Y.astype(rng.choice([np.float64, np.int64]))


def probabilities(rng: np.random.Generator, n: int, m: int, low: float = 0.1, high: float = 0.9) -> np.ndarray:
    """A (n, m) strictly between 0 and 1."""
    return np.round(rng.uniform(low, high, size=(n, m)), 2)


def layers(rng: np.random.Generator, layer_sizes: Sequence[int], scale: float = 1.0) -> dict[str, np.ndarray]:
    """{"W1": (n1, n_x), "b1": (n1, 1), …} for layer_sizes = [n_x, n1, …], no entry 0, biases too."""
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"W{l}"] = _away_from_zero(scale * rng.normal(size=(layer_sizes[l], layer_sizes[l - 1])))
        parameters[f"b{l}"] = _away_from_zero(scale * rng.normal(size=(layer_sizes[l], 1)))
    return parameters


def gradients_for(rng: np.random.Generator, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """{"dW1": …, "db1": …} of the parameters' shapes."""
    return {f"d{name}": _away_from_zero(rng.normal(size=array.shape)) for name, array in parameters.items()}


def updates(rng: np.random.Generator, networks: Iterable[Sequence[int]]) -> Iterator[tuple[dict, dict, float]]:
    """(parameters, grads, learning rate) for each list of layer sizes, of which there are four at least.

    In the second and the fourth, grads stand in the order in which a backward pass finds them; the second may be so
    small a network that two of them are equal. The third has a rate above 1. The second and the third have numbers so
    small that rounding shows, the fourth has gradients so large that clipping them shows.
    """
    for k, layer_sizes in enumerate(networks):
        parameters = layers(rng, layer_sizes)
        grads = gradients_for(rng, parameters)
        if k in (1, 2):
            small = rng.uniform(0.01, 0.02)
            parameters, grads = _times(small, parameters), _times(small, grads)
        elif k == 3:
            grads = _times(rng.uniform(60, 90), grads)
        if k in (1, 3):
            grads = dict(reversed(grads.items()))
        yield parameters, grads, float(rng.choice([1.5, 2.0, 3.0])) if k == 2 else learning_rate(rng)


def _times(factor: float, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: factor * array for name, array in arrays.items()}


def learning_rate(rng: np.random.Generator) -> float:
    """Between 0.05 and 0.95, neither 1 nor 0.5, so that no mistake hides behind it."""
    return float(rng.choice([0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95]))


def _away_from_zero(array: np.ndarray) -> np.ndarray:
    rounded = np.round(array, 2)
    return np.where(np.abs(rounded) < 0.1, np.where(rounded < 0, -0.1, 0.1), rounded)
