"""Folders and files that are broken, renamed, in another form, or no files at all."""
# ruff: noqa: E501 - pieces of code as learners write them

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.grading.corpus.kind import DONE, Kind

FLAGGED, INVALID = "graded_with_flags", "invalid"
NOTHING = dict.fromkeys(("test-square", "test-scale", "test-vowels", "test-ask", "proof", "essay"), 0)
BOOK = "odds.ipynb"


def written(content: bytes | str) -> Callable[[Path], None]:
    """The notebook's file holds this instead."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / BOOK).write_bytes(data)


def changed(change: Callable[[str], bytes | str]) -> Callable[[Path], None]:
    """The notebook's text, changed."""

    def damage(folder: Path) -> None:
        found = change((folder / BOOK).read_text())
        (folder / BOOK).write_bytes(found if isinstance(found, bytes) else found.encode())

    return damage


def bent(change: Callable[[dict], object]) -> Callable[[Path], None]:
    """The notebook's content, changed in place or replaced."""

    def damage(folder: Path) -> None:
        content = json.loads((folder / BOOK).read_text())
        found = change(content)
        (folder / BOOK).write_text(json.dumps(found if isinstance(found, dict) else content))

    return damage


def renamed(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / BOOK).rename(folder / name)


def stamped(text: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / "timestamp.txt").write_bytes(text)


def format_3(content: dict) -> dict:
    cells = []
    for cell in content["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"], "source": cell["source"]}
        if cell["cell_type"] == "code":
            old |= {"input": old.pop("source"), "outputs": [], "language": "python", "collapsed": False}
        cells.append(old)
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


def conflict(text: str) -> str:
    half = len(text) // 2
    return f"{text[:half]}\n<<<<<<< HEAD\n{text[half:]}\n=======\n{text[half:]}\n>>>>>>> theirs\n"


def link_to(target: str, name: str = BOOK) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return damage


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "data.csv")
    os.mkfifo(folder / "more.ipynb")


def fifo_for_the_notebook(folder: Path) -> None:
    (folder / BOOK).unlink()
    os.mkfifo(folder / BOOK)


def folder_for_the_notebook(folder: Path) -> None:
    (folder / BOOK).rename(folder / "mine.ipynb")
    (folder / BOOK).mkdir()
    (folder / BOOK / "x").write_text("x")


def folder_in_the_way(folder: Path) -> None:
    for name in ("timestamp.txt", "data.csv", ".grading", "odds.html"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()
        (folder / name / "x").write_text("x")


def sparse(folder: Path) -> None:
    with open(folder / "huge.dat", "wb") as file:
        file.truncate(2**40)


def many_files(folder: Path) -> None:
    for number in range(600):
        (folder / f"{number}.txt").touch()


def deep_folders(folder: Path) -> None:
    place = folder.joinpath(*["d"] * 60)
    place.mkdir(parents=True)
    (place / "x").write_text("x")


def odd_file_names(folder: Path) -> None:
    for name in (
        "a b.txt",
        "\x1b[31mred.txt",
        "<script>alert(1)</script>.txt".replace("/", ""),
        "ü名.txt",
        "-rf",
        "%s{0}.txt",
    ):
        (folder / name).write_text("x")
    with open(os.fsencode(folder) + b"/half-\xff\xfe.txt", "w") as file:
        file.write("x")


def archive(names: dict[str, bytes]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in names.items():
                file.writestr(name, data)
        (folder / "more.zip").write_bytes(packed.getvalue())

    return damage


def archive_alone(folder: Path) -> None:
    archive({BOOK: (folder / BOOK).read_bytes()})(folder)
    (folder / BOOK).unlink()


def device(folder: Path) -> None:
    try:
        os.mknod(folder / "zero", 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(folder / "zero")


def unreadable(folder: Path) -> None:
    (folder / "closed.txt").write_text("x")
    (folder / "closed.txt").chmod(0)


def odd_times(folder: Path) -> None:
    (folder / "timestamp.txt").unlink()
    os.utime(folder / BOOK, (2**40, 2**40))


def locked_folder(folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed").chmod(0)


RECOVERED = {
    "utf-16": changed(lambda text: text.encode("utf-16")),
    "utf-16-without-a-mark": changed(lambda text: text.encode("utf-16-le")),
    "utf-8-with-a-mark": changed(lambda text: b"\xef\xbb\xbf" + text.encode()),
    "latin-1": changed(lambda text: text.replace("A square", "É square").encode("latin-1")),
    "old-format": bent(format_3),
    "renamed": renamed("odds (1).ipynb"),
    "renamed-with-another-ending": renamed("odds.IPYNB"),
    "renamed-to-anything": renamed("final FINAL.ipynb"),
    "a-link-beside-it": link_to("/etc/passwd", "data.csv"),
    "a-link-to-a-folder": link_to("/", "data"),
    "a-link-to-itself": link_to("loop", "loop"),
    "pipes": fifo,
    "a-device": device,
    "a-folder-of-the-same-name": folder_for_the_notebook,
    "time-in-words": stamped(b"yesterday at noon"),
    "time-of-bytes": stamped(b"\xff\xfe\x00\x01"),
    "time-far-off": stamped(b"99999-99-99 99:99:99 UTC"),
    "time-before-time": stamped(b"0000-00-00 00:00:00"),
    "time-of-many-digits": stamped(b"9" * 100_000),
}
UNHARMED = {
    "format-of-the-future": bent(lambda book: book.update(nbformat_minor=99, future={"a": 1})),
    "format-5": bent(lambda book: book.update(nbformat=5)),
    "no-format": bent(lambda book: [book.pop("nbformat"), book.pop("nbformat_minor")]),
    "no-metadata": bent(lambda book: [book.pop("metadata")]),
    "cells-among-others": bent(lambda book: book["cells"].extend([None, 7, "text", [], {}, {"cell_type": 5}])),
    "sources-as-lists": bent(lambda book: [c.update(source=c["source"].splitlines(True)) for c in book["cells"]]),
    "extra-keys": bent(lambda book: [c.update(attachments=7, id="x y", more={}) for c in book["cells"]]),
    "trailing-space": changed(lambda text: text + "\n\n  \n"),
    "zip-slip": archive({"../../../corpus-slipped": b"x", "/tmp/corpus-slipped": b"x"}),
    "zip-bomb": archive({"bomb": bytes(50 * 2**20)}),
    "folders-in-the-way": folder_in_the_way,
    "deep-folders": deep_folders,
    "odd-file-names": odd_file_names,
    "checkpoints": lambda folder: (folder / ".ipynb_checkpoints").mkdir(),
    "time-missing": lambda folder: (folder / "timestamp.txt").unlink(),
    "time-empty": stamped(b""),
    "odd-times": odd_times,
    "unreadable-file": unreadable,
    "unreadable-folder": locked_folder,
}
REFUSED = {
    "truncated": (changed(lambda text: text[: len(text) // 2]), "cut off"),
    "empty": (written(""), "is empty"),
    "only-spaces": (written(" \n\n"), "is empty"),
    "only-nulls": (written(bytes(5000)), "cannot be read"),
    "a-picture": (written(b"\x89PNG\r\n\x1a\n" + bytes(100)), "cannot be read"),
    "a-python-file": (written("def square(x):\n    return x * x\n"), "cannot be read"),
    "a-web-page": (written("<!DOCTYPE html><html><body>Log in</body></html>"), "cannot be read"),
    "a-list": (written("[1, 2]"), "is no notebook"),
    "a-number": (written("7"), "is no notebook"),
    "null": (written("null"), "is no notebook"),
    "no-cells": (bent(lambda book: {"nbformat": 4}), "has no cells"),
    "cells-of-another-type": (bent(lambda book: book.update(cells={"a": 1})), "has no cells"),
    "old-format-damaged": (written('{"nbformat": 3, "worksheets": [{"cells": 7}, 5]}'), "cannot be converted"),
    "old-format-deep": (written('{"nbformat": 3, "worksheets": ' + "[" * 900 + "]" * 900 + "}"), "cannot"),
    "deep": (written("[" * 200_000), "cannot be read"),
    "deep-within": (written('{"nbformat": 4, "cells": [{"metadata": ' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}]}"), "cannot"),
    "a-number-of-many-digits": (written('{"nbformat": ' + "9" * 10_000 + "}"), "cannot be read"),
    "merge-conflict": (changed(conflict), "marks of a merge"),
    "too-large": (changed(lambda text: text + " " * (21 * 2**20)), "larger than 20 MB"),
    "too-many-cells": (bent(lambda book: book["cells"].extend([book["cells"][0]] * 3000)), "more than 2000 cells"),
    "missing": (lambda folder: (folder / BOOK).unlink(), "There is no odds.ipynb"),
    "nothing-at-all": (lambda folder: [p.unlink() for p in folder.iterdir()], "There is no odds.ipynb"),
    "an-archive-alone": (archive_alone, "There is no odds.ipynb"),
    "several-others": (lambda folder: [(folder / BOOK).rename(folder / "a.ipynb"), (folder / "b.ipynb").write_text("{}")],
                       "several others"),
    "a-link-for-the-notebook": (link_to("../../../gradebook.db"), "no plain file"),
    "a-pipe-for-the-notebook": (fifo_for_the_notebook, "no plain file"),
    "sparse": (sparse, "100 MB"),
    "many-files": (many_files, "500 files"),
}  # fmt: skip

KINDS = [
    *(Kind(f"file-{name}", damage=damage, state=FLAGGED) for name, damage in RECOVERED.items()),
    *(Kind(f"file-{name}", damage=damage, state=DONE) for name, damage in UNHARMED.items()),
    *(
        Kind(f"file-{name}", damage=damage, state=INVALID, points=NOTHING, says=(words,))
        for name, (damage, words) in REFUSED.items()
    ),
]
