"""Are the committed notebooks without outputs, with stable cell ids and the one kernel name?"""

import re
from pathlib import Path

import nbformat
import pytest

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
