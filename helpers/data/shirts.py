"""Is this a shirt, or another top? A question about clothes that more layers do not answer better."""

from typing import NamedTuple

import numpy as np

from helpers.data import arrays
from helpers.data.fashion import fashion

TEST_IMAGES = 800
SHIRT, OTHERS = "shirt", ("T-shirt/top", "pullover", "coat")


class Shirts(NamedTuple):
    """X (784, m) grey values 0 … 1; Y (1, m): 1.0 for a shirt; kinds (1, m): the class of Fashion-MNIST, 0 … 9."""

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    kinds_train: np.ndarray
    kinds_test: np.ndarray
    class_names: tuple[str, str]
    kind_names: tuple[str, ...]
    image_shape: tuple[int, int]


def shirts(rng: np.random.Generator) -> Shirts:
    """y = 1 for the 800 shirts among 3200 photographs of shirts, T-shirts, pullovers and coats, 800 of each.

    X[28r + c, j] = grey value of image j in row r, column c, from 0 (background) to 1. The images are those of
    `fashion`, its training and its test part together; a quarter of them are shirts.

    rng: draws the 800 test images; the other 2400 are for training.
    Returns Shirts: X_train (784, 2400), X_test (784, 800), Y and kinds of as many columns, class_names ("other top",
    "shirt"), kind_names in the order of the kinds, image_shape (28, 28).
    Raises ValueError where rng is no generator, or as `fashion` does.
    """
    arrays.generator(rng)
    source = fashion()
    tops = [source.class_names.index(name) for name in (*OTHERS, SHIRT)]
    kinds = np.concatenate([source.Y_train, source.Y_test], axis=1)
    chosen = np.flatnonzero(np.isin(kinds[0], tops))
    order = rng.permutation(chosen)
    X = np.concatenate([source.X_train, source.X_test], axis=1)
    test, train = order[:TEST_IMAGES], order[TEST_IMAGES:]
    Y = (kinds == tops[-1]).astype(np.float64)
    return Shirts(
        X[:, train],
        Y[:, train],
        X[:, test],
        Y[:, test],
        kinds[:, train],
        kinds[:, test],
        ("other top", "shirt"),
        source.class_names,
        source.image_shape,
    )
