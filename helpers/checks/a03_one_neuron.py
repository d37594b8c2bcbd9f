"""Assignment 03, one neuron: logistic regression by gradient descent, from the start to a report on new examples."""

from collections.abc import Iterator

import numpy as np

from helpers import gradient_check
from helpers.checks import draw
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, Finding

# The examples of the notebook, worked by hand: three examples with two features each.
X3 = np.array([[1.0, 0.0, 4.0], [2.0, -1.0, 0.0]])
PARAMETERS = {"W1": np.array([[0.5, -0.25]]), "b1": np.array([[0.1]])}  # Z = 0.1, 0.35, 2.1
A3, Y3 = np.array([[0.9, 0.2, 0.6]]), np.array([[1, 0, 1]])  # dZ = -0.1, 0.2, -0.4


def sigmoid(Z: np.ndarray) -> np.ndarray:
    """g(Z) = 1 / (1 + exp(-Z)), with exp of numbers that are not positive only."""
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, small) / (1 + small)


# --- initialize_neuron ---


def initialize_neuron(n_x):
    return {"W1": np.zeros((1, n_x)), "b1": np.zeros((1, 1))}


def start_cases(rng: np.random.Generator) -> Iterator[Args]:
    yield from ((n_x,) for n_x in (2, 1, 3, int(rng.integers(4, 10)), int(rng.integers(10, 300))))


def starts_at_random(args: Args, got, want) -> bool:
    W1 = got["W1"]
    return W1.shape == want["W1"].shape and bool(W1.any()) and len(np.unique(W1)) == W1.size


def start(weights, bias):
    """n_x -> parameters, of functions of n_x."""
    return lambda n_x: {"W1": weights(n_x), "b1": bias(n_x)}


INITIALIZE = Exercise(
    id="03-initialize-neuron",
    points=1,
    reference=initialize_neuron,
    cases=start_cases,
    examples=[((3,), {"W1": np.array([[0.0, 0.0, 0.0]]), "b1": np.array([[0.0]])})],
    misconceptions={
        "weights-in-a-column": start(lambda n: np.zeros((n, 1)), lambda n: np.zeros((1, 1))),
        "square-weights": start(lambda n: np.zeros((n, n)), lambda n: np.zeros((1, 1))),
        "bias-for-each-input": start(lambda n: np.zeros((1, n)), lambda n: np.zeros((1, n))),
        "bias-for-each-input-in-a-column": start(lambda n: np.zeros((1, n)), lambda n: np.zeros((n, 1))),
        "all-ones": start(lambda n: np.ones((1, n)), lambda n: np.ones((1, 1))),
        "weights-of-one": start(lambda n: np.ones((1, n)), lambda n: np.zeros((1, 1))),
        "bias-of-one": start(lambda n: np.zeros((1, n)), lambda n: np.ones((1, 1))),
    },
    symptoms={"random-start": starts_at_random},
    tolerance=Tolerance(0.0),  # zeros are zeros
)


# --- neuron_forward ---


def neuron_forward(X, parameters):
    return sigmoid(parameters["W1"] @ X + parameters["b1"])


def forward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_x, m in draw.shapes(rng):
        yield draw.inputs(rng, n_x, m), draw.layers(rng, [n_x, 1])
    sure = rng.permutation([1000.0, -1000.0, 30.0, -30.0, 1.5]).reshape(1, -1)
    yield sure, {"W1": np.array([[1.0]]), "b1": np.array([[0.5]])}


def through(activation):
    """The forward step with another activation."""
    return lambda X, parameters: activation(parameters["W1"] @ X + parameters["b1"])


FORWARD = Exercise(
    id="03-neuron-forward",
    points=2,
    reference=neuron_forward,
    cases=forward_cases,
    may_use=("activations.sigmoid",),
    examples=[((X3, PARAMETERS), np.array([[0.5249792, 0.5866176, 0.8909032]]))],
    misconceptions={
        "forgot-bias": lambda X, p: sigmoid(p["W1"] @ X),
        "bias-after-sigmoid": lambda X, p: sigmoid(p["W1"] @ X) + p["b1"],
        "bias-subtracted": lambda X, p: sigmoid(p["W1"] @ X - p["b1"]),
        "bias-multiplied": lambda X, p: sigmoid(p["W1"] @ X * p["b1"]),
        "bias-multiplied-with-inputs": lambda X, p: sigmoid(p["W1"] @ (X + p["b1"])),
        "bias-once-for-each-feature": lambda X, p: sigmoid(p["W1"] @ X + X.shape[0] * p["b1"]),
        "forgot-sigmoid": through(lambda Z: Z),
        "wrong-sign-in-exp": through(lambda Z: sigmoid(-Z)),
        "sigmoid-twice": through(lambda Z: sigmoid(sigmoid(Z))),
        "sigmoid-derivative": through(lambda Z: sigmoid(Z) * sigmoid(-Z)),
        "tanh-for-sigmoid": through(np.tanh),
        "relu-for-sigmoid": through(lambda Z: np.maximum(0, Z)),
        "exp-for-sigmoid": through(np.exp),
        "minus-for-plus-in-sigmoid": through(lambda Z: 1 / (1 - np.exp(-Z))),
        "labels-for-probabilities": through(lambda Z: np.round(sigmoid(Z))),
        "softmax-over-examples": through(lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum()),
        "overflow": through(lambda Z: np.exp(Z) / (1 + np.exp(Z))),
        "mean-of-features": lambda X, p: sigmoid(p["W1"] @ X / X.shape[0] + p["b1"]),
        "weights-unused": lambda X, p: sigmoid(X.sum(axis=0, keepdims=True) + p["b1"]),
        "summed-over-the-wrong-axis": lambda X, p: sigmoid(np.sum(p["W1"].T * X, axis=1, keepdims=True) + p["b1"]),
        "features-not-summed": lambda X, p: sigmoid(p["W1"].T * X + p["b1"]),
        "only-first-feature": lambda X, p: sigmoid(p["W1"][:, :1] @ X[:1] + p["b1"]),
        "only-last-feature": lambda X, p: sigmoid(p["W1"][:, -1:] @ X[-1:] + p["b1"]),
        "last-feature-left-out": lambda X, p: sigmoid(p["W1"][:, :-1] @ X[:-1] + p["b1"]),
        "first-feature-left-out": lambda X, p: sigmoid(p["W1"][:, 1:] @ X[1:] + p["b1"]),
    },
)


# --- logistic_cost ---


def losses(A: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """-(Y log A + (1 - Y) log(1 - A)) of each example."""
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))


def logistic_cost(A, Y):
    hair = np.finfo(A.dtype).eps
    return float(np.mean(losses(np.clip(A, hair, 1 - hair), Y)))


def cost_cases(rng: np.random.Generator) -> Iterator[Args]:
    for _, m in draw.shapes(rng):
        yield draw.probabilities(rng, 1, m), draw.labels(rng, m)
    # Costs of 0.2068495 and 0.2614491, so far from four decimals that rounding shows.
    for of_a_one, of_a_zero in ((0.76, 0.13), (0.78, 0.24)):
        columns = rng.permutation(2)
        yield np.array([[of_a_one, of_a_zero]])[:, columns], np.array([[1.0, 0.0]])[:, columns]


def near_certainty(call) -> Iterator[tuple[dict, Args]]:
    """What is said, and of which arguments, where too much is cut off.

    A wrong answer that is nearly certain costs -log of the little that is left. A clip at 1e-5 does not reach it,
    and 1e-5 added to A before the logarithm is what the second nearness leaves room for.
    """
    for left, nearness in ((0.001, 0.01), (2e-5, 0.05)):
        A, Y = np.array([[left, 1 - left]]), np.array([[1.0, 0.0]])
        J, wanted = call(A, Y, finite=False), float(-np.log(left))
        if np.isfinite(J) and abs(J - wanted) > nearness * wanted:
            yield {"got": J, "wanted": wanted}, (A, Y)
            return


def stays_finite(call, rng: np.random.Generator) -> Iterator[Finding]:
    """A may hold exact 0 and 1: right ones cost nothing, wrong ones much, and nothing is infinite."""
    columns = rng.permutation(4)
    A, Y = np.array([[1.0, 0.0, 1.0, 0.0]])[:, columns], np.array([[0.0, 1.0, 1.0, 0.0]])[:, columns]
    for certain, low, high in ((Y, -1e-3, 1e-3), (A, 4.0, 1e3)):
        J = call(certain, Y, finite=False)
        if not abs(J) < 1e3:  # also where infinity was replaced by the largest float
            yield Finding("infinite-cost", {"got": J}, cause="no-clip", case=(certain, Y))
        elif not low <= J <= high:
            yield Finding("cost-of-certainty", {"got": J}, cause="clipped-too-much", case=(certain, Y))
    for values, case in near_certainty(call):
        yield Finding("cost-near-certainty", values, cause="clipped-too-much", case=case)


def cost_of(loss, total=np.mean):
    """The cost made of another loss, or of another way to put the losses together."""
    return lambda A, Y: float(total(loss(A, Y)))


def has_logs_of_labels(args: Args, got, want) -> bool:
    """log of a label is log of a clipped 0, so each example costs |A - Y| times a large number."""
    A, Y = args
    return bool(got > 8 * np.mean(np.abs(A - Y)))


COST = Exercise(
    id="03-logistic-cost",
    points=2,
    reference=logistic_cost,
    cases=cost_cases,
    examples=[((A3, Y3), 0.2797766)],
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
        "first-example-only": lambda A, Y: float(losses(A, Y)[0, 0]),
        "last-example-only": lambda A, Y: float(losses(A, Y)[0, -1]),
    },
    symptoms={"labels-and-probabilities-swapped": has_logs_of_labels},
)


# --- neuron_backward ---


def neuron_backward(X, A, Y):
    dZ = A - Y
    m = X.shape[1]
    return {"dW1": dZ @ X.T / m, "db1": np.sum(dZ, axis=1, keepdims=True) / m}


def backward_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n_x, m in draw.shapes(rng):
        yield draw.inputs(rng, n_x, m), draw.probabilities(rng, 1, m), draw.labels(rng, m)
    Y = draw.labels(rng, 6)  # nearly right answers, and slopes so large that clipping them shows
    yield draw.inputs(rng, 3, 6), np.abs(Y - np.round(rng.uniform(0.01, 0.04, size=(1, 6)), 3)), Y
    A = draw.probabilities(rng, 1, 4)
    Y = (A < 0.5).astype(Y.dtype)  # all wrong, and each to the same side: no large slope cancels another
    yield 60 * np.abs(draw.inputs(rng, 2, 4)) * np.sign(A - Y), A, Y


def agrees_with_the_slope(call, rng: np.random.Generator) -> Iterator[Finding]:
    """dW1 and db1 are how fast J changes when W1 and b1 are moved a little: measured, not derived."""
    X, Y, parameters = draw.inputs(rng, 2, 5), draw.labels(rng, 5), draw.layers(rng, [2, 1])
    slopes = gradient_check.numerical_gradient(lambda moved: logistic_cost(neuron_forward(X, moved), Y), parameters)
    grads = call(X, neuron_forward(X, parameters), Y)
    for name, slope in slopes.items():
        for i, j in np.ndindex(slope.shape):
            got, wanted = float(grads[name][i, j]), float(slope[i, j])
            if abs(got - wanted) > 1e-4 * max(abs(wanted), 0.1):
                entry = f"{name}[{i}, {j}]"
                yield Finding("not-the-slope", {"moved": entry[1:], "entry": entry, "got": got, "wanted": wanted})
                return


def difference(A, Y):
    return A - Y


def mean_of_products(dZ, X, m):
    return dZ @ X.T / m


def mean_of_dZ(dZ, X, m):
    return dZ.sum(keepdims=True) / m


def sum_of_dZ(dZ, X, m):
    return dZ.sum(keepdims=True)


def backward_with(dZ=difference, dW=mean_of_products, db=mean_of_dZ):
    """The backward step with some of its three formulas replaced."""

    def backward(X, A, Y):
        slope, m = dZ(A, Y), X.shape[1]
        return {"dW1": dW(slope, X, m), "db1": db(slope, X, m)}

    return backward


BACKWARD = Exercise(
    id="03-neuron-backward",
    points=3,
    reference=neuron_backward,
    cases=backward_cases,
    examples=[((X3, A3, Y3), {"dW1": np.array([[-1.7 / 3, -0.4 / 3]]), "db1": np.array([[-0.1]])})],
    properties=(agrees_with_the_slope,),
    misconceptions={
        "forgot-mean": backward_with(dW=lambda dZ, X, m: dZ @ X.T, db=sum_of_dZ),
        "forgot-mean-in-weights": backward_with(dW=lambda dZ, X, m: dZ @ X.T),
        "forgot-mean-in-bias": backward_with(db=sum_of_dZ),
        "difference-reversed": backward_with(dZ=lambda A, Y: Y - A),
        "sigmoid-derivative-twice": backward_with(dZ=lambda A, Y: (A - Y) * A * (1 - A)),
        "only-sigmoid-derivative": backward_with(dZ=lambda A, Y: A * (1 - A)),
        "stopped-at-da": backward_with(dZ=lambda A, Y: (A - Y) / (A * (1 - A))),
        "labels-unused": backward_with(dZ=lambda A, Y: A),
        "product-for-difference": backward_with(dZ=lambda A, Y: A * Y),
        "squared-difference": backward_with(dZ=lambda A, Y: (A - Y) ** 2),
        "absolute-difference": backward_with(dZ=lambda A, Y: np.abs(A - Y)),
        "labels-for-activations": backward_with(dZ=lambda A, Y: np.round(A) - Y),
        "inputs-unused": backward_with(dW=lambda dZ, X, m: np.full((1, X.shape[0]), dZ.sum() / m)),
        "mean-over-features": backward_with(
            dW=lambda dZ, X, m: dZ @ X.T / X.shape[0], db=lambda dZ, X, m: dZ.sum(keepdims=True) / X.shape[0]
        ),
        "mean-over-features-in-weights": backward_with(dW=lambda dZ, X, m: dZ @ X.T / X.shape[0]),
        "mean-over-all-entries": backward_with(dW=lambda dZ, X, m: dZ @ X.T / X.size),
        "mean-twice": backward_with(
            dW=lambda dZ, X, m: dZ @ X.T / m**2, db=lambda dZ, X, m: dZ.sum(keepdims=True) / m**2
        ),
        "bias-for-each-example": backward_with(db=lambda dZ, X, m: dZ / m),
        "bias-not-averaged": backward_with(db=lambda dZ, X, m: dZ),
        "bias-from-weights": backward_with(db=lambda dZ, X, m: (dZ @ X.T / m).sum(keepdims=True)),
        "products-not-summed": backward_with(dW=lambda dZ, X, m: dZ * X / m),
        "all-products-averaged": backward_with(dW=lambda dZ, X, m: np.mean(dZ * X, keepdims=True)),
        "only-first-feature": backward_with(dW=lambda dZ, X, m: np.full((1, X.shape[0]), (dZ * X[:1]).sum() / m)),
    },
)


# --- gradient_step ---


def gradient_step(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


def step_cases(rng: np.random.Generator) -> Iterator[Args]:
    yield from draw.updates(rng, ([n_x, 1] for n_x in (2, 1, int(rng.integers(3, 9)), int(rng.integers(3, 9)))))


def downhill(p, d, rate):
    return p - rate * d


def step_with(weights=downhill, bias=None):
    """The update with another rule for the weights, and for the bias (None: the same rule)."""
    bias = bias or weights
    return lambda parameters, grads, rate: {
        "W1": weights(parameters["W1"], grads["dW1"], rate),
        "b1": bias(parameters["b1"], grads["db1"], rate),
    }


def by_position(parameters, grads, rate):
    """Each parameter gets the slope that stands at its place, whatever that one is called."""
    return {name: p - rate * d for (name, p), d in zip(parameters.items(), grads.values())}


def another_rate(args: Args, got, want) -> bool:
    """Both parameters have moved against their gradients, and by the same multiple of them."""
    parameters, grads, _ = args
    rates = [(parameters[name] - got[name]) / grads[f"d{name}"] for name in want]
    rate = float(rates[1][0, 0])
    return rate > 0 and all(np.allclose(r, rate, rtol=1e-6) for r in rates)


STEP = Exercise(
    id="03-gradient-step",
    points=1,
    reference=gradient_step,
    cases=step_cases,
    examples=[
        (
            (
                {"W1": np.array([[1.0, -2.0]]), "b1": np.array([[0.5]])},
                {"dW1": np.array([[0.5, 1.0]]), "db1": np.array([[-1.0]])},
                0.1,
            ),
            {"W1": np.array([[0.95, -2.1]]), "b1": np.array([[0.6]])},
        )
    ],
    misconceptions={
        "uphill": step_with(lambda p, d, rate: p + rate * d),
        "bias-uphill": step_with(downhill, lambda p, d, rate: p + rate * d),
        "weights-uphill": step_with(lambda p, d, rate: p + rate * d, downhill),
        "learning-rate-ignored": step_with(lambda p, d, rate: p - d),
        "learning-rate-not-on-bias": step_with(downhill, lambda p, d, rate: p - d),
        "learning-rate-not-on-weights": step_with(lambda p, d, rate: p - d, downhill),
        "nothing-changed": step_with(lambda p, d, rate: p),
        "bias-not-updated": step_with(downhill, lambda p, d, rate: p),
        "weights-not-updated": step_with(lambda p, d, rate: p, downhill),
        "returns-the-change": step_with(lambda p, d, rate: -rate * d),
        "returns-the-scaled-gradient": step_with(lambda p, d, rate: rate * d),
        "returns-the-gradient": step_with(lambda p, d, rate: d),
        "learning-rate-on-everything": step_with(lambda p, d, rate: rate * (p - d)),
        "learning-rate-on-parameters": step_with(lambda p, d, rate: rate * p - d),
        "divided-by-learning-rate": step_with(lambda p, d, rate: p - d / rate),
        "learning-rate-added": step_with(lambda p, d, rate: p - (rate + d)),
        "product-for-difference": step_with(lambda p, d, rate: p * (rate * d)),
        "reversed-difference": step_with(lambda p, d, rate: rate * d - p),
        "direction-only": step_with(lambda p, d, rate: p - rate * np.sign(d)),
        "step-twice": step_with(lambda p, d, rate: p - 2 * rate * d),
        "slopes-by-position": by_position,
    },
    symptoms={"another-learning-rate": another_rate},
)


# --- fit_neuron ---


def fit_with(
    step=gradient_step, backward=neuron_backward, forward=neuron_forward, cost=logistic_cost, extra=0, first=0.0
):
    """Gradient descent with some of its parts replaced; with none replaced it is the right one."""

    def fit(X, Y, steps, learning_rate):
        parameters = {"W1": np.full((1, X.shape[0]), first), "b1": np.full((1, 1), first)}
        costs = []
        for _ in range(steps + extra):
            A = forward(X, parameters)
            costs.append(cost(A, Y))
            parameters = step(parameters, backward(X, A, Y), learning_rate)
        return parameters, costs

    return fit


def fit_neuron(X, Y, steps, learning_rate):
    return fit_with()(X, Y, steps, learning_rate)


def final_cost(X, Y, parameters):
    return logistic_cost(neuron_forward(X, parameters), Y)


def cost_after_the_step(X, Y, steps, learning_rate):
    parameters, costs = fit_neuron(X, Y, steps, learning_rate)
    return parameters, [*costs[1:], final_cost(X, Y, parameters)]


def cost_before_and_after(X, Y, steps, learning_rate):
    parameters, costs = fit_neuron(X, Y, steps, learning_rate)
    return parameters, [*costs, final_cost(X, Y, parameters)]


def same_gradient_each_step(X, Y, steps, learning_rate):
    parameters = initialize_neuron(X.shape[0])
    A = neuron_forward(X, parameters)
    grads, costs = neuron_backward(X, A, Y), []
    for _ in range(steps):
        costs.append(final_cost(X, Y, parameters))
        parameters = gradient_step(parameters, grads, learning_rate)
    return parameters, costs


def parameters_one_step_behind(X, Y, steps, learning_rate):
    return fit_neuron(X, Y, steps - 1, learning_rate)[0], fit_neuron(X, Y, steps, learning_rate)[1]


def bias_after_weights(X, Y, steps, learning_rate):
    """The bias's gradient is taken after the weights have moved: two half steps, not one."""
    parameters, costs = initialize_neuron(X.shape[0]), []
    for _ in range(steps):
        costs.append(final_cost(X, Y, parameters))
        for name in ("W1", "b1"):
            grads = neuron_backward(X, neuron_forward(X, parameters), Y)
            parameters = parameters | {name: parameters[name] - learning_rate * grads[f"d{name}"]}
    return parameters, costs


def costs_changed(change):
    """The right parameters, with something done to the list of costs."""

    def fit(X, Y, steps, learning_rate):
        parameters, costs = fit_neuron(X, Y, steps, learning_rate)
        return parameters, change(costs)

    return fit


def one_example_at_a_time(X, Y, steps, learning_rate):
    parameters, costs = initialize_neuron(X.shape[0]), []
    for _ in range(steps):
        costs.append(final_cost(X, Y, parameters))
        for j in range(X.shape[1]):
            x, y = X[:, j : j + 1], Y[:, j : j + 1]
            grads = neuron_backward(x, neuron_forward(x, parameters), y)
            parameters = gradient_step(parameters, grads, learning_rate)
    return parameters, costs


def fit_cases(rng: np.random.Generator) -> Iterator[Args]:
    *few, wide = draw.shapes(rng)
    for (n_x, m), steps in zip(few, (3, 4, 2, 7, 5)):
        yield draw.inputs(rng, n_x, m), draw.labels(rng, m), steps, small_steps(rng, steps)
    yield cost_stands_still(rng)
    yield cost_rises(rng)
    steps = int(rng.integers(10, 25))
    yield draw.inputs(rng, *wide), draw.labels(rng, wide[1]), steps, small_steps(rng, steps)
    yield draw.inputs(rng, 3, 8), draw.labels(rng, 8), 1, 0.3


def small_steps(rng: np.random.Generator, steps: int) -> float:
    """A learning rate with which many steps are small: uphill, large ones would end where a cost that clips A parts
    from one that does not.
    """
    return draw.learning_rate(rng) * min(1, 3 / steps)


def cost_stands_still(rng: np.random.Generator) -> Args:
    """Each example comes with both labels, so that half is the best answer and all slopes are 0 from the start."""
    return np.repeat(draw.inputs(rng, 2, 1, scale=3), 2, axis=1), rng.permutation([[0.0, 1.0]], axis=1), 5, 0.3


def cost_rises(rng: np.random.Generator) -> Args:
    """Steps too long: the cost is 0.69, then 0.75 and 1.10; all steps are taken all the same."""
    columns = rng.permutation(2)
    return np.array([[3.5, 2.5]])[:, columns], np.array([[0.0, 1.0]])[:, columns], 3, 1.5


def takes_many_steps(call, rng: np.random.Generator) -> Iterator[Finding]:
    """No limit is set to the steps. They take their time, so that no cause is looked for with so many."""
    steps = int(rng.integers(120, 180))
    args = draw.inputs(rng, 2, 4), draw.labels(rng, 4), steps, small_steps(rng, steps)
    for name in ends_elsewhere(call, args):
        yield Finding("ends-elsewhere", {"name": name, "steps": steps}, cause="stops-early", case=args)
        return


def goes_on_when_the_cost_is_small(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Classes far apart: the cost is near 0 after a few steps, and all steps are taken all the same."""
    X = rng.permutation([[2.5, 3.0, -2.0, -3.5]], axis=1)
    args = X, (X > 0).astype(float), 40, 0.9
    for name in ends_elsewhere(call, args):
        yield Finding("ends-elsewhere", {"name": name, "steps": 40}, cause="stops-early", case=args)
        return


def ends_elsewhere(call, args: Args) -> Iterator[str]:
    """The names of parameters that are not those of the reference after the last step."""
    got, want = call(*args)[0], call.wanted[0]
    for name, array in want.items():
        if np.abs(got[name] - array).max() > 1e-4 * np.abs(array).max():
            yield name


def stops_early(args: Args, got, want) -> bool:
    """The costs are the right ones as far as they go, and they end before the last step."""
    steps, costs = args[-2], [float(J) for J in got[1]]
    return len(costs) < steps and np.allclose(costs, want[1][: len(costs)], rtol=1e-4)


def with_an_eye_on_the_cost(X, Y, steps, learning_rate, slower=1.0, keep_best=False):
    """A rate that falls when the cost rises, or the best parameters kept: more than the task asks for."""
    parameters, costs, seen = initialize_neuron(X.shape[0]), [], []
    for _ in range(steps):
        costs.append(final_cost(X, Y, parameters))
        seen.append(parameters)
        if len(costs) > 1 and costs[-1] > costs[-2]:
            learning_rate *= slower
        grads = neuron_backward(X, neuron_forward(X, parameters), Y)
        parameters = gradient_step(parameters, grads, learning_rate)
    best = min([*seen, parameters], key=lambda p: final_cost(X, Y, p))
    return best if keep_best else parameters, costs


def starts_elsewhere(args: Args, got, want) -> bool:
    """From zeros the first cost is log 2 whatever the data."""
    return abs(float(got[1][0]) - np.log(2)) > 1e-9 and not np.allclose(got[0]["W1"], want[0]["W1"], rtol=1e-4)


FIT = Exercise(
    id="03-fit-neuron",
    points=3,
    reference=fit_neuron,
    cases=fit_cases,
    may_use=("activations.sigmoid",),
    properties=(takes_many_steps, goes_on_when_the_cost_is_small),
    examples=[
        (
            (np.array([[0.0, 1.0, 2.0]]), np.array([[0.0, 1.0, 1.0]]), 2, 0.6),
            ({"W1": np.array([[0.512987]]), "b1": np.array([[0.141629]])}, [0.693147, 0.553533]),
        )
    ],
    misconceptions={
        "cost-after-the-step": cost_after_the_step,
        "cost-before-and-after": cost_before_and_after,
        "parameters-never-replaced": fit_with(step=lambda p, d, rate: p),
        "same-gradient-each-step": same_gradient_each_step,
        "uphill": fit_with(step=STEP.misconceptions["uphill"]),
        "learning-rate-ignored": fit_with(step=STEP.misconceptions["learning-rate-ignored"]),
        "bias-not-updated": fit_with(step=STEP.misconceptions["bias-not-updated"]),
        "weights-not-updated": fit_with(step=STEP.misconceptions["weights-not-updated"]),
        "forgot-mean": fit_with(backward=BACKWARD.misconceptions["forgot-mean"]),
        "forgot-mean-in-bias": fit_with(backward=BACKWARD.misconceptions["forgot-mean-in-bias"]),
        "forgot-mean-in-weights": fit_with(backward=BACKWARD.misconceptions["forgot-mean-in-weights"]),
        "sigmoid-derivative-twice": fit_with(backward=BACKWARD.misconceptions["sigmoid-derivative-twice"]),
        "forgot-bias": fit_with(forward=FORWARD.misconceptions["forgot-bias"]),
        "one-step-too-many": fit_with(extra=1),
        "one-step-too-few": fit_with(extra=-1),
        "parameters-one-step-behind": parameters_one_step_behind,
        "bias-after-weights": bias_after_weights,
        "one-example-at-a-time": one_example_at_a_time,
        "starts-from-ones": fit_with(first=1.0),
        "cost-not-averaged": fit_with(cost=COST.misconceptions["forgot-mean"]),
        "cost-is-squared-error": fit_with(cost=COST.misconceptions["squared-error"]),
        "cost-lacks-minus": fit_with(cost=COST.misconceptions["forgot-minus"]),
        "only-last-cost": costs_changed(lambda costs: costs[-1]),
        "only-last-cost-in-a-list": costs_changed(lambda costs: costs[-1:]),
        "only-first-cost-in-a-list": costs_changed(lambda costs: costs[:1]),
        "costs-reversed": costs_changed(lambda costs: costs[::-1]),
        "costs-added-up": costs_changed(lambda costs: list(np.cumsum(costs))),
        "best-parameters-kept": lambda *args: with_an_eye_on_the_cost(*args, keep_best=True),
        "rate-halved-when-cost-rises": lambda *args: with_an_eye_on_the_cost(*args, slower=0.5),
    },
    symptoms={"other-start": starts_elsewhere, "stops-early": stops_early},
)


# --- predict ---


def predict(X, parameters):
    return (neuron_forward(X, parameters) > 0.5).astype(int)


def predict_cases(rng: np.random.Generator) -> Iterator[Args]:
    """A label says little, so there are many, and no weight or bias is so large that it decides alone."""
    for n_x, m in (*draw.shapes(rng), (2, 80), (3, 80)):
        W1 = np.round(rng.uniform(0.6, 1.4, size=(1, n_x)) * rng.choice([-1, 1], size=(1, n_x)), 2)
        b1 = rng.choice([-0.4, -0.3, 0.3, 0.4], size=(1, 1))
        X = draw.inputs(rng, n_x, 2 * m + 10)
        clear = np.flatnonzero(np.abs(W1 @ X + b1) > 0.02)  # rounding must not decide a label
        yield X[:, clear[:m]], {"W1": W1, "b1": b1}
    Z = rng.permutation([0.25, -0.25, 2**-6, -(2**-6), 2.0, 3.0, -2.0, 0.0, 1000.0, -1000.0]).reshape(1, -1)
    yield Z, {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    yield 0.75 - Z, {"W1": np.array([[-1.0]]), "b1": np.array([[0.75]])}


def labels_where(is_one):
    """Labels by another rule for Z."""
    return lambda X, parameters: np.array(is_one(parameters["W1"] @ X + parameters["b1"])).astype(int)


def another_threshold(args: Args, got, want) -> bool:
    """The ones lie above the zeros, but the limit between them is not Z = 0."""
    Z = args[1]["W1"] @ args[0] + args[1]["b1"]
    ones, zeros = Z[got == 1], Z[got == 0]
    return (
        got.shape == want.shape and ones.size + zeros.size == Z.size and ones.min(initial=1e9) > zeros.max(initial=-1e9)
    )


PREDICT = Exercise(
    id="03-predict",
    points=1,
    reference=predict,
    cases=predict_cases,
    may_use=("activations.sigmoid",),
    examples=[
        (
            (np.array([[0.0, 0.5, 0.6, 3.0]]), {"W1": np.array([[2.0]]), "b1": np.array([[-1.0]])}),
            np.array([[0, 0, 1, 1]]),
        )
    ],
    misconceptions={
        "probabilities-returned": neuron_forward,
        "weighted-sum-returned": through(lambda Z: Z),
        "labels-swapped": labels_where(lambda Z: Z <= 0),
        "tie-counted-as-one": labels_where(lambda Z: Z >= 0),
        "labels-swapped-and-tie": labels_where(lambda Z: Z < 0),
        "forgot-bias": lambda X, p: (p["W1"] @ X > 0).astype(int),
        "half-of-the-weighted-sum": labels_where(lambda Z: Z > 0.5),
        "threshold-zero-after-sigmoid": labels_where(lambda Z: sigmoid(Z) > 0),
        "plus-and-minus-one": through(lambda Z: np.where(Z > 0, 1, -1)),
        "sign-of-the-weighted-sum": through(np.sign),
        "cut-to-whole-numbers": labels_where(lambda Z: sigmoid(Z).astype(int)),
        "mean-as-threshold": labels_where(lambda Z: sigmoid(Z) > sigmoid(Z).mean()),
        "one-label-for-all": through(lambda Z: int(Z.mean() > 0)),
        "always-zero": labels_where(lambda Z: np.zeros(Z.shape)),
        "most-likely-example": labels_where(lambda Z: np.argmax(Z, axis=1)),
        "only-first-feature": lambda X, p: (p["W1"][:, :1] @ X[:1] + p["b1"] > 0).astype(int),
    },
    symptoms={"another-threshold": another_threshold},
)


# --- accuracy_report ---

Z95 = 1.959964


def accuracy_report(Y_hat, Y):
    n = Y.shape[1]
    p, ones = float(np.mean(Y_hat == Y)), float(np.mean(Y))
    return {"accuracy": p, "n": n, "interval": wilson(p, n), "baseline": max(ones, 1 - ones)}


def wilson(p, n, z=Z95):
    """((p + z²/2n) ∓ z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)"""
    middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


def wald(p, n):
    half = Z95 * np.sqrt(p * (1 - p) / n)
    return p - half, p + half


def clipped(interval):
    return max(0.0, interval[0]), min(1.0, interval[1])


def report_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Mostly ones and mostly zeros, all right and all wrong, one example and many."""
    for m, ones, right in ((5, 3, 4), (1, 1, 1), (1, 0, 0), (12, 2, 9), (9, 7, 9), (7, 2, 0), (11, 11, 6)):
        yield labels_with(rng, m, ones, right)
    m = int(rng.integers(60, 200))
    yield labels_with(rng, m, m // 3, m // 2 + 7)


def labels_with(rng: np.random.Generator, m: int, ones: int, right: int) -> Args:
    """Predictions and labels (1, m) with so many ones in Y and so many of the predictions right."""
    Y = rng.permutation(np.arange(m) < ones).astype(rng.choice([np.float64, np.int64])).reshape(1, -1)
    return np.where(rng.permutation(m) < right, Y, 1 - Y).astype(int), Y


def report_with(**changed):
    """The right report with some entries replaced by functions of (Y_hat, Y)."""
    return lambda Y_hat, Y: accuracy_report(Y_hat, Y) | {key: entry(Y_hat, Y) for key, entry in changed.items()}


def interval_from(interval):
    """The right report with another interval of (p, n)."""
    return report_with(interval=lambda Y_hat, Y: interval(float(np.mean(Y_hat == Y)), Y.shape[1]))


def z_not_squared(p, n):
    middle, half = p + Z95 / (2 * n), Z95 * np.sqrt(p * (1 - p) / n + Z95 / (4 * n**2))
    return (middle - half) / (1 + Z95 / n), (middle + half) / (1 + Z95 / n)


def middle_forgotten(p, n):
    half = (wilson(p, n)[1] - wilson(p, n)[0]) / 2
    return p - half, p + half


REPORT = Exercise(
    id="03-accuracy-report",
    points=2,
    reference=accuracy_report,
    cases=report_cases,
    examples=[
        (
            (np.array([[1, 1, 1, 1, 1, 0, 1, 0, 0, 0]]), np.array([[1, 1, 1, 1, 1, 1, 0, 0, 0, 0]])),
            {"accuracy": 0.8, "n": 10, "interval": (0.490162, 0.943318), "baseline": 0.6},
        )
    ],
    tolerance=Tolerance(1e-5, absolute=1e-4),  # so that z = 1.96 is near enough
    misconceptions={
        "errors-counted": report_with(accuracy=lambda Y_hat, Y: float(np.mean(Y_hat != Y))),
        "right-ones-not-divided": report_with(accuracy=lambda Y_hat, Y: int(np.sum(Y_hat == Y))),
        "accuracy-in-percent": report_with(accuracy=lambda Y_hat, Y: 100 * float(np.mean(Y_hat == Y))),
        "only-ones-compared": report_with(accuracy=lambda Y_hat, Y: float(np.mean(Y_hat * Y))),
        "one-minus-mean-difference": report_with(accuracy=lambda Y_hat, Y: float(1 - np.mean(Y_hat - Y))),
        "rows-counted": report_with(n=lambda Y_hat, Y: Y.shape[0]),
        "right-ones-as-n": report_with(n=lambda Y_hat, Y: int(np.sum(Y_hat == Y))),
        "ones-as-n": report_with(n=lambda Y_hat, Y: int(np.sum(Y))),
        "share-of-ones-as-baseline": report_with(baseline=lambda Y_hat, Y: float(np.mean(Y))),
        "share-of-zeros-as-baseline": report_with(baseline=lambda Y_hat, Y: float(np.mean(1 - Y))),
        "rarer-class-as-baseline": report_with(baseline=lambda Y_hat, Y: min(np.mean(Y), 1 - np.mean(Y))),
        "baseline-from-predictions": report_with(baseline=lambda Y_hat, Y: max(np.mean(Y_hat), 1 - np.mean(Y_hat))),
        "baseline-not-divided": report_with(baseline=lambda Y_hat, Y: max(np.sum(Y), np.sum(1 - Y))),
        "baseline-of-one-half": report_with(baseline=lambda Y_hat, Y: 0.5),
        "plain-interval": interval_from(wald),
        "plain-interval-clipped": interval_from(lambda p, n: clipped(wald(p, n))),
        "two-thirds-interval": interval_from(lambda p, n: wilson(p, n, 1.0)),
        "ninety-percent-interval": interval_from(lambda p, n: wilson(p, n, 1.644854)),
        "ninety-nine-percent-interval": interval_from(lambda p, n: wilson(p, n, 2.575829)),
        "z-rounded-to-two": interval_from(lambda p, n: wilson(p, n, 2.0)),
        "z-not-squared": interval_from(z_not_squared),
        "root-forgotten": interval_from(
            lambda p, n: tuple(
                (p + Z95**2 / (2 * n) + sign * Z95 * (p * (1 - p) / n + Z95**2 / (4 * n**2))) / (1 + Z95**2 / n)
                for sign in (-1, 1)
            )
        ),
        "denominator-forgotten": interval_from(lambda p, n: tuple(bound * (1 + Z95**2 / n) for bound in wilson(p, n))),
        "middle-not-moved": interval_from(middle_forgotten),
        "bounds-swapped": interval_from(lambda p, n: wilson(p, n)[::-1]),
        "half-width-for-interval": interval_from(lambda p, n: (wilson(p, n)[1] - wilson(p, n)[0]) / 2),
    },
)

EXERCISES = (INITIALIZE, FORWARD, COST, BACKWARD, STEP, FIT, PREDICT, REPORT)
