"""Assignment 05, one hidden layer: tanh units, one sigmoid output, trained by gradient descent."""

from collections.abc import Iterator

import numpy as np

from helpers import gradient_check
from helpers.checks import draw
from helpers.checks.a03_one_neuron import (
    by_position,
    cost_cases,
    cost_of,
    ends_elsewhere,
    logistic_cost,
    losses,
    near_certainty,
    sigmoid,
    small_steps,
    stops_early,
)
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, Finding
from helpers.checks.in_a_row import goes_on_drawing

# The examples of the notebook: three examples with two features, two hidden units.
X3, Y3 = np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]]), np.array([[1, 0, 1]])
PARAMETERS = {
    "W1": np.array([[0.5, -1.0], [0.25, 0.5]]),
    "b1": np.array([[0.1], [-0.2]]),
    "W2": np.array([[1.0, -2.0]]),
    "b2": np.array([[0.3]]),
}


# --- layer_shapes ---


def layer_shapes(n_x, n_1, n_y):
    return {"W1": (n_1, n_x), "b1": (n_1, 1), "W2": (n_y, n_1), "b2": (n_y, 1)}


def sizes(rng: np.random.Generator) -> Iterator[Args]:
    """(n_x, n_1, n_y): the flower's, ones here and there, and sizes that are all different."""
    yield from ((2, 4, 1), (1, 3, 1), (3, 1, 1), (4, 4, 4), (2, 7, 3), (8, 3, 5))
    yield tuple(int(n) for n in rng.permutation(np.arange(2, 40))[:3])


def shapes_with(**changed):
    """The right shapes with some replaced by functions of (n_x, n_1, n_y)."""
    return lambda *n: layer_shapes(*n) | {name: shape(*n) for name, shape in changed.items()}


SHAPES = Exercise(
    id="05-layer-shapes",
    points=1,
    reference=layer_shapes,
    cases=sizes,
    examples=[((2, 4, 1), {"W1": (4, 2), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)})],
    float32=False,
    misconceptions={
        "weights-transposed": shapes_with(W1=lambda n_x, n_1, n_y: (n_x, n_1), W2=lambda n_x, n_1, n_y: (n_1, n_y)),
        "hidden-weights-transposed": shapes_with(W1=lambda n_x, n_1, n_y: (n_x, n_1)),
        "output-weights-transposed": shapes_with(W2=lambda n_x, n_1, n_y: (n_1, n_y)),
        "biases-as-rows": shapes_with(b1=lambda n_x, n_1, n_y: (1, n_1), b2=lambda n_x, n_1, n_y: (1, n_y)),
        "biases-of-one-axis": shapes_with(b1=lambda n_x, n_1, n_y: (n_1,), b2=lambda n_x, n_1, n_y: (n_y,)),
        "biases-as-numbers": shapes_with(b1=lambda n_x, n_1, n_y: n_1, b2=lambda n_x, n_1, n_y: n_y),
        "one-bias-for-a-layer": shapes_with(b1=lambda *n: (1, 1), b2=lambda *n: (1, 1)),
        "one-bias-for-the-hidden-layer": shapes_with(b1=lambda *n: (1, 1)),
        "biases-by-inputs": shapes_with(b1=lambda n_x, n_1, n_y: (n_x, 1), b2=lambda n_x, n_1, n_y: (n_1, 1)),
        "output-reads-the-features": shapes_with(W2=lambda n_x, n_1, n_y: (n_y, n_x)),
        "square-hidden-weights": shapes_with(W1=lambda n_x, n_1, n_y: (n_1, n_1)),
        "one-output": lambda n_x, n_1, n_y: layer_shapes(n_x, n_1, 1),
        "layers-swapped": lambda n_x, n_1, n_y: layer_shapes(n_x, n_y, n_1),
        "arrays-for-shapes": lambda *n: {name: np.zeros(shape) for name, shape in layer_shapes(*n).items()},
        "sizes-for-shapes": lambda n_x, n_1, n_y: (n_x, n_1, n_y),
    },
)


# --- initialize_hidden ---


def initialize_hidden(n_x, n_1, n_y, rng):
    return {
        "W1": 0.01 * rng.standard_normal((n_1, n_x)),
        "b1": np.zeros((n_1, 1)),
        "W2": 0.01 * rng.standard_normal((n_y, n_1)),
        "b2": np.zeros((n_y, 1)),
    }


def start_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_x, n_1, n_y in sizes(rng):
        yield n_x, n_1, n_y, np.random.default_rng(int(rng.integers(10**6)))


SMALL = 0.2  # of a start's weights, the largest standard deviation that still counts as such


def starts_small_and_different(call, rng: np.random.Generator) -> Iterator[Finding]:
    """What a start must be, whatever is drawn: biases 0, weights different from each other, around 0 and small."""
    n_x, n_1, n_y = int(rng.integers(100, 140)), int(rng.integers(100, 140)), 3
    args = (n_x, n_1, n_y, np.random.default_rng(int(rng.integers(10**6))))
    parameters, again = call(*args), call(n_x, n_1, n_y, np.random.default_rng(int(rng.integers(10**6))))
    for name in ("b1", "b2"):
        if parameters[name].any():
            yield Finding("bias-not-zero", {"name": name}, cause="bias-not-zero", case=args)
    for name in ("W1", "W2"):
        W = parameters[name]
        rows_differ, columns_differ = (np.ptp(W, axis=axis).all() for axis in (0, 1))
        if not W.any():
            yield Finding("all-zero", {"name": name}, cause="zeros-for-weights", case=args)
        elif not (rows_differ and columns_differ):
            yield Finding("units-alike", {"name": name}, cause="units-alike", case=args)
        elif len(np.unique(W)) < 0.9 * W.size:
            yield Finding("values-repeated", {"name": name}, cause="whole-numbers-drawn", case=args)
        elif np.array_equal(W, again[name]):
            yield Finding("same-for-every-generator", {"name": name}, cause="own-seed", case=args)
        elif abs(W.mean()) > 0.5 * W.std():
            yield Finding("not-around-zero", {"name": name, "mean": float(W.mean())}, cause="never-negative", case=args)
        elif W.std() > SMALL:
            yield Finding("too-large", {"name": name, "spread": float(W.std())}, cause="not-small", case=args)
        elif W.std() < 1e-6:
            yield Finding("too-small", {"name": name, "spread": float(W.std())}, cause="nearly-zero", case=args)
    few = min(parameters["W1"].size, parameters["W2"].size)
    first, second = parameters["W1"].ravel()[:few], parameters["W2"].ravel()[:few]
    if first.any() and abs(np.corrcoef(np.stack([first, second]))[0, 1] if first.std() and second.std() else 0) > 0.99:
        yield Finding("layers-alike", cause="layers-alike", case=args)


def starts_small_with_few_inputs(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Where 1/√n_x and its like, which belong to other activations, are far from small."""
    args = (int(rng.integers(2, 5)), 200, 3, np.random.default_rng(int(rng.integers(10**6))))
    spread = float(call(*args)["W1"].std())
    if spread > SMALL:
        yield Finding("too-large", {"name": "W1", "spread": spread}, cause="not-small", case=args)


def start(weights=lambda rng, shape: 0.01 * rng.standard_normal(shape), bias=lambda rng, shape: np.zeros(shape)):
    """A start with other rules (rng, shape) -> array for the weights and for the biases."""

    def initialize(n_x, n_1, n_y, rng):
        shapes = layer_shapes(n_x, n_1, n_y)
        return {name: (weights if name[0] == "W" else bias)(rng, shape) for name, shape in shapes.items()}

    return initialize


INITIALIZE = Exercise(
    id="05-initialize-hidden",
    points=2,
    reference=initialize_hidden,
    cases=start_cases,
    compare_values=False,
    properties=(
        starts_small_and_different,
        starts_small_with_few_inputs,
        goes_on_drawing(lambda rng: (4, 5, 2, np.random.default_rng(int(rng.integers(10**6))))),
    ),
    misconceptions={
        "zeros-for-weights": start(weights=lambda rng, shape: np.zeros(shape)),
        "ones-for-weights": start(weights=lambda rng, shape: np.ones(shape)),
        "same-number-everywhere": start(weights=lambda rng, shape: np.full(shape, 0.01)),
        "units-alike": start(
            weights=lambda rng, shape: 0.01 * np.repeat(rng.standard_normal((1, shape[1])), shape[0], 0)
        ),
        "one-number-drawn": start(weights=lambda rng, shape: np.full(shape, 0.01 * rng.standard_normal())),
        "not-small": start(weights=lambda rng, shape: rng.standard_normal(shape)),
        "hundred-times": start(weights=lambda rng, shape: 100 * rng.standard_normal(shape)),
        "never-negative": start(weights=lambda rng, shape: 0.01 * rng.random(shape)),
        "never-negative-and-not-small": start(weights=lambda rng, shape: rng.random(shape)),
        "bias-not-zero": start(bias=lambda rng, shape: 0.01 * rng.standard_normal(shape)),
        "bias-of-one": start(bias=lambda rng, shape: np.ones(shape)),
        "added-for-multiplied": start(weights=lambda rng, shape: 0.01 + rng.standard_normal(shape)),
    },
)


# --- tanh_forward ---


def tanh_forward(Z):
    return np.tanh(Z)


def tanh_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_1, m in draw.shapes(rng):
        yield (draw.inputs(rng, n_1, m),)
    yield (rng.permutation([1000.0, -1000.0, 30.0, -30.0, 0.0, 1.5]).reshape(2, 3),)


def naive_tanh(Z):
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


TANH = Exercise(
    id="05-tanh-forward",
    points=1,
    reference=tanh_forward,
    cases=tanh_cases,
    examples=[((np.array([[0.0, 1.0], [-2.0, 1000.0]]),), np.array([[0.0, 0.7615942], [-0.9640276, 1.0]]))],
    misconceptions={
        "overflow": naive_tanh,
        "overflow-in-one-direction": lambda Z: (np.exp(2 * Z) - 1) / (np.exp(2 * Z) + 1),
        "overflow-downwards": lambda Z: (1 - np.exp(-2 * Z)) / (1 + np.exp(-2 * Z)),
        "sigmoid-for-tanh": sigmoid,
        "relu-for-tanh": lambda Z: np.maximum(0, Z),
        "fraction-upside-down": lambda Z: 1 / np.tanh(Z),
        "numerator-only": np.sinh,
        "half-numerator-only": lambda Z: np.exp(Z) - np.exp(-Z),
        "denominator-only": np.cosh,
        "forgot-to-double": lambda Z: np.tanh(Z / 2),
        "doubled-argument": lambda Z: np.tanh(2 * Z),
        "forgot-to-stretch": lambda Z: sigmoid(2 * Z),
        "slope-for-value": lambda Z: 1 - np.tanh(Z) ** 2,
        "clipped-line": lambda Z: np.clip(Z, -1, 1),
        "tan-for-tanh": np.tan,
        "arctan-for-tanh": np.arctan,
        "arctanh-for-tanh": np.arctanh,
        "softsign": lambda Z: Z / (1 + np.abs(Z)),
        "sign-only": np.sign,
        "tanh-twice": lambda Z: np.tanh(np.tanh(Z)),
        "size-clipped-too-early": lambda Z: np.tanh(np.clip(Z, -1, 1)),
    },
)


# --- tanh_backward ---


def tanh_backward(dA, A):
    return dA * (1 - A**2)


def tanh_slope_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_1, m in draw.shapes(rng):
        yield draw.inputs(rng, n_1, m), np.round(np.tanh(draw.inputs(rng, n_1, m)), 2)
    yield draw.inputs(rng, 2, 3), rng.permutation([1.0, -1.0, 0.0, 0.5, -0.5, 0.25]).reshape(2, 3)
    sure = np.round(rng.uniform(0.991, 0.997, size=(2, 4)), 4)  # the slope is small there, and not 0
    yield draw.inputs(rng, 2, 4), sure * rng.choice([-1, 1], size=(2, 4))


def nearest_slope(wanted: dict, got: dict) -> Iterator[Finding]:
    """The first entry that is not the slope measured."""
    for name, slope in wanted.items():
        for i, j in np.ndindex(slope.shape):
            if abs(float(got[name][i, j]) - float(slope[i, j])) > 1e-4 * max(abs(float(slope[i, j])), 0.1):
                entry = f"{name}[{i}, {j}]"
                numbers = {"got": float(got[name][i, j]), "wanted": float(slope[i, j])}
                yield Finding("not-the-slope", {"moved": entry[1:], "entry": entry} | numbers)
                return


def tanh_has_this_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """dZ is how fast the sum of dA * tanh(Z) changes with Z: measured, not derived."""
    Z, dA = draw.inputs(rng, 3, 4), draw.inputs(rng, 3, 4)
    slopes = gradient_check.numerical_gradient(lambda moved: float(np.sum(dA * np.tanh(moved["Z"]))), {"Z": Z})
    yield from nearest_slope(slopes, {"dZ": call(dA, np.tanh(Z))})


def tanh_slope(slope):
    """dA times another slope of A."""
    return lambda dA, A: dA * slope(A)


TANH_BACKWARD = Exercise(
    id="05-tanh-backward",
    points=2,
    reference=tanh_backward,
    cases=tanh_slope_cases,
    examples=[((np.array([[1.0, -2.0, 4.0]]), np.array([[0.5, 0.0, -1.0]])), np.array([[0.75, -2.0, 0.0]]))],
    properties=(tanh_has_this_slope,),
    misconceptions={
        "forgot-da": lambda dA, A: 1 - A**2,
        "forgot-slope": lambda dA, A: dA,
        "forgot-square": tanh_slope(lambda A: 1 - A),
        "square-of-difference": tanh_slope(lambda A: (1 - A) ** 2),
        "plus-for-minus": tanh_slope(lambda A: 1 + A**2),
        "square-alone": tanh_slope(lambda A: A**2),
        "activation-for-slope": tanh_slope(lambda A: A),
        "sigmoid-derivative": tanh_slope(lambda A: A * (1 - A)),
        "relu-derivative": tanh_slope(lambda A: (A > 0).astype(float)),
        "tanh-applied-again": tanh_slope(lambda A: 1 - np.tanh(A) ** 2),
        "tanh-again-without-square": tanh_slope(lambda A: 1 - np.tanh(A)),
        "root-of-slope": tanh_slope(lambda A: np.sqrt(1 - A**2)),
        "doubled-for-squared": tanh_slope(lambda A: 1 - 2 * A),
        "minus-twice-a": tanh_slope(lambda A: -2 * A),
        "cubed": tanh_slope(lambda A: 1 - A**3),
        "divided-by-slope": lambda dA, A: dA / (1 - A**2),
        "added-to-slope": lambda dA, A: dA + (1 - A**2),
        "brackets-missing": lambda dA, A: dA * 1 - A**2,
        "square-on-product": lambda dA, A: 1 - (dA * A) ** 2,
        "arguments-exchanged": lambda dA, A: A * (1 - dA**2),
        "only-first-unit": lambda dA, A: np.where(np.arange(len(A))[:, None] == 0, tanh_backward(dA, A), 0),
        "squared-slope": tanh_slope(lambda A: (1 - A**2) ** 2),
    },
)


# --- hidden_forward ---


def forward_with(hidden=np.tanh, output=sigmoid, first=None, second=None, into_output=None):
    """The forward step with some of its parts replaced; with none replaced it is the right one.

    first(X, W1, b1) -> Z1, second(A1, W2, b2) -> Z2, into_output(Z1, A1) -> what the output unit reads.
    """

    def forward(X, parameters):
        W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
        Z1 = (first or affine)(X, W1, b1)
        A1 = hidden(Z1)
        Z2 = (second or affine)(into_output(Z1, A1) if into_output else A1, W2, b2)
        A2 = output(Z2)
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    return forward


def affine(A, W, b):
    return W @ A + b


def linear(A, W, b):
    return W @ A


def hidden_forward(X, parameters):
    return forward_with()(X, parameters)


def network_cases(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, dict]]:
    """(X, parameters) with 2 to 6 hidden units, once with a single one."""
    for k, (n_x, m) in enumerate(draw.shapes(rng)):
        n_1 = 1 if k == 3 else int(rng.integers(2, 7))
        yield draw.inputs(rng, n_x, m), draw.layers(rng, [n_x, n_1, 1], scale=0.6)


def forward_cases(rng: np.random.Generator) -> Iterator[Args]:
    yield from network_cases(rng)
    yield draw.inputs(rng, 2, 4), draw.layers(rng, [2, 4, 1], scale=0.6)  # as many units as examples
    sure = rng.permutation([1000.0, -1000.0, 30.0, -30.0, 1.5]).reshape(1, -1)
    yield (
        sure,
        {
            "W1": np.array([[1.0], [-0.5]]),
            "b1": np.array([[0.5], [0.25]]),
            "W2": np.array([[900.0, 0.5]]),
            "b2": np.array([[-0.25]]),
        },
    )


def cache_with(**changed):
    """The right answer with some entries of the cache replaced by functions of (X, cache)."""

    def forward(X, parameters):
        A2, cache = hidden_forward(X, parameters)
        return A2, cache | {name: entry(X, cache) for name, entry in changed.items()}

    return forward


def bias_1_after_tanh(X, parameters):
    Z1 = parameters["W1"] @ X
    A1 = np.tanh(Z1) + parameters["b1"]
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return sigmoid(Z2), {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}


FORWARD = Exercise(
    id="05-hidden-forward",
    points=2,
    reference=hidden_forward,
    cases=forward_cases,
    may_use=("activations.sigmoid", "activations.tanh"),
    examples=[
        (
            (X3, PARAMETERS),
            (
                np.array([[0.4543879, 0.9096390, 0.6266505]]),
                {
                    "Z1": np.array([[0.1, 1.1, 1.1], [0.3, -0.7, 0.3]]),
                    "A1": np.array([[0.0996680, 0.8004990, 0.8004990], [0.2913126, -0.6043678, 0.2913126]]),
                    "Z2": np.array([[-0.1829572, 2.3092346, 0.5178738]]),
                    "A2": np.array([[0.4543879, 0.9096390, 0.6266505]]),
                },
            ),
        )
    ],
    misconceptions={
        "forgot-tanh": forward_with(hidden=lambda Z: Z),
        "sigmoid-in-hidden-layer": forward_with(hidden=sigmoid),
        "relu-in-hidden-layer": forward_with(hidden=lambda Z: np.maximum(0, Z)),
        "softmax-in-hidden-layer": forward_with(hidden=lambda Z: np.exp(Z - Z.max(0)) / np.exp(Z - Z.max(0)).sum(0)),
        "slope-in-hidden-layer": forward_with(hidden=lambda Z: 1 - np.tanh(Z) ** 2),
        "tanh-twice": forward_with(hidden=lambda Z: np.tanh(np.tanh(Z))),
        "overflow": forward_with(hidden=naive_tanh),
        "overflow-in-sigmoid": forward_with(output=lambda Z: np.exp(Z) / (1 + np.exp(Z))),
        "forgot-sigmoid": forward_with(output=lambda Z: Z),
        "tanh-in-output": forward_with(output=np.tanh),
        "relu-in-output": forward_with(output=lambda Z: np.maximum(0, Z)),
        "wrong-sign-in-exp": forward_with(output=lambda Z: sigmoid(-Z)),
        "sigmoid-twice": forward_with(output=lambda Z: sigmoid(sigmoid(Z))),
        "labels-for-probabilities": forward_with(output=lambda Z: np.round(sigmoid(Z))),
        "softmax-over-one-unit": forward_with(output=np.ones_like),
        "activations-exchanged": forward_with(hidden=sigmoid, output=np.tanh),
        "forgot-biases": forward_with(first=linear, second=linear),
        "forgot-bias-1": forward_with(first=linear),
        "forgot-bias-2": forward_with(second=linear),
        "bias-subtracted": forward_with(first=lambda A, W, b: W @ A - b, second=lambda A, W, b: W @ A - b),
        "bias-1-after-tanh": bias_1_after_tanh,
        "output-reads-z1": forward_with(into_output=lambda Z1, A1: Z1),
        "cached-z1-for-a1": cache_with(A1=lambda X, cache: cache["Z1"]),
        "cached-a1-for-z1": cache_with(Z1=lambda X, cache: cache["A1"]),
        "cached-z2-for-a2": cache_with(A2=lambda X, cache: cache["Z2"]),
        "cached-a2-for-z2": cache_with(Z2=lambda X, cache: cache["A2"]),
        "cached-x-for-a1": cache_with(A1=lambda X, cache: X),
    },
    symptoms={
        "cache-without-names": lambda args, got, want: isinstance(got[1], (tuple, list)),
        "cache-incomplete": lambda args, got, want: isinstance(got[1], dict) and not set(want[1]) <= set(got[1]),
    },
)


# --- cross_entropy ---


def cross_entropy(A2, Y):
    return logistic_cost(A2, Y)


def stays_finite(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Exact 0 and 1 in A2 cost nothing where right, much where wrong; no cost is infinite; only a hair is cut."""
    order = rng.permutation(4)
    Y, mixed = np.array([[1.0, 1.0, 0.0, 0.0]])[:, order], np.array([[1.0, 0.0, 0.0, 1.0]])[:, order]
    for A2, low, high in ((Y, -1e-3, 1e-3), (mixed, 4.0, 1e3)):
        J = call(A2, Y, finite=False)
        if not np.isfinite(J):
            yield Finding("infinite-cost", {"got": J}, cause="no-clip", case=(A2, Y))
        elif not low <= J <= high:
            yield Finding("cost-of-certainty", {"got": J}, cause="clipped-too-much", case=(A2, Y))
    for values, case in near_certainty(call):
        yield Finding("cost-near-certainty", values, cause="clipped-too-much", case=case)


def has_logs_of_labels(args: Args, got, want) -> bool:
    """The log of a label is that of a clipped 0, so a loss is many times |A2 - Y|."""
    return bool(got > 8 * np.mean(np.abs(args[0] - args[1])))


COST = Exercise(
    id="05-cross-entropy",
    points=1,
    reference=cross_entropy,
    cases=cost_cases,
    examples=[((np.array([[0.8, 0.4, 0.5]]), Y3), float(-np.log(0.8 * 0.6 * 0.5) / 3))],
    tolerance=Tolerance(1e-4),  # so that a clip of 1e-5 is a hair too
    properties=(stays_finite,),
    misconceptions={
        "forgot-mean": cost_of(losses, np.sum),
        "forgot-minus": cost_of(lambda A, Y: -losses(A, Y)),
        "only-ones-count": cost_of(lambda A, Y: -Y * np.log(A)),
        "only-zeros-count": cost_of(lambda A, Y: -(1 - Y) * np.log(1 - A)),
        "minus-between-terms": cost_of(lambda A, Y: -(Y * np.log(A) - (1 - Y) * np.log(1 - A))),
        "minus-on-second-term-only": cost_of(lambda A, Y: Y * np.log(A) - (1 - Y) * np.log(1 - A)),
        "classes-swapped": cost_of(lambda A, Y: losses(1 - A, Y)),
        "log-a-in-both-terms": cost_of(lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log(A))),
        "squared-error": cost_of(lambda A, Y: (A - Y) ** 2),
        "half-squared-error": cost_of(lambda A, Y: (A - Y) ** 2 / 2),
        "absolute-error": cost_of(lambda A, Y: np.abs(A - Y)),
        "log-to-base-2": cost_of(lambda A, Y: losses(A, Y) / np.log(2)),
        "log-to-base-10": cost_of(lambda A, Y: losses(A, Y) / np.log(10)),
        "no-log": cost_of(lambda A, Y: -(Y * A + (1 - Y) * (1 - A))),
        "loss-of-each-example": losses,
        "product-of-losses": cost_of(losses, np.prod),
    },
    symptoms={"labels-and-probabilities-swapped": has_logs_of_labels},
)


# --- hidden_backward ---


def backward_with(
    dZ2=lambda A2, Y: A2 - Y,
    dA1=lambda W2, dZ2: W2.T @ dZ2,
    slope=lambda Z1, A1: 1 - A1**2,
    into_dW2="A1",
    share_1=lambda X, n_1: 1 / X.shape[1],
    share_2=lambda X, n_1: 1 / X.shape[1],
    share_of_biases=None,
    **changed,
):
    """The backward step with some of its parts replaced; with none replaced it is the right one.

    share_1, share_2: what the sums of each layer are multiplied by (the right one is 1/m).
    changed: dW1=…, functions of a dict of all that is known, in place of an entry.
    """

    def backward(X, Y, parameters, cache):
        n_1 = len(cache["A1"])
        e2 = dZ2(cache["A2"], Y)
        e1 = dA1(parameters["W2"], e2) * slope(cache["Z1"], cache["A1"])
        s1, s2 = share_1(X, n_1), share_2(X, n_1)
        t1, t2 = (s1, s2) if share_of_biases is None else (share_of_biases(X, n_1),) * 2
        grads = {
            "dW1": e1 @ X.T * s1,
            "db1": e1.sum(axis=1, keepdims=True) * t1,
            "dW2": e2 @ cache[into_dW2].T * s2,
            "db2": e2.sum(axis=1, keepdims=True) * t2,
        }
        known = grads | {"X": X, "dZ1": e1, "dZ2": e2, "m": X.shape[1]} | cache | parameters
        return grads | {name: entry(known) for name, entry in changed.items()}

    return backward


def hidden_backward(X, Y, parameters, cache):
    return backward_with()(X, Y, parameters, cache)


def backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for X, parameters in network_cases(rng):
        _, cache = hidden_forward(X, parameters)
        yield X, draw.labels(rng, X.shape[1]), parameters, cache


def agrees_with_the_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Each gradient is how fast J changes when that entry is moved a little: measured, not derived."""
    X, Y, parameters = draw.inputs(rng, 2, 5), draw.labels(rng, 5), draw.layers(rng, [2, 3, 1], scale=0.6)
    slopes = gradient_check.numerical_gradient(lambda moved: cost_at(X, Y, moved), parameters)
    yield from nearest_slope(slopes, call(X, Y, parameters, hidden_forward(X, parameters)[1]))


def cost_at(X, Y, parameters):
    return cross_entropy(hidden_forward(X, parameters)[0], Y)


def one(X, n_1):
    return 1


def tanh_slope_with(function):
    """The backward step with another slope of the hidden units."""
    return backward_with(slope=function)


BACKWARD = Exercise(
    id="05-hidden-backward",
    points=3,
    reference=hidden_backward,
    cases=backward_cases,
    examples=[
        (
            (X3, Y3, PARAMETERS, hidden_forward(X3, PARAMETERS)[1]),
            {
                "dW1": np.array([[-0.269469163, -0.198946536], [0.788427853, 0.551359188]]),
                "db1": np.array([[-0.115852110], [0.175727966]]),
                "dW2": np.array([[0.124973028, -0.272487202]]),
                "db2": np.array([[-0.003107577]]),
            },
        )
    ],
    properties=(agrees_with_the_slope,),
    misconceptions={
        "forgot-mean": backward_with(share_1=one, share_2=one),
        "forgot-mean-in-layer-1": backward_with(share_1=one),
        "forgot-mean-in-layer-2": backward_with(share_2=one),
        "forgot-mean-in-biases": backward_with(share_of_biases=one),
        "forgot-mean-in-weights": backward_with(
            share_1=one, share_2=one, share_of_biases=lambda X, n_1: 1 / X.shape[1]
        ),
        "mean-over-features": backward_with(share_1=lambda X, n_1: 1 / len(X), share_2=lambda X, n_1: 1 / len(X)),
        "mean-over-units": backward_with(share_2=lambda X, n_1: 1 / n_1),
        "mean-twice": backward_with(
            share_1=lambda X, n_1: 1 / X.shape[1] ** 2, share_2=lambda X, n_1: 1 / X.shape[1] ** 2
        ),
        "mean-twice-in-layer-1": backward_with(share_1=lambda X, n_1: 1 / X.shape[1] ** 2),
        "difference-reversed": backward_with(dZ2=lambda A2, Y: Y - A2),
        "sigmoid-derivative-twice": backward_with(dZ2=lambda A2, Y: (A2 - Y) * A2 * (1 - A2)),
        "stopped-at-da2": backward_with(dZ2=lambda A2, Y: (A2 - Y) / (A2 * (1 - A2))),
        "tanh-slope-in-output": backward_with(dZ2=lambda A2, Y: (A2 - Y) * (1 - A2**2)),
        "labels-unused": backward_with(dZ2=lambda A2, Y: A2),
        "labels-for-activations": backward_with(dZ2=lambda A2, Y: np.round(A2) - Y),
        "squared-difference": backward_with(dZ2=lambda A2, Y: (A2 - Y) ** 2),
        "absolute-difference": backward_with(dZ2=lambda A2, Y: np.abs(A2 - Y)),
        "forgot-tanh-slope": tanh_slope_with(lambda Z1, A1: 1),
        "forgot-square": tanh_slope_with(lambda Z1, A1: 1 - A1),
        "square-of-difference": tanh_slope_with(lambda Z1, A1: (1 - A1) ** 2),
        "plus-for-minus": tanh_slope_with(lambda Z1, A1: 1 + A1**2),
        "square-alone": tanh_slope_with(lambda Z1, A1: A1**2),
        "activation-for-slope": tanh_slope_with(lambda Z1, A1: A1),
        "slope-at-z1": tanh_slope_with(lambda Z1, A1: 1 - Z1**2),
        "slope-of-a1": tanh_slope_with(lambda Z1, A1: 1 - np.tanh(A1) ** 2),
        "sigmoid-slope-in-hidden-layer": tanh_slope_with(lambda Z1, A1: A1 * (1 - A1)),
        "sigmoid-slope-at-z1": tanh_slope_with(lambda Z1, A1: sigmoid(Z1) * sigmoid(-Z1)),
        "relu-slope-in-hidden-layer": tanh_slope_with(lambda Z1, A1: (Z1 > 0).astype(float)),
        "tanh-slope-twice": tanh_slope_with(lambda Z1, A1: (1 - A1**2) ** 2),
        "output-weights-unused": backward_with(dA1=lambda W2, dZ2: np.ones_like(W2.T) @ dZ2),
        "output-weights-averaged": backward_with(dA1=lambda W2, dZ2: np.full_like(W2.T, W2.mean()) @ dZ2),
        "z1-for-a1": backward_with(into_dW2="Z1"),
        "hidden-weights-frozen": backward_with(dW1=lambda k: np.zeros_like(k["W1"])),
        "hidden-layer-frozen": backward_with(
            dW1=lambda k: np.zeros_like(k["W1"]), db1=lambda k: np.zeros_like(k["b1"])
        ),
        "bias-for-each-example": backward_with(db1=lambda k: k["dZ1"] / k["m"], db2=lambda k: k["dZ2"] / k["m"]),
        "bias-1-for-each-example": backward_with(db1=lambda k: k["dZ1"] / k["m"]),
        "bias-2-for-each-example": backward_with(db2=lambda k: k["dZ2"] / k["m"]),
        "one-bias-for-all-units": backward_with(db1=lambda k: k["dZ1"].sum(keepdims=True) / k["m"]),
        "bias-1-summed-over-units": backward_with(db1=lambda k: k["dZ1"].sum(axis=0, keepdims=True) / k["m"]),
        "same-bias-in-all-units": backward_with(db1=lambda k: np.full_like(k["b1"], k["dZ1"].sum() / k["m"])),
        "bias-1-from-output": backward_with(db1=lambda k: k["W2"].T * k["db2"]),
        "bias-2-for-bias-1": backward_with(db1=lambda k: k["db2"]),
    },
)


# --- update_parameters ---


def update_parameters(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


def update_cases(rng: np.random.Generator) -> Iterator[Args]:
    several = int(rng.integers(2, 9)), int(rng.integers(2, 9))
    yield from draw.updates(rng, ([n_x, n_1, 1] for n_x, n_1 in ((2, 3), (1, 2), (3, 1), several)))


def downhill(p, d, rate):
    return p - rate * d


def kept(p, d, rate):
    return p


def update_with(rule, names=("W1", "b1", "W2", "b2")):
    """The update with another rule (p, d, rate) -> new p for some of the parameters."""
    return lambda parameters, grads, rate: {
        name: (rule if name in names else downhill)(parameters[name], grads[f"d{name}"], rate) for name in parameters
    }


def another_rate(args: Args, got, want) -> bool:
    """All parameters have moved against their gradients, and by the same multiple of them."""
    parameters, grads, _ = args
    rates = [(parameters[name] - got[name]) / grads[f"d{name}"] for name in want]
    return rates[0][0, 0] > 0 and all(np.allclose(rate, rates[0][0, 0], rtol=1e-6) for rate in rates)


WEIGHTS, BIASES, LAYER_1, LAYER_2 = ("W1", "W2"), ("b1", "b2"), ("W1", "b1"), ("W2", "b2")

UPDATE = Exercise(
    id="05-update-parameters",
    points=1,
    reference=update_parameters,
    cases=update_cases,
    examples=[
        (
            (
                {"W1": np.array([[1.0], [-2.0]]), "b1": np.array([[0.5], [0.0]])}
                | {"W2": np.array([[3.0, -1.0]]), "b2": np.array([[0.25]])},
                {"dW1": np.array([[0.5], [1.0]]), "db1": np.array([[-1.0], [2.0]])}
                | {"dW2": np.array([[-2.0, 0.0]]), "db2": np.array([[0.5]])},
                0.1,
            ),
            {"W1": np.array([[0.95], [-2.1]]), "b1": np.array([[0.6], [-0.2]])}
            | {"W2": np.array([[3.2, -1.0]]), "b2": np.array([[0.2]])},
        )
    ],
    misconceptions={
        "uphill": update_with(lambda p, d, rate: p + rate * d),
        "biases-uphill": update_with(lambda p, d, rate: p + rate * d, BIASES),
        "weights-uphill": update_with(lambda p, d, rate: p + rate * d, WEIGHTS),
        "layer-1-uphill": update_with(lambda p, d, rate: p + rate * d, LAYER_1),
        "layer-2-uphill": update_with(lambda p, d, rate: p + rate * d, LAYER_2),
        "learning-rate-ignored": update_with(lambda p, d, rate: p - d),
        "learning-rate-not-on-biases": update_with(lambda p, d, rate: p - d, BIASES),
        "learning-rate-not-on-weights": update_with(lambda p, d, rate: p - d, WEIGHTS),
        "learning-rate-not-on-layer-1": update_with(lambda p, d, rate: p - d, LAYER_1),
        "learning-rate-not-on-layer-2": update_with(lambda p, d, rate: p - d, LAYER_2),
        "nothing-changed": update_with(kept),
        "biases-not-updated": update_with(kept, BIASES),
        "weights-not-updated": update_with(kept, WEIGHTS),
        "layer-1-not-updated": update_with(kept, LAYER_1),
        "layer-2-not-updated": update_with(kept, LAYER_2),
        "b1-not-updated": update_with(kept, ("b1",)),
        "b2-not-updated": update_with(kept, ("b2",)),
        "w1-not-updated": update_with(kept, ("W1",)),
        "w2-not-updated": update_with(kept, ("W2",)),
        "returns-the-change": update_with(lambda p, d, rate: -rate * d),
        "returns-the-scaled-gradient": update_with(lambda p, d, rate: rate * d),
        "returns-the-gradient": update_with(lambda p, d, rate: d),
        "learning-rate-on-everything": update_with(lambda p, d, rate: rate * (p - d)),
        "learning-rate-on-parameters": update_with(lambda p, d, rate: rate * p - d),
        "divided-by-learning-rate": update_with(lambda p, d, rate: p - d / rate),
        "learning-rate-added": update_with(lambda p, d, rate: p - (rate + d)),
        "product-for-difference": update_with(lambda p, d, rate: p * (rate * d)),
        "reversed-difference": update_with(lambda p, d, rate: rate * d - p),
        "direction-only": update_with(lambda p, d, rate: p - rate * np.sign(d)),
        "step-twice": update_with(lambda p, d, rate: p - 2 * rate * d),
        "slopes-by-position": by_position,
    },
    symptoms={"another-learning-rate": another_rate},
)


# --- fit_hidden ---


def fit_with(
    update=update_parameters,
    backward=hidden_backward,
    forward=hidden_forward,
    cost=cross_entropy,
    extra=0,
    first=lambda parameters: parameters,
):
    """Gradient descent with some of its parts replaced; with none replaced it is the right one."""

    def fit(X, Y, parameters, steps, learning_rate):
        parameters, costs = first(parameters), []
        for _ in range(steps + extra):
            A2, cache = forward(X, parameters)
            costs.append(cost(A2, Y))
            parameters = update(parameters, backward(X, Y, parameters, cache), learning_rate)
        return parameters, costs

    return fit


def fit_hidden(X, Y, parameters, steps, learning_rate):
    return fit_with()(X, Y, parameters, steps, learning_rate)


def fit_changed(change):
    """The right answer with something done to it: (X, Y, parameters, costs) -> (parameters, costs)."""

    def fit(X, Y, parameters, steps, learning_rate):
        return change(X, Y, *fit_hidden(X, Y, parameters, steps, learning_rate))

    return fit


def costs_changed(change):
    return fit_changed(lambda X, Y, parameters, costs: (parameters, change(costs)))


def same_gradient_each_step(X, Y, parameters, steps, learning_rate):
    grads, costs = hidden_backward(X, Y, parameters, hidden_forward(X, parameters)[1]), []
    for _ in range(steps):
        costs.append(cost_at(X, Y, parameters))
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def same_answers_each_step(X, Y, parameters, steps, learning_rate):
    """The forward step stands before the loop; the backward step gets new parameters and old activations."""
    (A2, cache), costs = hidden_forward(X, parameters), []
    for _ in range(steps):
        costs.append(cross_entropy(A2, Y))
        parameters = update_parameters(parameters, hidden_backward(X, Y, parameters, cache), learning_rate)
    return parameters, costs


def parameters_one_step_behind(X, Y, parameters, steps, learning_rate):
    return (
        fit_hidden(X, Y, parameters, steps - 1, learning_rate)[0],
        fit_hidden(X, Y, parameters, steps, learning_rate)[1],
    )


def in_turns(groups, through_old_cache=False):
    """Groups of parameters move one after the other, each seeing those before it moved already.

    through_old_cache: the activations are still the old ones, only W2 in the backward step is new.
    """

    def fit(X, Y, parameters, steps, learning_rate):
        costs = []
        for _ in range(steps):
            costs.append(cost_at(X, Y, parameters))
            _, cache = hidden_forward(X, parameters)
            for names in groups:
                if not through_old_cache:
                    _, cache = hidden_forward(X, parameters)
                grads = hidden_backward(X, Y, parameters, cache)
                parameters = parameters | {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in names}
        return parameters, costs

    return fit


def one_example_at_a_time(X, Y, parameters, steps, learning_rate):
    costs = []
    for _ in range(steps):
        costs.append(cost_at(X, Y, parameters))
        for j in range(X.shape[1]):
            x, y = X[:, j : j + 1], Y[:, j : j + 1]
            grads = hidden_backward(x, y, parameters, hidden_forward(x, parameters)[1])
            parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def fit_cases(rng: np.random.Generator) -> Iterator[Args]:
    *few, (X, parameters) = network_cases(rng)
    for x, start in few:
        yield x, draw.labels(rng, x.shape[1]), start, int(rng.integers(3, 10)), draw.learning_rate(rng)
    yield cost_stands_still(rng)
    yield cost_rises(rng)
    yield X, draw.labels(rng, X.shape[1]), parameters, int(rng.integers(3, 10)), draw.learning_rate(rng)
    yield draw.inputs(rng, 3, 8), draw.labels(rng, 8), draw.layers(rng, [3, 4, 1], scale=0.6), 1, 0.3


def takes_many_steps(call, rng: np.random.Generator) -> Iterator[Finding]:
    """No limit is set to the steps. They take their time, so that no cause is looked for with so many."""
    steps, parameters = int(rng.integers(120, 180)), draw.layers(rng, [2, 2, 1], scale=0.6)
    args = draw.inputs(rng, 2, 4), draw.labels(rng, 4), parameters, steps, small_steps(rng, steps)
    for name in ends_elsewhere(call, args):
        yield Finding("ends-elsewhere", {"name": name, "steps": steps}, cause="stops-early", case=args)
        return


def goes_on_when_the_cost_is_small(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Classes far apart: the cost is near 0 after a few steps, and all steps are taken all the same."""
    X = rng.permutation([[2.5, 3.0, -2.0, -3.5]], axis=1)
    start = {
        "W1": np.array([[0.5], [0.75]]),
        "b1": np.zeros((2, 1)),
        "W2": np.array([[1.0, 0.5]]),
        "b2": np.zeros((1, 1)),
    }
    args = X, (X > 0).astype(float), start, 60, 0.9
    for name in ends_elsewhere(call, args):
        yield Finding("ends-elsewhere", {"name": name, "steps": 60}, cause="stops-early", case=args)
        return


def cost_stands_still(rng: np.random.Generator) -> Args:
    """Four examples alike, three of them labelled 1, and the answer is 3/4: all slopes are 0 from the start."""
    x, parameters = draw.inputs(rng, 2, 1), draw.layers(rng, [2, 2, 1])
    score = hidden_forward(x, parameters)[1]["Z2"]
    parameters["b2"] = parameters["b2"] - score + np.log(3)
    return np.repeat(x, 4, axis=1), rng.permutation([[0.0, 1.0, 1.0, 1.0]], axis=1), parameters, 5, 0.3


def cost_rises(rng: np.random.Generator) -> Args:
    """Steps too long: the cost is 0.61, then 1.54 and 1.25; all steps are taken all the same."""
    units, columns = rng.permutation(2), rng.permutation(2)
    parameters = {
        "W1": np.array([[1.0], [0.5]])[units],
        "b1": np.array([[-1.5], [-1.25]])[units],
        "W2": np.array([[-0.5, -3.0]])[:, units],
        "b2": np.array([[-1.25]]),
    }
    return np.array([[1.25, 1.5]])[:, columns], np.array([[1.0, 0.0]])[:, columns], parameters, 3, 1.5


def with_an_eye_on_the_cost(X, Y, parameters, steps, learning_rate, slower=1.0, keep_best=False):
    """A rate that falls when the cost rises, or the best parameters kept: more than the task asks for."""
    costs, seen = [], []
    for _ in range(steps):
        costs.append(cost_at(X, Y, parameters))
        seen.append(parameters)
        if len(costs) > 1 and costs[-1] > costs[-2]:
            learning_rate *= slower
        grads = hidden_backward(X, Y, parameters, hidden_forward(X, parameters)[1])
        parameters = update_parameters(parameters, grads, learning_rate)
    best = min([*seen, parameters], key=lambda p: cost_at(X, Y, p))
    return best if keep_best else parameters, costs


def starts_elsewhere(args: Args, got, want) -> bool:
    """The first cost is not that of the parameters that were handed over."""
    steps = args[3]
    wrong_start = abs(float(got[1][0]) - want[1][0]) > 1e-6 * max(1, abs(want[1][0]))
    return wrong_start and len(got[1]) == steps and got[0]["W1"].shape == want[0]["W1"].shape


FIT = Exercise(
    id="05-fit-hidden",
    points=3,
    reference=fit_hidden,
    cases=fit_cases,
    may_use=("activations.sigmoid", "activations.tanh"),
    properties=(takes_many_steps, goes_on_when_the_cost_is_small),
    examples=[
        (
            (X3, Y3, PARAMETERS, 2, 0.5),
            (
                {
                    "W1": np.array([[0.67427103, -0.83198869], [-0.25905403, -0.01906106]]),
                    "b1": np.array([[0.14171140], [-0.16755804]]),
                    "W2": np.array([[0.85240468, -1.81668756]]),
                    "b2": np.array([[0.21330266]]),
                },
                [1.22003753, 0.81164707],
            ),
        )
    ],
    misconceptions={
        "cost-after-the-step": fit_changed(lambda X, Y, p, costs: (p, [*costs[1:], cost_at(X, Y, p)])),
        "cost-before-and-after": fit_changed(lambda X, Y, p, costs: (p, [*costs, cost_at(X, Y, p)])),
        "parameters-never-replaced": fit_with(update=lambda p, d, rate: p),
        "same-gradient-each-step": same_gradient_each_step,
        "same-answers-each-step": same_answers_each_step,
        "uphill": fit_with(update=UPDATE.misconceptions["uphill"]),
        "learning-rate-ignored": fit_with(update=UPDATE.misconceptions["learning-rate-ignored"]),
        "biases-not-updated": fit_with(update=UPDATE.misconceptions["biases-not-updated"]),
        "weights-not-updated": fit_with(update=UPDATE.misconceptions["weights-not-updated"]),
        "layer-1-not-updated": fit_with(update=UPDATE.misconceptions["layer-1-not-updated"]),
        "layer-2-not-updated": fit_with(update=UPDATE.misconceptions["layer-2-not-updated"]),
        "b1-not-updated": fit_with(update=UPDATE.misconceptions["b1-not-updated"]),
        "b2-not-updated": fit_with(update=UPDATE.misconceptions["b2-not-updated"]),
        "step-twice": fit_with(update=UPDATE.misconceptions["step-twice"]),
        "forgot-mean": fit_with(backward=BACKWARD.misconceptions["forgot-mean"]),
        "forgot-mean-in-biases": fit_with(backward=BACKWARD.misconceptions["forgot-mean-in-biases"]),
        "forgot-mean-in-layer-1": fit_with(backward=BACKWARD.misconceptions["forgot-mean-in-layer-1"]),
        "forgot-tanh-slope": fit_with(backward=BACKWARD.misconceptions["forgot-tanh-slope"]),
        "forgot-square": fit_with(backward=BACKWARD.misconceptions["forgot-square"]),
        "slope-at-z1": fit_with(backward=BACKWARD.misconceptions["slope-at-z1"]),
        "sigmoid-derivative-twice": fit_with(backward=BACKWARD.misconceptions["sigmoid-derivative-twice"]),
        "forgot-biases": fit_with(forward=FORWARD.misconceptions["forgot-biases"]),
        "one-step-too-many": fit_with(extra=1),
        "one-step-too-few": fit_with(extra=-1),
        "parameters-one-step-behind": parameters_one_step_behind,
        "output-layer-first": in_turns([LAYER_2, LAYER_1]),
        "hidden-layer-first": in_turns([LAYER_1, LAYER_2]),
        "new-output-weights-in-backward": in_turns([LAYER_2, LAYER_1], through_old_cache=True),
        "one-example-at-a-time": one_example_at_a_time,
        "starts-from-zeros": fit_with(first=lambda p: {name: np.zeros_like(array) for name, array in p.items()}),
        "biases-start-from-zeros": fit_with(first=lambda p: p | {name: np.zeros_like(p[name]) for name in BIASES}),
        "cost-not-averaged": fit_with(cost=COST.misconceptions["forgot-mean"]),
        "cost-is-squared-error": fit_with(cost=COST.misconceptions["squared-error"]),
        "cost-lacks-minus": fit_with(cost=COST.misconceptions["forgot-minus"]),
        "only-last-cost": costs_changed(lambda costs: costs[-1]),
        "only-last-cost-in-a-list": costs_changed(lambda costs: costs[-1:]),
        "only-first-cost-in-a-list": costs_changed(lambda costs: costs[:1]),
        "costs-reversed": costs_changed(lambda costs: costs[::-1]),
        "costs-added-up": costs_changed(lambda costs: list(np.cumsum(costs))),
        "start-returned": lambda X, Y, p, steps, rate: (p, fit_hidden(X, Y, p, steps, rate)[1]),
        "best-parameters-kept": lambda *args: with_an_eye_on_the_cost(*args, keep_best=True),
        "rate-halved-when-cost-rises": lambda *args: with_an_eye_on_the_cost(*args, slower=0.5),
    },
    symptoms={"other-start": starts_elsewhere, "stops-early": stops_early},
)


# --- predict_hidden ---


def predict_hidden(X, parameters):
    return (hidden_forward(X, parameters)[0] > 0.5).astype(int)


def predict_cases(rng: np.random.Generator) -> Iterator[Args]:
    for X, parameters in network_cases(rng):
        while (np.abs(hidden_forward(X, parameters)[1]["Z2"]) < 0.02).any():  # rounding must not decide a label
            # With the bias, because there are parameters that give about 0 for nearly every X.
            X, parameters = draw.inputs(rng, *X.shape), parameters | {"b2": parameters["b2"] + 0.37}
        yield X, parameters
    # tanh is exactly 0, 1 and -1 here, so A2 is exactly one half for some examples. The other cases tell each bias,
    # each activation and each end of the sigmoid from its neighbours, which the random ones do with luck only.
    X = rng.permutation([0.25, -0.25, 2.0, -2.0, 0.0, 1000.0, -1000.0]).reshape(1, -1)
    for b1, W2, b2 in (
        (0, 0.75, 0),
        (0, -0.5, 0.5),
        (0, 3, -1),
        (0.5, 2, -0.3),
        (0, 2, 0.6),
        (0, 1, -0.8),
        (0, 900, 0),
    ):
        values = {"W1": 1.0, "b1": b1, "W2": W2, "b2": b2}
        yield X, {name: np.array([[float(value)]]) for name, value in values.items()}


def labels_where(is_one, forward=hidden_forward):
    """Labels by another rule for Z2."""
    return lambda X, parameters: np.array(is_one(forward(X, parameters)[1]["Z2"])).astype(int)


def positive(Z):
    return Z > 0


PREDICT = Exercise(
    id="05-predict-hidden",
    points=1,
    reference=predict_hidden,
    cases=predict_cases,
    may_use=("activations.sigmoid", "activations.tanh"),
    examples=[
        (
            (
                np.array([[0.0, 0.5, -2.0, 3.0]]),
                {
                    "W1": np.array([[1.0], [-1.0]]),
                    "b1": np.array([[0.0], [0.0]]),
                    "W2": np.array([[1.0, -1.0]]),
                    "b2": np.array([[0.0]]),
                },
            ),
            np.array([[0, 1, 0, 1]]),
        )
    ],
    misconceptions={
        "probabilities-returned": lambda X, p: hidden_forward(X, p)[0],
        "weighted-sum-returned": lambda X, p: hidden_forward(X, p)[1]["Z2"],
        "labels-swapped": labels_where(lambda Z: Z <= 0),
        "tie-counted-as-one": labels_where(lambda Z: Z >= 0),
        "labels-swapped-and-tie": labels_where(lambda Z: Z < 0),
        "half-of-the-weighted-sum": labels_where(lambda Z: Z > 0.5),
        "threshold-zero-after-sigmoid": labels_where(lambda Z: sigmoid(Z) > 0),
        "plus-and-minus-one": lambda X, p: np.where(hidden_forward(X, p)[1]["Z2"] > 0, 1, -1),
        "sign-of-the-weighted-sum": lambda X, p: np.sign(hidden_forward(X, p)[1]["Z2"]),
        "cut-to-whole-numbers": labels_where(lambda Z: sigmoid(Z).astype(int)),
        "mean-as-threshold": labels_where(lambda Z: sigmoid(Z) > sigmoid(Z).mean()),
        "one-label-for-all": lambda X, p: int(hidden_forward(X, p)[1]["Z2"].mean() > 0),
        "argmax": labels_where(lambda Z: np.argmax(Z, axis=0).reshape(1, -1)),
        "hidden-units-labelled": lambda X, p: (hidden_forward(X, p)[1]["A1"] > 0.5).astype(int),
        "forgot-biases": labels_where(positive, FORWARD.misconceptions["forgot-biases"]),
        "forgot-bias-1": labels_where(positive, FORWARD.misconceptions["forgot-bias-1"]),
        "forgot-bias-2": labels_where(positive, FORWARD.misconceptions["forgot-bias-2"]),
        "forgot-tanh": labels_where(positive, FORWARD.misconceptions["forgot-tanh"]),
        "sigmoid-in-hidden-layer": labels_where(positive, FORWARD.misconceptions["sigmoid-in-hidden-layer"]),
        "relu-in-hidden-layer": labels_where(positive, FORWARD.misconceptions["relu-in-hidden-layer"]),
    },
)

EXERCISES = (SHAPES, INITIALIZE, TANH, TANH_BACKWARD, FORWARD, COST, BACKWARD, UPDATE, FIT, PREDICT)
