"""Does one layer go forward as written, and backward as central differences say?"""

import numpy as np
import pytest

from helpers import layers
from helpers.activations import ACTIVATIONS
from helpers.gradient_check import numerical_gradient, relative_error


def random_layer(rng, n_prev=3, n=4, m=5, dtype=np.float64):
    A_prev, W, b = rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), rng.normal(size=(n, 1))
    return A_prev.astype(dtype), W.astype(dtype), b.astype(dtype)


def test_linear_forward_by_hand():
    Z = layers.linear_forward(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0, 1.0]]), np.array([[0.5]]))
    np.testing.assert_array_equal(Z, [[13.5, 24.5]])


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("m", [1, 6])
def test_every_gradient_agrees_with_central_differences(activation, m):
    rng = np.random.default_rng()
    while True:  # a difference quotient over the kink of ReLU says nothing, so no Z may lie next to it
        A_prev, W, b = random_layer(rng, m=m)
        if np.abs(layers.linear_forward(A_prev, W, b)).min() > 1e-3:
            break
    weights = rng.normal(size=(4, m))  # any loss will do: this one is linear in A, so that dA is known

    def mean_loss(p):
        return (weights * layers.layer_forward(p["A"], p["W"], p["b"], activation)[0]).sum() / m

    _, cache = layers.layer_forward(A_prev, W, b, activation)
    dZ = layers.activation_backward(weights, cache)
    dW, db = layers.linear_backward(dZ, cache)
    dA_prev = layers.input_backward(dZ, cache)
    numeric = numerical_gradient(mean_loss, {"A": A_prev, "W": W, "b": b})
    assert relative_error({"dA": dA_prev / m, "dW": dW, "db": db}, numeric) < 1e-7


def test_float32_stays_and_no_argument_changes():
    A_prev, W, b = random_layer(np.random.default_rng(), dtype=np.float32)
    before = A_prev.copy(), W.copy(), b.copy()
    A, cache = layers.layer_forward(A_prev, W, b, "relu")
    dA = np.ones_like(A)
    dZ = layers.activation_backward(dA, cache)
    results = A, dZ, *layers.linear_backward(dZ, cache), layers.input_backward(dZ, cache)
    assert {r.dtype for r in results} == {np.dtype(np.float32)}
    for now, then in zip((A_prev, W, b, dA), (*before, np.ones_like(A)), strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"A_prev": np.ones((2, 5))}, r"A_prev has shape \(2, 5\), but \(n\[l-1\], m\) = \(3, any\)"),
        ({"A_prev": np.ones(3)}, r"A_prev has shape \(3,\)"),
        ({"b": np.ones((1, 4))}, "b.T has that shape"),
        ({"W": np.full((4, 3), np.inf)}, r"W of shape \(4, 3\) holds inf at \(0, 0\) \(12 such"),
        ({"activation": "swish"}, "activation is 'swish', but one of 'sigmoid'"),
    ],
)
def test_bad_input_is_named(change, said):
    A_prev, W, b = random_layer(np.random.default_rng())
    with pytest.raises(ValueError, match=said):
        layers.layer_forward(**({"A_prev": A_prev, "W": W, "b": b, "activation": "relu"} | change))


def test_bad_derivatives_are_named():
    A, cache = layers.layer_forward(*random_layer(np.random.default_rng()), "relu")
    for backward, name in [
        (layers.activation_backward, "dA"),
        (layers.linear_backward, "dZ"),
        (layers.input_backward, "dZ"),
    ]:
        with pytest.raises(ValueError, match=rf"{name} has shape \(5, 4\), but \(n\[l\], m\) = \(4, 5\)"):
            backward(A.T, cache)


def test_softmax_has_no_derivative_entry_by_entry():
    A, cache = layers.layer_forward(*random_layer(np.random.default_rng()), "softmax")
    with pytest.raises(ValueError, match="activation is 'softmax'"):
        layers.activation_backward(A, cache)
