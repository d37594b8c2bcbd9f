"""Whichever process of a worker another hand kills, and whenever: does it cost the learner no point?"""

import os
import signal
import threading
import time

import pytest

from benchmarks.grading import family
from grading.tester import Cell
from grading.worker import Plan, Worker

pytestmark = pytest.mark.needs("bubblewrap")

CELLS = [
    Cell("before", "learner", "import time\ntime.sleep(0.4)"),
    Cell("square", "learner", "def square(x):\n    time.sleep(0.4)\n    return x * x"),
    Cell("first", "test", "assert square(2) == 4", 1),
    Cell("second", "test", "import time\ntime.sleep(0.4)\nassert square(3) == 9", 2),
    Cell("after", "learner", "time.sleep(0.4)"),
]


@pytest.fixture(scope="module")
def worker():
    found = Worker(Plan())
    yield found
    found.close()


@pytest.mark.parametrize("delay", [0.2, 0.6, 1.0])
@pytest.mark.parametrize("place", [0, -2, -1], ids=["the jail", "next to last", "innermost"])
@pytest.mark.parametrize("jail", [0, 1], ids=["learners", "tester"])
def test_what_another_hand_kills_costs_no_point(worker, jail, place, delay):
    worker.close()
    worker._start()
    victims = worker.processes

    def kill():
        time.sleep(delay)
        os.kill(family([victims[jail]])[place], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    result = worker.grade(CELLS, {})
    killer.join()
    assert [(one.name, one.points, one.reason, one.review) for one in result.cells] == [
        ("before", None, "", ""),
        ("square", None, "", ""),
        ("first", 1, "", ""),
        ("second", 2, "", ""),
        ("after", None, "", ""),
    ]
