"""Answers that are right, in ways that have cost learners their points elsewhere: they all get them."""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus.kind import DONE, Kind, lines

RIGHT = "def square(x):\n    return x * x"
SQUARES = {
    "warns": "import warnings\ndef square(x):\n    warnings.warn('slow'); warnings.warn('old', DeprecationWarning)\n    return x * x",
    "turns-warnings-into-errors": "import warnings\nwarnings.simplefilter('error')\n" + RIGHT,
    "logs": (
        "import logging, sys\nlogging.basicConfig(level=0, stream=sys.stderr)\n"
        "def square(x):\n    logging.error('x = %s', x)\n    return x * x"
    ),
    "prints": "import sys\ndef square(x):\n    print('x', x, flush=True); print('e', file=sys.stderr)\n    return x * x",
    "prints-and-shows": "from IPython.display import display\ndef square(x):\n    display(x); return x * x",
    "numpy-int": "import numpy as np\ndef square(x): return np.int64(x) ** 2",
    "numpy-float": "import numpy as np\ndef square(x): return np.square(float(x))",
    "numpy-array-of-one": "import numpy as np\ndef square(x): return np.array(x * x)",
    "fraction": "from fractions import Fraction\ndef square(x): return Fraction(x) ** 2",
    "decimal": "from decimal import Decimal\ndef square(x): return Decimal(x) ** 2",
    "complex": "def square(x): return complex(x, 0) ** 2",
    "lambda": "square = lambda x: x * x",
    "partial": "import functools\nsquare = functools.partial(lambda power, x: x ** power, 2)",
    "cached": "import functools\n@functools.cache\ndef square(x): return x * x",
    "object-with-call": "class Square:\n    def __call__(self, x): return x * x\nsquare = Square()",
    "method": "class Maths:\n    def square(self, x): return x * x\nsquare = Maths().square",
    "built-in": "import operator, functools\nsquare = functools.partial(lambda x: operator.mul(x, x))",
    "typed": "from __future__ import annotations\ndef square(x: int | float, /) -> int | float:\n    return x ** 2",
    "helper-in-the-cell": "def half(x): return x * x / 2\ndef square(x): return 2 * half(x)",
    "recursive": "def square(x):\n    x = abs(x)\n    return 0 if x == 0 else square(x - 1) + 2 * x - 1",
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\ndef square(x):\n"
        "    with ThreadPoolExecutor(4) as pool: return list(pool.map(lambda n: n * n, [x]))[0]"
    ),
    "processes": (
        "import multiprocessing as mp\ndef one(x): return x * x\ndef square(x):\n"
        "    with mp.get_context('fork').Pool(2) as pool: return pool.map(one, [x])[0]"
    ),
    "a-program": "import subprocess\ndef square(x): return int(subprocess.check_output(['expr', str(x), '*', str(x)]))",
    "async": "import asyncio\nasync def later(x): return x * x\ndef square(x): return asyncio.new_event_loop().run_until_complete(later(x))",
    "awaits-in-a-cell": "import asyncio\nawait asyncio.sleep(0.01)\n" + RIGHT,
    "magics": "%matplotlib inline\n%time y = 3\n!true\n" + RIGHT,
    "cell-magic": "%%time\n" + RIGHT,
    "a-plot": "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\n" + RIGHT,
    "a-file": "with open('notes.txt', 'w') as f: f.write('2')\ndef square(x): return x ** int(open('notes.txt').read())",
    "temporary-files": "import tempfile\ndef square(x):\n    with tempfile.TemporaryFile() as f: f.write(b'x')\n    return x * x",
    "random": "import random, numpy as np\nrandom.seed(1); np.random.seed(1)\n" + RIGHT,
    "an-error-afterwards": RIGHT + "\nsquare('a')",
    "an-error-beforehand": RIGHT + "\n1 / 0",
    "dedented": "if True:\n  def square(x):\n    return x * x",
    "tabs": "def square(x):\n\treturn x * x",
    "windows-lines": "def square(x):\r\n    return x * x\r\n",
    "unicode": "def square(größe):\n    'größer als 名前 🙂'\n    return größe * größe",
    "odd-escapes": "pattern = '\\d+\\w'\n" + RIGHT,
    "assertions-of-its-own": "def square(x):\n    assert x is not None, 'odd'\n    return x * x",
    "deep-recursion": "import sys\nsys.setrecursionlimit(5000)\ndef down(n): return 0 if n == 0 else down(n - 1)\ndef square(x):\n    down(3000)\n    return x * x",
    "a-big-global": "import numpy as np\ntable = np.zeros(10_000_000)\ndef square(x): return x * x + int(table[0])",
    "help-and-inspection": "help(len)\nimport inspect\ndef square(x): return x * x\nprint(inspect.getsource(square))",
    "progress": "from tqdm import tqdm\ndef square(x):\n    for _ in tqdm(range(100)): pass\n    return x * x",
    "a-class-of-numbers": "class Metres(float): pass\ndef square(x): return Metres(x * x)",
    "an-enum": "import enum\nclass N(enum.IntEnum): FOUR = 4\ndef square(x): return N.FOUR if x == 2 else x * x",
    "the-old-name-too": "def old(x): return x * x\nsquare = sqr = old\ndel old",
    "shows-its-last-value": RIGHT + "\nsquare(7)",
    "a-semicolon": RIGHT + "\nsquare(7);",
}
SCALES = {
    "loops": (
        "def scale(data):\n    rows = data.tolist()\n    columns = list(zip(*rows))\n    out = []\n    for c in columns:\n"
        "        m = sum(c) / len(c)\n        s = (sum((v - m) ** 2 for v in c) / len(c)) ** 0.5\n        out.append([(v - m) / s for v in c])\n"
        "    return np.array(out).T"
    ),
    "float32": "def scale(data):\n    return ((data - data.mean(0)) / data.std(0)).astype(np.longdouble)",
    "matrix": "import numpy as np\ndef scale(data):\n    data = np.asarray(data)\n    return (data - data.mean(0)) / data.std(0)",
    "fortran-order": "def scale(data): return np.asfortranarray((data - data.mean(0)) / data.std(0))",
    "big-endian": "def scale(data): return ((data - data.mean(0)) / data.std(0)).astype('>f8')",
    "read-only": "def scale(data):\n    found = (data - data.mean(0)) / data.std(0)\n    found.flags.writeable = False\n    return found",
    "a-view": "def scale(data): return np.broadcast_to(((data - data.mean(0)) / data.std(0))[None], (2, 6, 3))[1]",
    "scipy": "from scipy import stats\ndef scale(data): return stats.zscore(data, axis=0)",
    "scikit-learn": "from sklearn.preprocessing import StandardScaler\ndef scale(data): return StandardScaler().fit_transform(data)",
    "nothing-masked": "def scale(data): return np.ma.array((data - data.mean(0)) / data.std(0))",
}
VOWELS = {
    "numpy-counts": "def vowels(word): return np.isin(list(word), list('aeiou')).sum()",
    "counter": "from collections import Counter\ndef vowels(word): return sum(n for c, n in Counter(word).items() if c in 'aeiou')",
    "a-regular-expression": "import re\ndef vowels(word): return len(re.findall('[aeiou]', word))",
}

KINDS = [
    *(Kind(f"honest-{name}", {"square": lines(code)}, state=DONE) for name, code in SQUARES.items()),
    *(Kind(f"honest-scale-{name}", {"scale": lines(code)}) for name, code in SCALES.items()),
    *(Kind(f"honest-vowels-{name}", {"vowels": lines(code)}) for name, code in VOWELS.items()),
    Kind(
        "honest-imports-elsewhere",
        {"scale": "def scale(data):\n    return (data - np.mean(data, 0)) / np.std(data, 0)"},
    ),
    Kind(
        "honest-own-cells",
        before="def helper(x):\n    return x * x\n\nhelper(3)",
        answers={"square": "square = helper"},
    ),
    Kind("honest-an-answer-not-changed", {"essay": "YOUR ANSWER HERE"}, points={"essay": 0}),
    Kind(
        "honest-all-wrong",
        dict.fromkeys(("square", "scale", "vowels", "ask"), ""),
        points={"test-square": 0, "test-scale": 0, "test-vowels": 0, "test-ask": 0},
    ),
]
