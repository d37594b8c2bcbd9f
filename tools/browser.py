"""The course in a real browser: JupyterLab as `course.py lab` starts it, and Chromium looking at it.

Used by the browser tests and by tools/screenshots.py. The variable CHROMIUM names a browser other than the system's.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tools import lab

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# The first for root, who has no sandbox; the others keep it from talking to the world.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EXPOSED = ("--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True")
# Lab's mark of an idle kernel is there before the kernel is; this is what Lab knows itself.
KERNEL_IS_READY = """() => {
    const session = window.jupyterapp?.shell.currentWidget?.context?.sessionContext;
    const kernel = session?.isReady && session.session?.kernel;
    return kernel && kernel.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
THEMES = ("JupyterLab Light", "JupyterLab Dark")
ERRORS = "[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']"


@contextmanager
def served_lab(folder: Path) -> Iterator[str]:
    """The address of a learner's JupyterLab, as `course.py lab` starts it, working in folder/workspace."""
    port = _free_port()
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--workspace={folder / 'workspace'}"]
    arguments, variables = lab.prepare(
        str(ROOT), sys.executable, lab.parse([*options, "--", "--IdentityProvider.token=", *EXPOSED])
    )
    with _served(arguments, variables, port, home=folder, place=folder) as address:
        yield address


@contextmanager
def served_course(course: Path, home: Path) -> Iterator[str]:
    """The address of an instructor's JupyterLab, with all of nbgrader, in a course directory. home: an empty folder."""
    port = _free_port()
    options = [
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--allow-root",
        "--IdentityProvider.token=",
        *EXPOSED,
    ]
    variables = {"JUPYTER_CONFIG_PATH": str(lab.CONFIG / "settings")}
    with _served(["-m", "jupyterlab", *options], variables, port, home=home, place=course) as address:
        yield address


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def _served(arguments: list[str], variables: dict[str, str], port: int, *, home: Path, place: Path) -> Iterator[str]:
    """A server that `python ARGUMENTS` starts in the folder `place`; its settings and its log lie in `home`."""
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    surroundings = os.environ | {name: str(home / name.lower()) for name in folders} | variables
    with open(home / "lab.log", "wb") as log:
        server = subprocess.Popen([sys.executable, *arguments], env=surroundings, stdout=log, stderr=log, cwd=place)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address + "/api/status", server, home / "lab.log")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:  # seen once, with fourteen notebooks open
                server.kill()
                server.wait()


def _wait_for(address: str, server: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def serious(page: Page) -> list[str]:
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


def wait_for_kernel(page: Page, seconds: float = 60) -> None:
    """Wait until the kernel of the notebook on a page answers: what is run before is lost, or its interactives are."""
    page.wait_for_function(KERNEL_IS_READY, timeout=1000 * seconds)


class Notebook:
    """A notebook open in Lab, driven as a learner drives it."""

    def __init__(self, page: Page, address: str, path: str) -> None:
        self.page = page
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        # On a machine that does other work a kernel is sometimes not connected; a learner loads the page once more.
        for _ in range(2):
            page.goto(f"{address}/lab/tree/{path}?reset")
            self.panel.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
            page.locator("#jupyterlab-splash").wait_for(state="detached")
            with suppress(PlaywrightTimeout):
                return wait_for_kernel(page)
        raise TimeoutError(f"no kernel answers for {path}")

    def menu(self, *entries: str) -> None:
        """Choose an entry of the main menu, such as ("Run", "Run All Cells")."""
        top, *inner = entries
        self.page.locator("#jp-MainMenu").get_by_role("menuitem", name=top, exact=True).click()
        for entry in inner:
            label = self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(entry)}$"))
            self.page.locator(".lm-Menu-item:visible", has=label).click()

    def run_all(self, seconds: float = 90) -> None:
        """Run every cell and wait until none is left to do."""
        # A menu that Lab rebuilds at this moment swallows the click. Where Lab's widget manager has missed what the
        # kernel opened ("model not found"), the still picture tells the learner to run the cell, which helps.
        for _ in range(4):
            self.menu("Run", "Run All Cells")
            if not self._prompts("prompts.some(text => text !== '[ ]:')", 5):
                continue
            self._prompts("!prompts.includes('[*]:')", seconds)
            if self.errors():
                break
            if self._prompts(r"prompts.every(text => /^\[\d+\]:$/.test(text))", 5) and self._all_live(20):
                break
        else:
            raise TimeoutError(f"the lesson was not done after {seconds} s")
        self.page.wait_for_timeout(500)

    def _prompts(self, condition: str, seconds: float) -> bool:
        """Wait for a condition on the texts such as "[3]:" beside the code cells."""
        prompts = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputArea-prompt"
        texts = f"[...document.querySelectorAll('{prompts}')].map(node => node.textContent)"
        return self._holds(f"(prompts => prompts.length > 0 && {condition})({texts})", seconds)

    def _holds(self, condition: str, seconds: float) -> bool:
        """Wait for a condition in the page's own language."""
        try:
            self.page.wait_for_function(f"() => {condition}", timeout=1000 * seconds)
        except PlaywrightTimeout:
            return False
        return True

    def _all_live(self, seconds: float) -> bool:
        """Wait until no place of a live view is without one; it comes after the prompt that says the cell is done."""
        self.page.wait_for_timeout(500)
        empty = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output.jupyter-widgets:not(:has(*))"
        return self._holds(f"document.querySelector('{empty}') === null", seconds)

    def errors(self) -> list[str]:
        """What the cells wrote to the error stream, and their tracebacks."""
        return self.panel.locator(ERRORS).all_text_contents()

    def theme(self, name: str) -> None:
        """Switch Lab's theme; see THEMES."""
        self.menu("Settings", "Theme", name)
        light = "true" if "Light" in name else "false"
        self.page.locator(f"body[data-jp-theme-light='{light}']").wait_for(state="attached")
        self.page.wait_for_timeout(500)

    def shut_down(self) -> None:
        """End the notebook's kernel."""
        self.page.evaluate(
            """async () => {
                const sessions = await (await fetch('/api/sessions')).json();
                const mine = sessions.filter((s) => decodeURI(location.pathname).endsWith(s.path));
                const token = document.cookie.match(/_xsrf=([^;]*)/)?.[1] ?? '';
                await Promise.all(mine.map((s) =>
                    fetch(`/api/sessions/${s.id}`, {method: 'DELETE', headers: {'X-XSRFToken': token}})));
            }"""
        )

    def outputs(self) -> Locator:
        """All output areas."""
        return self.panel.locator(".jp-OutputArea-output")

    def interactive(self, title: str) -> "Interactive":
        """The interactive with this title, scrolled into view."""
        return Interactive(self.panel.locator(f".course-panel[aria-label='{title}']"))

    def interactives(self) -> Iterator["Interactive"]:
        """All of them, from top to bottom; each is scrolled into view when its turn comes."""
        return (Interactive(panel) for panel in self.panel.locator(".course-panel").all())


class Interactive:
    """An interactive on the page, driven by keyboard; `panel` is its frame."""

    def __init__(self, panel: Locator) -> None:
        self.panel, self.page = panel, panel.page
        # Lab lays out a cell when it comes into sight, which moves the others: it may be out of sight again then. What
        # it says reaches the page after its frame; the learner's error stands in the picture's place.
        for _ in range(200):
            panel.evaluate("node => node.scrollIntoView({block: 'nearest'})")
            if self.picture.is_visible() or self.problem:
                break
            self.page.wait_for_timeout(100)

    @property
    def title(self) -> str:
        return self.panel.get_attribute("aria-label")

    @property
    def words(self) -> str:
        """What the live region says now, in sight or not: an inner text is "" where Chromium lays nothing out."""
        return self.panel.locator(".words").text_content()

    @property
    def problem(self) -> str:
        """The sentence about what went wrong, "" where nothing did."""
        return self.panel.locator(".problem > p").text_content()

    @property
    def picture(self) -> Locator:
        """The picture, or what a front end of its own draws in its place; counts its frames in data-frame."""
        return self.panel.locator("[data-frame]")

    def frame(self) -> int:
        """How many pictures have been shown so far."""
        return int(self.picture.get_attribute("data-frame"))

    def wait_for_frame(self, after: int, seconds: float = 30) -> None:
        """Wait until a picture is shown that came after that one."""
        self.page.wait_for_function(
            "([picture, after]) => Number(picture.dataset.frame) > after",
            arg=[self.picture.element_handle(), after],
            timeout=1000 * seconds,
        )

    def control(self, name: str) -> Locator:
        """The form element of the control with this name (not its label)."""
        return self.panel.locator(f"[data-control='{name}']")

    def controls(self) -> list[str]:
        """Names of the controls that can be moved or pressed now, in the order of the Tab key."""
        found = self.panel.locator("[data-control]:enabled")
        return found.evaluate_all("controls => controls.map(control => control.dataset.control)")

    def press(self, name: str, key: str, *, redraws: bool = True) -> None:
        """Focus a control and press a key; redraws: wait for the picture that follows."""
        before = self.frame()
        self.control(name).focus()
        self.page.keyboard.press(key)
        if redraws:
            self.wait_for_frame(before)

    def wait_for_words(self, part: str | re.Pattern[str], seconds: float = 30) -> None:
        """Wait until the words say this."""
        self.panel.locator(".words", has_text=part).wait_for(timeout=1000 * seconds)
