"""Assignment 00, start here: two small functions to practise the round of writing, checking and handing in."""

from collections.abc import Iterator

import numpy as np

from helpers.checks import draw
from helpers.checks.exercise import Args, Exercise

# The example of the notebook: three examples with two features.
X3 = np.array([[1.0, 2.0, 6.0], [4.0, 4.0, 4.0]])


def feature_tables(rng: np.random.Generator) -> Iterator[Args]:
    """(X,) of all shapes, a tall one and a wide one always among them, so that rows are not taken for columns."""
    for n_x, m in (*draw.shapes(rng), (6, 2), (3, int(rng.integers(5, 30)))):
        yield (draw.inputs(rng, n_x, m, scale=3.0),)


# --- count_examples ---


def count_examples(X):
    return X.shape[1]


COUNT = Exercise(
    id="00-count-examples",
    points=1,
    reference=count_examples,
    cases=feature_tables,
    examples=[((X3,), 3)],
    misconceptions={
        "counts-features": lambda X: X.shape[0],
        "counts-numbers": lambda X: X.size,
        "counts-axes": lambda X: X.ndim,
        "whole-shape": lambda X: X.shape,
        "larger-side": lambda X: max(X.shape),
        "smaller-side": lambda X: min(X.shape),
        "counts-from-zero": lambda X: X.shape[1] - 1,
        "sum-of-sides": lambda X: sum(X.shape),
    },
)


# --- feature_means ---


def feature_means(X):
    return np.mean(X, axis=1, keepdims=True)


MEANS = Exercise(
    id="00-feature-means",
    points=1,
    reference=feature_means,
    cases=feature_tables,
    examples=[((X3,), np.array([[3.0], [4.0]]))],
    misconceptions={
        "mean-of-each-example": lambda X: np.mean(X, axis=0, keepdims=True),
        "mean-of-all": lambda X: np.mean(X, keepdims=True),
        "sum-for-mean": lambda X: np.sum(X, axis=1, keepdims=True),
        "divided-by-features": lambda X: np.sum(X, axis=1, keepdims=True) / X.shape[0],
        "divided-by-all": lambda X: np.sum(X, axis=1, keepdims=True) / X.size,
        "median-for-mean": lambda X: np.median(X, axis=1, keepdims=True),
        "spread-for-mean": lambda X: np.std(X, axis=1, keepdims=True),
        "largest-for-mean": lambda X: np.max(X, axis=1, keepdims=True),
        "one-example-for-all": lambda X: X[:, :1],
        "middle-of-range": lambda X: (X.max(axis=1, keepdims=True) + X.min(axis=1, keepdims=True)) / 2,
    },
)


EXERCISES = (COUNT, MEANS)
