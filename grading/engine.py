"""Grading an assignment: takes submissions in, hands them to workers, writes ledger, notebooks and gradebook.

Workers only compute; one committer writes. Each step can be done again without harm, and the ledger says how far each
submission has come, so a run that is killed at any moment loses nothing: the next one goes on from there.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
import nbformat
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.utils import is_grade
from tqdm import tqdm

from grading import cluster, intake, settings, solution
from grading.course import Course, CourseError
from grading.crew import Crew
from grading.gradebook import Entry, Form
from grading.grader import Graded, Grader, files_beside
from grading.intake import InvalidSubmissionError, Submission
from grading.ledger import Ledger
from grading.outcome import Outcome, State, nothing
from grading.rebuild import grade_id
from grading.worker import Plan, Worker, cores

TOGETHER = 50  # submissions that are taken in at a time, and enter the ledger in one transaction


@dataclass
class Summary:
    """What a run did: state -> how many.  doubts: items that the course's own solution fails, see solution.py."""

    counts: dict[str, int] = field(default_factory=dict)
    doubts: solution.Doubts = field(default_factory=dict)

    def add(self, state: State) -> None:
        self.counts[state] = self.counts.get(state, 0) + 1


class Run:
    """One run over one assignment."""

    def __init__(self, course: Course, assignment: str, *, plan: Plan | None = None) -> None:
        self.course, self.assignment = course, assignment
        self.sources = course.sources(assignment)
        self.plan = plan or settings.plan(course.config, assignment, self.sources)
        self.grader = Grader(self.plan, self.sources, files_beside(course.folder("source", assignment)))
        self.ledger = Ledger.of(course)
        self._kept: dict[str, tuple[Path, datetime | None]] = {}  # of those whose folder is gone: the attempt we kept

    def autograde(
        self,
        students: list[str] | None = None,
        *,
        workers: int | None = None,
        force: bool = False,
        engine: str = "local",
        scheduler: str | None = None,
        progress: Callable | None = tqdm,
    ) -> Summary:
        """Grade what is new (force: everything) and bring the gradebook up to date.

        Raises CourseError where another run is under way, or one of the students has handed in nothing.
        """
        self._check_there(students or [])
        with self.course.alone(), self.ledger.kept_open(), self.course.gradebook() as book:
            form = Form(book, self.course.config, self.assignment)
            self.ledger.begin(self.assignment, students, force)
            summary = Summary()
            here = self._everybody() if students is None else students
            bar = progress(total=len(here), unit="submission", disable=None) if progress else None
            batches = self._batches(form, here, summary, bar)
            if engine == "dask":
                submissions = ((student, self._submission(student)) for batch in batches for student in batch)
                results = ([graded] for graded in cluster.graded(self.grader, submissions, scheduler, workers))
            else:
                results = self._graded(batches, workers or len(cores()))
            for several in self._doubted(results, summary):
                self._commit(form, several)
                for graded in several:
                    summary.add(graded.outcome.state)
                    if bar is not None:
                        bar.update()
            if bar is not None:
                bar.close()
            self.ledger.end(self.assignment)
        return summary

    def regrade(self, exercise: str, **options: object) -> Summary:
        """Grade again whoever has not full points in an exercise. options: see autograde.

        exercise: the test cell's grade_id. Raises CourseError where there is none of that name.
        """
        known = {grade_id(cell) for notebook in self.sources.values() for cell in notebook.cells if is_grade(cell)}
        if exercise not in known:
            raise CourseError(f"{self.assignment} has no exercise {exercise}. It has: {', '.join(sorted(known))}.")
        students = [
            row.student
            for row in self.ledger.all(self.assignment)
            for notebook in (row.outcome.notebooks if row.outcome else [])
            for item in notebook.items
            if item.name == exercise and item.points != item.most
        ]
        return self.autograde(students, force=True, **options)

    # Taking in

    def _batches(self, form: Form, students: list[str], summary: Summary, bar: object) -> Iterator[list[str]]:
        """Take submissions in, some at a time, while others are graded; yields whose have to be.

        The course's own solution is the first of them. The bar counts on as many as may still have to be graded.
        """
        total, first = len(students), [solution.STUDENT]
        for start in range(0, len(students), TOGETHER):
            some = students[start : start + TOGETHER]
            waiting = self._take_in(form, some, summary)
            total -= len(some) - len(waiting)
            if bar is not None:
                bar.total = total
            if waiting:
                yield [*first, *waiting]
                first = []

    def _take_in(self, form: Form, students: list[str], summary: Summary) -> list[str]:
        """Enter submissions into the ledger; returns whose have to be graded."""
        attempts = {}
        self._look_for_kept(students)
        for student in students:
            try:
                submission = self._handed_in(student)
                intake.keep(submission, self._attempts(student))
                attempts[student] = submission.digest, submission.time
            except InvalidSubmissionError as error:
                self._refuse(form, student, str(error), summary)
        ungraded = self.ledger.take(self.assignment, attempts)
        done = self._finish(form, attempts.keys() - set(ungraded), summary)
        return [student for student in attempts if student not in done]

    def _everybody(self) -> list[str]:
        """Who has handed in something, and whose row waits though the folder has been taken away since."""
        here = self.course.students(self.assignment)
        waiting = {row.student for row in self.ledger.all(self.assignment) if row.state == State.WAITING}
        return sorted({*here, *waiting})

    def _look_for_kept(self, students: list[str]) -> None:
        """Of those whose folder is gone, the last attempt that was graded: nobody loses points by a cleared folder."""
        gone = [one for one in students if not os.path.lexists(self.course.folder("submitted", self.assignment, one))]
        for row in self.ledger.find(self.assignment, gone):
            place = intake.kept(self._attempts(row.student), row.attempt)
            if row.attempt and place.is_dir():
                self._kept[row.student] = place, row.handed_in

    def _check_there(self, students: list[str]) -> None:
        gone = [one for one in students if not self.course.folder("submitted", self.assignment, one).exists()]
        known = {row.student for row in self.ledger.find(self.assignment, gone)}
        if unknown := [one for one in gone if one not in known]:
            raise CourseError(f"Nothing was handed in for {self.assignment} by {', '.join(unknown)}.")

    def _finish(self, form: Form, students: Iterable[str], summary: Summary) -> set[str]:
        """Write what a run that was ended had graded, but not written; returns who needs no more grading."""
        done, entries = set(), []
        for row in self.ledger.find(self.assignment, students):
            if row.committed:
                done.add(row.student)
            elif self._autograded(row.student).is_dir():
                done.add(row.student)
                entries.append(Entry(row.student, row.handed_in, row.outcome))
                summary.add(row.state)
        if entries:
            self._enter(form, entries)
        return done

    def _refuse(self, form: Form, student: str, reason: str, summary: Summary) -> None:
        empty = [nothing(name, source) for name, source in self.sources.items()]
        outcome = Outcome(State.INVALID, reason, [], empty)
        self.ledger.take(self.assignment, {student: ("", None)})
        self._commit(form, [Graded(student, Submission(), outcome)])
        summary.add(State.INVALID)

    def _attempts(self, student: str) -> Path:
        folder = self.course.own_folder / "attempts" / self.assignment / student
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    # Grading

    def _graded(self, batches: Iterator[list[str]], workers: int) -> Iterator[list[Graded]]:
        """Have them graded here; yields all that are ready at a time."""
        with contextlib.closing(Crew(self.plan, workers, self._grade)) as crew:
            for batch in batches:
                crew.give(batch)
                if crew.ready:
                    yield crew.take()
            while crew.missing:
                yield crew.take()

    def _grade(self, worker: Worker, student: str) -> Graded:
        return self.grader.grade(worker, student, self._submission(student))

    @staticmethod
    def _doubted(results: Iterable[list[Graded]], summary: Summary) -> Iterator[list[Graded]]:
        """Hold learners' results back until that of the course's own solution, which was asked for first, is there."""
        held, known = [], False
        for several in results:
            for graded in several:
                if graded.student == solution.STUDENT:
                    summary.doubts, known = solution.doubts(graded), True
                else:
                    held.append(graded)
            if known and held:
                for graded in held:
                    solution.reconsider(graded, summary.doubts)
                yield held
                held = []

    def _submission(self, student: str) -> Submission:
        if student == solution.STUDENT:
            return solution.submission(self.course.folder("source", self.assignment))
        return self._handed_in(student)

    def _handed_in(self, student: str) -> Submission:
        if student in self._kept:
            place, time = self._kept[student]
            found = intake.take(place)
            found.time = time
            found.flags = ["The folder that was handed in is gone; the copy kept of it was graded."]
            return found
        return intake.take(self.course.folder("submitted", self.assignment, student))

    # Writing

    def _commit(self, form: Form, several: list[Graded]) -> None:
        """Ledger first, then the notebooks, then the gradebook: what comes later can be made again from the ledger.

        Before all this the notebooks of an earlier attempt go: those that are there are always the ledger's.
        """
        for graded in several:
            shutil.rmtree(self._autograded(graded.student), ignore_errors=True)
        outcomes = {graded.student: graded.outcome for graded in several}
        self.ledger.record(self.assignment, outcomes, sandboxed=self.plan.sandboxed)
        for graded in several:
            self._write_notebooks(graded)
        self._enter(form, [Entry(graded.student, graded.submission.time, graded.outcome) for graded in several])

    def _enter(self, form: Form, entries: list[Entry]) -> None:
        form.commit(entries)
        self.ledger.committed(self.assignment, [entry.student for entry in entries])

    def _autograded(self, student: str) -> Path:
        return self.course.folder("autograded", self.assignment, student)

    def _write_notebooks(self, graded: Graded) -> None:
        """Fill nbgrader's autograded folder, all at once."""
        final = self._autograded(graded.student)
        working = final.with_name(f".{final.name}.unfinished")  # one left by a run that was killed is replaced
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(parents=True)
        own = {f"{name}.ipynb" for name in self.sources}
        for name, data in graded.submission.files.items():
            if not name.endswith(".ipynb") and name.split("/")[0] not in own:
                place = working / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        for name, notebook in graded.notebooks.items():
            (working / f"{name}.ipynb").write_bytes(_written(notebook))
        working.rename(final)


def _written(notebook: nbformat.NotebookNode) -> bytes:
    """The bytes that nbformat.write gives, in a fraction of its time; the notebook is not to be used after it."""
    form = split_lines(strip_transient(notebook))
    return msgspec.json.format(msgspec.json.encode(form, order="sorted"), indent=1) + b"\n"


def resume(
    course: Course, plan: Callable[[str], Plan | None] = lambda _: None, **options: object
) -> dict[str, Summary]:
    """Go on with runs that were ended; returns a summary for each assignment. options: see Run.autograde.

    plan: gives the plan for an assignment, where it is not to be the course's.
    """
    unfinished = Ledger.of(course).unfinished()
    return {
        assignment: Run(course, assignment, plan=plan(assignment)).autograde(students, **options)
        for assignment, students in unfinished.items()
    }


def print_summary(summary: Summary) -> None:
    """One line a state, then what is wrong with the course's own tests."""
    for state, count in sorted(summary.counts.items()):
        print(f"{count:>6}  {state}", file=sys.stdout)
    for why in summary.doubts.values():
        print(
            f"{why}\n        Whoever fails there needs your review: docs/instructors.md, 'What cannot be tested apart'."
        )
