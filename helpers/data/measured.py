"""Figures that a benchmark has measured and stored, for the lessons that show them."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

FOLDER = Path(__file__).parents[2] / "benchmarks" / "results"

Figures = TypeVar("Figures")


def measured(name: str, shape: Callable[[dict], Figures]) -> Figures:
    """What `shape` makes of the figures that `python -m benchmarks.NAME --json` has stored.

    Raises FileNotFoundError where the file is missing, and ValueError where it is not what the benchmark writes.
    """
    path = FOLDER / f"{name}.json"
    remedy = f"Bring it back with 'git restore benchmarks/results/{name}.json' in the folder of the course."
    try:
        return shape(json.loads(_read(path))["figures"])
    except FileNotFoundError:
        raise FileNotFoundError(f"The file {path} with the figures of benchmarks.{name} is missing. {remedy}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} does not hold the figures of benchmarks.{name} ({error!r}). {remedy}") from None


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
