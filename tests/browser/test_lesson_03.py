"""Does lesson 03 work where learners work: in JupyterLab, in a browser, by keyboard, in both themes?"""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
TITLE = "A neuron to tune by hand"


@pytest.fixture(scope="module")
def lesson(page, address: str):
    """The lesson after Run All."""
    notebook = browser.Notebook(page, address, "notebooks/03_one_neuron.ipynb")
    notebook.run_all()
    return notebook


@pytest.fixture
def neuron(lesson):
    return lesson.interactive(TITLE).panel


def frame(panel) -> int:
    return int(panel.locator("img").get_attribute("data-frame"))


def wait_for_new_frame(panel, before: int) -> None:
    panel.page.wait_for_function(
        "([image, before]) => Number(image.dataset.frame) > before", arg=[panel.locator("img").element_handle(), before]
    )


def serious(page) -> list[str]:
    """What axe-core finds in the outputs that keeps people out."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run({include: [['.jp-OutputArea-output']]})")
    assert found["passes"], "axe looked at nothing"
    return [
        f"{v['id']} ({v['impact']}): {node['html'][:200]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


def test_runs_without_an_error(lesson) -> None:
    assert lesson.errors() == []


def test_numbers_in_the_text_show_no_trace_of_their_tags(lesson) -> None:
    text = " ".join(lesson.panel.locator(".jp-MarkdownOutput").all_text_contents())
    assert "unseen birds correctly, 98.4\u00a0%." in text
    assert "<!--" not in text


def test_formulas_are_set(lesson) -> None:
    assert lesson.panel.locator(".jp-MarkdownOutput mjx-container").count() > 50
    assert lesson.panel.locator(".course-quiz mjx-container").count() >= 4


def test_every_picture_has_words(lesson) -> None:
    pictures = lesson.panel.locator(".jp-OutputArea-output img").all()
    assert len(pictures) >= 8
    assert [p.get_attribute("src")[:40] for p in pictures if len((p.get_attribute("alt") or "").split()) < 3] == []


def test_neuron_is_driven_by_keyboard_alone(lesson, neuron, screenshot) -> None:
    keyboard, words, image = lesson.page.keyboard, neuron.get_by_role("status"), neuron.locator("img")
    told, seen, drawn = words.inner_text(), screenshot(image, "neuron_before"), frame(neuron)
    slider = neuron.get_by_role("slider", name="w₁")
    slider.focus()
    keyboard.press("ArrowRight")
    wait_for_new_frame(neuron, drawn)
    assert slider.input_value() == "1.1"
    assert words.inner_text() != told
    assert screenshot(image, "neuron_after") != seen
    keyboard.press("Tab")
    keyboard.press("PageUp")
    assert float(neuron.get_by_role("slider", name="w₂").input_value()) > 1.5
    for _ in range(4):
        keyboard.press("Tab")
    assert lesson.page.evaluate("document.activeElement.textContent") == "Back to zero"
    keyboard.press("Enter")
    words.get_by_text("there is no line").wait_for()
    keyboard.press("Shift+Tab")
    drawn = frame(neuron)
    keyboard.press("Space")
    wait_for_new_frame(neuron, drawn)
    assert "Cost J = 0.1" in words.inner_text()
    assert slider.input_value() != "0"


def test_keys_in_the_neuron_are_not_taken_by_the_notebook(lesson, neuron) -> None:
    active = "document.querySelector('.jp-Notebook .jp-mod-active')?.dataset.windowedListIndex"
    neuron.get_by_role("slider", name="b").focus()
    before, cells = lesson.page.evaluate(active), lesson.panel.locator(".jp-Cell").count()
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft", "a", "b", "d", "d", "Enter"):
        lesson.page.keyboard.press(key)
    assert lesson.page.evaluate(active) == before
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_a_focused_control_can_be_seen(lesson, neuron) -> None:
    neuron.get_by_role("slider", name="w₁").focus()
    lesson.page.keyboard.press("Tab")
    outline = (
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth"
    )
    assert lesson.page.evaluate(outline) == "solid3px"


def test_words_are_announced_when_the_changes_pause(neuron) -> None:
    words = neuron.get_by_role("status")
    assert words.get_attribute("aria-live") == "polite"
    neuron.get_by_role("slider", name="w₁").press("ArrowLeft")
    neuron.locator(".words[aria-busy='false']").wait_for()


def test_quiz_explains_each_answer_by_keyboard(lesson) -> None:
    question = lesson.panel.locator(".course-quiz > [role='group']").nth(1)
    question.locator("summary").first.focus()
    lesson.page.keyboard.press("Enter")
    assert "Right." in question.locator("details[open] p").inner_text()
    lesson.page.keyboard.press("Tab")
    lesson.page.keyboard.press("Space")
    assert "Not quite." in question.locator("details[open] p").last.inner_text()


@pytest.mark.parametrize("theme", browser.THEMES[::-1])
def test_is_accessible_and_looks_right_in(lesson, neuron, screenshot, theme: str) -> None:
    lesson.theme(theme)
    name = theme.split()[-1].lower()
    screenshot(neuron, f"neuron_{name}")
    for i, output in enumerate(lesson.panel.locator(".jp-OutputArea-output:has(> figure)").all()):
        output.scroll_into_view_if_needed()
        screenshot(output, f"lesson_03_{name}_figure_{i}")
    quiz = lesson.panel.locator(".course-quiz")
    quiz.scroll_into_view_if_needed()
    screenshot(quiz, f"lesson_03_{name}_quiz")
    assert serious(lesson.page) == []


@pytest.mark.parametrize("width", [400, 1600])
def test_fits_a_page_of(lesson, neuron, screenshot, width: int) -> None:
    lesson.page.set_viewport_size({"width": width + 600, "height": 1000})
    neuron.evaluate(f"node => {{ node.style.width = node.style.maxWidth = '{width}px'; }}")
    try:
        assert neuron.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
        assert neuron.evaluate("node => Math.min(...[...node.querySelectorAll('input')].map(i => i.clientWidth))") > 60
        screenshot(neuron, f"neuron_{width}")
    finally:
        neuron.evaluate("node => { node.style.width = node.style.maxWidth = ''; }")
        lesson.page.set_viewport_size({"width": 1366, "height": 1500})


def test_time_from_key_to_picture_is_printed(lesson, neuron, capsys) -> None:
    slider = neuron.get_by_role("slider", name="b")
    slider.focus()
    times = []
    for i in range(40):
        drawn = frame(neuron)
        start = lesson.page.evaluate("performance.now()")
        lesson.page.keyboard.press("ArrowRight" if i % 20 < 10 else "ArrowLeft")
        wait_for_new_frame(neuron, drawn)
        times.append(lesson.page.evaluate("performance.now()") - start)
    times.sort()
    with capsys.disabled():
        print(f"\nneuron, key to picture: median {times[20]:.0f} ms, 95th percentile {times[37]:.0f} ms")
    assert times[-1] > 0


def test_saved_lesson_shows_a_still_picture_until_it_is_run_again(
    lesson, chromium, address: str, lab_folder: Path
) -> None:
    assert lesson.panel.locator(".course-still").is_hidden()
    saved = lab_folder / "workspace/notebooks/03_one_neuron.ipynb"
    for _ in range(5):
        lesson.menu("File", "Save Notebook")
        lesson.page.wait_for_timeout(1500)
        if "course-still" in saved.read_text("utf-8"):
            break
    # Under another name, so that Lab finds no kernel that still knows the interactive.
    shutil.copy(saved, saved.with_name("reopened.ipynb"))
    page = chromium.new_page()
    reopened = browser.Notebook(page, address, "notebooks/reopened.ipynb")
    still = reopened.panel.locator(".course-still")
    still.scroll_into_view_if_needed()
    assert "run the cell" in still.locator("figcaption").text_content()
    assert still.locator("img").get_attribute("alt")
    page.wait_for_timeout(500)
    assert reopened.panel.get_by_text("Error displaying widget").filter(visible=True).count() == 0
    page.close()
