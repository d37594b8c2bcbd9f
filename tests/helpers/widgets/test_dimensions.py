"""Do the dimensions that are shown hold for a network that really runs?"""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import network, widgets
from helpers.widgets.dimensions import HIDDEN, MOST_EXAMPLES, MOST_UNITS
from helpers.widgets.dimensions_picture import FOOT, HEIGHT, WIDTH, scale_and_columns, subscript
from helpers.widgets.network_shapes import shapes_wanted

SIZES = st.lists(st.integers(1, MOST_UNITS), min_size=2, max_size=7)
M = st.integers(1, MOST_EXAMPLES)


@pytest.fixture(scope="module")
def panel() -> widgets.Dimensions:
    return widgets.Dimensions()


def choose(panel: widgets.Dimensions, sizes: list[int], m: int, layer: int) -> None:
    L = len(sizes) - 1
    units = {"n0": sizes[0], **dict(zip(HIDDEN, sizes[1:-1], strict=False)), "nL": sizes[-1]}
    panel.values = {**panel.values, **units, "L": L, "m": m, "layer": layer}
    assert panel.problem == ""


@settings(deadline=None, max_examples=8)
@given(sizes=SIZES, m=M, data=st.data())
def test_words_tell_the_shapes_of_the_arrays(panel, sizes: list[int], m: int, data) -> None:
    l = data.draw(st.integers(1, len(sizes) - 1))
    choose(panel, sizes, m, l)
    parameters = network.initialize(sizes, np.random.default_rng(0))
    A, caches = network.forward(np.ones((sizes[0], m)), parameters)
    cache, s = caches[l - 1], subscript(l)
    grads = network.backward(np.zeros_like(A) if sizes[-1] == 1 else np.round(A), caches)
    assert f"W{s} is {cache.W.shape}" in panel.words
    assert f"b{s} is {parameters[f'b{l}'].shape}" in panel.words
    assert f"is {cache.W.shape} times {cache.A_prev.shape}" in panel.words
    assert f"Z{s} and A{s} are {cache.Z.shape}" in panel.words
    assert f"dW{s} is {grads[f'dW{l}'].shape}, db{s} {grads[f'db{l}'].shape}" in panel.words


@settings(deadline=None, max_examples=8)
@given(sizes=SIZES, m=M)
def test_numbers_are_counted(panel, sizes: list[int], m: int) -> None:
    choose(panel, sizes, m, 1)
    parameters = network.initialize(sizes, np.random.default_rng(0))
    _, caches = network.forward(np.ones((sizes[0], m)), parameters)
    kept = [c.A_prev.size + c.W.size + c.Z.size for c in caches]
    assert f"{kept[0]:,} numbers in this layer, {sum(kept):,} in all" in panel.words
    assert f"{sum(array.size for array in parameters.values()):,} numbers, whatever m is" in panel.words


@settings(deadline=None)
@given(sizes=SIZES, m=M)
def test_every_picture_fits_its_paper(sizes: list[int], m: int) -> None:
    layers = shapes_wanted(sizes, m)
    scale, columns = scale_and_columns(layers)
    assert scale > 0.3
    assert sum(columns.values()) < WIDTH
    assert scale * sum(max(s[0] for s in shapes.values()) for shapes in layers) < HEIGHT - FOOT
    for name, width in columns.items():
        assert scale * max(shapes[name][1] for shapes in layers) <= width + 1e-9


def test_the_lesson_s_network() -> None:
    panel = widgets.Dimensions([128, 20, 7, 5, 1])
    assert "2,580 + 147 + 40 + 6 = 2,773 numbers" in panel.words
    assert [c["name"] for c in panel.controls] == ["L", "m", "layer", "n0", "h1", "h2", "h3", "nL"]


def test_fewer_layers_have_fewer_sliders_and_sizes_come_back(panel) -> None:
    choose(panel, [4, 3, 2, 1], 10, 3)
    panel.values = {**panel.values, "L": 1}
    assert [c["name"] for c in panel.controls] == ["L", "m", "layer", "n0", "nL"]
    assert "Layer 1: 1 unit that reads 4 numbers" in panel.words, "the layer looked at no longer exists"
    assert panel.values["layer"] == 1, "or the slider would say 3"
    panel.values = {**panel.values, "L": 3}
    assert "2 numbers" in panel.words
    assert re.search(r"15 \+ 8 \+ 3 = 26", panel.words)


@pytest.mark.parametrize(
    ("sizes", "m", "sentence"),
    [
        ([3], 4, "a list of 2 to 7 sizes is needed"),
        (5, 4, "layer_sizes is 5, but a list of 2 to 7 sizes is needed"),
        (None, 4, "layer_sizes is None, but a list"),
        ([1] * 9, 4, "a list of 2 to 7 sizes is needed"),
        ([3, 0, 1], 4, "layer_sizes[1] is 0, but a whole number from 1 to 128 is needed"),
        ([3, 2.5, 1], 4, "layer_sizes[1] is 2.5"),
        ([3, 1], 0, "m is 0"),
        ([3, 1], float("nan"), "m is nan"),
    ],
)
def test_bad_sizes_give_a_sentence(sizes, m, sentence: str) -> None:
    panel = widgets.Dimensions(sizes, m)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def transposed(layer_sizes, rng):
    parameters = network.initialize(layer_sizes, rng)
    return parameters | {"W2": parameters["W2"].T}


def flat_bias(layer_sizes, rng):
    return {
        name: array[:, 0] if name[0] == "b" else array for name, array in network.initialize(layer_sizes, rng).items()
    }


def keeps_too_late(X, parameters):
    A, caches = network.forward(X, parameters)
    return A, [cache._replace(A_prev=cache.A) for cache in caches]


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        ({"initialize": transposed}, "W2 of shape (20, 7), but the checklist says (7, 20): a row for each unit"),
        ({"initialize": flat_bias}, "b1 of shape (20,), but the checklist says (20, 1)"),
        ({"initialize": lambda sizes, rng: None}, "initialize gave NoneType"),
        ({"initialize": lambda sizes, rng: {"W1": np.ones((20, 128))}}, "initialize gave no b1"),
        ({"forward": keeps_too_late}, "kept A_prev of shape (20, 40) in the cache of layer 1, but"),
        ({"forward": lambda X, p: network.forward(X, p)[0]}, "but two things are needed"),
        ({"forward": lambda X, p: (network.forward(X, p)[0].T, [])}, "A4 of shape (40, 1)"),
        ({"forward": lambda X, p: (network.forward(X, p)[0], [])}, "forward gave 0 caches"),
        ({"forward": lambda X, p: (network.forward(X, p)[0], [1] * 4)}, "a cache of layer 1 in which"),
        ({"forward": lambda X, p: 1 / 0}, "ZeroDivisionError"),
    ],
)  # fmt: skip
def test_a_learner_s_broken_function_is_told_of(functions, sentence: str) -> None:
    panel = widgets.Dimensions(**functions)
    assert sentence in panel.problem
    assert "Traceback" in panel.details


def test_functions_of_assignment_06_run_and_their_caches_are_read() -> None:
    asked = []

    def model_forward(X, parameters):
        asked.append(X.shape)
        A, caches = network.forward(X, parameters)
        return A, [((cache.A_prev, cache.W, None), cache.Z) for cache in caches]

    panel = widgets.Dimensions([5, 3, 1], 7, forward=model_forward)
    assert panel.problem == ""
    assert asked == [(5, 7)]
    panel.values = {**panel.values, "m": 9}
    assert asked[-1] == (5, 9)
