"""The instructor's code as trees: the warmed tester parses it once, and its forks find it here."""

import ast
import contextlib
from collections.abc import Iterable
from functools import lru_cache

from grading import identity, names


@lru_cache(maxsize=2000)
def tree(source: str, shell: object) -> ast.Module:
    """A cell as Python takes it, magics turned into calls. Raises SyntaxError. Nobody may change what it returns."""
    return ast.parse(shell.transform_cell(source))


@lru_cache(maxsize=2000)
def apart(source: str, shell: object) -> ast.Module:
    """The same for code that runs apart from the learner's: what it says with `is` is asked of identity.py."""
    return identity.Asked().visit(ast.parse(shell.transform_cell(source)))


@lru_cache(maxsize=20_000)
def reads(code: ast.AST) -> frozenset[str]:
    """See names.py."""
    return frozenset(names.reads(code))


@lru_cache(maxsize=20_000)
def binds(code: ast.AST) -> frozenset[str]:
    """See names.py."""
    return frozenset(names.binds(code))


def get_ready(sources: Iterable[str], shell: object) -> None:
    """Have these cells here, and all of their statements; one that cannot be parsed is passed over."""
    for source in sources:
        with contextlib.suppress(SyntaxError, ValueError, RecursionError):
            for code in (whole := apart(source, shell), *whole.body):
                reads(code), binds(code)
