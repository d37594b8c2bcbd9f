"""What a learner can move: data for the page, which makes native form elements of it, so that keyboards and screen
readers know them."""

from typing import Any

Control = dict[str, Any]


def slider(name: str, label: str, low: float, high: float, step: float) -> Control:
    """A number from low to high."""
    return {"kind": "slider", "name": name, "label": label, "min": low, "max": high, "step": step}


def choice(name: str, label: str, options: list[str]) -> Control:
    """One of several words."""
    return {"kind": "choice", "name": name, "label": label, "options": options}


def switch(name: str, label: str) -> Control:
    """Yes or no."""
    return {"kind": "switch", "name": name, "label": label}


def button(name: str, label: str) -> Control:
    """Something that happens once at each press; it has no value."""
    return {"kind": "button", "name": name, "label": label}
