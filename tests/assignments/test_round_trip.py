"""Does the whole way from the instructor to two learners and back give the right points, cell by cell?

Three people with a home and a working folder each, one exchange directory, and nbgrader's commands as they type them.
"""

import csv
import html
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest
from nbgrader import utils
from nbgrader.api import Gradebook

from helpers import checks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not work on Windows")

COURSE = Path(__file__).resolve().parents[2] / "assignments"
ASSIGNMENT = "03_one_neuron"
NOTEBOOK = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
POINTS = {
    "03-initialize-neuron": 1,
    "03-neuron-forward": 2,
    "03-logistic-cost": 2,
    "03-neuron-backward": 3,
    "03-gradient-step": 1,
    "03-fit-neuron": 3,
    "03-predict": 1,
    "03-accuracy-report": 2,
}

# Ann writes everything right, and one function that talks: nbgrader takes points for anything on stderr.
ANN = {
    "03-logistic-cost": """
import sys, warnings
def logistic_cost(A, Y):
    print("measuring the cost")
    print("on stderr too", file=sys.stderr)
    warnings.warn("this may take a while")
    with np.errstate(divide="warn", invalid="warn"):
        np.log(np.zeros(1))
    A = np.clip(A.astype(float), 1e-12, 1 - 1e-12)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean()
""",
}
# Ben has two right, one of them in his own way; the others are wrong, blank or not even Python.
BEN = {
    "03-neuron-forward": "def neuron_forward(X, parameters):\n    return 1 / (1 + np.exp(-parameters['W1'] @ X))",
    "03-logistic-cost": "def logistic_cost(A, Y):\n    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
    "03-neuron-backward": None,
    "03-gradient-step": "def gradient_step(parameters, grads, learning_rate):\n"
    "    return {name: value + learning_rate * grads['d' + name] for name, value in parameters.items()}",
    "03-predict": "def predict(X, parameters):\n    return parameters['W1'] @ X + parameters['b1'] > 0",
    "03-accuracy-report": "def accuracy_report(Y_hat, Y:\n    return {",
}
BEN_EARNS = {"03-initialize-neuron": 1, "03-predict": 1}


@dataclass(frozen=True)
class Person:
    """Someone with a home of their own; nbgrader knows them by the settings that lie there."""

    name: str
    folder: Path
    exchange: Path

    def settle(self, *settings: str) -> "Person":
        config = self.folder / "home" / ".jupyter"
        config.mkdir(parents=True)
        (self.folder / "work").mkdir()
        lines = ["c = get_config()", f"c.Exchange.root = {str(self.exchange)!r}", *settings]
        (config / "nbgrader_config.py").write_text("\n".join(lines) + "\n")
        return self

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def nbgrader(self, *arguments: str) -> str:
        """Run one command where the person works; what it logged. Nothing but an expected warning may be in it."""
        home = self.folder / "home"
        # The environment is not activated: the folder of the Python that runs us is not on the path.
        environment = {
            "HOME": str(home),
            "PATH": os.defpath,
            "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "IPYTHONDIR": str(home / ".ipython"),
            "MPLCONFIGDIR": matplotlib.get_cachedir(),
        }
        command = [sys.executable, "-m", "nbgrader", *arguments]
        run = subprocess.run(command, cwd=self.work, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{self.name}: nbgrader {' '.join(arguments)}\n{run.stdout}{run.stderr}"
        return run.stdout + run.stderr

    def solve(self, answers: dict[str, str | None]) -> None:
        """Fill the solution cells: by name from `answers` (None leaves one alone), else as in the source."""
        path = self.work / NOTEBOOK
        notebook = nbformat.read(path, as_version=4)
        source = nbformat.read(COURSE / "source" / NOTEBOOK, as_version=4)
        for cell, solved in zip(notebook.cells, source.cells, strict=True):
            if utils.is_solution(cell):
                answer = answers.get(cell.metadata.nbgrader.grade_id.removesuffix("-solution"), solved.source)
                cell.source = cell.source if answer is None else answer
        nbformat.write(notebook, path)


@dataclass(frozen=True)
class Trip:
    teacher: Person
    ann: Person
    ben: Person
    logs: dict[str, str]

    def scores(self, student: str) -> dict[str, float]:
        with Gradebook(f"sqlite:///{self.teacher.work / 'gradebook.db'}") as gradebook:
            notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
            return {grade.name: grade.score for grade in notebook.grades}

    def feedback(self, person: Person) -> str:
        (path,) = (person.work / ASSIGNMENT / "feedback").glob(f"*/{ASSIGNMENT}.html")
        return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def trip(tmp_path_factory) -> Trip:
    town = tmp_path_factory.mktemp("round_trip")
    exchange = town / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    # One account plays all three, so the owner of a file says nothing about who handed it in.
    teacher = Person("teacher", town / "teacher", exchange).settle("c.ExchangeCollect.check_owner = False")
    ann, ben = (
        Person(name, town / name, exchange).settle(
            "c.CourseDirectory.course_id = 'neurons-to-networks'", f"c.CourseDirectory.student_id = {name!r}"
        )
        for name in ("ann", "ben")
    )
    for name in ("nbgrader_config.py", "source/" + NOTEBOOK):
        target = teacher.work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((COURSE / name).read_bytes())

    logs = {verb: teacher.nbgrader(verb, ASSIGNMENT) for verb in ("generate_assignment", "release_assignment")}
    with ThreadPoolExecutor(2) as pool:
        logs |= dict(pool.map(hand_in, (ann, ben), (ANN, BEN)))
        for verb in ("collect", "autograde", "generate_feedback", "release_feedback"):
            logs[verb] = teacher.nbgrader(verb, ASSIGNMENT)
        for person, log in zip((ann, ben), pool.map(fetch_feedback, (ann, ben))):
            logs[f"fetch_feedback {person.name}"] = log
    logs["export"] = teacher.nbgrader("export")
    return Trip(teacher, ann, ben, logs)


def hand_in(person: Person, answers: dict[str, str | None]) -> tuple[str, str]:
    """A learner's way: fetch, solve, validate (Ann) or cheat (Ben), submit. Returns the name and what was logged."""
    log = person.nbgrader("fetch_assignment", ASSIGNMENT)
    person.solve(answers)
    if answers is ANN:
        log += person.nbgrader("validate", NOTEBOOK)
    else:
        tamper(person.work / NOTEBOOK)
    return person.name, log + person.nbgrader("submit", ASSIGNMENT)


def fetch_feedback(person: Person) -> str:
    return person.nbgrader("fetch_feedback", ASSIGNMENT)


def tamper(path: Path) -> None:
    """Make a check say nothing, by hand: the instructor's own cell must be the one that counts."""
    notebook = nbformat.read(path, as_version=4)
    (cell,) = (c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "03-neuron-backward")
    cell.source = "pass"
    nbformat.write(notebook, path)


def test_are_all_right_answers_given_all_points(trip):
    assert trip.scores("ann") == POINTS


def test_does_each_wrong_blank_or_broken_answer_cost_its_own_points_only(trip):
    assert trip.scores("ben") == {name: BEN_EARNS.get(name, 0) for name in POINTS}


def test_does_validate_tell_the_learner_the_same(trip):
    assert "Success! Your notebook passes all the tests." in trip.logs["ann"]


def test_does_the_exported_file_hold_the_totals(trip):
    with open(trip.teacher.work / "grades.csv", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    total = float(sum(POINTS.values()))
    for name, earned in {"ann": total, "ben": float(sum(BEN_EARNS.values()))}.items():
        row = rows.pop(name)
        assert row["assignment"] == ASSIGNMENT
        assert (float(row["raw_score"]), float(row["score"]), float(row["max_score"])) == (earned, earned, total)
    assert rows == {}


def test_does_the_feedback_reach_its_learner(trip):
    total = sum(POINTS.values())
    assert f"(Score: {total}.0 / {total}.0)" in trip.feedback(trip.ann)
    assert f"(Score: {sum(BEN_EARNS.values())}.0 / {total}.0)" in trip.feedback(trip.ben)


def test_does_the_feedback_say_why(trip):
    names = {"np": np}
    exec(BEN["03-logistic-cost"], names)
    report = checks.run("03-logistic-cost", names["logistic_cost"])
    assert report.diagnosis == "forgot-mean"
    verdict, example, *_, cause, _ = report.message.split("\n\n")
    text = html.unescape(re.sub("<[^>]+>", "", trip.feedback(trip.ben)))
    assert [part for part in (verdict, example, cause) if part not in text] == []


def test_does_the_feedback_keep_the_solution(trip):
    source = nbformat.read(COURSE / "source" / NOTEBOOK, as_version=4)
    (backward,) = (c.source for c in source.cells if c.id == "neuron-backward")
    solution = backward.split("### BEGIN SOLUTION\n")[1].splitlines()[1].strip()
    text = html.unescape(re.sub("<[^>]+>", "", trip.feedback(trip.ben)))
    assert "dZ" in solution
    assert solution not in text


def test_do_the_commands_run_without_a_warning(trip):
    pattern = re.compile(r"^\[\w+ \| (?:WARNING|ERROR)\] (.*)$", re.MULTILINE)
    complaints = {name: pattern.findall(log) for name, log in trip.logs.items()}
    # Ben changed a check; that autograde says so is as it should be.
    (changed,) = complaints.pop("autograde")
    assert "03-neuron-backward has changed" in changed
    assert {name: lines for name, lines in complaints.items() if lines} == {}
