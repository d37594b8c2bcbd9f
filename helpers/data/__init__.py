"""Data sets as arrays: X of shape (n_x, m), one column for each example; nothing is downloaded.

Two classes come as Y (1, m) of X's dtype, 0.0 and 1.0, ready for a cost; several classes as labels Y (1, m) of
integers, which `one_hot` turns into (n_classes, m). Each call returns fresh arrays that the caller may change.
"""

from helpers.data.circles import circles
from helpers.data.digit_pairs import digit_pairs
from helpers.data.digits import digits
from helpers.data.fashion import fashion
from helpers.data.flower import flower
from helpers.data.gaussians import gaussians
from helpers.data.ladder import ladder
from helpers.data.locust import locust
from helpers.data.moons import moons
from helpers.data.one_hot import one_hot
from helpers.data.penguins import penguins
from helpers.data.photo_patches import photo_patches
from helpers.data.shirts import shirts
from helpers.data.shirts_measured import shirts_measured
from helpers.data.spirals import spirals
from helpers.data.split import split
from helpers.data.standardize import standardize
from helpers.data.well import well

__all__ = [
    "circles",
    "digit_pairs",
    "digits",
    "fashion",
    "flower",
    "gaussians",
    "ladder",
    "locust",
    "moons",
    "one_hot",
    "penguins",
    "photo_patches",
    "shirts",
    "shirts_measured",
    "spirals",
    "split",
    "standardize",
    "well",
]
