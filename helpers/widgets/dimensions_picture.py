"""A row for each layer, in it W, A of the layer below, b, Z and A as rectangles on one scale."""

from helpers.plots.style import BLUE, INK, ORANGE, PAPER
from helpers.widgets.network_shapes import Shape
from helpers.widgets.sketch import Sketch, width_of

WIDTH, HEIGHT = 700, 520
LEFT, SIGN, LABEL, GAP, FOOT, SPREAD = 62, 22, 24, 8, 40, 18
SIZE = 14
NARROWEST, LARGEST = 2.0, 22.0
"""A side of one entry is drawn this wide at least, and no entry is larger than this, in pixels."""

SLOTS = ("W", "A_prev", "b", "Z", "A")
SIGNS = ("·", "+", "=", "→")
KEPT = ("W", "A_prev", "Z")
BAND = "#ecece7"
FILLS = {"W": "#b9d9ee", "b": "#b9d9ee", "A_prev": "#f6cfb4", "Z": "#f6cfb4", "A": "#f6cfb4"}


def subscript(l: int) -> str:
    return str(l).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


class DimensionsPicture:
    """Parameters are blue, what has a column for each example is orange, and the letters say it too."""

    def __init__(self, text: dict[str, str]) -> None:
        self.text = text
        self.sketch = Sketch(WIDTH, HEIGHT)

    def png(self, layers: list[dict[str, Shape]], looked_at: int) -> bytes:
        """layers: the shapes of each, layer 1 first; the one looked at, counted from 1, stands on a band."""
        scale, columns = scale_and_columns(layers)
        heights = [LABEL + GAP + max(scale * tallest(shapes), NARROWEST) for shapes in layers]
        apart = min((HEIGHT - FOOT - sum(heights)) / len(layers), SPREAD)
        heights = [height + apart for height in heights]
        top = (HEIGHT - FOOT - sum(heights)) / 2
        for l, (shapes, height) in enumerate(zip(layers, heights, strict=True), start=1):
            if l == looked_at:
                self.sketch.box(0, top, WIDTH, height, fill=BAND, edge=None)
            self._row(l, shapes, top, height, columns, scale, l == looked_at)
            top += height
        self._foot(scale)
        return self.sketch.png()

    def _row(
        self, l: int, shapes: dict[str, Shape], top: float, height: float, columns: dict, scale: float, strong: bool
    ) -> None:
        label = top + height - LABEL / 2
        middle = top + height - LABEL - (GAP + max(scale * tallest(shapes), NARROWEST)) / 2
        self.sketch.text(8, label, self.text["row"].format(l=l), SIZE, bold=strong, place="l")
        left = LEFT
        for k, name in enumerate(SLOTS):
            if k:
                self.sketch.text(left + SIGN / 2, label, SIGNS[k - 1], 17)
                left += SIGN
            rows, width = (max(scale * n, NARROWEST) for n in shapes[name])
            colour = BLUE if name in "Wb" else ORANGE
            x, y = left + (columns[name] - width) / 2, middle - rows / 2
            face = FILLS[name] if name in KEPT else PAPER
            self.sketch.box(x, y, width, rows, fill=face, edge=colour)
            if strong and name in ("W", "A_prev"):
                self._inner_side(name, x, y, width, rows)
            letter = f"A{subscript(l - 1)}" if name == "A_prev" else f"{name}{subscript(l)}"
            self.sketch.text(left + columns[name] / 2, label, f"{letter} {shapes[name]}", SIZE, bold=strong)
            left += columns[name]

    def _inner_side(self, name: str, x: float, y: float, width: float, rows: float) -> None:
        """The two sides that meet and vanish in the product: along W, and down A."""
        ends = ((x, y), (x + width, y)) if name == "W" else ((x, y), (x, y + rows))
        self.sketch.line(*ends, colour=INK, line=3)

    def _foot(self, scale: float) -> None:
        y = HEIGHT - FOOT / 2 + 2
        n = next(n for n in (1, 2, 5, 10, 20, 50, 100) if scale * n >= 24)
        self.sketch.line((10, y - 5), (10, y), (10 + scale * n, y), (10 + scale * n, y - 5), colour=INK)
        self.sketch.text(18 + scale * n, y - 1, self.text["scale"].format(n=n), SIZE, place="l")
        for x, kept, words in ((220, True, "legend_kept"), (490, False, "legend_not")):
            for right, name, colour in ((0, "W", BLUE), (28, "Z", ORANGE)):
                self.sketch.box(x + right, y - 8, 22, SIZE, fill=FILLS[name] if kept else PAPER, edge=colour)
            self.sketch.text(x + 58, y - 1, self.text[words], SIZE, place="l")


def tallest(shapes: dict[str, Shape]) -> int:
    return max(rows for rows, _ in shapes.values())


def scale_and_columns(layers: list[dict[str, Shape]]) -> tuple[float, dict[str, float]]:
    """Pixels an entry, the same for all arrays, so that all rows fit; and the width of each column of the picture."""
    high = (HEIGHT - FOOT - len(layers) * (LABEL + GAP)) / sum(map(tallest, layers))
    room = WIDTH - LEFT - len(SIGNS) * SIGN - 6
    labels = {name: max(width_of(f"A₀ {shapes[name]}", SIZE, bold=True) for shapes in layers) for name in SLOTS}

    def columns(scale: float) -> dict[str, float]:
        return {name: max(labels[name], scale * max(shapes[name][1] for shapes in layers)) for name in SLOTS}

    # A column is as wide as its label at least, so what is left for the arrays depends on the scale itself.
    scale = min(high, LARGEST)
    while sum(columns(scale).values()) > room:
        scale *= 0.97
    left_over = (room - sum(columns(scale).values())) / len(SLOTS)
    return scale, {name: width + left_over for name, width in columns(scale).items()}
