"""Follow docs/instructors.md literally: run its commands in a fresh copy of the course, and compare what they print.

python -m tools.guide           print where the guide and the run differ; exit 1 where they do
python -m tools.guide --write   put what was printed into the guide

A block of commands is fenced as `sh`; the block fenced as `text` that follows it is its output. A comment
`<!-- not run: … -->` right before a block leaves it out, with the reason.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "instructors.md"
BLOCK = re.compile(
    r"(?P<left_out><!-- not run: [^>]*-->\n)?```sh\n(?P<commands>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
# Of the environment, what a reader of the guide has no use for: gigabytes that only the course's own tests need.
HEAVY = {"torch", "torchgen", "functorch", "playwright", "sympy"}
# What differs from one run, or one machine, to the next.
VARYING = (
    (r"\b\d+(\.\d+)? s(econds)?\b", "N s"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d+)?)?( UTC)?", "DATE"),
    (r"\b[0-9a-f]{16,64}\b", "DIGEST"),
    (r"Python +3\.\d+\.\d+ \(.*\)", "Python"),
    (r"\d+ GB free", "N GB free"),
    (r"^(OK|NO) +chromium .*\n", ""),
)


@dataclass(frozen=True)
class Step:
    """One block. start, end: where its commands and output lie in the guide."""

    commands: str
    output: str
    start: int
    end: int


def steps(text: str) -> list[Step]:
    """The blocks that are run, in order."""
    found = (m for m in BLOCK.finditer(text) if not m["left_out"])
    return [Step(m["commands"], m["output"] or "", m.start(), m.end()) for m in found]


def normal(text: str) -> str:
    """An output without what varies."""
    for pattern, word in VARYING:
        text = re.sub(pattern, word, text, flags=re.MULTILINE)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def fresh_copy(folder: Path) -> Path:
    """A copy of the course as a clone has it, with an installed environment of its own; returns its root."""
    root = folder / "neurons-to-networks"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    _copy_environment(root)
    return root


def _copy_environment(root: Path) -> None:
    """The running environment at another place: files as links where the disk allows it, paths in them put right."""
    here, there = Path(sys.prefix), root / ".venv"

    def left_out(place: str, names: list[str]) -> set[str]:
        return {n for n in names if n == "__pycache__" or (n in HEAVY and place.endswith("site-packages"))}

    shutil.copytree(here, there, symlinks=True, ignore=left_out, copy_function=_link)
    texts = [there / "pyvenv.cfg", there / "course-complete.json", *(there / "bin").iterdir()]
    texts += _packages(there).glob("__editable__*")
    for file in texts:
        if file.is_file() and not file.is_symlink() and str(ROOT).encode() in (data := file.read_bytes()):
            mode = file.stat().st_mode
            file.unlink()  # never write into a file that may be a link to the original
            file.write_bytes(data.replace(str(ROOT).encode(), str(root).encode()))
            file.chmod(mode)


def _packages(environment: Path) -> Path:
    return environment / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def follow(text: str, root: Path) -> list[str]:
    """Run the steps one after the other in one shell, in the copy; returns what each printed.

    Raises RuntimeError where a step fails.
    """
    home = root.parent / "home"
    home.mkdir(exist_ok=True)
    script = "".join(f"{step.commands}\nprintf '\\036%d\\036' $?\n" for step in steps(text))
    # The folder of the Python below the environment is the reader's python3; nothing else of ours is on the path.
    path = os.pathsep.join([str(Path(sys.base_prefix) / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])
    environment = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "COLUMNS": "100", "MPLCONFIGDIR": str(home)}
    run = subprocess.run(
        ["bash", "-c", script], cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    parts = run.stdout.split("\036")
    printed, codes = parts[0:-1:2], parts[1::2]
    for step, said, code in zip(steps(text), printed, codes, strict=True):
        if code != "0":
            raise RuntimeError(f"This step of the guide failed (exit code {code}):\n{step.commands}\n{said}")
    return [said.replace(str(root), "~/neurons-to-networks") for said in printed]


def differences(text: str, printed: list[str]) -> list[str]:
    """A text for each step whose output is not as the guide shows it."""
    return [
        f"{step.commands}the guide shows:\n{normal(step.output)}\nthe run printed:\n{normal(said)}\n"
        for step, said in zip(steps(text), printed, strict=True)
        if normal(step.output) != normal(said)
    ]


def written(text: str, printed: list[str]) -> str:
    """The guide with the outputs of a run; where only what varies differs, the guide's own stays."""
    for step, said in reversed(list(zip(steps(text), printed, strict=True))):
        if normal(step.output) != normal(said):
            lines = "\n".join(line.rstrip() for line in said.strip("\n").splitlines())
            shown = f"\n```text\n{lines}\n```\n" if lines else ""
            text = f"{text[: step.start]}```sh\n{step.commands}```\n{shown}{text[step.end :]}"
    return text


def main() -> int:
    """Run the guide; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put what was printed into the guide")
    write = parser.parse_args().write
    text = GUIDE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        printed = follow(text, fresh_copy(Path(folder)))
    if write:
        GUIDE.write_text(written(text, printed), encoding="utf-8")
        return 0
    found = differences(text, printed)
    print("\n".join(found) or "The guide shows what is printed.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
