"""The shapes whose edges must come out smooth, as masks: how much of each image pixel a shape covers.

Pillow draws with hard edges, so each shape is drawn larger first and then made small; what was made is kept.
"""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from helpers.widgets.canvas import DENSITY

DENSE = DENSITY / 100
"""Image pixels to a pixel of the page."""

CORNER = 9
"""Radius of round corners, in image pixels."""

FINER = 4
"""Slanted and round lines are drawn this many times larger first, so that their edges come out smooth."""


@lru_cache(maxsize=256)
def round_masks(width: int, height: int, line: float) -> tuple[Image.Image, Image.Image]:
    """The whole shape, and what is left of it inside of its edge, which is `line` wide; all in image pixels."""
    masks = []
    for inset in (1.0, 1.0 + line):
        mask = Image.new("L", (FINER * width, FINER * height))
        corners = [FINER * value for value in (inset, inset, width - inset, height - inset)]
        ImageDraw.Draw(mask).rounded_rectangle(corners, radius=FINER * (CORNER - inset), fill=255)
        masks.append(mask.resize((width, height), Image.Resampling.BOX))
    return masks[0], masks[1]


@lru_cache(maxsize=512)
def arrow_mask(start: tuple, end: tuple, line: float, bend: float) -> tuple[Image.Image, tuple[int, int]]:
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


@lru_cache(maxsize=64)
def slant_mask(right: float, down: float, line: float) -> tuple[Image.Image, tuple[int, int]]:
    """A straight line that leads so far; and where its piece lies, seen from the start. All in CSS pixels but this."""
    edge = 2 + round(DENSE * line)
    way = DENSE * np.array([[0.0, 0.0], [right, down]])
    corner = np.floor(way.min(axis=0)) - edge
    size = (np.ceil(way.max(axis=0)) + edge - corner).astype(int)
    mask = Image.new("L", tuple(FINER * size))
    places = [tuple(FINER * (place - corner)) for place in way]
    ImageDraw.Draw(mask).line(places, fill=255, width=round(FINER * DENSE * line))
    return mask.resize(tuple(size), Image.Resampling.BOX), (int(corner[0]), int(corner[1]))


@lru_cache(maxsize=16)
def ring_mask(radius: float, line: float) -> Image.Image:
    """A circle without its inside, in the middle of its piece; in CSS pixels."""
    side = 2 * int(np.ceil(DENSE * (radius + line))) + 1
    mask = Image.new("L", (FINER * side, FINER * side))
    outer = FINER * DENSE * (radius + line / 2)
    middle = FINER * side / 2
    box = (middle - outer, middle - outer, middle + outer, middle + outer)
    ImageDraw.Draw(mask).ellipse(box, outline=255, width=round(FINER * DENSE * line))
    return mask.resize((side, side), Image.Resampling.BOX)
