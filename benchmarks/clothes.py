"""Clothes: is this a shirt or another top? The counterpart of the ladder, where more layers bring nothing.

Each seed draws its own 800 test images from 3200 and its own start values; every network of a seed sees the same
images. Plain full-batch gradient descent from a He start. The intervals are Student's t intervals over the seeds: of
each network's mean, and of the mean difference to the single neuron, seed by seed.
"""

import sys
import time

import numpy as np
from tqdm import tqdm

from benchmarks import common
from benchmarks.ladder import mean_over_seeds
from helpers import data, evaluation, network, training
from helpers.data.shirts import Shirts

LEARNING_RATE = 0.1
# The layers between input and output.
NETWORKS = ((), (20,), (20, 7, 5), (64, 32, 16))


def train_one(hidden: tuple[int, ...], seed: int, steps: int, images: Shirts) -> tuple[float, float]:
    """Train one network; returns its share of right answers on the training and on the test images."""
    rng = np.random.default_rng([seed, *hidden])
    X, Y = images.X_train.astype(np.float32), images.Y_train.astype(np.float32)
    start = network.initialize([len(X), *hidden, 1], rng, scale="he", dtype=np.float32)
    trained = training.train(X, Y, start, learning_rate=LEARNING_RATE, steps=steps, record_every=steps).parameters
    return (
        evaluation.accuracy(network.classify(X, trained), images.Y_train),
        evaluation.accuracy(network.classify(images.X_test.astype(np.float32), trained), images.Y_test),
    )


def measure(seeds: range, steps: int, networks: tuple[tuple[int, ...], ...], progress=iter) -> dict[str, object]:
    """All networks on all seeds: the figures that `--json` writes.

    progress wraps the list of (seed, network) pairs, such as tqdm. The first network is what the others are compared
    with.
    """
    began = time.perf_counter()
    baseline, scores, images = {}, {hidden: [] for hidden in networks}, None
    for seed, hidden in progress([(seed, hidden) for seed in seeds for hidden in networks]):
        if seed not in baseline:
            images = data.shirts(np.random.default_rng(seed))
            baseline[seed] = evaluation.majority_baseline(images.Y_test)
        scores[hidden].append(train_one(hidden, seed, steps, images))
    rows, first = [], np.array(scores[networks[0]])[:, 1]
    for hidden in networks:
        train, test = (list(shares) for shares in zip(*scores[hidden], strict=True))
        more = mean_over_seeds(list(np.array(test) - first))._asdict()
        summary = mean_over_seeds(test)._asdict()
        rows.append({"hidden": list(hidden), **summary, "test": test, "train": train, "more_than_first": more})
    return {
        "question": "is this a shirt or another top?",
        "train_images": images.X_train.shape[1],
        "test_images": images.X_test.shape[1],
        "learning_rate": LEARNING_RATE,
        "steps": steps,
        "seeds": list(seeds),
        "baseline": {**mean_over_seeds(list(baseline.values()))._asdict(), "test": list(baseline.values())},
        "networks": rows,
        "seconds": round(time.perf_counter() - began, 1),
    }


def bars(figures: dict[str, object]) -> list[common.Bar]:
    """Every network beats the baseline by its whole interval; none is three points better than one neuron."""
    limits = []
    for row in figures["networks"]:
        name = f"{row['hidden']}" if row["hidden"] else "one neuron"
        limits.append(
            common.Bar(f"{name}, interval above the baseline", row["low"] - figures["baseline"]["mean"], at_least=0.0)
        )
        if row["hidden"]:
            more = row["more_than_first"]["mean"]
            limits.append(common.Bar(f"{name}, mean above one neuron's", more, at_least=-0.04, at_most=0.03))
    return limits


def main() -> int:
    options = common.parser(__doc__)
    options.add_argument("--seeds", type=int, default=5, metavar="N", help="train each network N times (default 5)")
    options.add_argument("--steps", type=int, default=1000, metavar="N", help="full-batch steps (default 1000)")
    args = options.parse_args()
    if args.seeds < 2 or args.steps < 1:
        options.error("--seeds needs at least 2, for an interval over seeds, and --steps at least 1")
    figures = measure(range(args.seeds), args.steps, NETWORKS, lambda jobs: tqdm(jobs, unit="net", leave=False))
    print(
        f"A shirt? {figures['test_images']} test images, {figures['train_images']} training images; {args.seeds} "
        f"seeds,\n{args.steps} full-batch steps at learning rate {LEARNING_RATE}, {figures['seconds']:.0f} s in all. "
        "Shares of right answers over the seeds:\n"
    )
    rows = [["majority baseline", *_cells(figures["baseline"]), "", ""]]
    for row in figures["networks"]:
        more = row["more_than_first"]
        against = f"{more['low']:+.3f} to {more['high']:+.3f}" if row["hidden"] else ""
        name = f"{row['hidden']}" if row["hidden"] else "[] one neuron"
        rows.append([name, *_cells(row), f"{np.mean(row['train']):.3f}", against])
    common.print_table(
        ["hidden layers", "test mean", "sd", "95 % interval", "train mean", "more than one neuron"], rows
    )
    return common.finish(args, figures, bars(figures))


def _cells(row: dict[str, float]) -> list[str]:
    return [f"{row['mean']:.3f}", f"{row['sd']:.3f}", f"{row['low']:.3f} - {row['high']:.3f}"]


if __name__ == "__main__":
    sys.exit(main())
