"""Does the PyTorch of lesson 10 give the numbers of our own network? The lesson's own cells are run."""

import numpy as np
import torch

from tools import lessons

(LESSON,) = (path for path in lessons.lessons() if path.stem.startswith("10"))


def test_the_reading_cell_gives_our_numbers(capsys):
    wanted = ("imports", "torch-ours", "torch-theirs")
    cells = {cell.id: cell.source for cell in lessons.read(LESSON).cells}
    space: dict[str, object] = {}
    exec(cells["imports"] + "\ndigits = data.digits()", space)
    for name in wanted[1:]:
        exec(cells[name], space)
    model, ours = space["model"], space["ours"].parameters
    assert isinstance(model, torch.nn.Module)
    for theirs, name in zip(model.parameters(), ("W1", "b1", "W2", "b2"), strict=True):
        np.testing.assert_allclose(theirs.detach().numpy().reshape(ours[name].shape), ours[name], rtol=1e-7, atol=1e-9)
    lines = capsys.readouterr().out.splitlines()
    numbers = [float(line.split()[-1]) for line in lines]
    assert len(numbers) == 2
    np.testing.assert_allclose(*numbers, rtol=1e-9)
    assert numbers[0] < 0.1  # a hundred steps from 2.3: it has learned
