"""A drawing and its answer in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

SURE, UNSURE = 0.9, 0.6


def percent(p: float, over: str = "over", under: str = "under") -> str:
    """Never 100 % for what is only nearly certain, nor 0 % for what is only improbable."""
    if p > 0.999:
        return f"{over} 99.9 %"
    if p < 0.01:
        return f"{under} 1 %"
    return f"{p:.{int(p >= 0.995)}%}".replace("%", " %")


def in_words(
    P: np.ndarray,
    names: Sequence[str],
    empty: bool,
    unlike: bool | None,
    pen: Mapping[str, Any] | None,
    text: Mapping[str, str],
) -> str:
    """P (n,): the probability of each class; unlike: whether no example is like it, None where that is not known."""
    first, second = np.argsort(-P, kind="stable")[:2]
    found = {"first": names[first], "p": percent(P[first]), "second": names[second], "q": percent(P[second])}
    if empty:
        lines = [text["empty"].format(**found)]
    else:
        key = "sure" if P[first] >= SURE else "unsure" if P[first] < UNSURE else "rather"
        trust = "trust" if unlike is None else "unlike" if unlike else "like"
        lines = [text[key].format(**found), text[trust]]
    if pen:
        place = {"row": int(8 * pen["y"]) + 1, "column": int(8 * (pen["x"] % 1)) + 1}
        place = {name: min(max(value, 1), 8) for name, value in place.items()}
        lines.append(text["pen_down" if pen["down"] else "pen_up"].format(**place))
    return "\n".join(lines)


def alt_in_words(pixels: np.ndarray, text: Mapping[str, str]) -> str:
    """The pixels row by row: # for much ink, + for some, . for none."""
    signs = np.array([".", "+", "#"])[(pixels > 2).astype(int) + (pixels > 9)]
    return text["alt"].format(rows=", ".join("".join(row) for row in signs))
