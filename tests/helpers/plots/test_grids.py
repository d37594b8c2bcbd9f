"""Do the grids show the numbers and shapes of the arrays, and stretch them as NumPy does?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from helpers import plots

X = np.array([[62, 58, 66, 58], [64, 60, 71, 61], [66, 62, 76, 64]])
MEAN = X.mean(axis=1, keepdims=True)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def cells(ax) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def copies(ax) -> list[Rectangle]:
    return [cell for cell in cells(ax) if cell.get_linestyle() == "--"]


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_an_equation_shows_every_entry_shape_name_and_sign() -> None:
    ax = plots.array_equation(X, "−", MEAN, "=", X - MEAN, names=("X", "mean", "difference"))
    assert len(cells(ax)) == 12 + 3 + 12
    shown = texts(ax)
    for wanted in ("62", "61", "−3", "(3, 4)", "(3, 1)", "X", "mean", "difference", "−", "="):
        assert wanted in shown
    assert copies(ax) == []


@given(st.sampled_from([(3, 4), (3, 1), (1, 4), (1, 1), (4,), (1,)]), st.sampled_from([(3, 4), (3, 1), (1, 4)]))
def test_stretched_arrays_are_repeated_to_the_shape_that_numpy_gives(first, second) -> None:
    a, b = np.arange(np.prod(first)).reshape(first), np.arange(np.prod(second)).reshape(second)
    common = (a + b).shape
    ax = plots.array_equation(a, "+", b, "=", a + b, stretched=True)
    assert len(cells(ax)) == 3 * np.prod(common)
    assert len(copies(ax)) == 2 * np.prod(common) - a.size - b.size
    plt.close("all")


def test_marked_cells_are_framed_and_no_others() -> None:
    ax = plots.array_equation(X, "", X.T, marked={1: np.s_[0, :]})
    wide = [i for i, cell in enumerate(cells(ax)) if cell.get_linewidth() > 2]
    assert wide == [12, 13, 14]


def test_numbers_fit_into_their_cells() -> None:
    ax = plots.array_equation(np.array([[1, 22.25]]), "+", np.array([[-1000.5]]), form="{:.2f}")
    ax.figure.draw_without_rendering()
    boxes = [cell.get_window_extent() for cell in cells(ax)]
    numbers = [text.get_window_extent() for text in ax.texts if text.get_text()[-3:-2] == "."]
    assert len(numbers) == 3
    for number, box in zip(numbers, boxes, strict=True):
        assert box.x0 < number.x0
        assert number.x1 < box.x1


@pytest.mark.parametrize(
    ("parts", "options", "sentence"),
    [
        ((np.zeros((2, 2, 2)),), {}, r"shape \(2, 2, 2\), but a grid needs one or two axes"),
        ((np.zeros((0, 2)),), {}, "at least one entry"),
        ((X, "+", X), {"names": ("X",)}, "names has 1 entries, but there are 2 arrays"),
        ((X, "−", X.mean(axis=1)), {"stretched": True}, r"\(3, 4\), \(3,\) do not broadcast"),
    ],
)
def test_an_equation_says_what_is_wrong(parts, options, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        plots.array_equation(*parts, **options)


def test_sums_stand_beside_the_axis_they_ran_along() -> None:
    ax = plots.array_sums(X)
    shown = texts(ax)
    for total in [*X.sum(axis=0), *X.sum(axis=1)]:
        assert str(total) in shown
    assert any("(1, 4)" in text for text in shown)
    assert any("(3, 1)" in text for text in shown)
    below = [text for text in ax.texts if text.get_text() in map(str, X.sum(axis=0))]
    assert max(text.get_position()[1] for text in below) < -3, "column sums stand under the columns"
    with pytest.raises(ValueError, match=r"X has shape \(4,\)"):
        plots.array_sums(X[0])


def test_an_image_keeps_its_rows_and_dark_is_large() -> None:
    (image,) = plots.array_image(np.array([[0.0, 0.5], [0.75, 1.0]]), plots.axes(), title="seven").images
    np.testing.assert_array_equal(image.get_array(), [[0, 0.5], [0.75, 1]])
    darkness = 1 - image.to_rgba(image.get_array())[..., :3].mean(axis=2)
    assert (np.diff(darkness.ravel()) > 0).all()
    with pytest.raises(ValueError, match=r"array has shape \(3,\), but an image"):
        plots.array_image(np.zeros(3), plots.axes())
