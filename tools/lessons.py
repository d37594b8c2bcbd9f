"""Run a lesson as a learner would, top to bottom in a fresh kernel, and look at what it says and shows.

The kernel has no network, and every warning is an error there. Numbers in the prose are compared with the variables
they speak of: in a Markdown cell, a comment behind a number names it, invisible to the reader,

    The neuron is right for 98.4 %<!--= test.accuracy:.1% --> of them.

The comment holds what would stand between the braces of an f-string, worked out where the cell stands in the lesson, or
after the last cell with `<!--= end: … -->`.
"""

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"

TAG = re.compile(r"<!--=\s*(?P<end>end:)?(?P<expression>.*?)\s*-->", re.DOTALL)
NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?(?:[\s\u00a0]?\\?%)?$")
# What a reader does not read as a statement of a result: code, formulas, addresses, comments.
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|<[^>]+>", re.DOTALL)
UNTAGGED = re.compile(r"(?<![\w.])\d+(?:\.\d+(?!\.?\d)|(?:\.\d+)?[\s\u00a0]?%)")

# Runs in the lesson's kernel before its first cell.
GUARD = """
def _guard():
    import sys, warnings
    def refuse(event, args):
        if event == "socket.getaddrinfo" or event == "socket.connect" and isinstance(args[1], tuple):
            host = args[0] if event == "socket.getaddrinfo" else args[1][0]
            if host not in ("127.0.0.1", "::1", "localhost", None):
                raise ConnectionRefusedError(f"a lesson must work offline, but this one asks for {host}")
    sys.addaudithook(refuse)
    warnings.simplefilter("error")
    # What the kernel's own machinery warns of is none of the lesson's doing.
    warnings.filterwarnings("default", module="ipykernel|jupyter_client|tornado|zmq")
_guard(); del _guard
"""
PEAK_MEMORY = "print(__import__('resource').getrusage(__import__('resource').RUSAGE_SELF).ru_maxrss)"


@dataclass(frozen=True)
class Statement:
    """A number in the prose with the expression behind it; `computed` is what the lesson's variables give."""

    cell: str
    text: str
    expression: str
    at_end: bool
    computed: str = ""

    @property
    def agrees(self) -> bool:
        return plain(self.text) == plain(self.computed)


@dataclass
class Run:
    """What came of a lesson: the notebook with outputs, seconds of each code cell, statements, peak memory in MB."""

    notebook: nbformat.NotebookNode
    seconds: dict[str, float] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    peak_memory: float = 0.0


def lessons() -> list[Path]:
    """The lessons, in order."""
    return sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def read(path: Path) -> nbformat.NotebookNode:
    """The notebook as version 4, cells with ids."""
    return nbformat.read(path, as_version=4)


def plain(number: str) -> str:
    """A number without what typography adds to it: −3.1 % and -3.1% are the same."""
    return re.sub(r"[\s\u00a0\\,]", "", number).replace("−", "-")


def statements(cell: nbformat.NotebookNode) -> list[Statement]:
    """The tagged numbers of a Markdown cell; ValueError where a tag has no number before it."""
    found = []
    for tag in TAG.finditer(cell.source):
        before = cell.source[: tag.start()].rstrip("*_$)")
        number = NUMBER.search(before)
        if number is None:
            raise ValueError(f"cell {cell.id}: no number stands before {tag.group(0)}")
        found.append(Statement(cell.id, number.group(0), tag["expression"].strip(), bool(tag["end"])))
    return found


def untagged(cell: nbformat.NotebookNode) -> list[str]:
    """Decimal numbers and percentages that a Markdown cell states without saying where they come from."""
    text = TAG.sub("\0", cell.source)
    text = re.sub(r"[-−]?\d[\d,]*(?:\.\d+)?(?:[\s\u00a0]?\\?%)?[*_$)]*\0", "", text)
    return UNTAGGED.findall(NOT_PROSE.sub(" ", text))


def run(path: Path, folder: Path) -> Run:
    """Execute a lesson with `folder` as its working directory.

    Raises nbclient's CellExecutionError where a cell fails, warns or asks for the network.
    """
    result = Run(read(path))
    client = NotebookClient(
        result.notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": folder}},
        store_widget_state=False,  # as Lab saves a notebook
    )
    at_end: list[Statement] = []
    with client.setup_kernel():
        _aside(client, GUARD)
        for index, cell in enumerate(result.notebook.cells):
            if cell.cell_type == "code":
                start = time.perf_counter()
                client.execute_cell(cell, index)
                result.seconds[cell.id] = time.perf_counter() - start
            elif cell.cell_type == "markdown":
                stated = statements(cell)
                at_end += [statement for statement in stated if statement.at_end]
                result.statements += _computed(client, [s for s in stated if not s.at_end])
        result.statements += _computed(client, at_end)
        result.peak_memory = int(_aside(client, PEAK_MEMORY)) / 1024
    return result


def _computed(client: NotebookClient, stated: list[Statement]) -> list[Statement]:
    """The statements with what the kernel's variables give for them."""
    if not stated:
        return []
    values = ", ".join(f"f'''{{{statement.expression}}}'''" for statement in stated)
    answers = json.loads(_aside(client, f"print(__import__('json').dumps([{values}]))"))
    return [Statement(s.cell, s.text, s.expression, s.at_end, a) for s, a in zip(stated, answers, strict=True)]


def _aside(client: NotebookClient, source: str) -> str:
    """Run code that is not part of the lesson; returns what it printed."""
    client.nb.cells.append(new_code_cell(source))
    client.execute_cell(client.nb.cells[-1], len(client.nb.cells) - 1, store_history=False)
    cell = client.nb.cells.pop()
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")
