"""Are the feedback pages of a hostile submission inert in a real browser, nbgrader's own too, and silent on the tests?"""
# ruff: noqa: E501 - pieces of code as learners write them, a line each

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from tests.browser.conftest import SCREENSHOTS

pytestmark = [pytest.mark.needs("bubblewrap"), pytest.mark.needs("chromium"), pytest.mark.browser]

SWITCHED_ON = """
c = get_config()
c.CourseDirectory.course_id = "foreign"
c.CourseDirectory.root = {root!r}
c.Autograde.sanitize_preprocessors = ["grading.plugin.Rebuild"]
c.Autograde.autograde_preprocessors = [
    "grading.plugin.Judge", "grading.plugin.SaveGrades", "nbgrader.preprocessors.AssignLatePenalties"
]
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades", "grading.plugin.HideTests", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"
]
"""
STOLEN = "window.stolen = (window.stolen || 0) + 1"
ESSAY = f"""Mine. <script>{STOLEN}</script> <img src=x onerror="{STOLEN}"> <svg onload="{STOLEN}"></svg>
<a href="javascript:{STOLEN}">one</a> [two](javascript:{STOLEN.replace(" ", "")}) <iframe srcdoc="<script>parent.{STOLEN}</script>"></iframe>
<form action="https://example.org/"><input name=x autofocus onfocus="{STOLEN}"></form> ![three](https://example.org/track.png)
<style>* {{ display: none }}</style> <meta http-equiv="refresh" content="0;url=https://example.org/">

$\\href{{javascript:{STOLEN}}}{{four}}$ &lt;script&gt;{STOLEN}&lt;/script&gt;
"""
ANSWER = f"""from IPython.display import HTML, Javascript, SVG, Markdown, display
display(HTML("<script>{STOLEN}</script><img src=x onerror='{STOLEN}'><a href='javascript:{STOLEN}'>five</a>"))
display(Javascript("{STOLEN}"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='{STOLEN}'><script>{STOLEN}</script></svg>"))
display(Markdown("<img src=x onerror='{STOLEN}'>"))
print("</pre></div><script>{STOLEN}</script>")
def square(x):
    raise ValueError("</pre><script>{STOLEN}</script>")
"""
SCHEME = "Draw a square.\n\n### BEGIN MARK SCHEME\nOne point for four sides: for graders only.\n### END MARK SCHEME"


def with_task(root):
    """The foreign course with a task whose mark scheme is for graders, and a hidden test."""
    file = root / "source" / "squares" / "squares.ipynb"
    source = nbformat.read(file, 4)
    about = {
        "schema_version": 3,
        "grade_id": "drawing",
        "grade": False,
        "solution": False,
        "locked": True,
        "task": True,
        "points": 1,
    }
    source.cells.append(new_markdown_cell(SCHEME, id="drawing", metadata={"nbgrader": about}))
    for cell in source.cells:
        if cell.id == "test-square":
            cell.source += "\n### BEGIN HIDDEN TESTS\nassert square(11) == 121\n### END HIDDEN TESTS"
    nbformat.write(source, file)


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1200, "height": 1400})
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.abroad, page.dialogs = [], []
    page.on("request", lambda request: "example.org" in request.url and page.abroad.append(request.url))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


def is_inert(page, frame):
    """Click every link that a learner could have made; has anything run, asked, or gone elsewhere?"""
    where = page.url
    for link in frame.locator("a").all():
        if (link.get_attribute("href") or "").lower().startswith(("javascript", "data", "vbscript")):
            link.click(force=True)
    page.wait_for_timeout(500)
    stolen = [frame.evaluate("() => window.stolen || 0") for frame in page.frames]
    return (sum(stolen), page.dialogs, page.abroad, page.url) == (0, [], [], where)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("theirs", [True, False], ids=["nbgrader's page", "our page"])
def test_feedback_pages_are_inert_and_give_nothing_away(make_course, generate, page, theirs):
    import sys
    import sysconfig
    from os import environ
    from subprocess import run

    from grading.__main__ import main

    root, hand_in = make_course
    with_task(root)
    generate(root)
    hand_in("eve", {"square": ANSWER, "essay": ESSAY})
    (root / "nbgrader_config.py").write_text(SWITCHED_ON.format(root=str(root)))
    if theirs:
        path = f"{sysconfig.get_path('scripts')}:{environ['PATH']}"
        for verb in ("autograde", "generate_feedback"):
            command = [sys.executable, "-m", "nbgrader", verb, "squares", "--log-level=ERROR"]
            run(command, cwd=root, env=environ | {"PATH": path}, check=True)
    else:
        assert main(["autograde", "squares", "--course-dir", str(root)]) == 0
        assert main(["feedback", "squares", "--course-dir", str(root)]) == 0
    file = root / "feedback" / "eve" / "squares" / "squares.html"
    assert "for graders only" in (root / "autograded" / "eve" / "squares" / "squares.ipynb").read_text()
    text = file.read_text()
    for secret in ("for graders only", "MARK SCHEME", "square(11)", "square(-3)", "isclose"):
        assert secret not in text, secret
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    for element in page.locator("details").all():
        element.evaluate("node => node.open = true")
    assert is_inert(page, page.main_frame)
    SCREENSHOTS.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=SCREENSHOTS / f"feedback_{'nbgrader' if theirs else 'ours'}_{scheme}.png", full_page=True)
