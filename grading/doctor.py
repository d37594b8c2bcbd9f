"""Is this machine fit for grading? Tries to break out of the jail, and refuses to grade where a try succeeds.

Each attempt is a cell of learner code, run exactly as a submission's would be. It reports what it found by the value of
`escaped`; the tester, which it cannot reach, reads that.
"""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from grading import obstacles
from grading.jail import NoSandboxError
from grading.namespaces import Limits
from grading.tester import Cell
from grading.worker import Plan, Worker, WorkerFailedError

SLOW = 3  # the last of the attempts: processes, disk, a cell without an end
HELLO = "print('hello')\nworked = 6 * 7"
LIMITS = Limits(cell_seconds=5.0, notebook_seconds=120.0, memory=2**30, processes=40)

BROKEN = (
    "The jail could be built, but nothing could be graded in it. If it names a file, do what it says; else see "
    "docs/instructors.md, 'When the sandbox cannot be built'."
)
OPEN = "Grade on another machine until this holds, and tell the course's maintainers: this is an error of the sandbox."


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. held: is it as it should be?"""

    what: str
    held: bool
    why: str = ""


def examine(plan: Plan | None = None, *, quick: bool = False) -> Iterator[Finding]:
    """Look at everything grading rests on; plan: of the course, for what it shows and hides.

    quick: without the attempts that take seconds; for the look before each run.
    """
    if shutil.which("bwrap") is None:
        yield Finding("bubblewrap is installed", False, "On Debian or Ubuntu: sudo apt install bubblewrap")
        return
    yield Finding("bubblewrap is installed", True)
    if why := obstacles.obstacle():
        yield Finding("a jail can be built", False, why)
        return
    with _bait() as (secrets, port):
        base = plan or Plan()
        worker = Worker(Plan((), base.hidden, base.shown, LIMITS))  # nobody escapes by a warmed module
        try:
            attempts = list(escapes(secrets, port, base).items())
            # For the quick look one learner makes all attempts: the jail is the same, and made once.
            yield from _attempts(worker, [attempts[:-SLOW]] if quick else [[one] for one in attempts])
        except (NoSandboxError, WorkerFailedError, OSError, TimeoutError) as error:
            yield Finding("a jail can be built", False, f"{str(error).rstrip('.')}. {BROKEN}")
        finally:
            worker.close()


def _attempts(worker: Worker, submissions: list[list[tuple[str, str]]]) -> Iterator[Finding]:
    """Of each submission its attempts: what must not be possible, and code that tries."""
    first = worker.grade([Cell("hello", "learner", HELLO), Cell("test", "test", "assert worked == 42", 1.0)], {})
    yield Finding("a cell runs in the jail, and a test sees what it made", first.cells[1].points == 1.0)
    worker.grade([Cell("leave", "learner", LEAVE)], {})
    for attempts in submissions:
        cells = [cell for number, (_, code) in enumerate(attempts) for cell in _cells(number, code)]
        done = worker.grade(cells, {}).cells
        for (what, _), tried, test in zip(attempts, done[::2], done[1::2], strict=True):
            failed = [verdict.message for verdict in test.verdicts if not verdict.passed]
            ended = bool(tried.reason) and len(attempts) == 1  # by itself: among others it may not have been run at all
            held = test.points == 1.0 or ended
            got = failed[0] if failed else "what exactly is unknown"
            yield Finding(what, held, "" if held else f"it could ({got}). {OPEN}")


def _cells(number: int, code: str) -> list[Cell]:
    return [
        Cell(f"try {number}", "learner", "escaped = 'the attempt did not run'\n" + code),
        Cell(f"test {number}", "test", "assert escaped == '', escaped", 1.0),
    ]


LEAVE = """
import subprocess
for place in ("/tmp/left", "left", "/dev/shm/left", "/left", "/etc/left", "/dev/left", "/scratch/left"):
    try:
        open(place, "w").write("x")
    except OSError:
        pass
subprocess.Popen(["sleep", "600"], start_new_session=True)
"""


def escapes(secrets: Path, port: int, plan: Plan) -> dict[str, str]:
    """What learner code must not be able to do -> code that tries; it leaves in `escaped` what it got hold of."""
    folder = str(secrets)
    hidden = [str(place) for place in plan.hidden]
    return {
        "learner code reads no file of the host": _trying(
            f"for name in ({folder!r} + '/secret', '/etc/shadow', '/etc/hostname', '/etc/passwd'):\n"
            "    attempt(lambda: found.append(open(name).read()[:20]))"
        ),
        "learner code writes no file of the host": _trying(
            f"for name in ({folder!r} + '/x', '/usr/x', '/etc/x', '/x', '/dev/x', sys.prefix + '/x'):\n"
            "    attempt(lambda: found.append(open(name, 'w').name))"
        ),
        "learner code has no network": _trying(
            f"attempt(lambda: found.append(str(socket.create_connection(('127.0.0.1', {port}), 2))))\n"
            "others = [name for _, name in socket.if_nameindex() if name != 'lo']\nfound.extend(others)"
        ),
        "learner code sees nothing of the environment": _trying(
            "found.extend(name for name in os.environ if name.startswith('GRADING_BAIT'))"
        ),
        "learner code sees no process but its own": _trying(
            "found.extend(p for p in os.listdir('/proc') if p.isdigit() and int(p) not in (os.getpid(),))"
        ),
        "learner code signals no process but its own": _trying(
            "for pid in range(2, 400):\n    attempt(lambda: found.append(os.kill(pid, 0) or str(pid)))"
        ),
        "learner code finds nothing of another submission": _trying(
            "for place in ('/tmp', '.', '/dev/shm', '/', '/etc', '/dev', '/scratch'):\n"
            "    found.extend(name for name in [place + '/left'] if os.path.exists(name))"
        ),
        "learner code has no privileges": _trying(
            "lib = ctypes.CDLL(None)\n"
            "if lib.unshare(0x20000) == 0: found.append('unshare')\n"
            "if lib.mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0: found.append('mount')\n"
            "if os.getuid() == 0: found.append('root')\n"
            "attempt(lambda: found.append(os.setuid(0) or 'setuid'))"
        ),
        "learner code cannot trace another process": _trying(
            "lib = ctypes.CDLL(None, use_errno=True)\n"
            "for pid in range(2, 60):\n    if lib.ptrace(16, pid, None, None) == 0: found.append(str(pid))"
        ),
        "learner code sees no solutions": _trying(
            f"found.extend(place for place in {hidden!r} if os.path.exists(place))"
        ),
        "learner code gets no memory that belongs to no process, and no namespace of its own": _trying(
            "lib = ctypes.CDLL(None)\n"
            "attempt(lambda: found.append(f'memory file {os.memfd_create(\"x\")}'))\n"
            "if lib.shmget(0, ctypes.c_size_t(2**20), 0o1600) >= 0: found.append('shared segment')\n"
            "if lib.unshare(0x10000000) == 0: found.append('user namespace')"
        ),
        "memory is limited": _trying("attempt(lambda: found.append(str(len(bytearray(2**31)))))"),
        "processes are limited": _trying(
            "children = []\n"
            "for _ in range(200):\n"
            "    pid = attempt(os.fork)\n"
            "    if pid == 0:\n        time.sleep(30); os._exit(0)\n"
            "    if not isinstance(pid, int): break\n"
            "    children.append(pid)\n"
            "if len(children) > 100: found.append(f'{len(children)} processes')"
        ),
        "disk space is limited": _trying(
            "total = 0\n"
            "def fill():\n"
            "    global total\n"
            "    for number in range(10):\n"
            "        with open(f'fill{number}', 'wb') as file:\n"
            "            for _ in range(32): total += file.write(bytes(2**20))\n"
            "attempt(fill)\n"
            "if total > 2**28: found.append(f'{total} bytes')"
        ),
        "a cell that never ends is ended": "escaped = 'still here'\nwhile True: pass",
    }


def _trying(code: str) -> str:
    """Code that gathers in `found`; errors mean that the door was shut."""
    body = "\n".join("    " + line for line in code.splitlines())
    return (
        "import ctypes, os, socket, sys, time\nfound = []\n"
        "def attempt(f):\n    try:\n        return f()\n    except BaseException:\n        return None\n"
        f"try:\n{body}\nexcept BaseException:\n    pass\n"
        "escaped = ', '.join(map(str, found))"
    )


@contextmanager
def _bait() -> Iterator[tuple[Path, int]]:
    """Something worth stealing: a file that anyone could read, an open port, a variable of the environment."""
    with TemporaryDirectory(prefix="grading-doctor-") as name, socket.create_server(("127.0.0.1", 0)) as server:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "secret").write_text("secret")
        os.environ["GRADING_BAIT"] = "secret"
        threading.Thread(target=_accept, args=(server,), daemon=True).start()
        try:
            yield folder, server.getsockname()[1]
        finally:
            os.environ.pop("GRADING_BAIT", None)


def _accept(server: socket.socket) -> None:
    with suppress(OSError):
        while True:
            server.accept()[0].close()
