"""Data sets as arrays: X of shape (n_x, m), one column for each example; nothing is downloaded.

Two classes come as Y (1, m) of X's dtype, 0.0 and 1.0, ready for a cost; several classes as labels Y (1, m) of
integers, which `one_hot` turns into (n_classes, m). Each call returns fresh arrays that the caller may change.
"""

from helpers.data.one_hot import one_hot
from helpers.data.penguins import penguins
from helpers.data.split import split
from helpers.data.standardize import standardize

__all__ = ["one_hot", "penguins", "split", "standardize"]
