"""Do the points lie where the formulas say, in two halves, and do fresh test points come from the same law?"""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from helpers import data

GENERATORS = {
    "flower": data.flower,
    "moons": data.moons,
    "circles": data.circles,
    "spirals": data.spirals,
    "gaussians": data.gaussians,
}
every = pytest.mark.parametrize("make", GENERATORS.values(), ids=GENERATORS)


@every
@given(m=st.integers(2, 60), seed=st.integers(0, 1000), noise=st.floats(0, 1))
def test_shapes_halves_and_reproducibility(make, m, seed, noise):
    X, Y = make(m, np.random.default_rng(seed), noise)
    assert (X.shape, Y.shape, X.dtype, Y.dtype) == ((2, m), (1, m), np.float64, np.float64)
    assert np.isfinite(X).all()
    assert np.bincount(Y[0].astype(int), minlength=2).tolist() == [m // 2, m - m // 2]
    again = make(m, np.random.default_rng(seed), noise)
    np.testing.assert_array_equal(again.X, X)
    np.testing.assert_array_equal(again.Y, Y)
    if make is not data.gaussians or noise > 1e-9:  # without noise each cloud is a single point
        assert (make(m, np.random.default_rng(seed + 1), noise).X != X).any()


@every
def test_columns_are_in_random_order(make):
    Y = make(400, np.random.default_rng(0)).Y
    assert 100 < Y[0, :200].sum() * 2 < 300
    assert np.abs(np.diff(Y[0])).sum() > 150


@every
def test_noise_is_the_standard_deviation_added(make):
    """The draws before the noise are the same with and without it, and so is the order."""
    clean, noisy = (make(20_000, np.random.default_rng(3), noise).X for noise in (0.0, 0.3))
    assert np.std(noisy - clean, axis=1) == pytest.approx([0.3, 0.3], rel=0.03)


def test_a_line_between_the_two_clouds_is_as_wrong_as_the_formula_says():
    X, Y = data.gaussians(200_000, np.random.default_rng(1), noise=1.0)
    wrong = np.mean((X.sum(axis=0) > 0) != (Y[0] == 1))
    assert wrong == pytest.approx(NormalDist().cdf(-np.sqrt(2)), abs=0.003)


def test_circles_have_radii_two_and_one():
    X, Y = data.circles(500, np.random.default_rng(1), noise=0)
    np.testing.assert_allclose(np.hypot(*X), 2 - Y[0])


def test_moons_are_half_circles_turned_into_one_another():
    X, Y = data.moons(500, np.random.default_rng(1), noise=0)
    folded = np.where(Y == 1, -X, X) + [[0.5], [0.25]]
    np.testing.assert_allclose(np.hypot(*folded), 1)
    assert folded[1].min() >= 0


@pytest.mark.parametrize("petals", [2, 6, 8])
def test_petals_of_the_flower_take_turns(petals):
    X, Y = data.flower(2000, np.random.default_rng(1), noise=0, petals=petals)
    petal = np.round(np.arctan2(X[1], X[0]) * petals / (2 * np.pi)).astype(int)
    np.testing.assert_array_equal(petal % 2, Y[0])
    assert len(np.unique(petal % petals)) == petals
    assert np.hypot(*X).max() <= 2


@pytest.mark.parametrize("turns", [0.5, 1.5, 2])
def test_spirals_wind_as_often_as_asked(turns):
    X, Y = data.spirals(2000, np.random.default_rng(1), noise=0, turns=turns)
    s = np.hypot(*X) / 2
    angle = 2 * np.pi * turns * s + np.pi * Y[0]
    np.testing.assert_allclose(X, 2 * s * np.array([np.cos(angle), np.sin(angle)]), atol=1e-12)
    assert (s.min(), s.max()) == pytest.approx((0.02**0.5, 1), abs=0.01)


@pytest.mark.parametrize(
    ("make", "line_at_most"), [(data.flower, 0.56), (data.circles, 0.6), (data.moons, 0.92), (data.spirals, 0.75)]
)
def test_neighbours_tell_what_a_line_cannot(make, line_at_most):
    """Measured on points from another generator: the classes are a matter of shape, not of luck."""
    train, test = (make(1000, np.random.default_rng(seed)) for seed in (0, 1))
    line = LogisticRegression().fit(train.X.T, train.Y[0]).score(test.X.T, test.Y[0])
    neighbours = KNeighborsClassifier(15).fit(train.X.T, train.Y[0]).score(test.X.T, test.Y[0])
    assert line < line_at_most
    assert neighbours > max(0.85, line + 0.05)


@every
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((1, np.random.default_rng(0)), "m is 1, wanted a whole number of at least 2"),
        ((10.0, np.random.default_rng(0)), "m is 10.0"),
        ((10, 0), "rng is 0, wanted a NumPy generator"),
        ((10, np.random.default_rng(0), -0.1), "noise is -0.1"),
        ((10, np.random.default_rng(0), np.nan), "noise is nan"),
    ],
)
def test_bad_arguments_are_refused(make, arguments, said):
    with pytest.raises(ValueError, match=said):
        make(*arguments)


def test_bad_shapes_of_flower_and_spiral_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="petals is 5, wanted an even number"):
        data.flower(10, rng, petals=5)
    with pytest.raises(ValueError, match="turns is 0, wanted a finite number above 0"):
        data.spirals(10, rng, turns=0)
