"""A jail: one warmed process under bubblewrap, without network, environment or files but those it needs."""

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from grading import namespaces, orphans
from grading.channel import Channel

SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin")
SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime", "/etc/nsswitch.conf")
ROOM = Path(__file__).resolve().parent.parent
# One thread for linear algebra: submissions run side by side, and a process with threads cannot be forked safely.
ENVIRONMENT = {
    "HOME": namespaces.SCRATCH,
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MPLCONFIGDIR": f"{namespaces.SCRATCH}/.matplotlib",
    "IPYTHONDIR": f"{namespaces.SCRATCH}/.ipython",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "NBGRADER_EXECUTION": "autograde",
}


class NoSandboxError(RuntimeError):
    """There is no bubblewrap here, or it cannot build a jail; the text says what to do."""


@dataclass(frozen=True)
class View:
    """What a jail shows of the host, read-only. shown: files and folders.  hidden: parts of those that are left out.

    shared: folders that can be written to from both sides.
    """

    shown: tuple[Path, ...] = ()
    hidden: tuple[Path, ...] = ()
    shared: tuple[Path, ...] = ()


def python() -> str:
    """The running Python by a path that holds in the jail too, where a folder that it went up from is not there."""
    place = Path(sys.executable)
    return str(place.parent.resolve() / place.name)


def python_folders() -> list[Path]:
    """Where the running Python and its packages lie, outside the system's own folders."""
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    executable = Path(python())
    places |= {str(executable.parent.parent), str(executable.resolve().parent.parent)}
    found = sorted(
        {Path(place).resolve() for place in places if os.path.isdir(place)} | {Path(os.path.normpath(sys.prefix))}
    )
    outer = [p for p in found if not any(p != other and p.is_relative_to(other) for other in found)]
    return [p for p in outer if not any(p.is_relative_to(s) for s in SYSTEM)]


def command(view: View, inside: list[str], keep_admin: bool) -> list[str]:
    """The bubblewrap command line. keep_admin: the process may make namespaces of its own (and gives that up later)."""
    tool = shutil.which("bwrap")
    if tool is None:
        raise NoSandboxError("bubblewrap is not installed. On Debian or Ubuntu: sudo apt install bubblewrap")
    line = [tool, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    line += ["--die-with-parent", "--new-session", "--clearenv", "--hostname", orphans.HOSTNAME, "--cap-drop", "ALL"]
    if os.getuid() != 0:
        line += ["--unshare-user"]
    if keep_admin:
        for name in ("SYS_ADMIN", "SETPCAP") + (("SETUID", "SETGID", "KILL") if os.getuid() == 0 else ()):
            line += ["--cap-add", f"CAP_{name}"]
    for place in SYSTEM:
        line += ["--symlink", os.readlink(place), place] if os.path.islink(place) else ["--ro-bind-try", place, place]
    for place in SETTINGS:
        line += ["--ro-bind-try", place, place]
    line += ["--proc", "/proc", "--dev", "/dev", "--perms", "0755", "--tmpfs", "/tmp"]
    line += ["--tmpfs", namespaces.SCRATCH]
    shown = [part for place in [*python_folders(), *view.shown] for part in _without(place, view.hidden)]
    for parent in sorted({parent for place in shown for parent in place.parents} - {Path("/"), Path("/tmp")}):
        line += ["--perms", "0755", "--dir", str(parent)]  # bubblewrap's own would be closed to nobody
    for place in shown:
        line += ["--ro-bind", str(place), str(place)]
    for place in view.shared:
        line += ["--bind", str(place), str(place)]
    # The jail's own root belongs to whoever grades: what one submission could write there, the next could read.
    line += ["--remount-ro", "/dev", "--remount-ro", "/"]
    for name, value in ENVIRONMENT.items():
        line += ["--setenv", name, value]
    return [*line, "--chdir", "/", *inside]


def check_readable(view: View) -> None:
    """Where root grades, learners' code runs as nobody, who must be able to read what it is shown.

    Raises NoSandboxError, which names the first file that is closed.
    """
    for place in view.shown if os.getuid() == 0 else ():
        for file in [place, *place.rglob("*")]:
            wanted = 0o005 if file.is_dir() else 0o004
            if file not in view.hidden and file.stat().st_mode & wanted != wanted:
                raise NoSandboxError(f"{file} cannot be read by others, so not in the sandbox: chmod -R a+rX {place}")


def _without(place: Path, hidden: tuple[Path, ...]) -> list[Path]:
    """What to show so that all of `place` is seen but the hidden parts, which are then simply not there."""
    if place in hidden:
        return []
    if not any(other.is_relative_to(place) for other in hidden):
        return [place]
    return [part for child in sorted(place.iterdir()) for part in _without(child, hidden)]


class Jail:
    """A running jail. channel: the connection to its warmed process.

    core: the processor that all in it keep to once it is warm; None: any.  open: no jail at all, just the process.
    """

    def __init__(
        self,
        role: str,
        modules: list[str],
        view: View,
        extra: tuple[socket.socket, ...] = (),
        *,
        core: int | None = None,
        open: bool = False,
    ) -> None:
        if not open:
            check_readable(view)
        here, there = socket.socketpair()
        fds = (there.fileno(), *(end.fileno() for end in extra))
        order = [",".join(map(str, fds)), role, ",".join(modules), "" if core is None else str(core)]
        inside = [python(), "-P", "-m", "grading.zygote", *order]
        line = inside if open else command(view, inside, keep_admin=role == "learner")
        surroundings = os.environ | ENVIRONMENT | {namespaces.OPEN: "1", "HOME": "/tmp"} if open else None
        self.process = subprocess.Popen(line, pass_fds=fds, stdin=subprocess.DEVNULL, env=surroundings)
        there.close()
        self.channel = Channel(here)

    def close(self) -> None:
        """End everything in the jail."""
        self.channel.close()  # an open process ends by itself when it finds this
        if not self.process.args[0].endswith("bwrap"):
            self.process.wait()
            return
        self.process.kill()
        self.process.wait()
        orphans.end()  # it may have been about to start
