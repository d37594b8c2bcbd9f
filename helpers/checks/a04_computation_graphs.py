"""Assignment 04, computation graphs: a graph forward and backward, the gradient check, a backward pass to repair."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from helpers import gradient_check as oracle
from helpers.checks import draw
from helpers.checks.a03_one_neuron import logistic_cost, sigmoid
from helpers.checks.a05_one_hidden_layer import backward_with
from helpers.checks.exercise import Args, Exercise, Finding

# The example of the notebook: two rows, three columns; v = [[0, -5, 0], [0, 3, 2]].
P23 = np.array([[2.0, -1.0, 4.0], [0.5, 4.0, 1.0]])
Q23 = np.array([[1.0, 3.0, 0.5], [-2.0, 0.5, 1.0]])
R21 = np.array([[-2.0], [1.0]])


# --- graph_forward ---


def forward_with(product=np.multiply, total=np.add, gate=sigmoid, J=lambda n: float(np.sum(n["p"] * n["s"])), **cached):
    """The forward pass with some nodes replaced; with none replaced it is the right one.

    cached: other entries of the cache, functions of a dict of all nodes.
    """

    def forward(p, q, r):
        u = product(p, q)
        v = total(u, r)
        nodes = {"p": p, "q": q, "r": r, "u": u, "v": v, "s": gate(v)}
        cache = {name: nodes[name] for name in "uvs"}
        return J(nodes), cache | {name: entry(nodes) for name, entry in cached.items()}

    return forward


def graph_forward(p, q, r):
    return forward_with()(p, q, r)


def graph_cases(rng: np.random.Generator) -> Iterator[Args]:
    """(p, q, r) of shapes (n, m), (n, m), (n, 1); then sums of -1000 to 1000, where the gate is wide open or shut."""
    for n, m in draw.shapes(rng):
        yield draw.inputs(rng, n, m), draw.inputs(rng, n, m), draw.inputs(rng, n, 1)
    p = np.array([[2.0, -2.0, 0.5], [1.0, -0.5, 4.0]])
    u = rng.permutation([1000.0, -1000.0, 30.0, -30.0, 0.5, 1.5]).reshape(2, 3)
    yield p, u / p, np.array([[0.5], [-0.25]])


def sums(of):
    """J as the sum of another array, a function of the nodes."""
    return forward_with(J=lambda n: float(np.sum(of(n))))


FORWARD = Exercise(
    id="04-graph-forward",
    points=1,
    reference=graph_forward,
    cases=graph_cases,
    may_use=("activations.sigmoid",),
    examples=[
        (
            (P23, Q23, R21),
            (
                7.9344007343,
                {
                    "u": np.array([[2.0, -3.0, 2.0], [-1.0, 2.0, 1.0]]),
                    "v": np.array([[0.0, -5.0, 0.0], [0.0, 3.0, 2.0]]),
                    "s": np.array([[0.5, 0.0066928509, 0.5], [0.5, 0.9525741268, 0.8807970780]]),
                },
            ),
        )
    ],
    misconceptions={
        "sum-for-product": forward_with(product=np.add),
        "matrix-product": forward_with(product=lambda p, q: p @ q),
        "difference-for-product": forward_with(product=np.subtract),
        "forgot-r": forward_with(total=lambda u, r: u),
        "r-subtracted": forward_with(total=np.subtract),
        "r-multiplied": forward_with(total=np.multiply),
        "first-r-for-all-rows": forward_with(total=lambda u, r: u + r[0, 0]),
        "r-summed": forward_with(total=lambda u, r: u + np.sum(r)),
        "forgot-sigmoid": forward_with(gate=lambda v: v),
        "tanh-for-sigmoid": forward_with(gate=np.tanh),
        "relu-for-sigmoid": forward_with(gate=lambda v: np.maximum(0, v)),
        "slope-for-sigmoid": forward_with(gate=lambda v: sigmoid(v) * sigmoid(-v)),
        "sign-in-sigmoid": forward_with(gate=lambda v: sigmoid(-v)),
        "overflow": forward_with(gate=lambda v: np.exp(v) / (1 + np.exp(v))),
        "mean-for-sum": forward_with(J=lambda n: float(np.mean(n["p"] * n["s"]))),
        "mean-over-columns": forward_with(J=lambda n: float(np.sum(n["p"] * n["s"]) / n["p"].shape[1])),
        "not-summed": forward_with(J=lambda n: n["p"] * n["s"]),
        "summed-by-rows": forward_with(J=lambda n: np.sum(n["p"] * n["s"], axis=1, keepdims=True)),
        "summed-by-columns": forward_with(J=lambda n: np.sum(n["p"] * n["s"], axis=0, keepdims=True)),
        "p-not-used-again": sums(lambda n: n["s"]),
        "q-for-p": sums(lambda n: n["q"] * n["s"]),
        "u-for-p": sums(lambda n: n["u"] * n["s"]),
        "p-added": sums(lambda n: n["p"] + n["s"]),
        "gate-left-out": sums(lambda n: n["p"] * n["v"]),
        "product-of-sums": forward_with(J=lambda n: float(np.sum(n["p"]) * np.sum(n["s"]))),
        "cached-v-for-u": forward_with(u=lambda n: n["v"]),
        "cached-v-for-s": forward_with(s=lambda n: n["v"]),
        "cached-gated-for-s": forward_with(s=lambda n: n["p"] * n["s"]),
    },
    symptoms={
        "cache-without-names": lambda args, got, want: isinstance(got[1], (tuple, list)),
        "cache-incomplete": lambda args, got, want: isinstance(got[1], dict) and not set(want[1]) <= set(got[1]),
    },
)


# --- graph_backward ---


def along_rows(d):
    return np.sum(d, axis=1, keepdims=True)


def graph_backward_with(
    ds=lambda k: k["p"],
    slope=lambda k: k["s"] * (1 - k["s"]),
    dv=lambda k: k["ds"] * k["slope"],
    du=lambda k: k["dv"],
    dp=lambda k: k["s"] + k["du"] * k["q"],
    dq=lambda k: k["du"] * k["p"],
    dr=lambda k: along_rows(k["dv"]),
):
    """The backward pass with some derivatives replaced, functions of a dict of all that is known by then."""

    def backward(p, q, r, cache):
        known = {"p": p, "q": q, "r": r} | cache
        for name, entry in (("ds", ds), ("slope", slope), ("dv", dv), ("du", du), ("dp", dp), ("dq", dq), ("dr", dr)):
            known[name] = entry(known)
        return {name: known[name] for name in ("ds", "dv", "du", "dp", "dq", "dr")}

    return backward


def graph_backward(p, q, r, cache):
    return graph_backward_with()(p, q, r, cache)


def graph_backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for p, q, r in graph_cases(rng):
        yield p, q, r, graph_forward(p, q, r)[1]


def first_wrong(slopes: dict, got: dict) -> Iterator[Finding]:
    """The first entry that is not the slope measured."""
    for name, slope in slopes.items():
        for i, j in np.ndindex(slope.shape):
            mine, measured = float(got[name][i, j]), float(slope[i, j])
            if abs(mine - measured) > 1e-4 * max(abs(measured), 0.1):
                entry = f"{name}[{i}, {j}]"
                found = {"moved": entry[1:], "entry": entry, "got": mine, "wanted": measured}
                yield Finding("not-the-slope", found)
                return


def graph_has_these_slopes(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Each derivative is how fast J changes when that entry is moved and all that follows from it: measured."""
    p, q, r = draw.inputs(rng, 2, 3), draw.inputs(rng, 2, 3), draw.inputs(rng, 2, 1)
    cache = graph_forward(p, q, r)[1]
    got = call(p, q, r, cache)
    inputs = oracle.numerical_gradient(lambda at: graph_forward(at["p"], at["q"], at["r"])[0], {"p": p, "q": q, "r": r})
    later = {
        "s": lambda at: float(np.sum(p * at["s"])),
        "v": lambda at: float(np.sum(p * sigmoid(at["v"]))),
        "u": lambda at: float(np.sum(p * sigmoid(at["u"] + r))),
    }
    for name, J in later.items():
        inputs |= oracle.numerical_gradient(J, {name: cache[name]})
    yield from first_wrong(inputs, got)


def gate_slope(of):
    return graph_backward_with(slope=of)


BACKWARD = Exercise(
    id="04-graph-backward",
    points=3,
    reference=graph_backward,
    cases=graph_backward_cases,
    may_use=("activations.sigmoid", "activations.sigmoid_derivative"),
    examples=[
        (
            (P23, Q23, R21, graph_forward(P23, Q23, R21)[1]),
            {
                "ds": P23,
                "dv": np.array([[0.5, -0.0066480567, 1.0], [0.125, 0.1807066389, 0.1049935854]]),
                "du": np.array([[0.5, -0.0066480567, 1.0], [0.125, 0.1807066389, 0.1049935854]]),
                "dp": np.array([[1.0, -0.0132513191, 1.0], [0.25, 1.0429274463, 0.9857906634]]),
                "dq": np.array([[1.0, 0.0066480567, 4.0], [0.0625, 0.7228265557, 0.1049935854]]),
                "dr": np.array([[1.4933519433], [0.4107002243]]),
            },
        )
    ],
    properties=(graph_has_these_slopes,),
    misconceptions={
        "only-the-direct-way": graph_backward_with(dp=lambda k: k["s"]),
        "only-the-long-way": graph_backward_with(dp=lambda k: k["du"] * k["q"]),
        "ways-multiplied": graph_backward_with(dp=lambda k: k["s"] * k["du"] * k["q"]),
        "ways-averaged": graph_backward_with(dp=lambda k: (k["s"] + k["du"] * k["q"]) / 2),
        "ways-subtracted": graph_backward_with(dp=lambda k: k["s"] - k["du"] * k["q"]),
        "long-way-without-q": graph_backward_with(dp=lambda k: k["s"] + k["du"]),
        "ds-on-direct-way": graph_backward_with(dp=lambda k: k["ds"] + k["du"] * k["q"]),
        "direct-way-is-one": graph_backward_with(dp=lambda k: 1 + k["du"] * k["q"]),
        "direct-way-twice": graph_backward_with(dp=lambda k: k["s"] * k["p"] + k["du"] * k["q"]),
        "own-factor": graph_backward_with(dp=lambda k: k["s"] + k["du"] * k["p"], dq=lambda k: k["du"] * k["q"]),
        "own-factor-in-dp": graph_backward_with(dp=lambda k: k["s"] + k["du"] * k["p"]),
        "own-factor-in-dq": graph_backward_with(dq=lambda k: k["du"] * k["q"]),
        "both-ways-in-dq": graph_backward_with(dq=lambda k: k["s"] + k["du"] * k["p"]),
        "dq-without-du": graph_backward_with(dq=lambda k: k["p"]),
        "dq-without-p": graph_backward_with(dq=lambda k: k["du"]),
        "dq-is-u": graph_backward_with(dq=lambda k: k["du"] * k["u"]),
        "r-not-summed": graph_backward_with(dr=lambda k: k["dv"]),
        "r-summed-over-rows": graph_backward_with(dr=lambda k: np.sum(k["dv"], axis=0, keepdims=True)),
        "r-summed-over-all": graph_backward_with(dr=lambda k: np.sum(k["dv"], keepdims=True)),
        "one-number-in-all-rows": graph_backward_with(dr=lambda k: np.full_like(k["r"], np.sum(k["dv"]))),
        "r-averaged": graph_backward_with(dr=lambda k: np.mean(k["dv"], axis=1, keepdims=True)),
        "r-is-counted": graph_backward_with(dr=lambda k: np.full_like(k["r"], k["dv"].shape[1])),
        "dr-times-r": graph_backward_with(dr=lambda k: along_rows(k["dv"]) * k["r"]),
        "forgot-slope": gate_slope(lambda k: 1),
        "value-for-slope": gate_slope(lambda k: k["s"]),
        "one-minus-s": gate_slope(lambda k: 1 - k["s"]),
        "tanh-slope": gate_slope(lambda k: 1 - k["s"] ** 2),
        "s-squared-lost": gate_slope(lambda k: k["s"] - 1),
        "slope-plus": gate_slope(lambda k: k["s"] * (1 + k["s"])),
        "slope-at-v": gate_slope(lambda k: k["v"] * (1 - k["v"])),
        "sigmoid-applied-again": gate_slope(lambda k: sigmoid(k["s"]) * (1 - sigmoid(k["s"]))),
        "slope-at-u": gate_slope(lambda k: sigmoid(k["u"]) * sigmoid(-k["u"])),
        "forgot-ds": graph_backward_with(dv=lambda k: k["slope"]),
        "ds-is-one": graph_backward_with(ds=lambda k: np.ones_like(k["s"])),
        "ds-is-s": graph_backward_with(ds=lambda k: k["s"]),
        "ds-is-summed": graph_backward_with(ds=lambda k: np.full_like(k["s"], np.sum(k["p"]))),
        "ds-averaged": graph_backward_with(ds=lambda k: k["p"] / k["p"].size),
        "du-is-ds": graph_backward_with(du=lambda k: k["ds"]),
        "du-is-one": graph_backward_with(du=lambda k: np.ones_like(k["u"])),
        "du-times-u": graph_backward_with(du=lambda k: k["dv"] * k["u"]),
        "sum-as-product": graph_backward_with(du=lambda k: k["dv"] * k["r"], dr=lambda k: along_rows(k["dv"] * k["u"])),
        "local-slopes-only": graph_backward_with(
            dv=lambda k: k["slope"],
            du=lambda k: np.ones_like(k["u"]),
            dq=lambda k: k["p"],
            dp=lambda k: k["q"],
            dr=lambda k: np.ones_like(k["r"]),
        ),
    },
)


# --- numerical_gradient ---


class Polynomial:
    """f(theta) = sum of a theta + c theta^3 + c theta^5 / 4, + theta^T B theta: its gradient is known exactly."""

    def __init__(self, rng: np.random.Generator, n: int) -> None:
        self.a, self.B = draw.inputs(rng, n, 1), draw.inputs(rng, n, n)
        self.c = rng.choice([-1, 1], size=(n, 1)) * np.round(rng.uniform(0.5, 1.5, size=(n, 1)), 2)

    def __call__(self, theta):
        if np.shape(theta) != self.a.shape:
            raise ValueError(f"f wants theta of size {self.a.shape} and got {np.shape(theta)}")
        return float(np.sum(self.a * theta + self.c * (theta**3 + theta**5 / 4)) + np.sum(theta * (self.B @ theta)))

    def gradient(self, theta: np.ndarray) -> np.ndarray:
        return self.a + (self.B + self.B.T) @ theta + self.c * (3 * theta**2 + 5 * theta**4 / 4)


def numerical_gradient(f, theta, epsilon):
    return central(f, theta, epsilon)


def central(f, theta, epsilon, step=None, quotient=lambda up, here, down, e: (up - down) / (2 * e), keep=False):
    """The central difference with some of its parts replaced.

    step(theta, i, e) -> what is added to theta for entry i.  keep: each entry stays moved while the later ones are.
    """
    slope, at, here = np.zeros(theta.shape), np.array(theta, dtype=float), f(theta.copy())
    for i in range(len(theta)):
        moved = np.zeros(theta.shape)
        moved[i] = epsilon
        if step is not None:
            moved = step(theta, i, epsilon)
        slope[i] = quotient(f(at + moved), here, f(at - moved), epsilon)
        if keep:
            at = at + moved
    return slope


def difference(**parts):
    return lambda f, theta, epsilon: central(f, theta, epsilon, **parts)


def with_quotient(quotient):
    return difference(quotient=quotient)


def polynomial_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Steps wide enough to see which quotient is taken, and a narrow one."""
    for n, epsilon in ((2, 0.1), (1, 0.2), (3, 0.05), (int(rng.integers(4, 8)), 0.3), (12, 0.15), (5, 0.0001)):
        yield Polynomial(rng, n), draw.inputs(rng, n, 1), epsilon
    yield (
        Polynomial(rng, 4),
        draw.inputs(rng, 4, 1) * np.array([[0.0], [1.0], [0.0], [1.0]]),
        0.1,
    )  # as biases at the start


def is_near_the_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """With a small step the answer is the gradient that calculus gives."""
    n = int(rng.integers(3, 6))
    f, theta = Polynomial(rng, n), draw.inputs(rng, n, 1)
    got, exact = call(f, theta, 1e-4), f.gradient(theta)
    i = int(np.abs(got - exact).argmax())
    if abs(got[i, 0] - exact[i, 0]) > 1e-5 * max(1.0, np.abs(exact).max()):
        yield Finding("not-the-gradient", {"entry": i, "got": float(got[i, 0]), "exact": float(exact[i, 0])})


def first_entry_only(f, theta, epsilon):
    slope = numerical_gradient(f, theta, epsilon)
    slope[1:] = 0
    return slope


def last_entry_missing(f, theta, epsilon):
    slope = numerical_gradient(f, theta, epsilon)
    slope[-1] = 0
    return slope


def square(x):
    return float(np.sum(np.asarray(x) ** 2))


EXAMPLE_THETA = np.array([[1.0], [-2.0], [0.5]])

NUMERICAL = Exercise(
    id="04-numerical-gradient",
    points=3,
    reference=numerical_gradient,
    cases=polynomial_cases,
    examples=[
        ((square, EXAMPLE_THETA, 0.01), np.array([[2.0], [-4.0], [1.0]])),
        ((lambda t: float(np.sum(np.asarray(t) ** 3)), EXAMPLE_THETA, 0.1), np.array([[3.01], [12.01], [0.76]])),
    ],
    float32=False,
    properties=(is_near_the_slope,),
    misconceptions={
        "one-sided": with_quotient(lambda up, here, down, e: (up - here) / e),
        "one-sided-downwards": with_quotient(lambda up, here, down, e: (here - down) / e),
        "one-sided-over-two": with_quotient(lambda up, here, down, e: (up - here) / (2 * e)),
        "divided-by-epsilon": with_quotient(lambda up, here, down, e: (up - down) / e),
        "forgot-to-divide": with_quotient(lambda up, here, down, e: up - down),
        "brackets-missing": with_quotient(lambda up, here, down, e: (up - down) / 2 * e),
        "minus-brackets-missing": with_quotient(lambda up, here, down, e: up - down / (2 * e)),
        "multiplied-by-epsilon": with_quotient(lambda up, here, down, e: (up - down) * 2 * e),
        "plus-for-minus": with_quotient(lambda up, here, down, e: (up + down) / (2 * e)),
        "absolute-difference": with_quotient(lambda up, here, down, e: abs(up - down) / (2 * e)),
        "second-derivative": with_quotient(lambda up, here, down, e: (up - 2 * here + down) / e**2),
        "squared-epsilon": with_quotient(lambda up, here, down, e: (up - down) / (2 * e**2)),
        "own-epsilon": lambda f, theta, epsilon: numerical_gradient(f, theta, 1e-5),
        "half-steps": lambda f, theta, epsilon: numerical_gradient(f, theta, epsilon / 2),
        "double-steps": lambda f, theta, epsilon: numerical_gradient(f, theta, 2 * epsilon),
        "half-steps-over-whole": lambda f, theta, epsilon: numerical_gradient(f, theta, epsilon / 2) / 2,
        "more-points": lambda f, theta, epsilon: (
            (4 * numerical_gradient(f, theta, epsilon) - numerical_gradient(f, theta, 2 * epsilon)) / 3
        ),
        "step-scaled-by-theta": difference(
            step=lambda theta, i, e: np.where(np.arange(len(theta))[:, None] == i, e * theta, 0)
        ),
        "all-entries-moved": difference(step=lambda theta, i, e: np.full(theta.shape, e)),
        "moves-pile-up": difference(keep=True),
        "moves-down-pile-up": lambda f, theta, epsilon: central(f, theta, -epsilon, keep=True),
        "first-entry-only": first_entry_only,
        "last-entry-missing": last_entry_missing,
        "slopes-added-up": lambda f, theta, epsilon: np.cumsum(numerical_gradient(f, theta, epsilon), axis=0),
        "slopes-in-a-row": lambda f, theta, epsilon: numerical_gradient(f, theta, epsilon).T,
        "values-for-slopes": lambda f, theta, epsilon: np.full(theta.shape, f(theta)),
        "last-slope-only": lambda f, theta, epsilon: float(numerical_gradient(f, theta, epsilon)[-1, 0]),
    },
)


# --- relative_error ---


def relative_error(gradient, numeric):
    total = np.linalg.norm(gradient) + np.linalg.norm(numeric)
    return float(np.linalg.norm(gradient - numeric) / total) if total else 0.0


def error_with(norm=np.linalg.norm, above=None, below=lambda a, b, norm: norm(a) + norm(b)):
    """The relative error with another norm, numerator or denominator; 0 where the denominator is."""

    def error(gradient, numeric):
        top = norm(gradient - numeric) if above is None else above(gradient, numeric, norm)
        bottom = below(gradient, numeric, norm)
        return float(top / bottom) if bottom else 0.0

    return error


def gradient_pairs(rng: np.random.Generator) -> Iterator[Args]:
    """Nearly equal ones, opposite ones, large and small ones; one that is zero, and both."""
    for (n, _), scale in zip(draw.shapes(rng), (1.0, 0.2, 30.0, 0.3, 5.0, 1.0)):
        a = draw.inputs(rng, n, 1, scale)
        yield a, np.round(a + draw.inputs(rng, n, 1, 0.3 * scale), 2)
    a = draw.inputs(rng, 4, 1)
    yield a, a * np.array([[1.5], [1.1], [0.9], [0.7]])
    yield a, -2 * a
    yield a, -a
    yield a, a * np.array([[1 + 4e-6], [1 - 4e-6], [1 + 2e-6], [1 - 2e-6]])
    dead = np.array([[0.0], [1.0], [1.0], [0.0]])  # entries of a unit that is never active
    yield a * dead, np.round(1.5 * a * dead + 0.3 * dead, 2)
    a = a / np.linalg.norm(a) * 1e-7  # as short as the slopes at the end of a training
    yield a, 2 * a
    yield a, np.zeros((4, 1))
    yield np.zeros((3, 1)), np.zeros((3, 1))


def entry_by_entry(pick):
    """The share of each entry by itself, and one number made of them."""

    def error(gradient, numeric):
        total = np.abs(gradient) + np.abs(numeric)
        return float(pick(np.abs(gradient - numeric) / np.where(total == 0, 1, total)))

    return error


RELATIVE = Exercise(
    id="04-relative-error",
    points=1,
    reference=relative_error,
    cases=gradient_pairs,
    examples=[
        ((np.array([[3.0], [4.0]]), np.array([[6.0], [8.0]])), 1 / 3),
        ((np.zeros((2, 1)), np.zeros((2, 1))), 0.0),
        ((np.array([[0.0], [5.0]]), np.array([[12.0], [0.0]])), 13 / 17),
    ],
    misconceptions={
        "absolute-error": error_with(below=lambda a, b, norm: 1),
        "zero-by-zero": lambda a, b: float(
            np.divide(np.linalg.norm(a - b), np.float64(np.linalg.norm(a) + np.linalg.norm(b)))
        ),
        "hair-added-below": lambda a, b: float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8)),
        "near-enough-is-zero": lambda a, b: 0.0 if np.allclose(a, b) else relative_error(a, b),
        "zero-where-sums-cancel": lambda a, b: 0.0 if np.sum(a) + np.sum(b) == 0 else relative_error(a, b),
        "squared-norms": error_with(norm=square),
        "root-of-whole": lambda a, b: float(np.sqrt(square(a - b) / ((square(a) + square(b)) or 1))),
        "sum-of-sizes": error_with(norm=lambda x: np.sum(np.abs(x))),
        "largest-entry": error_with(norm=lambda x: np.max(np.abs(x))),
        "sum-with-signs": error_with(norm=np.sum),
        "mean-for-norm": error_with(
            norm=lambda x: np.sqrt(np.mean(x**2)), above=lambda a, b, norm: np.abs(a - b).max()
        ),
        "squared-above": error_with(above=lambda a, b, norm: square(a - b)),
        "divided-by-first": error_with(below=lambda a, b, norm: norm(a)),
        "divided-by-second": error_with(below=lambda a, b, norm: norm(b)),
        "divided-by-larger": error_with(below=lambda a, b, norm: max(norm(a), norm(b))),
        "norm-of-sum": error_with(below=lambda a, b, norm: norm(a + b)),
        "norms-multiplied": error_with(below=lambda a, b, norm: norm(a) * norm(b)),
        "norms-subtracted": error_with(above=lambda a, b, norm: abs(norm(a) - norm(b))),
        "sum-above": error_with(above=lambda a, b, norm: norm(a + b)),
        "upside-down": lambda a, b: float((np.linalg.norm(a) + np.linalg.norm(b)) / (np.linalg.norm(a - b) or 1)),
        "floor-of-one": error_with(below=lambda a, b, norm: max(1, norm(a) + norm(b))),
        "one-added": error_with(below=lambda a, b, norm: 1 + norm(a) + norm(b)),
        "mean-of-shares": entry_by_entry(np.mean),
        "largest-share": entry_by_entry(np.max),
        "error-of-each-entry": lambda a, b: np.abs(a - b) / (np.abs(a) + np.abs(b) + 1e-300),
        "yes-or-no": lambda a, b: 1.0 if relative_error(a, b) < 1e-7 else 0.0,
        "no-or-yes": lambda a, b: 0.0 if relative_error(a, b) < 1e-7 else 1.0,
        "divided-by-half-sum": error_with(below=lambda a, b, norm: (norm(a) + norm(b)) / 2),
    },
)


# --- flatten_parameters, unflatten_parameters ---


def flatten_parameters(parameters):
    return np.concatenate([array.reshape(-1, 1) for array in parameters.values()])


def dicts_of_arrays(rng: np.random.Generator) -> Iterator[dict[str, np.ndarray]]:
    """Parameters of one to four layers, once in an order that is not the alphabet's, once with other names."""
    yield draw.layers(rng, [2, 1])
    yield draw.layers(rng, [3, 2, 1])
    yield draw.layers(rng, [1, 1])
    p = draw.layers(rng, [2, 3, 2])
    yield {name: p[name] for name in ("W2", "b2", "W1", "b1")}
    yield {"v": draw.inputs(rng, 1, 5), "K": draw.inputs(rng, 4, 3), "a": draw.inputs(rng, 2, 1)}
    depth = int(rng.integers(3, 5))
    yield draw.layers(rng, [int(n) for n in rng.integers(2, 5, size=depth + 1)])
    yield draw.layers(rng, [3, 3, 1])


def flatten_cases(rng: np.random.Generator) -> Iterator[Args]:
    yield from ((parameters,) for parameters in dicts_of_arrays(rng))


def upright(arrays):
    return np.concatenate([np.reshape(array, (-1, 1)) for array in arrays])


def weights_first(names):
    return sorted(names, key=lambda name: name[0] == "b")


FLATTEN = Exercise(
    id="04-flatten-parameters",
    points=1,
    reference=flatten_parameters,
    cases=flatten_cases,
    examples=[
        (
            ({"W1": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "b1": np.array([[7.0], [8.0]])},),
            np.arange(1.0, 9.0).reshape(8, 1),
        )
    ],
    misconceptions={
        "column-by-column": lambda p: upright([array.ravel(order="F") for array in p.values()]),
        "lying": lambda p: flatten_parameters(p).T,
        "sorted-names": lambda p: upright([p[name] for name in sorted(p)]),
        "weights-first": lambda p: upright([p[name] for name in weights_first(p)]),
        "reversed-names": lambda p: upright(list(p.values())[::-1]),
        "reversed-entries": lambda p: flatten_parameters(p)[::-1],
        "only-weights": lambda p: upright([array for name, array in p.items() if name[0] != "b"]),
        "only-biases": lambda p: upright([array for name, array in p.items() if name[0] == "b"]),
        "only-first-array": lambda p: upright(list(p.values())[:1]),
        "only-last-array": lambda p: upright(list(p.values())[-1:]),
        "first-array-missing": lambda p: upright(list(p.values())[1:] or list(p.values())),
        "last-array-missing": lambda p: upright(list(p.values())[:-1] or list(p.values())),
        "only-layer-1": lambda p: upright([p["W1"], p["b1"]]),
        "a-list-of-columns": lambda p: [array.reshape(-1, 1) for array in p.values()],
        "entries-sorted": lambda p: np.sort(flatten_parameters(p), axis=0),
        "dict-of-columns": lambda p: {name: array.reshape(-1, 1) for name, array in p.items()},
    },
)


def unflatten_parameters(theta, shapes):
    return taken_apart(theta, shapes)


def taken_apart(theta, shapes, order="C", names=None, start=0, advance=lambda shape: shape[0] * shape[1]):
    """theta cut into pieces with some rules replaced: the order inside a piece and of the names, where each begins."""
    parameters, at = {}, start
    for name in shapes if names is None else names(shapes):
        shape = shapes[name]
        piece = np.resize(theta.ravel()[at : at + shape[0] * shape[1]], shape[0] * shape[1])
        parameters[name] = piece.reshape(shape, order=order)
        at += advance(shape)
    return parameters


def cut(**rules):
    return lambda theta, shapes: taken_apart(theta, shapes, **rules)


def each_piece(change):
    """The right pieces, each with something done to it."""
    return lambda theta, shapes: {name: change(piece) for name, piece in unflatten_parameters(theta, shapes).items()}


def unflatten_cases(rng: np.random.Generator) -> Iterator[Args]:
    for parameters in dicts_of_arrays(rng):
        yield flatten_parameters(parameters), {name: array.shape for name, array in parameters.items()}


def swapped_shapes(theta, shapes):
    return unflatten_parameters(theta, {name: shape[::-1] for name, shape in shapes.items()})


UNFLATTEN = Exercise(
    id="04-unflatten-parameters",
    points=2,
    reference=unflatten_parameters,
    cases=unflatten_cases,
    examples=[
        (
            (np.arange(1.0, 9.0).reshape(8, 1), {"W1": (2, 3), "b1": (2, 1)}),
            {"W1": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "b1": np.array([[7.0], [8.0]])},
        )
    ],
    misconceptions={
        "column-by-column": cut(order="F"),
        "starts-over": cut(advance=lambda shape: 0),
        "advances-by-rows": cut(advance=lambda shape: shape[0]),
        "advances-by-columns": cut(advance=lambda shape: shape[1]),
        "advances-by-one-more": cut(advance=lambda shape: shape[0] * shape[1] + 1),
        "advances-by-one-less": cut(advance=lambda shape: shape[0] * shape[1] - 1),
        "advances-by-sum": cut(advance=lambda shape: shape[0] + shape[1]),
        "sorted-names": cut(names=sorted),
        "weights-first": cut(names=weights_first),
        "reversed-names": cut(names=lambda shapes: list(shapes)[::-1]),
        "reversed-entries": lambda theta, shapes: unflatten_parameters(theta[::-1], shapes),
        "shapes-exchanged": swapped_shapes,
        "not-reshaped": each_piece(lambda piece: piece.reshape(-1, 1)),
        "pieces-lying": each_piece(lambda piece: piece.reshape(1, -1)),
        "biases-lying": lambda theta, shapes: {
            name: piece.reshape(1, -1) if name[0] == "b" else piece
            for name, piece in unflatten_parameters(theta, shapes).items()
        },
        "names-of-slopes": lambda theta, shapes: {
            f"d{name}": piece for name, piece in unflatten_parameters(theta, shapes).items()
        },
        "first-is-skipped": cut(start=1),
        "a-list-of-pieces": lambda theta, shapes: list(unflatten_parameters(theta, shapes).values()),
    },
)


# --- gradient_check ---


class PolynomialCost:
    """J = sum over all entries of a x + b x^2 + c x^3, + k (sum of all entries)^2, with its exact gradients."""

    def __init__(self, rng: np.random.Generator, parameters: dict[str, np.ndarray]) -> None:
        shapes = {name: array.shape for name, array in parameters.items()}
        self.a, self.b = ({name: draw.inputs(rng, *shape) for name, shape in shapes.items()} for _ in range(2))
        self.c = {name: rng.choice([-1.5, -1.0, 1.0, 1.5], size=shape) for name, shape in shapes.items()}
        self.k = 0.25

    def __call__(self, parameters):
        J, total = 0.0, 0.0
        for name, a in self.a.items():
            x = parameters[name]
            if np.shape(x) != a.shape:
                raise ValueError(f'f wants parameters["{name}"] of size {a.shape} and got {np.shape(x)}')
            J, total = J + float(np.sum(a * x + self.b[name] * x**2 + self.c[name] * x**3)), total + float(np.sum(x))
        return J + self.k * total**2

    def gradients(self, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        total = sum(float(np.sum(x)) for x in parameters.values())
        return {
            f"d{name}": self.a[name] + 2 * self.b[name] * x + 3 * self.c[name] * x**2 + 2 * self.k * total
            for name, x in parameters.items()
        }


def gradient_check(f, parameters, grads, epsilon):
    return check_with()(f, parameters, grads, epsilon)


def check_with(slopes=numerical_gradient, error=relative_error, names=list, ordered=True, flat=flatten_parameters):
    """The gradient check with some of its parts replaced; with none replaced it is the right one.

    names: which parameters are looked at.  ordered=False: grads are laid out in their own order.
    """

    def check(f, parameters, grads, epsilon):
        chosen = {name: parameters[name] for name in names(parameters)}
        shapes = {name: array.shape for name, array in chosen.items()}
        numeric = slopes(
            lambda theta: f(parameters | unflatten_parameters(theta, shapes)), flatten_parameters(chosen), epsilon
        )
        gradient = {name: grads[f"d{name}"] for name in chosen}
        if not ordered:
            gradient = {name: slope for name, slope in grads.items() if name[1:] in chosen}
        return error(flat(gradient), numeric)

    return check


def part_by_part(pick):
    """The error of each array by itself, and what is made of these."""

    def check(f, parameters, grads, epsilon):
        errors = {name: check_with(names=lambda p, n=name: [n])(f, parameters, grads, epsilon) for name in parameters}
        return pick(errors)

    return check


def only_these(kind):
    """Only the parameters whose name fulfils a condition, or all of them where none does."""
    return check_with(names=lambda parameters: [name for name in parameters if kind(name)] or list(parameters))


def check_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Right gradients and several kinds of wrong ones, in the order in which a backward pass finds them."""
    faults = (
        lambda grads: grads,
        lambda grads: grads | {"db1": grads["db1"] * 1.5 + 0.5},
        lambda grads: {name: 2 * slope for name, slope in grads.items()},
        lambda grads: grads | {"dW1": np.zeros_like(grads["dW1"])},
        lambda grads: {name: slope + draw.inputs(rng, *slope.shape) for name, slope in grads.items()},
        lambda grads: grads,
    )
    sizes = ([2, 1], [2, 1], [2, 2, 1], [3, 2, 1], [2, 3, 2, 1], [int(rng.integers(2, 5)), 3, 2])
    for fault, layer_sizes, epsilon in zip(faults, sizes, (0.1, 0.2, 0.1, 0.05, 0.1, 1e-4)):
        parameters = draw.layers(rng, layer_sizes, scale=0.6)
        f = PolynomialCost(rng, parameters)
        grads = fault(f.gradients(parameters))
        yield f, parameters, {name: grads[name] for name in reversed(grads)}, epsilon
    # A sign in one array, and an error of a thousandth.
    parameters = draw.layers(rng, [2, 1], scale=0.6)
    f = PolynomialCost(rng, parameters)
    grads = f.gradients(parameters)
    yield f, parameters, grads | {"dW1": -grads["dW1"]}, 0.1
    yield f, parameters, {name: 1.001 * slope for name, slope in grads.items()}, 1e-3


def tells_right_from_wrong(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Small for the gradients that calculus gives, large where a single entry is off."""
    parameters = draw.layers(rng, [2, 3, 1], scale=0.6)
    f = PolynomialCost(rng, parameters)
    grads = f.gradients(parameters)
    error = call(f, parameters, grads, 1e-5)
    if error > 1e-7:
        yield Finding("right-refused", {"error": error})
    for name in grads:
        wrong = grads | {name: grads[name].copy()}
        wrong[name][-1, -1] += 1.0
        error = call(f, parameters, wrong, 1e-5)
        if error < 1e-3:
            yield Finding("wrong-accepted", {"error": error, "name": name})
            return


def example_cost(parameters):
    return float(np.sum(parameters["W1"] ** 2) + 3 * np.sum(parameters["b1"]))


EXAMPLE_PARAMETERS = {"W1": np.array([[1.5, -2.0]]), "b1": np.array([[1.0]])}  # dW1 = 3, -4 and db1 = 3

CHECK = Exercise(
    id="04-gradient-check",
    points=2,
    reference=gradient_check,
    cases=check_cases,
    examples=[
        (
            (example_cost, EXAMPLE_PARAMETERS, {"db1": np.array([[6.0]]), "dW1": np.array([[6.0, -8.0]])}, 0.01),
            1 / 3,
        ),
        ((example_cost, EXAMPLE_PARAMETERS, {"dW1": np.array([[3.0, -4.0]]), "db1": np.array([[3.0]])}, 0.01), 0.0),
    ],
    float32=False,
    properties=(tells_right_from_wrong,),
    misconceptions={
        "grads-in-their-own-order": check_with(ordered=False),
        "one-sided": check_with(slopes=NUMERICAL.misconceptions["one-sided"]),
        "divided-by-epsilon": check_with(slopes=NUMERICAL.misconceptions["divided-by-epsilon"]),
        "own-epsilon": check_with(slopes=NUMERICAL.misconceptions["own-epsilon"]),
        "all-entries-moved": check_with(slopes=NUMERICAL.misconceptions["all-entries-moved"]),
        "moves-pile-up": check_with(slopes=NUMERICAL.misconceptions["moves-pile-up"]),
        "moves-down-pile-up": check_with(slopes=NUMERICAL.misconceptions["moves-down-pile-up"]),
        "first-entry-only": check_with(slopes=NUMERICAL.misconceptions["first-entry-only"]),
        "only-weights": only_these(lambda name: name[0] == "W"),
        "only-biases": only_these(lambda name: name[0] == "b"),
        "only-layer-1": only_these(lambda name: name[1:] == "1"),
        "column-by-column": check_with(flat=FLATTEN.misconceptions["column-by-column"]),
        "absolute-error": check_with(error=RELATIVE.misconceptions["absolute-error"]),
        "signs-lost": check_with(error=lambda a, b: relative_error(np.abs(a), np.abs(b))),
        "squared-norms": check_with(error=RELATIVE.misconceptions["squared-norms"]),
        "divided-by-numeric": check_with(error=RELATIVE.misconceptions["divided-by-second"]),
        "divided-by-grads": check_with(error=RELATIVE.misconceptions["divided-by-first"]),
        "divided-by-larger": check_with(error=RELATIVE.misconceptions["divided-by-larger"]),
        "largest-entry": check_with(error=RELATIVE.misconceptions["largest-entry"]),
        "sum-of-sizes": check_with(error=RELATIVE.misconceptions["sum-of-sizes"]),
        "mean-of-shares": check_with(error=RELATIVE.misconceptions["mean-of-shares"]),
        "largest-share": check_with(error=RELATIVE.misconceptions["largest-share"]),
        "norms-subtracted": check_with(error=RELATIVE.misconceptions["norms-subtracted"]),
        "worst-array": part_by_part(lambda errors: max(errors.values())),
        "mean-of-arrays": part_by_part(lambda errors: float(np.mean(list(errors.values())))),
        "sum-of-arrays": part_by_part(lambda errors: sum(errors.values())),
        "last-array-only": part_by_part(lambda errors: list(errors.values())[-1]),
        "first-array-only": part_by_part(lambda errors: next(iter(errors.values()))),
        "error-of-each-array": part_by_part(lambda errors: errors),
        "yes-or-no": lambda f, p, grads, epsilon: 1.0 if gradient_check(f, p, grads, epsilon) < 1e-7 else 0.0,
        "no-or-yes": lambda f, p, grads, epsilon: 0.0 if gradient_check(f, p, grads, epsilon) < 1e-7 else 1.0,
        "slopes-returned": lambda f, p, grads, epsilon: numerical_gradient(
            lambda theta: f(unflatten_parameters(theta, {name: array.shape for name, array in p.items()})),
            flatten_parameters(p),
            epsilon,
        ),
        "grads-with-themselves": lambda f, p, grads, epsilon: 0.0,
    },
)


# --- repair_backward ---


def repaired(**changed):
    """The backward pass of a network with a sigmoid hidden layer, with some parts replaced."""
    return backward_with(**{"slope": lambda Z1, A1: A1 * (1 - A1)} | changed)


def repair_backward(X, Y, parameters, cache):
    return repaired()(X, Y, parameters, cache)


# The four bugs that are planted, and what each does to the parts of the backward pass.
BUGS = {
    "slope": {"slope": lambda Z1, A1: A1},
    "input": {"into_dW2": "Z1"},
    "mean": {"db2": lambda k: np.sum(k["dZ2"], axis=1, keepdims=True)},
    "axis": {"db1": lambda k: np.sum(k["dZ1"], keepdims=True) / k["m"]},
}


def with_bugs(names):
    return repaired(**{part: change for name in names for part, change in BUGS[name].items()})


STILL_THERE = {
    "-".join(["still", *names]): with_bugs(names) for count in (4, 3, 2, 1) for names in combinations(BUGS, count)
}


def sigmoid_network(X, parameters):
    """A2 and the cache of W1, b1, sigmoid, W2, b2, sigmoid."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = sigmoid(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return sigmoid(Z2), {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}


def repair_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (n_x, m) in enumerate(draw.shapes(rng)):
        n_1 = 1 if k == 3 else int(rng.integers(2, 6))
        X, parameters = draw.inputs(rng, n_x, m), draw.layers(rng, [n_x, n_1, 1])
        yield X, draw.labels(rng, m), parameters, sigmoid_network(X, parameters)[1]


def network_has_these_slopes(call, rng: np.random.Generator) -> Iterator[Finding]:
    X, Y, parameters = draw.inputs(rng, 2, 5), draw.labels(rng, 5), draw.layers(rng, [2, 3, 1])
    slopes = oracle.numerical_gradient(lambda at: logistic_cost(sigmoid_network(X, at)[0], Y), parameters)
    yield from first_wrong(slopes, call(X, Y, parameters, sigmoid_network(X, parameters)[1]))


X3, Y3 = np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]]), np.array([[1, 0, 1]])
NETWORK = {
    "W1": np.array([[0.5, -1.0], [0.25, 0.5]]),
    "b1": np.array([[0.1], [-0.2]]),
    "W2": np.array([[1.0, -2.0]]),
    "b2": np.array([[0.3]]),
}

REPAIR = Exercise(
    id="04-repair-backward",
    points=3,
    reference=repair_backward,
    cases=repair_cases,
    may_use=("activations.sigmoid", "activations.sigmoid_derivative"),
    examples=[
        (
            (X3, Y3, NETWORK, sigmoid_network(X3, NETWORK)[1]),
            {
                "dW1": np.array([[-0.1137696531, -0.0613090212], [0.2655710959, 0.1353003692]]),
                "db1": np.array([[-0.0438114358], [0.0920540137]]),
                "dW2": np.array([[-0.0838290366, -0.1457078072]]),
                "db2": np.array([[-0.1698131892]]),
            },
        )
    ],
    properties=(network_has_these_slopes,),
    misconceptions=STILL_THERE
    | {
        "no-slope": repaired(slope=lambda Z1, A1: 1),
        "one-minus-only": repaired(slope=lambda Z1, A1: 1 - A1),
        "tanh-slope": repaired(slope=lambda Z1, A1: 1 - A1**2),
        "square-for-product": repaired(slope=lambda Z1, A1: A1 * (1 - A1**2)),
        "slope-of-a1": repaired(slope=lambda Z1, A1: sigmoid(A1) * (1 - sigmoid(A1))),
        "slope-at-z1": repaired(slope=lambda Z1, A1: Z1 * (1 - Z1)),
        "sigmoid-for-slope": repaired(slope=lambda Z1, A1: sigmoid(A1)),
        "slope-twice": repaired(slope=lambda Z1, A1: (A1 * (1 - A1)) ** 2),
        "slope-in-output-too": repaired(dZ2=lambda A2, Y: (A2 - Y) * A2 * (1 - A2)),
        "difference-reversed": repaired(dZ2=lambda A2, Y: Y - A2),
        "mean-nowhere": repaired(share_1=lambda X, n_1: 1, share_2=lambda X, n_1: 1),
        "mean-not-in-biases": repaired(share_of_biases=lambda X, n_1: 1),
        "mean-not-in-layer-1": repaired(share_1=lambda X, n_1: 1),
        "mean-not-in-db1": repaired(db1=lambda k: along_rows(k["dZ1"])),
        "mean-over-features-in-db2": repaired(db2=lambda k: along_rows(k["dZ2"]) / len(k["X"])),
        "mean-twice-in-db2": repaired(db2=lambda k: along_rows(k["dZ2"]) / k["m"] ** 2),
        "axis-of-units": repaired(db1=lambda k: np.sum(k["dZ1"], axis=0, keepdims=True) / k["m"]),
        "a-column-for-each-example": repaired(db1=lambda k: k["dZ1"] / k["m"]),
        "same-for-all-units": repaired(db1=lambda k: np.full_like(k["b1"], np.sum(k["dZ1"]) / k["m"])),
        "averaged-over-units-too": repaired(db1=lambda k: np.mean(k["dZ1"], keepdims=True)),
        "da1-in-db1": repaired(db1=lambda k: along_rows(k["W2"].T @ k["dZ2"]) / k["m"]),
        "features-into-dw2": repaired(dW2=lambda k: k["dZ2"] @ k["X"].T / k["m"]),
        "a2-into-dw2": repaired(dW2=lambda k: np.full_like(k["W2"], np.sum(k["dZ2"] * k["A2"]) / k["m"])),
        "output-weights-unused": repaired(dA1=lambda W2, dZ2: np.ones_like(W2.T) @ dZ2),
    },
)

EXERCISES = (FORWARD, BACKWARD, NUMERICAL, RELATIVE, FLATTEN, UNFLATTEN, CHECK, REPAIR)
