"""What every function of this room demands of its arrays and numbers."""

import numpy as np


def matrix(
    name: str, value: np.ndarray, rows: int | None = None, columns: int | None = None, wanted: str = ""
) -> np.ndarray:
    """The argument as an array of two axes with finite entries, at least one.

    rows, columns: demanded sizes, None for any. wanted: the shape in letters, such as "(n_x, m)".
    Raises ValueError naming the argument, its shape and the shape wanted.
    """
    array = np.asarray(value)
    sizes = f"({'any' if rows is None else rows}, {'any' if columns is None else columns})"
    wanted = f"{wanted} = {sizes}" if wanted else sizes
    fits = array.ndim == 2 and array.size and rows in (None, array.shape[0]) and columns in (None, array.shape[1])
    if not fits:
        raise ValueError(f"{name} has shape {array.shape}, but {wanted} with at least one entry is needed.")
    if array.dtype.kind not in "fiub" or not np.isfinite(array).all():
        raise ValueError(f"{name} of shape {array.shape} and dtype {array.dtype} holds entries that are not finite.")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def positive(name: str, value: float, unit: str = "") -> float:
    """The argument as a float. Raises ValueError where it is not a finite number above 0."""
    number = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if not number or not 0 < value < np.inf:
        raise ValueError(f"{name} is {value!r}, but a finite number above 0{unit and f', in {unit},'} is needed.")
    return float(value)


def count(name: str, value: int, least: int = 1) -> int:
    """The argument as an int. Raises ValueError where it is not a whole number of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise ValueError(f"{name} is {value!r}, but a whole number of at least {least} is needed.")
    return int(value)


def generator(rng: np.random.Generator) -> np.random.Generator:
    """The argument itself. Raises ValueError where it is no NumPy generator, such as a bare seed."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng is {rng!r}, but a NumPy generator such as np.random.default_rng(0) is needed.")
    return rng
