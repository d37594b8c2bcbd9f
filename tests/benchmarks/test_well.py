"""Does the recipe of lesson 10 come out in a light setting, and are the stored figures those of the benchmark?"""

import json
import math
from pathlib import Path

import pytest

from benchmarks import ladder, well

ROOT = Path(__file__).parents[2]
LIGHT = {"digits": well.RECIPES["digits"]._replace(hidden=(32,), epochs=10, batch_size=32, learning_rate=0.01, runs=2)}


def test_a_light_recipe_learns_the_digits_and_each_seed_has_its_own_split():
    figures = well.measure(LIGHT)
    row = figures["recipes"]["digits"]
    assert row["tested"] == 180
    assert min(row["test"]) > 0.85  # ten seeds lay between 0.905 and 0.950; a tenth would be chance
    assert len(row["test"]) == 2


def test_the_same_seed_gives_the_same_figure():
    tiny = {"digits": LIGHT["digits"]._replace(epochs=1)}
    first, second = (well.measure(tiny)["recipes"]["digits"]["test"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("mean", "missed"), [(0.981, []), (0.979, ["digits, mean"]), (math.nan, ["digits, mean"])])
def test_the_bar_can_be_missed(mean, missed):
    figures = {"recipes": {"digits": {"mean": mean, "at_least": 0.98}}}
    assert [bar.name for bar in well.bars(figures) if not bar.met] == missed


def test_the_stored_figures_are_those_of_the_benchmark_as_it_is():
    """What the lesson shows was measured with today's recipes, on enough seeds, and keeps the bars."""
    figures = json.loads((ROOT / "benchmarks" / "results" / "well.json").read_text(encoding="utf-8"))["figures"]
    assert list(figures["recipes"]) == list(well.RECIPES)
    assert figures["first_seed"] == well.FIRST_SEED
    for name, row in figures["recipes"].items():
        stored = {field: tuple(row[field]) if field == "hidden" else row[field] for field in well.Recipe._fields}
        assert stored == well.RECIPES[name]._asdict()
        assert len(row["test"]) == row["runs"] >= 5
        summary = ladder.mean_over_seeds(row["test"])
        assert summary == pytest.approx((row["mean"], row["sd"], row["low"], row["high"]))
    assert all(bar.met for bar in well.bars(figures))
