"""The measured ladder: two of its networks compared, with intervals, run by run, and over the steps of training."""

from typing import Any

import numpy as np

from helpers import data
from helpers.data.ladder import Ladder as Results
from helpers.widgets import messages
from helpers.widgets.controls import choice
from helpers.widgets.ladder_picture import LadderPicture
from helpers.widgets.panel import Drawing, Panel
from helpers.widgets.written_numbers import percent


class Ladder(Panel):
    """The interactive of lesson 06 that trains nothing: it shows what `python -m benchmarks.ladder` has stored.

    results: as data.ladder() gives them, which is the default. start: the places of the two networks to begin with.
    """

    def __init__(self, results: Results | None = None, *, start: tuple[int, int] = (2, 3)) -> None:
        self.results, self.start = results, start
        self.text = messages.load("ladder")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        self.results = data.ladder() if self.results is None else self.results
        if not isinstance(self.results, Results):
            raise ValueError(text["bad"].format(got=type(self.results).__name__))
        self.names = [text["hidden"].format(widths=list(h)) if h else text["none"] for h in self.results.hidden]
        self.controls = [
            choice("first", text["first"], self.names),
            choice("second", text["second"], self.names),
            choice("pairs", text["pairs"], [text["test"], text["train"]]),
        ]
        first, second = (self.names[k] for k in self._places())
        self.values = {"first": first, "second": second, "pairs": text["test"]}
        self.view = LadderPicture(self.results, self.names, text)
        self.width = self.view.canvas.width
        return True

    def _places(self) -> tuple[int, int]:
        last = len(self.names) - 1
        try:
            first, second = self.start
            right = {first, second} <= set(range(last + 1))
        except (TypeError, ValueError):
            right = False
        if not right:
            raise ValueError(self.text["bad_start"].format(got=self.start, last=last))
        return int(first), int(second)

    def draw(self, values: dict[str, Any]) -> Drawing:
        a, b = self.names.index(values["first"]), self.names.index(values["second"])
        r, fresh = self.results, values["pairs"] == self.text["test"]
        curves = r.test_curves if fresh else r.train_curves
        picture = self.view.png(a, b, curves, self.difference(a, b), values["pairs"])
        return Drawing(picture, self._alt(a, b, curves, values["pairs"]), self._words(a, b))

    def difference(self, a: int, b: int) -> tuple[float, float, float]:
        """Mean, low and high end of B's share minus A's."""
        if a == b:
            return 0.0, 0.0, 0.0
        mean, low, high = self.results.differences[min(a, b), max(a, b)]
        return (mean, low, high) if a < b else (-mean, -high, -low)

    def _words(self, a: int, b: int) -> str:
        text = self.text
        if a == b:
            return f"{self._one('A', a)}\n{text['same']}"
        intervals = self.results.intervals
        overlap = intervals[a][1] >= intervals[b][0] and intervals[b][1] >= intervals[a][0]
        mean, low, high = self.difference(a, b)
        paired = text["paired"].format(
            by=points(abs(mean)), above=text["above" if mean >= 0 else "below"], low=points(low), high=points(high)
        )
        verdict = text["no_claim"]
        if low > 0 or high < 0:
            verdict = text["claim"].format(better="B" if low > 0 else "A")
        together = f"{text['overlap_words' if overlap else 'apart_words']} {paired}"
        return "\n".join([self._one("A", a), self._one("B", b), together, verdict])

    def _one(self, letter: str, k: int) -> str:
        r, (low, high) = self.results, self.results.intervals[k]
        said = self.text["one"].format(
            letter=letter, name=self.names[k], mean=percent(r.means[k], 1), runs=r.test.shape[1], low=percent(low, 1),
            high=percent(high, 1),
        )  # fmt: skip
        baseline = r.baseline.mean()
        return said + (" " + self.text["at_baseline"].format(baseline=percent(baseline, 1)) if low <= baseline else "")

    def _alt(self, a: int, b: int, curves: np.ndarray, pairs: str) -> str:
        r = self.results
        gaps = r.test[b] - r.test[a]
        said = self.text["alt"].format(
            n=len(self.names), runs=r.test.shape[1], A=self.names[a], B=self.names[b], mean_A=percent(r.means[a], 1),
            mean_B=percent(r.means[b], 1), least=points(gaps.min()), most=points(gaps.max()),
        )  # fmt: skip
        ends = {f"end_{letter}": percent(curves[k, :, -1].mean(), 1) for letter, k in (("A", a), ("B", b))}
        return f"{said} {self.text['alt_curves'].format(steps=r.steps, pairs=pairs, **ends)}"


def points(difference: float) -> str:
    """0.005 as "0.5", with a true minus sign."""
    digits = f"{100 * abs(difference):.1f}"
    return f"−{digits}" if difference < 0 and float(digits) else digits
