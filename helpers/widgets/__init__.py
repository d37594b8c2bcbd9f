"""Interactives, one a file, around the other rooms; nothing imports widgets.

An interactive is an object to leave as the last line of a cell, such as `widgets.Neuron(X, Y)`.
"""

from helpers.widgets.activations import Activations
from helpers.widgets.backprop_stepper import BackpropStepper
from helpers.widgets.clinic import Clinic
from helpers.widgets.computation_graph import ComputationGraph
from helpers.widgets.descent import Descent
from helpers.widgets.dimensions import Dimensions
from helpers.widgets.draw import Draw
from helpers.widgets.feedback_alignment import FeedbackAlignment
from helpers.widgets.hidden_layer import HiddenLayer
from helpers.widgets.ladder import Ladder
from helpers.widgets.loss import Loss
from helpers.widgets.neuron import Neuron
from helpers.widgets.playground import Playground
from helpers.widgets.questions import quiz
from helpers.widgets.real_neuron import RealNeuron
from helpers.widgets.receptive_fields import ReceptiveFields
from helpers.widgets.shapes import Shapes
from helpers.widgets.spiking_neuron import SpikingNeuron
from helpers.widgets.symmetry import Symmetry

__all__ = [
    "Activations",
    "BackpropStepper",
    "Clinic",
    "ComputationGraph",
    "Descent",
    "Dimensions",
    "Draw",
    "FeedbackAlignment",
    "HiddenLayer",
    "Ladder",
    "Loss",
    "Neuron",
    "Playground",
    "RealNeuron",
    "ReceptiveFields",
    "Shapes",
    "SpikingNeuron",
    "Symmetry",
    "quiz",
]
