"""Make the pictures under docs/images from a real browser: run it after a change to what they show.

python tools/screenshots.py               into docs/images
python tools/screenshots.py --into DIR    the same elsewhere, to look at first
"""

import argparse
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import browser

IMAGES = browser.ROOT / "docs" / "images"
# Each from the data of its lesson, as the benchmark makes it, after these (control, key).
INTERACTIVES: dict[str, list[tuple[str, str]]] = {
    "neuron": [("zeros", "Enter"), ("many", "Enter"), ("many", "Enter")],
    "descent": [("many", "Enter")],
    "computation graph": [],
    "hidden layer": [],
    "backprop stepper": [],
    "spiking neuron": [],
    "playground": [],
}
PLAYED = {"playground": 250, "spiking neuron": 60}  # pictures, before it is paused


def lesson_03(page, address: str, folder: Path) -> None:
    """The lesson in Lab with the neuron half-way trained."""
    notebook = browser.Notebook(page, address, "notebooks/03_one_neuron.ipynb")
    # A reader of the README wants to see the lesson, not the list of files.
    page.keyboard.press("Control+b")
    notebook.run_all(240)
    neuron = notebook.interactive("A neuron to tune by hand")
    for name, key in INTERACTIVES["neuron"]:
        neuron.press(name, key)
    notebook.panel.locator("h2", has_text="By hand").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(1000)
    page.screenshot(path=folder / "lesson_03.png")
    notebook.shut_down()


def interactives(page, address: str, home: Path, folder: Path) -> None:
    """Each of INTERACTIVES alone, in both themes."""
    notebook = new_notebook(cells=[new_code_cell(_cell(name)) for name in INTERACTIVES])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, home / "workspace" / "notebooks" / "pictures.ipynb")
    page.set_viewport_size({"width": 1100, "height": 1600})  # tall enough for the tallest
    opened = browser.Notebook(page, address, "notebooks/pictures.ipynb")
    opened.run_all(240)
    for name, interactive in zip(INTERACTIVES, opened.interactives(), strict=True):
        for control, key in INTERACTIVES[name]:
            interactive.press(control, key)
        if name in PLAYED:
            interactive.press("play", "Enter")
            interactive.wait_for_frame(interactive.frame() + PLAYED[name], 120)
            interactive.press("play", "Enter", redraws=False)
        for theme in browser.THEMES[::-1]:
            opened.theme(theme)
            page.evaluate("document.activeElement?.blur()")
            interactive.panel.screenshot(path=folder / f"{name.replace(' ', '_')}_{theme.split()[-1].lower()}.png")


def _cell(name: str) -> str:
    # The benchmarks are no part of the installation that the kernel sees.
    path = f"import sys; sys.path.insert(0, {str(browser.ROOT)!r})"
    return f"{path}\nfrom benchmarks import widgets\nwidgets.INTERACTIVES[{name!r}]()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=IMAGES, metavar="DIR", help="where the pictures go")
    folder = parser.parse_args().into
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        browser.served_lab(Path(home)) as address,
        browser.chromium() as chromium,
    ):
        # Dense pixels keep the text readable where the README shows the picture smaller.
        context = chromium.new_context(viewport={"width": 1100, "height": 1020}, device_scale_factor=1.5)
        context.set_default_timeout(120_000)
        lesson_03(context.new_page(), address, folder)
        interactives(context.new_page(), address, Path(home), folder)
    for picture in sorted(folder.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
