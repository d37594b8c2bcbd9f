"""Files that tests and learners' code leave for each other, though each side has a folder of its own.

A test may write a file that the learner's function is to read, or read one that it wrote. What the instructor put
there is never replaced. From the learner's side only texts come over, by their endings too: a test that would unpickle
a file must not be handed a learner's pickle.
"""

import contextlib
import os
from pathlib import Path

from grading.text import whole

MOST_FILES = 100  # in a folder; where there are more, none is passed on
MOST_BYTES = 4 * 2**20  # at a time
MOST_TAKEN = 32 * 2**20  # of a learner's, in all
TEXTS = (".txt", ".csv", ".tsv", ".json", ".jsonl", ".md", ".html", ".xml", ".log", ".dat", ".svg")


class Folder:
    """One side's folder. own: names that the other side may not write."""

    def __init__(self, place: Path, own: frozenset[str] = frozenset()) -> None:
        self.place, self._own, self._room = place, own, MOST_TAKEN
        self._start = self._known = self._look()

    def restart(self) -> None:
        """The other side is new and has only what there was at the start."""
        self._known = self._start

    def changes(self) -> dict[str, bytes]:
        """Files that are new or changed since the other side was told of them last."""
        now = self._look()
        changed = [name for name, mark in now.items() if self._known.get(name) != mark]
        self._known = now
        return self._read(changed)

    def take(self, files: object, texts_only: bool) -> None:
        """Write what the other side has changed. Nothing about it is believed."""
        if not files or not isinstance(files, dict):
            return
        for name, data in files.items():
            if isinstance(data, bytes) and self._may_come(name, data, texts_only):
                with contextlib.suppress(OSError):
                    self.place.joinpath(name).write_bytes(data)
        self._known = self._known | {name: mark for name, mark in self._look().items() if name in files}

    def _may_come(self, name: object, data: bytes, texts_only: bool) -> bool:
        if not isinstance(name, str) or name != whole(name, 100) or name != os.path.basename(name):
            return False
        if name in self._own or name.startswith(".") or not name:
            return False
        if not texts_only:
            return True
        self._room -= len(data)
        return self._room >= 0 and name.endswith(TEXTS) and _is_text(data)

    def _look(self) -> dict[str, tuple[int, int]]:
        """Name -> when it was changed and its size, of plain files."""
        found = {}
        with contextlib.suppress(OSError), os.scandir(self.place) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    about = entry.stat(follow_symlinks=False)
                    found[entry.name] = (about.st_mtime_ns, about.st_size)
                if len(found) > MOST_FILES:
                    return {}
        return found

    def _read(self, names: list[str]) -> dict[str, bytes]:
        found, left = {}, MOST_BYTES
        for name in names:
            try:
                with open(self.place / name, "rb") as file:
                    data = file.read(left + 1)
            except OSError:
                continue
            left -= len(data)
            if left < 0:
                break
            found[name] = data
        return found


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False
