"""Training: forward, cost, backward, update, over and over, with full batches or mini-batches."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from helpers import network
from helpers.memory import Memory, one_vector
from helpers.network import Parameters
from helpers.optimizers import gradient_descent
from helpers.validation import check_count, check_positive


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
    """

    def __init__(self, parameters: Parameters, learning_rate: float, hidden: str, output: str) -> None:
        self._memory = Memory(next(iter(parameters.values())).dtype)
        self._all, self.parameters = one_vector(parameters)
        self._all_grads, grads = one_vector({name: np.zeros_like(value) for name, value in parameters.items()})
        for name, grad in grads.items():  # the backward pass and the update find their places in the two vectors
            self._memory[int(name[1:])][f"d{name[0]}", grad.shape] = grad
        self._memory["all", self._all.shape] = self._all
        self._memory["step", self._all.shape] = self._all_grads  # spent by the update, so it may be written over
        self._learning_rate = float(learning_rate)
        self._activations = (hidden, output)

    def __call__(self, X: np.ndarray, Y: np.ndarray) -> float:
        _, caches = network.forward(X, self.parameters, *self._activations, self._memory)
        cost = network.cost(Y, caches, self._memory)
        network.backward(Y, caches, self._memory)
        gradient_descent({"all": self._all}, {"dall": self._all_grads}, self._learning_rate, self._memory)
        return cost


def train(
    X: np.ndarray,
    Y: np.ndarray,
    parameters: Parameters,
    *,
    learning_rate: float,
    steps: int,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    hidden: str = "relu",
    output: str = "sigmoid",
    record_every: int = 1,
    progress: Callable[[Iterable[int]], Iterable[int]] | None = None,
    callback: Callable[[int, Parameters, float], None] | None = None,
) -> Result:
    """`steps` updates by gradient descent from the given start values, which stay as they are.

    X (n_x, m), Y (n_y, m), parameters as from `network.initialize`. Without batch_size every step uses all m examples;
    with it each step uses the next batch_size columns of an order that rng shuffles anew for every pass, X and Y alike
    (the last batch of a pass may be smaller). Every `record_every` steps the cost before the step is kept, and
    `callback(step, parameters, cost)` is called with parameters of its own. `progress` wraps the steps, such as
    `tqdm.auto.tqdm`.

    Raises ValueError where an argument does not fit, DivergenceError where a recorded or the last cost is not finite.
    """
    check_positive("learning_rate", learning_rate)
    check_count("steps", steps)
    check_count("record_every", record_every)
    _, caches = network.forward(X, parameters, hidden, output)  # checks X, parameters and both activations
    network.cost(Y, caches)  # checks Y
    X, Y, parameters = _in_one_dtype(X, Y, parameters)
    step = Step(parameters, learning_rate, hidden, output)
    batches = _batches(X, Y, batch_size, rng)
    costs, recorded = [], []

    # Overflow is looked for below, where it can be explained; a warning for every product on the way says less.
    with np.errstate(over="ignore", invalid="ignore"):
        for k in progress(range(steps)) if progress else range(steps):
            record = k % record_every == 0
            before = _copies(step.parameters) if record and callback else None
            cost = step(*next(batches))
            if (record or k == steps - 1) and not np.isfinite(cost):
                raise DivergenceError(k, learning_rate, costs, recorded)
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
    m = X.shape[1]
    if batch_size is None:
        return _forever(X, Y)
    check_count("batch_size", batch_size)
    if rng is None:
        raise ValueError("rng is None, but mini-batches are shuffled: pass np.random.default_rng(…).")
    return _shuffled(X, Y, min(batch_size, m), rng)


def _forever(X: np.ndarray, Y: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    while True:
        yield X, Y


def _shuffled(
    X: np.ndarray, Y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    while True:
        order = rng.permutation(X.shape[1])
        X_shuffled, Y_shuffled = X[:, order], Y[:, order]
        for start in range(0, X.shape[1], batch_size):
            yield X_shuffled[:, start : start + batch_size], Y_shuffled[:, start : start + batch_size]


def _copies(parameters: Parameters) -> Parameters:
    return {name: value.copy() for name, value in parameters.items()}
