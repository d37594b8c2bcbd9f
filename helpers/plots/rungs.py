"""Shares of right answers of several models, one below the other: each run, the mean, and its interval."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.plots.style import BLUE, FAINT, INK, axes, styled


@styled
def rungs(
    names: Sequence[str],
    shares: np.ndarray,
    intervals: Sequence[tuple[float, float]] | np.ndarray | None = None,
    baseline: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """A row for each model, the first on top: its mean as a line, its runs as open circles, its interval as a bar.

    names: one for each of the n models.  shares: (n, runs), each between 0 and 1.  intervals: n pairs (low, high).
    baseline: a share to compare with, as a dotted line. Raises ValueError where the numbers of names, rows and
    intervals differ.
    """
    shares = np.atleast_2d(np.asarray(shares, dtype=float))
    n = len(names)
    if shares.ndim != 2 or len(shares) != n or (intervals is not None and len(intervals) != n):
        raise ValueError(f"{n} names go with shares of shape ({n}, runs) and {n} intervals, not {shares.shape}.")
    ax = axes(size=(6.8, 0.62 * n + 1.2)) if ax is None else ax
    rows = np.arange(n)[::-1]
    if baseline is not None:
        ax.axvline(baseline, color=FAINT, linestyle=":", linewidth=1.5, label="most frequent answer")
    if intervals is not None:
        low, high = np.asarray(intervals, dtype=float).T
        label = "95 % interval"
        ax.hlines(rows, low, high, color=BLUE, linewidth=9, alpha=0.3, linestyle="-", label=label)
    several = shares.shape[1] > 1
    ax.plot(
        shares.ravel(),
        np.repeat(rows, shares.shape[1]),
        linestyle="none",
        marker="o",
        markersize=6,
        markerfacecolor="none",
        markeredgecolor=INK,
        label="one run" if several else "share",
    )
    if several:
        ax.vlines(shares.mean(axis=1), rows - 0.28, rows + 0.28, color=BLUE, linewidth=2.5, linestyle="-", label="mean")
    ax.set_yticks(rows, names)
    ax.set(ylim=(-0.6, n - 0.4), xlabel="share of right answers")
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=9, borderaxespad=0.2)
    return ax
