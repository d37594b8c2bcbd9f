"""Assignment 06, deep networks: one layer forward and backward, and loops over all of them, for any depth.

linear_cache = (A_prev, W, b), activation_cache = Z, and a layer's cache is the pair of both, as in the lectures.
"""

from collections.abc import Iterator

import numpy as np

from helpers import gradient_check
from helpers.checks import draw
from helpers.checks.a03_one_neuron import COST as LOGISTIC_COST
from helpers.checks.a03_one_neuron import (
    by_position,
    cost_cases,
    has_logs_of_labels,
    logistic_cost,
    near_certainty,
    sigmoid,
)
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, Finding
from helpers.checks.in_a_row import goes_on_drawing

NAMES = ("sigmoid", "relu", "tanh")

# The examples of the notebook: a layer of two units reads two features of three examples.
X3, Y3 = np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]]), np.array([[1, 0, 1]])
W, B = np.array([[0.5, -1.0], [0.25, 0.5]]), np.array([[0.1], [-0.2]])
Z3 = np.array([[0.1, 1.1, 1.1], [0.3, -0.7, 0.3]])
RELU_Z3 = np.array([[0.1, 1.1, 1.1], [0.3, 0.0, 0.3]])
DZ3 = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]])
PARAMETERS = {"W1": W, "b1": B, "W2": np.array([[1.0, -2.0]]), "b2": np.array([[0.3]])}  # Z2 = -0.2, 1.4, 0.8


def relu(Z):
    return np.maximum(0, Z)


def relu_slope(Z):
    return (Z > 0).astype(Z.dtype)


def at_zero(slope):
    """The slope of the ReLU with another value where the ReLU has its kink."""
    return lambda Z: np.heaviside(Z, slope)


def sigmoid_slope(Z):
    return sigmoid(Z) * sigmoid(-Z)


def tanh_slope(Z):
    return 1 - np.tanh(Z) ** 2


VALUES = {"sigmoid": sigmoid, "relu": relu, "tanh": np.tanh}
SLOPES = {"sigmoid": sigmoid_slope, "relu": relu_slope, "tanh": tanh_slope}


def nearest_slope(wanted: dict, got: dict) -> Iterator[Finding]:
    """The first entry that is not the slope measured."""
    for name, slope in wanted.items():
        for i, j in np.ndindex(slope.shape):
            if abs(float(got[name][i, j]) - float(slope[i, j])) > 1e-4 * max(abs(float(slope[i, j])), 0.1):
                entry = f"{name}[{i}, {j}]"
                numbers = {"got": float(got[name][i, j]), "wanted": float(slope[i, j])}
                yield Finding("not-the-slope", {"moved": entry[1:], "entry": entry} | numbers)
                return


# --- initialize_deep ---


def initialize_deep(layer_sizes, rng):
    parameters = {}
    for l in range(1, len(layer_sizes)):
        n, n_prev = layer_sizes[l], layer_sizes[l - 1]
        parameters[f"W{l}"] = np.sqrt(2 / n_prev) * rng.standard_normal((n, n_prev))
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def start_cases(rng: np.random.Generator) -> Iterator[Args]:
    several = [[int(n) for n in rng.integers(2, 9, size=depth)] for depth in (3, 4, 6)]
    deep = [2, 3] * 6
    for sizes in ([2, 3, 1], [1, 1], [5, 1], [1, 4, 2, 1], [3, 3, 3, 3], *([*sizes, 1] for sizes in several), deep):
        yield list(sizes), np.random.default_rng(int(rng.integers(10**6)))


# What people scale by: the standard deviation as a function of n[l], n[l-1] and n[0].
SPREADS = {
    "not-scaled": lambda n, n_prev, n_x: 1.0,
    "small-at-every-width": lambda n, n_prev, n_x: 0.01,
    "one-for-two": lambda n, n_prev, n_x: np.sqrt(1 / n_prev),
    "root-forgotten": lambda n, n_prev, n_x: 2 / n_prev,
    "scaled-by-own-units": lambda n, n_prev, n_x: np.sqrt(2 / n),
    "scaled-by-features": lambda n, n_prev, n_x: np.sqrt(2 / n_x),
    "scaled-by-both": lambda n, n_prev, n_x: np.sqrt(2 / (n + n_prev)),
    "root-of-width-only": lambda n, n_prev, n_x: np.sqrt(n_prev),
    "divided-by-scale": lambda n, n_prev, n_x: np.sqrt(n_prev / 2),
}


def starts_as_he_says(call, rng: np.random.Generator) -> Iterator[Finding]:
    """What a start must be, whatever is drawn: biases 0, weights different, around 0 and as large as the task says."""
    sizes = [int(n) for n in np.array([90, 150, 110, 130]) + rng.integers(0, 15, size=4)]
    args = sizes, np.random.default_rng(int(rng.integers(10**6)))
    parameters, again = call(*args), call(sizes, np.random.default_rng(int(rng.integers(10**6))))
    spreads = {}
    for l in range(1, len(sizes)):
        name, W = f"W{l}", parameters[f"W{l}"]
        wanted = np.sqrt(2 / sizes[l - 1])
        if parameters[f"b{l}"].any():
            yield Finding("bias-not-zero", {"name": f"b{l}"}, cause="bias-not-zero", case=args)
        if not W.any():
            yield Finding("all-zero", {"name": name}, cause="zeros-for-weights", case=args)
        elif not (np.ptp(W, axis=0).all() and np.ptp(W, axis=1).all()):
            yield Finding("units-alike", {"name": name}, cause="units-alike", case=args)
        elif len(np.unique(W)) < 0.9 * W.size:
            yield Finding("values-repeated", {"name": name}, cause="whole-numbers-drawn", case=args)
        elif np.array_equal(W, again[name]):
            yield Finding("same-for-every-generator", {"name": name}, cause="own-seed", case=args)
        elif abs(W.mean()) > 0.3 * W.std():
            yield Finding("not-around-zero", {"name": name, "mean": float(W.mean())}, cause="never-negative", case=args)
        elif abs(W.std() / wanted - 1) > 0.08:
            spreads[l] = float(W.std())
    if spreads:
        l = min(spreads)
        found = {"name": f"W{l}", "spread": spreads[l], "wanted": np.sqrt(2 / sizes[l - 1]), "n_prev": sizes[l - 1]}
        yield Finding("spread", found, cause=_scale_used(parameters, sizes), case=args)
    first, second = parameters["W1"].ravel()[:2000], parameters["W2"].ravel()[:2000]
    if first.std() and second.std() and abs(np.corrcoef(np.stack([first, second]))[0, 1]) > 0.99:
        yield Finding("layers-alike", cause="layers-alike", case=args)


def _scale_used(parameters: dict, sizes: list[int]) -> str:
    for cause, spread in SPREADS.items():
        layers = range(1, len(sizes))
        if all(abs(parameters[f"W{l}"].std() / spread(sizes[l], sizes[l - 1], sizes[0]) - 1) < 0.05 for l in layers):
            return cause
    return "another-spread"


def shapes_are(weights, biases):
    """Every W and b of the answer has the shape that these functions of the wanted shapes say, and one has not its own.

    Squares cannot tell, so that a cause must hold for all and is named only where the forms differ.
    """

    def holds(args: Args, got, want) -> bool:
        return set(want) <= set(got) and all(
            np.shape(got[name]) == (weights if name[0] == "W" else biases)(want[name].shape) for name in want
        )

    return holds


def lacks(which):
    """Exactly these names are missing: a function of the list of all names, layer after layer."""
    return lambda args, got, want: set(got) == set(want) - set(which(list(want)))


def start(weights=None, bias=lambda rng, n: np.zeros((n, 1)), layers=lambda L: range(1, L + 1)):
    """A start with other rules: (rng, n, n_prev, n_x) -> W, (rng, n) -> b, and the layers that get one."""
    weights = weights or (lambda rng, n, n_prev, n_x: np.sqrt(2 / n_prev) * rng.standard_normal((n, n_prev)))

    def initialize(layer_sizes, rng):
        parameters = {}
        for l in layers(len(layer_sizes) - 1):
            n, n_prev = layer_sizes[l], layer_sizes[l - 1]
            parameters[f"W{l}"] = weights(rng, n, n_prev, layer_sizes[0])
            parameters[f"b{l}"] = bias(rng, n)
        return parameters

    return initialize


def spread(name):
    scale = SPREADS[name]
    return start(lambda rng, n, n_prev, n_x: scale(n, n_prev, n_x) * rng.standard_normal((n, n_prev)))


def he(n_prev):
    return np.sqrt(2 / n_prev)


INITIALIZE = Exercise(
    id="06-initialize-deep",
    points=2,
    reference=initialize_deep,
    cases=start_cases,
    compare_values=False,
    float32=False,
    properties=(
        starts_as_he_says,
        goes_on_drawing(lambda rng: ([4, 5, 2], np.random.default_rng(int(rng.integers(10**6))))),
    ),
    misconceptions={
        **{name: spread(name) for name in SPREADS},
        "zeros-for-weights": start(lambda rng, n, n_prev, n_x: np.zeros((n, n_prev))),
        "units-alike": start(
            lambda rng, n, n_prev, n_x: np.repeat(he(n_prev) * rng.standard_normal((1, n_prev)), n, axis=0)
        ),
        "one-number-drawn": start(lambda rng, n, n_prev, n_x: np.full((n, n_prev), he(n_prev) * rng.standard_normal())),
        "never-negative": start(lambda rng, n, n_prev, n_x: he(n_prev) * rng.random((n, n_prev))),
        "bias-not-zero": start(bias=lambda rng, n: rng.standard_normal((n, 1))),
        "bias-of-one": start(bias=lambda rng, n: np.ones((n, 1))),
        "last-layer-missing": start(layers=lambda L: range(1, L)),
    },
    symptoms={
        "weights-transposed": shapes_are(lambda s: s[::-1], lambda s: s),
        "biases-as-rows": shapes_are(lambda s: s, lambda s: s[::-1]),
        "biases-of-one-axis": shapes_are(lambda s: s, lambda s: s[:1]),
        "last-layer-missing": lacks(lambda names: names[-2:]),
        "two-layers-only": lacks(lambda names: names[4:]),
    },
)


# --- linear_forward ---


def linear_forward(A_prev, W, b):
    return W @ A_prev + b, (A_prev, W, b)


def layer_cases(rng: np.random.Generator) -> Iterator[Args]:
    """(A_prev, W, b): a layer's inputs and parameters, 2 to 5 units, once a single one."""
    for k, (n_prev, m) in enumerate(draw.shapes(rng)):
        n = 1 if k == 3 else n_prev if k == 4 else int(rng.integers(2, 6))
        parameters = draw.layers(rng, [n_prev, n])
        yield draw.inputs(rng, n_prev, m), parameters["W1"], parameters["b1"]


def linear_forward_cases(rng: np.random.Generator) -> Iterator[Args]:
    yield from layer_cases(rng)
    for _ in range(2):
        yield draw.inputs(rng, 2, 3), draw.fine(rng, 2, 2), draw.fine(rng, 2, 1)


def linear_with(product=lambda A, W, b: W @ A + b, cache=lambda A, W, b, Z: (A, W, b)):
    """The linear step with another sum or another cache."""

    def forward(A_prev, W, b):
        Z = product(A_prev, W, b)
        return Z, cache(A_prev, W, b, Z)

    return forward


LINEAR_FORWARD = Exercise(
    id="06-linear-forward",
    points=1,
    reference=linear_forward,
    cases=linear_forward_cases,
    examples=[((X3, W, B), (Z3, (X3, W, B)))],
    misconceptions={
        "forgot-bias": linear_with(lambda A, W, b: W @ A),
        "bias-subtracted": linear_with(lambda A, W, b: W @ A - b),
        "bias-multiplied": linear_with(lambda A, W, b: (W @ A) * b),
        "bias-once-for-each-input": linear_with(lambda A, W, b: W @ A + len(A) * b),
        "mean-of-inputs": linear_with(lambda A, W, b: W @ A / len(A) + b),
        "mean-over-examples": linear_with(lambda A, W, b: W @ A / A.shape[1] + b),
        "weights-unused": linear_with(lambda A, W, b: A.sum(axis=0, keepdims=True) + 0 * W[:, :1] + b),
        "relu-already": linear_with(lambda A, W, b: relu(W @ A + b)),
        "sigmoid-already": linear_with(lambda A, W, b: sigmoid(W @ A + b)),
        "tanh-already": linear_with(lambda A, W, b: np.tanh(W @ A + b)),
        "z-in-the-cache": linear_with(cache=lambda A, W, b, Z: (Z, W, b)),
        "weights-first-in-the-cache": linear_with(cache=lambda A, W, b, Z: (W, A, b)),
        "parameters-first-in-the-cache": linear_with(cache=lambda A, W, b, Z: (W, b, A)),
        "bias-before-weights-in-the-cache": linear_with(cache=lambda A, W, b, Z: (A, b, W)),
        "cache-without-inputs": linear_with(cache=lambda A, W, b, Z: (W, b)),
        "cache-without-bias": linear_with(cache=lambda A, W, b, Z: (A, W)),
        "z-too-in-the-cache": linear_with(cache=lambda A, W, b, Z: (A, W, b, Z)),
        "cache-is-z": linear_with(cache=lambda A, W, b, Z: Z),
    },
    symptoms={
        "cache-with-names": lambda args, got, want: isinstance(got[1], dict),
        "cache-flattened": lambda args, got, want: len(got) == 4,
    },
)


# --- activation_forward ---


def activation_forward(Z, activation):
    return VALUES[activation](Z), Z


def activation_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (n, m) in enumerate(draw.shapes(rng)):
        for name in NAMES if k < 2 else (NAMES[k % 3],):
            Z = draw.inputs(rng, n, m, scale=1.5)
            yield (Z if k != 1 else -np.abs(Z)), name
    for name in NAMES:
        yield rng.permutation([1000.0, -1000.0, 30.0, -30.0, -0.5, 1.5]).reshape(2, 3), name


def activation_with(cache=lambda Z, A: Z, **other):
    """The activation step with other functions under some names, or another cache."""

    def forward(Z, activation):
        A = (VALUES | other)[activation](Z)
        return A, cache(Z, A)

    return forward


def everywhere(function):
    """The same function under every name."""
    return dict.fromkeys(NAMES, function)


def plain_sigmoid(Z):
    return np.exp(Z) / (1 + np.exp(Z))


ACTIVATION_FORWARD = Exercise(
    id="06-activation-forward",
    points=1,
    reference=activation_forward,
    cases=activation_cases,
    examples=[((Z3, "relu"), (RELU_Z3, Z3))],
    misconceptions={
        "always-sigmoid": activation_with(**everywhere(sigmoid)),
        "always-relu": activation_with(**everywhere(relu)),
        "always-tanh": activation_with(**everywhere(np.tanh)),
        "no-activation": activation_with(**everywhere(lambda Z: Z)),
        "names-exchanged": activation_with(sigmoid=relu, relu=sigmoid),
        "tanh-and-sigmoid-exchanged": activation_with(sigmoid=np.tanh, tanh=sigmoid),
        "tanh-is-sigmoid": activation_with(tanh=sigmoid),
        "tanh-is-relu": activation_with(tanh=relu),
        "tanh-left-out": activation_with(tanh=lambda Z: Z),
        "overflow": activation_with(sigmoid=plain_sigmoid),
        "overflow-in-tanh": activation_with(
            tanh=lambda Z: (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z)), sigmoid=sigmoid
        ),
        "wrong-sign-in-exp": activation_with(sigmoid=lambda Z: sigmoid(-Z)),
        "absolute-value": activation_with(relu=np.abs),
        "negative-side": activation_with(relu=lambda Z: np.minimum(0, Z)),
        "leaky": activation_with(relu=lambda Z: np.where(Z > 0, Z, 0.01 * Z)),
        "relu-capped": activation_with(relu=lambda Z: np.clip(Z, 0, 1)),
        "relu-slope": activation_with(relu=relu_slope),
        "slopes-for-values": activation_with(**SLOPES),
        "softplus": activation_with(relu=lambda Z: np.logaddexp(0, Z)),
        "a-in-the-cache": activation_with(cache=lambda Z, A: A),
        "name-in-the-cache": lambda Z, activation: (VALUES[activation](Z), (Z, activation)),
        "cache-in-a-tuple": activation_with(cache=lambda Z, A: (Z,)),
    },
    symptoms={"tanh-left-out": lambda args, got, want: args[1] == "tanh" and got is None},
)


# --- layer_forward ---


def layer_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = activation_forward(Z, activation)
    return A, (linear_cache, activation_cache)


def layer_forward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, args in enumerate(layer_cases(rng)):
        for name in NAMES if k in (0, 5) else (NAMES[k % 3],):
            yield *args, name
    extreme = rng.permutation([1000.0, -1000.0, 30.0, -30.0]).reshape(1, 4)
    yield extreme, np.array([[1.0], [-0.5]]), np.array([[0.5], [0.25]]), "sigmoid"


def layer_with(Z=lambda A, W, b: W @ A + b, A=lambda Z, name: VALUES[name](Z), cache=lambda A_prev, W, b, Z, A: None):
    """A layer with some of its parts replaced; with none replaced it is the right one."""

    def forward(A_prev, W, b, activation):
        sums = Z(A_prev, W, b)
        answers = A(sums, activation)
        return answers, cache(A_prev, W, b, sums, answers) or ((A_prev, W, b), sums)

    return forward


def activation_first(A_prev, W, b, activation):
    """g comes before the product instead of after it."""
    A, kept = VALUES[activation](A_prev), A_prev
    return W @ A + b, ((A_prev, W, b), kept)


LAYER_FORWARD = Exercise(
    id="06-layer-forward",
    points=1,
    reference=layer_forward,
    cases=layer_forward_cases,
    examples=[((X3, W, B, "relu"), (RELU_Z3, ((X3, W, B), Z3)))],
    misconceptions={
        "no-activation": layer_with(A=lambda Z, name: Z),
        "always-relu": layer_with(A=lambda Z, name: relu(Z)),
        "always-sigmoid": layer_with(A=lambda Z, name: sigmoid(Z)),
        "always-tanh": layer_with(A=lambda Z, name: np.tanh(Z)),
        "names-exchanged": layer_with(A=lambda Z, name: {"relu": sigmoid, "sigmoid": relu, "tanh": np.tanh}[name](Z)),
        "tanh-is-relu": layer_with(A=lambda Z, name: (VALUES | {"tanh": relu})[name](Z)),
        "tanh-is-sigmoid": layer_with(A=lambda Z, name: (VALUES | {"tanh": sigmoid})[name](Z)),
        "activation-twice": layer_with(A=lambda Z, name: VALUES[name](VALUES[name](Z))),
        "activation-first": activation_first,
        "forgot-bias": layer_with(Z=lambda A, W, b: W @ A),
        "bias-subtracted": layer_with(Z=lambda A, W, b: W @ A - b),
        "bias-after-activation": lambda A_prev, W, b, name: (
            VALUES[name](W @ A_prev) + b,
            ((A_prev, W, b), W @ A_prev),
        ),
        "overflow": layer_with(A=lambda Z, name: (VALUES | {"sigmoid": plain_sigmoid})[name](Z)),
        "a-in-the-cache": layer_with(cache=lambda P, W, b, Z, A: ((P, W, b), A)),
        "cache-flat": layer_with(cache=lambda P, W, b, Z, A: (P, W, b, Z)),
        "cache-reversed": layer_with(cache=lambda P, W, b, Z, A: (Z, (P, W, b))),
        "own-answer-in-the-linear-cache": layer_with(cache=lambda P, W, b, Z, A: ((A, W, b), Z)),
        "linear-cache-only": layer_with(cache=lambda P, W, b, Z, A: (P, W, b)),
        "activation-cache-only": lambda A_prev, W, b, name: (VALUES[name](W @ A_prev + b), W @ A_prev + b),
        "linear-cache-twice": layer_with(cache=lambda P, W, b, Z, A: ((P, W, b), (P, W, b))),
        "weights-first-in-the-cache": layer_with(cache=lambda P, W, b, Z, A: ((W, P, b), Z)),
    },
)


# --- model_forward ---


def model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        A, cache = layer_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "sigmoid" if l == L else "relu")
        caches.append(cache)
    return A, caches


def is_alive(X, Y, parameters) -> bool:
    """No answer is nearly certain, no unit at its kink, and the slope of the cost reaches every layer."""
    AL, caches = model_forward(X, parameters)
    if AL.min() < 0.03 or AL.max() > 0.97 or min(np.abs(Z).min() for _, Z in caches) < 1e-3:
        return False
    grads = model_backward(AL, Y, caches)
    return all(np.abs(grads[f"dW{l}"]).max() > 2e-3 for l in range(1, len(caches) + 1))


def alive(rng: np.random.Generator, sizes: list[int], m: int) -> tuple[np.ndarray, np.ndarray, dict]:
    """(X, Y, parameters) of a network of ReLUs in which something goes through from end to end."""
    while True:
        X, Y = draw.inputs(rng, sizes[0], m), draw.labels(rng, m)
        parameters = draw.layers(rng, sizes, scale=0.7)
        if is_alive(X, Y, parameters):
            return X, Y, parameters


def network_cases(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, dict]]:
    """(X, Y, parameters) of every depth from 1 to 6, shallow and small ones first."""
    shapes = list(draw.shapes(rng))
    yield alive(rng, [2, 3, 1], 3)
    yield alive(rng, [1, 1], 1)
    for depth, (n_x, m) in zip((3, 4, 5, 6, 3), (shapes[4], shapes[5], (3, 5), (2, 6), (3, 1))):
        hidden = [int(n) for n in rng.integers(2, 6, size=depth - 1)]
        yield alive(rng, [n_x, *(hidden if n_x != m else [n_x] * len(hidden)), 1], m)
    yield alive(rng, [4, 1], 7)
    yield alive(rng, [1, 2, 1], 4)


def model_cases(rng: np.random.Generator) -> Iterator[Args]:
    for X, _, parameters in network_cases(rng):
        yield X, parameters
    sure = rng.permutation([1000.0, -1000.0, 30.0, -30.0, 1.5]).reshape(1, -1)
    far = {"W1": np.array([[1.0], [-0.5]]), "b1": np.array([[0.5], [0.25]])}
    yield sure, far | {"W2": np.array([[900.0, -800.0]]), "b2": np.array([[-0.25]])}
    # Names with two digits, which stand before W2 when sorted as words; nothing is negative, so all goes through.
    deep = draw.layers(rng, [2] * 11 + [1], scale=0.5)
    yield np.abs(draw.inputs(rng, 2, 3)), {name: np.clip(np.abs(array), 0.1, 0.9) for name, array in deep.items()}


def model_with(
    activation=lambda l, L: "sigmoid" if l == L else "relu",
    layers=lambda L: range(1, L + 1),
    values=VALUES,
    parameters_of=lambda l, L: l,
    bias=lambda b, l, L: b,
    answer=lambda A, caches: (A, caches),
):
    """The loop with some of its parts replaced; with none replaced it is the right one.

    activation: of layer l.  layers: that are gone through.  parameters_of: whose W and b layer l takes.
    """

    def forward(X, parameters):
        A, caches, L = X, [], len(parameters) // 2
        for l in layers(L):
            k = parameters_of(l, L)
            W, b = parameters[f"W{k}"], bias(parameters[f"b{k}"], l, L)
            Z, A_prev = W @ A + b, A
            A = values[activation(l, L)](Z)
            caches.append(((A_prev, W, parameters[f"b{k}"]), Z))
        return answer(A, caches)

    return forward


def always(name):
    return lambda l, L: name


def fixed_depth(depth):
    """Written out for one depth."""
    return model_with(layers=lambda L: range(1, depth + 1), activation=lambda l, L: "sigmoid" if l == depth else "relu")


def last_alike_too(A, caches):
    """The last layer is a ReLU in the loop and a sigmoid after it."""
    return sigmoid(relu(caches[-1][1])), caches


def answers(caches):
    """A of each layer, worked out from its cache."""
    return [sigmoid(Z) if l == len(caches) else relu(Z) for l, (_, Z) in enumerate(caches, start=1)]


def own_answers_cached(A, caches):
    return A, [((own, W, b), Z) for own, ((_, W, b), Z) in zip(answers(caches), caches, strict=True)]


def answers_for_sums(A, caches):
    return A, [(linear, own) for own, (linear, _) in zip(answers(caches), caches, strict=True)]


MODEL_FORWARD = Exercise(
    id="06-model-forward",
    points=3,
    reference=model_forward,
    cases=model_cases,
    examples=[
        (
            (X3, PARAMETERS),
            (
                np.array([[0.4501660, 0.8021839, 0.6899745]]),
                [((X3, W, B), Z3), ((RELU_Z3, PARAMETERS["W2"], PARAMETERS["b2"]), np.array([[-0.2, 1.4, 0.8]]))],
            ),
        )
    ],
    misconceptions={
        "relu-in-output": model_with(activation=always("relu")),
        "sigmoid-in-every-layer": model_with(activation=always("sigmoid")),
        "sigmoid-in-hidden-layers": model_with(activation=lambda l, L: "relu" if l == L else "sigmoid"),
        "tanh-in-hidden-layers": model_with(activation=lambda l, L: "sigmoid" if l == L else "tanh"),
        "tanh-in-output": model_with(activation=lambda l, L: "tanh" if l == L else "relu"),
        "no-hidden-activation": model_with(values=VALUES | {"relu": lambda Z: Z}),
        "forgot-sigmoid": model_with(values=VALUES | {"sigmoid": lambda Z: Z}),
        "sigmoid-after-relu": model_with(answer=last_alike_too),
        "sigmoid-twice": model_with(answer=lambda A, caches: (sigmoid(A), caches)),
        "wrong-sign-in-exp": model_with(values=VALUES | {"sigmoid": lambda Z: sigmoid(-Z)}),
        "labels-for-probabilities": model_with(answer=lambda A, caches: (np.round(A), caches)),
        "sigmoid-one-layer-early": model_with(activation=lambda l, L: "sigmoid" if l >= L - 1 else "relu"),
        "first-layer-linear": model_with(
            activation=lambda l, L: "sigmoid" if l == L else "linear" if l == 1 else "relu",
            values=VALUES | {"linear": lambda Z: Z},
        ),
        "overflow": model_with(values=VALUES | {"sigmoid": plain_sigmoid}),
        "last-layer-left-out": model_with(layers=lambda L: range(1, L)),
        "first-layer-left-out": model_with(layers=lambda L: range(2, L + 1)),
        "two-layers-only": fixed_depth(2),
        "three-layers-only": fixed_depth(3),
        "forgot-biases": model_with(bias=lambda b, l, L: 0 * b),
        "forgot-last-bias": model_with(bias=lambda b, l, L: 0 * b if l == L else b),
        "forgot-hidden-biases": model_with(bias=lambda b, l, L: b if l == L else 0 * b),
        "caches-without-last": model_with(answer=lambda A, caches: (A, caches[:-1])),
        "caches-reversed": model_with(answer=lambda A, caches: (A, caches[::-1])),
        "last-cache-only": model_with(answer=lambda A, caches: (A, caches[-1])),
        "last-cache-in-a-list": model_with(answer=lambda A, caches: (A, caches[-1:])),
        "first-cache-only": model_with(answer=lambda A, caches: (A, caches[:1])),
        "caches-all-the-last": model_with(answer=lambda A, caches: (A, [caches[-1]] * len(caches))),
        "linear-caches-only": model_with(answer=lambda A, caches: (A, [linear for linear, _ in caches])),
        "activation-caches-only": model_with(answer=lambda A, caches: (A, [Z for _, Z in caches])),
        "cache-reversed": model_with(answer=lambda A, caches: (A, [cache[::-1] for cache in caches])),
        "weights-first-in-the-cache": model_with(
            answer=lambda A, caches: (A, [((W, P, b), Z) for (P, W, b), Z in caches])
        ),
        "own-answer-in-the-linear-cache": model_with(answer=own_answers_cached),
        "a-in-the-cache": model_with(answer=answers_for_sums),
        "caches-in-one-list": model_with(answer=lambda A, caches: (A, [part for cache in caches for part in cache])),
        "every-layer-reads-x": lambda X, parameters: _each_reads_x(X, parameters),
    },
    symptoms={
        "caches-with-names": lambda args, got, want: isinstance(got[1], dict),
        "cache-flat": lambda args, got, want: [len(cache) for cache in got[1]] == [4] * len(want[1]),
    },
)


def _each_reads_x(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        A, cache = layer_forward(X, parameters[f"W{l}"], parameters[f"b{l}"], "sigmoid" if l == L else "relu")
        caches.append(cache)
    return A, caches


# --- cross_entropy ---


def cross_entropy(AL, Y):
    return logistic_cost(AL, Y)


def stays_finite(call, rng: np.random.Generator) -> Iterator[Finding]:
    """An answer that is exactly 0 or 1 costs nothing where it is right and much where it is not, never infinitely."""
    order = rng.permutation(6)
    Y = np.array([[1.0, 1.0, 1.0, 0.0, 0.0, 0.0]])[:, order]
    half_wrong = np.array([[1.0, 1.0, 0.0, 0.0, 1.0, 1.0]])[:, order]
    for AL, low, high in ((Y, -1e-3, 1e-3), (half_wrong, 4.0, 1e3)):
        J = call(AL, Y, finite=False)
        if not abs(J) < 1e3:  # also where infinity was replaced by the largest float
            yield Finding("infinite-cost", {"got": J}, cause="no-clip", case=(AL, Y))
        elif not low <= J <= high:
            yield Finding("cost-of-certainty", {"got": J}, cause="clipped-too-much", case=(AL, Y))
    for values, case in near_certainty(call):
        yield Finding("cost-near-certainty", values, cause="clipped-too-much", case=case)


COST = Exercise(
    id="06-cross-entropy",
    points=1,
    reference=cross_entropy,
    cases=cost_cases,
    examples=[((np.array([[0.8, 0.4, 0.5]]), Y3), float(-np.log(0.8 * 0.6 * 0.5) / 3))],
    tolerance=Tolerance(1e-4),  # so that a clip of 1e-5 is a hair too
    properties=(stays_finite,),
    misconceptions=LOGISTIC_COST.misconceptions,
    symptoms={"labels-and-probabilities-swapped": has_logs_of_labels},
)


# --- linear_backward ---


def linear_backward(dZ, linear_cache):
    return linear_backward_with()(dZ, linear_cache)


def linear_backward_with(
    dA=lambda dZ, A, W, b: W.T @ dZ,
    dW=lambda dZ, A, W, b: dZ @ A.T / dZ.shape[1],
    db=lambda dZ, A, W, b: dZ.sum(axis=1, keepdims=True) / dZ.shape[1],
):
    """The linear step back with some of its three formulas replaced."""

    def backward(dZ, linear_cache):
        return tuple(formula(dZ, *linear_cache) for formula in (dA, dW, db))

    return backward


def shares(of_weights, of_biases=None):
    """Sums multiplied by something else than 1/m: functions of (dZ, A_prev)."""
    of_biases = of_biases or of_weights
    return linear_backward_with(
        dW=lambda dZ, A, W, b: dZ @ A.T * of_weights(dZ, A),
        db=lambda dZ, A, W, b: dZ.sum(axis=1, keepdims=True) * of_biases(dZ, A),
    )


def linear_backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for A_prev, W, b in layer_cases(rng):
        yield draw.inputs(rng, len(W), A_prev.shape[1]), (A_prev, W, b)


def linear_step_has_these_slopes(call, rng: np.random.Generator) -> Iterator[Finding]:
    """dA_prev, dW and db against the measured slopes of the sum (and mean) over the examples of dZ * Z."""
    A_prev, dZ, parameters = draw.inputs(rng, 3, 4), draw.inputs(rng, 2, 4), draw.layers(rng, [3, 2])
    slopes = measured(dZ, {"A_prev": A_prev, "W": parameters["W1"], "b": parameters["b1"]}, lambda Z: Z)
    dA_prev, dW, db = call(dZ, (A_prev, parameters["W1"], parameters["b1"]))
    yield from nearest_slope(slopes, {"dA_prev": dA_prev, "dW": dW, "db": db})


def measured(dA, start: dict, g) -> dict:
    """Central differences of the sum of dA * g(W A_prev + b): by A_prev as it is, by W and b the mean."""

    def total(moved):
        return float(np.sum(dA * g(moved["W"] @ moved["A_prev"] + moved["b"])))

    slopes = gradient_check.numerical_gradient(total, start)
    m = dA.shape[1]
    return {"dA_prev": slopes["dA_prev"], "dW": slopes["dW"] / m, "db": slopes["db"] / m}


def one(dZ, A):
    return 1


def mean(dZ, A):
    return 1 / dZ.shape[1]


LINEAR_BACKWARD = Exercise(
    id="06-linear-backward",
    points=2,
    reference=linear_backward,
    cases=linear_backward_cases,
    examples=[
        (
            (DZ3, (X3, W, B)),
            (
                np.array([[0.5, 0.0, 0.5], [-1.0, 2.0, 0.0]]),
                np.array([[2 / 3, 0.5], [2 / 3, -2 / 3]]),
                np.array([[1 / 6], [1.0]]),
            ),
        )
    ],
    properties=(linear_step_has_these_slopes,),
    misconceptions={
        "forgot-mean": shares(one),
        "forgot-mean-in-weights": shares(one, mean),
        "forgot-mean-in-biases": shares(mean, one),
        "mean-over-inputs": shares(lambda dZ, A: 1 / len(A)),
        "mean-over-units": shares(lambda dZ, A: 1 / len(dZ)),
        "mean-twice": shares(lambda dZ, A: 1 / dZ.shape[1] ** 2),
        "mean-over-all-entries": shares(lambda dZ, A: 1 / A.size),
        "mean-in-da-too": linear_backward_with(dA=lambda dZ, A, W, b: W.T @ dZ / dZ.shape[1]),
        "mean-in-da-only": lambda dZ, cache: (cache[1].T @ dZ / dZ.shape[1], *shares(one)(dZ, cache)[1:]),
        "bias-for-each-example": linear_backward_with(db=lambda dZ, A, W, b: dZ / dZ.shape[1]),
        "bias-not-summed": linear_backward_with(db=lambda dZ, A, W, b: dZ),
        "one-bias-for-all-units": linear_backward_with(db=lambda dZ, A, W, b: dZ.sum(keepdims=True) / dZ.shape[1]),
        "same-bias-in-all-units": linear_backward_with(
            db=lambda dZ, A, W, b: np.full_like(b, dZ.sum() / dZ.shape[1]),
        ),
        "bias-summed-over-units": linear_backward_with(
            db=lambda dZ, A, W, b: dZ.sum(axis=0, keepdims=True) / dZ.shape[1],
        ),
        "mean-over-everything-in-bias": linear_backward_with(db=lambda dZ, A, W, b: np.full_like(b, dZ.mean())),
        "bias-zero": linear_backward_with(db=lambda dZ, A, W, b: np.zeros_like(b)),
        "bias-of-one": linear_backward_with(db=lambda dZ, A, W, b: np.ones_like(b)),
        "weights-zero": linear_backward_with(dW=lambda dZ, A, W, b: np.zeros_like(W)),
        "inputs-unused": linear_backward_with(
            dW=lambda dZ, A, W, b: dZ.sum(axis=1, keepdims=True) / dZ.shape[1] * np.ones_like(W)
        ),
        "weights-times-bias-slope": linear_backward_with(
            dW=lambda dZ, A, W, b: W * dZ.sum(axis=1, keepdims=True) / dZ.shape[1]
        ),
        "weights-unused": linear_backward_with(dA=lambda dZ, A, W, b: np.ones_like(W.T) @ dZ),
        "da-is-dz": linear_backward_with(dA=lambda dZ, A, W, b: dZ),
        "da-from-dw": linear_backward_with(dA=lambda dZ, A, W, b: (dZ @ A.T / dZ.shape[1]).T @ dZ),
        "da-times-inputs": linear_backward_with(dA=lambda dZ, A, W, b: W.T @ dZ * A),
        "bias-in-da": linear_backward_with(dA=lambda dZ, A, W, b: W.T @ (dZ + b)),
        "parameters-first": lambda dZ, cache: (lambda dA, dW, db: (dW, db, dA))(*linear_backward(dZ, cache)),
        "bias-before-weights": lambda dZ, cache: (lambda dA, dW, db: (dA, db, dW))(*linear_backward(dZ, cache)),
        "weights-before-da": lambda dZ, cache: (lambda dA, dW, db: (dW, dA, db))(*linear_backward(dZ, cache)),
        "da-missing": lambda dZ, cache: linear_backward(dZ, cache)[1:],
    },
    symptoms={"answers-with-names": lambda args, got, want: isinstance(got, dict)},
)


# --- activation_backward ---


def activation_backward(dA, activation_cache, activation):
    return dA * SLOPES[activation](activation_cache)


def slope_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Once with sums of exactly 0, where the ReLU has a kink and the task a slope of 0, and of nearly 0."""
    for k, (n, m) in enumerate(draw.shapes(rng)):
        for name in NAMES if k in (0, 5) else (NAMES[k % 3],):
            Z = draw.inputs(rng, n, m, scale=1.5)
            Z[0, 0] = np.abs(Z[0, 0])  # some slope gets through a ReLU too
            yield draw.inputs(rng, n, m), Z, name
    yield draw.inputs(rng, 2, 2), rng.permutation([0.0, 0.0, 2.0**-12, -(2.0**-12)]).reshape(2, 2), "relu"
    for name in NAMES:
        yield draw.inputs(rng, 2, 3), rng.permutation([1000.0, -1000.0, 30.0, -30.0, -0.5, 1.5]).reshape(2, 3), name


def activation_has_this_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """dZ against the measured slope of the sum of dA * g(Z), for each activation."""
    for name in NAMES:
        Z, dA = draw.inputs(rng, 2, 4), draw.inputs(rng, 2, 4)
        slopes = gradient_check.numerical_gradient(
            lambda moved, dA=dA, name=name: float(np.sum(dA * VALUES[name](moved["Z"]))), {"Z": Z}
        )
        yield from nearest_slope(slopes, {"dZ": call(dA, Z, name)})


def slope_with(combine=lambda dA, slope: dA * slope, **other):
    """The step back through an activation with other slopes (functions of Z) under some names."""
    return lambda dA, Z, activation: combine(dA, (SLOPES | other)[activation](Z))


ACTIVATION_BACKWARD = Exercise(
    id="06-activation-backward",
    points=2,
    reference=activation_backward,
    cases=slope_cases,
    examples=[((DZ3, Z3, "relu"), np.array([[1.0, -1.0, 0.5], [0.0, 0.0, 1.0]]))],
    properties=(activation_has_this_slope,),
    misconceptions={
        "forgot-da": slope_with(combine=lambda dA, slope: slope),
        "forgot-slope": slope_with(combine=lambda dA, slope: dA),
        "divided-by-slope": slope_with(combine=lambda dA, slope: dA / slope),
        "added-to-slope": slope_with(combine=lambda dA, slope: dA + slope),
        "slope-twice": slope_with(combine=lambda dA, slope: dA * slope**2),
        "value-for-slope": slope_with(**VALUES),
        "always-relu-slope": slope_with(**everywhere(relu_slope)),
        "always-sigmoid-slope": slope_with(**everywhere(sigmoid_slope)),
        "always-tanh-slope": slope_with(**everywhere(tanh_slope)),
        "names-exchanged": slope_with(sigmoid=relu_slope, relu=sigmoid_slope),
        "tanh-is-sigmoid": slope_with(tanh=sigmoid_slope),
        "tanh-is-relu": slope_with(tanh=relu_slope),
        "tanh-left-out": slope_with(tanh=np.ones_like),
        "tanh-forgot-square": slope_with(tanh=lambda Z: 1 - np.tanh(Z)),
        "cache-taken-for-a": slope_with(sigmoid=lambda Z: Z * (1 - Z), tanh=lambda Z: 1 - Z**2),
        "cache-taken-for-a-in-sigmoid": slope_with(sigmoid=lambda Z: Z * (1 - Z)),
        "cache-taken-for-a-in-tanh": slope_with(tanh=lambda Z: 1 - Z**2),
        "sigmoid-for-slope": slope_with(sigmoid=sigmoid),
        "sigmoid-slope-half": slope_with(sigmoid=lambda Z: 1 - sigmoid(Z)),
        "sigmoid-squared": slope_with(sigmoid=lambda Z: sigmoid(Z) ** 2),
        "sigmoid-plus": slope_with(sigmoid=lambda Z: sigmoid(Z) * (1 + sigmoid(Z))),
        "slope-at-a": slope_with(sigmoid=lambda Z: sigmoid_slope(sigmoid(Z)), tanh=lambda Z: tanh_slope(np.tanh(Z))),
        "tanh-slope-at-a": slope_with(tanh=lambda Z: tanh_slope(np.tanh(Z))),
        "sigmoid-slope-at-a": slope_with(sigmoid=lambda Z: sigmoid_slope(sigmoid(Z))),
        "overflow": slope_with(sigmoid=lambda Z: np.exp(-Z) / (1 + np.exp(-Z)) ** 2),
        "overflow-upwards": slope_with(sigmoid=lambda Z: np.exp(Z) / (1 + np.exp(Z)) ** 2),
        "relu-slope-one": slope_with(relu=np.ones_like),
        "relu-slope-reversed": slope_with(relu=lambda Z: (Z < 0).astype(Z.dtype)),
        "relu-sign": slope_with(relu=np.sign),
        "relu-slope-by-da": lambda dA, Z, name: relu(dA) if name == "relu" else dA * SLOPES[name](Z),
        "relu-value-for-slope": slope_with(relu=relu),
        "relu-leaky": slope_with(relu=lambda Z: np.where(Z > 0, 1, 0.01)),
        "relu-slope-one-at-zero": slope_with(relu=at_zero(1)),
        "relu-slope-half-at-zero": slope_with(relu=at_zero(0.5)),
        "relu-of-z": lambda dA, Z, name: relu(Z) if name == "relu" else dA * SLOPES[name](Z),
    },
)


# --- layer_backward ---


def layer_backward(dA, cache, activation):
    return layer_backward_with()(dA, cache, activation)


def layer_backward_with(step=activation_backward, linear=linear_backward, dZ_from=lambda cache: cache[1]):
    def backward(dA, cache, activation):
        return linear(step(dA, dZ_from(cache), activation), cache[0])

    return backward


def at_the_kink(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(A_prev, W, b) of two units whose sums, without rounding, are 0 for one example, above it and below it."""
    A_prev = np.array([[1.0, 0.5, -1.0], [1.0, -1.0, -0.5]])[:, rng.permutation(3)]
    return A_prev, np.array([[2.0, -1.0], [1.0, 1.0]]), np.array([[-1.0], [0.5]])


def layer_backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (A_prev, W, b) in enumerate(layer_cases(rng)):
        for name in NAMES if k in (0, 5) else (NAMES[k % 3],):
            b = np.abs(b)  # so that some unit is soon found that lets a slope through, as a ReLU too
            Z = W @ A_prev + b
            while np.abs(Z).min() < 1e-3 or Z.max() < 0:  # at the ReLU's kink rounding would decide
                A_prev = draw.inputs(rng, *A_prev.shape)
                Z = W @ A_prev + b
            yield draw.inputs(rng, len(W), A_prev.shape[1]), ((A_prev, W, b), Z), name
    A_prev, W, b = at_the_kink(rng)
    yield draw.inputs(rng, 2, 3), ((A_prev, W, b), W @ A_prev + b), "relu"


def layer_has_these_slopes(call, rng: np.random.Generator) -> Iterator[Finding]:
    """All three against the measured slopes of the sum (and mean) over the examples of dA * g(W A_prev + b)."""
    for name in NAMES:
        while True:
            A_prev, dA, parameters = draw.inputs(rng, 3, 4), draw.inputs(rng, 2, 4), draw.layers(rng, [3, 2])
            Z = parameters["W1"] @ A_prev + parameters["b1"]
            if np.abs(Z).min() > 1e-3 and (Z > 0).any() and (Z < 0).any():
                break
        linear_cache = A_prev, parameters["W1"], parameters["b1"]
        slopes = measured(dA, dict(zip(("A_prev", "W", "b"), linear_cache)), VALUES[name])
        yield from nearest_slope(slopes, dict(zip(("dA_prev", "dW", "db"), call(dA, (linear_cache, Z), name))))


LAYER_BACKWARD = Exercise(
    id="06-layer-backward",
    points=1,
    reference=layer_backward,
    cases=layer_backward_cases,
    examples=[
        (
            (DZ3, ((X3, W, B), Z3), "relu"),
            (
                np.array([[0.5, -0.5, 0.5], [-1.0, 1.0, 0.0]]),
                np.array([[2 / 3, 0.5], [2 / 3, 0.0]]),
                np.array([[1 / 6], [1 / 3]]),
            ),
        )
    ],
    properties=(layer_has_these_slopes,),
    misconceptions={
        "no-activation": layer_backward_with(step=lambda dA, Z, name: dA),
        "forgot-da": layer_backward_with(step=lambda dA, Z, name: SLOPES[name](Z)),
        "always-relu-slope": layer_backward_with(step=lambda dA, Z, name: dA * relu_slope(Z)),
        "always-sigmoid-slope": layer_backward_with(step=lambda dA, Z, name: dA * sigmoid_slope(Z)),
        "always-tanh-slope": layer_backward_with(step=lambda dA, Z, name: dA * tanh_slope(Z)),
        "names-exchanged": layer_backward_with(step=slope_with(sigmoid=relu_slope, relu=sigmoid_slope)),
        "tanh-is-sigmoid": layer_backward_with(step=slope_with(tanh=sigmoid_slope)),
        "tanh-is-relu": layer_backward_with(step=slope_with(tanh=relu_slope)),
        "tanh-left-out": layer_backward_with(step=slope_with(tanh=np.ones_like)),
        "value-for-slope": layer_backward_with(step=slope_with(**VALUES)),
        "slope-twice": layer_backward_with(step=lambda dA, Z, name: dA * SLOPES[name](Z) ** 2),
        "cache-taken-for-a": layer_backward_with(
            step=slope_with(sigmoid=lambda Z: Z * (1 - Z), tanh=lambda Z: 1 - Z**2)
        ),
        "slope-at-a": layer_backward_with(step=lambda dA, Z, name: dA * SLOPES[name](VALUES[name](Z))),
        "relu-slope-one": layer_backward_with(step=slope_with(relu=np.ones_like)),
        "relu-slope-one-at-zero": layer_backward_with(step=slope_with(relu=at_zero(1))),
        "relu-slope-half-at-zero": layer_backward_with(step=slope_with(relu=at_zero(0.5))),
        "forgot-mean": layer_backward_with(linear=shares(one)),
        "forgot-mean-in-weights": layer_backward_with(linear=shares(one, mean)),
        "forgot-mean-in-biases": layer_backward_with(linear=shares(mean, one)),
        "mean-twice": layer_backward_with(linear=shares(lambda dZ, A: 1 / dZ.shape[1] ** 2)),
        "mean-in-da-too": layer_backward_with(
            linear=linear_backward_with(dA=lambda dZ, A, W, b: W.T @ dZ / dZ.shape[1])
        ),
        "bias-summed-over-units": layer_backward_with(
            linear=linear_backward_with(db=lambda dZ, A, W, b: dZ.sum(axis=0, keepdims=True) / dZ.shape[1])
        ),
        "one-bias-for-all-units": layer_backward_with(
            linear=linear_backward_with(db=lambda dZ, A, W, b: dZ.sum(keepdims=True) / dZ.shape[1])
        ),
        "bias-for-each-example": layer_backward_with(
            linear=linear_backward_with(db=lambda dZ, A, W, b: dZ / dZ.shape[1])
        ),
        "da-without-slope": lambda dA, cache, name: (cache[0][1].T @ dA, *layer_backward(dA, cache, name)[1:]),
        "parameters-without-slope": lambda dA, cache, name: (
            layer_backward(dA, cache, name)[0],
            *linear_backward(dA, cache[0])[1:],
        ),
        "dz-for-da": lambda dA, cache, name: (
            activation_backward(dA, cache[1], name),
            *layer_backward(dA, cache, name)[1:],
        ),
        "parameters-first": lambda dA, cache, name: (
            *layer_backward(dA, cache, name)[1:],
            layer_backward(dA, cache, name)[0],
        ),
        "da-missing": lambda dA, cache, name: layer_backward(dA, cache, name)[1:],
    },
)


# --- model_backward ---


def model_backward(AL, Y, caches):
    return model_backward_with()(AL, Y, caches)


def model_backward_with(
    dZL=lambda AL, Y, ZL: AL - Y,
    back=lambda W, dZ: W.T @ dZ,
    slope=relu_slope,
    share=lambda m, l, L: 1 / m,
    share_of_biases=None,
    inputs=lambda A_prev, l, caches: A_prev,
    summed=lambda dZ: dZ.sum(axis=1, keepdims=True),
    answer=lambda grads, L: grads,
):
    """The loop back with some of its parts replaced; with none replaced it is the right one.

    share: what the sums of layer l are multiplied by.  inputs: what dW of layer l is made with.
    answer: something done to the gradients at the end.
    """

    def backward(AL, Y, caches):
        L, m, grads = len(caches), AL.shape[1], {}
        dZ = dZL(AL, Y, caches[-1][1])
        for l in range(L, 0, -1):
            (A_prev, W, _), _ = caches[l - 1]
            grads[f"dW{l}"] = dZ @ inputs(A_prev, l, caches).T * share(m, l, L)
            grads[f"db{l}"] = summed(dZ) * (share_of_biases or share)(m, l, L)
            if l > 1:
                dZ = back(W, dZ) * slope(caches[l - 2][1])
        return answer({f"{kind}{l}": grads[f"{kind}{l}"] for l in range(1, L + 1) for kind in ("dW", "db")}, L)

    return backward


def model_backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for X, Y, parameters in network_cases(rng):
        AL, caches = model_forward(X, parameters)
        yield AL, Y, caches
    X, W1, b1 = at_the_kink(rng)
    output = {"W2": np.array([[1.0, -0.5]]), "b2": np.array([[0.25]])}
    AL, caches = model_forward(X, {"W1": W1, "b1": b1} | output)
    yield AL, draw.labels(rng, 3), caches
    # Answers that are all but certain, some of them wrong, and slopes that are large: neither is to be clipped.
    columns = rng.permutation(4)
    X, Y = np.array([[110.0, -110.0, 40.0, -40.0]])[:, columns], np.array([[0, 1, 1, 0]])[:, columns]
    hidden = {"W1": np.array([[0.1], [-0.1]]), "b1": np.array([[0.5], [0.25]])}
    AL, caches = model_forward(X, hidden | {"W2": np.array([[1.0, -1.0]]), "b2": np.array([[-0.25]])})
    yield AL, Y, caches


def agrees_with_the_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Each gradient is how fast J changes when that entry is moved a little: measured, not derived."""
    for sizes in ([2, 3, 1], [2, 3, 2, 2, 1]):
        X, Y, parameters = alive(rng, sizes, 4)
        AL, caches = model_forward(X, parameters)
        slopes = gradient_check.numerical_gradient(
            lambda moved, X=X, Y=Y: cross_entropy(model_forward(X, moved)[0], Y), parameters
        )
        yield from nearest_slope(slopes, call(AL, Y, caches))


def with_layers(change):
    """Gradients of some layers replaced: (l, L, the gradient) -> gradient."""
    return lambda grads, L: {name: change(int(name[2:]), L, slope) for name, slope in grads.items()}


def names_reversed(grads, L):
    return {name: grads[f"{name[:2]}{L + 1 - int(name[2:])}"] for name in grads}


def names_from_zero(grads, L):
    return {f"{name[:2]}{int(name[2:]) - 1}": slope for name, slope in grads.items()}


def without(layer):
    """Gradients of a layer missing: a function of L says which."""
    return lambda grads, L: {name: slope for name, slope in grads.items() if int(name[2:]) != layer(L)}


def parameter_names(grads, L):
    return {name[1:]: slope for name, slope in grads.items()}


MODEL_BACKWARD = Exercise(
    id="06-model-backward",
    points=3,
    reference=model_backward,
    cases=model_backward_cases,
    examples=[
        (
            (*model_forward(X3, PARAMETERS)[:1], Y3, model_forward(X3, PARAMETERS)[1]),
            {
                "dW1": np.array([[-0.389961678, -0.359033629], [0.779923357, 0.183277999]]),
                "db1": np.array([[-0.019225209], [0.573239677]]),
                "dW2": np.array([[0.162130269, -0.085985952]]),
                "db2": np.array([[-0.019225209]]),
            },
        )
    ],
    properties=(agrees_with_the_slope,),
    misconceptions={
        "forgot-mean": model_backward_with(share=lambda m, l, L: 1),
        "forgot-mean-in-last-layer": model_backward_with(share=lambda m, l, L: 1 if l == L else 1 / m),
        "forgot-mean-in-hidden-layers": model_backward_with(share=lambda m, l, L: 1 / m if l == L else 1),
        "forgot-mean-in-biases": model_backward_with(share_of_biases=lambda m, l, L: 1),
        "forgot-mean-in-weights": model_backward_with(share=lambda m, l, L: 1, share_of_biases=lambda m, l, L: 1 / m),
        "mean-once-more-in-each-layer": model_backward_with(back=lambda W, dZ: W.T @ dZ / dZ.shape[1]),
        "mean-twice": model_backward_with(share=lambda m, l, L: 1 / m**2),
        "difference-reversed": model_backward_with(dZL=lambda AL, Y, ZL: Y - AL),
        "sigmoid-derivative-twice": model_backward_with(dZL=lambda AL, Y, ZL: (AL - Y) * AL * (1 - AL)),
        "stopped-at-dal": model_backward_with(dZL=lambda AL, Y, ZL: (AL - Y) / (AL * (1 - AL))),
        "dal-sign": model_backward_with(dZL=lambda AL, Y, ZL: -(Y / AL + (1 - Y) / (1 - AL)) * AL * (1 - AL)),
        "dal-ones-only": model_backward_with(dZL=lambda AL, Y, ZL: -Y / AL * AL * (1 - AL)),
        "labels-unused": model_backward_with(dZL=lambda AL, Y, ZL: AL),
        "labels-for-activations": model_backward_with(dZL=lambda AL, Y, ZL: np.round(AL) - Y),
        "squared-difference": model_backward_with(dZL=lambda AL, Y, ZL: (AL - Y) ** 2),
        "relu-slope-in-output": model_backward_with(dZL=lambda AL, Y, ZL: (AL - Y) * relu_slope(ZL)),
        "relu-slope-for-sigmoid": model_backward_with(
            dZL=lambda AL, Y, ZL: (AL - Y) / (AL * (1 - AL)) * relu_slope(ZL)
        ),
        "forgot-relu-slope": model_backward_with(slope=lambda Z: 1),
        "sigmoid-slope-in-hidden-layers": model_backward_with(slope=sigmoid_slope),
        "sigmoid-slope-at-a-in-hidden-layers": model_backward_with(slope=lambda Z: relu(Z) * (1 - relu(Z))),
        "tanh-slope-in-hidden-layers": model_backward_with(slope=tanh_slope),
        "relu-value-for-slope": model_backward_with(slope=relu),
        "relu-slope-reversed": model_backward_with(slope=lambda Z: (Z < 0).astype(Z.dtype)),
        "relu-sign": model_backward_with(slope=np.sign),
        "relu-slope-one-at-zero": model_backward_with(slope=at_zero(1)),
        "relu-slope-half-at-zero": model_backward_with(slope=at_zero(0.5)),
        "weights-unused": model_backward_with(back=lambda W, dZ: np.ones_like(W.T) @ dZ),
        "z-for-inputs": model_backward_with(
            inputs=lambda A_prev, l, caches: A_prev if l == 1 else caches[l - 2][1],
        ),
        "bias-summed-over-units": model_backward_with(summed=lambda dZ: dZ.sum(axis=0, keepdims=True)),
        "one-bias-for-all-units": model_backward_with(summed=lambda dZ: dZ.sum(keepdims=True)),
        "bias-for-each-example": model_backward_with(summed=lambda dZ: dZ),
        "hidden-layers-frozen": model_backward_with(answer=with_layers(lambda l, L, g: g if l == L else 0 * g)),
        "first-layer-frozen": model_backward_with(answer=with_layers(lambda l, L, g: 0 * g if l == 1 < L else g)),
        "last-layer-missing": model_backward_with(answer=without(lambda L: L)),
        "first-layer-missing": model_backward_with(answer=without(lambda L: 1)),
        "hidden-layers-missing": model_backward_with(
            answer=lambda grads, L: {name: slope for name, slope in grads.items() if int(name[2:]) == L}
        ),
        "names-reversed": model_backward_with(answer=names_reversed),
        "names-from-zero": model_backward_with(answer=names_from_zero),
        "names-without-d": model_backward_with(answer=parameter_names),
    },
    symptoms={
        "first-layer-missing": lacks(lambda names: names[:2]),
        "last-layer-missing": lacks(lambda names: names[-2:]),
        "hidden-layers-missing": lacks(lambda names: names[:-2]),
    },
)


# --- update_parameters ---


def update_parameters(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


def update_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Every depth from 1 to 6, a shallow one first, and one that needs two digits to count its layers."""
    depths = (2, 1, 3, 4, 5, 6, 11)
    yield from draw.updates(rng, ([*(int(n) for n in rng.integers(1, 5, size=depth)), 1] for depth in depths))


def downhill(p, d, rate):
    return p - rate * d


def stays(p, d, rate):
    return p


def update_with(rule, where=lambda kind, l, L: True):
    """The update with another rule (p, d, rate) -> new p for the arrays that `where` says: "W" or "b", l of L."""

    def update(parameters, grads, learning_rate):
        L = len(parameters) // 2
        return {
            name: (rule if where(name[0], int(name[1:]), L) else downhill)(array, grads[f"d{name}"], learning_rate)
            for name, array in parameters.items()
        }

    return update


def another_rate(args: Args, got, want) -> bool:
    """All parameters have moved against their gradients, and by the same multiple of them."""
    parameters, grads, _ = args
    rates = [(parameters[name] - got[name]) / grads[f"d{name}"] for name in want]
    return rates[0][0, 0] > 0 and all(np.allclose(rate, rates[0][0, 0], rtol=1e-6) for rate in rates)


UPDATE = Exercise(
    id="06-update-parameters",
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
        "biases-uphill": update_with(lambda p, d, rate: p + rate * d, lambda kind, l, L: kind == "b"),
        "weights-uphill": update_with(lambda p, d, rate: p + rate * d, lambda kind, l, L: kind == "W"),
        "learning-rate-ignored": update_with(lambda p, d, rate: p - d),
        "learning-rate-not-on-biases": update_with(lambda p, d, rate: p - d, lambda kind, l, L: kind == "b"),
        "learning-rate-not-on-weights": update_with(lambda p, d, rate: p - d, lambda kind, l, L: kind == "W"),
        "nothing-changed": update_with(stays),
        "biases-not-updated": update_with(stays, lambda kind, l, L: kind == "b"),
        "weights-not-updated": update_with(stays, lambda kind, l, L: kind == "W"),
        "last-layer-not-updated": update_with(stays, lambda kind, l, L: l == L),
        "first-layer-not-updated": update_with(stays, lambda kind, l, L: l == 1),
        "hidden-layers-not-updated": update_with(stays, lambda kind, l, L: l < L),
        "two-layers-only": update_with(stays, lambda kind, l, L: l > 2),
        "first-layer-only": update_with(stays, lambda kind, l, L: l > 1),
        "three-layers-only": update_with(stays, lambda kind, l, L: l > 3),
        "last-layer-missing": lambda parameters, grads, rate: dict(
            list(update_parameters(parameters, grads, rate).items())[:-2]
        ),
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

EXERCISES = (
    INITIALIZE,
    LINEAR_FORWARD,
    ACTIVATION_FORWARD,
    LAYER_FORWARD,
    MODEL_FORWARD,
    COST,
    LINEAR_BACKWARD,
    ACTIVATION_BACKWARD,
    LAYER_BACKWARD,
    MODEL_BACKWARD,
    UPDATE,
)
