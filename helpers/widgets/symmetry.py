"""Why weights do not start alike: rows of W1, their lines and the cost, while a network learns from several starts."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import costs, network
from helpers.plots.classes import points_and_labels
from helpers.widgets import arguments, given, messages, one_hidden
from helpers.widgets.controls import button, choice, play
from helpers.widgets.neuron_words import number
from helpers.widgets.one_hidden import Parameters
from helpers.widgets.panel import Drawing, Panel
from helpers.widgets.symmetry_picture import MOST_UNITS, SymmetryPicture

MANY, AT_ONCE, MOST = 100, 20, 3000
KEPT = 10
"""Steps from one kept W1 to the next; costs are kept at each step."""
ROUNDING, NEAR, PARALLEL = 1e-9, 0.3, 0.995
STARTS = ("zeros", "equal", "small", "he")


class Symmetry(Panel):
    """The third interactive of lesson 05.

    X: (2, m). Y: (1, m), labels 0 and 1. units: of the hidden layer (tanh), 2 to 4. The course's functions, or the
    learner's own of assignment 05: forward(X, parameters) -> (A2, cache), cost(A2, Y) -> J,
    backward(X, Y, parameters, cache) -> grads, update(parameters, grads, learning_rate) -> parameters.
    """

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        *,
        units: int = 3,
        learning_rate: float = 1.0,
        seed: int = 0,
        forward: Callable[[np.ndarray, Parameters], tuple[np.ndarray, dict[str, Any]]] = one_hidden.forward,
        cost: Callable[[np.ndarray, np.ndarray], float] = costs.cross_entropy,
        backward: Callable[[np.ndarray, np.ndarray, Parameters, dict[str, Any]], Parameters] = one_hidden.backward,
        update: Callable[[Parameters, Parameters, float], Parameters] = one_hidden.update,
    ) -> None:
        self.X, self.Y, self.units = X, Y, units
        self.learning_rate, self.seed = learning_rate, seed
        self.forward, self.cost, self.backward, self.update = forward, cost, backward, update
        self.text = messages.load("symmetry")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        self.X, self.Y = points_and_labels(self.X, self.Y, 2)
        if not isinstance(self.units, int) or not 2 <= self.units <= MOST_UNITS:
            raise ValueError(text["units"].format(n=self.units, most=MOST_UNITS))
        arguments.number("learning_rate", self.learning_rate, above=0)
        self.names = {text[name]: name for name in STARTS}
        self._check_forward()
        self.view = SymmetryPicture(self.X, self.Y, self.units, list(self.names), MOST, text)
        self.width = self.view.canvas.width
        self.controls = [
            choice("start", text["start"], list(self.names)),
            play(text["play"], text["pause"]),
            button("many", text["many"].format(steps=MANY)),
            button("reset", text["reset"]),
            button("again", text["again"]),
        ]
        self.values = {"start": text["zeros"]}
        self.pace = 40
        self.earlier: dict[str, list[float]] = {}
        self.shown = ""
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        if values["start"] != self.shown:
            self._begin(values["start"])
        P, _, _ = one_hidden.answers(self.forward(self.view.grid, self.parameters), self.units, self.view.grid.shape[1])
        ways = np.stack([*self.ways, self.parameters["W1"]])
        earlier = {start: told for start, told in self.earlier.items() if start != self.shown}
        picture = self.view.png(ways, self.parameters, P[0], self.costs, earlier)
        return Drawing(picture, self._alt(), self._words())

    def press(self, name: str) -> None:
        self.seed += name == "again"
        if name != "many" or not self.shown:
            self._begin(self.values["start"])
        if name == "many":
            self._train(MANY)
        self.refresh()

    def tick(self) -> None:
        if not self.shown:  # the drawing after it tells again why there is no start
            return
        self._train(AT_ONCE)
        self.playing = self.steps < MOST

    @property
    def steps(self) -> int:
        return len(self.costs) - 1

    def _begin(self, start: str) -> None:
        """Start values, and the cost there; the run before is kept for comparison."""
        self.playing = False
        if self.shown and self.steps:
            self.earlier[self.shown] = self.costs
        self.shown, self.ways = "", []
        self.parameters = self._start_values(self.names[start])
        self.costs = [self._cost()]
        self.shown = start  # not before: where the learner's function fails, the next press begins again

    def _check_forward(self) -> None:
        """From zeros, which are shown first, a forward without sigmoid gives no answer that could not be one."""
        one_hidden.answers(self.forward(self.X, self._start_values("he")), self.units, self.X.shape[1])

    def _start_values(self, name: str) -> Parameters:
        scale = {"small": 0.01, "he": "he"}.get(name, "zeros")
        parameters = network.initialize([2, self.units, 1], np.random.default_rng(self.seed), scale=scale)
        if name == "equal":
            return {key: np.full_like(value, 0.5 if key[0] == "W" else 0.0) for key, value in parameters.items()}
        return parameters

    def _train(self, steps: int) -> None:
        shapes = {name: value.shape for name, value in self.parameters.items()}
        for _ in range(min(steps, MOST - self.steps)):
            returned = self.backward(self.X, self.Y, self.parameters, self.cache)
            grads = given.arrays("backward", returned, {f"d{name}": shape for name, shape in shapes.items()})
            moved = given.arrays("update", self.update(self.parameters, grads, self.learning_rate), shapes)
            if self.steps % KEPT == 0:
                self.ways.append(self.parameters["W1"].copy())
            self.parameters = {name: value.copy() for name, value in moved.items()}
            self.costs.append(self._cost())

    def _cost(self) -> float:
        """The cost of the present parameters; what forward keeps is kept for the step that follows."""
        copies = {name: value.copy() for name, value in self.parameters.items()}
        A2, _, self.cache = one_hidden.answers(self.forward(self.X, copies), self.units, self.X.shape[1])
        return given.number("cost", self.cost(A2, self.Y))

    def _words(self) -> str:
        text = self.text
        n = text["steps_0"] if not self.steps else text["steps_n"].format(n=self.steps)
        before = text["before"].format(first=number(self.costs[0], 3)) if self.steps else ""
        start = self.shown[0].upper() + self.shown[1:]
        at = text["at"].format(start=start, steps=n, cost=number(self.costs[-1], 3), before=before)
        done = "\n" + text["done"].format(steps=MOST) if self.steps >= MOST else ""
        return f"{at}\n{self._rows_in_words()}{done}"

    def _rows_in_words(self) -> str:
        text, W1 = self.text, self.parameters["W1"]
        gap = float(max(np.linalg.norm(one - other) for one in W1 for other in W1))
        told = {"n": self.units, "row": self._row(0), "steps": self.steps, "gap": number(gap, 2), "rows": self._rows()}
        if gap > NEAR:
            directions = W1 / np.maximum(np.linalg.norm(W1, axis=1, keepdims=True), 1e-12)
            aligned = np.abs(directions @ directions.T).min() > PARALLEL
            return text["aligned" if aligned else "apart" if self.steps else "scattered"].format(**told)
        if gap > ROUNDING:
            return text["near"].format(**told | {"gap": f"{gap:.1g}"})
        if not W1.any() and not self.parameters["W2"].any():
            return text["still" if self.steps else "zero"].format(**told)
        if gap > 0:
            mantissa, power = f"{gap:.0e}".split("e")
            return text["rounding"].format(**told | {"gap": f"{mantissa} · 10^−{abs(int(power))}"})
        return text["same"].format(**told)

    def _row(self, k: int) -> str:
        w1, w2 = self.parameters["W1"][k]
        return self.text["row"].format(w1=number(w1, 2), w2=number(w2, 2))

    def _rows(self) -> str:
        return ", ".join(self._row(k) for k in range(self.units))

    def _alt(self) -> str:
        ends = {"first": number(self.costs[0], 3), "last": number(self.costs[-1], 3)}
        return self.text["alt"].format(n=self.units, rows=self._rows(), k=self.steps, **ends)
