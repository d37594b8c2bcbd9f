"""What the notebooks import: the numeric core, data, plots, widgets and checks, one room each.

>>> from helpers import data, network, training
"""
