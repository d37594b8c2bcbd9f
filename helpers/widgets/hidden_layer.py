"""A hidden layer taken apart: what each unit sees, what it adds to the score, and what becomes of it without one."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import costs
from helpers.plots.classes import points_and_labels
from helpers.widgets import messages, one_hidden
from helpers.widgets.controls import button, choice, grouped, slider, switch
from helpers.widgets.hidden_layer_picture import HiddenLayerPicture
from helpers.widgets.neuron_words import number, percent
from helpers.widgets.one_hidden import Parameters
from helpers.widgets.panel import Drawing, Panel

MOST = 6
WEIGHTS = ("w1", "w2", "b", "v")


class HiddenLayer(Panel):
    """The second interactive of lesson 05.

    X: (2, m). Y: (1, m), labels 0 and 1. parameters: {"W1": (n_1, 2), "b1": (n_1, 1), "W2": (1, n_1), "b2": (1, 1)} of
    a trained network with 1 to 6 hidden units of tanh. forward(X, parameters) -> (A2, cache): the course's function,
    or the learner's own `hidden_forward` of assignment 05.
    """

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        parameters: Parameters,
        *,
        forward: Callable[[np.ndarray, Parameters], tuple[np.ndarray, dict[str, Any]]] = one_hidden.forward,
    ) -> None:
        self.X, self.Y, self.trained, self.forward = X, Y, parameters, forward
        self.text = messages.load("hidden_layer")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        X, Y = points_and_labels(self.X, self.Y, 2)
        self.trained = one_hidden.checked(self.trained)
        self.n_1 = self.trained["W1"].shape[0]
        if not 1 <= self.n_1 <= MOST:
            raise ValueError(self.text["too_many"].format(n=self.n_1, most=MOST))
        self.parameters = {name: np.array(value, float) for name, value in self.trained.items()}
        largest = max(float(np.abs(value).max()) for value in self.parameters.values())
        self.reach = float(np.ceil(1.3 * largest + 1))
        most = float(np.abs(self.parameters["W2"]).sum() + np.abs(self.parameters["b2"]).sum())
        self.view = HiddenLayerPicture(X, Y, self.n_1, max(1.0, 0.75 * most), self.text)
        self.unit = 0
        self.controls = self._controls()
        point = {
            name: round(float(np.mean(limits)), 1) for name, limits in zip(("x1", "x2"), self.view.limits, strict=True)
        }
        on = {f"on{k + 1}": True for k in range(self.n_1)}
        self.values = {"unit": "1", **self._weights_of(0), **on, **point}
        self.width = self.view.canvas.width
        return True

    def refresh(self) -> None:
        """The sliders of the weights belong to the chosen unit; another choice sets them, and that draws.

        A page that has not heard of that yet sends the sliders of the unit before, told by "of": they are set again.
        """
        if self._ready:
            chosen = int(self.values["unit"]) - 1
            if self.values["of"] == self.unit:
                self._take(self.values)
            self.unit = chosen
            values = {**self.values, **self._weights_of(chosen)}
            if values != self.values:
                self.values = values
                return
        super().refresh()

    def draw(self, values: dict[str, Any]) -> Drawing:
        on = [bool(values[f"on{k + 1}"]) for k in range(self.n_1)]
        point = (float(values["x1"]), float(values["x2"]))
        heard = self.parameters | {"W2": self.parameters["W2"] * on}
        A2, _ = self._answers(self.X, heard)
        grid2, grid1 = self._answers(self.view.grid, heard)
        _, at = self._answers(np.array(point)[:, None], heard)
        parts = [*(heard["W2"][0] * at[:, 0]).tolist(), heard["b2"].item()]
        picture = self.view.png(grid1, grid2, heard, on, self.unit, point, parts)
        right = int(((A2 > 0.5) == (self.Y > 0.5)).sum())
        J = costs.cross_entropy(A2.astype(float), self.Y)
        words = "\n".join(
            [self._state(J, right, on), self._weights_in_words(on[self.unit]), self._sum(at, heard, point, parts)]
        )
        return Drawing(picture, self._alt(point, parts, right), words)

    def press(self, name: str) -> None:
        self.parameters = {name: np.array(value, float) for name, value in self.trained.items()}
        on = {f"on{k + 1}": True for k in range(self.n_1)}
        values = {**self.values, **self._weights_of(self.unit), **on}
        if values == self.values:
            self.refresh()  # another unit's weights have changed
        self.values = values

    def _controls(self) -> list:
        text, reach = self.text, self.reach
        x1, x2 = ((round(float(low), 1), round(float(high), 1)) for low, high in self.view.limits)
        return [
            *grouped(
                text["unit_group"],
                choice("unit", text["unit"], [str(k + 1) for k in range(self.n_1)]),
                *(slider(name, text[name], -reach, reach, 0.1) for name in WEIGHTS),
            ),
            *grouped(text["on_group"], *(switch(f"on{k + 1}", text["on"].format(k=k + 1)) for k in range(self.n_1))),
            *grouped(text["point_group"], slider("x1", text["x1"], *x1, 0.1), slider("x2", text["x2"], *x2, 0.1)),
            button("back", text["back"]),
        ]

    def _weights_of(self, k: int) -> dict[str, float]:
        """The sliders of unit k, and whose they are."""
        W1, b1, W2 = (self.parameters[name] for name in ("W1", "b1", "W2"))
        return dict(zip(WEIGHTS, map(float, (W1[k, 0], W1[k, 1], b1[k, 0], W2[0, k])), strict=True)) | {"of": k}

    def _take(self, values: dict[str, Any]) -> None:
        k = self.unit
        self.parameters["W1"][k] = values["w1"], values["w2"]
        self.parameters["b1"][k], self.parameters["W2"][0, k] = values["b"], values["v"]

    def _answers(self, X: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, np.ndarray]:
        copies = {name: value.copy() for name, value in parameters.items()}
        A2, A1, _ = one_hidden.answers(self.forward(X, copies), self.n_1, X.shape[1])
        return A2, A1

    def _state(self, J: float, right: int, on: list[bool]) -> str:
        text, m = self.text, self.Y.shape[1]
        share = percent(right / m, 1)
        state = text["cost"].format(cost=number(J, 3), right=right, m=m, share=share)
        if all(on):
            return state + text["all_on"]
        if not any(on):
            return state + text["none_on"]
        silent = text["and"].join(text["unit_k"].format(k=k + 1) for k, heard in enumerate(on) if not heard)
        A2, _ = self._answers(self.X, self.parameters)
        return state + text["off"].format(units=silent, right=int(((A2 > 0.5) == (self.Y > 0.5)).sum()))

    def _weights_in_words(self, heard: bool) -> str:
        weights = self._weights_of(self.unit)
        told = {name: number(weights[name], 2, signed=name in ("w2", "b")) for name in WEIGHTS}
        return self.text["weights" if heard else "weights_off"].format(k=self.unit + 1, **told)

    def _sum(self, at: np.ndarray, heard: Parameters, point: tuple[float, float], parts: list[float]) -> str:
        factors, z = list(zip(heard["W2"][0], at[:, 0], strict=True)), sum(parts)
        decimals = _decimals(factors, parts[-1], z)
        terms = [
            f"{number(v, decimals, signed=k > 0)} · {number(a, decimals) if a >= 0 else f'({number(a, decimals)})'}"
            for k, (v, a) in enumerate(factors)
        ]
        # Rounding may bring the probability to 0 or 1, which it never is.
        p = percent(float(np.clip(np.exp(-np.logaddexp(0, -z)), 1e-9, 1 - 1e-9)), 1)
        told = {"b": number(parts[-1], decimals, signed=True), "z": number(z, 2), "p": p}
        return self.text["sum"].format(x1=number(point[0], 1), x2=number(point[1], 1), terms=" ".join(terms), **told)

    def _alt(self, point: tuple[float, float], parts: list[float], right: int) -> str:
        added = ", ".join(number(part, 1) for part in parts[:-1])
        told = {"b": number(parts[-1], 1), "z": number(sum(parts), 1), "right": right, "m": self.Y.shape[1]}
        return self.text["alt"].format(n=self.n_1, x1=number(point[0], 1), x2=number(point[1], 1), parts=added, **told)


def _decimals(factors: list[tuple[float, float]], bias: float, z: float) -> int:
    """As few as let the sum of the rounded numbers come out, by hand, as z does."""
    for decimals in range(2, 6):
        by_hand = sum(round(v, decimals) * round(a, decimals) for v, a in factors) + round(bias, decimals)
        if number(by_hand, 2) == number(z, 2):
            return decimals
    return 6
