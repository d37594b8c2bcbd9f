"""One training in the playground: its points, its network, the steps done so far and what they have brought."""

import time
from collections.abc import Iterator, Mapping
from itertools import repeat

import numpy as np

from helpers.batches import endless
from helpers.widgets.playground_networks import Course, Functions, Given
from helpers.widgets.playground_settings import DATA, FEATURES, LARGEST, Settings

REACH = 3.0
"""The picture shows x1 and x2 from −REACH to REACH."""
GRID = 64
TESTED = 1000
REMEMBERED = 240


def features_of(points: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """points (2, m) -> X (n_x, m), a row for each feature."""
    return np.stack([FEATURES[name](*points) for name in names])


def _grid() -> np.ndarray:
    """The middles of GRID × GRID squares, the upper left first: (2, GRID²)."""
    edges = np.linspace(-REACH, REACH, GRID + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    return np.stack([axis.ravel() for axis in np.meshgrid(middles, middles[::-1])])


PLANE = _grid()


class Run:
    """settings decide everything; `functions` is None for the course's own. Raises ValueError as the network does."""

    def __init__(self, settings: Settings, functions: Functions | None, text: Mapping[str, str]) -> None:
        self.settings, self._text = settings, text
        if not settings.features:
            raise ValueError(text["no_feature"])
        make, m = DATA[settings.data], int(settings.points)
        self.train = make(m, np.random.default_rng([settings.draw, 0]), settings.noise)
        self.test = make(TESTED, np.random.default_rng([settings.draw, 1]), settings.noise)
        self.X, self.X_test = (features_of(part.X, settings.features) for part in (self.train, self.test))
        self.X_plane = features_of(PLANE, settings.features)
        rng = np.random.default_rng([settings.start, 2])
        if functions is None:
            self.network = Course(settings.sizes, settings.activation, rng)
        else:
            self.network = Given(settings.sizes, functions, rng, text)
        self._rng, self._batches = rng, None
        self.step, self.history = 0, []
        self.measure()

    def begin_at(self, step: int, parameters: dict[str, np.ndarray]) -> None:
        """Go on with these parameters, as those of this step."""
        self.network.put(parameters)
        self.step, self.history = step, []
        self.measure()

    def follow(self, settings: Settings) -> bool:
        """Take over what can change on the way: learning rate, penalty, batches. False where that is not enough."""
        live = {"rate": settings.rate, "l2": settings.l2, "batch": settings.batch}
        if self.settings._replace(**live) != settings:
            return False
        if settings.batch != self.settings.batch:
            self._batches = None
        self.settings = settings
        return True

    def advance(self, steps: int, seconds: float) -> None:
        """At most `steps` steps, one at least, until the time is over; then look what they have brought.

        Where it runs away, or a function fails, the network is as it was before.
        """
        before, first = self.network.parameters, self.step
        rate, l2, m = float(self.settings.rate), float(self.settings.l2), self.X.shape[1]
        end = time.perf_counter() + seconds
        try:
            # A sentence about overflow comes below; a warning for every product on the way would say less.
            with np.errstate(all="ignore"):
                for _ in range(steps):
                    self.network.step(*next(self._next_batches()), rate, l2, m)
                    self.step += 1
                    if time.perf_counter() > end:
                        break
                self.measure()
        except Exception:
            # Products of very large numbers overflow in the network's functions, which say so each in its own way.
            diverged = self._diverged() if self._ran_away() else None
            self.network.put(before)
            self.step = first
            if diverged:
                raise diverged from None
            raise

    def measure(self) -> None:
        """Costs and accuracy now, into the history."""
        J, _ = self.network.cost(self.X, self.train.Y)
        J_test, A_test = self.network.cost(self.X_test, self.test.Y)
        if self._ran_away() or not J + J_test < LARGEST:
            raise self._diverged()
        self.correct = int(np.sum((A_test > 0.5) == (self.test.Y > 0.5)))
        self.history.append((self.step, J, J_test))
        if len(self.history) > 2 * REMEMBERED:
            # Every second one goes, so that the whole course stays in sight and the curves do not grow.
            self.history = self.history[:-1][::2] + self.history[-1:]

    def _ran_away(self) -> bool:
        """Whether a weight or a bias is very large, or no number at all."""
        return not all(np.abs(value).max() < LARGEST for value in self.network.parameters.values())

    def _diverged(self) -> ValueError:
        return ValueError(self._text["diverged"].format(step=self.step, rate=self.settings.rate))

    def _next_batches(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        if self._batches is None:
            batch = self.settings.batch
            whole = batch == "all" or int(batch) >= self.X.shape[1]
            pair = self.X, self.train.Y
            self._batches = repeat(pair) if whole else endless(*pair, int(batch), self._rng)
        return self._batches
