"""A computation in small steps: its graph, its values forward, and its derivatives backward by the chain rule."""

from collections.abc import Mapping
from typing import NamedTuple

from helpers.widgets.formulas import Formula, derivative, names_in, read, value_of


class Step(NamedTuple):
    """One node that is computed: its formula, what it uses, and the slope of the formula for each of these."""

    name: str
    formula: Formula
    uses: tuple[str, ...]
    slopes: dict[str, Formula]


class Arrow(NamedTuple):
    """What comes back to a node along one of the arrows that leave it."""

    to: str
    slope: Formula
    slope_value: float
    part: float


class Computation:
    """steps: name -> formula as text, in the order of computing; each uses inputs and earlier steps, the last is J.

    ValueError names a step that is no formula or uses what is not known yet.
    """

    def __init__(self, steps: Mapping[str, str], inputs: list[str], text: dict[str, str]) -> None:
        self.text, self.inputs, self.steps = text, list(inputs), []
        known = list(inputs)
        for name, said in steps.items():
            if not isinstance(name, str) or not name.isidentifier() or name in known:
                raise ValueError(text["bad_name"].format(name=name))
            formula = read(said)
            uses = names_in(formula)
            for used in uses:
                if used not in known:
                    raise ValueError(text["unknown"].format(name=name, formula=said, used=used, known=", ".join(known)))
            slopes = {used: derivative(formula, used, ("name", name)) for used in uses}
            self.steps.append(Step(name, formula, tuple(uses), slopes))
            known.append(name)
        if not self.steps:
            raise ValueError(text["no_steps"])
        self.names = known
        self.result = known[-1]

    def forward(self, inputs: Mapping[str, float]) -> dict[str, float]:
        """The value of every node, or ValueError with the step at which there is none."""
        values = dict(inputs)
        for step in self.steps:
            try:
                values[step.name] = value_of(step.formula, values)
            except ValueError:
                place = {"name": step.name, "at": ", ".join(f"{used} = {values[used]:.3g}" for used in step.uses)}
                raise ValueError(self.text["no_value"].format(**place).replace("= -", "= −")) from None
        return values

    def leaving(self, name: str, values: Mapping[str, float], d: Mapping[str, float]) -> list[Arrow]:
        """The arrows that leave a node, each with its slope there and what it brings back, slope · d of its end."""
        arrows = []
        for step in self.steps:
            if name in step.uses:
                try:
                    slope = value_of(step.slopes[name], values)
                except ValueError:
                    raise ValueError(self.text["no_slope"].format(name=step.name, used=name)) from None
                arrows.append(Arrow(step.name, step.slopes[name], slope, slope * d[step.name]))
        return arrows

    def backward(self, values: Mapping[str, float]) -> dict[str, float]:
        """How fast the result changes with each node: the sum over the arrows that leave it."""
        d = {self.result: 1.0}
        for name in reversed(self.names[:-1]):
            d[name] = sum(arrow.part for arrow in self.leaving(name, values, d))
        return d

    def columns(self) -> list[list[str]]:
        """The nodes by the longest way that leads to them, the result last; an input just before its first use."""
        depth = dict.fromkeys(self.inputs, 0)
        for step in self.steps:
            depth[step.name] = 1 + max((depth[used] for used in step.uses), default=0)
        for name in self.inputs:
            depth[name] = min((depth[step.name] for step in self.steps if name in step.uses), default=1) - 1
        # An end that is no part of the result's way would stand beside it; the result stands alone.
        depth[self.result] = max(depth.values()) + (list(depth.values()).count(max(depth.values())) > 1)
        return [self._column([name for name in self.names if depth[name] == k]) for k in range(depth[self.result] + 1)]

    def _column(self, names: list[str]) -> list[str]:
        """What is computed in the middle, inputs above and below, so that a chain of steps runs level."""
        inputs = [name for name in names if name in self.inputs]
        half = len(inputs) // 2
        return [*inputs[:half], *(name for name in names if name not in inputs), *inputs[half:]]
