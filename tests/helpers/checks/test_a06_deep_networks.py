"""Are the references of assignment 06 right by other means, and do the messages say what the learner needs?"""

import numpy as np
import pytest
import torch

from helpers import checks, network
from helpers.checks import a06_deep_networks as a06
from helpers.checks import registry
from helpers.checks.a03_one_neuron import neuron_backward, neuron_forward

SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loops_agree_with_pytorch_at_every_depth(seed):
    depths = set()
    for X, Y, parameters in a06.network_cases(np.random.default_rng(seed)):
        leaves = {name: torch.tensor(array, requires_grad=True) for name, array in parameters.items()}
        A, L = torch.tensor(X), len(parameters) // 2
        for l in range(1, L + 1):
            Z = leaves[f"W{l}"] @ A + leaves[f"b{l}"]
            A = torch.sigmoid(Z) if l == L else torch.relu(Z)
        J = torch.nn.functional.binary_cross_entropy(A, torch.tensor(Y, dtype=torch.float64))
        J.backward()
        AL, caches = a06.model_forward(X, parameters)
        grads = a06.model_backward(AL, Y, caches)
        np.testing.assert_allclose(AL, A.detach().numpy(), rtol=1e-12)
        assert a06.cross_entropy(AL, Y) == pytest.approx(J.item(), rel=1e-12)
        for name, leaf in leaves.items():
            np.testing.assert_allclose(grads[f"d{name}"], leaf.grad.numpy(), rtol=1e-9, atol=1e-13)
        depths.add(L)
    assert depths == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("name", a06.NAMES)
def test_the_activations_agree_with_pytorch(name):
    Z = torch.tensor(np.random.default_rng(0).normal(scale=3, size=(4, 6)), requires_grad=True)
    dA = np.random.default_rng(1).normal(size=(4, 6))
    A = getattr(torch, name)(Z)
    A.backward(torch.tensor(dA))
    np.testing.assert_allclose(a06.activation_forward(Z.detach().numpy(), name)[0], A.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(
        a06.activation_backward(dA, Z.detach().numpy(), name), Z.grad.numpy(), rtol=1e-9, atol=1e-13
    )


def test_the_network_is_the_one_of_the_helpers():
    for X, Y, parameters in a06.network_cases(np.random.default_rng(3)):
        AL, caches = a06.model_forward(X, parameters)
        AL_too, caches_too = network.forward(X, parameters)
        np.testing.assert_array_equal(AL, AL_too)
        ours, theirs = a06.model_backward(AL, Y, caches), network.backward(Y.astype(float), caches_too)
        for name, slope in theirs.items():
            np.testing.assert_allclose(ours[name], slope, rtol=1e-12, atol=1e-15)


def test_with_one_layer_it_is_the_neuron_of_assignment_03():
    rng = np.random.default_rng(4)
    X, Y, parameters = a06.alive(rng, [3, 1], 5)
    AL, caches = a06.model_forward(X, parameters)
    np.testing.assert_array_equal(AL, neuron_forward(X, parameters))
    for name, slope in neuron_backward(X, AL, Y).items():
        np.testing.assert_allclose(a06.model_backward(AL, Y, caches)[name], slope, rtol=1e-12)


def test_every_case_lets_a_slope_through_to_each_layer():
    for seed in SEEDS:
        for X, Y, parameters in a06.network_cases(np.random.default_rng(seed)):
            assert a06.is_alive(X, Y, parameters)


@pytest.mark.parametrize(("at_zero", "cause"), [(1, "relu-slope-one-at-zero"), (0.5, "relu-slope-half-at-zero")])
def test_the_slope_of_a_relu_at_its_kink_is_the_one_that_the_task_takes(at_zero, cause):
    def slope(Z):
        return np.where(Z == 0, at_zero, Z > 0)

    wrong = {
        "06-activation-backward": a06.slope_with(relu=slope),
        "06-layer-backward": a06.layer_backward_with(step=a06.slope_with(relu=slope)),
        "06-model-backward": a06.model_backward_with(slope=slope),
    }
    for exercise_id, function in wrong.items():
        assert checks.run(exercise_id, function, watch=False).diagnosis == cause


def test_a_message_names_the_place_inside_a_cache():
    def forward(A_prev, W, b, activation):
        Z = W @ A_prev + b
        return a06.VALUES[activation](Z), ((A_prev, W, b), Z + 1)

    report = checks.run("06-layer-forward", forward, seed=0, watch=False)
    assert "cache[1][0, 0]" in report.message


def test_a_depth_written_into_the_code_shows():
    def forward(X, parameters):
        A1, first = a06.layer_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, second = a06.layer_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        return A2, [first, second]

    report = checks.run("06-model-forward", forward, seed=0, watch=False)
    assert report.diagnosis == "two-layers-only"
    assert "written out for two layers" in report.message


def test_the_points_are_those_the_notebook_states():
    assert sum(exercise.points for exercise in registry.of_assignment("06").values()) == 18
