"""Right answers to assignment 00 in other styles; each must pass."""

import functools
import warnings

import numpy as np

from benchmarks.corpus import right

# count_examples


@right("00-count-examples")
def _(X):
    return len(X.T)


@right("00-count-examples")
def _(X: np.ndarray) -> int:
    _, m = np.shape(X)
    return m


@right("00-count-examples")
def _(X):
    m = 0
    for _ in X[0]:
        m += 1
    print("there are", m)
    return m


@right("00-count-examples")
def _(X):
    return np.array(X.size / X.shape[0])


@right("00-count-examples")
def _(X):
    return np.ones((1, X.shape[0])).shape[0] * np.int64(X[:1].size)


# feature_means


@right("00-feature-means")
def _(X):
    return X.mean(axis=1).reshape(-1, 1)


@right("00-feature-means")
def _(X):
    means = np.zeros((X.shape[0], 1))
    for i in range(X.shape[0]):
        total = 0
        for j in range(X.shape[1]):
            total = total + X[i, j]
        means[i, 0] = total / X.shape[1]
    return means


@right("00-feature-means")
def _(X):
    m = X.shape[1]
    return X @ np.full((m, 1), 1 / m)


@right("00-feature-means")
def _(X):
    return np.einsum("ij->i", X)[:, None] / X.shape[1]


@right("00-feature-means")
def _(X):
    warnings.warn("the mean of few numbers says little", stacklevel=1)
    return np.average(X.astype(np.float32), axis=1, keepdims=True)


class Means:
    def __call__(self, X):
        return np.vstack([self.mean(tuple(row)) for row in X])

    @staticmethod
    @functools.lru_cache
    def mean(row):
        return sum(row) / len(row)


right("00-feature-means")(Means())
