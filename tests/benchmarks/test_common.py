"""What do all benchmarks share: do the bars, the table, the exit code and the side-by-side timing hold?"""

import json
import math

import pytest

from benchmarks import common


@pytest.mark.parametrize(
    ("value", "limits", "met"),
    [
        (1.0, {"at_most": 1.0}, True),
        (1.01, {"at_most": 1.0}, False),
        (0.9, {"at_least": 0.9}, True),
        (0.89, {"at_least": 0.9}, False),
        (0.5, {"at_least": 0.4, "at_most": 0.6}, True),
        (math.nan, {"at_most": 1.0}, False),
        (math.nan, {"at_least": 0.0}, False),
    ],
)
def test_a_bar_knows_whether_it_is_met(value, limits, met):
    assert common.Bar("x", value, **limits).met is met


def test_a_bar_without_a_limit_is_refused():
    with pytest.raises(ValueError, match="no limit"):
        common.Bar("x", 1.0)


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--check"], 1)])
def test_a_missed_bar_fails_only_with_check_and_the_last_line_names_it(options, code, capsys):
    args = common.arguments("A benchmark.", options)
    bars = [common.Bar("fast enough", 3.0, at_most=2.0), common.Bar("right", 1.0, at_least=1.0)]
    assert common.finish(args, {}, bars) == code
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert "1 of 2" in last
    assert "fast enough" in last
    assert "right" not in last


def test_figures_and_bars_are_written_as_json(tmp_path):
    args = common.arguments("A benchmark.", ["--json", str(tmp_path / "figures.json"), "--check"])
    assert common.finish(args, {"ratio": 0.5}, [common.Bar("ratio", 0.5, at_most=1.0)]) == 0
    written = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert written["figures"] == {"ratio": 0.5}
    assert written["bars"][0]["met"] is True


def test_the_table_aligns_numbers_to_the_right():
    lines = common.table(["who", "ms"], [["ours", "1.5"], ["a long name", "12.25"]]).splitlines()
    assert lines[2] == "ours           1.5"
    assert len({len(line) for line in lines[1:]}) == 1


def test_functions_take_turns_and_ratios_are_taken_within_a_round():
    calls = []
    functions = {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}
    times = common.interleaved(functions, rounds=4, warmup=0, seconds_a_round=0.0)
    assert [len(t) for t in times.values()] == [4, 4]
    # the first two find how often to repeat; in each turn the first call is not counted
    assert calls[2:] == [*"aabb", *"bbaa", *"aabb", *"bbaa"]
    ratios = common.ratios({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.0, 9.0]}, base="a")
    assert ratios == {"a": 1.0, "b": 2.0}
