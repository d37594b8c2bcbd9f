"""The course directory of nbgrader: run its commands from this folder.

    cd assignments
    nbgrader generate_assignment 03_one_neuron

Hand-written: source/.  Generated from it and committed: release/.  Made while grading and ignored by git: submitted/,
autograded/, feedback/ and gradebook.db.  Where the exchange lies depends on the machine: nbgrader's own default holds
until the instructor sets c.Exchange.root, here or in the nbgrader_config.py of Jupyter's configuration folder.
"""

import logging
import os
import sysconfig
from pathlib import Path

c = get_config()  # noqa: F821 - traitlets puts it there when it reads this file

c.CourseDirectory.course_id = "neurons-to-networks"
# Folders and gradebook stay beside this file, wherever a command or the formgrader was started.
c.CourseDirectory.root = str(Path(__file__).resolve().parent)

# nbgrader makes a new gradebook by calling `alembic` by name: let it be found where the environment is not activated.
os.environ["PATH"] = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")

# release/ is committed, so it is there already at the first call: without this, nbgrader would skip the assignment and
# never enter it into the gradebook. That it replaces what it made itself is no news, and is not reported as a warning.
c.GenerateAssignment.force = True
logging.getLogger("GenerateAssignmentApp").addFilter(lambda record: "Removing existing" not in str(record.msg))

# What a learner finds where the solution stood.
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("Replace this line with your own code")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# A cell that does not end is stopped and costs its own points; the rest of the notebook goes on. The check's message
# says which function it was; this one stands below it, and alone where the cell was no check.
SECONDS = 60
STOPPED = (
    f"This cell was stopped because it had not ended after {SECONDS} seconds. "
    "Look for a loop whose condition never becomes false."
)
c.Execute.timeout = SECONDS
c.Execute.interrupt_on_timeout = True
c.Execute.error_on_timeout = {"ename": "CellTimeoutError", "evalue": STOPPED, "traceback": [STOPPED]}

# `python -m grading autograde NAME` (see README.md): what learners' code may read while it is graded. The course's own
# network and the checks of this and later assignments are hidden from it, but for what the notebook itself imports.
HELPERS = Path(__file__).resolve().parent.parent / "helpers"
ANSWERS = ("activations", "costs", "evaluation", "layers", "network", "optimizers", "regularization", "training")
c.Grading.shown = [str(HELPERS)]
c.Grading.hidden = {"*": [*(str(HELPERS / f"{name}.py") for name in ANSWERS), str(HELPERS / "brain")]}
for folder in Path(__file__).resolve().parent.glob("source/[0-9][0-9]_*"):
    files = HELPERS.glob("checks/a[0-9][0-9]_*.py")
    c.Grading.hidden[folder.name] = [str(file) for file in files if file.name[1:3] >= folder.name[:2]]
    if folder.name == "04_computation_graphs":
        c.Grading.hidden[folder.name].append(str(HELPERS / "gradient_check.py"))
