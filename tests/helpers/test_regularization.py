"""Are L2 and dropout what their formulas say, and are their gradients those of the cost, measured?"""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import gradient_check, network
from helpers.memory import Memory
from helpers.regularization import dropout_backward, dropout_forward, l2_backward, l2_cost


class Fixed(np.random.Generator):
    """A generator that draws the same numbers at every call: a cost with dropout that can be asked twice."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))
        self.seed = seed

    def random(self, size=None, dtype=np.float64, out=None):
        rows = size[0] if size else 0  # layers of different sizes have masks of their own
        return np.random.default_rng([self.seed, rows]).random(size, dtype, out)


def problem(rng, sizes, m=7, output="sigmoid"):
    X = rng.normal(size=(sizes[0], m))
    parameters = network.initialize(sizes, rng)
    for l in range(1, len(sizes)):
        parameters[f"b{l}"] = rng.normal(size=parameters[f"b{l}"].shape)
    if output == "softmax":
        return X, np.eye(sizes[-1])[:, rng.integers(0, sizes[-1], m)], parameters
    return X, rng.integers(0, 2, (sizes[-1], m)).astype(float), parameters


def test_l2_by_hand():
    parameters = {
        "W1": np.array([[1.0, 2.0]]),
        "b1": np.array([[7.0]]),
        "W2": np.array([[-3.0]]),
        "b2": np.ones((1, 1)),
    }
    assert l2_cost(parameters, 0.5, 10) == pytest.approx(0.5 / 20 * 14)
    grads = {f"d{name}": np.ones_like(value) for name, value in parameters.items()}
    penalized = l2_backward(parameters, grads, 0.5, 10)
    np.testing.assert_allclose(penalized["dW1"], [[1.05, 1.1]])
    np.testing.assert_allclose(penalized["dW2"], [[0.85]])
    np.testing.assert_array_equal(penalized["db1"], [[1.0]])  # biases go free
    np.testing.assert_array_equal(grads["dW1"], [[1.0, 1.0]])


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), depth=st.integers(1, 4))
def test_the_gradient_with_l2_is_that_of_the_penalized_cost(output, seed, depth):
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(2, 5, depth + 1)]
    X, Y, parameters = problem(rng, sizes, output=output)

    def J(p):
        return network.cost(Y, network.forward(X, p, "tanh", output)[1]) + l2_cost(p, 0.7, X.shape[1])

    grads = network.backward(Y, network.forward(X, parameters, "tanh", output)[1])
    numeric = gradient_check.numerical_gradient(J, parameters)
    penalized = l2_backward(parameters, grads, 0.7, X.shape[1])
    assert gradient_check.relative_error(penalized, numeric) < 1e-7
    assert gradient_check.relative_error(grads, numeric) > 1e-4  # the check sees the penalty


def test_l2_in_place_gives_the_same():
    rng = np.random.default_rng()
    parameters = network.initialize([3, 4, 2], rng)
    grads = {f"d{name}": rng.normal(size=value.shape) for name, value in parameters.items()}
    expected, memory = l2_backward(parameters, grads, 0.3, 5), Memory(np.float64)
    for name, grad in grads.items():
        memory[int(name[2:])][name[:2], grad.shape] = grad
    l2_backward(parameters, grads, 0.3, 5, memory)
    for name, value in expected.items():
        np.testing.assert_array_equal(grads[name], value)


def test_dropout_keeps_what_it_says_and_the_expected_value():
    """250,000 entries, kept with 0.8: a share of 0.8 ± 0.0008, and a mean of 1 ± 0.001."""
    A = np.ones((500, 500))
    dropped, mask = dropout_forward(A, 0.8, np.random.default_rng(1))
    assert set(np.unique(mask)) == {0.0, 1 / 0.8}
    np.testing.assert_array_equal(dropped, mask)
    assert (mask > 0).mean() == pytest.approx(0.8, abs=5 * 0.0008)
    assert dropped.mean() == pytest.approx(1, abs=5 * 0.001)
    assert (mask[0] != mask[1]).any()
    assert (mask[:, 0] != mask[:, 1]).any()  # another mask for each example


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dropout_by_hand_with_its_own_mask(dtype):
    rng = np.random.default_rng()
    A, dA = rng.normal(size=(2, 5, 8)).astype(dtype)
    before = A.copy()
    dropped, mask = dropout_forward(A, 0.5, rng)
    np.testing.assert_array_equal(dropped, np.where(mask > 0, 2 * A, 0))
    np.testing.assert_array_equal(dropout_backward(dA, mask), np.where(mask > 0, 2 * dA, 0))
    np.testing.assert_array_equal(A, before)
    assert dropped.dtype == mask.dtype == dropout_backward(dA, mask).dtype == dtype


def test_keeping_all_changes_nothing():
    A = np.random.default_rng().normal(size=(3, 4))
    np.testing.assert_array_equal(dropout_forward(A, 1, np.random.default_rng())[0], A)


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid", "leaky_relu"])
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), depth=st.integers(2, 4))
def test_the_gradient_with_dropout_is_that_of_the_thinned_network(hidden, seed, depth):
    rng = np.random.default_rng(seed)
    sizes = [3, *(int(n) for n in rng.choice([3, 4, 5, 6], depth - 1, replace=False)), 1]
    X, Y, parameters = problem(rng, sizes)

    def caches_of(p):
        return network.forward(X, p, hidden, keep_prob=0.6, rng=Fixed(seed))[1]

    caches = caches_of(parameters)
    if hidden in ("relu", "leaky_relu") and min(np.abs(cache.Z).min() for cache in caches[:-1]) < 1e-3:
        return  # at a kink there is nothing to measure
    numeric = gradient_check.numerical_gradient(lambda p: network.cost(Y, caches_of(p)), parameters)
    grads = network.backward(Y, caches)
    size = max(np.abs(value).max() for value in numeric.values())
    for name, value in numeric.items():
        np.testing.assert_allclose(grads[name], value, atol=1e-7 * max(size, 1e-2))


def test_the_thinned_network_agrees_with_pytorch():
    rng = np.random.default_rng()
    X, Y, parameters = problem(rng, [4, 6, 5, 1])
    _, caches = network.forward(X, parameters, "tanh", keep_prob=0.7, rng=rng)
    grads = network.backward(Y, caches)
    p = {name: torch.from_numpy(value.copy()).requires_grad_() for name, value in parameters.items()}
    A = torch.from_numpy(X)
    for l in (1, 2):
        A = torch.tanh(p[f"W{l}"] @ A + p[f"b{l}"]) * torch.from_numpy(caches[l - 1].mask)
    Z = p["W3"] @ A + p["b3"]
    torch.nn.functional.binary_cross_entropy_with_logits(Z, torch.from_numpy(Y)).backward()
    for name, tensor in p.items():
        np.testing.assert_allclose(grads[f"d{name}"], tensor.grad.numpy(), rtol=1e-10, atol=1e-13)


def test_the_output_layer_and_the_input_are_never_dropped():
    rng = np.random.default_rng()
    X, _, parameters = problem(rng, [4, 6, 2])
    _, caches = network.forward(X, parameters, keep_prob=0.5, rng=rng)
    assert caches[0].mask is not None
    assert caches[1].mask is None
    assert caches[0].A_prev is X
    single = network.initialize([4, 1], rng)
    np.testing.assert_array_equal(network.forward(X, single, keep_prob=0.5, rng=rng)[0], network.forward(X, single)[0])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda p, g: l2_cost(p, -0.1, 5), "l2 is -0.1, but a finite number of at least 0"),
        (lambda p, g: l2_cost(p, float("nan"), 5), "l2 is nan"),
        (lambda p, g: l2_cost(p, 0.1, 0), "m is 0"),
        (lambda p, g: l2_backward(p | {"b1": np.ones((3, 2))}, g, 0.1, 5), "b1 has shape"),
        (lambda p, g: l2_backward(p, {"dW1": g["dW1"]}, 0.1, 5), "grads has no db1"),
        (
            lambda p, g: dropout_forward(np.ones((2, 2)), 0, np.random.default_rng()),
            "keep_prob is 0, but a number above 0",
        ),
        (lambda p, g: dropout_forward(np.ones((2, 2)), 1.5, np.random.default_rng()), "keep_prob is 1.5"),
        (lambda p, g: dropout_forward(np.ones((2, 2)), 0.5, None), "rng is None, but units are dropped at random"),
        (lambda p, g: dropout_forward(np.ones(2), 0.5, np.random.default_rng()), "A has shape"),
        (lambda p, g: dropout_backward(np.ones((2, 2)), np.ones((2, 3))), r"dA has shape \(2, 2\)"),
        (lambda p, g: network.forward(np.ones((2, 2)), p, keep_prob=0.5), "rng is None"),
        (
            lambda p, g: network.forward(np.ones((2, 2)), p, keep_prob=-1, rng=np.random.default_rng()),
            "keep_prob is -1",
        ),
    ],
)
def test_bad_input_is_named(call, said):
    parameters = network.initialize([2, 3, 1], np.random.default_rng())
    with pytest.raises(ValueError, match=said):
        call(parameters, {f"d{name}": value for name, value in parameters.items()})
