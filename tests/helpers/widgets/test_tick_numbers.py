"""Do numbers that move stand where Matplotlib would put the labels of an axis?"""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.widgets.tick_numbers import tick_numbers


def places(texts) -> np.ndarray:
    return np.array([text.get_window_extent().extents for text in texts])


def test_numbers_stand_below_their_ticks_whatever_the_range_becomes() -> None:
    figure = Figure(layout="constrained")
    ours, plain = figure.subplots(2, 1)
    words = ["0", "150", "300"]
    for ax in (ours, plain):
        ax.set(xlim=(0, 300), xlabel="steps")
    plain.set_xticks([0, 150, 300])
    texts = tick_numbers(ours, [0, 0.5, 1], words)
    FigureCanvasAgg(figure).draw()
    wanted = places(plain.get_xticklabels())
    got = places(texts)
    down = np.array([0, 1, 0, 1]) * (ours.bbox.y0 - plain.bbox.y0)
    np.testing.assert_allclose(got, wanted + down, atol=1)
    np.testing.assert_allclose(ours.bbox.height, plain.bbox.height, atol=1)
    ours.set_xlim(0, 600)
    np.testing.assert_allclose(places(texts), got)
