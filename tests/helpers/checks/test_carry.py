"""Do a learner's functions go along, whatever state they are in, and is it said whose code runs?"""

import builtins
import contextlib
import inspect
import io
import linecache
import os
import subprocess
import sys

import numpy as np
import pytest

from helpers import checks
from helpers.checks import apart, kept, registry

NAME = "02_vectorization"
FILE = f"my_{NAME}.py"
Z = np.array([[-1000.0, 0.0, 1000.0]])

SETUP = "import numpy as np\nfrom helpers import checks"
SIGMOID = "def sigmoid(Z):\n    decay = np.exp(-np.abs(Z))\n    return np.where(Z >= 0, 1, decay) / (1 + decay)"
RELU = "def relu(Z):\n    return np.maximum(0, Z)"
WRONG_RELU = "def relu(Z):\n    return np.abs(Z)"


class Notebook:
    """Runs cells as IPython does: each under a name of its own that linecache knows, all in one namespace."""

    made = 0

    def __init__(self, *cells):
        self.namespace = {"__name__": "__main__", "__builtins__": builtins, "In": [""]}
        self.run(*cells)

    def run(self, *cells):
        for cell in cells:
            Notebook.made += 1
            filename = f"<ipython-input-{Notebook.made}>"
            self.namespace["In"].append(cell)
            linecache.cache[filename] = (len(cell), None, cell.splitlines(keepends=True), filename)
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell, filename, "exec"), self.namespace)
        return self


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of assignment 02, where we are; the later assignment's folder lies beside it."""
    for name in (NAME, "05_one_hidden_layer"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / NAME)
    kept.remembered.clear()
    return tmp_path / NAME


@pytest.fixture
def later(folder, monkeypatch):
    """The folder of a later assignment, where we are."""
    monkeypatch.chdir(folder.parent / "05_one_hidden_layer")
    return folder.parent / "05_one_hidden_layer"


def says(capsys, *parts):
    printed = capsys.readouterr()
    assert printed.err == ""
    assert [part for part in parts if part not in printed.out] == [], printed.out
    return printed.out


# keep


def test_the_file_is_a_plain_module_with_what_the_functions_need(folder, capsys):
    notebook = Notebook(
        SETUP,
        "from math import tau, pi\nfrom numpy import exp as e\nLIMIT = 700\ntable = {}\ntable['low'] = -LIMIT",
        "def clip(Z):\n    return np.clip(Z, table['low'], LIMIT)\nprint(clip(3)); boom = tau",
        "def sigmoid(Z):\n    return 1 / (1 + e(-clip(Z)))\nprint(sigmoid(2))",
    )
    checks.keep(NAME, notebook.namespace)
    says(capsys, f"Kept in {FILE}", "sigmoid: kept. It is right.", "relu: missing.")
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.startswith(f'"""My functions of assignment {NAME}')
    assert [word for word in ("print", "boom", "tau", "checks\n", "helpers import") if word in text] == []
    code = f"import my_{NAME} as my; print(my.sigmoid(0.0), my.__doc__ is not None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert (done.stdout, done.stderr) == ("0.5 True\n", "")
    assert sorted(os.listdir(folder)) in ([FILE], [FILE, "__pycache__"])


@pytest.mark.parametrize(
    "cells",
    [
        ["from functools import lru_cache, wraps", "def loud(f):\n    return f", f"@loud\n{SIGMOID}"],
        ["sigmoid = lambda Z: np.where(Z >= 0, 1, d(Z)) / (1 + d(Z))", "def d(Z):\n    return np.exp(-np.abs(Z))"],
        ["class S:\n    def __call__(self, Z):\n        return np.exp(-np.logaddexp(0, -Z))", "sigmoid = S()"],
        [
            "from functools import partial",
            "def f(s, Z):\n    return np.exp(-np.logaddexp(0, -s * Z))",
            "sigmoid = partial(f, 1)",
        ],
        [
            "from __future__ import annotations",
            "from __future__ import annotations\ndef sigmoid(Z: No) -> No:\n    return np.exp(-np.logaddexp(0, -Z))",
        ],
        ["from numpy import *", "def sigmoid(Z):\n    return exp(-logaddexp(0, -Z))"],
        [
            "try:\n    import nowhere\nexcept ImportError:\n    nowhere = None",
            f"{SIGMOID} if nowhere is None else nowhere",
        ],
        ["two = 1", "two += 1", "def sigmoid(Z, half=1 / two):\n    return half * (1 + np.tanh(half * Z))", "two = 2"],
        [SIGMOID.replace("sigmoid", "first"), "sigmoid = first", "first = 3"],
        [SIGMOID, "Z = np.ones(3); A = sigmoid(Z); raise_ = [sigmoid(z) for z in Z]"],
        ["def sigmoid(Z):\n    calls.append(1)\n    return np.exp(-np.logaddexp(0, -Z))", "calls = []"],
        ["if True:\n    def sigmoid(Z):\n        return np.exp(-np.logaddexp(0, -Z))"],
        [f"'''words'''\n{SIGMOID}; sigmoid.note = 'a note'"],
        [
            "from __future__ import annotations\nfrom dataclasses import dataclass",
            "@dataclass\nclass Curve:\n    steepness: float = 1.0\n    def at(self, Z):\n"
            "        return np.exp(-np.logaddexp(0, -self.steepness * Z))",
            "sigmoid = Curve().at",
        ],
    ],
)
def test_functions_of_every_style_are_kept(folder, cells, capsys):
    checks.keep(NAME, Notebook(SETUP, *cells).namespace)
    says(capsys, "sigmoid: kept. It is right.")
    assert checks.carry(NAME, only=["sigmoid"]).origin == {"sigmoid": "yours"}


def test_the_definition_that_counts_is_the_one_last_run(folder, capsys):
    notebook = Notebook(SETUP, WRONG_RELU, RELU)
    with contextlib.suppress(ZeroDivisionError):
        notebook.run("1 / 0\ndef relu(Z):\n    return -Z")  # IPython lists the cell, but it never came that far
    checks.keep(NAME, notebook.namespace)
    says(capsys, "relu: kept. It is right.")
    assert "np.maximum" in (folder / FILE).read_text(encoding="utf-8")


def test_what_was_named_without_a_cell_is_found_again(folder, capsys):
    notebook = Notebook(SETUP)
    notebook.namespace.update(numpy_=np, big=700, magnitude=np.hypot, mean=os.path.join)
    notebook.run("def relu(Z):\n    return numpy_.where(Z > 0, Z, 0 * big)\ndef sigmoid(Z):\n    return mean(Z)")
    checks.keep(NAME, notebook.namespace)
    says(capsys, "relu: kept. It is right.", "sigmoid: not right yet")
    text = (folder / FILE).read_text(encoding="utf-8")
    assert "import numpy as numpy_" in text
    assert "big = 700" in text
    assert "import join as mean" in text


def test_functions_of_a_plain_module_are_kept(folder, capsys):
    (folder / "work.py").write_text(
        f"import numpy as np\n{SIGMOID}\n\n{RELU}\nif __name__ == '__main__':\n    main()\n"
    )
    spec = __import__("importlib.util").util.spec_from_file_location("work", folder / "work.py")
    module = __import__("importlib.util").util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checks.keep(NAME, vars(module))
    says(capsys, "sigmoid: kept. It is right.", "relu: kept. It is right.")


def test_nothing_is_kept_where_nothing_is_right(folder, capsys):
    checks.keep(NAME, Notebook(SETUP, "def relu(Z):\n    raise NotImplementedError('later')").namespace)
    says(capsys, "Nothing is kept yet", "relu: not right yet", "sigmoid: missing")
    assert os.listdir(folder) == []


def test_wrong_functions_are_kept_beside_right_ones_and_their_cause_is_said(folder, capsys):
    checks.keep(NAME, Notebook(SETUP, SIGMOID, WRONG_RELU).namespace)
    says(capsys, "relu: not right yet, so the course's copy", "Negative inputs")
    assert "np.abs(Z)\n" in (folder / FILE).read_text(encoding="utf-8")


def test_the_last_good_version_is_never_lost(folder, capsys):
    checks.keep(NAME, Notebook(SETUP, SIGMOID, RELU).namespace)
    good = (folder / FILE).read_bytes()
    capsys.readouterr()
    for worse in ([WRONG_RELU, SIGMOID], [SIGMOID], [], [RELU, "relu = 3"]):
        checks.keep(NAME, Notebook(SETUP, *worse).namespace)
        says(capsys, f"{FILE} stays as it was. It has ")
        assert (folder / FILE).read_bytes() == good
    checks.keep(NAME, Notebook(SETUP, SIGMOID, RELU).namespace)
    says(capsys, "as before")
    checks.keep(NAME, Notebook(SETUP, "# better\n" + SIGMOID, RELU.replace("0, Z", "0.0, Z")).namespace)
    assert (folder / FILE).read_bytes() != good
    assert (folder / FILE.replace(".py", ".before.py")).read_bytes() == good


def test_a_file_that_cannot_be_imported_is_not_written(folder, capsys):
    cells = [SETUP, "import secrets_of_the_notebook", "def relu(Z):\n    return secrets_of_the_notebook.relu(Z)"]
    sys.modules["secrets_of_the_notebook"] = np
    try:
        checks.keep(NAME, Notebook(*cells).namespace)
    finally:
        del sys.modules["secrets_of_the_notebook"]
    says(capsys, f"{FILE} was not written", "ModuleNotFoundError")
    assert os.listdir(folder) == []


def test_a_folder_that_takes_no_files_costs_a_sentence_only(folder, monkeypatch, capsys):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    checks.keep(NAME, Notebook(SETUP, SIGMOID).namespace)
    says(capsys, f"{FILE} could not be written: Permission denied.")


# carry


def test_right_functions_are_the_learners_and_the_others_the_courses(folder, later, capsys):
    (folder / FILE).write_text(f"import numpy as np\n{SIGMOID}\n{WRONG_RELU}\n")
    mine = checks.carry(NAME)
    says(
        capsys,
        f"From assignment 02, {FILE}:\n  sigmoid: yours.\n",
        "relu: the course's copy, since yours is not right yet. Negative inputs",
        f"softmax: the course's copy, since {FILE} has none.",
    )
    assert mine.origin == {name: "yours" if name == "sigmoid" else "course" for name in kept.functions(NAME)}
    np.testing.assert_array_equal(mine.sigmoid(Z), [[0.0, 0.5, 1.0]])
    np.testing.assert_array_equal(mine.relu(Z=Z), [[0.0, 0.0, 1000.0]])
    assert (later / FILE).read_bytes() == (folder / FILE).read_bytes()


def test_a_carried_function_is_a_thin_one_of_carry_py_and_knows_where_it_is_from(later, capsys):
    mine = checks.carry(NAME, only=["relu", "sigmoid"])
    assert mine.relu.__code__.co_filename == inspect.getfile(checks.carry)
    assert (mine.relu.__name__, mine.relu.origin, mine.relu.assignment) == ("relu", "course", NAME)
    assert list(inspect.signature(mine.relu).parameters) == ["Z"]
    assert checks.run("02-relu", mine.relu, watch=False).passed
    with pytest.raises(AttributeError, match=r"Assignment 02 has no function sigmod\. It has: relu, sigmoid\."):
        _ = mine.sigmod
    says(capsys, f"There is no {FILE} here, nor in ../{NAME}.", "sigmoid: the course's copy.")


def test_the_copy_beside_the_notebook_is_enough(folder, later, capsys):
    (folder / FILE).write_text(f"import numpy as np\n{SIGMOID}\n")
    checks.carry(NAME, only=["sigmoid"])
    (folder / FILE).unlink()
    folder.rmdir()
    assert checks.carry(NAME, only=["sigmoid"]).origin == {"sigmoid": "yours"}


def test_this_folder_comes_first_unless_the_other_has_more_right(folder, later, capsys):
    (later / FILE).write_text(f"import numpy as np\n{SIGMOID}\n# here\n")
    (folder / FILE).write_text(f"import numpy as np\n{SIGMOID}\n# there\n")
    checks.carry(NAME, only=["sigmoid"])
    assert "# here" in (later / FILE).read_text()
    (folder / FILE).write_text(f"import numpy as np\n{SIGMOID}\n{RELU}\n# mended\n")
    assert checks.carry(NAME, only=["relu", "sigmoid"]).origin == {"relu": "yours", "sigmoid": "yours"}
    assert "# mended" in (later / FILE).read_text()


HOSTILE = {
    "syntax": ("def sigmoid(Z:\n", "it stops in line 1 with SyntaxError"),
    "null bytes": ("a = 1\0", "it stops"),
    "not text": (b"\xff\xfe\x00", "it stops"),
    "raises": ("import numpy as np\n1 / 0\n", "it stops in line 2 with ZeroDivisionError: division by zero."),
    "missing package": ("import nowhere_to_be_found\n", "ModuleNotFoundError"),
    "exit": ("import sys\nsys.exit(0)\n", "it stops in line 2 with SystemExit"),
    "quit": ("quit()\n", "it stops in line 1 with SystemExit"),
    "hard exit": ("import os\nos._exit(0)\n", "It ended Python itself"),
    "loop": ("while True:\n    pass\n", "It did not come to an end within"),
    "stubborn loop": (
        "while True:\n    try:\n        pass\n    except BaseException:\n        pass\n",
        "not come to an end",
    ),
    "sleeps": ("import time\ntime.sleep(1000)\n", "It did not come to an end within"),
    "asks": ("input('Your name?')\n", "EOFError"),
    "endless recursion": ("def f():\n    f()\nf()\n", "RecursionError"),
    "error that fights": ("class E(Exception):\n    def __str__(self):\n        raise self\nraise E\n", "it stops"),
    "floods": ("print('x' * 10**7)\nimport sys\nprint('y', file=sys.stderr)\n1 / 0\n", "ZeroDivisionError"),
}


@pytest.mark.parametrize(("content", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_broken_file_never_stops_the_learner(folder, later, content, said, monkeypatch, capsys):
    monkeypatch.setattr(apart, "STEP_SECONDS", 1.0)
    (folder / FILE).write_bytes(content if isinstance(content, bytes) else content.encode())
    mine = checks.carry(NAME, only=["sigmoid"])
    says(capsys, f"{FILE} could not be used: ", said, "sigmoid: the course's copy.")
    np.testing.assert_array_equal(mine.sigmoid(Z), [[0.0, 0.5, 1.0]])
    assert not (later / FILE).exists()


BAD_FUNCTIONS = {
    "loops": ("def relu(Z):\n    while True:\n        pass\n", "It did not come to an end within"),
    "ends Python": ("import os\ndef relu(Z):\n    os._exit(3)\n", "It ended Python itself"),
    "exits": ("def relu(Z):\n    exit()\n", "relu: the course's copy"),
    "no function": ("relu = 3\n", "relu: the course's copy"),
    "other name": ("def Relu(Z):\n    return Z\n", f"since {FILE} has none"),
    "other arguments": ("def relu(Z, W):\n    return Z\n", "since yours is not right yet"),
    "None": ("def relu(Z):\n    return None\n", "since yours is not right yet"),
    "fights": (
        "class F:\n    def __getattribute__(self, name):\n        raise SystemExit\nrelu = F()\n",
        "relu: the course's",
    ),
}


@pytest.mark.parametrize(("content", "said"), BAD_FUNCTIONS.values(), ids=BAD_FUNCTIONS)
def test_a_bad_function_costs_itself_only(folder, later, content, said, monkeypatch, capsys):
    monkeypatch.setattr(apart, "STEP_SECONDS", 1.0)
    (folder / FILE).write_text(f"import numpy as np\n{content}\n{SIGMOID}\n")
    mine = checks.carry(NAME, only=["relu", "sigmoid"])
    says(capsys, said, "sigmoid: yours.")
    assert mine.origin == {"relu": "course", "sigmoid": "yours"}
    np.testing.assert_array_equal(mine.relu(Z), [[0.0, 0.0, 1000.0]])


def test_an_examination_has_an_end(folder, later, monkeypatch, capsys):
    monkeypatch.setattr(apart, "STEP_SECONDS", 1.0)
    monkeypatch.setattr(apart, "TOTAL_SECONDS", 2.5)
    names = list(kept.functions(NAME))
    (folder / FILE).write_text("".join(f"def {name}(*args):\n    while True: pass\n" for name in names))
    mine = checks.carry(NAME)
    assert set(mine.origin.values()) == {"course"}


def test_without_another_process_it_is_examined_in_this_one(folder, later, monkeypatch, capsys):
    def refuse(*_, **__):
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    (folder / FILE).write_text(f"import numpy as np\n{SIGMOID}\n{WRONG_RELU}\nimport sys\nprint('noise')\n")
    assert checks.carry(NAME, only=["relu", "sigmoid"]).origin == {"relu": "course", "sigmoid": "yours"}
    (later / FILE).write_text("raise SystemExit")
    (folder / FILE).unlink()
    assert checks.carry(NAME, only=["relu"]).origin == {"relu": "course"}
    assert "noise" not in says(capsys, "sigmoid: yours.")


def test_a_kept_file_that_carries_brings_its_own_sources_along(folder, later, monkeypatch, capsys):
    """Assignment 02, then 05 which carries 02, then a later one which carries 05."""
    checks.keep(NAME, Notebook(SETUP, SIGMOID).namespace)  # kept where the tests are: in the later folder
    os.replace(later / FILE, folder / FILE)
    notebook = Notebook(
        SETUP,
        f"mine = checks.carry('{NAME}', only=['sigmoid'])\nsigmoid = mine.sigmoid",
        "def tanh_forward(Z):\n    return 2 * sigmoid(2 * Z) - 1",
    )
    checks.keep("05_one_hidden_layer", notebook.namespace)
    says(capsys, "tanh_forward: kept. It is right.")
    last = later.parent / "07_image_recognition"
    last.mkdir()
    monkeypatch.chdir(last)
    carried = checks.carry("05_one_hidden_layer", only=["tanh_forward"])
    assert carried.origin == {"tanh_forward": "yours"}
    assert "sigmoid" not in says(capsys, "tanh_forward: yours.")
    np.testing.assert_array_equal(carried.tanh_forward(Z), [[-1.0, 0.0, 1.0]])
    assert {FILE, "my_05_one_hidden_layer.py"} <= set(os.listdir(last))


@pytest.mark.parametrize("unknown", ["2", "99_nothing", "02_vectorisation", "", None])
def test_an_unknown_assignment_is_told(unknown, folder):
    for use in (checks.carry, lambda name: checks.keep(name, {})):
        with pytest.raises(ValueError, match="There is no assignment"):
            use(unknown)


def test_every_reference_can_stand_in_without_a_warning():
    """In a notebook a warning of the course's own would be a riddle to the learner."""
    for exercise in registry.every().values():
        for args in exercise.cases(np.random.default_rng(0)):
            exercise.reference(*args)
