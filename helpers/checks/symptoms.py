"""Causes that show in how the answers behave rather than in which numbers they are."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from helpers.checks import values
from helpers.checks.calling import Raised
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, count_examples
from helpers.checks.matching import Sample, is_wrong, like, part, same, take

ERROR_CAUSES = {
    "NotImplementedError": "not-written-yet",
    "NameError": "undefined-name",
    "RecursionError": "endless-recursion",
    "KeyError": "unknown-key",
    "IndexError": "index-out-of-range",
    "ZeroDivisionError": "division-by-zero",
    "AttributeError": "unknown-attribute",
    "SystemExit": "exits",
    "ImportError": "missing-import",
}
SHAPE_WORDS = ("shape", "matmul", "broadcast", "dimension", "align", "axis")


def error_cause(raised: Raised) -> str:
    """The cause that goes with the type of an error, and with its text where that says more."""
    if raised.is_a("IndexError") and "used as indices" in raised.text:
        return "index-not-whole"
    for name, cause in ERROR_CAUSES.items():
        if raised.is_a(name):
            return cause
    if raised.is_a("ValueError") and any(word in raised.text for word in SHAPE_WORDS):
        return "shapes-do-not-fit"
    if raised.is_a("TypeError") and "positional argument" in raised.text:
        return "wrong-number-of-arguments"
    return "raises-error"


def constant(samples: Sequence[Sample], tolerance: Tolerance) -> bool:
    """The same answer, or arrays full of the same number, for inputs that want different ones."""
    if all(same(s.want, samples[0].want, tolerance) for s in samples) or isinstance(samples[0].got, Raised):
        return False
    if samples[0].got is None:  # a part that is not there
        return False
    if all(same(s.got, samples[0].got, tolerance) for s in samples):
        return True
    if isinstance(samples[0].want, dict) or not all(values.is_real_array(s.got) and s.got.size for s in samples):
        return False
    if any(not values.is_real_array(s.want) or s.got.shape != s.want.shape for s in samples):
        return False
    arrays = [s.got for s in samples]
    return all((a == arrays[0].flat[0]).all() for a in arrays)


def renamed(samples: Sequence[Sample]) -> tuple[list[Sample], list[str]]:
    """Answers that lack a wanted key of a dict, brought under the right names where there are enough entries."""
    want, got = samples[0].want, samples[0].got
    if not isinstance(want, dict) or not isinstance(got, dict) or set(want) <= set(got):
        return list(samples), []
    if len(got) < len(want):
        return list(samples), ["missing-key"]
    free = [key for key in got if key not in want]
    names: dict[object, object] = {}
    for key in want:
        lowered = {str(other).lower(): other for other in free if other not in names.values()}
        near = difflib.get_close_matches(str(key).lower(), lowered, n=1, cutoff=0.3)
        names[key] = key if key in got else lowered[near[0]] if near else next(iter(lowered.values()), None)
    fixed = []
    for s in samples:
        entries = s.got if isinstance(s.got, dict) else {}
        fixed.append(replace(s, got=like({key: entries.get(name) for key, name in names.items()}, s.want)))
    return fixed, ["wrong-keys"]


def scaled(samples: Sequence[Sample], tolerance: Tolerance, path: tuple) -> list[str]:
    """Every number is the right one times a factor: the same for all inputs, or m divided by a fixed number."""
    factors = []
    for s in samples:
        got, want = part(s.got, path), part(s.want, path)
        factor = _factor(got, want)
        if not factor:  # None or 0
            return []
        times_factor = values.normalize(values.map_leaves(lambda leaf, r=factor: np.asarray(leaf) * r, want))
        if not same(got, times_factor, tolerance):
            return []
        factors.append((factor, s.m))
    ratios = np.array([factor for factor, _ in factors])
    if len(ratios) < 2 or np.allclose(ratios, 1, rtol=1e-4):
        return []
    if np.allclose(ratios, ratios[0], rtol=1e-4):
        return ["scaled"]
    if all(m for _, m in factors):
        fixed = np.array([m / factor for factor, m in factors])
        if np.allclose(fixed, fixed[0], rtol=1e-4):
            return ["fixed-m"]
    return []


def _factor(got: object, want: object) -> float | None:
    """got / want at the largest entry of want, where both are numbers of one form."""
    mine, right = list(values.leaves(got)), list(values.leaves(want))
    if not right or [np.shape(a) for a in mine] != [np.shape(b) for b in right]:
        return None
    if not all(values.is_number(a) or values.is_real_array(a) for a in mine + right):
        return None
    a = np.concatenate([np.ravel(leaf) for leaf in mine]).astype(np.float64)
    b = np.concatenate([np.ravel(leaf) for leaf in right]).astype(np.float64)
    if b.size == 0:
        return None
    largest = int(np.abs(b).argmax())
    return float(a[largest] / b[largest]) if abs(b[largest]) > 1e-9 and np.isfinite(a[largest]) else None


def fixed_size(exercise: Exercise, function: Callable, example: Args, samples: Sequence[Sample]) -> list[str]:
    """For a function that is right on the notebook's example: is that example, or its size, written into it?"""
    m = count_examples(example)
    others = [s for s in samples if s.m != m]
    if m is None or m == 1 or not all(is_wrong([s], exercise.tolerance) for s in others):
        return []
    rng = np.random.default_rng(0)
    drawn = [_draw_columns(example, m, rng.integers(0, m, size=m)) for _ in range(3)]
    wrong = is_wrong(take(exercise, function, drawn), exercise.tolerance)
    return ["only-visible-example"] if wrong else ["fixed-size"]


def _draw_columns(args: Args, m: int, columns: np.ndarray) -> Args:
    """Other valid arguments of the same shapes: the examples of these, some twice and some not at all."""

    def draw(leaf: object) -> object:
        if not isinstance(leaf, np.ndarray):
            return leaf
        if leaf.ndim in (3, 4) and leaf.shape[0] == m:  # a stack of images
            return leaf[columns]
        return leaf[:, columns] if leaf.ndim == 2 and leaf.shape[1] == m else leaf

    return tuple(draw(arg) for arg in args)


def only_some_cases(samples: Sequence[Sample], tolerance: Tolerance) -> list[str]:
    """Right but for a kind of input: one example, one feature, large numbers."""
    wrong = [is_wrong([s], tolerance) for s in samples]
    if all(wrong):
        return []
    kinds = {
        "one-example": lambda s: s.m == 1,
        "one-feature": lambda s: isinstance(s.args[0], np.ndarray) and s.args[0].shape[:1] == (1,),
        "overflow": lambda s: _largest(s.args) >= 50,
    }
    found = [name for name, holds in kinds.items() if [holds(s) for s in samples] == wrong][:1]
    overflown = [_overflows(s.got) for s, is_one in zip(samples, wrong) if is_one]
    return found if found != ["overflow"] or all(overflown) else []


def _overflows(got: object) -> bool:
    """NaN, infinity or the error that math.exp makes of it."""
    if isinstance(got, Raised):
        return got.is_a("OverflowError")
    numbers = [leaf for leaf in values.leaves(got) if values.is_number(leaf) or values.is_real_array(leaf)]
    return not all(np.isfinite(leaf).all() for leaf in numbers)


def _largest(args: Args) -> float:
    arrays = [leaf for leaf in values.leaves(args) if values.is_real_array(leaf) and leaf.size]
    return max((float(np.abs(a).max()) for a in arrays), default=0.0)
