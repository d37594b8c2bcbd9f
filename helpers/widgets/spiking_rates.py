"""ReLU and sigmoid, stretched to come as near to a cell's f–I curve as they can."""

from collections.abc import Callable

import numpy as np

from helpers.activations import relu, sigmoid

CURRENTS = np.linspace(0, 1, 401)
"""nA; where the curves are drawn."""

Rate = Callable[[np.ndarray], np.ndarray]


def scaled_relu(I: np.ndarray, f: np.ndarray) -> Rate:
    """slope · relu(I − I_0): I_0 the last current at which f is 0, slope by least squares.

    I: (k,) rising currents.  f: (k,) rates.  Returns the function, currents -> rates.
    """
    silent = np.flatnonzero(f == 0)
    start = I[silent[-1]] if silent.size else I[0]
    x = relu(I - start)
    slope = float(x @ f / (x @ x)) if x.any() else 0.0
    return lambda at: slope * relu(at - start)


def scaled_sigmoid(I: np.ndarray, f: np.ndarray) -> Rate:
    """height · sigmoid((I − place) / width), the best by least squares on a grid of places and widths.

    I: (k,) currents.  f: (k,) rates.  Returns the function, currents -> rates.
    """
    span = np.ptp(I)
    place, width = np.meshgrid(np.linspace(I.min(), I.max(), 101), span * np.linspace(0.01, 0.5, 50), indexing="ij")
    shapes = sigmoid((I - place[..., None]) / width[..., None])  # (101, 50, k)
    height = shapes @ f / np.sum(shapes**2, axis=-1)
    error = np.sum((height[..., None] * shapes - f) ** 2, axis=-1)
    best = np.unravel_index(np.argmin(error), error.shape)
    return lambda at: height[best] * sigmoid((at - place[best]) / width[best])
