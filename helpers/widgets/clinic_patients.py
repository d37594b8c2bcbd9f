"""The patients of the clinic: trainings that go wrong in one respect each, and the same with that mended."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers import data, evaluation, network, training

Array = np.ndarray
RECORDS = 75
"""Points of a curve; fewer would leave out the leaps of steps that are too large."""


class Case(NamedTuple):
    """Everything that decides a training: points (n_x, m) and labels (1, m) to learn from, others to judge by, start
    values, learning rate and number of steps."""

    X: Array
    Y: Array
    X_new: Array
    Y_new: Array
    parameters: network.Parameters
    learning_rate: float = 1.0
    steps: int = 300


class Curves(NamedTuple):
    """What is recorded on the way: cost and share right, on the training and on the validation points."""

    steps: Array
    cost: Array
    cost_new: Array
    right: Array
    right_new: Array


class Patient(NamedTuple):
    """A training as it came, and as it was cured."""

    sick: Case
    cured: Case


@cache
def healthy(m: int = 80, sizes: tuple[int, ...] = (2, 16, 1), scale: str | float = "he", **more: float) -> Case:
    """Two half moons, 300 fresh ones to judge by, a start after He: nothing is wrong with it.

    Kept, so that patients who share a cure share its training too.
    """
    points = data.moons(m, np.random.default_rng(0), noise=0.3)
    fresh = data.moons(300, np.random.default_rng(1), noise=0.3)
    start = network.initialize(list(sizes), np.random.default_rng(0), scale=scale)
    return Case(*points, *fresh, start, **more)


def _small_start() -> Patient:
    deep = 2, 16, 16, 16, 1
    return Patient(
        healthy(sizes=deep, scale=0.01, learning_rate=0.3), healthy(sizes=deep, scale="he", learning_rate=0.3)
    )


def _large_steps() -> Patient:
    return Patient(healthy(learning_rate=20.0), healthy())


def _small_steps() -> Patient:
    return Patient(healthy(learning_rate=0.003), healthy())


def _scales() -> Patient:
    """Grams beside millimetres, about their means."""
    case, factors = healthy(sizes=(2, 1)), np.array([[500.0], [2.0]])
    return Patient(case._replace(X=factors * case.X, X_new=factors * case.X_new), case)


def _dead_units() -> Patient:
    case = healthy()
    asleep = case.parameters | {"b1": case.parameters["b1"] - 10}
    return Patient(case._replace(parameters=asleep), case)


def _leak() -> Patient:
    """A third feature that is the label itself, and is not known yet for those who come."""
    case = healthy()
    start = network.initialize([3, 16, 1], np.random.default_rng(0))
    told = np.vstack([case.X, case.Y]), np.vstack([case.X_new, np.zeros(case.Y_new.shape)])
    return Patient(case._replace(X=told[0], X_new=told[1], parameters=start), case)


def _mixed_up() -> Patient:
    case = healthy()
    return Patient(case._replace(X=case.X[:, np.random.default_rng(3).permutation(case.X.shape[1])]), case)


def _by_heart() -> Patient:
    case = healthy(m=60, sizes=(2, 24, 24, 1), learning_rate=0.5, steps=1500)
    seen = train(case)
    return Patient(case, case._replace(steps=int(seen.steps[seen.cost_new.argmin()])))


def _too_weak() -> Patient:
    return Patient(healthy(sizes=(2, 1)), healthy())


def _well() -> Patient:
    return Patient(healthy(), healthy())


# In an order that tells nothing.
PATIENTS: dict[str, Callable[[], Patient]] = {
    "large-steps": _large_steps,
    "by-heart": _by_heart,
    "small-start": _small_start,
    "leak": _leak,
    "scales": _scales,
    "well": _well,
    "mixed-up": _mixed_up,
    "dead-units": _dead_units,
    "too-weak": _too_weak,
    "small-steps": _small_steps,
}


def train(case: Case) -> Curves:
    """Full-batch gradient descent, looked at RECORDS times on the way, and at the end."""
    seen = []

    def look(step: int, parameters: network.Parameters, _cost: float = 0.0) -> None:
        row = [step]
        for X, Y in ((case.X, case.Y), (case.X_new, case.Y_new)):
            A, caches = network.forward(X, parameters)
            row += [network.cost(Y, caches), evaluation.accuracy((A > 0.5).astype(int), Y)]
        seen.append(row)

    every = max(1, case.steps // RECORDS)
    trained = training.train(
        case.X, case.Y, case.parameters, learning_rate=case.learning_rate, steps=case.steps, record_every=every,
        callback=look,
    ).parameters  # fmt: skip
    look(case.steps, trained)
    steps, cost, right, cost_new, right_new = np.array(seen).T
    return Curves(steps, cost, cost_new, right, right_new)
