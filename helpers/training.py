"""Training: forward, cost, backward, update, over and over, with full batches or mini-batches."""

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

import numpy as np

from helpers import network
from helpers.batches import endless
from helpers.memory import Memory, one_vector
from helpers.network import Parameters
from helpers.optimizers import OPTIMIZERS, Optimizer
from helpers.regularization import l2_backward, l2_cost
from helpers.schedules import Schedule
from helpers.validation import (
    check_choice,
    check_count,
    check_generator,
    check_not_negative,
    check_positive,
    check_probability,
)


class Result(NamedTuple):
    """What training leaves: the last parameters, and the recorded costs J with the steps they were taken before."""

    parameters: Parameters
    costs: np.ndarray
    steps: np.ndarray


class DivergenceError(ArithmeticError):
    """The cost is no longer a finite number. `costs` and `steps` hold what was recorded until then."""

    def __init__(self, step: int, learning_rate: float, costs: list[float], steps: list[int]) -> None:
        super().__init__(
            f"Training stopped at step {step}: the cost is no longer a finite number. The learning rate "
            f"{learning_rate:g} is probably too large; try {learning_rate / 10:g}, and look at the scale of X."
        )
        self.costs = np.array(costs)
        self.steps = np.array(steps, dtype=int)


class Step:
    """One training step as a call: `cost = step(X, Y)` moves `step.parameters` in place, cost being J before the move.

    For arrays that have been checked, all of one floating-point dtype. Every array of a step is used again by the next.
    `learning_rate` may be set between two steps. l2 is λ of L2, with m the number of all examples.
    """

    def __init__(
        self,
        parameters: Parameters,
        learning_rate: float,
        hidden: str,
        output: str,
        optimizer: Optimizer = OPTIMIZERS["gradient_descent"],
        *,
        l2: float = 0.0,
        m: int = 1,
        keep_prob: float = 1.0,
        rng: np.random.Generator | None = None,
    ) -> None:
        self._memory = Memory(next(iter(parameters.values())).dtype)
        self._all, self.parameters = one_vector(parameters)
        self._all_grads, self._grads = one_vector(
            {f"d{name}": np.zeros_like(value) for name, value in parameters.items()}
        )
        for name, grad in self._grads.items():  # the backward pass and the update find their places in the two vectors
            self._memory[int(name[2:])][name[:2], grad.shape] = grad
        self._memory["all", self._all.shape] = self._all
        self._memory["step", self._all.shape] = self._all_grads  # spent by the update, so it may be written over
        self.learning_rate = float(learning_rate)
        self._optimizer, self._state = optimizer, {}
        self._activations = (hidden, output)
        self._l2 = (l2, m) if l2 else None
        self._dropout = {"keep_prob": keep_prob, "rng": rng} if keep_prob != 1 else {}

    def __call__(self, X: np.ndarray, Y: np.ndarray) -> float:
        _, caches = network.forward(X, self.parameters, *self._activations, self._memory, **self._dropout)
        cost = network.cost(Y, caches, self._memory)
        network.backward(Y, caches, self._memory)
        if self._l2:
            cost += l2_cost(self.parameters, *self._l2, self._memory)
            l2_backward(self.parameters, self._grads, *self._l2, self._memory)
        _, self._state = self._optimizer(
            {"all": self._all}, {"dall": self._all_grads}, self._state, self.learning_rate, memory=self._memory
        )
        return cost


def train(
    X: np.ndarray,
    Y: np.ndarray,
    parameters: Parameters,
    *,
    learning_rate: float | Schedule,
    steps: int,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    hidden: str = "relu",
    output: str = "sigmoid",
    optimizer: str | Optimizer = "gradient_descent",
    l2: float = 0.0,
    keep_prob: float = 1.0,
    record_every: int = 1,
    progress: Callable[[Iterable[int]], Iterable[int]] | None = None,
    callback: Callable[[int, Parameters, float], None] | None = None,
) -> Result:
    """`steps` updates of the given start values, which stay as they are.

    X (n_x, m), Y (n_y, m), parameters as from `network.initialize`. learning_rate is a number or a schedule, a function
    from the step k = 0, 1, … to α (see schedules.py). Without batch_size every step uses all m examples; with it each
    step uses the next batch_size columns of an order that rng shuffles anew for every pass, X and Y alike (the last
    batch of a pass may be smaller). optimizer: "gradient_descent", "momentum", "rmsprop", "adam", or one of these with
    other settings, such as `functools.partial(optimizers.momentum, beta=0.5)`. l2 is λ, and its penalty λ / (2m) ‖W‖²
    part of J; each hidden unit is kept with probability keep_prob, drawn by rng (see regularization.py).

    Every `record_every` steps the cost before the step is kept, of this step's batch and with this step's units, and
    `callback(step, parameters, cost)` is called with parameters of its own. `progress` wraps the steps, such as
    `tqdm.auto.tqdm`.

    Raises ValueError where an argument does not fit, DivergenceError where a recorded or the last cost is not finite.
    """
    schedule = learning_rate if callable(learning_rate) else None
    alpha = schedule(0) if schedule else learning_rate
    check_positive("learning_rate", alpha)
    check_count("steps", steps)
    check_count("record_every", record_every)
    check_not_negative("l2", l2)
    check_probability("keep_prob", keep_prob)
    if keep_prob != 1:
        check_generator("rng", rng, "units are dropped at random")
    _, caches = network.forward(X, parameters, hidden, output)  # checks X, parameters and both activations
    network.cost(Y, caches)  # checks Y
    X, Y, parameters = _in_one_dtype(X, Y, parameters)
    step = Step(parameters, alpha, hidden, output, _rule(optimizer), l2=l2, m=X.shape[1], keep_prob=keep_prob, rng=rng)
    batches = _batches(X, Y, batch_size, rng)
    costs, recorded = [], []

    # Overflow is looked for below, where it can be explained; a warning for every product on the way says less.
    with np.errstate(over="ignore", invalid="ignore"):
        for k in progress(range(steps)) if progress else range(steps):
            record = k % record_every == 0
            before = _copies(step.parameters) if record and callback else None
            if schedule:
                step.learning_rate = _rate(schedule, k)
            cost = step(*next(batches))
            if (record or k == steps - 1) and not np.isfinite(cost):
                raise DivergenceError(k, step.learning_rate, costs, recorded)
            if record:
                costs.append(cost)
                recorded.append(k)
                if callback:
                    callback(k, before, cost)
    return Result(_copies(step.parameters), np.array(costs), np.array(recorded, dtype=int))


def _in_one_dtype(X: np.ndarray, Y: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """float32 where X and all parameters are float32, else float64; labels follow."""
    dtype = np.result_type(X, *parameters.values())
    dtype = dtype if dtype.kind == "f" else np.dtype(np.float64)
    return (
        X.astype(dtype, copy=False),
        Y.astype(dtype, copy=False),
        {name: value.astype(dtype, copy=False) for name, value in parameters.items()},
    )


def _batches(
    X: np.ndarray, Y: np.ndarray, batch_size: int | None, rng: np.random.Generator | None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of the same columns of X and Y, without end."""
    if batch_size is None:
        return repeat((X, Y))
    check_count("batch_size", batch_size)
    check_generator("rng", rng, "mini-batches are shuffled")
    return endless(X, Y, batch_size, rng)


def _rule(optimizer: str | Optimizer) -> Optimizer:
    if callable(optimizer):
        return optimizer
    check_choice("optimizer", optimizer, tuple(OPTIMIZERS))
    return OPTIMIZERS[optimizer]


def _rate(schedule: Schedule, k: int) -> float:
    alpha = schedule(k)
    check_positive(f"learning_rate({k})", alpha)
    return float(alpha)


def _copies(parameters: Parameters) -> Parameters:
    return {name: value.copy() for name, value in parameters.items()}
