"""Does gradient descent go downhill by the learning rate, and leave its arguments alone?"""

import numpy as np
import pytest

from helpers.optimizers import gradient_descent


def test_one_step_by_hand():
    parameters = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}
    grads = {"dW1": np.array([[10.0, -10.0]]), "db1": np.array([[1.0]])}
    updated = gradient_descent(parameters, grads, 0.1)
    np.testing.assert_allclose(updated["W1"], [[0.0, 3.0]])
    np.testing.assert_allclose(updated["b1"], [[2.9]])
    np.testing.assert_array_equal(parameters["W1"], [[1.0, 2.0]])
    np.testing.assert_array_equal(grads["dW1"], [[10.0, -10.0]])


def test_float32_stays():
    ones = np.ones((1, 1), np.float32)
    assert gradient_descent({"W1": ones, "b1": ones}, {"dW1": ones, "db1": ones}, 0.1)["W1"].dtype == np.float32


@pytest.mark.parametrize(
    ("grads", "learning_rate", "said"),
    [
        ({"dW1": np.ones((1, 2))}, 0.1, "grads has no db1"),
        ({"dW1": np.ones((2, 1)), "db1": np.ones((1, 1))}, 0.1, r"dW1 has shape \(2, 1\)"),
        ({"dW1": np.full((1, 2), np.nan), "db1": np.ones((1, 1))}, 0.1, "dW1 of shape .* holds nan"),
        ({"dW1": np.ones((1, 2)), "db1": np.ones((1, 1))}, 0, "learning_rate is 0"),
        ({"dW1": np.ones((1, 2)), "db1": np.ones((1, 1))}, float("nan"), "learning_rate is nan"),
        ({"dW1": np.ones((1, 2)), "db1": np.ones((1, 1))}, "0.1", "learning_rate is '0.1'"),
    ],
)
def test_bad_input_is_named(grads, learning_rate, said):
    with pytest.raises(ValueError, match=said):
        gradient_descent({"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}, grads, learning_rate)
