"""Assignment 02, vectorization: ten functions of whole arrays, where examples are columns and axes have a meaning."""

from collections.abc import Callable, Iterator

import numpy as np

from helpers.checks import draw
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, Finding

# --- elementwise functions: sigmoid, sigmoid_derivative, relu ---


def sigmoid(Z):
    small = np.exp(-np.abs(Z))  # never above 1
    return np.where(Z >= 0, 1, small) / (1 + small)


def sigmoid_derivative(Z):
    A = sigmoid(Z)
    return A * (1 - A)


def relu(Z):
    return np.maximum(0, Z)


def scores(rng: np.random.Generator) -> Iterator[Args]:
    """Z of many shapes, small ones, and last one with 0, both signs of ±1000 and something between."""
    for n, m in draw.shapes(rng):
        yield (draw.inputs(rng, n, m, scale=1.5),)
    for _ in range(2):
        yield (draw.fine(rng, 2, 3),)
    yield (rng.permutation([8.0, -8.0, 6.5, -6.5, 5.0, -5.0]).reshape(3, 2),)  # near the ends, and not there yet
    yield (rng.permutation([1000.0, -1000.0, 30.0, -30.0, 1.5, -1.5, 0.0, 0.5]).reshape(2, 4),)


def over_all_examples(Z):
    small = np.exp(Z - Z.max())
    return small / small.sum()


SIGMOID = Exercise(
    id="02-sigmoid",
    points=2,
    reference=sigmoid,
    cases=scores,
    examples=[
        ((np.array([[0.0, 2.0, -2.0]]),), np.array([[0.5, 0.8807971, 0.1192029]])),
        ((np.array([[1000.0], [-1000.0]]),), np.array([[1.0], [0.0]])),
    ],
    misconceptions={
        "overflow": lambda Z: np.exp(Z) / (1 + np.exp(Z)),
        "wrong-sign-in-exp": lambda Z: sigmoid(-Z),
        "wrong-sign-and-overflow": lambda Z: np.exp(-Z) / (1 + np.exp(-Z)),
        "minus-for-plus": lambda Z: 1 / (1 - np.exp(-Z)),
        "brackets-missing": lambda Z: 1 / 1 + np.exp(-Z),
        "one-missing": np.exp,
        "sign-of-z-lost": lambda Z: sigmoid(np.abs(Z)),
        "sign-of-z-lost-below-one-half": lambda Z: sigmoid(-np.abs(Z)),
        "tanh-for-sigmoid": np.tanh,
        "minus-one-to-one": lambda Z: 2 * sigmoid(Z) - 1,
        "base-2": lambda Z: 1 / (1 + 2.0**-Z),
        "derivative-for-value": sigmoid_derivative,
        "sigmoid-twice": lambda Z: sigmoid(sigmoid(Z)),
        "relu-for-sigmoid": relu,
        "softmax-for-sigmoid": over_all_examples,
    },
)


def is_the_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """The derivative is how fast the sigmoid changes when Z is moved a little: measured, not derived."""
    Z, step = draw.inputs(rng, 2, 3), 1e-5
    slopes = (sigmoid(Z + step) - sigmoid(Z - step)) / (2 * step)
    got = call(Z)
    for i, j in np.ndindex(slopes.shape):
        if abs(got[i, j] - slopes[i, j]) > 1e-5:
            values = {"z": float(Z[i, j]), "got": float(got[i, j]), "wanted": float(slopes[i, j])}
            yield Finding("not-the-slope", values)
            return


DERIVATIVE = Exercise(
    id="02-sigmoid-derivative",
    points=2,
    reference=sigmoid_derivative,
    cases=scores,
    examples=[((np.array([[0.0, 2.0, -2.0]]),), np.array([[0.25, 0.1049936, 0.1049936]]))],
    properties=(is_the_slope,),
    misconceptions={
        "overflow": lambda Z: np.exp(-Z) / (1 + np.exp(-Z)) ** 2,
        "overflow-at-large-positive": lambda Z: np.exp(Z) / (1 + np.exp(Z)) ** 2,
        "z-for-a": lambda Z: Z * (1 - Z),
        "value-for-derivative": sigmoid,
        "only-one-minus-a": lambda Z: sigmoid(-Z),
        "square-in-place-of-product": lambda Z: 1 - sigmoid(Z) ** 2,
        "plus-for-minus": lambda Z: sigmoid(Z) * (1 + sigmoid(Z)),
        "both-factors-the-same": lambda Z: sigmoid(Z) ** 2,
        "both-factors-one-minus": lambda Z: sigmoid(-Z) ** 2,
        "a-times-one-minus-z": lambda Z: sigmoid(Z) * (1 - Z),
        "z-times-one-minus-a": lambda Z: Z * sigmoid(-Z),
        "sigmoid-twice": lambda Z: sigmoid_derivative(sigmoid(Z)),
        "derivative-of-tanh": lambda Z: 1 - np.tanh(Z) ** 2,
        "derivative-of-relu": lambda Z: (Z > 0).astype(float),
        "a-minus-one": lambda Z: 2 * sigmoid(Z) - 1,
    },
)

RELU = Exercise(
    id="02-relu",
    points=1,
    reference=relu,
    cases=scores,
    examples=[((np.array([[-1.0, 2.0], [0.0, -0.5]]),), np.array([[0.0, 2.0], [0.0, 0.0]]))],
    misconceptions={
        "absolute-value": np.abs,
        "derivative-for-value": lambda Z: (Z > 0).astype(float),
        "negative-side": lambda Z: np.minimum(0, Z),
        "negative-side-made-positive": lambda Z: np.maximum(0, -Z),
        "maximum-of-all": lambda Z: np.full(Z.shape, max(0.0, Z.max())),
        "leaky": lambda Z: np.where(Z > 0, Z, 0.01 * Z),
        "leaky-a-tenth": lambda Z: np.where(Z > 0, Z, 0.1 * Z),
        "cut-at-one": lambda Z: np.clip(Z, 0, 1),
        "at-least-one": lambda Z: np.maximum(1, Z),
        "minus-one-below": lambda Z: np.where(Z > 0, Z, -1.0),
        "sigmoid-for-relu": sigmoid,
        "softplus": lambda Z: np.logaddexp(0, Z),
        "maximum-of-each-column": lambda Z: np.maximum(0, Z.max(axis=0, keepdims=True)),
    },
)


# --- softmax ---


def softmax(Z):
    small = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return small / np.sum(small, axis=0, keepdims=True)


def class_scores(rng: np.random.Generator) -> Iterator[Args]:
    """Z (n_y, m); last with a column far above and one far below 0, so that one common shift does not serve both.

    Each class is the lowest somewhere by far, so that the score of one class is no shift either.
    """
    for n, m in draw.shapes(rng):
        yield (draw.inputs(rng, n, m, scale=1.5),)
    far = np.array([[1000, -1000, 1], [1001, -1002, 2], [999.5, -1001, 0.5]])
    lowest = np.array([[1000, 0, -1000], [-1000, 1000, 0], [0, -1000, 1000]])
    yield (np.hstack([far, lowest])[:, rng.permutation(6)],)


def shares(numerator: Callable, total: Callable = lambda E: E.sum(axis=0, keepdims=True)) -> Callable:
    """Numerators divided by some total of them."""
    return lambda Z: numerator(Z) / total(numerator(Z))


def shifted(Z):
    return np.exp(Z - Z.max(axis=0, keepdims=True))


def rows_softmax(Z):
    return softmax(Z.T).T


SOFTMAX = Exercise(
    id="02-softmax",
    points=2,
    reference=softmax,
    cases=class_scores,
    examples=[
        (
            (np.array([[0.0, 1.0], [np.log(3.0), 1.0]]),),
            np.array([[0.25, 0.5], [0.75, 0.5]]),
        )
    ],
    misconceptions={
        "overflow": shares(np.exp),
        "one-maximum-for-all": shares(lambda Z: np.exp(Z - Z.max())),
        "maximum-of-each-row": shares(lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True))),
        "first-class-for-maximum": shares(lambda Z: np.exp(Z - Z[:1])),
        "last-class-for-maximum": shares(lambda Z: np.exp(Z - Z[-1:])),
        "mean-for-maximum": shares(lambda Z: np.exp(Z - Z.mean(axis=0))),
        "maximum-added": shares(lambda Z: np.exp(Z + Z.max(axis=0, keepdims=True))),
        "divided-by-maximum-before-exp": shares(lambda Z: np.exp(Z / np.abs(Z).max(axis=0, keepdims=True))),
        "over-the-rows": rows_softmax,
        "over-the-rows-and-overflow": shares(np.exp, lambda E: E.sum(axis=1, keepdims=True)),
        "over-all-entries": over_all_examples,
        "over-all-entries-and-overflow": shares(np.exp, np.sum),
        "over-all-entries-shifted-by-column": shares(shifted, np.sum),
        "over-the-rows-shifted-by-column": shares(shifted, lambda E: E.sum(axis=1, keepdims=True)),
        "not-divided": shifted,
        "not-divided-and-overflow": np.exp,
        "mean-for-sum": shares(shifted, lambda E: E.mean(axis=0, keepdims=True)),
        "mean-for-sum-and-overflow": shares(np.exp, lambda E: E.mean(axis=0, keepdims=True)),
        "length-for-sum": shares(shifted, lambda E: np.sqrt((E**2).sum(axis=0, keepdims=True))),
        "maximum-for-sum": shares(np.exp, lambda E: E.max(axis=0, keepdims=True)),
        "without-exp": shares(lambda Z: Z),
        "log-of-softmax": lambda Z: Z - Z.max(axis=0) - np.log(shifted(Z).sum(axis=0)),
        "winner-takes-all": lambda Z: np.eye(len(Z))[:, Z.argmax(axis=0)],
        "minus-in-exp": lambda Z: softmax(-Z),
        "sigmoid-for-softmax": sigmoid,
        "base-2": shares(lambda Z: 2.0 ** (Z - Z.max(axis=0, keepdims=True))),
    },
)


# --- images_to_columns ---


def images_to_columns(images):
    return images.reshape(images.shape[0], -1).T


def images_of(rng: np.random.Generator, m: int, h: int, w: int) -> np.ndarray:
    """(m, h, w), all grey values different, so that a pixel in the wrong place shows."""
    return (1.0 + rng.permutation(m * h * w)).reshape(m, h, w)


def image_cases(rng: np.random.Generator) -> Iterator[Args]:
    several = [int(rng.integers(2, 6)) for _ in range(4)]
    sizes = [
        (3, 2, 4),
        (1, 2, 3),
        (2, 1, 1),
        (3, 3, 3),
        (5, 4, 2),
        (2, 1, 5),
        (2, 5, 1),
        (6, 2, 3),
    ]  # and as many images as pixels
    for k, (m, h, w) in enumerate([*sizes, tuple(several[:3]), (12, several[3], 3)]):
        yield (images_of(rng, m, h, w) / (16 if k else 1),)  # as in the digits, where a pixel may be 0.0625
    yield (rng.integers(0, 256, size=(4, 3, 2)).astype(np.uint8),)


def each_column_is_its_image(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Column j holds the pixels of image j and no others, and put back into rows it is image j."""
    images = images_of(rng, 3, 2, int(rng.integers(3, 6)))
    X = call(images)
    for j, image in enumerate(images):
        if not np.array_equal(np.sort(X[:, j]), np.sort(image.ravel())):
            yield Finding("pixels-of-other-images", {"column": j}, cause="images-mixed", case=(images,))
            return
    for j, image in enumerate(images):
        if not np.array_equal(X[:, j].reshape(image.shape), image):
            yield Finding("pixels-in-another-order", {"column": j}, cause="column-by-column", case=(images,))
            return


def pixels_first(images):
    return images.reshape(-1, images.shape[0])


IMAGES = Exercise(
    id="02-images-to-columns",
    points=2,
    reference=images_to_columns,
    cases=image_cases,
    examples=[
        (
            (np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 10], [11, 12]]]),),
            np.array([[1, 5, 9], [2, 6, 10], [3, 7, 11], [4, 8, 12]]),
        )
    ],
    properties=(each_column_is_its_image,),
    misconceptions={
        "images-mixed": pixels_first,
        "images-mixed-in-the-other-order": lambda images: images.reshape(-1, images.shape[0], order="F"),
        "images-mixed-and-turned": lambda images: pixels_first(images.T),
        "images-in-rows": lambda images: images.reshape(images.shape[0], -1),
        "images-in-rows-mixed": lambda images: pixels_first(images).T,
        "column-by-column": lambda images: images.transpose(2, 1, 0).reshape(-1, images.shape[0]),
        "one-long-column": lambda images: images.reshape(-1, 1),
        "one-long-row": lambda images: images.reshape(1, -1),
        "flat": np.ravel,
        "only-first-image": lambda images: images[0].reshape(-1, 1),
        "only-last-image": lambda images: images[-1].reshape(-1, 1),
        "first-image-in-every-column": lambda images: images_to_columns(np.repeat(images[:1], len(images), axis=0)),
        "last-image-in-every-column": lambda images: images_to_columns(np.repeat(images[-1:], len(images), axis=0)),
        "images-reversed": lambda images: images_to_columns(images)[:, ::-1],
        "upside-down": lambda images: images_to_columns(images[:, ::-1]),
        "mirrored": lambda images: images_to_columns(images[:, :, ::-1]),
        "read-backwards": lambda images: images_to_columns(images)[::-1],
        "divided-by-255": lambda images: images_to_columns(images) / 255,
        "divided-by-the-largest": lambda images: images_to_columns(images) / images.max(),
        "rows-averaged": lambda images: images.mean(axis=1).T,
        "columns-averaged": lambda images: images.mean(axis=2).T,
        "only-first-row": lambda images: images[:, 0, :].T,
        "not-flattened": lambda images: images,
        "axes-moved-only": lambda images: images.transpose(1, 2, 0),
        "axes-reversed-only": lambda images: images.T,
    },
)


# --- standardize ---


def standardize(X_train, X_test):
    return standardize_with()(X_train, X_test)


def guard(sd):
    return np.where(sd == 0, 1, sd)


def by_feature(X):
    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)


def standardize_with(train=by_feature, test=None, guard=guard) -> Callable:
    """Standardizing with other statistics: train(X_train), and test(X_train, X_test) for the test set."""

    def scale(X_train, X_test):
        mean, sd = train(X_train)
        sd = guard(sd)
        X_train_s = (X_train - mean) / sd
        if not test:
            return X_train_s, (X_test - mean) / sd, mean, sd
        test_mean, test_sd = test(X_train, X_test)
        return X_train_s, (X_test - test_mean) / guard(test_sd), mean, sd

    return scale


def both_together(X_train, X_test):
    mean, sd = by_feature(np.hstack([X_train, X_test]))
    sd = guard(sd)
    return (X_train - mean) / sd, (X_test - mean) / sd, mean, sd


def unguarded(sd):
    return sd


def with_ddof_one(X):
    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True, ddof=1)


def over_everything(X):
    return np.full((len(X), 1), X.mean()), np.full((len(X), 1), X.std())


def over_the_features(X):
    return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)


def variance(X):
    return X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)


def range_of(X):
    return X.min(axis=1, keepdims=True), np.ptp(X, axis=1, keepdims=True)


def change(other: Callable) -> Callable:
    """What a slip makes of the right answer."""
    return lambda X_train, X_test: other(X_train, X_test, *standardize(X_train, X_test))


def training_set(rng: np.random.Generator, n_x: int, m: int) -> np.ndarray:
    """Features on different scales and away from 0, spread out, so that no sd is small by chance."""
    ranks = np.array([rng.permutation(m) for _ in range(n_x)]) - (m - 1) / 2
    spread = rng.uniform(0.5, 4, size=(n_x, 1))
    return np.round(spread * (ranks + rng.uniform(-0.3, 0.3, size=(n_x, m))) + rng.uniform(2, 9, size=(n_x, 1)), 2)


def data_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_x, m in draw.shapes(rng):
        X_train = training_set(rng, n_x, m)
        yield X_train, training_set(rng, n_x, int(rng.integers(1, 7))) + 1.5
    # A feature that is the same in all training examples; a quarter of 4 m is exact, so its sd is exactly 0.
    # Beside it one that is nearly the same, in units of its own: there the sd is small, and the scale is what counts.
    X_train, X_test = training_set(rng, 3, 4), training_set(rng, 3, 3)
    constant, narrow, _ = rng.permutation(3)
    X_train[constant] = rng.integers(2, 9) / 2
    X_test[narrow] *= 3e-4 / X_train[narrow].std()
    X_train[narrow] *= 3e-4 / X_train[narrow].std()
    yield X_train, X_test


STANDARDIZE = Exercise(
    id="02-standardize",
    points=3,
    reference=standardize,
    cases=data_cases,
    examples=[
        (
            (np.array([[1.0, 3.0, 1.0, 3.0], [5.0, 5.0, 5.0, 5.0]]), np.array([[4.0, 2.0], [5.0, 6.0]])),
            (
                np.array([[-1.0, 1.0, -1.0, 1.0], [0.0, 0.0, 0.0, 0.0]]),
                np.array([[2.0, 0.0], [0.0, 1.0]]),
                np.array([[2.0], [5.0]]),
                np.array([[1.0], [1.0]]),
            ),
        )
    ],
    misconceptions={
        "statistics-of-test-set": standardize_with(test=lambda X_train, X_test: by_feature(X_test)),
        "statistics-of-test-set-unguarded": standardize_with(
            test=lambda X_train, X_test: by_feature(X_test), guard=unguarded
        ),
        "statistics-of-both": both_together,
        "statistics-of-test-set-for-both": lambda X_train, X_test: [
            standardize(X_test, X_train)[i] for i in (1, 0, 2, 3)
        ],
        "test-mean-only": standardize_with(
            test=lambda X_train, X_test: (X_test.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True))
        ),
        "test-sd-only": standardize_with(
            test=lambda X_train, X_test: (X_train.mean(axis=1, keepdims=True), X_test.std(axis=1, keepdims=True))
        ),
        "constant-feature-divided-by-zero": standardize_with(guard=unguarded),
        "constant-feature-divided-by-a-hair": standardize_with(guard=lambda sd: sd + 1e-8),
        "small-sd-taken-for-zero": standardize_with(guard=lambda sd: np.where(sd < 1e-3, 1, sd)),
        "constant-feature-sd-left-zero": change(
            lambda X, T, a, b, mean, sd: (a, b, mean, X.std(axis=1, keepdims=True))
        ),
        "constant-feature-zero-in-test-set": change(
            lambda X, T, a, b, mean, sd: (a, np.where(np.ptp(X, axis=1, keepdims=True) == 0, 0, b), mean, sd)
        ),
        "divided-by-m-minus-one-in-sd": standardize_with(with_ddof_one),
        "divided-by-m-minus-one-in-sd-unguarded": standardize_with(with_ddof_one, guard=unguarded),
        "variance-for-sd": standardize_with(variance),
        "variance-for-sd-unguarded": standardize_with(variance, guard=unguarded),
        "over-everything": standardize_with(over_everything),
        "over-the-features": standardize_with(over_the_features, lambda X_train, X_test: over_the_features(X_test)),
        "over-the-features-unguarded": standardize_with(
            over_the_features, lambda X_train, X_test: over_the_features(X_test), unguarded
        ),
        "smallest-and-range": standardize_with(range_of),
        "smallest-and-range-unguarded": standardize_with(range_of, guard=unguarded),
        "median-for-mean": standardize_with(lambda X: (np.median(X, axis=1, keepdims=True), by_feature(X)[1])),
        "not-centred": change(lambda X, T, a, b, mean, sd: (X / sd, T / sd, mean, sd)),
        "not-scaled": change(lambda X, T, a, b, mean, sd: (X - mean, T - mean, mean, sd)),
        "multiplied-by-sd": change(lambda X, T, a, b, mean, sd: ((X - mean) * sd, (T - mean) * sd, mean, sd)),
        "mean-added": change(lambda X, T, a, b, mean, sd: ((X + mean) / sd, (T + mean) / sd, mean, sd)),
        "brackets-missing": change(lambda X, T, a, b, mean, sd: (X - mean / sd, T - mean / sd, mean, sd)),
        "test-set-unchanged": change(lambda X, T, a, b, mean, sd: (a, T, mean, sd)),
        "test-set-not-centred": change(lambda X, T, a, b, mean, sd: (a, T / sd, mean, sd)),
        "test-set-not-scaled": change(lambda X, T, a, b, mean, sd: (a, T - mean, mean, sd)),
        "training-set-returned-twice": change(lambda X, T, a, b, mean, sd: (a, a, mean, sd)),
        "sets-swapped": change(lambda X, T, a, b, mean, sd: (b, a, mean, sd)),
        "mean-and-sd-swapped": change(lambda X, T, a, b, mean, sd: (a, b, sd, mean)),
        "statistics-first": change(lambda X, T, a, b, mean, sd: (mean, sd, a, b)),
        "statistics-not-returned": change(lambda X, T, a, b, mean, sd: (a, b)),
        "sd-not-returned": change(lambda X, T, a, b, mean, sd: (a, b, mean)),
        "variance-returned": change(lambda X, T, a, b, mean, sd: (a, b, mean, sd**2)),
        "statistics-after-scaling": change(lambda X, T, a, b, mean, sd: (a, b, *by_feature(a))),
    },
)


# --- normalize_columns ---


def normalize_columns(X):
    return over(euclid)(X)


def euclid(X):
    return np.sqrt(np.sum(X**2, axis=0, keepdims=True))


def over(length: Callable, guarded: bool = True) -> Callable:
    """X divided by something, with or without care for what is 0."""

    def divide(X):
        lengths = length(X)
        return X / (np.where(lengths == 0, 1, lengths) if guarded else lengths)

    return divide


def column_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_x, m in draw.shapes(rng):
        yield (draw.inputs(rng, n_x, m, scale=3),)
    X = draw.inputs(rng, 3, 4)
    zero, first, last, _ = rng.permutation(4)
    X[:, zero] = X[:-1, first] = X[1:, last] = 0  # a zero at one end makes no column of zeros
    yield (X,)


def short_columns_become_long(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Only a column of zeros has no direction. A hair added to the lengths, such as 1e-8, may show a little."""
    X, j = draw.inputs(rng, 3, 4), int(rng.integers(0, 4))
    X[:, j] *= 5e-5 / np.linalg.norm(X[:, j])
    length = float(np.linalg.norm(call(X)[:, j]))
    if abs(length - 1) > 0.01:
        yield Finding("short-column", {"column": j, "length": length}, cause="short-column-taken-for-zero", case=(X,))


def lengths_of(kind: Callable) -> dict[bool, Callable]:
    return {guarded: over(kind, guarded) for guarded in (True, False)}


MAGNITUDES = lengths_of(lambda X: np.abs(X).sum(axis=0, keepdims=True))
LARGEST = lengths_of(lambda X: np.abs(X).max(axis=0, keepdims=True))
SQUARES = lengths_of(lambda X: (X**2).sum(axis=0, keepdims=True))
SUMS = lengths_of(lambda X: X.sum(axis=0, keepdims=True))
MEAN_SQUARES = lengths_of(lambda X: np.sqrt((X**2).mean(axis=0, keepdims=True)))
SPREADS = lengths_of(lambda X: X.std(axis=0, keepdims=True))


NORMALIZE = Exercise(
    id="02-normalize-columns",
    points=2,
    reference=normalize_columns,
    cases=column_cases,
    examples=[
        (
            (np.array([[3.0, 0.0, -2.0], [4.0, 0.0, 0.0]]),),
            np.array([[0.6, 0.0, -1.0], [0.8, 0.0, 0.0]]),
        )
    ],
    properties=(short_columns_become_long,),
    misconceptions={
        "zero-column-divided-by-zero": over(euclid, guarded=False),
        "rows-for-columns": over(lambda X: np.sqrt((X**2).sum(axis=1, keepdims=True))),
        "one-length-for-all": over(lambda X: np.sqrt((X**2).sum())),
        "root-missing": SQUARES[True],
        "root-missing-and-zero-divided": SQUARES[False],
        "magnitudes-added": MAGNITUDES[True],
        "magnitudes-added-and-zero-divided": MAGNITUDES[False],
        "plain-sum": SUMS[True],
        "plain-sum-and-zero-divided": SUMS[False],
        "largest-for-length": LARGEST[True],
        "largest-for-length-and-zero-divided": LARGEST[False],
        "mean-of-squares": MEAN_SQUARES[True],
        "mean-of-squares-and-zero-divided": MEAN_SQUARES[False],
        "sd-for-length": SPREADS[True],
        "sd-for-length-and-zero-divided": SPREADS[False],
        "multiplied-by-length": lambda X: X * euclid(X),
        "lengths-returned": euclid,
        "one-added-to-length": lambda X: X / (1 + euclid(X)),
        "length-subtracted": lambda X: X - euclid(X),
        "squares-of-the-answer": lambda X: normalize_columns(X) ** 2,
        "direction-by-sign": np.sign,
    },
)


# --- squared_loss, absolute_loss ---


def squared_loss(Y_hat, Y):
    return np.sum((Y_hat - Y) ** 2, axis=0, keepdims=True) / 2


def absolute_loss(Y_hat, Y):
    return np.sum(np.abs(Y_hat - Y), axis=0, keepdims=True)


def loss_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_y, m in draw.shapes(rng):
        yield draw.inputs(rng, n_y, m, scale=2), draw.inputs(rng, n_y, m, scale=2)
    for _ in range(2):
        yield draw.fine(rng, 2, 3), draw.fine(rng, 2, 3)


def squares(D):
    return D**2


def total(L):
    return L.sum(axis=0, keepdims=True)


def loss_of(each: Callable, add: Callable = total) -> Callable:
    """A loss made of another function of the differences, or of another way to add them up."""
    return lambda Y_hat, Y: add(each(Y_hat - Y))


def half_of_squares(D):
    return D**2 / 2


def other_sums(each: Callable) -> dict[str, Callable]:
    """The same mistakes of axes for both losses."""
    return {
        "added-over-examples": loss_of(each, lambda L: L.sum(axis=1, keepdims=True)),
        "added-over-everything": loss_of(each, np.sum),
        "averaged-over-everything": loss_of(each, np.mean),
        "cost-for-loss": loss_of(each, lambda L: L.sum() / L.shape[1]),
        "averaged-over-examples": loss_of(each, lambda L: L.mean(axis=1, keepdims=True)),
        "averaged-over-outputs": loss_of(each, lambda L: L.mean(axis=0, keepdims=True)),
        "not-added": loss_of(each, lambda L: L),
        "largest-for-sum": loss_of(each, lambda L: L.max(axis=0, keepdims=True)),
        "only-first-output": loss_of(each, lambda L: L[:1]),
        "only-last-output": loss_of(each, lambda L: L[-1:]),
        "plus-for-minus": lambda Y_hat, Y: total(each(Y_hat + Y)),
        "divided-by-m-as-well": loss_of(each, lambda L: total(L) / L.shape[1]),
    }


Y_HAT, Y = np.array([[1.0, 2.0, 0.0], [0.0, 3.0, -1.0]]), np.array([[0.0, 2.0, 2.0], [0.0, 1.0, 0.0]])

SQUARED = Exercise(
    id="02-squared-loss",
    points=1,
    reference=squared_loss,
    cases=loss_cases,
    examples=[((Y_HAT, Y), np.array([[0.5, 2.0, 2.5]]))],
    misconceptions=other_sums(half_of_squares)
    | {
        "half-missing": loss_of(squares),
        "half-missing-and-added-over-everything": loss_of(squares, np.sum),
        "half-missing-and-averaged-over-everything": loss_of(squares, np.mean),
        "half-missing-and-added-over-examples": loss_of(squares, lambda L: L.sum(axis=1, keepdims=True)),
        "half-missing-and-averaged-over-outputs": loss_of(squares, lambda L: L.mean(axis=0, keepdims=True)),
        "half-missing-and-not-added": loss_of(squares, lambda L: L),
        "half-inside-the-square": loss_of(lambda D: (D / 2) ** 2),
        "squared-after-the-sum": loss_of(lambda D: D, lambda D: total(D) ** 2 / 2),
        "squared-after-the-sum-and-half-missing": loss_of(lambda D: D, lambda D: total(D) ** 2),
        "absolute-for-squared": loss_of(np.abs),
        "half-of-absolute": loss_of(lambda D: np.abs(D) / 2),
        "square-forgotten": loss_of(lambda D: D),
        "square-forgotten-with-half": loss_of(lambda D: D / 2),
        "root-taken": loss_of(squares, lambda L: np.sqrt(total(L))),
        "squares-before-difference": lambda Y_hat, Y: total(Y_hat**2 - Y**2) / 2,
        "squares-before-difference-and-half-missing": lambda Y_hat, Y: total(Y_hat**2 - Y**2),
        "slope-for-loss": lambda Y_hat, Y: Y_hat - Y,
    },
)

ABSOLUTE = Exercise(
    id="02-absolute-loss",
    points=1,
    reference=absolute_loss,
    cases=loss_cases,
    examples=[((Y_HAT, Y), np.array([[1.0, 2.0, 3.0]]))],
    misconceptions=other_sums(np.abs)
    | {
        "magnitude-forgotten": loss_of(lambda D: D),
        "difference-reversed": loss_of(lambda D: -D),
        "magnitude-after-the-sum": loss_of(lambda D: D, lambda D: np.abs(total(D))),
        "magnitudes-before-difference": lambda Y_hat, Y: total(np.abs(Y_hat) - np.abs(Y)),
        "magnitude-of-first-only": lambda Y_hat, Y: total(np.abs(Y_hat) - Y),
        "squared-for-absolute": loss_of(squares),
        "half-of-squares": loss_of(half_of_squares),
        "root-after-the-sum": loss_of(squares, lambda L: np.sqrt(total(L))),
        "half-too-many": loss_of(lambda D: np.abs(D) / 2),
        "negative-parts-dropped": loss_of(relu),
        "signs-counted": loss_of(np.sign),
        "mistakes-counted": loss_of(lambda D: (D != 0).astype(float)),
    },
)


# --- pairwise_distances ---


def pairwise_distances(P, Q):
    return np.sqrt(total_of(squares)(P, Q))


def total_of(each: Callable, add: Callable = np.sum) -> Callable:
    """D[i, j] = the sum, or something else, over the features of each(P[:, i] - Q[:, j])."""
    return lambda P, Q: add(each(P[:, :, np.newaxis] - Q[:, np.newaxis, :]), axis=0)


def rooted(square: Callable) -> Callable:
    """The root of squares p, q and products pq, put together in another way."""

    def distances(P, Q):
        p, q = (P**2).sum(axis=0)[:, np.newaxis], (Q**2).sum(axis=0)[np.newaxis]
        return np.sqrt(square(p, q, P.T @ Q))

    return distances


def point_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_x, m in draw.shapes(rng):
        P, k = draw.inputs(rng, n_x, m), int(rng.integers(1, 7))
        Q = draw.inputs(rng, n_x, k)
        # In float32, p² + q² - 2pq loses the distance of points that nearly coincide: right, and too inexact to judge.
        while pairwise_distances(P, Q).min() < 0.05:
            Q = draw.inputs(rng, n_x, k)
        yield P, Q
    P = draw.inputs(rng, 3, 4)
    yield P, P[:, rng.permutation(4)[:3]]
    # Many points that coincide: squares that should cancel to 0 come out a little below it somewhere.
    # Fewer of these cases than of those above: the one in the middle is tried in float32 too.
    for _ in range(4):
        P = rng.normal(size=(6, 20))
        yield P, P[:, rng.permutation(20)]


def root_of_negative(args: Args, got, want) -> bool:
    """NaN, and only where a distance is 0; elsewhere right, within what cancelling squares loses."""
    lost = np.isnan(got)
    return bool(lost.any()) and bool(np.allclose(want[lost], 0)) and np.allclose(got[~lost], want[~lost], atol=1e-6)


def by_pairs(P, Q):
    k = min(P.shape[1], Q.shape[1])
    return np.sqrt(((P[:, :k] - Q[:, :k]) ** 2).sum(axis=0, keepdims=True))


def cosine(P, Q):
    return P.T @ Q / np.sqrt((P**2).sum(axis=0)[:, np.newaxis] * (Q**2).sum(axis=0))


PAIRWISE = Exercise(
    id="02-pairwise-distances",
    points=3,
    reference=pairwise_distances,
    cases=point_cases,
    examples=[
        (
            (np.array([[0.0, 3.0, 1.0], [0.0, 4.0, 1.0]]), np.array([[0.0, 3.0], [0.0, 0.0]])),
            np.array([[0.0, 3.0], [5.0, 4.0], [np.sqrt(2), np.sqrt(5)]]),
        )
    ],
    symptoms={"root-of-negative": root_of_negative},
    tolerance=Tolerance(absolute=1e-6),  # what p² + q² - 2pq leaves where points coincide
    misconceptions={
        "root-missing": total_of(squares),
        "magnitudes-added": total_of(np.abs),
        "largest-difference": total_of(np.abs, np.max),
        "differences-added": lambda P, Q: np.abs(total_of(lambda D: D)(P, Q)),
        "differences-added-with-sign": total_of(lambda D: D),
        "mean-for-sum": lambda P, Q: np.sqrt(total_of(squares, np.mean)(P, Q)),
        "mean-for-sum-and-root-missing": total_of(squares, np.mean),
        "products-for-distances": lambda P, Q: P.T @ Q,
        "cosine-for-distance": cosine,
        "plus-for-minus": lambda P, Q: pairwise_distances(P, -Q),
        "factor-two-missing": rooted(lambda p, q, pq: p + q - pq),
        "products-left-out": rooted(lambda p, q, pq: p + q),
        "lengths-compared": lambda P, Q: np.abs(
            np.sqrt((P**2).sum(axis=0))[:, np.newaxis] - np.sqrt((Q**2).sum(axis=0))
        ),
        "within-the-first": lambda P, Q: pairwise_distances(P, P),
        "within-the-second": lambda P, Q: pairwise_distances(Q, Q),
        "only-corresponding-points": by_pairs,
        "only-first-of-second": lambda P, Q: pairwise_distances(P, Q[:, :1]),
        "only-first-of-first": lambda P, Q: pairwise_distances(P[:, :1], Q),
        "nearest-only": lambda P, Q: pairwise_distances(P, Q).min(axis=1, keepdims=True),
        "only-first-feature": lambda P, Q: pairwise_distances(P[:1], Q[:1]),
        "last-feature-left-out": lambda P, Q: pairwise_distances(P[:-1], Q[:-1]),
        "not-added": lambda P, Q: np.abs(P[:, :, np.newaxis] - Q[:, np.newaxis, :]),
        "similarity": lambda P, Q: 1 / (1 + pairwise_distances(P, Q)),
    },
)


EXERCISES = (
    SIGMOID,
    DERIVATIVE,
    RELU,
    SOFTMAX,
    IMAGES,
    STANDARDIZE,
    NORMALIZE,
    SQUARED,
    ABSOLUTE,
    PAIRWISE,
)
