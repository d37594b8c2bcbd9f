"""Does every lesson work where learners work: in JupyterLab, in a browser, by keyboard, in both themes?"""

import math
import re
import time

import pytest

from tools import browser, lessons

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
NAMES = [path.stem for path in lessons.lessons()]
FOCUS = (
    "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle + style.outlineWidth; }"
)
# The choices of a panel that are narrower than their longest words, and could be wider.
CUT_OFF = """panel => [...panel.querySelectorAll("select")].filter(select => {
    const whole = select.cloneNode(true);
    whole.style.cssText = "flex: none; max-width: none; position: absolute; width: auto";
    select.after(whole);
    const needed = Math.min(whole.offsetWidth, panel.clientWidth - 60);
    whole.remove();
    return select.offsetWidth < needed - 1;
}).map(select => select.dataset.control)"""
PRESSES = 20
LATER = ("speed",)  # what acts on what is played next


@pytest.fixture(scope="module", params=NAMES)
def lesson(request, chromium, address: str):
    """The lesson after Run All, in a window as wide as a laptop's and tall enough for a whole quiz."""
    page = chromium.new_page(viewport={"width": 1366, "height": 1500})
    page.set_default_timeout(30_000)
    notebook = browser.Notebook(page, address, f"notebooks/{request.param}.ipynb")
    notebook.name = request.param
    notebook.run_all(240)
    yield notebook
    notebook.shut_down()
    page.close()


def kind(control) -> str:
    """range, checkbox, text, button or select-one."""
    return control.evaluate("node => node.type")


def move(interactive: browser.Interactive, name: str) -> bool:
    """Change a control by one key; False where it is not one to move."""
    control = interactive.control(name)
    what = kind(control)
    if what == "range":
        at_end = control.evaluate("node => node.valueAsNumber >= Number(node.max)")
        interactive.press(name, "ArrowLeft" if at_end else "ArrowRight", redraws=False)
    elif what == "select-one":
        at_end = control.evaluate("node => node.selectedIndex === node.options.length - 1")
        interactive.press(name, "ArrowUp" if at_end else "ArrowDown", redraws=False)
    elif what == "checkbox":
        interactive.press(name, "Space", redraws=False)
    return what in ("range", "select-one", "checkbox")


def told(interactive: browser.Interactive) -> tuple[str, int]:
    return interactive.words, interactive.frame()


def wait_for_change(interactive: browser.Interactive, before: tuple[str, int], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told(interactive) != before:
            return True
        interactive.page.wait_for_timeout(20)
    return False


def test_runs_without_an_error(lesson) -> None:
    assert lesson.errors() == []


def test_numbers_in_the_text_show_no_trace_of_their_tags(lesson) -> None:
    text = " ".join(lesson.panel.locator(".jp-MarkdownOutput").all_text_contents())
    assert len(text) > 1000
    assert "<!--" not in text


def formulas(name: str) -> list[str]:
    """Those written in a lesson's text."""
    cells = lessons.read(lessons.NOTEBOOKS / f"{name}.ipynb").cells
    text = "\n".join(re.sub("`[^`]*`", "", cell.source) for cell in cells if cell.cell_type == "markdown")
    return re.findall(r"\$\$.+?\$\$|\$[^$]+\$", text, re.DOTALL)


def test_formulas_are_set(lesson) -> None:
    assert lesson.panel.locator(".jp-MarkdownOutput mjx-container").count() == len(formulas(lesson.name)) > 0
    assert lesson.panel.locator(".jp-MarkdownOutput mjx-merror, .course-quiz mjx-merror").count() == 0


def test_every_picture_has_words(lesson) -> None:
    drawn = ".course-panel [role='img'], .course-panel canvas:not([role='img'] *):not([aria-hidden='true'])"
    pictures = lesson.panel.locator(f".jp-OutputArea-output img, {drawn}")
    assert pictures.count()
    for _ in range(40):  # a front end of its own names its parts when it has drawn them
        names = pictures.evaluate_all(
            "all => all.map(p => p.getAttribute('alt') || p.getAttribute('aria-label') || '')"
        )
        nameless = [name for name in names if len(name.split()) < 2]
        if not nameless:
            break
        lesson.page.wait_for_timeout(500)
    assert nameless == []


def test_interactives_are_driven_by_keyboard_alone(lesson) -> None:
    for interactive in lesson.interactives():
        seen, words, still = {interactive.picture.screenshot()}, {interactive.words}, []
        for name in interactive.controls():
            before = told(interactive)
            if interactive.control(name).is_enabled() and move(interactive, name):
                if not wait_for_change(interactive, before, 5):
                    still.append(name)
                seen.add(interactive.picture.screenshot())
                words.add(interactive.words)
        assert interactive.problem == "", interactive.title
        assert [name for name in still if name not in LATER] == [], f"{interactive.title}: these change nothing"
        for name in interactive.controls():
            control = interactive.control(name)
            if control.count() and control.is_enabled() and kind(control) == "button":
                before = told(interactive)
                interactive.press(name, "Enter", redraws=False)
                wait_for_change(interactive, before, 1.5)
                if name == "play" and interactive.control("play").is_enabled():
                    interactive.press(name, "Enter", redraws=False)
                seen.add(interactive.picture.screenshot())
                words.add(interactive.words)
        assert interactive.problem == "", interactive.title
        assert len(seen) > 1, f"{interactive.title}: the picture never changed"
        assert len(words) > 1, f"{interactive.title}: the words never changed"


def test_tab_reaches_every_control_and_shows_where_it_is(lesson) -> None:
    for interactive in lesson.interactives():
        wanted = interactive.controls()
        interactive.control(wanted[0]).focus()
        lesson.page.keyboard.press("Shift+Tab")
        reached = []
        for _ in range(len(wanted) + 4):  # a front end of its own may hold a few more
            lesson.page.keyboard.press("Tab")
            name = lesson.page.evaluate("document.activeElement.dataset.control")
            if name:
                reached.append(name)
                assert lesson.page.evaluate(FOCUS) == "solid3px", f"{interactive.title}: {name}"
        assert [name for name in wanted if name not in reached] == [], interactive.title


def test_keys_in_an_interactive_are_not_taken_by_the_notebook(lesson) -> None:
    for interactive in lesson.interactives():
        cells = lesson.panel.locator(".jp-Cell").count()
        movable = [n for n in interactive.controls() if kind(interactive.control(n)) in ("range", "select-one")]
        for name in movable[:1]:
            for key in ("ArrowDown", "ArrowUp", "a", "b", "d", "d"):
                interactive.press(name, key, redraws=False)
            assert lesson.page.evaluate("document.activeElement.dataset.control") == name
        assert lesson.panel.locator(".jp-Cell").count() == cells


def key_to_picture(interactive: browser.Interactive, name: str) -> list[float]:
    """Milliseconds from key to picture for each press; [] for a slider that changes no picture."""
    times = []
    interactive.control(name).focus()
    for i in range(PRESSES):
        before, start = interactive.frame(), time.perf_counter()
        interactive.page.keyboard.press("ArrowRight" if i % 2 else "ArrowLeft")
        try:
            interactive.wait_for_frame(before, 2)
        except browser.PlaywrightTimeout:  # already at its end
            if i > 3 and not times:
                break
            continue
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def test_time_from_key_to_picture_is_printed(lesson, capsys) -> None:
    lines, panels = [], lesson.panel.locator(".course-panel").count()
    for interactive in lesson.interactives():
        sliders = [n for n in interactive.controls() if kind(interactive.control(n)) == "range"]
        times = next(filter(None, (key_to_picture(interactive, name) for name in sliders)), [])
        if times:
            lines.append(
                f"{interactive.title}: key to picture, median {times[len(times) // 2]:.0f} ms, "
                f"95th percentile {times[math.ceil(0.95 * len(times)) - 1]:.0f} ms"
            )
    assert lines or not panels or lesson.name.startswith("07")  # drawing goes by a pen, not by sliders
    with capsys.disabled():
        print("", *lines, sep="\n")


@pytest.mark.parametrize("width", [400, 1600])
def test_interactives_fit_a_page_of(lesson, screenshot, width: int) -> None:
    lesson.page.set_viewport_size({"width": width + 600, "height": 1000})
    try:
        for i, interactive in enumerate(lesson.interactives()):
            panel = interactive.panel
            panel.evaluate(f"node => {{ node.style.width = node.style.maxWidth = '{width}px'; }}")
            screenshot(panel, f"lesson_{lesson.name[:2]}_interactive_{i}_{width}")
            assert panel.evaluate("node => node.scrollWidth - node.clientWidth") <= 0, interactive.title
            assert panel.evaluate(
                "node => [...node.querySelectorAll('input[type=range]')].every(input => input.clientWidth > 60)"
            ), interactive.title
            assert panel.evaluate(CUT_OFF) == [], interactive.title
            panel.evaluate("node => { node.style.width = node.style.maxWidth = ''; }")
    finally:
        lesson.page.set_viewport_size({"width": 1366, "height": 1500})


def test_quiz_explains_each_answer_by_keyboard(lesson) -> None:
    question = lesson.panel.locator(".course-quiz > [role='group']").first
    feedback = []
    for answer in question.locator("summary").all():
        answer.focus()
        lesson.page.keyboard.press("Enter")
        feedback.append(question.locator("details[open] p").text_content())  # one at a time
    assert len(set(feedback)) == len(feedback) >= 2
    assert sum(text.startswith("Right.") for text in feedback) == 1


@pytest.mark.parametrize("theme", browser.THEMES[::-1])
def test_is_accessible_and_looks_right_in(lesson, screenshot, theme: str) -> None:
    lesson.theme(theme)
    name = f"lesson_{lesson.name[:2]}_{theme.split()[-1].lower()}"
    for i, output in enumerate(lesson.panel.locator(".jp-OutputArea-output:has(> figure)").all()):
        output.scroll_into_view_if_needed()
        screenshot(output, f"{name}_figure_{i}")
    for i, interactive in enumerate(lesson.interactives()):
        screenshot(interactive.panel, f"{name}_interactive_{i}")
    quiz = lesson.panel.locator(".course-quiz")
    quiz.scroll_into_view_if_needed()
    screenshot(quiz, f"{name}_quiz")
    assert browser.serious(lesson.page) == []
