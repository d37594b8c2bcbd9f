"""What a neuron's line says, as a sentence in the units of the data."""

from collections.abc import Sequence

import numpy as np

from helpers.widgets import messages
from helpers.widgets.neuron_picture import NeuronPicture

TEXT = messages.load("neuron")


def number(value: float, decimals: int, signed: bool = False) -> str:
    """With a true minus sign; signed: as the next term of a sum, "+ 1.5" or "− 1.5"."""
    digits = f"{abs(value):.{decimals}f}"
    negative = value < 0 and float(digits) != 0
    if signed:
        return f"{'−' if negative else '+'} {digits}"
    return f"−{digits}" if negative else digits


def percent(share: float, decimals: int) -> str:
    """With a space before the sign at which no line ends; never all or nothing for what is nearly so."""
    digits, smallest = f"{100 * share:.{decimals}f}", 10.0**-decimals
    if share > 0 and float(digits) == 0:
        return TEXT["under"].format(share=f"{smallest:.{decimals}f}")
    if share < 1 and float(digits) == 100:
        return TEXT["over"].format(share=f"{100 - smallest:.{decimals}f}")
    return TEXT["percent"].format(share=digits)


def name_and_unit(feature: str) -> tuple[str, str]:
    """("bill length", "mm") of "bill length (mm)"; an empty unit where none is named."""
    name, _, unit = feature.partition(" (")
    return name, unit.removesuffix(")")


def line_in_words(
    parameters: dict[str, np.ndarray],
    view: NeuronPicture,
    feature_names: Sequence[str],
    class_names: Sequence[str],
    text: dict[str, str],
    p: float,
) -> str:
    """Where W1 x + b1 = 0 crosses the middle of the picture, and how it leans.

    p: the probability everywhere, for when W1 is zero.
    """
    # In original units u, x = (u − mean) / sd, so the line is v · u + c = 0 with v = W1 / sd.
    v = (parameters["W1"] / view.sd.T)[0]
    c = parameters["b1"].item() - float(v @ view.mean[:, 0])
    if not v.any():
        return text["no_line"].format(class1=class_names[1], p=percent(p, 0))
    at_corners = v @ view.corners + c
    if (at_corners > 0).all() or (at_corners < 0).all():
        return text["outside"].format(answer=class_names[int(at_corners[0] > 0)])
    # An upright line is read as a limit on the first feature, a flat one as a limit on the second.
    spans = [high - low for low, high in view.limits]
    k = 0 if abs(v[0]) * spans[0] >= abs(v[1]) * spans[1] else 1
    other = 1 - k
    middle = view.mean[other, 0] if view.scaled else sum(view.limits[other]) / 2
    (x1, unit1), (x2, unit2) = map(name_and_unit, feature_names)
    unit_limit, unit_middle = (unit1, unit2) if k == 0 else (unit2, unit1)
    return text[("upright", "flat")[k]].format(
        x1=x1,
        x2=x2,
        class1=class_names[1],
        side=text["above" if v[k] > 0 else "below"],
        middle=f"{number(middle, 1)} {unit_middle}".strip(),
        limit=f"{number(-(c + v[other] * middle) / v[k], 1)} {unit_limit}".strip(),
        per=unit_middle or text["unit"],
        slope=f"{number(-v[other] / v[k], 2)} {unit_limit}".strip(),
    )
