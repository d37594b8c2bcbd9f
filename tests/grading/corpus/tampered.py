"""Notebooks whose cells, metadata or order are not as they were handed out."""

import copy
from collections.abc import Callable

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.grading.corpus.courses import about
from tests.grading.corpus.kind import DONE, Kind

WRONG = {"square": "def square(x):\n    return 4"}
NONE = {"test-square": 0}
FLAGGED = "graded_with_flags"
Bend = Callable[[nbformat.NotebookNode], None]


def find(notebook: nbformat.NotebookNode, name: str) -> int:
    """The place of the cell with this id."""
    return next(i for i, cell in enumerate(notebook.cells) if cell.get("id") == name)


def of_tests(change: Callable[[nbformat.NotebookNode], None]) -> Bend:
    """Do something to every test cell."""

    def bend(notebook: nbformat.NotebookNode) -> None:
        for cell in notebook.cells:
            if cell.get("id", "").startswith("test-"):
                change(cell)

    return bend


def of_all(change: Callable[[nbformat.NotebookNode], None]) -> Bend:
    """Do something to every cell."""

    def bend(notebook: nbformat.NotebookNode) -> None:
        for cell in notebook.cells:
            change(cell)

    return bend


def nbgrader(**entries: object) -> Callable[[nbformat.NotebookNode], None]:
    """A change of nbgrader's metadata, where a cell has any."""

    def change(cell: nbformat.NotebookNode) -> None:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(entries)

    return change


def delete_tests(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if not cell.id.startswith("test-")]


def double_tests(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [one for cell in notebook.cells for one in [copy.deepcopy(cell)] * (2 - (cell.id[:4] != "test"))]


def split_tests(notebook: nbformat.NotebookNode) -> None:
    place = find(notebook, "test-square")
    first, *rest = notebook.cells[place].source.split("\nassert")
    notebook.cells[place].source = first
    notebook.cells[place + 1 : place + 1] = [new_code_cell("assert" + part) for part in rest]


def tests_first(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.sort(key=lambda cell: not cell.id.startswith("test-"))


def tests_last(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.sort(key=lambda cell: cell.id.startswith("test-"))


def retype(kind: str) -> Callable[[nbformat.NotebookNode], None]:
    def change(cell: nbformat.NotebookNode) -> None:
        cell.cell_type = kind
        cell.pop("outputs", None), cell.pop("execution_count", None)

    return change


def answers_are(kind: str) -> Bend:
    def bend(notebook: nbformat.NotebookNode) -> None:
        for name in ("square", "scale"):
            retype(kind)(notebook.cells[find(notebook, name)])

    return bend


def edit_tests(cell: nbformat.NotebookNode) -> None:
    cell.source = "assert True\nNone"


def points_in_output(cell: nbformat.NotebookNode) -> None:
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1000"}, execution_count=1)]


def fake_item(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.append(new_code_cell("assert True", metadata=about("bonus", grade=True, points=1000)))
    notebook.cells.append(new_code_cell("1000", metadata=about("test-square", grade=True, points=1000)))


def tests_become_answers(notebook: nbformat.NotebookNode) -> None:
    place = find(notebook, "test-square")
    notebook.cells[place].metadata = about("test-square", solution=True)
    notebook.cells[place].source = "pass"


def answer_twice(notebook: nbformat.NotebookNode) -> None:
    place = find(notebook, "square")
    second = copy.deepcopy(notebook.cells[place])
    second.id, second.source = "second", "def square(x):\n    raise NotImplementedError()"
    notebook.cells.insert(place, second)


def stub_at_the_end(notebook: nbformat.NotebookNode) -> None:
    second = copy.deepcopy(notebook.cells[find(notebook, "square")])
    second.id, second.source = "second", "raise NotImplementedError()  # as handed out"
    notebook.cells.append(second)


def two_answers(notebook: nbformat.NotebookNode) -> None:
    second = copy.deepcopy(notebook.cells[find(notebook, "square")])
    second.id, second.source = "second", WRONG["square"]
    notebook.cells.append(second)


def answer_split(notebook: nbformat.NotebookNode) -> None:
    place = find(notebook, "ask")
    first, second = notebook.cells[place].source.split("\n\n\n")
    notebook.cells[place].source = first
    notebook.cells.insert(place + 1, new_code_cell(second))


def answer_without_name(notebook: nbformat.NotebookNode) -> None:
    cell = notebook.cells[find(notebook, "square")]
    cell.metadata, cell.id = nbformat.from_dict({}), "something-else"


def answer_at_the_end(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.append(notebook.cells.pop(find(notebook, "square")))


def answer_gone(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.pop(find(notebook, "square"))


def names_swapped(notebook: nbformat.NotebookNode) -> None:
    one, two = notebook.cells[find(notebook, "square")], notebook.cells[find(notebook, "scale")]
    one.source, two.source = two.source, one.source


def setup_gone(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.pop(find(notebook, "setup"))


def setup_edited(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[find(notebook, "setup")].source = "np = None\nLIMIT = 0\nraise SystemExit"


def no_ids(notebook: nbformat.NotebookNode) -> None:
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        del cell["id"]


def all_stripped(notebook: nbformat.NotebookNode) -> None:
    no_ids(notebook)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})


def one_id(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        cell.id = "the-same"


def other_kernel(notebook: nbformat.NotebookNode) -> None:
    notebook.metadata = {"kernelspec": {"name": "no-such-kernel", "display_name": 7}, "language_info": {"name": "R"}}


def outputs_of_any_kind(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [7, {"output_type": "unknown"}, {"output_type": "stream"}]
            cell.execution_count = "many"


def many_cells(notebook: nbformat.NotebookNode) -> None:
    notebook.cells += [new_markdown_cell(f"Note {n}.") for n in range(400)]


def metadata_of_odd_types(notebook: nbformat.NotebookNode) -> None:
    odd = [None, [], "text", 7, {"nbgrader": None}, {"nbgrader": []}, {"nbgrader": {"grade_id": {"a": 1}}}]
    for number, cell in enumerate(notebook.cells):
        cell.metadata = odd[number % len(odd)]


def half_characters(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[find(notebook, "square")].source += "  # \ud83d and \x00"
    notebook.cells[find(notebook, "essay")].source += " \udc00"
    notebook.cells.append(new_code_cell("'\ud800'", id="half"))


TESTS_BENT: dict[str, Bend] = {
    "tests-doubled": double_tests,
    "tests-split": split_tests,
    "tests-edited": of_tests(edit_tests),
    "tests-moved-up": tests_first,
    "tests-moved-down": tests_last,
    "tests-become-markdown": of_tests(retype("markdown")),
    "tests-become-raw": of_tests(retype("raw")),
    "tests-become-a-type-of-their-own": of_tests(retype("graded")),
    "tests-with-outputs": of_tests(points_in_output),
    "tests-become-answers": tests_become_answers,
    "points-raised": of_all(nbgrader(points=1000)),
    "points-no-number": of_all(nbgrader(points="many")),
    "flags-flipped": of_all(nbgrader(grade=False, solution=True, locked=False)),
    "all-flags-set": of_all(nbgrader(grade=True, solution=True, locked=True, task=True)),
    "flags-of-odd-types": of_all(nbgrader(grade="yes", solution=None, locked=[], schema_version="new")),
    "schema-of-the-future": of_all(nbgrader(schema_version=99)),
    "cell-types-stated": of_all(nbgrader(cell_type="markdown", checksum="0" * 32)),
    "items-made-up": fake_item,
}
HARMLESS: dict[str, Bend] = {
    "metadata-of-odd-types": metadata_of_odd_types,
    "names-of-odd-types": of_all(nbgrader(grade_id=["a"])),
    "ids-gone": no_ids,
    "ids-the-same": one_id,
    "another-kernel": other_kernel,
    "outputs-of-any-kind": outputs_of_any_kind,
    "many-cells": many_cells,
    "setup-deleted": setup_gone,
    "setup-edited": setup_edited,
    "answer-split": answer_split,
    "answer-twice": answer_twice,
    "answer-and-its-stub-at-the-end": stub_at_the_end,
    "answer-without-its-name": answer_without_name,
    "answers-become-raw": answers_are("raw"),
    "answers-become-markdown": answers_are("markdown"),
    "cells-with-half-characters": half_characters,
}

KINDS = [
    *(Kind(name, WRONG, bend=bend, points=NONE, state=DONE) for name, bend in TESTS_BENT.items()),
    *(Kind(f"right-{name}", bend=bend, state=DONE) for name, bend in TESTS_BENT.items()),
    *(Kind(name, bend=bend, state=DONE) for name, bend in HARMLESS.items()),
    Kind("answer-at-the-end", bend=answer_at_the_end, state=DONE),
    Kind("answer-deleted", bend=answer_gone, points=NONE, state=FLAGGED, says=("The cell square is missing",)),
    Kind(
        "answer-and-another-at-the-end",
        bend=two_answers,
        points={"test-square": None},
        state="needs_review",
        says=("a person has to choose",),
    ),
    Kind("metadata-stripped", bend=of_all(lambda cell: cell.metadata.clear()), state=FLAGGED, says=("by their ids",)),
    *(
        Kind(name, answers, bend=delete_tests, points=points, state=FLAGGED, says=("was missing and was put back",))
        for name, answers, points in (("tests-deleted", WRONG, NONE), ("right-tests-deleted", {}, {}))
    ),
    Kind("answers-swapped", bend=names_swapped, state=DONE, points=NONE),
    Kind("everything-stripped", bend=all_stripped, state=FLAGGED, says=("found by its text",)),
]
