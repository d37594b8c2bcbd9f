"""Does the benchmark of the clothes measure what it says, and can each of its bars be missed?"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from benchmarks import clothes
from benchmarks.ladder import mean_over_seeds
from helpers import data

STORED = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "clothes.json"


def figures(low=0.78, baseline=0.75, more=0.01):
    neuron = {"hidden": [], "low": 0.78, "more_than_first": {"mean": 0.0}}
    deep = {"hidden": [20, 7, 5], "low": low, "more_than_first": {"mean": more}}
    return {"baseline": {"mean": baseline}, "networks": [neuron, deep]}


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"low": 0.74}, ["[20, 7, 5], interval above the baseline"]),
        ({"baseline": 0.79}, ["one neuron, interval above the baseline", "[20, 7, 5], interval above the baseline"]),
        ({"more": 0.05}, ["[20, 7, 5], mean above one neuron's"]),
        ({"more": -0.05}, ["[20, 7, 5], mean above one neuron's"]),
        ({"more": math.nan}, ["[20, 7, 5], mean above one neuron's"]),
    ],
)
def test_every_bar_can_be_missed(change, missed):
    assert [bar.name for bar in clothes.bars(figures(**change)) if not bar.met] == missed


def test_a_short_run_gives_figures_that_belong_together():
    measured = clothes.measure(range(2), 2, ((), (4,)))
    neuron, hidden = measured["networks"]
    assert (neuron["hidden"], hidden["hidden"]) == ([], [4])
    assert len(hidden["test"]) == len(hidden["train"]) == len(measured["baseline"]["test"]) == 2
    difference = mean_over_seeds(list(np.subtract(hidden["test"], neuron["test"])))
    assert hidden["more_than_first"] == difference._asdict()
    assert neuron["more_than_first"]["mean"] == 0
    assert (measured["train_images"], measured["test_images"], measured["steps"]) == (2400, 800, 2)


def test_a_network_starts_alike_whichever_others_are_trained_beside_it():
    images = data.shirts(np.random.default_rng(0))
    assert clothes.train_one((3,), 0, 2, images) == clothes.train_one((3,), 0, 2, images)


def test_the_stored_figures_are_those_of_the_benchmark_as_it_is():
    """What the lesson shows was measured with today's networks and settings, on enough seeds, and keeps the bars."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))["figures"]
    assert tuple(tuple(row["hidden"]) for row in stored["networks"]) == clothes.NETWORKS
    assert (stored["learning_rate"], stored["steps"]) == (clothes.LEARNING_RATE, 1000)
    assert len(stored["seeds"]) >= 5
    assert all(bar.met for bar in clothes.bars(stored))
