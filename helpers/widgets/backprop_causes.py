"""What a wrong layer of the way back likely means: slips that people make, tried until one gives the same numbers."""

from collections.abc import Iterator

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.widgets.backprop_steps import Part, Step
from helpers.widgets.backprop_trial import Array, Trial

# Measured values are right to about nine digits; a slip is told from the truth by far more.
CLOSE = 1e-5
Slip = tuple[str, dict[str, object]]


def likely_cause(trial: Trial, step: Step) -> str:
    """The key of the sentence for what the wrong parts of a step have in common, "" where nothing is known.

    Raised errors, missing arrays and wrong shapes come first, then slips in the numbers.
    """
    if step.error is not None:
        return "raised"
    wrong = {_kind(part): part for part in step.parts if not part.agrees}
    for part in wrong.values():
        if not np.isfinite(part.error):
            return _form(part, trial.m)
    for name, predicted in _slips(trial, step.l):
        if all(kind in predicted and _same(part.got, predicted[kind]) for kind, part in wrong.items()):
            return name
    return "factor" if common_factor(step) is not None else ""


def meant(trial: Trial, step: Step) -> list[Part]:
    """The wrong parts that the likely cause speaks of: where some cannot be compared, those of the same form as the
    first of these, else all."""
    wrong = [part for part in step.parts if not part.agrees]
    forms = [_form(part, trial.m) if not np.isfinite(part.error) else "" for part in wrong]
    first = next(filter(None, forms), "")
    return [part for part, form in zip(wrong, forms, strict=True) if form == first]


def common_factor(step: Step) -> float | None:
    """The number that all wrong parts are too large by, where there is one."""
    found = []
    for part in step.parts:
        if not part.agrees and np.shape(part.got) == part.wanted.shape:
            found.append(float(np.sum(part.got * part.wanted) / np.sum(part.wanted**2)))
            if not _same(part.got, found[-1] * part.wanted):
                return None
    return found[0] if found and np.allclose(found, found[0], rtol=CLOSE) else None


def _kind(part: Part) -> str:
    return part.name[:2]


def _form(part: Part, m: int) -> str:
    """Why what came cannot be compared."""
    if part.got is None:
        return "nothing"
    try:
        got = np.asarray(part.got, float)
    except (ValueError, TypeError):
        return "no-array"
    n = part.wanted.shape[0]
    if got.shape == part.wanted.shape:
        return "not-finite"
    if got.shape == part.wanted.shape[::-1]:
        return "transposed"
    if _kind(part) != "db":
        return "shape"
    forms = {(n,): "one-axis", (1, m): "over-units", (n, m): "not-summed", (1, 1): "one-number", (): "one-number"}
    return forms.get(got.shape, "shape")


def _slips(trial: Trial, l: int) -> Iterator[Slip]:
    (A_prev, W, _), Z = trial.caches[l - 1]
    name, m, dA = trial.activation(l), trial.m, trial.dA(l)
    A, slope = ACTIVATIONS[name].forward(Z), ACTIVATIONS[name].slope
    dZ = dA * slope(A)
    right = _layer(dZ, A_prev, W)
    yield "not-averaged", {kind: m * right[kind] for kind in ("dW", "db")}
    yield "averaged-twice", {kind: right[kind] / m for kind in ("dW", "db")}
    yield "dA-averaged", {"dA": right["dA"] / m}
    yield "sign", {kind: -value for kind, value in right.items()}
    yield "zero", {kind: 0 * value for kind, value in right.items()}
    yield "no-slope-in-dA", {"dA": W.T @ dA}
    if l == trial.L:
        yield "sigmoid-twice", _layer(dZ * slope(A), A_prev, W)
    for other in ("sigmoid", "relu", "tanh"):
        if other != name:
            yield f"slope-of-{other}", _layer(dA * ACTIVATIONS[other].slope(ACTIVATIONS[other].forward(Z)), A_prev, W)
    yield "no-slope", _layer(dA, A_prev, W)
    yield "slope-at-A", _layer(dA * slope(ACTIVATIONS[name].forward(A)), A_prev, W)
    yield "Z-taken-for-A", _layer(dA * slope(Z), A_prev, W)
    yield "value-for-slope", _layer(dA * A, A_prev, W)
    yield "slope-reversed", _layer(dA * (Z < 0), A_prev, W)
    yield "slope-twice", _layer(dZ * slope(A), A_prev, W)
    yield "dA-left-out", _layer(slope(A), A_prev, W)
    yield "no-weights", {"dA": np.ones_like(W).T @ dZ}
    yield "dZ-for-dA", {"dA": dZ}
    if l > 1:
        yield "Z-for-A", {"dW": dZ @ trial.caches[l - 2][1].T / m}
    yield "own-answer", {"dW": dZ @ A.T / m}
    yield "inputs-left-out", {"dW": right["db"] * np.ones_like(W)}


def _layer(dZ: Array, A_prev: Array, W: Array) -> dict[str, Array]:
    m = dZ.shape[1]
    return {"dA": W.T @ dZ, "dW": dZ @ A_prev.T / m, "db": dZ.sum(axis=1, keepdims=True) / m}


def _same(got: object, predicted: object) -> bool:
    got, predicted = np.asarray(got), np.asarray(predicted)
    if got.shape != predicted.shape:
        return False
    return bool(np.linalg.norm(got - predicted) <= CLOSE * np.linalg.norm(predicted))
