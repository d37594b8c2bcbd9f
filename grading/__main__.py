"""`python -m grading`: grade an nbgrader course's submissions in a sandbox; `--help` lists the verbs."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from grading import doctor, export, feedback, insights, provisioner, settings, standing
from grading.course import Course, CourseError
from grading.engine import Run, print_summary
from grading.jail import NoSandboxError
from grading.ledger import Ledger


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        code = asked.run(asked)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # `python -m grading status | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains as it ends
        return 0
    except (CourseError, NoSandboxError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grading", description="Grade submissions of an nbgrader course.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run: object, about: str, assignment: str | None = None) -> argparse.ArgumentParser:
        found = verbs.add_parser(name, help=about, description=about)
        if assignment is not None:
            found.add_argument("assignment", nargs=assignment or None)
        found.add_argument("--course-dir", default=".", help="where nbgrader_config.py lies; this folder by default")
        found.add_argument("--db", help="address of the gradebook, instead of the configured one")
        found.set_defaults(run=run)
        return found

    def engine(found: argparse.ArgumentParser) -> None:
        found.add_argument("--workers", type=int, help="how many submissions at a time; one a core by default")
        found.add_argument(
            "--engine", choices=("local", "dask"), default="local", help="this machine, or a Dask cluster"
        )
        found.add_argument("--scheduler", help="address of the Dask scheduler, such as tcp://grader:8786")
        found.add_argument("--unsandboxed", action="store_true", help="run learners' code with your own rights")

    found = verb("autograde", _autograde, "Grade what is new.", "")
    found.add_argument("--student", action="append", help="only this one; may be given several times")
    found.add_argument("--force", action="store_true", help="also what has been graded")
    engine(found)
    engine(verb("resume", _resume, "Go on with runs that were ended."))
    found = verb("regrade", _regrade, "Grade again whoever has not full points in an exercise.", "")
    found.add_argument("--exercise", required=True, help="the test cell's grade_id")
    engine(found)
    verb("status", _status, "Say how far grading has come.", "?")
    verb("doctor", _doctor, "Try to break out of the sandbox on this machine.")
    verb("kernel", _kernel, "Install a sandboxed kernel for nbgrader's own verbs and for Lab.")
    found = verb("feedback", _feedback, "Write a page for each learner.", "")
    found.add_argument("--student", action="append", help="only this one; may be given several times")
    found = verb("export", _export, "Write points for another system.", "")
    found.add_argument("--to", choices=export.FORMATS, required=True)
    found.add_argument("--file", type=Path, help="ASSIGNMENT-FORMAT.csv by default")
    found = verb("insights", _insights, "Show what was misunderstood, and whose answers are alike.", "")
    found.add_argument("--csv", type=Path, help="write one line an exercise and cause")
    found.add_argument("--html", type=Path, help="write a page with pictures")
    found.add_argument("--alike", type=Path, help="write whose answers are alike, or like the course's own, as CSV")
    return parser


def _course(asked: argparse.Namespace) -> Course:
    return Course.at(asked.course_dir, asked.db)


def _ledger(asked: argparse.Namespace) -> Ledger:
    return Ledger.of(_course(asked))


def _run_of(asked: argparse.Namespace, assignment: str) -> Run:
    course = _course(asked)
    plan = settings.plan(course.config, assignment, course.sources(assignment))
    if asked.unsandboxed:
        print(
            "Without a sandbox: learners' code runs with your rights and can read and change what you can.",
            file=sys.stderr,
        )
        plan = replace(plan, sandboxed=False)
    elif open_doors := [finding for finding in doctor.examine(plan, quick=True) if not finding.held]:
        told = "\n".join(f"  {finding.what}: no. {finding.why}" for finding in open_doors)
        raise NoSandboxError(f"The sandbox does not hold on this machine, so nothing was graded.\n{told}")
    return Run(course, assignment, plan=plan)


def _grade(asked: argparse.Namespace, run: Run, students: list[str] | None, force: bool) -> int:
    print_summary(run.autograde(students, force=force, **_options(asked)))
    return 0


def _options(asked: argparse.Namespace) -> dict[str, object]:
    return {"workers": asked.workers, "engine": asked.engine, "scheduler": asked.scheduler}


def _autograde(asked: argparse.Namespace) -> int:
    return _grade(asked, _run_of(asked, asked.assignment), asked.student, asked.force)


def _resume(asked: argparse.Namespace) -> int:
    for assignment, students in _ledger(asked).unfinished().items():
        print(assignment)
        _grade(asked, _run_of(asked, assignment), students, False)
    return 0


def _regrade(asked: argparse.Namespace) -> int:
    print_summary(_run_of(asked, asked.assignment).regrade(asked.exercise, **_options(asked)))
    return 0


def _status(asked: argparse.Namespace) -> int:
    for one in standing.standings(_course(asked), asked.assignment):
        print("\n".join(one.lines()))
    return 0


def _doctor(asked: argparse.Namespace) -> int:
    sound = True
    for finding in doctor.examine():
        sound = sound and finding.held
        print(
            f"{'ok ' if finding.held else 'NO '} {finding.what}{f': {finding.why}' if finding.why else ''}", flush=True
        )
    print("This machine can grade." if sound else "This machine can't grade safely.")
    return 0 if sound else 1


def _kernel(asked: argparse.Namespace) -> int:
    print(f"{provisioner.NAME} is installed in {provisioner.install()}")
    return 0


def _feedback(asked: argparse.Namespace) -> int:
    course = _course(asked)
    count = feedback.write(course, Ledger.of(course), asked.assignment, asked.student)
    print(f"Feedback for {count} learners in {course.folder('feedback', asked.assignment, '*')}")
    return 0


def _export(asked: argparse.Namespace) -> int:
    file = asked.file or Path(f"{asked.assignment}-{asked.to}.csv")
    with _course(asked).gradebook() as book:
        count = export.write(book, asked.assignment, asked.to, file)
    print(f"{count} learners in {file}")
    return 0


def _insights(asked: argparse.Namespace) -> int:
    course = _course(asked)
    found = insights.gather(course, Ledger.of(course), asked.assignment)
    print(insights.table(found))
    if asked.csv:
        insights.write_csv(found, asked.csv)
    if asked.html:
        insights.write_html(found, asked.html)
    if asked.alike:
        insights.write_alike(found, asked.alike)
    return 0


if __name__ == "__main__":
    sys.exit(main())
