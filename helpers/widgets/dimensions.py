"""Every array of a network with its shape: the checklist of dimensions for sizes that the learner chooses."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers import network
from helpers.widgets import messages
from helpers.widgets.controls import disabled, slider
from helpers.widgets.dimensions_picture import DimensionsPicture, subscript
from helpers.widgets.network_shapes import Shape, shapes_made
from helpers.widgets.panel import Drawing, Panel

MOST_LAYERS, MOST_UNITS, MOST_EXAMPLES = 6, 128, 100
HIDDEN = [f"h{l}" for l in range(1, MOST_LAYERS)]


class Dimensions(Panel):
    """The interactive of lesson 06.

    layer_sizes: [n_0, n_1, …, n_L] to begin with, each from 1 to 128, at most 6 layers. m: examples, from 1 to 100.
    initialize(layer_sizes, rng) -> parameters and forward(X, parameters) -> (A_L, caches): the course's functions, or
    the learner's own of assignment 06. They run at each change, and every shape that comes out is held against the
    checklist; the first that differs is named.
    """

    def __init__(
        self,
        layer_sizes: Sequence[int] = (128, 20, 7, 5, 1),
        m: int = 40,
        *,
        initialize: Callable[..., dict[str, np.ndarray]] = network.initialize,
        forward: Callable[..., tuple[np.ndarray, list]] = network.forward,
    ) -> None:
        self.layer_sizes, self.m = layer_sizes, m
        self.functions = initialize, forward
        self.text = messages.load("dimensions")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        several = isinstance(self.layer_sizes, Sequence | np.ndarray) and not isinstance(self.layer_sizes, str)
        sizes = list(self.layer_sizes) if several else []
        if not 2 <= len(sizes) <= MOST_LAYERS + 1:
            raise ValueError(self.text["bad_sizes"].format(got=self.layer_sizes, most=MOST_LAYERS + 1))
        for l, n in enumerate(sizes):
            self._check_count(f"layer_sizes[{l}]", n, MOST_UNITS)
        self._check_count("m", self.m, MOST_EXAMPLES)
        L, hidden = len(sizes) - 1, sizes[1:-1]
        # Layers that are added later repeat the last hidden size.
        hidden += [(hidden or [5])[-1]] * (len(HIDDEN) - len(hidden))
        self.view = DimensionsPicture(self.text)
        self.width = self.view.sketch.width
        self._build_controls(L)
        units = {"n0": sizes[0], **dict(zip(HIDDEN, hidden, strict=True)), "nL": sizes[-1]}
        self.values = {"L": L, "m": int(self.m), "layer": 1, **{name: int(n) for name, n in units.items()}}
        return True

    def refresh(self) -> None:
        if self._ready and self.values["layer"] > self.values["L"]:
            self.values = {**self.values, "layer": self.values["L"]}  # which refreshes
            return
        super().refresh()

    def draw(self, values: dict[str, Any]) -> Drawing:
        L, m = int(values["L"]), int(values["m"])
        if self._shown_layers != L:
            self._build_controls(L)
        sizes = [int(values[name]) for name in ("n0", *HIDDEN[: L - 1], "nL")]
        l = int(values["layer"])
        initialize, forward = self.functions
        layers = shapes_made(initialize, forward, sizes, m, self.text)
        names = [f"A{subscript(l - 1)}" if name == "A_prev" else f"{name}{subscript(l)}" for name in layers[l - 1]]
        shapes = ", ".join(f"{name} {shape}" for name, shape in zip(names, layers[l - 1].values(), strict=True))
        said = ", ".join(map(str, sizes))
        alt = self.text["alt"].format(L=L, sizes=said, m=m, l=l, shapes=shapes)
        return Drawing(self.view.png(layers, l), alt, self._words(layers, l))

    def _build_controls(self, L: int) -> None:
        """As many sliders for units as there are layers."""
        self._shown_layers = L
        name = {l: self.text["hidden"].format(l=subscript(l)) for l in range(1, L)}
        units = [slider("n0", self.text["input"].format(l="₀"), 1, MOST_UNITS, 1)]
        units += [slider(HIDDEN[l - 1], name[l], 1, MOST_UNITS, 1) for l in range(1, L)]
        units += [slider("nL", self.text["output"].format(l=subscript(L)), 1, MOST_UNITS, 1)]
        layer = slider("layer", self.text["layer"], 1, max(L, 2), 1)
        self.controls = [
            slider("L", self.text["L"], 1, MOST_LAYERS, 1),
            slider("m", self.text["m"], 1, MOST_EXAMPLES, 1),
            layer if L > 1 else disabled(layer),
            *units,
        ]

    def _words(self, layers: list[dict[str, Shape]], l: int) -> str:
        text, shapes = self.text, layers[l - 1]
        n, n_prev = shapes["W"]
        counts = [count(layer, "W", "b") for layer in layers]
        kept = [count(layer, "A_prev", "W", "Z") for layer in layers]
        place = {"l": l, "s": subscript(l), "p": subscript(l - 1), "n": n, "n_prev": n_prev, **shapes}
        words = {
            "units": text["unit" if n == 1 else "units"],
            "read": text["reads" if n == 1 else "read_by_many"],
            "things": text["thing" if n_prev == 1 else "things"],
        }
        learned = text["learned" if len(layers) > 1 else "learned_alone"]
        return "\n".join(
            (
                text["read"].format(**place, **words),
                text["product"].format(**place),
                text["kept"].format(**place, numbers=f"{kept[l - 1]:,}", all=f"{sum(kept):,}"),
                learned.format(terms=" + ".join(f"{n:,}" for n in counts), total=f"{sum(counts):,}"),
            )
        )

    def _check_count(self, name: str, value: Any, high: int) -> None:
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 1 <= value <= high:
            raise ValueError(self.text["bad_count"].format(name=name, got=value, low=1, high=high))


def count(shapes: dict[str, Shape], *names: str) -> int:
    """Numbers in these arrays together."""
    return sum(int(np.prod(shapes[name])) for name in names)
