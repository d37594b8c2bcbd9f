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


def test_what_is_kept_is_part_of_every_picture(sketch) -> None:
    sketch.box(10, 10, 20, 20)
    sketch.keep()
    kept = sketch.png()
    sketch.box(40, 10, 20, 20)
    assert sketch.png() != kept
    assert sketch.png() == kept


@pytest.mark.parametrize("mark", ["ring", "cross"])
def test_a_mark_lies_about_its_place_and_their_shapes_differ(sketch, mark: str) -> None:
    getattr(sketch, mark)(50, 30, 6, colour="#000000")
    seen = dark(pixels(sketch.png()))
    rows, columns = np.nonzero(seen)
    np.testing.assert_allclose([rows.mean(), columns.mean()], [39, 65], atol=1)
    assert np.ptp(columns) == pytest.approx(12 * 1.3, abs=4)
    assert seen[38:41, 64:67].any() == (mark == "cross"), "a ring is empty in its middle"


def test_a_slanted_line_goes_from_its_start_as_far_as_it_is_told(sketch) -> None:
    sketch.slant(20, 50, 40, -30, colour="#000000", line=3)
    rows, columns = np.nonzero(dark(pixels(sketch.png())))
    np.testing.assert_allclose([columns.min(), columns.max()], [26, 78], atol=3)
    np.testing.assert_allclose([rows.min(), rows.max()], [26, 65], atol=3)
    np.testing.assert_allclose(rows, 65 - 0.75 * (columns - 26), atol=4)


def test_turned_words_go_upwards(sketch) -> None:
    sketch.turned_text(50, 30, "shape", 14)
    rows, columns = np.nonzero(dark(pixels(sketch.png())))
    assert np.ptp(rows) == pytest.approx(1.3 * width_of("shape", 14), abs=4)
    assert np.ptp(columns) < 22
    assert (rows.min() + rows.max()) / 2 == pytest.approx(39, abs=3)


def test_a_dashed_round_box_has_gaps_in_its_edge_only(sketch) -> None:
    sketch.round_box(10, 10, 80, 40, edge="#000000", line=3)
    whole = dark(pixels(sketch.png()))
    sketch.round_box(10, 10, 80, 40, edge="#000000", line=3, dashed=True)
    dashed = dark(pixels(sketch.png()))
    assert 0.5 * whole.sum() < dashed.sum() < 0.85 * whole.sum()
    assert not (dashed & ~whole).any()
