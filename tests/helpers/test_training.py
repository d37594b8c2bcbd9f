"""Does training do what its formulas say, step by step, and say so when it cannot go on?"""

from functools import partial
from itertools import chain

import numpy as np
import pytest
import torch

from helpers import batches, network, optimizers, regularization, schedules, training


def problem(rng, n_x=3, m=40, dtype=np.float64):
    X = rng.normal(size=(n_x, m)).astype(dtype)
    return X, (X.sum(axis=0, keepdims=True) > 0).astype(dtype)


def copies(parameters):
    return {name: value.copy() for name, value in parameters.items()}


def test_equals_the_plain_functions_step_by_step():
    rng = np.random.default_rng()
    X, Y = problem(rng)
    parameters = network.initialize([3, 4, 2, 1], rng)
    start, costs = copies(parameters), []
    result = training.train(X, Y, parameters, learning_rate=0.5, steps=25, hidden="tanh")
    expected = start
    for _ in range(25):
        _, caches = network.forward(X, expected, "tanh")
        costs.append(network.cost(Y, caches))
        expected = optimizers.gradient_descent(expected, network.backward(Y, caches), 0.5)
    np.testing.assert_allclose(result.costs, costs, rtol=1e-12)
    for name, value in expected.items():
        np.testing.assert_allclose(result.parameters[name], value, rtol=1e-11, atol=1e-13)
        np.testing.assert_array_equal(parameters[name], start[name])  # the caller's start stays


def test_agrees_with_torch_after_a_hundred_steps():
    rng = np.random.default_rng()
    X, Y = problem(rng)
    parameters = network.initialize([3, 5, 1], rng)
    result = training.train(X, Y, parameters, learning_rate=0.3, steps=100, hidden="tanh")
    p = {name: torch.from_numpy(value.copy()).requires_grad_() for name, value in parameters.items()}
    sgd = torch.optim.SGD(p.values(), lr=0.3)
    X_torch, Y_torch = torch.from_numpy(X), torch.from_numpy(Y)
    for _ in range(100):
        sgd.zero_grad()
        Z = p["W2"] @ torch.tanh(p["W1"] @ X_torch + p["b1"]) + p["b2"]
        torch.nn.functional.binary_cross_entropy_with_logits(Z, Y_torch).backward()
        sgd.step()
    for name, value in p.items():
        np.testing.assert_allclose(result.parameters[name], value.detach().numpy(), rtol=1e-10, atol=1e-12)


def plain_loop(X, Y, parameters, rule, rates, l2=0.0, masks=None, hidden="tanh"):
    """Training written with the pure functions alone: what `train` must come to."""
    state = {}
    for alpha in rates:
        caches = network.forward(X, parameters, hidden, **(masks or {}))[1]
        grads = regularization.l2_backward(parameters, network.backward(Y, caches), l2, X.shape[1])
        parameters, state = rule(parameters, grads, state, alpha)
    return parameters


@pytest.mark.parametrize("name", [*optimizers.OPTIMIZERS])
def test_every_way_equals_the_pure_functions(name):
    rng = np.random.default_rng()
    X, Y = problem(rng)
    parameters = network.initialize([3, 5, 4, 1], rng)
    schedule = schedules.exponential(0.1, 0.5, every=10)
    seed = int(rng.integers(1000))
    result = training.train(
        X, Y, parameters, learning_rate=schedule, steps=20, hidden="tanh", optimizer=name, l2=0.3, keep_prob=0.7,
        rng=np.random.default_rng(seed),
    )  # fmt: skip
    expected = plain_loop(
        X, Y, parameters, optimizers.OPTIMIZERS[name], [schedule(k) for k in range(20)], 0.3,
        {"keep_prob": 0.7, "rng": np.random.default_rng(seed)},
    )  # fmt: skip
    for key, value in expected.items():
        np.testing.assert_allclose(result.parameters[key], value, rtol=1e-9, atol=1e-11)


def test_mini_batches_equal_the_pure_functions_on_the_same_batches():
    rng = np.random.default_rng()
    X, Y = problem(rng, m=23)
    parameters, seed = network.initialize([3, 5, 1], rng), int(rng.integers(1000))
    result = training.train(
        X, Y, parameters, learning_rate=0.1, steps=9, batch_size=10, rng=np.random.default_rng(seed), optimizer="adam"
    )
    expected, state, shuffles = parameters, {}, np.random.default_rng(seed)
    for _ in range(3):  # three passes of three batches, the last one of three columns
        for X_batch, Y_batch in batches.minibatches(X, Y, 10, shuffles):
            grads = network.backward(Y_batch, network.forward(X_batch, expected)[1])
            expected, state = optimizers.adam(expected, grads, state, 0.1)
    for name, value in expected.items():
        np.testing.assert_allclose(result.parameters[name], value, rtol=1e-9, atol=1e-11)


def test_an_optimizer_may_come_with_settings_of_its_own():
    rng = np.random.default_rng()
    X, Y = problem(rng)
    parameters, rule = network.initialize([3, 2, 1], rng), partial(optimizers.momentum, beta=0.3)
    result = training.train(X, Y, parameters, learning_rate=0.2, steps=9, hidden="tanh", optimizer=rule)
    expected = plain_loop(X, Y, parameters, rule, [0.2] * 9)
    np.testing.assert_allclose(result.parameters["W1"], expected["W1"], rtol=1e-10)


def test_adam_on_a_network_with_weight_decay_agrees_with_torch():
    """PyTorch's weight decay λ / m on the weights is our L2; ten classes, a softmax and mini-batches of all columns."""
    rng = np.random.default_rng()
    X, classes = rng.normal(size=(6, 50)), rng.integers(0, 4, 50)
    parameters = network.initialize([6, 8, 4], rng)
    result = training.train(
        X, np.eye(4)[:, classes], parameters, learning_rate=0.01, steps=60, output="softmax", optimizer="adam", l2=0.5
    )
    p = {name: torch.from_numpy(value.copy()).requires_grad_() for name, value in parameters.items()}
    groups = [
        {"params": [p["W1"], p["W2"]], "weight_decay": 0.5 / 50},
        {"params": [p["b1"], p["b2"]], "weight_decay": 0},
    ]
    adam = torch.optim.Adam(groups, lr=0.01)
    for k in range(60):
        adam.zero_grad()
        Z = p["W2"] @ torch.relu(p["W1"] @ torch.from_numpy(X) + p["b1"]) + p["b2"]
        J = torch.nn.functional.cross_entropy(Z.T, torch.from_numpy(classes))
        penalty = 0.5 / (2 * 50) * sum((p[name] ** 2).sum() for name in ("W1", "W2"))
        assert result.costs[k] == pytest.approx((J + penalty).item(), rel=1e-9)
        J.backward()
        adam.step()
    for name, tensor in p.items():
        np.testing.assert_allclose(result.parameters[name], tensor.detach().numpy(), rtol=1e-8, atol=1e-10)


def test_the_penalty_of_l2_does_not_depend_on_the_batch_size():
    """λ / m counts all examples: from the same point, batches of 10 and of 40 pull the weights alike."""
    X, Y = np.zeros((3, 40)), np.full((1, 40), 0.5)
    parameters = {"W1": np.ones((1, 3)), "b1": np.zeros((1, 1))}
    ends = [
        training.train(
            X, Y, parameters, learning_rate=0.5, steps=4, output="identity", l2=2.0, batch_size=size,
            rng=np.random.default_rng(),
        ).parameters["W1"]
        for size in (10, 40)
    ]  # fmt: skip
    np.testing.assert_allclose(ends[0], ends[1])
    np.testing.assert_allclose(ends[0], (1 - 0.5 * 2 / 40) ** 4)


def test_dropout_leaves_the_start_and_the_caller_s_generator_alone_when_it_is_off():
    rng = np.random.default_rng(3)
    X, Y = problem(np.random.default_rng())
    training.train(X, Y, network.initialize([3, 1], np.random.default_rng()), learning_rate=0.1, steps=3, rng=rng)
    assert rng.random() == np.random.default_rng(3).random()


def test_mini_batches_see_every_example_once_a_pass_with_its_own_label(monkeypatch):
    m, seen = 10, []
    X = np.arange(m, dtype=float).reshape(1, m)
    Y = (X % 2 == 0).astype(float)
    plain = training.Step.__call__

    def watched(self, X_batch, Y_batch):
        np.testing.assert_array_equal(Y_batch, X_batch % 2 == 0)
        seen.append(X_batch.ravel().tolist())
        return plain(self, X_batch, Y_batch)

    monkeypatch.setattr(training.Step, "__call__", watched)
    parameters = network.initialize([1, 1], np.random.default_rng())
    training.train(X, Y, parameters, learning_rate=0.01, steps=6, batch_size=4, rng=np.random.default_rng())
    assert [len(batch) for batch in seen] == [4, 4, 2, 4, 4, 2]
    first, second = [*chain(*seen[:3])], [*chain(*seen[3:])]
    assert sorted(first) == sorted(second) == list(range(m))
    assert first != second  # two orders of ten agree once in 3.6 million times


def test_mini_batches_learn_and_repeat_with_the_same_seed():
    rng = np.random.default_rng(3)
    X, Y = problem(rng, m=200)
    parameters = network.initialize([3, 4, 1], rng)
    runs = [
        training.train(
            X, Y, parameters, learning_rate=0.5, steps=300, batch_size=32, rng=np.random.default_rng(1)
        ).parameters
        for _ in range(2)
    ]
    for name in parameters:
        np.testing.assert_array_equal(runs[0][name], runs[1][name])
    assert (network.classify(X, runs[0]) == Y).mean() > 0.95


def test_records_every_kth_cost_and_hands_out_copies():
    rng = np.random.default_rng()
    X, Y = problem(rng)
    kept = []
    result = training.train(
        X,
        Y,
        network.initialize([3, 1], rng),
        learning_rate=0.1,
        steps=7,
        record_every=3,
        callback=lambda step, parameters, cost: kept.append((step, parameters, cost)),
    )
    assert result.steps.tolist() == [0, 3, 6]
    assert [step for step, _, _ in kept] == [0, 3, 6]
    assert result.costs.tolist() == [cost for _, _, cost in kept]
    for _, parameters, cost in kept:  # each holds the parameters of its own moment
        assert network.cost(Y, network.forward(X, parameters)[1]) == pytest.approx(cost, rel=1e-12)


def test_progress_wraps_the_steps():
    X, Y = problem(np.random.default_rng())
    seen = []

    def progress(steps):
        for step in steps:
            seen.append(step)
            yield step

    training.train(
        X, Y, network.initialize([3, 1], np.random.default_rng()), learning_rate=0.1, steps=4, progress=progress
    )
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_stays(dtype):
    rng = np.random.default_rng()
    X, Y = problem(rng, dtype=dtype)
    result = training.train(X, Y, network.initialize([3, 2, 1], rng, dtype=dtype), learning_rate=0.1, steps=5)
    assert {value.dtype for value in result.parameters.values()} == {np.dtype(dtype)}


def test_whole_number_data_is_welcome():
    result = training.train(
        np.array([[0, 1, 2, 3]]), np.array([[0, 0, 1, 1]]), network.initialize([1, 1], np.random.default_rng()),
        learning_rate=0.5, steps=20,
    )  # fmt: skip
    assert result.costs[-1] < result.costs[0]


def test_divergence_is_told_in_a_sentence_and_keeps_the_costs():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(3, 20))
    with pytest.raises(training.DivergenceError, match="the cost is no longer a finite number") as e:
        training.train(X, X[:1], network.initialize([3, 4, 1], rng), learning_rate=1e6, steps=500, output="identity")
    assert len(e.value.costs) == len(e.value.steps) > 0
    assert np.isfinite(e.value.costs).all()


def test_divergence_between_records_is_found_too():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(3, 20))
    with pytest.raises(training.DivergenceError):
        training.train(
            X, X[:1], network.initialize([3, 4, 1], rng),
            learning_rate=1e6, steps=400, output="identity", record_every=399,
        )  # fmt: skip


def test_a_saturated_start_is_no_divergence():
    X = np.array([[1000.0, -1000.0]])
    result = training.train(
        X, np.array([[0.0, 1.0]]), {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}, learning_rate=1e-6, steps=3
    )
    assert result.costs[0] == 1000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"learning_rate": 0}, "learning_rate is 0"),
        ({"learning_rate": -0.1}, "learning_rate is -0.1"),
        ({"steps": 0}, "steps is 0"),
        ({"steps": 2.5}, "steps is 2.5"),
        ({"record_every": 0}, "record_every is 0"),
        ({"batch_size": 4}, "rng is None"),
        ({"keep_prob": 0.5}, "rng is None, but units are dropped"),
        ({"keep_prob": 0}, "keep_prob is 0"),
        ({"l2": -1}, "l2 is -1"),
        (
            {"optimizer": "newton"},
            "optimizer is 'newton', but one of 'gradient_descent', 'momentum', 'rmsprop', 'adam'",
        ),
        ({"learning_rate": lambda k: 0.1 - 0.1 * k}, r"learning_rate\(1\) is 0"),
        ({"batch_size": 0, "rng": np.random.default_rng()}, "batch_size is 0"),
        ({"hidden": "swish"}, "hidden is 'swish'"),
        ({"Y": np.zeros((1, 41))}, r"Y has shape \(1, 41\)"),
        ({"Y": np.full((1, 40), 2.0)}, "holds 2.0"),
        ({"X": np.zeros((4, 40))}, "W1 has shape"),
        ({"X": np.full((3, 40), np.nan)}, "X of shape .* holds nan"),
    ],
)
def test_bad_input_is_named(change, said):
    X, Y = problem(np.random.default_rng())
    arguments = {
        "X": X,
        "Y": Y,
        "parameters": network.initialize([3, 1], np.random.default_rng()),
        "learning_rate": 0.1,
        "steps": 2,
    }
    with pytest.raises(ValueError, match=said):
        training.train(**(arguments | change))
