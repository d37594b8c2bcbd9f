"""A recorded nerve cell, scrolled: what it heard, when it fired, and how probable fitted units held that."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers import brain
from helpers.widgets import messages
from helpers.widgets.controls import button, play, slider
from helpers.widgets.neuron_words import number
from helpers.widgets.panel import Drawing, Panel
from helpers.widgets.real_neuron_picture import RealNeuronPicture
from helpers.widgets.written_numbers import percent

TICK, PACE = 5, 80  # bins a tick, milliseconds from tick to tick: with bins of 2 ms some eight times slower than life
SURPRISE = 0.05


class RealNeuron(Panel):
    """The interactive of lesson 09 on `data.locust`.

    level: (1, T), the loudness in each bin (dB).  spikes: (1, T) of 0 and 1.  probabilities: the name of one or more
    fitted units -> A (1, T), the probability of a spike that each said for each bin; the learner's own may be among
    them.  bin_ms: the length of a bin (ms).  start, window: what is shown at first (s, ms).
    """

    def __init__(
        self,
        level: np.ndarray,
        spikes: np.ndarray,
        probabilities: Mapping[str, np.ndarray],
        *,
        bin_ms: float,
        start: float = 2.0,
        window: float = 200.0,
    ) -> None:
        self.level, self.spikes, self.probabilities = level, spikes, probabilities
        self.bin_ms, self.start, self.window = bin_ms, start, window
        self.text = messages.load("real_neuron")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        self._check()
        self.bins = round(self.window / self.bin_ms)
        self.last = round(0.001 * self.bin_ms * (self.Y.size - self.bins), 3)
        self.controls = [
            slider("start", text["from"], 0, self.last, 0.01),
            play(text["play"], text["pause"]),
            button("surprise", text["surprise"]),
            button("miss", text["miss"]),
        ]
        self.values = {"start": float(np.clip(self.start, 0, self.last))}
        self.pace = PACE
        self.view = RealNeuronPicture(self.level[0], self.Y, self.A, self.names, self.bin_ms, self.bins, text)
        self.width = self.view.canvas.width
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        first = self._first(values)
        shown = slice(first, first + self.bins)
        return Drawing(self.view.png(first), self._alt(shown), self._words(shown))

    def tick(self) -> None:
        first = self._first(self.values) + TICK
        self.playing = first + self.bins < self.Y.size
        self._show(first)

    def press(self, name: str) -> None:
        # From the middle of what is shown: pressed again, it finds the next one.
        middle = self._first(self.values) + self.bins // 2
        A, Y = self.A[-1], self.Y
        wanted = (A < SURPRISE) & (Y == 1) if name == "surprise" else (A > 1 - 5 * SURPRISE) & (Y == 0)
        found = np.flatnonzero(wanted)
        reachable = found[(found >= self.bins // 2) & (found <= Y.size - self.bins + self.bins // 2)]
        if reachable.size == 0:
            raise ValueError(self.text[f"no_{name}"])
        later = reachable[reachable > middle]
        self._show((later[0] if later.size else reachable[0]) - self.bins // 2)

    def _show(self, first: int) -> None:
        self.values = {**self.values, "start": min(self.last, round(0.001 * self.bin_ms * first, 3))}

    def _first(self, values: dict[str, Any]) -> int:
        return round(1000 * values["start"] / self.bin_ms)

    def _check(self) -> None:
        text = self.text
        level, Y = np.asarray(self.level, dtype=float), np.asarray(self.spikes, dtype=float)
        if level.ndim != 2 or level.shape[0] != 1 or level.size == 0 or level.shape != Y.shape:
            raise ValueError(text["bad_shapes"].format(level=np.shape(self.level), spikes=np.shape(self.spikes)))
        if not np.isfinite(level).all() or not np.isin(Y, (0, 1)).all():
            raise ValueError(text["bad_values"])
        if not 0 < self.bin_ms <= self.window / 10 or self.window / self.bin_ms > Y.size:
            raise ValueError(text["bad_window"].format(window=self.window, bin_ms=self.bin_ms))
        if not self.probabilities:
            raise ValueError(text["no_units"])
        self.level, self.Y, self.names = level, Y[0], list(self.probabilities)
        A = [np.asarray(said, dtype=float) for said in self.probabilities.values()]
        for name, said in zip(self.names, A, strict=True):
            if said.shape != Y.shape:
                raise ValueError(text["bad_A"].format(name=name, got=said.shape, wanted=Y.shape))
            outside = np.flatnonzero(~((said[0] >= 0) & (said[0] <= 1)))
            if outside.size:
                k = outside[0]
                raise ValueError(text["no_probability"].format(name=name, got=f"{said[0, k]:.4g}", k=k))
        self.A = np.concatenate(A)  # (units, T)

    def _words(self, shown: slice) -> str:
        text, Y = self.text, self.Y[shown]
        n = int(Y.sum())
        lines = [text["happened"].format(start=self._seconds(shown.start), end=self._seconds(shown.stop), spikes=n)]
        for name, A in zip(self.names, self.A[:, shown], strict=True):
            facts = {"name": name, "expected": number(A.sum(), 1)}
            if 0 < n < Y.size:
                facts |= {"at": percent(A[Y == 1].mean()), "else_": percent(A[Y == 0].mean())}
                facts["auc"] = number(brain.auc(A[None], Y[None]), 2)
                lines.append(text["unit"].format(**facts))
            else:
                lines.append(text["unit_alone"].format(**facts, mean=percent(A.mean())))
        middle = shown.start + self.bins // 2
        if self.Y[middle] == 1 and self.A[-1, middle] < SURPRISE:
            lines.append(text["surprised"].format(p=percent(self.A[-1, middle], 1), at=self._seconds(middle)))
        elif self.Y[middle] == 0 and self.A[-1, middle] > 1 - 5 * SURPRISE:
            lines.append(text["missed"].format(p=percent(self.A[-1, middle], 1), at=self._seconds(middle)))
        return "\n".join(lines)

    def _alt(self, shown: slice) -> str:
        highest = [percent(A.max()) for A in self.A[:, shown]]
        units = ", ".join(f"{name}: {high}" for name, high in zip(self.names, highest, strict=True))
        return self.text["alt"].format(
            start=self._seconds(shown.start),
            end=self._seconds(shown.stop),
            low=number(self.level[0, shown].min(), 0),
            high=number(self.level[0, shown].max(), 0),
            spikes=int(self.Y[shown].sum()),
            units=units,
        )

    def _seconds(self, k: int) -> str:
        return f"{0.001 * self.bin_ms * k:.3f}"
