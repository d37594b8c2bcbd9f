"""Does the ladder come out in a light setting, are its means and bars right, and can each bar be missed?"""

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from benchmarks import ladder
from helpers import data

ROOT = Path(__file__).parents[2]


def test_a_neuron_stays_at_chance_where_a_hidden_layer_climbs():
    """A fifth of the steps. Over 24 seeds: neuron 0.475 to 0.519 (sd 0.012), [20] 0.776 to 0.844 (sd 0.017)."""
    pairs = data.digit_pairs(np.random.default_rng(0))
    assert 0.44 < ladder.climb((), 0, 300, pairs)[1] < 0.56
    assert ladder.climb((20,), 0, 600, pairs)[1] > 0.71


def test_a_network_scores_alike_whichever_are_trained_beside_it():
    alone = ladder.measure(range(2), 3, [(3, 2)])
    beside = ladder.measure(range(2), 3, [(), (3, 2)])
    assert beside["networks"][1] == alone["networks"][0]
    assert beside["baseline"] == alone["baseline"]
    assert [row["hidden"] for row in beside["networks"]] == [[], [3, 2]]
    assert len(set(alone["baseline"]["test"])) == 2, "both seeds drew the same test pairs"


@pytest.mark.parametrize("values", [[0.5, 0.6], [0.84, 0.85, 0.83, 0.86, 0.84]])
def test_the_interval_is_students(values):
    summary = ladder.mean_over_seeds(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (summary.low, summary.high) == pytest.approx((expected.low, expected.high))
    assert (summary.mean, summary.sd) == pytest.approx((np.mean(values), np.sqrt(stats.tvar(values))))


def _figures(neuron=(0.48, 0.46, 0.50), baseline=0.51, **means):
    shares = {"n20": 0.84, "n20_7_5": 0.90, "n64_32_16": 0.92} | means
    rows = [{"hidden": [], "mean": neuron[0], "low": neuron[1], "high": neuron[2]}]
    rows += [{"hidden": [int(n) for n in name[1:].split("_")], "mean": mean} for name, mean in shares.items()]
    return {"baseline": {"mean": baseline}, "networks": rows}


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"neuron": (0.46, 0.44, 0.48)}, ["one neuron, lower end of the interval"]),
        (
            {"neuron": (0.50, 0.44, 0.56)},
            ["one neuron, lower end of the interval", "one neuron, upper end of the interval"],
        ),
        ({"neuron": (0.53, 0.52, 0.54)}, ["one neuron minus majority baseline"]),
        ({"n20": 0.81}, ["[20], mean"]),
        ({"n20_7_5": 0.87}, ["[20, 7, 5], mean"]),
        ({"n64_32_16": 0.89}, ["[64, 32, 16], mean"]),
        ({"n20": math.nan}, ["[20], mean"]),
    ],
)
def test_every_bar_can_be_missed(change, missed):
    assert [bar.name for bar in ladder.bars(_figures(**change)) if not bar.met] == missed


def _run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.ladder", *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_the_command_prints_a_table_writes_the_figures_and_fails_on_missed_bars(tmp_path):
    """Two steps are too few for any bar of a hidden layer."""
    done = _run("--check", "--seeds", "2", "--steps", "2", "--json", str(tmp_path / "ladder.json"))
    assert done.returncode == 1, done.stderr
    last = done.stdout.splitlines()[-1]
    for hidden in ("[20], mean", "[20, 7, 5], mean", "[64, 32, 16], mean"):
        assert hidden in last
    for needed in ("2000 test pairs", "majority baseline", "[] one neuron", "[64]", "[20, 7, 5]", "2 seeds"):
        assert needed in done.stdout
    figures = json.loads((tmp_path / "ladder.json").read_text(encoding="utf-8"))["figures"]
    assert [row["hidden"] for row in figures["networks"]] == [[], [20], [64], [20, 7, 5], [64, 32, 16]]
    assert all(len(row["test"]) == 2 for row in figures["networks"])
    assert figures["steps"] == 2


def test_the_stored_figures_are_those_of_the_benchmark_as_it_is():
    """What a lesson shows was measured with today's networks and settings, on enough seeds, and keeps the bars."""
    figures = json.loads((ROOT / "benchmarks" / "results" / "ladder.json").read_text(encoding="utf-8"))["figures"]
    assert [tuple(row["hidden"]) for row in figures["networks"]] == list(ladder.NETWORKS)
    assert (figures["train_pairs"], figures["test_pairs"]) == (ladder.TRAIN_PAIRS, ladder.TEST_PAIRS)
    assert (figures["learning_rate"], figures["steps"]) == (ladder.LEARNING_RATE, 3000)
    assert len(figures["seeds"]) >= 5
    for row in (figures["baseline"], *figures["networks"]):
        assert ladder.mean_over_seeds(row["test"]) == pytest.approx((row["mean"], row["sd"], row["low"], row["high"]))
    assert all(bar.met for bar in ladder.bars(figures))


def test_one_seed_is_refused():
    done = _run("--seeds", "1")
    assert done.returncode == 2
    assert "at least 2" in done.stderr
