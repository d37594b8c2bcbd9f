"""A quiz from a file beside the lesson: each answer opens and says why it is right or not.

Plain HTML: it needs no kernel, no script and no network, formulas are set by the notebook, keyboards and screen readers
know <details>, and it still works where the notebook is only viewed.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from IPython.display import display

from helpers.widgets import messages

STYLE = """
.course-quiz { max-width: 46em; }
.course-quiz [role=group] { margin: 1em 0 1.4em; }
.course-quiz details { border: 1px solid var(--jp-border-color1, GrayText); border-radius: 4px; margin: 6px 0; }
.course-quiz summary { cursor: pointer; padding: 6px 10px; }
.course-quiz summary:focus-visible { outline: 3px solid var(--jp-brand-color1, Highlight); outline-offset: 1px; }
.course-quiz details p { border-top: 1px solid var(--jp-border-color1, GrayText); margin: 0; padding: 6px 10px; }
"""

# Enter and the space bar open the answer that has the focus, and are not for the notebook's shortcuts.
KEYS = 'data-lm-suppress-shortcuts="true"'

Question = dict[str, Any]


def quiz(path: str | Path) -> None:
    """Show the questions of a JSON file: [{"question": …, "answers": [{"answer": …, "correct": …, "feedback": …}]}].

    Texts may hold `code` and $formulas$. The format is the one JupyterQuiz reads, with "type": "multiple_choice".
    Raises FileNotFoundError, or ValueError that names the question, where the file is not of that form.
    """
    path = Path(path)
    questions = load(path)
    text = messages.load("questions")
    parts = [f"<style>{STYLE}</style><p>{html.escape(text['how'])}</p>"]
    parts += [_question(i, question, path.stem, text) for i, question in enumerate(questions, start=1)]
    page = f'<div class="course-quiz">{"".join(parts)}</div>'
    plain = "\n".join(f"{i}. {question['question']}" for i, question in enumerate(questions, start=1))
    display({"text/html": page, "text/plain": plain}, raw=True)


def load(path: Path) -> list[Question]:
    """The questions of a file, each with one right answer and feedback on every answer."""
    questions = json.loads(path.read_text("utf-8"))
    for i, question in enumerate(questions, start=1):
        answers = question.get("answers", [])
        if not question.get("question") or len(answers) < 2:
            raise ValueError(f"Question {i} of {path.name} needs a text and at least two answers.")
        if any(not answer.get(key) for answer in answers for key in ("answer", "feedback")):
            raise ValueError(f"Question {i} of {path.name} has an answer without text or without feedback.")
        if sum(answer.get("correct") is True for answer in answers) != 1:
            raise ValueError(f"Question {i} of {path.name} needs exactly one answer with correct: true.")
    return questions


def _question(i: int, question: Question, quiz_name: str, text: dict[str, str]) -> str:
    name = f"quiz-{quiz_name}-{i}"
    answers = "".join(
        f'<details name="{name}"><summary {KEYS}>{_rich(answer["answer"])}</summary>'
        f"<p><strong>{html.escape(text['right' if answer['correct'] else 'wrong'])}</strong> "
        f"{_rich(answer['feedback'])}</p></details>"
        for answer in question["answers"]
    )
    heading = f'<div id="{name}"><strong>{i}.</strong> {_rich(question["question"])}</div>'
    return f'<div role="group" aria-labelledby="{name}">{heading}{answers}</div>'


def _rich(text: str) -> str:
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))
