"""Small squares cut at random from photographs that come with scikit-image, all of them free of rights (CC0)."""

import functools
import io
from typing import NamedTuple

import numpy as np

from helpers.data import arrays, installed

# name: (SHA-256, who gave it away). Each is CC0 by the documentation of skimage.data, function of the same name.
PHOTOS = {
    "brick": ("7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf", "CC0Textures, Bricks25"),
    "camera": ("b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a", "Lav Varshney"),
    "chelsea": ("596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb", "Stefan van der Walt"),
    "coffee": ("cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7", "Rachel Michetti"),
    "grass": ("b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89", "linolafett, DeviantArt"),
    "gravel": ("c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12", "CC0Textures, Gravel04"),
}


class PhotoPatches(NamedTuple):
    """X (side², m) grey values 0 … 1; X[:, j].reshape(image_shape) is patch j."""

    X: np.ndarray
    image_shape: tuple[int, int]


def photo_patches(rng: np.random.Generator, m: int, side: int = 12) -> PhotoPatches:
    """X[side · r + c, j] = grey value of patch j in row r, column c, from 0 (black) to 1 (white).

    Each patch is cut from one of six photographs, all alike probable, at a place where it fits: a wall of bricks, a man
    with a camera, a cat, a cup of coffee, grass and gravel. Colour becomes grey by the weights of ITU-R BT.601.

    rng: the generator that every draw comes from.  m: how many patches.  side: their side in pixels, 1 to 300.
    Returns PhotoPatches: X (side², m) float64.
    Raises FileNotFoundError where scikit-image or a file of it is missing, ValueError where a file is altered or an
    argument does not fit.
    Source: the images camera, chelsea, coffee, brick, grass and gravel of scikit-image, each under CC0; read from the
    installed package, not copied. Who gave them away stands in PHOTOS.
    """
    arrays.generator(rng)
    m, side = arrays.count("m", m, least=1), arrays.count("side", side, least=1)
    photos = [photo(name) for name in PHOTOS]
    smallest = min(min(image.shape) for image in photos)
    if side > smallest:
        raise ValueError(f"side is {side}, wanted at most {smallest}: the smallest photograph has no more rows.")
    X = np.empty((side * side, m))
    for j, k in enumerate(rng.integers(len(photos), size=m)):
        rows, columns = photos[k].shape
        r, c = rng.integers(rows - side + 1), rng.integers(columns - side + 1)
        X[:, j] = photos[k][r : r + side, c : c + side].ravel()
    return PhotoPatches(X, (side, side))


def photo(name: str) -> np.ndarray:
    """One of PHOTOS in grey, (rows, columns) from 0 to 1; a fresh array. Raises as `photo_patches` does."""
    if name not in PHOTOS:
        raise ValueError(f"name is {name!r}, wanted one of {', '.join(PHOTOS)}.")
    return _decoded(name).copy()


@functools.cache
def _decoded(name: str) -> np.ndarray:
    # Pillow comes with scikit-image; only who asks for photographs waits for it.
    from PIL import Image

    content = installed.read("skimage", f"data/{name}.png", PHOTOS[name][0])
    with Image.open(io.BytesIO(content)) as image:
        pixels = np.asarray(image, dtype=np.float64) / 255
    return pixels if pixels.ndim == 2 else pixels[:, :, :3] @ np.array([0.299, 0.587, 0.114])
