"""Do tests that run in the learner's process pay for what is right, and notice what people try?"""
# ruff: noqa: E501 - pieces of code as learners write them, a line each

import ast

import nbformat
import pytest

from grading.beside import MARK, steps
from grading.course import Course
from grading.engine import Run
from grading.ledger import Ledger
from grading.namespaces import Limits
from grading.outcome import weigh
from grading.rebuild import rebuild
from grading.tester import Cell, Result
from grading.worker import Plan, Worker

pytestmark = pytest.mark.needs("bubblewrap")

SQUARE = "def square(x):\n    return x * x"
TEST = "assert square(2) == 4, 'two'\nassert square(-3) == 9, 'minus three'"


@pytest.fixture(scope="module")
def worker():
    """A worker with what a course's notebooks import; its time is for a busy machine."""
    found = Worker(Plan(("numpy", "matplotlib.pyplot"), limits=Limits(cell_seconds=30.0, notebook_seconds=120.0)))
    yield found
    found.close()


@pytest.fixture
def beside(judge):
    """Grade one answer by one test that runs beside it; returns the test's result."""

    def run(answer, test=TEST, points=2):
        (one,) = judge(answer, Cell("test", "test", f"{MARK}\n{test}", points, beside=True))
        return one

    return run


def test_a_right_answer_gets_its_points_and_a_wrong_one_none(beside):
    assert beside(SQUARE).points == 2
    wrong = beside("def square(x):\n    return 4")
    assert (wrong.points, wrong.review) == (0, "")
    assert [verdict.message for verdict in wrong.verdicts if not verdict.passed] == ["minus three"]


MOCK = """from unittest import mock
with mock.patch('builtins.print') as printed:
    greet('Ada')
assert printed.call_args == mock.call('hello', 'Ada')"""
PLOT = """import matplotlib.pyplot as plt
draw()
assert len(plt.gca().lines) == 1, 'one line'
assert list(plt.gca().lines[0].get_ydata()) == [1, 4, 9]"""
HONEST = {
    "a mock": ("def greet(name):\n    print('hello', name)", MOCK),
    "a plot": ("import matplotlib.pyplot as plt\ndef draw():\n    plt.plot([1, 4, 9])", PLOT),
    "a plot of one's own axes": (
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2, 3], [1, 4, 9])",
        "assert list(ax.lines[0].get_ydata()) == [1, 4, 9]",
    ),
    "a loop": (SQUARE, "for x in range(5):\n    assert square(x) == x * x"),
    "a comprehension": (SQUARE, "assert all(square(x) == x * x for x in range(5))"),
    "a function within the test": (SQUARE, "def near(a, b):\n    return abs(a - b) < 1e-9\nassert near(square(3), 9)"),
    "an error that is asked for": (
        "def square(x):\n    raise ValueError('no')",
        "try:\n    square(1)\nexcept ValueError as error:\n    assert 'no' in str(error)\nelse:\n    assert False",
    ),
    "settings of packages": (
        "import numpy as np, warnings, matplotlib.pyplot as plt, random\n%matplotlib inline\nnp.random.seed(0); random.seed(1)\n"
        "np.set_printoptions(precision=3); warnings.filterwarnings('ignore'); plt.rcParams['figure.dpi'] = 50\n"
        "import sklearn.linear_model, scipy.optimize, json, decimal\n" + SQUARE,
        "assert square(np.float64(2)) == 4",
    ),
    "a class of the learner's": (
        "class Stack:\n    def __init__(self): self.items = []\n    def push(self, x): self.items.append(x)\nsquare = None",
        "s = Stack()\ns.push(1)\nassert s.items == [1]",
    ),
    "a match statement": (SQUARE, "match square(2):\n    case 4:\n        found = True\n    case _:\n        found = False\nassert found"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "test"), HONEST.values(), ids=HONEST)
def test_honest_answers_are_paid_without_a_doubt(beside, answer, test):
    one = beside(answer, test)
    assert (one.points, one.review, [v.message for v in one.verdicts if not v.passed]) == (2, "", [])


TAMPERING = {
    "a patched learner": "import grading.learner as l\nl.Learner._beside = lambda self, *a: {'is': 'beside', 'value': None, 'raised': [], 'outputs': [], 'cut': False}\ndef square(x): return 1",
    "a patched package": "import numpy as np\nnp.allclose = lambda *a, **k: True\ndef square(x): return 1",
    "a patched mock": "from unittest import mock\nmock.Mock.assert_called_with = lambda *a: None\ndef square(x): return 1",
    "rewritten code": "import random\nrandom.Random.shuffle.__code__ = (lambda self, x: None).__code__\ndef square(x): return 1",
    "equal to everything": "class E:\n    def __eq__(self, other): return True\ndef square(x): return E()",
    "equal inside a list": "class E(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\ndef square(x): return [E(1)]",
    "a true object": "class E:\n    def __eq__(self, other): return self\n    def __bool__(self): return True\ndef square(x): return E()",
    "a mock that is equal to everything": "from unittest import mock\ndef square(x):\n    m = mock.MagicMock()\n    m.__eq__.return_value = True\n    return m",
    "another such mock": "from unittest import mock\ndef square(x):\n    m = mock.MagicMock()\n    m.__eq__ = lambda s, o: True\n    return m",
    "a trace function": "import sys\nsys.settrace(lambda *a: None)\n" + SQUARE,
    "a thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n" + SQUARE,
    "a module in place of another": "import sys, types\nsys.modules['math'] = types.ModuleType('math')\n" + SQUARE,
    "a patch from within a call": "import builtins\ndef square(x):\n    builtins.eval = lambda *a: None\n    return 1",
}  # fmt: skip


MENDED = {
    "a patched builtin": "import builtins\nbuiltins.abs = lambda x: 0\ndef square(x): return 1",
    "a patched exec": "import builtins\nreal = eval\nbuiltins.eval = lambda *a: None\ndef square(x): return 1",
    "a patched compile": "import builtins\nreal = compile\nbuiltins.compile = lambda *a, **k: real('pass', 'x', 'exec')\ndef square(x): return 1",
}  # fmt: skip


@pytest.mark.parametrize("answer", MENDED.values(), ids=MENDED)
def test_what_a_cell_did_to_the_built_ins_is_undone_before_the_test(beside, answer):
    one = beside(answer)
    assert (one.points, one.review) == (0, "")


@pytest.mark.parametrize("answer", TAMPERING.values(), ids=TAMPERING)
def test_what_people_try_is_left_to_a_person(beside, answer):
    test = TEST.replace("square(2) == 4", "square(2) == [4]") if "[E(1)]" in answer else TEST
    one = beside(answer, test + "\nfrom unittest import mock")
    assert one.points is None or one.points == 0, one
    assert one.review.startswith("Beside the learner's code this cannot be decided by machine: "), one


@pytest.mark.parametrize(
    "trick",
    [
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])",
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\nget_ipython().ast_transformers.append(T())",
        "type(get_ipython()).run_cell = lambda *a, **k: None",
    ],
)
def test_what_changes_cells_does_not_change_the_test(beside, trick):
    assert not beside("def square(x): return 1\n" + trick).points


def test_a_process_that_ends_costs_the_item_and_is_no_tampering(beside):
    one = beside("import os\ndef square(x): os._exit(0)")
    assert (one.points, one.review) == (0, "")
    assert "left Python" in one.reason


@pytest.mark.parametrize(("last", "expected"), [("square(1) / 2", 0.5), ("None", 2), ("5", None), ("'x'", None)])
def test_partial_credit_is_a_number_here_too(beside, last, expected):
    assert beside(SQUARE, f"assert square(2) == 4\n{last}").points == expected


def test_a_value_claimed_for_a_statement_is_no_credit(beside):
    """Only the last expression of the instructor's cell pays; other replies carry no value that counts."""
    assert beside(SQUARE, "x = square(1)").points == 2


def test_the_ledger_says_which_points_were_given_so(make_course, generate, monkeypatch):
    root, hand_in = make_course
    file = root / "source" / "squares" / "squares.ipynb"
    source = nbformat.read(file, 4)
    for cell in source.cells:
        if cell.id == "test-root":
            cell.source = f"{MARK}\n{cell.source}"
    nbformat.write(source, file)
    generate(root)
    marked = {one.name: one.beside for one in rebuild(source, source).cells if one.role == "test"}
    assert marked == {"test-square": False, "test-root": True}
    right = {"square": SQUARE, "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
    hand_in("ann", right)
    hand_in(
        "ben",
        right
        | {"root": "class E:\n    def __eq__(s, o): return True\n    __float__ = lambda s: 3.0\nroot = lambda x: E()"},
    )
    course = Course.at(root)
    Run(course, "squares").autograde(progress=None)
    ann, ben = Ledger.of(course).find("squares", ["ann", "ben"])
    assert (ann.state, ann.points) == ("graded_with_flags", 3)
    assert ann.flags == ["The test test-root ran in one process with the learner's code."]
    assert (ben.state, ben.points) == ("needs_review", 2)
    (item,) = (item for notebook in ben.outcome.notebooks for item in notebook.items if item.review)
    assert "cannot be decided by machine" in item.review
    assert "amper" not in item.review


def test_several_tests_that_ran_there_are_named_at_once(foreign):
    for cell in foreign.cells:
        if cell.id.startswith("test-"):
            cell.source = f"{MARK}\n{cell.source}"
    rebuilt = rebuild(foreign, foreign)
    weigh("squares", rebuilt, Result([]))
    assert rebuilt.flags == ["The tests test-square, test-root ran in one process with the learner's code."]


def test_the_tree_of_a_test_is_not_changed_by_taking_it_apart():
    """It is parsed once for all submissions."""
    code = ast.parse("with mock.patch('builtins.print') as printed:\n    greet('Ada')\nassert printed.call_count == 1")
    before = ast.dump(code)
    steps(code, "_seen")
    assert ast.dump(code) == before
