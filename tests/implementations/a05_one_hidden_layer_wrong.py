"""Wrong answers to assignment 05, written as learners write them; each must fail, for the cause named."""

import copy
import math

import numpy as np

from benchmarks.corpus import wrong

# What a right solution of the other parts looks like, for those that build on them.


def sig(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def two_layers(X, parameters):
    A1 = np.tanh(np.dot(parameters["W1"], X) + parameters["b1"])
    return A1, sig(np.dot(parameters["W2"], A1) + parameters["b2"])


def mean_loss(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return float(np.mean(np.where(Y == 1, -np.log(a), -np.log(1 - a))))


# layer_shapes


@wrong("05-layer-shapes", cause="weights-transposed")
def _(n_x, n_1, n_y):
    n = [n_x, n_1, n_y]
    shapes = {}
    for l in (1, 2):
        shapes[f"W{l}"] = (n[l - 1], n[l])
        shapes[f"b{l}"] = (n[l], 1)
    return shapes


@wrong("05-layer-shapes", cause="biases-of-one-axis")
def _(n_x, n_1, n_y):
    return {"W1": (n_1, n_x), "b1": (n_1,), "W2": (n_y, n_1), "b2": (n_y,)}


@wrong("05-layer-shapes", cause="biases-as-rows")
def _(n_x, n_1, n_y):
    return {"W1": [n_1, n_x], "b1": [1, n_1], "W2": [n_y, n_1], "b2": [1, n_y]}


@wrong("05-layer-shapes", cause="one-output")
def _(n_x, n_1, n_y):
    return {"W1": (n_1, n_x), "b1": (n_1, 1), "W2": (1, n_1), "b2": (1, 1)}


@wrong("05-layer-shapes", cause=("constant-answer", "only-visible-example"))
def _(n_x, n_1, n_y):
    return {"W1": (4, 2), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)}


@wrong("05-layer-shapes", cause="missing-key")
def _(n_x, n_1, n_y):
    return {"W1": (n_1, n_x), "W2": (n_y, n_1)}


@wrong("05-layer-shapes", cause="output-reads-the-features")
def _(n_x, n_1, n_y):
    hidden, output = (n_1, n_x), (n_y, n_x)
    return {"W1": hidden, "b1": (hidden[0], 1), "W2": output, "b2": (output[0], 1)}


# initialize_hidden


@wrong("05-initialize-hidden", cause="zeros-for-weights")
def _(n_x, n_1, n_y, rng):
    n, parameters = (n_x, n_1, n_y), {}
    for l in range(1, 3):
        parameters["W" + str(l)] = np.zeros((n[l], n[l - 1]))
        parameters["b" + str(l)] = np.zeros((n[l], 1))
    return parameters


@wrong("05-initialize-hidden", cause=("not-small", "scaled"))
def _(n_x, n_1, n_y, rng):
    W1, W2 = rng.normal(size=(n_1, n_x)), rng.normal(size=(n_y, n_1))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="not-small")
def _(n_x, n_1, n_y, rng):
    W2 = rng.normal(0, 0.5, size=(n_y, n_1))  # another order of the draws, another scale
    W1 = rng.normal(0, 0.5, size=(n_1, n_x))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="never-negative")
def _(n_x, n_1, n_y, rng):
    W2 = rng.uniform(0, 0.02, (n_y, n_1))
    W1 = rng.uniform(0, 0.02, (n_1, n_x))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause=("different-each-call", "own-seed"))
def _(n_x, n_1, n_y, rng):
    W1 = np.random.randn(n_1, n_x) * 0.01  # noqa: NPY002
    W2 = np.random.randn(n_y, n_1) * 0.01  # noqa: NPY002
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="own-seed")
def _(n_x, n_1, n_y, rng):
    own = np.random.default_rng(3)
    W1 = own.normal(size=(n_1, n_x)) * 0.01
    W2 = own.normal(size=(n_y, n_1)) * 0.01
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="bias-not-zero")
def _(n_x, n_1, n_y, rng):
    draw = lambda rows, columns: rng.normal(0, 0.01, size=(rows, columns))  # noqa: E731
    return {"W1": draw(n_1, n_x), "b1": draw(n_1, 1), "W2": draw(n_y, n_1), "b2": draw(n_y, 1)}


@wrong("05-initialize-hidden", cause="units-alike")
def _(n_x, n_1, n_y, rng):
    row = 0.01 * rng.standard_normal((1, n_x))
    W1 = np.vstack([row for _ in range(n_1)])
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": 0.01 * rng.normal(size=(n_y, n_1)), "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="transposed")
def _(n_x, n_1, n_y, rng):
    W1 = 0.01 * rng.standard_normal((n_x, n_1))
    W2 = 0.01 * rng.standard_normal((n_1, n_y))
    return {"W1": W1, "b1": np.zeros((1, n_1)), "W2": W2, "b2": np.zeros((1, n_y))}


@wrong("05-initialize-hidden", cause="layers-alike")
def _(n_x, n_1, n_y, rng):
    seed = int(rng.integers(1000))
    W1 = 0.01 * np.random.default_rng(seed).standard_normal((n_1, n_x))
    W2 = 0.01 * np.random.default_rng(seed).standard_normal((n_y, n_1))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="rank-one")
def _(n_x, n_1, n_y, rng):
    W1, W2 = 0.01 * rng.standard_normal((n_1, n_x)), 0.01 * rng.standard_normal((n_y, n_1))
    return {"W1": W1, "b1": np.zeros(n_1), "W2": W2, "b2": np.zeros(n_y)}


@wrong("05-initialize-hidden", cause="whole-numbers-drawn")
def _(n_x, n_1, n_y, rng):
    W1, W2 = 0.01 * rng.integers(-5, 6, (n_1, n_x)), 0.01 * rng.integers(-5, 6, (n_y, n_1))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="unknown-attribute")
def _(n_x, n_1, n_y, rng):
    W1, W2 = 0.01 * rng.randn(n_1, n_x), 0.01 * rng.randn(n_y, n_1)
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# tanh_forward


@wrong("05-tanh-forward", cause="overflow")
def _(Z):
    up, down = np.exp(Z), 1 / np.exp(Z)
    return (up - down) / (up + down)


@wrong("05-tanh-forward", cause="overflow-in-one-direction")
def _(Z):
    square = np.exp(Z) ** 2
    return np.divide(square - 1, square + 1)


@wrong("05-tanh-forward", cause="forgot-to-double")
def _(Z):
    return 2 * sig(Z) - 1


@wrong("05-tanh-forward", cause="forgot-to-stretch")
def _(Z):
    return sig(Z + Z)


@wrong("05-tanh-forward", cause="sigmoid-for-tanh")
def _(Z):
    return 0.5 * (1 + np.tanh(0.5 * Z))


@wrong("05-tanh-forward", cause="sign-lost")
def _(Z):
    e = np.exp(-2 * np.abs(Z))
    return (1 - e) / (1 + e)  # the sign of Z is never put back


@wrong("05-tanh-forward", cause="sign-flipped")
def _(Z):
    e = np.exp(-2 * np.abs(Z))
    return np.where(Z > 0, -1, 1) * (1 - e) / (1 + e)


@wrong("05-tanh-forward", cause=("shapes-do-not-fit", "raises-error"))
def _(Z):
    return math.tanh(Z)


@wrong("05-tanh-forward", cause="rank-one")
def _(Z):
    return np.array([math.tanh(z) for row in Z for z in row])


@wrong("05-tanh-forward", cause="list-for-array")
def _(Z):
    return [[math.tanh(z) for z in row] for row in Z]


@wrong("05-tanh-forward", cause="mutated-argument")
def _(Z):
    return np.tanh(Z, out=Z)


@wrong("05-tanh-forward", cause="rounded")
def _(Z):
    return np.round(np.tanh(Z), 3)


# tanh_backward


@wrong("05-tanh-backward", cause="forgot-square")
def _(dA, A):
    return np.multiply(dA, np.subtract(1, A))


@wrong("05-tanh-backward", cause="tanh-applied-again")
def _(dA, A):
    return dA / np.cosh(A) ** 2


@wrong("05-tanh-backward", cause="sigmoid-derivative")
def _(dA, A):
    return dA * A - dA * A * A


@wrong("05-tanh-backward", cause="forgot-da")
def _(dA, A):
    dZ = np.zeros_like(A)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            dZ[i, j] = (1 - A[i, j]) * (1 + A[i, j])
    return dZ


@wrong("05-tanh-backward", cause="only-first-unit")
def _(dA, A):
    dZ = np.zeros_like(A)
    for j in range(A.shape[1]):
        dZ[0, j] = dA[0, j] * (1 - A[0, j] ** 2)  # the other units stay zero
    return dZ


@wrong("05-tanh-backward", cause="divided-by-m")
def _(dA, A):
    return dA * (1 - A * A) / A.shape[1]


@wrong("05-tanh-backward", cause="sign-flipped")
def _(dA, A):
    return dA * (A**2 - 1)


@wrong("05-tanh-backward", cause="shapes-do-not-fit")
def _(dA, A):
    return np.dot(dA, 1 - A**2)


@wrong("05-tanh-backward", cause="brackets-missing")
def _(dA, A):
    return dA - np.square(A)


@wrong("05-tanh-backward", cause="summed-over-examples")
def _(dA, A):
    return np.sum(dA * (1 - A**2), axis=1, keepdims=True)


@wrong("05-tanh-backward", cause=None)
def _(dA, A):
    return np.where(np.abs(A) > 0.99, 0, dA * (1 - A * A))  # saturated


# hidden_forward


def packed(Z1, A1, Z2, A2):
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


@wrong("05-hidden-forward", cause="relu-in-hidden-layer")
def _(X, parameters):
    Z1 = parameters["W1"].dot(X) + parameters["b1"]
    A1 = Z1 * (Z1 > 0)
    Z2 = parameters["W2"].dot(A1) + parameters["b2"]
    return packed(Z1, A1, Z2, sig(Z2))


@wrong("05-hidden-forward", cause="tanh-in-output")
def _(X, parameters):
    Z1 = parameters["W1"].dot(X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"].dot(A1) + parameters["b2"]
    return packed(Z1, A1, Z2, 1 - 2 / (np.exp(2 * Z2) + 1))


@wrong("05-hidden-forward", cause="output-reads-z1")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.einsum("oi,ij->oj", parameters["W2"], Z1) + parameters["b2"]
    return packed(Z1, A1, Z2, sig(Z2))


@wrong("05-hidden-forward", cause="forgot-bias-2")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = sum(parameters["W2"][0, i] * A1[i : i + 1] for i in range(len(A1)))
    return packed(Z1, A1, Z2, sig(Z2))


@wrong("05-hidden-forward", cause="cached-a1-for-z1")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    np.tanh(Z1, out=Z1)  # in place: the sums are gone
    A1 = Z1
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return packed(Z1, A1, Z2, sig(Z2))


@wrong("05-hidden-forward", cause="order-swapped")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    Z2 = parameters["W2"] @ np.tanh(Z1) + parameters["b2"]
    return packed(Z1, np.tanh(Z1), Z2, sig(Z2))[::-1]


@wrong("05-hidden-forward", cause="only-first-part")
def _(X, parameters):
    return two_layers(X, parameters)[1]


@wrong("05-hidden-forward", cause="cache-without-names")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    cache = (Z1, A1, Z2, sig(Z2))
    return sig(Z2), cache


@wrong("05-hidden-forward", cause="cache-incomplete")
def _(X, parameters):
    A1, A2 = two_layers(X, parameters)
    return A2, {"A1": A1, "A2": A2}


@wrong("05-hidden-forward", cause="overflow")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = (np.exp(Z1) - 1 / np.exp(Z1)) / (np.exp(Z1) + 1 / np.exp(Z1))
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return packed(Z1, A1, Z2, sig(Z2))


@wrong("05-hidden-forward", cause="shapes-do-not-fit")
def _(X, parameters):
    Z1 = X.T @ parameters["W1"] + parameters["b1"]
    return packed(Z1, Z1, Z1, Z1)


@wrong("05-hidden-forward", cause="shapes-do-not-fit")
def _(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    Z2 = parameters["W1"] @ np.tanh(Z1) + parameters["b2"]  # the first layer's weights again
    return packed(Z1, np.tanh(Z1), Z2, sig(Z2))


@wrong("05-hidden-forward", cause=None)
def _(X, parameters):
    b1 = parameters["b1"]
    Z1 = parameters["W1"] @ X + (b1.T if b1.size == X.shape[1] else b1)
    Z2 = parameters["W2"] @ np.tanh(Z1) + parameters["b2"]
    return packed(Z1, np.tanh(Z1), Z2, sig(Z2))


# cross_entropy


@wrong("05-cross-entropy", cause="forgot-mean")
def _(A2, Y):
    a = np.clip(A2, 1e-12, 1 - 1e-12)
    return -sum(math.log(p if y else 1 - p) for p, y in zip(a.flat, Y.flat))


@wrong("05-cross-entropy", cause="no-clip")
def _(A2, Y):
    return -np.mean(np.log(np.where(Y > 0.5, A2, 1 - A2)))


@wrong("05-cross-entropy", cause="clipped-too-much")
def _(A2, Y):
    a = np.maximum(0.02, np.minimum(A2, 0.98))
    return mean_loss(a, Y)


@wrong("05-cross-entropy", cause="labels-and-probabilities-swapped")
def _(A2, Y):
    y = np.clip(Y.astype(float), 1e-12, 1 - 1e-12)
    return -np.mean(A2 * np.log(y) + (1 - A2) * np.log(1 - y))


@wrong("05-cross-entropy", cause="only-ones-count")
def _(A2, Y):
    return (-np.log(np.maximum(A2, 1e-15)) @ Y.T / Y.shape[1]).item()


@wrong("05-cross-entropy", cause="classes-swapped")
def _(A2, Y):
    return mean_loss(A2, 1 - Y)


@wrong("05-cross-entropy", cause="fixed-m")
def _(A2, Y):
    return mean_loss(A2, Y) * Y.shape[1] / 3


# hidden_backward


def gradients(dZ2, dZ1, X, A1, m):
    """The last lines of a right solution."""
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, A1.T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


def shares(Y, parameters, cache):
    """dZ2 and dA1."""
    dZ2 = cache["A2"] - Y
    return dZ2, np.outer(parameters["W2"], dZ2)


@wrong("05-hidden-backward", cause="forgot-mean")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1 * (1 - cache["A1"] ** 2), X, cache["A1"], 1)


@wrong("05-hidden-backward", cause="mean-twice-in-layer-1")
def _(X, Y, parameters, cache):
    m = Y.size
    dZ2 = (cache["A2"] - Y) / m
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    right = gradients(dZ2, dZ1, X, cache["A1"], 1)
    return right | {"dW1": right["dW1"] / m, "db1": right["db1"] / m}


@wrong("05-hidden-backward", cause="forgot-tanh-slope")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1, X, cache["A1"], X.shape[1])


@wrong("05-hidden-backward", cause="slope-at-z1")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1 * (1 - np.power(cache["Z1"], 2)), X, cache["A1"], X.shape[1])


@wrong("05-hidden-backward", cause="slope-of-a1")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1 / np.cosh(cache["A1"]) ** 2, X, cache["A1"], X.shape[1])


@wrong("05-hidden-backward", cause="sigmoid-slope-at-z1")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    s = sig(cache["Z1"])
    return gradients(dZ2, dA1 * s * (1 - s), X, cache["A1"], X.shape[1])


@wrong("05-hidden-backward", cause="sigmoid-derivative-twice")
def _(X, Y, parameters, cache):
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = (A2 - Y) * (A2 - A2**2)
    return gradients(dZ2, parameters["W2"].T * dZ2 * (1 - A1**2), X, A1, X.shape[1])


@wrong("05-hidden-backward", cause="difference-reversed")
def _(X, Y, parameters, cache):
    A1 = cache["A1"]
    dZ2 = Y - cache["A2"]
    return gradients(dZ2, np.multiply(parameters["W2"].T @ dZ2, 1 - A1**2), X, A1, X.shape[1])


@wrong("05-hidden-backward", cause=("output-weights-unused", "shapes-do-not-fit"))
def _(X, Y, parameters, cache):
    dZ2 = cache["A2"] - Y
    dZ1 = dZ2 * (1 - cache["A1"] ** 2)
    return gradients(dZ2, dZ1, X, cache["A1"], X.shape[1])


@wrong("05-hidden-backward", cause="z1-for-a1")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1 * (1 - cache["A1"] ** 2), X, cache["Z1"], X.shape[1])


@wrong("05-hidden-backward", cause=("lost-keepdims", "rank-one"))
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    dZ1, m = dA1 * (1 - cache["A1"] ** 2), X.shape[1]
    right = gradients(dZ2, dZ1, X, cache["A1"], m)
    return right | {"db1": np.sum(dZ1, axis=1) / m, "db2": np.sum(dZ2, axis=1) / m}


@wrong("05-hidden-backward", cause="one-bias-for-all-units")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    dZ1, m = dA1 * (1 - cache["A1"] ** 2), X.shape[1]
    return gradients(dZ2, dZ1, X, cache["A1"], m) | {"db1": np.array([[dZ1.sum() / m]])}


@wrong("05-hidden-backward", cause="transposed")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    right = gradients(dZ2, dA1 * (1 - cache["A1"] ** 2), X, cache["A1"], X.shape[1])
    return {name: slope.T for name, slope in right.items()}


@wrong("05-hidden-backward", cause="fixed-m")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1 * (1 - cache["A1"] ** 2), X, cache["A1"], 400)  # as many as the flower has


@wrong("05-hidden-backward", cause="wrong-keys")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    right = gradients(dZ2, dA1 * (1 - cache["A1"] ** 2), X, cache["A1"], X.shape[1])
    return {name[1:]: slope for name, slope in right.items()}


@wrong("05-hidden-backward", cause="mutated-argument")
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    slope = cache["A1"]
    dZ1 = dA1 * (1 - slope**2)
    right = gradients(dZ2, dZ1, X, cache["A1"], X.shape[1])
    slope *= 0
    return right


@wrong("05-hidden-backward", cause="unknown-key")
def _(X, Y, parameters, cache):
    dZ2 = cache["A2"] - Y
    return gradients(dZ2, cache["W2"].T @ dZ2 * (1 - cache["A1"] ** 2), X, cache["A1"], X.shape[1])


@wrong("05-hidden-backward", cause=("forgot-square", "forgot-mean"))
def _(X, Y, parameters, cache):
    dZ2, dA1 = shares(Y, parameters, cache)
    return gradients(dZ2, dA1 * (1 - cache["A1"]), X, cache["A1"], 1)  # two mistakes at once


# update_parameters


@wrong("05-update-parameters", cause="layer-2-not-updated")
def _(parameters, grads, learning_rate):
    new = dict(parameters)
    for l in range(1, len(parameters) // 2):
        for kind in "Wb":
            new[f"{kind}{l}"] = parameters[f"{kind}{l}"] - learning_rate * grads[f"d{kind}{l}"]
    return new


@wrong("05-update-parameters", cause="mutated-argument")
def _(parameters, grads, learning_rate):
    for name in parameters:
        parameters[name] -= learning_rate * grads["d" + name]
    return parameters


@wrong("05-update-parameters", cause="uphill")
def _(parameters, grads, learning_rate):
    return {name: np.add(value, learning_rate * grads["d" + name]) for name, value in parameters.items()}


@wrong("05-update-parameters", cause=("learning-rate-ignored",))
def _(parameters, grads, learning_rate):
    return {name: value - grads["d" + name] for name, value in parameters.items()}


@wrong("05-update-parameters", cause="biases-not-updated")
def _(parameters, grads, learning_rate):
    moved = {name: parameters[name] - learning_rate * grads["d" + name] for name in ("W1", "W2")}
    return {**parameters, **moved}


@wrong("05-update-parameters", cause="missing-key")
def _(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in ("W1", "b1")}


@wrong("05-update-parameters", cause="b2-not-updated")
def _(parameters, grads, learning_rate):
    (W1, b1, W2, b2), r = (parameters[name] for name in ("W1", "b1", "W2", "b2")), learning_rate
    return {"W1": W1 - r * grads["dW1"], "b1": b1 - r * grads["db1"], "W2": W2 - r * grads["dW2"], "b2": b2}


@wrong("05-update-parameters", cause="another-learning-rate")
def _(parameters, grads, learning_rate, rate=1.2):
    return {name: value - rate * grads["d" + name] for name, value in parameters.items()}  # the wrong name of the two


# fit_hidden


def descend(X, Y, parameters, steps, rate, *, slope=None, sign=-1.0, m=None, after=False, only=None):
    """A loop of another build than the one in the checks, with places to go wrong."""
    W1, b1, W2, b2 = (parameters[name].astype(float) for name in ("W1", "b1", "W2", "b2"))
    history, m = [], m or X.shape[1]
    loss = lambda: mean_loss(sig(W2 @ np.tanh(W1 @ X + b1) + b2), Y)  # noqa: E731
    for _ in range(steps):
        A1 = np.tanh(W1 @ X + b1)
        if not after:
            history.append(loss())
        error = sig(W2 @ A1 + b2) - Y
        back = W2.T @ error * (slope or (lambda A: (1 - A) * (1 + A)))(A1)
        if only != 2:
            W1, b1 = W1 + sign * rate * back @ X.T / m, b1 + sign * rate * back.sum(1, keepdims=True) / m
        if only != 1:
            W2, b2 = W2 + sign * rate * error @ A1.T / m, b2 + sign * rate * error.sum(1, keepdims=True) / m
        if after:
            history.append(loss())
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, history


@wrong("05-fit-hidden", cause="cost-after-the-step")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate, after=True)


@wrong("05-fit-hidden", cause="uphill")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate, sign=1.0)


@wrong("05-fit-hidden", cause="forgot-mean")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate, m=1)


@wrong("05-fit-hidden", cause="forgot-tanh-slope")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate, slope=np.ones_like)


@wrong("05-fit-hidden", cause="layer-1-not-updated")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate, only=2)


@wrong("05-fit-hidden", cause="layer-2-not-updated")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate, only=1)


@wrong("05-fit-hidden", cause=("starts-from-zeros",))
def _(X, Y, parameters, steps, learning_rate):
    zeros = {name: 0.0 * value for name, value in parameters.items()}
    return descend(X, Y, zeros, steps, learning_rate)


@wrong("05-fit-hidden", cause=("other-start", "different-each-call"))
def _(X, Y, parameters, steps, learning_rate):
    rng = np.random.default_rng()
    fresh = {name: 0.01 * rng.normal(size=value.shape) for name, value in parameters.items()}
    return descend(X, Y, fresh, steps, learning_rate)


@wrong("05-fit-hidden", cause="other-start")
def _(X, Y, parameters, steps, learning_rate):
    rng = np.random.default_rng(1)
    fresh = {name: 0.01 * rng.normal(size=value.shape) for name, value in parameters.items()}
    return descend(X, Y, fresh, steps, learning_rate)


@wrong("05-fit-hidden", cause="learning-rate-ignored")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, 1)


@wrong("05-fit-hidden", cause=None)
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, 1.2)  # a rate of their own


@wrong("05-fit-hidden", cause="one-step-too-few")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, len(range(1, steps)), learning_rate)


@wrong("05-fit-hidden", cause="new-output-weights-in-backward")
def _(X, Y, parameters, steps, learning_rate):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    m, costs = X.shape[1], []
    for _ in range(steps):
        A1 = np.tanh(W1 @ X + b1)
        A2 = sig(W2 @ A1 + b2)
        costs.append(mean_loss(A2, Y))
        dZ2 = A2 - Y
        W2 = W2 - learning_rate * dZ2 @ A1.T / m
        b2 = b2 - learning_rate * dZ2.mean()
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T / m, b1 - learning_rate * dZ1.mean(axis=1, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


@wrong("05-fit-hidden", cause="only-last-part")
def _(X, Y, parameters, steps, learning_rate):
    return descend(X, Y, parameters, steps, learning_rate)[1]


@wrong("05-fit-hidden", cause="start-returned")
def _(X, Y, parameters, steps, learning_rate):
    moved, costs = descend(X, Y, parameters, steps, learning_rate)  # noqa: RUF059
    return parameters, costs


@wrong("05-fit-hidden", cause="mutated-argument")
def _(X, Y, parameters, steps, learning_rate):
    moved, costs = descend(X, Y, parameters, steps, learning_rate)
    parameters.update(moved)
    return parameters, costs


@wrong("05-fit-hidden", cause="only-first-cost-in-a-list")
def _(X, Y, parameters, steps, learning_rate):
    moved, costs = descend(X, Y, parameters, steps, learning_rate)
    return moved, costs[::100]  # every hundredth cost


# predict_hidden


@wrong("05-predict-hidden", cause="tie-counted-as-one")
def _(X, parameters):
    return np.where(two_layers(X, parameters)[1] < 0.5, 0, 1)


@wrong("05-predict-hidden", cause="probabilities-returned")
def _(X, parameters):
    return two_layers(X, parameters)[1]


@wrong("05-predict-hidden", cause="half-of-the-weighted-sum")
def _(X, parameters):
    Z2 = parameters["W2"] @ two_layers(X, parameters)[0] + parameters["b2"]
    return (Z2 > 0.5) * 1


@wrong("05-predict-hidden", cause="rank-one")
def _(X, parameters):
    return np.array([int(a > 0.5) for a in two_layers(X, parameters)[1][0]])


@wrong("05-predict-hidden", cause="hidden-units-labelled")
def _(X, parameters):
    A2, A1 = two_layers(X, parameters)  # the order mistaken
    return np.where(A2 > 0.5, 1, 0) if A1.size else A2


@wrong("05-predict-hidden", cause="forgot-bias-2")
def _(X, parameters):
    return (parameters["W2"] @ two_layers(X, parameters)[0] > 0).astype(float)


@wrong("05-predict-hidden", cause="argmax")
def _(X, parameters):
    return two_layers(X, parameters)[1].argmax(axis=0, keepdims=True)


@wrong("05-predict-hidden", cause="one-label-for-all")
def _(X, parameters):
    Z2 = parameters["W2"] @ two_layers(X, parameters)[0] + parameters["b2"]
    return 1 if np.mean(Z2) > 0 else 0


# what only some updates show


@wrong("05-update-parameters", cause="slopes-by-position")
def _(parameters, grads, learning_rate):
    new, slopes = {}, list(grads.values())
    for k, name in enumerate(parameters):
        new[name] = parameters[name] - learning_rate * slopes[k]
    return new


@wrong("05-update-parameters", cause=None)
def _(parameters, grads, learning_rate):
    learning_rate = min(learning_rate, 1)  # no one needs more
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


@wrong("05-update-parameters", cause=None)
def _(parameters, grads, learning_rate):
    # slopes must not explode
    return {name: parameters[name] - learning_rate * np.clip(grads[f"d{name}"], -5, 5) for name in parameters}


@wrong("05-update-parameters", cause="rounded")
def _(parameters, grads, learning_rate):
    return {name: np.round(parameters[name] - learning_rate * grads[f"d{name}"], 4) for name in parameters}


# more than the task asks for


def slopes(X, Y, p):
    A1, A2 = two_layers(X, p)
    d2, m = A2 - Y, Y.shape[1]
    d1 = p["W2"].T @ d2 * (1 - A1 * A1)
    return {"W1": d1 @ X.T / m, "b1": d1.mean(1)[:, None], "W2": d2 @ A1.T / m, "b2": d2.mean(1)[:, None]}


def moved(X, Y, p, rate):
    d = slopes(X, Y, p)
    return {name: p[name] - rate * d[name] for name in p}


@wrong("05-fit-hidden", cause="stops-early")
def _(X, Y, parameters, steps, learning_rate):
    costs = []
    for k in range(steps):
        costs.append(mean_loss(two_layers(X, parameters)[1], Y))
        if k and abs(costs[-1] - costs[-2]) < 1e-7:
            break  # nothing left to learn
        parameters = moved(X, Y, parameters, learning_rate)
    return parameters, costs


@wrong("05-fit-hidden", cause="stops-early")
def _(X, Y, parameters, steps, learning_rate):
    costs = [mean_loss(two_layers(X, parameters)[1], Y)]
    while len(costs) < steps and costs[-1] <= min(costs):
        parameters = moved(X, Y, parameters, learning_rate)
        costs.append(mean_loss(two_layers(X, parameters)[1], Y))
    return moved(X, Y, parameters, learning_rate), costs


@wrong("05-fit-hidden", cause=None)
def _(X, Y, parameters, steps, learning_rate):
    costs = []
    for _ in range(min(steps, 100)):
        costs.append(mean_loss(two_layers(X, parameters)[1], Y))
        parameters = moved(X, Y, parameters, learning_rate)
    return parameters, costs


@wrong("05-fit-hidden", cause="best-parameters-kept")
def _(X, Y, parameters, steps, learning_rate):
    costs, best = [], (np.inf, parameters)
    for _ in range(steps):
        costs.append(mean_loss(two_layers(X, parameters)[1], Y))
        if costs[-1] < best[0]:
            best = costs[-1], parameters
        parameters = moved(X, Y, parameters, learning_rate)
    return parameters if mean_loss(two_layers(X, parameters)[1], Y) < best[0] else best[1], costs


@wrong("05-fit-hidden", cause="rate-halved-when-cost-rises")
def _(X, Y, parameters, steps, learning_rate):
    costs = []
    for k in range(steps):
        costs.append(mean_loss(two_layers(X, parameters)[1], Y))
        if k > 0 and costs[k] > costs[k - 1]:
            learning_rate *= 0.5
        parameters = moved(X, Y, parameters, learning_rate)
    return parameters, costs


@wrong("05-fit-hidden", cause=None)
def _(X, Y, parameters, steps, learning_rate):
    costs = []
    for _ in range(steps):
        costs.append(mean_loss(two_layers(X, parameters)[1], Y))
        parameters = moved(X, Y, parameters, min(learning_rate, 1.0))
    return parameters, costs


# costs near certainty, and rounded ones


@wrong("05-cross-entropy", cause="clipped-too-much")
def _(A2, Y):
    a = np.clip(A2, 1e-4, 1 - 1e-4)
    return float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a)))


@wrong("05-cross-entropy", cause="clipped-too-much")
def _(A2, Y):
    a = np.clip(A2, 1e-12, 1 - 1e-12)
    return min(float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))), 10.0)


@wrong("05-cross-entropy", cause="rounded")
def _(A2, Y):
    a = np.clip(A2, 1e-12, 1 - 1e-12)
    return round(float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))), 4)


# not small


@wrong("05-initialize-hidden", cause="not-small")
def _(n_x, n_1, n_y, rng):
    W1, W2 = rng.normal(size=(n_1, n_x)) / np.sqrt(n_x), rng.normal(size=(n_y, n_1)) / np.sqrt(n_1)
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@wrong("05-initialize-hidden", cause="draws-from-a-copy")
def _(n_x, n_1, n_y, rng):
    rng = copy.deepcopy(rng)  # so that the argument is not changed
    W1, W2 = 0.01 * rng.standard_normal((n_1, n_x)), 0.01 * rng.standard_normal((n_y, n_1))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
