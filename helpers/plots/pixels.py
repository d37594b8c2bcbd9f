"""Pixels as a PNG file, written here because general encoders try every filter for every row and take longer."""

import struct
import zlib

import numpy as np


def encode(pixels: np.ndarray, level: int = 1) -> bytes:
    """A PNG file of pixels (height, width, 3), uint8.  level: of zlib's compression, 1 (fast) to 9 (small).

    Format: W3C, Portable Network Graphics; 8 bit RGB, no filter. Drawings have few colours and long runs of each, which
    filters hide from the compression: without them the files are no larger.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row starts with the number of its filter: 0, none
    for colour in range(3):  # one by one: copying groups of three bytes out of four takes ten times as long
        rows[:, 1 + colour :: 3] = pixels[:, :, colour]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, level)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
