"""The leaky integrate-and-fire neuron: a leaky capacitor that is emptied whenever its voltage reaches a threshold.

    tau dV/dt = V_rest − V + R I;    where V ≥ V_threshold: a spike, V ← V_reset, and a pause of `refractory` ms

It keeps of a neuron that it adds up its input over time, forgets it slowly, and answers in all-or-none pulses. It
leaves out the shape of the pulse, all channels but the leak, the dendrite and adaptation. Source: L. Lapicque 1907, in
English in Biological Cybernetics 97 (2007), 341-349; on its history N. Brunel and M. C. W. van Rossum, 337-339 there.
Time in ms, voltage in mV, current in nA, resistance in MΩ, so that MΩ · nA = mV.
"""

from typing import NamedTuple

import numpy as np

from helpers.brain.arrays import matrix, positive


class Neuron(NamedTuple):
    """The constants of a neuron: round numbers from the range found in cells of the cortex.

    tau: time constant of the membrane (ms).  R: its resistance (MΩ).  V_rest: where it settles without input (mV).
    V_threshold: where it fires (mV).  V_reset: where it starts again (mV).  refractory: for how long it cannot (ms).
    """

    tau: float = 10.0
    R: float = 100.0
    V_rest: float = -65.0
    V_threshold: float = -50.0
    V_reset: float = -65.0
    refractory: float = 2.0


STANDARD = Neuron()


class Trace(NamedTuple):
    """V (n, T) after each step in mV, spikes (n, T) of 0 and 1: n neurons, T steps."""

    V: np.ndarray
    spikes: np.ndarray


def lif_step(V: np.ndarray, I: np.ndarray, dt: float, neuron: Neuron = STANDARD) -> tuple[np.ndarray, np.ndarray]:
    """V + (dt/tau)(V_rest − V + R I), and where that reaches V_threshold: a spike, and V_reset in its place.

    V: the membrane potentials of n neurons (mV), shape (1, n).  I: the current into each (nA), shape (1, n).
    dt: the step (ms), below tau.  Euler's method: the error of a step shrinks with dt².
    Returns (V, spikes), each (1, n); spikes holds 1.0 where the neuron fired in this step, else 0.0.
    Raises ValueError for wrong shapes, entries that are not finite, or constants that are none.
    """
    V = matrix("V", V, 1, None, "(1, n)")
    I = matrix("I", I, 1, V.shape[1], "(1, n)")
    _check(neuron, dt)
    V = V + dt / neuron.tau * (neuron.V_rest - V + neuron.R * I)
    spikes = neuron.V_threshold <= V
    return np.where(spikes, neuron.V_reset, V), spikes.astype(V.dtype)


def lif_simulate(I: np.ndarray, dt: float, neuron: Neuron = STANDARD) -> Trace:
    """`lif_step` for T steps from V_rest; after a spike V stays at V_reset for round(refractory / dt) steps.

    I: the current into each of n neurons at each step (nA), shape (n, T).  dt: the step (ms).
    Returns Trace: V (n, T), what is there after each step (the reset one where a spike was), and spikes (n, T).
    Raises ValueError as `lif_step`.
    """
    I = matrix("I", I, wanted="(n, T)")
    _check(neuron, dt)
    n, T = I.shape
    pause = round(neuron.refractory / dt)
    decay, V = dt / neuron.tau, np.full(n, float(neuron.V_rest))
    waiting = np.zeros(n, dtype=int)
    trace = Trace(np.empty((n, T)), np.zeros((n, T)))
    for k in range(T):
        V = np.where(waiting > 0, neuron.V_reset, V + decay * (neuron.V_rest - V + neuron.R * I[:, k]))
        fired = neuron.V_threshold <= V
        V = np.where(fired, neuron.V_reset, V)
        waiting = np.where(fired, pause, np.maximum(waiting - 1, 0))
        trace.V[:, k], trace.spikes[:, k] = V, fired
    return trace


def firing_rate_curve(currents: np.ndarray, duration: float, dt: float, neuron: Neuron = STANDARD) -> np.ndarray:
    """Spikes per second under each constant current: the f–I curve, counted over `duration`.

    currents (nA): shape (1, k).  duration (ms): round(duration / dt) steps, from V_rest.
    Returns (1, k), in spikes per second (Hz). Raises ValueError as `lif_simulate`.
    """
    currents = matrix("currents", currents, 1, None, "(1, k)")
    steps = round(positive("duration", duration, "ms") / positive("dt", dt, "ms"))
    if steps < 1:
        raise ValueError(f"duration is {duration} ms and dt is {dt} ms, but at least one step is needed.")
    trace = lif_simulate(np.repeat(currents.T, steps, axis=1), dt, neuron)
    return 1000 * trace.spikes.sum(axis=1, keepdims=True).T / (steps * dt)


def firing_rate(I: np.ndarray, neuron: Neuron = STANDARD) -> np.ndarray:
    """1 / (refractory + tau ln((R I + V_rest − V_reset) / (R I + V_rest − V_threshold))), 0 where R I is too little.

    The closed form: the time that V takes from V_reset to V_threshold, solved from the equation of the module's first
    lines, and the pause after it.
    I (nA): an array of any shape.
    Returns spikes per second (Hz) in that shape. Raises ValueError where I is not finite.
    """
    I = np.asarray(I, dtype=np.float64)
    if not np.isfinite(I).all():
        raise ValueError(f"I of shape {I.shape} holds entries that are not finite, but currents in nA are needed.")
    _check(neuron, neuron.tau / 2)
    above = neuron.R * I + neuron.V_rest - neuron.V_threshold
    fires = above > 0
    safe = np.where(fires, above, 1.0)
    interval = neuron.refractory + neuron.tau * np.log1p((neuron.V_threshold - neuron.V_reset) / safe)
    return np.where(fires, 1000 / interval, 0.0)


def _check(neuron: Neuron, dt: float) -> None:
    positive("tau", neuron.tau, "ms")
    positive("R", neuron.R, "MΩ")
    if not 0 < positive("dt", dt, "ms") < neuron.tau:
        raise ValueError(f"dt is {dt} ms and tau is {neuron.tau} ms, but a step shorter than tau is needed.")
    if not max(neuron.V_rest, neuron.V_reset) < neuron.V_threshold < np.inf:
        raise ValueError(
            f"V_threshold is {neuron.V_threshold} mV, but it has to lie above V_rest ({neuron.V_rest} mV) and V_reset "
            f"({neuron.V_reset} mV)."
        )
    if not 0 <= neuron.refractory < np.inf:
        raise ValueError(f"refractory is {neuron.refractory!r}, but 0 ms or more is needed.")
