"""The sentences a learner reads: one TOML file an assignment, and engine.toml for what all exercises share.

A translation is a folder of files of the same names: text/de/engine.toml, text/de/a03_one_neuron.toml. What it lacks is
read from the English ones.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "text"
ENGINE = "engine"


@cache
def load(name: str, language: str = "en") -> Mapping:
    """The tables of one file, in the language asked for as far as it goes."""
    english = _read(FOLDER / f"{name}.toml")
    translated = FOLDER / language / f"{name}.toml"
    return english if language == "en" or not translated.exists() else _overlay(english, _read(translated))


def engine(section: str, key: str, language: str = "en", /, **values: object) -> str:
    """One sentence of engine.toml, its {places} filled."""
    return fill(load(ENGINE, language)[section][key], values)


def fill(template: str, values: Mapping[str, object]) -> str:
    return template.strip().format_map({key: str(value) for key, value in values.items()})


def _read(path: Path) -> dict:
    with path.open("rb") as file:
        return tomllib.load(file)


def _overlay(below: Mapping, above: Mapping) -> dict:
    merged = dict(below)
    for key, value in above.items():
        merged[key] = _overlay(below.get(key, {}), value) if isinstance(value, Mapping) else value
    return merged
