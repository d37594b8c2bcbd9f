"""What a learner can move: data for the page, which makes native form elements of it, so that keyboards and screen
readers know them."""

from typing import Any

Control = dict[str, Any]


def slider(name: str, label: str, low: float, high: float, step: float) -> Control:
    """A number from low to high."""
    return {"kind": "slider", "name": name, "label": label, "min": low, "max": high, "step": step}


def stops(name: str, label: str, values: list[float], texts: list[str] | None = None) -> Control:
    """A slider that halts at these numbers only, in their order, such as learning rates a factor apart.

    texts: how each is written and told; by default the shortest form of the number.
    """
    texts = [f"{value:g}".replace("-", "−") for value in values] if texts is None else texts
    return {"kind": "stops", "name": name, "label": label, "stops": values, "texts": texts}


def choice(name: str, label: str, options: list[str]) -> Control:
    """One of several words."""
    return {"kind": "choice", "name": name, "label": label, "options": options}


def switch(name: str, label: str) -> Control:
    """Yes or no."""
    return {"kind": "switch", "name": name, "label": label}


def button(name: str, label: str) -> Control:
    """Something that happens once at each press; it has no value."""
    return {"kind": "button", "name": name, "label": label}


def play(start: str, pause: str) -> Control:
    """Start and pause of what plays; the labels of the one button that does both. See `tick` in panel.py."""
    return {"kind": "play", "name": "play", "label": start, "pause": pause}


def text(name: str, label: str) -> Control:
    """A line to type or paste; its value changes when the field is left or Enter is pressed."""
    return {"kind": "text", "name": name, "label": label}


def grouped(label: str, *controls: Control) -> list[Control]:
    """Controls that belong together, under a common heading; buttons stay below with the others."""
    return [control | {"group": label} for control in controls]


def disabled(control: Control) -> Control:
    """A control that is shown but cannot be moved now; `controls` can be set again at any time."""
    return control | {"disabled": True}
