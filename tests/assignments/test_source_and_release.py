"""Does each assignment give all points for its solutions, none for nothing, and say what it demands?"""

import ast
import platform
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import CheckCellMetadata
from nbgrader.validator import Validator

from helpers import checks

HERE = Path(__file__).resolve().parent
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def known(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells nbgrader keeps track of: graded, to be solved, or locked."""
    return [c for c in notebook.cells if utils.is_grade(c) or utils.is_solution(c) or utils.is_locked(c)]


def autograded(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that grade by running: graded and not the learner's own."""
    return [c for c in notebook.cells if utils.is_grade(c) and not utils.is_solution(c)]


def grade_id(cell: NotebookNode) -> str:
    return cell.metadata.nbgrader.grade_id


def scores(executed: Path) -> dict[str, tuple[float | None, float]]:
    """grade_id: (points earned, points possible), as nbgrader reads them off the outputs; None waits for a person."""
    notebook = nbformat.read(executed, as_version=nbformat.NO_CONVERT)
    return {grade_id(c): utils.determine_grade(c) for c in notebook.cells if utils.is_grade(c)}


def validate(executed: Path, **options) -> dict:
    """What `nbgrader validate` finds in a notebook that has been run already."""
    validator = Validator(**options)
    validator.preprocessors = [CheckCellMetadata]
    return validator.validate(str(executed))


def points(cell: NotebookNode) -> str:
    n = cell.metadata.nbgrader.points
    return f"({n} point)" if n == 1 else f"({n} points)"


# What is earned


def test_does_the_source_earn_every_point(source, executed_source):
    earned = scores(executed_source)
    assert {name: earned[name] for name in map(grade_id, autograded(source))} == {
        grade_id(c): (c.metadata.nbgrader.points, c.metadata.nbgrader.points) for c in autograded(source)
    }


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_does_the_source_earn_every_point_with_two_hundred_fresh_seeds(source, execute):
    notebook = nbformat.from_dict(source)
    for cell in autograded(notebook):
        _, check = ast.parse(cell.source).body
        exercise_id, function = map(ast.unparse, check.value.args)
        cell.source = f"for _ in range(200):\n    _report = checks.run({exercise_id}, {function})\n"
        cell.source += "    assert _report.passed, _report.message"
    test_does_the_source_run_without_an_error_or_a_warning(execute(notebook))


def test_does_the_source_run_without_an_error_or_a_warning(executed_source):
    notebook = nbformat.read(executed_source, as_version=nbformat.NO_CONVERT)
    outputs = [(c.id, output) for c in notebook.cells if c.cell_type == "code" for output in c.outputs]
    loud = [(i, o) for i, o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    assert not loud


def test_does_the_untouched_release_earn_nothing(executed_release):
    assert {name: score for name, (score, _) in scores(executed_release).items() if score != 0} == {}


def test_does_a_blank_notebook_earn_nothing(release, executed_blank):
    by_hand = {grade_id(c) for c in release.cells if utils.is_grade(c) and utils.is_solution(c)}
    earned = {name: score for name, (score, _) in scores(executed_blank).items() if score != 0}
    # A written answer that was emptied waits for a person; nothing is earned by itself.
    assert {name: score for name, score in earned.items() if name not in by_hand or score is not None} == {}


def test_does_validate_accept_the_source(executed_source):
    assert validate(executed_source) == {}


def test_does_validate_fail_every_graded_cell_of_the_release(release, executed_release):
    found = validate(executed_release)
    assert set(found) <= {"failed"}
    graded = [c.source.strip() for c in release.cells if utils.is_grade(c)]
    assert [failed["source"] for failed in found.get("failed", [])] == graded
    assert validate(executed_release, invert=True) == {}


# What the cells say


def test_are_grade_ids_the_ones_we_have_promised(assignment, source):
    promised = tomllib.loads((HERE / "grade_ids.toml").read_text())
    assert [grade_id(c) for c in known(source)] == promised[assignment.name]["cells"]


def test_are_grade_ids_unique_and_kebab_case(assignment, source):
    names = [grade_id(c) for c in known(source)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not KEBAB.fullmatch(name) or not name.startswith(assignment.number)] == []


def test_does_each_exercise_have_its_cell_and_its_points(assignment, source):
    exercises = [name for name in checks.exercises() if name.startswith(f"{assignment.number}-")]
    demanded = {name: checks.run(name, lambda *arguments: None).max_points for name in exercises}
    assert {grade_id(c): c.metadata.nbgrader.points for c in autograded(source)} == demanded
    assert all(1 <= n <= 3 for n in demanded.values())


def test_is_each_test_cell_one_line_of_words_and_one_check(source):
    for cell in autograded(source):
        words, check = ast.parse(cell.source).body
        assert isinstance(words.value.value, str)
        assert cell.source.splitlines()[0].endswith(f'{points(cell)}."""'), cell.source
        assert ast.unparse(check.value.func) == "checks.check"
        assert check.value.args[0].value == grade_id(cell)


def test_does_each_exercise_have_its_four_cells_in_order(source):
    for cell in autograded(source):
        i = source.cells.index(cell)
        task, solution, tryit = source.cells[i - 3 : i]
        assert [task.cell_type, solution.cell_type, tryit.cell_type] == ["markdown", "code", "code"], cell.id
        assert points(cell) in task.source.splitlines()[0]
        assert task.source.count("<details>") == 1
        assert grade_id(solution) == f"{grade_id(cell)}-solution"
        assert ast.get_docstring(ast.parse(solution.source).body[0]), f"{solution.id} has no specification"
        assert "nbgrader" not in tryit.metadata


NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def alike(line, about):
    """The same words, and numbers near by: what a long training brings differs between processors.

    Near are counts within a twentieth of the largest of their line, and other numbers within a tenth of themselves or
    of 1.
    """
    got, wanted = NUMBER.findall(line), NUMBER.findall(about)
    largest = max((abs(int(number)) for number in wanted if "." not in number), default=0)
    allowed = [0.1 * max(1, abs(float(number))) if "." in number else 0.05 * largest for number in wanted]
    near = all(abs(float(a) - float(b)) <= most for a, b, most in zip(got, wanted, allowed, strict=False))
    return near and NUMBER.sub("0", line).split() == NUMBER.sub("0", about).split()


def test_are_lines_alike_only_where_words_and_numbers_are():
    assert alike("right on 898, cost 0.10", "right on 905, cost 0.08")
    assert alike("[[445  64]", "[[460  49]")
    assert not alike("right on 640, cost 0.10", "right on 905, cost 0.08")
    assert not alike("right on 898, cost 0.28", "right on 905, cost 0.08")
    assert not alike("wrong on 898, cost 0.10", "right on 905, cost 0.08")
    assert not alike("right on 898", "right on 905, cost 0.08")


def check_the_numbers_to_compare(executed: Path) -> None:
    notebook = nbformat.read(executed, as_version=nbformat.NO_CONVERT)
    for i, cell in enumerate(notebook.cells):
        expected = re.findall(r"^# (Expected|About): (.*)$", cell.source, flags=re.MULTILINE)
        is_tryit = i + 1 < len(notebook.cells) and notebook.cells[i + 1] in autograded(notebook)
        assert expected or not is_tryit, f"{cell.id} has no number to compare"
        if expected:
            printed = "".join(output.text for output in cell.outputs if output.output_type == "stream")
            lines = printed.splitlines()
            assert len(lines) == len(expected), cell.id
            for line, (how, wanted) in zip(lines, expected, strict=True):
                assert alike(line, wanted) if how == "About" else line == wanted, f"{cell.id}: {line}"


def test_do_the_numbers_to_compare_come_out(executed_source):
    check_the_numbers_to_compare(executed_source)


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() != "x86_64", reason="OpenBLAS has other names for other processors")
@pytest.mark.parametrize(("processor", "threads"), [("Nehalem", "1"), ("Haswell", "1"), ("Haswell", "2")])
def test_do_they_come_out_on_other_processors(source, execute, monkeypatch, processor, threads):
    """Sums are rounded in another order there. Where a training is at the edge of diverging, that decides its end."""
    monkeypatch.setenv("OPENBLAS_CORETYPE", processor)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", threads)
    check_the_numbers_to_compare(execute(source))


# What the learner finds


def test_is_the_release_locked_and_empty_of_solutions(source, release):
    stub = "raise NotImplementedError("
    for cell in known(release):
        assert cell.metadata.nbgrader.checksum == utils.compute_checksum(cell)
        assert cell.metadata.deletable is False
        assert cell.metadata.get("editable", True) is utils.is_solution(cell)
        if utils.is_solution(cell) and cell.cell_type == "code":
            assert stub in cell.source, f"{cell.id} has no stub"
    text = "\n".join(c.source for c in release.cells)
    assert not re.search("(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)", text)
    assert [c.id for c in release.cells] == [c.id for c in source.cells]


def test_is_the_committed_form_clean(source, release):
    for notebook in (source, release):
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert notebook.metadata.kernelspec == KERNEL
        for cell in notebook.cells:
            assert KEBAB.fullmatch(cell.id), cell.id
            assert not re.fullmatch("[0-9a-f]{8}", cell.id), f"{cell.id} says nothing: name the cell"
            if cell.cell_type == "code":
                assert cell.outputs == []
                assert cell.execution_count is None
                assert len(cell.source.splitlines()) <= 25, f"{cell.id} is longer than 25 lines"


def test_is_no_promised_assignment_gone():
    promised = tomllib.loads((HERE / "grade_ids.toml").read_text())
    assert sorted(promised) == sorted(path.name for path in (HERE.parents[1] / "assignments/source").iterdir())
