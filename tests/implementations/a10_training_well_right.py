"""Right answers to assignment 10 in many styles; each must pass."""

import functools
import itertools
import math
import warnings

import numpy as np

from benchmarks.corpus import right

# initialize_he


@right("10-initialize-he")
def _(layer_sizes, rng):
    return {
        key: value
        for l, (n_prev, n) in enumerate(itertools.pairwise(layer_sizes), start=1)
        for key, value in (
            (f"W{l}", rng.normal(0, math.sqrt(2 / n_prev), size=(n, n_prev))),
            (f"b{l}", np.zeros((n, 1))),
        )
    }


@right("10-initialize-he")
def _(layer_sizes: list[int], rng: np.random.Generator) -> dict[str, np.ndarray]:
    parameters = {}
    for l in range(len(layer_sizes) - 1, 0, -1):  # the last layer first
        shape = layer_sizes[l], layer_sizes[l - 1]
        parameters["b" + str(l)] = np.zeros((shape[0], 1), dtype=np.float32)
        parameters["W" + str(l)] = rng.standard_normal(shape, dtype=np.float32) * np.float32((2 / shape[1]) ** 0.5)
    return parameters


@right("10-initialize-he")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        n, n_prev = layer_sizes[l], layer_sizes[l - 1]
        half = np.sqrt(6 / n_prev)  # even between -half and half: the same standard deviation
        parameters[f"W{l}"] = rng.uniform(-half, half, (n, n_prev))
        parameters[f"b{l}"] = np.array([[0]] * n)
    return parameters


class Initializer:
    def __call__(self, layer_sizes, rng):
        result, rest = {}, list(layer_sizes)
        n_prev = rest.pop(0)
        for l, n in enumerate(rest, 1):
            W = np.empty((n, n_prev))
            for i in range(n):
                W[i] = rng.standard_normal(n_prev) / np.sqrt(n_prev / 2)
            result |= {f"W{l}": W, f"b{l}": np.zeros([n, 1])}
            n_prev = n
        return result


right("10-initialize-he")(Initializer())


@right("10-initialize-he")
def _(layer_sizes, rng):
    p, sizes = {}, np.asarray(layer_sizes)
    for l in range(1, sizes.size):
        draws = rng.normal(size=sizes[l] * sizes[l - 1]).reshape(sizes[l], sizes[l - 1])
        p["W%d" % l], p["b%d" % l] = np.sqrt(2.0 / sizes[l - 1]) * draws, np.zeros((sizes[l], 1))  # noqa: UP031
    print(p.keys())
    return p


@right("10-initialize-he")
def _(layer_sizes, rng):
    child = np.random.default_rng(rng.integers(2**63))  # a generator of its own, started from the one given
    W = [child.normal(0, np.sqrt(2 / k), (n, k)) for k, n in itertools.pairwise(layer_sizes)]
    return {f"{p}{l}": w if p == "W" else 0 * w[:, :1] for l, w in enumerate(W, 1) for p in "Wb"}


# l2_cost


@right("10-l2-cost")
def _(parameters, l2, m):
    L = len(parameters) // 2
    return l2 / 2 / m * sum(np.linalg.norm(parameters[f"W{l}"]) ** 2 for l in range(1, L + 1))


@right("10-l2-cost")
def _(parameters, l2, m):
    total = 0.0
    for name, array in parameters.items():
        if name.startswith("W"):
            for w in array.ravel():
                total += float(w) * float(w)
    return total * l2 / (m * 2)


@right("10-l2-cost")
def _(parameters, l2, m):
    squares = [np.einsum("ij,ij->", W, W) for name, W in parameters.items() if "W" in name]
    return np.array(np.sum(squares) * l2 / (2 * m))  # a 0-d array


@right("10-l2-cost")
def _(parameters, l2, m):
    weights = np.concatenate([parameters[k].ravel() for k in parameters if k[0] == "W"]).astype(np.float32)
    return np.float32(l2) * weights.dot(weights) / np.float32(2 * m)


@right("10-l2-cost")
def _(parameters: dict, l2: float, m: int) -> float:
    warnings.warn("the biases go free", UserWarning, stacklevel=2)
    traces = [np.trace(parameters[f"W{l + 1}"] @ parameters[f"W{l + 1}"].T) for l in range(len(parameters) // 2)]
    return np.array([[0.5 * l2 * np.mean(traces) * len(traces) / m]])


# l2_backward


@right("10-l2-backward")
def _(parameters, grads, l2, m):
    return {key: d + (l2 / m) * parameters[key[1:]] if key[1] == "W" else d for key, d in grads.items()}


@right("10-l2-backward")
def _(parameters, grads, l2, m):
    result = dict(grads)
    for l in range(1, len(parameters) // 2 + 1):
        result[f"dW{l}"] = result[f"dW{l}"] + l2 * parameters[f"W{l}"] / m
    return result


@right("10-l2-backward")
def _(parameters, grads, l2, m):
    result = {name: grad.copy() for name, grad in grads.items()}
    for name in result:
        if not name.startswith("db"):
            result[name] += np.multiply(parameters[name.removeprefix("d")], np.divide(l2, m))
    return result


@right("10-l2-backward")
def _(parameters, grads, l2, m):
    def penalized(name):
        W, dW = parameters[name], grads["d" + name]
        out = np.zeros_like(dW)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                out[i, j] = dW[i, j] + l2 / (2 * m) * 2 * W[i, j]
        return out

    layers = range(len(parameters) // 2, 0, -1)
    return {f"dW{l}": penalized(f"W{l}") for l in layers} | {f"db{l}": grads[f"db{l}"][:] for l in layers}


@right("10-l2-backward")
def _(parameters, grads, l2, m):
    of_data = {name: m * grad for name, grad in grads.items()}  # sums first, one division at the end
    for name, W in parameters.items():
        of_data["d" + name] = of_data["d" + name] + (l2 if name[0] == "W" else 0) * W
    return {name: grad / m for name, grad in of_data.items()} | {"note": "biases are free"}


# dropout_forward


@right("10-dropout-forward")
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    return np.where(D, A / keep_prob, 0), D


@right("10-dropout-forward")
def _(A, keep_prob, rng):
    D = rng.binomial(1, keep_prob, size=A.shape)
    return (A * D) / keep_prob, D


@right("10-dropout-forward")
def _(A, keep_prob, rng):
    dropped = rng.uniform(size=A.shape) >= keep_prob
    out = A.copy()
    out[dropped] = 0
    return [out / keep_prob, np.logical_not(dropped).astype(int)]


@right("10-dropout-forward")
def _(A, keep_prob, rng):
    n, m = A.shape
    D = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            if rng.random() <= keep_prob:
                D[i, j] = 1
    return A * (D / keep_prob), D


@right("10-dropout-forward")
def _(A, keep_prob, rng):
    D = rng.choice([0.0, 1.0], p=[1 - keep_prob, keep_prob], size=A.shape).astype(np.float32)
    return np.multiply(np.multiply(A, D), 1.0 / keep_prob), D


@right("10-dropout-forward")
def _(A: np.ndarray, keep_prob: float, rng: np.random.Generator) -> tuple:
    u = rng.random(A.T.shape, dtype=np.float32).T
    D = np.floor(u + np.float32(keep_prob)).clip(0, 1) if keep_prob < 1 else np.ones(A.shape)
    print(D.mean())
    return D * A / keep_prob, D


# dropout_backward


@right("10-dropout-backward")
def _(dA, D, keep_prob):
    return np.where(D == 1, dA / keep_prob, 0.0)


@right("10-dropout-backward")
def _(dA, D, keep_prob):
    out = dA.copy()
    out[D == 0] = 0
    out /= keep_prob
    return out


@right("10-dropout-backward")
def _(dA, D, keep_prob):
    return np.array([[d / keep_prob if kept else 0.0 for d, kept in zip(*row)] for row in zip(dA, D)])


@right("10-dropout-backward")
def _(dA, D, keep_prob):
    slope = D.astype(np.float32) * np.float32(1 / keep_prob)
    return np.einsum("ij,ij->ij", slope, dA)


@right("10-dropout-backward")
def _(dA, D, keep_prob):
    return (D / keep_prob) * dA


# minibatches


@right("10-minibatches")
def _(X, Y, batch_size, rng):
    columns = np.arange(X.shape[1])
    rng.shuffle(columns)
    pairs, start = [], 0
    while start < len(columns):
        chosen = columns[start : start + batch_size]
        pairs.append((X[:, chosen], Y[:, chosen]))
        start += batch_size
    return pairs


@right("10-minibatches")
def _(X, Y, batch_size, rng):
    both = rng.permutation(np.vstack([X, Y]), axis=1)
    n_x, m = X.shape
    return tuple(
        [both[:n_x, j : j + batch_size], both[n_x:, j : min(m, j + batch_size)]] for j in range(0, m, batch_size)
    )


@right("10-minibatches")
def _(X, Y, batch_size, rng):
    m = X.shape[1]
    order = list(range(m))
    for i in range(m - 1, 0, -1):  # Fisher and Yates
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    whole = m // batch_size
    batches = []
    for k in range(whole):
        part = order[k * batch_size : (k + 1) * batch_size]
        batches.append((X[:, part], Y[:, part]))
    if m % batch_size != 0:
        part = order[whole * batch_size :]
        batches.append((X[:, part], Y[:, part]))
    return batches


@right("10-minibatches")
def _(X, Y, batch_size, rng):
    order = np.argsort(rng.random(X.shape[1]))
    cuts = np.arange(batch_size, X.shape[1], batch_size)
    return list(zip(np.split(X[:, order], cuts, axis=1), np.split(Y[:, order], cuts, axis=1)))


@right("10-minibatches")
def _(X, Y, batch_size, rng):
    def batches():
        order = rng.choice(X.shape[1], size=X.shape[1], replace=False)
        for k in range(math.ceil(len(order) / batch_size)):
            yield X.T[order[k * batch_size :][:batch_size]].T, Y.T[order[k * batch_size :][:batch_size]].T

    return [*batches()]


@right("10-minibatches")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order].astype(np.float32), Y[:, order].astype(np.float32)
    return [(X[:, j : j + batch_size], Y[:, j : j + batch_size]) for j in range(0, X.shape[1], batch_size)]


# momentum_step


@right("10-momentum-step")
def _(parameters, grads, V, learning_rate, beta):
    V = {key: V[key] * beta + grads[key] - grads[key] * beta for key in grads}
    return {name: parameters[name] - learning_rate * V["d" + name] for name in parameters}, V


@right("10-momentum-step")
def _(parameters, grads, V, learning_rate, beta):
    new, velocity = {}, {}
    for l in range(1, len(parameters) // 2 + 1):
        for letter in ("W", "b"):
            velocity[f"d{letter}{l}"] = V[f"d{letter}{l}"] + (1 - beta) * (grads[f"d{letter}{l}"] - V[f"d{letter}{l}"])
            new[f"{letter}{l}"] = parameters[f"{letter}{l}"] - learning_rate * velocity[f"d{letter}{l}"]
    return [new, velocity]


@right("10-momentum-step")
def _(parameters, grads, V, learning_rate, beta):
    new = {name: array.copy() for name, array in parameters.items()}
    velocity = {name: array.copy() for name, array in V.items()}
    for name in velocity:
        velocity[name] *= beta
        velocity[name] += (1 - beta) * grads[name]
        new[name[1:]] -= learning_rate * velocity[name]
    return new, velocity


@right("10-momentum-step")
def _(parameters, grads, V, learning_rate, beta):
    old = np.concatenate([V[f"d{name}"].ravel() for name in parameters])
    now = np.concatenate([grads[f"d{name}"].ravel() for name in parameters])
    flat = np.average([old, now], axis=0, weights=[beta, 1 - beta])
    new, velocity, start = {}, {}, 0
    for name, p in parameters.items():
        velocity[f"d{name}"] = flat[start : start + p.size].reshape(p.shape)  # a view
        new[name] = p - learning_rate * velocity[f"d{name}"]
        start += p.size
    return new, velocity


@right("10-momentum-step")
def _(parameters, grads, V, learning_rate, beta=0.9):
    mean = functools.partial(lambda old, new, share: share * old + (1 - share) * new, share=beta)
    V = dict(zip(V, map(mean, V.values(), (grads[key] for key in V))))
    return {name: p - np.float64(learning_rate) * V[f"d{name}"] for name, p in parameters.items()}, V


# rmsprop_step


@right("10-rmsprop-step")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    S = {key: beta * S[key] + (1 - beta) * np.square(grads[key]) for key in grads}
    return {n: p - learning_rate * grads["d" + n] / (epsilon + np.sqrt(S["d" + n])) for n, p in parameters.items()}, S


@right("10-rmsprop-step")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    new, squares = {}, {}
    for name in parameters:
        g = grads["d" + name]
        s = S["d" + name] + (1 - beta) * (g * g - S["d" + name])
        new[name] = parameters[name] - g * (learning_rate / (s**0.5 + epsilon))
        squares["d" + name] = s
    return new, squares


@right("10-rmsprop-step")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    new = {name: np.zeros_like(p) for name, p in parameters.items()}
    squares = {name: np.zeros_like(s) for name, s in S.items()}
    for name, p in parameters.items():
        for i in range(p.shape[0]):
            for j in range(p.shape[1]):
                g = grads[f"d{name}"][i, j]
                squares[f"d{name}"][i, j] = beta * S[f"d{name}"][i, j] + (1 - beta) * g**2
                new[name][i, j] = p[i, j] - learning_rate * g / (math.sqrt(squares[f"d{name}"][i, j]) + epsilon)
    return new, squares


@right("10-rmsprop-step")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    out_p, out_s = dict(parameters), dict(S)
    for l in range(len(parameters) // 2, 0, -1):
        for key in (f"W{l}", f"b{l}"):
            out_s["d" + key] = beta * out_s["d" + key] + (1 - beta) * grads["d" + key] ** 2
            direction = np.divide(grads["d" + key], np.add(np.sqrt(out_s["d" + key]), epsilon))
            out_p[key] = out_p[key] - learning_rate * direction
    print("moved", len(out_p))
    return out_p, out_s


@right("10-rmsprop-step")
def _(parameters, grads, S, learning_rate, beta=0.9, epsilon=1e-8):
    keys = sorted(parameters)
    squares = {f"d{k}": beta * S[f"d{k}"] + (1 - beta) * np.abs(grads[f"d{k}"]) ** 2 for k in keys}
    size = {k: np.hypot(np.sqrt(squares[f"d{k}"]), 0) + epsilon for k in keys}
    return {k: parameters[k] + -learning_rate * grads[f"d{k}"] / size[k] for k in keys}, squares


# adam_step


@right("10-adam-step")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    V = {k: beta1 * V[k] + (1 - beta1) * g for k, g in grads.items()}
    S = {k: beta2 * S[k] + (1 - beta2) * g * g for k, g in grads.items()}
    new = {}
    for name, p in parameters.items():
        v_hat = V["d" + name] / (1 - beta1**t)
        s_hat = S["d" + name] / (1 - beta2**t)
        new[name] = p - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return new, V, S


@right("10-adam-step")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    # The form that saves a division: everything times the root of 1 - beta2^t, epsilon too.
    root = math.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    out = {}, {}, {}
    for key, g in grads.items():
        v = V[key] + (1 - beta1) * (g - V[key])
        s = S[key] + (1 - beta2) * (g**2 - S[key])
        out[0][key[1:]] = parameters[key[1:]] - rate * v / (np.sqrt(s) + epsilon * root)
        out[1][key], out[2][key] = v, s
    return out


@right("10-adam-step")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    def mean(old, new, beta):
        return np.add(np.multiply(beta, old), np.multiply(1 - beta, new))

    def corrected(x, beta):
        return x / (1 - np.power(beta, t))

    L = len(parameters) // 2
    new, V_new, S_new = {}, {}, {}
    for l in range(L):
        for letter in "bW":
            key = f"{letter}{l + 1}"
            V_new["d" + key] = mean(V["d" + key], grads["d" + key], beta1)
            S_new["d" + key] = mean(S["d" + key], np.square(grads["d" + key]), beta2)
            below = np.sqrt(corrected(S_new["d" + key], beta2)) + epsilon
            new[key] = parameters[key] - learning_rate * np.divide(corrected(V_new["d" + key], beta1), below)
    return [new, V_new, S_new]


@right("10-adam-step")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    power_1 = power_2 = 1.0
    for _ in range(t):
        power_1, power_2 = power_1 * beta1, power_2 * beta2
    p = {name: value.copy() for name, value in parameters.items()}
    v = {name: value.copy() for name, value in V.items()}
    s = {name: value.copy() for name, value in S.items()}
    for name in p:
        d = f"d{name}"
        v[d] *= beta1
        v[d] += (1 - beta1) * grads[d]
        s[d] *= beta2
        s[d] += (1 - beta2) * grads[d] ** 2
        p[name] -= learning_rate * (v[d] / (1 - power_1)) / ((s[d] / (1 - power_2)) ** 0.5 + epsilon)
    return p, v, s


@right("10-adam-step")
def _(parameters, grads, V, S, t: int, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    names = list(parameters)
    flat = {
        kind: np.concatenate([array[prefix + name].reshape(-1) for name in names])
        for kind, array, prefix in (("p", parameters, ""), ("g", grads, "d"), ("v", V, "d"), ("s", S, "d"))
    }
    v = beta1 * flat["v"] + (1 - beta1) * flat["g"]
    s = beta2 * flat["s"] + (1 - beta2) * flat["g"] ** 2
    p = flat["p"] - learning_rate * (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    cuts = np.cumsum([parameters[name].size for name in names])[:-1]
    shaped = [dict(zip(names, np.split(x, cuts))) for x in (p, v, s)]
    shapes = {name: parameters[name].shape for name in names}
    return (
        {name: shaped[0][name].reshape(shapes[name]) for name in names},
        {f"d{name}": shaped[1][name].reshape(shapes[name]) for name in names},
        {f"d{name}": shaped[2][name].reshape(shapes[name]) for name in names},
    )


# learning_rate_decay


@right("10-learning-rate-decay")
def _(learning_rate, k, rate, every):
    return learning_rate / (1 + rate * np.floor(k / every))


@right("10-learning-rate-decay")
@functools.lru_cache
def _(learning_rate: float, k: int, rate: float, every: int) -> float:
    return learning_rate * (1 + int(k / every) * rate) ** -1


@right("10-learning-rate-decay")
def _(learning_rate, k, rate, every):
    stairs = 0
    while k >= every:
        k, stairs = k - every, stairs + 1
    return np.array([[learning_rate / (1.0 + rate * stairs)]])


@right("10-learning-rate-decay")
def _(learning_rate, k, rate, every):
    stairs, _ = divmod(k, every)
    return np.float32(learning_rate / (1 + rate * stairs))


@right("10-learning-rate-decay")
def _(learning_rate, k, rate, every):
    below = 1.0
    for step in range(1, k + 1):
        if step % every == 0:
            below += rate
    return np.array(learning_rate) / below
