"""Does the scrolled recording show what was recorded, and do its words count right?"""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.lines import Line2D
from sklearn.metrics import roc_auc_score

from benchmarks.widgets import real_neuron
from helpers import data, widgets

SOUND, Y, TIMES, BIN = data.locust(bin_ms=2.0)


@pytest.fixture(scope="module")
def panel() -> widgets.RealNeuron:
    return real_neuron()


def small(**changes) -> widgets.RealNeuron:
    """60 bins of which every fifth has a spike."""
    spikes = (np.arange(60) % 5 == 0)[None].astype(float)
    arguments = {
        "level": np.zeros((1, 60)),
        "spikes": spikes,
        "probabilities": {"unit": np.full((1, 60), 0.2)},
        "bin_ms": 2.0,
        "window": 40.0,
        "start": 0.0,
    }
    return widgets.RealNeuron(**(arguments | changes))


@settings(deadline=None, max_examples=30)
@given(k=st.integers(0, 980))
def test_words_count_the_spikes_of_the_recording(panel, k: int) -> None:
    panel.values = {"start": k / 100}
    start, end, spikes = re.match(r"Spikes from ([\d.]+) to ([\d.]+) s: (\d+)\.", panel.words).groups()
    assert float(start) == pytest.approx(k / 100)
    assert float(end) == pytest.approx(k / 100 + 0.2)
    # A spike at the edge of a bin belongs to the later one.
    at = np.floor(TIMES / BIN + 1e-9) * BIN
    assert int(spikes) == ((at > 10 * k - 1) & (at < 10 * k + 199)).sum()


@settings(deadline=None, max_examples=20)
@given(k=st.integers(0, 980))
def test_each_unit_s_summary_is_that_of_its_probabilities(panel, k: int) -> None:
    panel.values = {"start": k / 100}
    shown = slice(5 * k, 5 * k + 100)
    for line, A in zip(panel.words.splitlines()[1:], panel.probabilities.values(), strict=False):
        A, y = A[0, shown], Y[0, shown]
        found = re.search(
            r"([\d.]+) spikes expected; on average (\d+)\s% in .* (\d+)\s% in the others; AUC here ([\d.]+)\.", line
        )
        expected, at, elsewhere, auc = map(float, found.groups())
        assert expected == pytest.approx(A.sum(), abs=0.06)
        assert at == pytest.approx(100 * A[y == 1].mean(), abs=0.51)
        assert elsewhere == pytest.approx(100 * A[y == 0].mean(), abs=0.51)
        assert auc == pytest.approx(roc_auc_score(y, A), abs=0.006)


def test_the_picture_shows_the_same_bins(panel) -> None:
    panel.values = {"start": 3.1}
    view, shown = panel.view, slice(1550, 1650)
    np.testing.assert_allclose(view._sound.get_ydata(), 20 * np.log10(SOUND[0, shown]))
    for steps, A in zip(view._steps, panel.probabilities.values(), strict=True):
        np.testing.assert_array_equal(steps.get_data().values, A[0, shown])
    fired = 2.0 * np.flatnonzero(Y[0, shown]) + 1
    for dots, lines in zip(view._dots, view._strokes[1:], strict=True):
        np.testing.assert_array_equal(dots.get_xdata(), fired)
        np.testing.assert_array_equal([segment[0][0] for segment in lines.get_segments()], fired)
    assert view._from.get_text() == "time after 3.100 s (ms)"


def test_the_picture_names_its_marks_for_spikes(panel) -> None:
    axes = panel.view.canvas.figure.axes
    (legend,) = [ax.get_legend() for ax in axes if ax.get_legend()]
    assert [words.get_text() for words in legend.get_texts()] == ["spike of the cell"]
    looks = {(line.get_marker(), line.get_linestyle()) for line in legend.findobj(Line2D)}
    assert looks >= {("v", "None"), ("None", "--")}, "the triangles, and the strokes through all panels"
    seen, title = legend.get_window_extent(), axes[0].title
    assert seen.y1 <= panel.view.canvas.figure.bbox.y1
    assert title.get_window_extent().x1 < seen.x0


def test_surprises_come_one_after_the_other(panel) -> None:
    panel.values = {"start": 0.0}
    A = list(panel.probabilities.values())[-1][0]
    surprising = np.flatnonzero((A < 0.05) & (Y[0] == 1))
    told = []
    for _ in range(3):
        panel.press("surprise")
        assert "though the last unit gave that only" in panel.words
        told.append(round(1000 * panel.values["start"] / BIN) + 50)
    np.testing.assert_array_equal(told, surprising[surprising > 50][:3])
    panel.press("miss")
    assert "sure of a spike, and none came" in panel.words
    panel.values = {"start": panel.last}
    panel.press("surprise")
    assert panel.values["start"] < panel.last, "after the last one it begins again"


def test_without_a_surprise_it_says_so() -> None:
    panel = small()
    for name, sentence in (("surprise", "no surprise"), ("miss", "never 75\N{NO-BREAK SPACE}% sure")):
        panel._handle_custom_msg({"press": name}, [])
        assert sentence in panel.problem


def test_plays_to_the_end_and_stops() -> None:
    panel = small()
    panel.playing = True
    ticks = 0
    while panel.playing:
        panel._handle_custom_msg({"tick": str(ticks)}, [])
        ticks += 1
        assert ticks < 20
    assert panel.values["start"] == pytest.approx(0.08)
    assert panel.words.startswith("Spikes from 0.080 to 0.120 s")


def test_a_window_without_spikes_has_words_too() -> None:
    panel = small(spikes=np.zeros((1, 60)))
    assert "to 0.040 s: 0." in panel.words
    assert "4.0 spikes expected, 20\N{NO-BREAK SPACE}% a bin on average" in panel.words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"level": np.zeros((1, 59))}, "level has shape (1, 59) and spikes (1, 60)"),
        ({"level": np.zeros(60)}, "level has shape (60,)"),
        ({"level": np.zeros((1, 0)), "spikes": np.zeros((1, 0))}, "(1, 0)"),
        ({"level": np.full((1, 60), np.nan)}, "no finite number"),
        ({"spikes": np.full((1, 60), 2.0)}, "neither 0 nor 1"),
        ({"probabilities": {}}, "such as {'sound alone': A}."),
        ({"probabilities": {"mine": np.zeros((1, 5))}}, "'mine' have shape (1, 5), but (1, 60)"),
        ({"probabilities": {"mine": np.linspace(0.5, 1.09, 60)[None]}}, "'mine' hold 1.01 in bin 51, but each has to"),
        ({"probabilities": {"mine": np.full((1, 60), np.nan)}}, "'mine' hold nan in bin 0, but each has to"),
        ({"window": 1000.0}, "window is 1000.0 ms"),
        ({"bin_ms": 0.0}, "bin_ms 0.0"),
    ],
)
def test_bad_data_gives_a_sentence(changes, sentence: str) -> None:
    panel = small(**changes)
    assert sentence in panel.problem
    assert "Traceback" in panel.details
