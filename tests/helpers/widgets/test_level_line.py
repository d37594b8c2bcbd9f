"""Does the line of a level lie where the values have it, whole and nowhere else?"""

import numpy as np
import pytest

from helpers.widgets.level_line import level_line

X, Y = np.linspace(-2, 2, 65), np.linspace(-1, 1, 33)


def ends(line: np.ndarray) -> np.ndarray:
    """(k, 2, 2): pieces, their two ends, x and y."""
    return line.T.reshape(-1, 3, 2)[:, :2]


def test_a_straight_line_is_exact() -> None:
    line = level_line(X, Y, 2 * X[None, :] - 3 * Y[:, None] + 0.4, 0.1)
    x, y = ends(line).reshape(-1, 2).T
    np.testing.assert_allclose(2 * x - 3 * y + 0.4, 0.1, atol=1e-12)
    length = np.hypot(*(ends(line)[:, 1] - ends(line)[:, 0]).T).sum()
    # From the lower to the upper edge of the plane.
    assert length == pytest.approx(np.hypot(2, 3))


def test_a_circle_is_closed_and_round() -> None:
    line = level_line(X, Y, np.hypot(X[None, :], Y[:, None]), 0.737)
    pieces = ends(line)
    np.testing.assert_allclose(np.hypot(*pieces.reshape(-1, 2).T), 0.737, atol=2e-3)
    assert np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum() == pytest.approx(2 * np.pi * 0.737, rel=2e-3)
    times = np.unique(pieces.reshape(-1, 2).round(9), axis=0, return_counts=True)[1]
    assert (times == 2).all(), "each end is the start of another piece"


def test_where_corners_alternate_both_pieces_are_there() -> None:
    pieces = ends(level_line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([[1.0, -1.0], [-1.0, 1.0]]), 0.0))
    assert len(pieces) == 2
    places = {tuple(place) for place in pieces.reshape(-1, 2)}
    assert places == {(0.5, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 0.5)}


@pytest.mark.parametrize("values", [np.ones((33, 65)), -np.ones((33, 65)), np.zeros((33, 65))])
def test_a_level_that_is_never_crossed_has_no_line(values: np.ndarray) -> None:
    assert level_line(X, Y, values, 0.0).shape == (2, 0)
