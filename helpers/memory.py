"""The one place where memory is used again: a training loop asks here for the arrays it fills at every step.

A function of the core that makes an array asks for `memory[name, shape]` and hands the answer to NumPy as `out=`.
`FRESH` answers None, and NumPy makes a new array: that is the pure function everybody calls. A `Memory` answers with
the array it gave for that name and shape the last time: no allocation, no page of memory touched for the first time.
Whoever passes a `Memory` promises that the arguments have been checked, and that results are not kept beyond the next
step. `memory[l]` is the memory of layer l, so that every layer can call its own arrays Z and A.
"""

import numpy as np


class Memory(dict):
    """Arrays by (name, shape) and layers' memories by number, each made at the first request."""

    def __init__(self, dtype: np.dtype) -> None:
        super().__init__()
        self.dtype = np.dtype(dtype)

    def __missing__(self, key: "tuple[str, tuple[int, ...]] | int") -> "np.ndarray | Memory":
        self[key] = Memory(self.dtype) if isinstance(key, int) else np.empty(key[1], self.dtype)
        return self[key]


def one_vector(arrays: dict[str, np.ndarray]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """A vector with a copy of all the arrays laid end to end, and views of it by the arrays' names and shapes.

    What is done to the vector is done to every array at once: one call where a network has a dozen parameters.
    """
    vector = np.concatenate([array.ravel() for array in arrays.values()])
    views, start = {}, 0
    for name, array in arrays.items():
        views[name] = vector[start : start + array.size].reshape(array.shape)
        start += array.size
    return vector, views


class Fresh:
    """No memory: every request for an array is answered with None, NumPy's word for "make a new one"."""

    def __getitem__(self, key: "tuple[str, tuple[int, ...]] | int") -> "Fresh | None":
        return self if isinstance(key, int) else None


FRESH = Fresh()
