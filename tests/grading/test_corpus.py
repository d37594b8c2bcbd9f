"""Does every submission of the corpus get what it deserves, and nothing else in the world change?

`corpus/` says for each kind what it is and what must come of it. All kinds of an assignment are handed in together and
graded in one run, as a class would be; then each is looked at.
"""

import html
import re
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

from grading.course import Course
from grading.ledger import Ledger, Row
from tests.grading.corpus import courses, damage, deaths, escapes, forged, honest, lies, ours, pages, tampered
from tests.grading.corpus.kind import Kind

pytestmark = pytest.mark.needs("bubblewrap")

NEIGHBOURS = [Kind(f"{letter}-neighbour") for letter in "0amz"]
FOREIGN = [
    *NEIGHBOURS,
    *deaths.KINDS,
    *lies.KINDS,
    *forged.KINDS,
    *tampered.KINDS,
    *escapes.KINDS,
    *damage.KINDS,
    *honest.KINDS,
    *pages.KINDS,
]


@dataclass
class Class:
    """A graded class. rows: of the ledger.  scores: student -> item -> points of the gradebook.  called: by sockets."""

    root: Path
    assignment: str
    rows: dict[str, Row]
    scores: dict[str, dict[str, float | None]]
    printed: str
    called: list[bytes] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    root = tmp_path_factory.mktemp("foreign") / "course"
    courses.make_foreign(root)
    with Listening() as (port, called):
        kinds = [Kind(**vars(k) | {"before": k.before.replace("PORT", str(port))}) for k in FOREIGN]
        courses.hand_in(root, "odds", courses.SOLUTIONS, kinds)
        found = _graded(root, "odds")
    found.called = called
    return found


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    root = tmp_path_factory.mktemp("ours") / "course"
    courses.make_ours(root)
    source = nbformat.read(root / "source" / "03_one_neuron" / "03_one_neuron.ipynb", 4)
    right = {cell.id: cell.source for cell in source.cells if cell.metadata.get("nbgrader", {}).get("solution")}
    courses.hand_in(root, "03_one_neuron", right, [*NEIGHBOURS, *ours.KINDS])
    return _graded(root, "03_one_neuron")


class Listening:
    """A port of the host, and what came to it."""

    def __enter__(self):
        self.server, self.called = socket.create_server(("127.0.0.1", 0)), []
        threading.Thread(target=self._hear, daemon=True).start()
        return self.server.getsockname()[1], self.called

    def _hear(self):
        try:
            while True:
                self.called.append(self.server.accept()[0].recv(100))
        except OSError:
            pass

    def __exit__(self, *_):
        self.server.close()


def _graded(root, assignment):
    secrets = root.parent / "secrets"
    secrets.write_text(courses.BAIT)
    printed = []
    for verb in (["autograde", assignment, "--workers", "2"], ["feedback", assignment]):
        done = courses.run(root, "grading", *verb)
        printed += [done.stdout, done.stderr]
    left = courses.running("31415") + courses.running(courses.MARK)
    course = Course.at(root)
    rows = {row.student: row for row in Ledger.of(course).all(assignment)}
    with course.gradebook() as book:
        scores = {
            submission.student.id: {grade.name: grade.auto_score for nb in submission.notebooks for grade in nb.grades}
            for submission in book.assignment_submissions(assignment)
        }
    return Class(root, assignment, rows, scores, "".join(printed), left=left)


def _examine(found, kind, most, by_hand=frozenset()):
    row = found.rows[kind.name]
    items = {item.name: item for notebook in row.outcome.notebooks for item in notebook.items}
    told = " ".join([row.reason, *row.flags, *(f"{item.message} {item.review}" for item in items.values())])
    expected = {name: None if name in by_hand else points for name, points in most.items()} | kind.points
    got = {name: item.points for name, item in items.items()}
    expected |= {name: got[name] for name in kind.races if got[name] in (0, most[name])}
    assert {name: (got.get(name), points) for name, points in expected.items() if got.get(name) != points} == {}, told
    assert row.state in ([kind.state] if isinstance(kind.state, str) else kind.state), told
    assert [words for words in kind.says if words not in told] == [], told
    assert found.scores[kind.name] == expected, "the gradebook says something else than the ledger"
    assert row.committed
    if row.state != "invalid":
        file = found.root / "autograded" / kind.name / found.assignment / f"{found.assignment}.ipynb"
        nbformat.validate(nbformat.read(file, 4))
        assert file.stat().st_size < 3_000_000


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: kind.name)
def test_each_submission_to_a_foreign_course_gets_what_it_deserves(foreign, kind):
    _examine(foreign, kind, courses.MOST, courses.BY_HAND)


@pytest.mark.parametrize("kind", [*NEIGHBOURS, *ours.KINDS], ids=lambda kind: kind.name)
def test_each_submission_to_our_course_gets_what_it_deserves(own, kind):
    found = nbformat.read(own.root / "source" / "03_one_neuron" / "03_one_neuron.ipynb", 4)
    graded = [cell.metadata.nbgrader for cell in found.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    _examine(own, kind, {about.grade_id: about.points for about in graded})


def test_no_two_kinds_have_one_name_and_there_are_many():
    names = [kind.name for kind in FOREIGN]
    assert len(set(names)) == len(names) > 250
    assert len({kind.name for kind in ours.KINDS}) == len(ours.KINDS) > 20


@pytest.mark.parametrize("which", ["foreign", "own"])
def test_nothing_is_lost_and_nothing_left_running(which, request):
    found = request.getfixturevalue(which)
    handed_in = {folder.name for folder in (found.root / "submitted").iterdir()}
    assert set(found.rows) == set(found.scores) == handed_in
    assert found.left == []
    assert "Traceback" not in found.printed


def test_nobody_came_out(foreign):
    assert foreign.called == []
    for place in ("/tmp", "/dev/shm", "/var/tmp"):
        assert [p for p in Path(place).iterdir() if p.name.startswith(("corpus-left", "corpus-slipped"))] == []
    assert list(foreign.root.parent.rglob("corpus-slipped")) == []
    assert (foreign.root.parent / "secrets").read_text() == courses.BAIT


def test_no_secret_came_out(foreign):
    """Neither words of hidden tests nor of the host, in any output or page; nor a word that tells of an open door."""
    for file in [*(foreign.root / "autograded").rglob("odds.ipynb"), *(foreign.root / "feedback").rglob("*.html")]:
        text = file.read_text()
        if file.suffix == ".ipynb":
            outputs = [out for cell in nbformat.reads(text, 4).cells for out in cell.get("outputs", [])]
            text = "\n".join(str(out) for out in outputs)
            for words in escapes.OPEN:
                assert words not in text, (file, words)
        assert courses.BAIT not in text, file
        assert courses.SECRET not in text, file


def test_pages_are_inert(foreign):
    """With the learners' text taken out that stands escaped, nothing is left that runs or comes from elsewhere."""
    pages_ = list((foreign.root / "feedback").rglob("*.html"))
    assert len(pages_) == len(FOREIGN)
    for page in pages_:
        text = page.read_text().partition("<main>")[2]  # above it all is ours
        assert not re.search(r"<script|<iframe|<object|<embed|<form|<base|<svg|<link|http-equiv", text, re.I), page
        for tag in re.findall(r"<[a-z][^>]*>", text, re.I):
            assert not re.search(r"\son\w+\s*=", tag, re.I), (page, tag)
            for url in re.findall(r"""(?:href|src|srcset|action|style)\s*=\s*["']?([^"'>]*)""", tag, re.I):
                plain = re.sub(r"[\x00-\x20]", "", html.unescape(url)).lower()
                assert not plain.startswith(("javascript:", "vbscript:", "data:text")), (page, tag)
                assert "src" not in tag or plain.startswith("data:image/png;base64,") or "href" in tag, (page, tag)
