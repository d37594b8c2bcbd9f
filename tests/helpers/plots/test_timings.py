"""Do measured times stand where they were measured, each way told apart?"""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_each_way_has_its_line_marker_and_dash_on_logarithmic_axes() -> None:
    ax = plots.timings([1, 10, 100], {"loop": [1e-3, 1e-2, 1e-1], "product": [1e-5, 1e-5, 2e-5]})
    loop, product = ax.lines
    np.testing.assert_array_equal(loop.get_xdata(), [1, 10, 100])
    np.testing.assert_array_equal(product.get_ydata(), [1e-5, 1e-5, 2e-5])
    assert loop.get_marker() != product.get_marker()
    assert loop.get_linestyle() != product.get_linestyle()
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["loop", "product"]


@pytest.mark.parametrize("measured", [[1e-3], [1e-3, 0.0]])
def test_measurements_that_cannot_be_drawn_are_refused(measured) -> None:
    with pytest.raises(ValueError, match="2 above 0 are needed"):
        plots.timings([1, 10], {"loop": measured})
