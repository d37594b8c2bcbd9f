"""A spiking neuron in slow motion: current in, threshold, a pulse down the axon, what it does to the next cell."""

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from helpers import brain
from helpers.widgets import messages
from helpers.widgets.controls import button, play, slider
from helpers.widgets.neuron_words import number
from helpers.widgets.panel import Drawing, Panel, script, style
from helpers.widgets.spiking_cells import Cells, Step, course_step, learner_step
from helpers.widgets.spiking_rates import CURRENTS, scaled_relu, scaled_sigmoid
from helpers.widgets.spiking_still import still_picture

DT = 0.1  # ms
WINDOW = 100.0  # ms
TICK, PACE = 1.0, 50  # ms of the cell's time a tick, real milliseconds from tick to tick: 50 times slower than life
LEAP = 2.0  # ms
RANGES = {"current": (0, 1, "nA"), "weight": (-5, 15, "mV")}


class SpikingNeuron(Panel):
    """The interactive of lesson 09: a leaky integrate-and-fire neuron and the next one, which it sends its pulses to.

    neuron: the constants of both cells.  delay: what a pulse needs down the axon (ms).  current (nA), weight (mV):
    where the sliders begin; weight is how far one pulse moves the next cell.  step(V, I, dt, neuron) -> (V, spikes):
    the course's `brain.lif_step` by default, or the learner's own of assignment 09, with V and I of shape (1, 1).
    Paused, a change shows WINDOW ms from rest; while it plays, a change takes effect in the running cell.
    """

    _esm = script("spiking_draw.js", "spiking_neuron.js")
    _css = style("spiking_neuron.css")

    def __init__(
        self,
        neuron: brain.Neuron = brain.Neuron(),  # noqa: B008 – constants
        *,
        delay: float = 6.0,
        current: float = 0.2,
        weight: float = 5.0,
        step: Callable[..., Any] | None = None,
    ) -> None:
        self.neuron, self.delay, self.step = neuron, delay, step
        self.start = {"current": current, "weight": weight}
        self.text = messages.load("spiking_neuron")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        if not _is_number(self.delay) or not 0 < self.delay <= 50:
            raise ValueError(text["bad_delay"].format(got=self.delay))
        for name, (low, high, unit) in RANGES.items():
            if not _is_number(self.start[name]) or not low <= self.start[name] <= high:
                ends = {"low": number(low, 0), "high": number(high, 0)}
                raise ValueError(text["bad_start"].format(name=name, got=self.start[name], unit=unit, **ends))
        self.exact = brain.firing_rate(CURRENTS, self.neuron)
        self.relu, self.sigmoid = (fit(CURRENTS, self.exact) for fit in (scaled_relu, scaled_sigmoid))
        self.cells, self.shown = self._cells_at_rest(), {}
        self.controls = [
            slider("current", text["current"], *RANGES["current"][:2], 0.01),
            slider("weight", text["weight"], *RANGES["weight"][:2], 0.5),
            play(text["play"], text["pause"]),
            button("leap", text["leap"].format(ms=f"{LEAP:g}")),
            button("again", text["again"]),
        ]
        self.front, self.pace, self.width = "spiking", PACE, 860
        self.values = {name: float(value) for name, value in self.start.items()}
        # Some words are only said at rest.
        self.observe(lambda _: self.problem or self.refresh(), "playing")
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        wanted = {name: float(values[name]) for name in self.start}
        if wanted != self.shown and not self.playing:
            cells = self._cells_at_rest()
            cells.run(wanted["current"], wanted["weight"], round(WINDOW / DT))
            self.cells = cells  # only now: should the learner's step fail, the last good ones stay
        self.shown = wanted
        return Drawing(b"", self._alt(wanted), self._words(wanted), self._data(wanted))

    def tick(self) -> None:
        self.cells.run(self.values["current"], self.values["weight"], round(TICK / DT))

    def press(self, name: str) -> None:
        if name == "again":
            self.cells = self._cells_at_rest()
        else:
            self.cells.run(self.values["current"], self.values["weight"], round(LEAP / DT))
        self.refresh()

    def still(self) -> bytes:
        return still_picture(self, self.shown)

    def rates(self, current: float) -> tuple[float, float, float]:
        """Pulses a second at this current: of the cell, of the scaled ReLU, of the scaled sigmoid."""
        at = np.array([current])
        return brain.firing_rate(at, self.neuron)[0], self.relu(at)[0], self.sigmoid(at)[0]

    def _cells_at_rest(self) -> Cells:
        step: Step = course_step(self.neuron, DT)
        if self.step is not None:
            step = learner_step(self.step, self.neuron, DT, self.text)
        return Cells(step, self.neuron, DT, WINDOW, self.delay)

    def _data(self, values: dict[str, float]) -> dict[str, Any]:
        cells, text = self.cells, self.text
        arrays = {"V": cells.V, "next": cells.V_next, "I": cells.I, "sent": cells.sent, "sentOn": cells.sent_on}
        arrays |= {"rate": self.exact, "relu": self.relu(CURRENTS), "sigmoid": self.sigmoid(CURRENTS)}
        numbers = {"now": cells.now, "window": WINDOW, "dt": DT, "delay": self.delay, "tick": PACE} | values
        numbers |= {"rest": self.neuron.V_rest, "threshold": self.neuron.V_threshold, "reset": self.neuron.V_reset}
        numbers |= {"marks": list(self.rates(values["current"])), "highest": CURRENTS[-1]}
        texts = {name: text[name] for name in ("cell", "next_cell", "axon", "volts", "time", "input")}
        texts |= {name: text[name] for name in ("rate_axis", "current_axis")}
        texts["headings"] = [text["heading"].format(name=text[name]) for name in ("cell", "next_cell")]
        texts |= {"names": [text["name_cell"], text["name_relu"], text["name_sigmoid"]]}
        return numbers | {"texts": texts} | {name: np.asarray(a, np.float32).tobytes() for name, a in arrays.items()}

    def _words(self, values: dict[str, float]) -> str:
        text, neuron, (rate, relu, sigmoid) = self.text, self.neuron, self.rates(values["current"])
        target = neuron.V_rest + neuron.R * values["current"]
        facts = {
            "current": number(values["current"], 2),
            "target": number(target, 0),
            "threshold": number(neuron.V_threshold, 0),
            "rate": f"{rate:.0f}",
            "every": f"{1000 / rate:.1f}" if rate else "",
            "relu": f"{relu:.0f}",
            "sigmoid": f"{sigmoid:.0f}",
        }
        facts["units"] = text["units"].format(**facts)
        lines = [text["fires" if rate else "is_silent"].format(**facts)]
        weight = values["weight"]
        effect = text["lifts" if weight > 0 else "lowers" if weight < 0 else "nothing"]
        lines.append(
            text["next"].format(
                delay=f"{self.delay:g}",
                effect=effect.format(weight=number(abs(weight), 1)),
                window=f"{WINDOW:g}",
                sent=self.cells.recent(self.cells.sent),
                sent_on=self.cells.recent(self.cells.sent_on),
            )
        )
        if not self.playing:
            V, V_next = (
                number(trace[-1] if len(trace) else neuron.V_rest, 1) for trace in (self.cells.V, self.cells.V_next)
            )
            lines.append(text["moment"].format(now=f"{self.cells.now:.0f}", V=V, V_next=V_next))
        return "\n".join(lines)

    def _alt(self, values: dict[str, float]) -> str:
        rate, relu, sigmoid = self.rates(values["current"])
        return self.text["alt"].format(
            current=number(values["current"], 2),
            window=f"{WINDOW:g}",
            pulses=self.cells.recent(self.cells.sent),
            pulses_on=self.cells.recent(self.cells.sent_on),
            on_the_way=self.cells.on_the_way(),
            threshold=number(self.neuron.V_threshold, 0),
            rate=f"{rate:.0f}",
            relu=f"{relu:.0f}",
            sigmoid=f"{sigmoid:.0f}",
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)
