"""Whose answers are alike, beyond what the task itself makes alike.

Each answer becomes the runs of five tokens in it, with comments and layout left out; runs are weighed by how rare they
are in the class (tf-idf), so what everybody writes says nothing. Compared by the cosine, by scikit-learn.
"""

import ast
import io
import keyword
import tokenize
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from grading.course import Course
from grading.ledger import Ledger
from grading.rebuild import grade_id, kind
from grading.settings import Grading

RUN = 5
ALIKE = 0.9
SHORTEST = 60  # tokens; shorter answers are alike by themselves
MOST_PAIRS = 500
LEFT_OUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}


@dataclass(frozen=True)
class Pair:
    """Two learners whose answers to an exercise are alike; other may be a file of the course."""

    exercise: str
    one: str
    other: str
    likeness: float


def pairs(course: Course, ledger: Ledger, assignment: str, references: dict[str, str] | None = None) -> list[Pair]:
    """The most alike answers, most alike first. references: name -> source of the course's own to compare with too."""
    answers: dict[str, dict[str, str]] = {}
    for row in ledger.all(assignment):
        for name, source in _answers(course, assignment, row.student).items():
            answers.setdefault(name, {})[row.student] = source
    found = [pair for name, given in answers.items() for pair in alike(name, given, references)]
    return sorted(found, key=lambda pair: -pair.likeness)[:MOST_PAIRS]


def references(course: Course, assignment: str) -> dict[str, str]:
    """The course's own: its solutions of this assignment, and each function of the folders that tests may read."""
    found = {}
    for source in course.sources(assignment).values():
        for cell in source.cells:
            if kind(cell) == "solution" and cell.cell_type == "code":
                found[f"the course's {grade_id(cell)}"] = cell.metadata.get("solution_source", "")
    for folder in Grading(config=course.config).shown:
        for file in sorted(Path(folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            for node in ast.parse(text).body:
                if isinstance(node, ast.FunctionDef):
                    name = f"{file.relative_to(Path(folder).parent)}: {node.name}"
                    found[name] = ast.get_source_segment(text, node)
    return found


def alike(exercise: str, answers: dict[str, str], references: dict[str, str] | None = None) -> list[Pair]:
    """Pairs among the answers to one exercise, and of answers with references; never of two references."""
    texts = {(0, who): tokens(source) for who, source in answers.items()}
    texts |= {(1, name): tokens(source) for name, source in (references or {}).items()}
    texts = {who: found for who, found in texts.items() if len(found) >= SHORTEST}
    people = [who for kind, who in texts if kind == 0]
    names = [who for _, who in texts]
    if not people or len(names) < 2:
        return []
    counter = TfidfVectorizer(analyzer=_runs, sublinear_tf=True)
    vectors = counter.fit_transform(texts.values())
    found = []
    for start in range(0, len(people), 500):  # in blocks: a class of twenty thousand has 200 million pairs
        likeness = (vectors[start : min(start + 500, len(people))] @ vectors.T).tocoo()
        likeness.data = np.minimum(1.0, likeness.data.round(6))  # how a machine rounds must not decide the order
        near = (likeness.data >= ALIKE) & (likeness.row + start < likeness.col)
        chosen = np.lexsort((likeness.col[near], likeness.row[near], -likeness.data[near]))[:MOST_PAIRS]
        for i, j, value in zip(
            likeness.row[near][chosen], likeness.col[near][chosen], likeness.data[near][chosen], strict=True
        ):
            found.append(Pair(exercise, people[start + i], names[j], float(value)))
    return found


def tokens(source: str) -> list[str]:
    """The code's tokens, each name that is not Python's own as its letters, comments and layout left out."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in LEFT_OUT and token.string:
                plain = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
                found.append("name" if plain and len(token.string) < 3 else token.string)
    except (tokenize.TokenError, SyntaxError):
        return source.split()
    return found


def _runs(found: list[str]) -> list[str]:
    return [" ".join(found[i : i + RUN]) for i in range(max(1, len(found) - RUN + 1))]


def _answers(course: Course, assignment: str, student: str) -> dict[str, str]:
    found = {}
    for file in course.folder("autograded", assignment, student).glob("*.ipynb"):
        for cell in nbformat.read(file, 4).cells:
            if kind(cell) == "solution" and cell.cell_type == "code":
                found[grade_id(cell)] = cell.source
    return found
