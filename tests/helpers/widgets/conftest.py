"""Figures are drawn into memory: no window, wherever the tests run."""

import matplotlib

matplotlib.use("agg")
