"""What happens at the present step of a computation graph, in sentences."""

from typing import TYPE_CHECKING

from helpers.widgets.computation import Arrow
from helpers.widgets.formula_words import name as spelled
from helpers.widgets.formula_words import number, written
from helpers.widgets.formulas import names_in

if TYPE_CHECKING:
    from helpers.widgets.computation_graph import ComputationGraph

Numbers = dict[str, float]


def said(panel: "ComputationGraph", known: Numbers, d: Numbers, forward: int, back: list[str]) -> str:
    """known, d: every value and derivative. forward, back: how many steps forward, and which nodes backward, so far."""
    text, computation = panel.text, panel.computation
    if back:
        return _backward(panel, known, d, back)
    if forward == 0:
        inputs = ", ".join(f"{spelled(name)} = {number(known[name])}{unit(panel, name)}" for name in computation.inputs)
        return text["start"].format(inputs=inputs, first=spelled(computation.steps[0].name))
    step = computation.steps[forward - 1]
    place = {
        "k": forward,
        "total": len(computation.steps),
        "name": spelled(step.name),
        "formula": written(step.formula),
        "numbers": written(step.formula, known),
        "value": number(known[step.name]),
        "unit": unit(panel, step.name),
    }
    plain = place["numbers"] == place["value"]
    line = text["forward_plain" if plain else "forward"].format(**place)
    if forward == len(computation.steps):
        line += "\n" + text["forward_last"].format(result=spelled(computation.result))
    return line


def _backward(panel: "ComputationGraph", known: Numbers, d: Numbers, back: list[str]) -> str:
    text, computation, name = panel.text, panel.computation, back[-1]
    result = spelled(computation.result)
    place = {"k": len(back), "total": len(panel.way_back), "name": spelled(name), "value": number(d[name])}
    if name == computation.result:
        return text["first_back"].format(**place, result=result)
    arrows = computation.leaving(name, known, d)
    if not arrows:
        line = text["no_arrow"].format(**place)
    elif len(arrows) == 1:
        line = text["one_arrow"].format(**place, arrows=_arrow(text["one"], arrows[0], known, d))
    else:
        told = [text["to_arrow"].format(arrow=_arrow(text["arrow"], arrow, known, d)) for arrow in arrows]
        count = text.get(f"count_{len(arrows)}", str(len(arrows)))
        line = text["many_arrows"].format(**place, count=count, arrows=". ".join(told))
    if len(back) == len(panel.way_back):
        line += "\n" + text["last"].format(name=spelled(name), result=result, change=number(0.01 * d[name]))
    return line


def _arrow(message: str, arrow: Arrow, known: Numbers, d: Numbers) -> str:
    to = spelled(arrow.to)
    return message.format(to=to, slope=slope(arrow), d=number(d[arrow.to]), part=number(arrow.part))


def slope(arrow: Arrow) -> str:
    """ "w = 2" where the slope depends on values, "8" where it does not."""
    value = number(arrow.slope_value)
    return f"{written(arrow.slope)} = {value}" if names_in(arrow.slope) else value


def unit(panel: "ComputationGraph", name: str) -> str:
    return panel.text["unit"].format(unit=panel.units[name]) if name in panel.units else ""


def alternative(panel: "ComputationGraph", found: Numbers, d: Numbers, now: str | None, backward: bool) -> str:
    """The picture for those who do not see it."""
    text = panel.text
    nodes = [spelled(name) for name in panel.computation.inputs]
    nodes += [f"{spelled(step.name)} = {written(step.formula)}" for step in panel.computation.steps]
    return text["alt"].format(
        nodes="; ".join(nodes),
        values=", ".join(f"{spelled(name)} = {number(value)}" for name, value in found.items()) or text["alt_none"],
        derivatives=", ".join(f"d{spelled(name)} = {number(value)}" for name, value in d.items()) or text["alt_none"],
        now="" if now is None else text["alt_backward" if backward else "alt_forward"].format(name=spelled(now)),
    )
