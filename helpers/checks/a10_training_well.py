"""Assignment 10, training well: start values, L2, dropout, mini-batches, and steps better than plain gradient descent.

V and S, what the optimizers remember, have the names and shapes of the gradients: {"dW1": …, "db1": …, …}.
"""

from collections.abc import Callable, Iterator

import numpy as np

from helpers import gradient_check
from helpers.checks import draw, values
from helpers.checks.exercise import Args, Exercise, Finding
from helpers.checks.in_a_row import goes_on_drawing

# The example of the notebook: one layer with two weights and a bias.
P1 = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([[0.5]])}
G1 = {"dW1": np.array([[4.0, -1.0]]), "db1": np.array([[2.0]])}
V1 = {"dW1": np.array([[1.0, 1.0]]), "db1": np.array([[-1.0]])}
S1 = {"dW1": np.array([[9.0, 4.0]]), "db1": np.array([[0.25]])}


def networks(rng: np.random.Generator) -> Iterator[dict[str, np.ndarray]]:
    """Parameters of one to four layers, small ones first."""
    yield draw.layers(rng, [2, 1])
    yield draw.layers(rng, [1, 2, 1])
    for depth in (3, 2, 4):
        yield draw.layers(rng, [int(n) for n in rng.integers(1, 6, size=depth + 1)])
    yield draw.layers(rng, [3, 4, 3, 2])


def gradients(rng: np.random.Generator, parameters: dict, k: int) -> dict[str, np.ndarray]:
    """In the second of the networks in the order in which a backward pass finds them."""
    grads = draw.gradients_for(rng, parameters)
    return dict(reversed(grads.items())) if k == 1 else grads


def generator(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(int(rng.integers(10**6)))


def depth_of(parameters: dict) -> int:
    return len(parameters) // 2


# --- initialize_he ---


def start_with(spread=lambda n_prev, n: np.sqrt(2 / n_prev), weights=None, bias=np.zeros, layers=None):
    """Start values with some rules replaced; with none replaced they are the right ones.

    spread(n_prev, n) -> standard deviation, weights(rng, n, n_prev) -> W, layers(L) -> which layers are made.
    """

    def initialize(layer_sizes, rng):
        parameters = {}
        for l in (layers or (lambda L: range(1, L + 1)))(len(layer_sizes) - 1):
            n, n_prev = layer_sizes[l], layer_sizes[l - 1]
            W = weights(rng, n, n_prev) if weights else rng.standard_normal((n, n_prev)) * spread(n_prev, n)
            parameters |= {f"W{l}": W, f"b{l}": bias((n, 1))}
        return parameters

    return initialize


def initialize_he(layer_sizes, rng):
    return start_with()(layer_sizes, rng)


def start_cases(rng: np.random.Generator) -> Iterator[Args]:
    several = [[int(n) for n in rng.integers(1, 9, size=depth + 1)] for depth in (3, 4, 5)]
    for sizes in ([2, 3, 1], [1, 1], [4, 1, 3], [7, 5, 6, 2], *several):
        yield sizes, generator(rng)


SPREADS: dict[str, Callable[[float, float], float]] = {
    "xavier-for-he": lambda n_prev, n: np.sqrt(1 / n_prev),
    "forgot-root": lambda n_prev, n: 2 / n_prev,
    "own-size-for-inputs": lambda n_prev, n: np.sqrt(2 / n),
    "glorot-for-he": lambda n_prev, n: np.sqrt(2 / (n + n_prev)),
    "always-a-hundredth": lambda n_prev, n: 0.01,
    "not-scaled": lambda n_prev, n: 1.0,
    "root-of-two": lambda n_prev, n: np.sqrt(2) / n_prev,
    "fraction-upside-down": lambda n_prev, n: np.sqrt(n_prev / 2),
    "half-for-two": lambda n_prev, n: np.sqrt(1 / (2 * n_prev)),
    "two-outside-the-root": lambda n_prev, n: 2 / np.sqrt(n_prev),
    "variance-squared": lambda n_prev, n: (2 / n_prev) ** 2,
}


def starts_as_he(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Whatever is drawn: biases 0, weights around 0, each a draw of its own, spread as its layer's inputs demand."""
    sizes = [int(n) for n in (rng.integers(230, 260), rng.integers(130, 150), rng.integers(60, 70), 400)]
    args = sizes, generator(rng)
    parameters, again = call(*args), call(sizes, generator(rng))
    for l in range(1, len(sizes)):
        name, n_prev = f"W{l}", sizes[l - 1]
        W, wanted = parameters[name], float(np.sqrt(2 / n_prev))
        spread = float(W.std())
        if parameters[f"b{l}"].any():
            yield Finding("bias-not-zero", {"name": f"b{l}"}, cause="bias-not-zero", case=args)
        if not W.any():
            yield Finding("all-zero", {"name": name}, cause="zeros-for-weights", case=args)
        elif len(np.unique(np.abs(W))) < 0.9 * W.size:  # those with the sign turned round are no draws of their own
            yield Finding("values-repeated", {"name": name}, cause="not-drawn-one-by-one", case=args)
        elif np.array_equal(W, again[name]):
            yield Finding("same-for-every-generator", {"name": name}, cause="own-seed", case=args)
        elif abs(W.mean()) > 0.3 * spread:
            yield Finding("not-around-zero", {"name": name, "mean": float(W.mean())}, cause="never-negative", case=args)
        elif abs(spread / wanted - 1) > 0.05:  # 8000 draws or more: a right one is 1 % off at most in all of history
            yield Finding(
                "wrong-spread",
                {"name": name, "spread": spread, "wanted": wanted, "n_prev": n_prev},
                cause=_spread_of(parameters, sizes),
                case=args,
            )

    deviations = [parameters[f"W{l}"].std() * np.sqrt(sizes[l - 1] / 2) for l in range(1, len(sizes))]
    if np.abs(np.array(deviations) - 1).max() < 1e-6:  # all three by luck once in 10¹¹ times
        yield Finding("spread-without-chance", cause="spread-forced", case=args)


def draws_each_layer_anew(call, rng: np.random.Generator) -> Iterator[Finding]:
    args = [4, 4, 4], generator(rng)
    parameters = call(*args)
    if np.allclose(parameters["W1"], parameters["W2"]):
        yield Finding("layers-alike", cause="same-seed-for-each-layer", case=args)


# Layers of one unit with eight inputs, and of eight units with one input, so many that their spread can be measured.
NARROW = [8, 1] * 101


def starts_small_layers_alike(call, rng: np.random.Generator) -> Iterator[Finding]:
    """The formula holds for narrow layers too: seen in 1600 draws, whose spread is 3 % off at most as a rule."""
    args = NARROW, generator(rng)
    weights, more = call(*args), call(NARROW, generator(rng))
    for first, n_prev in ((1, 8), (2, 1)):
        layers = [parameters[f"W{l}"] for parameters in (weights, more) for l in range(first, len(NARROW), 2)]
        spread, wanted = float(np.std(layers)), float(np.sqrt(2 / n_prev))
        if abs(spread / wanted - 1) > 0.2:
            found = {"spread": spread, "wanted": wanted, "n_prev": n_prev, "n": 9 - n_prev}
            yield Finding(
                "wrong-spread-when-narrow", found, cause="narrow-layers-apart", case=([n_prev, 9 - n_prev], args[1])
            )
            return


def _spread_of(parameters: dict, sizes: list[int]) -> str:
    layers = range(1, len(sizes))
    for cause, spread in SPREADS.items():
        if all(abs(parameters[f"W{l}"].std() / spread(sizes[l - 1], sizes[l]) - 1) < 0.05 for l in layers):
            return cause
    return "another-spread"


def same_generator_again(layer_sizes, rng):
    """A generator is made anew for each layer, from one seed."""
    seed, parameters = int(rng.integers(10**6)), {}
    for l in range(1, len(layer_sizes)):
        n_prev, n = layer_sizes[l - 1 : l + 1]
        layer = initialize_he([n_prev, n], np.random.default_rng(seed))
        parameters |= {f"W{l}": layer["W1"], f"b{l}": layer["b1"]}
    return parameters


def standardized_draws(rng, n, n_prev):
    W = rng.standard_normal((n, n_prev))
    return (W - W.mean()) / max(W.std(), 1e-9) * np.sqrt(2 / n_prev)


INITIALIZE = Exercise(
    id="10-initialize-he",
    points=2,
    reference=initialize_he,
    cases=start_cases,
    compare_values=False,
    properties=(
        starts_as_he,
        draws_each_layer_anew,
        starts_small_layers_alike,
        goes_on_drawing(lambda rng: ([4, 5, 2], generator(rng))),
    ),
    misconceptions={cause: start_with(spread) for cause, spread in SPREADS.items()}
    | {
        "zeros-for-weights": start_with(lambda n_prev, n: 0.0),
        "never-negative": start_with(weights=lambda rng, n, n_prev: rng.random((n, n_prev)) * np.sqrt(2 / n_prev)),
        "not-drawn-one-by-one": start_with(
            weights=lambda rng, n, n_prev: np.full((n, n_prev), rng.standard_normal() * np.sqrt(2 / n_prev))
        ),
        "same-seed-for-each-layer": same_generator_again,
        "spread-forced": start_with(weights=standardized_draws),
        "narrow-layers-apart": start_with(lambda n_prev, n: np.sqrt((2 if n > 1 else 1) / n_prev)),
        "bias-not-zero": start_with(bias=np.ones),
        "output-layer-missing": start_with(layers=lambda L: range(1, L)),
        "weights-transposed": start_with(
            weights=lambda rng, n, n_prev: rng.standard_normal((n_prev, n)) * np.sqrt(2 / n_prev)
        ),
    },
    symptoms={
        "output-layer-missing": lambda args, got, want: f"W{len(args[0]) - 1}" not in got,
        "numbered-from-zero": lambda args, got, want: "W0" in got and f"W{len(args[0]) - 1}" not in got,
    },
)


# --- l2_cost ---


def penalty_with(
    of=lambda W: np.sum(W**2), factor=lambda l2, m: l2 / (2 * m), names=lambda L: [f"W{l}" for l in range(1, L + 1)]
):
    """The penalty with another function of each matrix, another factor, or other matrices."""
    return lambda parameters, l2, m: float(
        factor(l2, m) * sum(of(parameters[name]) for name in names(depth_of(parameters)))
    )


def l2_cost(parameters, l2, m):
    return penalty_with()(parameters, l2, m)


def l2_cost_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, parameters in enumerate(networks(rng)):
        yield parameters, strength(rng), 1 if k == 1 else int(rng.integers(3, 50))
    yield draw.layers(rng, [2, 3, 1]), 0.0, 7


def strength(rng: np.random.Generator) -> float:
    """λ, not 1 and not 2, so that no mistake hides behind it."""
    return float(rng.choice([0.1, 0.3, 0.7, 1.3, 3.0, 5.0]))


def all_names(L: int) -> list[str]:
    return [f"{letter}{l}" for l in range(1, L + 1) for letter in "Wb"]


L2_COST = Exercise(
    id="10-l2-cost",
    points=1,
    reference=l2_cost,
    cases=l2_cost_cases,
    examples=[(({"W1": np.array([[3.0, -1.0]]), "b1": np.array([[7.0]])}, 0.5, 10), 0.25)],
    misconceptions={
        "biases-too": penalty_with(names=all_names),
        "forgot-half": penalty_with(factor=lambda l2, m: l2 / m),
        "forgot-m": penalty_with(factor=lambda l2, m: l2 / 2),
        "forgot-half-and-m": penalty_with(factor=lambda l2, m: l2),
        "forgot-lambda": penalty_with(factor=lambda l2, m: 1 / (2 * m)),
        "m-of-the-example": penalty_with(factor=lambda l2, m: l2 / 20),
        "times-m-for-divided": penalty_with(factor=lambda l2, m: l2 / 2 * m),
        "m-squared": penalty_with(factor=lambda l2, m: l2 / (2 * m**2)),
        "root-of-m": penalty_with(factor=lambda l2, m: l2 / (2 * np.sqrt(m))),
        "lambda-squared": penalty_with(factor=lambda l2, m: l2**2 / (2 * m)),
        "forgot-square": penalty_with(of=np.sum),
        "absolute-values": penalty_with(of=lambda W: np.sum(np.abs(W))),
        "square-of-the-sum": penalty_with(of=lambda W: np.sum(W) ** 2),
        "root-of-the-sum": penalty_with(of=lambda W: np.sqrt(np.sum(W**2))),
        "mean-for-sum": penalty_with(of=lambda W: np.mean(W**2)),
        "product-with-itself": penalty_with(of=lambda W: np.sum(W @ W.T)),
        "largest-only": penalty_with(of=lambda W: np.max(W**2)),
        "first-layer-only": penalty_with(names=lambda L: ["W1"]),
        "last-layer-only": penalty_with(names=lambda L: [f"W{L}"]),
        "last-layer-missing": penalty_with(names=lambda L: [f"W{l}" for l in range(1, L)]),
        "first-layer-missing": penalty_with(names=lambda L: [f"W{l}" for l in range(2, L + 1)]),
        "biases-only": penalty_with(names=lambda L: [f"b{l}" for l in range(1, L + 1)]),
        "two-layers-only": penalty_with(names=lambda L: ["W1", "W2"]),
    },
)


# --- l2_backward ---


def l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / m * W, bias=lambda db, b, l2, m: db, layers=lambda l, L: True):
    """The gradients with other rules for weights and biases, in some layers only."""

    def backward(parameters, grads, l2, m):
        result = {}
        for l in range(1, depth_of(parameters) + 1):
            for letter, rule in (("W", of), ("b", bias)):
                d, p = grads[f"d{letter}{l}"], parameters[f"{letter}{l}"]
                result[f"d{letter}{l}"] = rule(d, p, l2, m) if layers(l, depth_of(parameters)) else d
        return result

    return backward


def l2_backward(parameters, grads, l2, m):
    return l2_gradient_with()(parameters, grads, l2, m)


def l2_backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (parameters, l2, m) in enumerate(l2_cost_cases(rng)):
        yield parameters, gradients(rng, parameters, k), l2, m


def agrees_with_the_penalty_s_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """What is added to each gradient is how fast the penalty changes with that entry: measured, not derived."""
    parameters, l2, m = draw.layers(rng, [2, 3, 1]), strength(rng), int(rng.integers(3, 30))
    grads = draw.gradients_for(rng, parameters)
    slopes = gradient_check.numerical_gradient(lambda moved: l2_cost(moved, l2, m), parameters)
    result = call(parameters, grads, l2, m)
    for name, slope in slopes.items():
        added = result[name] - grads[name]
        for i, j in np.ndindex(slope.shape):
            if abs(float(added[i, j] - slope[i, j])) > 1e-4 * max(1.0, float(np.abs(slope).max())):
                entry = f"{name}[{i}, {j}]"
                numbers = {"got": float(added[i, j]), "wanted": float(slope[i, j])}
                yield Finding("not-the-slope", {"moved": entry[1:], "entry": entry} | numbers)
                return


def with_layers(layers) -> Callable:
    return l2_gradient_with(layers=layers)


L2_BACKWARD = Exercise(
    id="10-l2-backward",
    points=2,
    reference=l2_backward,
    cases=l2_backward_cases,
    examples=[((P1, G1, 0.5, 10), {"dW1": np.array([[4.05, -1.1]]), "db1": np.array([[2.0]])})],
    properties=(agrees_with_the_penalty_s_slope,),
    misconceptions={
        "nothing-added": lambda parameters, grads, l2, m: grads,
        "biases-too": l2_gradient_with(bias=lambda db, b, l2, m: db + l2 / m * b),
        "forgot-m": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 * W),
        "kept-the-half": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / (2 * m) * W),
        "doubled-penalty": l2_gradient_with(of=lambda dW, W, l2, m: dW + 2 * l2 / m * W),
        "half-and-no-m": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / 2 * W),
        "forgot-lambda": l2_gradient_with(of=lambda dW, W, l2, m: dW + W / m),
        "minus-for-plus": l2_gradient_with(of=lambda dW, W, l2, m: dW - l2 / m * W),
        "gradient-divided-too": l2_gradient_with(of=lambda dW, W, l2, m: (dW + l2 * W) / m),
        "gradient-scaled-too": l2_gradient_with(of=lambda dW, W, l2, m: l2 / m * (dW + W)),
        "penalty-alone": l2_gradient_with(of=lambda dW, W, l2, m: l2 / m * W),
        "penalty-alone-and-biases-zero": l2_gradient_with(
            of=lambda dW, W, l2, m: l2 / m * W, bias=lambda db, b, l2, m: np.zeros_like(db)
        ),
        "biases-zero": l2_gradient_with(bias=lambda db, b, l2, m: np.zeros_like(db)),
        "biases-only": l2_gradient_with(of=lambda dW, W, l2, m: dW, bias=lambda db, b, l2, m: db + l2 / m * b),
        "derivative-of-absolute-value": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / m * np.sign(W)),
        "square-not-derived": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / m * W**2),
        "square-not-derived-and-half": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / (2 * m) * W**2),
        "penalty-of-the-layer": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / (2 * m) * np.sum(W**2)),
        "sum-of-the-layer": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / m * np.sum(W)),
        "penalty-of-the-gradient": l2_gradient_with(of=lambda dW, W, l2, m: dW + l2 / m * dW),
        "multiplied-for-added": l2_gradient_with(of=lambda dW, W, l2, m: dW * (l2 / m * W)),
        "weights-shrunk": l2_gradient_with(of=lambda dW, W, l2, m: dW * (1 - l2 / m)),
        "last-layer-missing": with_layers(lambda l, L: l < L),
        "first-layer-missing": with_layers(lambda l, L: l > 1),
        "first-layer-only": with_layers(lambda l, L: l == 1),
        "last-layer-only": with_layers(lambda l, L: l == L),
        "two-layers-only": with_layers(lambda l, L: l < 3),
    },
)


# --- dropout_forward ---


def dropout_with(
    mask=lambda rng, shape, keep: rng.random(shape) < keep,
    result=lambda A, D, keep: A * D / keep,
    returned=lambda D, keep: D,
):
    """Dropout with another way to draw the mask, to use it, or to return it."""

    def dropout(A, keep_prob, rng):
        D = mask(rng, A.shape, keep_prob)
        return result(A, D, keep_prob), returned(D, keep_prob)

    return dropout


def dropout_forward(A, keep_prob, rng):
    return dropout_with()(A, keep_prob, rng)


def dropout_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n, m in draw.shapes(rng):
        yield draw.inputs(rng, n, m), float(rng.choice([0.3, 0.6, 0.7, 0.8, 0.9])), generator(rng)
    yield draw.inputs(rng, 9, 12), 0.3, generator(rng)
    yield draw.inputs(rng, 4, 6), 1.0, generator(rng)


# What people do with A once D is there, in the order in which it is looked for.
RESULTS = {
    "forgot-scale": lambda A, D, keep: A * D,
    "scale-multiplied": lambda A, D, keep: A * D * keep,
    "forgot-mask": lambda A, D, keep: A / keep,
    "nothing-done-to-a": lambda A, D, keep: A,
    "scaled-by-dropped-share": lambda A, D, keep: A * D / max(1 - keep, 1e-9),
    "mask-reversed": lambda A, D, keep: A * (1 - D) / keep,
    "mask-reversed-and-not-scaled": lambda A, D, keep: A * (1 - D),
    "scaled-twice": lambda A, D, keep: A * D / keep**2,
    "scale-on-all": lambda A, D, keep: A * keep,
    "root-of-scale": lambda A, D, keep: A * D / np.sqrt(keep),
    "scaled-by-counted-share": lambda A, D, keep: A * D / max(float(np.mean(D)), 1e-9),
}


def drops_at_random(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Whatever is drawn: D of 0 and 1, each kept with the probability asked for, and A * D / keep_prob beside it."""
    for keep in (0.3, 0.95, 0.55):
        n, m = int(rng.integers(45, 55)), int(rng.integers(70, 80))
        A = draw.inputs(rng, n, m) * (rng.random((n, m)) < 0.7)  # zeros, as behind a ReLU
        args = A, keep, generator(rng)
        dropped, D = call(*args)
        D = D.astype(np.float64)
        share, allowed = float(D.mean()), 6 * np.sqrt(keep * (1 - keep) / D.size)
        if not np.isin(D, (0, 1)).all():
            cause = "mask-scaled" if np.isin(D.astype(np.float32), np.float32([0, 1 / keep])).all() else "not-a-mask"
            yield Finding("mask-not-0-and-1", {"value": float(D[~np.isin(D, (0, 1))][0])}, cause=cause, case=args)
        elif D.any() and not D[A == 0].any():
            yield Finding("mask-where-a-is-not-0", cause="mask-read-from-the-answer", case=args)
        elif abs(share - keep) > allowed:
            causes = {1.0: "nothing-dropped", 0.0: "everything-dropped"}
            exchanged = abs(share - (1 - keep)) < allowed
            alike = _alike(D)  # few draws, so that their share says little
            cause = causes.get(share, "kept-and-dropped-exchanged" if exchanged else "another-share")
            numbers = {"share": share, "wanted": keep}
            yield Finding("wrong-share", numbers, cause=alike if alike and 0 < share < 1 else cause, case=args)
        elif _alike(D):
            yield Finding("drawn-too-seldom", cause=_alike(D), case=args)
        elif _copied(D, keep):
            yield Finding("drawn-too-seldom", cause="part-copied", case=args)
        elif _counted(D, keep):
            yield Finding("as-many-each-time", {"kept": int(D[:, 0].sum())}, cause="exact-count", case=args)
        elif not np.array_equal(D, call(*args)[1]):  # the engine's own look sees small masks, which may agree by luck
            yield Finding("different-each-call", cause="different-each-call", case=args)
        elif np.array_equal(D, call(A, keep, generator(rng))[1]):
            yield Finding("same-for-every-generator", cause="own-seed", case=args)
        elif not np.allclose(dropped, A * D / keep, rtol=1e-4):
            entry = tuple(int(i) for i in np.argwhere(~np.isclose(dropped, A * D / keep, rtol=1e-4))[0])
            found = {"entry": f"[{entry[0]}, {entry[1]}]", "a": float(A[entry]), "d": int(D[entry]), "keep": keep}
            found |= {"got": float(dropped[entry]), "wanted": float(A[entry] * D[entry] / keep)}
            causes = (c for c, result in RESULTS.items() if np.allclose(dropped, result(A, D, keep), rtol=1e-4))
            yield Finding("not-a-d-over-keep", found, cause=next(causes, None), case=args)
        else:
            continue
        return


def _alike(D: np.ndarray) -> str | None:
    if not np.ptp(D, axis=1).any():
        return "same-for-every-example"
    return None if np.ptp(D, axis=0).any() else "same-for-every-unit"


def _copied(D: np.ndarray, keep: float) -> bool:
    """Whether two examples or two units have the same mask: where 0 and 1 are about as likely, never by luck."""
    halves = 0.4 < keep < 0.6  # 45 units or more: two of 80 examples agree once in 10¹⁰ masks
    return halves and any(len(np.unique(masks, axis=0)) < len(masks) for masks in (D, D.T))


def _counted(D: np.ndarray, keep: float) -> bool:
    """Whether examples, or units, have too nearly the same number of entries kept, as if those were counted out.

    The variance of 45 or more of these sums is less than 0.15 of what it should be once in 10¹¹ masks by luck.
    """
    sums = ((D.sum(axis=axis), D.shape[axis]) for axis in (0, 1))
    return any(kept.var() < 0.15 * n * keep * (1 - keep) for kept, n in sums)


MASKS, FEW, HALF = 40, 6, 0.55


def no_number_is_set(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Of one unit and a few examples, now these and now those are kept, and now more and now fewer."""
    A = draw.inputs(rng, 1, FEW)
    masks = np.array([call(A, HALF, generator(rng))[1] for _ in range(MASKS)], dtype=np.float64)
    kept = masks.sum(axis=(1, 2))
    found = {"masks": MASKS, "few": FEW}
    if not np.ptp(kept):  # by luck never
        cause = "exact-count" if 0 < kept[0] < FEW else None
        yield Finding("one-number-always", found | {"kept": int(kept[0])}, cause=cause, case=(A, HALF, generator(rng)))
    elif abs(masks.mean() - HALF) > 6.5 * np.sqrt(HALF * (1 - HALF) / masks.size):
        numbers = {"share": float(masks.mean()), "wanted": HALF}
        yield Finding("wrong-share", numbers, cause="another-share", case=(A, HALF, generator(rng)))


def keeps_all(call, rng: np.random.Generator) -> Iterator[Finding]:
    args = draw.inputs(rng, 5, 8), 1.0, generator(rng)
    dropped, D = call(*args)
    if not (D == 1).all() or not np.allclose(dropped, args[0], rtol=1e-5):
        yield Finding("dropped-with-keep-1", case=args)


def drawn_for(axis: int):
    """A mask that is drawn once for each unit (axis 0) or once for each example (axis 1)."""

    def mask(rng, shape, keep):
        small = (shape[0], 1) if axis == 0 else (1, shape[1])
        return np.broadcast_to(rng.random(small) < keep, shape)

    return mask


def right_half_as_left(rng, shape, keep):
    half = rng.random((shape[0], (shape[1] + 1) // 2)) < keep
    return np.tile(half, 2)[:, : shape[1]]


def counted_out(rng, shape, keep):
    size = shape[0] * shape[1]
    return rng.permutation(np.arange(size) < round(keep * size)).reshape(shape)


def mask_from_the_answer(A, keep, rng):
    dropped, _ = dropout_forward(A, keep, rng)
    return dropped, dropped != 0


DROPOUT_FORWARD = Exercise(
    id="10-dropout-forward",
    points=2,
    reference=dropout_forward,
    cases=dropout_cases,
    compare_values=False,
    properties=(
        drops_at_random,
        no_number_is_set,
        keeps_all,
        goes_on_drawing(lambda rng: (draw.inputs(rng, 20, 30), 0.6, generator(rng))),
    ),
    misconceptions={cause: dropout_with(result=result) for cause, result in RESULTS.items()}
    | {
        "kept-and-dropped-exchanged": dropout_with(lambda rng, shape, keep: rng.random(shape) > keep),
        "kept-and-dropped-exchanged-and-not-scaled": dropout_with(
            lambda rng, shape, keep: rng.random(shape) > keep, lambda A, D, keep: A * D
        ),
        "normal-for-uniform": dropout_with(lambda rng, shape, keep: rng.standard_normal(shape) < keep),
        "not-a-mask": dropout_with(lambda rng, shape, keep: rng.random(shape)),
        "mask-scaled": dropout_with(returned=lambda D, keep: D / keep),
        "always-half": dropout_with(lambda rng, shape, keep: rng.random(shape) < 0.5),
        "same-for-every-example": dropout_with(drawn_for(0)),
        "same-for-every-unit": dropout_with(drawn_for(1)),
        "part-copied": dropout_with(right_half_as_left),
        "exact-count": dropout_with(counted_out),
        "mask-read-from-the-answer": mask_from_the_answer,
        "nothing-dropped": dropout_with(lambda rng, shape, keep: np.ones(shape)),
        "everything-dropped": dropout_with(lambda rng, shape, keep: np.zeros(shape)),
        "dropped-mask-returned": dropout_with(returned=lambda D, keep: ~D),
    },
)


# --- dropout_backward ---


def dropout_backward(dA_dropped, D, keep_prob):
    return dA_dropped * D / keep_prob


def mask_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (n, m) in enumerate(draw.shapes(rng)):
        keep = float(rng.choice([0.3, 0.6, 0.7, 0.8, 0.9]))
        D = rng.random((n, m)) < keep
        D.flat[:2] = [True, False][: D.size]  # something kept; where there is room, something dropped
        yield draw.inputs(rng, n, m), D if k % 2 else D.astype(float), keep


DROPOUT_BACKWARD = Exercise(
    id="10-dropout-backward",
    points=1,
    reference=dropout_backward,
    cases=mask_cases,
    examples=[
        (
            (np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [1.0, 1.0]]), 0.8),
            np.array([[1.25, 0.0], [3.75, 5.0]]),
        )
    ],
    misconceptions={
        "forgot-mask": lambda dA, D, keep: dA / keep,
        "forgot-scale": lambda dA, D, keep: dA * D,
        "nothing-done": lambda dA, D, keep: dA,
        "scale-multiplied": lambda dA, D, keep: dA * D * keep,
        "scale-on-all": lambda dA, D, keep: dA * keep,
        "scaled-by-dropped-share": lambda dA, D, keep: dA * D / (1 - keep),
        "scaled-by-counted-share": lambda dA, D, keep: dA * D / np.mean(D),
        "mask-reversed": lambda dA, D, keep: dA * (1 - D) / keep,
        "mask-reversed-and-not-scaled": lambda dA, D, keep: dA * (1 - D),
        "scaled-twice": lambda dA, D, keep: dA * D / keep**2,
        "keep-prob-of-the-example": lambda dA, D, keep: dA * D / 0.8,
        "mask-added": lambda dA, D, keep: dA + D / keep,
        "root-of-scale": lambda dA, D, keep: dA * D / np.sqrt(keep),
        "mask-alone": lambda dA, D, keep: D / keep,
        "mean-over-examples": lambda dA, D, keep: dA * D / keep / dA.shape[1],
        "dropped-scaled-down": lambda dA, D, keep: np.where(D, dA, dA * keep),
        "dropped-kept": lambda dA, D, keep: np.where(D, dA / keep, dA),
    },
)


# --- minibatches ---


def cut(X, Y, batch_size):
    return [(X[:, j : j + batch_size], Y[:, j : j + batch_size]) for j in range(0, X.shape[1], batch_size)]


def minibatches(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    return cut(X[:, order], Y[:, order], batch_size)


def batch_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Sizes that divide m and that do not, one that is larger than m, and 1."""
    fixed = ((7, 3), (1, 1), (6, 2), (5, 8), (4, 1), (12, 5))
    drawn = [(int(m), int(rng.integers(2, 9))) for m in rng.integers(9, 30, size=2)]
    for k, (m, batch_size) in enumerate((*fixed, *drawn)):
        yield *columns_told_apart(rng, 1 if k == 4 else int(rng.integers(2, 5)), m), batch_size, generator(rng)


def columns_told_apart(rng: np.random.Generator, n_x: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """X whose first row is different in every column, and Y of two rows from which that column can be told."""
    X = draw.inputs(rng, n_x, m)
    X[0] = rng.permutation(np.arange(1, m + 1)) / 4
    return X, np.vstack([X[0] * 4, X[0] * 8 + 1])


def holds_every_column_once(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Whatever the order: each column once, X and Y alike, shuffled, by the generator that was handed over."""
    for m, batch_size in ((int(rng.integers(40, 60)), 8), (30, 7), (33, int(rng.integers(2, 12)))):
        args = *columns_told_apart(rng, 3, m), batch_size, generator(rng)
        X, Y = args[:2]
        batches = call(*args)
        X_out, Y_out = (np.hstack([pair[part] for pair in batches]) for part in (0, 1))
        places = [np.flatnonzero(np.isclose(X[0], value)) for value in X_out[0]]
        if not all(place.size == 1 for place in places):
            yield Finding("not-a-column", case=args, cause="columns-taken-apart")
            return
        order = np.concatenate(places)
        if not np.allclose(X_out, X[:, order]):
            yield Finding("not-a-column", case=args, cause="columns-taken-apart")
            return
        if len(set(order)) < m:
            missing = m - len(set(order))
            yield Finding("columns-missing", {"missing": missing, "m": m}, cause="drawn-with-repetition", case=args)
            return
        if not np.allclose(Y_out, Y[:, order]):
            cause = "labels-not-shuffled" if np.allclose(Y_out, Y) else "labels-shuffled-apart"
            cause = "only-labels-shuffled" if (order == np.arange(m)).all() else cause
            j = int(np.flatnonzero(~np.isclose(Y_out, Y[:, order]).all(axis=0))[0])
            yield Finding("labels-of-another", {"column": j}, cause=cause, case=args)
            return
        if (order == np.arange(m)).all():
            yield Finding("not-shuffled", case=args, cause="not-shuffled")
            return
        if all((np.diff(np.sort(order[j : j + batch_size])) == 1).all() for j in range(0, m, batch_size)):
            yield Finding("not-shuffled", case=args, cause="only-batches-shuffled")
            return
        steps, times = np.unique(np.diff(order), return_counts=True)
        if times.max() >= TOO_MANY_NEIGHBOURS:
            found = {"times": int(times.max()), "m": m, "step": int(steps[times.argmax()])}
            yield Finding("neighbours-kept", found, case=args, cause="hardly-shuffled")
            return
        again = np.hstack([pair[0] for pair in call(X, Y, batch_size, generator(rng))])
        if np.array_equal(again, X_out):
            yield Finding("same-for-every-generator", case=args, cause="own-seed")
            return


# Of 30 columns or more in a random order, so many are the same step behind the one before once in 10¹⁰ orders.
TOO_MANY_NEIGHBOURS = 15
# (m, batch size, epochs): that a column never comes first, or never last, happens once in 10⁹ times.
MANY_EPOCHS = ((3, 2, 56), (2, 5, 31))


def every_column_comes_first_and_last(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Over many epochs each column begins one and ends one: the rest is shuffled too, and a single batch."""
    for m, batch_size, epochs in MANY_EPOCHS:
        X, Y = columns_told_apart(rng, 2, m)
        rows = [np.hstack([pair[0] for pair in call(X, Y, batch_size, generator(rng))])[0] for _ in range(epochs)]
        for end, place in (("never-first", 0), ("never-last", -1)):
            never = np.flatnonzero(~np.isclose(X[0][:, None], [row[place] for row in rows]).any(axis=1))
            if never.size:
                found = {"epochs": epochs, "m": m, "column": int(never[0]), "batch_size": batch_size}
                yield Finding(end, found, cause="hardly-shuffled", case=(X, Y, batch_size, generator(rng)))
                return


def sizes_of(got: object) -> list[int]:
    """How many columns the pairs hold; TypeError or the like where there are no pairs of matrices."""
    return [X_batch.shape[1] for X_batch, _ in got]


def count(args: Args) -> tuple[int, int, int]:
    """m, the batch size, and how many full batches there are."""
    m, size = args[0].shape[1], args[2]
    return m, size, m // size


def last_dropped(args: Args, got, want) -> bool:
    return sizes_of(got) == [args[2]] * count(args)[2]


def last_filled_up(args: Args, got, want) -> bool:
    return len(got) == len(want) and set(sizes_of(got)) == {args[2]}


def equal_sizes(args: Args, got, want) -> bool:
    sizes = sizes_of(got)
    alike = sum(sizes) == args[0].shape[1] and len(sizes) == len(want) and max(sizes) - min(sizes) <= 1
    return alike and sizes != sizes_of(want)


def empty_batch(args: Args, got, want) -> bool:
    m, size, full = count(args)
    return m == full * size and sizes_of(got) == [size] * full + [0]


def number_for_size(args: Args, got, want) -> bool:
    """As many batches as the size of one, or one for each example where there are fewer."""
    sizes = sizes_of(got)
    return sum(sizes) == args[0].shape[1] and len(sizes) == args[2]


def two_lists(args: Args, got, want) -> bool:
    X_batches, Y_batches = got
    rows = {batch.shape[0] for batch in X_batches}
    return len(X_batches) == len(Y_batches) == len(want) and rows == {args[0].shape[0]}


def rows_cut(args: Args, got, want) -> bool:
    columns = {X_batch.shape[1] for X_batch, _ in got}
    whole = columns == {args[0].shape[1]} and sum(len(X_batch) for X_batch, _ in got) <= args[0].shape[0]
    return whole and len(want) > 1


def shuffled(change) -> Callable:
    """Batches of what change(X, Y, rng) gives."""
    return lambda X, Y, batch_size, rng: cut(*change(X, Y, rng), batch_size)


def batches_shuffled_only(X, Y, batch_size, rng):
    batches = cut(X, Y, batch_size)
    full = [batches[k] for k in rng.permutation(X.shape[1] // batch_size)]
    return full + batches[X.shape[1] // batch_size :]


def with_order(order) -> Callable:
    return shuffled(lambda X, Y, rng: (X[:, order(rng, X.shape[1])], Y[:, order(rng, X.shape[1])]))


def cut_once(X, Y, rng):
    """The two parts of the columns exchanged, as when cards are lifted off once."""
    order = np.roll(np.arange(X.shape[1]), rng.integers(X.shape[1]))
    return X[:, order], Y[:, order]


def drawn_with_repetition(X, Y, rng):
    columns = rng.integers(0, X.shape[1], size=X.shape[1])
    return X[:, columns], Y[:, columns]


BATCHES = Exercise(
    id="10-minibatches",
    points=3,
    reference=minibatches,
    cases=batch_cases,
    compare_values=False,
    properties=(
        holds_every_column_once,
        every_column_comes_first_and_last,
        goes_on_drawing(lambda rng: (*columns_told_apart(rng, 2, 40), 6, generator(rng))),
    ),
    misconceptions={
        "not-shuffled": lambda X, Y, batch_size, rng: cut(X, Y, batch_size),
        "labels-not-shuffled": shuffled(lambda X, Y, rng: (X[:, rng.permutation(X.shape[1])], Y)),
        "only-labels-shuffled": shuffled(lambda X, Y, rng: (X, Y[:, rng.permutation(X.shape[1])])),
        "labels-shuffled-apart": with_order(lambda rng, m: rng.permutation(m)),
        "drawn-with-repetition": shuffled(drawn_with_repetition),
        "only-batches-shuffled": batches_shuffled_only,
        "hardly-shuffled": shuffled(cut_once),
    },
    symptoms={
        "generator-for-list": lambda args, got, want: isinstance(got, values.Foreign) and got.type_name == "generator",
        "only-x": lambda args, got, want: all(
            batch.ndim == 2 and batch.shape[1] == X_batch.shape[1] for batch, (X_batch, _) in zip(got, want)
        ),
        "last-batch-dropped": last_dropped,
        "empty-batch": empty_batch,
        "last-batch-filled-up": last_filled_up,
        "equal-sizes": equal_sizes,
        "number-for-size": number_for_size,
        "two-lists": two_lists,
        "first-batch-only": lambda args, got, want: len(got) == 1 < len(want),
        "everything-in-each": lambda args, got, want: set(sizes_of(got)) == {args[0].shape[1]} and len(want) > 1,
        "batches-transposed": lambda args, got, want: all(
            X_batch.shape == right.T.shape for (X_batch, _), (right, _) in zip(got, want, strict=True)
        ),
        "rows-for-columns": rows_cut,
    },
)


# --- what the optimizers share ---


def running(old, new, beta):
    return beta * old + (1 - beta) * new


# The running mean as people write it; each may stand in V and in S.
MEANS = {
    "sum-for-mean": lambda old, new, beta: beta * old + new,
    "betas-exchanged": lambda old, new, beta: (1 - beta) * old + beta * new,
    "forgot-the-past": lambda old, new, beta: (1 - beta) * new,
    "past-not-damped": lambda old, new, beta: old + (1 - beta) * new,
    "plain-sum": lambda old, new, beta: old + new,
    "plain-mean": lambda old, new, beta: (old + new) / 2,
    "minus-in-mean": lambda old, new, beta: beta * old - (1 - beta) * new,
    "latest-only": lambda old, new, beta: new,
    "beta-on-both": lambda old, new, beta: beta * (old + new),
}

# Which parameters a slip leaves as they are.
SKIPPED = {
    "biases-not-updated": lambda name, L: name[0] == "b",
    "weights-not-updated": lambda name, L: name[0] == "W",
    "last-layer-not-updated": lambda name, L: name[1:] == str(L),
    "first-layer-not-updated": lambda name, L: name[1:] == "1",
    "only-first-layer-updated": lambda name, L: name[1:] != "1",
    "only-two-layers-updated": lambda name, L: int(name[1:]) > 2,
}


def moved(rule, *memories):
    """An optimizer from rule(p, g, memories, rate, …) -> (p, memories), for each parameter in turn."""

    def step(parameters, grads, *rest):
        states, numbers = rest[: memories[0]], rest[memories[0] :]
        new, new_states = {}, [{} for _ in states]
        for name, p in parameters.items():
            key = f"d{name}"
            new[name], out = rule(p, grads[key], [state[key] for state in states], *numbers)
            for state, value in zip(new_states, out, strict=True):
                state[key] = value
        return (new, *new_states)

    return step


def skipping(step, skipped, state_too=True):
    """The same optimizer with some parameters left as they are, their part of the state too or not."""

    def skip(parameters, *rest):
        new, *states = step(parameters, *rest)
        names = [name for name in parameters if skipped(name, depth_of(parameters))]
        for name in names:
            new[name] = parameters[name]
            if state_too:
                for state, old in zip(states, rest[1:], strict=False):
                    state[f"d{name}"] = old[f"d{name}"]
        return (new, *states)

    return skip


def skips(step) -> dict[str, Callable]:
    """Each way to leave some parameters alone, under its cause."""
    found = {cause: skipping(step, skipped) for cause, skipped in SKIPPED.items()}
    return found | {f"{cause}-but-state": skipping(step, skipped, False) for cause, skipped in SKIPPED.items()}


def state_returned_as_it_was(step, n_states):
    """The parameters move; what is remembered comes back as it went in."""
    return lambda *args: (step(*args)[0], *args[2 : 2 + n_states])


def only_state(step):
    """What is remembered is new; the parameters come back as they went in."""
    return lambda parameters, *rest: (parameters, *step(parameters, *rest)[1:])


def beta_of(rng: np.random.Generator) -> float:
    return float(rng.choice([0.6, 0.7, 0.8, 0.9, 0.95]))


def squares_for(rng: np.random.Generator, parameters: dict) -> dict[str, np.ndarray]:
    return {name: np.round(grad**2 + 0.05, 2) for name, grad in draw.gradients_for(rng, parameters).items()}


def zeros_for(grads: dict) -> dict[str, np.ndarray]:
    return {name: np.zeros_like(grad) for name, grad in grads.items()}


def named_like_parameters(args: Args, got, want) -> bool:
    """What is remembered has the keys "W1", "b1", … in place of "dW1", "db1", …."""
    return set(got[0]) == set(args[0]) and all(set(state) == set(args[0]) for state in got[1:])


# --- momentum_step ---


def momentum_with(mean=running, step=lambda rate, v, g, old: rate * v):
    def rule(p, g, state, rate, beta):
        v = mean(state[0], g, beta)
        return p - step(rate, v, g, state[0]), [v]

    return moved(rule, 1)


def momentum_step(parameters, grads, V, learning_rate, beta):
    return momentum_with()(parameters, grads, V, learning_rate, beta)


def momentum_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, parameters in enumerate(networks(rng)):
        V = draw.gradients_for(rng, parameters)
        yield parameters, gradients(rng, parameters, k), V, draw.learning_rate(rng), beta_of(rng)
    parameters = draw.layers(rng, [2, 3, 1])
    grads = draw.gradients_for(rng, parameters)
    yield parameters, grads, zeros_for(grads), draw.learning_rate(rng), beta_of(rng)


def rate_in_velocity(p, g, state, rate, beta):
    v = beta * state[0] + (1 - beta) * rate * g
    return p - v, [v]


def classical_momentum(p, g, state, rate, beta):
    v = beta * state[0] + rate * g
    return p - v, [v]


def downhill_velocity(p, g, state, rate, beta):
    v = beta * state[0] - (1 - beta) * g
    return p + rate * v, [v]


MOMENTUM = Exercise(
    id="10-momentum-step",
    points=2,
    reference=momentum_step,
    cases=momentum_cases,
    examples=[
        (
            (P1, G1, V1, 0.1, 0.9),
            (
                {"W1": np.array([[0.87, -2.08]]), "b1": np.array([[0.57]])},
                {"dW1": np.array([[1.3, 0.8]]), "db1": np.array([[-0.7]])},
            ),
        )
    ],
    misconceptions={cause: momentum_with(mean) for cause, mean in MEANS.items()}
    | {
        "gradient-for-velocity": momentum_with(step=lambda rate, v, g, old: rate * g),
        "old-velocity-used": momentum_with(step=lambda rate, v, g, old: rate * old),
        "uphill": momentum_with(step=lambda rate, v, g, old: -rate * v),
        "learning-rate-ignored": momentum_with(step=lambda rate, v, g, old: v),
        "learning-rate-in-velocity": moved(rate_in_velocity, 1),
        "classical-momentum": moved(classical_momentum, 1),
        "velocity-points-downhill": moved(downhill_velocity, 1),
        "gradient-and-velocity": momentum_with(step=lambda rate, v, g, old: rate * (v + g)),
        "step-twice": momentum_with(step=lambda rate, v, g, old: 2 * rate * v),
        "gradient-squared": momentum_with(lambda old, new, beta: running(old, new**2, beta)),
        "velocity-not-returned": state_returned_as_it_was(momentum_with(), 1),
        "parameters-not-moved": only_state(momentum_with()),
    }
    | skips(momentum_with()),
    symptoms={"named-like-parameters": named_like_parameters},
)


# --- rmsprop_step ---


def rmsprop_with(
    mean=running,
    square=lambda g: g**2,
    step=lambda rate, s, g, epsilon, old: rate * g / (np.sqrt(s) + epsilon),
    kept=lambda s: s,
):
    def rule(p, g, state, rate, beta, epsilon):
        with np.errstate(all="ignore"):
            s = mean(state[0], square(g), beta)
            return p - step(rate, s, g, epsilon, state[0]), [kept(s)]

    return moved(rule, 1)


def rmsprop_step(parameters, grads, S, learning_rate, beta, epsilon):
    return rmsprop_with()(parameters, grads, S, learning_rate, beta, epsilon)


def rmsprop_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Also a first step from zeros, and a gradient of exactly zero, where only epsilon keeps the fraction in bounds."""
    for k, parameters in enumerate(networks(rng)):
        numbers = draw.learning_rate(rng), beta_of(rng), (1e-8, 0.05, 0.1)[k % 3]
        yield parameters, gradients(rng, parameters, k), squares_for(rng, parameters), *numbers
    parameters = draw.layers(rng, [2, 3, 1])
    grads = draw.gradients_for(rng, parameters)
    yield parameters, grads, zeros_for(grads), draw.learning_rate(rng), beta_of(rng), 1e-8
    still = {name: np.where(np.arange(grad.size).reshape(grad.shape) % 2, grad, 0.0) for name, grad in grads.items()}
    yield parameters, still, zeros_for(grads), draw.learning_rate(rng), beta_of(rng), 1e-8


RMSPROP = Exercise(
    id="10-rmsprop-step",
    points=2,
    reference=rmsprop_step,
    cases=rmsprop_cases,
    examples=[
        (
            (P1, G1, {"dW1": np.array([[9.0, 1.0]]), "db1": np.array([[0.0]])}, 0.1, 0.5, 1e-8),
            (
                {"W1": np.array([[0.88686292, -1.9]]), "b1": np.array([[0.35857864]])},
                {"dW1": np.array([[12.5, 1.0]]), "db1": np.array([[2.0]])},
            ),
        )
    ],
    misconceptions={cause: rmsprop_with(mean) for cause, mean in MEANS.items()}
    | {
        "forgot-root": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * g / (s + epsilon)),
        "epsilon-inside-the-root": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * g / np.sqrt(s + epsilon)),
        "forgot-epsilon": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * g / np.sqrt(s)),
        "epsilon-outside-the-fraction": rmsprop_with(
            step=lambda rate, s, g, epsilon, old: rate * (g / np.sqrt(s) + epsilon)
        ),
        "old-mean-used": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * g / (np.sqrt(old) + epsilon)),
        "forgot-square": rmsprop_with(square=lambda g: g),
        "absolute-for-square": rmsprop_with(square=np.abs),
        "forgot-gradient": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate / (np.sqrt(s) + epsilon)),
        "squared-gradient-in-step": rmsprop_with(
            step=lambda rate, s, g, epsilon, old: rate * g**2 / (np.sqrt(s) + epsilon)
        ),
        "mean-for-gradient": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * s / (np.sqrt(s) + epsilon)),
        "multiplied-by-root": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * g * (np.sqrt(s) + epsilon)),
        "plain-gradient-step": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * g),
        "momentum-for-rmsprop": rmsprop_with(square=lambda g: g, step=lambda rate, s, g, epsilon, old: rate * s),
        "uphill": rmsprop_with(step=lambda rate, s, g, epsilon, old: -rate * g / (np.sqrt(s) + epsilon)),
        "learning-rate-ignored": rmsprop_with(step=lambda rate, s, g, epsilon, old: g / (np.sqrt(s) + epsilon)),
        "direction-only": rmsprop_with(step=lambda rate, s, g, epsilon, old: rate * np.sign(g)),
        "one-size-for-all-entries": rmsprop_with(square=lambda g: np.full_like(g, np.mean(g**2))),
        "norm-for-square": rmsprop_with(square=lambda g: np.full_like(g, np.sum(g**2))),
        "root-returned": rmsprop_with(kept=np.sqrt),
        "rate-inside-the-mean": moved(
            lambda p, g, state, rate, beta, epsilon: (
                p - rate * g / (np.sqrt(running(state[0], (rate * g) ** 2, beta)) + epsilon),
                [running(state[0], (rate * g) ** 2, beta)],
            ),
            1,
        ),
        "mean-not-returned": state_returned_as_it_was(rmsprop_with(), 1),
        "parameters-not-moved": only_state(rmsprop_with()),
    }
    | skips(rmsprop_with()),
    symptoms={"named-like-parameters": named_like_parameters},
)


# --- adam_step ---


def adam_with(
    mean_1=running,
    mean_2=running,
    square=lambda g, v: g**2,
    correct_1=lambda v, beta, t: v / (1 - beta**t),
    correct_2=lambda s, beta, t: s / (1 - beta**t),
    step=lambda rate, v, s, g, epsilon: rate * v / (np.sqrt(s) + epsilon),
    kept=lambda v, s, v_hat, s_hat: [v, s],
    times=lambda t: t,
):
    """Adam with some of its parts replaced; with none replaced it is the right one."""

    def rule(p, g, state, t, rate, beta1, beta2, epsilon):
        with np.errstate(all="ignore"):
            v = mean_1(state[0], g, beta1)
            s = mean_2(state[1], square(g, v), beta2)
            v_hat, s_hat = correct_1(v, beta1, times(t)), correct_2(s, beta2, times(t))
            return p - step(rate, v_hat, s_hat, g, epsilon), kept(v, s, v_hat, s_hat)

    return moved(rule, 2)


def adam_step(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon):
    return adam_with()(parameters, grads, V, S, t, learning_rate, beta1, beta2, epsilon)


def adam_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Later steps with a past, first steps from zeros, and a gradient of exactly zero."""
    for k, parameters in enumerate(networks(rng)):
        V, S = draw.gradients_for(rng, parameters), squares_for(rng, parameters)
        t, numbers = (2, 3, 5, 8, 2, 12)[k], adam_numbers(rng, (1e-8, 0.05, 0.1)[k % 3])
        yield parameters, gradients(rng, parameters, k), V, S, t, *numbers
    parameters = draw.layers(rng, [2, 3, 1])
    grads = draw.gradients_for(rng, parameters)
    yield parameters, grads, zeros_for(grads), zeros_for(grads), 1, *adam_numbers(rng, 1e-8)
    still = {name: np.where(np.arange(grad.size).reshape(grad.shape) % 2, grad, 0.0) for name, grad in grads.items()}
    yield parameters, still, zeros_for(grads), zeros_for(grads), 1, *adam_numbers(rng, 1e-8)


def adam_numbers(rng: np.random.Generator, epsilon: float) -> tuple[float, float, float, float]:
    """α, two different betas, ε."""
    return draw.learning_rate(rng), float(rng.choice([0.7, 0.8, 0.9])), float(rng.choice([0.95, 0.99, 0.999])), epsilon


def betas_swapped(step):
    return lambda parameters, grads, V, S, t, rate, beta1, beta2, epsilon: step(
        parameters, grads, V, S, t, rate, beta2, beta1, epsilon
    )


def uncorrected(x, beta, t):
    return x


def adam_mistakes() -> dict[str, Callable]:
    def times_t(x, beta, t):
        return x / (1 - beta * t)

    def multiplied(x, beta, t):
        return x * (1 - beta**t)

    def without_one(x, beta, t):
        return x / beta**t

    def without_t(x, beta, t):
        return x / (1 - beta)

    def t_th_power(x, beta, t):
        return x / (1 - beta) ** t

    both = {
        "correction-times-t": times_t,
        "correction-multiplied": multiplied,
        "correction-without-one": without_one,
        "correction-without-t": without_t,
        "power-of-the-difference": t_th_power,
    }
    found = {cause: adam_with(correct_1=wrong, correct_2=wrong) for cause, wrong in both.items()}
    found |= {f"{cause}-in-v": adam_with(mean_1=mean) for cause, mean in MEANS.items()}
    found |= {f"{cause}-in-s": adam_with(mean_2=mean) for cause, mean in MEANS.items()}
    found |= {f"{cause}-in-both": adam_with(mean_1=mean, mean_2=mean) for cause, mean in MEANS.items()}
    return found


ADAM = Exercise(
    id="10-adam-step",
    points=3,
    reference=adam_step,
    cases=adam_cases,
    examples=[
        (
            (P1, G1, V1, S1, 2, 0.1, 0.5, 0.75, 1e-8),
            (
                {"W1": np.array([[0.93275445, -2.0]]), "b1": np.array([[0.45953487]])},
                {"dW1": np.array([[2.5, 0.0]]), "db1": np.array([[0.5]])},
                {"dW1": np.array([[10.75, 3.25]]), "db1": np.array([[1.1875]])},
            ),
        )
    ],
    misconceptions={
        "forgot-bias-correction": adam_with(correct_1=uncorrected, correct_2=uncorrected),
        "v-not-corrected": adam_with(correct_1=uncorrected),
        "s-not-corrected": adam_with(correct_2=uncorrected),
        "t-ahead": adam_with(times=lambda t: t + 1),
        "t-behind": adam_with(times=lambda t: t - 1),
        "corrected-means-returned": adam_with(kept=lambda v, s, v_hat, s_hat: [v_hat, s_hat]),
        "betas-swapped": betas_swapped(adam_with()),
        "corrections-swapped": moved(
            lambda p, g, state, t, rate, beta1, beta2, epsilon: (
                p
                - rate
                * running(state[0], g, beta1)
                / (1 - beta2**t)
                / (np.sqrt(running(state[1], g**2, beta2) / (1 - beta1**t)) + epsilon),
                [running(state[0], g, beta1), running(state[1], g**2, beta2)],
            ),
            2,
        ),
        "s-corrected-with-beta1": moved(
            lambda p, g, state, t, rate, beta1, beta2, epsilon: (
                p
                - rate
                * running(state[0], g, beta1)
                / (1 - beta1**t)
                / (np.sqrt(running(state[1], g**2, beta2) / (1 - beta1**t)) + epsilon),
                [running(state[0], g, beta1), running(state[1], g**2, beta2)],
            ),
            2,
        ),
        "beta1-everywhere": lambda parameters, grads, V, S, t, rate, beta1, beta2, epsilon: adam_step(
            parameters, grads, V, S, t, rate, beta1, beta1, epsilon
        ),
        "beta2-everywhere": lambda parameters, grads, V, S, t, rate, beta1, beta2, epsilon: adam_step(
            parameters, grads, V, S, t, rate, beta2, beta2, epsilon
        ),
        "forgot-root": adam_with(step=lambda rate, v, s, g, epsilon: rate * v / (s + epsilon)),
        "epsilon-inside-the-root": adam_with(step=lambda rate, v, s, g, epsilon: rate * v / np.sqrt(s + epsilon)),
        "forgot-epsilon": adam_with(step=lambda rate, v, s, g, epsilon: rate * v / np.sqrt(s)),
        "epsilon-before-the-correction": moved(
            lambda p, g, state, t, rate, beta1, beta2, epsilon: (
                p
                - rate
                * np.sqrt(1 - beta2**t)
                / (1 - beta1**t)
                * running(state[0], g, beta1)
                / (np.sqrt(running(state[1], g**2, beta2)) + epsilon),
                [running(state[0], g, beta1), running(state[1], g**2, beta2)],
            ),
            2,
        ),
        "correction-outside-the-root": adam_with(
            correct_2=lambda s, beta, t: s / (1 - beta**t) ** 2,
        ),
        "forgot-square": adam_with(square=lambda g, v: g),
        "velocity-squared": adam_with(square=lambda g, v: v**2),
        "gradient-for-velocity": adam_with(step=lambda rate, v, s, g, epsilon: rate * g / (np.sqrt(s) + epsilon)),
        "momentum-for-adam": adam_with(step=lambda rate, v, s, g, epsilon: rate * v),
        "plain-gradient-step": adam_with(step=lambda rate, v, s, g, epsilon: rate * g),
        "multiplied-by-root": adam_with(step=lambda rate, v, s, g, epsilon: rate * v * (np.sqrt(s) + epsilon)),
        "uphill": adam_with(step=lambda rate, v, s, g, epsilon: -rate * v / (np.sqrt(s) + epsilon)),
        "learning-rate-ignored": adam_with(step=lambda rate, v, s, g, epsilon: v / (np.sqrt(s) + epsilon)),
        "v-and-s-exchanged": lambda *args: (lambda new, V, S: (new, S, V))(*adam_step(*args)),
        "v-and-s-not-returned": state_returned_as_it_was(adam_with(), 2),
        "s-not-returned": lambda *args: (*adam_step(*args)[:2], args[3]),
        "v-not-returned": lambda *args: (adam_step(*args)[0], args[2], adam_step(*args)[2]),
        "parameters-not-moved": only_state(adam_with()),
    }
    | adam_mistakes()
    | skips(adam_with()),
    symptoms={"named-like-parameters": named_like_parameters},
)


# --- learning_rate_decay ---


def learning_rate_decay(learning_rate, k, rate, every):
    return float(learning_rate / (1 + rate * (k // every)))


def decay_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Steps inside of a stair, on its edge, before the first, and far away."""
    for every in (10, 1, int(rng.integers(3, 9)), int(rng.integers(20, 200))):
        for k in (0, every - 1, every, every + every // 2, int(rng.integers(2 * every, 9 * every)), 4 * every + 1):
            yield draw.learning_rate(rng), k, float(rng.choice([0.1, 0.3, 0.5, 2.0])), every
    yield 0.3, 17, 0.25, 5
    yield 0.0004, 23 * 6 + int(rng.integers(6)), 0.7, 6  # after many stairs, from a small rate


DECAY = Exercise(
    id="10-learning-rate-decay",
    points=1,
    reference=learning_rate_decay,
    cases=decay_cases,
    examples=[((0.3, 25, 0.5, 10), 0.15), ((0.3, 9, 0.5, 10), 0.3)],
    float32=False,
    misconceptions={
        "no-stairs": lambda a, k, rate, every: a / (1 + rate * k / every),
        "every-ignored": lambda a, k, rate, every: a / (1 + rate * k),
        "rounded-up": lambda a, k, rate, every: a / (1 + rate * -(-k // every)),
        "rounded": lambda a, k, rate, every: a / (1 + rate * round(k / every)),
        "rest-for-quotient": lambda a, k, rate, every: a / (1 + rate * (k % every)),
        "powers": lambda a, k, rate, every: a * rate ** (k // every),
        "compounded": lambda a, k, rate, every: a / (1 + rate) ** (k // every),
        "straight-line": lambda a, k, rate, every: a * (1 - rate * (k // every)),
        "forgot-one": lambda a, k, rate, every: a / (rate * (k // every)) if k >= every else np.inf,
        "grows": lambda a, k, rate, every: a * (1 + rate * (k // every)),
        "start-ignored": lambda a, k, rate, every: 1 / (1 + rate * (k // every)),
        "rate-ignored": lambda a, k, rate, every: a / (1 + k // every),
        "never-falls": lambda a, k, rate, every: a,
        "falls-once": lambda a, k, rate, every: a / (1 + rate) if k >= every else a,
        "one-stair-too-early": lambda a, k, rate, every: a / (1 + rate * ((k + 1) // every)),
        "one-stair-too-many": lambda a, k, rate, every: a / (1 + rate * (k // every + 1)),
        "one-stair-too-late": lambda a, k, rate, every: a / (1 + rate * (max(k - 1, 0) // every)),
        "root-of-time": lambda a, k, rate, every: a / np.sqrt(1 + rate * (k // every)),
        "brackets-missing": lambda a, k, rate, every: a / 1 + rate * (k // every),
        "exponential": lambda a, k, rate, every: a * np.exp(-rate * (k // every)),
    },
)

EXERCISES = (
    INITIALIZE,
    L2_COST,
    L2_BACKWARD,
    DROPOUT_FORWARD,
    DROPOUT_BACKWARD,
    BATCHES,
    MOMENTUM,
    RMSPROP,
    ADAM,
    DECAY,
)
