"""A computation graph that is walked through one step at a time: values forward, derivatives backward."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from helpers.widgets import messages
from helpers.widgets.computation import Computation
from helpers.widgets.computation_picture import ComputationPicture
from helpers.widgets.computation_words import alternative, said
from helpers.widgets.controls import button, play, slider
from helpers.widgets.formula_words import name as written_name
from helpers.widgets.panel import Drawing, Panel

MOST_NODES = 14
PACE = 2500


class ComputationGraph(Panel):
    """The interactive of lesson 04.

    steps: name -> formula, in the order of computing, such as {"a": "l * w", "J": "8 * a"}; the last is the result.
    Formulas have numbers, names, + - * / **, parentheses and exp, log, sigmoid, tanh, relu. inputs: name -> number to
    begin with, each a slider from low to high. fixed: inputs that get no derivative, such as features. units: name ->
    unit of its value. backward(values) -> {"da": …, "dl": …}: a learner's own way back, held against the chain rule.
    """

    def __init__(
        self,
        steps: Mapping[str, str],
        inputs: Mapping[str, float],
        *,
        fixed: Sequence[str] = (),
        low: float = -3.0,
        high: float = 3.0,
        units: Mapping[str, str] | None = None,
        backward: Callable[[dict[str, float]], Mapping[str, float]] | None = None,
    ) -> None:
        self.steps, self.inputs, self.fixed, self.limits = steps, inputs, fixed, (low, high)
        self.units, self.learners = {} if units is None else units, backward
        self.text = messages.load("computation_graph")
        self.at = 0
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        self._check_inputs()
        self._check_names()
        self.computation = Computation(dict(self.steps), list(self.inputs), text)
        names = self.computation.names
        if len(names) > MOST_NODES:
            raise ValueError(text["too_many"].format(got=len(names), most=MOST_NODES))
        self.way_back = [name for name in reversed(names) if name not in self.fixed]
        self.view = ComputationPicture(self.computation)
        self.width, self.pace = self.view.sketch.width, PACE
        self.controls = [slider(name, written_name(name), *self.limits, 0.1) for name in self.inputs] + [
            *(button(name, text[name]) for name in ("step", "back")),
            play(text["play"], text["pause"]),
            button("again", text["again"]),
        ]
        self.values = {name: float(value) for name, value in self.inputs.items()}
        return True

    @property
    def end(self) -> int:
        """How many steps there are, forward and backward."""
        return len(self.computation.steps) + len(self.way_back)

    def draw(self, values: dict[str, Any]) -> Drawing:
        computation = self.computation
        known = computation.forward({name: float(values[name]) for name in self.inputs})
        derivatives = computation.backward(known)
        forward = min(self.at, len(computation.steps))
        found = known | dict.fromkeys([step.name for step in computation.steps[forward:]])
        found = {name: value for name, value in found.items() if value is not None}
        back = self.way_back[: max(self.at - len(computation.steps), 0)]
        d = {name: derivatives[name] for name in back}
        words = said(self, known, derivatives, forward, back)
        if self.learners is not None and back:
            words += "\n" + self._held_against(known, derivatives, back)
        now = computation.steps[forward - 1].name if self.at and not back else back[-1] if back else None
        arrows = computation.leaving(now, known, derivatives) if back else []
        picture = self.view.png(found, d, now, arrows, bool(back))
        return Drawing(picture, alternative(self, found, d, now, bool(back)), words)

    def press(self, name: str) -> None:
        self.at = {"step": min(self.at + 1, self.end), "back": max(self.at - 1, 0), "again": 0}[name]
        self.refresh()

    def tick(self) -> None:
        self.at = 0 if self.at == self.end else self.at + 1
        self.playing = self.at < self.end

    def _held_against(self, known: dict[str, float], derivatives: dict[str, float], back: list[str]) -> str:
        """What the learner's own way back says of the node that has just been reached."""
        text = self.text
        got = self.learners(dict(known))
        wanted = [f"d{name}" for name in self.way_back if name != self.computation.result]
        if not isinstance(got, Mapping) or not set(wanted) <= set(got):
            told = list(got) if isinstance(got, Mapping) else type(got).__name__
            raise ValueError(text["not_dict"].format(got=told, names=", ".join(wanted)))
        off = []
        for name in back:
            value = np.asarray(got.get(f"d{name}", derivatives[name]))
            if not finite(value):
                raise ValueError(text["not_number"].format(name=name, got=got[f"d{name}"]))
            if not np.isclose(value.item(), derivatives[name], rtol=1e-6, atol=1e-9):
                off.append((name, value.item()))
        if not off or off[-1][0] != back[-1]:
            return text["agrees"]
        name, value = off[-1]
        said_value = f"{value:.3g}".replace("-", "−")
        return text["wrong" if len(off) == 1 else "also_wrong"].format(name=written_name(name), got=said_value)

    def _check_inputs(self) -> None:
        text, (low, high) = self.text, self.limits
        if not all(map(finite, self.limits)) or low >= high:
            raise ValueError(text["bad_range"].format(low=low, high=high))
        named = isinstance(self.inputs, Mapping) and self.inputs and all(str(n).isidentifier() for n in self.inputs)
        if not named or not all(finite(value) for value in self.inputs.values()):
            raise ValueError(text["bad_inputs"].format(got=self.inputs))
        for name, value in self.inputs.items():
            if not low <= value <= high:
                raise ValueError(text["out_of_range"].format(name=name, got=value, low=low, high=high))

    def _check_names(self) -> None:
        text = self.text
        if isinstance(self.fixed, str) or not isinstance(self.fixed, Iterable):
            raise ValueError(text["no_names"].format(got=self.fixed))
        self.fixed = tuple(self.fixed)
        for name in self.fixed:
            if name not in self.inputs:
                raise ValueError(text["bad_fixed"].format(name=name))
        if not isinstance(self.units, Mapping):
            raise ValueError(text["bad_units"].format(got=self.units))
        if not isinstance(self.steps, Mapping):
            raise ValueError(text["bad_steps"].format(got=self.steps))


def finite(value: Any) -> bool:
    """One finite number, whatever it is wrapped in."""
    value = np.asarray(value)
    return value.size == 1 and value.dtype.kind in "fiu" and bool(np.isfinite(value).all())
