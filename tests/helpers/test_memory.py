"""Is the same array handed out for the same name and shape, and nothing else shared?"""

import numpy as np

from helpers.memory import FRESH, Memory, one_vector


def test_the_same_request_gets_the_same_array():
    memory = Memory(np.float32)
    first = memory["Z", (2, 3)]
    assert first.dtype == np.float32
    assert first.shape == (2, 3)
    assert memory["Z", (2, 3)] is first
    assert memory["Z", (2, 4)] is not first
    assert memory["A", (2, 3)] is not first


def test_layers_have_arrays_of_their_own():
    memory = Memory(np.float64)
    assert memory[1]["Z", (1, 1)] is memory[1]["Z", (1, 1)]
    assert memory[1]["Z", (1, 1)] is not memory[2]["Z", (1, 1)]


def test_fresh_gives_nothing():
    assert FRESH["Z", (2, 3)] is None
    assert FRESH[3]["Z", (2, 3)] is None


def test_one_vector_moves_all_its_views():
    arrays = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}
    vector, views = one_vector(arrays)
    vector += 1
    np.testing.assert_array_equal(views["W1"], [[2.0, 3.0]])
    np.testing.assert_array_equal(views["b1"], [[4.0]])
    np.testing.assert_array_equal(arrays["W1"], [[1.0, 2.0]])
