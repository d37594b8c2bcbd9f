"""Do imports run one way through the rooms, as CONTRIBUTING.md and the table below have it?"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each room of helpers: the rooms it may import, and the packages beside the standard library.
# What lies further up a chain may be imported too: network takes names from activations, through layers or directly.
NUMERIC = {"numpy"}
SUPPORT = {"validation", "memory"}
LAYERS = SUPPORT | {"activations"}
NETWORK = LAYERS | {"layers", "costs", "regularization"}
ROOMS = {
    "validation": (set(), NUMERIC),
    "memory": (set(), NUMERIC),
    "activations": (SUPPORT, NUMERIC),
    "costs": (SUPPORT, NUMERIC),
    "layers": (LAYERS, NUMERIC),
    "regularization": (SUPPORT, NUMERIC),
    "network": (NETWORK, NUMERIC),
    "optimizers": (SUPPORT, NUMERIC),
    "schedules": (SUPPORT, NUMERIC),
    "batches": (SUPPORT, NUMERIC),
    "training": (NETWORK | {"network", "optimizers", "schedules", "batches"}, NUMERIC),
    "gradient_check": (set(), NUMERIC),
    "evaluation": (set(), NUMERIC),
    "brain": (set(), NUMERIC),
    "data": (set(), NUMERIC | {"sklearn", "PIL"}),
    # cycler is part of Matplotlib's own interface; IPython hands a finished picture to the notebook.
    "plots": (set(), NUMERIC | {"matplotlib", "cycler", "IPython"}),
    "checks": ({"gradient_check"}, NUMERIC),
}
# The top may import every room but checks, which belong to the exercises; nothing imports the top.
# Pillow comes with Matplotlib, which reads and writes its pictures with it.
WIDGETS = {"numpy", "matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets", "IPython"}
ROOMS["widgets"] = (set(ROOMS) - {"checks"}, WIDGETS)

GRADING_MAY = {"checks"}
PROJECT = {"helpers", "grading", "benchmarks", "tests", "tools", "course"}


def imported(tree: ast.Module, package: list[str]) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import in a file, also inside functions and by importlib with a constant name.

    package: the dotted name of the folder the file lies in, against which relative imports are read.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = [*above, *(node.module or "").split(".")] if node.module else above
            yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
            names = [a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from ((node.lineno, name) for name in names)


def breaches(root: Path) -> list[str]:
    """One sentence for each import that runs against the directions, in the rooms below root."""
    found = []
    for path in sorted([*(root / "helpers").rglob("*.py"), *(root / "grading").rglob("*.py")]):
        parts = path.relative_to(root).with_suffix("").parts
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for line, name in imported(tree, list(parts[:-1])):
            why = _breach(parts, name.split("."))
            if why:
                found.append(f"{'/'.join(parts)}.py:{line} imports {name}: {why}")
    return found


def _breach(importer: tuple[str, ...], name: list[str]) -> str | None:
    top, room = importer[0], importer[1] if len(importer) > 1 else ""
    if top == "grading":
        return _breach_of_grading(name)
    if room == "__init__":
        return "helpers/__init__.py imports nothing, so that one room can be loaded without the others"
    if room not in ROOMS:
        return f"the room {room} has no line in the table of this test"
    rooms, packages = ROOMS[room]
    if name[0] == "helpers":
        target = name[1] if len(name) > 1 else "all of helpers"
        return None if target == room or target in rooms else f"{room} may import {_words(rooms)} of helpers"
    if name[0] in PROJECT:
        return f"nothing in helpers imports {name[0]}"
    known = name[0] in sys.stdlib_module_names or name[0] in packages
    return None if known else f"{room} may use {_words(packages)} beside the standard library"


def _breach_of_grading(name: list[str]) -> str | None:
    if name[0] == "helpers" and (len(name) < 2 or name[1] not in GRADING_MAY):
        return f"grading may import {_words(GRADING_MAY)} of helpers"
    if name[0] in PROJECT - {"grading", "helpers"}:
        return f"grading imports nothing of {name[0]}"
    return None


def _words(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def test_imports_run_one_way():
    assert breaches(ROOT) == []


def test_every_room_on_disk_has_its_line_and_no_circle_is_allowed():
    on_disk = {
        path.stem for path in (ROOT / "helpers").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert on_disk - {"__init__"} <= set(ROOMS)
    placed: set[str] = set()
    while len(placed) < len(ROOMS):
        ready = {room for room, (rooms, _) in ROOMS.items() if rooms <= placed} - placed
        assert ready, f"{set(ROOMS) - placed} import one another in a circle"
        placed |= ready


FOREIGN = {"matplotlib", "sklearn", "scipy", "torch", "pandas", "IPython", "ipywidgets", "tqdm"}
FOREIGN |= {"PIL", "nitime", "skimage"}


def test_the_numeric_core_and_data_load_with_numpy_alone():
    """What is only said in import lines is shown by running them, in a process of its own."""
    rooms = [room for room, (_, packages) in ROOMS.items() if packages <= NUMERIC | {"sklearn", "PIL"}]
    rooms = [
        room for room in rooms if list((ROOT / "helpers").glob(f"{room}.py")) or (ROOT / "helpers" / room).is_dir()
    ]
    assert {"network", "training", "data", "evaluation", "gradient_check", "checks"} <= set(rooms)
    code = "import sys, importlib\n"
    code += "".join(f"importlib.import_module('helpers.{room}')\n" for room in rooms)
    code += f"print(sorted(set(sys.modules) & {FOREIGN!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("helpers/activations.py", "from helpers import layers", "activations may import memory, validation"),
        ("helpers/activations.py", "from helpers.layers import Cache", "activations may import"),
        ("helpers/layers.py", "import helpers.network", "layers may import"),
        ("helpers/network.py", "from . import training", "imports helpers.training: network may import"),
        ("helpers/costs.py", "def f():\n    from helpers.network import forward", r"costs\.py:2 imports"),
        ("helpers/optimizers.py", "from helpers import training", "optimizers may import"),
        ("helpers/training.py", "from tqdm.auto import tqdm", "training may use numpy beside"),
        ("helpers/layers.py", "import scipy.special", "layers may use numpy"),
        ("helpers/network.py", "import helpers", "network may import"),
        ("helpers/gradient_check.py", "from helpers import network", "gradient_check may import nothing"),
        ("helpers/evaluation.py", "from sklearn.metrics import accuracy_score", "evaluation may use numpy"),
        ("helpers/brain/neuron.py", "from helpers.activations import sigmoid", "brain may import nothing"),
        ("helpers/data/moons.py", "from ..evaluation import accuracy", "imports helpers.evaluation.accuracy: data may"),
        ("helpers/data/moons.py", "import pandas as pd", "data may use PIL, numpy, sklearn beside"),
        ("helpers/plots/curves.py", "from helpers.data import penguins", "plots may import nothing of helpers"),
        ("helpers/plots/curves.py", "from sklearn.datasets import load_digits", "plots may use"),
        ("helpers/checks/a03.py", "from helpers import network", "checks may import gradient_check"),
        ("helpers/checks/a03.py", "import importlib\nimportlib.import_module('helpers.costs')", r"a03\.py:2 imports"),
        ("helpers/network.py", "from helpers.widgets.neuron import Neuron", "network may import"),
        ("helpers/plots/show.py", "from helpers import widgets", "plots may import nothing"),
        ("helpers/widgets/neuron.py", "from helpers import checks", "widgets may import"),
        ("helpers/checks/engine.py", "from grading import ledger", "nothing in helpers imports grading"),
        ("helpers/data/files.py", "import benchmarks.common", "nothing in helpers imports benchmarks"),
        ("helpers/__init__.py", "from helpers import network", "imports nothing"),
        ("helpers/novel.py", "import numpy", "novel has no line in the table"),
        ("grading/marks.py", "from helpers import gradient_check", "grading may import checks of helpers"),
        ("grading/marks.py", "from tests.helpers import anything", "grading imports nothing of tests"),
    ],
)
def test_a_wrong_import_in_a_small_tree_is_found(tmp_path, file, text, said):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    found = breaches(tmp_path)
    assert len(found) == 1
    assert re.search(said, found[0]), found[0]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "helpers/training.py",
            "import numpy as np\nfrom collections.abc import Iterable\nfrom helpers import network, optimizers",
        ),
        ("helpers/network.py", "from helpers.activations import relu\nfrom .layers import Cache\nimport helpers.costs"),
        ("helpers/data/digits.py", "def f():\n    from sklearn.datasets import load_digits\n    from . import files"),
        ("helpers/checks/a03.py", "from helpers import gradient_check\nfrom helpers.checks.engine import run"),
        ("helpers/widgets/neuron.py", "import anywidget\nfrom helpers import network, plots, data"),
        ("grading/marks.py", "from helpers import checks\nfrom helpers.checks.engine import run\nimport nbgrader"),
    ],
)
def test_right_imports_in_a_small_tree_pass(tmp_path, file, text):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert breaches(tmp_path) == []
