"""A Matplotlib figure that is drawn once and then only where something moves, fast enough to follow a slider."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.plots.pixels import encode

DENSITY = 130
"""Image pixels an inch; the page shows an inch as 100 CSS pixels, so pictures stay sharp on denser screens."""


class Canvas:
    """The still part of a figure is kept as pixels; `png` lays the moving artists over it.

    figure: laid out and finished but for `moving`, which are drawn in the order given, whatever their zorder.
    """

    def __init__(self, figure: Figure, moving: Sequence[Artist]) -> None:
        self.figure, self.moving = figure, tuple(moving)
        figure.set_dpi(DENSITY)
        self._canvas = FigureCanvasAgg(figure)
        for artist in self.moving:
            artist.set_animated(True)
        self._canvas.draw()
        # Laying out again at each draw would take longer than the drawing.
        figure.set_layout_engine("none")
        self._still = self._canvas.copy_from_bbox(figure.bbox)

    @property
    def width(self) -> int:
        """CSS pixels the picture takes on the page."""
        return round(self.figure.get_figwidth() * 100)

    def png(self) -> bytes:
        """The picture as it is now."""
        self._canvas.restore_region(self._still)
        for artist in self.moving:
            artist.axes.draw_artist(artist) if artist.axes else self.figure.draw_artist(artist)
        return encode(np.asarray(self._canvas.buffer_rgba())[:, :, :3])
