"""Functions of assignment 06 as a learner may have written them; as text they are a cell of a notebook."""

import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def initialize_deep(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"W{l}"] = rng.standard_normal((layer_sizes[l], layer_sizes[l - 1])) * np.sqrt(
            2 / layer_sizes[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


def model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = sigmoid(Z) if l == L else np.maximum(Z, 0)
    return A, caches


def model_backward(AL, Y, caches):
    dZ, grads, m = AL - Y, {}, Y.shape[1]
    for l in range(len(caches), 0, -1):
        (A_prev, W, _), _ = caches[l - 1]
        grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = (W.T @ dZ) * (caches[l - 2][1] > 0)
    return grads


def update_parameters(parameters, grads, learning_rate):
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}
