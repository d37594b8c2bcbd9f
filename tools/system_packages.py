"""Programs that come with the system rather than with pip: where they are, and how they are installed.

Learners need none of them. The tests drive a browser (chromium), instructors grade in a sandbox (bubblewrap), and large
classes keep their gradebook in PostgreSQL.
"""

import glob
import os
import shutil
import subprocess

APT_PACKAGES = {"bubblewrap": "bubblewrap", "chromium": "chromium", "postgresql": "postgresql"}
WHAT_FOR = {
    "bubblewrap": "instructors grade submissions inside it",
    "chromium": "tests and screenshots drive it",
    "postgresql": "the gradebook of a large class can live in it",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def how_to_install(*names: str) -> str:
    """Return the line that installs these system packages."""
    return "sudo apt-get install " + " ".join(APT_PACKAGES[name] for name in sorted(set(names)))


def find(name: str) -> str | None:
    """Return the path of the program that `name` stands for, or None where it is missing or does not work."""
    return {"bubblewrap": bubblewrap, "chromium": chromium, "postgresql": postgresql}[name]()


def chromium() -> str | None:
    """Return a Chromium or Chrome."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def bubblewrap() -> str | None:
    """Return bwrap, if it can make a sandbox here: some systems and containers forbid it."""
    program = shutil.which("bwrap")
    if program is None:
        return None
    trial = [program, "--ro-bind", "/", "/", "--unshare-all", "true"]
    try:
        works = subprocess.run(trial, capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        works = False
    return program if works else None


def postgresql() -> str | None:
    """Return initdb, whose folder holds the whole server; Debian keeps that folder off the path."""
    version = "[0-9]*"
    installed = glob.glob(os.path.join("/usr/lib/postgresql", version, "bin", "initdb"))
    newest_first = sorted(installed, key=lambda path: float(path.split(os.sep)[-3]), reverse=True)
    return shutil.which("initdb") or next(iter(newest_first), None)
