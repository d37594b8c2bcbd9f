"""A computation graph: a box for each node, arrows for what is used where, values above and derivatives below."""

import re
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from helpers.plots.style import BLUE, FAINT, INK, ORANGE, PAPER, axes, styled

HALF_HEIGHT = 0.2
Edge = tuple[str, str]


@styled
def computation_graph(
    places: Mapping[str, tuple[float, float]],
    edges: Sequence[Edge],
    formulas: Mapping[str, str] | None = None,
    values: Mapping[str, float] | None = None,
    derivatives: Mapping[str, float] | None = None,
    slopes: Mapping[Edge, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Boxes and arrows, read from left to right.

    places: name of each node -> (x, y) of its box, in units of about a box.  edges: (from, to), names of nodes.
    formulas: name -> what stands in the box, the name by default.
    values: name -> number, written above the box as "name = 1.5".
    derivatives: name -> number, written below it as "dname = 0.2" after an arrow to the left.
    slopes: edge -> what stands beside its arrow, such as the slope of that one step.
    Raises ValueError where an edge, a value or a slope belongs to no node or edge.
    """
    formulas, values, derivatives, slopes = (dict(d or {}) for d in (formulas, values, derivatives, slopes))
    _known(places, edges, {**formulas, **values, **derivatives}, slopes)
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values()) + 1.6
    height = max(y for _, y in places.values()) - min(y for _, y in places.values()) + 1.5
    ax = axes(size=(max(1.35 * width, 3.0), max(1.15 * height, 1.8))) if ax is None else ax
    halves = {name: 0.14 + 0.042 * _letters(formulas.get(name, name)) for name in places}
    for start, end in edges:
        _arrow(ax, places, halves, start, end, slopes.get((start, end)))
    for name, (x, y) in places.items():
        half = halves[name]
        box = FancyBboxPatch(
            (x - half, y - HALF_HEIGHT),
            2 * half,
            2 * HALF_HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.12",
            facecolor=PAPER,
            edgecolor=INK,
            linewidth=1.5,
            zorder=3,
        )
        ax.add_patch(box)
        ax.text(x, y - 0.01, formulas.get(name, f"${name}$"), ha="center", va="center", fontsize=11, zorder=4)
        if name in values:
            ax.text(x, y + 0.26, f"{name} = {_number(values[name])}", ha="center", va="bottom", color=BLUE, zorder=5)
        if name in derivatives:
            said = f"← d{name} = {_number(derivatives[name])}"
            paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.85}  # arrows may run below
            ax.text(x, y - 0.27, said, ha="center", va="top", color=ORANGE, zorder=5, bbox=paper)
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    ax.set(xlim=(min(xs) - 0.8, max(xs) + 0.8), ylim=(min(ys) - 0.7, max(ys) + 0.65))
    ax.axis("off")
    return ax


def _known(places: Mapping, edges: Sequence[Edge], named: Mapping, slopes: Mapping) -> None:
    for name in [*(end for edge in edges for end in edge), *named]:
        if name not in places:
            raise ValueError(f"{name!r} has no place; the nodes are {', '.join(places)}.")
    for edge in slopes:
        if edge not in edges:
            raise ValueError(f"slopes has {edge!r}, which is not among the edges.")


def _letters(formula: str) -> int:
    """About how many letters wide a formula is; the marks of mathematics take no room."""
    typeset = re.sub(r"\\[A-Za-z]+", "x", re.sub(r"\\(log|exp|tanh)", r"\1", formula))
    return max(len(re.sub(r"[${}_^ ]", "", typeset)), 1)


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def _arrow(ax: Axes, places: Mapping, halves: Mapping, start: str, end: str, slope: str | None) -> None:
    (x0, y0), (x1, y1) = places[start], places[end]
    tail, head = (x0 + halves[start], y0), (x1 - halves[end], y1)
    style = {"arrowstyle": "-|>", "color": FAINT, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 1}
    ax.annotate("", xy=head, xytext=tail, arrowprops=style, zorder=2)
    if slope is not None:
        # nearer to the tail, so that the slopes of two arrows that cross in the middle stay apart
        x, y = tail[0] + 0.36 * (head[0] - tail[0]), tail[1] + 0.36 * (head[1] - tail[1])
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}
        ax.text(x, y, slope, ha="center", va="center", fontsize=9.5, color=INK, bbox=paper, zorder=2.5)
