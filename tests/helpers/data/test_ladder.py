"""Are the figures of the ladder those that the benchmark has stored?"""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ladder import mean_over_seeds
from helpers import data

STORED = Path(__file__).resolve().parents[3] / "benchmarks" / "results" / "ladder.json"


def test_it_holds_what_the_benchmark_wrote():
    ladder = data.ladder()
    figures = json.loads(STORED.read_text(encoding="utf-8"))["figures"]
    assert [list(hidden) for hidden in ladder.hidden] == [row["hidden"] for row in figures["networks"]]
    assert ladder.test.shape == ladder.train.shape == (len(ladder.hidden), len(figures["seeds"]))
    assert (ladder.steps, ladder.train_pairs, ladder.test_pairs) == (3000, 4000, 2000)
    for i, row in enumerate(ladder.test):
        again = mean_over_seeds(list(row))
        assert again.mean == pytest.approx(ladder.means[i])
        np.testing.assert_allclose([again.low, again.high], ladder.intervals[i])


def test_the_ladder_climbs_as_the_lesson_says():
    ladder = data.ladder()
    rows = dict(zip(ladder.hidden, ladder.intervals, strict=True))
    assert rows[()][0] < ladder.baseline.mean() < rows[()][1]
    assert rows[20,][0] > rows[()][1]
    assert rows[20, 7, 5][0] > max(rows[20,][1], rows[64,][1])


def test_the_curves_end_where_the_runs_ended():
    ladder = data.ladder()
    assert (ladder.curve_steps[0], ladder.curve_steps[-1]) == (0, ladder.steps)
    assert ladder.test_curves.shape == ladder.train_curves.shape == (*ladder.test.shape, len(ladder.curve_steps))
    np.testing.assert_array_equal(ladder.test_curves[..., -1], ladder.test)
    np.testing.assert_array_equal(ladder.train_curves[..., -1], ladder.train)


def test_one_run_falls_back_on_both_kinds_of_pairs_as_the_lesson_says():
    ladder = data.ladder()
    network, run = ladder.hidden.index((20, 7, 5)), 3
    assert ladder.test_curves[network, run, 8] < 0.7 < 0.9 < ladder.test_curves[network, run, 7]
    assert ladder.train_curves[network, run, 8] < 0.7 < 0.9 < ladder.train_curves[network, run, 7]
