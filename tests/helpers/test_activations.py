"""Do the activations and their derivatives agree with PyTorch, with central differences, and stay calm at ±1000?"""

import numpy as np
import pytest
import torch

from helpers import activations
from helpers.activations import ACTIVATIONS

TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda Z: torch.nn.functional.leaky_relu(Z, 0.01),
    "identity": lambda Z: Z * 1,
}
DERIVATIVES = {
    "sigmoid": activations.sigmoid_derivative,
    "tanh": activations.tanh_derivative,
    "relu": activations.relu_derivative,
    "leaky_relu": activations.leaky_relu_derivative,
}
SATURATED = np.array([[-1000.0, -40.0, 0.0, 40.0, 1000.0]])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_agrees_with_torch_forward_and_backward(name):
    Z = np.random.default_rng().normal(scale=4, size=(5, 7))
    Z_torch = torch.from_numpy(Z).requires_grad_()
    A_torch = TORCH[name](Z_torch)
    A_torch.sum().backward()
    A = ACTIVATIONS[name].forward(Z)
    np.testing.assert_allclose(A, A_torch.detach().numpy(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(ACTIVATIONS[name].slope(A), Z_torch.grad.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", DERIVATIVES)
def test_derivative_from_Z_agrees_with_central_differences(name):
    Z = np.random.default_rng().uniform(0.1, 4, (3, 4)) * np.array([[1, -1, 1, -1]])  # away from the kink at 0
    epsilon = 1e-6
    g = ACTIVATIONS[name].forward
    numeric = (g(Z + epsilon) - g(Z - epsilon)) / (2 * epsilon)
    np.testing.assert_allclose(DERIVATIVES[name](Z), numeric, rtol=1e-7, atol=1e-9)


def test_softmax_agrees_with_torch():
    Z = np.random.default_rng().normal(scale=5, size=(10, 6))
    np.testing.assert_allclose(activations.softmax(Z), torch.softmax(torch.from_numpy(Z), 0).numpy(), rtol=1e-12)


@pytest.mark.parametrize("g", [activations.softmax, *(a.forward for a in ACTIVATIONS.values())])
def test_saturated_values_are_finite_and_in_range(g):
    A = g(SATURATED)
    assert np.isfinite(A).all()
    assert np.isfinite(g(SATURATED.T)).all()


def test_sigmoid_keeps_its_small_values():
    # 1 - tanh and the like would round these to 0
    np.testing.assert_allclose(activations.sigmoid(np.array([[-40.0, -300.0]])), np.exp([[-40.0, -300.0]]), rtol=1e-12)


@pytest.mark.parametrize("g", [activations.softmax, *(a.forward for a in ACTIVATIONS.values()), *DERIVATIVES.values()])
def test_float32_stays_float32_and_the_argument_stays(g):
    Z = np.linspace(-3, 3, 12, dtype=np.float32).reshape(3, 4)
    before = Z.copy()
    result = g(Z)
    assert result.dtype == np.float32
    assert result is not Z
    assert not np.shares_memory(result, Z)
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize("g", [activations.softmax, *(a.forward for a in ACTIVATIONS.values())])
@pytest.mark.parametrize(
    ("Z", "said"),
    [
        (np.empty((0, 3)), r"Z has shape \(0, 3\): it is empty"),
        (np.array([[0.0, np.nan]]), r"Z of shape \(1, 2\) holds nan at \(0, 1\)"),
        (np.array([["a"]]), "Z has dtype"),
    ],
)
def test_bad_input_is_named(g, Z, said):
    with pytest.raises(ValueError, match=said):
        g(Z)


def test_scalars_and_integers_are_welcome():
    assert activations.sigmoid(0) == 0.5
    np.testing.assert_array_equal(activations.relu(np.array([[-2, 3]])), [[0, 3]])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_out_receives_the_result(name):
    Z = np.random.default_rng().normal(size=(3, 4))
    A = ACTIVATIONS[name].forward(Z)
    out = np.full_like(Z, np.nan)
    assert ACTIVATIONS[name].forward(Z, out=out) is out
    np.testing.assert_array_equal(out, A)
    slope = np.full_like(Z, np.nan)
    assert ACTIVATIONS[name].slope(A, out=slope) is slope
    np.testing.assert_array_equal(slope, ACTIVATIONS[name].slope(A))
