"""What the playground trains: a network made of the course's functions, or of those that it is given.

Both have the same four methods. `outputs` gives what every unit says, so that each can be drawn: the course's caches
hold A; of given functions only the form of assignment 06 is known, in which the cache of layer l + 1 begins with A[l].
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from helpers import costs, network, regularization
from helpers.training import Step

Parameters = dict[str, np.ndarray]
NAMES = ("initialize_deep", "model_forward", "model_backward", "update_parameters")


class Course:
    """The course's functions, with the steps that `training.train` makes."""

    def __init__(self, sizes: list[int], activation: str, rng: np.random.Generator) -> None:
        self.activation = activation
        scale = "he" if activation in ("relu", "leaky_relu") else "xavier"
        self.put(network.initialize(sizes, rng, scale))

    @property
    def parameters(self) -> Parameters:
        """A copy of W[l] and b[l]."""
        return {name: value.copy() for name, value in self._step.parameters.items()}

    def put(self, parameters: Parameters) -> None:
        """Go on from these parameters."""
        self._penalty = (0.0, 1)
        self._step = Step(parameters, 1.0, self.activation, "sigmoid")

    def step(self, X: np.ndarray, Y: np.ndarray, rate: float, l2: float, m: int) -> float:
        """One step of gradient descent; returns the cost J before it. l2: λ; m: how many examples there are in all."""
        if self._penalty != (l2, m):
            self._penalty = (l2, m)
            self._step = Step(self._step.parameters, rate, self.activation, "sigmoid", l2=l2, m=m)
        self._step.learning_rate = rate
        return self._step(X, Y)

    def outputs(self, X: np.ndarray) -> list[np.ndarray]:
        """A[1], …, A[L] for X (n_x, m)."""
        return [cache.A for cache in network.forward(X, self._step.parameters, self.activation)[1]]

    def cost(self, X: np.ndarray, Y: np.ndarray) -> tuple[float, np.ndarray]:
        """J and A[L]."""
        A, caches = network.forward(X, self._step.parameters, self.activation)
        return network.cost(Y, caches), A


class Functions(NamedTuple):
    """The functions of assignment 06, and what each of them is called."""

    initialize_deep: Callable[..., Any]
    model_forward: Callable[..., Any]
    model_backward: Callable[..., Any]
    update_parameters: Callable[..., Any]

    @classmethod
    def of(cls, source: Any, sentence: str) -> "Functions":
        """By name out of a dictionary such as globals(), or of anything that has them as attributes."""
        found = {}
        for name in NAMES:
            try:
                found[name] = source[name] if isinstance(source, Mapping) else getattr(source, name)
            except (KeyError, AttributeError):
                found[name] = None
        missing = [name for name, function in found.items() if not callable(function)]
        if missing:
            raise ValueError(sentence.format(missing=", ".join(missing), names=", ".join(NAMES)))
        return cls(**found)


class Given:
    """The same with functions that may be wrong: what each returns is looked at. Raises ValueError with a sentence."""

    def __init__(
        self, sizes: list[int], functions: Functions, rng: np.random.Generator, text: Mapping[str, str]
    ) -> None:
        self._functions, self._text = functions, text
        self._shapes = {}
        for l in range(1, len(sizes)):
            self._shapes |= {f"W{l}": (sizes[l], sizes[l - 1]), f"b{l}": (sizes[l], 1)}
        self.put(functions.initialize_deep(list(sizes), rng), "initialize_deep")

    @property
    def parameters(self) -> Parameters:
        return {name: np.array(value, float) for name, value in self._parameters.items()}

    def put(self, parameters: Parameters, function: str = "update_parameters") -> None:
        self._parameters = self._arrays(function, parameters, self._shapes)

    def step(self, X: np.ndarray, Y: np.ndarray, rate: float, l2: float, m: int) -> float:
        AL, caches = self._forward(X)
        J = costs.cross_entropy(AL, Y)
        slopes = self._functions.model_backward(AL, Y, caches)
        grads = self._arrays("model_backward", slopes, {f"d{name}": shape for name, shape in self._shapes.items()})
        if l2:
            J += regularization.l2_cost(self._parameters, l2, m)
            grads = regularization.l2_backward(self._parameters, grads, l2, m)
        self.put(self._functions.update_parameters(self._parameters, grads, rate))
        return J

    def outputs(self, X: np.ndarray) -> list[np.ndarray]:
        AL, caches = self._forward(X)
        return [*(np.asarray(cache[0][0], float) for cache in caches[1:]), AL]

    def cost(self, X: np.ndarray, Y: np.ndarray) -> tuple[float, np.ndarray]:
        AL, _ = self._forward(X)
        return costs.cross_entropy(AL, Y), AL

    def _forward(self, X: np.ndarray) -> tuple[np.ndarray, Any]:
        result = self._functions.model_forward(X, self._parameters)
        if not isinstance(result, tuple) or len(result) != 2:
            raise ValueError(self._text["bad_pair"].format(got=type(result).__name__))
        AL, caches = result
        AL = self._array("model_forward", "AL", AL, (1, X.shape[1]))
        if AL.min() < 0 or AL.max() > 1:
            raise ValueError(self._text["bad_probability"].format(low=f"{AL.min():.3g}", high=f"{AL.max():.3g}"))
        L = len(self._shapes) // 2
        if not isinstance(caches, list | tuple) or len(caches) != L:
            raise ValueError(self._text["bad_caches"].format(wanted=L))
        for l in range(2, L + 1):
            wanted = (self._shapes[f"W{l}"][1], X.shape[1])
            try:
                got = np.shape(caches[l - 1][0][0])
            except (TypeError, ValueError, IndexError, KeyError):
                got = None
            if got != wanted:
                raise ValueError(self._text["bad_cache"].format(l=l, wanted=wanted))
        return AL, caches

    def _arrays(self, function: str, found: Any, shapes: dict[str, tuple[int, ...]]) -> Parameters:
        if not isinstance(found, dict) or not set(shapes) <= set(found):
            got = ", ".join(map(str, found)) if isinstance(found, dict) else type(found).__name__
            raise ValueError(self._text["bad_dict"].format(function=function, got=got, wanted=", ".join(shapes)))
        return {name: self._array(function, name, found[name], shape) for name, shape in shapes.items()}

    def _array(self, function: str, name: str, found: Any, shape: tuple[int, ...]) -> np.ndarray:
        try:
            array = np.asarray(found, float)
        except (TypeError, ValueError):
            got = type(found).__name__
            raise ValueError(self._text["bad_kind"].format(function=function, name=name, got=got)) from None
        if array.shape != shape:
            found = {"function": function, "name": name, "got": array.shape, "wanted": shape}
            raise ValueError(self._text["bad_shape"].format(**found))
        if not np.isfinite(array).all():
            raise ValueError(self._text["not_finite"].format(function=function, name=name))
        return array
