"""Rules that turn gradients into the next parameters.

Each takes parameters {"W1", "b1", …} and grads {"dW1", "db1", …} of the same shapes and returns new arrays; the
arguments stay. What a rule remembers from step to step is an argument too: `state` is {} before the first step and
afterwards what the last call returned beside the parameters: V and S, with the names of the gradients, and t, the
number of steps done. V and S start at zero. ValueError where a gradient is missing, has another shape or is not
finite, or where a number is out of its range. `memory` is for training loops only (see memory.py).
"""

from collections.abc import Callable

import numpy as np

from helpers.memory import FRESH, Fresh, Memory
from helpers.validation import check_grads, check_parameters, check_positive, check_share

Arrays = dict[str, np.ndarray]
Optimizer = Callable[..., tuple[Arrays, dict]]


def gradient_descent(parameters: Arrays, grads: Arrays, learning_rate: float, memory: Memory | Fresh = FRESH) -> Arrays:
    """W ← W − α dW and b ← b − α db for every layer, α = learning_rate > 0 (Cauchy 1847)."""
    if memory is FRESH:
        _check(parameters, grads, learning_rate)
    updated = {}
    for name, value in parameters.items():
        step = np.multiply(grads[f"d{name}"], learning_rate, out=memory["step", value.shape])
        updated[name] = np.subtract(value, step, out=memory[name, value.shape])
    return updated


def momentum(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta: float = 0.9,
    memory: Memory | Fresh = FRESH,
) -> tuple[Arrays, dict]:
    """V ← β V + (1 − β) dW, then W ← W − α V: a step along the running mean of the gradients; biases alike.

    0 ≤ beta < 1. After Polyak (1964), as a mean: the common other form, V ← β V + dW, makes steps 1/(1 − β) times as
    long, so its learning rate is (1 − β) α.
    """
    if memory is FRESH:
        _check(parameters, grads, learning_rate, beta=beta)
    V, updated = {}, {}
    for name, value in parameters.items():
        key = f"d{name}"
        V[key] = _running_mean("V", key, state, grads[key], beta, memory, "step")
        step = np.multiply(V[key], learning_rate, out=memory["step", value.shape])
        updated[name] = np.subtract(value, step, out=memory[name, value.shape])
    return updated, {"V": V}


def rmsprop(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta: float = 0.9,
    epsilon: float = 1e-8,
    memory: Memory | Fresh = FRESH,
) -> tuple[Arrays, dict]:
    """S ← β S + (1 − β) dW², then W ← W − α dW / (√S + ε): the gradient measured in units of its own size.

    0 ≤ beta < 1, epsilon > 0. After Tieleman and Hinton (2012); ε stands outside of the root.
    """
    if memory is FRESH:
        _check(parameters, grads, learning_rate, epsilon, beta=beta)
    S, updated = {}, {}
    for name, value in parameters.items():
        key = f"d{name}"
        grad = grads[key]
        square = np.multiply(grad, grad, out=memory["square", value.shape])
        S[key] = _running_mean("S", key, state, square, beta, memory, "share")
        root = np.sqrt(S[key], out=square)
        root += epsilon
        step = np.multiply(grad, learning_rate, out=memory["step", value.shape])
        step /= root
        updated[name] = np.subtract(value, step, out=memory[name, value.shape])
    return updated, {"S": S}


def adam(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    memory: Memory | Fresh = FRESH,
) -> tuple[Arrays, dict]:
    """W ← W − α V̂ / (√Ŝ + ε), with V̂ = V / (1 − β₁ᵗ) and Ŝ = S / (1 − β₂ᵗ), t = 1 at the first step.

    V ← β₁ V + (1 − β₁) dW is the mean of momentum, S ← β₂ S + (1 − β₂) dW² that of rmsprop. Both start at zero and are
    too small at first; the divisions make up for it. 0 ≤ beta1, beta2 < 1, epsilon > 0 (Kingma and Ba 2015).
    """
    if memory is FRESH:
        _check(parameters, grads, learning_rate, epsilon, beta1=beta1, beta2=beta2)
    t = state.get("t", 0) + 1
    V, S, updated = {}, {}, {}
    for name, value in parameters.items():
        key = f"d{name}"
        grad = grads[key]
        square = np.multiply(grad, grad, out=memory["square", value.shape])
        S[key] = _running_mean("S", key, state, square, beta2, memory, "share")
        V[key] = _running_mean("V", key, state, grad, beta1, memory, "step")
        root = np.sqrt(np.multiply(S[key], 1 / (1 - beta2**t), out=square), out=square)
        root += epsilon
        step = np.multiply(V[key], learning_rate / (1 - beta1**t), out=memory["step", value.shape])
        step /= root
        updated[name] = np.subtract(value, step, out=memory[name, value.shape])
    return updated, {"t": t, "V": V, "S": S}


def _without_state(
    parameters: Arrays, grads: Arrays, state: dict, learning_rate: float, memory: Memory | Fresh = FRESH
) -> tuple[Arrays, dict]:
    return gradient_descent(parameters, grads, learning_rate, memory), state


# What training calls: (parameters, grads, state, learning_rate, memory=…) -> (parameters, state).
OPTIMIZERS: dict[str, Optimizer] = {
    "gradient_descent": _without_state,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}


def _running_mean(
    letter: str, key: str, state: dict, new: np.ndarray, beta: float, memory: Memory | Fresh, scratch: str
) -> np.ndarray:
    """β old + (1 − β) new, where old is state[letter][key], or zero before the first step.

    scratch: the name in memory of an array that may be written over, in a training loop that of the gradient itself.
    """
    share = np.multiply(new, 1 - beta, out=memory[scratch, new.shape])
    if letter not in state:
        return np.positive(share, out=memory[letter + key, new.shape])
    mean = np.multiply(state[letter][key], beta, out=memory[letter + key, new.shape])
    return np.add(mean, share, out=mean)


def _check(
    parameters: Arrays, grads: Arrays, learning_rate: float, epsilon: float | None = None, **betas: float
) -> None:
    check_positive("learning_rate", learning_rate)
    if epsilon is not None:
        check_positive("epsilon", epsilon)
    for name, beta in betas.items():
        check_share(name, beta)
    check_parameters(parameters)
    check_grads(parameters, grads)
