"""Is the clinic's small network the course's, are the candidates what they are said to be, and are the data fair?"""

import numpy as np
import pytest
import torch

from helpers import evaluation, gradient_check, network, training
from helpers.checks import a08_hyperparameters as a08
from helpers.checks import small_network

SIZES = ([2, 1], [2, 8, 1], [3, 4, 5, 1], [2, 3, 3])


def examples(rng, sizes, m=20):
    return rng.standard_normal((sizes[0], m)), rng.integers(0, 2, (sizes[-1], m)).astype(float)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_small_network_moves_as_the_courses_own(sizes):
    X, Y = examples(np.random.default_rng(1), sizes)
    start = small_network.start(np.random.default_rng(2), sizes)
    own = network.initialize(sizes, np.random.default_rng(2))
    assert all(np.array_equal(start[name], own[name]) for name in own)
    here = small_network.fit(X, Y, start, rate=0.3, steps=40)
    there = training.train(X, Y, own, learning_rate=0.3, steps=40).parameters
    for name in there:
        np.testing.assert_allclose(here[name], there[name], atol=1e-10)
    np.testing.assert_allclose(small_network.answer(X, here), network.predict(X, there), atol=1e-10)


def test_its_step_is_the_measured_slope_with_tanh_too():
    X, Y = examples(np.random.default_rng(3), [2, 4, 1])
    start = small_network.start(np.random.default_rng(4), [2, 4, 1])

    def cost(parameters):
        A = small_network.answer(X, parameters, small_network.TANH)
        return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

    moved = small_network.fit(X, Y, start, rate=1.0, steps=1, hidden=small_network.TANH)
    slopes = gradient_check.numerical_gradient(cost, start)
    for name in start:
        np.testing.assert_allclose(start[name] - moved[name], slopes[f"d{name}"], atol=1e-7)


def by_torch(dZ, A_prev, W):
    """The three derivatives as PyTorch finds them: for the input of the summed, for the others of the mean loss."""
    A, weights, b = (torch.tensor(array, requires_grad=True) for array in (A_prev, W, np.zeros((len(W), 1))))
    loss = (torch.tensor(dZ) * (weights @ A + b)).sum()
    dA, dW, db = torch.autograd.grad(loss, (A, weights, b))
    return dA.numpy(), dW.numpy() / dZ.shape[1], db.numpy() / dZ.shape[1]


def layer(seed, n=4, n_prev=3, m=7):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, m)), rng.standard_normal((n_prev, m)), rng.standard_normal((n, n_prev))


@pytest.mark.parametrize("right", a08.RIGHT, ids=lambda function: function.__name__)
def test_right_candidates_agree_with_pytorch(right):
    for got, want in zip(right(*layer(5)), by_torch(*layer(5))):
        assert got.shape == want.shape
        np.testing.assert_allclose(got, want, atol=1e-12)


def test_right_candidates_differ_in_the_last_digits():
    """Tests that allow for no rounding must not get through."""
    answers = [right(*layer(6, m=9)) for right in a08.RIGHT]
    for part in range(3):
        assert not all(np.array_equal(answer[part], answers[0][part]) for answer in answers)


def test_each_of_the_eight_bugs_is_one():
    wanted = by_torch(*layer(7))
    found = a08.bugs(np.random.default_rng(0))
    assert len(found) == 8
    for name, bug in found.items():
        got = bug(*layer(7))
        wrong = [g.shape != w.shape or not np.allclose(g, w) for g, w in zip(got, wanted)]
        assert sum(wrong) == 1, name


DRAWS = {
    "ring": a08.ring_patient,
    "images": a08.image_patient,
    "rays": a08.ray_patient,
    "leak": a08.leak_patient,
    "unscaled": a08.unscaled_patient,
    "raw ring": a08.raw_ring_patient,
    "large": a08.large_patient,
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_patients_have_fresh_examples_of_all_classes_in_equal_shares(draw):
    (X, Y, X_new, _), Y_new = draw(np.random.default_rng(8))
    assert X.shape[-1] == Y.shape[1] or X.shape[0] == Y.shape[1]
    for labels in (Y, Y_new):
        whole = labels.argmax(axis=0)[np.newaxis] if len(labels) > 1 else labels
        classes = max(2, len(labels))
        assert evaluation.majority_baseline(whole) <= 1 / classes + 0.03
    again = draw(np.random.default_rng(9))
    assert not np.array_equal(again[0][2], X_new)


def test_a_ring_can_not_be_learned_by_a_line():
    """Else a cure that only removes the layers would count as one."""
    for seed in range(5):
        (X, Y, X_new, own), Y_new = a08.ring_patient(np.random.default_rng(seed))
        line = small_network.fit(X, Y, small_network.start(own, [2, 1]), rate=1.0, steps=300)
        assert evaluation.accuracy(small_network.answer(X_new, line) > 0.5, Y_new) < 0.75
