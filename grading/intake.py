"""Taking in a submission: only plain files, within limits, kept as they came; and reading its notebooks.

What comes from a learner's folder may be a link, a pipe, a device, a terabyte of holes or no notebook at all.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.utils import parse_utc

from grading.text import quiet, whole

MOST_FILES = 500
MOST_BYTES = 100 * 2**20
LARGEST_NOTEBOOK = 20 * 2**20
MOST_CELLS = 2000
DEEPEST = 8  # folders below the submission's own
LEFT_OUT = {".ipynb_checkpoints", "__pycache__", ".git"}
CONFLICT = "<<<<<<<"


class InvalidSubmissionError(ValueError):
    """Nothing can be graded; the text tells the learner why and what to do."""


@dataclass
class Submission:
    """files: path within the folder -> bytes.  time: when it was handed in (UTC).  flags: what was odd, in words.

    other: path -> what it is, of what lies there with a notebook's name and is no plain file.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    time: datetime | None = None
    flags: list[str] = field(default_factory=list)
    other: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A fingerprint of all files; the same for the same submission."""
        found = hashlib.sha256()
        for name in sorted(self.files):
            found.update(f"{name}\0{len(self.files[name])}\0".encode("utf-8", "surrogateescape"))
            found.update(self.files[name])
        return found.hexdigest()


def take(folder: Path) -> Submission:
    """Read a learner's folder without following or opening what is no plain file.

    Raises InvalidSubmissionError where it is too large, holds too many files, or is no folder.
    """
    result = Submission()
    total = 0
    for name, descriptor in _plain_files(folder, result.flags):
        with os.fdopen(descriptor, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            total += size
            if len(result.files) >= MOST_FILES or total > MOST_BYTES:
                raise InvalidSubmissionError(
                    f"The submission holds more than {MOST_FILES} files or {MOST_BYTES // 2**20} MB. "
                    "Hand in the notebook and what it needs, nothing else."
                )
            result.files[name] = file.read(size)
    result.other = _no_files(folder)
    result.time = _time(result, folder)
    return result


def keep(submission: Submission, store: Path) -> Path:
    """Write an attempt into the store, where it stays; the same attempt twice is one. Returns its folder."""
    final = kept(store, submission.digest)
    if final.is_dir():
        return final
    working = store / ".unfinished"  # one left by a run that was killed is replaced
    shutil.rmtree(working, ignore_errors=True)
    for name, data in submission.files.items():
        place = working / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    working.mkdir(parents=True, exist_ok=True)
    working.rename(final)
    return final


def kept(store: Path, digest: str) -> Path:
    """Where in the store an attempt lies, or would."""
    return store / digest[:16]


def notebook(submission: Submission, name: str, others: set[str]) -> nbformat.NotebookNode:
    """The submission's notebook NAME.ipynb; recovered where nothing is lost by it, with a flag.

    others: names of the assignment's other notebooks.
    Raises InvalidSubmissionError with what the learner should do.
    """
    file = f"{name}.ipynb"
    data = submission.files.get(file)
    if data is None:
        file, data = _renamed(submission, name, others)
    if len(data) > LARGEST_NOTEBOOK:
        raise InvalidSubmissionError(
            f"{file} is larger than {LARGEST_NOTEBOOK // 2**20} MB. Clear its outputs (Edit, Clear Outputs of All "
            "Cells) and hand it in again."
        )
    found = _parsed(data, file, submission.flags)
    if len(found.cells) > MOST_CELLS:
        raise InvalidSubmissionError(f"{file} has more than {MOST_CELLS} cells. Hand in the assignment's own notebook.")
    return found


def _plain_files(folder: Path, flags: list[str], within: str = "", depth: int = 0) -> Iterator[tuple[str, int]]:
    """(path within the folder, open file descriptor) of plain files, in order."""
    try:
        here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        if depth:
            raise
        raise InvalidSubmissionError("The submission is no folder. Hand it in again.") from None
    try:
        for name in sorted(os.listdir(here)):
            inside = f"{within}{name}"
            try:
                about = os.stat(name, dir_fd=here, follow_symlinks=False)
                if stat.S_ISDIR(about.st_mode):
                    if name not in LEFT_OUT and depth < DEEPEST:
                        yield from _plain_files(folder / name, flags, f"{inside}/", depth + 1)
                elif not stat.S_ISREG(about.st_mode):
                    flags.append(f"{_shown(inside)} is no plain file and was left out.")
                elif inside != whole(inside):
                    flags.append(f"{_shown(inside)} has a name that is no text and was left out.")
                else:
                    yield inside, os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
            except OSError as error:
                flags.append(f"{_shown(inside)} could not be read ({error.strerror}) and was left out.")
    finally:
        os.close(here)


def _no_files(folder: Path) -> dict[str, str]:
    """What has a notebook's name and is none: name -> what it is."""
    found = {}
    for path in sorted(folder.glob("*.ipynb"))[:MOST_FILES]:
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            continue
        if stat.S_ISLNK(mode):
            found[path.name] = "a link"
        elif stat.S_ISDIR(mode):
            found[path.name] = "a folder"
        elif not stat.S_ISREG(mode):
            found[path.name] = "a pipe or a device"
    return found


def _shown(name: str) -> str:
    return quiet(name, 100)


def _time(submission: Submission, folder: Path) -> datetime:
    """When it was handed in: what timestamp.txt says, else the time of the newest file, with a flag."""
    text = submission.files.get("timestamp.txt", b"")[:200].decode("utf-8", "replace").strip()
    if text:
        try:
            found = parse_utc(text)
            if found.year > 1980:
                return found
        except Exception:  # whatever a parser of dates makes of a learner's words
            pass
        submission.flags.append("The time in timestamp.txt cannot be read; the time of the newest file is used.")
    times = [os.lstat(folder / name).st_mtime for name in submission.files] or [os.lstat(folder).st_mtime]
    newest = min(max(times), time.time())  # a file from the future was handed in by now
    return datetime.fromtimestamp(max(newest, 0), UTC).replace(tzinfo=None, microsecond=0)


def _renamed(submission: Submission, name: str, others: set[str]) -> tuple[str, bytes]:
    known = {f"{other}.ipynb" for other in others}
    found = [file for file in submission.files if file.lower().endswith(".ipynb") and file not in known]
    if not found and (what := submission.other.get(f"{name}.ipynb")):
        raise InvalidSubmissionError(
            f"{name}.ipynb is {what}, not a notebook. Hand in the file itself, under this name."
        )
    if not found:
        raise InvalidSubmissionError(f"There is no {name}.ipynb among what you handed in. Hand in the notebook again.")
    alike = [file for file in found if name.lower() in Path(file).stem.lower()]
    if len(found) > 1 and len(alike) != 1:
        raise InvalidSubmissionError(
            f"There is no {name}.ipynb, and several others: {', '.join(sorted(map(_shown, found))[:5])}. "
            f"Name the one that counts {name}.ipynb and hand it in again."
        )
    file = (alike or found)[0]
    submission.flags.append(f"{_shown(file)} was taken for {name}.ipynb.")
    return file, submission.files[file]


def _parsed(data: bytes, file: str, flags: list[str]) -> nbformat.NotebookNode:
    text = _text(data, file, flags)
    if not text.strip():
        raise InvalidSubmissionError(f"{file} is empty. Save your notebook and hand it in again.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        if CONFLICT in text:
            raise InvalidSubmissionError(
                f"{file} holds the marks of a merge ({CONFLICT}), and only you know which side is right. "
                "Resolve the conflict, open the notebook once to see that it works, and hand it in again."
            ) from None
        raise InvalidSubmissionError(
            f"{file} cannot be read as a notebook; it may have been cut off. Open it in JupyterLab, save it, "
            "and hand it in again."
        ) from None
    if not isinstance(content, dict):
        raise InvalidSubmissionError(f"{file} is no notebook. Hand in the assignment's own notebook.")
    return _as_version_4(content, file, flags)


def _text(data: bytes, file: str, flags: list[str]) -> str:
    encoding = json.detect_encoding(data)
    if encoding != "utf-8" and data.strip(b"\0"):
        flags.append(f"{file} was saved as {encoding.upper()}.")
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        flags.append(f"{file} holds bytes that are no UTF-8; they were replaced.")
        return data.decode("utf-8", "replace")


def _as_version_4(content: dict, file: str, flags: list[str]) -> nbformat.NotebookNode:
    """Any version of the format, or something near it, as version 4 with well-formed cells."""
    if content.get("nbformat") == 3 or "worksheets" in content:
        try:
            found = nbformat.convert(nbformat.reads(json.dumps(content | {"nbformat": 3}), as_version=3), 4)
        except Exception:  # a converter trusts what it reads
            raise InvalidSubmissionError(f"{file} is an old notebook that cannot be converted. Save it anew.") from None
        flags.append(f"{file} was in the notebook format 3.")
        content = json.loads(json.dumps(found))
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise InvalidSubmissionError(f"{file} has no cells. Hand in the assignment's own notebook.")
    clean = [_cell(cell, number) for number, cell in enumerate(cells) if isinstance(cell, dict)]
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": clean})


def _cell(cell: dict, number: int) -> dict:
    """What counts of a cell, in its right types."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    about = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    kind = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown", "raw") else "raw"
    name = cell.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[\w-]{1,64}", name, re.ASCII):
        name = f"given-{number}"
    form = {"id": name, "cell_type": kind, "source": whole(source) if isinstance(source, str) else "", "metadata": {}}
    if isinstance(about.get("nbgrader"), dict):
        form["metadata"]["nbgrader"] = {"grade_id": about["nbgrader"].get("grade_id")}
    return form | ({"outputs": [], "execution_count": None} if kind == "code" else {})
