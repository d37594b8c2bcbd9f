"""What a class made of an assignment: who got how far, what was misunderstood most, and whose answers are alike."""

import csv
import html
import io
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from matplotlib.figure import Figure

from grading.course import Course
from grading.ledger import Ledger
from grading.similarity import Pair, pairs

MOST_CAUSES = 5


@dataclass
class Exercise:
    """One item over the class. attempts: submissions in which something was written, earlier ones included."""

    name: str
    most: float
    learners: int = 0
    passed: int = 0
    partly: int = 0
    untried: int = 0
    causes: Counter = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """The share of learners with full points."""
        return self.passed / self.learners if self.learners else 0.0


@dataclass
class Insights:
    """attempts: student -> how often something was handed in."""

    assignment: str
    exercises: list[Exercise]
    attempts: dict[str, int]
    states: Counter
    alike: list[Pair]


def gather(course: Course, ledger: Ledger, assignment: str) -> Insights:
    """Read the ledger, and the answers for their likeness."""
    exercises: dict[str, Exercise] = {}
    attempts, states = {}, Counter()
    for row in ledger.all(assignment):
        states[row.state.value] += 1
        store = course.own_folder / "attempts" / assignment / row.student
        attempts[row.student] = len(list(store.glob("[!.]*")))
        for notebook in row.outcome.notebooks if row.outcome else []:
            for item in notebook.items:
                found = exercises.setdefault(item.name, Exercise(item.name, item.most))
                found.learners += 1
                found.passed += item.points == item.most
                found.partly += item.points is not None and 0 < item.points < item.most
                found.causes.update(item.causes if item.points == 0 else [])
    return Insights(assignment, list(exercises.values()), attempts, states, pairs(course, ledger, assignment))


def table(found: Insights) -> str:
    """Text for a terminal."""
    width = max((len(one.name) for one in found.exercises), default=8)
    lines = [f"{'exercise':{width}}  full   partly  learners  most frequent causes"]
    for one in found.exercises:
        causes = "; ".join(f"{cause} ({count})" for cause, count in one.causes.most_common(MOST_CAUSES))
        lines.append(f"{one.name:{width}}  {one.rate:5.0%}  {one.partly:6}  {one.learners:8}  {causes}".rstrip())
    handed = sum(found.attempts.values())
    lines.append(
        f"{len(found.attempts)} learners, {handed} attempts; " + ", ".join(f"{n} {s}" for s, n in found.states.items())
    )
    lines += [
        f"alike ({pair.likeness:.0%}): {pair.one} and {pair.other} in {pair.exercise}" for pair in found.alike[:20]
    ]
    return "\n".join(lines)


def write_csv(found: Insights, file: Path) -> None:
    """One line an exercise and cause."""
    with open(file, "w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["exercise", "max_points", "learners", "full", "partly", "cause", "count"])
        for one in found.exercises:
            for cause, count in one.causes.most_common() or [("", 0)]:
                writer.writerow([one.name, one.most, one.learners, one.passed, one.partly, cause, count])


def write_html(found: Insights, file: Path) -> None:
    """A page with the same, and a picture of the pass rates."""
    rows = "".join(
        f"<tr><th scope=row>{html.escape(one.name)}</th><td>{one.rate:.0%}</td><td>{one.partly}</td>"
        f"<td>{one.learners}</td><td>{_causes(one)}</td></tr>"
        for one in found.exercises
    )
    alike = "".join(
        f"<li>{html.escape(p.one)} and {html.escape(p.other)}: {html.escape(p.exercise)}, {p.likeness:.0%}</li>"
        for p in found.alike
    )
    handed = sum(found.attempts.values())
    file.write_text(
        PAGE.format(
            title=html.escape(found.assignment),
            learners=len(found.attempts),
            attempts=handed,
            picture=_picture(found),
            told=html.escape("; ".join(f"{one.name} {one.rate:.0%}" for one in found.exercises)),
            rows=rows,
            alike=f"<h2>Answers that are alike</h2><p>Likeness is a reason to look, not a verdict.</p><ul>{alike}</ul>"
            if alike
            else "",
        ),
        encoding="utf-8",
    )


def _causes(one: Exercise) -> str:
    return "<br>".join(f"{html.escape(cause)} ({count})" for cause, count in one.causes.most_common(MOST_CAUSES))


def _picture(found: Insights) -> str:
    figure = Figure(figsize=(7, 0.8 + 0.3 * len(found.exercises)), layout="constrained")
    axes = figure.subplots()
    axes.barh([one.name for one in found.exercises], [100 * one.rate for one in found.exercises], color="#3b6ea5")
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel="learners with full points, %")
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=150)
    return b64encode(target.getvalue()).decode()


PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}: insights</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  background: light-dark(#fff, #14181d); color: light-dark(#1c2126, #e6e9ec) }}
table {{ border-collapse: collapse }}
th, td {{ text-align: left; padding: .3rem .8rem; border-bottom: 1px solid #8888; vertical-align: top }}
img {{ max-width: 100%; background: white; border-radius: .4rem }}
</style>
<h1>{title}</h1><p>{learners} learners, {attempts} attempts.</p>
<img alt="Share of learners with full points: {told}" src="data:image/png;base64,{picture}">
<table>
<thead><tr><th>exercise<th>full points<th>partly<th>learners<th>most frequent causes</thead>
<tbody>{rows}</tbody></table>
{alike}</html>
"""
