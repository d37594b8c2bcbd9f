"""Does docs/instructors.md show what its commands print, when they are run as they stand in a fresh copy?"""

import re

import pytest

from grading.beside import is_marked
from grading.tester import Cell
from tools import guide

TEXT = guide.GUIDE.read_text(encoding="utf-8")
SAMPLE = """```sh
echo one
```

```text
one
```

<!-- not run: for fun -->
```sh
false
```

```sh
pwd; echo in 3.5 s
```
"""


@pytest.mark.needs("bubblewrap")
@pytest.mark.timeout(1500)
def test_the_guide_shows_what_is_printed(tmp_path):
    printed = guide.follow(TEXT, guide.fresh_copy(tmp_path))
    assert "\n".join(guide.differences(TEXT, printed)) == ""


def test_no_command_stands_where_it_is_not_run():
    """A fence of another name would be shown and never tried."""
    fences = set(re.findall(r"^```(\w+)$", TEXT, re.MULTILINE))
    assert fences <= {"sh", "text", "python"}
    assert len(guide.steps(TEXT)) >= 8


def test_blocks_are_run_in_order_and_those_left_out_are_not(tmp_path):
    (root := tmp_path / "copy").mkdir()
    assert guide.follow(SAMPLE, root) == ["one\n", "~/neurons-to-networks\nin 3.5 s\n"]


def test_a_changed_output_is_noticed_and_another_time_is_not(tmp_path):
    assert guide.differences(SAMPLE, ["one\n", ""]) == []
    (told,) = guide.differences(SAMPLE, ["two\n", ""])
    assert "echo one" in told
    assert guide.normal("done in 3.5 s") == guide.normal("done in 81 s")


def test_a_step_that_fails_is_an_error(tmp_path):
    (root := tmp_path / "copy").mkdir()
    with pytest.raises(RuntimeError, match="exit code 1"):
        guide.follow("```sh\nfalse\n```\n", root)


def test_what_was_printed_can_be_written_into_the_guide():
    text = guide.written(SAMPLE, ["two\n", "here\n"])
    assert guide.differences(text, ["two\n", "here\n"]) == []
    assert "<!-- not run: for fun -->\n```sh\nfalse\n```" in text


def test_every_link_of_the_guide_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert target.startswith("https://") or (guide.GUIDE.parent / target).exists(), target
    headings = {
        re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.*)$", TEXT, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


def test_the_guides_test_cells_are_judged_as_it_says(worker):
    """The three under "Writing test cells": asserts, partial credit, beside the learner's code."""
    part = TEXT[TEXT.index("## Writing test cells") : TEXT.index("## What a person grades")]
    plain, partial, beside = re.findall(r"```python\n(.*?)```", part, re.DOTALL)
    assert is_marked(beside)
    right = "def square(x):\n    return x * x\ndef greet(name):\n    print('hello', name)"
    wrong = "def square(x):\n    return 4\ndef greet(name):\n    print(name)"
    found = [
        [
            cell.points
            for cell in worker.grade(
                [
                    Cell("answer", "learner", answer),
                    Cell("plain", "test", plain, 2),
                    Cell("partial", "test", partial, 2),
                    Cell("beside", "test", beside, 2, beside=True),
                ],
                {},
            ).cells[1:]
        ]
        for answer in (right, wrong)
    ]
    assert found == [[2, 2, 2], [0, 0.5, 0]]
