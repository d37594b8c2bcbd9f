"""Right answers to assignment 07 in many styles; each must pass."""

import functools
import itertools
import math
import statistics
import warnings

import numpy as np

from benchmarks.corpus import right
from helpers import activations, costs, network

# load_and_check


@right("07-load-and-check")
def _(images, labels, sources, held_out, largest):
    m, rows, columns = images.shape
    X = np.zeros((rows * columns, m))
    for j in range(m):
        for r in range(rows):
            for c in range(columns):
                X[r * columns + c, j] = images[j, r, c] / largest
    held = {int(number) for number in held_out}
    train = [j for j in range(m) if not any(int(s) in held for s in sources[j])]
    test = [j for j in range(m) if all(int(s) in held for s in sources[j])]
    Y = np.array([[float(label) for label in labels]])
    return {
        "X_train": X[:, train],
        "Y_train": Y[:, train],
        "X_test": X[:, test],
        "Y_test": Y[:, test],
        "left_out": m - len(train) - len(test),
    }


@right("07-load-and-check")
def _(images, labels, sources, held_out, largest):
    flat = images.astype(np.float64).reshape(images.shape[0], images.shape[1] * images.shape[2])
    count = np.sum(np.isin(sources, held_out), axis=1)
    train, test = count == 0, count == sources.shape[1]
    rest = ~(train | test)
    return {
        "X_train": flat[train].T / largest,
        "Y_train": labels[train][np.newaxis, :],
        "X_test": flat[test].T / largest,
        "Y_test": labels[test][np.newaxis, :],
        "left_out": np.sum(rest),
    }


@right("07-load-and-check")
def _(images: np.ndarray, labels: np.ndarray, sources: np.ndarray, held_out: np.ndarray, largest: int) -> dict:
    X = np.einsum("mrc->rcm", images).reshape(-1, len(images)) / float(largest)
    where = np.array([len(set(row) & set(held_out.tolist())) / len(set(row)) for row in sources.tolist()])
    train, test = np.where(where == 0)[0], np.where(where == 1)[0]
    print(f"{len(train)} to train on, {len(test)} to test with")
    return {
        "left_out": len(labels) - train.size - test.size,
        "X_test": X[:, test],
        "X_train": X[:, train],
        "Y_test": labels[None, test].astype(bool),
        "Y_train": labels[None, train].astype(bool),
        "pixels": X.shape[0],
    }


@right("07-load-and-check")
def _(images, labels, sources, held_out, largest):
    def part(chosen):
        X = np.stack([image.flatten() for image in images[chosen]], axis=1).astype(np.float32) / np.float32(largest)
        return X, labels[chosen].reshape(1, len(X[0])).astype(np.float32)

    held = (sources[:, :, None] == held_out[None, None, :]).any(axis=2)
    X_train, Y_train = part(np.logical_not(held).all(axis=1))
    X_test, Y_test = part(held.min(axis=1))
    left_out = int(held.any(axis=1).sum() - held.all(axis=1).sum())
    return {"X_train": X_train, "Y_train": Y_train, "X_test": X_test, "Y_test": Y_test, "left_out": left_out}


@right("07-load-and-check")
def _(images, labels, sources, held_out, largest):
    X = np.swapaxes(images.reshape(len(images), -1), 0, 1) * (1 / largest)
    lists = {"train": [], "test": [], "neither": []}
    for j, numbers in enumerate(sources):
        inside = [number in held_out for number in numbers]
        lists["test" if all(inside) else "neither" if any(inside) else "train"].append(j)
    Y = np.atleast_2d(labels)
    answer = {f"{name}_{part}": a[:, lists[part]] for part in ("train", "test") for name, a in (("X", X), ("Y", Y))}
    return answer | {"left_out": np.array(len(lists["neither"]))}


# train_shallow and train_deep


def start(sizes, rng):
    return {
        f"{kind}{l}": rng.normal(0, math.sqrt(2 / sizes[l - 1]), (sizes[l], sizes[l - 1]))
        if kind == "W"
        else np.zeros((sizes[l], 1))
        for l in range(1, len(sizes))
        for kind in "Wb"
    }


def sig(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-np.abs(Z))), np.exp(-np.abs(Z)) / (1 + np.exp(-np.abs(Z))))


def through(X, p):
    A, kept, L = X, [], len(p) // 2
    for l in range(1, L + 1):
        Z = np.dot(p["W" + str(l)], A) + p["b" + str(l)]
        kept.append((A, Z))
        A = np.maximum(Z, 0) if l < L else sig(Z)
    return A, kept


def back(AL, Y, p, kept):
    grads, dZ, m = {}, AL - Y, Y.shape[1]
    for l in range(len(kept), 0, -1):
        A_prev, _ = kept[l - 1]
        grads["dW" + str(l)], grads["db" + str(l)] = dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dZ = (p["W" + str(l)].T @ dZ) * (kept[l - 2][1] > 0)
    return grads


def loss(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return -np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))


@right("07-train-shallow")
def _(X, Y, n_1, steps, learning_rate, rng):
    p, J = start([X.shape[0], n_1, 1], rng), []
    for _ in range(steps):
        A, kept = through(X, p)
        J.append(loss(A, Y))
        g = back(A, Y, p, kept)
        p = {name: p[name] - learning_rate * g["d" + name] for name in p}
    return p, J


@right("07-train-shallow")
def _(X, Y, n_1, steps, learning_rate, rng):
    n_x, m = X.shape
    W1, b1 = rng.uniform(-1, 1, (n_1, n_x)) * math.sqrt(6 / n_x), np.zeros((n_1, 1))
    W2, b2 = rng.uniform(-1, 1, (1, n_1)) * math.sqrt(6 / n_1), np.zeros((1, 1))
    history = np.empty(steps)
    for k in range(steps):
        Z1 = W1 @ X + b1
        A1 = Z1 * (Z1 > 0)
        Z2 = W2 @ A1 + b2
        history[k] = np.mean(np.logaddexp(0, Z2) - Y * Z2)
        dZ2 = (1 / (1 + np.exp(-Z2)) - Y) / m
        dZ1 = np.einsum("oh,om->hm", W2, dZ2) * np.where(Z1 > 0, 1, 0)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum()
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1)[:, None]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, history


@right("07-train-shallow")
def _(X, Y, n_1, steps, learning_rate, rng):
    parameters = network.initialize([X.shape[0], int(n_1), 1], rng, scale="xavier")
    costs_ = []
    while len(costs_) < steps:
        AL, caches = network.forward(X, parameters)
        costs_ += [costs.cross_entropy(AL, Y)]
        for name, slope in network.backward(Y, caches).items():
            parameters[name[1:]] = parameters[name[1:]] - learning_rate * slope
    return [parameters, tuple(costs_)]


@right("07-train-shallow")
def _(X, Y, n_1, steps, learning_rate, rng):
    X32, Y32 = X.astype(np.float32), Y.astype(np.float32)
    p = {name: value.astype(np.float32) for name, value in start([len(X), n_1, 1], rng).items()}
    J = []
    for k in range(steps):
        A, kept = through(X32, p)
        J.append(np.float64(loss(A.astype(np.float64), Y32)))
        g = back(A, Y32, p, kept)
        for name in p:
            p[name] = p[name] - np.float32(learning_rate) * g["d" + name].astype(np.float32)
        if k % 100 == 0:
            print(k, J[-1])
    return p, J


@right("07-train-deep")
def _(X, Y, hidden, steps, learning_rate, rng):
    p, J = start([X.shape[0]] + hidden + [1], rng), []
    for _ in range(steps):
        A, kept = through(X, p)
        J.append(loss(A, Y))
        g = back(A, Y, p, kept)
        p = {name: p[name] - learning_rate * g["d" + name] for name in p}
    return p, J


@right("07-train-deep")
def _(X, Y, hidden, steps, learning_rate, rng):
    p = network.initialize((X.shape[0], *hidden, 1), rng)
    J = np.zeros(steps)
    for k in range(steps):
        _AL, caches = network.forward(X, p)
        J[k] = network.cost(Y, caches)
        grads = network.backward(Y, caches)
        p = dict(zip(p, (value - learning_rate * grads[f"d{name}"] for name, value in p.items())))
    return p, J


@right("07-train-deep")
def _(X, Y, hidden, steps, learning_rate, rng):
    if not hidden:
        warnings.warn("this is a single neuron", stacklevel=2)
    sizes = list(map(int, hidden))
    sizes.insert(0, X.shape[0])
    sizes.append(1)
    W, b = [], []
    for n_in, n_out in itertools.pairwise(sizes):
        W.append(rng.standard_normal((n_out, n_in)) / np.sqrt(n_in))
        b.append(np.zeros((n_out, 1)))
    J = []
    for _ in range(steps):
        A = [X]
        for l, (w, c) in enumerate(zip(W, b), start=1):
            Z = w.dot(A[-1]) + c
            A.append(activations.relu(Z) if l < len(W) else activations.sigmoid(Z))
        J.append(costs.cross_entropy(A[-1], Y))
        dZ = (A[-1] - Y) / X.shape[1]
        for l in reversed(range(len(W))):
            dA = W[l].T.dot(dZ)
            W[l] = W[l] - learning_rate * dZ.dot(A[l].T)
            b[l] = b[l] - learning_rate * dZ.sum(axis=1, keepdims=True)
            dZ = dA * np.sign(A[l])
            if l == 0:
                break
            dZ = dA * np.sign(A[l])
    parameters = {f"W{l}": w for l, w in enumerate(W, start=1)}
    parameters.update({f"b{l}": c for l, c in enumerate(b, start=1)})
    return parameters, J


class Trainer:
    """A training as an object that can be called."""

    def __call__(self, X, Y, hidden, steps, learning_rate, rng):
        self.p, J = start([len(X), *hidden, 1], rng), []
        for _ in range(steps):
            J.append(self.step(X, Y, learning_rate))
        return self.p, J

    def step(self, X, Y, rate):
        A, kept = through(X, self.p)
        self.p = {name: self.p[name] - rate * g for (name, g) in ((k[1:], v) for k, v in self.back(A, Y, kept))}
        return loss(A, Y).item()

    def back(self, A, Y, kept):
        return back(A, Y, self.p, kept).items()


right("07-train-deep")(Trainer())


@right("07-train-deep")
def _(X, Y, hidden, steps, learning_rate, rng):
    sizes = np.array([X.shape[0], *hidden, 1], dtype=int)
    p = {}
    for l in range(1, sizes.size):  # one draw for weights and biases together, the biases then put to zero
        block = 0.4 * rng.standard_normal((sizes[l], sizes[l - 1] + 1))
        p[f"W{l}"], p[f"b{l}"] = block[:, :-1], 0.0 * block[:, -1:]
    J = []
    for _ in range(int(steps)):
        A, kept = through(X, p)
        J += [float(loss(A, Y))]
        g = back(A, Y, p, kept)
        p = {k: np.subtract(v, np.multiply(learning_rate, g["d" + k])) for k, v in p.items()}
    return p, J


# Costs that keep away from log(0) by more or less than others do: of sure mistakes they give another number.
for hair in (1e-5, 1e-15):

    @right("07-train-deep")
    def deep(X, Y, hidden, steps, learning_rate, rng, hair=hair):
        p, J = start([X.shape[0], *hidden, 1], rng), []
        for _ in range(steps):
            A, kept = through(X, p)
            a = np.clip(A, hair, 1 - hair)
            J.append(np.mean(-np.log(np.where(Y == 1, a, 1 - a))))
            grads = back(A, Y, p, kept)
            p = {name: value - learning_rate * grads[f"d{name}"] for name, value in p.items()}
        return p, J

    @right("07-train-shallow")
    def _(X, Y, n_1, steps, learning_rate, rng, deep=deep):
        return deep(X, Y, [n_1], steps, learning_rate, rng)


# confusion


@right("07-confusion")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=int)
    for guess, truth in zip(Y_hat[0], Y[0]):
        C[int(truth), int(guess)] += 1
    return C


@right("07-confusion")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes))
    np.add.at(C, (Y.ravel().astype(int), Y_hat.ravel().astype(int)), 1)
    return C


@right("07-confusion")
def _(Y_hat, Y, n_classes):
    k = np.arange(n_classes).reshape(-1, 1)
    return (k == Y).astype(int) @ (k == Y_hat).astype(int).T


@right("07-confusion")
def _(Y_hat, Y, n_classes):
    return np.array([[np.sum((i == Y) & (Y_hat == k)) for k in range(n_classes)] for i in range(n_classes)])


@right("07-confusion")
def _(Y_hat, Y, n_classes):
    edges = np.arange(n_classes + 1) - 0.5
    return np.histogram2d(Y.flatten(), Y_hat.flatten(), bins=(edges, edges))[0]


# error_gallery


@right("07-error-gallery")
def _(X, A, Y, image_shape, most):
    wrong = [j for j in range(A.shape[1]) if int(A[0, j] > 0.5) != int(Y[0, j])]
    wrong.sort(key=lambda j: abs(A[0, j] - Y[0, j]), reverse=True)
    wrong = wrong[:most]
    images = np.zeros((len(wrong), *image_shape))
    for k, j in enumerate(wrong):
        images[k] = X[:, j].reshape(image_shape)
    return wrong, images


@right("07-error-gallery")
def _(X, A, Y, image_shape, most):
    given_to_truth = np.where(Y == 1, A, 1 - A).ravel()
    labels = (A > 0.5).astype(float)
    bad = np.where((labels != Y).ravel())[0]
    columns = bad[np.argsort(given_to_truth[bad])][:most]
    return columns, X.T[columns].reshape((-1,) + tuple(image_shape))


@right("07-error-gallery")
def _(X, A, Y, image_shape, most):
    with np.errstate(divide="ignore"):
        loss = -np.log(np.where(Y == 1, A, 1 - A))[0]
    loss[((A > 0.5) == (Y == 1))[0]] = -1
    order = np.argsort(loss)[::-1]
    columns = [int(j) for j in order if loss[j] >= 0][: int(most)]
    rows, width = image_shape
    return columns, np.moveaxis(X[:, columns].reshape(rows, width, len(columns)), 2, 0)


@right("07-error-gallery")
def _(X, A, Y, image_shape, most):
    gap = np.abs(A - Y)[0]
    is_wrong = np.logical_xor(A[0] > 0.5, Y[0].astype(bool))
    found = sorted(np.flatnonzero(is_wrong), key=lambda j: -gap[j])[:most]
    return tuple(found), np.array([X[:, j].reshape(image_shape) for j in found]).reshape(-1, *image_shape)


@right("07-error-gallery")
def _(X, A, Y, image_shape, most):
    order = np.lexsort((np.arange(A.size), -np.abs(A - Y).ravel()))
    keep = [j for j in order if (A[0, j] > 0.5) != Y[0, j]]
    del keep[most:]
    print(len(keep), "mistakes")
    return keep, X[:, keep].T.reshape(len(keep), image_shape[0], image_shape[1]).astype(np.float32)


# predict_own_image


@right("07-predict-own-image")
def _(image, image_shape, parameters):
    grey = image if image.ndim == 2 else image[..., :3].mean(axis=-1)
    rows, columns = image_shape
    up, side = grey.shape[0] // rows, grey.shape[1] // columns
    small = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            small[r, c] = 1 - grey[r * up : (r + 1) * up, c * side : (c + 1) * side].mean()
    x = small.reshape(-1, 1)
    a = network.predict(x, parameters)
    return {"x": x, "a": a.item(), "label": 1 if a.item() > 0.5 else 0}


@right("07-predict-own-image")
def _(image, image_shape, parameters):
    if image.ndim == 3:
        image = (image[:, :, 0] + image[:, :, 1] + image[:, :, 2]) / 3
    R = np.kron(np.eye(image_shape[0]), np.ones((1, image.shape[0] // image_shape[0])))
    C = np.kron(np.eye(image_shape[1]), np.ones((1, image.shape[1] // image_shape[1])))
    small = R @ (1.0 - image) @ C.T / (R[0].sum() * C[0].sum())
    x = small.flatten()[:, np.newaxis]
    AL, _ = network.forward(x, parameters)
    return {"x": x, "a": AL, "label": (AL > 0.5).astype(int)}


@right("07-predict-own-image")
def _(image, image_shape, parameters):
    rows, columns = image_shape
    ink = 1 - np.atleast_3d(image)[:, :, :3]
    blocks = ink.reshape(rows, ink.shape[0] // rows, columns, ink.shape[1] // columns, ink.shape[2])
    x = np.einsum("rucsk->rc", blocks).reshape(rows * columns, 1) * (rows * columns / ink.size)
    a = through(x, parameters)[0][0, 0]
    return {"label": bool(a > 0.5), "a": a, "x": x}


@right("07-predict-own-image")
def _(image, image_shape, parameters):
    colours = image[:, :, :3] if len(image.shape) > 2 else image.reshape(*image.shape, 1)
    grey = np.average(colours.astype(np.float64), axis=2)
    parts = [np.hsplit(band, image_shape[1]) for band in np.vsplit(grey, image_shape[0])]
    x = np.array([[1 - part.mean()] for band in parts for part in band])
    A = x
    for l in range(1, len(parameters) // 2):
        A = np.maximum(parameters[f"W{l}"] @ A + parameters[f"b{l}"], 0)
    l = len(parameters) // 2
    z = (parameters[f"W{l}"] @ A + parameters[f"b{l}"]).item()
    a = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
    return {"x": x, "a": a, "label": int(z > 0)}


# compare_models


@right("07-compare-models")
def _(accuracies_a, accuracies_b, baseline, t):
    def middle_and_half(values):
        return statistics.mean(values), t * statistics.stdev(values) / math.sqrt(len(values))

    differences = [a - b for a, b in zip(accuracies_a, accuracies_b)]
    d, half = middle_and_half(differences)
    (mean_a, half_a), (mean_b, half_b) = middle_and_half(accuracies_a), middle_and_half(accuracies_b)
    verdict = "undecided"
    if d - half > 0:
        verdict = "a"
    elif d + half < 0:
        verdict = "b"
    return {
        "mean_a": mean_a,
        "mean_b": mean_b,
        "difference": d,
        "interval": [d - half, d + half],
        "a_beats_baseline": mean_a - half_a > baseline,
        "b_beats_baseline": mean_b - half_b > baseline,
        "verdict": verdict,
    }


@right("07-compare-models")
def _(accuracies_a, accuracies_b, baseline, t):
    A = np.array([accuracies_a, accuracies_b])
    A = np.vstack([A, A[0] - A[1]])
    n = A.shape[1]
    mean, half = A.mean(axis=1), t * np.sqrt(A.var(axis=1, ddof=1) / n)
    low, high = mean - half, mean + half
    which = int(low[2] > 0) - int(high[2] < 0)
    return {
        "mean_a": mean[0],
        "mean_b": mean[1],
        "difference": mean[2],
        "interval": np.array([low[2], high[2]]),
        "a_beats_baseline": low[0] > baseline,
        "b_beats_baseline": low[1] > baseline,
        "verdict": np.array(["b", "undecided", "a"])[which + 1],
    }


@right("07-compare-models")
def _(accuracies_a, accuracies_b, baseline, t):
    n = len(accuracies_a)
    mean = lambda v: sum(v) / n  # noqa: E731
    sd = lambda v: (sum((x - mean(v)) ** 2 for x in v) / (n - 1)) ** 0.5  # noqa: E731
    d = [accuracies_a[i] - accuracies_b[i] for i in range(n)]
    h = t * sd(d) * n**-0.5
    answer = {"mean_a": mean(accuracies_a), "mean_b": mean(accuracies_b), "difference": mean(d)}
    answer["interval"] = (answer["difference"] - h, answer["difference"] + h)
    for name, values in (("a", accuracies_a), ("b", accuracies_b)):
        answer[f"{name}_beats_baseline"] = int(mean(values) - t * sd(values) * n**-0.5 > baseline)
    zero_inside = answer["interval"][0] <= 0 <= answer["interval"][1]
    answer["verdict"] = "undecided" if zero_inside else "a" if answer["difference"] > 0 else "b"
    return answer


@right("07-compare-models")
def _(accuracies_a, accuracies_b, baseline, t):
    @functools.cache
    def bounds(values):
        v = np.asarray(values)
        half = t * v.std(ddof=1) / v.size**0.5
        return v.mean() - half, v.mean() + half

    a, b = tuple(accuracies_a), tuple(accuracies_b)
    low, high = bounds(tuple(np.subtract(a, b)))
    print(low, high)
    return {
        "verdict": {(True, False): "a", (False, True): "b"}.get((low > 0, high < 0), "undecided"),
        "interval": (low, high),
        "difference": (low + high) / 2,
        "mean_a": np.mean(a),
        "mean_b": np.mean(b),
        "a_beats_baseline": bool(bounds(a)[0] > baseline),
        "b_beats_baseline": bool(bounds(b)[0] > baseline),
    }
