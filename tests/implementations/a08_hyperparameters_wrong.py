"""Wrong answers to assignment 08, written as learners write them; each must fail, for the cause named."""

import itertools
import statistics

import numpy as np

from benchmarks.corpus import wrong
from helpers import activations, data, layers, network, training

# sweep


@wrong("08-sweep", cause="widths-in-rows")
def _(evaluate, learning_rates, widths, seeds):
    scores = np.zeros((len(widths), len(learning_rates)))
    for i, width in enumerate(widths):
        for j, rate in enumerate(learning_rates):
            scores[i, j] = sum(evaluate(rate, width, s) for s in seeds) / len(seeds)
    return scores


@wrong("08-sweep", cause=("last-seed-only", "first-seed-only"))
def _(evaluate, learning_rates, widths, seeds):
    scores = np.empty((len(learning_rates), len(widths)))
    for i, rate in enumerate(learning_rates):
        for j, width in enumerate(widths):
            for seed in seeds:
                scores[i, j] = evaluate(rate, width, seed)
    return scores


@wrong("08-sweep", cause="sum-over-seeds")
def _(evaluate, learning_rates, widths, seeds):
    scores = np.zeros((len(learning_rates), len(widths)))
    for (i, rate), (j, width), seed in itertools.product(enumerate(learning_rates), enumerate(widths), seeds):
        scores[i, j] += evaluate(rate, width, seed)
    return scores


@wrong("08-sweep", cause="best-seed")
def _(evaluate, learning_rates, widths, seeds):
    return np.array([[max(evaluate(r, w, s) for s in seeds) for w in widths] for r in learning_rates])


@wrong("08-sweep", cause="median-of-seeds")
def _(evaluate, learning_rates, widths, seeds):
    rows = [[statistics.median(evaluate(r, w, s) for s in seeds) for w in widths] for r in learning_rates]
    return np.array(rows)


@wrong("08-sweep", cause="seeds-counted-from-zero")
def _(evaluate, learning_rates, widths, seeds):
    n = len(seeds)
    return np.array([[np.mean([evaluate(r, w, s) for s in range(n)]) for w in widths] for r in learning_rates])


@wrong("08-sweep", cause="rate-and-width-exchanged")
def _(evaluate, learning_rates, widths, seeds):
    return np.array([[np.mean([evaluate(w, r, s) for s in seeds]) for w in widths] for r in learning_rates])


@wrong("08-sweep", cause="width-and-seed-exchanged")
def _(evaluate, learning_rates, widths, seeds):
    return np.array([[np.mean([evaluate(r, s, w) for s in seeds]) for w in widths] for r in learning_rates])


@wrong("08-sweep", cause="every-seed-by-itself")
def _(evaluate, learning_rates, widths, seeds):
    scores = np.zeros((len(learning_rates), len(widths), len(seeds)))
    for index in np.ndindex(scores.shape):
        i, j, k = index
        scores[index] = evaluate(learning_rates[i], widths[j], seeds[k])
    return scores


@wrong("08-sweep", cause=("one-after-the-other", "rank-one"))
def _(evaluate, learning_rates, widths, seeds):
    return np.array([np.mean([evaluate(r, w, s) for s in seeds]) for r, w in zip(learning_rates, widths)])


@wrong("08-sweep", cause="list-for-array")
def _(evaluate, learning_rates, widths, seeds):
    return [[sum(evaluate(r, w, s) for s in seeds) / len(seeds) for w in widths] for r in learning_rates]


@wrong("08-sweep", cause="fixed-number-of-seeds")
def _(evaluate, learning_rates, widths, seeds):
    return np.array([[sum(evaluate(r, w, s) for s in seeds) / 4 for w in widths] for r in learning_rates])


@wrong("08-sweep", cause="returned-nothing")
def _(evaluate, learning_rates, widths, seeds):
    scores = np.array([[np.mean([evaluate(r, w, s) for s in seeds]) for w in widths] for r in learning_rates])
    scores.max()


@wrong("08-sweep", cause="rounded")
def _(evaluate, learning_rates, widths, seeds):
    return np.array([[round(np.mean([evaluate(r, w, s) for s in seeds]), 2) for w in widths] for r in learning_rates])


# pick_on_validation


@wrong("08-pick-on-validation", cause="picks-on-test")
def _(score, candidates):
    tested = {c: score(c, "test") for c in candidates}
    best = max((c for c in candidates if tested[c] == tested[c]), key=tested.get)
    return best, tested[best]


@wrong("08-pick-on-validation", cause="picks-on-training")
def _(score, candidates):
    best, high = None, -1
    for c in candidates:
        now = score(c, "train")
        if now > high:
            best, high = c, now
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause="reports-validation")
def _(score, candidates):
    best, high = None, -1
    for c in candidates:
        now = score(c, "validation")
        if now > high:
            best, high = c, now
    return best, high


@wrong("08-pick-on-validation", cause="failed-training-wins")
def _(score, candidates):
    i = np.argmax([score(c, "validation") for c in candidates])
    return candidates[i], score(candidates[i], "test")


@wrong("08-pick-on-validation", cause="last-of-ties")
def _(score, candidates):
    best, high = None, -1
    for c in candidates:
        now = score(c, "validation")
        if now >= high:
            best, high = c, now
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause="position-for-candidate")
def _(score, candidates):
    i = int(np.nanargmax([score(c, "validation") for c in candidates]))
    return i, score(candidates[i], "test")


@wrong("08-pick-on-validation", cause="peeks-at-the-test")
def _(score, candidates):
    table = np.array([[score(c, part) for part in ("validation", "test")] for c in candidates])
    i = int(np.nanargmax(table[:, 0]))
    return candidates[i], float(table[i, 1])


@wrong("08-pick-on-validation", cause="lowest-wins")
def _(score, candidates):
    i = int(np.nanargmin([score(c, "validation") for c in candidates]))
    return candidates[i], score(candidates[i], "test")


@wrong("08-pick-on-validation", cause="order-swapped")
def _(score, candidates):
    i = int(np.nanargmax([score(c, "validation") for c in candidates]))
    return score(candidates[i], "test"), candidates[i]


@wrong("08-pick-on-validation", cause="only-first-part")
def _(score, candidates):
    return candidates[int(np.nanargmax([score(c, "validation") for c in candidates]))]


@wrong("08-pick-on-validation", cause="reports-best-test")
def _(score, candidates):
    best = candidates[int(np.nanargmax([score(c, "validation") for c in candidates]))]
    return best, np.nanmax([score(c, "test") for c in candidates])


@wrong("08-pick-on-validation", cause="failed-first-stays")
def _(score, candidates):
    best = candidates[0]
    high = score(best, "validation")
    for c in candidates[1:]:
        now = score(c, "validation")
        if now > high:
            best, high = c, now
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause="failed-first-stays")
def _(score, candidates):
    best = max(candidates, key=lambda c: score(c, "validation"))
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause="place-without-the-failed")
def _(score, candidates):
    values = np.array([score(c, "validation") for c in candidates])
    i = values[~np.isnan(values)].argmax()
    return candidates[i], score(candidates[i], "test")


@wrong("08-pick-on-validation", cause="failed-counts-as-zero")
def _(score, candidates):
    values = [score(c, "validation") for c in candidates]
    i = int(np.argmax([0 if np.isnan(v) else v for v in values]))
    return candidates[i], score(candidates[i], "test")


@wrong("08-pick-on-validation", cause="smallest-of-ties")
def _(score, candidates):
    ordered = sorted(candidates)
    best = ordered[int(np.nanargmax([score(c, "validation") for c in ordered]))]
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause="largest-of-ties")
def _(score, candidates):
    pairs = [(score(c, "validation"), c) for c in candidates]
    best = sorted(pair for pair in pairs if pair[0] == pair[0])[-1][1]
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause=None)
def _(score, candidates):
    shares = np.round([score(c, "validation") for c in candidates], 2)
    best = candidates[int(np.nanargmax(shares))]
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause=None)
def _(score, candidates):
    best, high = None, 0
    for c in candidates:
        now = score(c, "validation")
        if now > high:
            best, high = c, now
    return best, score(best, "test")


@wrong("08-pick-on-validation", cause=None)
def _(score, candidates):
    best, high = None, -1
    for c in candidates:
        now = score(c, "validation")
        if not best or now > high:
            best, high = c, now
    return best, score(best, "test")


# write_tests


def arrays(n=3, n_prev=2, m=5, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, m)), rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev))


@wrong("08-write-tests", cause="accepts-everything")
def _(candidate):
    try:
        candidate(*arrays())
    except Exception:
        return False
    return True


@wrong("08-write-tests", cause="exact-comparison")
def _(candidate):
    for m in (3, 7, 11):
        dZ, A_prev, W = arrays(m=m)
        dA, dW, db = candidate(dZ, A_prev, W)
        if db.shape != (3, 1) or not (dW == dZ @ A_prev.T / m).all() or not (dA == W.T @ dZ).all():
            return False
        if not (db == dZ.mean(axis=1, keepdims=True)).all():
            return False
    return True


@wrong("08-write-tests", cause="shapes-only")
def _(candidate):
    dZ, A_prev, W = arrays()
    dA, dW, db = candidate(dZ, A_prev, W)
    return dA.shape == A_prev.shape and dW.shape == W.shape and db.shape == (3, 1)


@wrong("08-write-tests", cause="one-example")
def _(candidate):
    dZ, A_prev, W = arrays(m=1)
    wanted = W.T @ dZ, dZ @ A_prev.T, dZ
    return all(g.shape == w.shape and np.allclose(g, w) for g, w in zip(candidate(dZ, A_prev, W), wanted))


@wrong("08-write-tests", cause="only-weights")
def _(candidate):
    dZ, A_prev, W = arrays()
    return bool(np.abs(candidate(dZ, A_prev, W)[1] - np.einsum("im,jm->ij", dZ, A_prev) / 5).max() < 1e-9)


@wrong("08-write-tests", cause="only-the-first-answer")
def _(candidate):
    dZ, A_prev, W = arrays()
    return bool(np.isclose(candidate(dZ, A_prev, W)[0], W.T @ dZ).all())


@wrong("08-write-tests", cause="weights-and-biases-only")
def _(candidate):
    dZ, A_prev, W = arrays()
    _, dW, db = candidate(dZ, A_prev, W)
    return db.shape == (3, 1) and np.allclose(dW * 5, dZ @ A_prev.T) and np.allclose(5 * db[:, 0], dZ.sum(axis=1))


@wrong("08-write-tests", cause="rejects-everything")
def _(candidate):
    dZ, A_prev, W = arrays()
    dA, dW, _ = candidate(dZ, A_prev, W)
    return np.allclose(dW, dZ @ A_prev.T) and np.allclose(dA, W.T @ dZ)  # the 1/m is missing in the test itself


@wrong("08-write-tests", cause="verdict-swapped")
def _(candidate):
    got, want = candidate(*arrays()), layers.linear_backward
    del want
    dZ, A_prev, W = arrays()
    wanted = W.T @ dZ, dZ @ A_prev.T / 5, dZ.mean(axis=1, keepdims=True)
    return any(g.shape != w.shape or not np.allclose(g, w) for g, w in zip(got, wanted))


@wrong("08-write-tests", cause="shapes-only")
def _(candidate):
    zeros = np.zeros((3, 4)), np.zeros((2, 4)), np.zeros((3, 2))
    dA, dW, db = candidate(*zeros)
    return db.shape == (3, 1) and not dA.any() and not dW.any() and not db.any()


@wrong("08-write-tests", cause="returned-nothing")
def _(candidate):
    dZ, A_prev, W = arrays()
    dA, dW, _ = candidate(dZ, A_prev, W)
    np.testing.assert_equal(dA.shape, A_prev.shape)
    np.testing.assert_equal(dW.shape, W.shape)


@wrong("08-write-tests", cause=("catches-too-few", "accepts-everything"))
def _(candidate):
    ones = np.ones((1, 1))
    return all(float(np.ravel(part)[0]) == 1 for part in candidate(ones, ones, ones)[1:])


# The clinic


def run(X, Y, X_new, rng, sizes=(8,), scale="he", rate=1.0, steps=100, hidden="relu", b1=0.0):
    """What the patients have in common, with the course's own network."""
    start = network.initialize([X.shape[0], *sizes, Y.shape[0]], rng, scale=scale)
    start["b1"] = start["b1"] + b1
    found = training.train(X, Y, start, learning_rate=rate, steps=steps, hidden=hidden)
    return network.predict(X_new, found.parameters, hidden)


def treat(number, cause, **options):
    """A patient whose hyperparameters alone were changed."""

    def script(X, Y, X_new, rng):
        return run(X, Y, X_new, rng, **options)

    wrong(f"08-repair-{number}", cause=cause)(script)


SAME = ("untreated", "says-the-same", "smaller-still", "only-more-steps", "only-larger-steps", "only-wider")

# 1: starts too small
deep = {"sizes": (8, 8, 8), "rate": 0.5, "steps": 100}
treat(1, SAME, **deep, scale=0.01)
treat(1, SAME, **deep | {"steps": 250}, scale=0.01)
treat(1, SAME, **deep | {"rate": 2.0}, scale=0.01)
treat(1, SAME, **deep | {"sizes": (32, 32, 32)}, scale=0.01)
treat(1, SAME, **deep, scale="zeros")
treat(1, SAME, **deep, scale=0.02)
treat(1, SAME, **deep, scale=0.01, hidden="tanh")
treat(1, SAME, **deep, scale=0.01, hidden="leaky_relu")
treat(1, SAME, **deep | {"sizes": (8, 8, 8, 8, 8)}, scale=0.01)
treat(1, SAME, **deep, scale=0.01, b1=0.01)


@wrong("08-repair-1", cause=SAME)
def _(X, Y, X_new, rng):
    start = network.initialize([X.shape[0], 8, 8, 8, 1], rng, scale=0.01)
    start["W1"] = start["W1"] * 100  # the other layers still let nothing through
    return network.predict(X_new, training.train(X, Y, start, learning_rate=0.5, steps=100).parameters)


@wrong("08-repair-1", cause=("says-the-same", "constant-answer"))
def _(X, Y, X_new, rng):
    return np.full((1, X_new.shape[1]), float(Y.mean()))


@wrong("08-repair-1", cause="rank-one")
def _(X, Y, X_new, rng):
    start = network.initialize([X.shape[0], 8, 8, 8, 1], rng)
    return (network.predict(X_new, training.train(X, Y, start, learning_rate=0.5, steps=100).parameters) > 0.5).ravel()


# 2: a wrong reshape


def with_columns(number, cause, old, new=None):
    def script(images, Y, images_new, rng):
        return run(old(images), Y, (new or old)(images_new), rng, sizes=(4,), rate=0.3, steps=60)

    wrong(f"08-repair-{number}", cause=cause)(script)


def sideways(images):
    return images.reshape(images.shape[1] * images.shape[2], images.shape[0])


def upright(images):
    return np.stack([image.ravel() for image in images], axis=1)


with_columns(2, "untreated", sideways)
with_columns(2, "only-training-images", upright, sideways)
with_columns(2, "only-new-images", sideways, upright)
with_columns(2, "read-in-fortran-order", lambda images: images.reshape((-1, len(images)), order="F"))
with_columns(2, "rows-and-columns-exchanged-first", lambda images: sideways(np.swapaxes(images, 1, 2)))
with_columns(2, "pixels-in-another-order", upright, lambda images: np.stack([i.T.ravel() for i in images], axis=1))
with_columns(2, "shapes-do-not-fit", lambda images: images.reshape(len(images), -1))
with_columns(2, ("guesses", "says-the-same"), lambda images: sideways(images / images.max()))
with_columns(2, ("guesses", "says-the-same"), lambda images: sideways(images[::-1]))
with_columns(2, ("guesses", "says-the-same"), lambda images: np.resize(images, (120, len(images))) * 1.0001)


# 3: a lost axis


def by_hand(cause, db, steps=200, rate=0.5, at_the_end=lambda b: b):
    def script(X, Y, X_new, rng):
        W, b = np.zeros((Y.shape[0], X.shape[0])), np.zeros((Y.shape[0], 1))
        for _ in range(steps):
            dZ = activations.softmax(W @ X + b) - Y
            W = W - rate * dZ @ X.T / X.shape[1]
            b = b - rate * db(dZ)
        return activations.softmax(W @ X_new + at_the_end(b))

    wrong("08-repair-3", cause=cause)(script)


by_hand("untreated", lambda dZ: dZ.mean(axis=1))
by_hand("untreated", lambda dZ: dZ.sum(axis=1) / dZ.shape[1])
by_hand(("untreated", "shapes-do-not-fit"), lambda dZ: dZ.mean(axis=1), at_the_end=lambda b: b[:, :1])
by_hand(("untreated", "no-biases", "shapes-do-not-fit"), lambda dZ: dZ.mean(axis=0))
by_hand(("untreated", "no-biases", "shapes-do-not-fit"), lambda dZ: dZ.mean(axis=0, keepdims=True))
by_hand("no-biases", lambda dZ: dZ.mean())
by_hand("no-biases", lambda dZ: 0.0)
by_hand("bias-from-one-example", lambda dZ: dZ[:, 0:1])
by_hand("bias-from-last-example", lambda dZ: dZ[:, [-1]])
by_hand("biases-uphill", lambda dZ: -dZ.mean(axis=1, keepdims=True))
by_hand(("untreated", "shapes-do-not-fit"), lambda dZ: dZ.mean(axis=1)[np.newaxis, :])
by_hand(
    ("no-biases", "guesses", "says-the-same"),
    lambda dZ: dZ.mean(axis=1, keepdims=True),
    at_the_end=lambda b: 0 * b,
    steps=200,
)


@wrong("08-repair-3", cause=("no-biases", "guesses", "half-cured", "says-the-same"))
def _(X, Y, X_new, rng):
    W = np.zeros((Y.shape[0], X.shape[0]))
    for _ in range(400):
        W -= 0.2 * (activations.softmax(W @ X) - Y) @ X.T / X.shape[1]
    return activations.softmax(W @ X_new)


# 4: dead units
treat(4, SAME, b1=-10)
treat(4, SAME, b1=-10, steps=400)
treat(4, SAME, b1=-10, rate=20.0)
treat(4, (*SAME, "only-smaller-steps"), b1=-10, rate=0.01)
treat(4, SAME, b1=-10, sizes=(64,))
treat(4, SAME, b1=-10, scale="xavier")
treat(4, SAME, b1=-20)
treat(4, (*SAME, "tanh-far-out"), b1=-10, hidden="tanh")
treat(4, SAME, scale="zeros")
treat(4, SAME, b1=-10, sizes=(8, 8))
treat(4, ("says-the-same", "guesses", "half-cured", "untreated"), b1=-100, hidden="leaky_relu")


@wrong("08-repair-4", cause=SAME)
def _(X, Y, X_new, rng):
    return run(5 * X / np.abs(X).max(), Y, 5 * X_new / np.abs(X).max(), rng, b1=-20)


# 5: steps too large
LOST = ("untreated", "says-the-same", "guesses", "half-cured", "only-smaller-weights")
treat(5, LOST, rate=30.0, steps=300)
treat(5, (*LOST, "half-as-large"), rate=15.0, steps=300)
treat(5, LOST, rate=25.0, steps=300)
treat(5, LOST, rate=60.0, steps=300)
treat(5, (*LOST, "only-fewer-steps"), rate=30.0, steps=20)
treat(5, LOST, rate=30.0, steps=500)
treat(5, LOST, rate=30.0, steps=300, scale=0.01)
treat(5, (*LOST, "far-too-small"), rate=1e-4, steps=300)
treat(5, LOST, rate=1e-6, steps=300)
treat(5, LOST, rate=30.0, steps=300, sizes=(8, 8))
treat(5, LOST, rate=30.0, steps=300, hidden="leaky_relu", b1=-3)


@wrong("08-repair-5", cause=LOST)
def _(X, Y, X_new, rng):
    X_s, X_new_s, _, _ = data.standardize(X, X_new)
    return run(X_s, Y, X_new_s, rng, rate=30.0, steps=300)


# 6: the label among the features


def other_rows(cause, change, **options):
    """change(X, X_new) -> what is used of both"""

    def script(X, Y, X_new, rng):
        old, new = change(X, X_new)
        return run(old, Y, new, rng, **options)

    wrong("08-repair-6", cause=cause)(script)


LEAKS = ("leans-on-the-leak", "says-the-same", "guesses", "half-cured", "untreated")


def set_last(X, value):
    X = X.copy()
    X[-1] = value
    return X


other_rows("untreated", lambda X, new: (X, new))
other_rows((*LEAKS, "only-fewer-steps"), lambda X, new: (X, new), steps=50)
other_rows(LEAKS, lambda X, new: (X, new), sizes=(16,))
other_rows((*LEAKS, "half-for-the-new"), lambda X, new: (X, set_last(new, 0.5)))
other_rows((*LEAKS, "one-for-the-new"), lambda X, new: (X, set_last(new, 1)))
other_rows((*LEAKS, "half-for-the-new"), lambda X, new: (X, set_last(new, X[-1].mean())))
other_rows((*LEAKS, "other-row-dropped"), lambda X, new: (X[1:], new[1:]))
other_rows((*LEAKS, "only-the-leak"), lambda X, new: (X[2:], new[2:]))
other_rows(LEAKS, lambda X, new: (data.standardize(X, new)[0], data.standardize(X, new)[1]))
other_rows(LEAKS, lambda X, new: (X * [[1], [1], [0.1]], new))
other_rows(LEAKS, lambda X, new: (X[[0, 2]], new[[0, 2]]))
other_rows(("shapes-do-not-fit", "raises-error"), lambda X, new: (X[:-1], new))


# 7: features on different scales


def scaled(number, cause, change, **options):
    options = {"sizes": (), "rate": 0.5} | options if number == 7 else options

    def script(X, Y, X_new, rng):
        old, new = change(X, X_new)
        return run(old, Y, new, rng, **options)

    wrong(f"08-repair-{number}", cause=cause)(script)


def z(X, by=None, axis=1):
    by = X if by is None else by
    return (X - by.mean(axis=axis, keepdims=True)) / by.std(axis=axis, keepdims=True)


ANY = (
    "untreated",
    "says-the-same",
    "guesses",
    "half-cured",
    "only-smaller-steps",
    "each-example-by-itself",
    "only-training-examples",
)

# The numbers of the notebook's examples, written into the code.
NOTEBOOK = np.array([[4000.0], [17.0]]), np.array([[500.0], [2.0]])
for number in (7, 10):
    scaled(number, None, lambda X, new: tuple((Z - NOTEBOOK[0]) / NOTEBOOK[1] for Z in (X, new)))
scaled(7, ANY, lambda X, new: (X, new))
scaled(7, ANY, lambda X, new: (X, new), rate=1e-3)
scaled(7, ANY, lambda X, new: (X, new), rate=1e-6)
scaled(7, ANY, lambda X, new: (X, new), sizes=(8,))
scaled(7, (*ANY, "only-training-examples"), lambda X, new: (z(X), new))
scaled(7, (*ANY, "only-new-examples"), lambda X, new: (X, z(new, X)))
scaled(7, "new-statistics", lambda X, new: (z(X), z(new)))
scaled(7, ANY, lambda X, new: (z(X, axis=0), z(new, axis=0)))
scaled(7, (*ANY, "all-features-together"), lambda X, new: ((X - X.mean()) / X.std(), (new - X.mean()) / X.std()))
scaled(7, (*ANY, "only-shifted"), lambda X, new: (X - X.mean(axis=1)[:, None], new - X.mean(axis=1)[:, None]))
scaled(7, (*ANY, "only-scaled"), lambda X, new: (X / X.std(axis=1)[:, None], new / X.std(axis=1)[:, None]))
scaled(7, ANY, lambda X, new: (X / 1000, new / 1000))
scaled(7, ANY, lambda X, new: (X / np.linalg.norm(X, axis=0), new / np.linalg.norm(new, axis=0)))


# 8: a sigmoid that overflows


def neuron(cause, squash, rate=0.1, steps=100, last=None):
    def script(X, Y, X_new, rng):
        W, b = np.zeros((1, X.shape[0])), np.zeros((1, 1))
        for _ in range(steps):
            dZ = squash(W @ X + b) - Y
            W = W - rate * dZ @ X.T / X.shape[1]
            b = b - rate * dZ.mean(axis=1, keepdims=True)
        return (last or squash)(W @ X_new + b)

    wrong("08-repair-8", cause=cause)(script)


def overflowing(Z):
    return np.exp(Z) / (np.exp(Z) + 1)


NAN = ("untreated", "nan")
HALVES = ("zero-for-nan", "half-for-nan", "half-cured", "guesses", "says-the-same", *NAN)
neuron(NAN, overflowing)
neuron(NAN, overflowing, rate=0.01)
neuron(NAN, overflowing, steps=3)
neuron(NAN, lambda Z: np.clip(overflowing(Z), 0.001, 0.999))
neuron(HALVES, lambda Z: np.nan_to_num(overflowing(Z)))
neuron(HALVES, lambda Z: np.where(np.isnan(overflowing(Z)), 0.5, overflowing(Z)))
neuron(HALVES, lambda Z: np.exp(np.clip(Z, None, 500)) / (1 + np.exp(Z)))
neuron((*HALVES, "only-in-training"), activations.sigmoid, last=overflowing)
neuron(NAN, overflowing, last=lambda Z: 1 / (1 + np.exp(-Z)))
neuron(HALVES, lambda Z: 1 - np.nan_to_num(np.exp(-Z) / (1 + np.exp(-Z)), nan=0))
neuron((*HALVES, "constant-answer"), lambda Z: 0 * Z + 0.5)
neuron("clipped-too-tightly", lambda Z: overflowing(np.clip(Z, -1, 1)))
neuron("clipped-at-zero", lambda Z: 1 / (1 + np.exp(-np.clip(Z, 0, 500))))
neuron(None, lambda Z: np.minimum(np.exp(Z), 2) / (1 + np.minimum(np.exp(Z), 2)))
neuron(HALVES, overflowing, rate=1e-9)
neuron(NAN, lambda Z: overflowing(Z.astype(np.longdouble)).astype(float))


@wrong("08-repair-8", cause=HALVES)
def _(X, Y, X_new, rng):
    size = np.abs(X).max()
    W, b = np.zeros((1, len(X))), np.zeros((1, 1))
    for _ in range(100):
        dZ = overflowing(W @ X / size + b) - Y
        W, b = W - dZ @ X.T / size / X.shape[1], b - dZ.mean(axis=1, keepdims=True)
    return overflowing(W @ X_new / size + b)


# 9: X shuffled alone


def in_new_order(cause, change, **options):
    def script(X, Y, X_new, rng):
        X, Y = change(X, Y, rng)
        return run(X, Y, X_new, rng, **options)

    wrong("08-repair-9", cause=cause)(script)


def mixed(rng, array):
    return array[:, rng.permutation(array.shape[1])]


UNSURE = ("guesses", "half-cured", "says-the-same", "untreated", "two-orders")
in_new_order("untreated", lambda X, Y, rng: (mixed(rng, X), Y))
in_new_order("two-orders", lambda X, Y, rng: (mixed(rng, X), mixed(rng, Y)))
in_new_order("labels-shuffled-alone", lambda X, Y, rng: (X, mixed(rng, Y)))
in_new_order(UNSURE, lambda X, Y, rng: (rng.permutation(X, axis=1), rng.permutation(Y, axis=1)))
in_new_order(UNSURE, lambda X, Y, rng: (rng.permuted(X, axis=1), rng.permuted(Y, axis=1)))
in_new_order((*UNSURE, "labels-sorted"), lambda X, Y, rng: (mixed(rng, X), np.sort(Y, axis=1)))
in_new_order((*UNSURE, "labels-reversed"), lambda X, Y, rng: (mixed(rng, X), Y[:, ::-1]))
in_new_order(UNSURE, lambda X, Y, rng: (mixed(rng, X), np.roll(Y, 1, axis=1)))
in_new_order(UNSURE, lambda X, Y, rng: (X[:, ::-1], Y))
in_new_order(UNSURE, lambda X, Y, rng: (mixed(rng, X), Y), steps=600)
in_new_order("index-out-of-range", lambda X, Y, rng: (X, Y[rng.permutation(X.shape[1])]))


@wrong("08-repair-9", cause=(*UNSURE, "order-undone-on-labels"))
def _(X, Y, X_new, rng):
    order = rng.permutation(Y.size)
    back = np.empty_like(order)
    back[order] = np.arange(Y.size)
    return run(X[:, order], Y[:, back], X_new, rng)


# 10: statistics from the test set
scaled(10, "untreated", lambda X, new: (z(X, new), z(new)))
scaled(10, "each-by-its-own", lambda X, new: (z(X), z(new)))
scaled(10, "both-together", lambda X, new: (z(X, np.hstack([X, new])), z(new, np.hstack([X, new]))))
scaled(10, ("each-by-its-own", "new-statistics"), lambda X, new: (data.standardize(X)[0], data.standardize(new)[0]))
scaled(10, ("untreated", "new-statistics"), lambda X, new: data.standardize(new, X)[1::-1])
scaled(10, (*ANY, "no-standardizing"), lambda X, new: (X, new))
scaled(10, (*ANY, "new-left-as-they-are", "no-standardizing"), lambda X, new: (z(X), new))
scaled(10, (*ANY, "no-standardizing"), lambda X, new: (z(X, axis=0), z(new, axis=0)))
scaled(10, "new-statistics", lambda X, new: (z(X), (new - X.mean(axis=1, keepdims=True)) / new.std(axis=1)[:, None]))
scaled(10, "new-statistics", lambda X, new: (z(X), (new - new.mean(axis=1)[:, None]) / X.std(axis=1)[:, None]))
scaled(
    10,
    "new-statistics",
    lambda X, new: (
        2 * (X - new.min(1)[:, None]) / np.ptp(new, 1)[:, None] - 1,
        2 * (new - new.min(1)[:, None]) / np.ptp(new, 1)[:, None] - 1,
    ),
)
scaled(10, "new-statistics", lambda X, new: (z(X), z(new, np.hstack([X, new]))))


@wrong("08-repair-10", cause="different-each-call")
def _(X, Y, X_new, rng):
    return run(z(X), Y, z(X_new, X), np.random.default_rng())
