"""Is every lesson what the course promises: complete, readable, true in its numbers, and running without a fuss?"""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from statistics import median
from urllib.parse import unquote

import pytest
from nbconvert import HTMLExporter

from helpers.widgets import questions
from tools import lessons

LESSONS = [pytest.param(path, id=path.stem) for path in lessons.lessons()]
pytestmark = pytest.mark.parametrize("path", LESSONS)

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


class Images(HTMLParser):
    """Collects the alternative texts of <img> elements; None where there is none."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.alternatives: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alternatives.append(dict(attrs).get("alt"))


def code(path: Path) -> list:
    return [cell for cell in lessons.read(path).cells if cell.cell_type == "code"]


def prose(path: Path) -> list:
    return [cell for cell in lessons.read(path).cells if cell.cell_type == "markdown"]


def headings(path: Path) -> list[tuple[int, str]]:
    text = "\n".join(re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL) for cell in prose(path))
    return [(len(marks), title) for marks, title in HEADING.findall(text)]


def outputs(executed, path: Path):
    """(cell id, output) of everything the lesson shows."""
    for cell in executed(path).notebook.cells:
        for output in cell.get("outputs", []):
            yield cell.id, output


def test_runs_in_a_fresh_kernel_offline_without_warnings(path: Path, executed) -> None:
    assert executed(path).seconds, "the lesson has no code"


def test_prints_nothing_to_the_error_stream(path: Path, executed) -> None:
    assert [(cell, o.text) for cell, o in outputs(executed, path) if o.get("name") == "stderr"] == []


def test_numbers_in_the_prose_are_those_of_the_run(path: Path, executed) -> None:
    stated = executed(path).statements
    wrong = [f"{s.cell}: says {s.text}, but {s.expression} is {s.computed}" for s in stated if not s.agrees]
    assert stated, "no number in the prose is tied to a variable"
    assert wrong == []


def test_no_result_is_stated_without_its_source(path: Path) -> None:
    assert {cell.id: found for cell in prose(path) if (found := lessons.untagged(cell))} == {}


def test_every_picture_has_words(path: Path, executed) -> None:
    pictures = 0
    for cell, output in outputs(executed, path):
        data = output.get("data", {})
        if any(kind.startswith("image/") for kind in data):
            # Lab shows the HTML form, which is the one that keeps the words; nbconvert the image with its metadata.
            alternatives = Images(data.get("text/html", "")).alternatives
            assert alternatives, f"{cell}: a picture without words; use plots.show(…, alt=…)"
            assert all(alt and len(alt.split()) >= 3 for alt in alternatives), f"{cell}: {alternatives}"
            assert output.metadata["image/png"]["alt"] == alternatives[0]
            pictures += 1
    assert pictures, "no picture"


def test_figures_show_their_caption(path: Path, executed) -> None:
    figures = [
        data["text/html"]
        for _, o in outputs(executed, path)
        if "<img" in (data := o.get("data", {})).get("text/html", "")
    ]
    assert all("<figcaption" in figure for figure in figures)


def test_exported_page_keeps_every_picture_with_its_words(path: Path, executed) -> None:
    shown = [o.metadata["image/png"]["alt"] for _, o in outputs(executed, path) if "image/png" in o.get("data", {})]
    page, _ = HTMLExporter().from_notebook_node(executed(path).notebook)
    assert Images(page).alternatives == shown


def test_cells_are_short(path: Path) -> None:
    lengths = {cell.id: len(cell.source.splitlines()) for cell in code(path)}
    assert {name: n for name, n in lengths.items() if n > 25} == {}
    assert median(lengths.values()) <= 10


def test_text_between_code_is_neither_missing_nor_a_wall(path: Path) -> None:
    words = {
        cell.id: len(re.sub(r"\$\$.*?\$\$|<!--.*?-->", "", cell.source, flags=re.DOTALL).split())
        for cell in prose(path)
    }
    assert {name: n for name, n in words.items() if n > 260} == {}
    assert len(prose(path)) >= len(code(path)) / 2


def test_headings_are_in_order(path: Path) -> None:
    levels = [level for level, _ in headings(path)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_has_the_parts_of_a_lesson(path: Path) -> None:
    titles = [title for _, title in headings(path)]
    number = path.stem[:2]
    assert titles[0].startswith(number)
    for wanted in ("What you need", "Summary", "Quiz", "Exercises"):
        assert any(title.startswith(wanted) for title in titles), f"no section {wanted}"
    first = prose(path)[0].source
    assert re.search(r"About (\d+) minutes", first)
    assert "?" in first, "no opening question"


def test_links_lead_somewhere_in_the_workspace(path: Path, learner: Path) -> None:
    broken = []
    for cell in prose(path):
        for link in LINK.findall(cell.source):
            target = unquote(link.split("#")[0])
            if target and not re.match(r"https?:", target) and not (learner / "notebooks" / target).is_file():
                broken.append((cell.id, link))
    assert broken == []


def test_first_cell_leads_to_the_lessons_before_and_after(path: Path) -> None:
    names = [other.name for other in lessons.lessons()]
    place = names.index(path.name)
    linked = LINK.findall(prose(path)[0].source)
    neighbours = names[max(place - 1, 0) : place] + names[place + 1 : place + 2]
    assert [name for name in neighbours if name not in linked] == []


def test_quiz_has_feedback_for_every_answer(path: Path) -> None:
    (call,) = [found for cell in code(path) for found in re.findall(r'widgets\.quiz\("([^"]+)"\)', cell.source)]
    asked = questions.load(path.parent / call)
    assert 4 <= len(asked) <= 8
    right = [[answer["correct"] for answer in question["answers"]].index(True) for question in asked]
    assert len(set(right)) > 1, "the right answer always stands at the same place"


def test_formulas_are_escaped_once(path: Path) -> None:
    # A backslash doubled on its way into the file shows as a line break and a word: "tanh" where a tanh should stand.
    texts = {cell.id: re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.DOTALL) for cell in prose(path)}
    assert {name: found for name, text in texts.items() if (found := re.findall(r"\\\\[A-Za-z]+", text))} == {}


def test_is_stored_as_a_source(path: Path) -> None:
    notebook = lessons.read(path)
    assert notebook.metadata.kernelspec.name == "python3"
    assert [cell.id for cell in code(path) if cell.outputs or cell.execution_count is not None] == []
    ids = [cell.id for cell in notebook.cells]
    assert [name for name in ids if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []
    assert [name for name in ids if re.fullmatch(r"[0-9a-f]{8}(-.*)?", name)] == [], "ids are for people"


def test_spares_the_reader_noise(path: Path) -> None:
    text = "\n".join(cell.source for cell in prose(path))
    assert "!" not in re.sub(r"<!--.*?-->|`[^`]*`|!=|!\[|\$[^$]*\$", "", text, flags=re.DOTALL), "an exclamation mark"
    assert not re.search(r"[\U0001F300-\U0001FAFF]", text), "an emoji"
