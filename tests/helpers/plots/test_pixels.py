"""Do pixels that are written as a PNG file come back?"""

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from helpers.plots.pixels import encode


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_encoded_pixels_come_back(height: int, width: int, level: int, seed: int) -> None:
    wanted = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    found = Image.open(io.BytesIO(encode(wanted, level)))
    assert found.mode == "RGB"
    np.testing.assert_array_equal(np.asarray(found), wanted)


def test_a_part_of_other_pixels_is_written_as_it_is() -> None:
    """A renderer hands over four bytes a pixel."""
    wanted = np.random.default_rng(1).integers(0, 256, (7, 5, 4), dtype=np.uint8)[:, :, :3]
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(encode(wanted, 6)))), wanted)
