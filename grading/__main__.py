"""`python -m grading`: grade an nbgrader course's submissions in a sandbox; `--help` lists the verbs."""

import argparse
import sys

from grading.course import Course, CourseError
from grading.engine import Run, print_summary
from grading.jail import NoSandboxError


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m grading", description="Grade submissions of an nbgrader course.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("autograde", help="grade what is new")
    verb.add_argument("assignment")
    verb.add_argument("--course-dir", default=".", help="where nbgrader_config.py lies; this folder by default")
    verb.add_argument("--student", action="append", help="only this one; may be given several times")
    verb.add_argument("--workers", type=int, help="how many submissions at a time; one a core by default")
    verb.add_argument("--db", help="address of the gradebook, instead of the configured one")
    verb.add_argument("--force", action="store_true", help="also what has been graded")
    asked = parser.parse_args(arguments)
    try:
        run = Run(Course.at(asked.course_dir, asked.db), asked.assignment)
        print_summary(run.autograde(asked.student, workers=asked.workers, force=asked.force))
    except (CourseError, NoSandboxError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
