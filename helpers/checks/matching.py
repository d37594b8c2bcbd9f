"""Does a foretold wrong answer agree with the learner's in every sample?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.checks import values
from helpers.checks.calling import Outcome, Raised, call
from helpers.checks.compare import SINGLE, Tolerance, compare
from helpers.checks.exercise import Args, Exercise, count_examples
from helpers.checks.relations import Relation

Path = tuple


@dataclass(frozen=True)
class Sample:
    """One case: what was wanted and what the learner's function gave, its error included."""

    args: Args
    m: int | None
    want: object
    got: object
    outcome: Outcome


def take(exercise: Exercise, function: Callable, cases: Sequence[Args]) -> list[Sample]:
    """Call the reference and the learner's function on each case."""
    samples = []
    for args in cases:
        want = call(exercise.reference, args, ()).answer
        outcome = call(function, args, exercise.argument_names)
        got = outcome.raised or like(outcome.answer, want)
        samples.append(Sample(args, count_examples(args), want, got, outcome))
    return samples


def like(got: object, want: object) -> object:
    """The answer without its tolerated freedoms: (1, 1) for a number, a list for a tuple, an array for a list."""
    if values.is_number(want) and values.is_real_array(got) and got.size == 1 and got.ndim in (0, 2):
        return got.reshape(())
    if isinstance(want, (list, tuple)) and values.is_real_array(got) and got.ndim == 1:
        got = values.entries(got)
    if isinstance(want, (list, tuple)) and isinstance(got, (list, tuple)) and len(got) == len(want):
        return type(want)(like(g, w) for g, w in zip(got, want, strict=True))
    if isinstance(want, dict) and isinstance(got, dict) and set(want) <= set(got):
        return {key: like(got[key], want[key]) for key in want}
    return got


def form(value: object) -> object:
    """Containers, keys and shapes of an answer, without its numbers."""
    if isinstance(value, dict):
        return ("dict", *((key, form(entry)) for key, entry in value.items()))
    if isinstance(value, (list, tuple)):
        return ("sequence", *map(form, value))
    return np.shape(value) if values.is_number(value) or isinstance(value, np.ndarray) else type(value).__name__


def same(a: object, b: object, tolerance: Tolerance) -> bool:
    """Equal in form and, within the tolerance, in numbers; NaN equals NaN, an error equals one of its type."""
    if isinstance(a, Raised) or isinstance(b, Raised):
        return isinstance(a, Raised) and isinstance(b, Raised) and a.type_name == b.type_name
    if _begin_apart(a, b, tolerance) or compare(a, b, tolerance) is not None:
        return False
    return [np.shape(leaf) for leaf in values.leaves(a)] == [np.shape(leaf) for leaf in values.leaves(b)]


def _begin_apart(a: object, b: object, tolerance: Tolerance) -> bool:
    """Does the first number tell them apart? Of thousands of candidates nearly all are ruled out by it."""
    while isinstance(b, (dict, list, tuple)):
        if type(a) is not type(b) or not b:
            return False
        key = next(iter(b)) if isinstance(b, dict) else 0
        if not a or (isinstance(a, dict) and key not in a):
            return False
        a, b = a[key], b[key]
    if not (values.is_real_array(a) and values.is_real_array(b) and a.size and a.shape == b.shape):
        return False
    loose = tolerance.for_precision(SINGLE)  # where b is not finite, neither is the scale, and nothing is said here
    scale = max(float(np.abs(b.astype(np.float64)).max()), 1e-3)
    return abs(float(a.item(0)) - float(b.item(0))) > loose.relative * scale + loose.absolute


def foretell(wrong: Callable, sample: Sample) -> object:
    """What a misconception gives where the learner's function gave sample.got."""
    outcome = call(wrong, sample.args, ())
    return outcome.raised or like(outcome.answer, sample.want)


class Lazy(Sequence):
    """Answers worked out when first asked for: most candidates are ruled out by the first sample."""

    def __init__(self, answer: Callable[[int], object], length: int) -> None:
        self._answer, self._length, self._known = answer, length, {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, i: int) -> object:
        if not 0 <= i < self._length:
            raise IndexError(i)
        if i not in self._known:
            self._known[i] = self._answer(i)
        return self._known[i]


def foretell_all(wrong: Callable, samples: Sequence[Sample]) -> Lazy:
    return Lazy(lambda i: foretell(wrong, samples[i]), len(samples))


def relate(relation: Relation, base: Sequence[object], samples: Sequence[Sample]) -> Lazy:
    """What a slip makes of each base answer; None where it does not apply."""

    def answer(i: int) -> object:
        if base[i] is None or isinstance(base[i], Raised):
            return None
        return values.normalize(relation(base[i], samples[i].args, samples[i].m))

    return Lazy(answer, len(samples))


def part(value: object, path: Path) -> object:
    """The entry of an answer at a path of keys and positions; an error is the same in every part."""
    for key in path:
        keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, (tuple, list)) else ()
        if key in keys:
            value = value[key]
        elif not isinstance(value, Raised):
            return None
    return value


def paths(want: object, path: Path = ()) -> list[Path]:
    """Where the parts of an answer are: the entries of dicts and tuples."""
    if isinstance(want, dict):
        return [p for key in want for p in paths(want[key], (*path, key))]
    if isinstance(want, tuple):
        return [p for i, entry in enumerate(want) for p in paths(entry, (*path, i))]
    return [path]


def agrees(
    foretold: Sequence[object], samples: Sequence[Sample], tolerance: Tolerance, path: Path = (), at_least: int = 1
) -> bool:
    """Every answer that could be foretold is the learner's, and at_least so many of them are values that are wrong."""
    telling = 0
    for predicted, sample in zip(foretold, samples, strict=True):
        if predicted is None:
            continue
        expected, got, want = part(predicted, path), part(sample.got, path), part(sample.want, path)
        if not same(got, expected, tolerance):
            return False
        telling += not isinstance(expected, Raised) and not same(expected, want, tolerance)
    return telling >= at_least


def is_wrong(samples: Sequence[Sample], tolerance: Tolerance, path: Path = ()) -> bool:
    return any(not same(part(s.got, path), part(s.want, path), tolerance) for s in samples)
