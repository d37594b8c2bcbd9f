"""Right answers to assignment 06 in many styles; each must pass."""

import itertools
import math
import warnings

import numpy as np

from benchmarks.corpus import right


def squash(Z):
    return np.exp(-np.logaddexp(0, -Z))


# initialize_deep


@right("06-initialize-deep")
def _(layer_sizes, rng):
    parameters = {}
    for l, (n_prev, n) in enumerate(itertools.pairwise(layer_sizes), start=1):
        parameters["W%d" % l] = rng.normal(scale=(2 / n_prev) ** 0.5, size=(n, n_prev))  # noqa: UP031
        parameters["b%d" % l] = np.zeros(shape=(n, 1))  # noqa: UP031
    return parameters


@right("06-initialize-deep")
def _(layer_sizes: list[int], rng: np.random.Generator) -> dict[str, np.ndarray]:
    """A flat distribution has the standard deviation limit / √3."""
    parameters = {}
    for l in range(len(layer_sizes) - 1, 0, -1):
        limit = math.sqrt(6 / layer_sizes[l - 1])
        parameters[f"W{l}"] = rng.uniform(-limit, limit, (layer_sizes[l], layer_sizes[l - 1]))
        parameters[f"b{l}"] = np.array([[0]] * layer_sizes[l])
    return parameters


@right("06-initialize-deep")
def _(layer_sizes, rng):
    weights = [rng.standard_normal((n, k)) * np.sqrt(2.0 / k) for k, n in itertools.pairwise(layer_sizes)]
    print("drawn", len(weights))
    return {f"W{i + 1}": W for i, W in enumerate(weights)} | {
        f"b{i + 1}": np.zeros_like(W[:, :1]) for i, W in enumerate(weights)
    }


@right("06-initialize-deep")
def _(layer_sizes, rng):
    def one(n, n_prev):
        W = np.empty((n, n_prev), dtype=np.float32)
        for i in range(n):
            W[i, :] = rng.standard_normal(n_prev) / np.sqrt(n_prev / 2)
        return W

    parameters = {}
    l = 1
    while l < len(layer_sizes):
        parameters[f"W{l}"], parameters[f"b{l}"] = (
            one(layer_sizes[l], layer_sizes[l - 1]),
            np.zeros((layer_sizes[l], 1)),
        )
        l += 1
    return parameters


@right("06-initialize-deep")
def _(layer_sizes, rng):
    parameters = {}
    for l, child in enumerate(rng.spawn(len(layer_sizes) - 1), start=1):
        n, n_prev = layer_sizes[l], layer_sizes[l - 1]
        parameters[f"W{l}"], parameters[f"b{l}"] = child.normal(0, (2 / n_prev) ** 0.5, (n, n_prev)), np.zeros((n, 1))
    return parameters


# linear_forward


@right("06-linear-forward")
def _(A_prev, W, b):
    Z = np.dot(W, A_prev)
    Z += b
    return Z, (A_prev, W, b)


@right("06-linear-forward")
def _(A_prev, W, b):
    return [np.einsum("ij,jk->ik", W, A_prev) + b, [A_prev, W, b]]


@right("06-linear-forward")
def _(A_prev, W, b):
    (n, n_prev), m = W.shape, A_prev.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            Z[i, j] = sum(W[i, k] * A_prev[k, j] for k in range(n_prev)) + b[i, 0]
    return Z, (A_prev.copy(), W.copy(), b.copy())


@right("06-linear-forward")
def _(A_prev, W, b):
    stacked = np.vstack([A_prev, np.ones((1, A_prev.shape[1]))])
    return np.hstack([W, b]) @ stacked, (A_prev, W, b)


@right("06-linear-forward")
def _(A_prev, W, b):
    return (A_prev.T @ W.T + b.T).T, (A_prev, W, b)


# activation_forward


@right("06-activation-forward")
def _(Z, activation):
    if activation == "sigmoid":
        A = (1 + np.tanh(Z / 2)) / 2
    elif activation == "relu":
        A = (abs(Z) + Z) / 2
    else:
        A = 2 * (1 + np.tanh(Z)) / 2 - 1
    return A, Z


@right("06-activation-forward")
def _(Z, activation):
    return {"sigmoid": squash, "relu": lambda z: z.clip(0), "tanh": np.tanh}[activation](Z), Z.copy()


@right("06-activation-forward")
def _(Z, activation):
    match activation:
        case "sigmoid":
            return 1 / (1 + np.exp(-Z)), Z  # warns at -1000 and is right
        case "relu":
            return Z * (Z > 0), Z
        case "tanh":
            return np.tanh(Z), Z


@right("06-activation-forward")
def _(Z, activation):
    def single(z):
        if activation == "relu":
            return z if z > 0 else 0.0
        if activation == "tanh":
            return math.tanh(z)
        return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))

    return np.vectorize(single, otypes=[float])(Z), Z


class Activation:
    def __call__(self, Z, activation):
        warnings.warn("working", stacklevel=1)
        return [getattr(self, activation)(Z), Z]

    def sigmoid(self, Z):
        return squash(Z)

    def relu(self, Z):
        A = Z.copy()
        A[A < 0] = 0
        return A

    def tanh(self, Z):
        return np.tanh(Z)


right("06-activation-forward")(Activation())


# layer_forward


def g(Z, name):
    return {"sigmoid": squash, "relu": lambda Z: np.maximum(Z, 0), "tanh": np.tanh}[name](Z)


@right("06-layer-forward")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return g(Z, activation), ((A_prev, W, b), Z)


@right("06-layer-forward")
def _(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str = "relu"):
    Z = np.add(np.matmul(W, A_prev), b)
    linear_cache = [A_prev, W, b]
    return [g(Z, activation), [linear_cache, Z]]


@right("06-layer-forward")
def _(A_prev, W, b, activation):
    columns = [W @ A_prev[:, [j]] + b for j in range(A_prev.shape[1])]
    Z = np.concatenate(columns, axis=1)
    A = np.hstack([g(column, activation) for column in columns])
    print(activation)
    return A, ((A_prev, W, b), Z)


@right("06-layer-forward")
def _(*args):
    A_prev, W, b, activation = args
    Z = np.tensordot(W, A_prev, axes=1) + np.broadcast_to(b, (len(b), A_prev.shape[1]))
    return g(Z, activation), ((A_prev, W, b), Z)


# model_forward


@right("06-model-forward")
def _(X, parameters):
    A, caches, L = X, [], sum(name.startswith("W") for name in parameters)
    for l in range(L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(0, Z) if l < L - 1 else squash(Z)
    return A, caches


@right("06-model-forward")
def _(X, parameters):
    L = len(parameters) // 2

    def up_to(l):
        if l == 0:
            return X, []
        A_prev, caches = up_to(l - 1)
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = W.dot(A_prev) + b
        return g(Z, "sigmoid" if l == L else "relu"), [*caches, ((A_prev, W, b), Z)]

    return up_to(L)


@right("06-model-forward")
def _(X, parameters):
    L, A = len(parameters) // 2, {0: X}
    Z = {}
    for l in range(1, L + 1):
        Z[l] = np.einsum("ij,jm->im", parameters[f"W{l}"], A[l - 1]) + parameters[f"b{l}"]
        A[l] = Z[l] * (Z[l] > 0)
    AL = squash(Z[L])
    return AL, tuple(((A[l - 1], parameters[f"W{l}"], parameters[f"b{l}"]), Z[l]) for l in range(1, L + 1))


@right("06-model-forward")
def _(X, parameters):
    hidden = range(1, len(parameters) // 2)
    caches, A = [], X.view()
    for l in hidden:
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        caches += [[[A, W, b], W @ A + b]]
        A = caches[-1][1].clip(min=0)
    l = len(hidden) + 1
    W, b = parameters[f"W{l}"], parameters[f"b{l}"]
    caches += [[[A, W, b], W @ A + b]]
    return squash(caches[-1][1]), caches


# cross_entropy


@right("06-cross-entropy")
def _(AL, Y):
    a = np.clip(AL.astype(float), 1e-15, 1 - 1e-15)
    return -(Y @ np.log(a).T + (1 - Y) @ np.log1p(-a).T) / Y.shape[1]


@right("06-cross-entropy")
def _(AL, Y):
    p = np.where(Y == 1, AL, 1 - AL)
    return np.mean(-np.log(np.maximum(p, 1e-10)))


@right("06-cross-entropy")
def _(AL, Y):
    total = 0.0
    for a, y in zip(AL.ravel().tolist(), Y.ravel().tolist()):
        p = a if y == 1 else 1 - a
        total -= math.log(max(p, 1e-12))
    return total / AL.size


@right("06-cross-entropy")
def _(AL, Y):
    with np.errstate(divide="ignore"):
        terms = np.where(Y > 0.5, np.log(AL), np.log1p(-np.asarray(AL, dtype=np.float64)))
    return np.array(-np.maximum(terms, -100.0).mean())


# linear_backward


@right("06-linear-backward")
def _(dZ, linear_cache):
    A_prev, W, _ = linear_cache
    m = A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


@right("06-linear-backward")
def _(dZ, linear_cache):
    A_prev, W, _ = linear_cache
    share = dZ / dZ.shape[1]
    return [W.T @ dZ, share @ A_prev.T, share @ np.ones((dZ.shape[1], 1))]


@right("06-linear-backward")
def _(dZ, linear_cache):
    A_prev, W, _ = linear_cache
    return (
        np.einsum("ij,im->jm", W, dZ),
        np.einsum("im,jm->ij", dZ, A_prev) / dZ.shape[1],
        dZ.mean(axis=1).reshape(-1, 1),
    )


@right("06-linear-backward")
def _(dZ, linear_cache):
    A_prev, W, b = linear_cache
    dA, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    m = dZ.shape[1]
    for j in range(m):
        d, a = dZ[:, j : j + 1], A_prev[:, j : j + 1]
        dA[:, j : j + 1] = W.T @ d
        dW += d @ a.T / m
        db += d / m
    return dA, dW, db


@right("06-linear-backward")
def _(dZ, linear_cache):
    A_prev, W = linear_cache[:2]
    both = dZ @ np.vstack([A_prev, np.ones(A_prev.shape[1])]).T / dZ.shape[1]
    return (dZ.T @ W).T, both[:, :-1], both[:, -1:]


# activation_backward


@right("06-activation-backward")
def _(dA, activation_cache, activation):
    Z = activation_cache
    if activation == "relu":
        return np.where(Z > 0, dA, 0)
    A = squash(Z) if activation == "sigmoid" else np.tanh(Z)
    return dA * A * (1 - A) if activation == "sigmoid" else dA * (1 - A) * (1 + A)


@right("06-activation-backward")
def _(dA, activation_cache, activation):
    Z = activation_cache
    return (
        dA * {"relu": Z > 0, "sigmoid": squash(Z) * squash(-Z), "tanh": 4 * squash(2 * Z) * squash(-2 * Z)}[activation]
    )


@right("06-activation-backward")
def _(dA, activation_cache, activation):
    dZ = np.array(dA, copy=True)
    if activation == "relu":
        dZ[activation_cache <= 0] = 0
        return dZ
    A = g(activation_cache, activation)
    return np.einsum("ij,ij->ij", dZ, A - A**2 if activation == "sigmoid" else 1 - A**2)


@right("06-activation-backward")
def _(dA, activation_cache, activation):
    out = np.zeros_like(dA, dtype=float)
    for i, j in np.ndindex(*dA.shape):
        z = float(activation_cache[i, j])
        t = math.tanh(z / 2 if activation == "sigmoid" else z)
        s = {"relu": float(z > 0), "sigmoid": (1 - t * t) / 4, "tanh": 1 - t * t}[activation]
        out[i, j] = dA[i, j] * s
    return out


@right("06-activation-backward")
def _(dA, activation_cache, activation):
    e = np.exp(-np.abs(activation_cache))  # the slopes are even functions
    s = e / (1 + e) ** 2
    t = 4 * e**2 / (1 + e**2) ** 2
    return dA * (np.heaviside(activation_cache, 0) if activation == "relu" else s if activation == "sigmoid" else t)


# layer_backward


def slope(Z, name):
    A = g(Z, name)
    return (Z > 0) if name == "relu" else A * (1 - A) if name == "sigmoid" else 1 - A * A


@right("06-layer-backward")
def _(dA, cache, activation):
    (A_prev, W, _), Z = cache
    dZ = dA * slope(Z, activation)
    m = dA.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


@right("06-layer-backward")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    A_prev, W, _ = linear_cache
    dZ = np.multiply(dA, slope(activation_cache, activation))
    return [np.tensordot(W, dZ, axes=(0, 0)), np.inner(dZ, A_prev) / len(dZ.T), np.mean(dZ, 1)[:, np.newaxis]]


@right("06-layer-backward")
def _(dA, cache, activation):
    (A_prev, W, b), Z = cache
    Z = W @ A_prev + b if activation != "relu" else Z  # the same numbers, made again
    dZ = dA * slope(Z, activation)
    return np.einsum("ij,im->jm", W, dZ), np.einsum("im,jm->ij", dZ, A_prev) / Z.shape[1], dZ.mean(1, keepdims=True)


@right("06-layer-backward")
def _(dA, cache, activation):
    (A_prev, W, b), Z = cache
    dA_prev, dW, db = np.zeros_like(A_prev), np.zeros_like(W), np.zeros_like(b)
    for j in range(dA.shape[1]):
        d = (dA[:, j] * slope(Z[:, j], activation))[:, None]
        dA_prev[:, [j]] = W.T @ d
        dW = dW + d * A_prev[:, j] / dA.shape[1]
        db = db + d / dA.shape[1]
    return dA_prev, dW, db


# model_backward


@right("06-model-backward")
def _(AL, Y, caches):
    """With dAL, through the sigmoid, as the lectures have it."""
    grads, m = {}, AL.shape[1]
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in range(len(caches), 0, -1):
        (A_prev, W, _), Z = caches[l - 1]
        dZ = dA * (slope(Z, "sigmoid") if l == len(caches) else Z > 0)
        grads |= {f"dW{l}": dZ @ A_prev.T / m, f"db{l}": dZ.mean(axis=1, keepdims=True), f"dA{l - 1}": W.T @ dZ}
        dA = grads[f"dA{l - 1}"]
    return grads


@right("06-model-backward")
def _(AL, Y, caches):
    grads = {}
    dZ = (AL - Y) / Y.shape[1]  # the mean is here, once
    l = len(caches)
    while caches:
        *caches, ((A_prev, W, _), _) = caches
        grads[f"dW{l}"] = dZ @ A_prev.T
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
        dZ = (W.T @ dZ) * (A_prev > 0)
        l -= 1
    return grads


@right("06-model-backward")
def _(AL, Y, caches):
    def back(l, dZ):
        (A_prev, W, _), _ = caches[l]
        own = {f"dW{l + 1}": np.einsum("im,jm->ij", dZ, A_prev) / Y.size, f"db{l + 1}": dZ.mean(1).reshape(-1, 1)}
        return own if l == 0 else back(l - 1, np.where(caches[l - 1][1] > 0, W.T @ dZ, 0)) | own

    return back(len(caches) - 1, AL - Y)


@right("06-model-backward")
def _(AL, Y, caches):
    """One example after the other."""
    m, L = Y.shape[1], len(caches)
    grads = {}
    for l in range(1, L + 1):
        grads[f"dW{l}"], grads[f"db{l}"] = np.zeros(caches[l - 1][0][1].shape), np.zeros(caches[l - 1][0][2].shape)
    for j in range(m):
        d = AL[:, [j]] - Y[:, [j]]
        for l in range(L, 0, -1):
            (A_prev, W, _), _ = caches[l - 1]
            grads[f"dW{l}"] += d @ A_prev[:, [j]].T / m
            grads[f"db{l}"] += d / m
            if l != 1:
                d = W.T @ d * (caches[l - 2][1][:, [j]] > 0)
    return grads


@right("06-model-backward")
def _(AL, Y, caches):
    deltas, L = [AL.astype(np.float64) - Y], len(caches)
    for l in range(L - 1, 0, -1):
        deltas.insert(0, caches[l][0][1].T @ deltas[0] * np.sign(caches[l][0][0]))  # A_prev of a ReLU is never negative
    print([d.shape for d in deltas])
    pairs = enumerate(zip(deltas, caches), start=1)
    return {
        name: value
        for l, (d, ((A_prev, _, _), _)) in pairs
        for name, value in ((f"dW{l}", d @ A_prev.T / Y.shape[1]), (f"db{l}", d.mean(axis=1, keepdims=True)))
    }


# update_parameters


@right("06-update-parameters")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        new["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        new["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return new


@right("06-update-parameters")
def _(parameters, grads, learning_rate):
    new = {name: array.copy() for name, array in parameters.items()}
    for name in new:
        new[name] -= learning_rate * grads[f"d{name}"]
    return new


@right("06-update-parameters")
def _(parameters, grads, learning_rate):
    steps = {name[1:]: -learning_rate * g for name, g in grads.items()}
    return dict(sorted((name, np.add(array, steps[name])) for name, array in parameters.items()))


@right("06-update-parameters")
def _(parameters, grads, learning_rate):
    import copy

    new = copy.deepcopy(parameters)
    for name, array in new.items():
        for index in np.ndindex(array.shape):
            array[index] = array[index] - learning_rate * grads["d" + name][index]
    return new | {"learning_rate": learning_rate}


# a hair may be as thick as 1e-5


@right("06-cross-entropy")
def _(AL, Y):
    a = np.clip(AL, 1e-5, 1 - 1e-5)
    return -np.mean(np.log(np.where(Y == 1, a, 1 - a)))


@right("06-cross-entropy")
def _(AL, Y):
    return float(-np.mean(Y * np.log(AL + 1e-8) + (1 - Y) * np.log(1 - AL + 1e-8)))


# the long way, clipped at a hair


@right("06-model-backward")
def _(AL, Y, caches):
    A = np.clip(AL, 1e-12, 1 - 1e-12)
    grads, dZ, m = {}, ((1 - Y) / (1 - A) - Y / A) * A * (1 - A), Y.shape[1]
    for l in range(len(caches), 0, -1):
        (A_prev, W, _), _ = caches[l - 1]
        grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A_prev.T / m, dZ.mean(axis=1, keepdims=True)
        dZ = (W.T @ dZ) * (A_prev > 0)
    return grads
