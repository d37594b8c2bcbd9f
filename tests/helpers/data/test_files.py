"""Is a missing or altered data file noticed, and is each shipped file accounted for?"""

import hashlib
import re
import shutil

import pytest

from helpers import data
from helpers.data import files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A private copy of the data files, read afresh."""
    shutil.copytree(files.FOLDER, tmp_path / "files")
    monkeypatch.setattr(files, "FOLDER", tmp_path / "files")
    files.read.cache_clear()
    yield tmp_path / "files"
    files.read.cache_clear()


LOADERS = [("penguins.csv", data.penguins), ("fashion_mnist_8000.npz", data.fashion)]


@pytest.mark.parametrize(("name", "load"), LOADERS)
def test_an_untouched_copy_loads(folder, name, load):
    load()
    assert files.read(name) == (folder / name).read_bytes()


@pytest.mark.parametrize(("name", "load"), LOADERS)
def test_a_missing_file_is_named_with_the_remedy(folder, name, load):
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError, match=f"{name} is missing.*git restore helpers/data/files/{name}"):
        load()


@pytest.mark.parametrize(("name", "load"), LOADERS)
def test_one_changed_byte_is_noticed(folder, name, load):
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(
        ValueError, match=f"{name} is not the one .* SHA-256 starts with .* wanted {files.SHA256[name][:12]}"
    ):
        load()


def test_changed_line_endings_are_noticed(folder):
    content = (folder / "penguins.csv").read_bytes()
    (folder / "penguins.csv").write_bytes(content.replace(b"\n", b"\r\n"))
    with pytest.raises(ValueError, match=r"penguins\.csv is not the one"):
        data.penguins()


def test_a_file_is_read_once_a_process(folder):
    first = files.read("penguins.csv")
    (folder / "penguins.csv").unlink()
    assert files.read("penguins.csv") is first


def test_every_shipped_file_has_a_checksum_a_licence_and_a_source():
    shipped = {path.name for path in files.FOLDER.iterdir() if path.suffix != ".md" and not path.name.startswith(".")}
    assert shipped == set(files.SHA256)
    text = (files.FOLDER / "LICENSES.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\S+)$(.*?)(?=^#|\Z)", text, flags=re.M | re.S))
    for name, checksum in files.SHA256.items():
        assert hashlib.sha256((files.FOLDER / name).read_bytes()).hexdigest() == checksum
        for needed in ("- Source:", "- Licence:", checksum):
            assert needed in sections[name], (name, needed)
