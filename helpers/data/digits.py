"""Handwritten digits of 8×8 pixels, as they come with scikit-learn."""

import functools
import hashlib
from typing import NamedTuple

import numpy as np

RELEASED = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"


class Digits(NamedTuple):
    """X (64, m) grey values 0 … 1, Y (1, m) labels 0 … 9; X[:, j].reshape(image_shape) is image j."""

    X: np.ndarray
    Y: np.ndarray
    class_names: tuple[str, ...]
    image_shape: tuple[int, int]


def digits() -> Digits:
    """X[8r + c, j] = grey value of image j in row r, column c, from 0 (paper) to 1 (ink).

    1797 images of the ten digits, about 180 each, in the order scikit-learn gives them.

    Returns Digits: X (64, 1797) float64, Y (1, 1797) int64, class_names, image_shape (8, 8). Fresh at each call.
    Raises ValueError where scikit-learn holds other images than those the course was made with.
    Source: E. Alpaydin and C. Kaynak 1998, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, doi:10.24432/C50P49 (CC BY 4.0); read from the installed scikit-learn, not copied.
    """
    pixels, labels = _released()
    return Digits(pixels / 16, labels.copy(), tuple("0123456789"), (8, 8))


@functools.cache
def _released() -> tuple[np.ndarray, np.ndarray]:
    # scikit-learn takes a second to import: only who asks for digits waits for it.
    from sklearn.datasets import load_digits

    source = load_digits()
    pixels, labels = source.data.astype(np.uint8), source.target.astype(np.uint8)
    found = hashlib.sha256(pixels.tobytes() + labels.tobytes()).hexdigest()
    if found != RELEASED:
        raise ValueError(
            f"The digits of the installed scikit-learn are not those the course was made with: SHA-256 of pixels and "
            f"labels starts with {found[:12]}, wanted {RELEASED[:12]}. Run 'python course.py doctor' and install the "
            "packages of requirements.txt again."
        )
    arrays = np.ascontiguousarray(pixels.T), labels.reshape(1, -1).astype(np.int64)
    for array in arrays:
        array.setflags(write=False)
    return arrays
