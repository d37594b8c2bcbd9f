"""Figures of the course: arrays and callables in, Matplotlib Axes out.

Every function takes the Axes to draw on (ax=None makes a new figure) and returns them, so that drawings can be laid
over one another; `show` puts the result on the page with its alternative text.
"""

from helpers.plots.blocks import layer_blocks
from helpers.plots.brain import line, reliability, runs, spike_marks, weight_images
from helpers.plots.classes import decision_boundary, mark_wrong, probability_surface, scatter
from helpers.plots.curves import activation, cost_curve, curve
from helpers.plots.diagram import network_diagram
from helpers.plots.error_curve import error_curve
from helpers.plots.graph import computation_graph
from helpers.plots.grids import array_equation, array_image, array_sums
from helpers.plots.images import confusion_table, image_gallery
from helpers.plots.nerve_cell import nerve_cell
from helpers.plots.neuron import neuron_diagram
from helpers.plots.page import show
from helpers.plots.paths import descent_paths
from helpers.plots.penguins import penguin_axes
from helpers.plots.rungs import rungs
from helpers.plots.style import axes
from helpers.plots.timings import timings
from helpers.plots.units import spread, unit_surface
from helpers.plots.years import over_years

__all__ = [
    "activation",
    "array_equation",
    "array_image",
    "array_sums",
    "axes",
    "computation_graph",
    "confusion_table",
    "cost_curve",
    "curve",
    "decision_boundary",
    "descent_paths",
    "error_curve",
    "image_gallery",
    "layer_blocks",
    "line",
    "mark_wrong",
    "nerve_cell",
    "network_diagram",
    "neuron_diagram",
    "over_years",
    "penguin_axes",
    "probability_surface",
    "reliability",
    "rungs",
    "runs",
    "scatter",
    "show",
    "spike_marks",
    "spread",
    "timings",
    "unit_surface",
    "weight_images",
]
