"""Does a pass of mini-batches hold every example once, with its own label?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.batches import endless, minibatches


def marked(m):
    """X and Y from which every column can be told, and its label from the column."""
    X = np.vstack([np.arange(m), np.arange(m) ** 2]).astype(float)
    return X, 3 * X[:1]


@given(m=st.integers(1, 60), batch_size=st.integers(1, 70), seed=st.integers(0, 2**32 - 1))
def test_every_column_once_with_its_label_and_full_batches_but_the_last(m, batch_size, seed):
    X, Y = marked(m)
    before = X.copy(), Y.copy()
    batches = list(minibatches(X, Y, batch_size, np.random.default_rng(seed)))
    np.testing.assert_array_equal((X, Y)[0], before[0])
    np.testing.assert_array_equal(Y, before[1])
    for X_batch, Y_batch in batches:
        np.testing.assert_array_equal(Y_batch, 3 * X_batch[:1])
        np.testing.assert_array_equal(X_batch[1], X_batch[0] ** 2)
    assert sorted(np.hstack([X_batch[0] for X_batch, _ in batches])) == list(range(m))
    sizes = [X_batch.shape[1] for X_batch, _ in batches]
    assert sizes[:-1] == [min(batch_size, m)] * (len(sizes) - 1)
    assert 1 <= sizes[-1] <= batch_size


def test_each_pass_has_an_order_of_its_own_and_a_seed_repeats_it():
    X, Y = marked(40)
    rng = np.random.default_rng()
    orders = [np.hstack([X_batch[0] for X_batch, _ in minibatches(X, Y, 8, rng)]) for _ in range(2)]
    assert (orders[0] != orders[1]).any()
    again = [next(iter(minibatches(X, Y, 8, np.random.default_rng(5))))[0] for _ in range(2)]
    np.testing.assert_array_equal(*again)


def test_endless_goes_through_pass_after_pass():
    X, Y = marked(10)
    batches = endless(X, Y, 4, np.random.default_rng())
    for _ in range(3):
        one_pass = [next(batches) for _ in range(3)]
        assert sorted(np.hstack([X_batch[0] for X_batch, _ in one_pass])) == list(range(10))
        for X_batch, Y_batch in one_pass:
            np.testing.assert_array_equal(Y_batch, 3 * X_batch[:1])


def test_the_first_batches_of_many_passes_are_a_fair_draw():
    """400 passes of 20 columns in batches of 5: each column is in the first with probability 1/4, 100 ± 8.7 times."""
    X, Y = marked(20)
    rng = np.random.default_rng(0)
    counts = np.zeros(20)
    for _ in range(400):
        counts[next(iter(minibatches(X, Y, 5, rng)))[0][0].astype(int)] += 1
    assert np.abs(counts - 100).max() < 5 * 8.7


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": 2.0}, "batch_size is 2.0"),
        ({"rng": None}, "rng is None, but mini-batches are shuffled"),
        ({"rng": 3}, "rng is 3"),
        ({"Y": np.ones((1, 5))}, r"Y has shape \(1, 5\)"),
        ({"X": np.ones(6)}, "X has shape"),
    ],
)
def test_bad_input_is_named_at_the_call(change, said):
    arguments = {"X": np.ones((2, 6)), "Y": np.ones((1, 6)), "batch_size": 2, "rng": np.random.default_rng()} | change
    with pytest.raises(ValueError, match=said):
        minibatches(**arguments)
