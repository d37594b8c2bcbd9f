"""Processes of the operating system, for tests that end some of them."""

from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and all below it, outermost first."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found
