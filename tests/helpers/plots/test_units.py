"""Do a unit's answers and the results of several starts stand where they belong?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def plane():
    ax = plots.axes()
    ax.set(xlim=(-2, 2), ylim=(-1, 1))
    return ax


def test_unit_surface_is_dark_where_the_unit_speaks_and_has_its_line_at_zero() -> None:
    ax = plots.unit_surface(lambda X: np.tanh(3 * X[:1] - X[1:]), plane(), resolution=41)
    shades = ax.images[0].get_array()
    assert shades[0, 0] < 0 < shades[-1, -1]
    assert ax.images[0].get_clim() == (-1, 1)
    (line,) = ax.collections
    vertices = np.concatenate([path.vertices for path in line.get_paths()])
    np.testing.assert_allclose(3 * vertices[:, 0], vertices[:, 1], atol=0.05)
    assert ax.get_xlim() == (-2, 2)


def test_unit_that_never_changes_sides_has_no_line() -> None:
    assert not plots.unit_surface(lambda X: np.full((1, X.shape[1]), 0.7), plane(), resolution=11).collections


def test_unit_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="predict gave shape"):
        plots.unit_surface(lambda X: X, plane(), resolution=11)


def test_spread_shows_every_result_their_means_and_intervals() -> None:
    results = np.array([[0.5, 0.6, 0.7], [0.8, 0.9, 0.85]])
    intervals = np.array([[0.55, 0.68], [0.8, 0.9]])
    ax = plots.spread([2, 16], results, intervals, baseline=0.5, label="a run")
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0.6, 0.85])
    dots = np.asarray(ax.collections[0].get_offsets())
    np.testing.assert_allclose(np.sort(dots[:, 1]), np.sort(results.ravel()))
    assert len(np.unique(dots[:, 0])) == 6, "dots lie beside one another"
    ends = np.array([[y for _, y in segment] for segment in ax.containers[0].lines[2][0].get_segments()])
    np.testing.assert_allclose(ends, intervals)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2", "16"]
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {
        "mean",
        "a run",
        "interval of the test",
        "baseline",
    }


@pytest.mark.parametrize(
    ("results", "intervals", "sentence"),
    [
        (np.ones((3, 2)), None, r"results has shape \(3, 2\), wanted \(2, starts\)"),
        (np.ones(2), None, "results has shape"),
        (np.ones((2, 2)), np.ones((2, 3)), r"intervals has shape \(2, 3\)"),
    ],
)
def test_spread_says_what_does_not_belong_together(results, intervals, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        plots.spread([1, 2], results, intervals)
