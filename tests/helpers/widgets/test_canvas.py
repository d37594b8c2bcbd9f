"""Is a picture that is only redrawn where it moves the same as one drawn afresh?"""

import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers.widgets.canvas import DENSITY, Canvas


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


@pytest.fixture
def moving_line():
    figure = Figure(figsize=(3, 2))
    ax = figure.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    (line,) = ax.plot([0, 1], [0, 0.2], color="black")
    return Canvas(figure, [line]), line


def test_a_picture_follows_what_moves_and_forgets_where_it_was(moving_line) -> None:
    canvas, line = moving_line
    first = canvas.png()
    line.set_ydata([1, 0.5])
    second = canvas.png()
    line.set_ydata([0, 0.2])
    assert canvas.png() == first != second


def test_a_picture_equals_one_drawn_afresh(moving_line) -> None:
    canvas, line = moving_line
    line.set_ydata([1, 0.5])
    moved = pixels(canvas.png())
    figure = Figure(figsize=(3, 2), dpi=DENSITY)
    ax = figure.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.plot([0, 1], [1, 0.5], color="black")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DENSITY)
    afresh = pixels(buffer.getvalue())
    # What moves lies over the frame of the axes instead of under it; that is all that may differ.
    assert (np.abs(moved.astype(int) - afresh).max(axis=2) > 8).mean() < 0.01


def test_size_on_the_page(moving_line) -> None:
    canvas, _ = moving_line
    assert canvas.width == 300
    assert pixels(canvas.png()).shape == (2 * DENSITY, 3 * DENSITY, 3)
