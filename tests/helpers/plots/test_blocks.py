"""Has every layer its box forward, its box backward, its cache and its letters?"""

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import FancyBboxPatch

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("L", [1, 2, 5])
def test_each_layer_has_two_boxes_and_its_letters(L: int) -> None:
    ax = plots.layer_blocks(["ReLU"] * (L - 1) + ["sigmoid"])
    assert sum(isinstance(patch, FancyBboxPatch) for patch in ax.patches) == 2 * L
    texts = [text.get_text() for text in ax.texts]
    for l in range(1, L + 1):
        wanted = [f"$A_{l}$", f"$dA_{l}$", f"cache {l}", f"$dW_{l},\\, db_{l}$"]
        assert [text for text in wanted if texts.count(text) != 1] == []
    assert texts.count("$A_0 = X$") == texts.count("cost $J$") == 1


def test_forward_goes_right_and_backward_goes_left() -> None:
    ax = plots.layer_blocks(["ReLU", "sigmoid"])
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert places["$A_1$"][0] < places["$A_2$"][0]
    assert places["$A_1$"][1] > places["$dA_1$"][1]
    arrows = {tuple(text.xyann): tuple(text.xy) for text in ax.texts if getattr(text, "arrow_patch", None)}
    level = [(start, end) for start, end in arrows.items() if start[1] == end[1]]
    assert {end[0] > start[0] for start, end in level if start[1] > 1} == {True}
    assert {end[0] > start[0] for start, end in level if start[1] == 0} == {False}


def test_a_network_without_layers_is_refused() -> None:
    with pytest.raises(ValueError, match="one name for each layer"):
        plots.layer_blocks([])
