"""Wrong answers to assignment 02, written as learners write them; each must fail, for the cause named."""

# Learners' code, kept as they would write it.
# ruff: noqa: RET503

import math

import numpy as np

from benchmarks.corpus import wrong

# sigmoid


@wrong("02-sigmoid", cause="overflow")
def _(Z):
    e = np.exp(Z)
    return e / (e + 1)


@wrong("02-sigmoid", cause="wrong-sign-in-exp")
def _(Z):
    return 1 / (1 + np.exp(Z))


@wrong("02-sigmoid", cause="brackets-missing")
def _(Z):
    denominator = np.exp(-Z)
    return 1.0 / 1.0 + denominator


@wrong("02-sigmoid", cause="sign-of-z-lost")
def _(Z):
    # keeps exp from overflowing
    return 1 / (1 + np.exp(-abs(Z)))


@wrong("02-sigmoid", cause="overflow")
def _(Z):
    # only right where nothing overflows: math.exp would raise, so catch it
    out = np.empty(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            try:
                out[i, j] = 1 / (1 + math.exp(-Z[i, j]))
            except OverflowError:
                out[i, j] = np.nan
    return out


@wrong("02-sigmoid", cause=("overflow", "raises-error"))
def _(Z):
    out = np.empty(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            out[i, j] = 1 / (1 + math.exp(-Z[i, j]))
    return out


@wrong("02-sigmoid", cause=None)
def _(Z):
    return (Z > 0).astype(np.float16)


@wrong("02-sigmoid", cause="tanh-for-sigmoid")
def _(Z):
    return np.sinh(np.clip(Z, -300, 300)) / np.cosh(np.clip(Z, -300, 300))


@wrong("02-sigmoid", cause="minus-one-to-one")
def _(Z):
    return np.tanh(Z / 2)


@wrong("02-sigmoid", cause="rank-one")
def _(Z):
    s = [0.5 * (1 + math.tanh(z / 2)) for z in Z.flatten()]
    return np.array(s)


@wrong("02-sigmoid", cause="mutated-argument")
def _(Z):
    Z *= 0.5
    np.tanh(Z, out=Z)
    Z += 1
    Z *= 0.5
    return Z


@wrong("02-sigmoid", cause="raises-error")
def _(Z):
    if Z >= 0:
        return 1 / (1 + np.exp(-Z))
    return np.exp(Z) / (1 + np.exp(Z))


@wrong("02-sigmoid", cause="rounded")
def _(Z):
    return np.round(0.5 + 0.5 * np.tanh(Z / 2), 2)


@wrong("02-sigmoid", cause="only-visible-example")
def _(Z):
    return np.array([[0.5, 0.8807971, 0.1192029]])


# sigmoid_derivative


@wrong("02-sigmoid-derivative", cause="z-for-a")
def _(Z):
    A = Z
    return A - A**2


@wrong("02-sigmoid-derivative", cause="value-for-derivative")
def _(Z):
    return 0.5 * (1 + np.tanh(0.5 * Z))


@wrong("02-sigmoid-derivative", cause="overflow")
def _(Z):
    e = np.exp(-Z)
    return e / np.square(1 + e)


@wrong("02-sigmoid-derivative", cause="square-in-place-of-product")
def _(Z):
    s = 0.5 + 0.5 * np.tanh(Z / 2)
    return (1 - s) * (1 + s)


@wrong("02-sigmoid-derivative", cause="sign-flipped")
def _(Z):
    s = 0.5 + 0.5 * np.tanh(Z / 2)
    return s * (s - 1)


@wrong("02-sigmoid-derivative", cause="derivative-of-tanh")
def _(Z):
    return 1 / np.cosh(np.clip(Z, -300, 300)) ** 2


@wrong("02-sigmoid-derivative", cause="both-factors-the-same")
def _(Z):
    return np.power(1 / (1 + np.exp(-Z)), 2)


@wrong("02-sigmoid-derivative", cause=("scaled", "doubled"))
def _(Z):
    h = 1e-4
    g = lambda t: 0.5 + 0.5 * np.tanh(t / 2)  # noqa: E731
    return (g(Z + h) - g(Z - h)) / h


@wrong("02-sigmoid-derivative", cause="sigmoid-twice")
def _(Z):
    def sig(t):
        return 1 / (1 + np.exp(-t))

    def slope(A):
        return sig(A) * (1 - sig(A))

    return slope(sig(Z))


@wrong("02-sigmoid-derivative", cause="returned-nothing")
def _(Z):
    s = 0.5 + 0.5 * np.tanh(Z / 2)
    s * (1 - s)


@wrong("02-sigmoid-derivative", cause=None)
def _(Z):
    A = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    return np.where(np.abs(Z) > 6, 0, A * (1 - A))  # the curve looks flat there


# relu


@wrong("02-relu", cause="absolute-value")
def _(Z):
    return np.where(Z > 0, Z, -Z)


@wrong("02-relu", cause="negative-side")
def _(Z):
    return Z * (Z < 0)


@wrong("02-relu", cause="derivative-for-value")
def _(Z):
    return np.heaviside(Z, 0.0)


@wrong("02-relu", cause="mutated-argument")
def _(Z):
    Z[Z < 0] = 0
    return Z


@wrong("02-relu", cause="raises-error")
def _(Z):
    return max(0, Z)


@wrong("02-relu", cause="maximum-of-each-column")
def _(Z):
    return np.max(Z, axis=0, initial=0).reshape(1, -1)


@wrong("02-relu", cause="leaky")
def _(Z):
    return np.maximum(Z / 100, Z)


@wrong("02-relu", cause="list-for-array")
def _(Z):
    return [[z if z > 0 else 0.0 for z in row] for row in Z]


@wrong("02-relu", cause="rank-one")
def _(Z):
    return np.array([max(z, 0) for z in Z.ravel()])


@wrong("02-relu", cause="rounded")
def _(Z):
    A = np.zeros(Z.shape, dtype=int)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            A[i, j] = Z[i, j] if Z[i, j] > 0 else 0
    return A


# softmax


@wrong("02-softmax", cause="overflow")
def _(Z):
    e = np.exp(Z)
    total = np.ones((1, Z.shape[0])) @ e
    return e / total


@wrong("02-softmax", cause="one-maximum-for-all")
def _(Z):
    t = np.exp(Z - np.amax(Z))
    return np.divide(t, np.add.reduce(t, axis=0))


@wrong("02-softmax", cause="over-the-rows")
def _(Z):
    out = []
    for row in Z:
        e = np.exp(row - row.max())
        out.append(e / e.sum())
    return np.array(out)


@wrong("02-softmax", cause=("over-all-entries-and-overflow", "over-all-entries"))
def _(Z):
    return np.exp(Z) / np.exp(Z).sum()


@wrong("02-softmax", cause=("over-the-rows-and-overflow", "shapes-do-not-fit"))
def _(Z):
    e = np.exp(Z)
    return (e.T / np.sum(e, 1)).T


@wrong("02-softmax", cause="shapes-do-not-fit")
def _(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=1)


@wrong("02-softmax", cause="not-divided")
def _(Z):
    top = Z.max(axis=0)
    return np.exp(Z - top)


@wrong("02-softmax", cause="winner-takes-all")
def _(Z):
    A = np.zeros_like(Z)
    A[Z.argmax(axis=0), np.arange(Z.shape[1])] = 1
    return A


@wrong("02-softmax", cause="without-exp")
def _(Z):
    return Z / np.sum(Z, axis=0)


@wrong("02-softmax", cause="transposed")
def _(Z):
    rows = []
    for j in range(Z.shape[1]):
        e = np.exp(Z[:, j] - Z[:, j].max())
        rows.append(e / e.sum())
    return np.array(rows)


@wrong("02-softmax", cause="log-of-softmax")
def _(Z):
    return Z - np.logaddexp.reduce(Z, axis=0, keepdims=True)


@wrong("02-softmax", cause="minus-in-exp")
def _(Z):
    e = np.exp(Z.min(axis=0) - Z)
    return e / e.sum(axis=0)


# images_to_columns


@wrong("02-images-to-columns", cause="images-mixed")
def _(images):
    m, h, w = images.shape
    return images.reshape(h * w, m)


@wrong("02-images-to-columns", cause="images-in-rows")
def _(images):
    return np.array([image.flatten() for image in images])


@wrong("02-images-to-columns", cause="column-by-column")
def _(images):
    m, h, w = images.shape
    return images.T.reshape(w * h, m)


@wrong("02-images-to-columns", cause="column-by-column")
def _(images):
    return np.stack([image.flatten(order="F") for image in images], axis=1)


@wrong("02-images-to-columns", cause="images-mixed-in-the-other-order")
def _(images):
    m, h, w = images.shape
    return np.reshape(images, (h * w, m), "F")


@wrong("02-images-to-columns", cause="images-in-rows-mixed")
def _(images):
    m = images.shape[0]
    X = images.reshape(-1, m)
    return X.T


@wrong("02-images-to-columns", cause=("raises-error", "shapes-do-not-fit", "only-visible-example", "fixed-size"))
def _(images):
    return images.reshape(images.shape[0], 28 * 28).T


@wrong("02-images-to-columns", cause="last-image-in-every-column")
def _(images):
    m, h, w = images.shape
    X = np.zeros((h * w, m))
    for j in range(m):
        for i in range(m):
            X[:, i] = images[j].reshape(-1)
    return X


@wrong("02-images-to-columns", cause="only-first-image")
def _(images):
    for image in images:
        return image.reshape(-1, 1)


@wrong("02-images-to-columns", cause="divided-by-255")
def _(images):
    return images.reshape(len(images), -1).T / 255.0


@wrong("02-images-to-columns", cause="one-long-column")
def _(images):
    return images.flatten()[:, np.newaxis]


@wrong("02-images-to-columns", cause="axes-moved-only")
def _(images):
    return np.moveaxis(images, 0, -1)


# standardize


def fixed(sd):
    return np.where(sd > 0, sd, 1.0)


@wrong("02-standardize", cause=("statistics-of-test-set-unguarded", "statistics-of-test-set"))
def _(X_train, X_test):
    def scale(X):
        return (X - X.mean(1, keepdims=True)) / X.std(1, keepdims=True)

    mu, sigma = X_train.mean(1, keepdims=True), X_train.std(1, keepdims=True)
    return scale(X_train), scale(X_test), mu, sigma


@wrong("02-standardize", cause="statistics-of-both")
def _(X_train, X_test):
    X = np.concatenate((X_train, X_test), axis=1)
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = fixed(np.std(X, axis=1, keepdims=True))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause="constant-feature-divided-by-zero")
def _(X_train, X_test):
    m = X_train.shape[1]
    mu = np.sum(X_train, axis=1, keepdims=True) / m
    sigma = np.sqrt(np.sum((X_train - mu) ** 2, axis=1, keepdims=True) / m)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause=("divided-by-m-minus-one-in-sd-unguarded", "divided-by-m-minus-one-in-sd"))
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = np.sqrt(np.sum((X_train - mu) ** 2, axis=1, keepdims=True) / (X_train.shape[1] - np.float64(1)))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause="constant-feature-divided-by-a-hair")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True) + 1e-8
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause="variance-for-sd")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = fixed(np.mean(np.square(X_train - mu), axis=1, keepdims=True))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause=("shapes-do-not-fit", "over-the-features", "over-the-features-unguarded"))
def _(X_train, X_test):
    mu = X_train.mean(axis=0)
    sigma = X_train.std(axis=0)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause=("shapes-do-not-fit", "rank-one"))
def _(X_train, X_test):
    mu = X_train.mean(axis=1)
    sigma = fixed(X_train.std(axis=1))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause="rank-one")
def _(X_train, X_test):
    mu = X_train.mean(axis=1)
    sigma = fixed(X_train.std(axis=1))
    return ((X_train.T - mu) / sigma).T, ((X_test.T - mu) / sigma).T, mu, sigma


@wrong("02-standardize", cause="brackets-missing")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = fixed(X_train.std(axis=1, keepdims=True))
    return X_train - mu / sigma, X_test - mu / sigma, mu, sigma


@wrong("02-standardize", cause="over-everything")
def _(X_train, X_test):
    mu = np.ones((X_train.shape[0], 1)) * np.mean(X_train)
    sigma = fixed(np.ones((X_train.shape[0], 1)) * np.std(X_train))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong("02-standardize", cause="statistics-not-returned")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = fixed(X_train.std(axis=1, keepdims=True))
    X_train_s = (X_train - mu) / sigma
    X_test_s = (X_test - mu) / sigma
    return X_train_s, X_test_s


@wrong("02-standardize", cause="test-set-unchanged")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = fixed(X_train.std(axis=1, keepdims=True))
    X_train_s = (X_train - mu) / sigma
    (X_test - mu) / sigma
    return X_train_s, X_test, mu, sigma


@wrong("02-standardize", cause="mutated-argument")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = fixed(X_train.std(axis=1, keepdims=True))
    X_train -= mu
    X_train /= sigma
    X_test -= mu
    X_test /= sigma
    return X_train, X_test, mu, sigma


@wrong("02-standardize", cause="constant-feature-sd-left-zero")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    scale = lambda X: (X - mu) / np.where(sigma == 0, 1, sigma)  # noqa: E731
    return scale(X_train), scale(X_test), mu, sigma


@wrong("02-standardize", cause="constant-feature-zero-in-test-set")
def _(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sd = X_train.std(axis=1, keepdims=True)
    a, b = np.nan_to_num((X_train - mu) / sd, posinf=0, neginf=0), np.nan_to_num((X_test - mu) / sd, posinf=0, neginf=0)
    return a, b, mu, fixed(sd)


# normalize_columns


@wrong("02-normalize-columns", cause="zero-column-divided-by-zero")
def _(X):
    return X / np.linalg.norm(X, axis=0)


@wrong("02-normalize-columns", cause=("rows-for-columns", "one-length-for-all"))
def _(X):
    lengths = np.linalg.norm(X, axis=1, keepdims=True)
    return X / lengths


@wrong("02-normalize-columns", cause="one-length-for-all")
def _(X):
    return X / np.linalg.norm(X)


@wrong("02-normalize-columns", cause=("root-missing-and-zero-divided", "root-missing"))
def _(X):
    return X / np.einsum("ij,ij->j", X, X)


@wrong("02-normalize-columns", cause=("magnitudes-added-and-zero-divided", "magnitudes-added"))
def _(X):
    return X / np.linalg.norm(X, ord=1, axis=0, keepdims=True)


@wrong("02-normalize-columns", cause="largest-for-length-and-zero-divided")
def _(X):
    return X / np.linalg.norm(X, ord=np.inf, axis=0, keepdims=True)


@wrong("02-normalize-columns", cause="mean-of-squares")
def _(X):
    r = np.sqrt(np.mean(X * X, axis=0))
    r[r == 0] = 1
    return X / r


@wrong("02-normalize-columns", cause="shapes-do-not-fit")
def _(X):
    return X / np.linalg.norm(X, axis=1)


@wrong("02-normalize-columns", cause="transposed")
def _(X):
    out = []
    for x in X.T:
        n = math.sqrt(sum(x**2))
        out.append(x / n if n else x)
    return np.array(out)


@wrong("02-normalize-columns", cause="mutated-argument")
def _(X):
    for j in range(X.shape[1]):
        n = np.linalg.norm(X[:, j])
        if n > 0:
            X[:, j] /= n
    return X


@wrong("02-normalize-columns", cause="one-added-to-length")
def _(X):
    return X / (np.linalg.norm(X, axis=0) + 1)


@wrong("02-normalize-columns", cause="lengths-returned")
def _(X):
    return np.linalg.norm(X, axis=0, keepdims=True)


# squared_loss


@wrong("02-squared-loss", cause="half-missing")
def _(Y_hat, Y):
    return np.einsum("ij,ij->j", Y_hat - Y, Y_hat - Y).reshape(1, -1)


@wrong("02-squared-loss", cause="rank-one")
def _(Y_hat, Y):
    return 0.5 * np.sum((Y_hat - Y) ** 2, axis=0)


@wrong("02-squared-loss", cause="added-over-everything")
def _(Y_hat, Y):
    d = (Y_hat - Y).ravel()
    return 0.5 * np.dot(d, d)


@wrong("02-squared-loss", cause="cost-for-loss")
def _(Y_hat, Y):
    m = Y.shape[1]
    return 1 / (2 * m) * np.sum(np.square(Y - Y_hat))


@wrong("02-squared-loss", cause="added-over-examples")
def _(Y_hat, Y):
    return np.sum((Y - Y_hat) ** 2, axis=1, keepdims=True) / 2


@wrong("02-squared-loss", cause="half-missing-and-not-added")
def _(Y_hat, Y):
    return (Y - Y_hat) * (Y - Y_hat)


@wrong("02-squared-loss", cause="half-inside-the-square")
def _(Y_hat, Y):
    return np.sum((0.5 * (Y_hat - Y)) ** 2, axis=0, keepdims=True)


@wrong("02-squared-loss", cause="squared-after-the-sum")
def _(Y_hat, Y):
    L = np.zeros((1, Y.shape[1]))
    for j in range(Y.shape[1]):
        L[0, j] = sum(Y_hat[:, j] - Y[:, j]) ** 2 / 2
    return L


@wrong("02-squared-loss", cause="half-missing-and-averaged-over-everything")
def _(Y_hat, Y):
    return ((Y - Y_hat) ** 2).mean()


@wrong("02-squared-loss", cause="only-last-output")
def _(Y_hat, Y):
    for k in range(Y.shape[0]):
        L = 0.5 * (Y_hat[k : k + 1] - Y[k : k + 1]) ** 2
    return L


# absolute_loss


@wrong("02-absolute-loss", cause="magnitude-forgotten")
def _(Y_hat, Y):
    return Y_hat.sum(axis=0, keepdims=True) - Y.sum(axis=0, keepdims=True)


@wrong("02-absolute-loss", cause="magnitude-after-the-sum")
def _(Y_hat, Y):
    return np.abs(np.sum(Y - Y_hat, axis=0, keepdims=True))


@wrong("02-absolute-loss", cause="averaged-over-outputs")
def _(Y_hat, Y):
    return np.mean(np.abs(Y - Y_hat), axis=0, keepdims=True)


@wrong("02-absolute-loss", cause="added-over-everything")
def _(Y_hat, Y):
    return np.linalg.norm((Y_hat - Y).ravel(), ord=1)


@wrong("02-absolute-loss", cause="rank-one")
def _(Y_hat, Y):
    return np.array([sum(abs(a - b)) for a, b in zip(Y_hat.T, Y.T)])


@wrong("02-absolute-loss", cause="root-after-the-sum")
def _(Y_hat, Y):
    return np.linalg.norm(Y_hat - Y, axis=0, keepdims=True)


@wrong("02-absolute-loss", cause="not-added")
def _(Y_hat, Y):
    return np.sqrt((Y - Y_hat) ** 2)


@wrong("02-absolute-loss", cause="negative-parts-dropped")
def _(Y_hat, Y):
    d = Y_hat - Y
    return np.where(d > 0, d, 0).sum(axis=0, keepdims=True)


@wrong("02-absolute-loss", cause="only-visible-example")
def _(Y_hat, Y):
    return np.array([[1, 2, 3]])


# pairwise_distances


@wrong("02-pairwise-distances", cause="root-of-negative")
def _(P, Q):
    p2 = np.sum(P * P, axis=0).reshape(-1, 1)
    q2 = np.sum(Q * Q, axis=0).reshape(1, -1)
    return np.sqrt(p2 + q2 - 2 * np.dot(P.T, Q))


@wrong("02-pairwise-distances", cause="root-missing")
def _(P, Q):
    return (P**2).sum(0)[:, None] - 2 * P.T @ Q + (Q**2).sum(0)


@wrong("02-pairwise-distances", cause="magnitudes-added")
def _(P, Q):
    D = np.empty((P.shape[1], Q.shape[1]))
    for i, p in enumerate(P.T):
        for j, q in enumerate(Q.T):
            D[i, j] = np.linalg.norm(p - q, ord=1)
    return D


@wrong("02-pairwise-distances", cause="magnitudes-added")
def _(P, Q):
    diff = P.T[:, None, :] - Q.T[None, :, :]
    return np.sum(np.sqrt(diff**2), axis=-1)


@wrong("02-pairwise-distances", cause="transposed")
def _(P, Q):
    return np.array([[math.dist(P[:, i], Q[:, j]) for i in range(P.shape[1])] for j in range(Q.shape[1])])


@wrong("02-pairwise-distances", cause=("only-corresponding-points", "shapes-do-not-fit"))
def _(P, Q):
    return np.sqrt(np.sum((P - Q) ** 2, axis=0, keepdims=True))


@wrong("02-pairwise-distances", cause=("within-the-first", "index-out-of-range"))
def _(P, Q):
    m = P.shape[1]
    D = np.zeros((m, m))
    for i in range(m):
        for j in range(m):
            D[i, j] = np.linalg.norm(P[:, i] - P[:, j])
    return D


@wrong("02-pairwise-distances", cause=("index-out-of-range", "shapes-do-not-fit"))
def _(P, Q):
    # rows taken for points
    D = np.zeros((P.shape[1], Q.shape[1]))
    for i in range(P.shape[1]):
        for j in range(Q.shape[1]):
            D[i, j] = np.linalg.norm(P[i] - Q[j])
    return D


@wrong("02-pairwise-distances", cause="mean-for-sum")
def _(P, Q):
    return np.sqrt(((P[..., None] - Q[:, None]) ** 2).mean(0))


@wrong("02-pairwise-distances", cause=("factor-two-missing", "root-of-negative"))
def _(P, Q):
    return np.sqrt((P**2).sum(0)[:, None] + (Q**2).sum(0) - P.T @ Q)


@wrong("02-pairwise-distances", cause="lengths-compared")
def _(P, Q):
    return np.abs(np.subtract.outer(np.linalg.norm(P, axis=0), np.linalg.norm(Q, axis=0)))


@wrong("02-pairwise-distances", cause="last-feature-left-out")
def _(P, Q):
    D2 = 0
    for k in range(P.shape[0] - 1):
        D2 = D2 + np.subtract.outer(P[k], Q[k]) ** 2
    return np.sqrt(D2 + np.zeros((P.shape[1], Q.shape[1])))


@wrong("02-pairwise-distances", cause=("list-for-array", "rank-one"))
def _(P, Q):
    return [float(np.linalg.norm(p - q)) for p in P.T for q in Q.T]


# what only some inputs show


@wrong("02-relu", cause="rounded")
def _(Z):
    return np.round(np.maximum(Z, 0), 3)


@wrong("02-softmax", cause="first-class-for-maximum")
def _(Z):
    E = np.exp(Z - Z[0])
    return E / E.sum(axis=0)


@wrong("02-softmax", cause="last-class-for-maximum")
def _(Z):
    return np.hstack([np.exp(z - z[-1]) / np.exp(z - z[-1]).sum() for z in np.hsplit(Z, Z.shape[1])])


@wrong("02-softmax", cause="mean-for-maximum")
def _(Z):
    E = np.exp(Z - np.mean(Z, axis=0, keepdims=True))
    return E / np.sum(E, axis=0, keepdims=True)


@wrong("02-images-to-columns", cause="rounded")
def _(images):
    m, h, w = images.shape
    X = np.zeros((h * w, m), dtype=int)
    for j in range(m):
        for r in range(h):
            for c in range(w):
                X[w * r + c, j] = images[j, r, c]
    return X


@wrong("02-images-to-columns", cause=None)
def _(images):
    X = images.reshape(len(images), -1)
    return X if X.shape[0] == X.shape[1] else X.T  # square: as it should be already


@wrong("02-standardize", cause="small-sd-taken-for-zero")
def _(X_train, X_test):
    mean, sd = X_train.mean(axis=1)[:, None], X_train.std(axis=1)[:, None]
    sd[sd < 1e-3] = 1
    return (X_train - mean) / sd, (X_test - mean) / sd, mean, sd


@wrong("02-normalize-columns", cause="short-column-taken-for-zero")
def _(X):
    lengths = np.linalg.norm(X, axis=0, keepdims=True)
    return np.where(lengths > 1e-4, X / lengths, X)


@wrong("02-normalize-columns", cause=None)
def _(X):
    lengths = np.linalg.norm(X, axis=0)
    lengths[X[0] == 0] = 1  # nothing there
    return X / lengths


@wrong("02-absolute-loss", cause="rounded")
def _(Y_hat, Y):
    return np.round(np.sum(np.abs(Y_hat - Y), axis=0, keepdims=True), 4)
