"""A figure on the page, with words for those who cannot see it.

JupyterLab's renderer of image/png drops the `alt` entry of an output's metadata (seen in 4.6), so the figure is sent as
HTML with an <img alt=…>. The same output also holds image/png with that metadata, which nbconvert puts into its HTML
and takes for PDF, and the words as plain text for a terminal.
"""

import base64
import html
import os

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.plots.pixels import encode
from helpers.plots.style import PAPER, STYLE

DENSITY = 2
"""Image pixels for each CSS pixel, so that a figure is sharp on dense screens.

While nbgrader grades there is one: graded notebooks are kept by the thousand, and learners wait for those before them.
"""

COMPRESSION = 6
"""zlib's level: beyond it, the files of figures get hardly smaller and take longer. They are kept in notebooks."""


def show(figure: Figure | Axes, alt: str, caption: str | None = None) -> None:
    """Display a figure once, with its alternative text, and close it.

    figure: a Figure or any Axes of it. alt: what someone who cannot see the picture needs to know: what is drawn
    against what, and what one should notice. caption: a line for everyone under the picture. Raises ValueError where
    alt is no sentence.
    """
    if not isinstance(alt, str) or len(alt.split()) < 3:
        raise ValueError(f"alt is {alt!r}, but a sentence that says what the figure shows is needed.")
    if isinstance(figure, Axes):
        figure = figure.get_figure(root=True)
    width = round(figure.get_figwidth() * 100)
    density = 1 if os.environ.get("NBGRADER_EXECUTION") == "autograde" else DENSITY
    image = png(figure, density * 100)
    plt.close(figure)
    display(bundle(image, alt, caption, width), raw=True, metadata={"image/png": {"alt": alt, "width": width}})


def png(figure: Figure, dpi: float) -> bytes:
    """The figure as a PNG file of size inches times dpi, on the course's paper.

    The same pixels as `figure.savefig` gives in half its time: that draws twice, once to lay out and once to see.
    """
    kept = figure.dpi, figure.get_facecolor(), figure.canvas
    try:
        figure.dpi = dpi
        figure.set_facecolor(PAPER)
        canvas = FigureCanvasAgg(figure)
        with matplotlib.rc_context(STYLE):
            canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[:, :, :3]  # paper is opaque
    finally:
        figure.dpi, facecolor, former = kept
        figure.set_facecolor(facecolor)
        figure.set_canvas(former)
    return encode(pixels, COMPRESSION)


def bundle(image: bytes, alt: str, caption: str | None, width: int) -> dict[str, str]:
    """The forms in which a picture (PNG) of `width` CSS pixels is offered to whatever shows the notebook."""
    encoded = base64.b64encode(image).decode("ascii")
    under = f'<figcaption style="max-width:{width}px">{html.escape(caption)}</figcaption>' if caption else ""
    picture = (
        f'<figure style="margin:0.5em 0"><img alt="{html.escape(alt)}" src="data:image/png;base64,{encoded}" '
        f'style="width:{width}px;max-width:100%;height:auto;border-radius:4px">{under}</figure>'
    )
    return {"text/html": picture, "image/png": encoded, "text/plain": f"Figure: {caption or alt}"}
