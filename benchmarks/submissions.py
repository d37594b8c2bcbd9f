"""Submissions of an assignment as a class would hand them in: right, wrong and mixed, the same ones each time.

The answers are those of tests/implementations/, as text, each with the imports and helper functions that it rests on,
and the course's own.
"""

import ast
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat

from benchmarks.corpus import FOLDER
from grading import names

ROOT = Path(__file__).parent.parent
ASSIGNMENT = "03_one_neuron"
RIGHT, WRONG, OWN, NOTHING = "right", "wrong", "own", "nothing"  # "own": the course's answer
# What a learner's answers are drawn from; the learners take turns at these.
LEARNERS = {
    "all right": (RIGHT, OWN),
    "nearly all right": (RIGHT, RIGHT, OWN, OWN, OWN, WRONG),
    "half right": (RIGHT, OWN, WRONG, WRONG),
    "all wrong": (WRONG,),
    "not finished": (OWN, OWN, WRONG, NOTHING, NOTHING),
}


def students(count: int, group: str = "s") -> list[str]:
    """Names that sort in order of number. group: a letter that they begin with."""
    return [f"{group}{number:05}" for number in range(count)]


def notebook(student: str) -> nbformat.NotebookNode:
    """What this learner hands in: the released notebook with answers in it. It depends on the name alone."""
    rng = random.Random(student)
    source, result = _notebook("source"), _notebook("release")
    given = answers()
    kinds = list(LEARNERS.values())[int(student[1:]) % len(LEARNERS)]
    solutions = {cell.id: cell.source for cell in source.cells}
    for cell in result.cells:
        exercise, is_answer = _exercise(cell)
        if not is_answer:
            continue
        kind = rng.choice(kinds)
        if kind == OWN:
            cell.source = solutions[cell.id].replace("    ### BEGIN SOLUTION\n", "").replace("    ### END SOLUTION", "")
        elif kind != NOTHING:
            cell.source = rng.choice(given[exercise, kind])
    return result


@cache
def _read(part: str) -> str:
    return (ROOT / "assignments" / part / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")


def _notebook(part: str) -> nbformat.NotebookNode:
    return nbformat.reads(_read(part), 4)


def _exercise(cell: nbformat.NotebookNode) -> tuple[str, bool]:
    """The exercise that a solution cell answers; whether it is one."""
    about = cell.metadata.get("nbgrader", {})
    return str(about.get("grade_id", "")).removesuffix("-solution"), bool(about.get("solution"))


@cache
def answers() -> dict[tuple[str, str], list[str]]:
    """(exercise, "right" or "wrong") -> solution cells."""
    found: dict[tuple[str, str], list[str]] = {}
    number = ASSIGNMENT[:2]
    functions = {}
    for cell in _notebook("source").cells:
        exercise, is_answer = _exercise(cell)
        if is_answer:
            functions[exercise] = next(n.name for n in ast.parse(cell.source).body if isinstance(n, ast.FunctionDef))
    for file in sorted(FOLDER.glob(f"a{number}_*.py")):
        text = file.read_text(encoding="utf-8")
        module = ast.parse(text)
        for exercise, kind, statement in _marked(module):
            if exercise in functions:
                cell = _cell(statement, functions[exercise], module, text)
                found.setdefault((exercise, kind), []).append(cell)
    return found


def _marked(module: ast.Module) -> Iterator[tuple[str, str, ast.stmt]]:
    """(exercise, kind, the marked function or expression) of a file of implementations."""
    for statement in module.body:
        marks = getattr(statement, "decorator_list", [])
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            marks = [statement.value.func]
        for mark in marks:
            if _is_mark(mark):
                yield mark.args[0].value, mark.func.id, statement


def _is_mark(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in (RIGHT, WRONG)


def _cell(statement: ast.stmt, name: str, module: ast.Module, text: str) -> str:
    """An implementation as a learner's cell: what it needs, then the function under the name that is asked for."""
    if isinstance(statement, ast.Expr):
        written, used = f"{name} = {ast.get_source_segment(text, statement.value.args[0])}", statement.value.args[0]
    else:
        kept = [mark for mark in statement.decorator_list if not _is_mark(mark)]
        marks = "".join(f"@{ast.get_source_segment(text, mark)}\n" for mark in kept)
        written, used = marks + ast.get_source_segment(text, statement), statement
        if isinstance(statement, ast.FunctionDef):
            written = written.replace(f"def {statement.name}(", f"def {name}(", 1)
        else:
            written += f"\n\n\n{name} = {statement.name}"
    return "\n\n".join([*(ast.get_source_segment(text, one) for one in _needed(used, module)), written])


def _needed(used: ast.AST, module: ast.Module) -> list[ast.stmt]:
    """The statements of the file on which a piece of it rests, in their order."""
    waiting, found = names.reads(used), set()
    while waiting:
        name = waiting.pop()
        for place, one in enumerate(module.body):
            left_out = one is used or any(_is_mark(mark) for mark in getattr(one, "decorator_list", []))
            left_out = left_out or (isinstance(one, ast.ImportFrom) and one.module == "benchmarks.corpus")
            if place not in found and not left_out and name in names.binds(one):
                found.add(place)
                waiting |= set() if isinstance(one, ast.Import | ast.ImportFrom) else names.reads(one)
    return [module.body[place] for place in sorted(found)]


def hand_in(student: str, course: Path) -> None:
    """Put a learner's notebook into a course directory, as nbgrader's collect would."""
    folder = course / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    nbformat.write(notebook(student), folder / f"{ASSIGNMENT}.ipynb")
    (folder / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
