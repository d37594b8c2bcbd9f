"""Values on a grid as the colours of a plane, drawn several times as fast as by `imshow`."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase

from helpers.plots.style import SHADES

COLOURS = (255 * SHADES(np.linspace(0, 1, 256))).astype(np.uint8)
"""(256, 4): looked up here, since Matplotlib's own way from a share to its colour takes longer than the drawing."""


class Shading(Artist):
    """An artist over the whole of ax; each of its pixels has the colour of the grid point that is nearest.

    The grid's first and last points lie on the edges of ax, so that what is drawn over it fits.
    """

    def __init__(self, ax: Axes) -> None:
        super().__init__()
        self.set_in_layout(False)
        self.shares = np.full((2, 2), 0.5)
        ax.add_artist(self)

    def shade(self, shares: np.ndarray) -> None:
        """shares: (rows, columns), from 0, blue, to 1, orange; the first row is the lowest."""
        self.shares = shares
        self.stale = True

    def draw(self, renderer: RendererBase) -> None:
        left, bottom, right, top = (round(edge) for edge in self.axes.bbox.extents)
        rows, columns = (
            np.rint(np.linspace(0, points - 1, pixels)).astype(int)
            for points, pixels in zip(self.shares.shape, (top - bottom, right - left), strict=True)
        )
        # A colour is one number here: four bytes would be copied one by one.
        colours = COLOURS.view(np.uint32)[(255 * self.shares).astype(int), 0]
        image = colours.take(columns, axis=1).take(rows, axis=0).view(np.uint8)
        gc = renderer.new_gc()
        renderer.draw_image(gc, left, bottom, image.reshape(top - bottom, right - left, 4))
        gc.restore()
