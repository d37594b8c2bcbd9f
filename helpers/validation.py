"""What the core demands of its arguments, and the sentences it says when they are not so.

Every function raises ValueError naming the argument, what came and what was wanted.
"""

import numpy as np


def check_matrix(
    name: str, array: np.ndarray, rows: int | None = None, columns: int | None = None, wanted: str = ""
) -> None:
    """A matrix of finite numbers, not empty, with the given numbers of rows and columns (None: any).

    `wanted` is the shape in the course's letters, e.g. "(n_x, m)".
    """
    wanted = wanted or "a matrix"
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{name} is a {type(array).__name__}, but a NumPy array of shape {wanted} is needed.")
    if array.ndim != 2:
        hint = f" {name}.reshape(1, -1) makes it one row." if array.ndim == 1 else ""
        raise ValueError(f"{name} has shape {array.shape}, but two axes are needed: {wanted}.{hint}")
    if (rows is not None and array.shape[0] != rows) or (columns is not None and array.shape[1] != columns):
        numbers = f"({'any' if rows is None else rows}, {'any' if columns is None else columns})"
        transposed = array.shape[::-1] == (rows, columns)
        hint = f" {name}.T has that shape: are the examples in the rows?" if transposed else ""
        raise ValueError(f"{name} has shape {array.shape}, but {wanted} = {numbers} is needed.{hint}")
    if array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}: it is empty, but {wanted} with at least one entry is needed."
        )
    check_finite(name, array, wanted)


def check_finite(name: str, array: np.ndarray, wanted: str = "an array") -> None:
    """Real numbers only: no NaN, no infinity, no text."""
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} has dtype {array.dtype}, but {wanted} of real numbers is needed.")
    finite = np.isfinite(array)
    if not finite.all():
        place = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise ValueError(
            f"{name} of shape {array.shape} holds {array[place]} at {place} "
            f"({np.count_nonzero(~finite)} such entries in all), but {wanted} of finite numbers is needed."
        )


def check_labels(Y: np.ndarray, n_y: int, m: int, output: str) -> None:
    """Labels that fit the output: 0 and 1 for sigmoid, one-hot columns for softmax, any finite number for identity."""
    check_matrix("Y", Y, n_y, m, "(n_y, m)")
    if output == "identity":
        return
    others = np.argwhere((Y != 0) & (Y != 1))
    if others.size:
        place = tuple(int(i) for i in others[0])
        raise ValueError(
            f"Y of shape {Y.shape} holds {Y[place]} at {place}, but the labels of a {output} output are 0 and 1."
        )
    if output == "softmax" and not (Y.sum(axis=0) == 1).all():
        j = int(np.argmax(Y.sum(axis=0) != 1))
        raise ValueError(
            f"Y of shape {Y.shape} has {int(Y[:, j].sum())} ones in column {j}, but a softmax output needs one-hot "
            "columns: exactly one 1 for the class of each example."
        )


def count_layers(parameters: dict[str, np.ndarray]) -> int:
    """L, for parameters that hold W1, b1, …, WL, bL and nothing else."""
    if not isinstance(parameters, dict) or not parameters:
        raise ValueError('parameters is empty or not a dict, but {"W1": …, "b1": …, …} is needed.')
    L = len(parameters) // 2
    names = {f"{letter}{l}" for l in range(1, L + 1) for letter in "Wb"}
    if set(parameters) != names:
        raise ValueError(
            f"parameters has the names {sorted(map(str, parameters))}, but W1, b1, W2, b2, … are needed, a W and a b "
            "for each layer without a gap."
        )
    return L


def check_parameter(name: str, array: np.ndarray, rows: int | None, columns: int | None, wanted: str) -> None:
    """A matrix as above, of floating-point numbers: whole ones could not take the small steps of learning."""
    check_matrix(name, array, rows, columns, wanted)
    if array.dtype.kind != "f":
        raise ValueError(
            f"{name} has dtype {array.dtype}, but floating-point numbers are needed: {name}.astype(float)."
        )


def check_parameters(parameters: dict[str, np.ndarray], n_x: int | None = None) -> None:
    """W[l] is (n[l], n[l-1]), b[l] is (n[l], 1), for l = 1..L, and n[0] = n_x where that is known."""
    previous = n_x
    for l in range(1, count_layers(parameters) + 1):
        W = parameters[f"W{l}"]
        before = "n_x" if l == 1 else f"n{l - 1}"
        check_parameter(f"W{l}", W, None, previous, f"(n{l}, {before})")
        check_parameter(f"b{l}", parameters[f"b{l}"], W.shape[0], 1, f"(n{l}, 1)")
        previous = W.shape[0]


def check_grads(parameters: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
    """A gradient for every parameter, of its shape; the parameters have been checked."""
    for name, value in parameters.items():
        if f"d{name}" not in grads:
            raise ValueError(f"grads has no d{name}, but the gradient of every parameter is needed.")
        check_matrix(f"d{name}", grads[f"d{name}"], *value.shape, f"the shape of {name}")


def check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    """One of the given names."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}, but one of {', '.join(map(repr, choices))} is needed.")


def check_positive(name: str, value: float) -> None:
    """A finite number above zero, such as a learning rate."""
    if isinstance(value, bool) or not np.isscalar(value) or not np.isreal(value) or not 0 < value < np.inf:
        raise ValueError(f"{name} is {value!r}, but a finite number above 0 is needed.")


def check_count(name: str, value: int) -> None:
    """A whole number of at least one, such as a number of steps or of units."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
        raise ValueError(f"{name} is {value!r}, but a whole number of at least 1 is needed.")


def check_not_negative(name: str, value: float) -> None:
    """A finite number, zero or above, such as the weight of a penalty."""
    if isinstance(value, bool) or not np.isscalar(value) or not np.isreal(value) or not 0 <= value < np.inf:
        raise ValueError(f"{name} is {value!r}, but a finite number of at least 0 is needed.")


def check_share(name: str, value: float) -> None:
    """A number from 0 to below 1, such as the weight of what was before in a running mean."""
    if isinstance(value, bool) or not np.isscalar(value) or not np.isreal(value) or not 0 <= value < 1:
        raise ValueError(f"{name} is {value!r}, but a number from 0 to below 1 is needed.")


def check_probability(name: str, value: float) -> None:
    """A number above 0, at most 1, such as the probability to keep a unit."""
    if isinstance(value, bool) or not np.isscalar(value) or not np.isreal(value) or not 0 < value <= 1:
        raise ValueError(f"{name} is {value!r}, but a number above 0 and at most 1 is needed.")


def check_generator(name: str, rng: np.random.Generator, why: str) -> None:
    """A random generator, handed over and not made here; `why` says what is drawn."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"{name} is {rng!r}, but {why}: pass np.random.default_rng(…).")
