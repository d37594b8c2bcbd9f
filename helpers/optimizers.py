"""Rules that turn gradients into the next parameters."""

import numpy as np

from helpers.memory import FRESH, Fresh, Memory
from helpers.validation import check_matrix, check_parameters, check_positive


def gradient_descent(
    parameters: dict[str, np.ndarray],
    grads: dict[str, np.ndarray],
    learning_rate: float,
    memory: Memory | Fresh = FRESH,
) -> dict[str, np.ndarray]:
    """W ← W − α dW and b ← b − α db for every layer; new arrays, the arguments stay (Cauchy 1847).

    parameters {"W1", "b1", …}, grads {"dW1", "db1", …} of the same shapes, α = learning_rate > 0. ValueError where a
    gradient is missing, has another shape or is not finite, or where the learning rate is not a number above 0.
    """
    if memory is FRESH:
        check_positive("learning_rate", learning_rate)
        check_parameters(parameters)
        for name, value in parameters.items():
            if f"d{name}" not in grads:
                raise ValueError(f"grads has no d{name}, but the gradient of every parameter is needed.")
            check_matrix(f"d{name}", grads[f"d{name}"], *value.shape, f"the shape of {name}")
    updated = {}
    for name, value in parameters.items():
        step = np.multiply(grads[f"d{name}"], learning_rate, out=memory["step", value.shape])
        updated[name] = np.subtract(value, step, out=memory[name, value.shape])
    return updated
