"""Are the names found that code binds, reads and imports?"""

import ast

from grading import names

CODE = """
import numpy as np, os.path
from math import pi as circle
a = b[0] = 1
x: int = 2
def f(y):
    inner = y + outside
for i in range(3):
    total += i
with open(p) as file:
    pass
try:
    pass
except ValueError as error:
    pass
class C(Base):
    field = 1
values = [hidden for hidden in a]
(n := 5)
"""


def test_binds():
    assert names.binds(ast.parse(CODE)) == {
        *("np", "os", "circle", "a", "x", "f", "i", "total", "file", "error", "C", "values", "n"),
    }


def test_reads():
    assert {"b", "outside", "range", "total", "open", "p", "Base", "a"} <= names.reads(ast.parse(CODE))


def test_imports():
    assert names.imports(ast.parse(CODE)) == {"numpy", "os.path", "math", "math.pi"}
