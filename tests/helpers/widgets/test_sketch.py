"""Does the sketch put things where it is told, and forget them afterwards?"""

import io

import numpy as np
import pytest
from PIL import Image

from helpers.widgets.canvas import DENSITY
from helpers.widgets.sketch import Sketch, width_of


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.fixture
def sketch() -> Sketch:
    return Sketch(100, 60)


def dark(picture: np.ndarray) -> np.ndarray:
    return picture.sum(axis=2) < 300


def test_size_and_empty_paper(sketch) -> None:
    picture = pixels(sketch.png())
    assert picture.shape == (round(0.6 * DENSITY), DENSITY, 3)
    assert (picture == picture[0, 0]).all()


def test_a_box_lies_where_it_is_put(sketch) -> None:
    sketch.box(10, 20, 30, 15, fill="#000000")
    rows, columns = np.nonzero(dark(pixels(sketch.png())))
    np.testing.assert_allclose([columns.min(), columns.max()], [13, 52], atol=1)
    np.testing.assert_allclose([rows.min(), rows.max()], [26, 45.5], atol=1)


def test_a_thin_box_is_still_seen(sketch) -> None:
    sketch.box(10, 20, 0.1, 0.1, edge="#000000")
    assert dark(pixels(sketch.png())).any()


def test_a_dashed_edge_has_holes(sketch) -> None:
    sketch.box(10, 10, 80, 40, edge="#000000")
    whole = dark(pixels(sketch.png())).sum()
    sketch.box(10, 10, 80, 40, edge="#000000", dashed=True)
    assert 0.3 * whole < dark(pixels(sketch.png())).sum() < 0.8 * whole


@pytest.mark.parametrize(("place", "left", "right"), [("l", 50, None), ("m", None, None), ("r", None, 50)])
def test_words_stand_where_they_are_put(sketch, place: str, left, right) -> None:
    sketch.text(50, 30, "shape", 14, place=place)
    rows, columns = np.nonzero(dark(pixels(sketch.png())))
    columns = columns * 100 / DENSITY
    if left is not None:
        assert columns.min() == pytest.approx(left, abs=3)
    if right is not None:
        assert columns.max() == pytest.approx(right, abs=3)
    if place == "m":
        assert (columns.min() + columns.max()) / 2 == pytest.approx(50, abs=3)
    assert columns.max() - columns.min() == pytest.approx(width_of("shape", 14), abs=3)
    assert rows.min() * 100 / DENSITY == pytest.approx(24, abs=4)


def test_what_was_drawn_is_forgotten_after_it_was_handed_out(sketch) -> None:
    empty = sketch.png()
    sketch.line((0, 0), (100, 60))
    assert sketch.png() != empty
    assert sketch.png() == empty
