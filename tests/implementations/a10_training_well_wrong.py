"""Wrong answers to assignment 10, written as learners write them; each must fail, for the cause named."""

import copy
import itertools
import math

import numpy as np

from benchmarks.corpus import wrong

# initialize_he


@wrong("10-initialize-he", cause="xavier-for-he")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        W = rng.normal(size=(layer_sizes[l], layer_sizes[l - 1])) / np.sqrt(layer_sizes[l - 1])
        parameters[f"W{l}"], parameters[f"b{l}"] = W, np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause="forgot-root")
def _(layer_sizes, rng):
    parameters = {}
    for l in reversed(range(1, len(layer_sizes))):
        shape = (layer_sizes[l], layer_sizes[l - 1])
        parameters[f"W{l}"] = rng.normal(loc=0, scale=2 / shape[1], size=shape)  # the variance as the scale
        parameters[f"b{l}"] = np.zeros((shape[0], 1))
    return parameters


@wrong("10-initialize-he", cause="own-size-for-inputs")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        he = (2.0 / layer_sizes[l]) ** 0.5
        parameters[f"W{l}"] = he * rng.standard_normal((layer_sizes[l], layer_sizes[l - 1]))
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause="always-a-hundredth")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
        parameters[f"W{l}"] = rng.normal(0, 0.01, (layer_sizes[l], layer_sizes[l - 1]))
    return parameters


@wrong("10-initialize-he", cause="not-scaled")
def _(layer_sizes, rng):
    sizes = itertools.pairwise(layer_sizes)
    Ws = [rng.standard_normal((n, n_prev)) for n_prev, n in sizes]
    return {f"W{l + 1}": W for l, W in enumerate(Ws)} | {f"b{l + 1}": np.zeros((len(W), 1)) for l, W in enumerate(Ws)}


@wrong("10-initialize-he", cause="zeros-for-weights")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"W{l}"] = np.zeros((layer_sizes[l], layer_sizes[l - 1]))
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause=("never-negative", "another-spread"))
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"W{l}"] = rng.uniform(0, 1, (layer_sizes[l], layer_sizes[l - 1])) * np.sqrt(2 / layer_sizes[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause=("own-seed", "different-each-call"))
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        W = np.random.randn(layer_sizes[l], layer_sizes[l - 1])  # noqa: NPY002
        parameters[f"W{l}"] = W * np.sqrt(2 / layer_sizes[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause="own-seed")
def _(layer_sizes, rng):
    rng, parameters = np.random.default_rng(10), {}
    for l in range(1, len(layer_sizes)):
        W = rng.normal(size=(layer_sizes[l], layer_sizes[l - 1]))
        parameters |= {f"W{l}": W * np.sqrt(2 / layer_sizes[l - 1]), f"b{l}": np.zeros((layer_sizes[l], 1))}
    return parameters


@wrong("10-initialize-he", cause="bias-not-zero")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        scale = np.sqrt(2 / layer_sizes[l - 1])
        parameters[f"W{l}"] = rng.normal(0, scale, (layer_sizes[l], layer_sizes[l - 1]))
        parameters[f"b{l}"] = rng.normal(0, scale, (layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause="output-layer-missing")
def _(layer_sizes, rng):
    parameters, L = {}, len(layer_sizes) - 1
    for l in range(1, L):  # one too few
        parameters[f"W{l}"] = rng.normal(0, np.sqrt(2 / layer_sizes[l - 1]), (layer_sizes[l], layer_sizes[l - 1]))
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause=("numbered-from-zero", "wrong-keys", "output-layer-missing"))
def _(layer_sizes, rng):
    parameters = {}
    for l in range(len(layer_sizes) - 1):
        parameters[f"W{l}"] = rng.normal(0, np.sqrt(2 / layer_sizes[l]), (layer_sizes[l + 1], layer_sizes[l]))
        parameters[f"b{l}"] = np.zeros((layer_sizes[l + 1], 1))
    return parameters


@wrong("10-initialize-he", cause=("weights-transposed", "transposed"))
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"W{l}"] = rng.standard_normal((layer_sizes[l - 1], layer_sizes[l])) * np.sqrt(
            2 / layer_sizes[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause="rank-one")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        parameters[f"W{l}"] = rng.standard_normal((layer_sizes[l], layer_sizes[l - 1])) * np.sqrt(
            2 / layer_sizes[l - 1]
        )
        parameters[f"b{l}"] = np.zeros(layer_sizes[l])
    return parameters


@wrong("10-initialize-he", cause=("two-outside-the-root", "another-spread"))
def _(layer_sizes, rng):
    return {
        name: value
        for l in range(1, len(layer_sizes))
        for name, value in (
            (f"W{l}", 2 * rng.normal(size=(layer_sizes[l], layer_sizes[l - 1])) / math.sqrt(layer_sizes[l - 1])),
            (f"b{l}", np.zeros((layer_sizes[l], 1))),
        )
    }


@wrong("10-initialize-he", cause="another-spread")
def _(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):  # the scale of the first layer everywhere
        parameters[f"W{l}"] = rng.normal(0, np.sqrt(2 / layer_sizes[0]), (layer_sizes[l], layer_sizes[l - 1]))
        parameters[f"b{l}"] = np.zeros((layer_sizes[l], 1))
    return parameters


@wrong("10-initialize-he", cause=("same-seed-for-each-layer", "own-seed"))
def _(layer_sizes, rng):
    parameters = {}
    for l, (n_prev, n) in enumerate(itertools.pairwise(layer_sizes), 1):
        own = copy.deepcopy(rng)
        parameters |= {f"W{l}": own.normal(0, math.sqrt(2 / n_prev), (n, n_prev)), f"b{l}": np.zeros((n, 1))}
    return parameters


@wrong("10-initialize-he", cause="draws-from-a-copy")
def _(layer_sizes, rng):
    parameters, own = {}, copy.deepcopy(rng)
    for l in range(1, len(layer_sizes)):
        n, n_prev = layer_sizes[l], layer_sizes[l - 1]
        parameters[f"W{l}"] = own.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def layer_by_layer(cause, weights):
    """Start values with weights(rng, n, n_prev) in each layer."""

    def start(layer_sizes, rng):
        parameters = {}
        for l, (n_prev, n) in enumerate(itertools.pairwise(layer_sizes), 1):
            parameters |= {f"W{l}": weights(rng, n, n_prev), f"b{l}": np.zeros((n, 1))}
        return parameters

    wrong("10-initialize-he", cause)(start)


def mirrored(rng, n, n_prev):
    W = rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev))
    half = n // 2
    W[half : 2 * half] = -W[:half]
    return W


def forced(rng, n, n_prev):
    W = rng.standard_normal((n, n_prev))
    W -= W.mean()
    return W / (W.std() + 1e-12) * np.sqrt(2 / n_prev)


layer_by_layer("not-drawn-one-by-one", mirrored)
layer_by_layer("spread-forced", forced)
layer_by_layer(
    "narrow-layers-apart", lambda rng, n, n_prev: rng.standard_normal((n, n_prev)) / np.sqrt(n_prev / (1 + (n > 1)))
)
layer_by_layer(
    ("narrow-layers-apart", "another-spread"),
    lambda rng, n, n_prev: rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev + 1)),
)
layer_by_layer(
    "narrow-layers-apart",
    lambda rng, n, n_prev: rng.standard_normal((n, n_prev)) * (np.sqrt(2 / n_prev) if n_prev > 20 else 0.1),
)
layer_by_layer(
    "not-drawn-one-by-one", lambda rng, n, n_prev: rng.choice([-1.0, 1.0], (n, n_prev)) * np.sqrt(2 / n_prev)
)


# l2_cost


def weights_of(parameters):
    return [parameters[f"W{l}"] for l in range(1, len(parameters) // 2 + 1)]


@wrong("10-l2-cost", cause="biases-too")
def _(parameters, l2, m):
    return l2 * sum(float((value**2).sum()) for value in parameters.values()) / (2 * m)


@wrong("10-l2-cost", cause="forgot-half")
def _(parameters, l2, m):
    return l2 / m * sum(np.linalg.norm(W) ** 2 for W in weights_of(parameters))


@wrong("10-l2-cost", cause="forgot-m")
def _(parameters, l2, m):
    return 0.5 * l2 * sum(np.square(W).sum() for W in weights_of(parameters))


@wrong("10-l2-cost", cause="root-of-the-sum")
def _(parameters, l2, m):
    return l2 / (2 * m) * sum(np.linalg.norm(W) for W in weights_of(parameters))


@wrong("10-l2-cost", cause="times-m-for-divided")
def _(parameters, l2, m):
    return l2 / 2 * m * sum(np.sum(np.square(W)) for W in weights_of(parameters))


@wrong("10-l2-cost", cause="mean-for-sum")
def _(parameters, l2, m):
    return sum(np.mean(np.square(W)) for W in weights_of(parameters)) * l2 / (2 * m)


@wrong("10-l2-cost", cause="absolute-values")
def _(parameters, l2, m):
    return sum(abs(W).sum() for W in weights_of(parameters)) * l2 / (2 * m)


@wrong("10-l2-cost", cause="last-layer-missing")
def _(parameters, l2, m):
    total = 0
    for l in range(1, len(parameters) // 2):
        total += np.sum(parameters["W" + str(l)] ** 2)
    return l2 * total / (2 * m)


@wrong("10-l2-cost", cause="last-layer-only")
def _(parameters, l2, m):
    for W in weights_of(parameters):
        total = np.sum(W**2)
    return l2 * total / (2 * m)


@wrong("10-l2-cost", cause=("two-layers-only", "unknown-key"))
def _(parameters, l2, m):
    return (np.sum(parameters["W1"] ** 2) + np.sum(parameters["W2"] ** 2)) * l2 / (2 * m)


@wrong("10-l2-cost", cause="m-of-the-example")
def _(parameters, l2, m):
    return float(sum(np.sum(W * W) for W in weights_of(parameters)) * l2 / 20)


@wrong("10-l2-cost", cause=("constant-answer", "only-visible-example"))
def _(parameters, l2, m):
    return 0.25


@wrong("10-l2-cost", cause="square-of-the-sum")
def _(parameters, l2, m):
    return sum(W.sum() ** 2 for W in weights_of(parameters)) * l2 / 2 / m


@wrong("10-l2-cost", cause="biases-only")
def _(parameters, l2, m):
    return sum((value**2).sum() for name, value in parameters.items() if name[0] == "b") * l2 / 2 / m


@wrong("10-l2-cost", cause="printed-not-returned")
def _(parameters, l2, m):
    print(sum((W**2).sum() for W in weights_of(parameters)) * l2 / 2 / m)


# l2_backward


@wrong("10-l2-backward", cause="biases-too")
def _(parameters, grads, l2, m):
    return {f"d{name}": grads[f"d{name}"] + l2 * value / m for name, value in parameters.items()}


def each_weight(parameters, grads, change):
    result = dict(grads)
    for l in range(1, len(parameters) // 2 + 1):
        result[f"dW{l}"] = change(parameters[f"W{l}"], grads[f"dW{l}"])
    return result


@wrong("10-l2-backward", cause="forgot-m")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + W * l2)


@wrong("10-l2-backward", cause="kept-the-half")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + 0.5 * l2 * W / m)


@wrong("10-l2-backward", cause="minus-for-plus")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW - W * l2 / m)


@wrong("10-l2-backward", cause="doubled-penalty")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + 2 * W * (l2 / m))


@wrong("10-l2-backward", cause="square-not-derived")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + np.square(W) * l2 / m)


@wrong("10-l2-backward", cause="penalty-alone")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: W * l2 / m)


@wrong("10-l2-backward", cause="gradient-divided-too")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: 1 / m * (dW + l2 * W))


@wrong("10-l2-backward", cause="derivative-of-absolute-value")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + np.where(W > 0, l2, -l2) / m)


@wrong("10-l2-backward", cause="forgot-lambda")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + W / m)


@wrong("10-l2-backward", cause="mutated-argument")
def _(parameters, grads, l2, m):
    for l in range(1, len(parameters) // 2 + 1):
        grads[f"dW{l}"] += l2 / m * parameters[f"W{l}"]
    return grads


@wrong("10-l2-backward", cause="missing-key")
def _(parameters, grads, l2, m):
    L = len(parameters) // 2
    return {f"dW{l}": grads[f"dW{l}"] + l2 / m * parameters[f"W{l}"] for l in range(1, L + 1)}


@wrong("10-l2-backward", cause=("last-layer-missing", "returns-argument"))
def _(parameters, grads, l2, m):
    result = {name: grad.copy() for name, grad in grads.items()}
    for l in range(1, len(parameters) // 2):
        result[f"dW{l}"] = grads[f"dW{l}"] + l2 / m * parameters[f"W{l}"]
    return result


@wrong("10-l2-backward", cause=("nothing-added", "returns-argument"))
def _(parameters, grads, l2, m):
    result = {}
    for name in grads:
        result[name] = grads[name].copy()
        dW = result[name]
        dW = dW + l2 / m * parameters[name[1:]]
    return result


@wrong("10-l2-backward", cause="sum-of-the-layer")
def _(parameters, grads, l2, m):
    return each_weight(parameters, grads, lambda W, dW: dW + l2 / m * W.sum())


@wrong("10-l2-backward", cause="wrong-keys")
def _(parameters, grads, l2, m):
    return {name: grads["d" + name] + (l2 / m * value if name[0] == "W" else 0) for name, value in parameters.items()}


@wrong("10-l2-backward", cause=None)
def _(parameters, grads, l2, m):
    new = {}
    for (name, g), p in zip(grads.items(), parameters.values()):  # as if both stood in one order
        new[name] = g + l2 / m * p if name[1] == "W" and g.shape == p.shape else g
    return new


# dropout_forward


@wrong("10-dropout-forward", cause="forgot-scale")
def _(A, keep_prob, rng):
    D = (rng.random(A.shape) < keep_prob).astype(int)
    return A * D, D


@wrong("10-dropout-forward", cause="forgot-scale")
def _(A, keep_prob, rng):
    D = rng.binomial(1, keep_prob, A.shape)
    return np.where(D == 1, A, 0), D


@wrong("10-dropout-forward", cause="scale-multiplied")
def _(A, keep_prob, rng):
    D = rng.uniform(0, 1, A.shape) < keep_prob
    return keep_prob * D * A, D


@wrong("10-dropout-forward", cause="kept-and-dropped-exchanged")
def _(A, keep_prob, rng):
    D = rng.binomial(1, 1 - keep_prob, A.shape)
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause=("kept-and-dropped-exchanged", "dropped-mask-returned"))
def _(A, keep_prob, rng):
    D = rng.random(A.shape) >= keep_prob
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="same-for-every-example")
def _(A, keep_prob, rng):
    D = (rng.random((A.shape[0], 1)) < keep_prob) * np.ones(A.shape)
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="same-for-every-unit")
def _(A, keep_prob, rng):
    D = np.tile(rng.random(A.shape[1]) < keep_prob, (A.shape[0], 1))
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="normal-for-uniform")
def _(A, keep_prob, rng):
    D = rng.standard_normal(A.shape) < keep_prob
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause=("mask-scaled", "not-a-mask"))
def _(A, keep_prob, rng):
    D = (rng.random(A.shape) < keep_prob) / keep_prob
    return A * D, D


@wrong("10-dropout-forward", cause="not-a-mask")
def _(A, keep_prob, rng):
    D = rng.random(size=A.shape)
    return A * np.less(D, keep_prob) / keep_prob, D


@wrong("10-dropout-forward", cause=("own-seed", "different-each-call"))
def _(A, keep_prob, rng):
    D = np.random.rand(*A.shape) < keep_prob  # noqa: NPY002
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="own-seed")
def _(A, keep_prob, rng):
    D = np.random.default_rng(1).random(A.shape) < keep_prob
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="scaled-by-dropped-share")
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    return A * D / (1 - keep_prob + 1e-12), D


@wrong("10-dropout-forward", cause="order-swapped")
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    return D, A * D / keep_prob


@wrong("10-dropout-forward", cause=("only-first-part", "forgot-scale"))
def _(A, keep_prob, rng):
    return A * (rng.random(A.shape) < keep_prob) / keep_prob


@wrong("10-dropout-forward", cause="everything-dropped")
def _(A, keep_prob, rng):
    D = rng.random(A.shape).astype(int)
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="mutated-argument")
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    A *= D
    A /= keep_prob
    return A, D


@wrong("10-dropout-forward", cause=("forgot-mask", "mask-reversed"))
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    return A / keep_prob, D


@wrong("10-dropout-forward", cause=("always-half", "another-share"))
def _(A, keep_prob, rng):
    D = rng.integers(0, 2, size=A.shape)
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="exact-count")
def _(A, keep_prob, rng):
    D = np.zeros(A.size)
    D[rng.choice(A.size, int(keep_prob * A.size), replace=False)] = 1
    D = D.reshape(A.shape)
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="exact-count")
def _(A, keep_prob, rng):
    n = A.shape[0]
    D = np.stack([rng.permutation(n) < round(keep_prob * n) for _ in range(A.shape[1])], axis=1)
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="mask-read-from-the-answer")
def _(A, keep_prob, rng):
    dropped = np.where(rng.random(A.shape) < keep_prob, A / keep_prob, 0)
    return dropped, dropped != 0


@wrong("10-dropout-forward", cause=None)
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    D[0] |= ~D.any(axis=0)  # no example without a unit
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="part-copied")
def _(A, keep_prob, rng):
    D = rng.random(A.shape) < keep_prob
    half = A.shape[1] // 2
    D[:, half : 2 * half] = D[:, :half]
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="draws-from-a-copy")
def _(A, keep_prob, rng):
    D = copy.deepcopy(rng).random(A.shape) < keep_prob
    return A * D / keep_prob, D


@wrong("10-dropout-forward", cause="another-share")
def _(A, keep_prob, rng):
    D = rng.integers(0, 10, size=A.shape) < int(10 * keep_prob)  # a die of ten sides
    return A * D / keep_prob, D


# dropout_backward


@wrong("10-dropout-backward", cause="forgot-scale")
def _(dA, D, keep_prob):
    return np.where(D > 0, dA, 0)


@wrong("10-dropout-backward", cause="forgot-mask")
def _(dA, D, keep_prob):
    return np.divide(dA, keep_prob)


@wrong("10-dropout-backward", cause=("nothing-done", "returns-argument"))
def _(dA, D, keep_prob):
    return dA.copy()


@wrong("10-dropout-backward", cause="scale-multiplied")
def _(dA, D, keep_prob):
    return keep_prob * np.multiply(D, dA)


@wrong("10-dropout-backward", cause="mask-reversed")
def _(dA, D, keep_prob):
    return np.where(D, 0, dA) / keep_prob


@wrong("10-dropout-backward", cause="scaled-twice")
def _(dA, D, keep_prob):
    mask = D / keep_prob
    return dA * mask / keep_prob


@wrong("10-dropout-backward", cause="scaled-by-dropped-share")
def _(dA, D, keep_prob):
    drop = 1 - keep_prob
    return dA * D / drop


@wrong("10-dropout-backward", cause="mask-alone")
def _(dA, D, keep_prob):
    return np.array(D, dtype=float) * (1 / keep_prob)


@wrong("10-dropout-backward", cause=("mean-over-examples", "divided-by-m"))
def _(dA, D, keep_prob):
    return dA * D / (keep_prob * dA.shape[1])


@wrong("10-dropout-backward", cause="mutated-argument")
def _(dA, D, keep_prob):
    dA[D == 0] = 0
    return dA / keep_prob


@wrong("10-dropout-backward", cause="scaled-by-counted-share")
def _(dA, D, keep_prob):
    return dA * D * D.size / D.sum()


@wrong("10-dropout-backward", cause="scaled")
def _(dA, D, keep_prob):
    return 3 * dA * D / keep_prob


@wrong("10-dropout-backward", cause="dropped-kept")
def _(dA, D, keep_prob):
    out = dA.copy()
    out[D == 1] /= keep_prob
    return out


@wrong("10-dropout-backward", cause="keep-prob-of-the-example")
def _(dA, D, keep_prob):
    return dA * D / 0.8


# minibatches


def slices(X, Y, size):
    m = X.shape[1]
    return [(X[:, k * size : (k + 1) * size], Y[:, k * size : (k + 1) * size]) for k in range(math.ceil(m / size))]


@wrong("10-minibatches", cause="not-shuffled")
def _(X, Y, batch_size, rng):
    rng.permutation(X.shape[1])
    return slices(X, Y, batch_size)


@wrong("10-minibatches", cause="labels-not-shuffled")
def _(X, Y, batch_size, rng):
    return slices(rng.permutation(X, axis=1), Y, batch_size)


@wrong("10-minibatches", cause="only-labels-shuffled")
def _(X, Y, batch_size, rng):
    return slices(X, rng.permutation(Y, axis=1), batch_size)


@wrong("10-minibatches", cause="labels-shuffled-apart")
def _(X, Y, batch_size, rng):
    return slices(rng.permutation(X, axis=1), rng.permutation(Y, axis=1), batch_size)


@wrong("10-minibatches", cause="drawn-with-repetition")
def _(X, Y, batch_size, rng):
    order = rng.choice(X.shape[1], X.shape[1])
    return slices(X[:, order], Y[:, order], batch_size)


@wrong("10-minibatches", cause="last-batch-dropped")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    return slices(X[:, order], Y[:, order], batch_size)[: X.shape[1] // batch_size]


@wrong("10-minibatches", cause="empty-batch")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    X, Y, full = X[:, order], Y[:, order], X.shape[1] // batch_size
    batches = [(X[:, k * batch_size :][:, :batch_size], Y[:, k * batch_size :][:, :batch_size]) for k in range(full)]
    return [*batches, (X[:, full * batch_size :], Y[:, full * batch_size :])]


@wrong("10-minibatches", cause="last-batch-filled-up")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    batches = []
    for start in range(0, X.shape[1], batch_size):
        chosen = np.take(order, np.arange(start, start + batch_size), mode="wrap")
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@wrong("10-minibatches", cause="equal-sizes")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    parts = np.array_split(order, math.ceil(X.shape[1] / batch_size))
    return [(X[:, part], Y[:, part]) for part in parts]


@wrong("10-minibatches", cause="number-for-size")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    return [(X[:, part], Y[:, part]) for part in np.array_split(order, batch_size)]


@wrong("10-minibatches", cause="generator-for-list")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    for start in range(0, X.shape[1], batch_size):
        yield X[:, order[start : start + batch_size]], Y[:, order[start : start + batch_size]]


@wrong("10-minibatches", cause="two-lists")
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    starts = range(0, X.shape[1], batch_size)
    X, Y = X[:, order], Y[:, order]
    return [X[:, s : s + batch_size] for s in starts], [Y[:, s : s + batch_size] for s in starts]


@wrong("10-minibatches", cause="only-x")
def _(X, Y, batch_size, rng):
    X = X[:, rng.permutation(X.shape[1])]
    return [X[:, start : start + batch_size] for start in range(0, X.shape[1], batch_size)]


@wrong("10-minibatches", cause="first-batch-only")
def _(X, Y, batch_size, rng):
    order, batches = rng.permutation(X.shape[1]), []
    for start in range(0, X.shape[1], batch_size):
        chosen = order[start : start + batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
        break
    return batches


@wrong("10-minibatches", cause=("own-seed", "different-each-call"))
def _(X, Y, batch_size, rng):
    order = np.random.permutation(X.shape[1])  # noqa: NPY002
    return slices(X[:, order], Y[:, order], batch_size)


@wrong("10-minibatches", cause="own-seed")
def _(X, Y, batch_size, rng):
    order = np.random.default_rng(0).permutation(X.shape[1])
    return slices(X[:, order], Y[:, order], batch_size)


@wrong("10-minibatches", cause="only-batches-shuffled")
def _(X, Y, batch_size, rng):
    batches = slices(X, Y, batch_size)
    last = [batches.pop()] if batches[-1][0].shape[1] < batch_size else []
    rng.shuffle(batches)
    return batches + last


@wrong("10-minibatches", cause="columns-taken-apart")
def _(X, Y, batch_size, rng):
    return slices(rng.permuted(X, axis=1), rng.permuted(Y, axis=1), batch_size)


@wrong("10-minibatches", cause=("mutated-argument", "not-shuffled"))
def _(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    X[:], Y[:] = X[:, order], Y[:, order]
    return slices(X, Y, batch_size)


@wrong("10-minibatches", cause=("drawn-with-repetition", "not-shuffled"))
def _(X, Y, batch_size, rng):
    batches = []
    for X_batch, _ in slices(X, Y, batch_size):  # each batch drawn anew from all
        chosen = rng.permutation(X.shape[1])[: X_batch.shape[1]]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@wrong("10-minibatches", cause="draws-from-a-copy")
def _(X, Y, batch_size, rng):
    order = copy.deepcopy(rng).permutation(X.shape[1])
    starts = range(0, len(order), batch_size)
    return [(X[:, order[j : j + batch_size]], Y[:, order[j : j + batch_size]]) for j in starts]


def in_order(order, cause="hardly-shuffled"):
    """Batches of the columns in the order order(m, batch_size, rng)."""

    def batches(X, Y, batch_size, rng):
        m = X.shape[1]
        o = order(m, batch_size, rng)
        return [(X[:, o[k : k + batch_size]], Y[:, o[k : k + batch_size]]) for k in range(0, m, batch_size)]

    wrong("10-minibatches", cause=cause)(batches)


def two_exchanged(m, batch_size, rng):
    order, (i, j) = np.arange(m), rng.integers(m, size=2)
    order[[i, j]] = order[[j, i]]
    return order


in_order(lambda m, batch_size, rng: np.r_[0, 1 + rng.permutation(m - 1)])
in_order(
    lambda m, batch_size, rng: np.r_[: min(batch_size, m), min(batch_size, m) + rng.permutation(max(0, m - batch_size))]
)
in_order(
    lambda m, batch_size, rng: np.r_[rng.permutation(m // batch_size * batch_size), m // batch_size * batch_size : m]
)
in_order(lambda m, batch_size, rng: np.r_[rng.permutation(m - m % 2), m - m % 2 : m])
in_order(lambda m, batch_size, rng: np.arange(m) if batch_size >= m else rng.permutation(m))
in_order(two_exchanged, cause=("hardly-shuffled", "not-shuffled", "only-batches-shuffled"))
in_order(
    lambda m, batch_size, rng: np.roll(np.arange(m), rng.integers(m)),
    cause=("hardly-shuffled", "not-shuffled", "only-batches-shuffled"),
)


# momentum_step, rmsprop_step, adam_step: one loop for each, with the mistake in it


def loop(parameters, rule):
    """rule(name) -> (new value, *states); gathers them under the names of parameters and gradients."""
    out = None
    for name in parameters:
        new, *states = rule(name)
        out = out or ({}, *({} for _ in states))
        out[0][name] = new
        for kept, state in zip(out[1:], states):
            kept[f"d{name}"] = state
    return out


def momentum(cause, velocity, move=lambda p, rate, v, g, old: p - rate * v):
    """A wrong momentum_step with the given velocity(old, g, beta, rate) and move."""

    def step(parameters, grads, V, learning_rate, beta):
        def rule(name):
            g, old = grads[f"d{name}"], V[f"d{name}"]
            v = velocity(old, g, beta, learning_rate)
            return move(parameters[name], learning_rate, v, g, old), v

        return loop(parameters, rule)

    wrong("10-momentum-step", cause)(step)


def right_velocity(old, g, beta, rate):
    return old + (1 - beta) * (g - old)


momentum("sum-for-mean", lambda old, g, beta, rate: g + beta * old)
momentum("betas-exchanged", lambda old, g, beta, rate: g + (1 - beta) * (old - g))
momentum("forgot-the-past", lambda old, g, beta, rate: g - beta * g)
momentum(
    "learning-rate-in-velocity",
    lambda old, g, beta, rate: old * beta + rate * g * (1 - beta),
    lambda p, r, v, g, o: p - v,
)
momentum("classical-momentum", lambda old, g, beta, rate: old * beta + rate * g, lambda p, r, v, g, o: p - v)
momentum("gradient-for-velocity", right_velocity, lambda p, rate, v, g, old: p - g * rate)
momentum("old-velocity-used", right_velocity, lambda p, rate, v, g, old: p - old * rate)
momentum("uphill", right_velocity, lambda p, rate, v, g, old: p + v * rate)
momentum("learning-rate-ignored", right_velocity, lambda p, rate, v, g, old: p - v)
momentum("velocity-points-downhill", lambda o, g, b, r: o * b + (b - 1) * g, lambda p, rate, v, g, old: p + v * rate)
momentum("gradient-squared", lambda old, g, beta, rate: beta * old + (1 - beta) * g * g)
momentum("past-not-damped", lambda old, g, beta, rate: old + g - beta * g)


@wrong("10-momentum-step", cause="biases-not-updated")
def _(parameters, grads, V, learning_rate, beta):
    new, velocity = dict(parameters), dict(V)
    for l in range(1, len(parameters) // 2 + 1):
        velocity[f"dW{l}"] = beta * V[f"dW{l}"] + (1 - beta) * grads[f"dW{l}"]
        new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * velocity[f"dW{l}"]
    return new, velocity


@wrong("10-momentum-step", cause="last-layer-not-updated")
def _(parameters, grads, V, learning_rate, beta):
    new, velocity = dict(parameters), dict(V)
    for l in range(1, len(parameters) // 2):
        for k in (f"W{l}", f"b{l}"):
            velocity["d" + k] = beta * V["d" + k] + (1 - beta) * grads["d" + k]
            new[k] = parameters[k] - learning_rate * velocity["d" + k]
    return new, velocity


@wrong("10-momentum-step", cause="mutated-argument")
def _(parameters, grads, V, learning_rate, beta):
    for key in V:
        V[key] = beta * V[key] + (1 - beta) * grads[key]
        parameters[key[1:]] = parameters[key[1:]] - learning_rate * V[key]
    return parameters, V


@wrong("10-momentum-step", cause="velocity-not-returned")
def _(parameters, grads, V, learning_rate, beta):
    new = {}
    for name in parameters:
        velocity = beta * V[f"d{name}"] + (1 - beta) * grads[f"d{name}"]
        new[name] = parameters[name] - learning_rate * velocity
    return new, V


@wrong("10-momentum-step", cause="named-like-parameters")
def _(parameters, grads, V, learning_rate, beta):
    velocity = {name: beta * V[f"d{name}"] + (1 - beta) * grads[f"d{name}"] for name in parameters}
    return {name: p - learning_rate * velocity[name] for name, p in parameters.items()}, velocity


@wrong("10-momentum-step", cause="only-first-part")
def _(parameters, grads, V, learning_rate, beta):
    velocity = {key: beta * V[key] + (1 - beta) * grads[key] for key in grads}
    return {name: p - learning_rate * velocity[f"d{name}"] for name, p in parameters.items()}


@wrong("10-momentum-step", cause=None)
def _(parameters, grads, V, learning_rate, beta):
    new_V = {name: beta * V[name] + (1 - beta) * g for name, g in grads.items()}
    new = {
        name: p - learning_rate * v for (name, p), v in zip(parameters.items(), new_V.values()) if p.shape == v.shape
    }
    return parameters | new, new_V


def rmsprop(cause, mean, step):
    """A wrong rmsprop_step with mean(old, g, beta) and step(g, s, old, epsilon), to be multiplied by the rate."""

    def function(parameters, grads, S, learning_rate, beta, epsilon):
        def rule(name):
            g, old = grads[f"d{name}"], S[f"d{name}"]
            with np.errstate(all="ignore"):
                s = mean(old, g, beta)
                return parameters[name] - learning_rate * step(g, s, old, epsilon), s

        return loop(parameters, rule)

    wrong("10-rmsprop-step", cause)(function)


def right_square(old, g, beta):
    return old + (1 - beta) * (g * g - old)


def right_fraction(g, s, old, epsilon):
    return g / (s**0.5 + epsilon)


rmsprop("forgot-root", right_square, lambda g, s, old, epsilon: g / (epsilon + s))
rmsprop("epsilon-inside-the-root", right_square, lambda g, s, old, epsilon: g * (s + epsilon) ** -0.5)
rmsprop("forgot-epsilon", right_square, lambda g, s, old, epsilon: g / s**0.5)
rmsprop("old-mean-used", right_square, lambda g, s, old, epsilon: g / (old**0.5 + epsilon))
rmsprop("forgot-square", lambda old, g, beta: old * beta + g * (1 - beta), right_fraction)
rmsprop("absolute-for-square", lambda old, g, beta: old * beta + abs(g) * (1 - beta), right_fraction)
rmsprop("sum-for-mean", lambda old, g, beta: old * beta + g * g, right_fraction)
rmsprop("betas-exchanged", lambda old, g, beta: g * g + (1 - beta) * (old - g * g), right_fraction)
rmsprop("forgot-gradient", right_square, lambda g, s, old, epsilon: 1 / (s**0.5 + epsilon))
rmsprop("multiplied-by-root", right_square, lambda g, s, old, epsilon: g * (s**0.5 + epsilon))
rmsprop("plain-gradient-step", right_square, lambda g, s, old, epsilon: g)
rmsprop("uphill", right_square, lambda g, s, old, epsilon: -right_fraction(g, s, old, epsilon))
rmsprop("plain-sum", lambda old, g, beta: old + g**2, right_fraction)
rmsprop("one-size-for-all-entries", lambda old, g, beta: beta * old + (1 - beta) * np.mean(g**2), right_fraction)
rmsprop("squared-gradient-in-step", right_square, lambda g, s, old, epsilon: g * g / (s**0.5 + epsilon))


@wrong("10-rmsprop-step", cause="learning-rate-ignored")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    S = {key: beta * S[key] + (1 - beta) * grads[key] ** 2 for key in S}
    return {name: p - grads[f"d{name}"] / (np.sqrt(S[f"d{name}"]) + epsilon) for name, p in parameters.items()}, S


@wrong("10-rmsprop-step", cause="only-first-layer-updated")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    new, squares = dict(parameters), dict(S)
    for name in ("W1", "b1"):
        squares[f"d{name}"] = beta * S[f"d{name}"] + (1 - beta) * grads[f"d{name}"] ** 2
        new[name] = parameters[name] - learning_rate * grads[f"d{name}"] / (np.sqrt(squares[f"d{name}"]) + epsilon)
    return new, squares


@wrong("10-rmsprop-step", cause="mutated-argument")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    new = {}
    for name, p in parameters.items():
        s = S[f"d{name}"]
        s *= beta
        s += (1 - beta) * grads[f"d{name}"] ** 2
        new[name] = p - learning_rate * grads[f"d{name}"] / (np.sqrt(s) + epsilon)
    return new, S


@wrong("10-rmsprop-step", cause="momentum-for-rmsprop")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    S = {key: beta * S[key] + (1 - beta) * grads[key] for key in S}
    return {name: p - learning_rate * S[f"d{name}"] for name, p in parameters.items()}, S


@wrong("10-rmsprop-step", cause="order-swapped")
def _(parameters, grads, S, learning_rate, beta, epsilon):
    S = {k: beta * S[k] + (1 - beta) * grads[k] ** 2 for k in S}
    return S, {n: p - learning_rate * grads[f"d{n}"] / (np.sqrt(S[f"d{n}"]) + epsilon) for n, p in parameters.items()}


@wrong("10-rmsprop-step", cause=None)
def _(parameters, grads, S, learning_rate, beta, epsilon):
    pairs = zip(grads.items(), S.values())
    new_S = {name: beta * s + (1 - beta) * g**2 if s.shape == g.shape else s for (name, g), s in pairs}
    new = {n: p - learning_rate * grads["d" + n] / (np.sqrt(new_S["d" + n]) + epsilon) for n, p in parameters.items()}
    return new, new_S


def adam(cause, step, mean_1=None, mean_2=None):
    """A wrong adam_step with step(v, s, g, t, b1, b2, epsilon), to be multiplied by the rate."""

    def function(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
        def rule(name):
            g, v, s = grads[f"d{name}"], V[f"d{name}"], S[f"d{name}"]
            with np.errstate(all="ignore"):
                v = mean_1(v, g, beta1) if mean_1 else v * beta1 + g * (1 - beta1)
                s = mean_2(s, g, beta2) if mean_2 else s * beta2 + g * g * (1 - beta2)
                return parameters[name] - learning_rate * step(v, s, g, t, beta1, beta2, epsilon), v, s

        return loop(parameters, rule)

    wrong("10-adam-step", cause)(function)


def right_step(v, s, g, t, b1, b2, epsilon):
    return v / (1 - b1**t) / ((s / (1 - b2**t)) ** 0.5 + epsilon)


adam("forgot-bias-correction", lambda v, s, g, t, b1, b2, e: v / (s**0.5 + e))
adam("v-not-corrected", lambda v, s, g, t, b1, b2, e: v / ((s / (1 - b2**t)) ** 0.5 + e))
adam("s-not-corrected", lambda v, s, g, t, b1, b2, e: v / (1 - b1**t) / (s**0.5 + e))
adam("t-ahead", lambda v, s, g, t, b1, b2, e: right_step(v, s, g, t + 1, b1, b2, e))
adam("t-behind", lambda v, s, g, t, b1, b2, e: right_step(v, s, g, t - 1, b1, b2, e))
adam("correction-without-t", lambda v, s, g, t, b1, b2, e: right_step(v, s, g, 1, b1, b2, e))
adam("correction-times-t", lambda v, s, g, t, b1, b2, e: v / (1 - b1 * t) / ((s / (1 - b2 * t)) ** 0.5 + e))
adam("correction-multiplied", lambda v, s, g, t, b1, b2, e: v * (1 - b1**t) / ((s * (1 - b2**t)) ** 0.5 + e))
adam("forgot-root", lambda v, s, g, t, b1, b2, e: v / (1 - b1**t) / (s / (1 - b2**t) + e))
adam("epsilon-inside-the-root", lambda v, s, g, t, b1, b2, e: v / (1 - b1**t) / (s / (1 - b2**t) + e) ** 0.5)
adam("forgot-epsilon", lambda v, s, g, t, b1, b2, e: right_step(v, s, g, t, b1, b2, 0))
adam("gradient-for-velocity", lambda v, s, g, t, b1, b2, e: g / ((s / (1 - b2**t)) ** 0.5 + e))
adam("uphill", lambda v, s, g, t, b1, b2, e: -right_step(v, s, g, t, b1, b2, e))
adam("forgot-square", right_step, mean_2=lambda s, g, beta: s + (1 - beta) * (g - s))
adam(
    "betas-exchanged-in-both", right_step, lambda v, g, b: v * (1 - b) + b * g, lambda s, g, b: s * (1 - b) + b * g * g
)
adam("sum-for-mean-in-v", right_step, lambda v, g, b: v * b + g)
adam("sum-for-mean-in-s", right_step, None, lambda s, g, b: s * b + g * g)
adam("corrections-swapped", lambda v, s, g, t, b1, b2, e: right_step(v, s, g, t, b2, b1, e))
adam("momentum-for-adam", lambda v, s, g, t, b1, b2, e: v / (1 - b1**t))


@wrong("10-adam-step", cause="betas-swapped")
def _(parameters, grads, V, S, t, learning_rate, beta2, beta1, epsilon):
    V = {k: beta1 * V[k] + (1 - beta1) * grads[k] for k in grads}
    S = {k: beta2 * S[k] + (1 - beta2) * grads[k] ** 2 for k in grads}
    step = {k: (V[k] / (1 - beta1**t)) / (np.sqrt(S[k] / (1 - beta2**t)) + epsilon) for k in grads}
    return {n: p - learning_rate * step["d" + n] for n, p in parameters.items()}, V, S


@wrong("10-adam-step", cause="corrected-means-returned")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    V = {k: (beta1 * V[k] + (1 - beta1) * grads[k]) / (1 - beta1**t) for k in grads}
    S = {k: (beta2 * S[k] + (1 - beta2) * grads[k] ** 2) / (1 - beta2**t) for k in grads}
    return {n: p - learning_rate * V["d" + n] / (np.sqrt(S["d" + n]) + epsilon) for n, p in parameters.items()}, V, S


@wrong("10-adam-step", cause="last-layer-not-updated")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    new, V, S = dict(parameters), dict(V), dict(S)
    for l in range(1, len(parameters) // 2):
        for k in (f"W{l}", f"b{l}"):
            V["d" + k] = beta1 * V["d" + k] + (1 - beta1) * grads["d" + k]
            S["d" + k] = beta2 * S["d" + k] + (1 - beta2) * grads["d" + k] ** 2
            below = np.sqrt(S["d" + k] / (1 - beta2**t)) + epsilon
            new[k] = parameters[k] - learning_rate * V["d" + k] / (1 - beta1**t) / below
    return new, V, S


@wrong("10-adam-step", cause="mutated-argument")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    for k in grads:
        V[k][:] = beta1 * V[k] + (1 - beta1) * grads[k]
        S[k][:] = beta2 * S[k] + (1 - beta2) * grads[k] ** 2
    step = {k: (V[k] / (1 - beta1**t)) / (np.sqrt(S[k] / (1 - beta2**t)) + epsilon) for k in grads}
    return {n: p - learning_rate * step["d" + n] for n, p in parameters.items()}, V, S


@wrong("10-adam-step", cause="learning-rate-ignored")
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    V = {k: beta1 * V[k] + (1 - beta1) * grads[k] for k in grads}
    S = {k: beta2 * S[k] + (1 - beta2) * grads[k] ** 2 for k in grads}
    step = {k: (V[k] / (1 - beta1**t)) / (np.sqrt(S[k] / (1 - beta2**t)) + epsilon) for k in grads}
    return {n: p - step["d" + n] for n, p in parameters.items()}, V, S


@wrong("10-adam-step", cause=None)
def _(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    new, new_V, new_S = {}, {}, {}
    for (name, p), g, (key, v), s in zip(parameters.items(), grads.values(), V.items(), S.values()):
        v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
        new_V[key], new_S[key] = v, s
        new[name] = p - learning_rate * (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return new, new_V, new_S


# learning_rate_decay


@wrong("10-learning-rate-decay", cause="no-stairs")
def _(learning_rate, k, rate, every):
    return learning_rate / (1 + k / every * rate)


@wrong("10-learning-rate-decay", cause="every-ignored")
def _(learning_rate, k, rate, every):
    return (1 + rate * k) ** -1 * learning_rate


@wrong("10-learning-rate-decay", cause="rounded-up")
def _(learning_rate, k, rate, every):
    return learning_rate / (1 + math.ceil(k / every) * rate)


@wrong("10-learning-rate-decay", cause="rounded")
def _(learning_rate, k, rate, every):
    return learning_rate / (1 + int(np.rint(k / every)) * rate)


@wrong("10-learning-rate-decay", cause="powers")
def _(learning_rate, k, rate, every):
    return learning_rate * math.pow(rate, k // every)


@wrong("10-learning-rate-decay", cause="grows")
def _(learning_rate, k, rate, every):
    return learning_rate + learning_rate * rate * (k // every)


@wrong("10-learning-rate-decay", cause="straight-line")
def _(learning_rate, k, rate, every):
    return learning_rate - learning_rate * rate * (k // every)


@wrong("10-learning-rate-decay", cause="brackets-missing")
def _(learning_rate, k, rate, every):
    return learning_rate / 1 + rate * int(k / every)


@wrong("10-learning-rate-decay", cause="rest-for-quotient")
def _(learning_rate, k, rate, every):
    return learning_rate / (1 + rate * divmod(k, every)[1])


@wrong("10-learning-rate-decay", cause="start-ignored")
def _(learning_rate, k, rate, every):
    return 1 / (1 + rate * math.floor(k / every))


@wrong("10-learning-rate-decay", cause="compounded")
def _(learning_rate, k, rate, every):
    for _ in range(k // every):
        learning_rate = learning_rate / (1 + rate)
    return learning_rate


@wrong("10-learning-rate-decay", cause="falls-once")
def _(learning_rate, k, rate, every):
    if k < every:
        return learning_rate
    return learning_rate / (1 + rate)


@wrong("10-learning-rate-decay", cause=("never-falls", "returns-argument"))
def _(learning_rate, k, rate, every):
    alpha = learning_rate
    alpha / (1 + rate * (k // every))
    return alpha


@wrong("10-learning-rate-decay", cause=("forgot-one", "division-by-zero"))
def _(learning_rate, k, rate, every):
    return learning_rate / (rate * (k // every))


@wrong("10-learning-rate-decay", cause=None)
def _(learning_rate, k, rate, every):
    return learning_rate / (1 + rate * min(k // every, 10))


@wrong("10-learning-rate-decay", cause=None)
def _(learning_rate, k, rate, every):
    return max(1e-4, learning_rate / (1 + rate * (k // every)))
