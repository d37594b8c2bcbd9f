"""The warmed process of a jail: it has imported what notebooks import, and forks once for each submission.

`python -m grading.zygote FDS ROLE MODULES CORE` serves the first of the sockets FDS until it closes. It never runs
learner code itself. CORE, where it is not empty: the processor that it and all its forks keep to.

ROLE learner: each message asks for one learner's process; the answer, its number, carries two sockets. Over the first
the process is spoken to (learner.py). The second is the lease: closing it ends the process and everything it started,
and when the process ends by itself, a message on the lease says how.
ROLE tester: each message is a job; a fork works on it (tester.py) and its answer is the result. The second socket of
FDS leads to the learners' jail.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import resource
import select
import signal
import socket
import sys
import tempfile
from pathlib import Path

from grading import namespaces
from grading.channel import Channel, ChannelClosedError
from grading.namespaces import Limits

GUARD_SECONDS = 0.1  # how often the guard measures the memory of all of a submission's processes


def main() -> None:
    """Warm up, then serve."""
    control, *others = (socket.socket(fileno=int(number)) for number in sys.argv[1].split(","))
    role, modules, core = sys.argv[2], sys.argv[3].split(",") if sys.argv[3] else [], sys.argv[4]
    sys.argv[:] = [""]
    from grading.learner import make_shell

    shell = make_shell()  # before the modules: Matplotlib's inline backend looks for it when it is imported
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if "matplotlib.pyplot" in sys.modules:
        draw_something()
    gc.collect()
    gc.freeze()  # a fork's collections need not look at what was there before it, and so copy its pages
    if core:
        with contextlib.suppress(OSError):  # taken away since
            os.sched_setaffinity(0, {int(core)})
    if role == "learner":
        serve_learners(control, shell)
    else:
        from grading import tester

        tester.serve(control, *others, shell)


def draw_something() -> None:
    """So that fonts are found and drawing and showing are loaded once, and not in each fork that draws."""
    from matplotlib.figure import Figure

    with contextlib.suppress(Exception):
        for name in ("matplotlib_inline.backend_inline", "IPython.core.pylabtools"):  # loaded by the first figure shown
            importlib.import_module(name)
        figure = Figure(layout="constrained")
        ax = figure.subplots()
        ax.set(title="A title", xlabel="$x_1$", ylabel="y")
        ax.contour([[0, 1], [1, 2]])  # has a library of its own
        figure.savefig(io.BytesIO(), format="png")


def serve_learners(control: socket.socket, shell: object) -> None:
    """Fork a guard, and that one a learner's process, for each message."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # guards are not waited for
    channel = Channel(control)
    channel.send(b"ready")
    while True:
        try:
            order = json.loads(channel.receive())
        except ChannelClosedError:
            return
        here, there = socket.socketpair()
        lease, lease_there = socket.socketpair()
        if os.fork() == 0:
            try:
                for end in (control, there, lease_there):
                    end.close()
                guard(here, lease, Limits(**order["limits"]), order["files"], shell)
            finally:
                os._exit(0)
        socket.send_fds(control, [order["number"].encode()], [there.fileno(), lease_there.fileno()])
        for end in (here, lease, there, lease_there):
            end.close()


def guard(data: socket.socket, lease: socket.socket, limits: Limits, files: dict, shell: object) -> None:
    """Start the learner's process and end it when the lease ends; report how it ended, and what it used."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    shut = namespaces.OPEN not in os.environ
    if shut:
        namespaces.new_processes()
    child = os.fork()
    if child == 0:
        lease.close()
        try:
            become_learner(data, limits, files, shell, shut)
        finally:
            os._exit(namespaces.BROKEN)
    data.close()
    ended, reason = os.pidfd_open(child), ""
    while True:
        ready, _, _ = select.select([ended, lease], [], [], GUARD_SECONDS)
        if ended in ready:
            break
        if lease in ready:  # nobody writes to it: the tester has closed it
            reason = "closed"
            break
        if shut and memory_of(child) > limits.memory:
            reason = "memory"
            break
    if not shut:
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)  # it is ours until we wait for it, ended or not
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    told = {"code": code, "reason": reason, "seconds": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}
    with contextlib.suppress(OSError):
        lease.sendall(json.dumps(told).encode())


def become_learner(data: socket.socket, limits: Limits, files: dict, shell: object, shut: bool) -> None:
    """The first process of its namespaces: shut in, with the submission's files around it."""
    from grading.learner import Learner

    keep = data.fileno()
    os.closerange(3, keep)
    os.closerange(keep + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0] if keep < 4096 else keep + 2)
    os.setsid()
    if shut:
        nowhere = os.open(os.devnull, os.O_WRONLY)  # what passes Python's own streams by is not for the grader's screen
        os.dup2(nowhere, 1), os.dup2(nowhere, 2), os.close(nowhere)
    scratch = namespaces.SCRATCH if shut else tempfile.mkdtemp(prefix="grading-")
    if shut:
        namespaces.new_disk(limits)
        namespaces.drop_privileges()
        namespaces.limit(limits)
    os.chdir(scratch)
    os.umask(0o077)
    for name, text in files.items():
        with contextlib.suppress(OSError):  # too large for the limits, or in another's way
            path = Path(scratch, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes.fromhex(text))
    sys.path.insert(0, scratch)
    Learner(Channel(data), shell, limits.output_bytes).serve()


def memory_of(first: int) -> int:
    """Bytes in use by a process and all that come of it; what they share with this one, the warmed memory, once."""
    page = resource.getpagesize()
    shared = _pages(os.getpid())
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                parent = Path("/proc", entry, "stat").read_bytes().rpartition(b")")[2].split()[1]  # any name is theirs
                children.setdefault(int(parent), []).append(int(entry))
    total, waiting = shared, [first]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        total += max(0, _pages(process) - shared)
    return total * page


def _pages(process: int) -> int:
    try:
        return int(Path("/proc", str(process), "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
