"""Wrong answers to assignment 06, written as learners write them; each must fail, for the cause named."""

import copy

import numpy as np

from benchmarks.corpus import wrong

# What a right solution of the other parts looks like, for those that build on them.


def sig(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def act(z, name):
    if name == "relu":
        return z * (z > 0)
    return sig(z) if name == "sigmoid" else np.tanh(z)


def slope(z, name):
    if name == "relu":
        return 1.0 * (z > 0)
    return sig(z) - sig(z) ** 2 if name == "sigmoid" else 1 / np.cosh(np.clip(z, -300, 300)) ** 2


def lin_back(dZ, cache):
    A, W, _ = cache
    m = A.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A.T) / m, np.mean(dZ, axis=1, keepdims=True)


def net(X, parameters):
    A, caches, depth = X, [], len(parameters) // 2
    for l in range(depth):
        W, b = parameters["W" + str(l + 1)], parameters["b" + str(l + 1)]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A = act(Z, "relu" if l + 1 < depth else "sigmoid")
    return A, caches


# initialize_deep


@wrong("06-initialize-deep", cause="small-at-every-width")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = rng.normal(0, 0.01, (layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="not-scaled")
def _(layer_sizes, rng):
    sizes = zip(layer_sizes[1:], layer_sizes[:-1])
    p = {}
    for l, (n, k) in enumerate(sizes, start=1):
        p |= {f"W{l}": rng.standard_normal((n, k)), f"b{l}": np.zeros((n, 1))}
    return p


@wrong("06-initialize-deep", cause="one-for-two")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = rng.standard_normal((layer_sizes[l], layer_sizes[l - 1])) / np.sqrt(layer_sizes[l - 1])
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="root-forgotten")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = rng.standard_normal((layer_sizes[l], layer_sizes[l - 1])) * 2 / layer_sizes[l - 1]
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="scaled-by-own-units")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = rng.standard_normal((layer_sizes[l], layer_sizes[l - 1])) * (2 / layer_sizes[l]) ** 0.5
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="scaled-by-features")
def _(layer_sizes, rng):
    factor = np.sqrt(2 / layer_sizes[0])
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = factor * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="weights-transposed")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal((layer_sizes[l - 1], layer_sizes[l]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="biases-as-rows")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((1, layer_sizes[l]))
    return p


@wrong("06-initialize-deep", cause="biases-of-one-axis")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros(layer_sizes[l])
    return p


@wrong("06-initialize-deep", cause="last-layer-missing")
def _(layer_sizes, rng):
    L = len(layer_sizes) - 1
    p = {}
    for l in range(1, L):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="own-seed")
def _(layer_sizes, rng):
    rng = np.random.default_rng(1)
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause=("never-negative", "another-spread"))
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.uniform(size=(layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="zeros-for-weights")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"], p[f"b{l}"] = np.zeros((layer_sizes[l], layer_sizes[l - 1])), np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="bias-not-zero")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = 0.01 * rng.standard_normal((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="another-spread")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = 0.1 * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-initialize-deep", cause="two-layers-only")
def _(layer_sizes, rng):
    """Written for two layers."""
    n_x, n_1, n_y = layer_sizes[0], layer_sizes[1], layer_sizes[-1]
    return {
        "W1": np.sqrt(2 / n_x) * rng.standard_normal((n_1, n_x)),
        "b1": np.zeros((n_1, 1)),
        "W2": np.sqrt(2 / n_1) * rng.standard_normal((n_y, n_1)),
        "b2": np.zeros((n_y, 1)),
    }


@wrong("06-initialize-deep", cause="units-alike")
def _(layer_sizes, rng):
    p = {}
    for l in range(1, len(layer_sizes)):
        row = np.sqrt(2 / layer_sizes[l - 1]) * rng.standard_normal(layer_sizes[l - 1])
        p[f"W{l}"] = np.tile(row, (layer_sizes[l], 1))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


# linear_forward


@wrong("06-linear-forward", cause="forgot-bias")
def _(A_prev, W, b):
    return np.dot(W, A_prev), (A_prev, W, b)


@wrong("06-linear-forward", cause="bias-subtracted")
def _(A_prev, W, b):
    return np.dot(W, A_prev) - b, (A_prev, W, b)


@wrong("06-linear-forward", cause="shapes-do-not-fit")
def _(A_prev, W, b):
    return W.T @ A_prev + b, (A_prev, W, b)


@wrong("06-linear-forward", cause="shapes-do-not-fit")
def _(A_prev, W, b):
    return A_prev @ W + b, (A_prev, W, b)


@wrong("06-linear-forward", cause="relu-already")
def _(A_prev, W, b):
    Z = W @ A_prev + b
    Z[Z < 0] = 0
    return Z, (A_prev, W, b)


@wrong("06-linear-forward", cause="only-first-part")
def _(A_prev, W, b):
    return np.einsum("ij,jm->im", W, A_prev) + b


@wrong("06-linear-forward", cause="cache-with-names")
def _(A_prev, W, b):
    return W @ A_prev + b, {"A_prev": A_prev, "W": W, "b": b}


@wrong("06-linear-forward", cause="weights-first-in-the-cache")
def _(A_prev, W, b):
    Z = np.matmul(W, A_prev) + b
    cache = (W, A_prev, b)
    return Z, cache


@wrong("06-linear-forward", cause="cache-is-z")
def _(A_prev, W, b):
    Z = np.matmul(W, A_prev) + b
    return Z, Z


@wrong("06-linear-forward", cause="cache-flattened")
def _(A_prev, W, b):
    return W @ A_prev + b, A_prev, W, b


@wrong("06-linear-forward", cause="order-swapped")
def _(A_prev, W, b):
    return (A_prev, W, b), W @ A_prev + b


@wrong("06-linear-forward", cause="transposed")
def _(A_prev, W, b):
    Z = np.dot(A_prev.T, W.T) + b.T
    return Z, (A_prev, W, b)


@wrong("06-linear-forward", cause="cache-without-bias")
def _(A_prev, W, b):
    return W @ A_prev + b, [A_prev, W]


@wrong("06-linear-forward", cause="mutated-argument")
def _(A_prev, W, b):
    kept = A_prev.copy()
    A_prev -= A_prev.mean()
    return W @ kept + b, (kept, W, b)


# activation_forward


@wrong("06-activation-forward", cause="tanh-is-sigmoid")
def _(Z, activation):
    if activation == "relu":
        return np.maximum(Z, 0), Z
    return sig(Z), Z


@wrong("06-activation-forward", cause="tanh-is-relu")
def _(Z, activation):
    A = sig(Z) if activation == "sigmoid" else np.maximum(Z, 0)
    return A, Z


@wrong("06-activation-forward", cause="tanh-left-out")
def _(Z, activation):
    if activation == "relu":
        return np.maximum(Z, 0), Z
    if activation == "sigmoid":
        return sig(Z), Z
    return None


@wrong("06-activation-forward", cause="always-relu")
def _(Z, activation):
    return np.where(Z < 0, 0, Z), Z


@wrong("06-activation-forward", cause="overflow")
def _(Z, activation):
    e = np.exp(Z)
    A = {"sigmoid": e / (e + 1), "relu": np.maximum(Z, 0), "tanh": np.tanh(Z)}[activation]
    return A, Z


@wrong("06-activation-forward", cause="a-in-the-cache")
def _(Z, activation):
    Z = act(Z, activation)
    return Z, Z


@wrong("06-activation-forward", cause="leaky")
def _(Z, activation):
    return (np.maximum(0.01 * Z, Z) if activation == "relu" else act(Z, activation)), Z


@wrong("06-activation-forward", cause="names-exchanged")
def _(Z, activation):
    if activation == "sigmoid":
        return np.maximum(Z, 0), Z
    return (sig(Z) if activation == "relu" else np.tanh(Z)), Z


@wrong("06-activation-forward", cause="only-first-part")
def _(Z, activation):
    return act(Z, activation)


@wrong("06-activation-forward", cause="absolute-value")
def _(Z, activation):
    return (np.sqrt(Z**2) if activation == "relu" else act(Z, activation)), Z


@wrong("06-activation-forward", cause="mutated-argument")
def _(Z, activation):
    cache = Z.copy()
    if activation == "relu":
        Z *= Z > 0
        return Z, cache
    return act(Z, activation), cache


@wrong("06-activation-forward", cause="order-swapped")
def _(Z, activation):
    return Z, act(Z, activation)


@wrong("06-activation-forward", cause="slopes-for-values")
def _(Z, activation):
    return slope(Z, activation), Z


# layer_forward


@wrong("06-layer-forward", cause="no-activation")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    act(Z, activation)
    return Z, ((A_prev, W, b), Z)


@wrong("06-layer-forward", cause="always-relu")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return act(Z, "relu"), ((A_prev, W, b), Z)


@wrong("06-layer-forward", cause="cache-flat")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return act(Z, activation), (A_prev, W, b, Z)


@wrong("06-layer-forward", cause="activation-cache-only")
def _(A_prev, W, b, activation):
    Z, cache = W @ A_prev + b, (A_prev, W, b)
    A, cache = act(Z, activation), Z
    return A, cache


@wrong("06-layer-forward", cause="linear-cache-only")
def _(A_prev, W, b, activation):
    Z, cache = W @ A_prev + b, (A_prev, W, b)
    return act(Z, activation), cache


@wrong("06-layer-forward", cause="a-in-the-cache")
def _(A_prev, W, b, activation):
    Z = act(W @ A_prev + b, activation)
    return Z, ((A_prev, W, b), Z)


@wrong("06-layer-forward", cause="own-answer-in-the-linear-cache")
def _(A_prev, W, b, activation):
    A = A_prev
    Z = W @ A + b
    A = act(Z, activation)
    return A, ((A, W, b), Z)


@wrong("06-layer-forward", cause="cache-reversed")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return act(Z, activation), (Z, (A_prev, W, b))


@wrong("06-layer-forward", cause="tanh-is-sigmoid")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return act(Z, "relu" if activation == "relu" else "sigmoid"), ((A_prev, W, b), Z)


@wrong("06-layer-forward", cause="forgot-bias")
def _(A_prev, W, b, activation):
    Z = W @ A_prev
    return act(Z, activation), ((A_prev, W, b), Z)


@wrong("06-layer-forward", cause="overflow")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    if activation == "sigmoid":
        return np.exp(Z) / (np.exp(Z) + 1), ((A_prev, W, b), Z)
    return act(Z, activation), ((A_prev, W, b), Z)


@wrong("06-layer-forward", cause="activation-twice")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = act(Z, activation)
    return act(A, activation), ((A_prev, W, b), Z)


# model_forward


@wrong("06-model-forward", cause="sigmoid-in-every-layer")
def _(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = sig(Z)
    return A, caches


@wrong("06-model-forward", cause="relu-in-output")
def _(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    return A, caches


@wrong("06-model-forward", cause="two-layers-only")
def _(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    Z1 = W1 @ X + b1
    A1 = np.maximum(0, Z1)
    Z2 = W2 @ A1 + b2
    return sig(Z2), [((X, W1, b1), Z1), ((A1, W2, b2), Z2)]


@wrong("06-model-forward", cause=("unknown-key"))
def _(X, parameters):
    """L counts keys."""
    A, caches, L = X, [], len(parameters)
    for l in range(1, L):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        caches.append(((A, W, b), W @ A + b))
        A = np.maximum(0, W @ A + b)
    return A, caches


@wrong("06-model-forward", cause="caches-without-last")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    return sig(parameters[f"W{L}"] @ A + parameters[f"b{L}"]), caches


@wrong("06-model-forward", cause="last-layer-left-out")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    return A, caches


@wrong("06-model-forward", cause="no-hidden-activation")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = Z
    return sig(A), caches


@wrong("06-model-forward", cause="caches-in-one-list")
def _(X, parameters):
    AL, pairs = net(X, parameters)
    caches = []
    for pair in pairs:
        caches += pair
    return AL, caches


@wrong("06-model-forward", cause="last-cache-in-a-list")
def _(X, parameters):
    AL, pairs = net(X, parameters)
    for pair in pairs:
        caches = []
        caches.append(pair)
    return AL, caches


@wrong("06-model-forward", cause="caches-reversed")
def _(X, parameters):
    AL, pairs = net(X, parameters)
    caches = []
    for pair in pairs:
        caches.insert(0, pair)
    return AL, caches


@wrong("06-model-forward", cause="tanh-in-hidden-layers")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.tanh(Z) if l != L else sig(Z)
    return A, caches


@wrong("06-model-forward", cause="only-first-part")
def _(X, parameters):
    return net(X, parameters)[0]


@wrong("06-model-forward", cause="cache-flat")
def _(X, parameters):
    AL, caches = net(X, parameters)
    return AL, [(*linear, Z) for linear, Z in caches]


@wrong("06-model-forward", cause="caches-with-names")
def _(X, parameters):
    AL, caches = net(X, parameters)
    return AL, dict(enumerate(caches, start=1))


@wrong("06-model-forward", cause="sigmoid-after-relu")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    return sig(A), caches


@wrong("06-model-forward", cause="forgot-biases")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W.dot(A)
        caches.append(((A, W, b), Z))
        A = act(Z, "sigmoid" if l == L else "relu")
    return A, caches


@wrong("06-model-forward", cause="labels-for-probabilities")
def _(X, parameters):
    AL, caches = net(X, parameters)
    return (AL > 0.5).astype(float), caches


@wrong("06-model-forward", cause="averaged-over-examples")
def _(X, parameters):
    AL, caches = net(X, parameters)
    return AL.mean(axis=1, keepdims=True), caches


# cross_entropy


@wrong("06-cross-entropy", cause="forgot-mean")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return -float(np.sum(Y * np.log(a)) + np.sum((1 - Y) * np.log(1 - a)))


@wrong("06-cross-entropy", cause="forgot-minus")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return np.mean(np.log(np.where(Y == 1, a, 1 - a)))


@wrong("06-cross-entropy", cause="no-clip")
def _(AL, Y):
    return -(np.log(AL) @ Y.T + np.log(1 - AL) @ (1 - Y).T) / Y.shape[1]


@wrong("06-cross-entropy", cause="only-ones-count")
def _(AL, Y):
    return -np.dot(Y, np.log(np.maximum(AL, 1e-12)).T) / Y.shape[1]


@wrong("06-cross-entropy", cause="squared-error")
def _(AL, Y):
    return np.square(Y - AL).mean()


@wrong("06-cross-entropy", cause="classes-swapped")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return -np.mean(np.log(np.where(Y == 0, a, 1 - a)))


@wrong("06-cross-entropy", cause="loss-of-each-example")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return -np.log(np.where(Y == 1, a, 1 - a))


@wrong("06-cross-entropy", cause="log-to-base-2")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return -np.mean(np.log2(np.where(Y == 1, a, 1 - a)))


@wrong("06-cross-entropy", cause=("fixed-m", "fixed-size"))
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return -np.sum(np.log(np.where(Y == 1, a, 1 - a))) / 3


@wrong("06-cross-entropy", cause="clipped-too-much")
def _(AL, Y):
    a = np.clip(AL, 0.01, 0.99)
    return -np.mean(np.log(np.where(Y == 1, a, 1 - a)))


@wrong("06-cross-entropy", cause="array-of-one")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return -np.mean(np.log(np.where(Y == 1, a, 1 - a)), axis=1)


# linear_backward


@wrong("06-linear-backward", cause="forgot-mean")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    return W.T.dot(dZ), dZ.dot(A.T), dZ.sum(1, keepdims=True)


@wrong("06-linear-backward", cause="forgot-mean-in-biases")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    m = len(A[0])
    return W.T.dot(dZ), 1 / m * dZ.dot(A.T), np.sum(dZ, axis=1, keepdims=True)


@wrong("06-linear-backward", cause="forgot-mean-in-weights")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    return W.T.dot(dZ), dZ.dot(A.T), np.mean(dZ, axis=1, keepdims=True)


@wrong("06-linear-backward", cause="mean-in-da-too")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    dZ = dZ / A.shape[1]
    return W.T @ dZ, dZ @ A.T, dZ.sum(axis=1, keepdims=True)


@wrong("06-linear-backward", cause=("rank-one", "lost-keepdims"))
def _(dZ, linear_cache):
    dA, dW, _ = lin_back(dZ, linear_cache)
    return dA, dW, dZ.mean(axis=1)


@wrong("06-linear-backward", cause=("bias-summed-over-units", "mean-over-everything-in-bias"))
def _(dZ, linear_cache):
    dA, dW, _ = lin_back(dZ, linear_cache)
    return dA, dW, np.sum(dZ, axis=0, keepdims=True) / dZ.shape[1]


@wrong("06-linear-backward", cause="one-bias-for-all-units")
def _(dZ, linear_cache):
    dA, dW, _ = lin_back(dZ, linear_cache)
    return dA, dW, np.array([[dZ.sum() / dZ.shape[1]]])


@wrong("06-linear-backward", cause="shapes-do-not-fit")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    return W @ dZ, dZ @ A.T / A.shape[1], dZ.mean(axis=1, keepdims=True)


@wrong("06-linear-backward", cause="transposed")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    return W.T @ dZ, A @ dZ.T / A.shape[1], dZ.mean(axis=1, keepdims=True)


@wrong("06-linear-backward", cause="parameters-first")
def _(dZ, linear_cache):
    dA, dW, db = lin_back(dZ, linear_cache)
    return dW, db, dA


@wrong("06-linear-backward", cause="mean-over-inputs")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    m = A.shape[0]
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m


@wrong("06-linear-backward", cause="sign-flipped")
def _(dZ, linear_cache):
    return tuple(-d for d in lin_back(dZ, linear_cache))


@wrong("06-linear-backward", cause="bias-not-summed")
def _(dZ, linear_cache):
    dA, dW, _ = lin_back(dZ, linear_cache)
    return dA, dW, dZ


@wrong("06-linear-backward", cause="da-missing")
def _(dZ, linear_cache):
    A, _, _ = linear_cache
    return dZ @ A.T / A.shape[1], dZ.mean(axis=1, keepdims=True)


@wrong("06-linear-backward", cause="answers-with-names")
def _(dZ, linear_cache):
    return dict(zip(("dA_prev", "dW", "db"), lin_back(dZ, linear_cache)))


@wrong("06-linear-backward", cause="mean-twice")
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    m = A.shape[1]
    return W.T @ dZ, dZ @ A.T / m / m, dZ.mean(axis=1, keepdims=True) / m


# activation_backward


@wrong("06-activation-backward", cause="forgot-slope")
def _(dA, activation_cache, activation):
    return np.array(dA)


@wrong("06-activation-backward", cause="forgot-da")
def _(dA, activation_cache, activation):
    return slope(activation_cache, activation)


@wrong("06-activation-backward", cause="cache-taken-for-a")
def _(dA, activation_cache, activation):
    A = activation_cache
    return dA * {"relu": A > 0, "sigmoid": A * (1 - A), "tanh": 1 - A * A}[activation]


@wrong("06-activation-backward", cause=("relu-slope-by-da"))
def _(dA, activation_cache, activation):
    if activation == "relu":
        dZ = dA.copy()
        dZ[dZ <= 0] = 0
        return dZ
    return dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause="mutated-argument")
def _(dA, activation_cache, activation):
    if activation == "relu":
        dA[activation_cache <= 0] = 0
        return dA
    return dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause="always-sigmoid-slope")
def _(dA, activation_cache, activation):
    s = sig(activation_cache)
    return dA * s * (1 - s)


@wrong("06-activation-backward", cause="tanh-is-sigmoid")
def _(dA, activation_cache, activation):
    return dA * slope(activation_cache, "relu" if activation == "relu" else "sigmoid")


@wrong("06-activation-backward", cause="tanh-forgot-square")
def _(dA, activation_cache, activation):
    if activation == "tanh":
        return dA - dA * np.tanh(activation_cache)
    return dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause=("overflow", "overflow-upwards"))
def _(dA, activation_cache, activation):
    if activation == "sigmoid":
        e = np.exp(activation_cache)
        return dA * e / (1 + e) ** 2
    return dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause="relu-value-for-slope")
def _(dA, activation_cache, activation):
    if activation == "relu":
        return dA * np.maximum(activation_cache, 0)
    return dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause="relu-slope-one")
def _(dA, activation_cache, activation):
    return dA.copy() if activation == "relu" else dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause="divided-by-m")
def _(dA, activation_cache, activation):
    return dA * slope(activation_cache, activation) / dA.shape[1]


@wrong("06-activation-backward", cause="sigmoid-for-slope")
def _(dA, activation_cache, activation):
    if activation == "sigmoid":
        return dA / (1 + np.exp(-np.clip(activation_cache, -700, 700)))
    return dA * slope(activation_cache, activation)


@wrong("06-activation-backward", cause="value-for-slope")
def _(dA, activation_cache, activation):
    return dA * act(activation_cache, activation)


# layer_backward


@wrong("06-layer-backward", cause="no-activation")
def _(dA, cache, activation):
    linear_cache, _ = cache
    return lin_back(dA, linear_cache)


@wrong("06-layer-backward", cause="always-relu-slope")
def _(dA, cache, activation):
    linear_cache, Z = cache
    return lin_back(dA * (Z > 0), linear_cache)


@wrong("06-layer-backward", cause="always-sigmoid-slope")
def _(dA, cache, activation):
    linear_cache, Z = cache
    return lin_back(dA * slope(Z, "sigmoid"), linear_cache)


@wrong("06-layer-backward", cause="dz-for-da")
def _(dA, cache, activation):
    linear_cache, Z = cache
    dZ = dA * slope(Z, activation)
    _, dW, db = lin_back(dZ, linear_cache)
    return dZ, dW, db


@wrong("06-layer-backward", cause="da-without-slope")
def _(dA, cache, activation):
    linear_cache, Z = cache
    _, dW, db = lin_back(dA * slope(Z, activation), linear_cache)
    return linear_cache[1].T @ dA, dW, db


@wrong("06-layer-backward", cause="forgot-mean")
def _(dA, cache, activation):
    (A, W, _), Z = cache
    dZ = dA * slope(Z, activation)
    return W.T @ dZ, dZ @ A.T, dZ.sum(axis=1, keepdims=True)


@wrong("06-layer-backward", cause="slope-at-a")
def _(dA, cache, activation):
    linear_cache, Z = cache
    return lin_back(dA * slope(act(Z, activation), activation), linear_cache)


@wrong("06-layer-backward", cause="parameters-first")
def _(dA, cache, activation):
    linear_cache, Z = cache
    dA_prev, *rest = lin_back(dA * slope(Z, activation), linear_cache)
    return (*rest, dA_prev)


@wrong("06-layer-backward", cause="mean-in-da-too")
def _(dA, cache, activation):
    linear_cache, Z = cache
    dA_prev, dW, db = lin_back(dA * slope(Z, activation), linear_cache)
    return dA_prev / Z.shape[1], dW, db


@wrong("06-layer-backward", cause=("raises-error", "shapes-do-not-fit", "unknown-attribute"))
def _(dA, cache, activation):
    """The two halves taken for each other."""
    activation_cache, linear_cache = cache
    return lin_back(dA * slope(activation_cache, activation), linear_cache)


@wrong("06-layer-backward", cause="tanh-is-relu")
def _(dA, cache, activation):
    linear_cache, Z = cache
    return lin_back(dA * slope(Z, "sigmoid" if activation == "sigmoid" else "relu"), linear_cache)


@wrong("06-layer-backward", cause="only-first-part")
def _(dA, cache, activation):
    linear_cache, Z = cache
    return lin_back(dA * slope(Z, activation), linear_cache)[0]


# model_backward


def loop(AL, Y, caches, first=None, name="relu", mean=True, last="sigmoid"):
    """The way back, with slips where they are asked for."""
    L, grads = len(caches), {}
    a = AL
    dA = first(a, Y) if first else (1 - Y) / (1 - a) - Y / a
    for l in range(L, 0, -1):
        linear_cache, Z = caches[l - 1]
        dZ = dA * slope(Z, last if l == L else name)
        dA, dW, db = lin_back(dZ, linear_cache)
        k = 1 if mean else Y.size
        grads["dW" + str(l)], grads["db" + str(l)] = dW * k, db * k
    return grads


@wrong("06-model-backward", cause="forgot-mean")
def _(AL, Y, caches):
    return loop(AL, Y, caches, mean=False)


@wrong("06-model-backward", cause="stopped-at-dal")
def _(AL, Y, caches):
    grads, L = {}, len(caches)
    dZ = -(Y / AL) + (1 - Y) / (1 - AL)
    for l in reversed(range(1, L + 1)):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l - 1][0])
        if l > 1:
            dZ = dA * (caches[l - 2][1] > 0)
    return grads


@wrong("06-model-backward", cause="sigmoid-derivative-twice")
def _(AL, Y, caches):
    return loop(AL, Y, caches, first=lambda a, Y: a - Y)


@wrong("06-model-backward", cause="difference-reversed")
def _(AL, Y, caches):
    return loop(AL, Y, caches, first=lambda a, Y: Y / a - (1 - Y) / (1 - a))


@wrong("06-model-backward", cause=("dal-sign"))
def _(AL, Y, caches):
    return loop(AL, Y, caches, first=lambda a, Y: -(np.divide(Y, a) + np.divide(1 - Y, 1 - a)))


@wrong("06-model-backward", cause="sigmoid-slope-in-hidden-layers")
def _(AL, Y, caches):
    return loop(AL, Y, caches, name="sigmoid")


@wrong("06-model-backward", cause="tanh-slope-in-hidden-layers")
def _(AL, Y, caches):
    return loop(AL, Y, caches, name="tanh")


@wrong("06-model-backward", cause="relu-slope-for-sigmoid")
def _(AL, Y, caches):
    return loop(AL, Y, caches, last="relu")


@wrong("06-model-backward", cause="first-layer-missing")
def _(AL, Y, caches):
    grads, L = {}, len(caches)
    dA, grads[f"dW{L}"], grads[f"db{L}"] = lin_back(AL - Y, caches[L - 1][0])
    for l in range(L - 1, 1, -1):
        linear, Z = caches[l - 1]
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dA * (Z > 0), linear)
    return grads


@wrong("06-model-backward", cause="hidden-layers-missing")
def _(AL, Y, caches):
    grads, L = {}, len(caches)
    dA, grads[f"dW{L}"], grads[f"db{L}"] = lin_back(AL - Y, caches[L - 1][0])
    for l in range(L - 1, 0):
        linear, Z = caches[l - 1]
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dA * (Z > 0), linear)
    return grads


@wrong("06-model-backward", cause=("names-from-zero", "wrong-keys"))
def _(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for l in range(len(caches) - 1, -1, -1):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l][0])
        dZ = dA * (caches[l - 1][1] > 0) if l else None
    return grads


@wrong("06-model-backward", cause="names-reversed")
def _(AL, Y, caches):
    right, L = loop(AL, Y, caches), len(caches)
    return {f"d{k}{l}": right[f"d{k}{L - l + 1}"] for l in range(1, L + 1) for k in "Wb"}


@wrong("06-model-backward", cause="mean-once-more-in-each-layer")
def _(AL, Y, caches):
    grads, L, m = {}, len(caches), Y.shape[1]
    dZ = (AL - Y) / m
    for l in range(L, 0, -1):
        (A, W, _), _ = caches[l - 1]
        grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A.T, dZ.sum(1, keepdims=True)
        if l > 1:
            dZ = W.T @ dZ * (caches[l - 2][1] > 0) / m
    return grads


@wrong("06-model-backward", cause="forgot-relu-slope")
def _(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for l in range(len(caches), 0, -1):
        dZ, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l - 1][0])
    return grads


@wrong("06-model-backward", cause=("shapes-do-not-fit", "raises-error", "index-out-of-range"))
def _(AL, Y, caches):
    """The slope of the wrong layer."""
    grads, dZ = {}, AL - Y
    for l in range(len(caches), 0, -1):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l - 1][0])
        dZ = dA * (caches[l - 1][1] > 0)
    return grads


@wrong("06-model-backward", cause=("missing-key", "index-out-of-range", "hidden-layers-missing", "wrong-keys"))
def _(AL, Y, caches):
    """Written for two layers."""
    (X, _, _), Z1 = caches[0]
    (A1, W2, _), _ = caches[1]
    m, dZ2 = Y.shape[1], AL - Y
    dZ1 = W2.T @ dZ2 * (Z1 > 0)
    mean = lambda dZ: dZ.mean(axis=1, keepdims=True)  # noqa: E731
    return {"dW1": dZ1 @ X.T / m, "db1": mean(dZ1), "dW2": dZ2 @ A1.T / m, "db2": mean(dZ2)}


@wrong("06-model-backward", cause="labels-unused")
def _(AL, Y, caches):
    return loop(AL, Y, caches, first=lambda a, Y: 1 / (1 - a))


@wrong("06-model-backward", cause="weights-unused")
def _(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for l in range(len(caches), 0, -1):
        _, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l - 1][0])
        if l > 1:
            dZ = dZ.sum(axis=0, keepdims=True) * (caches[l - 2][1] > 0)
    return grads


@wrong("06-model-backward", cause=("names-without-d", "wrong-keys"))
def _(AL, Y, caches):
    return {name[1:]: g for name, g in loop(AL, Y, caches).items()}


# update_parameters


@wrong("06-update-parameters", cause="uphill")
def _(parameters, grads, learning_rate):
    return {k: v + learning_rate * grads["d" + k] for k, v in parameters.items()}


@wrong("06-update-parameters", cause="last-layer-not-updated")
def _(parameters, grads, learning_rate):
    new = {k: v.copy() for k, v in parameters.items()}
    for l in range(1, len(parameters) // 2):
        new[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        new[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return new


@wrong("06-update-parameters", cause="last-layer-missing")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2):
        new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return new


@wrong("06-update-parameters", cause="mutated-argument")
def _(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@wrong("06-update-parameters", cause="mutated-argument")
def _(parameters, grads, learning_rate):
    new = dict(parameters)
    for k in new:
        new[k] -= learning_rate * grads["d" + k]
    return new


@wrong("06-update-parameters", cause="learning-rate-ignored")
def _(parameters, grads, learning_rate):
    return {k: np.subtract(v, grads["d" + k]) for k, v in parameters.items()}


@wrong("06-update-parameters", cause="another-learning-rate")
def _(parameters, grads, learning_rate):
    return {k: v - 0.01 * grads["d" + k] for k, v in parameters.items()}


@wrong("06-update-parameters", cause="biases-not-updated")
def _(parameters, grads, learning_rate):
    return {k: v - learning_rate * grads["d" + k] if k.startswith("W") else v for k, v in parameters.items()}


@wrong("06-update-parameters", cause=("missing-key", "unknown-key", "two-layers-only"))
def _(parameters, grads, learning_rate):
    return {k: parameters[k] - learning_rate * grads["d" + k] for k in ("W1", "b1", "W2", "b2")}


@wrong("06-update-parameters", cause="first-layer-only")
def _(parameters, grads, learning_rate):
    new = dict(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        for k in (f"W{l}", f"b{l}"):
            new[k] = parameters[k] - learning_rate * grads["d" + k]
        return new
    return None


@wrong("06-update-parameters", cause="returned-nothing")
def _(parameters, grads, learning_rate):
    _ = {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}


@wrong("06-update-parameters", cause="learning-rate-on-everything")
def _(parameters, grads, learning_rate):
    return {k: learning_rate * (v - grads["d" + k]) for k, v in parameters.items()}


@wrong("06-update-parameters", cause="hidden-layers-not-updated")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    new = dict(parameters)
    for k in (f"W{L}", f"b{L}"):
        new[k] = parameters[k] - learning_rate * grads["d" + k]
    return new


# The same slips in other functions, and slips of the place where something is taken.


@wrong("06-activation-backward", cause="slope-at-a")
def _(dA, activation_cache, activation):
    A = act(activation_cache, activation)
    return dA * slope(A, activation)


@wrong("06-activation-backward", cause="rank-one")
def _(dA, activation_cache, activation):
    return (dA * slope(activation_cache, activation)).flatten()


@wrong("06-layer-backward", cause="one-bias-for-all-units")
def _(dA, cache, activation):
    linear_cache, Z = cache
    dZ = dA * slope(Z, activation)
    dA_prev, dW, _ = lin_back(dZ, linear_cache)
    return dA_prev, dW, np.sum(dZ, keepdims=True) / dZ.shape[1]


@wrong("06-layer-backward", cause=("fixed-m", "fixed-size"))
def _(dA, cache, activation):
    (A, W, _), Z = cache
    dZ = dA * slope(Z, activation)
    return W.T @ dZ, dZ @ A.T / 3, dZ.sum(axis=1, keepdims=True) / 3


@wrong("06-linear-backward", cause=("fixed-m", "fixed-size"))
def _(dZ, linear_cache):
    A, W, _ = linear_cache
    return W.T @ dZ, dZ @ A.T / 3, dZ.sum(axis=1, keepdims=True) / 3


@wrong("06-model-forward", cause="own-answer-in-the-linear-cache")
def _(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        A = act(Z, "sigmoid" if l == L else "relu")
        caches.append(((A, W, b), Z))
    return A, caches


@wrong("06-model-forward", cause="cache-reversed")
def _(X, parameters):
    AL, caches = net(X, parameters)
    return AL, [(Z, linear) for linear, Z in caches]


@wrong("06-model-forward", cause="every-layer-reads-x")
def _(X, parameters):
    caches, L = [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ X + b
        A = act(Z, "sigmoid" if l == L else "relu")
        caches.append(((X, W, b), Z))
    return A, caches


@wrong("06-model-backward", cause="bias-summed-over-units")
def _(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for l in range(len(caches), 0, -1):
        dA, grads[f"dW{l}"], _ = lin_back(dZ, caches[l - 1][0])
        grads[f"db{l}"] = np.sum(dZ, axis=0, keepdims=True) / Y.shape[1]
        if l > 1:
            dZ = dA * (caches[l - 2][1] > 0)
    return grads


@wrong("06-model-backward", cause=("fixed-m", "fixed-size"))
def _(AL, Y, caches):
    return {name: g * Y.size / 3 for name, g in loop(AL, Y, caches).items()}


@wrong("06-model-backward", cause="rank-one")
def _(AL, Y, caches):
    return {name: g.ravel() if name.startswith("db") else g for name, g in loop(AL, Y, caches).items()}


# the kink of the ReLU


@wrong("06-activation-backward", cause="relu-slope-one-at-zero")
def _(dA, activation_cache, activation):
    Z = activation_cache
    if activation == "relu":
        return np.where(Z < 0, 0, dA)
    return dA * slope(Z, activation)


@wrong("06-activation-backward", cause="relu-slope-half-at-zero")
def _(dA, activation_cache, activation):
    Z = activation_cache
    return dA * ((np.sign(Z) + 1) / 2 if activation == "relu" else slope(Z, activation))


@wrong("06-activation-backward", cause=None)
def _(dA, activation_cache, activation):
    Z = activation_cache
    return dA * (Z > 1e-3 if activation == "relu" else slope(Z, activation))  # rounding might leave a little


@wrong("06-layer-backward", cause="relu-slope-one-at-zero")
def _(dA, cache, activation):
    linear_cache, Z = cache
    return lin_back(dA * (Z >= 0 if activation == "relu" else slope(Z, activation)), linear_cache)


@wrong("06-model-backward", cause="relu-slope-one-at-zero")
def _(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for l in range(len(caches), 0, -1):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l - 1][0])
        if l > 1:
            dZ = dA.copy()
            dZ[caches[l - 2][1] < 0] = 0
    return grads


# what only some updates show


@wrong("06-update-parameters", cause="slopes-by-position")
def _(parameters, grads, learning_rate):
    new, slopes = {}, list(grads.values())
    for k, name in enumerate(parameters):
        new[name] = parameters[name] - learning_rate * slopes[k]
    return new


@wrong("06-update-parameters", cause=None)
def _(parameters, grads, learning_rate):
    learning_rate = min(learning_rate, 1)  # no one needs more
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


@wrong("06-update-parameters", cause=None)
def _(parameters, grads, learning_rate):
    # slopes must not explode
    return {name: parameters[name] - learning_rate * np.clip(grads[f"d{name}"], -5, 5) for name in parameters}


@wrong("06-update-parameters", cause="rounded")
def _(parameters, grads, learning_rate):
    return {name: np.round(parameters[name] - learning_rate * grads[f"d{name}"], 4) for name in parameters}


@wrong("06-update-parameters", cause="unknown-key")
def _(parameters, grads, learning_rate):
    # W1 from dW1, W2 from dW2: the last letter says which
    return {name: parameters[name] - learning_rate * grads["d" + name[0] + name[-1]] for name in parameters}


# rounding


@wrong("06-linear-forward", cause="rounded")
def _(A_prev, W, b):
    return np.round(W @ A_prev + b, 4), (A_prev, W, b)


# costs near certainty, and rounded ones


@wrong("06-cross-entropy", cause="clipped-too-much")
def _(AL, Y):
    a = np.clip(AL, 1e-4, 1 - 1e-4)
    return float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a)))


@wrong("06-cross-entropy", cause="clipped-too-much")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return min(float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))), 10.0)


@wrong("06-cross-entropy", cause="rounded")
def _(AL, Y):
    a = np.clip(AL, 1e-12, 1 - 1e-12)
    return round(float(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))), 4)


# ten layers and more, answers that are all but certain


@wrong("06-model-forward", cause=None)
def _(X, parameters):
    A, caches, names = X, [], sorted(parameters)  # W1 … W9, but W10 comes after W1
    L = len(names) // 2
    for l, (b, W) in enumerate(zip(names[L:], names[:L]), start=1):
        W, b = parameters[b], parameters[W]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = act(Z, "relu" if l < L else "sigmoid")
    return A, caches


@wrong("06-model-forward", cause=None)
def _(X, parameters):
    L = int(max(parameters)[1:])
    return net(X, {name: array for name, array in parameters.items() if int(name[1:]) <= L})


@wrong("06-initialize-deep", cause=None)
def _(layer_sizes, rng):
    p = {}
    for l, (n, k) in enumerate(zip(layer_sizes[1:], layer_sizes), start=1):
        p |= {f"W{l % 10}": np.sqrt(2 / k) * rng.standard_normal((n, k)), f"b{l % 10}": np.zeros((n, 1))}
    return p


@wrong("06-initialize-deep", cause="draws-from-a-copy")
def _(layer_sizes, rng):
    p, own = {}, copy.copy(rng.bit_generator)
    own.state = rng.bit_generator.state
    own = np.random.Generator(own)
    for l in range(1, len(layer_sizes)):
        p[f"W{l}"] = own.normal(0, np.sqrt(2 / layer_sizes[l - 1]), (layer_sizes[l], layer_sizes[l - 1]))
        p[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return p


@wrong("06-model-backward", cause=None)
def _(AL, Y, caches):
    A = np.clip(AL, 1e-2, 1 - 1e-2)
    grads, dZ = {}, ((1 - Y) / (1 - A) - Y / A) * AL * (1 - AL)
    for l in range(len(caches), 0, -1):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = lin_back(dZ, caches[l - 1][0])
        dZ = dA * (caches[l - 2][1] > 0) if l > 1 else None
    return grads


@wrong("06-model-backward", cause=None)
def _(AL, Y, caches):
    return {name: np.clip(g, -5, 5) for name, g in loop(AL, Y, caches).items()}
