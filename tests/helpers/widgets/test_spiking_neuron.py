"""Does the spiking neuron on the page do what the model of helpers.brain does, and say so truly?"""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import brain, widgets
from helpers.brain import integrate_and_fire
from helpers.widgets.spiking_neuron import DT, WINDOW
from helpers.widgets.spiking_rates import CURRENTS, scaled_relu, scaled_sigmoid


@pytest.fixture(scope="module")
def panel() -> widgets.SpikingNeuron:
    return widgets.SpikingNeuron()


def floats(panel, name: str) -> np.ndarray:
    """What the page gets as a binary buffer."""
    return np.frombuffer(panel.drawn[name], np.float32)


def simulated(I: np.ndarray) -> integrate_and_fire.Trace:
    return brain.lif_simulate(np.reshape(I, (1, -1)), DT)


@settings(deadline=None, max_examples=25)
@given(current=st.integers(0, 100).map(lambda n: n / 100))
def test_the_voltage_on_the_page_is_that_of_lif_simulate(panel, current: float) -> None:
    panel.values = {"current": current, "weight": 5.0}
    trace = simulated(np.full(round(WINDOW / DT), current))
    np.testing.assert_allclose(floats(panel, "V"), trace.V[0], atol=1e-4)
    np.testing.assert_allclose(floats(panel, "sent"), DT * (1 + np.flatnonzero(trace.spikes)), atol=1e-4)
    assert f"shown: {int(trace.spikes.sum())} of the cell" in panel.words


@settings(deadline=None, max_examples=25)
@given(current=st.integers(0, 100).map(lambda n: n / 100))
def test_words_tell_rate_and_interval_of_the_closed_form(panel, current: float) -> None:
    panel.values = {"current": current, "weight": 5.0}
    rate = brain.firing_rate(np.array([current]))[0]
    target = -65 + 100 * current
    assert f"towards −{-target:.0f} mV" in panel.words or f"towards {target:.0f} mV" in panel.words
    if rate == 0:
        assert current <= 0.15
        assert "not one pulse" in panel.words
    else:
        every, second = re.search(r"a pulse every ([\d.]+) ms, (\d+) a second", panel.words).groups()
        assert float(every) == pytest.approx(1000 / rate, abs=0.06)
        assert int(second) == round(rate)


def test_pulses_arrive_after_the_delay_and_move_the_next_cell_by_the_weight(panel) -> None:
    for weight in (3.0, -4.0):
        panel.values = {"current": 0.2, "weight": weight}
        first = floats(panel, "sent")[0]
        V = floats(panel, "next").astype(float)
        k = round((first + panel.delay) / DT) - 1
        np.testing.assert_allclose(V[:k], -65)
        assert V[k] == pytest.approx(-65 + weight, abs=1e-4)
        assert V[k + 1] == pytest.approx(-65 + weight * (1 - DT / 10), abs=1e-4)


def test_the_next_cell_is_the_same_model_under_short_strong_currents(panel) -> None:
    panel.values = {"current": 0.6, "weight": 9.0}
    arrivals = np.round((floats(panel, "sent") + panel.delay) / DT).astype(int) - 1
    I = np.zeros(round(WINDOW / DT))
    I[arrivals[arrivals < I.size]] = 9.0 * 10 / (100 * DT)  # a charge that lifts V by 9 mV
    trace = simulated(I)
    np.testing.assert_allclose(floats(panel, "next"), trace.V[0], atol=1e-3)
    assert trace.spikes.sum() > 3
    assert f"of the cell, {int(trace.spikes.sum())} of the next one" in panel.words


def test_a_change_while_it_plays_takes_effect_in_the_running_cell() -> None:
    panel = widgets.SpikingNeuron(current=0.3)
    panel.press("again")
    assert panel.drawn["now"] == 0
    panel.playing = True
    I = []
    for k in range(60):
        if k == 30:
            panel.values = {**panel.values, "current": 0.05}
        I += [panel.values["current"]] * 10
        panel._handle_custom_msg({"tick": f"t-{k}"}, [])
    assert panel.problem == ""
    np.testing.assert_allclose(floats(panel, "V"), simulated(np.array(I)).V[0], atol=1e-4)
    np.testing.assert_allclose(floats(panel, "I"), I, atol=1e-6)
    assert panel.drawn["now"] == pytest.approx(60)


def test_the_moment_is_told_at_rest_and_a_failure_while_it_plays_stays_told() -> None:
    failing = []
    panel = widgets.SpikingNeuron(step=lambda V, I, dt, neuron: None if failing else brain.lif_step(V, I, dt, neuron))
    assert "Now, at 100 ms" in panel.words
    panel.playing = True
    panel._handle_custom_msg({"tick": "t-1"}, [])
    assert "Now" not in panel.words
    panel.playing = False
    assert "Now, at 101 ms" in panel.words
    panel.playing = True
    failing.append(True)
    panel._handle_custom_msg({"tick": "t-2"}, [])
    assert not panel.playing
    assert "step gave NoneType" in panel.problem


def test_a_leap_goes_on_by_two_milliseconds(panel) -> None:
    panel.values = {"current": 0.25, "weight": 5.0}
    before, V = panel.drawn["now"], floats(panel, "V")
    panel.press("leap")
    assert panel.drawn["now"] == pytest.approx(before + 2)
    np.testing.assert_array_equal(floats(panel, "V")[:-20], V[20:])


def test_pulses_on_the_way_are_told(panel) -> None:
    panel.values = {"current": 0.6, "weight": 5.0}
    sent, now = floats(panel, "sent").astype(float), panel.drawn["now"]
    under_way = int((sent + panel.delay > now + DT / 2).sum())
    assert under_way >= 1
    assert f"pulses on the way: {under_way})" in panel.alt


def test_old_pulses_are_forgotten() -> None:
    panel = widgets.SpikingNeuron(current=1.0)
    for _ in range(200):
        panel.press("leap")
    assert len(panel.cells.sent) < 60
    assert len(panel.cells.V) == round(WINDOW / DT)


def test_marks_lie_on_the_curves(panel) -> None:
    panel.values = {"current": 0.5, "weight": 5.0}
    k = int(np.argmin(np.abs(CURRENTS - 0.5)))
    curves = [floats(panel, name)[k] for name in ("rate", "relu", "sigmoid")]
    np.testing.assert_allclose(panel.drawn["marks"], curves, rtol=1e-5)


def test_no_other_slope_makes_the_relu_fit_better() -> None:
    f = brain.firing_rate(CURRENTS)
    best = scaled_relu(CURRENTS, f)(CURRENTS)
    error = [np.sum((share * best - f) ** 2) for share in (0.99, 1.0, 1.01)]
    assert np.argmin(error) == 1
    np.testing.assert_array_equal(best == 0, f == 0)


def test_a_sigmoid_is_fitted_exactly_where_the_rates_are_one() -> None:
    I = CURRENTS
    f = 200 / (1 + np.exp(-(I - 0.3) / 0.1))
    np.testing.assert_allclose(scaled_sigmoid(I, f)(I), f, atol=0.5)


def test_the_course_s_lif_step_gives_the_same_as_its_fast_form(panel) -> None:
    panel.values = {"current": 0.4, "weight": 12.0}
    other = widgets.SpikingNeuron(current=0.4, weight=12.0, step=brain.lif_step)
    assert other.words == panel.words
    np.testing.assert_allclose(floats(other, "next"), floats(panel, "next"), atol=1e-4)


def test_a_learner_s_step_is_the_one_that_runs() -> None:
    def sleepy(V, I, dt, neuron):
        return V, np.zeros_like(V)

    panel = widgets.SpikingNeuron(step=sleepy)
    assert "shown: 0 of the cell" in panel.words
    np.testing.assert_array_equal(floats(panel, "V"), -65)


def raises(*_):
    raise ZeroDivisionError("of my own making")


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (raises, "ZeroDivisionError: of my own making"),
        (lambda V, I, dt, neuron: None, "step gave NoneType"),
        (lambda V, I, dt, neuron: V, "step gave ndarray"),
        (lambda V, I, dt, neuron: (V[0], I), "shape (1,) and (1, 1)"),
        (lambda V, I, dt, neuron: (V * np.nan, I * 0), "V = nan"),
        (lambda V, I, dt, neuron: (V, I * 0 + 0.5), "spikes = 0.5"),
    ],
)
def test_a_learner_s_broken_step_is_told_of(step, sentence: str) -> None:
    panel = widgets.SpikingNeuron(step=step)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def test_a_broken_step_is_still_told_of_when_the_neuron_is_shown_and_moved(monkeypatch) -> None:
    monkeypatch.setattr("helpers.widgets.panel.display", lambda *_, **__: None)
    panel = widgets.SpikingNeuron(step=raises)
    panel._ipython_display_()
    assert panel.problem == "ZeroDivisionError: of my own making"
    for name in ("leap", "again", "leap"):
        panel._handle_custom_msg({"press": name}, [])
        assert panel.problem == "ZeroDivisionError: of my own making"


def test_after_a_failed_change_the_last_good_state_is_the_still_one(monkeypatch) -> None:
    def step(V, I, dt, neuron):
        return raises() if I == 0.7 else brain.lif_step(V, I, dt, neuron)

    monkeypatch.setattr("helpers.widgets.panel.display", lambda *_, **__: None)
    panel = widgets.SpikingNeuron(step=step)
    words, before = panel.words, panel.still()
    panel.values = {**panel.values, "current": 0.7}
    panel._ipython_display_()
    assert panel.problem == "ZeroDivisionError: of my own making"
    assert panel.still() == before
    panel.values = {**panel.values, "current": 0.2}
    assert (panel.problem, panel.words) == ("", words)


def test_after_a_failure_the_next_change_tries_again() -> None:
    failing = [True]

    def step(V, I, dt, neuron):
        return None if failing else brain.lif_step(V, I, dt, neuron)

    panel = widgets.SpikingNeuron(step=step)
    assert panel.problem
    failing.clear()
    panel.values = {**panel.values, "current": 0.3}
    assert panel.problem == ""
    assert "Pulses in the 100 ms" in panel.words


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"delay": 0.0}, "delay is 0.0"),
        ({"delay": float("nan")}, "delay is nan"),
        ({"delay": "6"}, "delay is '6', but a number of milliseconds"),
        ({"current": "a"}, "current is 'a', but a number of nA from 0 to 1 is needed"),
        ({"current": float("nan")}, "current is nan, but"),
        ({"weight": None}, "weight is None, but a number of mV from −5 to 15 is needed"),
        ({"weight": np.inf}, "weight is inf, but"),
        ({"neuron": brain.Neuron(V_threshold=-70)}, "V_threshold is -70 mV"),
        ({"neuron": brain.Neuron(tau=-1.0)}, "tau is"),
    ],
)
def test_bad_arguments_give_a_sentence(arguments, sentence: str) -> None:
    panel = widgets.SpikingNeuron(**arguments)
    assert sentence in panel.problem
    assert panel.values == {}, "nothing that the page could not show"


def test_the_still_picture_is_one(panel) -> None:
    panel.values = {"current": 0.2, "weight": 5.0}
    picture = panel.still()
    assert picture.startswith(b"\x89PNG")
    panel.values = {"current": 0.4, "weight": 5.0}
    assert panel.still() != picture
