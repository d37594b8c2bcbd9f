"""A neuron whose two weights and bias are sliders: its line, its probabilities and its cost move along."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers import costs, network
from helpers.layers import Cache, linear_backward
from helpers.widgets import arguments, given, messages
from helpers.widgets.controls import button, slider
from helpers.widgets.neuron_picture import NeuronPicture
from helpers.widgets.neuron_words import line_in_words, name_and_unit, number, percent
from helpers.widgets.panel import Drawing, Panel

Parameters = dict[str, np.ndarray]
REACH = 12.0
MANY = 50


def backward(X: np.ndarray, A: np.ndarray, Y: np.ndarray) -> Parameters:
    """{"dW1": (1/m) (A − Y) Xᵀ, "db1": (1/m) Σ (A − Y)}: X (n_x, m), A and Y (1, m)."""
    dW, db = linear_backward(A - Y, Cache(X, np.empty((1, len(X))), A, A, "sigmoid"))
    return {"dW1": dW, "db1": db}


class Neuron(Panel):
    """The interactive of lesson 03.

    X: (2, m), what the neuron sees. Y: (1, m), labels 0 and 1. mean, sd: (2, 1), if X was standardized with them; the
    picture then counts in the original units. feature_names, class_names: for axes and words. forward(X, parameters) ->
    A, cost(A, Y) -> J and backward(X, A, Y) -> grads: the course's functions, or the learner's own of assignment 03.
    """

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        *,
        mean: np.ndarray | None = None,
        sd: np.ndarray | None = None,
        feature_names: Sequence[str] = ("x₁", "x₂"),
        class_names: Sequence[str] = ("y = 0", "y = 1"),
        forward: Callable[[np.ndarray, Parameters], np.ndarray] = network.predict,
        cost: Callable[[np.ndarray, np.ndarray], float] = costs.cross_entropy,
        backward: Callable[[np.ndarray, np.ndarray, np.ndarray], Parameters] = backward,
        learning_rate: float = 0.5,
        start: tuple[float, float, float] = (1.0, 1.0, 0.0),
    ) -> None:
        self.X, self.Y = X, Y
        self.mean, self.sd = mean, sd
        self.feature_names, self.class_names = feature_names, class_names
        self.functions = forward, cost, backward
        self.learning_rate, self.start = learning_rate, start
        self.text = messages.load("neuron")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        names = ("w1", "w2", "b")
        start = arguments.numbers("start", self.start, 3, text["start"])
        self.learning_rate = arguments.number("learning_rate", self.learning_rate, above=0)
        self.feature_names = arguments.names("feature_names", self.feature_names, 2, text["features"])
        self.class_names = arguments.names("class_names", self.class_names, 2, text["classes"])
        self.view = NeuronPicture(self.X, self.Y, self.mean, self.sd, self.feature_names, self.class_names, text)
        self.width = self.view.canvas.width
        self.controls = [slider(name, text[name], -REACH, REACH, 0.1) for name in names] + [
            button("one", text["one_step"]),
            button("many", text["many_steps"].format(steps=MANY)),
            button("zeros", text["zeros"]),
        ]
        self.values = dict(zip(names, start, strict=True))
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        parameters = self._parameters(values)
        A = self._probabilities(self.X, parameters)
        J = self._cost(A)
        right = (A > 0.5) == (self.Y > 0.5)
        P = self._probabilities(self.view.grid, parameters)
        picture = self.view.png(P, parameters, ~right, J)
        line = line_in_words(parameters, self.view, self.feature_names, self.class_names, self.text, float(P[0, 0]))
        return Drawing(picture, self._alt(line, J), self._words(values, line, J, right))

    def press(self, name: str) -> None:
        values = dict.fromkeys(self.values, 0.0)
        if name != "zeros":
            parameters = self._parameters(self.values)
            for _ in range(MANY if name == "many" else 1):
                parameters = self._step(parameters)
            values = {"w1": parameters["W1"][0, 0], "w2": parameters["W1"][0, 1], "b": parameters["b1"][0, 0]}
        self.values = {key: float(np.clip(value, -REACH, REACH)) for key, value in values.items()}

    def _step(self, parameters: Parameters) -> Parameters:
        A = self._probabilities(self.X, parameters)
        shapes = {f"d{name}": value.shape for name, value in parameters.items()}
        grads = given.arrays("backward", self.functions[2](self.X, A, self.Y), shapes)
        return {name: value - self.learning_rate * grads[f"d{name}"] for name, value in parameters.items()}

    def _parameters(self, values: dict[str, Any]) -> Parameters:
        return {"W1": np.array([[values["w1"], values["w2"]]], float), "b1": np.array([[values["b"]]], float)}

    def _probabilities(self, X: np.ndarray, parameters: Parameters) -> np.ndarray:
        A = self.functions[0](X, parameters)
        return given.probabilities("forward", A, (1, X.shape[1]), self.text["each_column"])

    def _cost(self, A: np.ndarray) -> float:
        return given.number("cost", self.functions[1](A, self.Y))

    def _words(self, values: dict[str, Any], line: str, J: float, right: np.ndarray) -> str:
        (x1, _), (x2, _) = map(name_and_unit, self.feature_names)
        m = right.size
        summary = self.text["cost"].format(
            cost=number(J, 3), correct=int(right.sum()), m=m, accuracy=percent(right.mean(), 1)
        )
        total = self.text["sum"].format(
            w1=number(values["w1"], 2),
            w2=number(values["w2"], 2, signed=True),
            b=number(values["b"], 2, signed=True),
            x1=x1,
            x2=x2,
            units=self.text["units"] if self.view.scaled else "",
        )
        return f"{summary}\n{total}\n{line}"

    def _alt(self, line: str, J: float) -> str:
        (x1, _), (x2, _) = map(name_and_unit, self.feature_names)
        names0, names1 = self.class_names
        return self.text["alt"].format(
            m=self.Y.shape[1], x1=x1, x2=x2, names0=names0, names1=names1, class1=names1, line=line, cost=number(J, 3)
        )
