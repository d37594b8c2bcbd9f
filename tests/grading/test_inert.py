"""Is what learners wrote harmless to look at, and otherwise what they wrote?"""

import nbformat
import pytest
from nbconvert.filters import markdown2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from grading.inert import clean_html, clean_markdown, clean_notebook, clean_output, rendered
from grading.received import about_pictures

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)>",
    "<iframe src='//evil'></iframe>",
    "<style>body{display:none}</style>",
    "<form action='//evil'><input></form>",
    "<img src='https://evil/count.png'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "![x](https://evil/count.png) <b>bold</b>",
    "<div style='background:url(//evil)'>x</div>",
    "<meta http-equiv=refresh content='0;//evil'>",
    "<base href='//evil'>",
    "[x](javascript\\:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x][y]\n\n[y]: javascript\\:alert(1)",
    "![x](https://evil/count.png)",
    "![x](data:image/svg+xml,x)",
]
BAD = (
    "<script",
    "onerror",
    "onload",
    'href="javascript:',
    "<iframe",
    "<style",
    "<form",
    "<input",
    'src="',
    "<meta",
    "<base",
    "url(",
)


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_that_could_act_is_left(source):
    for html in (clean_html(source), markdown2html(clean_markdown(source)), clean_html(markdown2html(source))):
        lower = html.lower().replace("&#58;", ":")
        assert not [bad for bad in BAD if bad in lower and f"&lt;{bad[1:]}" not in lower], html


@pytest.mark.parametrize("source", ["# Title\n\nif $a < b$ and b > c, *so*", "`x` & y", "- a\n- b", "2 <3"])
def test_harmless_markdown_stays_as_it_is(source):
    assert clean_markdown(source) == source


def test_outputs_keep_pictures_tables_and_text_and_lose_the_rest():
    data = {
        "image/png": "iVBORw0KGgo=",
        "text/html": "<table><tr><td onclick='x()'>1</td></tr></table>",
        "text/plain": "1",
        "application/javascript": "alert(1)",
        "image/svg+xml": "<svg onload=alert(1)>",
    }
    clean = clean_output(new_output("display_data", data=data))
    assert set(clean.data) == {"image/png", "text/html", "text/plain"}
    assert "onclick" not in clean.data["text/html"]
    assert "<td>1</td>" in clean.data["text/html"]
    assert clean_output(new_output("display_data", data={"application/javascript": "alert(1)"})) is None
    assert clean_output(new_output("display_data", data={"image/png": '"><script>'})) is None


def test_a_picture_keeps_its_words_and_its_width_and_nothing_else_that_was_said_of_it():
    told = {"image/png": {"alt": 'A "line"', "width": 640, "onload": "x()"}, "image/jpeg": {"width": "1 onload=x()"}}
    clean = clean_output(new_output("display_data", {"image/png": "iVBORw0KGgo="}, metadata=told | {"x": 1}))
    assert clean.metadata == {"image/png": {"alt": 'A "line"', "width": 640}, "image/jpeg": {}}
    for odd in (None, [], {"image/png": None}, {"image/png": {"alt": ["x"], "width": True}}):
        assert not any(about_pictures(odd).values())
    assert len(about_pictures({"image/png": {"alt": "x" * 5000}})["image/png"]["alt"]) < 1100


def test_a_whole_notebook_is_cleaned_and_stays_valid():
    hostile = new_output("display_data", data={"text/html": HOSTILE[0]})
    notebook = new_notebook(
        cells=[
            new_markdown_cell(HOSTILE[0]),
            new_raw_cell(HOSTILE[0]),
            new_code_cell("x", outputs=[hostile, new_output("stream", text="<script>")]),
        ]
    )
    clean_notebook(notebook)
    nbformat.validate(notebook)
    assert "<script" not in notebook.cells[0].source + notebook.cells[1].source
    assert notebook.cells[2].outputs[-1].text == "<script>"  # printed text is text wherever it is shown


@pytest.mark.parametrize(
    "source", ["$\\href{javascript:alert(1)}{x}$", "$$\\style{color:red}{x}$$", "\\(\\require{html}\\)"]
)
def test_mathematics_can_neither_link_nor_style_nor_load(source):
    assert not [word for word in ("\\href", "\\style", "\\require") if word in clean_markdown(source)]
    output = clean_output(new_output("display_data", {"text/latex": source}))
    assert not [word for word in ("\\href", "\\style", "\\require") if word in output.data["text/latex"]]


@pytest.mark.parametrize("source", ["> " * 3000 + "deep", "long " * 50_000, "[" * 50_000, "<div>" * 20_000])
def test_markdown_that_brings_a_parser_down_is_shown_all_the_same(source):
    assert clean_markdown(source)
    assert "<script" not in rendered(source + "<script>alert(1)</script>")
