"""Does a figure reach the page once, with its words, whatever shows the page?"""

import base64
import io

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.utils.capture import RichOutput
from PIL import Image

from helpers import plots
from helpers.plots.page import png
from helpers.plots.style import PAPER, STYLE


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


def on_two_panels():
    return plots.axes(2)[0].figure


def with_layout_of_its_own():
    figure, ax = plt.subplots(layout="tight", facecolor="none")
    ax.set(title="$x^2$", xlabel="x")
    return figure


def in_space():
    figure = plt.figure(figsize=(3.33, 2.17))
    figure.add_subplot(projection="3d").plot([1, 2], [2, 1], [1, 2])
    return figure


def shaded():
    X = np.array([[0.0, 1.0, 2.0], [0.0, 2.0, 1.0]])
    return plots.probability_surface(
        lambda X: 1 / (1 + np.exp(X[:1] - X[1:])), plots.scatter(X, np.array([[0, 1, 0]]))
    ).figure


@pytest.mark.parametrize("draw", [on_two_panels, with_layout_of_its_own, in_space, shaded])
def test_the_pixels_are_those_that_matplotlib_saves(draw) -> None:
    first, figure, saved = draw(), draw(), io.BytesIO()
    with matplotlib.rc_context(STYLE):
        first.savefig(saved, dpi=150)
    before = figure.dpi, figure.get_facecolor(), figure.canvas
    ours = Image.open(io.BytesIO(png(figure, 150)))
    np.testing.assert_array_equal(np.asarray(ours), np.asarray(Image.open(saved).convert("RGB")))
    assert (figure.dpi, figure.get_facecolor(), figure.canvas) == before
    plt.close("all")


def test_while_nbgrader_grades_a_figure_is_a_quarter_as_large(shown, monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    plots.show(plots.curve(np.sin, 0, 1), alt="A curve that rises.")
    picture = Image.open(io.BytesIO(base64.b64decode(shown[0].data["image/png"])))
    assert picture.width == shown[0].metadata["image/png"]["width"]


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
