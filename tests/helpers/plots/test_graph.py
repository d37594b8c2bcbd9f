"""Does a computation graph show its nodes, arrows and numbers, and an error curve where the least error lies?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import plots

PLACES = {"a": (0, 1), "b": (0, 0), "J": (2, 0.5)}
EDGES = [("a", "J"), ("b", "J")]


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def said(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_every_node_is_a_box_around_its_place_and_every_edge_an_arrow_between_two() -> None:
    ax = plots.computation_graph(PLACES, EDGES, formulas={"J": "$a + b$"})
    centres = [(box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2) for box in ax.patches]
    np.testing.assert_allclose(centres, list(PLACES.values()))
    assert said(ax) == ["$a$", "$b$", "$a + b$"]
    arrows = [text for text in ax.texts if text.get_text() == ""]
    assert [(arrow.xyann[1], arrow.xy[1]) for arrow in arrows] == [(1, 0.5), (0, 0.5)]
    assert all(arrow.xyann[0] < arrow.xy[0] for arrow in arrows)


def test_values_stand_above_derivatives_below_and_slopes_on_their_arrow() -> None:
    ax = plots.computation_graph(
        PLACES, EDGES, values={"a": -2.0, "J": 0.12345}, derivatives={"a": 1}, slopes={("b", "J"): "1"}
    )
    texts = {text.get_text(): text for text in ax.texts}
    assert texts["a = −2"].get_position()[1] > 1 > texts["← da = 1"].get_position()[1]
    assert "J = 0.123" in texts
    assert texts["a = −2"].get_color() != texts["← da = 1"].get_color()
    x, y = texts["1"].get_position()
    assert 0 < x < 2
    assert 0 < y < 0.5


def test_all_of_it_lies_within_the_axes() -> None:
    ax = plots.computation_graph(PLACES, EDGES, values={"a": 1, "b": 2, "J": 3}, derivatives={"a": 1, "b": 1, "J": 1})
    ax.figure.draw_without_rendering()
    frame = ax.figure.bbox
    for text in ax.texts:
        box = text.get_window_extent()
        assert frame.x0 <= box.x0 < box.x1 <= frame.x1 or not text.get_text()
        assert frame.y0 <= box.y0 < box.y1 <= frame.y1 or not text.get_text()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"edges": [("a", "c")]}, "'c' has no place"),
        ({"values": {"d": 1}}, "'d' has no place; the nodes are a, b, J"),
        ({"derivatives": {"dJ": 1}}, "'dJ' has no place"),
        ({"slopes": {("J", "a"): "1"}}, "not among the edges"),
    ],
)
def test_a_graph_that_does_not_hang_together_is_refused(options, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        plots.computation_graph(PLACES, **({"edges": EDGES} | options))


@given(st.lists(st.floats(1e-12, 1.0), min_size=2, max_size=30))
def test_error_curve_rings_the_least_error(errors) -> None:
    steps = np.logspace(-9, 0, len(errors))
    ax = plots.error_curve(steps, errors, label="central", mark_least=True)
    (ring,) = ax.collections
    x, y = np.asarray(ring.get_offsets())[0]
    assert y == min(errors)
    assert x == steps[int(np.argmin(errors))]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    plt.close("all")


def test_two_error_curves_differ_in_colour_and_dash_also_where_marked() -> None:
    ax = plots.error_curve([1e-3, 1e-2], [1e-6, 1e-4], label="central", mark_least=True)
    plots.error_curve([1e-3, 1e-2], [1e-3, 1e-2], ax, label="one-sided", mark_least=True)
    first, second = ax.lines
    assert (first.get_color(), first.get_linestyle()) != (second.get_color(), second.get_linestyle())
    assert {first.get_color(), second.get_color()} <= {"#0072B2", "#D55E00"}


def test_an_error_of_zero_is_drawn_at_the_smallest_other() -> None:
    ax = plots.error_curve([1e-3, 1e-2, 1e-1], [0.0, 1e-9, 1e-3])
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [1e-9, 1e-9, 1e-3])


@pytest.mark.parametrize(("steps", "errors"), [([], []), ([1e-3], [1, 2]), ([1e-2, 1e-3], [1, 2]), ([0.0, 1], [1, 2])])
def test_error_curve_says_what_is_wrong(steps, errors) -> None:
    with pytest.raises(ValueError, match="steps"):
        plots.error_curve(steps, errors)
