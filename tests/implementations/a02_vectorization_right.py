"""Right answers to assignment 02 in varied styles; each must pass."""

import functools
import math
import warnings

import numpy as np

from benchmarks.corpus import right

# sigmoid


@right("02-sigmoid")
def _(Z):
    return 0.5 * (1 + np.tanh(Z / 2))


@right("02-sigmoid")
def _(Z):
    # exp(1000) is inf, and 1 / inf is 0: right, with a warning
    return 1 / (1 + np.exp(-Z))


@right("02-sigmoid")
def _(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


@right("02-sigmoid")
def _(Z):
    return np.exp(-np.logaddexp(0, -Z))


@right("02-sigmoid")
def _(Z: np.ndarray) -> np.ndarray:
    A = np.empty(Z.shape, dtype=Z.dtype)
    rising = Z >= 0
    A[rising] = 1 / (1 + np.exp(-Z[rising]))
    e = np.exp(Z[~rising])
    A[~rising] = e / (1 + e)
    return A


@functools.lru_cache(maxsize=64)
def _one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


@right("02-sigmoid")
def _(Z):
    print("sigmoid of", Z.shape)
    return np.vectorize(_one, otypes=[float])(Z)


class Sigmoid:
    def __call__(self, Z):
        with np.errstate(over="ignore"):
            return np.reciprocal(1 + np.exp(-Z))


right("02-sigmoid")(Sigmoid())


# sigmoid_derivative


@right("02-sigmoid-derivative")
def _(Z):
    return 0.25 * (1 - np.tanh(Z / 2) ** 2)


@right("02-sigmoid-derivative")
def _(Z):
    with np.errstate(over="ignore"):
        s = 1 / (1 + np.exp(-Z))
    return s - s * s


@right("02-sigmoid-derivative")
def _(Z):
    e = np.exp(-np.abs(Z))
    return e / (1 + e) ** 2


@right("02-sigmoid-derivative")
def _(Z):
    def g(t):
        return 0.5 + 0.5 * np.tanh(t / 2)

    Z, h = Z.astype(float), 1e-5
    return (g(Z + h) - g(Z - h)) / (2 * h)


# relu


@right("02-relu")
def _(Z):
    return Z * (Z > 0)


@right("02-relu")
def _(Z):
    return (Z + abs(Z)) / 2


@right("02-relu")
def _(Z):
    A = Z.copy()
    A[A < 0] = 0
    return A


@right("02-relu")
def _(Z):
    return np.array([[max(0.0, z) for z in row] for row in Z.tolist()])


@right("02-relu")
def _(Z):
    return np.clip(Z, 0, None)


# softmax


@right("02-softmax")
def _(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


@right("02-softmax")
def _(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=0, keepdims=True))


@right("02-softmax")
def _(Z):
    A = np.zeros(Z.shape)
    for j in range(Z.shape[1]):
        column = Z[:, j]
        e = [math.exp(z - max(column)) for z in column]
        for i in range(len(e)):
            A[i, j] = e[i] / sum(e)
    return A


@right("02-softmax")
def _(Z):
    # each score against all others: 1 / sum of exp(other - this)
    with np.errstate(over="ignore"):
        return 1 / np.exp(Z[:, None, :] - Z[None, :, :]).sum(axis=0)


@right("02-softmax")
def _(Z):
    rows = Z.T
    rows = rows - rows.max(axis=1, keepdims=True)
    rows = np.exp(rows)
    return (rows / rows.sum(axis=1, keepdims=True)).T


@right("02-softmax")
def _(Z):
    shift = np.exp(np.subtract(Z, np.amax(Z, 0)), dtype=np.float64)
    return np.einsum("ij,j->ij", shift, 1 / np.einsum("ij->j", shift))


# images_to_columns


@right("02-images-to-columns")
def _(images):
    m, h, w = images.shape
    return images.reshape(m, h * w).T


@right("02-images-to-columns")
def _(images):
    return np.stack([image.ravel() for image in images], axis=1)


@right("02-images-to-columns")
def _(images):
    m, h, w = images.shape
    X = np.zeros((h * w, m))
    for j in range(m):
        for row in range(h):
            for column in range(w):
                X[row * w + column, j] = images[j, row, column]
    return X


@right("02-images-to-columns")
def _(images):
    return np.moveaxis(images, 0, -1).reshape(-1, len(images))


@right("02-images-to-columns")
def _(images):
    return np.hstack([image.flatten()[:, None] for image in images])


@right("02-images-to-columns")
def _(images):
    return images.transpose(0, 2, 1).reshape(images.shape[0], -1, order="F").T


# standardize


@right("02-standardize")
def _(X_train, X_test):
    mean = np.mean(X_train, axis=1, keepdims=True)
    sd = np.std(X_train, axis=1, keepdims=True)
    sd[sd == 0] = 1
    return (X_train - mean) / sd, (X_test - mean) / sd, mean, sd


@right("02-standardize")
def _(X_train, X_test):
    n_x, m = X_train.shape
    mean, sd = np.zeros((n_x, 1)), np.zeros((n_x, 1))
    for i in range(n_x):
        mean[i, 0] = sum(X_train[i]) / m
        sd[i, 0] = math.sqrt(sum((x - mean[i, 0]) ** 2 for x in X_train[i]) / m) or 1.0
    return [(X_train - mean) / sd, (X_test - mean) / sd, mean, sd]


@right("02-standardize")
def _(X_train, X_test):
    mean = X_train.mean(axis=1).reshape(-1, 1)
    sd = np.sqrt(X_train.var(axis=1)).reshape(-1, 1)
    sd = np.where(sd < 1e-12, 1, sd)
    scaled = [(X - mean) / sd for X in (X_train, X_test)]
    return (*scaled, mean, sd)


@right("02-standardize")
def _(train, test):
    mean = np.array([np.average(row) for row in train])[:, np.newaxis]
    sd = np.array([np.sqrt(np.mean((row - np.average(row)) ** 2)) for row in train])[:, np.newaxis]
    sd = sd + (sd == 0)
    warnings.warn("statistics of the training set only", stacklevel=1)
    return np.divide(train - mean, sd), np.divide(test - mean, sd), mean, sd


@right("02-standardize")
def _(X_train, X_test):
    mean, sd = X_train.T.mean(0), X_train.T.std(0)
    sd = np.where(np.ptp(X_train, axis=1) == 0, 1.0, sd)
    return ((X_train.T - mean) / sd).T, ((X_test.T - mean) / sd).T, mean[:, None], sd[:, None]


# normalize_columns


@right("02-normalize-columns")
def _(X):
    lengths = np.linalg.norm(X, axis=0, keepdims=True)
    return X / np.where(lengths == 0, 1, lengths)


@right("02-normalize-columns")
def _(X):
    lengths = np.linalg.norm(X, axis=0)
    return np.divide(X, lengths, out=np.zeros(X.shape), where=lengths > 0)


@right("02-normalize-columns")
def _(X):
    return X / (np.sqrt(np.einsum("ij,ij->j", X, X)) + 1e-12)


@right("02-normalize-columns")
def _(X):
    out = X.copy()
    for j in range(X.shape[1]):
        length = math.hypot(*X[:, j].tolist())
        if length:
            out[:, j] = X[:, j] / length
    return out


@right("02-normalize-columns")
def _(X):
    return np.nan_to_num(X / np.sqrt((X * X).sum(axis=0)))


# squared_loss


@right("02-squared-loss")
def _(Y_hat, Y):
    return 0.5 * np.sum(np.square(Y - Y_hat), axis=0, keepdims=True)


@right("02-squared-loss")
def _(Y_hat, Y):
    D = Y_hat - Y
    return np.einsum("ij,ij->j", D, D)[np.newaxis, :] / 2


@right("02-squared-loss")
def _(Y_hat, Y):
    return np.array([[0.5 * sum((a - b) ** 2 for a, b in zip(p, y)) for p, y in zip(Y_hat.T, Y.T)]])


@right("02-squared-loss")
def _(Y_hat, Y):
    ones = np.ones((1, Y.shape[0]))
    return ones @ (Y_hat - Y) ** 2 / 2


@right("02-squared-loss")
def _(Y_hat, Y):
    return np.linalg.norm(Y_hat - Y, axis=0, keepdims=True) ** 2 / 2


# absolute_loss


@right("02-absolute-loss")
def _(Y_hat, Y):
    return np.abs(Y - Y_hat).sum(0).reshape(1, -1)


@right("02-absolute-loss")
def _(Y_hat, Y):
    return np.linalg.norm(Y_hat - Y, ord=1, axis=0, keepdims=True)


@right("02-absolute-loss")
def _(Y_hat, Y):
    L = np.zeros((1, Y.shape[1]))
    for k in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            L[0, j] += max(Y_hat[k, j] - Y[k, j], Y[k, j] - Y_hat[k, j])
    return L


@right("02-absolute-loss")
def _(Y_hat, Y):
    D = Y_hat - Y
    return np.sum(D * np.sign(D), axis=0, keepdims=True)


# pairwise_distances


@right("02-pairwise-distances")
def _(P, Q):
    return np.linalg.norm(P[:, :, None] - Q[:, None, :], axis=0)


@right("02-pairwise-distances")
def _(P, Q):
    return np.array([[math.dist(p, q) for q in Q.T] for p in P.T])


@right("02-pairwise-distances")
def _(P, Q):
    squares = (P**2).sum(0)[:, None] + (Q**2).sum(0)[None, :] - 2 * P.T @ Q
    return np.sqrt(np.maximum(squares, 0))


@right("02-pairwise-distances")
def _(P, Q):
    squares = np.zeros((P.shape[1], Q.shape[1]))
    for p, q in zip(P, Q):
        squares += np.subtract.outer(p, q) ** 2
    return squares**0.5


@right("02-pairwise-distances")
def _(P, Q):
    D = np.empty((P.shape[1], Q.shape[1]), dtype=np.float32)
    for i in range(P.shape[1]):
        D[i] = np.sqrt(np.sum((P[:, i : i + 1] - Q) ** 2, axis=0))
    return D


@right("02-pairwise-distances")
def _(P, Q):
    difference = P.T[:, np.newaxis] - Q.T
    return np.sqrt(np.einsum("ijk,ijk->ij", difference, difference))


# guards that leave all but a hair as it is


@right("02-normalize-columns")
def _(X):
    return X / np.maximum(np.linalg.norm(X, axis=0, keepdims=True), 1e-8)


@right("02-normalize-columns")
def _(X):
    return X / (np.sqrt(np.sum(X**2, axis=0)) + 1e-8)


@right("02-standardize")
def _(X_train, X_test):
    mean, sd = np.mean(X_train, axis=1, keepdims=True), np.std(X_train, axis=1, keepdims=True)
    sd = np.where(np.isclose(sd, 0), 1.0, sd)
    return (X_train - mean) / sd, (X_test - mean) / sd, mean, sd
