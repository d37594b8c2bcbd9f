"""Are test cells judged apart from the learner's code, whatever that does?"""
# ruff: noqa: E501 - pieces of code as learners write them, a line each

import contextlib
import dataclasses
import json

import pytest

from grading import vacuous
from grading.jail import ROOM
from grading.tester import Cell, Verdict
from grading.worker import Plan, Worker, cores
from tests.grading.conftest import QUICK
from tests.grading.corpus.deaths import DEADLY
from tests.grading.corpus.kind import square

pytestmark = pytest.mark.needs("bubblewrap")

SQUARE = "def square(x):\n    return x * x"
TEST = ("assert square(2) == 4\nassert square(-3) == 9", 2)


def points(results):
    return [one.points for one in results]


def test_a_right_answer_gets_its_points_and_a_wrong_one_none(judge):
    assert points(judge(SQUARE, TEST)) == [2]
    assert points(judge("def square(x):\n    return 4", TEST)) == [0]


def test_each_assert_has_a_verdict(judge):
    (one,) = judge(SQUARE, ("assert square(1) == 2, 'one'\nassert square(2) == 4\nassert square(3) == 0, 'three'", 3))
    assert [(verdict.passed, verdict.message) for verdict in one.verdicts] == [
        (False, "one"),
        (True, ""),
        (False, "three"),
    ]


@pytest.mark.parametrize(
    ("last", "expected"),
    [("1.5", 1.5), ("np.float64(1.0)", 1), ("0", 0), ("None", 2), ("square", None), ("False", None), ("2.5", None)],
)
def test_the_last_value_is_partial_credit_or_for_a_person(judge, last, expected):
    (one,) = judge(Cell("i", "instructor", "import numpy as np"), SQUARE, (f"assert square(2) == 4\n{last}", 2))
    assert one.points == expected
    assert bool(one.review) == (expected is None)


def test_a_partial_credit_can_be_computed_from_the_answers(judge):
    assert points(judge(SQUARE, ("sum(square(x) == x * x for x in range(4)) / 2", 2))) == [2]


HONEST = {
    "prints, warnings and logging": (
        "import warnings, logging, sys\ndef square(x):\n    print('hello'); warnings.warn('slow')\n"
        "    logging.warning('x'); print('e', file=sys.stderr)\n    return x * x"
    ),
    "a NumPy scalar": "import numpy as np\ndef square(x):\n    return np.int64(x * x)",
    "a 0-d array": "import numpy as np\ndef square(x):\n    return np.array(x * x)",
    "a float": "def square(x):\n    return float(x) ** 2",
    "a class with __call__": "class S:\n    def __call__(self, x):\n        return x * x\nsquare = S()",
    "lru_cache": "import functools\n@functools.lru_cache\ndef square(x):\n    return x * x",
    "partial": "import functools\nsquare = functools.partial(lambda y, x: x ** y, 2)",
    "a subclass of int": "class N(int): pass\ndef square(x):\n    return N(x * x)",
    "a helper in the same cell": "def half(x): return x * x / 2\ndef square(x):\n    return 2 * half(x)",
    "magics": "%matplotlib inline\n%time x = 1\ndef square(x):\n    return x * x",
    "an error after the definition": SQUARE + "\nraise RuntimeError('too late')",
    "a thread that ended": "import threading\nt = threading.Thread(target=print); t.start(); t.join()\n" + SQUARE,
    "a subprocess": "import subprocess\nsubprocess.run(['true'])\n" + SQUARE,
    "a file of one's own": "open('notes.txt', 'w').write('2')\ndef square(x):\n    return x ** int(open('notes.txt').read())",
    "a plot": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n" + SQUARE,
}


@pytest.mark.parametrize("code", HONEST.values(), ids=HONEST)
def test_honest_answers_keep_their_points(judge, code):
    assert points(judge(code, TEST)) == [2]


# Of the corpus' ways to end a process, one of each manner; there each ends a whole submission's.
NAMES = (
    "exits",
    "loop-without-interrupts",
    "sleeps",
    "segfault",
    "recursion-in-c",
    "closes-everything",
    "floods-its-connection",
    "kills-all-and-itself",
)
deadly = pytest.mark.parametrize(("code", "why"), [DEADLY[name] for name in NAMES], ids=NAMES)


@deadly
def test_a_cell_that_ends_the_process_costs_itself_only(judge, code, why):
    result = judge(SQUARE, code, TEST, "def cube(x): return x ** 3", ("assert cube(2) == 8", 1), whole=True)
    assert [one.points for one in result.cells if one.points is not None] == [2, 1]
    assert result.cells[1].reason
    assert why in result.cells[1].reason


@deadly
def test_a_call_that_ends_the_process_costs_its_item_only(judge, code, why):
    first, second = judge(square(code), "def cube(x): return x ** 3", TEST, ("assert cube(2) == 8", 1))
    assert first.points == 0
    assert first.reason
    assert why in first.reason
    assert second.points == 1


def test_a_test_that_hides_errors_does_not_hide_a_dead_process(judge):
    hiding = "try:\n    square(2)\nexcept BaseException:\n    pass"
    (one,) = judge("import os\ndef square(x): os._exit(0)", (hiding, 1))
    assert one.points == 0


UNEARNED = {
    "equal to everything": "class E:\n    def __eq__(self, other): return True\n    __ne__ = lambda s, o: False\ndef square(x): return E()",
    "less and more than everything": (
        "class E(float):\n    def __eq__(s, o): return True\n    def __lt__(s, o): return True\n    __le__ = __gt__ = __ge__ = __lt__\n"
        "    def __sub__(s, o): return E()\n    __rsub__ = __sub__\n    def __abs__(s): return E()\ndef square(x): return E(7)"
    ),
    "an int that lies": "class E(int):\n    def __eq__(s, o): return True\n    __hash__ = int.__hash__\ndef square(x): return E(1)",
    "an array that lies": (
        "import numpy as np\nclass E(np.ndarray):\n    def __eq__(s, o): return np.True_\ndef square(x): return np.zeros(1).view(E)"
    ),
    "patched builtins": "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.isinstance = lambda *a: True\ndef square(x): return 1",
    "an input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])\ndef square(x): return 1",
    "an AST transformer": (
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(T())\ndef square(x): return 1"
    ),
    "a patched shell": "ip = get_ipython()\ntype(ip).run_cell = lambda *a, **k: None\ndef square(x): return 1",
    "the tester's frames": (
        "import sys\ndef square(x):\n    frame = sys._getframe()\n    while frame:\n        frame.f_globals['square'] = lambda x: x * x\n"
        "        frame = frame.f_back\n    return 1"
    ),
    "shadowed names of the test": "def range(n): return []\ndef sum(x): return 2\ndef square(x): return 1",
    "a shadowed abs": "def abs(x): return 0\ndef square(x): return 1",
    "a shadowed bool of the answer": "def all(x): return True\ndef isinstance(*x): return True\ndef square(x): return 1",
    "an error that passes for success": "def square(x): raise SystemExit(0)",
    "a display that fakes a number": "from IPython.display import display\ndef square(x):\n    display(2.0)\n    return 1",
    "nothing at all": "",
    "a patched wire": "import grading.wire as w\nw.pack = lambda *a: b''\ndef square(x): return 4",
}


def test_a_generator_that_has_children_goes_on_as_in_the_notebook(judge):
    """Its second child is another than its first, and both are those that it has here."""
    test = (
        "import numpy as np\nrng, there = np.random.default_rng(3), np.random.default_rng(3)\n"
        "assert [one.random() for one in rng.spawn(2)] == [of_a_child(there), of_a_child(there)]"
    )
    assert points(judge("def of_a_child(rng):\n    return rng.spawn(1)[0].random()", (test, 1))) == [1]


@pytest.mark.parametrize("code", UNEARNED.values(), ids=UNEARNED)
def test_tricks_earn_nothing(judge, code):
    (one,) = judge(code, TEST)
    assert one.points == 0


@pytest.mark.parametrize(
    "test",
    [
        "assert square(2) == 4",
        "assert not square(2) != 4",
        "assert abs(square(2) - 4) < 1e-9",
        "assert square(2) in (4,)",
        "assert 4 in [square(2)]",
        "import math\nassert math.isclose(square(2), 4)",
        "import numpy as np\nassert np.allclose(square(2), 4)",
        "import numpy as np\nnp.testing.assert_allclose(square(2), 4)",
        "assert square(2) >= 4 and square(2) <= 4",
        "assert [square(2)] == [4]",
        "assert {square(2): 1} == {4: 1}",
    ],
)
@pytest.mark.parametrize("trick", [UNEARNED["equal to everything"], UNEARNED["less and more than everything"]])
def test_an_object_that_agrees_with_everything_passes_no_test_however_it_is_written(judge, test, trick):
    (one,) = judge(trick, (test, 1))
    assert one.points == 0


def test_a_learners_abs_is_not_the_tests(judge):
    (one,) = judge("def abs(x): return 0\ndef square(x): return 1", ("assert abs(square(2) - 4) < 1e-9", 1))
    assert one.points == 0


def test_objects_of_the_learners_can_be_used_in_tests(judge):
    shape = "class Square:\n    def __init__(self, side): self.side = side\n    def area(self): return self.side ** 2\n"
    test = "s = Square(3)\nassert s.area() == 9\ns.side = 4\nassert s.area() == 16\nassert isinstance(s, Square)\nassert s is not None"
    assert points(judge(shape, (test, 1))) == [1]


def test_generators_errors_and_printed_text_reach_the_test(judge):
    code = (
        "class Odd(ValueError): pass\n"
        "def count(n):\n    for i in range(n): yield i\n"
        "def fail(): raise Odd('bad')\ndef greet(): print('hello')\ndef double(f, x): return f(f(x))\ndef ask(): return input('? ')"
    )
    test = (
        "import io, contextlib, builtins\n"
        "assert list(count(3)) == [0, 1, 2]\n"
        "try:\n    fail()\nexcept ValueError as error:\n    assert str(error) == 'bad'\nelse:\n    assert False\n"
        "try:\n    fail()\nexcept Odd:\n    pass\n"
        "with contextlib.redirect_stdout(io.StringIO()) as out:\n    greet()\nassert out.getvalue() == 'hello\\n'\n"
        "assert double(lambda x: x + 1, 3) == 5\n"
        "builtins.input = lambda prompt: 'me'\nassert ask() == 'me'"
    )
    (one,) = judge(code, (test, 1))
    assert [verdict.message for verdict in one.verdicts if not verdict.passed] == []
    assert one.points == 1


def test_a_prompt_stands_in_its_cells_output_and_nowhere_else(capfd):
    worker = Worker(Plan(limits=QUICK))
    try:
        (cell,) = worker.grade([Cell("ask", "learner", "input('which number? ')")], {}).cells
    finally:
        worker.close()
    prompt, error = cell.outputs
    assert prompt["text"] == "which number? "
    assert error["ename"] == "EOFError"
    assert capfd.readouterr() == ("", "")


def test_a_worker_keeps_to_its_core():
    core = cores()[-1]
    cells = [
        Cell("look", "learner", "import os\ncores = os.sched_getaffinity(0)"),
        Cell("test", "test", f"import os\nassert cores == os.sched_getaffinity(0) == {{{core}}}, cores", 1.0),
    ]
    with contextlib.closing(Worker(Plan(limits=QUICK), core)) as worker:
        (verdict,) = worker.grade(cells, {}).cells[1].verdicts
    assert verdict.passed, verdict.message


def test_a_process_that_was_asked_for_by_a_fork_that_ended_is_nobody_elses():
    cell = Cell("look", "learner", "import os\nprint(*os.listdir())")
    with contextlib.closing(Worker(Plan(limits=QUICK))) as worker:
        worker.grade([cell], {})
        lost = {"number": "0" * 16, "limits": dataclasses.asdict(QUICK), "files": {"theirs.txt": "00"}}
        worker._learners.channel.send(json.dumps(lost).encode())
        for name in ("mine.txt", "next.txt"):
            (looked,) = worker.grade([cell], {name: b"x"}).cells
            assert looked.outputs[0]["text"] == f"{name}\n"


def test_what_an_error_holds_reaches_the_test(judge):
    code = (
        "class NotEnough(Exception):\n    code = 7\n    def __init__(self, n, most):\n        super().__init__(n, most)\n        self.n = n\n"
        "    def __str__(self): return f'{self.n} is too much'\n    @property\n    def short(self): return self.n - self.args[1]\n"
        "    def words(self, end): return str(self) + end\n"
        "def take(n): raise NotEnough(n, 10)\ndef key(): return {}['a']\n"
        "def load():\n    try:\n        open('nowhere')\n    except OSError as error:\n        raise RuntimeError('no', 'file') from error\n"
        "class Shy(ValueError):\n    learner = report = 3\n    @property\n    def bad(self): raise SystemExit\ndef shy(): raise Shy('x' * 10**6)"
    )
    test = (
        "def caught(f, *args):\n    try:\n        f(*args)\n    except Exception as error:\n        return error\n"
        "e = caught(take, 12)\nassert (e.n, e.args, e.code, e.short) == (12, (12, 10), 7, 2)\n"
        "assert str(e) == '12 is too much' and e.words('!') == '12 is too much!' and isinstance(e, NotEnough)\n"
        "e = caught(key)\nassert type(e) is KeyError and str(e) == \"'a'\" and e.args == ('a',)\n"
        "e = caught(load)\nassert e.args == ('no', 'file') and type(e.__cause__) is FileNotFoundError\n"
        "assert e.__cause__.errno == 2 and e.__cause__.filename == 'nowhere'\n"
        "assert str(caught(shy)) == 'x' * 2000 and not hasattr(caught(shy), 'report')"
    )
    (one,) = judge(code, (test, 1))
    assert (one.points, one.verdicts) == (1, [Verdict(v.line, True) for v in one.verdicts])


def test_what_a_function_does_to_its_arguments_is_seen(judge):
    code = "def spoil(a, d, l):\n    a += 1; d['k'] = 2; l.append(3)"
    test = "import numpy as np\na, d, l = np.zeros(2), {}, []\nspoil(a, d, l)\nassert a.sum() == 2\nassert d == {'k': 2}\nassert l == [3]"
    assert points(judge(code, (test, 1))) == [1]


def test_what_is_too_deep_to_cross_can_be_walked_down(judge):
    code = "def cons(items):\n    found = ()\n    for item in reversed(items): found = (item, found)\n    return found"
    test = "r, seen = cons(list(range(60))), []\nwhile r:\n    x, r = r\n    seen.append(x)\nassert seen == list(range(60))"
    assert points(judge(code, (test, 1))) == [1]


INPLACE = (
    "import numpy as np\ndef fill_both(pair):\n    for a in pair: a[:] = 7\ndef zero_all(many):\n    for a in many: a[...] = 0\n"
    "def first_row(m): m[0].append(5); m[1] = [9]\ndef order(m): m.sort()\ndef turn(d): d.rotate(1)\ndef push(xs, x): xs.append(x); return xs\n"
    "def both(a, b): return {'b': b, 'a': a}\ndef two(a, b): a.append(1)\ndef into(d, key): d[key]['n'] += 1\ndef hold(xs): xs.append(xs)\n"
    "def upper(b): b[0] = 65\ndef copied(xs): return list(xs)\nclass Bag:\n    def __init__(self, xs): self.xs = xs\n    def add(self, x): self.xs.append(x)"
)


@pytest.mark.parametrize(
    "test",
    [
        "a, b = np.zeros(2), np.zeros(3)\nfill_both((a, b))\nassert a.sum() == 14 and b.sum() == 21",
        "a = np.ones(2)\nmany = [a]\nzero_all(many)\nassert a.sum() == 0 and many[0] is a",
        "m = [[1], [2]]\nrow, other = m\nfirst_row(m)\nassert row == [1, 5] and m == [row, [9]] and m[0] is row and other == [2]",
        "m = [[3], [1]]\nrow = m[0]\norder(m)\nassert m == [[1], [3]] and m[1] is row and row == [3]",
        "from collections import deque\nd = deque([1, 2, 3])\nturn(d)\nassert list(d) == [3, 1, 2]",
        "xs = [1]\nassert push(xs, 2) is xs and xs == [1, 2]\nassert copied(xs) == xs and copied(xs) is not xs",
        "a, b = [1], {2}\nfound = both(a, b=b)\nassert found['a'] is a and found['b'] is b",
        "a = []\ntwo(a, a)\nassert a == [1]",
        "d = {'k': {'n': 1}}\ninner = d['k']\ninto(d, 'k')\nassert inner == {'n': 2}",
        "xs = [1]\nhold(xs)\nassert xs[1] is xs",
        "b = bytearray(b'abc')\nupper(b)\nassert b == b'Abc'",
        "f = lambda: 1\nxs = [f, 1]\nassert push(xs, 2)[0] is f and len(xs) == 3",
    ],
)
def test_what_is_done_within_arguments_is_seen_and_one_thing_stays_one_thing(judge, test):
    (one,) = judge(INPLACE, ("import numpy as np\n" + test, 1))
    assert (one.points, one.review) == (1, ""), one.verdicts


def test_the_instructors_names_win_unless_the_solution_is_to_bind_them(judge):
    setup = Cell("setup", "instructor", "def helper(x): return x\nlimit = 5\nvalue = None")
    answer = Cell("answer", "learner", "helper = lambda x: 9\nlimit = 0\nvalue = 3", binds=["value"])
    assert points(judge(setup, answer, ("assert helper(1) == 1\nassert limit == 5\nassert value == 3", 1))) == [1]


def test_tests_import_what_the_instructor_put_beside_and_never_take_the_learners_for_it(worker):
    setup = Cell("setup", "instructor", "from refs import ref\nwanted = ref(2)")
    test = Cell("test", "test", "import refs\nassert triple(2) == ref(2) == refs.ref(2) == wanted", 1)
    files = {"refs.py": b"def ref(x): return 3 * x"}

    def judged(answer, own):
        return worker.grade([setup, Cell("answer", "learner", answer), test], files, own).cells[-1]

    trick = "import refs\ndef triple(x): return 99\nwanted = refs.ref = ref = lambda x: 99"
    assert judged("def triple(x): return x + x + x", files).points == 1
    assert judged(trick, files).points == 0
    # The learner's own file of that name is no module of the tests', and nothing of the learner's stands in for it.
    lost = judged(trick.replace("wanted = ", "wanted = 99\n"), ())
    assert lost.points is None
    assert "ref could not be made where the tests run (ModuleNotFoundError" in lost.review


def test_an_instructors_statement_that_fails_on_the_learners_account_costs_points(judge):
    setup = Cell("setup", "instructor", "found = half(0)")
    (one,) = judge("def half(x): return 1 / x", setup, ("assert found == 0", 1))
    assert one.points == 0


def test_cells_that_learners_may_change_prepare_the_tests_in_the_instructors_form(judge):
    free = Cell(
        "free", "learner", "import math\nn = 0\nprint('changed')", original="import math\nn = 3\ncheck = square(n)"
    )
    assert points(judge(SQUARE, free, ("assert math.sqrt(square(n)) == 3", 1))) == [1]


def test_output_is_cut_at_its_limit(judge):
    for flood in (
        "print('x' * 10**7)",
        "for i in range(10**5): print(i)",
        "from IPython.display import display\nfor i in range(3000): display(i * 10**200)",
    ):
        result = judge(flood + "\n" + SQUARE, TEST, whole=True)
        assert result.cells[0].cut
        assert len(str(result.cells[0].outputs)) < 1_000_000
        assert result.cells[1].points == 2


@pytest.mark.parametrize(
    "code",
    [
        "x = bytearray(10**11)",
        "import os\nwhile True: os.fork()",
        "import threading, time\nfor _ in range(10**4): threading.Thread(target=time.sleep, args=(100,)).start()",
        "f = open('big', 'wb')\nfor _ in range(10**5): f.write(b'0' * 2**20)",
        "x = []\nwhile True: x.append(bytearray(2**24))",
    ],
)
def test_greed_costs_itself_only(judge, code):
    assert points(judge(code, SQUARE, TEST)) == [2]


def test_nothing_is_left_behind(judge):
    judge(
        "import subprocess\nsubprocess.Popen(['sleep', '1234'])\nopen('/tmp/left', 'w').write('x')\nopen('left', 'w').write('x')"
    )
    look = "import os\nfound = [os.path.exists('/tmp/left'), os.path.exists('left'), len([p for p in os.listdir('/proc') if p.isdigit()])]"
    assert points(judge(look, ("assert found == [False, False, 1]", 1))) == [1]


@pytest.mark.parametrize(
    "look",
    [
        "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)",
        "open('/etc/shadow').read()",
        "open('/etc/hostname').read()",
        "import os\nos.listdir('/home')",
        "import os\nos.environ['HOME_OF_THE_GRADER']",
        "import os\nos.mount",
        "import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) == 0 and ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0",
        "open('/usr/x', 'w')",
        "import os\nos.setuid(0)",
        "import helpers.checks",
    ],
)
def test_there_is_no_way_out(judge, look):
    (one,) = judge(
        f"escaped = False\ntry:\n    exec({look!r})\n    escaped = True\nexcept BaseException: pass",
        ("assert not escaped", 1),
    )
    assert one.points == 1


def test_figures_are_shown_as_in_a_notebook(judge):
    code = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\n'last'"
    outputs = judge(code, whole=True).cells[0].outputs
    assert [sorted(output["data"]) for output in outputs] == [["text/plain"], ["image/png", "text/plain"]]


def test_a_figure_that_comes_in_two_forms_takes_its_room_once_and_keeps_its_words(judge):
    """As the course's own do, see helpers/plots/page.py."""
    code = """from IPython.display import display
for words in ("A line.", "Another."):
    display({"text/html": "h" * 190_000, "image/png": "P" * 190_000, "text/plain": "a figure"}, raw=True,
            metadata={"image/png": {"alt": words, "width": 640}})"""
    found = judge(code, whole=True).cells[0]
    assert not found.cut
    assert [sorted(output["data"]) for output in found.outputs] == [["image/png", "text/plain"]] * 2
    assert [output["metadata"]["image/png"]["alt"] for output in found.outputs] == ["A line.", "Another."]


def test_what_a_function_displays_within_a_call_is_not_mixed_with_what_its_cell_displayed(judge):
    code = "from IPython.display import display\ndef square(x):\n    display(x, 'shown')\n    return x * x\ndisplay('before')\nsquare(3)"
    result = judge(code, ("assert square(2) == 4", 1), "display('after')", whole=True)
    assert result.cells[1].points == 1
    shown = [[output["data"]["text/plain"] for output in result.cells[i].outputs] for i in (0, 2)]
    assert shown == [["'before'", "3", "'shown'", "9"], ["'after'"]]


def test_a_display_that_a_learner_has_broken_costs_no_points(judge):
    breaks = "import sys\nget_ipython().display_pub.publish = None\nsys.displayhook.outputs = 3"
    shows = "from IPython.display import display\ndef square(x):\n    display(x)\n    return x * x\nsquare(3)"
    result = judge(breaks, shows, TEST, whole=True)
    assert [output["data"]["text/plain"] for output in result.cells[1].outputs] == ["3", "9"]
    assert result.cells[2].points == 2


def test_answers_that_a_later_call_overwrites_are_seen_as_they_are_by_then(judge):
    code = "import numpy as np\nkept = np.zeros(1)\ndef square(x):\n    kept[0] = x * x\n    return kept\ndef fresh(x):\n    return np.array([x * x])"
    look = "a, b = {0}(2), {0}(3)\nassert [float({0}.as_it_is_now(one)[0]) for one in (a, b, a)] == {1}\nc = {0}(5)\nassert [float({0}.as_it_is_now(one)[0]) for one in (c, a)] == {2}"
    tests = [
        (look.format("square", [9, 9, 9], [25, 25]), 1),
        (look.format("fresh", [4, 9, 4], [25, 4]), 1),
        (look.format("square", [9, 9, 9], [25, 25]), 1),
    ]
    assert points(judge(code, *tests)) == [1, 1, 1]


def test_a_file_that_a_test_writes_is_there_for_the_function_and_the_other_way_round(judge):
    code = "def count(name): return len(open(name).read().split())\ndef save(x): open('out.txt', 'w').write(str(x))\nsave(1)"
    test = "open('in.bin', 'w').write('a b c')\nassert count('in.bin') == 3\nassert open('out.txt').read() == '1'\nsave(5)\nassert open('out.txt').read() == '5'"
    assert points(judge(code, (test, 1))) == [1]


def test_what_the_instructor_put_beside_is_not_replaced_and_no_pickle_comes_over(worker):
    code = "import pickle\nopen('expected.txt', 'w').write('1')\npickle.dump([1], open('model.pkl', 'wb'))\ndef square(x): return 1"
    test = "import os\nassert open('expected.txt').read() == '4'\nassert not os.path.exists('model.pkl')"
    cells = [Cell("c", "learner", code), Cell("t", "test", test, 1)]
    result = worker.grade(cells, {"expected.txt": b"4"}, ["expected.txt"])
    assert result.cells[1].points == 1


def test_an_object_that_can_be_called_is_shown_as_its_class_says(judge):
    code = (
        "class Poly:\n    def __init__(self, *c): self.c = c\n    def __call__(self, x): return sum(a * x ** n for n, a in enumerate(self.c))\n"
        "    def __repr__(self): return f'Poly{self.c}'\n    def __str__(self): return 'p'\n    def __bool__(self): return any(self.c)\n"
        "    def __format__(self, form): return f'<{form}>'\nclass Plain: pass"
    )
    test = (
        "p = Poly(1, 2)\nassert p(3) == 7\nassert repr(p) == 'Poly(1, 2)'\nassert str(p) == 'p'\nassert f'{p:x}{p!s}' == '<x>p'\n"
        "assert p and not Poly(0)\nassert callable(p) and not callable(Plain())\nassert bool(Poly) and isinstance(p, Poly)"
    )
    (one,) = judge(code, (test, 1))
    assert (one.points, one.verdicts) == (1, [Verdict(v.line, True) for v in one.verdicts])


TYPES = (
    "import numpy as np\ndef is_a(x, kind): return isinstance(x, kind)\ndef zeros(n, kind): return np.zeros(n, kind)\n"
    "def fails(f, kind):\n    try:\n        f()\n    except kind:\n        return True\n    return False\n"
    "def kind_of(x): return type(x)\nWrong = ValueError\ndef wrong(): raise Wrong('no')\n"
    "class Their:\n    def f(self): return 1\n    def __repr__(self): raise ValueError(self)\n"
    "class Odd(Exception): pass\ndef odd(): raise Odd\ndef shows_itself(): raise ValueError(Their())"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("assert is_a(3, int) and not is_a(3, (str, list))", 1),
        ("assert fails(lambda: 1 / 0, ZeroDivisionError)\nassert fails(lambda: {}[1], KeyError)", 1),
        ("import numpy as np\nassert zeros(3, np.float32).dtype == np.float32", 1),
        ("assert kind_of(3) is int and kind_of('a') is not int", 1),
        ("try:\n    wrong()\nexcept Wrong:\n    pass\nassert Wrong is ValueError", 1),
        ("class Mine: pass\nassert not is_a(3, Mine)", None),
        ("class Mine(Their): pass\nassert Mine().f() == 1", None),
        ("assert fails(odd, Odd) and not fails(lambda: 1, Odd)", 1),
        ("try:\n    shows_itself()\nexcept ValueError as error:\n    assert type(error).__name__ == 'ValueError'", 1),
        ("class Mine(Wrong): pass\nassert issubclass(Mine, ValueError)", 1),
    ],
)
def test_types_and_errors_can_be_handed_over(judge, test, expected):
    (one,) = judge(TYPES, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None)


VECTOR = (
    "class Vector:\n    def __init__(self, x): self.x = x\n    def __eq__(self, other): return True\n"
    "    def __add__(self, other): return Vector(self.x + other.x)\ndef make(x): return Vector(x)"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("assert Vector(1) + Vector(2) == Vector(3)", None),
        ("assert make(1) == make(2)", None),
        ("try:\n    assert make(1) == make(2)\nexcept TypeError:\n    pass", None),
        ("assert make(1) == 1", 0),
        ("assert make(1) - 1 == 0", 0),
        ("v = Vector(3)\nassert v is v and v == v and v.x == 3", 1),
    ],
)
def test_operators_between_the_learners_own_objects_are_for_a_person_or_their_own_process(judge, test, expected):
    (one,) = judge(VECTOR, (test, 1))
    assert one.points == expected
    assert bool(one.review) == (expected is None)


UNITS = (
    "class Unit:\n    def __init__(self, x): self.x = x\n    def __mul__(self, n): return Unit(self.x * n)\n"
    "    def __radd__(self, n): return self.x + n\n    def __neg__(self): return Unit(-self.x)\n    def __abs__(self): return abs(self.x)\n"
    "    def __int__(self): return self.x\n    def __float__(self): return float(self.x)\n    def __lt__(self, other): return self.x < other\n"
    "    def __eq__(self, other): return self.x == other.x\n    def __hash__(self): return hash(self.x)\n"
    "class Few:\n    def __contains__(self, x): return x in (1, 2)\n"
    "class Bare:\n    def __eq__(self, other): return True\n"
    "class Plain: pass\ndef make(): return Unit(3)\ndef few(): return Few()\ndef bare(): return Bare()"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("assert (make() * 3).x == 9", None),
        ("assert 1 + make() == 4", None),
        ("assert make() < 4", None),
        ("assert (-make()).x == -3", None),
        ("assert abs(make()) == 3", None),
        ("assert int(make()) == 3 and float(make()) == 3.0", None),
        ("import math\nassert math.isclose(make(), 3)", None),
        ("assert len({Unit(1), Unit(1)}) == 1", None),
        ("assert hash(Unit(1)) == hash(1)", None),
        ("u = Plain()\nassert len({u, u, Plain()}) == 2 and {make: 1}[make] == 1", 1),
        ("assert make() - 3 == 0", 0),
        ("assert float(bare()) == 3", 0),
        ("assert bare() in {3: 1}", 0),
        ("f = Few()\nassert 1 in f and 3 not in f", 1),
        ("assert 1 in few()", None),
        ("assert 1 in Plain()", 0),
    ],
)
def test_what_only_a_learners_class_could_say_is_for_a_person(judge, test, expected):
    (one,) = judge(UNITS, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None)


FRAMES = (
    "def add(df): df['twice'] = 2 * df['a']\ndef drop(df): df.drop(index=0, inplace=True); return df\n"
    "def put(s): s.iloc[0] = 7; s.name = 'n'\ndef inner(d): d['df'].loc[0, 'a'] = 9\ndef nothing(df): df = df.assign(b=1)"
)


@pytest.mark.parametrize(
    "test",
    [
        "add(df)\nassert list(df.columns) == ['a', 'twice'] and df['twice'].tolist() == [2, 4]",
        "out = drop(df)\nassert out is df and df['a'].tolist() == [2] and list(df.index) == [1]",
        "s = df['a'].copy()\nput(s)\nassert s.tolist() == [7, 2] and s.name == 'n'",
        "inner({'df': df})\nassert df['a'].tolist() == [9, 2]",
        "nothing(df)\nassert list(df.columns) == ['a']",
    ],
)
def test_what_is_done_to_a_table_is_done_to_the_tests(judge, test):
    pytest.importorskip("pandas")
    assert points(judge(FRAMES, ("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\n" + test, 1))) == [1]


RAISES = (
    "import numpy as np, json, dataclasses, decimal\nclass Mine(np.linalg.LinAlgError): pass\n"
    "def inverse(): np.linalg.inv(np.ones((2, 2)))\ndef parse(): json.loads('{')\ndef mine(): raise Mine('m')\n"
    "@dataclasses.dataclass(frozen=True)\nclass Cold:\n    x: int\ndef number(): decimal.Decimal('x')\n"
    "class LinAlgError(Exception): pass\ndef false(): raise LinAlgError('m')"
)


@pytest.mark.parametrize(
    ("call", "caught", "expected"),
    [
        ("inverse()", "np.linalg.LinAlgError", 1),
        ("mine()", "np.linalg.LinAlgError", 1),
        ("false()", "np.linalg.LinAlgError", 0),
        ("parse()", "json.JSONDecodeError", 1),
        ("Cold(1).x = 2", "dataclasses.FrozenInstanceError", 1),
        ("number()", "decimal.InvalidOperation", 1),
    ],
)
def test_errors_of_the_library_are_known_as_themselves(judge, call, caught, expected):
    test = f"import numpy as np, json, dataclasses, decimal\ntry:\n    {call}\nexcept {caught} as error:\n    assert str(error)\n"
    assert points(judge(RAISES, (f"{test}else:\n    assert False", 1))) == [expected]


def test_an_error_of_the_library_has_what_it_knows(judge):
    test = "import json\ntry:\n    parse()\nexcept ValueError as error:\n    assert error.pos == 1 and 'Expecting' in str(error)"
    assert points(judge(RAISES, (test, 1))) == [1]


AWAITED = (
    "import asyncio\nasync def double(x):\n    await asyncio.sleep(0)\n    return 2 * x\nasync def fail(): raise KeyError('k')\n"
    "async def pair(): return 1, 2\nasync def wrap(thing): return await thing\nasync def ever():\n    while True: await asyncio.sleep(1)\n"
    "class Box:\n    def __init__(self): self.box = asyncio.Queue()\n    async def put(self, x): await self.box.put(x)\n"
    "    async def get(self): return await self.box.get()\nclass Lie:\n    def __await__(self): return iter([6])\n"
    "    def __eq__(self, other): return True\ndef lie(): return Lie()\ndef plain(x): return 2 * x\neight = await double(4)"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("found = await double(3)\nassert found == 6 and await double(1) == 2 and eight == 8", 1),
        ("import asyncio\nassert asyncio.run(double(3)) == 6 and asyncio.run(pair()) == (1, 2)", 1),
        (
            "import asyncio\nassert await asyncio.gather(double(1), double(2)) == [2, 4] and await asyncio.wait_for(double(3), 1) == 6",
            1,
        ),
        (
            "try:\n    await fail()\nexcept KeyError as error:\n    assert error.args == ('k',)\nelse:\n    assert False",
            1,
        ),
        ("box = Box()\nawait box.put(1)\nassert await box.get() == 1", 1),
        ("async def check():\n    assert await wrap(double(2)) == 4\n    return 1\nassert await check() == 1", 1),
        (
            "import asyncio, inspect\nassert asyncio.iscoroutinefunction(double) and not inspect.iscoroutinefunction(plain)",
            1,
        ),
        ("await double(0.25)", 0.5),
        ("assert await plain(3) == 6", 0),
        ("assert await lie() == 6", 0),
        ("await ever()", 0),
    ],
)
def test_what_a_learner_awaits_is_awaited_over_there(judge, test, expected):
    assert points(judge(AWAITED, (test, 1))) == [expected]


KNOWN = (
    "import types, dataclasses, functools\nimport matplotlib.pyplot as plt\ndef count(n):\n    yield from range(n)\nsquare = lambda x: x * x\n"
    "def draw(): return plt.subplots()[1]\n@dataclasses.dataclass\nclass Point:\n    x: int\n    y: int = 0\n"
    "class Dog:\n    def __init__(self): self.age, self.toys = 3, [1]\nclass Lie:\n    __class__ = types.GeneratorType\n"
    "class Axes: pass\nAxes.__module__ = 'matplotlib.axes._axes'\nclass Number(int): pass\ndef number(): return Number(3)\n"
    "half = functools.partial(square, 0.5)"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (
            "import types, inspect\nassert isinstance(count(2), types.GeneratorType) and inspect.isgeneratorfunction(count)",
            1,
        ),
        (
            "import types\nassert isinstance(square, types.FunctionType) and not isinstance(Dog(), types.FunctionType)",
            1,
        ),
        (
            "import matplotlib.pyplot as plt\nassert isinstance(draw(), plt.Axes) and not isinstance(draw(), plt.Figure)",
            1,
        ),
        ("import functools\nassert isinstance(half, functools.partial) and half() == 0.25", 1),
        ("import types\nassert isinstance(Lie(), types.GeneratorType)", 0),
        ("import matplotlib.pyplot as plt\nassert isinstance(Axes(), plt.Axes)", 0),
        ("assert isinstance(square, (int, list, dict, type))", 0),
        ("assert type(Dog()).__name__ == Dog().__class__.__name__ == 'Dog' and isinstance(Dog(), Dog)", 1),
        (
            "from dataclasses import *\nassert is_dataclass(Point) and is_dataclass(Point(1)) and not is_dataclass(Dog)",
            1,
        ),
        ("from dataclasses import *\nassert asdict(Point(1)) == {'x': 1, 'y': 0} and astuple(Point(1)) == (1, 0)", 1),
        ("from dataclasses import *\nassert replace(Point(1), y=2).y == 2", 1),
        ("import dataclasses\nassert len(dataclasses.fields(Point)) == 2", None),
        ("import inspect\nassert 'for' not in inspect.getsource(count)", None),
        (
            "import copy\none = Dog()\nother = copy.deepcopy(one)\nother.age = 5\nassert one.age == 3 and copy.copy(one).toys == [1]",
            1,
        ),
    ],
)
def test_of_what_class_a_learners_object_is_where_the_learner_has_not_made_it(judge, test, expected):
    (one,) = judge(KNOWN, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None)


SHARED = (
    "import numpy as np\nclass List:\n    def __init__(self): self.songs, self.a, self.kids, self.names = [], np.zeros(3), [], {'q', 'r'}\n"
    "    def add(self, song): self.songs.append(song)\n    def count(self): return len(self.songs)\n    def copied(self): return list(self.songs)\n"
    "    def inner(self): return self.songs\n    def total(self): return float(self.a.sum())\n    def last(self): return self.kids[-1]\n"
    "    def named(self): return len(self.names)\nclass Safe(List):\n    songs = property(lambda self: list(self.own))\n"
    "    def __init__(self): self.own = ['x']"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("one = List()\none.songs.append('z')\nassert one.count() == 1\none.songs.clear()\nassert one.count() == 0", 1),
        (
            "one = List()\nsongs = one.songs\nfor n in range(3):\n    songs.append(n)\n    assert one.count() == n + 1",
            1,
        ),
        ("one = List()\none.a[1] = 4\nassert one.total() == 4\none.a += 1\nassert one.total() == 7", 1),
        ("one = List()\none.kids.append(one)\nassert one.last() is one", 1),
        ("one = List()\none.names.add('s')\nassert one.named() == 3", 1),
        ("one = List()\none.add('x')\none.copied().append('y')\nassert one.count() == 1", 1),
        ("one = List()\none.add('x')\none.inner().append('y')\nassert one.count() == 1", 0),
        ("one = Safe()\none.songs.append('y')\nassert one.songs == ['x']", 1),
        ("one = List()\none.add('x')\none.songs.append('y')\nassert one.songs == ['x']", 0),
        ("one = List()\nsongs = one.songs\none.add('x')\nsongs.append('y')\nassert one.count() == 2", None),
        ("one = List()\none.songs.append(object())\nassert one.count() == 0", 1),
    ],
)
def test_what_a_test_does_to_an_answer_is_done_to_the_learners(judge, test, expected):
    (one,) = judge(SHARED, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None)


VARIABLES = (
    "import numpy as np\nseen, count, known, a = [], 0, {}, np.zeros(2)\ndef see(x):\n    global count\n    seen.append(x)\n    count += 1\n"
    "    known[x] = count\n    a[:] = count\n    return count\ndef anew(x):\n    global seen\n    seen = seen + [x]"
)


@pytest.mark.parametrize(
    "test",
    [
        "mine = seen\nassert see('a') == 1\nassert seen == ['a'] and count == 1 and known == {'a': 1} and a.tolist() == [1, 1]\n"
        "see('b')\nassert seen == ['a', 'b'] and mine is seen and count == 2",
        "anew('x')\nassert seen == ['x']",
        "for n in range(4):\n    see(n)\ncount / 4",
        "seen.append('of the test')\nsee('a')\nassert seen == ['of the test']",
        "count = 0\nsee('a')\nassert count == 0",
    ],
)
def test_a_learners_variables_are_as_the_last_call_has_left_them(judge, test):
    assert points(judge(VARIABLES, (test, 1))) == [1]


BAGS = (
    "import enum\nfrom typing import NamedTuple\nfrom collections import namedtuple\n"
    "class Bag(dict):\n    def __init__(self, d): super().__init__(d); self.n = len(d)\n    def total(self): return sum(self.values())\n"
    "class Stack(list):\n    def push(self, x): self.append(x)\n    def __getitem__(self, n): return list.__getitem__(self, -1 - n)\n"
    "class Yes(list):\n    def __eq__(self, other): return True\n    def any(self): return 1\n"
    "class Point(NamedTuple):\n    x: int\n    y: int\n    def sum(self): return self.x + self.y\n"
    "P = namedtuple('P', 'a b')\nclass Cents(int):\n    def euros(self): return self / 100\nclass C(enum.IntEnum): RED = 1\n"
    "def bag(): return Bag({'a': 1})\ndef total(b): return b.total()\ndef yes(): return Yes()\ndef point(): return Point(1, 2)\n"
    "def p(): return P(1, 2)\ndef cents(): return Cents(250)\ndef red(): return C.RED"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("assert bag().total() == 1", None),
        ("assert bag().n == 1", None),
        ("b = bag()\nb.n = 3", None),
        ("assert total(bag()) == 1", None),
        ("try:\n    assert bag().total() == 1\nexcept TypeError:\n    pass", None),
        (
            "assert bag() == {'a': 1} and bag() != {} and dict(bag()) == {'a': 1} and bag()['a'] == 1 and len(bag()) == 1",
            1,
        ),
        ("assert isinstance(bag(), dict) and type(bag()).__name__ == 'Bag'", 1),
        ("s = Stack()\ns.push(3)\nassert s == [3]", None),
        ("assert Stack([1, 2])[0] == 2", None),
        ("assert Stack([1, 2]) == [1, 2]", 1),
        ("assert yes() == [4]", 0),
        ("assert point().sum() == 3", None),
        (
            "assert point() == (1, 2) and point().x == 1 and p() == (1, 2) and p().b == 2 and repr(p()) == 'P(a=1, b=2)'",
            1,
        ),
        ("assert cents().euros() == 2.5", None),
        ("assert cents() == 250 and cents() + 1 == 251 and red() == 1", 1),
        ("assert red().name == 'RED'", None),
    ],
)
def test_data_of_a_learners_own_class_equal_what_they_hold_and_their_methods_are_for_a_person(judge, test, expected):
    (one,) = judge(BAGS, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None)


KINDS = (
    "from collections import *\nfrom fractions import Fraction\nfrom decimal import Decimal\nfrom datetime import *\n"
    "from pathlib import Path\nclass Tally(Counter):\n    def top(self): return self.most_common(1)\n"
    "found = [Counter('aab'), OrderedDict(a=2), defaultdict(int, a=2), deque([2]), Fraction(1, 2), Decimal('.5'),\n"
    "         date(2026, 1, 2), timedelta(2), Path('a')]\ndef count(text): return Counter(text)\ndef tally(text): return Tally(text)"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (
            "assert count('aab') == {'a': 2, 'b': 1} and count('aab').most_common(1) == [('a', 2)] and count('')['x'] == 0",
            1,
        ),
        ("assert tally('aab') == {'a': 2, 'b': 1}", 1),
        ("assert tally('aab').top() == [('a', 2)]", None),
        (
            "assert found[0]['a'] == found[1]['a'] == found[2]['a'] == found[3][0] == found[7].days and found[4] == found[5]",
            1,
        ),
    ],
)
def test_data_of_pythons_own_classes_come_over_with_their_methods(judge, test, expected):
    (one,) = judge(KINDS, (test, 1))
    assert (one.points, one.reason, bool(one.review)) == (expected, "", expected is None)


WITHS = (
    "class Log:\n    passes = False\n    def __init__(self): self.seen = ['in']\n    def __enter__(self): return self\n"
    "    def __exit__(self, kind, error, trace):\n        self.seen.append('out' if kind is None else f'{kind.__name__}: {error}')\n"
    "        return self.passes\nclass Deaf(Log): passes = True\nclass Mine(ValueError):\n"
    "    def __init__(self, a, b): super().__init__(a)\ndef fail(): raise Mine('p', 2)"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("with Log() as log: pass\nassert log.seen == ['in', 'out']", 1),
        (
            "try:\n    with Log() as log: 1 / 0\nexcept ZeroDivisionError: pass\nassert log.seen[1] == 'ZeroDivisionError: division by zero'",
            1,
        ),
        ("try:\n    with Log() as log: fail()\nexcept Mine: pass\nassert log.seen[1] == 'Mine: p'", 1),
        (
            "class Own(KeyError): pass\ntry:\n    with Log() as log: raise Own('k')\nexcept Own: pass\nassert log.seen[1] == \"KeyError: 'k'\"",
            1,
        ),
        ("with Log() as log: 1 / 0", 0),
        ("with Deaf() as log: pass\nassert log.seen == ['in', 'out']", 1),
        ("with Deaf() as log: 1 / 0", None),
        ("with Deaf() as log: assert log.seen == 5", None),
    ],
)
def test_a_learners_with_is_told_of_errors_and_passes_over_none(judge, test, expected):
    (one,) = judge(WITHS, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None)


DECORATES = (
    "import functools, inspect\nclass Counted:\n    def __init__(self, f): functools.update_wrapper(self, f); self.f, self.calls = f, 0\n"
    "    def __call__(self, *args): self.calls += 1; return self.f(*args)\n"
    "def curried(f, *given):\n    if len(given) == len(inspect.signature(f).parameters): return f(*given)\n"
    "    return lambda x: curried(f, *given, x)\n"
    "def power(base: float, exponent: int = 2, *, name: str = 'p', thing=object()) -> float: return base ** exponent"
)


@pytest.mark.parametrize(
    "test",
    [
        "@Counted\ndef add(a, b):\n    'Adds.'\n    return a + b\nassert add(1, 2) == 3 and add.calls == 1 and type(add).__name__ == 'Counted'\n"
        "assert add.__name__ == 'add' and add.__doc__ == 'Adds.'",
        "assert curried(lambda a, b, c: a - b - c)(7)(2)(1) == 4",
        "import inspect\nfound = inspect.signature(power)\nassert list(found.parameters) == ['base', 'exponent', 'name', 'thing']\n"
        "assert found.parameters['exponent'].default == 2 and found.parameters['name'].default == 'p'\n"
        "assert found.parameters['base'].annotation is float and found.return_annotation is float\n"
        "assert found.parameters['base'].default is inspect.Parameter.empty and found.parameters['thing'].default is None",
    ],
)
def test_functions_are_known_by_name_words_and_parameters_on_either_side(judge, test):
    assert points(judge(DECORATES, (test, 1))) == [1]


LOOKS = (
    "from dataclasses import dataclass\nclass Dog:\n    'A dog.'\n    def __init__(self): self.age = 3\n"
    "class Puppy(Dog): pass\ndef dog(): return Dog()\ndef f(a: int, b=2):\n    'Adds.'\n    return a + b\ndef count():\n    yield from (1, 2)\n"
    "@dataclass\nclass D:\n    x: int\nclass Box(dict): pass\nclass Shelf:\n    def __init__(self): self.d = {1: 2}\n"
    "    def __getitem__(self, k): return self.d[k]\n    def __delitem__(self, k): del self.d[k]\n    def __len__(self): return len(self.d)"
)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("d = Dog()\nassert type(d).__name__ == 'Dog' and d.__class__.__name__ == 'Dog'", 1),
        ("assert vars(Dog()) == {'age': 3} and 'age' in Dog().__dict__", 1),
        ("assert Dog.__doc__ == 'A dog.' and f.__doc__ == 'Adds.' and Puppy.__doc__ is None", 1),
        ("assert f.__annotations__ == {'a': int} and f.__defaults__ == (2,) and f.__code__.co_argcount == 2", 1),
        ("assert Dog in Puppy.__bases__", 1),
        ("d = Dog()\ndel d.age\nassert not hasattr(d, 'age')", 1),
        ("s = Shelf()\ndel s[1]\nassert len(s) == 0", 1),
        ("g = count()\nassert iter(g) is g and next(g) == 1 and list(g) == [2]", 1),
        (
            "import functools, numpy as np\nassert functools.cache(f)(1) == 3 and np.vectorize(f)([1, 2]).tolist() == [3, 4]",
            1,
        ),
        ("import inspect\nassert list(inspect.signature(f).parameters) == ['a', 'b'] and f.__name__ == 'f'", 1),
        ("assert type(Dog()) == Dog", None),
        ("import dataclasses\nassert len(dataclasses.fields(D(1))) == 1", None),
        (
            "import numpy as np\nassert np.asarray(Dog(), dtype=object).shape == () and not hasattr(Dog(), '__array__')",
            1,
        ),
        ("assert dog() - 1 == 0", 0),
    ],
)
def test_what_a_test_looks_at_is_the_learners_own(judge, test, expected):
    (one,) = judge(LOOKS, (test, 1))
    assert (one.points, bool(one.review)) == (expected, expected is None), one
    assert "Remote" not in str(one.verdicts)


def test_a_test_that_an_answer_sends_into_a_long_loop_or_much_memory_costs_its_item_only(judge):
    code = "def square(x): return 10 ** 18"
    long = "import itertools\nassert sum(itertools.repeat(1, square(2))) == 4"
    large = "assert list(range(square(2))) == [0, 1, 2, 3]"
    results = judge(code, "def cube(x): return x ** 3", (long, 1), (large, 1), ("assert cube(2) == 8", 1))
    assert points(results) == [0, 0, 1]
    assert "computing time" in results[0].reason


def test_a_name_whose_value_ends_the_process_costs_the_tests_that_read_it_only(judge):
    trap = "import os\nclass Trap(type):\n    def __getattribute__(c, name): os._exit(1)\nclass square(metaclass=Trap): pass"
    first, second = judge(trap, "def cube(x): return x ** 3", TEST, ("assert cube(2) == 8", 1))
    assert first.points == 0
    assert second.points == 1


@pytest.mark.parametrize(
    "end", ["raise SystemExit", "raise KeyboardInterrupt", "import os; os._exit(1)", "while True: pass"]
)
def test_an_instructors_cell_goes_on_after_a_call_that_ends_badly(judge, end):
    cell = Cell("instructor", "instructor", "import math\nseen = square(2)\nlimit = 5")
    body = f"def square(x):\n    {end}"
    assert points(judge(body, cell, ("assert limit == 5 and math.pi > 3", 1))) == [1]


EMPTY = "import numpy as np\ndef square(x): return np.array([])\ndef of(x): return np.asarray(x) ** 2"


@pytest.mark.parametrize(
    ("test", "noticed"),
    [
        ("assert np.allclose(square(2), 4)", True),
        ("assert np.allclose(a=4.0, b=square(2), atol=1)", True),
        ("assert np.all(np.isclose(square(2), [4]))", True),
        ("np.testing.assert_allclose(square(2), 4)", True),
        ("close(square(2), 4)", True),
        ("np.testing.assert_array_equal(square(2), 4)", True),
        ("assert np.allclose(square(2).reshape(3, 0), np.ones((3, 1)))", True),
        ("def near(a):\n    return np.allclose(a, 4)\nassert near(square(2))", True),
        ("assert np.allclose(square(2), [])", False),
        ("exec('import numpy as np; assert np.allclose([], 4)', {})", False),
        ("assert np.allclose(square(2), rtol=1e-3, b=np.zeros(0))", False),
        ("assert square(2).size == 0 and len(square(3)) == 0", False),
        ("assert not np.allclose(of([1, 2]), 4)", False),
        ("assert np.allclose(of([1, 2]), [1, 4])\nassert np.allclose(of([]), of(np.zeros(0)))", False),
        ("try:\n    np.testing.assert_array_equal(square(2), [1, 2])\nexcept AssertionError:\n    pass", False),
    ],
)
def test_a_comparison_that_holds_because_nothing_was_there_is_for_a_person_to_decide(judge, test, noticed):
    imports = Cell("i", "instructor", "import numpy as np\nfrom numpy.testing import assert_allclose as close")
    (one,) = judge(imports, EMPTY, (test, 1))
    assert (one.points, one.review) == ((None, vacuous.NOTICE) if noticed else (1, ""))


def test_nobody_has_to_look_where_the_test_fails_anyway(judge):
    first, second = judge(
        "import numpy as np\n" + EMPTY,
        ("import numpy as np\nassert np.allclose(square(2), [1, 4])", 1),
        ("assert np.allclose(square(2), 4)\nassert square(2).shape == ()", 1),
    )
    assert (first.points, first.review) == (second.points, second.review) == (0, "")


def test_a_function_that_is_missing_is_told_from_one_that_is_something_else_or_returns_nothing():
    """The causes that `insights` counts; where the name is not there, no check runs, and Python's own words stand."""
    missing = "NameError: name 'feature_means' is not defined"
    answers = {
        "": missing,
        "def means(X): return X": missing,
        "feature_means = 3": "not-a-function",
        "def feature_means(X): pass": "returned-nothing",
    }
    setup = Cell("setup", "instructor", "from helpers import checks")
    test = Cell("test", "test", "checks.check('00-feature-means', feature_means)", 1)
    with contextlib.closing(Worker(Plan(shown=(ROOM / "grading", ROOM / "helpers")))) as worker:
        for answer, cause in answers.items():
            cells = [setup, Cell("answer", "learner", answer, binds=["feature_means"]), test]
            (verdict,) = worker.grade(cells, {}).cells[2].verdicts
            assert (verdict.causes or [verdict.message]) == [cause], answer


def test_a_start_is_judged_as_in_the_notebook_whatever_its_generator_is_used_for():
    start = (
        "import copy, numpy as np\ndef initialize_hidden(n_x, n_1, n_y, rng):\n    {}\n"
        "    W1, W2 = 0.01 * g.standard_normal((n_1, n_x)), 0.01 * g.standard_normal((n_y, n_1))\n"
        "    return {{'W1': W1, 'b1': np.zeros((n_1, 1)), 'W2': W2, 'b2': np.zeros((n_y, 1))}}"
    )
    generators = {
        "g = rng": 2,
        "g = rng.spawn(2)[1]": 2,
        "g = np.random.default_rng(rng.integers(2**40))": 2,
        "g = copy.deepcopy(rng)": 0,
        "g = np.random.default_rng(3)": 0,
    }
    setup = Cell("setup", "instructor", "from helpers import checks")
    test = Cell("test", "test", "checks.check('05-initialize-hidden', initialize_hidden)", 2)
    with contextlib.closing(Worker(Plan(shown=(ROOM / "grading", ROOM / "helpers")))) as worker:
        for line, expected in generators.items():
            cells = [setup, Cell("answer", "learner", start.format(line), binds=["initialize_hidden"]), test]
            assert worker.grade(cells, {}).cells[2].points == expected, line


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("assert copied(xs) is not xs", 0),
        ("assert copied(xs) is xs", 1),
        ("assert fresh(xs) is not xs", 1),
        ("assert fresh(xs) is xs", 0),
        ("assert not np.shares_memory(a, copied(a))", 0),
        ("assert not np.shares_memory(a, part(a))", None),
        ("assert box() is not box()", None),
        ("assert box() is box()", None),
        ("assert not any(row is xs for row in [box()])", None),
        ("assert copied(None) is None", 1),
        ("assert copied(True) is not False", 1),
        ("assert type(copied(xs)) is list", 1),
        ("assert copied(xs) is not a", 1),
        ("assert thing is thing and thing is not other", 1),
        ("assert thing is other", 0),
        ("assert xs is xs and np.shares_memory(a, a[1:])", 1),
    ],
)
def test_whether_two_things_are_one_is_left_open_where_only_copies_are_there(judge, test, expected):
    code = (
        "def copied(x): return x\ndef fresh(x): return list(x)\ndef part(x): return x[:]\nkept = []\n"
        "def box(): return kept\nclass Thing: pass\nthing, other = Thing(), Thing()"
    )
    assert points(judge(code, (f"import numpy as np\nxs, a = [1, 2], np.arange(3)\n{test}", 1))) == [expected]
