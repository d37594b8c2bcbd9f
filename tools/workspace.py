"""The learner's workspace: lessons and assignments are copied there, and what the learner did there stays.

For each file the workspace remembers (in .course/delivered.json) every version the course has ever laid there. From
that, what to do with a new version follows without guessing:

    the learner's file is      the new version
    missing, never delivered   is written
    missing, was delivered     is written if the course changed it since; a file deleted on purpose stays deleted
    a version of the course    replaces it: there is nothing of the learner's in it
    such a version, only run   replaces it, after the run copy (outputs and all) was put into kept/
    anything else              is laid beside it as NAME.new-HASH.EXT, and said

No file is ever removed, and each is written whole beside its place and then renamed into it, so that an interruption
at any moment leaves old or new, never half. The same call then goes on where the other stopped.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.lock import Lock

MANIFEST = Path(".course", "delivered.json")
KEPT = "kept"
# Where each part of the course comes from and where the learner finds it.
SOURCES = (("notebooks", "notebooks"), ("assignments/release", "assignments"))


@dataclass
class Outcome:
    """What one synchronisation did; each list holds paths in the workspace, with "/"."""

    delivered: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def shipped(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield (path in the workspace, file of the course) for all that is delivered, in a fixed order."""
    for source, place in SOURCES:
        for file in sorted((root / source).rglob("*")):
            parts = file.relative_to(root / source).parts
            if file.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in parts):
                yield "/".join((place, *parts)), file


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def inputs_of(content: bytes) -> str | None:
    """Return a hash of what a person writes in a notebook, blind to what running it adds; None for another file.

    That is each cell's kind, text and attachments, in order. Outputs, execution counts and metadata are left out.
    """
    try:
        cells = json.loads(content)["cells"]
        text = [(cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}) for cell in cells]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return hash_of(json.dumps(text, sort_keys=True).encode())


def read_manifest(workspace: Path) -> dict[str, list[dict[str, str | None]]]:
    """Return path -> versions delivered, oldest first; empty where the file is missing or not ours.

    Without it every file that differs counts as the learner's, which may lay a copy too many and loses nothing.
    """
    try:
        files = json.loads((workspace / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(path): [{"bytes": v["bytes"], "inputs": v["inputs"]} for v in files[path]] for path in files}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")  # one that a killed call left behind is simply written again
    with open(draft, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def aside(path: Path, label: str, content: bytes) -> Path:
    """Return a free name of the form STEM.LABEL-HASH.EXT, or the one that holds `content` already."""
    stem, suffix = path.name[: len(path.name) - len(path.suffix)], path.suffix
    for count in ("", *(f"-{n}" for n in range(2, 10_000))):
        candidate = path.with_name(f"{stem}.{label}-{hash_of(content)[:8]}{count}{suffix}")
        if not os.path.lexists(candidate) or (candidate.is_file() and candidate.read_bytes() == content):
            return candidate
    raise FileExistsError(f"{path}: no free name beside it")


def synchronise(root: Path, workspace: Path, restore: str | None = None) -> Outcome:
    """Bring `workspace` to the course's present state; `restore` names one file to bring back in any case."""
    (workspace / MANIFEST.parent).mkdir(parents=True, exist_ok=True)
    with Lock(workspace / MANIFEST.with_name("lock")) as lock:
        # Where another call holds the lock, it is doing this very work.
        return bring_up_to_date(root, workspace, restore) if lock.held else Outcome()


def bring_up_to_date(root: Path, workspace: Path, restore: str | None) -> Outcome:
    """Do the work of `synchronise`, file by file; one that fails does not hold up the others."""
    manifest, outcome = read_manifest(workspace), Outcome()
    for path, source in shipped(root):
        versions = manifest.get(path, [])
        try:
            content = source.read_bytes()
            latest = {"bytes": hash_of(content), "inputs": inputs_of(content)}
            known = bool(versions) and versions[-1] == latest
            deliver(workspace, path, content, versions, outcome, wanted=not known or path == restore)
        except OSError as error:
            outcome.failed.append((path, error.strerror or str(error)))
            continue
        if not known:
            manifest[path] = [version for version in versions if version != latest] + [latest]
            # After each file, so that an interruption forgets nothing that was delivered.
            write(workspace / MANIFEST, json.dumps({"format": 1, "files": manifest}, indent=1).encode())
    return outcome


def deliver(
    workspace: Path, path: str, content: bytes, versions: list[dict], outcome: Outcome, *, wanted: bool
) -> None:
    """Lay one file of the course where the learner's state of it allows; `wanted`: it is news, or asked for."""
    place = workspace / path
    if not os.path.lexists(place):
        if wanted:
            write(place, content)
            (outcome.returned if versions else outcome.delivered).append(path)
        else:
            outcome.left_out.append(path)
        return
    if not wanted:
        return
    theirs = place.read_bytes() if place.is_file() and not place.is_symlink() else None
    if theirs == content:
        return
    if theirs is not None and hash_of(theirs) in {version["bytes"] for version in versions}:
        write(place, content)
        outcome.replaced.append(path)
    elif theirs is not None and inputs_of(theirs) in {version["inputs"] for version in versions} - {None}:
        copy = aside(workspace / KEPT / path, "run", theirs)
        write(copy, theirs)
        write(place, content)
        outcome.kept.append((path, copy.relative_to(workspace).as_posix()))
    else:
        copy = aside(place, "new", content)
        write(copy, content)
        outcome.beside.append((path, copy.relative_to(workspace).as_posix()))


def in_words(outcome: Outcome) -> list[str]:
    """Return the lines that tell the learner what happened; none where nothing did."""
    lines = []
    if outcome.delivered:
        lines.append(f"{len(outcome.delivered)} file(s) were copied to your workspace.")
    if outcome.replaced:
        lines.append("New versions, in place of old ones you had not changed: " + ", ".join(outcome.replaced))
    lines += [f"New version of {path}; the old one as you ran it is kept as {copy}" for path, copy in outcome.kept]
    lines += [
        f"New version of {path}; yours stays as it is, the new one is beside it: {copy}"
        for path, copy in outcome.beside
    ]
    lines += [
        f"The course changed {path}, which you had deleted: the new version is there." for path in outcome.returned
    ]
    if outcome.left_out:
        lines.append(
            "Left out, because you deleted it: " + ", ".join(outcome.left_out) + ". To bring one back:"
            " python3 course.py lab --restore " + outcome.left_out[0]
        )
    lines += [f"{path} could not be written: {reason}. The next start tries again." for path, reason in outcome.failed]
    return lines
