"""Does the way lessons are tested find what it is there to find?"""

from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import lessons


def lesson(folder: Path, *cells) -> Path:
    path = folder / "lesson.ipynb"
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


@pytest.mark.parametrize(
    ("said", "expression", "agrees"),
    [
        ("0.957", "p:.3f", True),
        ("0.958", "p:.3f", False),
        ("**95.7 %**", "p:.1%", True),
        ("$J = 0.957$", "p:.3f", True),
        ("−0.957", "-p:.3f", True),
        ("0.957", "-p:.3f", False),
        ("9570", "10_000 * p:,.0f", True),
        ("7", "counts['a b'][0]", True),
    ],
)
def test_numbers_are_compared_with_what_the_variables_give(
    tmp_path: Path, said: str, expression: str, agrees: bool
) -> None:
    cells = [
        new_code_cell("p = 0.957\ncounts = {'a b': [7]}"),
        new_markdown_cell(f"It is {said}<!--= {expression} -->, they say."),
    ]
    (statement,) = lessons.run(lesson(tmp_path, *cells), tmp_path).statements
    assert statement.agrees is agrees


def test_a_number_speaks_of_its_place_in_the_lesson_or_of_the_end(tmp_path: Path) -> None:
    cells = [
        new_code_cell("x = 1"),
        new_markdown_cell("1<!--= x --> and in the end 2<!--= end: x -->"),
        new_code_cell("x = 2"),
    ]
    assert all(statement.agrees for statement in lessons.run(lesson(tmp_path, *cells), tmp_path).statements)


def test_a_tag_without_a_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="no number stands before"):
        lessons.statements(new_markdown_cell("many<!--= n --> birds"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("about 0.5 of them", ["0.5"]),
        ("98 % of them", ["98 %"]),
        ("98% of them", ["98%"]),
        ("98.4 %<!--= p:.1% --> of them", []),
        ("a rate of `0.5`, and $\\sigma(0) = 0.5$", []),
        ("[version 2](https://example.org/0.5/x) of section 2.", []),
        ("lesson 02, 214 birds, version 1.2.3", []),
    ],
)
def test_results_without_a_tag_are_found(text: str, found: list[str]) -> None:
    assert lessons.untagged(new_markdown_cell(text)) == found


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import warnings\nwarnings.warn('old', DeprecationWarning)", "DeprecationWarning"),
        ("import numpy as np\nnp.array([1.0]) / np.zeros(1)", "RuntimeWarning"),
        ("import urllib.request\nurllib.request.urlopen('http://example.invalid/')", "must work offline"),
        ("import socket\nsocket.create_connection(('192.0.2.1', 80))", "must work offline"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_what_a_lesson_must_not_do_stops_it(tmp_path: Path, source: str, complaint: str) -> None:
    with pytest.raises(CellExecutionError, match=complaint):
        lessons.run(lesson(tmp_path, new_code_cell(source)), tmp_path)


def test_time_and_memory_are_measured(tmp_path: Path) -> None:
    source = "import time, numpy as np\na = np.ones(8_000_000)\ntime.sleep(1)"
    quick, slow = new_code_cell("1", id="quick"), new_code_cell(source, id="slow")
    run = lessons.run(lesson(tmp_path, quick, slow), tmp_path)
    assert run.seconds["slow"] > max(1, run.seconds["quick"])
    assert run.peak_memory > 64
