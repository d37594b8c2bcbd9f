"""The checklist of dimensions, and the first array of a learner's network that departs from it."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

Shape = tuple[int, ...]
RULES = {"A_prev": "rule_Z", "W": "rule_W", "b": "rule_b", "Z": "rule_Z"}


def shapes_wanted(sizes: Sequence[int], m: int) -> list[dict[str, Shape]]:
    """For each layer the shapes of W, A_prev, b, Z and A: W (n, n_prev), b (n, 1), all else (units, m)."""
    return [
        {"W": (n, n_prev), "A_prev": (n_prev, m), "b": (n, 1), "Z": (n, m), "A": (n, m)}
        for n_prev, n in pairwise(sizes)
    ]


def shapes_made(
    initialize: Callable, forward: Callable, sizes: Sequence[int], m: int, text: dict[str, str]
) -> list[dict[str, Shape]]:
    """What shapes_wanted says, after initialize and forward have run and agreed with it; else ValueError."""
    rng = np.random.default_rng(0)
    wanted = shapes_wanted(sizes, m)
    parameters = initialize(list(sizes), rng)
    _check_parameters(parameters, wanted, text)
    answers = forward(rng.standard_normal((sizes[0], m)), parameters)
    if not isinstance(answers, tuple | list) or len(answers) != 2:
        raise ValueError(text["not_two"].format(got=type(answers).__name__))
    AL, caches = answers
    L = len(wanted)
    _compare(np.shape(AL), wanted[-1]["A"], text["wrong_answer"], text, "Z", L=L)
    if not isinstance(caches, tuple | list) or len(caches) != L:
        got = len(caches) if isinstance(caches, tuple | list) else type(caches).__name__
        raise ValueError(text["wrong_caches"].format(got=got, L=L))
    for l, (cache, shapes) in enumerate(zip(caches, wanted, strict=True), start=1):
        for name, array in zip(("A_prev", "W", "Z"), _kept(cache, l, text), strict=True):
            _compare(np.shape(array), shapes[name], text["wrong_kept"], text, name, name=name, l=l)
    return wanted


def _check_parameters(parameters: Any, wanted: list[dict[str, Shape]], text: dict[str, str]) -> None:
    L = len(wanted)
    if not isinstance(parameters, dict):
        raise ValueError(text["not_parameters"].format(got=type(parameters).__name__, L=L))
    for l, shapes in enumerate(wanted, start=1):
        for letter in ("W", "b"):
            name = f"{letter}{l}"
            if name not in parameters:
                raise ValueError(text["missing"].format(name=name, L=L))
            _compare(np.shape(parameters[name]), shapes[letter], text["wrong_parameter"], text, letter, name=name)


def _compare(got: Shape, wanted: Shape, message: str, text: dict[str, str], what: str, **place: Any) -> None:
    if got != wanted:
        raise ValueError(message.format(got=got, wanted=wanted, rule=text[RULES[what]], **place))


def _kept(cache: Any, l: int, text: dict[str, str]) -> tuple[Any, Any, Any]:
    """A_prev, W and Z of a cache, in the course's form or in that of assignment 06."""
    if hasattr(cache, "A_prev") and hasattr(cache, "W") and hasattr(cache, "Z"):
        return cache.A_prev, cache.W, cache.Z
    try:
        (A_prev, W, _), Z = cache
    except (TypeError, ValueError):
        raise ValueError(text["unknown_cache"].format(l=l)) from None
    return A_prev, W, Z
