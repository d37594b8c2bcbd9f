"""Two calls in a row with one and the same generator: the second goes on where the first has left it."""

from collections.abc import Callable, Iterator

import numpy as np

from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Finding
from helpers.checks.matching import same


def goes_on_drawing(arguments: Callable[[np.random.Generator], Args]) -> Callable:
    """A property: who draws from a copy of the generator gives every caller the same numbers again.

    arguments: rng -> arguments with a generator among them, so many draws that two answers do not agree by luck.
    """

    def judge(call, rng: np.random.Generator) -> Iterator[Finding]:
        args = arguments(rng)
        first, second = call.in_a_row(*args)
        if same(first, second, Tolerance()):
            yield Finding("same-in-a-row", cause="draws-from-a-copy", case=args)

    return judge
