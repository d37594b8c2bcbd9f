"""Does the fast way to shade a plane draw what Matplotlib's own draws?"""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.plots.style import SHADES
from helpers.widgets.shading import Shading

SHARES = np.random.default_rng(0).uniform(0, 1, (5, 8))


def drawn(draw) -> np.ndarray:
    figure = Figure(figsize=(3, 2))
    ax = figure.add_axes((0.1, 0.2, 0.7, 0.6))
    ax.set(xlim=(0, 7), ylim=(-2, 2))
    ax.axis("off")
    draw(ax)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).astype(int)


def shaded(ax) -> None:
    Shading(ax).shade(SHARES)


def test_it_is_the_image_whose_points_lie_on_the_edges() -> None:
    # Half a grid step more to every side brings the centres of the outer points onto the edges.
    place = {"extent": (-0.5, 7.5, -2.5, 2.5), "origin": "lower", "aspect": "auto", "interpolation": "nearest"}

    def image(ax) -> None:
        ax.imshow(SHARES, cmap=SHADES, vmin=0, vmax=1, **place)
        ax.set(xlim=(0, 7), ylim=(-2, 2))

    apart = np.abs(drawn(shaded) - drawn(image)).max(axis=2)
    # Edges between colours may fall a pixel to either side.
    assert (apart > 2).mean() < 0.03


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_one_value_has_one_colour(share: float) -> None:
    picture = drawn(lambda ax: Shading(ax).shade(np.full((3, 3), share)))
    wanted = 255 * np.array(SHADES(share))
    np.testing.assert_allclose(picture[100, 150], wanted, atol=1.5)
