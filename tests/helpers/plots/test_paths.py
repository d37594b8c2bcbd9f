"""Are the steps of an optimizer drawn where they are?"""

import numpy as np
import pytest

from helpers import plots

LIMITS = ((-2, 2), (-1, 1))


def bowl(w1, w2):
    return w1**2 + w2**2


def test_each_path_is_a_line_with_its_name_and_a_mark_of_its_own():
    paths = {"straight": np.array([[1.0, 0.5, 0.0], [0.5, 0.2, 0.0]]), "other": np.array([[-1.0, 0.0], [0.0, 0.0]])}
    ax = plots.descent_paths(bowl, paths, LIMITS)
    for line, (name, path) in zip(ax.lines, paths.items(), strict=True):
        assert line.get_label() == name
        np.testing.assert_array_equal(line.get_xydata().T, path)
    assert len({line.get_marker() for line in ax.lines}) == 2
    assert ax.get_xlim() == LIMITS[0]
    assert len(ax.collections) >= 1


def test_a_path_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"'wide' has shape \(3, 2\)"):
        plots.descent_paths(bowl, {"wide": np.zeros((3, 2))}, LIMITS)
