"""Examines a learner's file in another process, with limits of time; in this one where no other can be had."""

import contextlib
import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.checks import kept

# One step is an import or one check, most of which take less than a tenth of a second. All of it stays below the 30
# seconds that nbgrader gives a cell.
START_SECONDS, STEP_SECONDS, TOTAL_SECONDS = 15.0, 5.0, 20.0

alone = False  # True in a process of its own, which a learner's code may end


def examine(path: Path, name: str, names: Sequence[str]) -> kept.Examination:
    """What the functions `names` of the file are worth, as exercises of assignment `name`."""
    key = f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    remembered = kept.remembered.get(key)
    if kept.is_loading() and remembered and set(names) <= set(remembered.verdicts):
        return remembered
    examination = kept.Examination()
    if alone:
        _follow(examination, iter(kept.steps(path, name, names)))
    else:
        _examine_apart(examination, path, name, list(names))
    kept.remembered[key] = examination
    return examination


def _follow(examination: kept.Examination, happened: Iterator[dict]) -> str | None:
    """Take in what happens; the step at which it broke off, or None if it came to its end."""
    step = "start"
    for event in happened:
        step = event.get("step", step)
        if "problem" in event:
            examination.problem = event["problem"]
            return None
        if "verdict" in event:
            verdict = {key: event[key] for key in ("right", "reason", "missing") if key in event}
            examination.verdicts[event["verdict"]] = kept.Verdict(**verdict)
        if "remembered" in event:
            for key, verdicts in event["remembered"].items():
                found = {name: kept.Verdict(**verdict) for name, verdict in verdicts.items()}
                kept.remembered.setdefault(key, kept.Examination(verdicts=found))
            return None
    return step


def _examine_apart(examination: kept.Examination, path: Path, name: str, names: list[str]) -> None:
    """Start again after a function that ended the process or did not end, with those after it."""
    end = time.monotonic() + TOTAL_SECONDS
    while names:
        reading = _Process(path, name, names, end)
        if not reading.started:
            _follow(examination, iter(kept.steps(path, name, names)))
            return
        try:
            step = _follow(examination, iter(reading))
        finally:
            reading.stop()
        if step is None:
            return
        reason = kept.sentence("no-end" if reading.timed_out else "ends-python", seconds=f"{STEP_SECONDS:g}")
        if step not in names:
            examination.problem = reason
            return
        examination.verdicts[step] = kept.Verdict(False, reason)
        names = names[names.index(step) + 1 :]


class _Process:
    """The events of an examination in another process, each within its time."""

    def __init__(self, path: Path, name: str, names: Sequence[str], end: float) -> None:
        self.end, self.timed_out = end, False
        self.lines: queue.Queue[str] = queue.Queue()
        paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, "-m", "helpers.checks.examine", str(path.resolve()), name, *names]
        try:
            self.process = subprocess.Popen(
                command,
                cwd=path.resolve().parent,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError:
            self.started = False
            return
        self.started = True
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        with self.process.stdout, contextlib.suppress(ValueError, OSError):
            for line in self.process.stdout:
                self.lines.put(line)
        self.lines.put("")

    def __iter__(self) -> Iterator[dict]:
        seconds = START_SECONDS
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, min(seconds, self.end - time.monotonic())))
            except queue.Empty:
                self.timed_out = True
                return
            if not line:
                return
            seconds = STEP_SECONDS
            yield json.loads(line)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        self.reader.join(timeout=1)
