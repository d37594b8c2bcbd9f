"""Are the figures of lesson 10 those that the benchmark has stored?"""

import json
from pathlib import Path

import pytest

from helpers import data

STORED = Path(__file__).resolve().parents[3] / "benchmarks" / "results" / "well.json"


def test_the_figures_are_the_stored_ones():
    rows = json.loads(STORED.read_text(encoding="utf-8"))["figures"]["recipes"]
    found = data.well()
    assert set(found) == set(rows) == {"digits", "fashion"}
    for name, row in rows.items():
        assert found[name].test.tolist() == row["test"]
        assert found[name].mean == pytest.approx(found[name].test.mean())
        assert found[name].interval[0] < found[name].mean < found[name].interval[1]
        assert list(found[name].hidden) == row["hidden"]
    assert (found["digits"].tested, found["fashion"].tested) == (180, 2000)
