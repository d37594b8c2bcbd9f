"""Whatever a learner does and however the course changes: is the new there, and nothing of the learner's lost?"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import workspace
from tools.workspace import synchronise

ROOT = Path(__file__).resolve().parents[2]
LESSON, ASSIGNMENT = "notebooks/01_lesson.ipynb", "assignments/01_task/01_task.ipynb"


def notebook(text, outputs=()):
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "source": text, "outputs": list(outputs)}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def publish(root, lesson, task=b"task"):
    for path, content in (("notebooks/01_lesson.ipynb", lesson), ("assignments/release/01_task/01_task.ipynb", task)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".course" not in path.parts
    }


@pytest.fixture
def course(tmp_path):
    root, place = tmp_path / "course", tmp_path / "workspace"
    publish(root, notebook("first"))
    synchronise(root, place)
    return root, place


def test_first_start_copies_everything(course):
    assert contents(course[1]) == {LESSON: notebook("first"), ASSIGNMENT: b"task"}


def test_second_start_changes_nothing(course):
    before = contents(course[1])
    assert synchronise(*course) == workspace.Outcome()
    assert contents(course[1]) == before


def test_an_unedited_file_is_updated(course):
    root, place = course
    publish(root, notebook("second"))
    assert synchronise(root, place).replaced == [LESSON]
    assert (place / LESSON).read_bytes() == notebook("second")


def test_an_edited_file_stays_and_the_new_one_lies_beside_it(course):
    root, place = course
    (place / LESSON).write_bytes(notebook("mine"))
    publish(root, notebook("second"))
    [(path, copy)] = synchronise(root, place).beside
    assert path == LESSON
    assert (place / LESSON).read_bytes() == notebook("mine")
    assert (place / copy).read_bytes() == notebook("second")
    assert "yours stays as it is" in workspace.in_words(workspace.Outcome(beside=[(path, copy)]))[0]
    assert synchronise(root, place) == workspace.Outcome()  # said once, not at every start


def test_a_file_that_was_only_run_is_updated_and_the_run_kept(course):
    root, place = course
    run = notebook("first", outputs=[{"output_type": "stream", "name": "stdout", "text": "hours of work"}])
    (place / LESSON).write_bytes(run)
    publish(root, notebook("second"))
    [(_, copy)] = synchronise(root, place).kept
    assert (place / LESSON).read_bytes() == notebook("second")
    assert (place / copy).read_bytes() == run


def test_a_deleted_file_stays_deleted_until_the_course_changes_it(course):
    root, place = course
    (place / LESSON).unlink()
    assert synchronise(root, place).left_out == [LESSON]
    assert not (place / LESSON).exists()
    publish(root, notebook("second"))
    assert synchronise(root, place).returned == [LESSON]
    assert (place / LESSON).read_bytes() == notebook("second")


def test_restore_brings_one_file_back(course):
    root, place = course
    (place / LESSON).unlink()
    synchronise(root, place, restore=LESSON)
    assert (place / LESSON).read_bytes() == notebook("first")


def test_a_lost_manifest_loses_nothing(course):
    root, place = course
    (place / LESSON).write_bytes(notebook("mine"))
    (place / workspace.MANIFEST).write_text("{ broken", encoding="utf-8")
    publish(root, notebook("second"))
    synchronise(root, place)
    assert notebook("mine") in contents(place).values()
    assert notebook("second") in contents(place).values()


def test_one_file_that_cannot_be_written_does_not_hold_up_the_others(course):
    root, place = course
    (place / "notebooks" / "01_lesson.ipynb").unlink()
    (place / "notebooks").rmdir()
    (place / "notebooks").write_text("a file where a folder should be", encoding="utf-8")
    publish(root, notebook("second"), task=b"new task")
    outcome = synchronise(root, place)
    assert [path for path, _ in outcome.failed] == [LESSON]
    assert outcome.replaced == [ASSIGNMENT]


def test_an_old_version_put_back_by_hand_is_still_the_courses_own(course):
    root, place = course
    publish(root, notebook("second"))
    synchronise(root, place)
    (place / LESSON).write_bytes(notebook("first"))
    publish(root, notebook("third"))
    assert synchronise(root, place).replaced == [LESSON]


@pytest.mark.parametrize("steps", range(10))
def test_killed_before_any_step_it_loses_nothing_and_goes_on(tmp_path, steps, monkeypatch):
    """One file each that was edited, only run, left alone and deleted, all of which the course changed."""
    root, place = tmp_path / "course", tmp_path / "workspace"
    names = ("edited", "run", "alone", "deleted")
    (root / "notebooks").mkdir(parents=True)
    for version in ("first", "second"):
        for name in names:
            (root / "notebooks" / f"{name}.ipynb").write_bytes(notebook(f"{name} {version}"))
        if version == "first":
            synchronise(root, place)
    theirs = {
        "edited": notebook("mine"),
        "run": notebook("run first", outputs=[{"output_type": "stream", "name": "stdout", "text": "hours of work"}]),
    }
    for name, content in theirs.items():
        (place / "notebooks" / f"{name}.ipynb").write_bytes(content)
    (place / "notebooks" / "deleted.ipynb").unlink()

    class Killed(BaseException):
        pass

    done, replace = [], os.replace

    def replace_or_die(*paths):
        if len(done) == steps:
            raise Killed
        done.append(paths)
        replace(*paths)

    with monkeypatch.context() as patch:
        patch.setattr(workspace.os, "replace", replace_or_die)
        try:
            synchronise(root, place)
        except Killed:
            assert len(done) == steps
        else:
            assert len(done) == 9 <= steps, "four files, one of them also kept, and four notes of them"
    assert set(theirs.values()) <= set(contents(place).values())
    synchronise(root, place)
    after = contents(place)
    assert set(theirs.values()) <= set(after.values())
    assert {notebook(f"{name} second") for name in names} <= set(after.values())
    assert after["notebooks/edited.ipynb"] == theirs["edited"]
    assert len(after) == 6, "nothing was laid there twice"


def test_killed_at_any_moment_it_leaves_whole_files_and_goes_on(tmp_path):
    root, place = tmp_path / "course", tmp_path / "workspace"
    for k in range(40):
        path = root / "notebooks" / f"{k:02}_lesson.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook(str(k)) + b" " * 200_000)
    whole = {path.name: path.read_bytes() for path in (root / "notebooks").iterdir()}
    script = f"from pathlib import Path; from tools.workspace import synchronise; import sys; print('go', flush=True)\n\
synchronise(Path({str(root)!r}), Path({str(place)!r}))"
    interrupted = 0
    for pause in (0.0, 0.01, 0.02, 0.04, 0.08):
        process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(pause)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        interrupted += process.returncode == -signal.SIGKILL
        for path in (place / "notebooks").glob("*.ipynb"):
            assert path.read_bytes() == whole[path.name]
    assert interrupted > 0
    synchronise(root, place)
    assert {path.name: path.read_bytes() for path in (place / "notebooks").glob("*.ipynb")} == whole
