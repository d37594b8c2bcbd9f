"""Does each interactive keep what all of them promise?"""

import numpy as np
import pytest

from benchmarks.widgets import INTERACTIVES, change
from helpers import widgets
from helpers.widgets.panel import Panel

EXPORTED = {name for name in widgets.__all__ if isinstance(getattr(widgets, name), type)}


def test_each_is_measured() -> None:
    assert {type(make()).__name__ for make in INTERACTIVES.values()} == EXPORTED


@pytest.mark.parametrize("make", list(INTERACTIVES.values()), ids=list(INTERACTIVES))
def test_survives_whatever_is_set_and_tells_it_in_words(make) -> None:
    panel, rng = make(), np.random.default_rng(1)
    assert isinstance(panel, Panel)
    told = set()
    for _ in range(30):
        change(panel, rng)
        told.add(panel.words)
        assert len(panel.alt.split()) >= 3
    assert len(told) > 1
    for control in panel.controls:
        assert control["label"]
        if control["kind"] == "button":
            panel._handle_custom_msg({"press": control["name"]}, [])
            assert panel.problem == ""
