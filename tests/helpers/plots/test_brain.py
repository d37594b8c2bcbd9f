"""Do the figures of the brain lesson show what they were given?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_lines_lie_where_they_were_measured_and_differ_by_more_than_colour() -> None:
    ax = plots.line([0, 1, 2], [[3.0, 4.0, 5.0]], label="one")
    plots.line([0, 1], [1.0, 2.0], ax, "two", dots=True)
    first, second = ax.lines
    np.testing.assert_array_equal(first.get_xydata(), [[0, 3], [1, 4], [2, 5]])
    assert first.get_linestyle() != second.get_linestyle()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["one", "two"]
    with pytest.raises(ValueError, match="x has 2 entries and y 3"):
        plots.line([0, 1], [1, 2, 3])


def test_spikes_stand_above_the_curves_and_only_those_in_view() -> None:
    ax = plots.line([0.0, 10.0], [-5.0, 5.0], label="V")
    ax.set(xlim=(0, 10))
    plots.spike_marks(np.array([[-1.0, 2.0, 7.0, 11.0]]), ax)
    (marks,) = ax.collections
    segments = marks.get_segments()
    assert sorted(float(segment[0][0]) for segment in segments) == [2.0, 7.0]
    assert all(low[1] > 5 for low, high in segments)
    assert ax.get_xlim() == (0, 10)


def test_reliability_has_its_points_and_the_diagonal_once() -> None:
    said, seen, n = np.array([[0.1, 0.5]]), np.array([[0.2, 0.4]]), np.array([[100, 100]])
    ax = plots.reliability(said, seen, n, label="a")
    plots.reliability(said, seen, n, ax, "b")
    dotted = [line for line in ax.lines if line.get_label() == "said = seen"]
    np.testing.assert_array_equal(dotted[0].get_xydata(), [[0, 0], [1, 1]])
    assert len(dotted) == 1
    a, b = ax.containers
    np.testing.assert_array_equal(a.lines[0].get_xydata(), [[0.1, 0.2], [0.5, 0.4]])
    assert a.lines[0].get_marker() != b.lines[0].get_marker()
    bar = a.lines[2][0].get_segments()[0]
    assert bar[1][1] - bar[0][1] == pytest.approx(4 * np.sqrt(0.2 * 0.8 / 100))
    with pytest.raises(ValueError, match="equally many"):
        plots.reliability(said, seen[:, :1], n)


def test_weights_become_images_row_by_row_with_zero_in_the_middle() -> None:
    W = np.zeros((3, 6))
    W[0, 1], W[2, 5] = 2.0, -0.5
    ax = plots.weight_images(W, (2, 3), columns=2, title="weights")
    frame = np.ma.filled(ax.images[0].get_array(), np.nan)
    assert frame.shape == (2 * 3 + 1, 2 * 4 + 1)
    np.testing.assert_array_equal(frame[1:3, 1:4], [[0, 1, 0], [0, 0, 0]])
    np.testing.assert_array_equal(frame[4:6, 1:4], [[0, 0, 0], [0, 0, -1]])
    assert np.isnan(frame[4:6, 5:8]).all(), "there is no fourth image"
    assert ax.images[0].get_clim() == (-1, 1)
    with pytest.raises(ValueError, match=r"W has shape \(3, 6\), but \(k, 4\)"):
        plots.weight_images(W, (2, 2))


def test_runs_show_each_result_and_its_mean() -> None:
    ax = plots.runs({"a": [0.5, 0.7], "b": [0.9]})
    np.testing.assert_array_equal(ax.collections[0].get_offsets()[:, 1], [0.5, 0.7])
    assert [text.get_text() for text in ax.texts] == ["60.0%", "90.0%"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b"]
    with pytest.raises(ValueError, match="no run"):
        plots.runs({"a": []})


@pytest.mark.parametrize("names", [("x",), ("$x_1$", "$x_2$", "$x_3$"), tuple("abcde")])
def test_the_cell_names_what_arrives_and_its_parts(names) -> None:
    words = [text.get_text() for text in plots.nerve_cell(names).texts]
    assert words[: len(names)] == list(names)
    assert {"synapses", "dendrites", "cell body", "axon", "pulse"} <= set(words)
    with pytest.raises(ValueError, match="at least one signal"):
        plots.nerve_cell(())
