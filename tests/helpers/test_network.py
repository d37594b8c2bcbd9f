"""Are forward pass, cost and gradients right at every depth, by central differences and by PyTorch?"""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import activations, network
from helpers.activations import ACTIVATIONS
from helpers.gradient_check import numerical_gradient, relative_error
from helpers.memory import Memory

F = torch.nn.functional
TORCH_HIDDEN = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda Z: F.leaky_relu(Z, 0.01),
    "identity": lambda Z: Z,
}


def labels(rng, output, n_y, m):
    if output == "softmax":
        return np.eye(n_y)[:, rng.integers(0, n_y, m)]
    return rng.normal(size=(n_y, m)) if output == "identity" else rng.integers(0, 2, (n_y, m)).astype(float)


@st.composite
def networks(draw):
    """A random network of depth 1 to 6 with biases that are not zero, and a data set for it."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=7))
    hidden, output = draw(st.sampled_from(list(ACTIVATIONS))), draw(st.sampled_from(network.OUTPUTS))
    m = draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    parameters = network.initialize(sizes, rng, scale="xavier")
    parameters |= {name: rng.normal(scale=0.5, size=b.shape) for name, b in parameters.items() if name[0] == "b"}
    return rng.normal(size=(sizes[0], m)), labels(rng, output, sizes[-1], m), parameters, hidden, output


@settings(max_examples=150, deadline=None)
@given(networks())
def test_gradients_agree_with_central_differences(net):
    X, Y, parameters, hidden, output = net
    _, caches = network.forward(X, parameters, hidden, output)
    # Over a kink a difference quotient says nothing about the derivative.
    assume(hidden not in ("relu", "leaky_relu") or min(np.abs(c.Z).min() for c in caches) > 1e-3)
    grads = network.backward(Y, caches)
    numeric = numerical_gradient(lambda p: network.cost(Y, network.forward(X, p, hidden, output)[1]), parameters)
    assert max(np.abs(g).max() for g in grads.values()) < 1e-9 or relative_error(grads, numeric) < 1e-7


@settings(max_examples=100, deadline=None)
@given(networks())
def test_forward_cost_and_gradients_agree_with_torch(net):
    X, Y, parameters, hidden, output = net
    A_L, caches = network.forward(X, parameters, hidden, output)
    grads = network.backward(Y, caches)

    p = {name: torch.from_numpy(value.copy()).requires_grad_() for name, value in parameters.items()}
    A, L = torch.from_numpy(X), len(p) // 2
    for l in range(1, L + 1):
        Z = p[f"W{l}"] @ A + p[f"b{l}"]
        A = TORCH_HIDDEN[hidden](Z) if l < L else Z
    Y_torch = torch.from_numpy(Y)
    if output == "sigmoid":
        J = F.binary_cross_entropy_with_logits(Z, Y_torch, reduction="sum") / Y.shape[1]
        A = torch.sigmoid(Z)
    elif output == "softmax":
        J, A = F.cross_entropy(Z.T, Y_torch.T), torch.softmax(Z, 0)
    else:
        J = ((Z - Y_torch) ** 2).sum() / (2 * Y.shape[1])
    J.backward()
    np.testing.assert_allclose(A_L, A.detach().numpy(), rtol=1e-10, atol=1e-12)
    assert network.cost(Y, caches) == pytest.approx(J.item(), rel=1e-10, abs=1e-12)
    for name, value in p.items():
        np.testing.assert_allclose(grads[f"d{name}"], value.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_a_neuron_is_the_network_of_one_layer():
    rng = np.random.default_rng()
    X, W, b = rng.normal(size=(3, 8)), rng.normal(size=(1, 3)), rng.normal(size=(1, 1))
    A, _ = network.forward(X, {"W1": W, "b1": b})
    np.testing.assert_array_equal(A, activations.sigmoid(W @ X + b))


@pytest.mark.parametrize("output", network.OUTPUTS)
def test_memory_changes_no_digit(output):
    rng = np.random.default_rng()
    X, Y = rng.normal(size=(4, 6)), labels(rng, output, 3, 6)
    parameters = network.initialize([4, 5, 5, 3], rng)
    memory = Memory(np.float64)
    for _ in range(2):
        A, caches = network.forward(X, parameters, "tanh", output)
        A_again, caches_again = network.forward(X, parameters, "tanh", output, memory)
        np.testing.assert_array_equal(A, A_again)
        assert network.cost(Y, caches) == network.cost(Y, caches_again, memory)
        grads, grads_again = network.backward(Y, caches), network.backward(Y, caches_again, memory)
        for name, grad in grads.items():
            np.testing.assert_array_equal(grad, grads_again[name])
        parameters = network.initialize([4, 5, 5, 3], rng)


def test_no_argument_changes_and_float32_stays():
    rng = np.random.default_rng()
    X, Y = rng.normal(size=(4, 6)).astype(np.float32), rng.integers(0, 2, (1, 6)).astype(np.float32)
    parameters = network.initialize([4, 3, 1], rng, dtype=np.float32)
    before = X.copy(), Y.copy(), {name: value.copy() for name, value in parameters.items()}
    A, caches = network.forward(X, parameters)
    grads = network.backward(Y, caches)
    assert {A.dtype, *(g.dtype for g in grads.values())} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(Y, before[1])
    for name, value in before[2].items():
        np.testing.assert_array_equal(parameters[name], value)


@pytest.mark.parametrize(("scale", "deviation"), [("he", np.sqrt(2 / 400)), ("xavier", np.sqrt(1 / 400)), (0.01, 0.01)])
def test_start_values_have_their_deviation(scale, deviation):
    parameters = network.initialize([400, 300, 1], np.random.default_rng(), scale=scale)
    assert parameters["W1"].shape == (300, 400)
    assert parameters["b2"].shape == (1, 1)
    # 120 000 draws: the standard deviation of their deviation is 0.2 %, so 2 % is ten of them
    assert parameters["W1"].std() == pytest.approx(deviation, rel=0.02)
    assert abs(parameters["W1"].mean()) < 10 * deviation / np.sqrt(120_000)
    assert not parameters["b1"].any()


def test_zeros_and_seeds():
    assert not network.initialize([3, 2], np.random.default_rng(), scale="zeros")["W1"].any()
    a, b = (network.initialize([3, 2], np.random.default_rng(5))["W1"] for _ in range(2))
    np.testing.assert_array_equal(a, b)


def test_classify():
    X = np.array([[-1.0, 0.0, 1.0]])
    parameters = {"W1": np.array([[2.0]]), "b1": np.zeros((1, 1))}
    np.testing.assert_array_equal(network.classify(X, parameters), [[0, 0, 1]])
    three = {"W1": np.array([[-1.0], [0.0], [1.0]]), "b1": np.array([[0.0], [0.5], [0.0]])}
    np.testing.assert_array_equal(network.classify(X, three, output="softmax"), [[0, 1, 2]])
    with pytest.raises(ValueError, match="output is 'identity'"):
        network.classify(X, parameters, output="identity")


GOOD = {"W1": np.ones((2, 3)), "b1": np.zeros((2, 1)), "W2": np.ones((1, 2)), "b2": np.zeros((1, 1))}


@pytest.mark.parametrize(
    ("X", "parameters", "options", "said"),
    [
        (np.ones((2, 5)), GOOD, {}, r"W1 has shape \(2, 3\), but \(n1, n_x\) = \(any, 2\)"),
        (np.ones(3), GOOD, {}, r"X has shape \(3,\), but two axes"),
        (np.empty((3, 0)), GOOD, {}, r"X has shape \(3, 0\): it is empty"),
        (np.full((3, 2), np.nan), GOOD, {}, r"X of shape \(3, 2\) holds nan"),
        (np.ones((3, 2)), GOOD | {"W2": np.ones((1, 3))}, {}, r"W2 has shape \(1, 3\), but \(n2, n1\) = \(any, 2\)"),
        (np.ones((3, 2)), GOOD | {"b2": np.zeros(1)}, {}, r"b2 has shape \(1,\)"),
        (np.ones((3, 2)), {"W1": np.ones((1, 3))}, {}, "parameters has the names"),
        (np.ones((3, 2)), {"W1": GOOD["W1"], "b1": GOOD["b1"], "W3": 0, "b3": 0}, {}, "without a gap"),
        (np.ones((3, 2)), {}, {}, "parameters is empty"),
        (np.ones((3, 2)), GOOD | {"W1": np.ones((2, 3), int)}, {}, "W1 has dtype int64"),
        (np.ones((3, 2)), GOOD, {"hidden": "swish"}, "hidden is 'swish'"),
        (np.ones((3, 2)), GOOD, {"output": "relu"}, "output is 'relu'"),
    ],
)
def test_bad_input_is_named(X, parameters, options, said):
    with pytest.raises(ValueError, match=said):
        network.forward(X, parameters, **options)


@pytest.mark.parametrize(
    ("Y", "output", "said"),
    [
        (np.zeros((1, 4)), "sigmoid", r"Y has shape \(1, 4\), but \(n_y, m\) = \(1, 2\)"),
        (np.array([[0.0, 3.0]]), "sigmoid", r"Y of shape \(1, 2\) holds 3.0 at \(0, 1\)"),
        (np.array([[0.0, 1.0]]), "softmax", "Y of shape .* has 0 ones in column 0"),
        (np.array([[np.nan, 1.0]]), "identity", "holds nan"),
    ],
)
def test_bad_labels_are_named(Y, output, said):
    _, caches = network.forward(np.ones((3, 2)), GOOD, output=output)
    for function in (network.cost, network.backward):
        with pytest.raises(ValueError, match=said):
            function(Y, caches)


@pytest.mark.parametrize(
    ("sizes", "scale", "said"),
    [
        ([3], "he", "layer_sizes is"),
        ([3, 0], "he", r"layer_sizes\[1\] is 0"),
        ([3, 2.5], "he", r"layer_sizes\[1\] is 2.5"),
        ([3, 1], "hee", "scale is 'hee'"),
        ([3, 1], -1.0, "scale is -1.0"),
    ],
)
def test_bad_sizes_are_named(sizes, scale, said):
    with pytest.raises(ValueError, match=said):
        network.initialize(sizes, np.random.default_rng(), scale=scale)
