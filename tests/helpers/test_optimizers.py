"""Do the optimizers do what their formulas say, step by step beside PyTorch, and leave their arguments alone?"""

import copy
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import optimizers
from helpers.memory import Memory
from helpers.optimizers import OPTIMIZERS, adam, gradient_descent, momentum, rmsprop


def drawn(rng, scale=1.0):
    shapes = {"W1": (3, 4), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
    return {name: scale * rng.normal(size=shape) for name, shape in shapes.items()}


def gradients(rng, scale=1.0):
    return {f"d{name}": value for name, value in drawn(rng, scale).items()}


def test_one_step_by_hand():
    parameters = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}
    grads = {"dW1": np.array([[10.0, -10.0]]), "db1": np.array([[1.0]])}
    updated = gradient_descent(parameters, grads, 0.1)
    np.testing.assert_allclose(updated["W1"], [[0.0, 3.0]])
    np.testing.assert_allclose(updated["b1"], [[2.9]])
    np.testing.assert_array_equal(parameters["W1"], [[1.0, 2.0]])
    np.testing.assert_array_equal(grads["dW1"], [[10.0, -10.0]])


def test_two_steps_of_each_by_hand():
    """W = 1, gradients 2 and then -1, α = 0.1; every number below is from a sheet of paper."""
    W, b = np.array([[1.0]]), np.zeros((1, 1))
    first, second = ({"dW1": np.array([[g]]), "db1": b} for g in (2.0, -1.0))

    def after_two(rule):
        parameters, state = rule({"W1": W, "b1": b}, first, {}, 0.1)
        one = parameters["W1"].item()
        return one, rule(parameters, second, state, 0.1)[0]["W1"].item()

    # V = 0.2, then 0.08
    assert after_two(momentum) == pytest.approx((1 - 0.02, 1 - 0.02 - 0.008))
    # S = 0.4, then 0.46
    assert after_two(rmsprop) == pytest.approx((1 - 0.2 / 0.4**0.5, 1 - 0.2 / 0.4**0.5 + 0.1 / 0.46**0.5))
    # the first step of Adam is α long; then V = 0.08, V̂ = 0.08 / 0.19, S = 0.004996, Ŝ = 0.004996 / 0.001999
    second_step = 0.1 * (0.08 / 0.19) / (0.004996 / 0.001999) ** 0.5
    assert after_two(adam) == pytest.approx((0.9, 0.9 - second_step))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # Our V is (1 - β) times PyTorch's, whose first buffer is the gradient itself: the same with (1 - β) α for α.
        (momentum, lambda p, lr: torch.optim.SGD(p, lr * (1 - 0.9), momentum=0.9)),
        (partial(momentum, beta=0.5), lambda p, lr: torch.optim.SGD(p, lr * (1 - 0.5), momentum=0.5)),
        (partial(momentum, beta=0.0), lambda p, lr: torch.optim.SGD(p, lr)),
        (rmsprop, lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.9)),
        (partial(rmsprop, beta=0.99, epsilon=1e-3), lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.99, eps=1e-3)),
        (adam, lambda p, lr: torch.optim.Adam(p, lr)),
        (
            partial(adam, beta1=0.5, beta2=0.9, epsilon=1e-4),
            lambda p, lr: torch.optim.Adam(p, lr, betas=(0.5, 0.9), eps=1e-4),
        ),
        (OPTIMIZERS["gradient_descent"], lambda p, lr: torch.optim.SGD(p, lr)),
    ],
)
@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(-6, 2))
def test_agrees_with_pytorch_step_by_step(ours, theirs, seed, size):
    """In float64, 40 steps, with gradients of any size; a learning rate that changes on the way."""
    rng = np.random.default_rng(seed)
    parameters, state = drawn(rng), {}
    tensors = {name: torch.from_numpy(value.copy()).requires_grad_() for name, value in parameters.items()}
    optimizer = theirs(list(tensors.values()), 0.1)
    factor = optimizer.param_groups[0]["lr"] / 0.1
    for k in range(40):
        learning_rate = 0.1 / (1 + 0.1 * k)
        grads = gradients(rng, 10.0**size)
        parameters, state = ours(parameters, grads, state, learning_rate)
        optimizer.param_groups[0]["lr"] = learning_rate * factor
        for name, tensor in tensors.items():
            tensor.grad = torch.from_numpy(grads[f"d{name}"])
        optimizer.step()
        for name, tensor in tensors.items():
            np.testing.assert_allclose(parameters[name], tensor.detach().numpy(), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_arguments_stay_and_the_same_call_gives_the_same_answer(name):
    rng = np.random.default_rng()
    parameters, state = drawn(rng), {}
    for _ in range(3):
        parameters, state = OPTIMIZERS[name](parameters, gradients(rng), state, 0.1)
    arguments = (parameters, gradients(rng), state, 0.1)
    before = copy.deepcopy(arguments)
    first, second = (OPTIMIZERS[name](*arguments) for _ in range(2))
    np.testing.assert_equal(arguments, before)
    np.testing.assert_equal(first, second)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_training_loop_s_memory_changes_no_number(name):
    rng = np.random.default_rng()
    plain = in_place = drawn(rng)
    memory, plain_state, state = Memory(np.float64), {}, {}
    for _ in range(5):
        grads = gradients(rng)
        plain, plain_state = OPTIMIZERS[name](plain, grads, plain_state, 0.1)
        in_place, state = OPTIMIZERS[name](in_place, copy.deepcopy(grads), state, 0.1, memory=memory)
    for parameter, value in plain.items():
        np.testing.assert_array_equal(in_place[parameter], value)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_float32_stays(name):
    ones = np.ones((1, 1), np.float32)
    parameters, state = {"W1": ones, "b1": ones}, {}
    for _ in range(3):
        parameters, state = OPTIMIZERS[name](parameters, {"dW1": ones, "db1": ones}, state, 0.1)
    assert {value.dtype for value in parameters.values()} == {np.dtype(np.float32)}


@given(scale=st.floats(1e-3, 1e3), seed=st.integers(0, 2**32 - 1))
def test_adam_s_first_step_has_one_length_whatever_the_gradient(scale, seed):
    rng = np.random.default_rng(seed)
    parameters, grads = drawn(rng), {n: scale * (np.abs(g) + 0.1) for n, g in gradients(rng).items()}
    updated, _ = adam(parameters, grads, {}, 0.01)
    for name, value in parameters.items():
        np.testing.assert_allclose(value - updated[name], 0.01, rtol=1e-3)


def test_momentum_damps_a_gradient_that_swings_and_keeps_one_that_does_not():
    parameters = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}
    state, path = {}, []
    for k in range(200):
        grads = {"dW1": np.array([[(-1.0) ** k, 1.0]]), "db1": np.zeros((1, 1))}
        moved, state = momentum(parameters, grads, state, 1.0)
        path.append(parameters["W1"] - moved["W1"])
        parameters = moved
    swinging, steady = np.abs(path[-1]).ravel()
    assert swinging == pytest.approx(
        0.1 / 1.9, rel=1e-3
    )  # the running mean of 1, -1, 1, … comes to ± (1 - β) / (1 + β)
    assert steady == pytest.approx(1.0, rel=1e-3)


ONES = {"dW1": np.ones((1, 2)), "db1": np.ones((1, 1))}


@pytest.mark.parametrize(
    ("grads", "learning_rate", "said"),
    [
        ({"dW1": np.ones((1, 2))}, 0.1, "grads has no db1"),
        ({"dW1": np.ones((2, 1)), "db1": np.ones((1, 1))}, 0.1, r"dW1 has shape \(2, 1\)"),
        ({"dW1": np.full((1, 2), np.nan), "db1": np.ones((1, 1))}, 0.1, "dW1 of shape .* holds nan"),
        (ONES, 0, "learning_rate is 0"),
        (ONES, float("nan"), "learning_rate is nan"),
        (ONES, "0.1", "learning_rate is '0.1'"),
    ],
)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_bad_input_is_named(name, grads, learning_rate, said):
    with pytest.raises(ValueError, match=said):
        OPTIMIZERS[name]({"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}, grads, {}, learning_rate)


@pytest.mark.parametrize(
    ("rule", "settings", "said"),
    [
        ("momentum", {"beta": 1.0}, "beta is 1.0, but a number from 0 to below 1"),
        ("momentum", {"beta": -0.1}, "beta is -0.1"),
        ("rmsprop", {"beta": 1}, "beta is 1"),
        ("rmsprop", {"epsilon": 0}, "epsilon is 0"),
        ("adam", {"beta1": 1.5}, "beta1 is 1.5"),
        ("adam", {"beta2": None}, "beta2 is None"),
        ("adam", {"epsilon": -1e-8}, "epsilon is -1e-08"),
    ],
)
def test_bad_settings_are_named(rule, settings, said):
    with pytest.raises(ValueError, match=said):
        getattr(optimizers, rule)({"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}, ONES, {}, 0.1, **settings)
