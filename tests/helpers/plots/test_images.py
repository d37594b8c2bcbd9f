"""Are images drawn as they are, under their titles, and is each count of a confusion table where it belongs?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from helpers import plots

IMAGES = np.arange(5 * 3 * 4).reshape(5, 3, 4) / 60


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def drawn(ax) -> list[np.ndarray]:
    return [np.asarray(image.get_array()) for panel in ax.figure.axes for image in panel.images]


def test_each_image_is_drawn_once_in_order_and_the_right_way_up() -> None:
    ax = plots.image_gallery(IMAGES, columns=3)
    assert all(np.array_equal(a, b) for a, b in zip(drawn(ax), IMAGES, strict=True))
    assert all(panel.images[0].origin == "upper" for panel in ax.figure.axes if panel.images)
    assert len(ax.figure.axes) == 6  # two rows of three, the last one empty


def test_images_share_one_range_of_grey() -> None:
    ax = plots.image_gallery(np.stack([np.zeros((2, 2)), np.full((2, 2), 0.2), np.ones((2, 2))]))
    limits = {panel.images[0].get_clim() for panel in ax.figure.axes}
    assert limits == {(0.0, 1.0)}


def test_images_of_one_shade_are_no_error() -> None:
    plots.image_gallery(np.zeros((2, 3, 3))).figure.canvas.draw()


def test_titles_stand_over_their_images() -> None:
    titles = ["a", "b", "c", "d", "e"]
    ax = plots.image_gallery(IMAGES, titles, columns=3)
    assert [panel.get_title() for panel in ax.figure.axes] == [*titles, ""]


@pytest.mark.parametrize(
    ("images", "titles"), [(IMAGES[0], ()), (IMAGES[:0], ()), (IMAGES, ["one"]), (IMAGES.reshape(5, -1), ())]
)
def test_other_shapes_and_numbers_are_refused(images, titles) -> None:
    with pytest.raises(ValueError, match=r"has shape|entries"):
        plots.image_gallery(images, titles)


def test_a_confusion_table_writes_every_count_where_it_belongs() -> None:
    C = np.array([[8, 1, 0], [2, 5, 3], [0, 0, 4]])
    ax = plots.confusion_table(C, ("cat", "dog", "cow"))
    assert {text.get_position(): text.get_text() for text in ax.texts} == {
        (k, i): str(C[i, k]) for i in range(3) for k in range(3)
    }
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("guess", "truth")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cat", "dog", "cow"]
    framed = [patch.get_xy() for patch in ax.patches if isinstance(patch, Rectangle)]
    assert [(round(x), round(y)) for x, y in framed] == [(0, 0), (1, 1), (2, 2)]


def test_right_answers_and_mistakes_are_shaded_to_different_sides() -> None:
    ax = plots.confusion_table(np.array([[9, 1], [0, 0]]), ("a", "b"))
    shades = np.asarray(ax.images[0].get_array())
    assert shades[0, 0] < 0.5 < shades[0, 1]
    assert (shades[1] == 0.5).all()  # a class that does not occur has no shade


@pytest.mark.parametrize("C", [np.zeros((2, 3)), np.zeros((3, 3)), np.zeros(4)])
def test_a_table_of_another_shape_is_refused(C) -> None:
    with pytest.raises(ValueError, match="is needed"):
        plots.confusion_table(C, ("a", "b"))
