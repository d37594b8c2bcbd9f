"""Does the measure tell stripes from spots, whatever their size and direction?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.brain import orientation_selectivity, place, preferred_orientation

ROWS, COLUMNS = np.mgrid[-7.5:8.5, -7.5:8.5]


def gabor(angle: float, frequency: float, width: float, phase: float) -> np.ndarray:
    along = COLUMNS * np.cos(angle) + ROWS * np.sin(angle)
    return (np.exp(-(ROWS**2 + COLUMNS**2) / (2 * width**2)) * np.cos(2 * np.pi * frequency * along + phase)).ravel()


@given(st.floats(0, np.pi), st.floats(0.15, 0.3), st.floats(2.5, 3.5), st.floats(0, 2 * np.pi))
def test_stripes_prefer_one_orientation_in_any_direction(angle, frequency, width, phase):
    assert orientation_selectivity(gabor(angle, frequency, width, phase)[None], (16, 16)).item() > 0.6


@given(st.floats(1, 3))
def test_a_round_spot_prefers_none(width):
    spot = np.exp(-(ROWS**2 + COLUMNS**2) / (2 * width**2)).ravel()
    ring = spot - np.exp(-(ROWS**2 + COLUMNS**2) / (4 * width**2)).ravel() / 2
    assert (orientation_selectivity(np.stack([spot, ring]), (16, 16)) < 0.05).all()


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100), st.floats(-5, 5))
def test_it_does_not_depend_on_size_sign_brightness_or_a_quarter_turn(seed, size, brightness):
    W = np.random.default_rng(seed).standard_normal((3, 64))
    wanted = orientation_selectivity(W, (8, 8))
    np.testing.assert_allclose(orientation_selectivity(-size * W + brightness, (8, 8)), wanted, atol=1e-9)
    turned = np.stack([np.rot90(w.reshape(8, 8)).ravel() for w in W])
    np.testing.assert_allclose(orientation_selectivity(turned, (8, 8)), wanted, atol=1e-9)
    assert wanted.shape == (3, 1)
    assert ((wanted >= 0) & (wanted <= 1)).all()


def test_wider_stripes_of_one_direction_reach_one():
    stripes = np.tile([1.0, -1.0, 0.0, 0.0], 4)
    assert orientation_selectivity(np.repeat(stripes, 16)[None], (16, 16)).item() > 0.9


@pytest.mark.parametrize(
    ("W", "shape", "said"),
    [
        (np.ones((2, 9)), (3, 3), "the same everywhere"),
        (np.ones((2, 8)), (3, 3), r"W has shape \(2, 8\)"),
        (np.ones((1, 65 * 2)), (65, 2), "at most 64"),
    ],
)
def test_errors_are_sentences(W, shape, said):
    with pytest.raises(ValueError, match=said):
        orientation_selectivity(W, shape)


@given(st.floats(0, np.pi), st.floats(0.15, 0.3), st.floats(2.5, 3.5), st.floats(0, 2 * np.pi))
def test_stripes_run_across_their_wave(angle, frequency, width, phase):
    found = preferred_orientation(gabor(angle, frequency, width, phase)[None], (16, 16)).item()
    # In gabor, `angle` turns the wave from the columns' axis towards the rows', which is downwards.
    off = (found - (90 - np.degrees(angle)) + 90) % 180 - 90
    assert abs(off) < 4
    assert 0 <= found < 180


def test_level_upright_and_slanted_stripes_are_told_apart():
    level = np.repeat([[1.0, -1.0] * 4], 8, axis=0).T
    rising = np.fromfunction(lambda r, c: np.cos(2 * np.pi * (r + c) / 4), (8, 8))
    W = np.stack([image.ravel() for image in (level, level.T, rising, rising[::-1])])
    np.testing.assert_allclose(preferred_orientation(W, (8, 8)).ravel() % 180, [0, 90, 45, 135], atol=1)


@given(st.integers(0, 11), st.integers(0, 6))
def test_a_single_weight_lies_where_it_is(row, column):
    W = np.zeros((1, 12, 7))
    W[0, row, column] = -3.0
    found = place(W.reshape(1, -1), (12, 7))
    assert (found.row.item(), found.column.item(), found.spread.item()) == (row, column, 0)


@given(st.integers(1, 20), st.integers(2, 20), st.floats(1e-200, 1e200))
def test_equal_weights_are_spread_evenly(rows, columns, size):
    found = place(np.full((2, rows * columns), size), (rows, columns))
    np.testing.assert_allclose(found.row, (rows - 1) / 2)
    np.testing.assert_allclose(found.column, (columns - 1) / 2)
    np.testing.assert_allclose(found.spread, found.even)


def test_two_weights_have_their_centre_between_them_by_their_squares():
    W = np.zeros((1, 5, 5))
    W[0, 0, 1], W[0, 4, 1] = 1.0, -2.0
    found = place(W.reshape(1, -1), (5, 5))
    assert found.row.item() == pytest.approx(3.2)
    assert found.column.item() == pytest.approx(1)
    assert found.spread.item() == pytest.approx(np.sqrt(0.2 * 3.2**2 + 0.8 * 0.8**2))


@pytest.mark.parametrize("of", [place, preferred_orientation])
def test_a_filter_that_is_nowhere_is_refused(of):
    with pytest.raises(ValueError, match="a filter that is"):
        of(np.zeros((1, 64)), (8, 8))
    with pytest.raises(ValueError, match=r"W has shape \(1, 63\)"):
        of(np.ones((1, 63)), (8, 8))
