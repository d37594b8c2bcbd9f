"""Models of neurons and of how they might learn, to lay beside the units of the course.

`integrate_and_fire` and `hodgkin_huxley` are neurons that spike; `local_rules` (Hebb, Oja), `perturbation` and
`feedback_alignment` are ways to learn without backpropagation; `spike_fit` fits a logistic unit to recorded spikes;
`receptive_fields` says which orientation a filter prefers, how much, and where it lies.
Units are those of the field: ms, mV, nA, MΩ, and µA/cm² where a membrane is meant by its area. None of this is the
brain: each is a model, and its docstring says what it leaves out.
"""

from helpers.brain.feedback_alignment import (
    alignment_angle,
    feedback_alignment_backward,
    freeze,
    random_feedback,
)
from helpers.brain.hodgkin_huxley import SquidAxon, hodgkin_huxley, steady_rate
from helpers.brain.integrate_and_fire import (
    Neuron,
    firing_rate,
    firing_rate_curve,
    lif_simulate,
    lif_step,
)
from helpers.brain.local_rules import hebb_step, oja_step
from helpers.brain.perturbation import perturbation_gradient
from helpers.brain.receptive_fields import orientation_selectivity, place, preferred_orientation
from helpers.brain.spike_fit import auc, calibration, fit_logistic, lagged, spike_probability

__all__ = [
    "Neuron",
    "SquidAxon",
    "alignment_angle",
    "auc",
    "calibration",
    "feedback_alignment_backward",
    "firing_rate",
    "firing_rate_curve",
    "fit_logistic",
    "freeze",
    "hebb_step",
    "hodgkin_huxley",
    "lagged",
    "lif_simulate",
    "lif_step",
    "oja_step",
    "orientation_selectivity",
    "perturbation_gradient",
    "place",
    "preferred_orientation",
    "random_feedback",
    "spike_probability",
    "steady_rate",
]
