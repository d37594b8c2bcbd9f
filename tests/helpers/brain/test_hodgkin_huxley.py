"""Does the axon of 1952 rest, fire and recover as Hodgkin and Huxley found?"""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from helpers.brain import SquidAxon, hodgkin_huxley, steady_rate
from helpers.brain.hodgkin_huxley import V_REST, gates_at_rest, rates


def held(currents, ms: float, dt: float = 0.025) -> np.ndarray:
    """Constant currents (µA/cm²), one a row."""
    return np.repeat(np.reshape(currents, (-1, 1)).astype(float), round(ms / dt), axis=1)


def test_it_fires_without_end_from_between_6_and_7_upwards():
    spikes = hodgkin_huxley(held([0, 3, 5, 6, 7, 10, 20], 300), 0.025).spikes()
    late = spikes[:, 6000:].sum(axis=1)  # the last 150 ms: single spikes at the onset are over
    assert late[:4].tolist() == [0, 0, 0, 0]
    assert (late[4:] >= 7).all()
    assert (np.diff(late[4:]) > 0).all()
    assert spikes[0].sum() == 0
    assert (spikes[2:4].sum(axis=1) >= 1).all(), "at the onset of 5 and 6 it fires all the same"


def test_its_rate_begins_with_a_jump():
    """A neuron of the second class: the slowest steady firing is far from 0 Hz."""
    late = hodgkin_huxley(held([6.0, 6.2, 6.4, 6.6], 400), 0.025).spikes()[:, 8_000:].sum(axis=1) / 0.2
    assert late[0] == 0
    assert late[-1] > 40
    assert not ((late > 5) & (late < 40)).any()


def test_the_steady_rate_is_that_of_the_intervals_after_the_onset():
    spikes = np.zeros((4, 400))
    spikes[0, [10, 30, 250, 290, 330]] = 1  # two early ones, then one every 40 steps
    spikes[1, [20, 220]] = 1  # a single late one has no interval
    spikes[2, 199::10] = 1
    rates = steady_rate(spikes, dt=0.5, after=100.0)
    np.testing.assert_allclose(rates, [[50.0], [0.0], [200.0], [0.0]])
    for after in (200.0, -1.0):
        with pytest.raises(ValueError, match="has to be left"):
            steady_rate(spikes, dt=0.5, after=after)


def test_its_steady_rate_grows_with_the_current():
    rates = steady_rate(hodgkin_huxley(held([6, 7, 8, 11, 12, 13, 20], 300, 0.05), 0.05).spikes(), 0.05)
    assert rates[0, 0] == 0
    assert 50 < rates[1, 0] < 70
    assert (np.diff(rates[:, 0]) > 0).all()


def test_at_rest_nothing_moves():
    trace = hodgkin_huxley(held([0], 50), 0.025)
    np.testing.assert_allclose(trace.V, V_REST, atol=0.01)
    np.testing.assert_allclose([trace.m[0, -1], trace.h[0, -1], trace.n[0, -1]], [0.0529, 0.5961, 0.3177], atol=5e-4)


def test_a_spike_rises_by_about_100_millivolts_undershoots_and_is_all_or_none():
    I = np.zeros((3, 2000))
    I[:, :40] = [[3.0], [15.0], [30.0]]  # 1 ms
    V = hodgkin_huxley(I, 0.025).V
    peaks = V.max(axis=1)
    assert peaks[0] < -50, "too little: no spike"
    assert 35 < peaks[1] < 50
    assert peaks[2] - peaks[1] < 8, "twice the push, nearly the same spike"
    assert -78 < V[1].min() < -72, "it undershoots towards E_K"


def test_after_a_spike_there_is_a_time_when_the_same_push_does_nothing():
    def spikes_with_second_push_after(ms: float) -> float:
        I = np.zeros((1, 1600))
        for start in (0, round(ms / 0.025)):
            I[0, start : start + 40] = 12.0
        return hodgkin_huxley(I, 0.025).spikes().sum()

    assert spikes_with_second_push_after(4.0) == 1
    assert spikes_with_second_push_after(20.0) == 2


def test_gates_stay_between_0_and_1():
    I = np.random.default_rng(1).uniform(-20, 40, size=(4, 4000))
    trace = hodgkin_huxley(I, 0.025)
    for gate in (trace.m, trace.h, trace.n):
        assert gate.min() > 0
        assert gate.max() < 1


def test_it_agrees_with_an_independent_solver():
    axon = SquidAxon()

    def slope(t, state):
        """The paper's own convention: v counts from rest with the sign reversed, so that E_Na is −115."""
        v, m, h, n = state
        exp = np.exp
        a_n, b_n = 0.01 * (v + 10) / (exp((v + 10) / 10) - 1), 0.125 * exp(v / 80)
        a_m, b_m = 0.1 * (v + 25) / (exp((v + 25) / 10) - 1), 4 * exp(v / 18)
        a_h, b_h = 0.07 * exp(v / 20), 1 / (exp((v + 30) / 10) + 1)
        ionic = 36 * n**4 * (v - 12) + 120 * m**3 * h * (v + 115) + 0.3 * (v + 10.613)
        return [(-9.0 - ionic) / axon.C, a_m * (1 - m) - b_m * m, a_h * (1 - h) - b_h * h, a_n * (1 - n) - b_n * n]

    times = np.arange(1, 2001) * 0.02
    solved = solve_ivp(slope, (0, 40), [0.0, *gates_at_rest(V_REST)], t_eval=times, rtol=1e-9, atol=1e-9)
    trace = hodgkin_huxley(held([9.0], 40, 0.02), 0.02)
    np.testing.assert_allclose(trace.V[0], V_REST - solved.y[0], atol=0.01)
    np.testing.assert_allclose(trace.h[0], solved.y[2], atol=1e-4)


def test_the_error_shrinks_with_the_fourth_power_of_the_step():
    ends = [hodgkin_huxley(held([10], 8, dt), dt).V[0, -1] for dt in (0.04, 0.02, 0.005)]
    assert 8 < abs(ends[0] - ends[2]) / abs(ends[1] - ends[2]) < 32


@pytest.mark.parametrize("v", [10.0, 25.0])
def test_the_gaps_of_the_rate_formulas_are_closed(v):
    around = np.stack(rates(np.array([v - 1e-4, v, v + 1e-4]) + V_REST))
    np.testing.assert_allclose(around[:, :, 1], around[:, :, [0, 2]].mean(axis=2), rtol=1e-6)


@pytest.mark.parametrize(
    ("I", "dt", "said"),
    [
        (np.zeros(5), 0.02, r"I has shape \(5,\), but \(k, T\)"),
        (np.full((1, 5), np.inf), 0.02, "not finite"),
        (np.zeros((1, 5)), 0.1, "at most 0.05 ms"),
        (np.zeros((1, 5)), 0, "dt is 0"),
    ],
)
def test_errors_are_sentences(I, dt, said):
    with pytest.raises(ValueError, match=said):
        hodgkin_huxley(I, dt)
