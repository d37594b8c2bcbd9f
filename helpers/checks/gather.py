"""The part of a notebook that some of its functions need: their definitions, and what those call, read and import.

Works on statements: each executed cell is taken apart, and from the definitions that are asked for the names lead to
further ones. Prints, plots and experiments of the same cells stay behind.
"""

import ast
import inspect
import linecache
import symtable
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

BRANCHES = (ast.If, ast.For, ast.While, ast.Try, ast.With)
HEAD = "import numpy as np"
CONSTANTS = (int, float, complex, str, bytes, bool, type(None))


@dataclass(frozen=True)
class Statement:
    """One statement of a cell. needs: the global names it uses, needs_now: those of them already when it runs."""

    cell: int
    lines: range
    text: str
    binds: frozenset[str]
    needs: frozenset[str]
    needs_now: frozenset[str]
    goes_on: bool  # what the name held before still matters


def source_of(names: Iterable[str], namespace: Mapping[str, object]) -> str:
    """Source that defines these names of a notebook's or module's globals; names without a source are left out."""
    cells = _cells(names, namespace)
    book = [statement for i, cell in enumerate(cells) for statement in _statements(i, cell)]
    chosen: dict[Statement, None] = {}
    recovered: dict[str, str] = {}
    waiting: list[tuple[str, int]] = [(name, len(book)) for name in names]
    seen: set[tuple[str, int]] = set()
    while waiting:
        name, before = wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        found = list(_definers(name, before, namespace.get(name), book, cells))
        if not found and name in namespace:
            recovered[name] = _recover(name, namespace[name])
        for statement in found:
            chosen[statement] = None
            waiting += [(need, book.index(statement)) for need in sorted(statement.needs_now)]
            waiting += [(need, len(book)) for need in sorted(statement.needs - statement.needs_now)]
    future = [s.text for s in book if s.text.startswith("from __future__")]
    body = [_trimmed(statement, {name for name, _ in seen}) for statement in _in_order(chosen, book)]
    return _joined(dict.fromkeys(filter(None, [*future, HEAD, *recovered.values(), *body])))


def _cells(names: Iterable[str], namespace: Mapping[str, object]) -> list[str]:
    """The texts of what was executed, in order: IPython's inputs, or a module's file, and where the functions are."""
    history, file = namespace.get("In"), namespace.get("__file__")
    cells = [cell for cell in history if isinstance(cell, str)] if isinstance(history, list) else []
    if not cells and isinstance(file, str) and Path(file).is_file():
        cells = [Path(file).read_text(encoding="utf-8")]
    for name in names:
        code = _code(namespace.get(name))
        text = _text(code.co_filename) if code else ""
        if text and text not in (cell.strip() for cell in cells) and "site-packages" not in code.co_filename:
            cells.append(text)
    return cells


def _text(filename: str) -> str:
    return "".join(linecache.getlines(filename)).strip()


def _code(function: object) -> types.CodeType | None:
    """Where a callable was written: also behind lru_cache, partial, or as the __call__ of a class."""
    try:
        while isinstance(function, partial):
            function = function.func
        function = inspect.unwrap(function)
        code = getattr(function, "__code__", None) or getattr(type(function).__call__, "__code__", None)
    except Exception:  # an object that fights being looked at
        return None
    return code if isinstance(code, types.CodeType) else None


def _statements(cell: int, text: str) -> Iterator[Statement]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return  # it did not run either
    lines = text.splitlines()
    for node in tree.body:
        decorated = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(d.lineno for d in decorated)])
        own = "\n".join(lines[first - 1 : node.end_lineno]) if decorated else ast.get_source_segment(text, node)
        binds, needs, needs_now = _names(node, own)
        goes_on = bool(binds & needs_now) or isinstance(node, BRANCHES)
        yield Statement(cell, range(first, node.end_lineno + 1), own, binds, needs, needs_now, goes_on)


def _names(node: ast.stmt, text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(names bound, global names used, global names used when the statement runs)."""
    table = symtable.symtable(text, "<cell>", "exec")
    symbols = table.get_symbols()
    binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported() or s.is_namespace()}
    now = {s.get_name() for s in symbols if s.is_referenced()}
    later, tables = set(), list(table.get_children())
    while tables:
        inner = tables.pop()
        later |= {s.get_name() for s in inner.get_symbols() if s.is_global()}
        tables += inner.get_children()
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        for place in ast.walk(node):
            root = place.target if isinstance(place, ast.AugAssign) else place
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            changes = isinstance(getattr(place, "ctx", None), ast.Store) or isinstance(place, ast.AugAssign)
            if changes and isinstance(root, ast.Name) and root is not place:  # table[0] = 1, f.calls = 0, n += 1
                binds.add(root.id)
                now.add(root.id)
        now |= later
    return frozenset(binds), frozenset(now | later), frozenset(now)


def _definers(name: str, before: int, value: object, book: list[Statement], cells: list[str]) -> Iterator[Statement]:
    """The statements that gave a name its value, the last first. before: where in the book the value is read."""
    binding = [statement for statement in book if name in statement.binds]
    code = _code(value) if before == len(book) else None
    text = _text(code.co_filename) if code else ""
    if text:  # a cell may have failed after a later definition: the function itself knows where it is from
        own = [s for s in binding if code.co_firstlineno in s.lines and cells[s.cell].strip() == text]
        binding = binding[: binding.index(own[-1]) + 1] if own else binding
    # Read before it is bound: then the cells were not run in this order, or are run again.
    for statement in reversed([s for s in binding if book.index(s) < before] or binding):
        yield statement
        if not statement.goes_on:
            return


def _in_order(chosen: Iterable[Statement], book: list[Statement]) -> Iterator[Statement]:
    """In the order of execution, but what a statement needs when it runs always before it: cells may run again."""
    waiting = [statement for statement in book if statement in chosen]
    done: set[Statement] = set()

    def emit(statement: Statement, above: tuple[Statement, ...]) -> Iterator[Statement]:
        if statement in done or statement in above:
            return
        for name in statement.needs_now - statement.binds:
            binding = [other for other in waiting if name in other.binds]
            for other in [o for o in binding if waiting.index(o) < waiting.index(statement)] or binding:
                yield from emit(other, (*above, statement))
        if statement not in done:
            done.add(statement)
            yield statement

    for statement in waiting:
        yield from emit(statement, ())


def _trimmed(statement: Statement, used: set[str]) -> str:
    """The statement's text; of an import only the names that are used."""
    node = ast.parse(statement.text).body[0]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        node.names = [n for n in node.names if (n.asname or n.name.split(".")[0]) in used or n.name == "*"]
        return ast.unparse(node)
    return statement.text


def _joined(texts: Iterable[str]) -> str:
    """Definitions of more than one line stand apart, the others close together."""
    joined, apart = "", False
    for text in texts:
        gap = "\n\n\n" if apart or "\n" in text else "\n"
        joined, apart = f"{joined}{gap if joined else ''}{text}", "\n" in text
    return f"{joined}\n"


def _recover(name: str, value: object) -> str:
    """A line for a name that no cell binds: a module, something importable, or a plain constant; else nothing."""
    if isinstance(value, types.ModuleType):
        return f"import {value.__name__} as {name}"
    if isinstance(value, CONSTANTS):
        return f"{name} = {value!r}"
    module, own = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
    if isinstance(module, str) and module not in ("__main__", "builtins") and str(own).isidentifier():
        return f"from {module} import {own} as {name}"
    return ""
