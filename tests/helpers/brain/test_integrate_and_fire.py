"""Does the leaky integrate-and-fire neuron fire as its closed forms say?"""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import brain
from helpers.brain import Neuron, firing_rate, firing_rate_curve, lif_simulate, lif_step

NEURONS = st.builds(
    Neuron,
    tau=st.floats(5, 50),
    R=st.floats(20, 300),
    V_rest=st.floats(-80, -60),
    V_threshold=st.floats(-55, -40),
    V_reset=st.floats(-90, -60),
    refractory=st.floats(0, 5),
)


def steps_to_threshold(start: float, drive: float, neuron: Neuron, dt: float) -> int:
    """Euler's method by hand: V_k = V_∞ + (V_0 − V_∞)(1 − dt/tau)^k, so the first k at or above the threshold."""
    end = neuron.V_rest + drive
    steps = math.log((end - neuron.V_threshold) / (end - start)) / math.log(1 - dt / neuron.tau)
    assume(abs(steps - round(steps)) > 1e-6)  # else rounding decides
    return math.ceil(steps)


@settings(max_examples=40)
@given(NEURONS, st.floats(1.1, 5), st.sampled_from([0.1, 0.5, 1.0]))
def test_spikes_come_at_the_steps_that_eulers_method_gives_in_closed_form(neuron, factor, dt):
    drive = factor * (neuron.V_threshold - neuron.V_rest)
    spikes = lif_simulate(np.full((1, 400), drive / neuron.R), dt, neuron).spikes[0]
    first = steps_to_threshold(neuron.V_rest, drive, neuron, dt)
    every = round(neuron.refractory / dt) + steps_to_threshold(neuron.V_reset, drive, neuron, dt)
    np.testing.assert_array_equal(np.flatnonzero(spikes), np.arange(first - 1, 400, every))


@given(NEURONS, st.floats(1.2, 8))
def test_rates_go_to_the_closed_form_as_the_step_shrinks(neuron, factor):
    I = factor * (neuron.V_threshold - neuron.V_rest) / neuron.R
    wanted = firing_rate(np.array(I), neuron)
    assert wanted == pytest.approx(rate_by_intervals(I, 0.002, neuron), rel=0.01)


def rate_by_intervals(I: float, dt: float, neuron: Neuron) -> float:
    """From the interval between two spikes, by the steps that the test above has found right."""
    drive = neuron.R * I
    return 1000 / dt / (round(neuron.refractory / dt) + steps_to_threshold(neuron.V_reset, drive, neuron, dt))


@pytest.mark.parametrize("refractory", [0.0, 2.0])
def test_the_simulated_curve_lies_on_the_closed_form(refractory):
    neuron = Neuron(refractory=refractory)
    currents = np.linspace(0, 0.6, 13).reshape(1, -1)
    rates = firing_rate_curve(currents, duration=2000, dt=0.01, neuron=neuron)
    np.testing.assert_allclose(rates, firing_rate(currents, neuron), rtol=0.004, atol=0.5)
    assert (rates[currents <= 0.15] == 0).all()


def test_without_a_threshold_in_reach_the_voltage_follows_the_exponential():
    neuron, I, dt = Neuron(), 0.1, 0.001
    V = lif_simulate(np.full((1, 30_000), I), dt, neuron).V[0]
    t = dt * np.arange(1, 30_001)
    exact = neuron.V_rest + neuron.R * I * (1 - np.exp(-t / neuron.tau))
    np.testing.assert_allclose(V, exact, atol=2e-3)


def test_a_pause_limits_the_rate_and_an_ideal_neuron_has_no_limit():
    currents = np.array([[1e3, 1e6]])
    assert firing_rate(currents, Neuron(refractory=2.0))[0] == pytest.approx([500, 500], rel=1e-3)
    assert (firing_rate(currents, Neuron(refractory=0.0))[0] > 1e5).all()


def test_the_rate_is_zero_up_to_rheobase_and_rises_without_a_jump():
    neuron = Neuron()
    rheobase = (neuron.V_threshold - neuron.V_rest) / neuron.R
    assert firing_rate(np.array([-1.0, 0.0, rheobase]), neuron).tolist() == [0, 0, 0]
    just_above = firing_rate(rheobase * (1 + np.array([1e-12, 1e-9, 1e-6, 1e-3])), neuron)
    assert (np.diff(just_above) > 0).all()
    assert 0 < just_above[0] < 5


@given(NEURONS, st.integers(1, 4), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_neurons_side_by_side_do_not_touch_and_a_step_is_what_is_repeated(neuron, n, T, seed):
    I = np.random.default_rng(seed).uniform(-0.5, 2.0, size=(n, T))
    trace = lif_simulate(I, 0.5, neuron)
    for i in range(n):
        alone = lif_simulate(I[i : i + 1], 0.5, neuron)
        np.testing.assert_array_equal(alone.V, trace.V[i : i + 1])
        np.testing.assert_array_equal(alone.spikes, trace.spikes[i : i + 1])
    restless = neuron._replace(refractory=0.0)
    trace, V = lif_simulate(I, 0.5, restless), np.full((1, n), restless.V_rest)
    for k in range(T):
        V, spikes = lif_step(V, I[:, k : k + 1].T, 0.5, restless)
        np.testing.assert_array_equal(trace.V[:, k : k + 1].T, V)
        np.testing.assert_array_equal(trace.spikes[:, k : k + 1].T, spikes)


def test_arguments_stay_as_they_were():
    V, I = np.full((1, 3), -60.0), np.ones((1, 3))
    lif_step(V, I, 0.1)
    assert (V == -60).all()
    assert (I == 1).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: lif_step(np.zeros(3), np.zeros((1, 3)), 0.1), r"V has shape \(3,\), but \(1, n\)"),
        (lambda: lif_step(np.zeros((1, 3)), np.zeros((1, 2)), 0.1), r"I has shape \(1, 2\)"),
        (lambda: lif_step(np.full((1, 1), np.nan), np.zeros((1, 1)), 0.1), "V .* not finite"),
        (lambda: lif_simulate(np.zeros((1, 0)), 0.1), r"I has shape \(1, 0\)"),
        (lambda: lif_simulate(np.zeros((1, 5)), 10.0), "dt is 10.0 ms and tau is 10.0 ms"),
        (lambda: lif_simulate(np.zeros((1, 5)), 0.0), "dt is 0.0"),
        (lambda: lif_simulate(np.zeros((1, 5)), 0.1, Neuron(V_reset=-40)), "V_threshold is -50.0 mV"),
        (lambda: lif_simulate(np.zeros((1, 5)), 0.1, Neuron(refractory=-1)), "refractory is -1"),
        (lambda: lif_simulate(np.zeros((1, 5)), 0.1, Neuron(tau=0)), "tau is 0"),
        (lambda: firing_rate_curve(np.zeros((2, 3)), 100, 0.1), r"currents has shape \(2, 3\)"),
        (lambda: firing_rate_curve(np.zeros((1, 3)), 0.01, 0.1), "at least one step"),
        (lambda: firing_rate(np.array([np.inf])), "not finite"),
    ],
)
def test_errors_are_sentences(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_the_room_offers_what_it_names():
    assert [name for name in brain.__all__ if not hasattr(brain, name)] == []
