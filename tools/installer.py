"""Running pip and uv: what they show while they work, and what their failures mean."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import trouble
from tools.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent
ALMOST_NOTHING = 10_000_000  # bytes; one package can need more

# What pip and uv write when nothing answers; each was seen from a real failure.
NO_ANSWER = re.compile(
    r"connection broken by|Failed to establish a new connection|NewConnectionError|ProxyError|ConnectTimeout"
    r"|ReadTimeout|Name or service not known|Temporary failure in name resolution|getaddrinfo failed"
    r"|nodename nor servname|Network is unreachable|Connection refused|Connection reset|dns error|tcp connect error"
    r"|error sending request|client error \(Connect\)|operation timed out",
    re.IGNORECASE,
)
NOT_TRUSTED = re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|invalid peer certificate|SSLError")
DISK_FULL = re.compile(r"No space left on device|Errno 28|not enough space on the disk|os error 28|os error 112")
NOT_OFFERED = re.compile(
    r"No matching distribution found for (\S+)|Could not find a version that satisfies .*? (\S+==\S+)"
)
NOT_WRITABLE = re.compile(r"(?:Permission denied|Read-only file system)(?:: '([^']+)')?")


class NothingChanged(Trouble):
    """A failure before the first package was touched: what was installed before still is."""


def clean_environment() -> dict[str, str]:
    """Return the environment without what would make the course's Python look for packages elsewhere."""
    misleading = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in misleading}


class Progress:
    """Shows how far an installer is in one line: rewritten in place on a terminal, now and then elsewhere.

    It reads what pip prints without a terminal; a pip that prints something else costs the progress, nothing more.
    """

    def __init__(self, total: int) -> None:
        self.total, self.count, self.terminal = total, 0, sys.stdout.isatty()

    def see(self, line: str) -> None:
        """Take in one line of the installer's."""
        first, _, rest = line.strip().partition(" ")
        if first in ("Collecting", "Processing"):  # what is there already is named many times over, and not counted
            self.count += 1
            self.show(os.path.basename(rest.split(" (")[0]), often=False)
        elif first == "Downloading":  # followed by the file and, in brackets, its size
            self.show(os.path.basename(rest), often=False)
        elif first == "Ignoring":  # a pin for another platform or Python
            self.total -= 1
        elif line.startswith("Installing collected packages"):
            self.show("all fetched; unpacking them, a minute or so", often=True)
        elif "Retrying (" in line:
            self.show("no answer yet, trying again", often=True)

    def show(self, text: str, *, often: bool) -> None:
        """Print the line, unless it goes to a file and says nothing new."""
        line = f"  {self.count:>3} of {self.total}  {text}"
        if self.terminal:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + line[:width].ljust(width), end="", flush=True)
        elif often or self.count % 20 == 1:
            print(line, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self.terminal and self.count:
            print(flush=True)


def run(command: list[str], what_failed: str, total: int = 0) -> None:
    """Run an installer; show progress through `total` packages; raise its failure as a sentence."""
    settings = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        env=clean_environment() | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # what we hold locked stays locked until the installer has ended, whatever becomes of us
    )
    said, progress = [], Progress(total)
    try:
        for line in process.stdout or []:
            said.append(line)
            if total:
                progress.see(line)
            elif line.startswith(("Resolved ", "Downloading ", "Prepared ", "Installed ")):  # uv's own words
                print("  " + line.strip(), flush=True)
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        progress.end()
    if code != 0:
        raise explained("".join(said), what_failed, ended_by_itself=code > 0)


def explained(errors: str, what_failed: str, *, ended_by_itself: bool) -> Trouble:
    """Return the trouble that an installer's output speaks of."""
    kind = NothingChanged if ended_by_itself else Trouble
    # Python's venv module keeps to itself what stopped it, so the disk is asked as well.
    if DISK_FULL.search(errors) or shutil.disk_usage(ROOT).free < ALMOST_NOTHING:
        return Trouble(trouble.DISK_FULL.format(root=ROOT, temporary=tempfile.gettempdir()))
    if NOT_TRUSTED.search(errors):
        return kind(trouble.BAD_CERTIFICATE)
    if NO_ANSWER.search(errors):
        return kind(trouble.NO_NETWORK)
    missing = NOT_OFFERED.search(errors)
    if missing:
        return kind(trouble.NOT_OFFERED.format(what=missing[1] or missing[2]))
    denied = NOT_WRITABLE.search(errors)
    if denied:
        return Trouble(trouble.NOT_WRITABLE.format(place=denied[1] or "the course's folder", reason=denied[0]))
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    last_words = [line for line in lines if line.lower().startswith("error")][-3:] or lines[-3:]
    said = "\n".join("    " + line for line in last_words) or "    (nothing)"
    return Trouble(f"{what_failed}. What the installer said:\n{said}\nRun the same command again to retry.")


def packages(python: str, requirements: Path, *, with_pip: bool = False) -> None:
    """Install the pins of one file; uv where it is there and allowed, pip otherwise or where uv fails."""
    what_failed = "The packages could not be installed"
    total = sum("==" in line for line in requirements.read_text(encoding="utf-8").splitlines())
    uv = None if with_pip else shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--python", python, "--compile-bytecode", "--requirement", str(requirements)]
        try:
            return run(command, what_failed)
        except Trouble:  # uv reads no pip configuration: where packages come from a mirror, only pip finds them
            print("uv did not manage; trying pip.", flush=True)
    command = [python, "-m", "pip", "install", "--no-warn-script-location", "--requirement", str(requirements)]
    return run(command, what_failed, total)


def project(python: str, root: Path) -> None:
    """Install the course itself so that `import helpers` reads this folder; works without a network."""
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(root)]
    try:
        run(command, "The course itself could not be installed")
    except Trouble as trouble_met:  # pip builds first and only then replaces: the packages are as they were
        raise NothingChanged(str(trouble_met)) from None


def differences(python: str, requirements: Path) -> list[str]:
    """Ask an environment's own Python which pins it does not fulfil."""
    script = str(Path(__file__).with_name("packages.py"))
    answer = subprocess.run([python, "-I", script, str(requirements)], capture_output=True, text=True, check=False)
    if answer.returncode not in (0, 1) or answer.stderr:
        return ["the packages cannot be listed: " + (answer.stderr.strip().splitlines() or ["no word"])[-1]]
    return answer.stdout.splitlines()


def check(python: str, requirements: Path) -> None:
    """Raise unless every pin is fulfilled."""
    lines = differences(python, requirements)
    if lines:
        raise Trouble(
            "The installation is not complete: " + "; ".join(lines) + ". Run the same command again to retry."
        )
