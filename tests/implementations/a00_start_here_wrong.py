"""Wrong answers to assignment 00, written as learners write them; each must fail, for the cause named."""

import statistics

import numpy as np

from benchmarks.corpus import wrong

# count_examples


@wrong("00-count-examples", cause="counts-features")
def _(X):
    return len(X)


@wrong("00-count-examples", cause="counts-features")
def _(X):
    m, _ = X.shape
    return m


@wrong("00-count-examples", cause="counts-numbers")
def _(X):
    m = 0
    for row in X:
        for _ in row:
            m += 1
    return m


@wrong("00-count-examples", cause="counts-axes")
def _(X):
    return len(X.shape)


@wrong("00-count-examples", cause="whole-shape")
def _(X):
    return np.shape(X)


@wrong("00-count-examples", cause="larger-side")
def _(X):
    rows, columns = X.shape
    return columns if columns > rows else rows


@wrong("00-count-examples", cause="smaller-side")
def _(X):
    return sorted(X.shape)[0]


@wrong("00-count-examples", cause="counts-from-zero")
def _(X):
    for j in range(X.shape[1]):  # noqa: B007
        pass
    return j


@wrong("00-count-examples", cause=("only-visible-example", "constant-answer"))
def _(X):
    return 3


@wrong("00-count-examples", cause="printed-not-returned")
def _(X):
    print(X.shape[1])


@wrong("00-count-examples", cause="returned-nothing")
def _(X):
    m = X.shape[1]  # noqa: F841


@wrong("00-count-examples", cause="raises-error")
def _(X):
    return X.shape(1)


@wrong("00-count-examples", cause="index-out-of-range")
def _(X):
    return X.shape[2]


@wrong("00-count-examples", cause="not-written-yet")
def _(X):
    raise NotImplementedError("Replace this line with your own code")


@wrong("00-count-examples", cause=None)
def _(X):
    return f"{X.shape[1]} examples"


# feature_means


@wrong("00-feature-means", cause="mean-of-each-example")
def _(X):
    return X.mean(0, keepdims=True)


@wrong("00-feature-means", cause=("mean-of-all", "lost-keepdims"))
def _(X):
    return X.mean()


@wrong("00-feature-means", cause="rank-one")
def _(X):
    return X.mean(axis=1)


@wrong("00-feature-means", cause="transposed")
def _(X):
    return np.atleast_2d(X.mean(axis=-1))


@wrong("00-feature-means", cause="sum-for-mean")
def _(X):
    return X @ np.ones((X.shape[1], 1))


@wrong("00-feature-means", cause="divided-by-features")
def _(X):
    return X.sum(axis=1).reshape(-1, 1) / len(X)


@wrong("00-feature-means", cause="divided-by-m-minus-one")
def _(X):
    m = X.shape[1]
    return X.sum(axis=1, keepdims=True) / (m - 1 if m > 1 else 1)


@wrong("00-feature-means", cause=("fixed-size", "fixed-m"))
def _(X):
    return X.sum(axis=1, keepdims=True) / 3


@wrong("00-feature-means", cause="median-for-mean")
def _(X):
    return np.array([[statistics.median(row)] for row in X.tolist()])


@wrong("00-feature-means", cause="spread-for-mean")
def _(X):
    return X.std(axis=1).reshape(len(X), 1)


@wrong("00-feature-means", cause="largest-for-mean")
def _(X):
    return np.array([[max(row)] for row in X])


@wrong("00-feature-means", cause="list-for-array")
def _(X):
    return [[sum(row) / len(row)] for row in X.tolist()]


@wrong("00-feature-means", cause="rounded")
def _(X):
    return X.mean(axis=1, keepdims=True).round(1)


@wrong("00-feature-means", cause="one-example-for-all")
def _(X):
    return X[:, 0:1]


@wrong("00-feature-means", cause="only-visible-example")
def _(X):
    return np.array([[3.0], [4.0]])


@wrong("00-feature-means", cause="mutated-argument")
def _(X):
    m = X.shape[1]
    for j in range(1, m):
        X[:, 0] += X[:, j]
    return X[:, :1] / m


@wrong("00-feature-means", cause="sign-lost")
def _(X):
    return np.abs(X.mean(axis=1, keepdims=True))


@wrong("00-feature-means", cause=None)
def _(X):
    return np.abs(X).mean(axis=1, keepdims=True)
