"""Does the measure tell stripes from spots, whatever their size and direction?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.brain import orientation_selectivity

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
