"""Why a jail cannot be built here, and what to do about it, in a sentence each."""

import re
import subprocess
from pathlib import Path

from grading import jail
from grading.jail import View

KEPT = "To keep it over a restart, write the same into a file in /etc/sysctl.d/."
# Settings of Linux that forbid namespaces to ordinary users: file -> (the value that forbids, what to do).
SETTINGS = {
    "/proc/sys/kernel/unprivileged_userns_clone": (
        "0",
        f"This Linux lets only root make namespaces. Allow it: sudo sysctl kernel.unprivileged_userns_clone=1. {KEPT}",
    ),
    "/proc/sys/user/max_user_namespaces": (
        "0",
        f"The number of user namespaces is set to none. Allow some: sudo sysctl user.max_user_namespaces=10000. {KEPT}",
    ),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "AppArmor takes the rights in a namespace away (Ubuntu does since 23.10). Allow them: sudo sysctl "
        f"kernel.apparmor_restrict_unprivileged_userns=0. {KEPT}",
    ),
}
# What bubblewrap says -> what to do.
SAID = (
    (
        r"execvp .*(No such file|Permission denied)",
        "The jail does not see this Python. It may lie in somebody's closed home: make the environment anew from a "
        "Python that everybody can read, such as /usr/bin/python3.",
    ),
    (
        r"Can't mount proc|mount.*proc",
        "This seems to be a container that hides parts of /proc. Grade on the host or in a virtual machine, or start "
        "the container with --security-opt seccomp=unconfined --security-opt systempaths=unconfined.",
    ),
    (
        r"namespace|uid map|Operation not permitted|Permission denied",
        "Making namespaces is not allowed here; in a container that is the rule. Grade on the host or in a virtual "
        "machine, or start the container with --security-opt seccomp=unconfined.",
    ),
    (
        r"Unknown option",
        "This bubblewrap is too old: version 0.5 or later is needed. Install a newer one: sudo apt install bubblewrap",
    ),
    (r"", "See docs/instructors.md, 'When the sandbox cannot be built'."),
)


def obstacle() -> str:
    """What keeps a jail from being built, with the remedy; empty where one can be built."""
    line = jail.command(View(), [jail.python(), "-c", ""], keep_admin=True)
    tried = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if tried.returncode == 0:
        return ""
    said = (tried.stderr.strip().splitlines() or [f"it ended with {tried.returncode}"])[-1]
    return f"{said}. {remedy(said, _settings())}"


def remedy(said: str, settings: dict[str, str]) -> str:
    """The sentence that helps. said: by bubblewrap.  settings: file -> value, of those in SETTINGS that are there."""
    if re.search(SAID[0][0], said) is None:
        for file, (forbids, sentence) in SETTINGS.items():
            if settings.get(file) == forbids:
                return sentence
    return next(sentence for pattern, sentence in SAID if re.search(pattern, said))


def _settings() -> dict[str, str]:
    return {file: Path(file).read_text().strip() for file in SETTINGS if Path(file).is_file()}
