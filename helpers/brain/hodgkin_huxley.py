"""The squid's giant axon as Hodgkin and Huxley described it: a membrane with a leak and two voltage-gated channels.

    C dV/dt = I − g_Na m³ h (V − E_Na) − g_K n⁴ (V − E_K) − g_L (V − E_L)
    dx/dt = alpha_x(V) (1 − x) − beta_x(V) x    for the gates x = m, h, n

V is the potential of the inside against the outside, shifted so that the axon rests at −65 mV (the paper counts from
rest and with the sign reversed). Currents in µA/cm², conductances in mS/cm², capacitance in µF/cm², time in ms, at
6.3 °C. It is one patch of membrane at one voltage: no dendrite, no travelling pulse, and of the many kinds of channels
that nerve cells have, two. Source: A. L. Hodgkin and A. F. Huxley 1952, A quantitative description of membrane current
and its application to conduction and excitation in nerve, Journal of Physiology 117, 500-544.
"""

from typing import NamedTuple

import numpy as np

from helpers.brain.arrays import matrix, positive

V_REST = -65.0


class SquidAxon(NamedTuple):
    """The paper's constants (table 3): C in µF/cm², g in mS/cm², E in mV."""

    C: float = 1.0
    g_Na: float = 120.0
    g_K: float = 36.0
    g_L: float = 0.3
    E_Na: float = V_REST + 115.0
    E_K: float = V_REST - 12.0
    E_L: float = V_REST + 10.613


SQUID = SquidAxon()


class AxonTrace(NamedTuple):
    """V (k, T) in mV and the gates m, h, n (k, T), each between 0 and 1, after each step, for k currents."""

    V: np.ndarray
    m: np.ndarray
    h: np.ndarray
    n: np.ndarray

    def spikes(self, level: float = 0.0) -> np.ndarray:
        """(k, T) of 0 and 1: 1 where V passes `level` (mV) upwards in that step."""
        before = np.concatenate([np.full((len(self.V), 1), np.inf), self.V[:, :-1]], axis=1)
        return ((before < level) & (level <= self.V)).astype(float)


def hodgkin_huxley(I: np.ndarray, dt: float = 0.02, axon: SquidAxon = SQUID) -> AxonTrace:
    """The equations of the module's first lines, from rest, for k membranes at a time.

    I: the current through each membrane at each step (µA/cm²), shape (k, T).  dt: the step (ms), at most 0.05.
    Each step is one of Runge and Kutta's of fourth order, the current being constant within it.
    Returns AxonTrace. Raises ValueError for a wrong shape, entries that are not finite, or a step too long.
    """
    I = matrix("I", I, wanted="(k, T)")
    if positive("dt", dt, "ms") > 0.05:
        raise ValueError(f"dt is {dt} ms, but at most 0.05 ms is needed: a spike is over in about one.")
    k, T = I.shape
    rest = np.array([V_REST, *gates_at_rest(V_REST)]).reshape(4, 1)
    state = np.repeat(rest, k, axis=1)  # (4, k): V, m, h, n
    history = np.empty((4, k, T))
    for step in range(T):
        i = I[:, step]
        k1 = _slope(state, i, axon)
        k2 = _slope(state + dt / 2 * k1, i, axon)
        k3 = _slope(state + dt / 2 * k2, i, axon)
        k4 = _slope(state + dt * k3, i, axon)
        state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        history[:, :, step] = state
    return AxonTrace(*history)


def steady_rate(spikes: np.ndarray, dt: float, after: float = 100.0) -> np.ndarray:
    """(n − 1) / (t_n − t_1) for the n spikes later than `after`: the rate once the onset is over; 0 where n < 2.

    From the intervals, not from a count in a window, whose ends would add or lose a spike.

    spikes: (k, T) of 0 and 1.  dt: the step (ms).  after: how much of the beginning to leave out (ms).
    Returns (k, 1), in spikes per second (Hz). Raises ValueError for a wrong shape or nothing left to count.
    """
    spikes = matrix("spikes", spikes, wanted="(k, T)")
    first = round(after / positive("dt", dt, "ms"))
    if not 0 <= first < spikes.shape[1]:
        raise ValueError(f"after is {after} ms, but a part of the {spikes.shape[1] * dt:g} ms has to be left.")
    rates = np.zeros((len(spikes), 1))
    for i, row in enumerate(spikes[:, first:]):
        steps = np.flatnonzero(row)
        if steps.size > 1:
            rates[i] = 1000 * (steps.size - 1) / ((steps[-1] - steps[0]) * dt)
    return rates


def gates_at_rest(V: float | np.ndarray) -> np.ndarray:
    """x_∞ = alpha_x / (alpha_x + beta_x) for m, h, n, where the gates settle at a constant V (mV); shape (3, …)."""
    alpha, beta = rates(np.asarray(V, dtype=float))
    return alpha / (alpha + beta)


def rates(V: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(alpha, beta), each (3, …) for m, h and n, per ms: the paper's equations 12, 13, 20, 21, 23 and 24."""
    v = V - V_REST  # depolarization from rest, the paper's −V
    alpha = np.stack([_ramp((v - 25) / 10), 0.07 * np.exp(-v / 20), 0.1 * _ramp((v - 10) / 10)])
    beta = np.stack([4 * np.exp(-v / 18), 1 / (1 + np.exp((30 - v) / 10)), 0.125 * np.exp(-v / 80)])
    return alpha, beta


def _ramp(x: np.ndarray) -> np.ndarray:
    """x / (1 − e^(−x)), and 1 + x/2 at its removable gap around 0."""
    near = np.abs(x) < 1e-6
    safe = np.where(near, 1.0, x)
    return np.where(near, 1 + x / 2, safe / -np.expm1(-safe))


def _slope(state: np.ndarray, I: np.ndarray, axon: SquidAxon) -> np.ndarray:
    V, (m, h, n) = state[0], state[1:]
    through = axon.g_Na * m**3 * h * (V - axon.E_Na) + axon.g_K * n**4 * (V - axon.E_K) + axon.g_L * (V - axon.E_L)
    alpha, beta = rates(V)
    return np.concatenate([((I - through) / axon.C)[None], alpha * (1 - state[1:]) - beta * state[1:]])
