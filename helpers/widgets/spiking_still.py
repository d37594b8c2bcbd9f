"""The spiking neuron as a still figure, for where there is no kernel."""

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers.plots.page import DENSITY, png
from helpers.plots.style import BLUE, COLOURS, FAINT, INK, LINE_STYLES, MARKERS, ORANGE, styled
from helpers.widgets.spiking_rates import CURRENTS

if TYPE_CHECKING:
    from helpers.widgets.spiking_neuron import SpikingNeuron


@styled
def still_picture(panel: "SpikingNeuron", values: dict[str, float]) -> bytes:
    """A PNG: both voltages over time on the left, rates against current on the right."""
    figure = Figure(figsize=(8.6, 4.2), layout="constrained")
    areas = figure.subplot_mosaic(
        [["cell", "rates"], ["next_cell", "rates"]], width_ratios=(3, 2), height_ratios=(3, 2)
    )
    cells, text = panel.cells, panel.text
    t = cells.now - cells.dt * np.arange(len(cells.V))[::-1]
    parts = (("cell", cells.V, cells.sent, BLUE), ("next_cell", cells.V_next, cells.sent_on, ORANGE))
    for name, V, times, colour in parts:
        ax = areas[name]
        ax.plot(t, V, color=colour, linestyle="-", linewidth=1.6)
        ax.axhline(panel.neuron.V_threshold, color=FAINT, linestyle="--", linewidth=1.2)
        ax.vlines([s for s in times if s > cells.now - cells.window], *_stroke(panel), colors=INK, linewidth=1.6)
        ax.set_title(
            text["heading"].format(name=text["cell" if name == "cell" else "next_cell"]), loc="left", fontsize=11
        )
        ax.set(ylabel=text["volts"])
    areas["next_cell"].set(xlabel=text["time"])
    _rates(areas["rates"], panel, values)
    image = png(figure, DENSITY * 100)
    plt.close(figure)
    return image


def _stroke(panel: "SpikingNeuron") -> tuple[float, float]:
    height = panel.neuron.V_threshold - panel.neuron.V_rest
    return panel.neuron.V_threshold + 0.1 * height, panel.neuron.V_threshold + 0.7 * height


def _rates(ax: plt.Axes, panel: "SpikingNeuron", values: dict[str, float]) -> None:
    text = panel.text
    curves = (panel.exact, panel.relu(CURRENTS), panel.sigmoid(CURRENTS))
    names = (text["name_cell"], text["name_relu"], text["name_sigmoid"])
    marks = panel.rates(values["current"])
    for k, (curve, name, rate) in enumerate(zip(curves, names, marks, strict=True)):
        ax.plot(CURRENTS, curve, color=COLOURS[k], linestyle=LINE_STYLES[k], label=name)
        ax.plot(values["current"], rate, color=COLOURS[k], marker=MARKERS[k], linestyle="", markersize=8)
    ax.axvline(values["current"], color=FAINT, linestyle=":", linewidth=1.2)
    ax.set(xlabel=text["current_axis"], ylabel=text["rate_axis"])
    ax.legend(loc="upper left")
