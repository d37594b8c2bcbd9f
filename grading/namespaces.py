"""Fresh namespaces for one submission, inside the jail that bubblewrap has built (Linux, by libc's own calls).

bubblewrap shuts the host out: no network, no files but those named. Within its jail a warmed process forks once a
submission, and each fork gets process numbers, shared memory and a scratch disk of its own, so that nothing of one
submission is left for the next: when its first process ends, the kernel ends all others and drops the disk.
"""

import ctypes
import os
import resource
import secrets
from dataclasses import dataclass

from grading import syscalls

NEW_MOUNTS, NEW_PIDS, NEW_IPC = 0x00020000, 0x20000000, 0x08000000
PRIVATE, RECURSIVE, BIND = 1 << 18, 1 << 14, 1 << 12
NO_SUID, NO_DEVICES = 2, 4
NO_NEW_PRIVILEGES, DROP_FROM_BOUND = 38, 24
LAST_CAPABILITY = 63
CAPABILITY_VERSION = 0x20080522
NOBODY = 65534
FIRST_OWN, OWN = 2**30, 2**30  # users that no machine has
SCRATCH = "/scratch"  # where a submission's files lie, and its working folder
BROKEN = 70  # how a learner's process ends that cannot read what the tester says, or answer
OPEN = "GRADING_WITHOUT_SANDBOX"  # set in the environment of a process that was told to do without all this


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    memory: address space of each of its processes, bytes.  processes: how many at a time, threads counted.
    file_size: of one file it writes, bytes.  disk: of all its files, bytes.  cpu_seconds: in all.
    cell_seconds: wall time for one cell and for each call of a test.  notebook_seconds: wall time in all.
    output_bytes: of what one cell prints and shows.
    """

    memory: int = 3 * 2**30
    processes: int = 64
    file_size: int = 64 * 2**20
    disk: int = 128 * 2**20
    cpu_seconds: int = 600
    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0
    output_bytes: int = 500_000


libc = ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def new_processes() -> None:
    """Let the next fork be the first process of new process and shared-memory namespaces."""
    _must(libc.unshare(NEW_PIDS | NEW_IPC), "unshare")


def new_disk(limits: Limits) -> None:
    """Give this process a scratch disk, an empty /tmp, and a /proc that shows only its own namespace's processes."""
    _must(libc.unshare(NEW_MOUNTS), "unshare")
    _must(libc.mount(b"none", b"/", None, PRIVATE | RECURSIVE, None), "making mounts private")
    _must(libc.mount(b"proc", b"/proc", b"proc", NO_SUID | NO_DEVICES, None), "mounting /proc")
    options = f"size={limits.disk},nr_inodes=20000,mode=1777".encode()
    shown = {name: os.open(f"/tmp/{name}", os.O_PATH) for name in os.listdir("/tmp")}  # where Python itself lies there
    for place in (SCRATCH, "/tmp", "/dev/shm"):
        _must(libc.mount(b"tmpfs", place.encode(), b"tmpfs", NO_SUID | NO_DEVICES, options), f"mounting {place}")
    for name, folder in shown.items():
        os.mkdir(f"/tmp/{name}")
        source, target = f"/proc/self/fd/{folder}".encode(), f"/tmp/{name}".encode()
        _must(libc.mount(source, target, None, BIND | RECURSIVE, None), f"showing /tmp/{name}")
        os.close(folder)


def limit(limits: Limits) -> None:
    """Set the limits the kernel holds; a process can't raise them again."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        resource.setrlimit(kind, (most, most))


def drop_privileges() -> None:
    """Become somebody that nobody else is where we are root, and give up every capability for good.

    A user of its own, because the kernel counts processes and much else by user: one submission's fork bomb would
    keep the others from starting a thread.
    """
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(DROP_FROM_BOUND, capability, 0, 0, 0)  # beyond the kernel's last one it says no
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        own = FIRST_OWN + secrets.randbelow(OWN)
        try:
            os.setresuid(own, own, own)
        except OSError:  # a container may have fewer users
            os.setresuid(NOBODY, NOBODY, NOBODY)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _must(libc.capset(header, (ctypes.c_uint32 * 6)()), "dropping capabilities")
    _must(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no_new_privs")
    syscalls.refuse(libc)
