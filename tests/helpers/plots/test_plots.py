"""Do the figures show what they were given, and say what is wrong with what they cannot show?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from helpers import plots
from helpers.plots.style import COLOURS

X = np.array([[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 3.0, 2.0]])
Y = np.array([[0, 1, 0, 1]])


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def sigmoid_of(w1: float, w2: float, b: float):
    return lambda X: 1 / (1 + np.exp(-(np.array([[w1, w2]]) @ X + b)))


def test_scatter_puts_each_class_where_its_points_are() -> None:
    ax = plots.scatter(X, Y, class_names=("cat", "dog"))
    zeros, ones = ax.collections
    np.testing.assert_array_equal(zeros.get_offsets(), X[:, Y[0] == 0].T)
    np.testing.assert_array_equal(ones.get_offsets(), X[:, Y[0] == 1].T)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["cat", "dog"]
    assert len({c.get_paths()[0].vertices.tobytes() for c in ax.collections}) == 2, "markers of different shape"
    assert to_hex(zeros.get_facecolor()[0]).upper() == COLOURS[0]


@pytest.mark.parametrize(
    ("bad_X", "bad_Y", "sentence"),
    [
        (X.T, Y, r"X has shape \(4, 2\)"),
        (X[:, :0], Y[:, :0], r"X has shape \(2, 0\)"),
        (X, Y[0], r"Y has shape \(4,\), but \(1, 4\)"),
        (X, Y[:, :3], r"Y has shape \(1, 3\)"),
        (np.where(X == 3, np.nan, X), Y, "NaN"),
        (X, Y + 1, "other labels than 0 to 1"),
    ],
)
def test_scatter_says_what_is_wrong(bad_X, bad_Y, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        plots.scatter(bad_X, bad_Y)


def test_rings_are_around_the_wrong_ones_only() -> None:
    ax = plots.mark_wrong(X, 1 - Y * 0, Y, plots.scatter(X, Y))
    np.testing.assert_array_equal(ax.collections[-1].get_offsets(), X[:, Y[0] == 0].T)
    with pytest.raises(ValueError, match=r"Y_hat has shape \(4,\)"):
        plots.mark_wrong(X, Y[0], Y, ax)


@given(st.floats(0.5, 3), st.floats(-3, 3), st.floats(-1, 1))
def test_decision_boundary_is_where_the_model_is_undecided(w1: float, w2: float, b: float) -> None:
    ax = plots.axes()
    ax.set(xlim=(-6, 6), ylim=(-1, 1))
    plots.decision_boundary(sigmoid_of(w1, w2, b), ax)
    (lines,) = ax.collections
    vertices = np.concatenate([path.vertices for path in lines.get_paths()])
    np.testing.assert_allclose(vertices @ [w1, w2] + b, 0, atol=0.02)
    plt.close("all")


def test_surface_asks_the_model_on_the_limits_that_are_there_and_keeps_them() -> None:
    ax = plots.scatter(X, Y)
    limits = ax.get_xlim(), ax.get_ylim()
    asked = []
    plots.probability_surface(lambda X: asked.append(X) or sigmoid_of(1, 1, -3)(X), ax, resolution=20)
    assert (ax.get_xlim(), ax.get_ylim()) == limits
    np.testing.assert_allclose([(row.min(), row.max()) for row in asked[0]], limits)
    values = ax.images[0].get_array()
    assert values[-1, -1] > 0.5 > values[0, 0], "the first row of the picture is at the bottom"


@pytest.mark.parametrize("p", [0.0, 0.5, 1.0, 0.2])
def test_surface_of_a_model_that_says_the_same_everywhere_draws_no_line(p: float) -> None:
    ax = plots.scatter(X, Y)
    before = len(ax.collections)
    plots.probability_surface(lambda X: np.full((1, X.shape[1]), p), ax)
    plots.decision_boundary(lambda X: np.full((1, X.shape[1]), p), ax)
    assert len(ax.collections) == before


def test_surface_says_when_the_model_answers_in_another_shape() -> None:
    with pytest.raises(ValueError, match=r"predict gave shape \(400,\)"):
        plots.probability_surface(lambda X: X[0], plots.scatter(X, Y), resolution=20)


def test_curves_on_the_same_axes_differ_in_colour_and_dash() -> None:
    ax = plots.curve(np.sin, -1, 1, label="sin")
    plots.curve(np.cos, -1, 1, ax, label="cos")
    first, second = ax.lines
    np.testing.assert_allclose(first.get_ydata(), np.sin(first.get_xdata()))
    assert (first.get_xdata().min(), first.get_xdata().max()) == (-1, 1)
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()


def test_activation_names_its_axes() -> None:
    ax = plots.activation(np.tanh, label="tanh")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("z", "a")
    np.testing.assert_allclose(ax.lines[0].get_ydata(), np.tanh(ax.lines[0].get_xdata()))


def test_cost_curves_share_an_axis_that_holds_both() -> None:
    ax = plots.cost_curve([0.7, 0.3, 0.2])
    plots.cost_curve([0.9, 0.8], ax, label="slow", steps=[0, 10])
    np.testing.assert_array_equal(ax.lines[1].get_xdata(), [0, 10])
    assert ax.get_ylim()[0] == 0
    assert ax.get_ylim()[1] > 0.9
    assert plots.cost_curve([1.0, 0.1], log=True).get_yscale() == "log"


@pytest.mark.parametrize("costs", [[], [[0.1, 0.2]]])
def test_cost_curve_says_what_is_wrong(costs) -> None:
    with pytest.raises(ValueError, match="costs has shape"):
        plots.cost_curve(costs)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_neuron_diagram_names_every_input_and_weight(n: int) -> None:
    inputs = [f"input {i}" for i in range(n)]
    texts = [text.get_text() for text in plots.neuron_diagram(inputs).texts]
    assert set(inputs) | {f"$w_{i}$" for i in range(1, n + 1)} | {"Σ", "σ", "+ b"} <= set(texts)
    with pytest.raises(ValueError, match="inputs is empty"):
        plots.neuron_diagram([])


def test_penguin_axes_name_the_unit() -> None:
    assert plots.penguin_axes().get_xlabel() == "bill length (mm)"
    assert "standard deviations" in plots.penguin_axes(standardized=True).get_ylabel()


def test_a_given_axes_is_drawn_on_and_returned() -> None:
    ax = plots.axes()
    for drawn in (
        plots.scatter(X, Y, ax),
        plots.curve(np.sin, 0, 1, ax),
        plots.activation(np.tanh, ax),
        plots.cost_curve([1, 2], ax),
        plots.penguin_axes(ax),
        plots.neuron_diagram(ax=ax),
    ):
        assert drawn is ax
