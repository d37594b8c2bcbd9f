"""The notebook that is graded: the instructor's cells, with the learner's text in those that are the learner's.

Nothing else of a submission counts: not its metadata, points, order, kernel or tests. A learner's cell is found by its
grade_id, else by its cell id, else by the names it defines or its likeness; what belongs to no cell of the instructor's
(helper functions, notes) stays, after the cell that it followed.
"""

import ast
import copy
import warnings
from dataclasses import dataclass, field
from functools import lru_cache

import nbformat
from nbgrader import utils
from rapidfuzz import fuzz

from grading import beside, names
from grading.tester import Cell

ALIKE = 60  # per cent of likeness from which two texts count as versions of one cell


@dataclass
class Rebuilt:
    """notebook: what is graded.  cells: its code, as the tester takes it.  flags: what was put right, in words.

    untouched: grade_ids of answers in which nothing was written.  doubtful: ids of
    tests whose answer was written several times, differently.
    """

    notebook: nbformat.NotebookNode
    cells: list[Cell] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    untouched: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)


def rebuild(source: nbformat.NotebookNode, submitted: nbformat.NotebookNode) -> Rebuilt:
    """Put a learner's answers into the instructor's notebook. source: see Course.sources."""
    result = Rebuilt(nbformat.v4.new_notebook(metadata=copy.deepcopy(source.metadata)))
    given = list(submitted.cells)
    match, several = _match(source.cells, given, result.flags)
    doubtful = _judging(source.cells, several)
    extras = _extras(source.cells, given, match)
    for cell in extras.get(-1, []):
        _add_extra(result, cell)
    for place, original in enumerate(source.cells):
        _add(result, original, given[match[place]] if place in match else None)
        if place in doubtful:
            result.doubtful.add(result.notebook.cells[-1].id)
        for cell in extras.get(place, []):
            _add_extra(result, cell)
    return result


def grade_id(cell: nbformat.NotebookNode) -> str | None:
    """The cell's grade_id, however its metadata was bent."""
    about = cell.metadata.get("nbgrader")
    name = about.get("grade_id") if isinstance(about, dict) else None
    return name if isinstance(name, str) else None


def kind(cell: nbformat.NotebookNode) -> str:
    """What a cell of the instructor's is: "test", "answer" (manually graded), "solution", "locked" or "free"."""
    if utils.is_grade(cell):
        return "answer" if utils.is_solution(cell) else "test"
    if utils.is_task(cell):
        return "locked"
    if utils.is_solution(cell):
        return "solution"
    return "locked" if utils.is_locked(cell) else "free"


def _match(sources: list, given: list, flags: list[str]) -> tuple[dict[int, int], set[int]]:
    """Place in the source -> place in the submission; and the places of answers that were written several times."""
    several: set[int] = set()
    match: dict[int, int] = {}
    taken: set[int] = set()

    def pair(place: int, other: int) -> None:
        match[place] = other
        taken.add(other)

    names_of = [grade_id(cell) for cell in given]
    for place, cell in enumerate(sources):
        wanted = grade_id(cell)
        copies = [i for i, name in enumerate(names_of) if name is not None and name == wanted]
        if len(copies) > 1:
            flags.append(f"The cell {wanted} is there {len(copies)} times.")
            # All that say something of their own are run; the one in the cell's place is the last of them.
            own = [i for i in copies if not _is_stub(given[i], cell)]
            if len({given[i].source.strip() for i in own}) > 1:
                several.add(place)
            copies = own or copies
        if copies:
            pair(place, copies[-1])
    ids = {cell.get("id"): i for i, cell in enumerate(given) if i not in taken}
    nameless = []
    for place, cell in enumerate(sources):
        if place not in match and cell.get("id") in ids and ids[cell.get("id")] not in taken:
            pair(place, ids[cell.get("id")])
            nameless += [name for name in [grade_id(cell)] if name is not None]
    if nameless:
        flags.append(f"Cells that had lost their names were found by their ids: {', '.join(nameless)}.")
    for place, cell in enumerate(sources):
        if place not in match and kind(cell) in ("solution", "answer"):
            best = max(((_likeness(cell, given[i]), i) for i in range(len(given)) if i not in taken), default=(0, 0))
            if best[0] >= ALIKE:
                flags.append(f"The cell {grade_id(cell)} had lost its name and was found by its text.")
                pair(place, best[1])
    flags += _missing_tests(sources, given, match)
    return match, several


def _missing_tests(sources: list, given: list, match: dict[int, int]) -> list[str]:
    """Flags for tests that are not there by name or id: deleted, or there by their text."""
    left = [cell for i, cell in enumerate(given) if i not in match.values()]
    flags = []
    for place, cell in enumerate(sources):
        if kind(cell) == "test" and place not in match:
            there = any(_likeness(cell, other) >= ALIKE for other in left)
            what = "had lost its name and was found by its text" if there else "was missing and was put back"
            flags.append(f"The test {grade_id(cell)} {what}.")
    return flags


def _judging(sources: list, answers: set[int]) -> set[int]:
    """The places of the tests that judge one of these answers: those between it and the answer after the next test."""
    found, doubted, tested = set(), False, False
    for place, cell in enumerate(sources):
        if kind(cell) == "solution":
            doubted, tested = place in answers or (doubted and not tested), False
        elif kind(cell) == "test":
            tested = True
            if doubted:
                found.add(place)
    return found


def _likeness(original: nbformat.NotebookNode, cell: nbformat.NotebookNode) -> float:
    if original.cell_type == "code":
        common = _binds(original.get("metadata", {}).get("solution_source", "")) & _binds.__wrapped__(cell.source)
        if common:
            return 100.0 + len(common)
    return fuzz.ratio(original.source, cell.source) if cell.cell_type == original.cell_type else 0.0


def _is_stub(given: nbformat.NotebookNode, original: nbformat.NotebookNode) -> bool:
    """Is it the cell as it was handed out, but for comments and the look of it, or an empty one?"""
    if given.source.strip() in ("", original.source.strip()):
        return True
    code = _code(original.source) if original.cell_type == "code" else ""
    return bool(code) and _code.__wrapped__(given.source) == code


@lru_cache(maxsize=512)  # of the instructor's cells
def _code(source: str) -> str:
    """What the code says; empty where it says nothing, or is none."""
    try:
        return "\n".join(map(ast.dump, _parsed(source)))
    except RecursionError:
        return ""


def _extras(sources: list, given: list, match: dict[int, int]) -> dict[int, list]:
    """The learner's own cells, by the place in the source after which they come."""
    places = {other: place for place, other in match.items()}
    known = {cell.source.strip() for cell in sources}
    named = {grade_id(cell): cell for cell in sources if grade_id(cell) is not None}
    found: dict[int, list] = {}
    after = -1
    for i, cell in enumerate(given):
        if i in places:
            after = places[i]
        elif grade_id(cell) in named and _is_stub(cell, named[grade_id(cell)]):
            continue  # it would undo the answer, which is written elsewhere
        elif cell.source.strip() and cell.source.strip() not in known:
            found.setdefault(after, []).append(cell)
    return found


def _add(result: Rebuilt, original: nbformat.NotebookNode, given: nbformat.NotebookNode | None) -> None:
    cell = _clean(original)
    _name(result, cell)
    what = kind(original)
    if given is None and what in ("solution", "answer"):
        result.flags.append(f"The cell {grade_id(original)} is missing; the empty one stands in its place.")
    elif given is not None and what in ("solution", "answer", "free"):
        cell.source = given.source
        if given.cell_type != original.cell_type and what != "free":
            result.flags.append(f"The cell {grade_id(original)} had become a {given.cell_type} cell.")
    if what in ("solution", "answer") and given is not None and given.source.strip() == original.source.strip():
        result.untouched.add(grade_id(original))
    result.notebook.cells.append(cell)
    if cell.cell_type == "code":
        role = {"test": "test", "locked": "instructor"}.get(what, "learner")
        points = float(original.metadata.nbgrader.points) if what == "test" else 0.0
        ours, bound = _solution(original.metadata.get("solution_source", ""))
        ours = original.source if what == "free" else ours
        marked = what == "test" and beside.is_marked(cell.source)
        result.cells.append(Cell(cell.id, role, cell.source, points, ours, bound, marked))


def _add_extra(result: Rebuilt, given: nbformat.NotebookNode) -> None:
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    cell = new.get(given.cell_type, nbformat.v4.new_raw_cell)(given.source)
    cell.id = f"extra-{len(result.notebook.cells)}"
    _name(result, cell)
    result.notebook.cells.append(cell)
    if cell.cell_type == "code":
        result.cells.append(Cell(cell.id, "learner", cell.source))


def _clean(original: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cell = copy.deepcopy(original)
    cell.metadata.pop("solution_source", None)
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return cell


def _name(result: Rebuilt, cell: nbformat.NotebookNode) -> None:
    """See to it that the cell has an id, which older notebooks lack, and that no other has the same."""
    taken = {other.id for other in result.notebook.cells}
    number = len(taken)
    while not cell.get("id") or cell.id in taken:
        cell.id, number = f"cell-{number}", number + 1


@lru_cache(maxsize=512)  # of the instructor's cells, which are the same for each submission
def _binds(source: str) -> frozenset[str]:
    try:
        return frozenset().union(*map(names.binds, _parsed(source)))
    except RecursionError:
        return frozenset()


@lru_cache(maxsize=512)
def _solution(source: str) -> tuple[str, list[str]]:
    """Of a solution: what it imports, as code, and the other names it binds.

    Tests may rest on what it imports: they get the real thing, not what the learner calls by its name.
    """
    imports = [one for one in _parsed(source) if isinstance(one, ast.Import | ast.ImportFrom)]
    brought = frozenset().union(*map(names.binds, imports))
    return "\n".join(map(ast.unparse, imports)), sorted(_binds(source) - brought)


def _parsed(source: str) -> list[ast.stmt]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd escapes in learners' strings
        try:
            return ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []
