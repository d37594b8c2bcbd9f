"""Is feedback alignment backpropagation with another road back, and do the weights come to meet it?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import data, network, optimizers
from helpers.brain import alignment_angle, feedback_alignment_backward, freeze, random_feedback

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.lists(st.integers(1, 5), min_size=3, max_size=6)


def case(seed: int, sizes, hidden="tanh", output="sigmoid"):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((sizes[0], 7))
    if output == "softmax":
        Y = np.eye(sizes[-1])[:, rng.integers(0, sizes[-1], 7)]
    else:
        Y = rng.integers(0, 2, size=(sizes[-1], 7)).astype(float)
    parameters = network.initialize(sizes, rng, scale=1.0)
    return parameters, Y, network.forward(X, parameters, hidden, output)[1], random_feedback(parameters, rng)


@given(SEEDS, SIZES, st.sampled_from(["relu", "tanh", "sigmoid", "identity"]), st.sampled_from(["sigmoid", "softmax"]))
def test_with_the_transposed_weights_it_is_backpropagation(seed, sizes, hidden, output):
    parameters, Y, caches, _ = case(seed, sizes, hidden, output)
    transposed = {f"B{l}": parameters[f"W{l}"].T for l in range(2, len(sizes))}
    wanted = network.backward(Y, caches)
    got = feedback_alignment_backward(Y, caches, transposed)
    assert set(got) == set(wanted)
    for name in wanted:
        np.testing.assert_allclose(got[name], wanted[name], atol=1e-12)


@given(SEEDS, SIZES)
def test_the_last_layer_is_backpropagations_own_and_the_others_do_not_see_the_weights_above(seed, sizes):
    parameters, Y, caches, feedback = case(seed, sizes)
    L = len(sizes) - 1
    got, wanted = feedback_alignment_backward(Y, caches, feedback), network.backward(Y, caches)
    for name in (f"dW{L}", f"db{L}"):
        np.testing.assert_allclose(got[name], wanted[name], atol=1e-14)
    # The caches hold W; with other weights in them, and the same activations, nothing changes.
    others = [cache._replace(W=cache.W + 1.0) for cache in caches]
    for name, array in feedback_alignment_backward(Y, others, feedback).items():
        np.testing.assert_array_equal(array, got[name])
        assert array.shape == parameters[name[1:]].shape


def test_in_training_the_angle_falls_below_90_degrees_and_the_cost_with_it():
    """Digits, two seeds: hidden errors by feedback alignment against those by backpropagation."""
    digits = data.digits()
    X, Y = digits.X[:, :300], data.one_hot(digits.Y, 10)[:, :300]
    for seed in range(2):
        rng = np.random.default_rng(seed)
        parameters = network.initialize([64, 30, 10], rng, scale=0.1)
        feedback = random_feedback(parameters, rng)
        angles, costs = [], []
        for step in range(200):
            _, caches = network.forward(X, parameters, "tanh", "softmax")
            grads = feedback_alignment_backward(Y, caches, feedback)
            if step % 50 == 0 or step == 199:
                angles.append(alignment_angle(grads["dW1"], network.backward(Y, caches)["dW1"]))
                costs.append(network.cost(Y, caches))
            parameters = optimizers.gradient_descent(parameters, grads, 0.3)
        assert angles[0] > 75
        assert angles[-1] < 65
        assert costs[-1] < costs[0] / 3


@given(SEEDS, SIZES)
def test_the_control_moves_the_last_layer_only(seed, sizes):
    _, Y, caches, _ = case(seed, sizes)
    grads, L = network.backward(Y, caches), len(sizes) - 1
    for name, array in freeze(grads).items():
        assert array.shape == grads[name].shape
        assert array is not grads[name]
        if int(name[2:]) == L:
            np.testing.assert_array_equal(array, grads[name])
        else:
            assert not array.any()


def test_ten_layers_have_names_with_two_figures():
    grads = {f"d{letter}{l}": np.ones((1, 1)) for l in range(1, 12) for letter in "Wb"}
    moving = {name for name, array in freeze(grads).items() if array.any()}
    assert moving == {"dW11", "db11"}


@given(SEEDS, st.floats(-3, 3).filter(lambda c: abs(c) > 0.01))
def test_angles_are_those_of_geometry(seed, c):
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((3, 4))
    b = rng.standard_normal((3, 4))
    square = b - a * np.sum(a * b) / np.sum(a * a)
    assert alignment_angle(a, c * a) == pytest.approx(0 if c > 0 else 180, abs=1e-5)
    assert alignment_angle(a, square) == pytest.approx(90)
    wanted = np.degrees(np.arctan2(abs(c) * np.linalg.norm(square), np.linalg.norm(a)))
    assert alignment_angle(a, a + c * square) == pytest.approx(wanted)
    assert alignment_angle(a, b) == pytest.approx(alignment_angle(b, 1e200 * a), abs=1e-9)
    assert alignment_angle(a, b) == pytest.approx(alignment_angle(1e-200 * b, a), abs=1e-9)


@given(SEEDS)
def test_feedback_is_as_large_as_hes_start_and_has_the_transposed_shapes(seed):
    rng = np.random.default_rng(seed)
    parameters = network.initialize([4, 200, 100, 3], rng)
    feedback = random_feedback(parameters, rng)
    assert {name: B.shape for name, B in feedback.items()} == {"B2": (200, 100), "B3": (100, 3)}
    assert feedback["B2"].std() == pytest.approx(np.sqrt(2 / 200), rel=0.05)


def test_errors_are_sentences():
    parameters, Y, caches, feedback = case(0, [2, 3, 4, 1])
    with pytest.raises(ValueError, match=r"B3 has shape \(0,\), but \(n2, n3\) = \(4, 1\)"):
        feedback_alignment_backward(Y, caches, {"B2": feedback["B2"]})
    with pytest.raises(ValueError, match=r"B3 has shape \(1, 4\), but \(n2, n3\) = \(4, 1\)"):
        feedback_alignment_backward(Y, caches, feedback | {"B3": feedback["B3"].T})
    with pytest.raises(ValueError, match="Y has shape"):
        feedback_alignment_backward(Y[:, :3], caches, feedback)
    with pytest.raises(ValueError, match="layer 1 uses 'softplus'"):
        feedback_alignment_backward(Y, [caches[0]._replace(activation="softplus"), *caches[1:]], feedback)
    with pytest.raises(ValueError, match="1 layer"):
        random_feedback(network.initialize([2, 1], np.random.default_rng(0)), np.random.default_rng(0))
    with pytest.raises(ValueError, match="rng is 3"):
        random_feedback(parameters, 3)
    with pytest.raises(ValueError, match="one shape"):
        alignment_angle(np.ones((1, 2)), np.ones((2, 1)))
    with pytest.raises(ValueError, match="zero everywhere"):
        alignment_angle(np.ones((1, 2)), np.zeros((1, 2)))
