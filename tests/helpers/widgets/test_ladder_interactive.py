"""Does the ladder say what was measured, and claim nothing that the intervals do not carry?"""

import re

import numpy as np
import pytest
from scipy import stats

from helpers import data, widgets

STORED = data.ladder()


def compare(ladder: widgets.Ladder, a: int, b: int, **more) -> str:
    ladder.values = {**ladder.values, "first": ladder.names[a], "second": ladder.names[b], **more}
    assert ladder.problem == ""
    return ladder.words


@pytest.fixture(scope="module")
def ladder() -> widgets.Ladder:
    return widgets.Ladder(STORED)


@pytest.mark.parametrize("a", range(5))
@pytest.mark.parametrize("b", range(5))
def test_words_agree_with_scipy_s_paired_test(ladder, a: int, b: int) -> None:
    words = compare(ladder, a, b)
    if a == b:
        assert "Twice the same network" in words
        return
    found = re.search(
        r"B is (\S+) percentage points (above|below) A on average, 95\s% interval (\S+) to (\S+)\.", words
    )
    by, low, high = (float(found[k].replace("−", "-")) for k in (1, 3, 4))
    gaps = 100 * (STORED.test[b] - STORED.test[a])
    wanted = stats.ttest_1samp(gaps, 0)
    interval = wanted.confidence_interval(0.95)
    assert by * (1 if found[2] == "above" else -1) == pytest.approx(gaps.mean(), abs=0.051)
    assert (low, high) == pytest.approx((interval.low, interval.high), abs=0.051)
    assert ("we may not claim that one is better" in words) == (wanted.pvalue > 0.05)
    better = "A" if gaps.mean() < 0 else "B"
    assert (f"Zero lies outside: {better} does better" in words) == (wanted.pvalue < 0.05)
    touch = STORED.intervals[a][1] >= STORED.intervals[b][0] and STORED.intervals[b][1] >= STORED.intervals[a][0]
    assert ("The two intervals overlap, which decides nothing yet" in words) == touch


def test_a_network_that_guesses_is_called_so(ladder) -> None:
    words = compare(ladder, 0, 3)
    assert words.count("no better than guessing") == 1
    assert "A, no hidden layer: 49.6\N{NO-BREAK SPACE}% right" in words


def test_the_picture_is_what_was_measured(ladder) -> None:
    before = ladder.picture
    compare(ladder, 1, 4)
    view = ladder.view
    np.testing.assert_allclose(view._marks[0][1].get_xdata(), STORED.test[1])
    np.testing.assert_allclose(view._marks[1][0].get_xdata(), STORED.intervals[4])
    np.testing.assert_allclose(view._runs.get_xdata(), 100 * (STORED.test[4] - STORED.test[1]))
    np.testing.assert_allclose(view._lines[1][1].get_ydata()[-1], STORED.means[4])
    assert ladder.picture != before
    compare(ladder, 1, 4, pairs=ladder.text["train"])
    np.testing.assert_allclose(view._lines[1][1].get_ydata()[-1], STORED.train[4].mean())
    assert "the pairs learned from" in ladder.alt


def test_networks_far_apart_stay_in_the_picture(ladder) -> None:
    for a, b in ((0, 4), (3, 4)):
        compare(ladder, a, b)
        low, high = ladder.view.gaps.get_xlim()
        assert low < ladder.view._runs.get_xdata().min()
        assert ladder.view._runs.get_xdata().max() < high
        told = [float(number.get_text().replace("−", "-")) for number in ladder.view._numbers]
        places = [low + number.xy[0] * (high - low) for number in ladder.view._numbers]
        np.testing.assert_allclose(told, places, atol=1e-9)


def test_twice_the_same_network_keeps_both_letters_readable(ladder) -> None:
    compare(ladder, 1, 1)
    for (*_, a), (*_, b) in (ladder.view._marks, ladder.view._lines):
        assert not a.get_window_extent().overlaps(b.get_window_extent())


def test_the_curves_are_the_runs_of_the_networks_chosen(ladder) -> None:
    compare(ladder, 2, 3, pairs=ladder.text["test"])
    for k, (runs, mean, _) in zip((2, 3), ladder.view._lines, strict=True):
        np.testing.assert_array_equal(mean.get_ydata(), STORED.test_curves[k].mean(axis=0))
        drawn = np.reshape(runs.get_ydata(), (STORED.test.shape[1], -1))[:, :-1]
        np.testing.assert_array_equal(drawn, STORED.test_curves[k])


def test_other_things_than_results_give_a_sentence() -> None:
    assert "results is list, but what helpers.data.ladder() gives is needed" in widgets.Ladder([0.5, 0.9]).problem


@pytest.mark.parametrize("start", [(0, 9), (-1, 2), 3, (1, 2, 3), ("a", "b"), (0.5, 1), ([0], 1)])
def test_a_start_that_names_no_two_networks_gives_a_sentence(start) -> None:
    panel = widgets.Ladder(STORED, start=start)
    assert "but the places of two networks are needed, each from 0 to 4" in panel.problem
    assert "IndexError" not in panel.details
