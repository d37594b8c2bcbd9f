"""Do runs, means and intervals stand in their model's row?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_every_run_stands_in_its_row_the_first_on_top() -> None:
    shares = np.array([[0.5, 0.52], [0.8, 0.9], [0.7, 0.75]])
    ax = plots.rungs(["a", "b", "c"], shares, [(0.48, 0.54), (0.7, 0.95), (0.65, 0.8)], baseline=0.51)
    names = dict(zip([tick.get_text() for tick in ax.get_yticklabels()], ax.get_yticks(), strict=True))
    assert names["a"] > names["b"] > names["c"]
    (runs,) = (line for line in ax.lines if line.get_label() == "one run")
    for name, row in zip("abc", shares, strict=True):
        x, y = np.asarray(runs.get_xdata()), np.asarray(runs.get_ydata())
        np.testing.assert_array_equal(np.sort(x[y == names[name]]), row)
    bars, means = ax.collections
    assert [tuple(segment[:, 0]) for segment in bars.get_segments()] == [(0.48, 0.54), (0.7, 0.95), (0.65, 0.8)]
    np.testing.assert_allclose([segment[0, 0] for segment in means.get_segments()], shares.mean(axis=1))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "most frequent answer",
        "95 % interval",
        "one run",
        "mean",
    ]


def test_a_single_run_has_no_mean() -> None:
    ax = plots.rungs(["a", "b"], [[0.5], [0.8]])
    assert len(ax.collections) == 0
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["share"]


@pytest.mark.parametrize(
    ("names", "shares", "intervals"),
    [(["a"], [[0.5], [0.6]], None), (["a", "b"], [[0.5], [0.6]], [(0.4, 0.6)]), (["a"], [[[0.5]]], None)],
)
def test_numbers_that_do_not_belong_together_are_refused(names, shares, intervals) -> None:
    with pytest.raises(ValueError, match="names go with shares"):
        plots.rungs(names, shares, intervals)
