"""Errors sent back through random weights, against backpropagation and against layers that never learn, live."""

from collections.abc import Callable
from numbers import Integral
from typing import Any

import numpy as np

from helpers import brain, data
from helpers.widgets import arguments, messages
from helpers.widgets.controls import button, choice, play, slider
from helpers.widgets.feedback_alignment_picture import FeedbackAlignmentPicture
from helpers.widgets.feedback_alignment_race import WAYS, Race
from helpers.widgets.neuron_words import percent
from helpers.widgets.panel import Drawing, Panel

LAST = 400
TICK = 2  # steps
SEEDS = 20


class FeedbackAlignment(Panel):
    """The interactive of lesson 09 on another road back for the error.

    X, X_test: (n_x, m) and (n_x, m_test), what the networks see.  Y, Y_test: (1, m) and (1, m_test), classes 0, 1, ….
    hidden: widths of the hidden layers.  steps: how many are taken at first.
    backward(T, caches, feedback) -> grads: the course's `brain.feedback_alignment_backward`, or the learner's own.
    """

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        X_test: np.ndarray,
        Y_test: np.ndarray,
        *,
        hidden: tuple[int, ...] = (20, 20),
        learning_rate: float = 0.5,
        seed: int = 0,
        steps: int = 20,
        backward: Callable[..., dict[str, np.ndarray]] = brain.feedback_alignment_backward,
    ) -> None:
        self.given = X, Y, X_test, Y_test
        self.hidden, self.steps, self.backward = hidden, steps, backward
        self.learning_rate, self.seed = learning_rate, seed
        self.text = messages.load("feedback_alignment")
        super().__init__(self.text["title"])
        # Not in prepare: where the learner's backward fails, there is still a start to show and controls to move.
        if self._ready and self._guarded(self._take, self.steps):
            self.refresh()

    def prepare(self) -> bool:
        text = self.text
        self._check()
        self._check_settings()
        self.angles = {text["of_gradients"]: "gradients", text["of_weights"]: "weights"}
        self.values = {
            "learning_rate": float(self.learning_rate),
            "seed": int(self.seed),
            "angle": text["of_gradients"],
        }
        self.controls = [
            slider("seed", text["seed"], 0, max(SEEDS - 1, self.values["seed"]), 1),
            slider("learning_rate", text["learning_rate"], 0.05, 1, 0.05),
            choice("angle", text["angle"], list(self.angles)),
            play(text["play"], text["pause"]),
            button("one", text["one"]),
            button("again", text["again"]),
        ]
        self.view = FeedbackAlignmentPicture(len(self.hidden), LAST, text)
        self.width = self.view.canvas.width
        self.race = self._from_start(self.values["seed"])
        self.running = self.values["seed"]
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        if self.running != values["seed"]:
            self.race, self.running = self._from_start(values["seed"]), values["seed"]
        of = self.angles[values["angle"]]
        picture = self.view.png(self.race, of)
        return Drawing(picture, self._alt(of), self._words(of))

    def tick(self) -> None:
        self._take(TICK)
        self.playing = self.race.steps < LAST

    def press(self, name: str) -> None:
        if name == "again":
            self.race = self._from_start(self.values["seed"])
        else:
            self._take(1)
        self.refresh()

    def _take(self, steps: int) -> bool:
        """As many steps, up to the last; returns True."""
        for _ in range(min(steps, LAST - self.race.steps)):
            self.race.step(self.values["learning_rate"])
        return True

    def _from_start(self, seed: int) -> Race:
        X, T, X_test, Y_test = self.data
        return Race(X, T, X_test, Y_test, self.hidden, int(seed), self.backward, self.text)

    def _check(self) -> None:
        text = self.text
        X, Y, X_test, Y_test = (np.asarray(array) for array in self.given)
        for name, x, y in (("X", X, Y), ("X_test", X_test, Y_test)):
            if x.ndim != 2 or x.size == 0 or y.shape != (1, x.shape[1]):
                raise ValueError(text["bad_shapes"].format(name=name, x=x.shape, y=y.shape))
            if x.dtype.kind not in "fiub" or not np.isfinite(x).all():
                raise ValueError(text["bad_values"].format(name=name))
        if len(X) != len(X_test):
            raise ValueError(text["bad_features"].format(train=len(X), test=len(X_test)))
        self.data = X, data.one_hot(Y, int(Y.max()) + 1), X_test, Y_test
        self.baseline = float(np.mean(Y_test == np.bincount(Y.ravel().astype(int)).argmax()))

    def _check_settings(self) -> None:
        text, hidden = self.text, self.hidden
        if not isinstance(hidden, list | tuple) or not 1 <= len(hidden) <= 3 or not all(_whole(n, 1) for n in hidden):
            raise ValueError(text["bad_hidden"].format(got=hidden))
        if not _whole(self.steps, 0, LAST):
            raise ValueError(text["bad_steps"].format(got=self.steps, last=LAST))
        if not _whole(self.seed, 0):
            raise ValueError(text["bad_seed"].format(got=self.seed))
        arguments.number("learning_rate", self.learning_rate, above=0)

    def _words(self, of: str) -> str:
        race, text = self.race, self.text
        right = {way: percent(race.accuracy[way][-1], 1) for way in WAYS}
        following = text["following"].format(learning_rate=f"{self.values['learning_rate']:.2f}")
        lines = [
            text["right"].format(
                step=race.steps,
                last=LAST,
                following=following if race.steps < LAST else "",
                m=race.Y_test.size,
                backpropagation=right[WAYS[0]],
                alignment=right[WAYS[1]],
                frozen=right[WAYS[2]],
                baseline=percent(self.baseline, 1),
            )
        ]
        if race.steps:
            lines.append(text[of].format(angles=self._angles(of)))
        return "\n".join(lines)

    def _angles(self, of: str) -> str:
        each = self.text[f"each_{of}"]
        found = enumerate(getattr(self.race, of), start=1)
        return ", ".join(each.format(layer=l, next=l + 1, angle=f"{angles[-1]:.0f}") for l, angles in found)

    def _alt(self, of: str) -> str:
        race = self.race
        right = ", ".join(f"{self.text[way]} {percent(race.accuracy[way][-1], 1)}" for way in WAYS)
        angles = self.text["alt_angles"].format(angles=self._angles(of)) if race.steps else ""
        return self.text["alt"].format(
            last=LAST, step=race.steps, right=right, what=self.text[f"alt_{of}"], angles=angles
        )


def _whole(value: Any, low: int, high: float = np.inf) -> bool:
    """Is this a whole number from low to high?"""
    return isinstance(value, Integral) and low <= value <= high
