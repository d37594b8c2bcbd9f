"""Gradient descent on a cost of two weights: the learning rate and the start move, the way stays."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import network
from helpers.plots.classes import points_and_labels
from helpers.widgets import arguments, given, messages
from helpers.widgets.controls import Control, button, choice, play, slider, stops
from helpers.widgets.descent_picture import DescentPicture
from helpers.widgets.descent_surfaces import Bowl, NeuronCost, Parameters, Surface
from helpers.widgets.neuron import backward
from helpers.widgets.neuron_words import number
from helpers.widgets.panel import Drawing, Panel

RATES = [float(f"{digit}e{power}") for power in range(-3, 3) for digit in (1, 1.5, 2, 3, 5, 7)]
MANY, MOST = 100, 3000
FLAT, CRAWL = 1e-3, 1e-2
GENTLE = 0.05
"""Of the steepest slope in the picture; where a step crawls on a steeper one, it is the learning rate that is small."""
RUNAWAY = 1e6


def step(parameters: Parameters, grads: Parameters, learning_rate: float) -> Parameters:
    """Each parameter minus learning_rate times its slope."""
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}


class Descent(Panel):
    """The second interactive of lesson 03.

    X: (2, m), what the neuron sees. Y: (1, m), labels 0 and 1. parameters: {"W1": (1, 2), "b1": (1, 1)} of a trained
    neuron; the bias stands still there, since a picture has room for two weights. mean, sd: (2, 1), if X was
    standardized with them; then the same cost is offered in the original units, too. forward(X, parameters) -> A,
    cost(A, Y) -> J, backward(X, A, Y) -> grads and step(parameters, grads, learning_rate) -> parameters: the course's
    functions, or the learner's own of assignment 03.
    """

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        parameters: Parameters,
        *,
        mean: np.ndarray | None = None,
        sd: np.ndarray | None = None,
        forward: Callable[[np.ndarray, Parameters], np.ndarray] = network.predict,
        cost: Callable[[np.ndarray, np.ndarray], float] | None = None,
        backward: Callable[[np.ndarray, np.ndarray, np.ndarray], Parameters] = backward,
        step: Callable[[Parameters, Parameters, float], Parameters] = step,
        learning_rate: float = 0.5,
    ) -> None:
        self.X, self.Y, self.trained, self.scale = X, Y, parameters, (mean, sd)
        self.functions, self.step = (forward, cost, backward), step
        self.learning_rate = learning_rate
        self.text = messages.load("descent")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        self.surfaces = self._surfaces()
        self.pictures: dict[str, DescentPicture] = {}
        self.shown, self.path, self.costs = "", [], []
        self.earlier: tuple[np.ndarray, list[float]] = (np.empty((0, 2)), [])
        self.pace = 120
        first = next(iter(self.surfaces))
        wanted = arguments.number("learning_rate", self.learning_rate, above=0)
        rate = min(RATES, key=lambda known: abs(np.log(known / wanted)))
        self.values = {"surface": first, "rate": rate} | self._start_of(first)
        self._show(first)
        self.width = self.picture_of(first).canvas.width
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        name, start = values["surface"], np.array([[values["start1"], values["start2"]]], float)
        if not self.path or not np.array_equal(self.path[0], start):
            self._restart(start)
        here, view = self.path[-1], self.picture_of(name)
        grads = self.surface.grads(here)
        ahead = self._ahead(here, grads, values["rate"])
        path = np.concatenate(self.path)
        picture = view.png(path, self.costs, ahead, self.earlier)
        return Drawing(picture, self._alt(view), self._words(view, grads["dW1"], ahead, values["rate"]))

    def refresh(self) -> None:
        """Another surface brings controls and a start of its own; setting those draws.

        A page that has not heard of that yet sends the start on the surface before, told by "of": it is set again.
        """
        if self._ready and {self.values["surface"], self.values["of"]} != {self.shown}:
            if self.values["surface"] != self.shown:
                self._show(self.values["surface"])
            values = {**self.values, **self._start_of(self.shown)}
            if values != self.values:
                self.values = values
                return
        super().refresh()

    def press(self, name: str) -> None:
        if name == "reset" or not self.path:
            self._restart(np.array([[self.values["start1"], self.values["start2"]]], float))
        if name != "reset":
            for _ in range(MANY if name == "many" else 1):
                if not self._move():
                    break
        self.refresh()

    def tick(self) -> None:
        if self.path:  # else the drawing after it tells again why there is no start
            self.playing = self._move()

    @property
    def surface(self) -> Surface:
        return self.surfaces[self.shown]

    def picture_of(self, name: str) -> DescentPicture:
        """Drawn when it is first wanted, since that takes longer than a change may."""
        if name not in self.pictures:
            self.pictures[name] = DescentPicture(self.surfaces[name], self.text)
        return self.pictures[name]

    def _surfaces(self) -> dict[str, Surface]:
        X, Y = points_and_labels(self.X, self.Y, 2)
        trained = arguments.arrays("parameters", self.trained, {"W1": (1, 2), "b1": (1, 1)})
        W, b = trained["W1"], trained["b1"]
        found = {self.text["one_scale"]: NeuronCost(X, Y, W, b.item(), self.functions)}
        mean, sd = self.scale
        if mean is not None and sd is not None:
            for name, value in (("mean", mean), ("sd", sd)):
                if np.shape(value) != (2, 1):
                    raise ValueError(self.text["bad_scale"].format(name=name, got=np.shape(value)))
            # The same neuron: its weights divided by sd, and what the mean adds put into the bias.
            W_mm = W / sd.T
            bias = b.item() - (W_mm @ mean).item()
            found[self.text["as_measured"]] = NeuronCost(X * sd + mean, Y, W_mm, bias, self.functions)
        return found | {self.text["bowl"]: Bowl()}

    def _start_of(self, name: str) -> dict[str, Any]:
        """Where the way begins on that surface, and whose start it is."""
        return dict(zip(("start1", "start2"), self.surfaces[name].start, strict=True)) | {"of": name}

    def _show(self, name: str) -> None:
        """Controls with the range of this surface, and no way behind."""
        self.playing = False
        self.shown, self.path, self.costs, self.earlier = name, [], [], (np.empty((0, 2)), [])
        text, surface = self.text, self.surfaces[name]
        starts = [
            _start_slider(key, text[key], *limits)
            for key, limits in zip(("start1", "start2"), surface.limits, strict=True)
        ]
        self.controls = [
            choice("surface", text["surface"], list(self.surfaces)),
            stops("rate", text["rate"], RATES),
            *starts,
            button("step", text["step"]),
            play(text["play"], text["pause"]),
            button("many", text["many"].format(steps=MANY)),
            button("reset", text["reset"]),
        ]

    def _restart(self, start: np.ndarray) -> None:
        self.playing = False
        if len(self.path) > 1:
            self.earlier = (np.concatenate(self.path), self.costs)
        self.path, self.costs = [], []
        cost = self.surface.cost(start)
        self.path, self.costs = [start], [cost]

    def _move(self) -> bool:
        """One step, unless there is no sense in going on; True where there is for another."""
        if self._over():
            return False
        here = self.path[-1]
        ahead = self._ahead(here, self.surface.grads(here), self.values["rate"])
        cost = self.surface.cost(ahead)
        self.path.append(ahead)
        self.costs.append(cost)
        return not self._over()

    def _over(self) -> bool:
        return self._diverged() or len(self.path) > MOST

    def _diverged(self) -> bool:
        return self.costs[-1] > RUNAWAY * max(self.surface.heights.max(), 1e-9)

    def _ahead(self, here: np.ndarray, grads: Parameters, rate: float) -> np.ndarray:
        moved = self.step(self.surface.parameters(here.copy()), {k: v.copy() for k, v in grads.items()}, rate)
        return given.arrays("step", moved, {"W1": (1, 2), "b1": (1, 1)})["W1"]

    def _words(self, view: DescentPicture, slope: np.ndarray, ahead: np.ndarray, rate: float) -> str:
        text, here, n = self.text, self.path[-1], len(self.path) - 1
        at = text["at"].format(
            steps=text["steps_0" if n == 0 else "steps_1" if n == 1 else "steps_n"].format(n=n),
            w1=_told(here[0, 0]),
            w2=_told(here[0, 1]),
            cost=_told(self.costs[-1]),
            outside="" if view.inside(here) else text["outside"],
        )
        d1, d2, s1, s2 = map(_told, (*slope[0], *(ahead - here)[0]))
        rises = int((np.diff(self.costs) > 1e-9 * np.array(self.costs[:-1])).sum())
        verdict = self._verdict(slope) + (text["rises"].format(n=n, k=rises) if n > 1 and rises else "")
        return f"{at}\n{text['slope'].format(d1=d1, d2=d2, s1=s1, s2=s2, rate=f'{rate:g}')}\n{verdict}"

    def _verdict(self, slope: np.ndarray) -> str:
        """What the last step says about the learning rate."""
        text = self.text
        if self._diverged():
            return text["diverged"]
        if len(self.path) > MOST:
            return text["many_done"].format(steps=MOST)
        if len(self.path) > 1:
            before, after = self.costs[-2:]
            told = {"before": _told(before), "after": _told(after)}
            # Across the valley: the slope has turned against the step that led here.
            across = ((self.path[-1] - self.path[-2]) * slope).sum() > 0
            if after > before * (1 + 1e-9):
                return text["rose"].format(**told)
            if across and after > before * (1 - 1e-9):
                return text["circles"]
        if np.abs(slope).max() < FLAT:
            return text["arrived"]
        if len(self.path) == 1:
            return text["ahead"]
        if across:
            return text["swings"].format(**told)
        if before - after >= CRAWL * before:
            return text["falls"].format(**told)
        gentle = np.abs(slope).max() < GENTLE * self.surface.steepest
        return text["crawls" if gentle else "creeps"]

    def _alt(self, view: DescentPicture) -> str:
        points = {"low": view.lowest, "from": self.path[0], "to": self.path[-1]}
        told = {f"{name}{k + 1}": _told(w[0, k]) for name, w in points.items() for k in (0, 1)}
        costs = {"first": _told(self.costs[0]), "last": _told(self.costs[-1])}
        return self.text["alt"].format(n=len(self.path) - 1, **told, **costs)


def _start_slider(name: str, label: str, low: float, high: float) -> Control:
    """Some twenty to two hundred places, at round numbers, 0 among them."""
    size = 10 ** np.floor(np.log10((high - low) / 20))
    ends = (round(np.ceil(low / size) * size, 9), round(np.floor(high / size) * size, 9))
    return slider(name, label, *map(float, ends), float(f"{size:g}"))


def _told(value: float) -> str:
    """Three digits of what matters, whatever the size."""
    if abs(value) >= 1e6:
        mantissa, power = f"{abs(value):.1e}".split("e")
        return f"{'−' if value < 0 else ''}{mantissa} · 10^{int(power)}"
    size = abs(value)
    if size < 5e-5:
        return "0"
    return number(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3 if size >= 0.1 else 4)
