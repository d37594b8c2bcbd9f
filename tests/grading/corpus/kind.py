"""What one kind of submission is, and what has to come of it: written down before anything is run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent, indent

import nbformat

DONE = ("graded", "graded_with_flags")


@dataclass(frozen=True)
class Kind:
    """One submission. name: also the student's.

    answers: cell id -> what the learner wrote; cells that are not named hold right answers.
    before: a cell of the learner's own, put above the first answer.
    bend: what is then done to the notebook.  damage: what is then done to the folder that it lies in.
    points: item -> points, of those items that do not get all of them; None: a person has to look.
    races: items that get all or nothing, as chance has it, because the learner's own code runs against itself.
    state: the state or states that are right.  says: words that the learner or the instructor must be told.
    """

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    before: str = ""
    bend: Callable[[nbformat.NotebookNode], None] | None = None
    damage: Callable[[Path], None] | None = None
    points: dict[str, float | None] = field(default_factory=dict)
    races: frozenset[str] | set[str] = frozenset()
    state: str | tuple[str, ...] = "graded"
    says: tuple[str, ...] = ()


def lines(text: str) -> str:
    """Code without the margin that it has in our files."""
    return dedent(text).strip("\n")


def square(body: str) -> str:
    """`square`, which does something else first and then gives the right answer."""
    return "def square(x):\n" + indent(lines(body), "    ") + "\n    return x * x"
