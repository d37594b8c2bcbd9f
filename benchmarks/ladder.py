"""The ladder: is the sum of two handwritten digits odd? A neuron can't say, one hidden layer can, depth helps.

Each seed draws its own image pools, pairs and start values; every network of a seed sees the same pairs. Plain
full-batch gradient descent from a He start. The learning curves are the shares of right answers on the way, at POINTS
even distances and at the end. The interval is Student's t interval of the mean over the seeds: it tells
how sure the mean is, where the standard deviation tells how much one training differs from another.
"""

import sys
import time
from itertools import combinations
from math import sqrt
from typing import NamedTuple

import numpy as np
from scipy.stats import t as student
from tqdm import tqdm

from benchmarks import common
from helpers import data, evaluation, network, training
from helpers.data.digit_pairs import DigitPairs

LEARNING_RATE = 0.3
TRAIN_PAIRS, TEST_PAIRS = 4000, 2000
POINTS = 20
# The layers between input and output, with the share of test pairs each must get right.
NETWORKS = {(): None, (20,): 0.82, (64,): None, (20, 7, 5): 0.88, (64, 32, 16): 0.90}


class Mean(NamedTuple):
    """The mean over seeds, the standard deviation between them, and the 95 % interval of the mean."""

    mean: float
    sd: float
    low: float
    high: float


def mean_over_seeds(values: list[float]) -> Mean:
    """mean ± t · sd / √n, with sd by n - 1 and t the 97.5 % point of Student's distribution; at least two values."""
    n, mean, sd = len(values), float(np.mean(values)), float(np.std(values, ddof=1))
    half_width = float(student.ppf(0.975, n - 1)) * sd / sqrt(n)
    return Mean(mean, sd, mean - half_width, mean + half_width)


class Climb(NamedTuple):
    """One training: the shares of right answers on training and test pairs at its end, and on the way to it."""

    train: float
    test: float
    train_curve: list[float]
    test_curve: list[float]


def recorded(steps: int) -> int:
    """From one point of a learning curve to the next, in steps."""
    return max(1, steps // POINTS)


def curve_steps(steps: int) -> list[int]:
    """The number of steps done at each point of a learning curve."""
    return [*range(0, steps, recorded(steps)), steps]


def climb(hidden: tuple[int, ...], seed: int, steps: int, pairs: DigitPairs) -> Climb:
    """Train one network, looking at its answers on the way."""
    # The widths take part in the seed, so that a network starts alike whichever others are trained beside it.
    rng = np.random.default_rng([seed, *hidden])
    start = network.initialize([len(pairs.X_train), *hidden, 1], rng, scale="he")
    train_curve, test_curve = [], []

    def look(_step: int, parameters: network.Parameters, _cost: float = 0.0) -> None:
        train_curve.append(evaluation.accuracy(network.classify(pairs.X_train, parameters), pairs.Y_train))
        test_curve.append(evaluation.accuracy(network.classify(pairs.X_test, parameters), pairs.Y_test))

    trained = training.train(
        pairs.X_train, pairs.Y_train, start, learning_rate=LEARNING_RATE, steps=steps,
        record_every=recorded(steps), callback=look,
    ).parameters  # fmt: skip
    look(steps, trained)
    return Climb(train_curve[-1], test_curve[-1], train_curve, test_curve)


def differences(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """For each two networks the share of the later one minus that of the earlier one, run by run: on the same pairs."""
    found = []
    for i, j in combinations(range(len(rows)), 2):
        gaps = np.subtract(rows[j]["test"], rows[i]["test"]).tolist()
        found.append({"networks": [rows[i]["hidden"], rows[j]["hidden"]], **mean_over_seeds(gaps)._asdict()})
    return found


def measure(seeds: range, steps: int, networks: list[tuple[int, ...]], progress=iter) -> dict[str, object]:
    """All networks on all seeds: the figures that `--json` writes.

    progress wraps the list of (seed, network) pairs, such as tqdm.
    """
    began = time.perf_counter()
    baseline, scores = {}, {hidden: [] for hidden in networks}
    pairs = None
    for seed, hidden in progress([(seed, hidden) for seed in seeds for hidden in networks]):
        if seed not in baseline:
            pairs = data.digit_pairs(np.random.default_rng(seed), TRAIN_PAIRS, TEST_PAIRS)
            baseline[seed] = evaluation.majority_baseline(pairs.Y_test)
        scores[hidden].append(climb(hidden, seed, steps, pairs))
    rows = []
    for hidden in networks:
        runs = {name: [getattr(run, name) for run in scores[hidden]] for name in Climb._fields}
        rows.append({"hidden": list(hidden), **mean_over_seeds(runs["test"])._asdict(), **runs})
    return {
        "question": "is the sum of two handwritten digits odd?",
        "train_pairs": TRAIN_PAIRS,
        "test_pairs": TEST_PAIRS,
        "learning_rate": LEARNING_RATE,
        "steps": steps,
        "curve_steps": curve_steps(steps),
        "seeds": list(seeds),
        "baseline": {**mean_over_seeds(list(baseline.values()))._asdict(), "test": list(baseline.values())},
        "networks": rows,
        "differences": differences(rows),
        "seconds": round(time.perf_counter() - began, 1),
    }


def bars(figures: dict[str, object]) -> list[common.Bar]:
    """One neuron at chance, by the whole interval and against the baseline; the others at least at their share.

    Over 30 seeds the neuron's mean is 0.502, 0.007 below the baseline's.
    """
    rows = {tuple(row["hidden"]): row for row in figures["networks"]}
    neuron = rows[()]
    limits = [
        common.Bar("one neuron, lower end of the interval", neuron["low"], at_least=0.45),
        common.Bar("one neuron, upper end of the interval", neuron["high"], at_most=0.55),
        common.Bar("one neuron minus majority baseline", neuron["mean"] - figures["baseline"]["mean"], at_most=0.0),
    ]
    return limits + [
        common.Bar(f"{list(hidden)}, mean", rows[hidden]["mean"], at_least=least)
        for hidden, least in NETWORKS.items()
        if least
    ]


def main() -> int:
    options = common.parser(__doc__)
    options.add_argument("--seeds", type=int, default=5, metavar="N", help="train each network N times (default 5)")
    options.add_argument("--steps", type=int, default=3000, metavar="N", help="full-batch steps (default 3000)")
    args = options.parse_args()
    if args.seeds < 2 or args.steps < 1:
        options.error("--seeds needs at least 2, for an interval over seeds, and --steps at least 1")
    figures = measure(range(args.seeds), args.steps, list(NETWORKS), lambda jobs: tqdm(jobs, unit="net", leave=False))
    print(
        f"Odd or even? {TEST_PAIRS} test pairs from images not used in training, {TRAIN_PAIRS} training pairs; "
        f"{args.seeds} seeds,\n{args.steps} full-batch steps at learning rate {LEARNING_RATE}, "
        f"{figures['seconds']:.0f} s in all. Shares of right answers over the seeds:\n"
    )
    rows = [["majority baseline", *_cells(figures["baseline"]), ""]]
    for row in figures["networks"]:
        train = f"{np.mean(row['train']):.3f}"
        rows.append([f"{row['hidden']}" if row["hidden"] else "[] one neuron", *_cells(row), train])
    common.print_table(["hidden layers", "test mean", "sd", "95 % interval", "train mean"], rows)
    return common.finish(args, figures, bars(figures))


def _cells(row: dict[str, float]) -> list[str]:
    return [f"{row['mean']:.3f}", f"{row['sd']:.3f}", f"{row['low']:.3f} - {row['high']:.3f}"]


if __name__ == "__main__":
    sys.exit(main())
