"""Does the picture of a unit show that unit, and do the words say what was measured of it?"""

import re

import numpy as np
import pytest

from helpers import brain, widgets

ROWS, COLUMNS = np.mgrid[-5.5:6.5, -5.5:6.5]


def stripes(angle: float) -> np.ndarray:
    """(144,): a wave under a bell whose stripes run at this angle in degrees, 45 rising to the right."""
    across = np.radians(90 - angle)
    along = COLUMNS * np.cos(across) + ROWS * np.sin(across)
    return (np.exp(-(ROWS**2 + COLUMNS**2) / 12) * np.cos(1.3 * along)).ravel()


ANGLES = (0, 30, 45, 90, 120, 150)
GABORS = np.stack([stripes(angle) for angle in ANGLES])
SPOTS = np.stack([np.exp(-((ROWS[:8, :8] + a) ** 2 + COLUMNS[:8, :8] ** 2) / 4).ravel() for a in (0.0, 2.0)])


@pytest.fixture
def panel() -> widgets.ReceptiveFields:
    return widgets.ReceptiveFields({"stripes": (GABORS, (12, 12)), "spots": (SPOTS, (8, 8))})


@pytest.mark.parametrize("unit", range(1, len(ANGLES) + 1))
def test_words_tell_the_orientation_that_the_stripes_have(panel, unit: int) -> None:
    panel.values = {"kind": "stripes", "unit": unit}
    said = int(re.search(r"at (\d+)°", panel.words)[1])
    assert abs((said - ANGLES[unit - 1] + 90) % 180 - 90) <= 2
    way = {0: "level", 30: "rising", 45: "rising", 90: "upright", 120: "falling", 150: "falling"}[ANGLES[unit - 1]]
    assert way in panel.words


@pytest.mark.parametrize("unit", range(1, len(ANGLES) + 1))
def test_the_line_lies_along_the_stripes(panel, unit: int) -> None:
    panel.values = {"kind": "stripes", "unit": unit}
    x, y = panel.view._along.get_data()
    # Rows count downwards.
    angle = np.degrees(np.arctan2(y[0] - y[1], x[1] - x[0]))
    assert abs((angle - ANGLES[unit - 1] + 90) % 180 - 90) <= 2


def test_a_round_spot_is_given_no_orientation(panel) -> None:
    panel.values = {"kind": "spots", "unit": 1}
    assert "none is named" in panel.words
    assert "°" not in panel.words
    assert np.ptp(panel.view._along.get_xdata()) == 0


def test_words_tell_selectivity_and_place(panel) -> None:
    panel.values = {"kind": "spots", "unit": 2}
    found = brain.place(SPOTS, (8, 8))
    selectivity = brain.orientation_selectivity(SPOTS, (8, 8))
    assert (
        f"selectivity is {selectivity[1, 0]:.2f}; the median of its set is {np.median(selectivity):.2f}" in panel.words
    )
    assert f"in row {found.row[1, 0] + 1:.1f} of 8 and column {found.column[1, 0] + 1:.1f} of 8" in panel.words
    assert f"is {found.spread[1, 0]:.1f} pixels" in panel.words


def test_the_chosen_unit_is_framed_and_shown_large(panel) -> None:
    panel.values = {"kind": "stripes", "unit": 5}
    large = panel.view._large.get_array()
    np.testing.assert_allclose(large * np.abs(GABORS[4]).max(), GABORS[4].reshape(12, 12))
    frame = panel.view._frames["stripes"]
    assert frame.get_visible()
    assert not panel.view._frames["spots"].get_visible()
    # The fifth of six in rows of three: second row, second column, and its pixels are the unit's.
    mosaic = np.asarray(frame.axes.images[0].get_array().filled(np.nan))
    left, top = round(frame.get_x() + 1), round(frame.get_y() + 1)
    np.testing.assert_allclose(mosaic[top : top + 12, left : left + 12], large)


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_a_unit_that_looks_for_nothing_closes_no_set(weight: float) -> None:
    """As in W1 minus its start values, where a ReLU was never awake."""
    W = np.vstack([GABORS, np.full((1, 144), weight)])
    panel = widgets.ReceptiveFields({"mine": (W, (12, 12)), "stripes": (GABORS, (12, 12))})
    assert panel.problem == ""
    told = panel.words.replace("7", "6")
    panel.values = {"kind": "stripes", "unit": 1}
    assert told.partition(".")[2] == panel.words.partition(".")[2], "the others are measured as without it"
    panel.values = {"kind": "mine", "unit": 7}
    assert panel.problem == ""
    assert f"mine, unit 7 of 7. All its weights are {weight:g}: it looks for nothing" in panel.words
    assert "nan" not in panel.words + panel.alt
    assert np.isnan(panel.view._centre.get_xdata()).all()


def test_a_set_with_fewer_units_keeps_the_slider_within(panel) -> None:
    panel.values = {"kind": "stripes", "unit": 6}
    panel.values = {"kind": "spots", "unit": 6}
    assert panel.values == {"kind": "spots", "unit": 2}
    assert panel.controls[1]["max"] == 2
    assert panel.words.startswith("spots, unit 2 of 2")
    assert panel.problem == ""


def test_noise_gets_an_orientation_about_one_time_in_twenty() -> None:
    noise = np.random.default_rng(5).standard_normal((400, 144))
    panel = widgets.ReceptiveFields({"noise": (noise, (12, 12))})
    kind = panel.kinds["noise"]
    assert 0.01 < (kind.selectivity > kind.chance).mean() < 0.12


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ({}, "one to four sets"),
        (None, "one to four sets"),
        ({"mine": GABORS}, "mine has to be a pair"),
        ({"mine": (GABORS, 12)}, "mine has to be a pair"),
        ({"mine": (GABORS, (8, 8))}, "mine: W has shape (6, 144)"),
        ({"mine": (GABORS * np.nan, (12, 12))}, "mine: W of shape (6, 144)"),
        ({"mine": (np.zeros((2, 144)), (12, 12))}, "zero everywhere"),
        ({"mine": (np.ones((2, 144)), (12, 12))}, "the same everywhere"),
        ({"mine": (np.zeros((0, 144)), (12, 12))}, "(0, 144)"),
    ],
)
def test_bad_sets_give_a_sentence(kinds, sentence: str) -> None:
    panel = widgets.ReceptiveFields(kinds)
    assert sentence in panel.problem
    assert "Traceback" in panel.details
