"""Figures of the brain lesson: lines over time, spikes, what a unit says against what happens, weights as images."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.plots.style import COLOURS, FAINT, INK, MARKERS, axes_or_new, styled


@styled
def line(x: np.ndarray, y: np.ndarray, ax: Axes | None = None, label: str | None = None, dots: bool = False) -> Axes:
    """Measured values against x, joined by a line; a second call on the same Axes takes the next colour and dash.

    x, y: (k,), or arrays of k entries.  dots: a marker at each value, where there are few.
    Raises ValueError where x and y have different numbers of entries, or none.
    """
    x, y = np.ravel(x), np.ravel(y)
    if x.size != y.size or x.size == 0:
        raise ValueError(f"x has {x.size} entries and y {y.size}, but equally many are needed, at least one.")
    ax = axes_or_new(ax)
    ax.plot(x, y, label=label, marker=MARKERS[len(ax.lines) % len(MARKERS)] if dots else None, markersize=5)
    if label is not None:
        ax.legend()
    return ax


@styled
def spike_marks(times: np.ndarray, ax: Axes, label: str | None = "spikes") -> Axes:
    """A short upright stroke above the curves for each spike.

    times: of the spikes, in the unit of the Axes' x.  ax: with something drawn on it already; its x limits stay.
    """
    low, high = ax.get_xlim()
    times = np.ravel(times)
    shown = times[(times >= low) & (times <= high)]
    bottom, top = ax.get_ylim()
    height = 0.07 * (top - bottom)
    ax.vlines(shown, top + 0.5 * height, top + 1.5 * height, colors=INK, linewidth=1.4, label=label)
    ax.set(xlim=(low, high), ylim=(bottom, top + 2.2 * height))
    if label is not None:
        # Above the picture, where neither marks nor curves can be.
        ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=4, borderaxespad=0.2, frameon=False)
    return ax


@styled
def reliability(
    said: np.ndarray, seen: np.ndarray, n: np.ndarray, ax: Axes | None = None, label: str = "groups of examples"
) -> Axes:
    """How often it happened against how probable it was said to be, with the diagonal where the two agree.

    said, seen: (1, groups), mean probability and share of ones in each group.  n: (1, groups), how many examples each
    holds; the bars reach two standard errors of that share to either side.
    Raises ValueError where the shapes differ.
    """
    said, seen, n = (np.ravel(a).astype(float) for a in (said, seen, n))
    if not said.size == seen.size == n.size or said.size == 0:
        raise ValueError(
            f"said, seen and n have {said.size}, {seen.size} and {n.size} entries: equally many are needed."
        )
    first = ax is None or not ax.lines
    ax = axes_or_new(ax)
    if first:
        ax.plot([0, 1], [0, 1], color=FAINT, linestyle=":", linewidth=1.4, label="said = seen")
    k = len(ax.containers)
    reach = 2 * np.sqrt(seen * (1 - seen) / n)
    ax.errorbar(said, seen, yerr=reach, fmt=MARKERS[k], color=COLOURS[k], capsize=3, markersize=6, label=label)
    high = 1.1 * max(said.max(), (seen + reach).max(), ax.get_xlim()[1] if not first else 0)
    ax.set(xlim=(-0.02, min(high, 1.02)), ylim=(-0.02, min(high, 1.02)))
    ax.set(xlabel="probability of a spike, as said", ylabel="share of bins with a spike")
    ax.legend(loc="upper left")
    return ax


@styled
def weight_images(
    W: np.ndarray, image_shape: tuple[int, int], columns: int = 8, ax: Axes | None = None, title: str = ""
) -> Axes:
    """Each row of W as a small image, all in one frame: grey is 0, white above it, black below, each in its own range.

    W: (k, rows · columns of an image), such as the weights of a layer that reads pixels.
    Raises ValueError where W does not fit the image shape.
    """
    W = np.asarray(W, dtype=float)
    r, c = image_shape
    if W.ndim != 2 or W.shape[0] == 0 or W.shape[1] != r * c:
        raise ValueError(f"W has shape {W.shape}, but (k, {r * c}) is needed for images of {r} by {c} pixels.")
    columns = min(columns, len(W))
    rows = -(-len(W) // columns)
    gap = max(1, r // 12)
    frame = np.full((rows * (r + gap) + gap, columns * (c + gap) + gap), np.nan)
    for k, weights in enumerate(W):
        i, j = divmod(k, columns)
        top, left = gap + i * (r + gap), gap + j * (c + gap)
        frame[top : top + r, left : left + c] = weights.reshape(r, c) / (np.abs(weights).max() or 1.0)
    ax = axes_or_new(ax)
    ax.imshow(np.ma.masked_invalid(frame), cmap="gray", vmin=-1, vmax=1, interpolation="nearest")
    ax.axis("off")
    ax.set_title(title)
    return ax


@styled
def runs(
    results: Mapping[str, Sequence[float]], ax: Axes | None = None, ylabel: str = "right on the test images"
) -> Axes:
    """A dot for each run of each way, with a bar at their mean and the mean written beside it.

    results: the name of each way -> its results, shares from 0 to 1. Raises ValueError where a way has none.
    """
    if not results or any(len(values) == 0 for values in results.values()):
        raise ValueError("results is empty, or one of its ways has no run, but at least one number for each is needed.")
    ax = axes_or_new(ax)
    for k, values in enumerate(results.values()):
        values = np.asarray(values, dtype=float)
        places = k + 0.05 * (np.arange(values.size) - (values.size - 1) / 2)
        ax.scatter(places, values, s=34, color=COLOURS[k % 4], marker=MARKERS[k % 4], zorder=3)
        ax.hlines(values.mean(), k - 0.25, k + 0.25, colors=INK, linewidth=1.6, zorder=2)
        ax.text(k + 0.3, values.mean(), f"{values.mean():.1%}", va="center")
    ax.set_xticks(range(len(results)), list(results))
    ax.set(xlim=(-0.5, len(results) - 0.2), ylabel=ylabel)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g}%")
    ax.grid(False, axis="x")
    return ax
