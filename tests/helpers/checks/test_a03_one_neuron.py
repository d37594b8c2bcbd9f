"""Are the references of assignment 03 right? PyTorch, SciPy and central differences say so."""

import numpy as np
import pytest
import torch
from scipy.stats import binomtest

from helpers import checks, gradient_check
from helpers.checks import a03_one_neuron as a03
from helpers.checks import draw


def tensors(parameters):
    return {name: torch.tensor(array, requires_grad=True) for name, array in parameters.items()}


@pytest.fixture(params=range(5))
def case(request):
    rng = np.random.default_rng(request.param)
    n_x, m = list(draw.shapes(rng))[-1 - request.param]
    return draw.inputs(rng, n_x, m), draw.labels(rng, m).astype(float), draw.layers(rng, [n_x, 1])


def test_forward_cost_and_gradients_agree_with_pytorch(case):
    X, Y, parameters = case
    theirs = tensors(parameters)
    Z = theirs["W1"] @ torch.tensor(X) + theirs["b1"]
    J = torch.nn.functional.binary_cross_entropy_with_logits(Z, torch.tensor(Y))
    J.backward()
    A = a03.neuron_forward(X, parameters)
    np.testing.assert_allclose(A, torch.sigmoid(Z).detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(a03.logistic_cost(A, Y), J.item(), rtol=1e-10)
    grads = a03.neuron_backward(X, A, Y)
    np.testing.assert_allclose(grads["dW1"], theirs["W1"].grad.numpy(), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(grads["db1"], theirs["b1"].grad.numpy(), rtol=1e-9, atol=1e-12)


def test_gradients_agree_with_central_differences(case):
    X, Y, parameters = case

    def cost(moved):
        return a03.logistic_cost(a03.neuron_forward(X, moved), Y)

    grads = a03.neuron_backward(X, a03.neuron_forward(X, parameters), Y)
    numeric = gradient_check.numerical_gradient(cost, parameters)
    assert gradient_check.relative_error(grads, numeric) < 1e-7


def test_training_agrees_with_pytorch(case):
    X, Y, _ = case
    theirs = tensors({"W1": np.zeros((1, len(X))), "b1": np.zeros((1, 1))})
    optimizer = torch.optim.SGD(theirs.values(), lr=0.3)
    costs = []
    for _ in range(20):
        optimizer.zero_grad()
        Z = theirs["W1"] @ torch.tensor(X) + theirs["b1"]
        J = torch.nn.functional.binary_cross_entropy_with_logits(Z, torch.tensor(Y))
        J.backward()
        costs.append(J.item())
        optimizer.step()
    parameters, ours = a03.fit_neuron(X, Y, 20, 0.3)
    np.testing.assert_allclose(ours, costs, rtol=1e-10)
    np.testing.assert_allclose(parameters["W1"], theirs["W1"].detach().numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("right", "n"), [(0, 1), (1, 1), (8, 10), (0, 7), (9, 9), (61, 200)])
def test_wilsons_interval_agrees_with_scipy(right, n):
    theirs = binomtest(right, n).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(a03.wilson(right / n, n), (theirs.low, theirs.high), rtol=1e-6, atol=1e-9)


def test_labels_do_not_hang_on_rounding():
    for seed in range(50):
        for X, parameters in a03.predict_cases(np.random.default_rng(seed)):
            Z = parameters["W1"] @ X + parameters["b1"]
            assert X.shape[1] >= 1
            assert ((np.abs(Z) > 1e-3) | (Z == 0)).all()


def test_two_mistakes_are_named_whatever_the_seed():
    """Ben's, of docs/instructors.md; his cost clips A, as the assignment proposes, and the course's own does not."""

    def backward(X, A, Y):
        grads = a03.neuron_backward(X, A, Y)
        return {name: -grad for name, grad in grads.items()}

    def cost(A, Y):
        A = np.clip(A, 1e-12, 1 - 1e-12)
        return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

    both = a03.fit_with(backward=backward, cost=cost)
    reports = [checks.run("03-fit-neuron", both, seed=seed, watch=False) for seed in range(100)]
    assert {report.causes for report in reports} == {("uphill", "times-m")}
