"""Accuracy, interval, baseline and confusion against scikit-learn, SciPy and values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binom, binomtest
from sklearn.metrics import accuracy_score, confusion_matrix

from helpers import evaluation

classes = st.integers(2, 6)


@st.composite
def labelled(draw):
    n_classes, m = draw(classes), draw(st.integers(1, 60))
    labels = arrays(np.int64, (1, m), elements=st.integers(0, n_classes - 1))
    return draw(labels), draw(labels), n_classes


@given(labelled())
def test_accuracy_and_confusion_agree_with_scikit_learn(case):
    Y_hat, Y, n_classes = case
    assert evaluation.accuracy(Y_hat, Y) == pytest.approx(accuracy_score(Y[0], Y_hat[0]), abs=1e-15)
    expected = confusion_matrix(Y[0], Y_hat[0], labels=range(n_classes))
    np.testing.assert_array_equal(evaluation.confusion(Y_hat, Y, n_classes), expected)


@given(labelled())
def test_the_baseline_is_the_best_constant_answer(case):
    _, Y, n_classes = case
    constant = [evaluation.accuracy(np.full_like(Y, k), Y) for k in range(n_classes)]
    assert evaluation.majority_baseline(Y) == pytest.approx(max(constant), abs=1e-15)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson_agrees_with_scipy(case, confidence):
    correct, n = case
    expected = binomtest(correct, n).proportion_ci(confidence_level=confidence, method="wilson")
    low, high = evaluation.wilson_interval(correct, n, confidence)
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert 0 <= low <= correct / n <= high <= 1


def test_wilson_by_hand():
    # At p = 1/2 the formula shrinks to 1/2 ± z / (2 √(n + z²)); for n = 4: 1.959964 / (2 · 2.800261) = 0.349961.
    assert evaluation.wilson_interval(2, 4) == pytest.approx((0.150039, 0.849961), abs=1e-6)
    assert evaluation.wilson_interval(0, 5)[0] == 0.0
    assert evaluation.wilson_interval(5, 5)[1] == 1.0


def test_wilson_covers_the_true_rate_about_as_often_as_it_says():
    n, rate = 40, 0.9
    intervals = [evaluation.wilson_interval(correct, n) for correct in range(n + 1)]
    covered = sum(binom.pmf(k, n, rate) for k, (low, high) in enumerate(intervals) if low <= rate <= high)
    assert 0.92 < covered < 0.98


def test_the_row_is_the_truth_and_the_column_the_prediction():
    Y, Y_hat = np.array([[0, 0, 1]]), np.array([[1, 1, 1]])
    np.testing.assert_array_equal(evaluation.confusion(Y_hat, Y, 2), [[0, 2], [0, 1]])


def test_report_is_one_sentence_with_every_number():
    Y = np.array([[0.0] * 7 + [1.0] * 3])
    Y_hat = Y.astype(bool).copy()
    Y_hat[0, 0] = True
    report = evaluation.report(Y_hat, Y)
    assert report[:3] == (0.9, 10, 9)
    assert (report.low, report.high) == evaluation.wilson_interval(9, 10)
    assert report.baseline == 0.7
    assert str(report) == (
        "90.0% right (9 of 10 examples, 95% interval 59.6% to 98.2%); "
        "always guessing the most frequent class is right for 70.0%."
    )


def test_arguments_are_unchanged():
    Y, Y_hat = np.array([[0, 1, 2]]), np.array([[0.0, 1.0, 1.0]])
    before = Y.copy(), Y_hat.copy()
    evaluation.report(Y_hat, Y)
    evaluation.confusion(Y_hat, Y, 3)
    np.testing.assert_array_equal((Y, Y_hat), before)


row = np.array([[0, 1, 1]])


@pytest.mark.parametrize("function", [evaluation.accuracy, evaluation.report])
@pytest.mark.parametrize(
    ("Y_hat", "Y", "said"),
    [
        (row[0], row, r"Y_hat has shape \(3,\), wanted \(1, m\)"),
        (row.T, row, r"Y_hat has shape \(3, 1\), wanted \(1, m\)"),
        (row, row[:, :2], r"Y_hat has shape \(1, 3\), wanted \(1, 2\)"),
        (row, np.zeros((1, 0)), r"Y has shape \(1, 0\), wanted \(1, m\)"),
        (np.array([[0.2, 0.9, 0.7]]), row, r"Y_hat of shape \(1, 3\) .* A > 0.5"),
        (row, np.array([[0, np.nan, 1]]), r"Y of shape \(1, 3\) .* no labels"),
        (np.array([["a", "b", "c"]]), row, "no labels"),
    ],
)
def test_wrong_labels_are_refused_by_name_and_shape(function, Y_hat, Y, said):
    with pytest.raises(ValueError, match=said):
        function(Y_hat, Y)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: evaluation.wilson_interval(1, 0), "n is 0"),
        (lambda: evaluation.wilson_interval(0.9, 10), "correct is 0.9"),
        (lambda: evaluation.wilson_interval(11, 10), "from 0 to n = 10"),
        (lambda: evaluation.wilson_interval(-1, 10), "correct is -1"),
        (lambda: evaluation.wilson_interval(1, 10, 95), "confidence is 95"),
        (lambda: evaluation.majority_baseline(np.zeros((2, 0))), r"Y has shape \(2, 0\)"),
        (lambda: evaluation.confusion(row, row, 0), "n_classes is 0"),
        (lambda: evaluation.confusion(row, row + 1, 2), r"Y of shape \(1, 3\) holds labels from 1 to 2"),
        (lambda: evaluation.confusion(row - 1, row, 2), r"Y_hat of shape \(1, 3\) holds labels from -1"),
    ],
)
def test_numbers_out_of_range_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
