"""Activations and their slopes: where they are flat, and what several in a row leave of a slope."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from helpers import activations
from helpers.widgets import arguments, given, messages
from helpers.widgets.activations_picture import FLAT, LONGEST, REACH, ActivationsPicture
from helpers.widgets.controls import choice, slider
from helpers.widgets.neuron_words import number
from helpers.widgets.panel import Drawing, Panel

Function = Callable[[np.ndarray], np.ndarray]
EPSILON = 1e-5
CLOSE = 1e-4
HUGE = 1e6


class Activations(Panel):
    """The first interactive of lesson 05.

    functions: name -> (value, slope), each taking and giving an array of scores such as (1, k); by default the four of
    the course. The learner's own of assignment 02 go here, as in {"mine": (sigmoid, sigmoid_derivative)}; where their
    slope does not fit their value, the words say so. start: the first z.
    """

    def __init__(self, functions: Mapping[str, tuple[Function, Function]] | None = None, *, start: float = 2.0) -> None:
        self.functions, self.start = functions, start
        self.text = messages.load("activations")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        if self.functions is None:
            names = ("sigmoid", "tanh", "relu", "leaky_relu")
            pairs = ((getattr(activations, name), getattr(activations, f"{name}_derivative")) for name in names)
            self.functions = dict(zip((text[name] for name in names), pairs, strict=True))
        if not self.functions:
            raise ValueError(text["none"])
        start = arguments.number("start", self.start)
        for name, pair in self.functions.items():
            if not isinstance(pair, tuple | list) or len(pair) != 2 or not all(map(callable, pair)):
                raise ValueError(text["not_two"].format(name=name))
        Z = ActivationsPicture.scores[None]
        curves = {name: (self._at(name, 0, Z)[0], self._at(name, 1, Z)[0]) for name in self.functions}
        self.most = {name: float(np.abs(slope).max()) for name, (_, slope) in curves.items()}
        self.view = ActivationsPicture(curves, text)
        self.controls = [
            choice("function", text["function"], list(self.functions)),
            slider("z", text["z"], -REACH, REACH, 0.1),
            slider("n", text["chain"], 1, LONGEST, 1),
        ]
        self.values = {"function": next(iter(self.functions)), "z": float(np.clip(start, -REACH, REACH)), "n": 1}
        self.width = self.view.canvas.width
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        name, z, n = values["function"], round(float(values["z"]), 9), int(values["n"])
        value, slope = self._one(name, 0, z), self._one(name, 1, z)
        chains = {other: self._chain(other, z) for other in self.functions}
        if len(chains[name]) < n:
            raise ValueError(self.text["too_large"].format(name=name, z=number(z, 1), n=len(chains[name]) + 1))
        picture = self.view.png(name, z, value, slope, chains, n)
        product = float(chains[name][n - 1])
        words = "\n".join([self._at_in_words(name, z, value, slope), self._chain_in_words(n, product)])
        return Drawing(picture, self._alt(name, z, value, slope, n, product), words)

    def _at(self, name: str, which: int, Z: np.ndarray) -> np.ndarray:
        told = getattr(self.functions[name][which], "__name__", name)
        return given.array(told, self.functions[name][which](Z.copy()), Z.shape, self.text["each_z"])

    def _one(self, name: str, which: int, z: float) -> float:
        return float(self._at(name, which, np.array([[z]]))[0, 0])

    def _chain(self, name: str, z: float) -> np.ndarray:
        """d/dz of g(z), g(g(z)), …: each slope at the value of the one before, multiplied; as long as it is finite."""
        value, slope = self.functions[name]
        products, product = [], self._one(name, 1, z)
        Z = np.array([[z]])
        with np.errstate(all="ignore"):
            while len(products) < LONGEST and np.isfinite(product):
                products.append(product)
                Z = np.asarray(value(Z.copy()), float)
                product = product * np.asarray(slope(Z.copy())).item() if np.isfinite(Z).all() else np.inf
        return np.array(products)

    def _at_in_words(self, name: str, z: float, value: float, slope: float) -> str:
        text = self.text
        at = text["at"].format(name=name, z=number(z, 1), value=_told(value), slope=_told(slope))
        left, right = ((self._one(name, 0, z + step) - value) / step for step in (-EPSILON, EPSILON))
        share = abs(slope) / self.most[name] if self.most[name] else 0.0
        told = {"slope": _told(slope), "share": f"{100 * share:{'.0f' if share > 0.0995 else '.2g'}}\u00a0%"}
        told |= {"left": _told(round(left, 4)), "right": _told(round(right, 4)), "most": _told(self.most[name])}
        close = CLOSE * max(1.0, abs(left), abs(right))  # a steep curve bends more within a tiny step
        if abs(left - right) > 10 * close:
            state = "kink"
        elif abs((left + right) / 2 - slope) > close:
            return f"{at} {text['disagrees'].format(**told, measured=_told((left + right) / 2))}"
        else:
            state = "zero" if slope == 0 else "flat" if share < FLAT else "steep"
        return f"{at} {text[state].format(**told)}"

    def _chain_in_words(self, n: int, product: float) -> str:
        if n == 1:
            return self.text["one"]
        compared, size = "", abs(product)
        if size == 0:
            compared = self.text["nothing"]
        elif abs(size - 1) < 1e-9:
            compared = self.text["whole"]
        elif size < 0.5:
            compared = self.text["weaker"].format(times=_times(1 / size))
        return self.text["many"].format(n=n, product=_told(product), compared=compared)

    def _alt(self, name: str, z: float, value: float, slope: float, n: int, product: float) -> str:
        where = ""
        for low, high in self.view.flats[name]:
            if low <= -REACH:
                where += self.text["where_left"].format(edge=number(high, 1))
            elif high >= REACH:
                where += self.text["where_right"].format(edge=number(low, 1))
        told = {"value": _told(value), "slope": _told(slope), "product": _told(product)}
        return self.text["alt"].format(name=name, z=number(z, 1), n=n, where=where, **told)


def _told(value: float) -> str:
    """Three digits of what matters; tiny and huge numbers by their power of ten."""
    size = abs(value)
    if size == 0 or 0.001 <= size < HUGE:
        return number(value, 3) if value != round(value) else number(value, 0)
    mantissa, power = f"{size:.1e}".split("e")
    return f"{'−' if value < 0 else ''}{mantissa} · 10^{number(int(power), 0)}"


def _times(value: float) -> str:
    """A whole number with its thousands apart, or a power of ten where that gets long."""
    if value < 1e7:
        return f"{float(f'{value:.2g}'):,.0f}".replace(",", "\u202f")
    return f"10^{np.log10(value):.0f}"
