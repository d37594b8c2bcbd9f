"""A Matplotlib figure that is drawn once and then only where something moves, fast enough to follow a slider."""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

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


def encode(pixels: np.ndarray) -> bytes:
    """A PNG file of pixels (height, width, 3), uint8; written here because general encoders try harder and take longer.

    Format: W3C, Portable Network Graphics; 8 bit RGB, no filter, the fastest compression.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row starts with the number of its filter: 0, none
    for colour in range(3):  # one by one: copying groups of three bytes out of four takes ten times as long
        rows[:, 1 + colour :: 3] = pixels[:, :, colour]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
