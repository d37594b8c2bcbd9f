"""What can be set in the playground, and the same as one line of text that can be copied and brought back.

The line holds the settings, the number of steps, and all weights and biases as float32 (base64 of W1, b1, …, WL, bL,
row by row), so that a trained network comes back as it was.
"""

import base64
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from helpers import data

DATA: dict[str, Callable[..., Any]] = {
    "circles": data.circles,
    "moons": data.moons,
    "spirals": data.spirals,
    "flower": data.flower,
    "gaussians": data.gaussians,
}
FEATURES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1_squared": lambda x1, x2: x1**2,
    "x2_squared": lambda x1, x2: x2**2,
    "x1_x2": lambda x1, x2: x1 * x2,
    "sin_x1": lambda x1, x2: np.sin(2 * x1),
    "sin_x2": lambda x1, x2: np.sin(2 * x2),
}
ACTIVATIONS = ("relu", "leaky_relu", "tanh", "sigmoid", "identity")
POINTS = ("20", "50", "100", "200", "500")
RATES = ("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")
PENALTIES = ("0", "0.1", "1", "10", "100")
BATCHES = ("10", "32", "100", "all")
MOST_LAYERS, MOST_UNITS = 4, 8
MOST_NOISE = 0.6
LARGEST = 1e6
"""A weight or a cost beyond this comes of steps that are too large; from there to overflow it is not far."""
HEAD = "playground"


class Settings(NamedTuple):
    """All that decides how a training runs; `points`, `rate`, `l2` and `batch` are texts out of the tables above."""

    data: str = "circles"
    noise: float = 0.2
    points: str = "500"
    draw: int = 0
    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[int, ...] = (8, 8)
    activation: str = "relu"
    rate: str = "0.1"
    l2: str = "0"
    batch: str = "all"
    start: int = 0

    @property
    def sizes(self) -> list[int]:
        return [len(self.features), *self.hidden, 1]


def tidy(settings: Settings) -> Settings:
    """The nearest settings that there are. Raises ValueError naming the setting where there is nothing near."""
    for name, options in (
        ("data", DATA),
        ("points", POINTS),
        ("activation", ACTIVATIONS),
        ("rate", RATES),
        ("l2", PENALTIES),
        ("batch", BATCHES),
    ):
        if getattr(settings, name) not in options:
            raise ValueError(name)
    if not all(feature in FEATURES for feature in settings.features):
        raise ValueError("features")
    for name in ("draw", "start"):
        if not 0 <= getattr(settings, name) < 2**31:
            raise ValueError(name)
    if not np.isfinite(settings.noise):
        raise ValueError("noise")
    return settings._replace(
        noise=round(min(max(float(settings.noise), 0.0), MOST_NOISE), 2),
        features=tuple(feature for feature in FEATURES if feature in settings.features),
        hidden=tuple(min(max(int(n), 1), MOST_UNITS) for n in settings.hidden[:MOST_LAYERS]),
    )


def to_line(settings: Settings, step: int, parameters: dict[str, np.ndarray]) -> str:
    """The state as one line; parameters: of a network of settings.sizes."""
    order = [f"{letter}{l}" for l in range(1, len(settings.sizes)) for letter in "Wb"]
    numbers = np.concatenate([np.ravel(parameters[name]) for name in order]).astype("<f4")
    parts = [f"{name}={_text(value)}" for name, value in settings._asdict().items()]
    return " ".join([HEAD, *parts, f"step={step}", f"weights={base64.b64encode(numbers.tobytes()).decode()}"])


def from_line(line: str) -> tuple[Settings, int, dict[str, np.ndarray] | None]:
    """(settings, step, parameters) of such a line; what it does not name is as at the beginning, parameters None.

    Raises ValueError naming the part that can't be read.
    """
    head, *parts = line.split() or [""]
    if head != HEAD:
        raise ValueError(head[:20])
    found = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or name in found:
            raise ValueError(name[:20])
        found[name] = value
    step, weights = found.pop("step", "0"), found.pop("weights", None)
    settings = tidy(Settings(**{name: _value(name, value) for name, value in found.items()}))
    if not re.fullmatch(r"\d{1,12}", step):
        raise ValueError("step")
    return settings, int(step), None if weights is None else _parameters(weights, settings.sizes)


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _value(name: str, text: str) -> Any:
    example = Settings._field_defaults.get(name)
    try:
        if name == "hidden":
            return tuple(int(n) for n in text.split(",") if n)
        if isinstance(example, tuple):
            return tuple(text.split(",")) if text else ()
        return type(example)(text)
    except (TypeError, ValueError):  # no such setting, or not of its kind
        raise ValueError(name[:20]) from None


def _parameters(weights: str, sizes: list[int]) -> dict[str, np.ndarray]:
    try:
        numbers = np.frombuffer(base64.b64decode(weights, validate=True), "<f4").astype(np.float64)
    except ValueError:
        raise ValueError("weights") from None
    shapes = {}
    for l in range(1, len(sizes)):
        shapes |= {f"W{l}": (sizes[l], sizes[l - 1]), f"b{l}": (sizes[l], 1)}
    if (
        numbers.size != sum(rows * columns for rows, columns in shapes.values())
        or not (np.abs(numbers) <= LARGEST).all()
    ):
        raise ValueError("weights")
    ends = np.cumsum([rows * columns for rows, columns in shapes.values()])[:-1]
    return {
        name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), np.split(numbers, ends), strict=True)
    }
