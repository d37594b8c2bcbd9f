"""A network of any depth: the layer of layers.py, L times over, forward and backward.

parameters = {"W1", "b1", …, "WL", "bL"}; a single neuron is the network with L = 1. Layers 1 to L − 1 use the hidden
activation, layer L the output activation. Each output belongs with one cost: sigmoid with cross-entropy, softmax with
its cross-entropy, identity with the squared error; for all three dZ[L] = A[L] − Y, and no other pair is offered.
"""

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.costs import cross_entropy_from_Z, softmax_cross_entropy, squared_error
from helpers.layers import Cache, activation_backward, input_backward, layer_forward, linear_backward
from helpers.memory import FRESH, Fresh, Memory
from helpers.regularization import dropout_backward, dropout_forward
from helpers.validation import (
    check_choice,
    check_count,
    check_labels,
    check_matrix,
    check_parameters,
    check_positive,
    check_probability,
)

Parameters = dict[str, np.ndarray]
OUTPUTS = ("sigmoid", "softmax", "identity")
SCALES = ("he", "xavier", "zeros")


def initialize(
    layer_sizes: list[int], rng: np.random.Generator, scale: str | float = "he", dtype: type = np.float64
) -> Parameters:
    """Start values: W[l] normal with mean 0 and a standard deviation by `scale`, b[l] zero.

    layer_sizes = [n_x, n[1], …, n[L]]. scale "he": √(2/n[l-1]) (He et al. 2015, for ReLU); "xavier": √(1/n[l-1])
    (LeCun et al. 1998; the form of Glorot and Bengio 2010 that looks at inputs alone); "zeros": 0; a number: that
    standard deviation itself. ValueError for fewer than two sizes, a size below 1, an unknown scale or a
    number that is not above 0.
    """
    if len(layer_sizes) < 2:
        raise ValueError(f"layer_sizes is {layer_sizes!r}, but at least two are needed: [n_x, …, n_y].")
    for l, n in enumerate(layer_sizes):
        check_count(f"layer_sizes[{l}]", n)
    if isinstance(scale, str):
        check_choice("scale", scale, SCALES)
    else:
        check_positive("scale", scale)
    parameters = {}
    for l in range(1, len(layer_sizes)):
        n, n_prev = layer_sizes[l], layer_sizes[l - 1]
        deviation = {"he": np.sqrt(2 / n_prev), "xavier": np.sqrt(1 / n_prev), "zeros": 0.0}.get(scale, scale)
        parameters[f"W{l}"] = (rng.standard_normal((n, n_prev)) * deviation).astype(dtype)
        parameters[f"b{l}"] = np.zeros((n, 1), dtype)
    return parameters


def forward(
    X: np.ndarray,
    parameters: Parameters,
    hidden: str = "relu",
    output: str = "sigmoid",
    memory: Memory | Fresh = FRESH,
    *,
    keep_prob: float = 1.0,
    rng: np.random.Generator | None = None,
) -> tuple[np.ndarray, list[Cache]]:
    """A[l] = g(W[l] A[l-1] + b[l]) for l = 1..L, from A[0] = X (n_x, m) to A[L] (n_y, m).

    Returns A[L] and the caches of the layers, in order. With keep_prob below 1 the units of the hidden layers are
    dropped at random, drawn by rng, for training only. ValueError where shapes do not chain, numbers are not finite, an
    activation is unknown, or keep_prob or rng does not fit.
    """
    if memory is FRESH:
        check_choice("hidden", hidden, tuple(ACTIVATIONS))
        check_choice("output", output, OUTPUTS)
        check_probability("keep_prob", keep_prob)
        check_matrix("X", X, wanted="(n_x, m)")
        check_parameters(parameters, n_x=X.shape[0])
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        activation = output if l == L else hidden
        A, cache = layer_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], activation, memory[l])
        if keep_prob != 1 and l < L:
            A, mask = dropout_forward(A, keep_prob, rng, memory[l])
            cache = cache._replace(mask=mask)
        caches.append(cache)
    return A, caches


def cost(Y: np.ndarray, caches: list[Cache], memory: Memory | Fresh = FRESH) -> float:
    """J, the mean loss over the m examples, with the cost that belongs to the output.

    Y (n_y, m). Finite and without a warning even where the output is saturated. ValueError where Y does not fit.
    """
    last = caches[-1]
    if last.activation == "sigmoid":
        return cross_entropy_from_Z(last.Z, Y, memory)
    if last.activation == "softmax":
        return softmax_cross_entropy(last.A, Y, memory)
    return squared_error(last.A, Y, memory)


def backward(Y: np.ndarray, caches: list[Cache], memory: Memory | Fresh = FRESH) -> Parameters:
    """grads = {"dW1", "db1", …, "dWL", "dbL"}, each of its parameter's shape, from the last layer to the first.

    Starts from dZ[L] = A[L] − Y; the gradient with respect to X is nobody's need and is not computed.
    """
    L, last = len(caches), caches[-1]
    if memory is FRESH:
        check_labels(Y, *last.A.shape, output=last.activation)
    dZ = np.subtract(last.A, Y, out=memory[L]["dZ", last.A.shape])
    grads = {}
    for l in range(L, 0, -1):
        cache = caches[l - 1]
        if l < L:
            dA = input_backward(dZ, caches[l], memory[l + 1])
            if cache.mask is not None:
                dA = dropout_backward(dA, cache.mask, memory[l])
            dZ = activation_backward(dA, cache, memory[l])
        grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, cache, memory[l])
    return grads


def predict(X: np.ndarray, parameters: Parameters, hidden: str = "relu", output: str = "sigmoid") -> np.ndarray:
    """A[L] (n_y, m): the probabilities (or values) the network answers with."""
    return forward(X, parameters, hidden, output)[0]


def classify(X: np.ndarray, parameters: Parameters, hidden: str = "relu", output: str = "sigmoid") -> np.ndarray:
    """Labels (1, m) as integers: 1 where a sigmoid output is above 1/2, the likeliest class of a softmax output."""
    check_choice("output", output, ("sigmoid", "softmax"))
    A = predict(X, parameters, hidden, output)
    if output == "softmax":
        return A.argmax(axis=0, keepdims=True)
    return (A > 0.5).astype(int)
