"""From the strokes of a pen to the 8 × 8 pixels of the digits that networks of the course have learned from.

How those were made is known in outline (E. Alpaydin, C. Kaynak 1998, Optical Recognition of Handwritten Digits, UCI
Machine Learning Repository; the text comes with scikit-learn): programs of NIST took bitmaps of 32 × 32 pixels from
forms, brought to one size; each was cut into blocks of 4 × 4, and the pixels that are on were counted, which gives
whole numbers from 0 to 16. The bitmaps themselves are not there any more, so the rest is read off the 1797 images:
every one reaches from the first row to the last, is some six columns wide around the middle, and has about as much ink.
"""

from collections.abc import Sequence

import numpy as np

BITMAP, PIXELS, BLOCK = 32, 8, 4
INK = 313
"""Pixels of 1024 that are on: the median over the 1797 images (261 to 368 for nine of ten)."""
WIDEST = 25.0
THINNEST, THICKEST = 1.2, 5.0
PLAIN = 1.6
"""Half of the pen's width in pixels of the bitmap: its limits where the ink is measured out, and where it is not."""
MOST_PIECES = 256

Stroke = np.ndarray


def digit(strokes: Sequence[Stroke], turn: float = 0.0, prepared: bool = True) -> np.ndarray:
    """(8, 8) whole numbers from 0 (paper) to 16 (ink).

    strokes: each (2, n), x to the right and y downwards, from 0 to 1 over the field; a stroke of one point is a dot.
    turn: degrees, clockwise. prepared: brought to the size, place and amount of ink of the collection; else as drawn.
    """
    if not sum(stroke.shape[1] for stroke in strokes):
        return np.zeros((PIXELS, PIXELS), int)
    strokes = [_turned(stroke, turn) for stroke in strokes]
    if not prepared:
        return _counted(_distances([BITMAP * stroke for stroke in strokes]) <= PLAIN)
    radius = 2.0
    for _ in range(3):  # a thicker pen leaves less room for its path, and a shorter path wants a thicker pen
        distances = _distances(_fitted(strokes, radius))
        radius = float(np.clip(np.partition(distances.ravel(), INK)[INK], THINNEST, THICKEST))
    return _counted(_centred(distances <= radius))


def _turned(stroke: Stroke, degrees: float) -> Stroke:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s], [s, c]]) @ (stroke - 0.5) + 0.5


def _fitted(strokes: Sequence[Stroke], radius: float) -> list[Stroke]:
    """Grown or shrunk to fill the height, or the width where that is reached first, in pixels of the bitmap."""
    points = np.hstack(strokes)
    low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
    width, height = np.maximum(high - low, 1e-3)[:, 0]
    scale = min((BITMAP - 2 * radius) / height, (WIDEST - 2 * radius) / width)
    return [(stroke - (low + high) / 2) * scale + BITMAP / 2 for stroke in strokes]


def _distances(strokes: Sequence[Stroke]) -> np.ndarray:
    """(32, 32): how far the middle of each pixel lies from the nearest stroke, in pixels."""
    ends = [(stroke[:, :-1], stroke[:, 1:]) if stroke.shape[1] > 1 else (stroke, stroke) for stroke in strokes]
    A, B = (np.hstack(part) for part in zip(*ends, strict=True))
    if A.shape[1] > MOST_PIECES:  # so fine that a piece is shorter than a pixel: some of them will do
        chosen = np.linspace(0, A.shape[1] - 1, MOST_PIECES).astype(int)
        A, B = A[:, chosen], B[:, chosen]
    middles = np.arange(BITMAP) + 0.5
    x, y = middles[np.newaxis, :, np.newaxis], middles[:, np.newaxis, np.newaxis]
    (dx, dy), length = B - A, np.maximum(((B - A) ** 2).sum(axis=0), 1e-12)
    share = np.clip(((x - A[0]) * dx + (y - A[1]) * dy) / length, 0, 1)  # how far along each piece its nearest point is
    return np.sqrt(((x - A[0] - share * dx) ** 2 + (y - A[1] - share * dy) ** 2).min(axis=2))


def _centred(bitmap: np.ndarray) -> np.ndarray:
    """Moved sideways so that the centre of mass stands in the middle, as far as no ink leaves the picture."""
    columns = np.flatnonzero(bitmap.any(axis=0))
    mean = (bitmap.sum(axis=0) * (np.arange(BITMAP) + 0.5)).sum() / bitmap.sum()
    shift = round(BITMAP / 2 - mean)
    return np.roll(bitmap, np.clip(shift, -columns[0], BITMAP - 1 - columns[-1]), axis=1)


def _counted(bitmap: np.ndarray) -> np.ndarray:
    return bitmap.reshape(PIXELS, BLOCK, PIXELS, BLOCK).sum(axis=(1, 3))
