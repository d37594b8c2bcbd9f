"""Backward through a small network, one layer at a time, beside what central differences measure: a debugger for the
functions of assignment 06."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from helpers.widgets import messages
from helpers.widgets.backprop_picture import MOST_LAYERS, BackpropPicture
from helpers.widgets.backprop_steps import NAMES, Fault, Step, way_back, way_forward
from helpers.widgets.backprop_steps import layer_backward as course_layer_backward
from helpers.widgets.backprop_trial import Trial, draw_trial
from helpers.widgets.backprop_words import alt_text, state_in_words
from helpers.widgets.controls import button, choice, slider
from helpers.widgets.panel import Drawing, Panel

MOST_EXAMPLES = 6
SIZES = ((3, 4, 3, 1), (2, 1), (2, 3, 1), (3, 5, 4, 3, 1), (2, 3, 3, 3, 3, 1))


class BackpropStepper(Panel):
    """The interactive of lesson 06.

    functions: where the learner's own are found by the names of assignment 06 (NAMES in backprop_steps.py), such as
    globals() or what checks.carry gives. more: functions by these names, one by one, as in layer_backward=mine. What is
    not given is the course's. layer_sizes: a network to begin with, [n_0, …, n_L]. m: how many examples,
    from 1 to 6.
    """

    layer_backward = staticmethod(course_layer_backward)

    def __init__(
        self,
        functions: Mapping[str, Any] | object | None = None,
        *,
        layer_sizes: Sequence[int] | None = None,
        m: int = 5,
        **more: Callable,
    ) -> None:
        self.given, self.more = functions, more
        self.layer_sizes, self.m = layer_sizes, m
        self.text = messages.load("backprop_stepper")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        self.own = self._functions()
        self.options = {self.text["arrow"].join(map(str, sizes)): sizes for sizes in self._sizes()}
        self._check_m()
        self.seed, self._known = 0, None
        self.view = BackpropPicture(self.text)
        self.width = self.view.sketch.width
        first = next(iter(self.options))
        self._controls(len(self.options[first]) - 1)
        self.values = {"sizes": first, "m": int(self.m), "done": 1}
        return True

    def _check_m(self) -> None:
        whole = isinstance(self.m, int | np.integer) and not isinstance(self.m, bool)
        if not whole or not 1 <= self.m <= MOST_EXAMPLES:
            raise ValueError(self.text["bad_m"].format(got=self.m, most=MOST_EXAMPLES))

    def _functions(self) -> dict[str, Callable]:
        place = self.given if isinstance(self.given, Mapping) else getattr(self.given, "__dict__", {})
        asked = self.given is not None or self.more
        place = {**place, **self.more}
        own = {name: place[name] for name in NAMES if place.get(name) is not None}
        if set(self.more) - set(NAMES) or (asked and not own):
            raise ValueError(self.text["no_functions"].format(names=", ".join(NAMES)))
        for name, function in own.items():
            if not callable(function):
                raise ValueError(self.text["not_callable"].format(name=name, got=type(function).__name__))
        return own

    def _sizes(self) -> list[tuple[int, ...]]:
        if self.layer_sizes is None:
            return list(SIZES)
        try:
            own = tuple(int(n) for n in self.layer_sizes)
            right = own == tuple(self.layer_sizes) and 1 < len(own) <= MOST_LAYERS + 1 and own[-1] == 1
            right = right and min(own) >= 1 and max(own) <= 8
        except (TypeError, ValueError):
            right = False
        if not right:
            raise ValueError(self.text["bad_sizes"].format(got=self.layer_sizes))
        return [own, *(sizes for sizes in SIZES if sizes != own)]

    def _controls(self, L: int) -> None:
        text = self.text
        self.controls = [
            choice("sizes", text["sizes"], list(self.options)),
            slider("m", text["m"], 1, MOST_EXAMPLES, 1),
            slider("done", text["done"], 0, L, 1),
            *(button(name, text[name]) for name in ("one", "first", "again", "new")),
        ]

    def refresh(self) -> None:
        if self._ready:
            L = len(self.options[self.values["sizes"]]) - 1
            if self.controls[2]["max"] != L:
                self._controls(L)
            if self.values["done"] > L:
                self.values = {**self.values, "done": L}  # which refreshes
                return
        super().refresh()

    def draw(self, values: dict[str, Any]) -> Drawing:
        trial, steps, fault = self._gone(int(values["done"]))
        return Drawing(
            self.view.png(trial, steps),
            alt_text(trial, steps, self.text),
            state_in_words(trial, steps, fault, self.own, self.text),
            error=self._raised(steps, fault),
        )

    def _raised(self, steps: list[Step], fault: Fault | None) -> Exception | None:
        """What the way back raised in the layer at hand, or else the way forward."""
        errors = [steps[-1].error if steps else None, fault.error if fault else None]
        return next((error for error in errors if error is not None), None)

    def press(self, name: str) -> None:
        if name == "new":
            self.seed += 1
            self.refresh()
            return
        done, L = int(self.values["done"]), self.controls[2]["max"]
        if name == "first":
            _, steps, _ = self._gone(L)
            apart = [k for k, step in enumerate(steps, 1) if step.verdict != "agrees"]
            done = apart[0] if apart else L
        else:
            done = min(done + 1, L) if name == "one" else 0
        self.values = {**self.values, "done": done}

    def _gone(self, done: int) -> tuple[Trial, list[Step], Fault | None]:
        """The trial, the way back through so many of its layers, and what is wrong on the way forward.

        Each layer is gone once, and then remembered.
        """
        key = self.values["sizes"], int(self.values["m"]), self.seed
        if self._known is None or self._known[0] != key:
            trial = draw_trial(self.options[key[0]], *key[1:])
            self._known = key, trial, way_forward(trial, self.own), way_back(trial, self.own), []
        _, trial, fault, further, steps = self._known
        while len(steps) < done:
            steps.append(next(further))
        return trial, steps[:done], fault
