"""Do the points stand at their year and value, with their names?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_points_stand_at_year_and_value_with_their_names() -> None:
    ax = plots.over_years([1989, 2012], [7291, 1.2e6], ["zip codes", "ImageNet"], ylabel="images")
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[1989, 7291], [2012, 1.2e6]])
    assert [text.get_text() for text in ax.texts] == ["zip codes", "ImageNet"]
    assert ax.get_yscale() == "log"
    assert ax.get_ylabel() == "images"
    ax.figure.draw_without_rendering()
    for text in ax.texts:
        assert ax.figure.bbox.contains(*text.get_window_extent().min)
        assert ax.figure.bbox.contains(*text.get_window_extent().max)


@pytest.mark.parametrize(
    ("values", "sentence"), [([1.0], "as many of each"), ([1.0, 0.0], "not above 0")], ids=["too few", "zero"]
)
def test_says_what_is_wrong(values, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        plots.over_years([1989, 2012], values, ["a", "b"])
