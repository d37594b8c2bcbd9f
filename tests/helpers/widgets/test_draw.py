"""Does a drawing become a picture like those of the collection, and is what is said of the answer true and honest?"""

import itertools

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from helpers import data, widgets
from helpers.widgets.draw_pixels import INK, digit

COLLECTION = data.digits()


def arc(x: float, y: float, width: float, height: float, start: float, end: float) -> np.ndarray:
    t = np.radians(np.linspace(start, end, 24))
    return np.array([x + width * np.cos(t), y + height * np.sin(t)])


def line(*points: tuple[float, float]) -> np.ndarray:
    share = np.linspace(0, 1, 10)
    ends = np.array(points, float)
    pieces = [u[:, None] + (v - u)[:, None] * share for u, v in itertools.pairwise(ends)]
    return np.hstack(pieces)


# As a hand writes them: strokes (2, n) over a field from 0 to 1, y downwards.
DIGITS = {
    0: [arc(0.5, 0.5, 0.2, 0.32, -90, 270)],
    1: [line((0.38, 0.3), (0.52, 0.16), (0.52, 0.84))],
    2: [np.hstack([arc(0.5, 0.34, 0.19, 0.18, -170, 30), line((0.66, 0.45), (0.32, 0.84), (0.72, 0.84))])],
    3: [np.hstack([arc(0.48, 0.33, 0.18, 0.16, -160, 90), arc(0.48, 0.66, 0.2, 0.18, -90, 150)])],
    4: [line((0.56, 0.15), (0.3, 0.6), (0.74, 0.6)), line((0.6, 0.4), (0.6, 0.87))],
    5: [np.hstack([line((0.68, 0.16), (0.38, 0.16), (0.36, 0.46)), arc(0.5, 0.64, 0.2, 0.21, -130, 140)])],
    6: [np.hstack([arc(0.66, 0.55, 0.34, 0.4, -110, -180), arc(0.5, 0.65, 0.18, 0.19, -180, 180)])],
    7: [line((0.3, 0.17), (0.7, 0.17), (0.45, 0.85))],
    8: [arc(0.5, 0.32, 0.16, 0.16, -90, 270), arc(0.5, 0.66, 0.2, 0.18, -90, 270)],
    9: [arc(0.5, 0.36, 0.17, 0.18, 0, 360), line((0.67, 0.36), (0.64, 0.85))],
}


def sure_of(k: int, n: int = 10, p: float = 0.95):
    """A stand-in for a network that always says k."""
    A = np.full((n, 1), (1 - p) / (n - 1))
    A[k] = p
    return lambda X: A


def sent(panel, strokes, pen=None) -> None:
    """What the page sends while somebody draws."""
    numbers = np.hstack(strokes).T.astype("<f4").tobytes() if strokes else b""
    panel._handle_custom_msg({"counts": [s.shape[1] for s in strokes], "pen": pen}, [memoryview(numbers)])


def pixels(panel) -> np.ndarray:
    return np.frombuffer(panel.drawn["pixels"], np.uint8).reshape(8, panel.drawn["columns"])


def test_the_collection_is_as_the_preparation_takes_it_to_be() -> None:
    images = np.round(16 * COLLECTION.X.T).reshape(-1, 8, 8)
    assert images.any(axis=2).all(axis=0).all(), "every image reaches from the first row to the last"
    ink = images.sum(axis=(1, 2))
    assert np.median(ink) == INK
    assert np.quantile(ink, [0.05, 0.95]) == pytest.approx([261, 368], abs=1)
    columns = images.sum(axis=1)
    centres = columns @ np.arange(8) / ink
    assert (centres.mean(), centres.std()) == pytest.approx((3.5, 0.2), abs=0.11)


@pytest.mark.parametrize("k", DIGITS)
@pytest.mark.parametrize(("scale", "move"), [(1.0, (0, 0)), (0.4, (0.25, -0.2))])
def test_size_and_place_do_not_matter(k: int, scale: float, move) -> None:
    strokes = [(stroke - 0.5) * scale + 0.5 + np.reshape(move, (2, 1)) for stroke in DIGITS[k]]
    image = digit(strokes)
    assert image.shape == (8, 8)
    assert image.any(axis=1).all(), "from the first row to the last"
    assert 0 <= image.min() <= image.max() <= 16
    assert np.abs(image - digit(DIGITS[k])).max() <= 2
    if k != 1:
        assert 240 < image.sum() < 370
    assert image.sum(axis=0) @ np.arange(8) / image.sum() == pytest.approx(3.5, abs=0.4)


def test_prepared_digits_are_read_by_a_classifier_that_knows_the_collection_only() -> None:
    """An oracle without a network: small drawings in a corner, which it cannot read as they are."""
    nearest = KNeighborsClassifier(5).fit(COLLECTION.X.T, COLLECTION.Y[0])

    def right(prepared: bool) -> int:
        images = [digit([s / 2 for s in strokes], turn, prepared) for strokes in DIGITS.values() for turn in (-8, 0, 8)]
        return int(np.sum(nearest.predict(np.reshape(images, (30, 64)) / 16) == np.repeat(list(DIGITS), 3)))

    assert right(True) >= 25
    assert right(False) <= 12


def test_what_is_drawn_plainly_stays_where_it_is() -> None:
    image = digit([line((0.125, 0.0), (0.125, 1.0))], prepared=False)
    assert image[:, 0].min() > 0
    assert not image[:, 3:].any()
    turned = digit([line((0.125, 0.0), (0.125, 1.0))], turn=90, prepared=False)
    assert turned[0].min() > 0, "clockwise: the left side goes up"
    assert not turned[3:].any()


def test_nothing_and_a_dot_can_be_drawn() -> None:
    assert not digit([]).any()
    dot = digit([np.array([[0.1], [0.9]])])
    assert 0 < dot.sum() < 200
    assert dot[3:5, 3:5].min() > 8


def test_a_very_long_scribble_is_drawn() -> None:
    walk = np.clip(np.cumsum(np.random.default_rng(0).normal(0, 0.02, (2, 5000)), axis=1) % 1, 0, 1)
    image = digit([walk])
    assert image.sum() > 200


def test_the_answer_is_that_of_the_network_for_what_is_shown() -> None:
    seen = []

    def predict(X):
        seen.append(X)
        return sure_of(7)(X)

    panel = widgets.Draw(predict)
    sent(panel, DIGITS[7])
    np.testing.assert_array_equal(seen[-1], pixels(panel).reshape(64, 1) / 16)
    np.testing.assert_array_equal(pixels(panel), digit(DIGITS[7]))
    assert panel.words.startswith("The network says 7, with 95 %; then 0, under 1 %.")
    assert panel.drawn["chances"][7] == 0.95
    assert "#" in panel.alt


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.95, "The network says 3, with 95 %"),
        (0.75, "The network says 3, but only with 75 %"),
        (0.4, "The network is unsure: 3 with 40 %"),
        (0.997, "with 99.7 %; then 0, under 1 %"),
        (0.9995, "with over 99.9 %"),
    ],
)
def test_how_sure_it_is_is_said_as_it_is(p: float, words: str) -> None:
    assert words in widgets.Draw(sure_of(3, p=p)).words


def test_the_bars_say_what_the_words_say() -> None:
    drawn = widgets.Draw(sure_of(3, p=0.9995)).drawn
    assert (drawn["percents"][3], drawn["percents"][0]) == ("> 99.9 %", "< 1 %")
    assert widgets.Draw(sure_of(3, p=0.64)).drawn["percents"][2:4] == ["4 %", "64 %"]


def test_nothing_drawn_is_no_answer() -> None:
    panel = widgets.Draw(sure_of(4))
    panel._handle_custom_msg({"press": "clear"}, [])
    assert panel.words.startswith("Nothing is drawn yet.")
    assert (panel.drawn["empty"], panel.drawn["version"], panel.drawn["counts"]) == (True, 1, [])


def test_a_drawing_unlike_all_examples_is_told() -> None:
    panel = widgets.Draw(sure_of(0), examples=COLLECTION.X)
    sent(panel, DIGITS[0])
    assert "There are pictures like this" in panel.words
    cross = [line((0, 0), (1, 1)), line((0, 1), (1, 0)), line((0, 0), (1, 0)), line((0, 1), (1, 1))]
    panel.values = {**panel.values, "prepared": False}
    sent(panel, cross)
    assert "do not trust it" in panel.words


def test_strokes_are_taken_back_one_by_one() -> None:
    panel = widgets.Draw(sure_of(4))
    sent(panel, DIGITS[4])
    panel._handle_custom_msg({"press": "undo"}, [])
    np.testing.assert_array_equal(pixels(panel), digit(DIGITS[4][:1]))
    back = np.frombuffer(panel.drawn["strokes"], "<f4").reshape(-1, 2).T
    np.testing.assert_allclose(back, DIGITS[4][0], atol=1e-6)


def test_two_digits_each_in_its_field() -> None:
    panel = widgets.Draw(lambda X: np.array([[0.8]]), ("even", "odd"), fields=2)
    sent(panel, [*DIGITS[3], *(stroke + [[1], [0]] for stroke in DIGITS[8])])
    np.testing.assert_array_equal(pixels(panel), np.hstack([digit(DIGITS[3]), digit(DIGITS[8])]))
    assert "The network says odd, but only with 80 %; even has 20 %" in panel.words


def test_the_pen_of_the_keyboard_is_told() -> None:
    panel = widgets.Draw(sure_of(1))
    sent(panel, DIGITS[1], {"x": 0.5, "y": 0.99, "down": True})
    assert "The pen is down, in row 8, column 5 of 8." in panel.words


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"predict": lambda X: np.ones((3, 1))}, "predict gave (3, 1), but an array of shape (10, 1) is needed: one"),
        ({"predict": lambda X: None}, "predict gave NoneType"),
        ({"predict": lambda X: np.full((10, 1), np.nan)}, "no finite numbers"),
        ({"predict": lambda X: np.ones((10, 1))}, "no probabilities"),
        ({"predict": lambda X: 1 / 0}, "ZeroDivisionError"),
        ({"fields": 3}, "fields is 3"),
        ({"examples": np.ones((3, 9))}, "examples has shape (3, 9), but (64, m)"),
        ({"examples": np.full((64, 9), np.nan)}, "examples holds NaN or infinity"),
        ({"strokes": [np.ones((3, 9))]}, "A stroke has shape (3, 9)"),
        ({"strokes": [np.full((2, 9), np.inf)]}, "A stroke holds NaN or infinity"),
        ({"class_names": 3}, "class_names is 3, but"),
        ({"class_names": ["one"]}, "class_names is ['one'], but"),
    ],
)
def test_bad_arguments_are_told_in_a_sentence(arguments: dict, sentence: str) -> None:
    panel = widgets.Draw(**{"predict": sure_of(1)} | arguments)
    assert sentence in panel.problem


def test_a_broken_network_is_still_told_of_when_the_field_is_shown(monkeypatch) -> None:
    def broken(X):
        raise RuntimeError("of my own making")

    monkeypatch.setattr("helpers.widgets.panel.display", lambda *_, **__: None)
    panel = widgets.Draw(broken)
    panel._ipython_display_()
    assert panel.problem == "RuntimeError: of my own making"
    assert "in broken" in panel.details


def test_strokes_that_do_not_fit_together_change_nothing() -> None:
    panel = widgets.Draw(sure_of(1))
    before = panel.words
    panel._handle_custom_msg({"counts": [5]}, [memoryview(np.zeros(4, "<f4").tobytes())])
    assert "do not fit together" in panel.problem
    assert panel.words == f"As it was before the error: {before}"
    sent(panel, DIGITS[1])
    assert panel.problem == ""
    assert panel.words.startswith("The network says 1")


def test_leaves_a_still_picture() -> None:
    assert widgets.Draw(sure_of(1)).still()[:4] == b"\x89PNG"
