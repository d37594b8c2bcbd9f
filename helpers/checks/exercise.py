"""What an assignment's file declares for each exercise; see the package's docstring for how to write one."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from helpers.checks.compare import Tolerance

Args = tuple[object, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. id names its text; values fill the text's {places}; cause, if known, is a diagnosis.

    case: the arguments it was seen with; got and wanted: the answers to show beside it, where that helps.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    cause: str | None = None
    case: Args | None = field(default=None, compare=False)
    got: object = field(default=None, compare=False)
    wanted: object = field(default=None, compare=False)
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One graded function.

    id: kebab-case with the assignment's number, "03-neuron-forward".  points: 1 to 3.
    reference: the course's right implementation; its name is the learner's function name, its argument names are
        those of the messages. The form of what it returns is the form that is demanded (compare.py says how strictly).
    cases: rng -> iterable of argument tuples, other ones at each call; among them always m = 1 and n_x = 1.
    examples: (arguments, answer) worked out by hand; the first is the one that the notebook shows.
    misconceptions: id -> a wrong implementation that people write.
    symptoms: id -> (args, got, wanted) -> bool, for mistakes whose numbers cannot be foretold, such as a random start;
        it must hold in every case where the answer is wrong.
    properties: functions (call, rng) -> iterable of Finding, for what comparing with the reference does not show.
        call(*args) gives the learner's answer, its form already checked; see engine.Caller.
    compare_values: False where many answers are right (a random start, a shuffle): then only forms are compared and
        properties judge the numbers.
    keeps_float32: True where the task demands that float32 arguments give float32 arrays.
    may_use: what of the helpers the function may call, such as "evaluation" or "activations.sigmoid"; see borrowing.py
        for what it may always call.
    float32: False where arguments in float32 make no sense.
    tolerance: how near is right, for float64.
    """

    id: str
    points: int
    reference: Callable
    cases: Callable[[np.random.Generator], Iterable[Args]]
    examples: Sequence[tuple[Args, object]] = ()
    misconceptions: Mapping[str, Callable] = field(default_factory=dict)
    symptoms: Mapping[str, Callable[[Args, object, object], bool]] = field(default_factory=dict)
    properties: Sequence[Callable] = ()
    compare_values: bool = True
    keeps_float32: bool = False
    float32: bool = True
    may_use: Sequence[str] = ()
    tolerance: Tolerance = field(default_factory=Tolerance)

    @property
    def function_name(self) -> str:
        return self.reference.__name__

    @cached_property
    def argument_names(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.reference).parameters)


def count_examples(args: Args) -> int | None:
    """m, from the first array that tells: the columns of a matrix (n, m), or how many images a stack (m, h, w) or
    (m, h, w, channels) holds; None where there is neither.
    """
    arrays = (arg for arg in args if isinstance(arg, np.ndarray) and arg.ndim in (2, 3, 4))
    return next((array.shape[1 if array.ndim == 2 else 0] for array in arrays), None)
