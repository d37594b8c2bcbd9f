"""Can everyone read the figures: on paper, in every theme, with every common colour vision?"""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from helpers import plots
from helpers.plots import style

# Linear RGB seen without one kind of cone: Viénot, Brettel and Mollon 1999 (protanopia, deuteranopia).
WITHOUT_A_CONE = {
    "protanopia": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "deuteranopia": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
}


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def linear(colour) -> np.ndarray:
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(a, b) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (a, b))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    f = np.cbrt(np.maximum(to_xyz @ rgb / [0.9505, 1.0, 1.089], 0.008856))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_itself_is_right() -> None:
    assert contrast("black", "white") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ink", [style.INK, style.FAINT])
def test_text_stands_out_from_the_paper(ink: str) -> None:
    assert contrast(ink, style.PAPER) >= 4.5


def test_paper_stands_apart_from_no_theme_but_carries_its_own_background() -> None:
    assert to_rgb(style.PAPER) == to_rgb(style.STYLE["figure.facecolor"]) == to_rgb(style.STYLE["savefig.facecolor"])


@pytest.mark.parametrize("colour", style.COLOURS)
def test_curves_and_markers_stand_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, style.PAPER) >= 3


@pytest.mark.parametrize("colour", style.COLOURS[:2])
def test_markers_stand_out_from_every_shade_of_probability(colour: str) -> None:
    assert min(contrast(colour, shade[:3]) for shade in style.SHADES(np.linspace(0, 1, 51))) >= 3


@pytest.mark.parametrize("vision", ["full", *WITHOUT_A_CONE])
def test_the_two_classes_differ_in_colour_for(vision: str) -> None:
    seen = WITHOUT_A_CONE.get(vision, np.eye(3))
    first, second = (lab(seen @ linear(colour)) for colour in style.COLOURS[:2])
    assert np.linalg.norm(first - second) > 30


def test_nothing_rests_on_colour_alone() -> None:
    assert len(set(style.MARKERS)) == len(set(style.LINE_STYLES)) == len(set(style.COLOURS)) == len(style.COLOURS)
    assert style.MARKERS[0] != style.MARKERS[1]


def test_the_notebook_s_own_style_is_left_alone() -> None:
    before = dict(matplotlib.rcParams)
    plots.curve(np.sin, 0, 1)
    plots.axes(2)
    assert dict(matplotlib.rcParams) == before


def test_the_notebook_s_own_style_does_not_leak_in() -> None:
    with matplotlib.rc_context({"axes.facecolor": "black", "font.size": 40}):
        ax = plots.curve(np.sin, 0, 1)
    assert to_rgb(ax.get_facecolor()) == to_rgb(style.PAPER)
    assert ax.xaxis.label.get_fontsize() == style.STYLE["axes.labelsize"]


def test_axes_share_a_figure() -> None:
    left, right = plots.axes(columns=2)
    assert left.figure is right.figure
    assert left.figure.get_figwidth() > style.SIZE[0]
