"""Filters found in photographs beside the first layers of networks; each can be picked, seen large and measured."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from helpers import brain
from helpers.widgets import messages
from helpers.widgets.controls import choice, slider
from helpers.widgets.neuron_words import number
from helpers.widgets.panel import Drawing, Panel
from helpers.widgets.receptive_fields_picture import ReceptiveFieldsPicture

ALIKE = 1e-9
"""Weights that differ by less than this share of the largest of their set are the same."""
CHANCE = 200
"""So many filters of noise are measured, to know what an orientation by chance looks like."""


class Kind(NamedTuple):
    """W (k, rows · columns) and what is measured of each: selectivity, angle, row, column, spread, each (k,).

    even: the spread of a filter that is alike everywhere.  chance: what 95 of 100 filters of noise stay below in
    selectivity.  A filter that is the same everywhere looks for nothing: what is measured of it is NaN.
    """

    W: np.ndarray
    image_shape: tuple[int, int]
    selectivity: np.ndarray
    angle: np.ndarray
    row: np.ndarray
    column: np.ndarray
    spread: np.ndarray
    even: float
    chance: float

    @property
    def median(self) -> float:
        """Of the selectivity, of those that have one."""
        return float(np.nanmedian(self.selectivity))


class ReceptiveFields(Panel):
    """The interactive of lesson 09 on what the visual cortex and our networks have in common.

    kinds: a name for each set of filters -> (W (k, rows · columns), (rows, columns)), such as independent components or
    the weights of a first layer, the learner's own among them; one to four sets.
    """

    def __init__(self, kinds: Mapping[str, tuple[np.ndarray, tuple[int, int]]]) -> None:
        self.given = kinds
        self.text = messages.load("receptive_fields")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        if not isinstance(self.given, Mapping) or not 1 <= len(self.given) <= 4:
            raise ValueError(self.text["bad_kinds"])
        self.kinds = {name: self._measured(name, given) for name, given in self.given.items()}
        first = next(iter(self.kinds))
        self.controls = self._controls(first)
        self.values = {"kind": first, "unit": 1}
        self.view = ReceptiveFieldsPicture(self.kinds, self.text)
        self.width = self.view.canvas.width
        self.observe(self._keep_within, "values")
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        name, k = values["kind"], int(values["unit"]) - 1
        return Drawing(self.view.png(name, k), self._alt(name, k), self._words(name, k))

    def _measured(self, name: str, given: Any) -> Kind:
        try:
            W, (rows, columns) = np.asarray(given[0], dtype=float), given[1]
        except (TypeError, ValueError, IndexError):
            raise ValueError(self.text["bad_kind"].format(name=name)) from None
        shape = (int(rows), int(columns))
        noise = np.random.default_rng(0).standard_normal((CHANCE, shape[0] * shape[1]))
        alike = same_everywhere(W)
        try:
            # Where none is left, they are handed over all the same: what is wrong is said there.
            seen = W if alike.all() else W[~alike]
            found = brain.place(seen, shape)
            of_each = (brain.orientation_selectivity(seen, shape), brain.preferred_orientation(seen, shape), *found[:3])
            chance = float(np.percentile(brain.orientation_selectivity(noise, shape), 95))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        measured = np.full((len(of_each), len(W)), np.nan)
        measured[:, ~alike] = np.hstack(of_each).T
        return Kind(W, shape, *measured, found.even, chance)

    def _controls(self, name: str) -> list[dict[str, Any]]:
        options = choice("kind", self.text["kind"], list(self.kinds))
        return [options, slider("unit", self.text["unit"], 1, len(self.kinds[name].W), 1)]

    def _keep_within(self, _: Any) -> None:
        """Another set may have fewer units."""
        controls, units = self._controls(self.values["kind"]), len(self.kinds[self.values["kind"]].W)
        if controls != self.controls:
            self.controls = controls
        if self.values["unit"] > units:
            self.values = {**self.values, "unit": units}

    def _words(self, name: str, k: int) -> str:
        text, kind = self.text, self.kinds[name]
        if np.isnan(kind.selectivity[k]):
            return text["alike"].format(
                name=name, unit=k + 1, units=len(kind.W), weight=f"{kind.W[k, 0]:.3g}".replace("-", "−")
            )
        oriented = kind.selectivity[k] > kind.chance
        facts = {
            "selectivity": number(kind.selectivity[k], 2),
            "chance": number(kind.chance, 2),
            "median": number(kind.median, 2),
            "angle": f"{kind.angle[k] % 180:.0f}",
            "way": text[_way(kind.angle[k])],
            "name": name,
            "unit": k + 1,
            "units": len(kind.W),
            "row": number(kind.row[k] + 1, 1),
            "column": number(kind.column[k] + 1, 1),
            "rows": kind.image_shape[0],
            "columns": kind.image_shape[1],
            "spread": number(kind.spread[k], 1),
            "even": number(kind.even, 1),
        }
        lines = ("which", "oriented" if oriented else "not_oriented", "place")
        return "\n".join(text[line].format(**facts) for line in lines)

    def _alt(self, name: str, k: int) -> str:
        medians = ", ".join(f"{other}: {kind.median:.2f}" for other, kind in self.kinds.items())
        counts = ", ".join(f"{other}: {len(kind.W)}" for other, kind in self.kinds.items())
        return self.text["alt"].format(counts=counts, name=name, unit=k + 1, medians=medians)


def same_everywhere(W: np.ndarray) -> np.ndarray:
    """(k,): which filters have one weight only, such as 0 where a unit has learned nothing."""
    if W.ndim != 2 or W.size == 0:
        return np.zeros(len(W) if W.ndim else 0, bool)
    return np.ptp(W, axis=1) <= ALIKE * np.abs(W).max()


def _way(angle: float) -> str:
    """Which word says how the stripes run, each for 45 degrees around its middle."""
    return ("level", "rising", "upright", "falling")[int((angle + 22.5) % 180 // 45)]
