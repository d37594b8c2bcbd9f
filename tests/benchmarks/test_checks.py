"""Do the published figures of the checks stand in the README as measured, and does the command hold its bars?"""

import numpy as np
import pytest

from benchmarks import checks as benchmark
from benchmarks import corpus
from helpers import checks


@pytest.fixture(scope="module")
def tallies():
    return benchmark.measure(benchmark.README_SEEDS)


def test_the_readme_holds_the_measured_totals(tallies):
    wanted = benchmark.totals_text(len(tallies), benchmark.total(tallies))
    written = benchmark.in_readme(benchmark.README.read_text(encoding="utf-8"))
    assert written == wanted, "The figures drifted: run python -m benchmarks.checks --write-readme"


def test_the_bars_on_right_and_wrong_are_met(tallies):
    timeless = [bar for bar in benchmark.bars(tallies) if "seconds" not in bar.name]
    assert [str(bar) for bar in timeless if not bar.met] == []


def test_writing_the_readme_changes_only_what_is_between_the_markers(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{benchmark.BEGIN}\nold\n{benchmark.END}\nafter\n", encoding="utf-8")
    benchmark.write_readme("new", path)
    assert path.read_text(encoding="utf-8") == f"before\n{benchmark.BEGIN}\nnew\n{benchmark.END}\nafter\n"
    assert benchmark.in_readme(path.read_text(encoding="utf-8")) == "new"
    path.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="README"):
        benchmark.write_readme("new", path)


def implementation(function, is_right, causes=()):
    return corpus.Implementation("03-initialize-neuron", function, is_right, tuple(causes), "made up")


def test_each_kind_of_misjudgement_is_counted():
    def wrong(n_x):
        return None

    def right(n_x):
        return {"W1": [[0.0] * n_x], "b1": [[0.0]]}  # called right here, and rejected for its lists

    accepted = benchmark.judge(implementation(lambda n_x: REFERENCE(n_x), False, ["all-ones"]), [1])
    assert (accepted.wrong, accepted.accepted, accepted.named) == (1, 1, 0)
    rejected = benchmark.judge(implementation(right, True), [1])
    assert (rejected.right, rejected.rejected) == (1, 1)
    named = benchmark.judge(implementation(wrong, False, ["returned-nothing"]), [1, 2])
    assert (named.accepted, named.named, len(named.seconds)) == (0, 1, 2)
    unnamed = benchmark.judge(implementation(wrong, False, ["all-ones"]), [1])
    assert unnamed.named == 0
    missed = {bar.name for bar in benchmark.bars({"x": accepted, "y": rejected}) if not bar.met}
    assert {"wrong accepted", "right rejected", "share of causes named", "exercises without implementations"} <= missed


def REFERENCE(n_x):
    return {"W1": np.zeros((1, n_x)), "b1": np.zeros((1, 1))}


def test_every_implementation_belongs_to_an_exercise():
    assert {i.exercise_id for i in corpus.load()} <= set(checks.exercises())


def test_wrong_ones_are_not_copies_of_the_misconceptions():
    """No function of the corpus is one of the checks' own, so the figure measures more than itself."""
    from helpers.checks import registry

    own = {id(wrong) for exercise in registry.every().values() for wrong in exercise.misconceptions.values()}
    assert not own & {id(i.function) for i in corpus.load()}
    source = "".join(path.read_text(encoding="utf-8") for path in corpus.FOLDER.glob("a*.py"))
    assert "helpers.checks" not in source
