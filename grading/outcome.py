"""What came of one submission, as data: for ledger, gradebook, feedback, and the notebook that a grader sees."""

from enum import StrEnum

import msgspec
import nbformat

from grading import beside
from grading.rebuild import Rebuilt, grade_id, kind
from grading.tester import CellResult, Result, Verdict

SEVERAL = "The answer is there several times, differently, and the last one falls short: a person has to choose."


class State(StrEnum):
    """Where a submission stands. The last four are final."""

    WAITING = "waiting"
    GRADED = "graded"
    GRADED_WITH_FLAGS = "graded_with_flags"
    NEEDS_REVIEW = "needs_review"
    INVALID = "invalid"


class Item(msgspec.Struct):
    """One cell with points. points: None where a person has to give them.

    message: to the learner.  review: why a person has to look; empty for answers that always are a person's to grade.
    causes: likely misconceptions, by their ids; the message's first line where a test names none.
    """

    name: str
    most: float
    points: float | None
    message: str = ""
    review: str = ""
    passed: int = 0
    asserts: int = 0
    causes: list[str] = []


class NotebookOutcome(msgspec.Struct):
    """One notebook's items, and the answers in which nothing was written."""

    name: str
    items: list[Item]
    untouched: list[str]


class Outcome(msgspec.Struct):
    """One submission. seconds: of grading.  peak: bytes.  restarts: how often the learner's process ended."""

    state: State
    reason: str = ""
    flags: list[str] = []
    notebooks: list[NotebookOutcome] = []
    seconds: float = 0.0
    peak: int = 0
    restarts: int = 0

    @property
    def points(self) -> float:
        """What is sure so far."""
        return sum(item.points or 0.0 for notebook in self.notebooks for item in notebook.items)

    @property
    def most(self) -> float:
        """What could be had."""
        return sum(item.most for notebook in self.notebooks for item in notebook.items)


def weigh(name: str, rebuilt: Rebuilt, result: Result) -> NotebookOutcome:
    """Items from the tester's result; writes the outputs into the rebuilt notebook."""
    results = {one.name: one for one in result.cells}
    items = []
    for cell in rebuilt.notebook.cells:
        one = results.get(cell.id)
        if one is not None:
            cell.outputs = [nbformat.from_dict(output) for output in one.outputs]
        if kind(cell) == "test":
            one = one or CellResult(cell.id)
            items.append(_tested(cell, _doubted(cell, one) if cell.id in rebuilt.doubtful else one))
        elif kind(cell) == "answer":
            untouched = grade_id(cell) in rebuilt.untouched
            items.append(Item(grade_id(cell), float(cell.metadata.nbgrader.points), 0.0 if untouched else None))
        elif cell.metadata.get("nbgrader", {}).get("task"):
            items.append(Item(grade_id(cell), float(cell.metadata.nbgrader.points), None))
        elif one is not None and one.reason:
            rebuilt.flags.append(f"A cell was stopped: {one.reason}.")
            cell.outputs.append(_error("GradingStopped", one.reason))
    together = [grade_id(c) for c in rebuilt.notebook.cells if kind(c) == "test" and beside.is_marked(c.source)]
    if together:
        tests = "The test" if len(together) == 1 else "The tests"
        rebuilt.flags.append(f"{tests} {', '.join(together)} ran in one process with the learner's code.")
    return NotebookOutcome(name, items, sorted(rebuilt.untouched))


def nothing(name: str, source: nbformat.NotebookNode) -> NotebookOutcome:
    """The items of a notebook that was not handed in, or cannot be read: no points."""
    cells = [cell for cell in source.cells if cell.metadata.get("nbgrader", {}).get("points") is not None]
    graded = [cell for cell in cells if kind(cell) in ("test", "answer") or cell.metadata.nbgrader.get("task")]
    return NotebookOutcome(name, [Item(grade_id(c), float(c.metadata.nbgrader.points), 0.0) for c in graded], [])


def state_of(notebooks: list[NotebookOutcome], flags: list[str]) -> State:
    """The state that follows."""
    if any(item.review for notebook in notebooks for item in notebook.items):
        return State.NEEDS_REVIEW
    return State.GRADED_WITH_FLAGS if flags else State.GRADED


def _doubted(cell: nbformat.NotebookNode, one: CellResult) -> CellResult:
    """What came of an answer that was written several times; where the last one fell short, another may be meant."""
    if one.points is None or one.points >= float(cell.metadata.nbgrader.points):
        return one
    return msgspec.structs.replace(one, points=None, review=SEVERAL)


def _tested(cell: nbformat.NotebookNode, one: CellResult) -> Item:
    """An item; its cell gets the output from which nbgrader, too, reads the same points."""
    # nbgrader takes all points for a word on stderr in a test cell.
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
    cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
    hidden = _hidden_lines(cell.source)
    failed = [_told(verdict, hidden) for verdict in one.verdicts if not verdict.passed]
    message = f"Your code stopped the grading of this exercise: {one.reason}." if one.reason else "\n".join(failed[:3])
    causes = [cause for verdict in one.verdicts for cause in verdict.causes]
    causes = list(dict.fromkeys(causes)) or ([message.splitlines()[0][:120]] if message else [])
    most = float(cell.metadata.nbgrader.points)
    if one.points == 0 and most > 0:
        cell.outputs.append(_error("NoPoints", message or "No points."))
    elif one.points is not None and one.points < most:
        data = {"text/plain": repr(one.points)}
        cell.outputs.append(nbformat.v4.new_output("execute_result", data=data, execution_count=None))
    passed = sum(verdict.passed for verdict in one.verdicts)
    return Item(grade_id(cell), most, one.points, message, one.review, passed, len(one.verdicts), causes)


def _hidden_lines(source: str) -> set[int]:
    """Lines of a test cell that learners have not seen, by nbgrader's marks."""
    found, inside = set(), False
    for number, line in enumerate(source.splitlines(), 1):
        inside = inside or "BEGIN HIDDEN TESTS" in line
        if inside:
            found.add(number)
        inside = inside and "END HIDDEN TESTS" not in line
    return found


def _told(verdict: Verdict, hidden: set[int]) -> str:
    """What a learner is told of a test that failed: nothing that would give away a hidden one."""
    if verdict.line in hidden:
        return "One of the tests that you cannot see did not hold."
    shown = verdict.line - sum(line < verdict.line for line in hidden)  # in the cell as learners have it
    return verdict.message or f"Line {shown} of the test did not hold."


def _error(name: str, text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[text])
