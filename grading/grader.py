"""Grading one submission: rebuild each notebook, run it in a jail, weigh what came of it. Nothing is written."""

from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from grading import inert, intake
from grading.intake import InvalidSubmissionError, Submission
from grading.outcome import NotebookOutcome, Outcome, State, nothing, state_of, weigh
from grading.rebuild import rebuild
from grading.text import quiet
from grading.worker import Plan, Worker, WorkerFailedError


@dataclass
class Graded:
    """One submission on its way to the committer. notebooks: name -> as graded."""

    student: str
    submission: Submission
    outcome: Outcome
    notebooks: dict[str, nbformat.NotebookNode] = field(default_factory=dict)


@dataclass
class Grader:
    """All that grading an assignment needs; it can be sent to another machine.

    sources: the instructor's notebooks by name.  beside: files of the instructor's that lie beside them.
    """

    plan: Plan
    sources: dict[str, nbformat.NotebookNode]
    beside: dict[str, bytes]

    def grade(self, worker: Worker, student: str, submission: Submission) -> Graded:
        """Grade one submission; never raises for anything that is in it."""
        graded = Graded(student, submission, Outcome(State.GRADED))
        outcome = graded.outcome
        try:
            for name, source in self.sources.items():
                outcome.notebooks.append(self._notebook(worker, graded, name, source))
            outcome.flags += submission.flags
            outcome.state = state_of(outcome.notebooks, outcome.flags)
        except InvalidSubmissionError as error:
            empty = [nothing(name, source) for name, source in self.sources.items()]
            graded.outcome = Outcome(State.INVALID, str(error), submission.flags, empty)
        except WorkerFailedError as error:
            self._give_up(graded, str(error))
        except Exception as error:  # of ours: one submission must not keep a class from its grades
            self._give_up(graded, f"the grader failed with this submission ({type(error).__name__}: {error})")
        return graded

    def _give_up(self, graded: Graded, why: str) -> None:
        empty = [_unknown(name, source) for name, source in self.sources.items()]
        graded.outcome = Outcome(State.NEEDS_REVIEW, quiet(why, 1000), graded.submission.flags, empty)

    def _notebook(self, worker: Worker, graded: Graded, name: str, source: nbformat.NotebookNode) -> NotebookOutcome:
        submitted = intake.notebook(graded.submission, name, set(self.sources) - {name})
        rebuilt = rebuild(source, submitted)
        given = {file: data for file, data in graded.submission.files.items() if not file.endswith(".ipynb")}
        given.pop("timestamp.txt", None)
        files = self.beside | {path: data for path, data in given.items() if path not in self.beside}
        result = worker.grade(rebuilt.cells, files, self.beside)
        found = weigh(name, rebuilt, result)
        outcome = graded.outcome
        outcome.flags += rebuilt.flags
        outcome.seconds += result.seconds
        outcome.peak = max(outcome.peak, result.peak)
        outcome.restarts += result.restarts
        inert.clean_notebook(rebuilt.notebook)
        graded.notebooks[name] = rebuilt.notebook
        return found


def files_beside(folder: Path) -> dict[str, bytes]:
    """What the instructor put beside the notebooks: path -> bytes."""
    found = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".ipynb"]
    keep = [p for p in found if not {".ipynb_checkpoints", "__pycache__"} & set(p.parts)]
    return {str(p.relative_to(folder)): p.read_bytes() for p in keep}


def _unknown(name: str, source: nbformat.NotebookNode) -> NotebookOutcome:
    """No points either way: a person has to look."""
    found = nothing(name, source)
    for item in found.items:
        item.points, item.review = None, "the grader failed"
    return found
