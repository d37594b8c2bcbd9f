"""Through long sequences of work, updates and interruptions: is all that the learner wrote still there?"""

import json
import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tools import workspace

# What the course ships, and where it lies for the learner: two notebooks, a file beside one, a file in a folder.
SHIPPED = {
    "notebooks/01.ipynb": "notebooks/01.ipynb",
    "notebooks/figures/a.txt": "notebooks/figures/a.txt",
    "assignments/release/01/01.ipynb": "assignments/01/01.ipynb",
    "assignments/release/01/data.csv": "assignments/01/data.csv",
}
FILES = st.sampled_from(sorted(SHIPPED))


class Killed(BaseException):
    """The process ends here, as far as the files can tell."""


def notebook(text, outputs=()):
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "source": text, "outputs": list(outputs)}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


class Course(RuleBasedStateMachine):
    """A course folder, a workspace, and what a learner may do between two starts."""

    def __init__(self):
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.root, self.place = self.base / "course", self.base / "workspace"
        self.count = 0
        self.written = {}  # path -> what the learner put there and has not touched since
        self.removed = set()  # paths the learner took away since the course last brought them
        self.known = {}  # source -> what it held when a synchronisation last ended
        self.doubtful = set()  # sources that a killed synchronisation may or may not have dealt with
        for source in SHIPPED:
            self.publish(source, 0)
        self.start()

    def teardown(self):
        shutil.rmtree(self.base)

    def files(self):
        """path -> content of all that is in the workspace but the course's own notes."""
        return {
            path.relative_to(self.place).as_posix(): path.read_bytes()
            for path in sorted(self.place.rglob("*"))
            if path.is_file() and ".course" not in path.parts and not path.name.endswith(".draft")
        }

    def write(self, path, content):
        (self.place / path).parent.mkdir(parents=True, exist_ok=True)
        (self.place / path).write_bytes(content)
        self.written[path] = content

    def news(self):
        """source -> content, where the course has something that the last synchronisation has not seen."""
        contents = {source: (self.root / source).read_bytes() for source in SHIPPED if (self.root / source).exists()}
        return {source: content for source, content in contents.items() if self.known.get(source) != content}

    # The course

    @rule(source=FILES, version=st.integers(0, 3))
    def publish(self, source, version):
        """A version of a file, perhaps one that was there before."""
        path = self.root / source
        path.parent.mkdir(parents=True, exist_ok=True)
        content = notebook(f"version {version}") if source.endswith(".ipynb") else f"version {version}".encode()
        path.write_bytes(content)

    @rule(source=FILES)
    def withdraw(self, source):
        (self.root / source).unlink(missing_ok=True)

    # The learner

    @rule(data=st.data())
    def edit(self, data):
        """Any file in the workspace, whoever laid it there."""
        if files := sorted(self.files()):
            self.count += 1
            path = data.draw(st.sampled_from(files))
            text = f"my work {self.count}"
            self.write(path, notebook(text) if path.endswith(".ipynb") else text.encode())

    @rule(data=st.data())
    def run(self, data):
        """A notebook, whose outputs may have taken hours."""
        if notebooks := sorted(path for path in self.files() if path.endswith(".ipynb")):
            self.count += 1
            path = data.draw(st.sampled_from(notebooks))
            text = json.loads((self.place / path).read_bytes())["cells"][0]["source"]
            output = {"output_type": "stream", "name": "stdout", "text": f"result {self.count}"}
            self.write(path, notebook(text, [output]))

    @rule(data=st.data())
    def delete(self, data):
        if files := sorted(self.files()):
            path = data.draw(st.sampled_from(files))
            (self.place / path).unlink()
            self.written.pop(path, None)
            self.removed.add(path)

    @rule(data=st.data())
    def rename(self, data):
        """Often: the new version that lies beside one's own is made one's own."""
        if files := sorted(self.files()):
            old, new = data.draw(st.sampled_from(files)), data.draw(st.sampled_from([*files, *SHIPPED.values()]))
            if old != new and Path(old).suffix == Path(new).suffix:
                (self.place / new).parent.mkdir(parents=True, exist_ok=True)
                os.replace(self.place / old, self.place / new)
                self.written.pop(new, None)
                if old in self.written:
                    self.written[new] = self.written.pop(old)
                self.removed.add(old)
                self.removed.discard(new)

    @rule(name=st.sampled_from(["notebooks/own.ipynb", "assignments/01/helper.py", "notes.txt"]))
    def create(self, name):
        self.count += 1
        text = f"my work from the start {self.count}"
        self.write(name, notebook(text) if name.endswith(".ipynb") else text.encode())

    # course.py lab

    @rule()
    def start(self):
        news = self.news()
        outcome = workspace.synchronise(self.root, self.place)
        assert outcome.failed == []
        files = self.files()
        for source, content in news.items():
            if source not in self.doubtful:
                assert content in files.values(), f"the new version of {source} did not arrive"
            self.known[source] = content
            self.removed.discard(SHIPPED[source])
        self.doubtful.clear()
        for path in self.removed & set(SHIPPED.values()):
            assert path not in files, f"{path} was deleted on purpose and is back"
        self.settle(files)
        assert workspace.synchronise(self.root, self.place).left_out == outcome.left_out
        assert self.files() == files, "a second start changed something"

    @precondition(lambda self: self.news())
    @rule(steps=st.integers(0, 9))
    def start_and_be_killed(self, steps):
        """The power fails when the n-th file is about to be put in its place."""
        left, replace = steps, os.replace

        def replace_or_die(*paths):
            nonlocal left
            if left == 0:
                raise Killed
            left -= 1
            replace(*paths)

        with mock.patch.object(workspace.os, "replace", replace_or_die):
            try:
                workspace.synchronise(self.root, self.place)
            except Killed:
                self.doubtful |= set(self.news())
        self.removed -= set(self.files())
        self.settle(self.files())
        if not self.doubtful:
            self.start()

    @rule()
    def forget(self):
        """The notes of what was delivered are lost: too much may be laid there, nothing may go."""
        (self.place / workspace.MANIFEST).unlink(missing_ok=True)
        self.known.clear()
        self.removed.clear()

    def settle(self, files):
        """What the learner wrote may have moved to kept/; from now on it is expected there."""
        for path, content in list(self.written.items()):
            if files.get(path) != content:
                moved = [p for p, c in files.items() if c == content and p.startswith(workspace.KEPT + "/")]
                assert moved, f"what the learner wrote in {path} is gone"
                assert b"my work" not in content, f"{path} was edited and yet replaced"
                del self.written[path]
                self.written[moved[0]] = content

    @invariant()
    def nothing_is_lost(self):
        files = self.files()
        for path, content in self.written.items():
            assert files.get(path) == content, f"what the learner wrote in {path} is gone"

    @invariant()
    def the_notes_are_whole(self):
        manifest = self.place / workspace.MANIFEST
        if manifest.exists():
            assert set(json.loads(manifest.read_text(encoding="utf-8"))["files"]) <= set(SHIPPED.values())


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
