"""The words of each interactive: NAME.toml beside NAME.py, so that a translation touches no logic."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> dict[str, str]:
    """The messages of one interactive, to be filled in with str.format."""
    return tomllib.loads(files("helpers.widgets").joinpath(f"{name}.toml").read_text("utf-8"))
