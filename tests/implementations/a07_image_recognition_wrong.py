"""Wrong answers to assignment 07, written as learners write them; each must fail, for the cause named."""

import copy
import math

import numpy as np

from benchmarks.corpus import wrong

# load_and_check


def parts(X, Y, train, test):
    return {
        "X_train": X[:, train],
        "Y_train": Y[:, train],
        "X_test": X[:, test],
        "Y_test": Y[:, test],
        "left_out": int(len(train) - train.sum() - test.sum()),
    }


def sides(sources, held_out):
    inside = np.isin(sources, held_out)
    return ~inside.any(axis=1), inside.all(axis=1)


@wrong("07-load-and-check", cause="reshaped-without-transposing")
def _(images, labels, sources, held_out, largest):
    m, rows, columns = images.shape
    X = images.reshape(rows * columns, m) / largest
    return parts(X, labels.reshape(1, m), *sides(sources, held_out))


@wrong("07-load-and-check", cause=("images-mixed-up", "pixels-in-another-order"))
def _(images, labels, sources, held_out, largest):
    m, rows, columns = images.shape
    X = images.transpose(1, 0, 2).reshape(rows * columns, m) / largest
    return parts(X, labels.reshape(1, m), *sides(sources, held_out))


@wrong("07-load-and-check", cause="column-after-column")
def _(images, labels, sources, held_out, largest):
    X = np.array([image.T.ravel() for image in images]).T / largest
    return parts(X, labels[None, :], *sides(sources, held_out))


@wrong("07-load-and-check", cause="column-after-column")
def _(images, labels, sources, held_out, largest):
    X = images.T.reshape(-1, len(images)) / largest  # .T turns all three axes round
    return parts(X, labels[None, :], *sides(sources, held_out))


@wrong("07-load-and-check", cause="images-in-rows")
def _(images, labels, sources, held_out, largest):
    X, (train, test) = images.reshape(len(images), -1) / largest, sides(sources, held_out)
    Y = labels.reshape(1, -1)
    return {
        "X_train": X[train],
        "X_test": X[test],
        "Y_train": Y[:, train],
        "Y_test": Y[:, test],
        "left_out": len(X) - train.sum() - test.sum(),
    }


@wrong("07-load-and-check", cause="always-by-255")
def _(images, labels, sources, held_out, largest):
    X = np.stack([image.ravel() for image in images / 255.0], axis=1)
    return parts(X, labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause="not-scaled")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(images.shape[0], -1).T
    return parts(X, labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause=("by-the-brightest-pixel", "another-scale"))
def _(images, labels, sources, held_out, largest):
    X = images.reshape(images.shape[0], -1).T
    return parts(X / np.max(X), labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause="statistics-of-all-images")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(images.shape[0], -1).T.astype(float)
    sd = X.std(axis=1, keepdims=True)
    X = (X - X.mean(axis=1, keepdims=True)) / np.where(sd > 0, sd, 1)
    return parts(X, labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause=None)
def _(images, labels, sources, held_out, largest):
    X = images.reshape(images.shape[0], -1).T.astype(float)
    train, test = sides(sources, held_out)
    mu = X[:, train].mean(axis=1, keepdims=True)
    return parts((X - mu) / largest, labels[None], train, test)


@wrong("07-load-and-check", cause="whole-division")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(images.shape[0], -1).T // largest
    return parts(X, labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause="ink-and-paper-swapped")
def _(images, labels, sources, held_out, largest):
    X = (largest - images.astype(float)).reshape(images.shape[0], -1).T / largest
    return parts(X, labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause="mixed-in-test")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    held = set(held_out.tolist())
    test = np.array([bool(held & set(pair)) for pair in sources.tolist()])
    return parts(X, labels[None], ~test, test)


@wrong("07-load-and-check", cause="mixed-in-training")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    held = set(held_out.tolist())
    test = np.array([held.issuperset(pair) for pair in sources.tolist()])
    return parts(X, labels[None], ~test, test)


@wrong("07-load-and-check", cause="only-first-source")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    test = np.array([pair[0] in held_out for pair in sources])
    return parts(X, labels[None], ~test, test)


@wrong("07-load-and-check", cause=None)
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest  # splits by position, whatever the sources are
    train = np.arange(len(images)) < 0.7 * len(images)
    return parts(X, labels[None], train, ~train)


@wrong("07-load-and-check", cause="labels-of-others")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    train, test = sides(sources, held_out)
    Y = labels[None]
    return parts(X, Y, train, test) | {"Y_train": Y[:, : train.sum()], "Y_test": Y[:, len(Y[0]) - test.sum() :]}


@wrong("07-load-and-check", cause="labels-of-others")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    order = np.random.default_rng(0).permutation(len(images))  # shuffles the images and forgets the labels
    train, test = sides(sources, held_out)
    return parts(X[:, order], labels[None], train[order], test[order])


@wrong("07-load-and-check", cause=("rank-one", "labels-of-one-axis"))
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    train, test = sides(sources, held_out)
    return parts(X, labels[None], train, test) | {"Y_train": labels[train], "Y_test": labels[test]}


@wrong("07-load-and-check", cause=("raises-error", "shapes-do-not-fit", "fixed-size", "only-visible-example"))
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), 4).T / largest
    return parts(X, labels[None], *sides(sources, held_out))


@wrong("07-load-and-check", cause="left-out-not-counted")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    return {**parts(X, labels[None], *sides(sources, held_out)), "left_out": 0}


@wrong("07-load-and-check", cause="training-and-test-swapped")
def _(images, labels, sources, held_out, largest):
    X = images.reshape(len(images), -1).T / largest
    train, test = sides(sources, held_out)
    return parts(X, labels[None], test, train)


@wrong("07-load-and-check", cause=None)
def _(images, labels, sources, held_out, largest):
    X, Y = images.reshape(len(images), -1).T / largest, labels[None]
    held = np.isin(sources[:, :2], held_out)
    train, test = ~held.any(axis=1), held.all(axis=1)
    parts = {"X_train": X[:, train], "Y_train": Y[:, train], "X_test": X[:, test], "Y_test": Y[:, test]}
    return parts | {"left_out": int((~train & ~test).sum())}


@wrong("07-load-and-check", cause=None)
def _(images, labels, sources, held_out, largest):
    X, Y = images.reshape(len(images), -1).T / largest, labels[None]
    places = np.minimum(np.searchsorted(held_out, sources), len(held_out) - 1)
    held = held_out[places] == sources
    train, test = ~held.any(axis=1), held.all(axis=1)
    parts = {"X_train": X[:, train], "Y_train": Y[:, train], "X_test": X[:, test], "Y_test": Y[:, test]}
    return parts | {"left_out": int((~train & ~test).sum())}


# the network, for both trainings


def begin(sizes, rng):
    p = {}
    for l in range(1, len(sizes)):
        p[f"W{l}"] = rng.standard_normal((sizes[l], sizes[l - 1])) * np.sqrt(2 / sizes[l - 1])
        p[f"b{l}"] = np.zeros((sizes[l], 1))
    return p


def begin_otherwise(sizes, rng):
    """A start drawn in another way than the course's, so that no number can be foretold."""
    p = {}
    for l in range(len(sizes) - 1, 0, -1):
        p[f"W{l}"] = rng.uniform(-1, 1, (sizes[l], sizes[l - 1])) * np.sqrt(5 / sizes[l - 1])
        p[f"b{l}"] = np.zeros((sizes[l], 1))
    return p


def ahead(X, p):
    A, L = [X], len(p) // 2
    for l in range(1, L + 1):
        Z = p[f"W{l}"] @ A[-1] + p[f"b{l}"]
        A.append(np.where(Z > 0, Z, 0) if l < L else 1 / (1 + np.exp(-np.clip(Z, -500, 500))))
    return A


def behind(A, Y, p):
    g, m = {}, Y.shape[1]
    dZ = (A[-1] - Y) / m
    for l in range(len(A) - 1, 0, -1):
        g[f"W{l}"], g[f"b{l}"] = dZ @ A[l - 1].T, dZ.sum(axis=1, keepdims=True)
        dZ = (p[f"W{l}"].T @ dZ) * (A[l - 1] > 0)
    return g


def J(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(np.mean(-Y * np.log(A) - (1 - Y) * np.log(1 - A)))


def run(X, Y, sizes, steps, rate, rng, first=begin_otherwise, slope=behind, move=None, cost=J):
    """A right training, with a part exchanged by the wrong ones below."""
    p, history = first(sizes, rng), []
    for _ in range(steps):
        A = ahead(X, p)
        history.append(cost(A[-1], Y))
        g = slope(A, Y, p)
        p = move(p, g, rate) if move else {name: p[name] - rate * g[name] for name in p}
    return p, history


def both(cause):
    """The same mistake in train_shallow and in train_deep: train(X, Y, sizes, steps, rate, rng)."""

    def collect(train):
        wrong("07-train-shallow", cause)(
            lambda X, Y, n_1, steps, rate, rng: train(X, Y, [len(X), n_1, 1], steps, rate, rng)
        )
        wrong("07-train-deep", cause)(
            lambda X, Y, hidden, steps, rate, rng: train(X, Y, [len(X), *hidden, 1], steps, rate, rng)
        )
        return train

    return collect


@both("uphill")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, move=lambda p, g, r: {k: p[k] + r * g[k] for k in p})


@both(("learning-rate-ignored", "another-learning-rate"))
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, 0.0075, rng)


@both(("learning-rate-ignored", "another-learning-rate"))
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, first=begin, move=lambda p, g, r: {k: p[k] - g[k] for k in p})


@both("parameters-never-replaced")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, move=lambda p, g, r: p)


@both(("start-returned", "parameters-never-replaced", "cost-of-others"))
def _(X, Y, sizes, steps, rate, rng):
    first = begin(sizes, rng)
    _, history = run(X, Y, sizes, steps, rate, rng, first=lambda *_: first)
    return first, history


@both("biases-not-updated")
def _(X, Y, sizes, steps, rate, rng):
    keep = lambda p, g, r: {k: p[k] - r * g[k] if "W" in k else p[k] for k in p}  # noqa: E731
    return run(X, Y, sizes, steps, rate, rng, move=keep)


@both("forgot-mean")
def _(X, Y, sizes, steps, rate, rng):
    def summed(A, Y, p):
        return {k: v * Y.size for k, v in behind(A, Y, p).items()}

    return run(X, Y, sizes, steps, rate, rng, slope=summed)


@both("mean-twice")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate / Y.shape[1], rng)


@both(("cost-not-averaged", "times-m"))
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, cost=lambda A, Y: J(A, Y) * Y.shape[1])


@both("cost-lacks-minus")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, cost=lambda A, Y: -J(A, Y))


@both("cost-is-squared-error")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, cost=lambda A, Y: float(np.square(A - Y).sum() / Y.size))


@both("cost-after-the-step")
def _(X, Y, sizes, steps, rate, rng):
    p, history = run(X, Y, sizes, steps, rate, rng)
    return p, history[1:] + [J(ahead(X, p)[-1], Y)]


@both("parameters-one-step-behind")
def _(X, Y, sizes, steps, rate, rng):
    p, history = begin_otherwise(sizes, rng), []
    for _ in range(steps):
        A = ahead(X, p)
        history.append(J(A[-1], Y))
        last = p
        p = {k: p[k] - rate * v for k, v in behind(A, Y, p).items()}
    return last, history


@both("zeros-for-weights")
def _(X, Y, sizes, steps, rate, rng):
    zeros = lambda n, g: {k: 0 * v for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, sizes, steps, rate, rng, first=zeros)


@both("units-alike")
def _(X, Y, sizes, steps, rate, rng):
    same = lambda n, g: {k: np.full(v.shape, 0.2 * (k[0] == "W")) for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, sizes, steps, rate, rng, first=same)


@both("own-seed")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, np.random.default_rng(42))


@both("different-each-call")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, np.random.default_rng())


@both("bias-not-zero")
def _(X, Y, sizes, steps, rate, rng):
    drawn = lambda n, g: {k: v + 0.1 * (k[0] == "b") for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, sizes, steps, rate, rng, first=drawn)


@both("never-negative")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, first=lambda n, g: {k: abs(v) for k, v in begin_otherwise(n, g).items()})


@both("slope-of-something-else")
def _(X, Y, sizes, steps, rate, rng):
    def without_relu(A, Y, p):  # the slope of the ReLU is missing on the way back
        g, dZ = {}, (A[-1] - Y) / Y.shape[1]
        for l in range(len(A) - 1, 0, -1):
            g[f"W{l}"], g[f"b{l}"] = dZ @ A[l - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = p[f"W{l}"].T @ dZ
        return g

    return run(X, Y, sizes, steps, rate, rng, slope=without_relu)


@both("slope-of-something-else")
def _(X, Y, sizes, steps, rate, rng):
    rounded = lambda A, Y, p: behind([*A[:-1], (A[-1] > 0.5) * 1.0], Y, p)  # noqa: E731
    return run(X, Y, sizes, steps, rate, rng, slope=rounded)


@both("slope-of-something-else")
def _(X, Y, sizes, steps, rate, rng):
    other = lambda A, Y, p: behind(A, Y[:, ::-1], p)  # labels in another order than the images  # noqa: E731
    return run(X, Y, sizes, steps, rate, rng, slope=other)


@both("same-gradient-each-step")
def _(X, Y, sizes, steps, rate, rng):
    p, history = begin_otherwise(sizes, rng), []
    g = behind(ahead(X, p), Y, p)
    for _ in range(steps):
        history.append(J(ahead(X, p)[-1], Y))
        p = {k: p[k] - rate * g[k] for k in p}
    return p, history


@both("one-image-at-a-time")
def _(X, Y, sizes, steps, rate, rng):
    p, history = begin_otherwise(sizes, rng), []
    for _ in range(steps):
        history.append(J(ahead(X, p)[-1], Y))
        for j in range(Y.size):
            g = behind(ahead(X[:, [j]], p), Y[:, [j]], p)
            p = {k: p[k] - rate * g[k] for k in p}
    return p, history


@both(("one-step-too-few", "wrong-length", "only-last-cost-in-a-list"))
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps - 1, rate, rng, first=begin)


@both("only-last-cost")
def _(X, Y, sizes, steps, rate, rng):
    p, history = run(X, Y, sizes, steps, rate, rng, first=begin)
    return p, history[-1]


@both("only-first-part")
def _(X, Y, sizes, steps, rate, rng):
    return run(X, Y, sizes, steps, rate, rng, first=begin)[0]


@both("mutated-argument")
def _(X, Y, sizes, steps, rate, rng):
    X -= X.mean()
    return run(X, Y, sizes, steps, rate, rng, first=begin)


@both("returned-nothing")
def _(X, Y, sizes, steps, rate, rng):
    run(X, Y, sizes, steps, rate, rng)


# train_shallow alone


@wrong("07-train-shallow", cause="layer-not-updated")
def _(X, Y, n_1, steps, learning_rate, rng):
    last = lambda p, g, r: {k: p[k] - r * g[k] if "2" in k else p[k] for k in p}  # noqa: E731
    return run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng, first=begin, move=last)


@wrong("07-train-shallow", cause="layer-not-updated")
def _(X, Y, n_1, steps, learning_rate, rng):
    first = lambda p, g, r: {k: p[k] - r * g[k] if "1" in k else p[k] for k in p}  # noqa: E731
    return run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng, move=first)


@wrong("07-train-shallow", cause=("always-the-same-width", "constant-answer"))
def _(X, Y, n_1, steps, learning_rate, rng):
    return run(X, Y, [len(X), 4, 1], steps, learning_rate, rng, first=begin)


@wrong("07-train-shallow", cause=None)
def _(X, Y, n_1, steps, learning_rate, rng):
    return run(X, Y, [128, n_1, 1], steps, learning_rate, rng, first=begin)


@wrong("07-train-shallow", cause="draws-from-a-copy")
def _(X, Y, n_1, steps, learning_rate, rng):
    return run(X, Y, [len(X), n_1, 1], steps, learning_rate, copy.deepcopy(rng))


@wrong("07-train-shallow", cause="costs-sorted")
def _(X, Y, n_1, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng)
    return p, sorted(costs, reverse=True)


@wrong("07-train-shallow", cause="start-shrunk")
def _(X, Y, n_1, steps, learning_rate, rng):
    hundredth = lambda n, g: {k: 0.01 * v for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng, first=hundredth)


@wrong("07-train-shallow", cause=None)
def _(X, Y, n_1, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng)
    low = next((k for k, J in enumerate(costs) if J < 0.1), len(costs))  # as if the loop had ended there
    return p, costs[: low + 1]


@wrong("07-train-shallow", cause=None)
def _(X, Y, n_1, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng)
    still = [k for k in range(1, len(costs)) if abs(costs[k] - costs[k - 1]) < 1e-6]
    return p, costs[: still[0]] if still else costs


@wrong("07-train-shallow", cause="start-too-large")
def _(X, Y, n_1, steps, learning_rate, rng):
    wide = lambda n, g: {k: 3 * v for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, [len(X), n_1, 1], steps, learning_rate, rng, first=wide)


# train_deep alone


@wrong("07-train-deep", cause=("always-two-hidden-layers",))
def _(X, Y, hidden, steps, learning_rate, rng):
    return run(X, Y, [len(X), 3, 2, 1], steps, learning_rate, rng, first=begin)


@wrong("07-train-deep", cause="mutated-argument")
def _(X, Y, hidden, steps, learning_rate, rng):
    hidden.insert(0, len(X))
    hidden.append(1)
    return run(X, Y, hidden, steps, learning_rate, rng, first=begin)


@wrong("07-train-deep", cause="a-layer-missing")
def _(X, Y, hidden, steps, learning_rate, rng):
    return run(X, Y, [len(X), *hidden], steps, learning_rate, rng, first=begin)


@wrong("07-train-deep", cause=None)
def _(X, Y, hidden, steps, learning_rate, rng):
    return run(X, Y, [len(X), *sorted(hidden, reverse=True), 1], steps, learning_rate, rng)


@wrong("07-train-deep", cause=None)
def _(X, Y, hidden, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng)
    return p, [0.0, *costs[1:]]


@wrong("07-train-deep", cause="layer-not-updated")
def _(X, Y, hidden, steps, learning_rate, rng):
    def move(p, g, r):  # as if there were never more than four layers
        return {name: value - r * g[name] * (int(name[1:]) < 5) for name, value in p.items()}

    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng, move=move)


@wrong("07-train-deep", cause="another-learning-rate")
def _(X, Y, hidden, steps, learning_rate, rng):
    done = iter(range(steps))

    def move(p, g, r):
        r = r if next(done) < 3 else r / 2
        return {name: value - r * g[name] for name, value in p.items()}

    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng, move=move)


@wrong("07-train-deep", cause="slope-of-something-else")
def _(X, Y, hidden, steps, learning_rate, rng):
    return run(X[:, :64], Y[:, :64], [len(X), *hidden, 1], steps, learning_rate, rng)


@wrong("07-train-deep", cause="layer-not-updated")
def _(X, Y, hidden, steps, learning_rate, rng):
    def move(p, g, r):  # range ends one layer too early
        new = dict(p)
        for l in range(1, len(p) // 2):
            new[f"W{l}"], new[f"b{l}"] = p[f"W{l}"] - r * g[f"W{l}"], p[f"b{l}"] - r * g[f"b{l}"]
        return new

    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng, move=move)


@wrong("07-train-deep", cause="start-shrunk")
def _(X, Y, hidden, steps, learning_rate, rng):
    tiny = lambda n, g: {k: 1e-4 * v for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng, first=tiny)


@wrong("07-train-deep", cause="draws-from-a-copy")
def _(X, Y, hidden, steps, learning_rate, rng):
    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, copy.deepcopy(rng))


@wrong("07-train-deep", cause="costs-sorted")
def _(X, Y, hidden, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng)
    return p, sorted(costs, reverse=True)


@wrong("07-train-deep", cause="start-shrunk")
def _(X, Y, hidden, steps, learning_rate, rng):
    hundredth = lambda n, g: {k: 0.01 * v for k, v in begin(n, g).items()}  # noqa: E731
    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng, first=hundredth)


@wrong("07-train-deep", cause=None)
def _(X, Y, hidden, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng)
    low = next((k for k, J in enumerate(costs) if J < 0.1), len(costs))  # as if the loop had ended there
    return p, costs[: low + 1]


@wrong("07-train-deep", cause=None)
def _(X, Y, hidden, steps, learning_rate, rng):
    p, costs = run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng)
    still = [k for k in range(1, len(costs)) if abs(costs[k] - costs[k - 1]) < 1e-6]
    return p, costs[: still[0]] if still else costs


@wrong("07-train-deep", cause=None)
def _(X, Y, hidden, steps, learning_rate, rng):
    start = copy.deepcopy(rng)
    J, good = run(X, Y, [len(X), *hidden, 1], steps, learning_rate, rng)[1], []
    for cost in J:
        good.append(min([cost, *good]))  # the best so far
    return run(X, Y, [len(X), *hidden, 1], steps, learning_rate, start)[0], good


# confusion


@wrong("07-confusion", cause="rows-and-columns-swapped")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), int)
    for i, k in zip(Y_hat.ravel().astype(int), Y.ravel().astype(int)):
        C[i, k] = C[i, k] + 1
    return C


@wrong("07-confusion", cause="counted-once")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), int)
    C[Y[0].astype(int), Y_hat[0].astype(int)] += 1
    return C


@wrong("07-confusion", cause="shares-of-a-row")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes))
    for i in range(n_classes):
        for k in range(n_classes):
            C[i, k] = np.sum((i == Y) * (Y_hat == k)) / max(1, np.sum(i == Y))
    return C


@wrong("07-confusion", cause="shares-of-all")
def _(Y_hat, Y, n_classes):
    k = np.arange(n_classes)[:, None]
    return (k == Y) @ (Y_hat == k).T.astype(float) / Y.size


@wrong("07-confusion", cause="mistakes-only")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), int)
    for truth, guess in zip(Y[0].astype(int), Y_hat[0].astype(int)):
        if truth != guess:
            C[truth, guess] += 1
    return C


@wrong("07-confusion", cause="classes-that-occur")
def _(Y_hat, Y, n_classes):
    size = int(max(Y.max(), Y_hat.max())) + 1
    C = np.zeros((size, size), int)
    np.add.at(C, (Y[0].astype(int), Y_hat[0].astype(int)), 1)
    return C


@wrong("07-confusion", cause=("index-out-of-range", "always-two-classes", "fixed-size"))
def _(Y_hat, Y, n_classes):
    C = np.zeros((3, 3), int)
    for truth, guess in zip(Y[0].astype(int), Y_hat[0].astype(int)):
        C[truth, guess] += 1
    return C


@wrong("07-confusion", cause="index-out-of-range")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), int)
    for truth, guess in zip(Y[0], Y_hat[0]):  # float labels are no indices
        C[truth, guess] += 1
    return C


@wrong("07-confusion", cause="count-of-right-ones")
def _(Y_hat, Y, n_classes):
    return sum(int(a == b) for a, b in zip(Y[0], Y_hat[0]))


@wrong("07-confusion", cause="one-image-missing")
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), int)
    for j in range(1, Y.shape[1]):
        C[int(Y[0, j]), int(Y_hat[0, j])] += 1
    return C


@wrong("07-confusion", cause="last-image-only")
def _(Y_hat, Y, n_classes):
    for j in range(Y.shape[1]):
        C = np.zeros((n_classes, n_classes), int)
        C[int(Y[0, j]), int(Y_hat[0, j])] += 1
    return C


@wrong("07-confusion", cause="list-for-array")
def _(Y_hat, Y, n_classes):
    return [[int(np.sum((i == Y) & (Y_hat == k))) for k in range(n_classes)] for i in range(n_classes)]


@wrong("07-confusion", cause="truth-on-both-sides")
def _(Y_hat, Y, n_classes):
    return np.diag([int(np.sum(k == Y)) for k in range(n_classes)])


@wrong("07-confusion", cause=None)
def _(Y_hat, Y, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=np.uint8)
    np.add.at(C, (Y[0].astype(int), Y_hat[0].astype(int)), 1)
    return C


@wrong("07-confusion", cause=None)
def _(Y_hat, Y, n_classes):
    seen = np.union1d(Y, Y_hat).tolist()  # the classes that occur, numbered from 0
    C = np.zeros((n_classes, n_classes), int)
    for i, k in zip(Y.ravel().tolist(), Y_hat.ravel().tolist()):
        C[seen.index(i), seen.index(k)] += 1
    return C


# error_gallery


@wrong("07-error-gallery", cause="right-ones-shown")
def _(X, A, Y, image_shape, most):
    columns = [j for j in range(A.size) if (A[0, j] > 0.5) == (Y[0, j] == 1)]
    columns.sort(key=lambda j: -abs(A[0, j] - Y[0, j]))
    columns = columns[:most]
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="least-sure-first")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(np.abs(A - 0.5)[0, bad])][:most]
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="in-the-order-of-the-columns")
def _(X, A, Y, image_shape, most):
    columns = [j for j in range(A.size) if (A[0, j] > 0.5) != (Y[0, j] == 1)][:most]
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="first-mistakes-taken")
def _(X, A, Y, image_shape, most):
    columns = [j for j in range(A.size) if (A[0, j] > 0.5) != (Y[0, j] == 1)][:most]
    columns = sorted(columns, key=lambda j: abs(A[0, j] - Y[0, j]), reverse=True)
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="by-the-probability-of-one")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(A[0, bad])[::-1]][:most]
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="one-half-counted-as-one")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero(np.floor(A + 0.5)[0] != Y[0])
    columns = bad[np.argsort(-np.abs(A - Y)[0, bad])][:most]
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="not-shortened")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(-np.abs(A - Y)[0, bad])]
    return columns, X[:, columns].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause="pictures-not-transposed")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(-np.abs(A - Y)[0, bad])][:most]
    return columns, X[:, columns].reshape(len(columns), *image_shape)


@wrong("07-error-gallery", cause="pictures-left-as-columns")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(-np.abs(A - Y)[0, bad])][:most]
    return columns, X[:, columns]


@wrong("07-error-gallery", cause="pictures-on-their-side")
def _(X, A, Y, image_shape, most):
    rows, columns = image_shape
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    best = bad[np.argsort(-np.abs(A - Y)[0, bad])][:most]
    return best, X.T[best].reshape(-1, columns, rows)


@wrong("07-error-gallery", cause="places-among-the-mistakes")
def _(X, A, Y, image_shape, most):
    bad = (A > 0.5)[0] != Y[0]
    order = np.argsort(-np.abs(A - Y)[0, bad])[:most]
    return order, X[:, bad][:, order].T.reshape(-1, *image_shape)


@wrong("07-error-gallery", cause=("raises-error", "shapes-do-not-fit"))
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(-np.abs(A - Y)[0, bad])][:most]
    return columns, np.stack([X[:, j].reshape(image_shape) for j in columns])  # nothing to stack where all is right


@wrong("07-error-gallery", cause="order-swapped")
def _(X, A, Y, image_shape, most):
    bad = np.flatnonzero((A > 0.5)[0] != Y[0])
    columns = bad[np.argsort(-np.abs(A - Y)[0, bad])][:most].tolist()
    return X[:, columns].T.reshape(-1, *image_shape), columns


# predict_own_image


def answer(x, p):
    a = ahead(x, p)[-1].item()
    return {"x": x, "a": a, "label": int(a > 0.5)}


def grey_of(image):
    return image if image.ndim == 2 else image[:, :, :3].mean(axis=2)


def shrunk(grey, shape):
    up, side = grey.shape[0] // shape[0], grey.shape[1] // shape[1]
    small = np.zeros(shape)
    for r in range(shape[0]):
        for c in range(shape[1]):
            small[r, c] = grey[r * up : r * up + up, c * side : c * side + side].mean()
    return small


@wrong("07-predict-own-image", cause="ink-and-paper-swapped")
def _(image, image_shape, parameters):
    return answer(shrunk(grey_of(image), image_shape).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="divided-by-255")
def _(image, image_shape, parameters):
    return answer(1 - shrunk(grey_of(image) / 255, image_shape).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="opacity-taken-for-a-colour")
def _(image, image_shape, parameters):
    grey = image.mean(axis=-1) if image.ndim == 3 else image
    return answer(1 - shrunk(grey, image_shape).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="first-colour-only")
def _(image, image_shape, parameters):
    grey = image[..., 0] if image.ndim == 3 else image
    return answer(1 - shrunk(grey, image_shape).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="one-pixel-of-a-block")
def _(image, image_shape, parameters):
    grey = grey_of(image)
    up, side = grey.shape[0] // image_shape[0], grey.shape[1] // image_shape[1]
    return answer(1 - grey[::up, ::side].reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="top-left-corner")
def _(image, image_shape, parameters):
    return answer(1 - grey_of(image)[: image_shape[0], : image_shape[1]].reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="blocks-mixed-up")
def _(image, image_shape, parameters):
    grey = grey_of(image)
    x = 1 - grey.reshape(image_shape[0] * image_shape[1], -1).mean(axis=1, keepdims=True)
    return answer(x, parameters)


@wrong("07-predict-own-image", cause="column-after-column")
def _(image, image_shape, parameters):
    return answer(1 - shrunk(grey_of(image), image_shape).flatten(order="F")[:, None], parameters)


@wrong("07-predict-own-image", cause=("shapes-do-not-fit", "raises-error"))
def _(image, image_shape, parameters):
    return answer(1 - grey_of(image).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause=None)
def _(image, image_shape, parameters):
    image = np.mean(image, axis=2)  # a grey picture has no third axis
    return answer(1 - shrunk(image, image_shape).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause=("x-of-one-axis", "rank-one"))
def _(image, image_shape, parameters):
    x = 1 - shrunk(grey_of(image), image_shape).reshape(-1, 1)
    return answer(x, parameters) | {"x": x.ravel()}


@wrong("07-predict-own-image", cause="darkest-of-a-block")
def _(image, image_shape, parameters):
    grey = grey_of(image)
    up, side = grey.shape[0] // image_shape[0], grey.shape[1] // image_shape[1]
    small = [
        [grey[r : r + up, c : c + side].min() for c in range(0, grey.shape[1], side)]
        for r in range(0, grey.shape[0], up)
    ]
    return answer(1 - np.array(small).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="cut-into-black-and-white")
def _(image, image_shape, parameters):
    x = np.where(shrunk(grey_of(image), image_shape) < 0.5, 1.0, 0.0).reshape(-1, 1)
    return answer(x, parameters)


@wrong("07-predict-own-image", cause="one-half-counted-as-one")
def _(image, image_shape, parameters):
    found = answer(1 - shrunk(grey_of(image), image_shape).reshape(-1, 1), parameters)
    return found | {"label": math.floor(found["a"] + 0.5)}


@wrong("07-predict-own-image", cause="labels-swapped")
def _(image, image_shape, parameters):
    found = answer(1 - shrunk(grey_of(image), image_shape).reshape(-1, 1), parameters)
    return found | {"label": 0 if found["a"] > 0.5 else 1}


@wrong("07-predict-own-image", cause=("mutated-argument",))
def _(image, image_shape, parameters):
    image *= -1
    image += 1
    return answer(shrunk(grey_of(image), image_shape).reshape(-1, 1), parameters)


@wrong("07-predict-own-image", cause="constant-answer")
def _(image, image_shape, parameters):
    found = answer(1 - shrunk(grey_of(image), image_shape).reshape(-1, 1), parameters)
    return found | {"a": 0.880797, "label": 1}


# compare_models


def compare(a, b, baseline, t, half=None, **changed):
    a, b = np.array(a), np.array(b)
    d, root = a - b, np.sqrt(len(a))
    middle = d.mean()
    h = t * d.std(ddof=1) / root if half is None else half(a, b, t)
    low, high = middle - h, middle + h
    return {
        "mean_a": a.mean(),
        "mean_b": b.mean(),
        "difference": middle,
        "interval": (low, high),
        "a_beats_baseline": a.mean() - t * a.std(ddof=1) / root > baseline,
        "b_beats_baseline": b.mean() - t * b.std(ddof=1) / root > baseline,
        "verdict": "a" if low > 0 else ("b" if high < 0 else "undecided"),
    } | changed


@wrong("07-compare-models", cause="seeds-not-paired")
def _(accuracies_a, accuracies_b, baseline, t):
    se = lambda a, b, t: t * np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))  # noqa: E731
    return compare(accuracies_a, accuracies_b, baseline, t, half=se)


@wrong("07-compare-models", cause="divided-by-n")
def _(accuracies_a, accuracies_b, baseline, t):
    return compare(accuracies_a, accuracies_b, baseline, t, half=lambda a, b, t: t * np.std(a - b) / np.sqrt(a.size))


@wrong("07-compare-models", cause="root-of-n-missing")
def _(accuracies_a, accuracies_b, baseline, t):
    return compare(accuracies_a, accuracies_b, baseline, t, half=lambda a, b, t: t * np.std(a - b, ddof=1))


@wrong("07-compare-models", cause="n-without-root")
def _(accuracies_a, accuracies_b, baseline, t):
    return compare(accuracies_a, accuracies_b, baseline, t, half=lambda a, b, t: t * np.std(a - b, ddof=1) / len(a))


@wrong("07-compare-models", cause="always-1-96")
def _(accuracies_a, accuracies_b, baseline, t):
    normal = lambda a, b, t: 1.96 * np.std(a - b, ddof=1) / a.size**0.5  # noqa: E731
    return compare(accuracies_a, accuracies_b, baseline, t, half=normal)


@wrong("07-compare-models", cause="verdict-from-the-means")
def _(accuracies_a, accuracies_b, baseline, t):
    better = "a" if sum(accuracies_a) > sum(accuracies_b) else "b"
    return compare(accuracies_a, accuracies_b, baseline, t, verdict=better)


@wrong("07-compare-models", cause="verdict-from-the-ranges")
def _(accuracies_a, accuracies_b, baseline, t):
    verdict = "undecided"
    if min(accuracies_a) > max(accuracies_b):
        verdict = "a"
    if min(accuracies_b) > max(accuracies_a):
        verdict = "b"
    return compare(accuracies_a, accuracies_b, baseline, t, verdict=verdict)


@wrong("07-compare-models", cause=None)
def _(accuracies_a, accuracies_b, baseline, t):
    found = compare(accuracies_a, accuracies_b, baseline, t)
    return found | {"verdict": found["verdict"] if found["a_beats_baseline"] else "undecided"}


@wrong("07-compare-models", cause="verdict-reversed")
def _(accuracies_a, accuracies_b, baseline, t):
    verdict = compare(accuracies_a, accuracies_b, baseline, t)["verdict"]
    return compare(accuracies_a, accuracies_b, baseline, t, verdict={"a": "b", "b": "a"}.get(verdict, verdict))


@wrong("07-compare-models", cause="baseline-against-the-mean")
def _(accuracies_a, accuracies_b, baseline, t):
    beats = {f"{k}_beats_baseline": sum(v) / len(v) > baseline for k, v in (("a", accuracies_a), ("b", accuracies_b))}
    return compare(accuracies_a, accuracies_b, baseline, t, **beats)


@wrong("07-compare-models", cause="baseline-against-the-best")
def _(accuracies_a, accuracies_b, baseline, t):
    beats = {"a_beats_baseline": max(accuracies_a) > baseline, "b_beats_baseline": max(accuracies_b) > baseline}
    return compare(accuracies_a, accuracies_b, baseline, t, **beats)


@wrong("07-compare-models", cause=("baseline-not-used", "constant-answer"))
def _(accuracies_a, accuracies_b, baseline, t):
    return compare(accuracies_a, accuracies_b, baseline, t, a_beats_baseline=True, b_beats_baseline=True)


@wrong("07-compare-models", cause="baseline-of-one-half")
def _(accuracies_a, accuracies_b, baseline, t):
    return compare(accuracies_a, accuracies_b, 0.5, t)


@wrong("07-compare-models", cause="b-judged-by-the-spread-of-a")
def _(accuracies_a, accuracies_b, baseline, t):
    found = compare(accuracies_a, accuracies_b, baseline, t)
    half_a = t * np.std(accuracies_a, ddof=1) / len(accuracies_a) ** 0.5  # taken for both
    return found | {"b_beats_baseline": found["mean_b"] - half_a > baseline}


@wrong("07-compare-models", cause="b-judged-by-a")
def _(accuracies_a, accuracies_b, baseline, t):
    found = compare(accuracies_a, accuracies_b, baseline, t)
    return found | {"b_beats_baseline": found["a_beats_baseline"]}


@wrong("07-compare-models", cause="b-minus-a")
def _(accuracies_a, accuracies_b, baseline, t):
    found = compare(accuracies_a, accuracies_b, baseline, t)
    low, high = found["interval"]
    return found | {"difference": -found["difference"], "interval": (-high, -low)}


@wrong("07-compare-models", cause=("best-seed",))
def _(accuracies_a, accuracies_b, baseline, t):
    a, b = max(accuracies_a), max(accuracies_b)
    h = np.subtract(accuracies_a, accuracies_b).std(ddof=1) * t / len(accuracies_a) ** 0.5
    found = {"mean_a": a, "mean_b": b, "difference": a - b, "interval": (a - b - h, a - b + h)}
    verdict = "a" if a - b - h > 0 else "b" if a - b + h < 0 else "undecided"
    return compare(accuracies_a, accuracies_b, baseline, t, **found, verdict=verdict)


@wrong("07-compare-models", cause=("in-percent",))
def _(accuracies_a, accuracies_b, baseline, t):
    found = compare(accuracies_a, accuracies_b, baseline, t)
    percent = {k: 100 * found[k] for k in ("mean_a", "mean_b", "difference")}
    return found | percent | {"interval": tuple(100 * end for end in found["interval"])}


@wrong("07-compare-models", cause="verdict-in-other-words")
def _(accuracies_a, accuracies_b, baseline, t):
    found = compare(accuracies_a, accuracies_b, baseline, t)
    return found | {"verdict": f"model {found['verdict']} is better"}


def judged(cause, verdict=None, beats=np.greater):
    """compare_models with another verdict(low, high) or another beats(low, baseline)."""

    def compare(accuracies_a, accuracies_b, baseline, t):
        def middle_and_half(values):
            return float(np.mean(values)), t * float(np.std(values, ddof=1)) / len(values) ** 0.5

        d, h = middle_and_half(np.subtract(accuracies_a, accuracies_b))
        (a, half_a), (b, half_b) = middle_and_half(accuracies_a), middle_and_half(accuracies_b)
        right = "a" if d - h > 0 else "b" if d + h < 0 else "undecided"
        found = {"mean_a": a, "mean_b": b, "difference": d, "interval": (d - h, d + h)}
        found |= {
            f"{name}_beats_baseline": bool(beats(end, baseline)) for name, end in (("a", a - half_a), ("b", b - half_b))
        }
        return found | {"verdict": verdict(d - h, d + h) if verdict else right}

    wrong("07-compare-models", cause)(compare)


judged("zero-counted-for-a", lambda low, high: "a" if low >= 0 else "b" if high < 0 else "undecided")
judged("zero-counted-for-b", lambda low, high: "b" if high <= 0 else "a" if low > 0 else "undecided")
judged("baseline-met-counted-as-beaten", beats=np.greater_equal)
