"""Does the drawing have a circle for each unit and a line for each weight?"""

from itertools import pairwise

import matplotlib.pyplot as plt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Circle

from helpers import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@given(st.lists(st.integers(1, 8), min_size=2, max_size=4))
def test_a_circle_for_each_unit_and_a_line_for_each_weight(sizes: list[int]) -> None:
    ax = plots.network_diagram(sizes)
    assert sum(isinstance(patch, Circle) for patch in ax.patches) == sum(sizes)
    assert len(ax.lines) == sum(a * b for a, b in pairwise(sizes))
    plt.close("all")


def test_large_layers_are_cut_short_and_say_so() -> None:
    ax = plots.network_diagram([64, 3])
    texts = [text.get_text() for text in ax.texts]
    assert "⋮" in texts
    assert "input\n64" in texts
    assert sum(isinstance(patch, Circle) for patch in ax.patches) < 3 + 8


def test_columns_carry_their_titles() -> None:
    texts = [text.get_text() for text in plots.network_diagram([2, 1], titles=("bill", "species")).texts]
    assert texts == ["bill", "species"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(([2],), "at least two sizes"), (([2, 0],), "1 or more"), (([2, 1], ("a",)), "1 entries, but there are 2")],
)
def test_says_what_is_wrong(arguments, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        plots.network_diagram(*arguments)
