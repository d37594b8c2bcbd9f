"""The loss of one answer: what it costs, and how hard it pulls at the score."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers import costs
from helpers.activations import sigmoid
from helpers.widgets import arguments, given, messages
from helpers.widgets.controls import choice, stops
from helpers.widgets.loss_picture import LossPicture
from helpers.widgets.neuron_words import number
from helpers.widgets.panel import Drawing, Panel

ENDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05]
ANSWERS = [*ENDS, *(n / 10 for n in range(1, 10)), *(round(1 - a, 3) for a in reversed(ENDS))]
GOOD, SURE = 0.9, 0.99
STEP = 1e-5
"""On both sides of z, for the slope; losses are measured, not differentiated, so that any function may be given."""

Cost = Callable[[np.ndarray, np.ndarray], float]


class Loss(Panel):
    """The interactive of lesson 03 about one answer.

    class_names: of y = 0 and y = 1. cost(A, Y) -> J and other(A, Y) -> J with A and Y of shape (1, 1): the course's
    cross-entropy and squared error, or the learner's own `logistic_cost` of assignment 03. start: the first answer, for
    y = 1.
    """

    def __init__(
        self,
        class_names: Sequence[str] = ("Adelie", "Chinstrap"),
        *,
        cost: Cost = costs.cross_entropy,
        other: Cost = costs.squared_error,
        start: float = 0.9,
    ) -> None:
        self.class_names, self.functions, self.start = class_names, (cost, other), start
        self.text = messages.load("loss")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        self.class_names = arguments.names("class_names", self.class_names, 2, text["classes"])
        start = arguments.number("start", self.start)
        self.names = tuple(
            text[known] if function is ours else text[own]
            for function, ours, known, own in zip(
                self.functions,
                (costs.cross_entropy, costs.squared_error),
                ("cross_entropy", "squared_error"),
                ("first", "second"),
                strict=True,
            )
        )
        self.truths = [text["each"].format(name=name, y=y) for y, name in enumerate(self.class_names)]
        self.view = LossPicture(self.names, text)
        self.curves = [np.array([[self._loss(k, z, y) for z in self.view.scores] for k in (0, 1)]) for y in (0, 1)]
        self.controls = [choice("truth", text["truth"], self.truths[::-1]), stops("answer", text["answer"], ANSWERS)]
        self.values = {"truth": self.truths[1], "answer": min(ANSWERS, key=lambda a: abs(a - start))}
        self.width = self.view.canvas.width
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        y, a = self.truths.index(values["truth"]), float(values["answer"])
        z = float(np.log(a / (1 - a)))
        losses = np.array([self._loss(k, z, y) for k in (0, 1)])
        rises = [self._loss(k, z + STEP, y) - self._loss(k, z - STEP, y) for k in (0, 1)]
        slopes = np.array(rises) / (2 * STEP)
        picture = self.view.png(y, self.curves[y], self.curves[1 - y][0], z, losses, slopes)
        return Drawing(picture, self._alt(y, a, z, losses, slopes), self._words(y, a, z, losses, slopes))

    def _loss(self, k: int, z: float, y: int) -> float:
        value = self.functions[k](sigmoid(np.array([[z]])), np.array([[float(y)]]))
        return given.number(("cost", "other")[k], value)

    def _words(self, y: int, a: float, z: float, losses: np.ndarray, slopes: np.ndarray) -> str:
        text, p = self.text, a if y else 1 - a
        names = {"first": self.names[0], "second": self.names[1]}
        judgement = text[_judgement(p)]
        said = text["said"].format(name=self.class_names[y], y=y, a=f"{a:g}", p=_percent(p), judgement=judgement)
        ours = self.functions == (costs.cross_entropy, costs.squared_error)
        times = losses[0] / self._loss(0, float(np.log(GOOD / (1 - GOOD))), 1)
        compared = text["compared"].format(times=f"{times:.2g}") if times >= 1.05 else ""
        told = {"loss": number(losses[0], 3), "other": number(losses[1], 3), **names}
        cost = text["costs" if ours else "costs_own"].format(**told, compared=compared)
        told = {"slope": number(slopes[0], 3), "other": number(slopes[1], 4), **names}
        push = text["apart"]
        if slopes[0] * slopes[1] > 0:
            push = text["up" if slopes[0] < 0 else "down"]
            if (softer := slopes[0] / slopes[1]) >= 2:
                push += text["whisper"].format(times=f"{softer:.0f}")
        slope = text["slopes" if ours else "slopes_own"].format(**told, z=number(z, 2), push=push)
        return f"{said}\n{cost}\n{slope}"

    def _alt(self, y: int, a: float, z: float, losses: np.ndarray, slopes: np.ndarray) -> str:
        told = {"loss": number(losses[0], 3), "other": number(losses[1], 3)}
        told |= {"slope": number(slopes[0], 3), "other_slope": number(slopes[1], 4)}
        return self.text["alt"].format(y=y, bad=1 - y, a=f"{a:g}", z=number(z, 2), **told)


def _judgement(p: float) -> str:
    """How good it is to have given the truth the probability p."""
    if abs(p - 0.5) < 1e-9:
        return "undecided"
    if p > 0.5:
        return "right_sure" if p >= SURE - 1e-9 else "right"
    return "wrong_sure" if p <= 1 - SURE + 1e-9 else "wrong"


def _percent(p: float) -> str:
    return f"{100 * p:.3g}\u00a0%"
