"""Does the benchmark of grading measure what it says: the same class each time, the same points, bars that can fail?"""

import ast
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from benchmarks import grading, submissions
from helpers import checks

ROOT = Path(__file__).parents[2]


def test_a_learner_hands_in_the_same_each_time_and_learners_differ():
    one, same, other = (nbformat.writes(submissions.notebook(name)) for name in ("s00001", "s00001", "s00006"))
    assert one == same
    assert one != other


def test_the_class_holds_right_wrong_and_mixed():
    kinds = list(submissions.LEARNERS)
    released = {cell.id: cell.source for cell in submissions._notebook("release").cells}
    for number in range(len(kinds)):
        changed = [c.id for c in submissions.notebook(f"s{number:05}").cells if c.source != released[c.id]]
        assert changed
        if kinds[number] != "not finished":
            assert len(changed) == 8


@pytest.mark.parametrize(("kind", "passes"), [("right", True), ("wrong", False)])
def test_answers_as_text_are_what_they_are_in_the_file(kind, passes):
    """Each runs by itself, without the rest of its file, and gets the verdict it should."""
    found = {exercise: cells for (exercise, which), cells in submissions.answers().items() if which == kind}
    assert len(found) == 8
    for exercise, cells in found.items():
        assert len(cells) >= 3
        for cell in cells:
            assert "benchmarks" not in cell
            space = {}
            exec(compile(cell, exercise, "exec"), space)
            assert checks.run(exercise, space[_function(exercise)]).passed is passes, cell


def _function(exercise):
    source = next(
        cell.source
        for cell in submissions._notebook("source").cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"{exercise}-solution"
    )
    return next(node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))


FIGURES = {
    "rates": {grading.PLAIN: 1.0, grading.OURS_2: 12.0},
    "differences": [{"reason": "a warning"}],
    "ours differ": 0,
    "memory": {"most": 200.0},
    "export": {"csv": 1.0, "canvas": 2.0},
    "long": {"quarters": [10.0, 9.9]},
}


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"rates": {grading.PLAIN: 1.0, grading.OURS_2: 9.9}}, ["ours with 2 workers / plain nbgrader"]),
        ({"differences": [{"reason": ""}]}, ["points that differ where plain nbgrader's are right"]),
        ({"ours differ": 1}, ["points that differ between 1 and 2 workers"]),
        ({"memory": {"most": 301.0}}, ["MB a worker"]),
        ({"export": {"csv": 1.0, "canvas": 5.1}}, ["slowest export, seconds"]),
        ({"long": {"quarters": [10.0, 8.0]}}, ["rate of the last quarter / of the first"]),
    ],
)
def test_every_bar_can_be_missed(change, missed):
    assert [bar.name for bar in grading.bars(FIGURES | change) if not bar.met] == missed


def test_points_that_differ_are_found_with_the_reason(tmp_path):
    notebook = submissions.notebook("s00000")
    (cell,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "03-predict"]
    cell.outputs = [nbformat.v4.new_output("stream", name="stderr", text="a warning")]
    folder = tmp_path / "autograded" / "s00000" / submissions.ASSIGNMENT
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{submissions.ASSIGNMENT}.ipynb")
    plain = {("s00000", "03-predict"): 0.0, ("s00000", "03-fit-neuron"): 3.0, ("s00000", "03-gradient-step"): 1.0}
    ours = {("s00000", "03-predict"): 1.0, ("s00000", "03-fit-neuron"): 0.0, ("s00000", "03-gradient-step"): 1.0}
    found = {one["exercise"]: bool(one["reason"]) for one in grading.differences(plain, ours, tmp_path)}
    assert found == {"03-predict": True, "03-fit-neuron": False}


@pytest.mark.needs("bubblewrap")
def test_the_command_grades_in_all_ways_and_writes_the_figures(tmp_path):
    """Two submissions say nothing about speed; they say that everything is measured."""
    options = ["--submissions", "2", "--long", "8", "--learners", "30", "--json", str(tmp_path / "grading.json")]
    line = [sys.executable, "-m", "benchmarks.grading", *options]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written = json.loads((tmp_path / "grading.json").read_text(encoding="utf-8"))
    figures, names = written["figures"], [bar["name"] for bar in written["bars"]]
    assert len(names) == 6
    assert figures["points"] == 16
    assert all(rate > 0 for rate in figures["rates"].values())
    assert 30 < figures["memory"]["most"] < 300
    assert set(figures["export"]) == {"canvas", "moodle", "csv"}
    assert figures["long"]["submissions"] == 8
    assert [one for one in figures["differences"] if not one["reason"]] == []
    assert figures["ours differ"] == 0
