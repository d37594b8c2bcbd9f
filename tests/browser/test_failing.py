"""Does an interactive that fails at once show the error and nothing that is dead, empty or without a name?"""

import pytest

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
CELLS = (
    'from helpers import widgets\ndef broken(*_, **__): raise RuntimeError("my own bug")\nwidgets.Draw(broken)',
    "widgets.SpikingNeuron(step=broken)",
    "names = ('initialize_deep', 'model_forward', 'model_backward', 'update_parameters')\n"
    "widgets.Playground(dict.fromkeys(names, broken))",
    "widgets.Loss(cost=broken)",
)


def test_the_learner_s_error_stands_alone(scratch, screenshot) -> None:
    notebook = scratch(*CELLS)
    panels = list(notebook.interactives())
    assert len(panels) == len(CELLS)
    for one in panels:
        assert "my own bug" in one.problem
        assert one.picture.is_hidden()
        assert one.panel.locator("canvas:visible, img:visible").count() == 0
    draw, neuron, playground, loss = panels
    # A change may mend what failed as it was drawn; nothing mends what was refused.
    assert draw.controls() == ["turn", "prepared", "undo", "clear"]
    assert "current" in neuron.controls()
    assert playground.panel.locator("button:visible, input:visible, select:visible").count() == 0
    assert loss.controls() == []
    assert browser.serious(notebook.page) == []
    screenshot(notebook.panel, "failing")
