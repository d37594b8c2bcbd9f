"""Is it told what to do where a benchmark's stored figures are missing or are others?"""

import pytest

from helpers import data
from helpers.data import measured as module


@pytest.fixture(params=["ladder", "clothes", "well"])
def spoiled(request, tmp_path, monkeypatch):
    """(the function that reads these figures, where it now looks for them)."""
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    yield (
        {"clothes": data.shirts_measured}.get(request.param) or getattr(data, request.param),
        tmp_path / f"{request.param}.json",
    )
    module._read.cache_clear()


def test_a_missing_file_is_told_with_its_remedy(spoiled):
    read, path = spoiled
    with pytest.raises(FileNotFoundError, match=f"is missing.*git restore benchmarks/results/{path.name}"):
        read()


@pytest.mark.parametrize("text", ["{}", "no json", '{"figures": {"networks": [{}], "recipes": {"digits": {}}}}', "[]"])
def test_a_file_that_holds_something_else_is_told_with_its_remedy(spoiled, text):
    read, path = spoiled
    path.write_text(text)
    with pytest.raises(ValueError, match=f"does not hold the figures.*git restore benchmarks/results/{path.name}"):
        read()
