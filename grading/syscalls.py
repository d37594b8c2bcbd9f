"""What a learner's process may not ask the kernel for: a filter (seccomp) that it can't take off again.

Memory that belongs to no process (memory files, System V segments) escapes the limits on processes; new namespaces
would give a process rights of its own and disks without a limit; the rest is seldom needed and often broken. Numbers
are those of Linux' tables for each machine; on another machine there is no filter, and `doctor` says so.
"""

import ctypes
import errno
import platform
import struct

ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
REFUSED = {  # name: (x86_64, aarch64)
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "clone3": (435, 435),  # its flags lie in memory, where a filter can't look; libc then calls clone
}
CLONE = {"x86_64": 56, "aarch64": 220}
NEW_NAMESPACES = 0x7E020000  # clone's flags for them
MISSING = ("clone3", "memfd_create", "io_uring_setup")  # said to be missing, so that libraries do it another way
OTHER_NUMBERS = 0x40000000  # x86's second table

LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, END, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16  # offsets in what the filter is shown
SET_SECCOMP, FILTER = 22, 2


def program(machine: str) -> bytes:
    """The filter's instructions for a machine. Raises KeyError for one that is not listed."""
    place = list(ARCHITECTURE).index(machine) if machine in ARCHITECTURE else None
    if place is None:
        raise KeyError(machine)

    def step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
        return struct.pack("HBBI", code, if_so, if_not, value)

    steps = [step(LOAD, MACHINE), step(EQUAL, ARCHITECTURE[machine], 1, 0), step(ANSWER, END), step(LOAD, NUMBER)]
    steps += [step(AT_LEAST, OTHER_NUMBERS, 0, 1), step(ANSWER, ERROR | errno.ENOSYS)]
    for name, numbers in REFUSED.items():
        error = errno.ENOSYS if name in MISSING else errno.EPERM
        steps += [step(EQUAL, numbers[place], 0, 1), step(ANSWER, ERROR | error)]
    steps += [step(EQUAL, CLONE[machine], 0, 3), step(LOAD, FIRST_ARGUMENT)]
    steps += [step(ANY_BIT, NEW_NAMESPACES, 0, 1), step(ANSWER, ERROR | errno.EPERM)]
    return b"".join([*steps, step(ANSWER, ALLOW)])


def refuse(libc: ctypes.CDLL) -> None:
    """Put the filter over this process and all that come of it; its `no_new_privs` must be set."""
    try:
        steps = program(platform.machine())
    except KeyError:
        return
    held = ctypes.create_string_buffer(steps, len(steps))
    head = struct.pack("HxxxxxxP", len(steps) // 8, ctypes.addressof(held))
    libc.prctl(SET_SECCOMP, FILTER, ctypes.create_string_buffer(head, len(head)), 0, 0)
