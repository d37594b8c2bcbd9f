"""A picture of boxes, lines and words that is put together anew at each change, where too much moves to keep it.

Matplotlib takes milliseconds for a word, Pillow takes microseconds; the letters are those of Matplotlib's own font.
"""

from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFont

from helpers.plots.style import FAINT, INK, PAPER
from helpers.widgets.canvas import DENSITY, encode

DENSE = DENSITY / 100
"""Image pixels to a pixel of the page."""

DASH = 4.0


class Sketch:
    """All places and sizes in CSS pixels of the page, counted from the upper left corner to the right and down.

    What is drawn later lies over what was drawn before. `png` hands the picture out and begins with empty paper.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._begin()

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

    def round_box(
        self, x: float, y: float, w: float, h: float, fill: str = PAPER, edge: str = INK, line: float = 1.4
    ) -> None:  # fmt: skip
        """A box with round corners."""
        size = (round(DENSE * w) + 2, round(DENSE * h) + 2)
        corner = (round(DENSE * x) - 1, round(DENSE * y) - 1)
        outer, inner = _round_masks(*size, DENSE * line)
        self._image.paste(edge, corner, outer)
        self._image.paste(fill, corner, inner)

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = FAINT, line: float = 1.4,
        bend: float = 0.0,
    ) -> None:  # fmt: skip
        """From start to end; bend: how far its middle lies to the left of the straight way, as a share of it."""
        mask, corner = _arrow_mask(tuple(start), tuple(end), line, bend)
        self._image.paste(colour, corner, mask)

    def png(self) -> bytes:
        picture = encode(np.asarray(self._image))
        self._begin()
        return picture

    def _begin(self) -> None:
        self._image = Image.new("RGB", (round(DENSE * self.width), round(DENSE * self.height)), PAPER)
        self._pen = ImageDraw.Draw(self._image)


@cache
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """size: in image pixels."""
    return ImageFont.truetype(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")), size)


def width_of(words: str, size: float, bold: bool = False) -> float:
    """CSS pixels that words take."""
    return font(round(DENSE * size), bold).getlength(words) / DENSE


def thickness(line: float) -> int:
    return max(round(DENSE * line), 1)


FINER = 4
"""Slanted and round lines are drawn this many times larger first, so that their edges come out smooth."""


@lru_cache(maxsize=256)
def _round_masks(width: int, height: int, line: float) -> tuple[Image.Image, Image.Image]:
    """The whole shape, and what is left of it inside of its edge, which is `line` wide; all in image pixels."""
    masks = []
    for inset in (1.0, 1.0 + line):
        mask = Image.new("L", (FINER * width, FINER * height))
        corners = [FINER * value for value in (inset, inset, width - inset, height - inset)]
        ImageDraw.Draw(mask).rounded_rectangle(corners, radius=FINER * (9 - inset), fill=255)
        masks.append(mask.resize((width, height), Image.Resampling.BOX))
    return masks[0], masks[1]


@lru_cache(maxsize=512)
def _arrow_mask(start: tuple, end: tuple, line: float, bend: float) -> tuple[Image.Image, tuple[int, int]]:
    """The arrow on a piece of its own, and where that piece lies in the image."""
    p, q = DENSE * np.array([start, end])
    middle = (p + q) / 2 + 2 * bend * np.array([q[1] - p[1], p[0] - q[0]])
    t = np.linspace(0, 1, 2 if bend == 0 else 25)[:, np.newaxis]
    way = (1 - t) ** 2 * p + 2 * t * (1 - t) * middle + t**2 * q
    along = (way[-1] - way[-2]) / max(np.hypot(*(way[-1] - way[-2])), 1e-9)
    across = np.array([-along[1], along[0]])
    length = DENSE * (6 + 2.5 * line)
    head = np.array([q, q - length * along + 0.42 * length * across, q - length * along - 0.42 * length * across])
    way[-1] -= 0.8 * length * along
    corner = np.floor(np.vstack([way, head]).min(axis=0)) - 3
    size = np.ceil(np.vstack([way, head]).max(axis=0)) + 4 - corner
    mask = Image.new("L", tuple(int(FINER * side) for side in size))
    pen = ImageDraw.Draw(mask)
    pen.line(
        [tuple(FINER * (place - corner)) for place in way], fill=255, width=round(FINER * DENSE * line), joint="curve"
    )
    pen.polygon([tuple(FINER * (place - corner)) for place in head], fill=255)
    small = mask.resize(tuple(int(side) for side in size), Image.Resampling.BOX)
    return small, (int(corner[0]), int(corner[1]))
