"""Are the references of assignment 04 right? PyTorch, SciPy and the course's own gradient check say so."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from helpers import checks, gradient_check
from helpers.checks import a04_computation_graphs as a04
from helpers.checks import draw


def tensor(array):
    return torch.tensor(np.asarray(array, dtype=float), requires_grad=True)


@pytest.mark.parametrize("seed", range(5))
def test_graph_agrees_with_pytorch_at_every_node(seed):
    rng = np.random.default_rng(seed)
    for p, q, r in a04.graph_cases(rng):
        nodes = {"p": tensor(p), "q": tensor(q), "r": tensor(r)}
        nodes["u"] = nodes["p"] * nodes["q"]
        nodes["v"] = nodes["u"] + nodes["r"]
        nodes["s"] = torch.sigmoid(nodes["v"])
        for name in "uvs":
            nodes[name].retain_grad()
        theirs = (nodes["p"] * nodes["s"]).sum()
        theirs.backward()
        J, cache = a04.graph_forward(p, q, r)
        np.testing.assert_allclose(J, theirs.item(), rtol=1e-12)
        for name in "uvs":
            np.testing.assert_allclose(cache[name], nodes[name].detach().numpy(), rtol=1e-12, atol=1e-300)
        for name, slope in a04.graph_backward(p, q, r, cache).items():
            np.testing.assert_allclose(slope, nodes[name[1:]].grad.numpy(), rtol=1e-9, atol=1e-12)


@given(st.integers(0, 10**6), st.integers(1, 6))
def test_the_polynomial_has_the_gradient_it_says_and_central_differences_the_error_that_taylor_gives(seed, n):
    rng = np.random.default_rng(seed)
    f, theta = a04.Polynomial(rng, n), draw.inputs(rng, n, 1)
    exact = f.gradient(theta)
    scipys = approx_fprime(theta.ravel(), lambda x: f(x.reshape(-1, 1)), 1e-7)
    np.testing.assert_allclose(exact.ravel(), scipys, rtol=1e-3, atol=1e-3)
    for epsilon in (0.3, 0.05):
        off = f.c * (epsilon**2 + (10 * theta**2 * epsilon**2 + epsilon**4) / 4)
        np.testing.assert_allclose(a04.numerical_gradient(f, theta, epsilon), exact + off, rtol=1e-8, atol=1e-8)


@given(st.integers(0, 10**6))
def test_parameters_survive_being_laid_out_and_agree_with_the_helper(seed):
    for parameters in a04.dicts_of_arrays(np.random.default_rng(seed)):
        theta = a04.flatten_parameters(parameters)
        np.testing.assert_array_equal(theta, gradient_check.flatten(parameters)[0])
        back = a04.unflatten_parameters(theta, {name: array.shape for name, array in parameters.items()})
        assert list(back) == list(parameters)
        for name, array in parameters.items():
            np.testing.assert_array_equal(back[name], array)


@given(st.integers(0, 10**6))
def test_errors_agree_with_the_helper(seed):
    rng = np.random.default_rng(seed)
    for a, b in a04.gradient_pairs(rng):
        assert a04.relative_error(a, b) == pytest.approx(gradient_check.relative_error({"dW1": a}, {"dW1": b}))
    for f, parameters, grads, epsilon in a04.check_cases(rng):
        numeric = gradient_check.numerical_gradient(f, parameters, epsilon)
        wanted = gradient_check.relative_error(grads, numeric)
        assert a04.gradient_check(f, parameters, grads, epsilon) == pytest.approx(wanted, rel=1e-6, abs=1e-10)


@pytest.mark.parametrize("seed", range(5))
def test_repaired_backward_pass_agrees_with_pytorch(seed):
    for X, Y, parameters, cache in a04.repair_cases(np.random.default_rng(seed)):
        theirs = {name: tensor(array) for name, array in parameters.items()}
        A1 = torch.sigmoid(theirs["W1"] @ torch.tensor(X) + theirs["b1"])
        Z2 = theirs["W2"] @ A1 + theirs["b2"]
        torch.nn.functional.binary_cross_entropy_with_logits(Z2, torch.tensor(Y.astype(float))).backward()
        for name, slope in a04.repair_backward(X, Y, parameters, cache).items():
            np.testing.assert_allclose(slope, theirs[name[1:]].grad.numpy(), rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("left", a04.STILL_THERE)
def test_only_all_four_repairs_earn_points_and_the_message_counts_what_is_left(left):
    report = checks.run("04-repair-backward", a04.STILL_THERE[left], seed=1)
    assert (report.passed, report.points, report.diagnosis) == (False, 0, left)
    n = len(left.split("-")) - 1
    told = {4: "All four bugs", 3: "Three of the four", 2: "Two of the four", 1: "Three bugs are gone, one is still"}[n]
    assert told in report.message
    for bug, symptom in {"slope": "flat there", "input": "never multiplied", "mean": "twice", "axis": "share"}.items():
        assert (symptom in report.message) is (bug in left.split("-"))
