"""Does a figure reach the page once, with its words, whatever shows the page?"""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.utils.capture import RichOutput
from PIL import Image

from helpers import plots
from helpers.plots.style import PAPER


@pytest.fixture
def shown(monkeypatch) -> list[RichOutput]:
    outputs: list[RichOutput] = []
    monkeypatch.setattr(
        "helpers.plots.page.display",
        lambda data, raw, metadata: outputs.append(RichOutput(data=data, metadata=metadata)),
    )
    return outputs


def test_the_words_are_in_every_form(shown) -> None:
    plots.show(plots.curve(np.sin, 0, 1), alt='A curve, "sin", with x < 1 & rising.', caption="It rises <b>.")
    (output,) = shown
    assert 'alt="A curve, &quot;sin&quot;, with x &lt; 1 &amp; rising."' in output.data["text/html"]
    assert "It rises &lt;b&gt;." in output.data["text/html"]
    assert output.metadata["image/png"]["alt"] == 'A curve, "sin", with x < 1 & rising.'
    assert output.data["text/plain"] == "Figure: It rises <b>."


def test_the_picture_is_opaque_and_as_large_as_promised(shown) -> None:
    plots.show(plots.curve(np.sin, 0, 1).figure, alt="A curve that rises.")
    picture = Image.open(io.BytesIO(base64.b64decode(shown[0].data["image/png"])))
    assert picture.width == 2 * shown[0].metadata["image/png"]["width"]
    assert picture.convert("RGBA").getpixel((0, 0)) == (*(int(PAPER[i : i + 2], 16) for i in (1, 3, 5)), 255)


def test_the_figure_is_closed_so_that_it_is_not_shown_again(shown) -> None:
    ax = plots.curve(np.sin, 0, 1)
    plots.show(ax, alt="A curve that rises.")
    assert not plt.fignum_exists(ax.figure.number)


@pytest.mark.parametrize("alt", ["", "figure", None, "a plot"])
def test_words_are_demanded(alt) -> None:
    ax = plots.curve(np.sin, 0, 1)
    with pytest.raises(ValueError, match="a sentence that says what the figure shows"):
        plots.show(ax, alt=alt)
    plt.close("all")
