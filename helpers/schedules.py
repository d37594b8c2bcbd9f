"""Learning rates that shrink: each function returns a schedule, a function from the step k = 0, 1, … to α.

`start` is α at step 0, above 0. `every` is the number of steps after which a schedule counts one further, 1 or more:
with the number of mini-batches in a pass it counts passes. ValueError for a number out of its range. Why they shrink:
Robbins and Monro (1951) show that steps of noisy gradients come to rest only where they get smaller and smaller.
"""

from collections.abc import Callable

from helpers.validation import check_count, check_positive, check_share

Schedule = Callable[[int], float]


def inverse_time(start: float, rate: float, every: int = 1) -> Schedule:
    """α = start / (1 + rate · k / every): half of the start after every / rate steps; rate > 0."""
    check_positive("start", start)
    check_positive("rate", rate)
    check_count("every", every)
    return lambda k: start / (1 + rate * k / every)


def exponential(start: float, factor: float, every: int = 1) -> Schedule:
    """α = start · factor^(k / every): times the factor after `every` steps; 0 < factor < 1."""
    check_positive("start", start)
    check_positive("factor", factor)
    check_share("factor", factor)
    check_count("every", every)
    return lambda k: start * factor ** (k / every)


def staircase(start: float, factor: float, every: int) -> Schedule:
    """α = start · factor^⌊k / every⌋: the same for `every` steps, then times the factor at once; 0 < factor < 1."""
    smooth = exponential(start, factor, every)
    return lambda k: smooth(k // every * every)
