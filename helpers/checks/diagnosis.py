"""Why is the answer wrong? The likely causes, the most telling first.

The learner's answers on fresh inputs are compared with those of each misconception, then with those of the common slips
of relations.py, alone and one on top of the other, for the whole answer and then part by part. A cause is named only
where every answer agrees.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence

from helpers.checks import relations
from helpers.checks.calling import Raised
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise
from helpers.checks.matching import Lazy, Sample, agrees, foretell_all, form, is_wrong, part, paths, relate, same, take
from helpers.checks.symptoms import constant, error_cause, fixed_size, only_some_cases, renamed, scaled


def causes(exercise: Exercise, function: Callable, cases: Sequence[Args]) -> list[str]:
    """Ids of texts, [] where nothing is known. cases: fresh ones, float64."""
    samples = take(exercise, function, cases)
    tolerance = exercise.tolerance
    if not is_wrong(samples, tolerance):
        return []
    # The wrong ones first, which rule out nearly every candidate at once.
    samples.sort(key=lambda s: same(s.got, s.want, tolerance))
    errors = [s.got for s in samples if isinstance(s.got, Raised)]
    if len(errors) == len(samples):
        return _where_only_example_works(exercise, function, samples) or [error_cause(errors[0])]
    if all(s.outcome.answer is None and not isinstance(s.got, Raised) for s in samples):
        return ["printed-not-returned" if any(s.outcome.printed for s in samples) else "returned-nothing"]
    return next(_search(exercise, function, samples, tolerance), [])


def _search(exercise: Exercise, function: Callable, samples: list[Sample], tolerance: Tolerance) -> Iterator[list[str]]:
    """Lists of causes, the most telling first; only the first is taken."""
    foretold = {name: foretell_all(wrong, samples) for name, wrong in exercise.misconceptions.items()}
    yield from ([name] for name in foretold if agrees(foretold[name], samples, tolerance))
    yield from ([name] for name, holds in exercise.symptoms.items() if _shows(holds, samples, tolerance))
    if _changes(exercise, function, samples, tolerance):
        yield ["different-each-call"]
    named, keys = renamed(samples)
    if keys:
        yield keys + (next(_search_values(foretold, named, tolerance), []) if is_wrong(named, tolerance) else [])
    if constant(samples, tolerance):
        yield ["only-visible-example" if _right_on_example(exercise, function) else "constant-answer"]
    yield from _search_values(foretold, samples, tolerance)
    yield from _where(_where_only_example_works(exercise, function, samples))
    yield from _where(only_some_cases(samples, tolerance))
    errors = [s.got for s in samples if isinstance(s.got, Raised)]
    yield from _where([error_cause(errors[0])] if errors else [])


def _search_values(
    foretold: dict[str, list[object]], samples: list[Sample], tolerance: Tolerance
) -> Iterator[list[str]]:
    whole = next(_matches(foretold, samples, tolerance, ()), None)
    if whole:
        yield whole
    wanted_paths = paths(samples[0].want)
    wrong = [path for path in wanted_paths if is_wrong(samples, tolerance, path)]
    if len(wanted_paths) > 1 and wrong and not any(isinstance(s.got, Raised) for s in samples):
        found = [next(_matches(foretold, samples, tolerance, path), scaled(samples, tolerance, path)) for path in wrong]
        causes = list(dict.fromkeys(itertools.chain.from_iterable(found)))
        if causes:
            yield causes
    yield from _where(scaled(samples, tolerance, ()))


def _matches(
    foretold: dict[str, list[object]], samples: list[Sample], tolerance: Tolerance, path: tuple
) -> Iterator[list[str]]:
    """Misconceptions, slips in numbers, and slips in form, alone and on top of one of the others."""
    want = [s.want for s in samples] if not path else [part(s.want, path) for s in samples]
    here = [Sample(s.args, s.m, w, part(s.got, path), s.outcome) for s, w in zip(samples, want, strict=True)]
    enough = min(2, len(here))
    bases = {name: _parts(predicted, path) for name, predicted in foretold.items()}
    yield from ([name] for name, base in bases.items() if agrees(base, here, tolerance))
    if path and constant(here, tolerance):
        yield ["constant-answer"]
    for name, slips in relations.FORMS.items():
        yield from ([name] for slip in slips if agrees(relate(slip, want, here), here, tolerance, (), enough))
    numbers = [(name, relate(slip, want, here)) for name, slips in relations.VALUES.items() for slip in slips]
    yield from ([name] for name, base in numbers if agrees(base, here, tolerance, (), enough))
    # One on top of the other. Forms are compared first: a shape that cannot come out spares the numbers.
    got_form, want_form = form(here[0].got), form(want[0])
    odd = [(name, base) for name, base in bases.items() if form(base[0]) != want_form]
    for name, slips in relations.FORMS.items():
        for slip in slips:
            fits = got_form != want_form and form(relate(slip, want, here)[0]) == got_form
            for wrong, base in [*bases.items(), *numbers] if fits else odd:
                if agrees(relate(slip, base, here), here, tolerance, (), enough):
                    yield [wrong, name]
    fitting = [(wrong, base) for wrong, base in bases.items() if form(base[0]) == got_form]
    for name, slips in relations.VALUES.items():
        if name in relations.ON_TOP:  # in m, say, where there is none; to find that out with every base takes long
            slips = [slip for slip in slips if any(a is not None for a in relate(slip, want, here))]
        for (wrong, base), slip in itertools.product(fitting if name in relations.ON_TOP else odd, slips):
            if name != "returns-argument" and agrees(relate(slip, base, here), here, tolerance, (), enough):
                yield [wrong, name]


def _parts(answers: Sequence[object], path: tuple) -> Sequence[object]:
    return Lazy(lambda i: part(answers[i], path), len(answers)) if path else answers


def _shows(holds: Callable, samples: Sequence[Sample], tolerance: Tolerance) -> bool:
    wrong = [s for s in samples if not same(s.got, s.want, tolerance)]
    try:
        return all(not isinstance(s.got, Raised) and bool(holds(s.args, s.got, s.want)) for s in wrong)
    except Exception:  # a symptom may reach for entries that the answer does not have: then it does not show
        return False


def _changes(exercise: Exercise, function: Callable, samples: Sequence[Sample], tolerance: Tolerance) -> bool:
    again = take(exercise, function, [s.args for s in samples[:3]])
    return any(not same(s.got, a.got, tolerance) for s, a in zip(samples, again))


def _right_on_example(exercise: Exercise, function: Callable) -> bool:
    return bool(exercise.examples) and not is_wrong(
        take(exercise, function, [exercise.examples[0][0]]), exercise.tolerance
    )


def _where_only_example_works(exercise: Exercise, function: Callable, samples: list[Sample]) -> list[str]:
    """The example of the notebook comes out right. Do others of its size, made by drawing its columns again?"""
    if not _right_on_example(exercise, function):
        return []
    return fixed_size(exercise, function, exercise.examples[0][0], samples)


def _where(found: list[str]) -> Iterator[list[str]]:
    if found:
        yield found
