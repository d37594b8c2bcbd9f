"""The picture of a computation graph on its way: boxes, arrows, values above and derivatives below."""

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER
from helpers.widgets.computation import Arrow, Computation
from helpers.widgets.computation_words import slope
from helpers.widgets.formula_words import name as spelled
from helpers.widgets.formula_words import number, written
from helpers.widgets.formulas import names_in
from helpers.widgets.sketch import Sketch, width_of

LEAST_WIDTH, ROW, TALL, SIZE = 760, 86, 34, 16
MARGIN, LABEL, FIRST_LABEL, LEAST_GAP = 8, 116, 138, 40
# How far over and under a flat arrow a slope of two lines stands: clear of what is written over and under the boxes.
TWO_LINES = 13
BEND = 0.16
BAND_FORWARD, BAND_BACKWARD = "#d5e7f3", "#fce6d8"


class ComputationPicture:
    """The node at hand is filled and its arrows are thick: blue and into it forward, orange and back to it backward."""

    def __init__(self, computation: Computation) -> None:
        self.computation = computation
        formulas = {step.name: written(step.formula) for step in computation.steps}
        self.formulas = {name: formulas.get(name, spelled(name)) for name in computation.names}
        self.wide = {name: max(width_of(said, SIZE) + 22, 42) for name, said in self.formulas.items()}
        columns = computation.columns()
        self.column = {name: k for k, names in enumerate(columns) for name in names}
        widths = [max(self.wide[name] for name in names) for names in columns]
        # Values and derivatives stand over and under the boxes and are wider than small ones.
        widths = [max(width, FIRST_LABEL if k == 0 else LABEL) for k, width in enumerate(widths)]
        gaps = [self._gap(k, widths) for k in range(len(columns) - 1)]
        wide, rows = 2 * MARGIN + sum(widths) + sum(gaps), max(map(len, columns))
        self.sketch = Sketch(max(LEAST_WIDTH, round(wide)), max(rows, 2) * ROW + 24)
        spare = (self.sketch.width - wide) / max(len(gaps), 1)
        self.places = self._places(columns, widths, [gap + spare for gap in gaps])
        self.heads = self._heads()

    def _gap(self, k: int, widths: list[float]) -> float:
        """The least room between column k and the next: for every slope on an arrow from one to the other."""
        needs = [LEAST_GAP]
        for step in self.computation.steps:
            for used in step.uses:
                if self.column[used] == k and self.column[step.name] == k + 1 and names_in(step.slopes[used]):
                    said = width_of(written(step.slopes[used]), SIZE - 1), width_of("= −0.123", SIZE - 1)
                    # Between boxes, which may be narrower than their columns; inputs in front stand at the right.
                    before = (widths[k] - self.wide[used]) / 2 if k else 0
                    needs.append(max(said) + 16 - before - (widths[k + 1] - self.wide[step.name]) / 2)
        return max(needs)

    def _places(
        self, columns: list[list[str]], widths: list[float], gaps: list[float]
    ) -> dict[str, tuple[float, float]]:
        """The middle of each box; the nodes of a column are spread over the height."""
        places, left = {}, MARGIN
        for names, width, gap in zip(columns, widths, [*gaps, 0.0], strict=True):
            share = self.sketch.height / len(names)
            for k, name in enumerate(names):
                # Inputs stand at the right of their room, so that no arrow crosses what is written under them.
                middle = left + width - self.wide[name] / 2 if names is columns[0] else left + width / 2
                places[name] = (middle, (k + 0.5) * share)
            left += width + gap
        return places

    def _heads(self) -> dict[tuple[str, str], float]:
        """For each arrow how far above or below the middle of its box it ends: apart, in the order of their starts."""
        heads = {}
        for step in self.computation.steps:
            starts = sorted(step.uses, key=lambda used: self.places[used][1])
            apart = 7 if len(starts) > 2 else 0
            heads |= {(used, step.name): (k - (len(starts) - 1) / 2) * apart for k, used in enumerate(starts)}
        return heads

    def png(
        self, values: dict[str, float], d: dict[str, float], now: str | None, arrows: list[Arrow], backward: bool
    ) -> bytes:
        """values, d: those found so far. now: the node at hand. arrows: on the way back, those that leave it."""
        sketch, back = self.sketch, {arrow.to: arrow for arrow in arrows}
        for step in self.computation.steps:
            for used in step.uses:
                if not (backward and used == now) and not (not backward and step.name == now):
                    self._arrow(used, step.name, FAINT, 1.3)
        for step in self.computation.steps:
            for used in step.uses:
                if backward and used == now:
                    self._arrow(used, step.name, ORANGE, 3.0, reverse=True)
                elif not backward and step.name == now:
                    self._arrow(used, step.name, BLUE, 3.0)
        for name, (x, y) in self.places.items():
            fill = PAPER if name != now else BAND_BACKWARD if backward else BAND_FORWARD
            edge, line = (INK, 2.6) if name == now else (INK, 1.4)
            wide = self.wide[name]
            sketch.round_box(x - wide / 2, y - TALL / 2, wide, TALL, fill=fill, edge=edge, line=line)
            sketch.text(x, y, self.formulas[name], SIZE)
        for to, arrow in back.items():
            self._slope(now, to, slope(arrow))
        for name in self.places:
            if name in values:
                said = f"{spelled(name)} = {number(values[name])}"
                self._label(name, -1, said, BLUE, name == now and not backward)
            if name in d:
                said = f"← d{spelled(name)} = {number(d[name])}"
                self._label(name, 1, said, ORANGE, name == now)
        return sketch.png()

    def _ends(self, start: str, end: str) -> tuple[tuple[float, float], tuple[float, float], float]:
        """Where an arrow begins and ends, and how far it bends: past a column in between, around the boxes there."""
        (x0, y0), (x1, y1) = self.places[start], self.places[end]
        tail, head = (x0 + self.wide[start] / 2 + 2, y0), (x1 - self.wide[end] / 2 - 2, y1 + self.heads[start, end])
        if self.column[end] - self.column[start] == 1:
            return tail, head, 0.0
        # Upwards, and not beyond the paper.
        highest = ((tail[1] + head[1]) / 2 - 14) / (head[0] - tail[0])
        return tail, head, min(BEND, highest)

    def _arrow(self, start: str, end: str, colour: str, line: float, reverse: bool = False) -> None:
        tail, head, bend = self._ends(start, end)
        if reverse:
            tail, head, bend = head, tail, -bend
        self.sketch.arrow(tail, head, colour, line, bend)

    def _slope(self, start: str, end: str, said: str) -> None:
        """Beside the middle of the arrow; what is longer than a flat arrow stands in two lines, over and under it."""
        (x0, y0), (x1, y1), bend = self._ends(start, end)
        wide = width_of(said, SIZE - 1, True)
        # Clear of what is written at the node, and apart from where two arrows cross in the middle.
        share = 0.5 if bend or y0 == y1 else min(max(0.45, (wide / 2 + 8) / (x1 - x0)), 0.65)
        x, y = x0 + share * (x1 - x0) + bend * (y1 - y0), y0 + share * (y1 - y0) - bend * (x1 - x0)
        formula, _, value = said.rpartition(" = ")
        if formula and abs(y1 - y0) < 20 and wide > x1 - x0 - 32:
            self._words(x, y - TWO_LINES, formula, INK, False, tall=16)
            self._words(x, y + TWO_LINES, f"= {value}", INK, False, tall=16)
        else:
            self._words(x, y, said, INK, True)

    def _label(self, name: str, side: int, said: str, colour: str, strong: bool) -> None:
        """Over a box (side −1) or under it (side 1); at an input up to the right end of its box at most."""
        x, y = self.places[name]
        if name in self.computation.inputs:
            x = min(x, x + self.wide[name] / 2 - width_of(said, SIZE - 1, strong) / 2 + 2)
        self._words(x, y + side * (TALL / 2 + 13), said, colour, strong)

    def _words(self, x: float, y: float, said: str, colour: str, strong: bool, tall: float = 20) -> None:
        """On a piece of paper of their own, since arrows may run below."""
        wide = width_of(said, SIZE - 1, strong) + 8
        x = min(max(x, wide / 2), self.sketch.width - wide / 2)
        self.sketch.box(x - wide / 2, y - tall / 2, wide, tall, edge=None)
        self.sketch.text(x, y, said, SIZE - 1, colour, strong)
