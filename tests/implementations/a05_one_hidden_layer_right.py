"""Right answers to assignment 05 in many styles; each must pass."""

import functools
import math
import warnings

import numpy as np

from benchmarks.corpus import right

# layer_shapes


@right("05-layer-shapes")
def _(n_x, n_1, n_y):
    sizes, shapes = [n_x, n_1, n_y], {}
    for l in range(1, len(sizes)):
        shapes["W" + str(l)] = [sizes[l], sizes[l - 1]]
        shapes["b" + str(l)] = [sizes[l], 1]
    return shapes


@right("05-layer-shapes")
@functools.lru_cache
def _(n_x: int, n_1: int, n_y: int) -> dict[str, tuple[int, int]]:
    return {"b2": (n_y, 1), "W2": (n_y, n_1), "b1": (n_1, 1), "W1": (n_1, n_x)}


@right("05-layer-shapes")
def _(n_x, n_1, n_y):
    W1, W2 = np.empty((n_1, n_x)), np.empty((n_y, n_1))
    return {"W1": W1.shape, "b1": np.array([n_1, 1]), "W2": W2.shape, "b2": (np.int64(n_y), np.int64(1))}


# initialize_hidden


@right("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    W2 = rng.normal(0.0, 0.01, size=(n_y, n_1))
    W1 = rng.normal(0.0, 0.01, size=(n_1, n_x))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@right("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    draw = lambda *shape: rng.uniform(-0.05, 0.05, shape)  # noqa: E731
    return {"W1": draw(n_1, n_x), "b1": np.zeros((n_1, 1)), "W2": draw(n_y, n_1), "b2": np.array([[0]] * n_y)}


@right("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    n, parameters = (n_x, n_1, n_y), {}
    for l in (1, 2):
        W = np.zeros((n[l], n[l - 1]))
        for i in range(n[l]):
            for j in range(n[l - 1]):
                W[i, j] = 0.001 * rng.standard_normal()
        parameters |= {f"W{l}": W, f"b{l}": np.zeros((n[l], 1))}
    return parameters


@right("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    W1 = rng.standard_normal((n_1, n_x), dtype=np.float32) * np.float32(0.01)
    W2 = (rng.random((n_y, n_1)) - 0.5) * 0.02
    return {"W1": W1, "b1": np.zeros((n_1, 1), dtype=np.float32), "W2": W2, "b2": np.zeros((n_y, 1))}


@right("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    theta = rng.normal(size=n_1 * n_x + n_y * n_1) / 100
    W1, W2 = theta[: n_1 * n_x].reshape(n_1, n_x), theta[n_1 * n_x :].reshape(n_y, n_1)  # views of one array
    return {"W1": W1, "b1": 0 * W1[:, :1], "W2": W2, "b2": 0 * W2[:, :1]}


@right("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    first, second = rng.spawn(2)  # a generator for each layer
    W1, W2 = first.normal(0, 0.02, (n_1, n_x)), second.normal(0, 0.02, (n_y, n_1))
    return {"W1": W1, "b1": np.zeros((n_1, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# tanh_forward


@right("05-tanh-forward")
def _(Z):
    e = np.exp(-2 * np.abs(Z))
    return np.sign(Z) * (1 - e) / (1 + e)


@right("05-tanh-forward")
def _(Z):
    return 2 / (1 + np.exp(-2 * Z)) - 1  # warns of an overflow, and is right


@right("05-tanh-forward")
def _(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            A[i, j] = math.tanh(Z[i, j])
    print(A)
    return A


@right("05-tanh-forward")
def _(Z):
    clipped = np.clip(Z, -20, 20)
    up, down = np.exp(clipped), np.exp(-clipped)
    return (up - down) / (up + down)


# tanh_backward


@right("05-tanh-backward")
def _(dA, A):
    return dA - dA * np.square(A)


@right("05-tanh-backward")
def _(dA, A):
    return np.array([[d * (1 - a) * (1 + a) for d, a in zip(*rows)] for rows in zip(dA, A)])


@right("05-tanh-backward")
def _(dA, A):
    out = np.ones_like(A)
    out -= A * A
    out *= dA
    return out


# hidden_forward


class Network:
    """A forward step as an object that can be called."""

    def __call__(self, X, parameters):
        Z1 = np.einsum("hi,im->hm", parameters["W1"], X) + parameters["b1"]
        A1 = np.tanh(Z1)
        Z2 = np.einsum("oh,hm->om", parameters["W2"], A1) + parameters["b2"]
        A2 = np.exp(-np.logaddexp(0, -Z2))
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "X": X}


right("05-hidden-forward")(Network())


@right("05-hidden-forward")
def _(X, parameters):
    def layer(A, l, g):
        Z = np.dot(parameters[f"W{l}"], A) + parameters[f"b{l}"]
        return Z, g(Z)

    Z1, A1 = layer(X, 1, np.tanh)
    Z2, A2 = layer(A1, 2, lambda Z: 0.5 * (1 + np.tanh(Z / 2)))
    return [A2, {"A2": A2, "Z2": Z2, "A1": A1, "Z1": Z1}]


@right("05-hidden-forward")
def _(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    (n_1, n_x), m = W1.shape, X.shape[1]
    Z1, Z2 = np.zeros((n_1, m)), np.zeros((1, m))
    for j in range(m):
        for i in range(n_1):
            Z1[i, j] = b1[i, 0] + sum(W1[i, k] * X[k, j] for k in range(n_x))
        Z2[0, j] = b2[0, 0] + sum(W2[0, i] * math.tanh(Z1[i, j]) for i in range(n_1))
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": np.tanh(Z1), "Z2": Z2, "A2": A2}


# cross_entropy


@right("05-cross-entropy")
def _(A2, Y):
    a = np.clip(A2.astype(np.float64), 1e-9, 1 - 1e-9)
    return -(Y @ np.log(a).T + (1 - Y) @ np.log1p(-a).T) / Y.shape[1]  # (1, 1)


@right("05-cross-entropy")
def _(A2, Y):
    total = 0.0
    for a, y in zip(A2[0].tolist(), Y[0].tolist()):
        total -= math.log(max(a if y == 1 else 1 - a, 1e-15))
    return total / Y.shape[1]


@right("05-cross-entropy")
def _(A2, Y):
    warnings.warn("counting", stacklevel=1)
    return np.mean(-np.log(np.abs(A2 - (1 - Y)) + 1e-10))


# hidden_backward


@right("05-hidden-backward")
def _(X, Y, parameters, cache):
    m = Y.shape[1]
    dZ2 = (cache["A2"] - Y) / m  # 1/m at the start, so it reaches all four
    dZ1 = parameters["W2"].T * dZ2 / np.cosh(cache["Z1"]) ** 2
    return {"dW1": dZ1 @ X.T, "db1": dZ1.sum(1)[:, None], "dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(keepdims=True)}


@right("05-hidden-backward")
def _(X, Y, parameters, cache):
    A1, A2 = cache["A1"], cache["A2"]
    dA2 = -Y / A2 + (1 - Y) / (1 - A2)
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = np.einsum("oh,om,hm->hm", parameters["W2"], dZ2, 1 - A1**2)
    mean = lambda subscripts, *arrays: np.einsum(subscripts, *arrays) / X.shape[1]  # noqa: E731
    return {
        "dW2": mean("om,hm->oh", dZ2, A1),
        "db2": mean("om->o", dZ2).reshape(-1, 1),
        "dW1": mean("hm,im->hi", dZ1, X),
        "db1": mean("hm->h", dZ1).reshape(-1, 1),
        "dZ1": dZ1,
    }


@right("05-hidden-backward")
def _(X, Y, parameters, cache):
    grads = {f"d{name}": np.zeros(value.shape) for name, value in parameters.items()}
    n_1, m = cache["A1"].shape
    for j in range(m):
        error = cache["A2"][0, j] - Y[0, j]
        grads["db2"][0, 0] += error / m
        for i in range(n_1):
            a = cache["A1"][i, j]
            back = parameters["W2"][0, i] * error * (1 - a * a)
            grads["dW2"][0, i] += error * a / m
            grads["db1"][i, 0] += back / m
            grads["dW1"][i] += back * X[:, j] / m
    return grads


@right("05-hidden-backward")
def _(X, Y, parameters, cache):
    with_ones = lambda A: np.vstack([A, np.ones((1, A.shape[1]))])  # noqa: E731
    dZ2 = cache["A2"] - Y
    second = dZ2 @ with_ones(cache["A1"]).T / Y.size
    first = (parameters["W2"].T @ dZ2 * (1 - np.tanh(cache["Z1"]) ** 2)) @ with_ones(X).T / Y.size
    return {"dW1": first[:, :-1], "db1": first[:, -1:], "dW2": second[:, :-1], "db2": second[:, -1:]}


# update_parameters


@right("05-update-parameters")
def _(parameters, grads, learning_rate):
    new = {name: value.copy() for name, value in parameters.items()}
    for name in new:
        new[name] -= learning_rate * grads["d" + name]
    return new


@right("05-update-parameters")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(len(parameters) // 2, 0, -1):
        new[f"W{l}"] = np.subtract(parameters[f"W{l}"], learning_rate * grads[f"dW{l}"])
        new[f"b{l}"] = np.subtract(parameters[f"b{l}"], learning_rate * grads[f"db{l}"])
    return new


# fit_hidden


@right("05-fit-hidden")
def _(X, Y, parameters, steps, learning_rate):
    W1, b1, W2, b2 = (np.array(parameters[name]) for name in ("W1", "b1", "W2", "b2"))
    costs, m = np.zeros(steps), X.shape[1]
    for k in range(steps):
        A1 = np.tanh(W1 @ X + b1)
        Z2 = W2 @ A1 + b2
        costs[k] = np.mean(np.logaddexp(0, Z2) - Y * Z2)  # the cost from Z2, without a logarithm of A2
        dZ2 = (1 / (1 + np.exp(-Z2)) - Y) / m
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W1 -= learning_rate * dZ1 @ X.T
        b1 -= learning_rate * dZ1.sum(axis=1, keepdims=True)
        W2 -= learning_rate * dZ2 @ A1.T
        b2 -= learning_rate * dZ2.sum(axis=1, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


@right("05-fit-hidden")
def _(X, Y, parameters, steps, learning_rate):
    def step(p):
        A1 = np.tanh(p["W1"] @ X + p["b1"])
        A2 = 1 / (1 + np.exp(-(p["W2"] @ A1 + p["b2"])))
        J = -np.mean(np.log(np.where(Y == 1, A2, 1 - A2)))
        back = p["W2"].T @ (A2 - Y) * (1 - A1**2)
        moves = {
            "W1": np.mean(back[:, None, :] * X[None], axis=2),
            "b1": np.mean(back, axis=1, keepdims=True),
            "W2": np.mean((A2 - Y) * A1, axis=1)[None],
            "b2": np.mean(A2 - Y, axis=1, keepdims=True),
        }
        return {name: p[name] - learning_rate * move for name, move in moves.items()}, J

    costs, k = (), 0
    while k < steps:
        parameters, J = step(parameters)
        costs, k = (*costs, J), k + 1
    return parameters, costs


# predict_hidden


@right("05-predict-hidden")
def _(X, parameters):
    Z2 = parameters["W2"] @ np.tanh(parameters["W1"] @ X + parameters["b1"]) + parameters["b2"]
    return Z2 > 0  # truth values


@right("05-predict-hidden")
def _(X, parameters):
    labels = np.zeros((1, X.shape[1]))
    for j, x in enumerate(X.T):
        hidden = np.tanh(parameters["W1"] @ x[:, None] + parameters["b1"])
        a = 1 / (1 + np.exp(-(parameters["W2"] @ hidden + parameters["b2"])))
        if a.item() > 0.5:
            labels[0, j] = 1
    return labels


@right("05-predict-hidden")
def _(X, parameters):
    Z2 = np.matmul(parameters["W2"], np.tanh(np.matmul(parameters["W1"], X) + parameters["b1"])) + parameters["b2"]
    return np.heaviside(Z2, 0).astype(np.uint8)


# a hair may be as thick as 1e-5


@right("05-cross-entropy")
def _(A2, Y):
    a = np.clip(A2, 1e-5, 1 - 1e-5)
    return -np.mean(np.log(np.where(Y == 1, a, 1 - a)))


@right("05-cross-entropy")
def _(A2, Y):
    return float(-np.mean(Y * np.log(A2 + 1e-8) + (1 - Y) * np.log(1 - A2 + 1e-8)))
