"""Is what learners hand in read without harm, recovered without loss, and kept as it came?"""

import json
import os
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grading import intake
from grading.intake import InvalidSubmissionError

TEXT = nbformat.writes(new_notebook(cells=[new_code_cell("x = 1", id="x")]))


def submission(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return intake.take(folder)


def read(tmp_path, content, name="squares__ipynb"):
    found = submission(tmp_path / "s", **{name: content})
    return intake.notebook(found, "squares", set()), found


def test_plain_files_are_taken_with_their_folders(tmp_path):
    (tmp_path / "s" / "data").mkdir(parents=True)
    (tmp_path / "s" / "data" / "a.csv").write_text("1,2")
    found = submission(tmp_path / "s", squares__ipynb=TEXT)
    assert set(found.files) == {"squares.ipynb", "data/a.csv"}


def test_links_pipes_and_devices_are_left_out(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("gradebook")
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "link").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    found = submission(folder, squares__ipynb=TEXT)
    assert set(found.files) == {"squares.ipynb"}
    assert len(found.flags) == 3


def test_a_link_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "s").symlink_to(tmp_path / "real")
    with pytest.raises(InvalidSubmissionError):
        intake.take(tmp_path / "s")


def test_too_much_is_refused(tmp_path):
    folder = tmp_path / "s"
    folder.mkdir()
    with open(folder / "hole", "wb") as file:
        file.truncate(intake.MOST_BYTES + 1)
    with pytest.raises(InvalidSubmissionError, match="100 MB"):
        intake.take(folder)
    (folder / "hole").unlink()
    for number in range(intake.MOST_FILES + 1):
        (folder / f"{number}").touch()
    with pytest.raises(InvalidSubmissionError, match="500 files"):
        intake.take(folder)


@pytest.mark.parametrize(
    ("make", "what"),
    [(lambda p: p.symlink_to("/etc/passwd"), "a link"), (Path.mkdir, "a folder"), (os.mkfifo, "a pipe or a device")],
)
def test_what_has_the_notebooks_name_and_is_no_file_is_named(tmp_path, make, what):
    (tmp_path / "s").mkdir()
    make(tmp_path / "s" / "squares.ipynb")
    with pytest.raises(InvalidSubmissionError, match=f"squares.ipynb is {what}, not a notebook"):
        intake.notebook(intake.take(tmp_path / "s"), "squares", set())


def test_the_time_is_read_and_a_bad_one_replaced(tmp_path):
    assert submission(tmp_path / "a", timestamp__txt="2026-01-02 03:04:05 UTC").time == datetime(2026, 1, 2, 3, 4, 5)
    for text in ("yesterday", "\x00\x01", "9" * 100, "0001-01-01"):
        found = submission(tmp_path / "b", timestamp__txt=text)
        assert found.time.year >= 2020
        assert found.flags


def test_an_attempt_is_kept_once_and_beside_the_others(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    first = submission(tmp_path / "a", squares__ipynb=TEXT)
    assert intake.keep(first, store) == intake.keep(first, store)
    second = submission(tmp_path / "b", squares__ipynb=TEXT + " ")
    assert intake.keep(second, store).joinpath("squares.ipynb").read_text() == TEXT + " "
    assert len(list(store.iterdir())) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path, encoding):
    notebook, found = read(tmp_path, TEXT.encode(encoding))
    assert notebook.cells[0].source == "x = 1"
    assert found.flags


def test_bytes_that_are_no_characters_are_replaced(tmp_path):
    notebook, found = read(tmp_path, TEXT.encode().replace(b"x = 1", b"x = 1 # \xff"))
    assert notebook.cells[0].source.startswith("x = 1")
    assert found.flags


def test_notebook_format_3_is_converted(tmp_path):
    cell = {"cell_type": "code", "input": "x = 1", "language": "python", "outputs": [], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell], "metadata": {}}]}
    notebook, found = read(tmp_path, json.dumps(old))
    assert notebook.cells[0].source == "x = 1"
    assert found.flags == ["squares.ipynb was in the notebook format 3."]


def test_a_renamed_notebook_is_found_if_it_is_the_only_one(tmp_path):
    notebook, found = read(tmp_path, TEXT, "squares (1)__ipynb")
    assert notebook.cells[0].source == "x = 1"
    assert "was taken for" in found.flags[0]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "There is no squares.ipynb"),
        ({"a__ipynb": TEXT, "b__ipynb": TEXT}, "several others"),
        ({"squares__ipynb": ""}, "is empty"),
        ({"squares__ipynb": TEXT[:-40]}, "cut off"),
        ({"squares__ipynb": "<<<<<<< HEAD\n" + TEXT}, "marks of a merge"),
        ({"squares__ipynb": "[" * 100_000}, "cannot be read"),
        ({"squares__ipynb": "[1, 2]"}, "is no notebook"),
        ({"squares__ipynb": "{}"}, "has no cells"),
        ({"squares__ipynb": '{"nbformat": 4, "cells": 5}'}, "has no cells"),
        ({"squares__ipynb": '{"nbformat": 3, "worksheets": 5}'}, "cannot be converted"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path, files, says):
    found = submission(tmp_path / "s", **files)
    with pytest.raises(InvalidSubmissionError, match=says):
        intake.notebook(found, "squares", set())


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": ["x =", " 1"]},
        {"cell_type": "code", "source": "x = 1", "metadata": None, "outputs": 7, "id": 3},
        {"cell_type": "code", "source": "x = 1", "metadata": {"nbgrader": {"grade_id": ["a"]}}},
    ],
)
def test_bent_cells_are_straightened(tmp_path, cell):
    notebook, _ = read(tmp_path, json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [cell, 5, None]}))
    nbformat.validate(notebook)
    assert notebook.cells[0].source == "x = 1"
