"""What a class made of an assignment: who got how far, what was misunderstood most, and whose answers are alike."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import jinja2

from grading import similarity
from grading.course import Course
from grading.intake import InvalidSubmissionError, Submission, notebook
from grading.ledger import Ledger, Row
from grading.rebuild import grade_id, kind
from grading.similarity import Pair

MOST_CAUSES = 5
MANY = 5  # attempts; more are counted together
_pages = jinja2.Environment(loader=jinja2.PackageLoader("grading"), autoescape=True, undefined=jinja2.StrictUndefined)


@dataclass
class Exercise:
    """One item over the class; each learner is in one of the counts.

    passed: with all points.  partly: with some.  failed: with none.  untried: nothing was written.
    waiting: for a person.
    attempts: different answers that were handed in, earlier ones included.
    causes: misconceptions -> learners whose answer shows them; a test's own words where it names none.
    """

    name: str
    most: float
    passed: int = 0
    partly: int = 0
    failed: int = 0
    untried: int = 0
    waiting: int = 0
    attempts: int = 0
    causes: Counter = field(default_factory=Counter)

    @property
    def learners(self) -> int:
        """Who handed in the assignment."""
        return self.passed + self.partly + self.failed + self.untried + self.waiting

    @property
    def rate(self) -> float:
        """The share of learners with all points."""
        return self.passed / self.learners if self.learners else 0.0

    def add(self, points: float | None, causes: list[str], untouched: bool) -> None:
        """Count one learner."""
        if untouched:
            self.untried += 1
        elif points is None:
            self.waiting += 1
        elif points == self.most:
            self.passed += 1
        else:
            self.partly += points > 0
            self.failed += points == 0
            self.causes.update(causes)


@dataclass
class Insights:
    """attempts: student -> how often something was handed in.  states: how many submissions ended how."""

    assignment: str
    exercises: list[Exercise]
    attempts: dict[str, int]
    states: Counter
    alike: list[Pair]


def gather(course: Course, ledger: Ledger, assignment: str) -> Insights:
    """Read the ledger, what was handed in, and the answers for their likeness."""
    exercises: dict[str, Exercise] = {}
    attempts, states = {}, Counter()
    answer_of, released = _answers(course, assignment)
    for row in ledger.all(assignment):
        states[row.state.value] += 1
        handed = list((course.own_folder / "attempts" / assignment / row.student).glob("[!.]*"))
        attempts[row.student] = max(1, len(handed))
        for found in row.outcome.notebooks if row.outcome else []:
            for item in found.items:
                one = exercises.setdefault(item.name, Exercise(item.name, item.most))
                one.add(item.points, item.causes, answer_of.get(item.name, "") in found.untouched)
        written = _written(handed, row, released)
        for one in exercises.values():
            one.attempts += written[answer_of.get(one.name, "")]
    alike = similarity.pairs(course, ledger, assignment, similarity.references(course, assignment))
    return Insights(assignment, list(exercises.values()), attempts, states, alike)


def _answers(course: Course, assignment: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Item -> the grade_id of the answer it judges; and by notebook, answers as they were released."""
    answer_of, released = {}, {}
    for name, source in course.sources(assignment).items():
        last = ""
        texts = released.setdefault(name, {})
        for cell in source.cells:
            what = kind(cell)
            if what in ("solution", "answer"):
                last = grade_id(cell)
                texts[last] = cell.source.strip()
            if what in ("test", "answer") and last:
                answer_of[grade_id(cell)] = last
    return answer_of, released


def _written(handed: list[Path], row: Row, released: dict[str, dict[str, str]]) -> Counter:
    """Answer -> how many different ones this learner handed in, the released text left out."""
    seen = set()
    for folder in handed:
        files = {p.name: p.read_bytes() for p in folder.glob("*.ipynb") if p.is_file()}
        for name, texts in released.items():
            try:
                cells = notebook(Submission(files), name, set(released) - {name}).cells
            except InvalidSubmissionError:
                continue
            seen |= {
                (g, c.source.strip()) for c in cells if (g := grade_id(c)) in texts and c.source.strip() != texts[g]
            }
    return Counter(name for name, _ in seen)


def table(found: Insights) -> str:
    """Text for a terminal."""
    width = max((len(one.name) for one in found.exercises), default=8)
    lines = [f"{'exercise':{width}}  full   partly  untried  attempts  learners  most frequent causes"]
    for one in found.exercises:
        counts = f"{one.partly:6}  {one.untried:7}  {one.attempts:8}  {one.learners:8}"
        lines.append(f"{one.name:{width}}  {one.rate:5.0%}  {counts}  {_causes(one)}".rstrip())
    handed = sum(found.attempts.values())
    states = ", ".join(f"{count} {state}" for state, count in found.states.items())
    lines.append(f"{len(found.attempts)} learners, handed in {handed} times; {states}")
    lines += [
        f"alike ({pair.likeness:.0%}): {pair.one} and {pair.other} in {pair.exercise}" for pair in found.alike[:20]
    ]
    return "\n".join(lines)


def _causes(one: Exercise) -> str:
    return "; ".join(f"{cause} ({count})" for cause, count in one.causes.most_common(MOST_CAUSES))


def write_csv(found: Insights, file: Path) -> None:
    """One line an exercise and cause."""
    with open(file, "w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        counts = ("learners", "passed", "partly", "failed", "untried", "waiting", "attempts")
        writer.writerow(["exercise", "max_points", *counts, "cause", "count"])
        for one in found.exercises:
            for cause, count in one.causes.most_common() or [("", 0)]:
                writer.writerow([one.name, one.most, *(getattr(one, name) for name in counts), cause, count])


def write_alike(found: Insights, file: Path) -> None:
    """The similarity report: one line a pair."""
    with open(file, "w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["exercise", "one", "other", "likeness"])
        writer.writerows([pair.exercise, pair.one, pair.other, round(pair.likeness, 4)] for pair in found.alike)


def write_html(found: Insights, file: Path) -> None:
    """A page with the same, and pictures."""
    causes = Counter({f"{one.name}: {cause}": n for one in found.exercises for cause, n in one.causes.items()})
    times = Counter(min(count, MANY) for count in found.attempts.values())
    page = _pages.get_template("insights.html.j2").render(
        assignment=found.assignment,
        learners=len(found.attempts),
        handed=sum(found.attempts.values()),
        states=found.states.items(),
        exercises=found.exercises,
        most_causes=MOST_CAUSES,
        causes=causes.most_common(12),
        times=[(f"{n} or more" if n == MANY else str(n), times[n]) for n in range(1, MANY + 1)],
        alike=found.alike,
    )
    file.write_text(page, encoding="utf-8")
