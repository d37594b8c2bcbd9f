"""Tests that run in the learner's process, because they replace something there (a mock) or look at it (a plot).

A test cell whose first line is MARK asks for it. Nothing that happens in that process can be proved from within it.
What can be done is to notice what people try: this half, the tester's, sends one statement at a time, so that earlier
verdicts are out of reach; among them, at places that cannot be foreseen, some that must hold and some that must not;
and it asks the other half (watch.py) what has changed. Whatever was noticed makes the item a person's to decide.
"""

import ast
import copy
import random
import secrets
from dataclasses import dataclass, field

MARK = "### BESIDE THE LEARNER'S CODE"
PROBES = 3  # of each kind


def is_marked(source: str) -> bool:
    """Does a test cell ask for the learner's process?"""
    return source.lstrip().startswith(MARK)


@dataclass
class Step:
    """One statement. holds: for a probe, whether it must hold.  words: what a probe that must not hold says."""

    code: str
    mode: str = "exec"
    line: int = 1
    is_assert: bool = False
    holds: bool | None = None
    words: str = ""


@dataclass
class Told:
    """What a step gave. raised: empty, or a description of the error."""

    value: object = None
    raised: list = field(default_factory=list)


def steps(tree: ast.Module, seen: str) -> list[Step]:
    """The cell's statements in order, with probes between them. seen: the name of watch.py's function over there."""
    found = [Step(_looking(one, seen), "exec", one.lineno, isinstance(one, ast.Assert)) for one in tree.body]
    if found and isinstance(tree.body[-1], ast.Expr):
        found[-1].mode = "eval"
    chance = random.SystemRandom()
    for number in range(2 * PROBES):
        found.insert(chance.randrange(len(found) or 1), _probe(chance, holds=number % 2 == 0))
    return found


def _looking(statement: ast.stmt, seen: str) -> str:
    return ast.unparse(_Look(seen).visit(copy.deepcopy(statement)))  # the tree is kept for other submissions


def _probe(chance: random.Random, holds: bool) -> Step:
    """An assert that only somebody who works it out can answer; it looks like one of the instructor's."""
    a, b, words = chance.randrange(10, 10**6), chance.randrange(10, 10**6), secrets.token_hex(8)
    result = a * b if holds else a * b + chance.randrange(1, 9)
    return Step(f"assert {a} * {b} == {result}, {words!r}", is_assert=True, holds=holds, words=words)


def fooled(step: Step, told: Told) -> bool:
    """Was a probe answered as no honest Python answers it?"""
    if step.holds:
        return bool(told.raised)
    error = told.raised[0] if told.raised and isinstance(told.raised[0], dict) else {}
    return error.get("type") != "AssertionError" or error.get("text") != step.words


class _Look(ast.NodeTransformer):
    """Shows every value that the test reads or gets from a call to `seen`, which returns it as it is."""

    def __init__(self, seen: str) -> None:
        self._seen = seen

    def _shown(self, node: ast.expr) -> ast.expr:
        return ast.Call(ast.Name(self._seen, ast.Load()), [node], [])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return self._shown(self.generic_visit(node))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._shown(node) if isinstance(node.ctx, ast.Load) else node

    def _as_it_is(self, node: ast.AST) -> ast.AST:
        return node  # runs later, or is no value

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_match_case = _as_it_is
    visit_AnnAssign = _as_it_is
