"""One hidden layer with tanh as the learner writes it in assignment 05, made of the course's own network."""

from typing import Any

import numpy as np

from helpers import network
from helpers.widgets import arguments, given, messages

Parameters = dict[str, np.ndarray]
TEXT = messages.load("one_hidden")


def forward(X: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, dict[str, Any]]:
    """(A2, cache): A2 (1, m), cache with Z1, A1 (n_1, m), Z2, A2 (1, m)."""
    A2, caches = network.forward(X, parameters, hidden="tanh")
    return A2, {"Z1": caches[0].Z, "A1": caches[0].A, "Z2": caches[1].Z, "A2": A2, "caches": caches}


def backward(X: np.ndarray, Y: np.ndarray, parameters: Parameters, cache: dict[str, Any]) -> Parameters:
    """{"dW1", "db1", "dW2", "db2"} in the shapes of the parameters, derivatives of the mean cost."""
    return network.backward(Y, cache["caches"])


def update(parameters: Parameters, grads: Parameters, learning_rate: float) -> Parameters:
    """Each parameter minus learning_rate times its derivative."""
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}


def checked(parameters: Any, n_x: int = 2) -> Parameters:
    """W1, b1, W2, b2 as arrays for as many hidden units as W1 has rows; ValueError where their shapes do not chain."""
    W1 = parameters.get("W1") if isinstance(parameters, dict) else None
    n_1 = np.shape(W1)[0] if np.ndim(W1) == 2 else 1
    wanted = {"W1": (n_1, n_x), "b1": (n_1, 1), "W2": (1, n_1), "b2": (1, 1)}
    return arguments.arrays("parameters", parameters, wanted)


def answers(returned: Any, n_1: int, m: int) -> tuple[np.ndarray, np.ndarray, Any]:
    """(A2 (1, m), A1 (n_1, m), cache) of what forward returned, or ValueError that says what is missing.

    A forgotten sigmoid or tanh shows in the range of the answers.
    """
    if not isinstance(returned, tuple) or len(returned) != 2 or not isinstance(returned[1], dict):
        several = isinstance(returned, tuple) and len(returned) != 2
        got = TEXT["things"].format(n=len(returned)) if several else type(returned).__name__
        raise ValueError(TEXT["not_two"].format(got=got))
    A2, cache = returned
    if "A1" not in cache:
        raise ValueError(TEXT["no_A1"].format(got=", ".join(map(str, cache))))
    A1 = given.between("forward: A1", cache["A1"], (n_1, m), (-1, 1), TEXT["tanh"])
    return given.probabilities("forward: A2", A2, (1, m)), A1, cache
