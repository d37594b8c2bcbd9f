"""Is m found in every form that examples come in, and used where a cause depends on it?"""

import numpy as np
import pytest

from helpers import checks
from helpers.checks.exercise import count_examples


@pytest.mark.parametrize(
    ("args", "m"),
    [
        ((np.zeros((2, 5)), np.zeros((1, 5))), 5),
        ((3, {"W1": np.zeros((1, 2))}, np.zeros((2, 4))), 4),
        ((np.zeros((7, 8, 9)),), 7),
        ((np.zeros((6, 8, 9, 3)),), 6),
        ((np.zeros((7, 8, 9)), np.zeros((1, 7))), 7),
        ((np.zeros((1, 7)), np.zeros((9, 8, 7))), 7),
        ((np.zeros(3), np.zeros((2, 6))), 6),
        ((np.zeros(3), 4, "text", None), None),
        ((), None),
    ],
)
def test_m_is_the_number_of_examples(args, m):
    assert count_examples(args) == m


def test_a_number_of_images_written_into_the_code_is_named():
    def images_to_columns(images):
        return np.stack([images[j].ravel() for j in range(3)], axis=1)

    assert checks.run("02-images-to-columns", images_to_columns, seed=0).diagnosis == "fixed-size"


def test_only_the_example_of_the_images_is_named():
    def images_to_columns(images):
        return np.arange(1, 13).reshape(3, 4).T + 0 * images.reshape(len(images), -1).T[:, :3]

    report = checks.run("02-images-to-columns", images_to_columns, seed=0)
    assert report.diagnosis == "only-visible-example"
