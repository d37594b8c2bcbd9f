"""Are two things one and the same? Between two processes only copies cross, so where both are lists nobody can say.

`assert fresh() is not fresh()` would hold for every answer. Such a test has to run in the learner's process, or a
person looks. Only of an answer and the arguments of its own call is it known (see arguments.py).
"""

import ast
import functools
import sys
from collections import deque
from collections.abc import Callable

import numpy as np

NAME = "__is__"  # by which a test's code finds the comparison
MUTABLE = (list, dict, set, bytearray, deque, np.ndarray)
SINGLE = (None, True, False, ...)  # of which there is only one


class Asked(ast.NodeTransformer):
    """Turns `a is b` into a call, but for None and the like."""

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        single = any(isinstance(side, ast.Constant) and side.value in SINGLE for side in sides)
        if len(node.ops) > 1 or not isinstance(node.ops[0], ast.Is | ast.IsNot) or single:
            return node
        call = ast.Call(ast.Name(NAME, ast.Load()), sides, [])
        asked = ast.UnaryOp(ast.Not(), call) if isinstance(node.ops[0], ast.IsNot) else call
        return ast.fix_missing_locations(ast.copy_location(asked, node))


def watch(
    space: dict[str, object], refuse: Callable[[str], Exception], are_apart: Callable[[object, object], bool]
) -> None:
    """Put the comparisons into the globals of the tests' code.

    refuse: makes the error for what cannot be said.  are_apart: whether two things are known to be two.
    """

    def same(one: object, other: object) -> bool:
        unknown = one is not other and type(one) is type(other) and isinstance(one, MUTABLE)
        if unknown and not are_apart(one, other):
            raise refuse(f"it asks whether two things of type {type(one).__name__} are one, and has only copies")
        return one is other

    space[NAME] = same
    for name in ("shares_memory", "may_share_memory"):
        setattr(np, name, _asking(getattr(np, name), space, refuse))


def _asking(function: Callable, space: dict[str, object], refuse: Callable[[str], Exception]) -> Callable:
    @functools.wraps(function)
    def shares(*args: object, **kwargs: object) -> bool:
        if not (found := function(*args, **kwargs)) and sys._getframe(1).f_globals is space:
            raise refuse("it asks whether two arrays share their memory, and has only copies")
        return found

    return shares
