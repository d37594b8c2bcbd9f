"""The way into the course: `python3 course.py lab`, `test` or `doctor`. It needs Python 3.11 and nothing else.

lab     JupyterLab on the lessons; --no-browser, --port N, --ip A, --workspace DIR, --restore FILE; after -- Lab's own
test    all tests, on all cores; takes whatever pytest takes, and --slow for the long statistical ones
doctor  what works here and what does not

The first call makes the folder .venv and installs the course there; later calls start at once and need no network.
The rest of the code lives in tools/. This file keeps to words that the oldest Python reads, so that every Python
gets as far as the sentence about its age.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "This course needs Python 3.11 or later, and this one (%s) is Python %d.%d. Install a newer Python and call it"
        " by its name, for example: python3.11 course.py lab"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )

ROOT = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, ROOT)

from tools import environment, lab  # noqa: E402
from tools.trouble import Trouble, in_words  # noqa: E402


def run_lab(arguments):
    """Prepare environment and workspace, then become JupyterLab."""
    options = lab.parse(arguments)
    lab.check(ROOT, options)
    python = environment.ensure(ROOT)
    environment.hand_over(python, *lab.prepare(ROOT, python, options))


def run_tests(arguments):
    """Prepare the environment with what the tests use, then become pytest."""
    python = environment.ensure(ROOT, tests=True)
    os.chdir(ROOT)
    # Everything at once takes all cores; what shares something slow to make stays with one, see tests/conftest.py.
    spread = [] if set(arguments) - {"--slow"} else ["-n", "auto", "--dist", "loadgroup", "--no-loadscope-reorder"]
    # Then each process multiplies on one core: where threads of several wait for one another, small products take
    # fifty times as long, and lessons run into their time limit.
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"} if spread else {}
    environment.hand_over(python, ["-m", "pytest"] + spread + arguments, threads)


def run_doctor(arguments):
    """Print one line for each thing looked at; exit 1 where a learner could not work."""
    from tools import doctor  # here, because the start of Lab should not wait for it

    sys.exit(doctor.main(ROOT, arguments))


def main(arguments):
    """Run the command named first; turn what a newcomer may meet into a sentence."""
    commands = {"lab": run_lab, "test": run_tests, "doctor": run_doctor}
    if not arguments or arguments[0] not in commands:
        asked_for_help = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        (sys.stdout if asked_for_help else sys.stderr).write(__doc__)
        sys.exit(0 if asked_for_help else 2)
    try:
        commands[arguments[0]](arguments[1:])
    except Trouble as trouble:
        sys.exit("\n%s" % trouble)
    except OSError as error:
        sys.exit("\n%s" % in_words(error, ROOT))
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from here whenever you like.")


if __name__ == "__main__":
    main(sys.argv[1:])
