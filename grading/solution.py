"""The course's own solution, graded before any learner's: a test that it fails says nothing of their answers.

Tests are run apart from the code they test, and some cannot be: they set a name of the learner's, or look into an
object. Others are wrong. Where the instructor's own solution does not get an item's points, a learner's failure is
left to a person; who gets full points keeps them.
"""

from pathlib import Path

from grading.grader import Graded
from grading.intake import Submission
from grading.outcome import Item, NotebookOutcome, State, state_of
from grading.rebuild import grade_id, kind

STUDENT = ""  # no learner's name is empty

Doubts = dict[tuple[str, str], str]  # (notebook, item) -> why


def submission(folder: Path) -> Submission:
    """The instructor's notebooks as if a learner had handed them in. folder: the assignment's, in source/."""
    return Submission({file.name: file.read_bytes() for file in sorted(folder.glob("*.ipynb"))})


def doubts(own: Graded) -> Doubts:
    """Items without full points for the own solution, as far as there is one: a stub has nothing to say."""
    found = {}
    for notebook in own.outcome.notebooks:
        solved = _solved(own, notebook)
        for item in notebook.items:
            if item.name in solved and item.points != item.most:
                found[notebook.name, item.name] = _why(item)
    return found


def leave_open(notebook: NotebookOutcome, doubts: Doubts) -> None:
    """Take back the points that a learner's answer was given where the own solution gets no more."""
    for item in notebook.items:
        why = doubts.get((notebook.name, item.name))
        if why and item.points is not None and item.points < item.most:
            item.points, item.review, item.message, item.causes = None, why, "", []


def reconsider(graded: Graded, doubts: Doubts) -> None:
    """The same for a whole submission, whose state may become another one by it."""
    outcome = graded.outcome
    if outcome.state != State.INVALID:  # of which nothing was run
        for notebook in outcome.notebooks:
            leave_open(notebook, doubts)
        outcome.state = state_of(outcome.notebooks, outcome.flags)


def _solved(own: Graded, notebook: NotebookOutcome) -> set[str]:
    """The tests before which the instructor wrote a solution."""
    found, written = set(), False
    for cell in own.notebooks[notebook.name].cells if notebook.name in own.notebooks else []:
        if kind(cell) == "solution":
            written = grade_id(cell) not in notebook.untouched
        elif kind(cell) == "test" and written:
            found.add(grade_id(cell))
    return found


def _why(item: Item) -> str:
    got = "has to be looked at" if item.points is None else f"gets {item.points:g} of {item.most:g} points"
    said = item.review or item.message
    return f"The course's own solution {got} in {item.name}, so the test decides nothing{f': {said}' if said else '.'}"
