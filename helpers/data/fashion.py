"""Photographs of clothes in ten classes, 28×28 grey pixels: 6000 to train on, 2000 to test with."""

import io
from typing import NamedTuple

import numpy as np

from helpers.data import files


class Fashion(NamedTuple):
    """X (784, m) grey values 0 … 1, Y (1, m) labels 0 … 9; X[:, j].reshape(image_shape) is image j."""

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    class_names: tuple[str, ...]
    image_shape: tuple[int, int]


def fashion() -> Fashion:
    """X[28r + c, j] = grey value of image j in row r, column c, from 0 (background) to 1.

    600 training and 200 test images of each class, drawn from the training and test files of Fashion-MNIST.

    Returns Fashion: X_train (784, 6000), X_test (784, 2000) float64, Y_train (1, 6000), Y_test (1, 2000) int64,
    class_names in the order of the labels, image_shape (28, 28). Fresh arrays at each call.
    Raises FileNotFoundError or ValueError where the file is missing or altered.
    Source: H. Xiao, K. Rasul and R. Vollgraf 2017, Fashion-MNIST, arXiv:1708.07747; see files/LICENSES.md.
    """
    with np.load(io.BytesIO(files.read("fashion_mnist_8000.npz"))) as stored:
        columns = {f"X_{part}": _columns(stored[f"X_{part}"]) for part in ("train", "test")}
        labels = {f"Y_{part}": stored[f"y_{part}"].reshape(1, -1).astype(np.int64) for part in ("train", "test")}
    names = ("T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
    return Fashion(**columns, **labels, class_names=names, image_shape=(28, 28))


def _columns(images: np.ndarray) -> np.ndarray:
    """(m, 28, 28) bytes -> (784, m) floats, each pixel's row contiguous."""
    return np.ascontiguousarray(images.reshape(len(images), -1).T) / 255
