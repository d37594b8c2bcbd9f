"""Does each side get the files that the other changed, and nothing that it must not?"""

import pytest

from grading.folders import MOST_FILES, MOST_TAKEN, Folder


@pytest.fixture
def sides(tmp_path):
    """The tests' folder with a file of the instructor's, and the learner's."""
    for name in ("tests", "learner"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "given.txt").write_text("given")
    return Folder(tmp_path / "tests", frozenset({"given.txt"})), Folder(tmp_path / "learner")


def test_only_what_changed_is_passed_on_and_only_once(sides):
    tests, learner = sides
    (tests.place / "new.bin").write_bytes(b"\0\1")
    changed = tests.changes()
    assert changed == {"new.bin": b"\0\1"}
    learner.take(changed, texts_only=False)
    assert (learner.place / "new.bin").read_bytes() == b"\0\1"
    assert learner.changes() == tests.changes() == {}


def test_a_side_that_is_new_gets_everything_again(sides):
    tests, _ = sides
    (tests.place / "a.txt").write_text("a")
    assert tests.changes() == {"a.txt": b"a"}
    tests.restart()
    assert tests.changes() == {"a.txt": b"a"}


@pytest.mark.parametrize(
    "files",
    [
        {"given.txt": b"mine"},
        {"../up.txt": b"x"},
        {"/tmp/corpus-slipped.txt": b"x"},
        {".hidden.txt": b"x"},
        {"model.pkl": b"x"},
        {"pickled.txt": b"\x80\x04."},
        {"zero.txt": b"\0"},
        {"half\udcff.txt": b"x"},
        {"": b"x", 7: b"x", "text.txt": "no bytes"},
        [7],
    ],
)
def test_what_a_learner_may_not_leave_is_not_taken(sides, files):
    tests, _ = sides
    tests.take(files, texts_only=True)
    assert [p.name for p in tests.place.iterdir()] == ["given.txt"]
    assert (tests.place / "given.txt").read_text() == "given"


def test_there_is_an_end_to_what_is_taken(sides):
    tests, learner = sides
    for number in range(20):
        tests.take({f"{number}.txt": b"x" * (4 * 2**20)}, texts_only=True)
    assert sum(p.stat().st_size for p in tests.place.iterdir()) < MOST_TAKEN + 100
    for number in range(MOST_FILES + 5):
        (learner.place / f"{number}.txt").touch()
    assert learner.changes() == {}
