"""Assignment 08, hyperparameters: a sweep, a choice on validation examples, tests that catch bugs, ten sick networks.

A repaired network is judged by what it answers about fresh examples, so any right cure will do. The references of the
ten are no networks at all: they look up the nearest training example, which is quick and right for these data.
"""

from collections.abc import Callable, Iterator

import numpy as np

from helpers.checks import small_network as net
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, Finding

# --- sweep ---


def sweep(evaluate, learning_rates, widths, seeds):
    return over_the_grid(evaluate, learning_rates, widths, seeds, np.mean)


def over_the_grid(evaluate, learning_rates, widths, seeds, summary):
    return np.array(
        [[summary([evaluate(rate, width, seed) for seed in seeds]) for width in widths] for rate in learning_rates]
    )


def a_score(rng: np.random.Generator) -> Callable:
    """A number for each setting that no formula would be guessed from, always the same for the same setting."""
    a, b, c, phase = rng.uniform(1, 2, size=4)

    def evaluate(learning_rate, width, seed):
        return 0.5 + 0.4 * float(np.sin(7 * a * learning_rate + b * width + 2.3 * c * seed + phase))

    return evaluate


def sweep_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Grids of different sizes; seeds do not begin with 0 and do not follow one another."""
    for n_rates, n_widths, n_seeds in ((2, 3, 3), (1, 1, 1), (1, 3, 2), (3, 1, 2), (3, 3, 4), (4, 2, 5)):
        rates = [float(rate) for rate in rng.choice(np.round(np.logspace(-3, 0.5, 15), 4), n_rates, replace=False)]
        widths = [int(width) for width in rng.choice(np.arange(2, 40), n_widths, replace=False)]
        seeds = [int(seed) for seed in rng.choice(np.arange(3, 90), n_seeds, replace=False)]
        yield a_score(rng), rates, widths, seeds


def divided_by_a_fixed_number(args: Args, got: np.ndarray, want: np.ndarray) -> bool:
    """The sum over the seeds, divided by a number that is not how many there are."""
    return any(np.allclose(got, want * len(args[3]) / n) for n in range(2, 12))


def example_score(learning_rate, width, seed):
    return 10 * learning_rate + width + 0.1 * seed


SWEEP = Exercise(
    id="08-sweep",
    points=2,
    reference=sweep,
    cases=sweep_cases,
    examples=[((example_score, [0.1, 1.0], [2, 3, 5], [0, 1]), np.array([[3.05, 4.05, 6.05], [12.05, 13.05, 15.05]]))],
    float32=False,
    misconceptions={
        "widths-in-rows": lambda *args: sweep(*args).T,
        "sum-over-seeds": lambda *args: over_the_grid(*args, np.sum),
        "best-seed": lambda *args: over_the_grid(*args, np.max),
        "worst-seed": lambda *args: over_the_grid(*args, np.min),
        "median-of-seeds": lambda *args: over_the_grid(*args, np.median),
        "first-seed-only": lambda *args: over_the_grid(*args, lambda scores: scores[0]),
        "last-seed-only": lambda *args: over_the_grid(*args, lambda scores: scores[-1]),
        "spread-of-seeds": lambda *args: over_the_grid(*args, np.std),
        "seeds-counted-from-zero": lambda f, rates, widths, seeds: sweep(f, rates, widths, range(len(seeds))),
        "always-seed-zero": lambda f, rates, widths, seeds: sweep(f, rates, widths, [0]),
        "rate-and-width-exchanged": lambda f, rates, widths, seeds: sweep(
            lambda rate, width, seed: f(width, rate, seed), rates, widths, seeds
        ),
        "width-and-seed-exchanged": lambda f, rates, widths, seeds: sweep(
            lambda rate, width, seed: f(rate, seed, width), rates, widths, seeds
        ),
        "every-seed-by-itself": lambda f, rates, widths, seeds: np.array(
            [[[f(rate, width, seed) for seed in seeds] for width in widths] for rate in rates]
        ),
        "only-first-width": lambda f, rates, widths, seeds: sweep(f, rates, widths[:1], seeds),
        "only-first-rate": lambda f, rates, widths, seeds: sweep(f, rates[:1], widths, seeds),
        "one-after-the-other": lambda f, rates, widths, seeds: np.array(
            [sweep(f, [rate], [width], seeds)[0, 0] for rate, width in zip(rates, widths)]
        ),
        "grid-in-one-row": lambda *args: sweep(*args).reshape(1, -1),
        "best-of-the-grid": lambda *args: float(sweep(*args).max()),
    },
    symptoms={"fixed-number-of-seeds": divided_by_a_fixed_number},
)


# --- pick_on_validation ---


def pick_on_validation(score, candidates):
    best = candidates[int(np.nanargmax([score(candidate, "validation") for candidate in candidates]))]
    return best, score(best, "test")


PARTS = ("train", "validation", "test")


def score_of(candidates: list, table: dict[str, list[float]]) -> Callable:
    """score(candidate, part) from a table, as if a network had been trained; `asked` keeps what it was asked for."""
    asked = []

    def score(candidate, part):
        asked.append((candidate, part))
        return table[part][candidates.index(candidate)]

    score.asked = asked
    return score


def pick_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Another winner on each part, a tie on validation, a training that failed (NaN), and a single candidate."""
    for k, failed, tie in ((4, False, False), (1, False, False), (5, True, False), (4, False, True), (6, True, True)):
        candidates = [int(width) for width in rng.choice(np.arange(2, 60), k, replace=False)]
        table = {part: [float(x) for x in np.round(rng.uniform(0.55, 0.9, k), 3)] for part in PARTS}
        order = rng.permutation(k)
        for part, i in zip(PARTS, order):
            table[part][i] = round(float(rng.uniform(0.91, 0.99)), 3)
        if k > 1:  # the one that loses everywhere, by a little in validation
            table["validation"][order[3]] = round(float(rng.uniform(0.4, 0.5)), 3)
        if tie:
            first, second = sorted((order[1], order[2]))
            table["validation"][first] = table["validation"][second] = 0.995
        if failed:
            for part in PARTS:
                table[part][order[4]] = float("nan")
        yield score_of(candidates, table), candidates
    for candidates, validation in TELLING_CHOICES:
        others = {part: [float(x) for x in rng.permutation(len(candidates)) / 10 + 0.55] for part in ("train", "test")}
        yield score_of(candidates, others | {"validation": validation}), candidates


NAN = float("nan")
TELLING_CHOICES = [  # candidates, their validation scores: what luck would show in some of the seeds only
    ([16, 4, 64], [NAN, 0.62, 0.71]),  # nothing is larger than NaN, and nothing is smaller
    ([8, 32, 2], [0.71, NAN, 0.74]),  # a place counted without NaN is another one
    ([50, 20, 5], [0.8, 0.9, 0.9]),  # a tie where the first one is the larger candidate
    ([5, 20, 50], [0.8, 0.9, 0.9]),  # and the smaller
    ([3, 7], [0.8712, 0.8714]),  # rounding makes them equal
    ([6, 12, 24], [0.31, 0.42, 0.28]),  # the best is below one half
    ([4, 9, 2], [NAN, 0.0, NAN]),  # the best is 0
    ([0, 3], [0.8, 0.6]),  # the best is a candidate that Python takes for false
]


def asks_the_test_once(call, rng: np.random.Generator) -> Iterator[Finding]:
    """The test examples are asked one single time, about the candidate that was chosen."""
    for score, candidates in list(pick_cases(rng))[:3:2]:
        call.reference(score, candidates)
        score.asked.clear()
        call.reference(score, candidates)
        own = len(score.asked)
        score.asked.clear()
        call(score, candidates)  # asks the reference first
        tested = [candidate for candidate, part in score.asked[own:] if part == "test"]
        if len(tested) > 1:
            yield Finding(
                "test-asked-often", {"times": len(tested)}, cause="peeks-at-the-test", case=(score, candidates)
            )
            return


def pick(choose="validation", report="test", best=np.nanargmax):
    """Chosen by one part, reported on another."""

    def picked(score, candidates):
        chosen = candidates[int(best([score(candidate, choose) for candidate in candidates]))]
        return chosen, score(chosen, report)

    return picked


def last_of_ties(scores):
    return len(scores) - 1 - int(np.nanargmax(scores[::-1]))


def first_until_larger(scores):
    """The place of the largest score by comparing with the first, which stays if it is NaN."""
    best = 0
    for i, score in enumerate(scores):
        if score > scores[best]:
            best = i
    return best


def place_without_nan(scores):
    return int(np.argmax([score for score in scores if not np.isnan(score)]))


def tie_decided_by(key):
    """The highest score; of equal ones not the first, but the one that key puts first."""

    def picked(score, candidates):
        scores = {candidate: score(candidate, "validation") for candidate in candidates}
        highest = np.nanmax(list(scores.values()))
        best = key(candidate for candidate in candidates if scores[candidate] == highest)
        return best, score(best, "test")

    return picked


def reports(summary):
    """The right choice with another number beside it."""

    def picked(score, candidates):
        chosen, _ = pick_on_validation(score, candidates)
        return chosen, summary(lambda part: [score(candidate, part) for candidate in candidates])

    return picked


def asks_all_parts(score, candidates):
    tested = {candidate: score(candidate, "test") for candidate in candidates}
    best, _ = pick_on_validation(score, candidates)
    return best, tested[best]


def position_for_candidate(score, candidates):
    best, tested = pick_on_validation(score, candidates)
    return candidates.index(best), tested


def averaged_parts(score, candidates):
    means = [score(candidate, "train") + score(candidate, "validation") for candidate in candidates]
    best = candidates[int(np.nanargmax(means))]
    return best, score(best, "test")


PICK = Exercise(
    id="08-pick-on-validation",
    points=2,
    reference=pick_on_validation,
    cases=pick_cases,
    examples=[
        (
            (
                score_of(
                    [4, 16, 64],
                    {"train": [0.84, 0.93, 0.99], "validation": [0.83, 0.90, 0.88], "test": [0.82, 0.87, 0.89]},
                ),
                [4, 16, 64],
            ),
            (16, 0.87),
        )
    ],
    float32=False,
    properties=(asks_the_test_once,),
    misconceptions={
        "picks-on-test": pick(choose="test"),
        "picks-on-training": pick(choose="train"),
        "picks-and-reports-on-training": pick(choose="train", report="train"),
        "reports-validation": pick(report="validation"),
        "reports-training": pick(report="train"),
        "lowest-wins": pick(best=np.nanargmin),
        "failed-training-wins": pick(best=np.argmax),
        "failed-first-stays": pick(best=first_until_larger),
        "place-without-the-failed": pick(best=place_without_nan),
        "failed-counts-as-zero": pick(best=lambda scores: int(np.argmax(np.nan_to_num(scores)))),
        "last-of-ties": pick(best=last_of_ties),
        "smallest-of-ties": tie_decided_by(min),
        "largest-of-ties": tie_decided_by(max),
        "reports-best-test": reports(lambda scores: float(np.nanmax(scores("test")))),
        "reports-mean-test": reports(lambda scores: float(np.nanmean(scores("test")))),
        "reports-all-test": reports(lambda scores: scores("test")),
        "position-for-candidate": position_for_candidate,
        "training-and-validation-averaged": averaged_parts,
        "first-candidate": lambda score, candidates: (candidates[0], score(candidates[0], "test")),
        "last-candidate": lambda score, candidates: (candidates[-1], score(candidates[-1], "test")),
        "peeks-at-the-test": asks_all_parts,
    },
)


# --- write_tests ---

Candidate = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]
ENOUGH_BUGS = 6


def linear_backward(dZ, A_prev, W):
    """dA_prev = Wᵀ dZ, dW = (1/m) dZ A_prevᵀ, db = (1/m) Σ dZ: what the candidates of this exercise compute."""
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def by_loops(dZ, A_prev, W):
    n, m = dZ.shape
    dW, db = np.zeros((n, len(A_prev))), np.zeros((n, 1))
    for j in range(m):
        dW = dW + np.outer(dZ[:, j], A_prev[:, j])
        db = db + dZ[:, j : j + 1]
    return np.stack([W.T @ dZ[:, j] for j in range(m)], axis=1), dW / m, db / m


def share_first(dZ, A_prev, W):
    share = np.asarray(dZ) * (1 / np.shape(dZ)[1])
    return np.dot(np.transpose(W), dZ), np.dot(share, np.transpose(A_prev)), share.sum(axis=1, keepdims=True)


def by_einsum(dZ, A_prev, W):
    m = np.shape(dZ)[1]
    dW = np.einsum("im,jm->ij", dZ, A_prev, dtype=float) / m
    return np.einsum("ij,im->jm", W, dZ, dtype=float), dW, np.einsum("im->i", dZ, dtype=float)[:, None] / m


def mean_of_products(dZ, A_prev, W):
    products = np.asarray(dZ)[:, None, :] * np.asarray(A_prev)[None, :, :]
    return (np.asarray(dZ).T @ W).T, products.mean(axis=2), np.mean(dZ, axis=1).reshape(-1, 1)


RIGHT = (linear_backward, by_loops, share_first, by_einsum, mean_of_products)


def bugs(rng: np.random.Generator) -> dict[str, Candidate]:
    """Eight wrong candidates. Numbers in them are drawn anew, and none of them raises an error on arrays that fit."""
    fixed, factor = int(rng.integers(20, 40)), float(rng.uniform(1.5, 3))

    def changed(change: Callable) -> Candidate:
        return lambda dZ, A_prev, W: change(dZ, A_prev, W, *linear_backward(dZ, A_prev, W))

    return {
        "missed-weights-not-averaged": changed(lambda dZ, A, W, dA, dW, db: (dA, dW * dZ.shape[1], db)),
        "missed-bias-not-averaged": changed(lambda dZ, A, W, dA, dW, db: (dA, dW, db * dZ.shape[1])),
        "missed-input-averaged": changed(lambda dZ, A, W, dA, dW, db: (dA / dZ.shape[1], dW, db)),
        "missed-lost-axis": changed(lambda dZ, A, W, dA, dW, db: (dA, dW, db.ravel())),
        "missed-fixed-m": changed(lambda dZ, A, W, dA, dW, db: (dA, dW * dZ.shape[1] / fixed, db)),
        "missed-sign-lost": changed(lambda dZ, A, W, dA, dW, db: (np.abs(W).T @ dZ, dW, db)),
        "missed-mean-of-all": changed(lambda dZ, A, W, dA, dW, db: (dA, dW, np.full(db.shape, db.mean()))),
        "missed-scaled-input": changed(lambda dZ, A, W, dA, dW, db: (factor * dA, dW, db)),
    }


def write_tests(candidate):
    return passes_at(SHAPES, [0, 1, 2])(candidate)


SHAPES = ((1, 1, 1), (3, 2, 4), (2, 3, 7), (4, 4, 5))


def passes_at(shapes, parts, alike=lambda got, want: np.allclose(got, want), draw=np.random.Generator.standard_normal):
    """Tests that try some shapes (n, n_prev, m), look at some of the three answers, and compare them in some way."""

    def tests(candidate):
        rng = np.random.default_rng(8)
        for n, n_prev, m in shapes:
            arrays = draw(rng, (n, m)), draw(rng, (n_prev, m)), draw(rng, (n, n_prev))
            for part in parts:
                got, want = np.asarray(candidate(*arrays)[part]), linear_backward(*arrays)[part]
                if got.shape != want.shape or not alike(got, want):
                    return False
        return True

    return tests


def candidates(rng: np.random.Generator) -> list[tuple[str, Candidate]]:
    """All right and wrong candidates in a random order, the right ones without a name."""
    everyone = [("", right) for right in RIGHT] + list(bugs(rng).items())
    return [everyone[i] for i in rng.permutation(len(everyone))]


def tests_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Right ones first: the first three are asked about twice, and tests may draw fresh inputs for each candidate."""
    for _, candidate in sorted(candidates(rng), key=lambda entry: bool(entry[0])):
        yield (candidate,)


def tell_right_from_wrong(call, rng: np.random.Generator) -> Iterator[Finding]:
    everyone = candidates(rng)
    verdicts = [(name, candidate, bool(call(candidate))) for name, candidate in everyone]
    rejected = sum(not passed for name, _, passed in verdicts if not name)
    missed = [name for name, _, passed in verdicts if name and passed]
    caught = len(everyone) - len(RIGHT) - len(missed)
    if rejected:
        cause = "rejects-everything" if rejected == len(RIGHT) else "rejects-some-right"
        yield Finding("right-rejected", {"rejected": rejected, "right": len(RIGHT)}, cause=cause)
    if caught < ENOUGH_BUGS:
        found = {"caught": caught, "bugs": len(everyone) - len(RIGHT), "wanted": ENOUGH_BUGS}
        yield Finding("too-few-caught", found, cause="accepts-everything" if not caught else "catches-too-few")
        yield from (Finding(name) for name in missed)


TESTS = Exercise(
    id="08-write-tests",
    points=3,
    reference=write_tests,
    cases=tests_cases,
    compare_values=False,
    float32=False,
    properties=(tell_right_from_wrong,),
    may_use=("gradient_check",),
    misconceptions={
        "accepts-everything": lambda candidate: True,
        "rejects-everything": lambda candidate: False,
        "verdict-swapped": lambda candidate: not write_tests(candidate),
        "exact-comparison": passes_at(SHAPES, [0, 1, 2], alike=np.array_equal),
        "shapes-only": passes_at(SHAPES, [0, 1, 2], alike=lambda got, want: True),
        "one-example": passes_at([(3, 2, 1)], [0, 1, 2]),
        "one-example-one-unit": passes_at([(1, 1, 1)], [0, 1, 2]),
        "only-the-first-answer": passes_at(SHAPES, [0]),
        "only-weights": passes_at(SHAPES, [1]),
        "only-biases": passes_at(SHAPES, [2]),
        "weights-and-biases-only": passes_at(SHAPES, [1, 2]),
        "signs-compared": passes_at(SHAPES, [0, 1, 2], alike=lambda got, want: (np.sign(got) == np.sign(want)).all()),
    },
)


# --- ten sick networks: data ---

STEPS = 100


def alternating(rng: np.random.Generator, m: int, classes: int = 2) -> np.ndarray:
    """y (m,): as many of each class as of the others, in random order."""
    return rng.permutation(np.arange(m) % classes)


def ring(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """X (2, m), Y (1, m): class 1 lies around class 0, so that no line and no lucky guess parts them."""
    y, angle = alternating(rng, m), rng.uniform(0, 2 * np.pi, m)
    radius = np.where(y, 1.6, 0.5) + 0.1 * rng.standard_normal(m)
    return radius * np.stack([np.cos(angle), np.sin(angle)]), y[np.newaxis].astype(float)


def own_generator(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(int(rng.integers(10**9)))


Patient = tuple[Args, np.ndarray]  # (X, Y, X_new, rng), Y_new


def ring_patient(rng: np.random.Generator, m: int = 60, m_new: int = 100) -> Patient:
    (X, Y), (X_new, Y_new) = ring(rng, m), ring(rng, m_new)
    return (X, Y, X_new, own_generator(rng)), Y_new


def image_patient(rng: np.random.Generator, m: int = 200, m_new: int = 100) -> Patient:
    """Images (m, 10, 12) of a faint pattern or its negative. Read column by column, the pattern is unlike itself.

    So many pixels, each saying little, that a network that has seen other things is never right by luck.
    """
    while True:
        pattern = rng.permutation(np.arange(120) % 2 - 0.5).reshape(10, 12)
        if pattern.ravel() @ pattern.T.ravel() <= 0:
            break

    def draw(m: int) -> tuple[np.ndarray, np.ndarray]:
        y = alternating(rng, m)
        return (2 * y - 1)[:, None, None] * pattern + rng.standard_normal((m, 10, 12)), y[np.newaxis].astype(float)

    (images, Y), (images_new, Y_new) = draw(m), draw(m_new)
    return (images, Y, images_new, own_generator(rng)), Y_new


def ray_patient(rng: np.random.Generator, m: int = 60, m_new: int = 90) -> Patient:
    """Three classes one behind the other as seen from the origin: without biases they can't be told apart."""

    def draw(m: int) -> tuple[np.ndarray, np.ndarray]:
        y = alternating(rng, m, 3)
        return np.stack([y + 1.0, y + 1.0]) + 0.15 * rng.standard_normal((2, m)), np.eye(3)[:, y]

    (X, Y), (X_new, Y_new) = draw(m), draw(m_new)
    return (X, Y, X_new, own_generator(rng)), Y_new


def leak_patient(rng: np.random.Generator, m: int = 60, m_new: int = 100) -> Patient:
    """A last row that repeats the label where it is known, and is 0 for everyone new."""
    (X, Y, X_new, own), Y_new = ring_patient(rng, m, m_new)
    return (np.vstack([X, Y]), Y, np.vstack([X_new, np.zeros_like(Y_new)]), own), Y_new


def raw_units(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation (2, 1) of a weight in grams and a length in millimetres.

    Apart from those of the notebook, so that its numbers, written into the code, are of no use.
    """
    mean = np.array([[rng.uniform(14000, 18000)], [rng.uniform(15, 20)]])
    return mean, np.array([[rng.uniform(400, 600)], [rng.uniform(1.5, 2.5)]])


def unscaled_patient(rng: np.random.Generator, m: int = 60, m_new: int = 100) -> Patient:
    """Only the feature with the small numbers tells the classes apart."""
    mean, sd = raw_units(rng)

    def draw(m: int) -> tuple[np.ndarray, np.ndarray]:
        y = alternating(rng, m)
        return mean + sd * np.stack([rng.standard_normal(m), 2.0 * y - 1 + 0.35 * rng.standard_normal(m)]), y[
            None
        ] * 1.0

    (X, Y), (X_new, Y_new) = draw(m), draw(m_new)
    return (X, Y, X_new, own_generator(rng)), Y_new


def raw_ring_patient(rng: np.random.Generator, m: int = 60, m_new: int = 100) -> Patient:
    mean, sd = raw_units(rng)
    (X, Y, X_new, own), Y_new = ring_patient(rng, m, m_new)
    return (mean + sd * X, Y, mean + sd * X_new, own), Y_new


def large_patient(rng: np.random.Generator, m: int = 60, m_new: int = 100) -> Patient:
    """A sure case either way: both features large and of one sign; the new ones from smaller to very much larger."""

    def draw(m: int, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
        y, angle = alternating(rng, m), rng.uniform(0.2, np.pi / 2 - 0.2, m)
        radius = (2 * y - 1) * np.exp(rng.uniform(np.log(low), np.log(high), m))
        return radius * np.stack([np.cos(angle), np.sin(angle)]), y[None] * 1.0

    (X, Y), (X_new, Y_new) = draw(m, 300, 1000), draw(m_new, 100, 1e7)
    X_new[:, :2], Y_new[:, :2] = [[1e7, -1e7], [1e7, -1e7]], [[1, 0]]
    return (X, Y, X_new, own_generator(rng)), Y_new


# --- ten sick networks: judging ---


def cured(
    draw: Callable[..., Patient], accuracy: float = 0.85, belief: float = 0.65, times: int = 2, **sizes: int
) -> Callable:
    """Networks trained on fresh examples must be right about others, and believe it; one of them may fail.

    accuracy: the least share of labels that must be right. belief: the least probability, on average, of the truth.
    times: how many must do well, more where a sick network is sometimes right by luck.
    """

    def judge(call, rng: np.random.Generator) -> Iterator[Finding]:
        well, ill = 0, 0
        while well < times:
            args, Y_new = draw(rng, **sizes)
            A = call(*args)
            if A.min() < 0 or A.max() > 1:
                yield Finding("no-probability", {"low": float(A.min()), "high": float(A.max())}, case=args)
                return
            right, believed = healthy_signs(A, Y_new)
            if right >= accuracy and believed >= belief:
                well += 1
                continue
            ill += 1
            if ill == 2:
                found = {"right": round(right * A.shape[1]), "n": A.shape[1], "believed": round(believed, 2)}
                found |= {"least": int(np.ceil(accuracy * A.shape[1])), "belief": belief}
                yield Finding("not-cured", found, cause=complaint(A, right), case=args)
                return

    return judge


def healthy_signs(A: np.ndarray, Y: np.ndarray) -> tuple[float, float]:
    """Share of labels right, and mean probability given to the truth; Y (1, m) labels or (n_y, m) one-hot."""
    if len(Y) > 1:
        return float(np.mean(A.argmax(axis=0) == Y.argmax(axis=0))), float(np.mean(A[Y == 1]))
    return float(np.mean((A > 0.5) == Y)), float(np.mean(np.where(Y == 1, A, 1 - A)))


def complaint(A: np.ndarray, right: float) -> str:
    if np.ptp(A, axis=1).max() < 0.1:
        return "says-the-same"
    return "guesses" if right < 0.7 else "half-cured"


def says_the_same(args: Args, got: np.ndarray, want: np.ndarray) -> bool:
    """Every example gets nearly the same answer."""
    return got.shape == want.shape and bool(np.isfinite(got).all()) and float(np.ptp(got, axis=1).max()) < 0.1


def not_a_number(args: Args, got: np.ndarray, want: np.ndarray) -> bool:
    return bool(np.isnan(got).any())


FORMS = {
    "rank-one": lambda args, got, want: got.shape == (want.size,),
    "transposed": lambda args, got, want: got.shape == want.T.shape != want.shape,
}


def nearest(X: np.ndarray, Y: np.ndarray, X_new: np.ndarray) -> np.ndarray:
    """The label of the nearest training example, each feature in units of its spread."""
    sd = X.std(axis=1, keepdims=True) + 1e-12
    X, X_new = X / sd, X_new / sd
    apart = (X**2).sum(axis=0) - 2 * X_new.T @ X  # (m_new, m), but for what all training examples share
    return Y[:, apart.argmin(axis=1)] * 1.0


def small(draw: Callable[..., Patient], m: int = 13, m_new: int = 5) -> Callable:
    """Two cases with few examples, whose forms are compared and whose numbers tell a known mistake."""

    def cases(rng: np.random.Generator) -> Iterator[Args]:
        yield draw(rng, m, m_new)[0]
        yield draw(rng, m + 4, m_new)[0]

    return cases


def patient(number: int, reference: Callable, draw: Callable[..., Patient], mistakes: dict, **options) -> Exercise:
    """An exercise of the clinic; `mistakes`: the untreated script and cures that do not help."""
    judges = (options.pop("judge", None) or cured(draw), *options.pop("further", ()))
    return Exercise(
        id=f"08-repair-{number}",
        points=2,
        reference=reference,
        cases=options.pop("cases", None) or small(draw),
        compare_values=False,
        float32=False,
        tolerance=Tolerance(1e-9),  # a dying signal differs late
        properties=judges,
        misconceptions=mistakes,
        symptoms=options.pop("symptoms", {}) | FORMS | {"says-the-same": says_the_same},
        **options,
    )


def trained(
    sizes=(8,),
    rate=1.0,
    steps=STEPS,
    scale=None,
    bias=0.0,
    hidden=net.RELU,
    prepare=lambda X, Y, X_new, rng: (X, Y, X_new),
):
    """A training script (X, Y, X_new, rng) -> A_new with hidden layers of these sizes; bias: where b1 starts."""

    def script(X, Y, X_new, rng):
        X, Y, X_new = prepare(X, Y, X_new, rng)
        parameters = net.start(rng, [len(X), *sizes, len(Y)], scale)
        parameters["b1"] = parameters["b1"] + bias
        return net.answer(X_new, net.fit(X, Y, parameters, rate, steps, hidden), hidden)

    return script


# --- 1: starts too small ---


def repair_1(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


DEEP = {"sizes": (8, 8, 8), "rate": 0.5, "steps": 100}

REPAIR_1 = patient(
    1,
    repair_1,
    ring_patient,
    {
        "untreated": trained(**DEEP, scale=0.01),
        "only-more-steps": trained(**DEEP | {"steps": 200}, scale=0.01),
        "only-larger-steps": trained(**DEEP | {"rate": 5.0}, scale=0.01),
        "only-wider": trained(**DEEP | {"sizes": (16, 16, 16)}, scale=0.01),
        "smaller-still": trained(**DEEP, scale=0.001),
    },
    judge=cured(ring_patient, accuracy=0.8),
)


# --- 2: a wrong reshape ---


def repair_2(images, Y, images_new, rng):
    X, X_new = flat(images), flat(images_new)
    no, yes = (X[:, Y[0] == label].mean(axis=1) for label in (0, 1))
    return ((yes - no) @ X_new > (yes - no) @ (yes + no) / 2)[np.newaxis] * 1.0


def flat(images):
    return images.reshape(len(images), -1).T


def scrambled(images):
    return images.reshape(-1, len(images))


IMAGES = {"sizes": (4,), "rate": 0.3, "steps": 60}


def on_images(old, new):
    return trained(**IMAGES, prepare=lambda images, Y, images_new, rng: (old(images), Y, new(images_new)))


REPAIR_2 = patient(
    2,
    repair_2,
    image_patient,
    {
        "untreated": on_images(scrambled, scrambled),
        "only-training-images": on_images(flat, scrambled),
        "only-new-images": on_images(scrambled, flat),
        "rows-and-columns-exchanged-first": on_images(*(2 * [lambda I: scrambled(I.transpose(0, 2, 1))])),
        "read-in-fortran-order": on_images(*(2 * [lambda I: I.reshape(-1, len(I), order="F")])),
        "pixels-in-another-order": on_images(flat, lambda I: I.transpose(0, 2, 1).reshape(len(I), -1).T),
    },
    judge=cured(image_patient, accuracy=0.9, belief=0.75, times=3),
)


# --- 3: a lost axis ---


def repair_3(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def softmax_layer(bias_slope):
    """One softmax layer by hand; bias_slope(dZ) is db."""

    def script(X, Y, X_new, rng):
        W, b = np.zeros((len(Y), len(X))), np.zeros((len(Y), 1))
        for _ in range(200):
            dZ = softmax(W @ X + b) - Y
            W = W - 0.5 * dZ @ X.T / X.shape[1]
            b = b - 0.5 * bias_slope(dZ)
        return softmax(W @ X_new + b)

    return script


def three_cases(rng: np.random.Generator) -> Iterator[Args]:
    """With as many examples as classes a lost axis goes unnoticed."""
    yield ray_patient(rng, 3, 3)[0]
    yield ray_patient(rng, 12, 5)[0]


REPAIR_3 = patient(
    3,
    repair_3,
    ray_patient,
    {
        "untreated": softmax_layer(lambda dZ: dZ.mean(axis=1)),
        "no-biases": softmax_layer(lambda dZ: 0),
        "bias-from-one-example": softmax_layer(lambda dZ: dZ[:, :1]),
        "bias-from-last-example": softmax_layer(lambda dZ: dZ[:, -1:]),
        "biases-uphill": softmax_layer(lambda dZ: -dZ.mean(axis=1, keepdims=True)),
    },
    judge=cured(ray_patient, accuracy=0.93, belief=0.55, times=3),
    cases=three_cases,
)


# --- 4: dead units ---


def repair_4(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


REPAIR_4 = patient(
    4,
    repair_4,
    ring_patient,
    {
        "untreated": trained(bias=-10),
        "only-smaller-steps": trained(bias=-10, rate=0.1),
        "tanh-far-out": trained(bias=-10, hidden=net.TANH),
    },
    judge=cured(ring_patient, accuracy=0.8, belief=0.6),
)


# --- 5: steps too large ---


def repair_5(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


LARGE = {"rate": 30.0, "steps": 300}

REPAIR_5 = patient(
    5,
    repair_5,
    ring_patient,
    {
        "untreated": trained(**LARGE),
        "half-as-large": trained(**LARGE | {"rate": 15.0}),
        "far-too-small": trained(**LARGE | {"rate": 1e-4}),
        "only-fewer-steps": trained(**LARGE | {"steps": 20}),
        "only-smaller-weights": trained(**LARGE, scale=0.01),
    },
    judge=cured(ring_patient, accuracy=0.8, belief=0.6, times=3),
    cases=lambda rng: [ring_patient(rng, 13, 5)[0]],  # a single one, as each takes its time
)


# --- 6: the label among the features ---


def repair_6(X, Y, X_new, rng):
    return nearest(X[:-1], Y, X_new[:-1])


def only_new(change):
    return trained(prepare=lambda X, Y, X_new, rng: (X, Y, np.vstack([X_new[:-1], change(X_new[-1:])])))


def ignores_the_leak(call, rng: np.random.Generator) -> Iterator[Finding]:
    """Whatever stands in the last row of the training examples, the answers stay."""
    (X, Y, X_new, own), _ = leak_patient(rng)
    other = np.vstack([X[:-1], rng.integers(0, 2, size=(1, X.shape[1])) * 1.0])
    moved = float(np.abs(call(X, Y, X_new, own) - call(other, Y, X_new, own)).max())
    if moved > 1e-3:
        yield Finding("leak-still-read", {"moved": moved}, cause="leans-on-the-leak", case=(X, Y, X_new, own))


REPAIR_6 = patient(
    6,
    repair_6,
    leak_patient,
    {
        "untreated": trained(),
        "half-for-the-new": only_new(lambda row: row + 0.5),
        "one-for-the-new": only_new(lambda row: row + 1),
        "only-fewer-steps": trained(steps=STEPS // 3),
        "only-more-steps": trained(steps=2 * STEPS),
        "other-row-dropped": trained(prepare=lambda X, Y, X_new, rng: (X[1:], Y, X_new[1:])),
        "only-the-leak": trained(prepare=lambda X, Y, X_new, rng: (X[-1:], Y, X_new[-1:])),
        "leans-on-the-leak": trained(prepare=lambda X, Y, X_new, rng: (np.vstack([X[:-1], 0.5 * X[-1:]]), Y, X_new)),
    },
    further=(ignores_the_leak,),
)


# --- 7: features on different scales ---


def repair_7(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


def standardized(by, by_new=None):
    """Both sets shifted and scaled: by(A, X, X_new) -> (mean, sd) for the training set, by_new for the new one."""

    def prepare(X, Y, X_new, rng):
        mean, sd = by(X, X_new)
        mean_new, sd_new = (by_new or by)(X, X_new)
        return (X - mean) / sd, Y, (X_new - mean_new) / sd_new

    return prepare


def moments(X, axis=1):
    return X.mean(axis=axis, keepdims=True), X.std(axis=axis, keepdims=True)


def neuron(prepare=None, **options):
    options = {"sizes": (), "rate": 0.5} | options
    return trained(**options, **({"prepare": prepare} if prepare else {}))


def by_each_example(X, Y, X_new, rng):
    (mean, sd), (mean_new, sd_new) = moments(X, axis=0), moments(X_new, axis=0)
    return (X - mean) / sd, Y, (X_new - mean_new) / sd_new


def answers_one_by_one(draw: Callable[..., Patient]) -> Callable:
    """An example gets the same answer alone, among few, and beside one that is far out."""

    def judge(call, rng: np.random.Generator) -> Iterator[Finding]:
        (X, Y, X_new, own), _ = draw(rng)
        among_all = call(X, Y, X_new, own)
        far = X_new.mean(axis=1, keepdims=True) * 50
        for company, columns in ((X_new[:, :5], 5), (np.hstack([X_new, far]), X_new.shape[1]), (X_new[:, :1], 1)):
            answers = call(X, Y, company, own, finite=False)[:, :columns]
            moved = float(np.nan_to_num(np.abs(answers - among_all[:, :columns]), nan=1.0).max())
            if moved > 0.02:
                found = {"moved": moved, "n": company.shape[1], "all": X_new.shape[1]}
                yield Finding("depends-on-company", found, cause="new-statistics", case=(X, Y, company, own))
                return

    return judge


REPAIR_7 = patient(
    7,
    repair_7,
    unscaled_patient,
    {
        "untreated": neuron(),
        "only-smaller-steps": neuron(rate=1e-8),
        "only-training-examples": neuron(standardized(lambda X, new: moments(X), lambda X, new: (0, 1))),
        "only-new-examples": neuron(standardized(lambda X, new: (0, 1), lambda X, new: moments(X))),
        "each-example-by-itself": neuron(by_each_example),
        "all-features-together": neuron(standardized(lambda X, new: (X.mean(), X.std()))),
        "only-shifted": neuron(standardized(lambda X, new: (moments(X)[0], 1))),
        "only-scaled": neuron(standardized(lambda X, new: (0, moments(X)[1]))),
        "multiplied-for-divided": neuron(standardized(lambda X, new: (moments(X)[0], 1 / moments(X)[1]))),
        "new-statistics": neuron(standardized(lambda X, new: moments(X), lambda X, new: moments(new))),
    },
    judge=cured(unscaled_patient, accuracy=0.93, times=4),
    cases=lambda rng: [unscaled_patient(rng, m, 7)[0] for m in (13, 17, 21)],  # answers of 0 and 1 agree by chance
    further=(answers_one_by_one(unscaled_patient),),
)


# --- 8: a sigmoid that overflows ---


def repair_8(X, Y, X_new, rng):
    unit, unit_new = X / np.linalg.norm(X, axis=0), X_new / np.linalg.norm(X_new, axis=0)
    return nearest(unit, Y, unit_new)


def naive(Z):
    with np.errstate(all="ignore"):
        return np.exp(Z) / (1 + np.exp(Z))


def neuron_by_hand(squash, rate=0.1, steps=100, after=lambda A: A, output=None):
    """A neuron whose sigmoid is `squash`; after: what is done to each answer."""

    def script(X, Y, X_new, rng):
        W, b = np.zeros((1, len(X))), np.zeros((1, 1))
        with np.errstate(all="ignore"):
            for _ in range(steps):
                dZ = after(squash(W @ X + b)) - Y
                W, b = W - rate * dZ @ X.T / X.shape[1], b - rate * dZ.mean(axis=1, keepdims=True)
            return after((output or squash)(W @ X_new + b))

    return script


REPAIR_8 = patient(
    8,
    repair_8,
    large_patient,
    {
        "untreated": neuron_by_hand(naive),
        "zero-for-nan": neuron_by_hand(naive, after=np.nan_to_num),
        "half-for-nan": neuron_by_hand(naive, after=lambda A: np.nan_to_num(A, nan=0.5)),
        "only-in-training": neuron_by_hand(net.sigmoid, output=naive),
        "clipped-too-tightly": neuron_by_hand(lambda Z: net.sigmoid(np.clip(Z, -1, 1))),
        "clipped-at-zero": neuron_by_hand(lambda Z: net.sigmoid(np.clip(Z, 0, 500))),
    },
    # Cured, it has 1.00, and 0.975 at least with features scaled as well; what only hides the NaN has 0.83 at most.
    judge=cured(large_patient, accuracy=0.95, belief=0.95),
    symptoms={"nan": not_a_number},
)


# --- 9: X shuffled alone ---


def repair_9(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


def shuffled(by):
    """by(X, Y, rng) -> X and Y in new orders."""
    return trained(prepare=lambda X, Y, X_new, rng: (*by(X, Y, rng), X_new))


def order_of(rng, X):
    return rng.permutation(X.shape[1])


def with_order_back(X, Y, rng):
    order = order_of(rng, X)
    return X[:, order], Y[:, np.argsort(order)]


REPAIR_9 = patient(
    9,
    repair_9,
    ring_patient,
    {
        "untreated": shuffled(lambda X, Y, rng: (X[:, order_of(rng, X)], Y)),
        "two-orders": shuffled(lambda X, Y, rng: (X[:, order_of(rng, X)], Y[:, order_of(rng, Y)])),
        "labels-shuffled-alone": shuffled(lambda X, Y, rng: (X, Y[:, order_of(rng, X)])),
        "order-undone-on-labels": shuffled(with_order_back),
        "labels-sorted": shuffled(lambda X, Y, rng: (X[:, order_of(rng, X)], np.sort(Y))),
        "labels-reversed": shuffled(lambda X, Y, rng: (X[:, order_of(rng, X)], Y[:, ::-1])),
        "features-shuffled": shuffled(lambda X, Y, rng: (rng.permuted(X, axis=1), Y)),
    },
    judge=cured(ring_patient, belief=0.75, m=120),
    cases=small(ring_patient, 20),
)


# --- 10: statistics from the test set ---


def repair_10(X, Y, X_new, rng):
    return nearest(X, Y, X_new)


def both(X, X_new):
    return moments(np.hstack([X, X_new]))


REPAIR_10 = patient(
    10,
    repair_10,
    raw_ring_patient,
    {
        "untreated": trained(prepare=standardized(lambda X, new: moments(new))),
        "each-by-its-own": trained(prepare=standardized(lambda X, new: moments(X), lambda X, new: moments(new))),
        "both-together": trained(prepare=standardized(both)),
        "spread-of-the-new": trained(prepare=standardized(lambda X, new: (moments(X)[0], moments(new)[1]))),
        "mean-of-the-new": trained(prepare=standardized(lambda X, new: (moments(new)[0], moments(X)[1]))),
        "no-standardizing": trained(),
        "new-left-as-they-are": trained(prepare=standardized(lambda X, new: moments(X), lambda X, new: (0, 1))),
        "each-example-by-itself": trained(prepare=by_each_example),
    },
    further=(answers_one_by_one(raw_ring_patient),),
)

EXERCISES = (
    SWEEP,
    PICK,
    TESTS,
    REPAIR_1,
    REPAIR_2,
    REPAIR_3,
    REPAIR_4,
    REPAIR_5,
    REPAIR_6,
    REPAIR_7,
    REPAIR_8,
    REPAIR_9,
    REPAIR_10,
)
