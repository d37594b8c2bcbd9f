"""Does a quiz show what its file holds, and refuse a file that would leave a learner without an explanation?"""

import json
from pathlib import Path

import pytest

from helpers import widgets
from helpers.widgets import questions

GOOD = {
    "question": "Is 1 < 2, `a` and $b$?",
    "type": "multiple_choice",
    "answers": [
        {"answer": "yes", "correct": True, "feedback": "It is <small>."},
        {"answer": "no", "correct": False, "feedback": "Count again."},
    ],
}


def stored(folder: Path, asked: list) -> Path:
    path = folder / "quiz.json"
    path.write_text(json.dumps(asked), "utf-8")
    return path


@pytest.fixture
def shown(monkeypatch) -> list[dict]:
    outputs: list[dict] = []
    monkeypatch.setattr(questions, "display", lambda data, raw: outputs.append(data))
    return outputs


def test_every_answer_opens_to_its_feedback(tmp_path: Path, shown) -> None:
    widgets.quiz(stored(tmp_path, [GOOD, GOOD]))
    page = shown[0]["text/html"]
    assert page.count("<details") == 4
    assert page.count("<strong>Right.</strong> It is &lt;small&gt;.") == 2
    assert page.count("<strong>Not quite.</strong> Count again.") == 2
    assert "Is 1 &lt; 2, <code>a</code> and $b$?" in page
    assert page.count("data-lm-suppress-shortcuts") == 4
    assert shown[0]["text/plain"].startswith("1. Is 1 < 2")


def test_answers_of_one_question_close_each_other_and_no_others(tmp_path: Path, shown) -> None:
    widgets.quiz(stored(tmp_path, [GOOD, GOOD]))
    page = shown[0]["text/html"]
    assert page.count('name="quiz-quiz-1"') == page.count('name="quiz-quiz-2"') == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": ""}, "Question 2 of quiz.json needs a text"),
        ({"answers": GOOD["answers"][:1]}, "at least two answers"),
        ({"answers": [*GOOD["answers"], {"answer": "x", "correct": False}]}, "without feedback"),
        ({"answers": [GOOD["answers"][1]] * 2}, "exactly one answer"),
        ({"answers": [GOOD["answers"][0]] * 2}, "exactly one answer"),
    ],
)
def test_an_incomplete_question_is_named(tmp_path: Path, change: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        questions.load(stored(tmp_path, [GOOD, GOOD | change]))
