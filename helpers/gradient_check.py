"""The one oracle for every derivative of the course: change a parameter a little, see how the cost changes."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Arrays = dict[str, np.ndarray]
Layout = tuple[tuple[str, tuple[int, ...]], ...]

# A central difference errs by epsilon² f'''/6 from the curve and by about u f/epsilon from rounding, u = 2.2e-16
# for float64. The sum is least near the cube root of u, about 6e-6, where f and f''' are of like size.
# Over 480 random networks of depth 1 to 6, right gradients then differed by 1.2e-9 at most; with 1e-4 by 3e-7.
EPSILON = float(np.finfo(np.float64).eps ** (1 / 3))

TOLERANCE = 1e-7


class Comparison(NamedTuple):
    """How far two sets of gradients lie apart, and where most; str() is one or two sentences.

    error: relative_error of the whole.  shares: for each name its own ‖a - b‖ over the same denominator, so that
    error² is the sum of their squares.  worst: the name with the largest share.  index: the place inside it where the
    entries differ most;  value, expected: the two entries there.
    """

    error: float
    shares: dict[str, float]
    worst: str
    index: tuple[int, ...]
    value: float
    expected: float

    def __str__(self) -> str:
        if self.error < TOLERANCE:
            return f"The gradients agree: relative error {self.error:.1e}, below {TOLERANCE:.0e}."
        place = ", ".join(map(str, self.index))
        return (
            f"The gradients differ: relative error {self.error:.1e}, wanted below {TOLERANCE:.0e}. Most of it is in "
            f"{self.worst}, first look at {self.worst}[{place}]: {self.value:.6g}, numerically {self.expected:.6g}."
        )


def flatten(parameters: Arrays) -> tuple[np.ndarray, Layout]:
    """θ = all entries of all arrays below one another, in the dictionary's order, each array row by row.

    parameters: {"W1": (n1, n_x), "b1": (n1, 1), …}, at least one array.
    Returns (θ of shape (n, 1), layout); the layout holds name and shape of each array for `unflatten`.
    Raises ValueError where there is nothing to flatten or an array is empty, not real or holds NaN or infinity.
    """
    if not parameters:
        raise ValueError("parameters is empty, wanted at least one array such as {'W1': …, 'b1': …}.")
    parts = {name: _finite(f"parameters[{name!r}]", value) for name, value in parameters.items()}
    theta = np.concatenate([part.reshape(-1, 1) for part in parts.values()])
    return theta, tuple((name, part.shape) for name, part in parts.items())


def unflatten(theta: np.ndarray, layout: Layout) -> Arrays:
    """The dictionary that `flatten` took apart: unflatten(*flatten(parameters)) equals parameters.

    theta: (n, 1).  layout: as `flatten` returned it.
    Returns fresh arrays under the names and shapes of the layout.
    Raises ValueError where theta has not as many rows as the layout has entries.
    """
    sizes = [int(np.prod(shape)) for _, shape in layout]
    if np.shape(theta) != (sum(sizes), 1):
        raise ValueError(f"theta has shape {np.shape(theta)}, wanted ({sum(sizes)}, 1) by this layout.")
    parts = np.split(theta, np.cumsum(sizes)[:-1])
    return {name: part.reshape(shape).copy() for (name, shape), part in zip(layout, parts, strict=True)}


def numerical_gradient(f: Callable[[Arrays], float], parameters: Arrays, epsilon: float = EPSILON) -> Arrays:
    """∂f/∂θ_i ≈ (f(θ + ε e_i) - f(θ - ε e_i)) / 2ε, for one entry after the other: two calls of f an entry.

    f: parameters -> cost J, a float; it gets fresh float64 arrays at each call, so float32 parameters are
    differentiated in double precision too and nothing f does to them reaches the caller.
    parameters: {"W1": …, "b1": …}.  epsilon: above 0; the default is the cube root of the float64 epsilon.
    Returns {"dW1": …, "db1": …} in the shapes of the parameters, float64.
    Where a ReLU sits within ε of its kink the slope is another on each side, and the result lies between the two.
    Raises ValueError for parameters that are empty or not finite, a wrong epsilon, or a cost that is no finite number.
    """
    if not (np.isscalar(epsilon) and 0 < epsilon < np.inf):
        raise ValueError(f"epsilon is {epsilon!r}, wanted a small number above 0, such as 1e-5.")
    theta, layout = flatten(parameters)
    theta = theta.astype(np.float64)

    def cost(moved: np.ndarray) -> float:
        J = np.asarray(f(unflatten(moved, layout)))
        if J.size != 1 or not np.isfinite(J).all():
            raise ValueError(f"f returned {J} of shape {J.shape}, wanted one finite number: the cost J.")
        return float(J.reshape(()))

    slope = np.empty_like(theta)
    for i in range(len(theta)):
        above, below = theta.copy(), theta.copy()
        above[i] += epsilon
        below[i] -= epsilon
        # θ ± ε is rounded to the nearest float64; dividing by the step really taken undoes that error.
        slope[i] = (cost(above) - cost(below)) / (above[i] - below[i])
    return {f"d{name}": array for name, array in unflatten(slope, layout).items()}


def relative_error(grads: Arrays, numeric: Arrays) -> float:
    """‖a - b‖ / (‖a‖ + ‖b‖) over all entries of both, 0 where both are 0 everywhere.

    Between 0 and 1; two gradients of opposite sign give 1, a factor of 2 gives 1/3.

    grads, numeric: {"dW1": …, "db1": …} with the same names and shapes, in any order.
    Raises ValueError where a name is missing or too many, a shape differs, or an entry is NaN or infinite.
    """
    return compare(grads, numeric).error


def compare(grads: Arrays, numeric: Arrays) -> Comparison:
    """`relative_error`, and in which parameter and at which entry the two differ most.

    grads, numeric: as for `relative_error`: computed by backward, and by `numerical_gradient`.
    Returns Comparison.  Raises as `relative_error` does.
    """
    if not numeric or set(grads) != set(numeric):
        raise ValueError(f"grads has the names {sorted(grads)}, wanted {sorted(numeric)} as in numeric, at least one.")
    a = {name: _finite(f"grads[{name!r}]", grads[name]).astype(np.float64) for name in numeric}
    b = {name: _finite(f"numeric[{name!r}]", numeric[name]).astype(np.float64) for name in numeric}
    for name in numeric:
        if a[name].shape != b[name].shape:
            raise ValueError(f"grads[{name!r}] has shape {a[name].shape}, wanted {b[name].shape} as in numeric.")
    # In units of the largest entry, squares neither overflow nor vanish.
    scale = max(max(np.abs(a[name]).max(), np.abs(b[name]).max()) for name in numeric) or 1.0
    total = _norm(a.values(), scale) + _norm(b.values(), scale)
    gaps = {name: a[name] / scale - b[name] / scale for name in numeric}
    shares = {name: _norm([gap], 1.0) / (total or 1.0) for name, gap in gaps.items()}
    worst = max(shares, key=shares.__getitem__)
    index = tuple(int(i) for i in np.unravel_index(np.abs(gaps[worst]).argmax(), gaps[worst].shape))
    error = _norm(gaps.values(), 1.0) / (total or 1.0)
    return Comparison(error, shares, worst, index, float(a[worst][index]), float(b[worst][index]))


def _norm(parts, scale: float) -> float:
    return float(np.sqrt(sum(np.sum((part / scale) ** 2) for part in parts)))


def _finite(name: str, value: np.ndarray) -> np.ndarray:
    array = np.asarray(value)
    if array.size == 0 or array.dtype.kind not in "fiub" or not np.isfinite(array).all():
        raise ValueError(f"{name} of shape {array.shape} and type {array.dtype} is empty or not finite real numbers.")
    return array
