"""What every function of this room demands of the arrays and numbers it is given."""

import numpy as np


def matrix(name: str, value: np.ndarray, rows: int | None = None, columns: int | None = None) -> np.ndarray:
    """The argument as an array of two dimensions with finite entries; its values are not copied or changed.

    rows, columns: demanded sizes, None for any size from 1 up.
    Raises ValueError naming the argument, its shape and the shape wanted.
    """
    array = np.asarray(value)
    wanted = f"({'n_x' if rows is None else rows}, {'m' if columns is None else columns})"
    fits = array.ndim == 2 and array.size and rows in (None, len(array)) and columns in (None, array.shape[1])
    if not fits:
        raise ValueError(f"{name} has shape {array.shape}, wanted {wanted}: one column for each example, at least one.")
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} of shape {array.shape} holds {array.dtype}, wanted {wanted} real numbers.")
    if not np.isfinite(array).all():
        row, column = np.argwhere(~np.isfinite(array))[0]
        raise ValueError(
            f"{name} of shape {array.shape} holds {array[row, column]} in row {row}, column {column}; "
            f"wanted {wanted} finite numbers."
        )
    return array


def generator(rng: np.random.Generator) -> np.random.Generator:
    """The argument itself. Raises ValueError where it is anything but a NumPy generator, such as a bare seed."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng is {rng!r}, wanted a NumPy generator such as np.random.default_rng(0).")
    return rng


def count(name: str, value: int, least: int) -> int:
    """The argument as an int. Raises ValueError where it is not a whole number of at least `least`."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < least:
        raise ValueError(f"{name} is {value!r}, wanted a whole number of at least {least}.")
    return int(value)


def positive(name: str, value: float) -> float:
    """The argument as a float. Raises ValueError where it is not a finite number above 0."""
    if not (np.isscalar(value) and np.isreal(value) and 0 < value < np.inf):
        raise ValueError(f"{name} is {value!r}, wanted a finite number above 0.")
    return float(value)
