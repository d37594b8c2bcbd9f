"""Are the costs those of PyTorch, finite where the formulas are not, and plain about bad input?"""

import numpy as np
import pytest
import torch

from helpers import activations, costs

F = torch.nn.functional


def one_hot(rng, n, m):
    return np.eye(n)[:, rng.integers(0, n, m)]


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (4, 5)])
def test_cross_entropy_from_A_and_from_Z_agree_with_torch(shape):
    rng = np.random.default_rng()
    Z, Y = rng.normal(scale=3, size=shape), rng.integers(0, 2, shape).astype(float)
    wanted = F.binary_cross_entropy_with_logits(torch.from_numpy(Z), torch.from_numpy(Y), reduction="sum").item()
    wanted /= shape[1]
    assert costs.cross_entropy(activations.sigmoid(Z), Y) == pytest.approx(wanted, rel=1e-10)
    assert costs.cross_entropy_from_Z(Z, Y) == pytest.approx(wanted, rel=1e-12)


def test_softmax_cross_entropy_agrees_with_torch():
    rng = np.random.default_rng()
    Z, Y = rng.normal(scale=3, size=(6, 11)), one_hot(rng, 6, 11)
    wanted = F.cross_entropy(torch.from_numpy(Z.T), torch.from_numpy(Y.T)).item()
    assert costs.softmax_cross_entropy(activations.softmax(Z), Y) == pytest.approx(wanted, rel=1e-12)


def test_squared_error_by_hand():
    assert costs.squared_error(np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]])) == (1 + 4) / 4


def test_hand_computed_cross_entropy():
    A, Y = np.array([[0.5, 0.25]]), np.array([[1.0, 0.0]])
    assert costs.cross_entropy(A, Y) == pytest.approx(-(np.log(0.5) + np.log(0.75)) / 2)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_certain_and_wrong_is_expensive_but_finite(dtype):
    A, Y = np.array([[0, 1]], dtype), np.array([[1, 0]], dtype)
    assert 15 < costs.cross_entropy(A, Y) < 100
    assert costs.cross_entropy(A, 1 - Y) == pytest.approx(0, abs=1e-6)
    assert 80 < costs.softmax_cross_entropy(A.T @ np.ones((1, 1), dtype), np.array([[1], [0]], dtype)) < 100


def test_saturated_Z_costs_what_it_should():
    assert costs.cross_entropy_from_Z(np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]])) == 1000
    assert costs.cross_entropy_from_Z(np.array([[1000.0, -1000.0]]), np.array([[1.0, 0.0]])) == 0


@pytest.mark.parametrize("cost", [costs.cross_entropy, costs.cross_entropy_from_Z, costs.squared_error])
@pytest.mark.parametrize(
    ("A", "Y", "said"),
    [
        (np.full((1, 3), 0.5), np.zeros((1, 4)), r"Y has shape \(1, 4\), but \(n_y, m\) = \(1, 3\)"),
        (np.full((1, 3), 0.5), np.zeros((3, 1)), r"Y.T has that shape"),
        (np.full((1, 3), 0.5), np.zeros(3), r"Y has shape \(3,\).*Y.reshape\(1, -1\)"),
        (np.empty((1, 0)), np.empty((1, 0)), "is empty"),
        (np.full((1, 2), 0.5), np.array([[0, np.nan]]), "Y of shape .* holds nan"),
        (np.array([[0.5, np.nan]]), np.zeros((1, 2)), "of shape .* holds nan"),
        ([[0.5]], np.zeros((1, 1)), "is a list"),
    ],
)
def test_bad_shapes_are_named(cost, A, Y, said):
    with pytest.raises(ValueError, match=said):
        cost(A, Y)


@pytest.mark.parametrize(
    ("cost", "A", "Y", "said"),
    [
        (costs.cross_entropy, np.full((1, 2), 0.5), np.array([[0, 2.0]]), r"Y of shape \(1, 2\) holds 2.0 at \(0, 1\)"),
        (costs.cross_entropy, np.array([[0.5, 1.5]]), np.zeros((1, 2)), "reaches from 0.5 to 1.5"),
        (costs.cross_entropy, np.array([[0, 1]]), np.zeros((1, 2)), "dtype int"),
        (costs.softmax_cross_entropy, np.full((2, 1), 0.5), np.ones((2, 1)), "2 ones in column 0"),
    ],
)
def test_bad_values_are_named(cost, A, Y, said):
    with pytest.raises(ValueError, match=said):
        cost(A, Y)
