"""A picture of boxes, lines and words that is put together anew at each change, where too much moves to keep it.

Matplotlib takes milliseconds for a word, Pillow takes microseconds; the letters are those of Matplotlib's own font.
"""

from functools import cache
from itertools import pairwise

import numpy as np
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFont

from helpers.plots.pixels import encode
from helpers.plots.style import FAINT, INK, PAPER
from helpers.widgets.sketch_masks import CORNER, DENSE, arrow_mask, ring_mask, round_masks, slant_mask

DASH = 4.0


class Sketch:
    """All places and sizes in CSS pixels of the page, counted from the upper left corner to the right and down.

    What is drawn later lies over what was drawn before. `png` hands the picture out and begins anew: with empty paper,
    or with what was there when `keep` was called.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._paper = Image.new("RGB", (round(DENSE * width), round(DENSE * height)), PAPER)
        self._begin()

    def keep(self) -> None:
        """What has been drawn until now is part of every picture from here on."""
        self._paper = self._image.copy()

    def box(
        self, x: float, y: float, w: float, h: float, fill: str = PAPER, edge: str | None = INK, line: float = 1.2,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """A rectangle with its upper left corner at (x, y); edge None: without a border."""
        left, top, right, bottom = (round(DENSE * value) for value in (x, y, x + w, y + h))
        # Pillow counts the last pixel in.
        corners = (left, top, max(right, left + 1), max(bottom, top + 1))
        self._pen.rectangle(corners, fill=fill, outline=None if dashed else edge, width=thickness(line))
        if dashed and edge:
            corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
            for start, end in pairwise(corners):
                self.line(start, end, colour=edge, line=line, dashed=True)

    def line(self, *points: tuple[float, float], colour: str = FAINT, line: float = 1.2, dashed: bool = False) -> None:
        """Straight from point to point; dashed: two points."""
        places = DENSE * np.array(points, float)
        if not dashed:
            self._pen.line([tuple(place) for place in places.round()], fill=colour, width=thickness(line))
            return
        start, end = places
        count = max(int(np.hypot(*(end - start)) / (2 * DASH * DENSE)), 1)
        for k in range(count):
            dash = [tuple((start + (k + share) / count * (end - start)).round()) for share in (0.0, 0.5)]
            self._pen.line(dash, fill=colour, width=thickness(line))

    def text(
        self, x: float, y: float, words: str, size: float = 14, colour: str = INK, bold: bool = False, place: str = "m"
    ) -> None:
        """Words at the height y, from x on (place "l"), about x ("m") or up to x ("r"); size in pixels."""
        # A fixed height over the line on which letters stand, so that words side by side stand on one line.
        spot = (DENSE * x, DENSE * (y + 0.36 * size))
        self._pen.text(spot, words, fill=colour, font=font(round(DENSE * size), bold), anchor=f"{place}s")

    def turned_text(self, x: float, y: float, words: str, size: float = 14, colour: str = INK, turn: int = 90) -> None:
        """Words about (x, y), turned to the left by so many degrees."""
        letters = font(round(DENSE * size), False)
        left, top, right, bottom = letters.getbbox(words, anchor="ms")
        mask = Image.new("L", (right - left + 4, bottom - top + 4))
        ImageDraw.Draw(mask).text((2 - left, 2 - top), words, fill=255, font=letters, anchor="ms")
        mask = mask.rotate(turn, Image.Resampling.BICUBIC, expand=True)
        corner = (round(DENSE * x - mask.width / 2), round(DENSE * y - mask.height / 2))
        self._image.paste(colour, corner, mask)

    def round_box(
        self, x: float, y: float, w: float, h: float, fill: str = PAPER, edge: str = INK, line: float = 1.4,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """A box with round corners."""
        size = (round(DENSE * w) + 2, round(DENSE * h) + 2)
        corner = (round(DENSE * x) - 1, round(DENSE * y) - 1)
        outer, inner = round_masks(*size, DENSE * line)
        self._image.paste(edge, corner, outer)
        if dashed:
            # The inside, which comes next, covers the gaps where they reach into it.
            for left in _gaps(x, w):
                self.box(left, y - 1, DASH, h + 2, edge=None)
            for top in _gaps(y, h):
                self.box(x - 1, top, w + 2, DASH, edge=None)
        self._image.paste(fill, corner, inner)

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = FAINT, line: float = 1.4,
        bend: float = 0.0,
    ) -> None:  # fmt: skip
        """From start to end; bend: how far its middle lies to the left of the straight way, as a share of it."""
        mask, corner = arrow_mask(tuple(start), tuple(end), line, bend)
        self._image.paste(colour, corner, mask)

    def slant(self, x: float, y: float, right: float, down: float, colour: str = FAINT, line: float = 1.4) -> None:
        """A straight line from (x, y) so far to the right and down, with smooth edges."""
        mask, corner = slant_mask(right, down, line)
        self._image.paste(colour, (round(DENSE * x) + corner[0], round(DENSE * y) + corner[1]), mask)

    def ring(self, x: float, y: float, radius: float = 4.4, colour: str = INK, line: float = 1.8) -> None:
        """A circle about (x, y)."""
        mask = ring_mask(radius, line)
        # The piece's middle is the middle of a pixel.
        corner = (int(np.floor(DENSE * x)) - mask.width // 2, int(np.floor(DENSE * y)) - mask.height // 2)
        self._image.paste(colour, corner, mask)

    def cross(self, x: float, y: float, radius: float = 4.4, colour: str = INK, line: float = 2.0) -> None:
        """A slanted cross about (x, y)."""
        for way in (-1, 1):
            self.slant(x - radius, y - way * radius, 2 * radius, 2 * way * radius, colour, line)

    def png(self) -> bytes:
        picture = encode(np.asarray(self._image))
        self._begin()
        return picture

    def _begin(self) -> None:
        self._image = self._paper.copy()
        self._pen = ImageDraw.Draw(self._image)


def _gaps(start: float, length: float) -> list[float]:
    """Where gaps begin in the straight part of a side, so that both of its ends look the same."""
    count = int((length - 2 * CORNER) / (3 * DASH))
    first = start + (length - (3 * count - 2) * DASH) / 2
    return [first + 3 * k * DASH for k in range(count)]


@cache
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """size: in image pixels."""
    return ImageFont.truetype(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")), size)


def width_of(words: str, size: float, bold: bool = False) -> float:
    """CSS pixels that words take."""
    return font(round(DENSE * size), bold).getlength(words) / DENSE


def thickness(line: float) -> int:
    return max(round(DENSE * line), 1)
