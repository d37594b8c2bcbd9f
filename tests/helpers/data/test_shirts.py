"""Are shirts told from other tops, and are the stored figures those that the benchmark has written?"""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ladder import mean_over_seeds
from helpers import data

STORED = Path(__file__).resolve().parents[3] / "benchmarks" / "results" / "clothes.json"


def test_images_labels_and_kinds_belong_together():
    got = data.shirts(np.random.default_rng(0))
    assert got.X_train.shape == (784, 2400)
    assert got.X_test.shape == (784, 800)
    for Y, kinds in ((got.Y_train, got.kinds_train), (got.Y_test, got.kinds_test)):
        shirt = got.kind_names.index("shirt")
        assert np.array_equal(Y, (kinds == shirt).astype(float))
    counts = np.bincount(np.concatenate([got.kinds_train, got.kinds_test], axis=1)[0], minlength=10)
    assert {got.kind_names[k]: n for k, n in enumerate(counts) if n} == dict.fromkeys(
        ("T-shirt/top", "pullover", "coat", "shirt"), 800
    )


def test_each_column_is_an_image_of_its_kind():
    source, got = data.fashion(), data.shirts(np.random.default_rng(1))
    kind_of = {source.X_test[:, j].tobytes(): source.Y_test[0, j] for j in range(source.X_test.shape[1])}
    found = [
        (kind_of[column.tobytes()], kind)
        for column, kind in zip(got.X_test.T.copy(), got.kinds_test[0])
        if column.tobytes() in kind_of
    ]
    assert len(found) > 100
    assert all(a == b for a, b in found)


def test_no_image_is_in_training_and_test():
    got = data.shirts(np.random.default_rng(2))
    train, test = ({column.tobytes() for column in X.T.copy()} for X in (got.X_train, got.X_test))
    assert len(train & test) == 0


def test_the_generator_decides_which_images_are_for_the_test():
    a, b, c = (data.shirts(np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(a.X_test, b.X_test)
    assert not np.array_equal(a.X_test, c.X_test)
    with pytest.raises(ValueError, match="rng"):
        data.shirts(3)


def test_the_figures_are_what_the_benchmark_wrote():
    measured = data.shirts_measured()
    figures = json.loads(STORED.read_text(encoding="utf-8"))["figures"]
    assert [list(hidden) for hidden in measured.hidden] == [row["hidden"] for row in figures["networks"]]
    assert measured.test.shape == measured.train.shape == (len(measured.hidden), len(figures["seeds"]))
    assert (measured.train_images, measured.test_images) == (2400, 800)
    for test, interval, more in zip(measured.test, measured.intervals, measured.more):
        again, difference = mean_over_seeds(list(test)), mean_over_seeds(list(test - measured.test[0]))
        np.testing.assert_allclose([again.low, again.high], interval)
        np.testing.assert_allclose([difference.low, difference.high], more, atol=1e-12)


def test_depth_brings_no_more_than_the_lesson_says():
    measured = data.shirts_measured()
    rows = dict(zip(measured.hidden, measured.more))
    assert all(low < 0 < high for hidden, (low, high) in rows.items() if len(hidden) > 1)
    assert (measured.intervals[:, 0] > measured.baseline.mean()).all()
