"""Is what the course's own solution fails left to a person, and nothing else?"""

import nbformat
import pytest

from grading.course import Course
from grading.engine import Run, print_summary
from tests.grading.test_engine import scores
from tests.grading.test_plugin import SWITCHED_ON, nbgrader

pytestmark = pytest.mark.needs("bubblewrap")

# The learner's code draws from a generator of its own process, which a test cannot set from here.
SEEDED = "import random\nrandom.seed(3)\none = square(2)\nrandom.seed(3)\nassert one == random.random()"
DRAWN = "import random\ndef square(x):\n    return random.random()"
ROOT = "def root(x):\n    return x ** 0.5"
# A person has to look at that too.
ODD = "class Three:\n    def __float__(self): return 3.0\ndef root(x): return Three()"
FULL, NONE, OPEN = (1, False), (0, False), (None, True)


@pytest.fixture
def seeded(make_course, generate):
    """A course of which one test cannot be run apart. change: text of cells in the source, by id."""
    root, hand_in = make_course
    file = root / "source" / "squares" / "squares.ipynb"

    def make(**change):
        notebook = nbformat.read(file, 4)
        for cell in notebook.cells:
            cell.source = {"square": DRAWN, "test-square": SEEDED, **change}.get(cell.id, cell.source)
        nbformat.write(notebook, file)
        generate(root)
        hand_in("ann", {"square": DRAWN, "root": ROOT})
        hand_in("cem", {"square": DRAWN, "root": ODD})
        hand_in("ben", {"square": "def square(x):\n    import random\n    return random.Random(3).random()"})
        return root

    return make


def of(root, item):
    return {student: found[item] for student, found in scores(root).items()}


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_who_fails_where_the_own_solution_does_is_left_to_a_person(seeded, engine, capsys):
    if engine == "dask":
        pytest.importorskip("distributed")
    root = seeded()
    summary = Run(Course.at(root), "squares").autograde(workers=1, engine=engine, progress=None)
    assert of(root, "test-square") == {"ann": OPEN, "ben": (2, False), "cem": OPEN}
    assert of(root, "test-root") == {"ann": FULL, "ben": NONE, "cem": OPEN}
    assert summary.counts == {"needs_review": 2, "graded": 1}
    print_summary(summary)
    assert "The course's own solution gets 0 of 2 points in test-square" in capsys.readouterr().out
    rows = {row.student: row for row in Run(Course.at(root), "squares").ledger.all("squares")}
    (open_item,) = [item for item in rows["ann"].outcome.notebooks[0].items if item.review]
    assert (open_item.name, open_item.message, open_item.causes) == ("test-square", "", [])


def test_nbgraders_own_verbs_leave_it_open_too(seeded):
    root = seeded()
    with open(root / "nbgrader_config.py", "a") as file:
        file.write(SWITCHED_ON)
    nbgrader(root, "autograde", "squares")
    assert of(root, "test-square") == {"ann": OPEN, "ben": (2, False), "cem": OPEN}
    assert of(root, "test-root") == {"ann": FULL, "ben": NONE, "cem": OPEN}


def test_a_source_without_a_solution_says_nothing(seeded):
    """Where the instructor keeps the solutions elsewhere, the stub that stands there fails every test."""
    stub = "# YOUR CODE HERE\nraise NotImplementedError()"
    root = seeded(square=stub, root=stub)
    summary = Run(Course.at(root), "squares").autograde(workers=1, progress=None)
    assert summary.doubts == {}
    assert of(root, "test-square") == {"ann": NONE, "ben": (2, False), "cem": NONE}
