"""Can a person go on in nbgrader's formgrader where our tool has graded, and is what is given there kept?"""

import pytest
from playwright.sync_api import expect

from grading.course import Course
from tests.grading.corpus import courses
from tests.grading.corpus.kind import Kind
from tools import browser

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.needs("bubblewrap")]
SECONDS = 30
WRONG = "def square(x):\n    return 4"  # right for 2 and for no other number that is tested
UNWRITTEN = "YOUR ANSWER HERE"  # nbgrader's own stub: nothing was written


@pytest.fixture
def course(tmp_path):
    """A course that knows nothing of ours, with two learners, graded by our tool."""
    root = tmp_path / "course"
    courses.make_foreign(root)
    learners = [
        Kind("ada"),
        Kind("ben", {"square": WRONG, "proof": "print(square(4), 'is not 16')", "essay": UNWRITTEN}),
    ]
    courses.hand_in(root, "odds", courses.SOLUTIONS, learners)
    courses.run(root, "grading", "autograde", "odds", "--workers", "1")
    return root


@pytest.fixture
def page(chromium, course, tmp_path):
    """JupyterLab in that course."""
    with browser.served_course(course, tmp_path) as address:
        page = chromium.new_page(viewport={"width": 1366, "height": 1400})
        page.set_default_timeout(1000 * SECONDS)
        page.goto(f"{address}/lab?reset")
        yield page
        page.close()


@pytest.fixture
def formgrader(page):
    """formgrader in a tab of Lab, as its menu opens it."""
    page.locator("#jp-MainMenu").get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.locator(".lm-Menu-item:visible").get_by_text("Formgrader", exact=True).click()
    return page.frame_locator("iframe")


def open_submission(formgrader, score: str) -> None:
    """Through the tables to the submission with this score; formgrader shows no names before it is asked to."""
    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.locator("td").get_by_role("link", name="odds").click()  # the assignment
    formgrader.locator(".breadcrumb .active", has_text="odds").wait_for()
    formgrader.locator("td").get_by_role("link", name="odds").click()  # its notebook
    formgrader.get_by_role("row").filter(has_text=score).get_by_role("link", name="Submission").click()


def score_of(formgrader, cell: str):
    """The box for a cell's points; those that a machine gave stand in it in grey."""
    return formgrader.locator(f"input#{cell}")


def comment_on(formgrader, cell: str):
    """The box for a comment, likewise."""
    return formgrader.locator(f"textarea#{cell}-comment")


def fill_and_save(page, box, text: str, call: str) -> None:
    """Write into a box and leave it, upon which formgrader sends it to the server."""
    with page.expect_response(lambda answer: call in answer.url and answer.request.method == "PUT") as saved:
        box.fill(text)
        box.blur()
    assert saved.value.ok


def given_by_hand(root, learner: str, cell: str):
    """Points, comment, and whether points are still to be given, as the gradebook has them."""
    with Course.at(root).gradebook() as book:
        grade = book.find_grade(cell, "odds", "odds", learner)
        return grade.manual_score, book.find_comment(cell, "odds", "odds", learner).comment, grade.needs_manual_grade


def test_what_was_graded_is_shown_and_what_a_person_adds_is_kept(course, page, formgrader, screenshot) -> None:
    open_submission(formgrader, "8 / 16")
    for cell, points in {"test-square": "0", "test-scale": "3", "test-vowels": "3", "test-ask": "2"}.items():
        expect(score_of(formgrader, cell)).to_have_attribute("placeholder", points)
    expect(formgrader.locator("#notebook-container").first).to_contain_text(
        "a square is never negative\nOne of the tests"
    )
    expect(comment_on(formgrader, "essay")).to_have_attribute("placeholder", "No response.")
    expect(score_of(formgrader, "essay")).to_have_attribute("placeholder", "0")
    expect(score_of(formgrader, "proof")).to_have_class("score tabbable needs_manual_grade")
    screenshot(page, "formgrader_before")

    fill_and_save(page, score_of(formgrader, "proof"), "1.5", "/api/grade/")
    fill_and_save(page, comment_on(formgrader, "proof"), "Honest: it says what is wrong.", "/api/comment/")
    expect(score_of(formgrader, "proof")).to_have_class("score tabbable")
    screenshot(page, "formgrader_after")
    assert given_by_hand(course, "ben", "proof") == (1.5, "Honest: it says what is wrong.", False)
    assert given_by_hand(course, "ada", "proof") == (None, None, True)

    courses.run(course, "grading", "feedback", "odds")
    told = (course / "feedback" / "ben" / "odds" / "odds.html").read_text()
    assert "Honest: it says what is wrong." in told
    assert "9.5 of 16 points" in told
    courses.run(course, "grading", "autograde", "odds", "--workers", "1", "--force")
    assert given_by_hand(course, "ben", "proof")[:2] == (1.5, "Honest: it says what is wrong.")
