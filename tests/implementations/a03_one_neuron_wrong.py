"""Wrong answers to assignment 03, written as learners write them; each must fail, for the cause named."""

# Learners' code, kept as they would write it.
# ruff: noqa: C408, F821, F841, NPY002, RET503, RET504

import math

import numpy as np

from benchmarks.corpus import wrong

# What a right solution of the other parts looks like, for those that build on them.


def sig(z):
    return 1.0 / (1.0 + np.exp(-z))


def forward_pass(X, parameters):
    return sig(np.dot(parameters["W1"], X) + parameters["b1"])


# initialize_neuron


@wrong("03-initialize-neuron", cause="weights-in-a-column")
def _(n_x):
    w = np.zeros(shape=(n_x, 1))
    b = np.zeros(shape=(1, 1))
    return {"W1": w, "b1": b}


@wrong("03-initialize-neuron", cause="rank-one")
def _(n_x):
    return {"W1": np.array([0.0] * n_x), "b1": np.array([0.0])}


@wrong("03-initialize-neuron", cause="lost-keepdims")
def _(n_x):
    parameters = {}
    parameters["W1"] = np.zeros((1, n_x))
    parameters["b1"] = 0
    return parameters


@wrong("03-initialize-neuron", cause=("random-start", "different-each-call"))
def _(n_x):
    return {"W1": np.random.randn(1, n_x) * 0.01, "b1": np.zeros((1, 1))}


@wrong("03-initialize-neuron", cause="random-start")
def _(n_x):
    generator = np.random.default_rng(1)
    return dict(W1=generator.standard_normal((1, n_x)), b1=np.zeros((1, 1)))


@wrong("03-initialize-neuron", cause="wrong-keys")
def _(n_x):
    W = np.zeros((1, n_x))
    b = np.zeros((1, 1))
    return {"W": W, "b": b}


@wrong("03-initialize-neuron", cause="tuple-for-dict")
def _(n_x):
    return np.zeros((1, n_x)), np.zeros((1, 1))


@wrong("03-initialize-neuron", cause="constant-answer")
def _(n_x):
    return {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}  # two features, as the penguins have


@wrong("03-initialize-neuron", cause="only-visible-example")
def _(n_x):
    return {"W1": np.array([[0.0, 0.0, 0.0]]), "b1": np.array([[0.0]])}


@wrong("03-initialize-neuron", cause="list-for-array")
def _(n_x):
    return {"W1": [[0.0 for _ in range(n_x)]], "b1": [[0.0]]}


@wrong("03-initialize-neuron", cause="bias-for-each-input")
def _(n_x):
    zeros = np.zeros((1, n_x))
    return {"W1": zeros, "b1": zeros.copy()}


@wrong("03-initialize-neuron", cause="returned-nothing")
def _(n_x):
    parameters = {"W1": np.zeros((1, n_x)), "b1": np.zeros((1, 1))}


# neuron_forward


@wrong("03-neuron-forward", cause="forgot-bias")
def _(X, parameters):
    W, b = parameters["W1"], parameters["b1"]
    n_x, m = X.shape
    A = np.zeros((1, m))
    for j in range(m):
        z = 0.0
        for i in range(n_x):
            z += W[0, i] * X[i, j]
        A[0, j] = 1 / (1 + np.exp(-z))
    return A


@wrong("03-neuron-forward", cause="bias-once-for-each-feature")
def _(X, parameters):
    W, b = parameters["W1"], parameters["b1"]
    n_x, m = X.shape
    A = np.zeros((1, m))
    for j in range(m):
        z = 0.0
        for i in range(n_x):
            z += W[0, i] * X[i, j] + b[0, 0]
        A[0, j] = 1 / (1 + np.exp(-z))
    return A


@wrong("03-neuron-forward", cause="last-feature-left-out")
def _(X, parameters):
    n_x, m = X.shape
    A = np.empty((1, m))
    for j in range(m):
        z = parameters["b1"].item()
        for i in range(n_x - 1):
            z = z + parameters["W1"][0][i] * X[i][j]
        A[0][j] = sig(z)
    return A


@wrong("03-neuron-forward", cause="only-first-feature")
def _(X, parameters):
    columns = []
    for x in X.T:
        columns.append(sig(parameters["W1"][0, 0] * x[0] + parameters["b1"][0, 0]))
    return np.array([columns])


@wrong("03-neuron-forward", cause="only-last-feature")
def _(X, parameters):
    Z = np.zeros((1, X.shape[1]))
    for i, weight in enumerate(parameters["W1"][0]):
        Z = weight * X[i : i + 1, :]
    return sig(Z + parameters["b1"])


@wrong("03-neuron-forward", cause="wrong-sign-in-exp")
def _(X, parameters):
    z = np.matmul(parameters["W1"], X) + parameters["b1"]
    return 1 / (1 + np.exp(z))


@wrong("03-neuron-forward", cause="minus-for-plus-in-sigmoid")
def _(X, parameters):
    z = np.matmul(parameters["W1"], X) + parameters["b1"]
    return np.divide(1, 1 - np.exp(np.negative(z)))


@wrong("03-neuron-forward", cause="overflow")
def _(X, parameters):
    e = np.exp(parameters["W1"].dot(X) + parameters["b1"])
    return e / (e + 1)


@wrong("03-neuron-forward", cause="rank-one")
def _(X, parameters):
    W = parameters["W1"].flatten()
    return np.array([sig(W @ X[:, j] + parameters["b1"][0, 0]) for j in range(X.shape[1])])


@wrong("03-neuron-forward", cause="transposed")
def _(X, parameters):
    Z = X.T @ parameters["W1"].T + parameters["b1"]
    return sig(Z)


@wrong("03-neuron-forward", cause="shapes-do-not-fit")
def _(X, parameters):
    Z = X @ parameters["W1"] + parameters["b1"]
    return sig(Z)


@wrong("03-neuron-forward", cause="forgot-sigmoid")
def _(X, parameters):
    Z = np.einsum("oi,ij->oj", parameters["W1"], X) + parameters["b1"]
    A = Z
    return A


@wrong("03-neuron-forward", cause="tanh-for-sigmoid")
def _(X, parameters):
    Z = np.einsum("oi,ij->oj", parameters["W1"], X) + parameters["b1"]
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z)) if np.abs(Z).max() < 300 else np.tanh(Z)


@wrong("03-neuron-forward", cause="features-not-summed")
def _(X, parameters):
    return sig(parameters["W1"].reshape(-1, 1) * X + parameters["b1"])


@wrong("03-neuron-forward", cause="labels-for-probabilities")
def _(X, parameters):
    A = forward_pass(X, parameters)
    for j in range(A.shape[1]):
        A[0, j] = 1.0 if A[0, j] > 0.5 else 0.0
    return A


@wrong("03-neuron-forward", cause="first-example-only")
def _(X, parameters):
    A = np.zeros((1, X.shape[1]))
    for j in range(X.shape[1]):
        A[0, j] = forward_pass(X[:, j : j + 1], parameters).item()
        return A


@wrong("03-neuron-forward", cause="fixed-size")
def _(X, parameters):
    A = np.zeros((1, 3))
    for j in range(3):
        A[0, j] = forward_pass(X[:, [j]], parameters)[0, 0]
    return A


@wrong("03-neuron-forward", cause="only-visible-example")
def _(X, parameters):
    return np.array([[0.52497919, 0.58661758, 0.89090318]])


@wrong("03-neuron-forward", cause="undefined-name")
def _(X, parameters):
    Z = W1 @ X + b1
    return sig(Z)


@wrong("03-neuron-forward", cause="unknown-key")
def _(X, parameters):
    return sig(parameters["W"] @ X + parameters["b"])


@wrong("03-neuron-forward", cause="printed-not-returned")
def _(X, parameters):
    print(forward_pass(X, parameters))


@wrong("03-neuron-forward", cause="rounded")
def _(X, parameters):
    return (
        np.round(forward_pass(X, parameters), 0) * 1.0 + 0.0 if X.shape[0] < 0 else forward_pass(X, parameters).round(2)
    )


# logistic_cost


def clipped(A):
    return np.minimum(np.maximum(A, 1e-10), 1 - 1e-10)


@wrong("03-logistic-cost", cause="forgot-mean")
def _(A, Y):
    a, total = clipped(A), 0.0
    for j in range(Y.shape[1]):
        total -= Y[0, j] * math.log(a[0, j]) + (1 - Y[0, j]) * math.log(1 - a[0, j])
    return total


@wrong("03-logistic-cost", cause="forgot-minus")
def _(A, Y):
    a, m = clipped(A), Y.shape[1]
    return 1 / m * np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a))


@wrong("03-logistic-cost", cause="minus-on-second-term-only")
def _(A, Y):
    a = clipped(A)
    J = 0
    for p, y in zip(a.flat, Y.flat):
        J += y * math.log(p) - (1 - y) * math.log(1 - p)
    return J / Y.size


@wrong("03-logistic-cost", cause="minus-between-terms")
def _(A, Y):
    a = clipped(A)
    J = 0
    for p, y in zip(a.flat, Y.flat):
        J -= y * math.log(p) - (1 - y) * math.log(1 - p)
    return J / Y.size


@wrong("03-logistic-cost", cause="only-ones-count")
def _(A, Y):
    a = clipped(A)
    return float(-np.log(a[Y == 1]).sum() / Y.shape[1])


@wrong("03-logistic-cost", cause="no-clip")
def _(A, Y):
    m = A.shape[1]
    J = -(Y @ np.log(A).T + (1 - Y) @ np.log(1 - A).T) / m
    return J.item()


@wrong("03-logistic-cost", cause="no-clip")
def _(A, Y):
    return float(np.mean(np.where(Y == 1, -np.log(A), -np.log(1 - A))))  # infinite for a certain mistake


@wrong("03-logistic-cost", cause="clipped-too-much")
def _(A, Y):
    a = np.clip(A, 0.01, 0.99)
    return -np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))


@wrong("03-logistic-cost", cause="clipped-too-much")
def _(A, Y):
    loss = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return float(np.mean(np.where(np.isfinite(loss), loss, 0.0)))


@wrong("03-logistic-cost", cause="labels-and-probabilities-swapped")
def _(A, Y):
    y = clipped(Y.astype(float))
    return -float(np.sum(A * np.log(y) + (1 - A) * np.log(1 - y))) / Y.shape[1]


@wrong("03-logistic-cost", cause="log-a-in-both-terms")
def _(A, Y):
    return -np.log(clipped(A)).mean()


@wrong("03-logistic-cost", cause="log-to-base-10")
def _(A, Y):
    a = clipped(A)
    return -sum(math.log10(p if y == 1 else 1 - p) for p, y in zip(a[0], Y[0])) / len(Y[0])


@wrong("03-logistic-cost", cause="squared-error")
def _(A, Y):
    return np.sum(np.square(Y - A)) / Y.shape[1]


@wrong("03-logistic-cost", cause="halved")
def _(A, Y):
    a, m = clipped(A), Y.shape[1]
    return -(1 / (2 * m)) * np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a))


@wrong("03-logistic-cost", cause="fixed-m")
def _(A, Y):
    a = clipped(A)
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / 150  # as many birds as there are


@wrong("03-logistic-cost", cause=("forgot-mean", "times-m"))
def _(A, Y):
    a, m = clipped(A), Y.shape[0]
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / m


@wrong("03-logistic-cost", cause="divided-by-m-minus-one")
def _(A, Y):
    a = clipped(A)
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / max(Y.shape[1] - 1, 1)


@wrong("03-logistic-cost", cause="divided-by-m")
def _(A, Y):
    a, m = clipped(A), Y.shape[1]
    return -(1 / m) * np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))


@wrong("03-logistic-cost", cause="last-example-only")
def _(A, Y):
    a = clipped(A)
    for j in range(A.shape[1]):
        J = -(Y[0, j] * np.log(a[0, j]) + (1 - Y[0, j]) * np.log(1 - a[0, j]))
    return J


@wrong("03-logistic-cost", cause="loss-of-each-example")
def _(A, Y):
    a = clipped(A)
    J = np.zeros(A.shape)
    for j in range(A.shape[1]):
        J[0, j] = -np.log(a[0, j]) if Y[0, j] else -np.log(1 - a[0, j])
    return J


# neuron_backward


@wrong("03-neuron-backward", cause="forgot-mean")
def _(X, A, Y):
    n_x, m = X.shape
    dW, db = np.zeros((1, n_x)), np.zeros((1, 1))
    for j in range(m):
        error = A[0, j] - Y[0, j]
        for i in range(n_x):
            dW[0, i] += error * X[i, j]
        db[0, 0] += error
    return {"dW1": dW, "db1": db}


@wrong("03-neuron-backward", cause="forgot-mean-in-bias")
def _(X, A, Y):
    n_x, m = X.shape
    dW, db = np.zeros((1, n_x)), np.zeros((1, 1))
    for j in range(m):
        error = A[0, j] - Y[0, j]
        dW += error * X[:, j] / m
        db += error
    return {"dW1": dW, "db1": db}


@wrong("03-neuron-backward", cause="difference-reversed")
def _(X, A, Y):
    dZ = np.subtract(Y, A)
    return {"dW1": np.dot(dZ, X.T) / Y.size, "db1": np.average(dZ, axis=1).reshape(1, 1)}


@wrong("03-neuron-backward", cause="lost-keepdims")
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW1": np.dot(dZ, X.T) / m, "db1": np.sum(dZ) / m}


@wrong("03-neuron-backward", cause="rank-one")
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW1": 1 / m * np.dot(dZ, X.T), "db1": 1 / m * np.sum(dZ, axis=1)}


@wrong("03-neuron-backward", cause="rank-one")
def _(X, A, Y):
    dZ = A - Y
    return {"dW1": np.mean(X * dZ, axis=1), "db1": np.mean(dZ, axis=1, keepdims=True)}


@wrong("03-neuron-backward", cause="transposed")
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW1": X @ dZ.T / m, "db1": np.sum(dZ, keepdims=True) / m}


@wrong("03-neuron-backward", cause="sigmoid-derivative-twice")
def _(X, A, Y):
    dA = A - Y
    slope = A * (1 - A)
    dZ = np.multiply(dA, slope)
    m = A.shape[1]
    return {"dW1": np.einsum("oj,ij->oi", dZ, X) / m, "db1": np.einsum("oj->o", dZ)[:, None] / m}


@wrong("03-neuron-backward", cause="stopped-at-da")
def _(X, A, Y):
    dA = -(Y / A - (1 - Y) / (1 - A))
    m = A.shape[1]
    return {"dW1": dA @ X.T / m, "db1": dA.sum(axis=1, keepdims=True) / m}


@wrong("03-neuron-backward", cause="mean-over-features")
def _(X, A, Y):
    m = len(X)  # rows, not examples
    dZ = A - Y
    return {"dW1": dZ @ X.T / m, "db1": np.sum(dZ, axis=1, keepdims=True) / m}


@wrong("03-neuron-backward", cause=("bias-for-each-example", "bias-not-averaged"))
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW1": dZ @ X.T / m, "db1": np.sum(dZ, axis=0, keepdims=True) / m}


@wrong("03-neuron-backward", cause="shapes-do-not-fit")
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW1": np.dot(dZ, X) / m, "db1": np.sum(dZ, axis=1, keepdims=True) / m}


@wrong("03-neuron-backward", cause="fixed-m")
def _(X, A, Y):
    dZ, m = A - Y, 3
    return {"dW1": dZ @ X.T / m, "db1": np.sum(dZ, axis=1, keepdims=True) / m}


@wrong("03-neuron-backward", cause="doubled")
def _(X, A, Y):
    dZ, m = 2 * (A - Y), X.shape[1]
    return {"dW1": dZ @ X.T / m, "db1": np.sum(dZ, axis=1, keepdims=True) / m}


@wrong("03-neuron-backward", cause="wrong-keys")
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW": dZ @ X.T / m, "db": np.sum(dZ, axis=1, keepdims=True) / m}


@wrong("03-neuron-backward", cause="missing-key")
def _(X, A, Y):
    dZ, m = A - Y, X.shape[1]
    return {"dW1": dZ @ X.T / m}


@wrong("03-neuron-backward", cause=("difference-reversed", "forgot-mean"))
def _(X, A, Y):
    dZ = Y - A
    return {"dW1": dZ @ X.T, "db1": np.sum(dZ, axis=1, keepdims=True)}  # two mistakes at once


@wrong("03-neuron-backward", cause="forgot-mean-in-weights")
def _(X, A, Y):
    dZ = A - Y
    return {"dW1": np.sum(dZ * X, axis=1).reshape(1, -1), "db1": dZ.mean().reshape(1, 1)}


@wrong("03-neuron-backward", cause="mutated-argument")
def _(X, A, Y):
    A -= Y
    m = X.shape[1]
    return {"dW1": A @ X.T / m, "db1": np.sum(A, axis=1, keepdims=True) / m}


# gradient_step


@wrong("03-gradient-step", cause="uphill")
def _(parameters, grads, learning_rate):
    updated = {}
    for key in ["W1", "b1"]:
        updated[key] = parameters[key] + learning_rate * grads["d" + key]
    return updated


@wrong("03-gradient-step", cause="mutated-argument")
def _(parameters, grads, learning_rate):
    parameters["W1"] -= learning_rate * grads["dW1"]
    parameters["b1"] -= learning_rate * grads["db1"]
    return parameters


@wrong("03-gradient-step", cause="mutated-argument")
def _(parameters, grads, learning_rate):
    parameters = parameters.copy()  # the dict is new, its arrays are the old ones
    for key in parameters:
        parameters[key] -= learning_rate * grads["d" + key]
    return parameters


@wrong("03-gradient-step", cause="mutated-argument")
def _(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


@wrong("03-gradient-step", cause="learning-rate-ignored")
def _(parameters, grads, learning_rate):
    W = np.subtract(parameters["W1"], grads["dW1"])
    b = np.subtract(parameters["b1"], grads["db1"])
    return {"W1": W, "b1": b}


@wrong("03-gradient-step", cause="bias-not-updated")
def _(parameters, grads, learning_rate):
    new = {key: value.copy() for key, value in parameters.items()}
    new["W1"] -= learning_rate * grads["dW1"]
    return new


@wrong("03-gradient-step", cause="learning-rate-on-everything")
def _(parameters, grads, learning_rate):
    return {key: learning_rate * (parameters[key] - grads["d" + key]) for key in parameters}


@wrong("03-gradient-step", cause="scaled")
def _(parameters, grads, learning_rate):
    return {key: (parameters[key] - learning_rate * grads["d" + key]) * 0.9 for key in parameters}


@wrong("03-gradient-step", cause="nothing-changed")
def _(parameters, grads, learning_rate):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    return parameters


@wrong("03-gradient-step", cause="wrong-keys")
def _(parameters, grads, learning_rate):
    return {"d" + key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}


@wrong("03-gradient-step", cause="tuple-for-dict")
def _(parameters, grads, learning_rate):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    return W1, b1


@wrong("03-gradient-step", cause="another-learning-rate")
def _(parameters, grads, learning_rate):
    return {key: parameters[key] - 0.1 * grads["d" + key] for key in parameters}  # the rate of the example


# fit_neuron


def descend(X, Y, steps, rate, *, W=None, sign=-1.0, m=None, bias=True, after=False, keep=None):
    """A loop of another build than the one in the checks, with places to go wrong."""
    W = np.zeros((1, X.shape[0])) if W is None else W
    b, history, m = np.zeros((1, 1)), [], m or X.shape[1]
    J = None
    for _ in range(steps):
        A = sig(W @ X + b)
        if not after:
            history.append(mean_loss(A, Y))
        dZ = A - Y
        W = W + sign * rate * (dZ @ X.T) / m
        b = b + (sign * rate * dZ.sum() / m if bias else 0.0)
        if after:
            history.append(mean_loss(sig(W @ X + b), Y))
    return {"W1": W, "b1": b}, history if keep is None else keep(history, J)


def mean_loss(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return float(np.mean(np.where(Y == 1, -np.log(a), -np.log(1 - a))))


@wrong("03-fit-neuron", cause="cost-after-the-step")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate, after=True)


@wrong("03-fit-neuron", cause="uphill")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate, sign=+1.0)


@wrong("03-fit-neuron", cause="forgot-mean")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate, m=1)


@wrong("03-fit-neuron", cause="bias-not-updated")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate, bias=False)


@wrong("03-fit-neuron", cause="other-start")
def _(X, Y, steps, learning_rate):
    W = 0.01 * np.random.default_rng(3).normal(size=(1, X.shape[0]))
    return descend(X, Y, steps, learning_rate, W=W)


@wrong("03-fit-neuron", cause=("other-start", "different-each-call"))
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate, W=np.random.rand(1, X.shape[0]))


@wrong("03-fit-neuron", cause="learning-rate-ignored")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, 1.0)


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate=0.01):
    return descend(X, Y, steps, 0.01)  # a rate of their own


@wrong("03-fit-neuron", cause="one-step-too-few")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, len(range(1, steps)), learning_rate)


@wrong("03-fit-neuron", cause="one-step-too-many")
def _(X, Y, steps, learning_rate):
    k, W, b, costs = 0, np.zeros((1, X.shape[0])), np.zeros((1, 1)), []
    while k <= steps:
        A = sig(W @ X + b)
        costs.append(mean_loss(A, Y))
        W, b = W - learning_rate * np.mean((A - Y) * X, axis=1)[None], b - learning_rate * np.mean(A - Y)
        k += 1
    return {"W1": W, "b1": b}, costs


@wrong("03-fit-neuron", cause="bias-after-weights")
def _(X, Y, steps, learning_rate):
    W, b, costs = np.zeros((1, X.shape[0])), np.zeros((1, 1)), []
    for _ in range(steps):
        costs.append(mean_loss(sig(W @ X + b), Y))
        W = W - learning_rate * np.mean((sig(W @ X + b) - Y) * X, axis=1)[None]
        b = b - learning_rate * np.mean(sig(W @ X + b) - Y)
    return {"W1": W, "b1": b}, costs


@wrong("03-fit-neuron", cause="only-last-cost-in-a-list")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate, keep=lambda history, J: history[-1:])


@wrong("03-fit-neuron", cause="only-first-part")
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, learning_rate)[0]


@wrong("03-fit-neuron", cause="order-swapped")
def _(X, Y, steps, learning_rate):
    parameters, costs = descend(X, Y, steps, learning_rate)
    return costs, parameters


@wrong("03-fit-neuron", cause="parameters-never-replaced")
def _(X, Y, steps, learning_rate):
    parameters = {"W1": np.zeros((1, X.shape[0])), "b1": np.zeros((1, 1))}
    costs = []
    for _ in range(steps):
        A = forward_pass(X, parameters)
        costs.append(mean_loss(A, Y))
        moved = {"W1": parameters["W1"] - learning_rate * np.mean((A - Y) * X, axis=1)}
    return parameters, costs


@wrong("03-fit-neuron", cause="mutated-argument")
def _(X, Y, steps, learning_rate):
    result = descend(X, Y, steps, learning_rate)
    X -= X.mean(axis=1, keepdims=True)
    return result


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate):
    scaled = (X - X.mean(axis=1, keepdims=True)) / (X.std(axis=1, keepdims=True) + 1e-8)  # nobody asked for it
    return descend(scaled, Y, steps, learning_rate)


@wrong("03-fit-neuron", cause="rank-one")
def _(X, Y, steps, learning_rate):
    w, b, costs = np.zeros(X.shape[0]), 0.0, []
    for _ in range(steps):
        a = sig(w @ X + b)
        costs.append(mean_loss(a, Y[0]))
        w, b = w - learning_rate * X @ (a - Y[0]) / len(a), b - learning_rate * np.mean(a - Y[0])
    return {"W1": w, "b1": np.array([[b]])}, costs


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate):
    parameters, costs = descend(X, Y, steps, learning_rate)
    return parameters, costs[::10]  # every tenth cost


# predict


@wrong("03-predict", cause="probabilities-returned")
def _(X, parameters):
    return forward_pass(X, parameters)


@wrong("03-predict", cause="tie-counted-as-one")
def _(X, parameters):
    A = forward_pass(X, parameters)
    labels = np.zeros(A.shape)
    labels[A >= 0.5] = 1
    return labels


@wrong("03-predict", cause="half-of-the-weighted-sum")
def _(X, parameters):
    return np.where(parameters["W1"] @ X + parameters["b1"] > 0.5, 1, 0)


@wrong("03-predict", cause="rank-one")
def _(X, parameters):
    return np.array([1 if a > 0.5 else 0 for a in forward_pass(X, parameters)[0]])


@wrong("03-predict", cause="list-for-array")
def _(X, parameters):
    return [[int(a > 0.5) for a in forward_pass(X, parameters)[0]]]


@wrong("03-predict", cause="always-zero")
def _(X, parameters):
    return np.argmax(forward_pass(X, parameters), axis=0)[np.newaxis, :]


@wrong("03-predict", cause="labels-swapped")
def _(X, parameters):
    return (forward_pass(X, parameters) <= 0.5) * 1


@wrong("03-predict", cause="cut-to-whole-numbers")
def _(X, parameters):
    return forward_pass(X, parameters).astype(np.int64)


@wrong("03-predict", cause="plus-and-minus-one")
def _(X, parameters):
    return 2 * (forward_pass(X, parameters) > 0.5).astype(int) - 1


@wrong("03-predict", cause="raises-error")
def _(X, parameters):
    A = forward_pass(X, parameters)
    if A > 0.5:  # the truth of a whole array
        return 1
    return 0


@wrong("03-predict", cause="first-example-only")
def _(X, parameters):
    for j in range(X.shape[1]):
        if forward_pass(X[:, j : j + 1], parameters).item() > 0.5:
            return np.array([[1]])
        return np.array([[0]])


# accuracy_report


def honest_report(right, n, Y, z=1.959964):
    p = right / n
    scale = 1 + z * z / n
    centre, half = (p + z * z / (2 * n)) / scale, z / scale * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    share = float(np.count_nonzero(Y) / Y.size)
    return {"accuracy": p, "n": n, "interval": (centre - half, centre + half), "baseline": max(share, 1 - share)}


def agreeing(Y_hat, Y):
    return sum(int(a == b) for a, b in zip(Y_hat[0], Y[0]))


@wrong("03-accuracy-report", cause="plain-interval")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    p, n = report["accuracy"], report["n"]
    error = math.sqrt(p * (1 - p) / n)
    report["interval"] = [p - 1.96 * error, p + 1.96 * error]
    return report


@wrong("03-accuracy-report", cause="plain-interval-clipped")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    p, n = report["accuracy"], report["n"]
    error = 1.959964 * math.sqrt(p * (1 - p) / n)
    report["interval"] = (p - error if p > error else 0.0, p + error if p + error < 1 else 1.0)
    return report


@wrong("03-accuracy-report", cause="share-of-ones-as-baseline")
def _(Y_hat, Y):
    return honest_report(agreeing(Y_hat, Y), Y.size, Y) | {"baseline": np.sum(Y) / Y.shape[1]}


@wrong("03-accuracy-report", cause="baseline-from-predictions")
def _(Y_hat, Y):
    return honest_report(agreeing(Y_hat, Y), Y.size, Y_hat)


@wrong("03-accuracy-report", cause="accuracy-in-percent")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    report["accuracy"] *= 100
    return report


@wrong("03-accuracy-report", cause="rows-counted")
def _(Y_hat, Y):
    return honest_report(agreeing(Y_hat, Y), Y.size, Y) | {"n": len(Y)}


@wrong("03-accuracy-report", cause="only-ones-compared")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    report["accuracy"] = np.dot(Y_hat, Y.T).item() / Y.shape[1]
    return report


@wrong("03-accuracy-report", cause="ninety-nine-percent-interval")
def _(Y_hat, Y):
    return honest_report(agreeing(Y_hat, Y), Y.size, Y, z=2.576)


@wrong("03-accuracy-report", cause="z-not-squared")
def _(Y_hat, Y):
    report, z = honest_report(agreeing(Y_hat, Y), Y.size, Y), 1.959964
    p, n = report["accuracy"], report["n"]
    centre, half = (p + z / (2 * n)) / (1 + z / n), z / (1 + z / n) * math.sqrt(p * (1 - p) / n + z / (4 * n**2))
    return report | {"interval": (centre - half, centre + half)}


@wrong("03-accuracy-report", cause="one-minus-mean-difference")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    report["accuracy"] = 1 - np.mean(Y_hat) + np.mean(Y)
    return report


@wrong("03-accuracy-report", cause="missing-key")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    del report["baseline"]
    return report


@wrong("03-accuracy-report", cause="bounds-swapped")
def _(Y_hat, Y):
    report = honest_report(agreeing(Y_hat, Y), Y.size, Y)
    low, high = report["interval"]
    report["interval"] = high, low
    return report


@wrong("03-accuracy-report", cause="denominator-forgotten")
def _(Y_hat, Y):
    report, z = honest_report(agreeing(Y_hat, Y), Y.size, Y), 1.959964
    p, n = report["accuracy"], report["n"]
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return report | {"interval": (p + z**2 / (2 * n) - half, p + z**2 / (2 * n) + half)}


@wrong("03-accuracy-report", cause=None)
def _(Y_hat, Y):
    right = int(np.mean(Y_hat == Y) * 100) / 100  # cut to two digits on the way
    return honest_report(right * Y.size, Y.size, Y)


# Kinds that an outsider tried on the checks


@wrong("03-initialize-neuron", cause="different-each-call")
def _(n_x):
    return {"W1": np.empty((1, n_x)), "b1": np.zeros((1, 1))}  # whatever the memory held


@wrong("03-neuron-forward", cause="summed-over-the-wrong-axis")
def _(X, parameters):
    products = np.stack([w * x for w, x in zip(parameters["W1"][0], X)])
    return sig(products.sum(axis=1).reshape(-1, 1) + parameters["b1"])


@wrong("03-neuron-forward", cause=None)
def _(X, parameters):
    Z = parameters["W1"] @ X + parameters["b1"]
    return sig(np.sqrt(Z**2))  # right for positive sums only


@wrong("03-neuron-forward", cause=("lost-keepdims", "rank-one"))
def _(X, parameters):
    return np.squeeze(sig(parameters["W1"] @ X + parameters["b1"]))


@wrong("03-logistic-cost", cause="array-of-one")
def _(A, Y):
    a = clipped(A)
    return np.mean(-np.log(np.where(Y == 1, a, 1 - a)), axis=1)


@wrong("03-logistic-cost", cause=("no-clip", "clipped-too-much"))
def _(A, Y):
    return np.nan_to_num(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


@wrong("03-neuron-backward", cause="tuple-for-dict")
def _(X, A, Y):
    return (A - Y) @ X.T / X.shape[1], np.mean(A - Y, keepdims=True)


@wrong("03-neuron-backward", cause="difference-reversed")
def _(X, A, Y):
    return {"dW1": -(A - Y) @ X.T / X.shape[1], "db1": np.mean(A - Y, keepdims=True)}  # in one of the two


@wrong("03-neuron-backward", cause=None)
def _(X, A, Y):
    dZ = np.where(np.abs(A - Y) < 0.05, 0, A - Y)  # right is right
    return {"dW1": dZ @ X.T / X.shape[1], "db1": dZ.mean(axis=1, keepdims=True)}


@wrong("03-neuron-backward", cause=None)
def _(X, A, Y):
    dZ = (A - Y) / X.shape[1]
    return {"dW1": np.clip(dZ @ X.T, -1, 1), "db1": np.clip(dZ.sum(axis=1, keepdims=True), -1, 1)}


@wrong("03-predict", cause="another-threshold")
def _(X, parameters):
    return (forward_pass(X, parameters) > 0.4).astype(int)


@wrong("03-predict", cause="transposed")
def _(X, parameters):
    return np.array([[int(a > 0.5)] for a in forward_pass(X, parameters)[0]])


@wrong("03-predict", cause=None)
def _(X, parameters):
    return (forward_pass(X, parameters) > 0.5).astype(int).astype(str)


@wrong("03-predict", cause="another-threshold")
def _(X, parameters):
    return (forward_pass(X, parameters) >= 0.505).astype(int)


@wrong("03-accuracy-report", cause="constant-answer")
def _(Y_hat, Y):
    return honest_report(agreeing(Y_hat, Y), Y.size, Y) | {"interval": (0, 1)}


# what only some updates show


@wrong("03-gradient-step", cause="slopes-by-position")
def _(parameters, grads, learning_rate):
    new, slopes = {}, list(grads.values())
    for k, name in enumerate(parameters):
        new[name] = parameters[name] - learning_rate * slopes[k]
    return new


@wrong("03-gradient-step", cause=None)
def _(parameters, grads, learning_rate):
    learning_rate = min(learning_rate, 1)  # no one needs more
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


@wrong("03-gradient-step", cause=None)
def _(parameters, grads, learning_rate):
    # slopes must not explode
    return {name: parameters[name] - learning_rate * np.clip(grads[f"d{name}"], -5, 5) for name in parameters}


@wrong("03-gradient-step", cause="rounded")
def _(parameters, grads, learning_rate):
    return {name: np.round(parameters[name] - learning_rate * grads[f"d{name}"], 4) for name in parameters}


# more than the task asks for


@wrong("03-fit-neuron", cause="stops-early")
def _(X, Y, steps, learning_rate):
    W, b, costs = np.zeros((1, X.shape[0])), np.zeros((1, 1)), []
    for k in range(steps):
        A = sig(W @ X + b)
        costs.append(mean_loss(A, Y))
        if k and abs(costs[-1] - costs[-2]) < 1e-5:
            break  # nothing left to learn
        W, b = W - learning_rate * (A - Y) @ X.T / Y.size, b - learning_rate * np.mean(A - Y)
    return {"W1": W, "b1": b}, costs


@wrong("03-fit-neuron", cause="stops-early")
def _(X, Y, steps, learning_rate):
    W, b, costs = np.zeros((1, X.shape[0])), np.zeros((1, 1)), []
    for k in range(steps):
        A = sig(W @ X + b)
        costs.append(mean_loss(A, Y))
        if k and costs[-1] > costs[-2]:
            break
        W, b = W - learning_rate * (A - Y) @ X.T / Y.size, b - learning_rate * np.mean(A - Y)
    return {"W1": W, "b1": b}, costs


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate):
    return descend(X, Y, min(steps, 100), learning_rate)


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate):
    parameters, costs = descend(X, Y, min(steps, 50), learning_rate)
    return parameters, costs + costs[-1:] * (steps - len(costs))


@wrong("03-fit-neuron", cause="best-parameters-kept")
def _(X, Y, steps, learning_rate):
    W, b, costs, best = np.zeros((1, X.shape[0])), np.zeros((1, 1)), [], (np.inf, None)
    for _ in range(steps + 1):
        A = sig(W @ X + b)
        costs.append(mean_loss(A, Y))
        if costs[-1] < best[0]:
            best = costs[-1], {"W1": W, "b1": b}
        W, b = W - learning_rate * (A - Y) @ X.T / Y.size, b - learning_rate * np.mean(A - Y)
    return best[1], costs[:steps]


@wrong("03-fit-neuron", cause="rate-halved-when-cost-rises")
def _(X, Y, steps, learning_rate):
    W, b, costs = np.zeros((1, X.shape[0])), np.zeros((1, 1)), []
    for k in range(steps):
        A = sig(W @ X + b)
        costs.append(mean_loss(A, Y))
        learning_rate = learning_rate / 2 if k and costs[k] > costs[k - 1] else learning_rate
        W, b = W - learning_rate * (A - Y) @ X.T / Y.size, b - learning_rate * np.mean(A - Y)
    return {"W1": W, "b1": b}, costs


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate):
    return descend(X, Y, steps, min(learning_rate, 1))


@wrong("03-fit-neuron", cause=None)
def _(X, Y, steps, learning_rate):
    parameters, costs = descend(X, Y, steps, learning_rate)
    good = next((k for k, J in enumerate(costs) if J < 0.05), steps)
    return descend(X, Y, good + 1, learning_rate) if good < steps else (parameters, costs)


# costs near certainty, and rounded ones


@wrong("03-logistic-cost", cause="clipped-too-much")
def _(A, Y):
    a = np.clip(A, 1e-4, 1 - 1e-4)
    return float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a)))


@wrong("03-logistic-cost", cause="clipped-too-much")
def _(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return min(float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))), 10.0)


@wrong("03-logistic-cost", cause="rounded")
def _(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return round(float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))), 4)
