"""What a course says about its grading, in nbgrader_config.py: `c.Grading.cell_seconds = 60`."""

import ast
from dataclasses import fields
from pathlib import Path

import nbformat
from traitlets import Dict, List, Unicode
from traitlets.config import Config, Configurable

from grading import names
from grading.jail import ROOM
from grading.namespaces import Limits
from grading.rebuild import kind
from grading.worker import Plan


class Grading(Configurable):
    """The add-on's settings."""

    shown = List(Unicode(), help="Folders that the tests and the learners' code may read, beside Python's own.").tag(
        config=True
    )
    hidden = Dict(
        value_trait=List(Unicode()),
        help="Assignment, or '*' for all -> files and folders among the shown that learners' code may not see, such as "
        "solutions. What the instructor's own cells import is never hidden.",
    ).tag(config=True)
    warm = List(
        Unicode(), help="Modules to import before the first submission, beside those that the notebooks import."
    ).tag(config=True)
    limits = Dict(help=f"Limits of one submission: {', '.join(field.name for field in fields(Limits))}.").tag(
        config=True
    )


def plan(config: Config, assignment: str, sources: dict[str, nbformat.NotebookNode]) -> Plan:
    """What workers need to know. Raises ValueError for a limit that does not exist."""
    settings = Grading(config=config)
    imported = _imported(sources)
    shown = [Path(place).resolve() for place in settings.shown]
    hidden = [Path(p).resolve() for key in ("*", assignment) for p in settings.hidden.get(key, [])]
    needed = _needed(imported, shown)
    unknown = set(settings.limits) - {field.name for field in fields(Limits)}
    if unknown:
        raise ValueError(f"c.Grading.limits has no {', '.join(sorted(unknown))}.")
    return Plan(
        modules=tuple(dict.fromkeys([*settings.warm, *sorted(imported)])),
        shown=(ROOM / "grading", *shown),
        hidden=tuple(place for place in hidden if place not in needed),
        limits=Limits(**settings.limits),
    )


def _imported(sources: dict[str, nbformat.NotebookNode]) -> set[str]:
    """Modules that the instructor's cells import, solutions left out."""
    found: set[str] = set()
    for source in sources.values():
        for cell in source.cells:
            if cell.cell_type == "code" and kind(cell) in ("locked", "test", "free"):
                lines = [line for line in cell.source.splitlines() if not line.lstrip().startswith(("%", "!"))]
                try:
                    found |= names.imports(ast.parse("\n".join(lines)))
                except SyntaxError:
                    continue
    return found


def _needed(modules: set[str], roots: list[Path]) -> set[Path]:
    """The files of modules, and of what those import in turn, as far as they lie under the roots."""
    found: set[Path] = set()
    waiting = set(modules)
    while waiting:
        files = {file for name in waiting for root in roots for file in _file_of(name, root)} - found
        found |= files
        waiting = {
            name for file in files if file.suffix == ".py" for name in names.imports(ast.parse(file.read_bytes()))
        }
    return found


def _file_of(module: str, root: Path) -> list[Path]:
    """The file or folder of a module, where `root` is its package or holds it."""
    parts = module.split(".")
    inside = root.parent.joinpath(*parts) if parts[0] == root.name else root.joinpath(*parts)
    return [place for place in (inside, inside.with_suffix(".py")) if place.exists()]
