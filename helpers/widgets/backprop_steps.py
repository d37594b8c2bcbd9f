"""The way back gone by given functions, layer by layer, each judged against what was measured."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import NamedTuple

import numpy as np

from helpers import gradient_check, layers
from helpers.activations import ACTIVATIONS
from helpers.widgets.backprop_trial import Array, LayerCache, Trial, measured_dZ

NAMES = ("model_forward", "model_backward", "layer_backward", "linear_backward", "activation_backward")
Functions = Mapping[str, Callable]


class Part(NamedTuple):
    """One array of a layer's way back: what came, what was measured, and their relative error, 0 to 1.

    error: NaN where the two cannot be compared: another shape, no finite numbers, nothing at all.
    """

    name: str
    got: object
    wanted: Array
    error: float

    @property
    def agrees(self) -> bool:
        return self.error < gradient_check.TOLERANCE


class Step(NamedTuple):
    """One layer of the way back.

    verdict: "agrees"; "parts", where the layer's own functions go wrong; "loop", where they are right and what
    model_backward makes of them is not; "inherits", where a layer above is to blame.
    parts: dA of the layer before, dW, db. blamed: the function that is wrong. error: what it raised.
    """

    l: int
    parts: list[Part]
    verdict: str
    blamed: str = ""
    error: Exception | None = None


class Fault(NamedTuple):
    """What is wrong first on the way forward: "raised" error; "not_two" answers but what is said in got; "not_caches",
    not as many as layers; "cache", that of layer l in another form; "sums" Z of layer l; "answer", only AL.
    """

    kind: str
    l: int = 0
    got: str = ""
    error: Exception | None = None


def linear_backward(dZ: Array, linear_cache: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """dA_prev, dW and db by the course's functions; dZ (n, m), linear_cache (A_prev, W, b), as in assignment 06."""
    A_prev, W, _ = linear_cache
    kept = layers.Cache(A_prev, W, dZ, dZ, "relu")
    return layers.input_backward(dZ, kept), *layers.linear_backward(dZ, kept)


def activation_backward(dA: Array, activation_cache: Array, activation: str) -> Array:
    """dZ by the course's functions; dA (n, m), activation_cache Z (n, m), as in assignment 06."""
    A = ACTIVATIONS[activation].forward(activation_cache)
    return layers.activation_backward(dA, layers.Cache(A, A, activation_cache, A, activation))


def layer_backward(dA: Array, cache: LayerCache, activation: str) -> tuple[Array, Array, Array]:
    """dA_prev, dW and db of a whole layer by the course's functions; cache ((A_prev, W, b), Z), as in assignment 06."""
    return linear_backward(activation_backward(dA, cache[1], activation), cache[0])


def way_back(trial: Trial, own: Functions) -> Iterator[Step]:
    """The layers from the last to the first, by the functions in own, and where one is missing by the course's.

    own: some of NAMES, as assignment 06 wants them. Each layer is handed what the one above gave, or, where that cannot
    be used, what was measured. Nothing that a function raises gets out.
    """
    layer = _layer_function(own)
    grads, loop_error = None, None
    if "model_backward" in own:
        grads, loop_error = call(own["model_backward"], trial.AL, trial.Y, trial.caches)
    dA, astray = trial.dA(trial.L), False
    for l in range(trial.L, 0, -1):
        handed, _ = _layer_parts(layer, dA, trial, l)
        alone, error = _layer_parts(layer, trial.dA(l), trial, l)
        step = Step(l, handed, "agrees")
        if not _agree(alone):
            step = Step(l, alone, "parts", _half_to_blame(own, trial, l), error)
        elif not _agree(handed):
            step = step._replace(verdict="inherits")
        elif "model_backward" in own:
            looped = [handed[0], *(_from_loop(grads, part) for part in handed[1:])]
            if not _agree(looped):
                verdict = "inherits" if astray else "loop"
                step = Step(l, looped, verdict, "" if astray else "model_backward", None if astray else loop_error)
        yield step
        astray = astray or step.verdict != "agrees"
        dA = np.asarray(handed[0].got, float) if np.isfinite(handed[0].error) else trial.dA(l - 1)


def way_forward(trial: Trial, own: Functions) -> Fault | None:
    """What is wrong first in what model_forward gives, None where all is well or the function is the course's."""
    if "model_forward" not in own:
        return None
    answer, error = call(own["model_forward"], trial.X, trial.parameters)
    if error is not None:
        return Fault("raised", error=error)
    if not _is_row(answer, 2):
        return Fault("not_two", got=_told(answer))
    AL, caches = answer
    if not _is_row(caches, trial.L):
        return Fault("not_caches", got=_told(caches))
    for l, (cache, (_, Z)) in enumerate(zip(caches, trial.caches, strict=True), 1):
        if not _is_row(cache, 2):
            return Fault("cache", l, _told(cache))
        if not compared("Z", cache[1], Z).agrees:
            return Fault("sums", l)
    return None if compared("AL", AL, trial.AL).agrees else Fault("answer")


def _is_row(value: object, length: int) -> bool:
    return isinstance(value, tuple | list) and len(value) == length


def _told(value: object) -> str:
    """ "NoneType", or "a tuple of 3"."""
    kind = type(value).__name__
    return f"a {kind} of {len(value)}" if isinstance(value, tuple | list) else kind


def call(function: Callable, *args: object) -> tuple[object, Exception | None]:
    """What a function gives, or what it raises; its arguments are copies, so that it cannot spoil the trial."""
    try:
        with np.errstate(all="ignore"):
            return function(*deepcopy(args)), None
    except Exception as error:
        return None, error


def compared(name: str, got: object, wanted: Array) -> Part:
    """What came beside what was measured."""
    try:
        error = gradient_check.relative_error({name: got}, {name: wanted})
    except (ValueError, TypeError):
        error = float("nan")
    return Part(name, got, wanted, error)


def _agree(parts: list[Part]) -> bool:
    return all(part.agrees for part in parts)


def _layer_function(own: Functions) -> Callable:
    if "layer_backward" in own:
        return own["layer_backward"]
    linear, slope = own.get("linear_backward", linear_backward), own.get("activation_backward", activation_backward)
    return lambda dA, cache, activation: linear(slope(dA, cache[1], activation), cache[0])


def _layer_parts(layer: Callable, dA: Array, trial: Trial, l: int) -> tuple[list[Part], Exception | None]:
    answer, error = call(layer, dA, trial.caches[l - 1], trial.activation(l))
    three = answer if isinstance(answer, tuple | list) and len(answer) == 3 else (answer,) * 3
    names = f"dA{l - 1}", f"dW{l}", f"db{l}"
    return [compared(name, got, trial.measured[name]) for name, got in zip(names, three, strict=True)], error


def _from_loop(grads: object, part: Part) -> Part:
    got = grads.get(part.name) if isinstance(grads, dict) else grads
    return compared(part.name, got, part.wanted)


def _half_to_blame(own: Functions, trial: Trial, l: int) -> str:
    """Which of the functions that make a layer is wrong, each asked alone with what was measured."""
    linear_cache, Z = trial.caches[l - 1]
    dZ = measured_dZ(trial, l)
    if "activation_backward" in own:
        got, _ = call(own["activation_backward"], trial.dA(l), Z, trial.activation(l))
        if not compared("dZ", got, dZ).agrees:
            return "activation_backward"
    if "linear_backward" in own:
        parts, _ = _layer_parts(lambda dA, cache, name: own["linear_backward"](dZ, linear_cache), dZ, trial, l)
        if not _agree(parts):
            return "linear_backward"
    return "layer_backward"
