"""A page of feedback for each learner: what each exercise got, and why. It runs nothing and loads nothing.

It shows the learner's own answers and the messages of the checks; text of the instructor's tests is never on it.
"""

from collections.abc import Callable

import jinja2
import nbformat
from markupsafe import Markup, escape
from nbgrader.api import Gradebook, MissingEntry
from tqdm import tqdm

from grading.course import Course
from grading.inert import clean_output, rendered
from grading.ledger import Ledger, Row
from grading.outcome import NotebookOutcome
from grading.rebuild import grade_id, kind

_pages = jinja2.Environment(loader=jinja2.PackageLoader("grading"), autoescape=True, undefined=jinja2.StrictUndefined)


def write(
    course: Course, ledger: Ledger, assignment: str, students: list[str] | None = None, progress: Callable = tqdm
) -> int:
    """Write feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html for every graded submission; returns how many learners."""
    rows = [row for row in ledger.all(assignment) if row.outcome is not None]
    rows = [row for row in rows if students is None or row.student in students]
    with course.gradebook() as book:
        for row in progress(rows, unit="learner", disable=None):
            folder = course.folder("feedback", assignment, row.student)
            folder.mkdir(parents=True, exist_ok=True)
            for found in row.outcome.notebooks:
                (folder / f"{found.name}.html").write_text(page(course, book, row, found), encoding="utf-8")
    return len(rows)


def page(course: Course, book: Gradebook, row: Row, found: NotebookOutcome) -> str:
    """One notebook's page."""
    file = course.folder("autograded", row.assignment, row.student) / f"{found.name}.ipynb"
    notebook = nbformat.read(file, 4) if file.is_file() else nbformat.v4.new_notebook()
    answers = _answers(notebook)
    scores, comments, penalty = _from_gradebook(book, row, found.name)
    items = []
    for item in found.items:
        points = scores.get(item.name, item.points)
        cell = answers.get(item.name)
        right = points == item.most
        items.append(
            {
                "name": item.name,
                "most": item.most,
                "points": points,
                "message": "" if right else item.message,
                "comment": comments.get(cell and grade_id(cell)) or comments.get(item.name, ""),
                "answer": cell.source if cell else "",
                "rendered": _rendered(cell),
                "outputs": _outputs(cell),
            }
        )
    return _pages.get_template("feedback.html.j2").render(
        assignment=row.assignment,
        student=row.student,
        handed_in=row.handed_in and row.handed_in.strftime("%Y-%m-%d %H:%M UTC"),
        reason=row.reason,
        flags=row.flags,
        points=sum(item["points"] or 0 for item in items) - (penalty or 0),
        most=sum(item["most"] for item in items),
        open=sum(item["points"] is None for item in items),
        penalty=penalty,
        items=items,
    )


def _answers(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """Item -> the learner's cell it judges: the answer itself, or the last solution before the test."""
    found, last = {}, None
    for cell in notebook.cells:
        if kind(cell) == "solution":
            last = cell
        elif kind(cell) == "answer":
            found[grade_id(cell)] = cell
        elif kind(cell) == "test":
            if last is not None:
                found[grade_id(cell)] = last
            last = None
    return found


def _from_gradebook(book: Gradebook, row: Row, name: str) -> tuple[dict, dict, float]:
    """Scores with those given by hand, comments written by hand, and what lateness cost."""
    try:
        notebook = book.find_submission_notebook(name, row.assignment, row.student)
    except MissingEntry:
        return {}, {}, 0.0
    scores = {
        g.name: g.score if not g.needs_manual_grade or g.manual_score is not None else None for g in notebook.grades
    }
    comments = {comment.name: comment.manual_comment or "" for comment in notebook.comments}
    return scores, comments, notebook.late_submission_penalty or 0.0


def _rendered(cell: nbformat.NotebookNode | None) -> Markup:
    if cell is None or cell.cell_type != "markdown":
        return Markup("")
    return Markup(rendered(cell.source))


def _outputs(cell: nbformat.NotebookNode | None) -> Markup:
    """What the answer's cell printed and showed."""
    found = Markup("")
    for output in cell.get("outputs", []) if cell else []:
        clean = clean_output(output)
        if clean is None:
            continue
        if clean.output_type == "stream":
            found += Markup("<pre>{}</pre>").format(clean.text)
        elif clean.output_type == "error":
            found += Markup("<pre>{}</pre>").format("\n".join(clean.traceback))
        elif "image/png" in clean.data:
            about = {"alt": "a figure that your cell drew", "width": ""} | clean.metadata.get("image/png", {})
            found += Markup('<img alt="{alt}" width="{width}" src="data:image/png;base64,{data}">').format(
                **about, data=clean.data["image/png"].replace("\n", "")
            )
        elif "text/html" in clean.data:
            found += Markup(clean.data["text/html"])
        else:
            found += Markup("<pre>{}</pre>").format(escape(clean.data.get("text/plain", "")))
    return found
