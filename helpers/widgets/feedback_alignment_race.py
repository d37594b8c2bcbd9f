"""Three networks from one start, trained side by side: by backpropagation, by feedback alignment, and hardly at all."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import brain, network, optimizers

Arrays = dict[str, np.ndarray]
WAYS = ("backpropagation", "feedback alignment", "frozen")


class Race:
    """X (n_x, m), T (n_y, m) one-hot, X_test (n_x, m_test), Y_test (1, m_test): what is learned, and asked.

    accuracy: a list for each of WAYS, one entry after each step and one before the first.  gradients, weights: a list
    for each hidden layer l, of the angle in degrees between the two dW[l], and between B[l+1] and the transposed
    W[l+1]; one entry a step.
    """

    def __init__(
        self,
        X: np.ndarray,
        T: np.ndarray,
        X_test: np.ndarray,
        Y_test: np.ndarray,
        hidden: tuple[int, ...],
        seed: int,
        backward: Callable[..., Arrays],
        text: dict[str, str],
    ) -> None:
        self.X, self.T, self.X_test, self.Y_test = X, T, X_test, Y_test
        self.backward, self.text = backward, text
        rng = np.random.default_rng(seed)
        start = network.initialize([len(X), *hidden, len(T)], rng)
        self.feedback = brain.random_feedback(start, rng)
        self.parameters = dict.fromkeys(WAYS, start)
        self.layers = len(hidden)
        self.accuracy: dict[str, list[float]] = {way: [self._right(way)] for way in WAYS}
        self.gradients: list[list[float]] = [[] for _ in hidden]
        self.weights: list[list[float]] = [[] for _ in hidden]

    @property
    def steps(self) -> int:
        """How many have been taken."""
        return len(self.gradients[0])

    def step(self, learning_rate: float) -> None:
        """One step of gradient descent for each network, on all of X."""
        moved = {}
        for way in WAYS:
            _, caches = network.forward(self.X, self.parameters[way], hidden="tanh", output="softmax")
            exact = network.backward(self.T, caches)
            grads = exact
            if way == "feedback alignment":
                grads = self._fed_back(caches, exact)
            elif way == "frozen":
                grads = brain.freeze(exact)
            moved[way] = optimizers.gradient_descent(self.parameters[way], grads, learning_rate)
        self.parameters = moved
        W = moved["feedback alignment"]
        for l, found in enumerate(self.weights, start=2):
            found.append(brain.alignment_angle(self.feedback[f"B{l}"], W[f"W{l}"].T))
        for way in WAYS:
            self.accuracy[way].append(self._right(way))

    def _fed_back(self, caches: list[Any], exact: Arrays) -> Arrays:
        grads = self.backward(self.T, caches, self.feedback)
        wanted = {name: exact[name].shape for name in self._names()}
        if not isinstance(grads, dict):
            raise ValueError(self.text["bad_grads"].format(got=type(grads).__name__, wanted=wanted))
        got = {name: np.shape(grads[name]) for name in wanted if name in grads}
        if got != wanted:
            raise ValueError(self.text["bad_grads"].format(got=got, wanted=wanted))
        if not all(np.isfinite(grads[name]).all() for name in wanted):
            raise ValueError(self.text["not_finite"])
        angles = [self._angle(grads, exact, l) for l in range(1, self.layers + 1)]
        for found, angle in zip(self.gradients, angles, strict=True):
            found.append(angle)
        return {name: grads[name] for name in wanted}

    def _angle(self, grads: Arrays, exact: Arrays, l: int) -> float:
        """From dW[l] of one to that of the other, in degrees."""
        for function, found in ((self.text["backpropagation_itself"], exact), ("backward", grads)):
            if not found[f"dW{l}"].any():
                raise ValueError(self.text["no_direction"].format(layer=l, function=function))
        return brain.alignment_angle(grads[f"dW{l}"], exact[f"dW{l}"])

    def _names(self) -> list[str]:
        return [f"d{kind}{l}" for l in range(1, self.layers + 2) for kind in "Wb"]

    def _right(self, way: str) -> float:
        Y_hat = network.classify(self.X_test, self.parameters[way], hidden="tanh", output="softmax")
        return float(np.mean(Y_hat == self.Y_test))
