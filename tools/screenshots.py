"""Make the pictures under docs/images from a real browser: run it after a change to what they show.

python tools/screenshots.py               into docs/images
python tools/screenshots.py --into DIR    the same elsewhere, to look at first
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import browser

IMAGES = browser.ROOT / "docs" / "images"
NEURON = "A neuron to tune by hand"


def lesson_03(page, address: str, folder: Path) -> None:
    """The lesson in Lab with the neuron half-way trained, and the neuron alone in both themes."""
    notebook = browser.Notebook(page, address, "notebooks/03_one_neuron.ipynb")
    # A reader of the README wants to see the lesson, not the list of files.
    page.keyboard.press("Control+b")
    notebook.run_all()
    neuron = notebook.interactive(NEURON).panel
    for button in ("Back to zero", "50 steps", "50 steps"):
        drawn = int(neuron.locator("img").get_attribute("data-frame"))
        neuron.get_by_role("button", name=button, exact=True).click()
        page.wait_for_function(
            "([image, drawn]) => Number(image.dataset.frame) > drawn",
            arg=[neuron.locator("img").element_handle(), drawn],
        )
    for theme in browser.THEMES[::-1]:
        notebook.theme(theme)
        page.evaluate("document.activeElement?.blur()")
        neuron.screenshot(path=folder / f"neuron_{theme.split()[-1].lower()}.png")
    notebook.panel.locator("h2", has_text="By hand").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(1000)
    page.screenshot(path=folder / "lesson_03.png")


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
        lesson_03(context.new_page(), address, folder)
    for picture in sorted(folder.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
