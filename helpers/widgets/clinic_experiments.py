"""Small experiments on a training: each gives a sentence with what was found, and none says what it means."""

from typing import Any

import numpy as np

from helpers import network, training
from helpers.widgets.clinic_patients import RECORDS, Case
from helpers.widgets.written_numbers import percent, with_power

Text = dict[str, Any]


def experiment(name: str, case: Case, text: Text) -> str:
    """What comes of it, in words; "" for "none"."""
    return "" if name == "none" else EXPERIMENTS[name](case, text["found"])


def at_the_start(case: Case, found: Text) -> str:
    _, caches = network.forward(case.X, case.parameters)
    layers = [
        found["layer"].format(l=l, size=short(np.sqrt(np.mean(c.A**2))), zeros=percent(np.mean(c.A == 0)))
        for l, c in enumerate(caches[:-1], 1)
    ]
    return found["start"].format(layers="; ".join(layers) or found["no_layers"])


def scales(case: Case, found: Text) -> str:
    return found["scales"].format(spreads=", ".join(short(sd) for sd in case.X.std(axis=1)))


def tenth(case: Case, found: Text) -> str:
    costs = _costs(case._replace(learning_rate=case.learning_rate / 10))
    return found["tenth"].format(cost=short(costs[-1]), highest=short(max(costs)))


def five(case: Case, found: Text) -> str:
    costs = _costs(case._replace(X=case.X[:, :5], Y=case.Y[:, :5]))
    return found["five"].format(cost=short(costs[-1]))


def neighbours(case: Case, found: Text) -> str:
    """By the features' own spreads, so that no scale decides what is near."""
    X = case.X / case.X.std(axis=1, keepdims=True)
    apart = np.linalg.norm(X[:, :, np.newaxis] - X[:, np.newaxis, :], axis=0)
    np.fill_diagonal(apart, np.inf)
    return found["neighbours"].format(share=percent(np.mean(case.Y[0] == case.Y[0, apart.argmin(axis=1)])))


def single(case: Case, found: Text) -> str:
    """The feature that does best on the training points with one limit, either side being label 1."""
    best = max((_limit(x, case.Y[0]) + (k,) for k, x in enumerate(case.X)), key=lambda row: row[0])
    share, limit, sign, k = best
    on_new = np.mean((sign * (case.X_new[k] - limit) > 0) == case.Y_new[0])
    return found["single"].format(best=k + 1, right=percent(share), right_new=percent(on_new))


def _costs(case: Case) -> list[float]:
    """The training costs of some RECORDS steps, and the one at the end."""
    every = max(1, case.steps // RECORDS)
    run = training.train(
        case.X, case.Y, case.parameters, learning_rate=case.learning_rate, steps=case.steps, record_every=every
    )
    return [*run.costs, network.cost(case.Y, network.forward(case.X, run.parameters)[1])]


def _limit(x: np.ndarray, y: np.ndarray) -> tuple[float, float, int]:
    """(share right, limit, 1 where label 1 lies above it, else −1)."""
    values = np.unique(x)
    limits = (values[:-1] + values[1:]) / 2
    right = np.mean((x[np.newaxis] > limits[:, np.newaxis]) == y, axis=1)
    best = int(np.argmax(np.maximum(right, 1 - right)))
    return max(right[best], 1 - right[best]), limits[best], 1 if right[best] >= 0.5 else -1


def short(value: float) -> str:
    """Two digits that count: 0.63, 460, 5·10⁻⁶."""
    return with_power(f"{float(f'{value:.2g}'):g}")


EXPERIMENTS = {
    "start": at_the_start,
    "scales": scales,
    "tenth": tenth,
    "five": five,
    "neighbours": neighbours,
    "single": single,
}
