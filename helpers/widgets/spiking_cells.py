"""Two leaky integrate-and-fire neurons in a row: the pulses of the first arrive at the second after a delay."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers import brain

Step = Callable[[float, float], tuple[float, bool]]
"""(V in mV, I in nA) -> (V after the step, whether the neuron fired in it)."""


def course_step(neuron: brain.Neuron, dt: float) -> Step:
    """`brain.lif_step` for one neuron in plain numbers, without which a window would take too long to redraw."""

    def step(V: float, I: float) -> tuple[float, bool]:
        V += dt / neuron.tau * (neuron.V_rest - V + neuron.R * I)
        fired = neuron.V_threshold <= V
        return (neuron.V_reset if fired else V), fired

    return step


def learner_step(function: Callable[..., Any], neuron: brain.Neuron, dt: float, text: dict[str, str]) -> Step:
    """A function such as `brain.lif_step`, called with arrays (1, 1); raises ValueError where its answer is none."""

    def step(V: float, I: float) -> tuple[float, bool]:
        answer = function(np.array([[V]]), np.array([[I]]), dt, neuron)
        try:
            V_new, spikes = (np.asarray(part, dtype=float) for part in answer)
        except (TypeError, ValueError):
            raise ValueError(text["bad_step"].format(got=type(answer).__name__)) from None
        if V_new.shape != (1, 1) or spikes.shape != (1, 1):
            raise ValueError(text["bad_step"].format(got=f"arrays of shape {V_new.shape} and {spikes.shape}"))
        if not np.isfinite(V_new[0, 0]) or spikes[0, 0] not in (0.0, 1.0):
            raise ValueError(text["bad_step"].format(got=f"V = {V_new[0, 0]} and spikes = {spikes[0, 0]}"))
        return float(V_new[0, 0]), spikes[0, 0] == 1.0

    return step


class Cells:
    """V, V_next (mV) and I (nA): what was there after each step of the last `window` ms; state: both voltages now.
    sent, sent_on: when the first and the second cell fired (ms). now: ms since both were at rest.

    A pulse is a charge so large that it moves the second cell's voltage by `weight` within one step; during its pause
    the cell does not feel it. The second cell gets no other input.
    """

    def __init__(self, step: Step, neuron: brain.Neuron, dt: float, window: float, delay: float) -> None:
        self.step, self.neuron, self.dt, self.window, self.delay = step, neuron, dt, window, delay
        length = round(window / dt)
        self.V, self.V_next, self.I = (deque(maxlen=length) for _ in range(3))
        self.sent, self.sent_on = [], []
        self._pause, self._travel = round(neuron.refractory / dt), round(delay / dt)
        self.state = [neuron.V_rest, neuron.V_rest]
        self._waiting = [0, 0]
        self._arrivals: deque[int] = deque()
        self._steps = 0

    @property
    def now(self) -> float:
        return self._steps * self.dt

    def run(self, current: float, weight: float, steps: int) -> None:
        """Some steps under a constant current (nA) and strength of the synapse (mV)."""
        pulse = weight * self.neuron.tau / (self.neuron.R * self.dt)
        for _ in range(steps):
            self._steps += 1
            arrives = bool(self._arrivals) and self._arrivals[0] == self._steps
            if arrives:
                self._arrivals.popleft()
            if self._advance(0, current):
                self.sent.append(self.now)
                self._arrivals.append(self._steps + self._travel)
            if self._advance(1, pulse if arrives else 0.0):
                self.sent_on.append(self.now)
            self.V.append(self.state[0])
            self.V_next.append(self.state[1])
            self.I.append(current)
        # A pulse that left the picture long ago is of no more use.
        oldest = self.now - self.window - self.delay
        self.sent, self.sent_on = ([t for t in times if t >= oldest] for times in (self.sent, self.sent_on))

    def _advance(self, cell: int, current: float) -> bool:
        if self._waiting[cell] > 0:
            self._waiting[cell] -= 1
            self.state[cell] = self.neuron.V_reset
            return False
        self.state[cell], fired = self.step(self.state[cell], current)
        if fired:
            self._waiting[cell] = self._pause
        return fired

    def recent(self, times: Sequence[float]) -> int:
        """How many of these lie in the window."""
        return sum(t > self.now - self.window for t in times)

    def on_the_way(self) -> int:
        """How many pulses have left the first cell and not yet reached the second."""
        return len(self._arrivals)
