"""Runs one check: calls the learner's function on fresh inputs, gathers what is wrong, asks why, writes the report."""

import inspect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from helpers.checks import diagnosis, registry, texts, values
from helpers.checks.borrowing import Watch, told_by
from helpers.checks.calling import Outcome, call, lives_elsewhere, present
from helpers.checks.compare import Difference, Tolerance, compare, precision
from helpers.checks.exercise import Args, Exercise, Finding
from helpers.checks.matching import like, same
from helpers.checks.report import Report, Writer, distinct

ENOUGH_FAILURES = 12
MOST_DRAWN = 40


def run(
    exercise_id: str, function: Callable, *, seed: int | None = None, language: str = "en", watch: bool = True
) -> Report:
    """Check a function against an exercise.

    function: the learner's; always called by position.  seed: None draws a new one; the report holds it.
    language: of the message, where there is a translation.  watch: False lets the function call the course's own code,
    for tests of the checks themselves; see borrowing.py.
    Returns a Report. Raises ValueError for an unknown exercise, and nothing else: an error of the check's own gives a
    report with `broken`, which passes nobody and blames nobody.
    """
    exercise = registry.find(exercise_id, language)
    seed = int(np.random.SeedSequence().generate_state(1)[0]) if seed is None else int(seed)
    try:
        with np.errstate(all="ignore"):  # a notebook may have said np.seterr(all="raise"): not for our own arithmetic
            return Examination(exercise, function, seed, language, watch).report()
    except Exception as error:
        text = texts.engine(
            "frame", "broken", language, id=exercise.id, seed=seed, error=f"{type(error).__name__}: {error}"
        )
        finding = Finding("check-broke", text=text)
        return Report(exercise.id, False, 0, exercise.points, (finding,), (), text, seed, broken=True)


class _UnfitError(Exception):
    """An answer that a property cannot go on with; holds the finding."""


class Caller:
    """What a property calls: the learner's function, with the answer's form checked before the property sees it."""

    def __init__(self, examination: "Examination") -> None:
        self._examination = examination
        self.wanted: object = None  # the course's own answer to the last call

    def __call__(self, *args: object, finite: bool = True) -> object:
        """The learner's answer as data, in the form of the reference's; its numbers are finite unless finite=False.

        A number comes as a float; where the answer does not fit, the property ends here and the finding is reported.
        """
        return self._checked(args, finite)

    def in_a_row(self, *args: object) -> tuple[object, object]:
        """The answers of two calls that share the generator among the arguments: the second draws on."""
        args = tuple(values.copy(arg) for arg in args)
        return self._checked(args, shared=True), self._checked(args, shared=True)

    def _checked(self, args: Args, finite: bool = True, shared: bool = False) -> object:
        want = self.wanted = self.reference(*args)
        finding = next(self._examination.compare_call(args, want, exact=False, shared=shared), None)
        if finding is not None:
            raise _UnfitError(finding)
        answer = like(self._examination.last.answer, want)
        if finite and not all(np.isfinite(leaf).all() for leaf in values.leaves(answer) if not isinstance(leaf, str)):
            raise _UnfitError(Finding("no-number", {"place": self._examination.writer.place(())}, case=args))
        return values.map_leaves(lambda leaf: float(leaf) if values.is_number(leaf) else leaf, answer)

    def reference(self, *args: object) -> object:
        """The course's own answer."""
        return self._examination.wanted(args)


class Examination:
    """One function under one exercise with one seed."""

    def __init__(
        self, exercise: Exercise, function: Callable, seed: int, language: str = "en", watch: bool = True
    ) -> None:
        self.exercise, self.function, self.seed = exercise, function, seed
        rules = exercise.may_use, exercise.function_name, registry.text_file(exercise)
        self.watch = Watch(*rules) if watch and not lives_elsewhere(function) else None
        own = texts.load(registry.text_file(exercise), language)[exercise.id]
        self.writer = Writer(exercise, own, language)
        self.streams = np.random.SeedSequence(seed).spawn(4)
        self.tried = self.failed = 0
        self.last = Outcome()

    def passes(self) -> bool:
        """Whether nothing is wrong: the verdict of `report` with the same seed, known at the first finding."""
        return next(self._findings(), None) is None

    def report(self) -> Report:
        findings = list(self._findings())
        if not findings:
            message = self.writer.sentence("frame", "right", tried=self.tried, max_points=self.exercise.points)
            return self._result(True, (), [], message)
        found = self._causes(findings)
        told = [finding.cause for finding in findings if finding.cause]
        message = self.writer.message(findings, found or told, self.seed, self.tried, self.failed)
        return self._result(False, tuple(findings), list(dict.fromkeys(found + told)), message)

    def _result(self, passed: bool, findings: tuple[Finding, ...], causes: list[str], message: str) -> Report:
        most = self.exercise.points
        points = most if passed else 0
        return Report(self.exercise.id, passed, points, most, findings, tuple(causes), message, self.seed)

    def _rng(self, stream: int) -> np.random.Generator:
        return np.random.default_rng(self.streams[stream])

    # What is wrong

    def _findings(self) -> Iterator[Finding]:
        """Each kind of mistake once, at the first and so smallest case that shows it."""
        not_callable = self._not_callable()
        if not_callable:
            yield not_callable
            return
        seen = set()
        for finding in itertools.chain(self._all_findings(), self._borrowed()):
            if finding.id not in seen:
                seen.add(finding.id)
                yield self._with_text(finding)

    def _with_text(self, finding: Finding) -> Finding:
        return finding if finding.text else replace(finding, text=self.writer.finding(finding))

    def _not_callable(self) -> Finding | None:
        if not callable(self.function):
            return self._with_text(
                Finding("not-a-function", {"kind": self.writer.kind(values.normalize(self.function))})
            )
        try:
            signature = inspect.signature(self.function)
        except Exception:
            return None  # some callables have none to show, or fight it; calling them will tell
        names = self.exercise.argument_names
        try:
            signature.bind(*names)
        except TypeError:
            found = {"wanted": ", ".join(names), "count": len(names), "signature": str(signature)}
            return self._with_text(Finding("wrong-parameters", found, cause="wrong-parameters"))
        return None

    def _all_findings(self) -> Iterator[Finding]:
        outcomes: list[tuple[Args, Outcome]] = []
        for args, want in self._cases():
            found = list(self.compare_call(args, want, exact=self.exercise.compare_values))
            outcomes.append((args, self.last))
            self.tried += 1
            self.failed += bool(found)
            yield from found
            if self.failed == self.tried == ENOUGH_FAILURES:
                return
        yield from self._repeated(outcomes)
        yield from self._properties()

    def _borrowed(self) -> Iterator[Finding]:
        name = self.watch and (self.watch.borrowed or told_by(self.function))
        if name:
            yield Finding("borrowed", {"name": name}, cause="borrowed")

    def _cases(self) -> Iterator[tuple[Args, object]]:
        """The worked examples, fresh cases, and some of those again in float32."""
        for args, answer in self.exercise.examples:
            yield args, values.normalize(answer)
        fresh = [tuple(args) for args in self.exercise.cases(self._rng(0))]
        for args in [*fresh, *self._of_the_same_shapes(fresh[0])]:
            yield args, self.wanted(args)
        if self.exercise.float32 and self.exercise.compare_values:
            for args in (fresh[0], fresh[len(fresh) // 2]):  # extreme cases come last, and need more than float32
                args32 = values.in_precision(args, np.float32)
                yield args32, self.wanted(args32)

    def _of_the_same_shapes(self, args: Args) -> Iterator[Args]:
        """Arguments like these with other numbers in them: what is kept from call to call, by shapes, shows."""
        rng = self._rng(3)
        for _ in range(MOST_DRAWN if self.exercise.compare_values else 0):
            others = tuple(next(iter(self.exercise.cases(rng))))
            if values.shapes(others) == values.shapes(args):
                yield others
                return

    def wanted(self, args: Args) -> object:
        outcome = call(self.exercise.reference, args, ())  # no names: nobody looks whether it changes its arguments
        if outcome.raised:
            raise RuntimeError(f"the reference of {self.exercise.id} raised {outcome.raised}")
        return outcome.answer

    def compare_call(self, args: Args, want: object, exact: bool, shared: bool = False) -> Iterator[Finding]:
        """Call the function once and yield what is wrong with this one call."""
        sizes = [leaf.size for leaf in values.leaves(want) if isinstance(leaf, np.ndarray)]
        self.last = outcome = call(self.function, args, self.exercise.argument_names, sizes, self.watch, shared)
        if outcome.raised:
            yield self._raised(args, outcome)
            return
        difference = compare(outcome.answer, want, self.exercise.tolerance.for_precision(precision(*args)), exact)
        if difference is not None:
            yield self._different(args, difference, outcome.answer, want)
        elif self.exercise.keeps_float32 and not _keeps_dtype(outcome.answer, want):
            yield Finding("lost-float32", cause="lost-float32", case=args)
        if outcome.mutated:
            yield Finding("mutated", {"argument": outcome.mutated[0]}, cause="mutated-argument", case=args)

    def _raised(self, args: Args, outcome: Outcome) -> Finding:
        raised = outcome.raised
        line = ""
        if raised.line:
            line = " " + self.writer.sentence("kinds", "line", line=raised.line, source=raised.source)
        return Finding("raised", {"type": raised.type_name, "text": raised.text.rstrip("."), "line": line}, case=args)

    def _different(self, args: Args, difference: Difference, got: object, want: object) -> Finding:
        found = dict(difference.values)
        found["place"] = self.writer.place(difference.path, difference.index)
        found["where"] = self.writer.where(difference.index)
        if difference.kind == "wrong-value":
            found["difference"] = found["got"] - found["wanted"]
            found["got"], found["wanted"] = distinct(found["got"], found["wanted"])
        else:
            for key in ("got", "wanted"):
                if key in found and difference.kind != "not-finite":
                    found[key] = self.writer.kind(found[key])
        return Finding(difference.kind, found, case=args, got=got, wanted=want)

    def _repeated(self, outcomes: list[tuple[Args, Outcome]]) -> Iterator[Finding]:
        """The same inputs again, in the other order: an answer may depend on its arguments only."""
        answered = [(args, outcome) for args, outcome in outcomes if values.is_data(outcome.answer)]
        for args, outcome in answered:
            now = None if outcome.raised else present(self.function, outcome.original)
            if not outcome.raised and not _equal(values.normalize(now), outcome.answer):
                yield Finding("overwrites-answers", cause="overwrites-answers", case=args)
                return
        for args, outcome in reversed(answered[:3]):
            again = call(self.function, args, self.exercise.argument_names)
            if not outcome.raised and (again.raised or not _equal(again.answer, outcome.answer)):
                yield Finding("different-each-call", cause="different-each-call", case=args)
                return

    def _properties(self) -> Iterator[Finding]:
        caller = Caller(self)
        for judge, seed in zip(self.exercise.properties, self.streams[1].spawn(len(self.exercise.properties))):
            try:
                for finding in judge(caller, np.random.default_rng(seed)):
                    # What a property makes of an answer that is wrong already is a consequence, not a cause.
                    yield replace(finding, cause=None) if self.failed else finding
            except _UnfitError as unfit:
                yield unfit.args[0]

    # Why

    def _causes(self, findings: list[Finding]) -> list[str]:
        if findings[0].id == "not-a-function":
            return ["not-a-function"]
        if findings[0].id == "wrong-parameters":
            return ["wrong-parameters"]
        cases = [tuple(args) for args in self.exercise.cases(self._rng(2))]
        return diagnosis.causes(self.exercise, self.function, cases)


def _equal(a: object, b: object) -> bool:
    return same(a, b, Tolerance())


def _keeps_dtype(got: object, want: object) -> bool:
    pairs = zip(values.leaves(got), values.leaves(want), strict=False)
    return all(g.dtype == w.dtype for g, w in pairs if isinstance(w, np.ndarray) and w.ndim and w.dtype == np.float32)
