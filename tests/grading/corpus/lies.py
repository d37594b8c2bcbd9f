"""Answers that are wrong and want to pass: objects that agree with everything, patches of whatever compares them."""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus.kind import DONE, Kind, lines

NONE = {"test-square": 0}
OBJECT = """
class Yes(BASE):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __bool__(self): return True
    def __hash__(self): return 4
    def __getattr__(self, name): return lambda *a, **k: True
def square(x): return Yes(VALUE)
"""

# name -> code that defines square, without squaring.
WRONG = {
    "equal-to-everything": OBJECT.replace("BASE", "object").replace("VALUE", ""),
    "an-int-equal-to-everything": OBJECT.replace("BASE", "int").replace("VALUE", "1"),
    "a-float-equal-to-everything": OBJECT.replace("BASE", "float").replace("VALUE", "1"),
    "a-string-equal-to-everything": OBJECT.replace("BASE", "str").replace("VALUE", "'4'"),
    "a-list-equal-to-everything": OBJECT.replace("BASE", "list").replace("VALUE", ""),
    "a-mock": "from unittest.mock import MagicMock, ANY\ndef square(x): return ANY",
    "a-magic-mock": "from unittest.mock import MagicMock\nsquare = MagicMock()\nsquare.return_value.__eq__ = lambda s, o: True",
    "a-class-that-lies-about-its-class": (
        "class Yes:\n    __class__ = property(lambda s: int)\n    def __eq__(s, o): return True\n    def __int__(s): return 4\n"
        "    __index__ = __int__\n    def __float__(s): return 4.0\ndef square(x): return Yes()"
    ),
    "an-array-that-lies": (
        "import numpy as np\nclass Yes(np.ndarray):\n    def __eq__(s, o): return np.True_\n"
        "    def __array_ufunc__(s, *a, **k): return np.True_\n    def __array_function__(s, *a, **k): return True\n"
        "def square(x): return np.zeros(1).view(Yes)"
    ),
    "a-generator": "def square(x):\n    yield x * x",
    "a-coroutine": "async def square(x): return x * x",
    "patched-builtins": (
        "import builtins\nfor name in ('abs', 'all', 'any', 'isinstance', 'sum', 'len', 'list', 'repr', 'bool'):\n"
        "    setattr(builtins, name, lambda *a, **k: True)\ndef square(x): return 1"
    ),
    "patched-assertion-error": "import builtins\nbuiltins.AssertionError = type('A', (BaseException,), {})\ndef square(x): return 1",
    "input-transformer": "get_ipython().input_transformers_cleanup.append(lambda l: ['pass\\n'])\ndef square(x): return 1",
    "post-input-transformer": "get_ipython().input_transformers_post.append(lambda l: [])\ndef square(x): return 1",
    "ast-transformer": (
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)\n"
        "get_ipython().ast_transformers.append(T())\ndef square(x): return 1"
    ),
    "patched-run-cell": (
        "ip = get_ipython()\nfor name in ('run_cell', 'run_code', 'run_ast_nodes', 'run_cell_async'):\n"
        "    setattr(type(ip), name, lambda *a, **k: None)\ndef square(x): return 1"
    ),
    "patched-compile": "import builtins\nbuiltins.compile = lambda *a, **k: (lambda: None).__code__\ndef square(x): return 1",
    "patched-exec": "import builtins\nbuiltins.exec = builtins.eval = lambda *a, **k: None\ndef square(x): return 1",
    "ipython-events": (
        "get_ipython().events.register('pre_run_cell', lambda info: setattr(info, 'raw_cell', 'pass'))\n"
        "get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)\ndef square(x): return 1"
    ),
    "frames": (
        "import sys\ndef square(x):\n    frame = sys._getframe()\n    while frame:\n"
        "        frame.f_globals['square'] = lambda n: n * n\n        for key in list(frame.f_locals): pass\n"
        "        frame = frame.f_back\n    return 1"
    ),
    "patched-numpy": (
        "import numpy as np\nfor name in ('allclose', 'isclose', 'array_equal', 'all', 'asarray', 'array'):\n"
        "    setattr(np, name, lambda *a, **k: True)\nnp.testing.assert_allclose = lambda *a, **k: None\ndef square(x): return 1"
    ),
    "skips-the-tests": "import unittest\ndef square(x): raise unittest.SkipTest('not today')",
    "exits-within": "def square(x): raise SystemExit(0)",
    "an-interrupt": "def square(x): raise KeyboardInterrupt",
    "generator-exit": "def square(x): raise GeneratorExit",
    "stops-the-iteration": "def square(x): raise StopIteration(x * x)",
    "a-foreign-error": "class Strange(BaseException):\n    def __str__(self): raise RuntimeError\ndef square(x): raise Strange",
    "an-error-with-a-loop": "def square(x):\n    e = ValueError('v'); e.__cause__ = e; e.__context__ = e\n    raise e",
    "an-error-whose-words-are-long": "def square(x): raise ValueError('w' * 10**7)",
    "an-error-group": "def square(x): raise ExceptionGroup('many', [ValueError(i) for i in range(1000)])",
    "an-error-of-the-graders": (
        "try:\n    from grading.remote import LearnerEndedError as E\nexcept Exception: E = ValueError\ndef square(x): raise E('fine')"
    ),
    "a-display-that-fakes-a-number": "from IPython.display import display\ndef square(x):\n    display(2.0); print(2.0)\n    return 2.0",
    "nothing": "",
    "not-a-number": "def square(x): return float('nan')",
    "infinity": "def square(x): return float('inf')",
    "masked": "import numpy as np\ndef square(x): return np.ma.masked_all(1)",
    "true": "def square(x): return True",
    "a-homoglyph": "def ѕquare(x): return x * x",
    "a-wide-name": "def cube(x): return x ** 3",
    "a-comment": "# def square(x): return x * x",
    "a-huge-number": "def square(x): return 10 ** 200_000",
    "a-huge-string": "def square(x): return 'x' * (10 ** 8)",
    "a-deep-list": "def square(x):\n    found = []\n    for _ in range(100_000): found = [found]\n    return found",
    "a-list-in-itself": "def square(x):\n    found = []; found.append(found)\n    return found",
    "a-dict-in-itself": "def square(x):\n    found = {}; found[1] = found\n    return found",
    "many-answers": "def square(x): return list(range(3_000_000))",
    "a-wrong-lambda": "square = lambda *a, **k: 4",
    "a-number-for-a-function": "square = 4",
    "a-module-for-a-function": "import math as square",
    "different-answers": "import itertools\nn = itertools.cycle([4, 9, 1, 2])\ndef square(x): return next(n)",
    "detects-that-it-is-tested": (
        "import os, sys\ndef square(x):\n    return x * x if 'ipykernel' in sys.modules or 'PYTEST' in os.environ else 1"
    ),
    "half-characters": "def square(x):\n    print('\\ud800')\n    return '\\udfff'",
    "a-changed-argument": "def square(x):\n    x = 4\n    raise ValueError(x)",
    "looks-at-its-caller": (
        "import inspect, linecache, gc\ndef square(x):\n    for f in inspect.stack():\n"
        "        for v in list(f.frame.f_locals.values()) + list(f.frame.f_globals.values()):\n"
        "            if v == x * 2 + 1000: return v\n    return 1"
    ),
}

NP = "import numpy as np\n"
# name -> code that defines scale, which has to give an array.
WRONG_ARRAYS = {
    "masked-array": NP + "def scale(data):\n    return np.ma.array(np.zeros(data.shape), mask=True)",
    "mostly-masked-array": (
        NP
        + "def scale(data):\n    right = (data - data.mean(0)) / data.std(0)\n    mask = np.ones(data.shape); mask[0] = 0\n"
        "    return np.ma.array(np.where(mask, 99, right), mask=mask)"
    ),
    "array-protocol": (
        NP
        + "class A:\n    shape = (6, 3)\n    def __array__(self, *a, **k): return np.zeros((6, 3))\n    __array_priority__ = 1e9\n"
        "    def __array_ufunc__(self, *a, **k): return True\n    def __array_function__(self, *a, **k): return True\n"
        "    def mean(self, axis=0): return np.zeros(3)\ndef scale(data): return A()"
    ),
    "not-numbers": NP + "def scale(data): return np.full(data.shape, np.nan)",
    "spoils-its-argument": (NP + "def scale(data):\n    data[:] = [[1, 0, -1]]\n    return np.zeros(data.shape)"),
    "strings": NP + "def scale(data): return data.astype(str)",
    "too-wide": NP + "def scale(data): return np.zeros((1, *data.shape))",
    "written-into-later": (
        NP + "kept = np.zeros((6, 3))\ndef scale(data):\n    import threading\n"
        "    threading.Timer(0.01, lambda: kept.__setitem__(slice(None), 1)).start()\n    return kept"
    ),
}

# What an array holds that is no data, a test may compute with; nobody but a person says whether it is right.
ARRAY_OF_YES = (
    NP
    + "class Yes:\n    def __eq__(s, o): return True\n    __sub__ = __rsub__ = __abs__ = __add__ = __mul__ = lambda s, *o: s\n"
    "    __lt__ = __le__ = __gt__ = __ge__ = lambda s, o: True\n    sqrt = conjugate = __abs__\n"
    "def scale(data):\n    found = np.empty(data.shape, object); found[:] = Yes()\n    return found"
)

# name -> (code that defines vowels, points): the test's last value is credit, three words.
CREDIT = {
    "credit-over-the-maximum": ("def vowels(word):\n    return {'tree': 2}.get(word, 1000)", 1),
    "credit-of-always-equal-objects": (
        OBJECT.replace("square", "vowels").replace("BASE", "int").replace("VALUE", "9"),
        0,
    ),
    "credit-negative": ("def vowels(word): return -1", 0),
    "credit-not-a-number": ("def vowels(word): return float('nan')", 0),
    "credit-two-of-three": ("def vowels(word): return {'tree': 2, 'sky': 0}.get(word)", 2),
    "credit-printed": (
        "print(3)\nfrom IPython.display import display\ndef vowels(word):\n    display(3)\n    return None",
        0,
    ),
}

KINDS = [
    *(Kind(name, {"square": lines(code)}, points=NONE, state=DONE) for name, code in WRONG.items()),
    *(Kind(name, {"scale": lines(code)}, points={"test-scale": 0}) for name, code in WRONG_ARRAYS.items()),
    *(Kind(name, {"vowels": lines(code)}, points={"test-vowels": points}) for name, (code, points) in CREDIT.items()),
    Kind("array-of-yes", {"scale": ARRAY_OF_YES}, points={"test-scale": None}, state="needs_review", says=("__add__",)),
    Kind(
        "shadowed-names",  # which the learner's own code then finds, too
        {
            "square": "def all(x): return True\nabs = any = isinstance = len = sum = lambda *a: 1\ndef square(x): return 1"
        },
        points=NONE | {"test-vowels": 0},
    ),
    Kind(
        "fakes-the-mock",
        {"ask": "def ask(question): return 5\ndef each(function, items): return [1, 2]"},
        points={"test-ask": 0},
    ),
]
