"""The oracle of every derivative, held against closed forms and PyTorch's automatic differentiation."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers import gradient_check

entries = st.floats(-3, 3, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-6)


@st.composite
def dictionaries(draw, prefix="", n=2):
    """n dictionaries with the same names and shapes."""
    shapes = draw(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=4))
    names = [f"{prefix}{'Wb'[i % 2]}{i // 2 + 1}" for i in range(len(shapes))]
    return [
        {name: draw(arrays(np.float64, shape, elements=entries)) for name, shape in zip(names, shapes, strict=True)}
        for _ in range(n)
    ]


@given(dictionaries(n=1))
def test_flatten_and_unflatten_undo_each_other(case):
    parameters = case[0]
    theta, layout = gradient_check.flatten(parameters)
    assert theta.shape == (sum(array.size for array in parameters.values()), 1)
    back = gradient_check.unflatten(theta, layout)
    assert list(back) == list(parameters)
    for name in parameters:
        np.testing.assert_array_equal(back[name], parameters[name])
        assert not np.shares_memory(back[name], parameters[name])
        assert not np.shares_memory(back[name], theta)


def test_flatten_stacks_row_by_row_in_the_order_given():
    theta, layout = gradient_check.flatten({"W1": np.array([[1, 2], [3, 4]]), "b1": np.array([[5], [6]])})
    assert theta.ravel().tolist() == [1, 2, 3, 4, 5, 6]
    assert layout == (("W1", (2, 2)), ("b1", (2, 1)))


def test_the_gradient_of_a_cubic_by_hand():
    parameters = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([[0.5]])}
    numeric = gradient_check.numerical_gradient(lambda p: float((p["W1"] ** 3).sum() * p["b1"][0, 0]), parameters)
    assert list(numeric) == ["dW1", "db1"]
    np.testing.assert_allclose(numeric["dW1"], [[1.5, 6.0]], rtol=1e-9)
    np.testing.assert_allclose(numeric["db1"], [[-7.0]], rtol=1e-9)


@given(dictionaries(n=2), st.integers(0, 100))
def test_it_agrees_with_automatic_differentiation(case, seed):
    parameters, weights = case

    def cost(p, library):
        smooth = [library.tanh(p[name]) * weights_of[library][name] + library.exp(p[name] / 3) for name in p]
        total = sum(part.sum() for part in smooth)
        return total + total**2 / 10

    weights_of = {np: weights, torch: {name: torch.from_numpy(array) for name, array in weights.items()}}
    tensors = {name: torch.from_numpy(array.copy()).requires_grad_() for name, array in parameters.items()}
    cost(tensors, torch).backward()
    expected = {f"d{name}": tensor.grad.numpy() for name, tensor in tensors.items()}
    assume(max(np.abs(array).max() for array in expected.values()) > 1e-3)
    numeric = gradient_check.numerical_gradient(lambda p: cost(p, np), parameters)
    assert gradient_check.relative_error(expected, numeric) < 1e-7


def test_no_other_power_of_ten_is_clearly_better_than_the_default():
    """The step is the compromise its comment claims: 30 times more or less is worse on a cost like ours."""
    parameters = {"W1": np.linspace(-1, 1, 40).reshape(8, 5)}

    def cost(p):
        return float(np.log1p(np.exp(p["W1"].sum(axis=0))).mean())

    s = 1 / (1 + np.exp(-parameters["W1"].sum(axis=0, keepdims=True)))
    exact = {"dW1": np.repeat(s / 5, 8, axis=0)}

    def error(epsilon):
        return gradient_check.relative_error(exact, gradient_check.numerical_gradient(cost, parameters, epsilon))

    best = error(gradient_check.EPSILON)
    assert best < 1e-9
    assert error(30 * gradient_check.EPSILON) > best
    assert error(gradient_check.EPSILON / 30) > best


def test_nothing_is_changed_even_where_f_changes_its_argument():
    parameters = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}

    def rude(p):
        J = float((p["W1"] ** 2).sum() + p["b1"][0, 0])
        p["W1"] *= 0
        p["b1"] += 7
        return J

    numeric = gradient_check.numerical_gradient(rude, parameters)
    np.testing.assert_allclose(numeric["dW1"], [[2.0, 4.0]], rtol=1e-8)
    np.testing.assert_array_equal(parameters["W1"], [[1.0, 2.0]])
    np.testing.assert_array_equal(parameters["b1"], [[3.0]])


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_single_precision_and_whole_numbers_are_differentiated_in_double(dtype):
    parameters = {"W1": np.array([[1, 2]], dtype=dtype)}
    numeric = gradient_check.numerical_gradient(lambda p: (p["W1"] ** 3).sum(), parameters)
    assert numeric["dW1"].dtype == np.float64
    np.testing.assert_allclose(numeric["dW1"], [[3, 12]], rtol=1e-9)


@given(dictionaries(prefix="d"), st.sampled_from([1e-300, 1e-160, 1.0, 1e160, 1e300]))
def test_the_relative_error_is_symmetric_between_0_and_1_and_free_of_units(case, unit):
    a, b = case
    error = gradient_check.relative_error(a, b)
    assert 0 <= error <= 1 + 1e-12
    assert gradient_check.relative_error(b, dict(reversed(a.items()))) == pytest.approx(error)
    scaled = [{name: array * unit for name, array in arrays.items()} for arrays in (a, b)]
    assert gradient_check.relative_error(*scaled) == pytest.approx(error, rel=1e-6, abs=1e-12)


@given(dictionaries(prefix="d", n=1))
def test_the_relative_error_of_known_relations(case):
    a = case[0]
    assume(any(array.any() for array in a.values()))

    def error(factor):
        return gradient_check.relative_error(a, {name: factor * array for name, array in a.items()})

    assert error(1) == 0
    assert error(2) == pytest.approx(1 / 3)
    assert error(-1) == pytest.approx(1)
    assert error(0) == pytest.approx(1)


def test_the_formula_by_hand():
    a, b = {"dW1": np.array([[3.0, 0.0]]), "db1": np.array([[4.0]])}, {"dW1": np.zeros((1, 2)), "db1": np.zeros((1, 1))}
    assert gradient_check.relative_error(a, a) == 0
    assert gradient_check.relative_error(b, b) == 0
    assert gradient_check.relative_error(a, {"dW1": np.array([[3.0, 1.0]]), "db1": np.array([[4.0]])}) == pytest.approx(
        1 / (5 + np.sqrt(26))
    )


@given(dictionaries(prefix="d"), st.data())
def test_compare_names_the_entry_that_was_spoiled(case, drawn):
    _, b = case
    name = drawn.draw(st.sampled_from(sorted(b)))
    index = tuple(drawn.draw(st.integers(0, n - 1)) for n in b[name].shape)
    a = {key: array + 1e-9 for key, array in b.items()}
    a[name][index] += 0.5
    comparison = gradient_check.compare(a, b)
    assert (comparison.worst, comparison.index) == (name, index)
    assert (comparison.value, comparison.expected) == (a[name][index], b[name][index])
    assert sum(share**2 for share in comparison.shares.values()) == pytest.approx(comparison.error**2)
    assert comparison.error == gradient_check.relative_error(a, b)


def test_the_sentences():
    b = {"dW1": np.array([[1.0, 2.0]]), "db1": np.array([[2.0]])}
    a = {"dW1": np.array([[1.0, -2.0]]), "db1": np.array([[2.0]])}
    assert str(gradient_check.compare(a, b)) == (
        "The gradients differ: relative error 6.7e-01, wanted below 1e-07. Most of it is in dW1, "
        "first look at dW1[0, 1]: -2, numerically 2."
    )
    assert str(gradient_check.compare(b, b)) == "The gradients agree: relative error 0.0e+00, below 1e-07."


good = {"dW1": np.ones((2, 3)), "db1": np.ones((2, 1))}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gradient_check.flatten({}), "parameters is empty"),
        (lambda: gradient_check.flatten({"W1": np.ones((0, 2))}), r"parameters\['W1'\] of shape \(0, 2\)"),
        (lambda: gradient_check.flatten({"W1": np.array([[np.nan]])}), r"parameters\['W1'\] of shape \(1, 1\)"),
        (lambda: gradient_check.unflatten(np.ones(6), (("W1", (2, 3)),)), r"theta has shape \(6,\), wanted \(6, 1\)"),
        (lambda: gradient_check.relative_error({"dW1": good["dW1"]}, good), "wanted .*dW1.*db1"),
        (lambda: gradient_check.relative_error(good, {"dW1": good["dW1"]}), "grads has the names .*db1"),
        (lambda: gradient_check.relative_error({}, {}), "at least one"),
        (
            lambda: gradient_check.relative_error(good | {"db1": np.ones((1, 2))}, good),
            r"grads\['db1'\] has shape \(1, 2\), wanted \(2, 1\)",
        ),
        (lambda: gradient_check.relative_error(good | {"db1": np.full((2, 1), np.inf)}, good), r"grads\['db1'\]"),
        (lambda: gradient_check.numerical_gradient(lambda p: 1.0, {"W1": np.ones((1, 1))}, 0), "epsilon is 0"),
        (
            lambda: gradient_check.numerical_gradient(lambda p: p["W1"], {"W1": np.ones((1, 2))}),
            r"shape \(1, 2\), wanted",
        ),
        (lambda: gradient_check.numerical_gradient(lambda p: np.nan, {"W1": np.ones((1, 2))}), "f returned nan"),
    ],
)
def test_bad_arguments_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
