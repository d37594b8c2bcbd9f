"""Is the committed release what generate_assignment makes of the source?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "assignments" / "release"
COMMAND = [sys.executable, "tools/release.py"]


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that belongs to the release, by its relative path."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("release")
    subprocess.run([*COMMAND, "--into", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return files(folder)


def test_are_the_same_files_committed_as_generated(regenerated):
    sources = {path.relative_to(ROOT / "assignments" / "source").as_posix() for path in sources_of_notebooks()}
    assert sources, "there is no assignment under assignments/source"
    assert sources <= set(regenerated)
    assert set(files(COMMITTED)) == set(regenerated), "run: python tools/release.py"


def test_is_every_committed_file_equal_byte_for_byte(regenerated):
    committed = files(COMMITTED)
    stale = [name for name in regenerated if committed.get(name) != regenerated[name]]
    assert not stale, f"the source has changed since these were generated: {stale}. Run: python tools/release.py"


def sources_of_notebooks() -> list[Path]:
    return sorted((ROOT / "assignments" / "source").glob("*/*.ipynb"))
