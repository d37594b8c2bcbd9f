"""A small network with examples, and every derivative of its way back as measured by central differences.

Caches have the form of assignment 06: ((A_prev, W, b), Z). dW and db differentiate the mean cost J; dA and dZ, as
everywhere in the course, the loss of each example, so that the measured ones are m times the slope of J.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from helpers import gradient_check, network

Array = np.ndarray
LayerCache = tuple[tuple[Array, Array, Array], Array]
# A ReLU's kink must stay out of the reach of a central difference.
CLEARANCE = 1e-3
TRIES = 2000


class Measured(dict):
    """ "dA0", "dW1", "db1", …: what each layer hands back, and its two gradients, measured when first asked for."""

    def __init__(self, parameters: dict[str, Array], caches: list[LayerCache], Y: Array) -> None:
        super().__init__()
        self._network = parameters, caches, Y

    def __missing__(self, name: str) -> Array:
        parameters, caches, Y = self._network
        l = int(name[2:]) + (name[1] == "A")
        (A_prev, W, b), _ = caches[l - 1]
        slopes = gradient_check.numerical_gradient(
            lambda moved: _onwards(moved["W"] @ moved["A"] + moved["b"], l, parameters, Y),
            {"A": A_prev, "W": W, "b": b},
        )
        self.update({f"dA{l - 1}": Y.shape[1] * slopes["dA"], f"dW{l}": slopes["dW"], f"db{l}": slopes["db"]})
        return self[name]


class Trial(NamedTuple):
    """A network, examples for it, what the way forward keeps of each layer, and the derivatives as measured."""

    parameters: dict[str, Array]
    X: Array
    Y: Array
    AL: Array
    caches: list[LayerCache]
    measured: Measured

    @property
    def L(self) -> int:
        return len(self.caches)

    @property
    def m(self) -> int:
        return self.Y.shape[1]

    @property
    def J(self) -> float:
        return cost(self.caches[-1][1], self.Y)

    def activation(self, l: int) -> str:
        """The name of layer l's activation."""
        return "sigmoid" if l == self.L else "relu"

    def dA(self, l: int) -> Array:
        """(n_l, m): as measured; for the last layer, where the way back begins, by the formula."""
        return self.measured[f"dA{l}"] if l < self.L else (1 - self.Y) / (1 - self.AL) - self.Y / self.AL


def cost(Z: Array, Y: Array) -> float:
    """The cross-entropy of the last layer's sums Z (1, m): the mean of log(1 + e^Z) − Y Z."""
    return float(np.sum(np.logaddexp(0, Z) - Y * Z) / Y.size)


def draw_trial(layer_sizes: Sequence[int], m: int, seed: int) -> Trial:
    """ReLUs and a sigmoid of these sizes, and m examples, at random: no weighted sum lies at a kink, and some slope
    reaches every array.

    Where m is above 1, each layer has sums above and below zero, since many bugs show on one side only. ValueError for
    sizes that make no such network.
    """
    if len(layer_sizes) < 2 or layer_sizes[-1] != 1 or not all(isinstance(n, int) and 1 <= n <= 8 for n in layer_sizes):
        wanted = "at least two whole numbers from 1 to 8 are needed, the last of them 1"
        raise ValueError(f"layer_sizes is {layer_sizes!r}, but {wanted}.")
    for attempt in range(TRIES):
        rng = np.random.default_rng([seed, attempt])
        parameters = network.initialize(list(layer_sizes), rng)
        for l in range(1, len(layer_sizes)):
            parameters[f"b{l}"] = 0.4 * rng.standard_normal(parameters[f"b{l}"].shape)
        X, Y = rng.standard_normal((layer_sizes[0], m)), rng.integers(0, 2, (1, m)).astype(float)
        AL, kept = network.forward(X, parameters)
        if _is_telling(kept, Y):
            break
    caches = [((cache.A_prev, cache.W, parameters[f"b{l}"]), cache.Z) for l, cache in enumerate(kept, 1)]
    return Trial(parameters, X, Y, AL, caches, Measured(parameters, caches, Y))


def _is_telling(kept: list, Y: Array) -> bool:
    # In this order: most draws are out before the way back is needed.
    if np.abs(kept[-1].Z).max() >= 4 or any(np.abs(cache.Z).min() <= CLEARANCE for cache in kept):
        return False
    if Y.shape[1] > 1 and not all((cache.Z < 0).any() and (cache.Z > 0).any() for cache in kept):
        return False
    return all(np.abs(grad).max() > CLEARANCE for grad in network.backward(Y, kept).values())


def measured_dZ(trial: Trial, l: int) -> Array:
    """dZ of layer l, (n_l, m)."""
    slopes = gradient_check.numerical_gradient(
        lambda moved: _onwards(moved["Z"], l, trial.parameters, trial.Y), {"Z": trial.caches[l - 1][1]}
    )
    return trial.m * slopes["dZ"]


def _onwards(Z: Array, l: int, parameters: Mapping[str, Array], Y: Array) -> float:
    """J, where layer l has the sums Z."""
    for k in range(l + 1, len(parameters) // 2 + 1):
        Z = parameters[f"W{k}"] @ np.maximum(Z, 0) + parameters[f"b{k}"]
    return cost(Z, Y)
