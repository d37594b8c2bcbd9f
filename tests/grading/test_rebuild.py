"""Is it always the instructor's notebook that is graded, with the learner's answers in it?"""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.outcome import SEVERAL, weigh
from grading.rebuild import rebuild
from grading.tester import CellResult, Result

ANSWER = "def square(x):\n    return x * x"


def answered(foreign, **changes):
    notebook = copy.deepcopy(foreign)
    for cell in notebook.cells:
        cell.source = changes.get(cell.id.replace("-", "_"), cell.source)
    return notebook


def sources(rebuilt):
    return [cell.source for cell in rebuilt.notebook.cells]


def roles(rebuilt):
    return {cell.name: cell.role for cell in rebuilt.cells}


def test_answers_take_their_place_and_tests_are_the_instructors(foreign):
    found = rebuild(foreign, answered(foreign, square=ANSWER, test_square="pass", essay="My essay."))
    assert sources(found)[2:4] == [ANSWER, foreign.cells[3].source]
    assert sources(found)[6] == "My essay."
    assert roles(found) == {
        "imports": "learner",
        "square": "learner",
        "test-square": "test",
        "root": "learner",
        "test-root": "test",
    }
    assert found.untouched == {"root"}
    assert found.flags == []


def test_metadata_of_the_learner_counts_for_nothing(foreign):
    bent = answered(foreign, square=ANSWER)
    for cell in bent.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader |= {"points": 1000, "grade": False, "solution": True, "locked": False}
    bent.metadata.kernelspec = {"name": "evil"}
    found = rebuild(foreign, bent)
    assert [cell.points for cell in found.cells] == [0, 0, 2, 0, 1]
    assert [cell.metadata for cell in found.notebook.cells] == [cell.metadata for cell in foreign.cells]
    assert "kernelspec" not in found.notebook.metadata


def test_deleted_cells_come_back(foreign):
    found = rebuild(foreign, new_notebook(cells=[foreign.cells[2]]))
    assert [cell.id for cell in found.notebook.cells] == [cell.id for cell in foreign.cells]
    assert any("essay is missing" in flag for flag in found.flags)


def test_moved_cells_go_home(foreign):
    moved = answered(foreign, square=ANSWER)
    moved.cells.reverse()
    assert [cell.id for cell in rebuild(foreign, moved).notebook.cells] == [cell.id for cell in foreign.cells]


def test_lost_metadata_and_ids_are_found_by_what_is_defined(foreign):
    stripped = new_notebook(cells=[new_code_cell("# mine\n" + ANSWER), new_markdown_cell("notes")])
    source = copy.deepcopy(foreign)
    source.cells[2].metadata.solution_source = ANSWER
    found = rebuild(source, stripped)
    assert sources(found)[2] == "# mine\n" + ANSWER
    assert any("had lost its name" in flag for flag in found.flags)


def test_cells_that_lost_their_names_are_flagged_and_those_that_never_had_one_are_not(foreign):
    nameless = answered(foreign, square=ANSWER)
    for cell in nameless.cells:
        cell.metadata.pop("nbgrader", None)
    expected = "Cells that had lost their names were found by their ids: square, test-square, root, test-root, essay."
    assert rebuild(foreign, nameless).flags == [expected]


def test_a_test_that_was_deleted_is_flagged_and_one_that_lost_its_name_and_id(foreign):
    deleted = answered(foreign, square=ANSWER)
    deleted.cells = [cell for cell in deleted.cells if cell.id != "test-square"]
    assert rebuild(foreign, deleted).flags == ["The test test-square was missing and was put back."]
    bare = answered(foreign, square=ANSWER)
    bare.cells[3] = new_code_cell(foreign.cells[3].source)
    assert rebuild(foreign, bare).flags == ["The test test-square had lost its name and was found by its text."]


def test_of_copies_all_run_and_the_last_that_was_written_in_stands_in_the_place(foreign):
    twice = answered(foreign, square="def square(x):\n    return 0")
    again = nbformat.from_dict(twice.cells[2] | {"source": ANSWER, "id": "again"})
    stub = nbformat.from_dict(twice.cells[2] | {"source": foreign.cells[2].source, "id": "stub"})
    twice.cells[3:3] = [again, stub]
    found = rebuild(foreign, twice)
    learner = [cell.source for cell in found.cells if "square" in cell.source and cell.role == "learner"]
    assert learner == ["def square(x):\n    return 0", ANSWER]


@pytest.mark.parametrize(
    "bend", [str, "# mine\n{}".format, lambda stub: stub.replace("    ", "\t") + "\n", lambda stub: ""]
)
def test_a_copy_in_which_nothing_was_written_does_not_undo_the_answer(foreign, bend):
    twice = answered(foreign, square=ANSWER)
    twice.cells.append(nbformat.from_dict(foreign.cells[2] | {"source": bend(foreign.cells[2].source), "id": "stub"}))
    found = rebuild(foreign, twice)
    assert [cell.source for cell in found.cells if "square" in cell.source and cell.role == "learner"] == [ANSWER]
    assert found.flags == ["The cell square is there 2 times."]
    assert found.doubtful == set()


def test_the_tests_of_an_answer_that_was_written_twice_differently_are_doubtful(foreign):
    twice = answered(foreign, square=ANSWER, root="def root(x):\n    return x ** 0.5")
    twice.cells.append(nbformat.from_dict(foreign.cells[2] | {"source": "def square(x):\n    return 4", "id": "again"}))
    found = rebuild(foreign, twice)
    assert sources(found)[3] == "def square(x):\n    return 4"
    assert found.doubtful == {"test-square"}
    short, full = (weigh("squares", found, Result([CellResult("test-square", points=n)])).items[0] for n in (0.0, 2.0))
    assert (short.points, short.review) == (None, SEVERAL)
    assert (full.points, full.review) == (2, "")


def test_helper_cells_stay_where_they_were(foreign):
    helped = answered(foreign, square="def square(x):\n    return helper(x)")
    helped.cells.insert(2, new_code_cell("def helper(x):\n    return x * x"))
    found = rebuild(foreign, helped)
    order = [cell.source for cell in found.cells]
    assert order.index("def helper(x):\n    return x * x") < order.index("def square(x):\n    return helper(x)")


def test_a_code_answer_that_became_markdown_is_code_again(foreign):
    changed = answered(foreign)
    changed.cells[2] = new_markdown_cell(ANSWER, id="square", metadata=changed.cells[2].metadata)
    found = rebuild(foreign, changed)
    assert found.notebook.cells[2].cell_type == "code"
    assert found.notebook.cells[2].source == ANSWER
