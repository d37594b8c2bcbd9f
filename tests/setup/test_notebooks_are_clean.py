"""Are the committed notebooks without outputs, with stable cell ids and the one kernel name?"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "assignments" / "source").rglob("*.ipynb")])
NOTEBOOKS += sorted((ROOT / "assignments" / "release").rglob("*.ipynb"))
NOTEBOOKS = [path for path in NOTEBOOKS if ".ipynb_checkpoints" not in path.parts]


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_is_clean(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.metadata.kernelspec.name) == (4, "python3")
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", cell.id), (
            f"{cell.id}: a readable id is wanted, such as neuron-forward"
        )
        if cell.cell_type == "code":
            assert not cell.outputs, f"{cell.id} has outputs; nbstripout takes them away"
            assert cell.execution_count is None


def test_the_hook_at_commits_is_local_and_leaves_clean_notebooks_alone(tmp_path):
    """It strips outputs and counts, and keeps ids."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    [hook] = [hook for hook in config["repos"][0]["hooks"] if hook["id"] == "nbstripout"]
    arguments = hook["entry"].split()[1:]
    copies = [Path(shutil.copy(path, tmp_path / f"{k}.ipynb")) for k, path in enumerate(NOTEBOOKS)]
    dirty = nbformat.read(copies[0], as_version=4)
    code = next(cell for cell in dirty.cells if cell.cell_type == "code")
    code.update(execution_count=7, outputs=[nbformat.v4.new_output("stream", text="an output")])
    nbformat.write(dirty, copies[0])
    subprocess.run([sys.executable, "-m", "nbstripout", *arguments, *copies], check=True)
    for path, copy in zip(NOTEBOOKS, copies, strict=True):
        assert json.loads(copy.read_text(encoding="utf-8")) == json.loads(path.read_text(encoding="utf-8")), path
