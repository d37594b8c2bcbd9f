"""Assignment 09, the brain: a neuron that spikes, learning without backpropagation, and a control to compare with."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from helpers import gradient_check
from helpers.checks import draw
from helpers.checks.a03_one_neuron import logistic_cost, sigmoid
from helpers.checks.a05_one_hidden_layer import hidden_backward, hidden_forward, network_cases, update_parameters
from helpers.checks.compare import Tolerance
from helpers.checks.exercise import Args, Exercise, Finding

# The neuron of the notebook. Times in ms, voltages in mV, currents in nA, R in MΩ.
NEURON = {"tau": 10.0, "R": 100.0, "V_rest": -65.0, "V_threshold": -50.0, "V_reset": -70.0, "refractory": 2.0}
# One that comes exactly to its threshold, in one step of 1 ms from rest with a current of 8 nA.
ON_THE_EDGE = {"tau": 4.0, "R": 8.0, "V_rest": -64.0, "V_threshold": -48.0, "V_reset": -72.0, "refractory": 2.0}


def neuron_like(rng: np.random.Generator, pause: float = 2.0) -> dict[str, float]:
    """Another neuron, V_reset apart from V_rest; times in numbers that computers hold exactly."""
    rest = float(rng.integers(-70, -60))
    return {
        "tau": float(rng.choice([8.0, 10.0, 16.0, 20.0])),
        "R": float(rng.integers(60, 200)),
        "V_rest": rest,
        "V_threshold": rest + float(rng.integers(10, 20)),
        "V_reset": rest - float(rng.integers(3, 9)),
        "refractory": pause,
    }


def pause_of(rng: np.random.Generator, dt: float) -> float:
    """A pause in ms of a few whole steps, none of whose likely mistakes comes out as another one."""
    return dt * float(rng.choice([4, 6]) if dt < 1 else rng.integers(2, 5))


def drive(neuron: dict[str, float]) -> float:
    """The current (nA) that just holds the neuron at its threshold."""
    return (neuron["V_threshold"] - neuron["V_rest"]) / neuron["R"]


def at_once(neuron: dict[str, float], dt: float) -> float:
    """The current (nA) with which the neuron fires at every step, were it not for the pause."""
    return (neuron["V_threshold"] - neuron["V_reset"]) * neuron["tau"] / dt / neuron["R"]


# (a time, dt) that is no whole number of steps, or not quite: nearer to the next one, nearer to the last one, and three
# that a computer finds a hair less than three. None lies in the middle, where rounding is a matter of taste.
UNEVEN = ((2.0, 0.3), (2.0, 0.9), (0.3, 0.1))


# --- lif_step ---


def step_with(
    change=lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V + n["R"] * I),
    fires=lambda V, new, n: n["V_threshold"] <= new,
    after=lambda new, spikes, n: np.where(spikes, n["V_reset"], new),
    answer=lambda V, spikes, n: (V, spikes.astype(float)),
):
    """The step with some of its parts replaced; with none replaced it is the right one."""

    def step(V, I, dt, neuron):
        new = V + change(V, I, dt, neuron)
        spikes = fires(V, new, neuron)
        return answer(after(new, spikes, neuron), spikes, neuron)

    return step


def lif_step(V, I, dt, neuron):
    return step_with()(V, I, dt, neuron)


def step_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n in (3, 1, int(rng.integers(8, 20)), 5):
        neuron = neuron_like(rng)
        dt = float(rng.choice([0.5, 1.0, 2.0]))
        V = np.round(neuron["V_rest"] + rng.uniform(-6, 8, size=(1, n)), 1)
        # What V comes to: by turns above the threshold and below it, never near it.
        above = rng.permutation(np.arange(n) % 2 == 0).reshape(1, n)
        goal = neuron["V_threshold"] + np.where(above, 1, -1) * rng.uniform(0.4, 3, size=(1, n))
        I = ((goal - V) * neuron["tau"] / dt - neuron["V_rest"] + V) / neuron["R"]
        yield V, np.round(I, 3), dt, neuron
    # Held back by strong currents: nobody fires, so that nothing hides behind a reset.
    neuron, dt = neuron_like(rng), float(rng.choice([0.5, 2.0]))
    V = np.round(neuron["V_threshold"] - rng.uniform(2, 20, size=(1, 4)), 1)
    yield V, np.round(-rng.uniform(0.5, 2, size=(1, 4)) * 200 / neuron["R"], 3), dt, neuron
    # Exactly at the threshold, in numbers that no order of arithmetic rounds.
    extra = float(rng.integers(1, 5))
    yield np.array([[-48.0, -48.0, -56.0 - extra, -48.0]]), np.array([[2.0, 1.5, 1.0, 2 - 2**-6]]), 1.0, ON_THE_EDGE
    # Where a neuron is reset to is where it rests: it may be there without having fired.
    rest = float(rng.integers(-70, -60)) + 0.5
    neuron = neuron_like(rng) | {"V_rest": rest, "V_reset": rest, "V_threshold": rest + 12}
    yield rest + np.array([[0.0, 11.0, 4.0]]), np.array([[0.0, 3.0, 0.0]]), 2.0, neuron


def change_of(change):
    """The step with another change of V."""
    return step_with(change=change)


STEP = Exercise(
    id="09-lif-step",
    points=2,
    reference=lif_step,
    cases=step_cases,
    examples=[
        (
            (np.array([[-65.0, -51.0, -60.0]]), np.array([[0.0, 0.4, 0.2]]), 1.0, NEURON),
            (np.array([[-65.0, -70.0, -58.5]]), np.array([[0.0, 1.0, 0.0]])),
        )
    ],
    misconceptions={
        "forgot-dt": change_of(lambda V, I, dt, n: (n["V_rest"] - V + n["R"] * I) / n["tau"]),
        "forgot-tau": change_of(lambda V, I, dt, n: dt * (n["V_rest"] - V + n["R"] * I)),
        "forgot-dt-and-tau": change_of(lambda V, I, dt, n: n["V_rest"] - V + n["R"] * I),
        "fraction-upside-down": change_of(lambda V, I, dt, n: n["tau"] / dt * (n["V_rest"] - V + n["R"] * I)),
        "tau-multiplied": change_of(lambda V, I, dt, n: dt * n["tau"] * (n["V_rest"] - V + n["R"] * I)),
        "leak-reversed": change_of(lambda V, I, dt, n: dt / n["tau"] * (V - n["V_rest"] + n["R"] * I)),
        "forgot-leak": change_of(lambda V, I, dt, n: dt / n["tau"] * n["R"] * I),
        "leak-to-zero": change_of(lambda V, I, dt, n: dt / n["tau"] * (-V + n["R"] * I)),
        "leak-to-reset": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_reset"] - V + n["R"] * I)),
        "forgot-resistance": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V + I)),
        "resistance-divides": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V + I / n["R"])),
        "input-subtracted": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V - n["R"] * I)),
        "negative-input-cut": change_of(
            lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V + n["R"] * np.maximum(I, 0))
        ),
        "input-unused": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V)),
        "input-at-once": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V) + n["R"] * I),
        "leak-at-once": change_of(lambda V, I, dt, n: n["V_rest"] - V + dt / n["tau"] * n["R"] * I),
        "input-without-tau": change_of(lambda V, I, dt, n: dt / n["tau"] * (n["V_rest"] - V) + dt * n["R"] * I),
        "only-the-change": lambda V, I, dt, n: step_with(change=lambda *_: change_alone(V, I, dt, n) - V)(V, I, dt, n),
        "exact-solution": change_of(lambda V, I, dt, n: (1 - np.exp(-dt / n["tau"])) * (n["V_rest"] - V + n["R"] * I)),
        "no-reset": step_with(after=lambda new, spikes, n: new),
        "reset-to-rest": step_with(after=lambda new, spikes, n: np.where(spikes, n["V_rest"], new)),
        "reset-to-threshold": step_with(after=lambda new, spikes, n: np.where(spikes, n["V_threshold"], new)),
        "reset-to-zero": step_with(after=lambda new, spikes, n: np.where(spikes, 0.0, new)),
        "reset-subtracts": step_with(
            after=lambda new, spikes, n: np.where(spikes, new - (n["V_threshold"] - n["V_reset"]), new)
        ),
        "all-reset-together": step_with(
            after=lambda new, spikes, n: np.full_like(new, n["V_reset"]) if spikes.any() else new
        ),
        "silent-ones-reset": step_with(after=lambda new, spikes, n: np.where(spikes, new, n["V_reset"])),
        "strictly-above": step_with(fires=lambda V, new, n: n["V_threshold"] < new),
        "below-for-above": step_with(fires=lambda V, new, n: n["V_threshold"] >= new),
        "looked-before-the-step": step_with(fires=lambda V, new, n: n["V_threshold"] <= V),
        "looked-after-the-reset": step_with(answer=lambda V, spikes, n: (V, (n["V_threshold"] <= V).astype(float))),
        "threshold-at-zero": step_with(fires=lambda V, new, n: new >= 0),
        "silence-marked": step_with(answer=lambda V, spikes, n: (V, 1.0 - spikes)),
        "voltage-for-spike": step_with(answer=lambda V, spikes, n: (V, np.where(spikes, n["V_threshold"], 0.0))),
        "one-spike-for-all": step_with(answer=lambda V, spikes, n: (V, np.full(V.shape, float(spikes.any())))),
        "only-visible-neuron": lambda V, I, dt, n: lif_step(V, I, dt, NEURON),
        "spikes-counted": step_with(answer=lambda V, spikes, n: (V, float(spikes.sum()))),
    },
)


def change_alone(V, I, dt, n):
    return dt / n["tau"] * (n["V_rest"] - V + n["R"] * I)


# --- lif_simulate ---


def simulate_with(
    change=lambda V, i, dt, n: dt / n["tau"] * (n["V_rest"] - V + n["R"] * i),
    start="V_rest",
    pause=lambda n, dt: round(n["refractory"] / dt),
    reset="V_reset",
    while_resting="V_reset",
    heard=lambda I, k: I[0, k],
    listens_while_resting=False,
    recorded_before=False,
    fires=lambda V, n: n["V_threshold"] <= V,
):
    """One neuron over time with some of its rules replaced; with none replaced it is the right one."""

    def simulate(I, dt, neuron):
        I = np.asarray(I, dtype=float)
        T, wait = I.shape[1], 0
        V = float(neuron.get(start, 0.0))
        Vs, spikes = np.empty((1, T)), np.zeros((1, T))
        for k in range(T):
            before = V
            if wait > 0 and not listens_while_resting:
                V = neuron[while_resting]
            else:
                V = V + change(V, heard(I, k), dt, neuron)
            if wait <= 0 and fires(V, neuron):
                V, spikes[0, k] = (neuron[reset] if reset else V), 1.0
                wait = pause(neuron, dt)
            else:
                wait -= 1
            Vs[0, k] = before if recorded_before else V
        return Vs, spikes

    return simulate


def lif_simulate(I, dt, neuron):
    return simulate_with()(I, dt, neuron)


def steady(neuron: dict, I: np.ndarray, dt: float) -> bool:
    """No step comes so near to the threshold that rounding could decide whether there is a spike."""
    free = simulate_with(reset=None)(I, dt, neuron | {"V_threshold": np.inf})[0]
    V, spikes = simulate_with()(I, dt, neuron)
    before = np.concatenate([[neuron["V_rest"]], V[0, :-1]])
    reached = before + dt / neuron["tau"] * (neuron["V_rest"] - before + neuron["R"] * I[0])
    near = np.abs(np.concatenate([reached, free[0]]) - neuron["V_threshold"])
    return bool(near.min() > 2e-3 and spikes.sum() >= 3)


def simulate_cases(rng: np.random.Generator) -> Iterator[Args]:
    """First a short one with a strong input; always one that grows, one with noise, and one that never pauses."""
    for kind, T in (("strong", 16), ("noise", 60), ("growing", 80), ("no pause", 40)):
        while True:
            dt = float(rng.choice([0.5, 2.0]))
            neuron = neuron_like(rng, 0.0 if kind == "no pause" else pause_of(rng, dt))
            need = 1.5 * at_once(neuron, dt) if kind == "strong" else drive(neuron) * rng.uniform(2, 4)
            shape = {"growing": np.linspace(0.2, 2, T), "noise": rng.uniform(-0.8, 2.6, T)}.get(kind, np.ones(T))
            I = np.round(need * shape * rng.uniform(0.9, 1.1, T), 3).reshape(1, T)
            if steady(neuron, I, dt):
                break
        yield I, dt, neuron
    for pause, dt in UNEVEN:
        neuron = neuron_like(rng, pause)
        yield np.round(at_once(neuron, dt) * rng.uniform(1.4, 1.6, size=(1, 24)), 3), dt, neuron
    # At the threshold in the first step, and in numbers that no order of arithmetic rounds.
    yield np.full((1, 7), 8.0), 1.0, ON_THE_EDGE


def late_input(I, k):
    return I[0, k - 1] if k else 0.0


def holds_times(args: Args, got, want) -> bool:
    """As many numbers as there are spikes, in place of one for each step."""
    return np.ndim(got[1]) == 1 and len(got[1]) == int(want[1].sum())


SIMULATE = Exercise(
    id="09-lif-simulate",
    points=3,
    reference=lif_simulate,
    cases=simulate_cases,
    examples=[
        (
            (np.full((1, 7), 0.8), 1.0, NEURON),
            (
                np.array([[-57.0, -70.0, -70.0, -70.0, -61.5, -53.85, -70.0]]),
                np.array([[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]]),
            ),
        )
    ],
    misconceptions={
        "no-pause": simulate_with(pause=lambda n, dt: 0),
        "pause-one-step-too-long": simulate_with(pause=lambda n, dt: round(n["refractory"] / dt) + 1),
        "pause-one-step-too-short": simulate_with(pause=lambda n, dt: max(round(n["refractory"] / dt) - 1, 0)),
        "pause-counted-in-milliseconds": simulate_with(pause=lambda n, dt: round(n["refractory"])),
        "pause-rounded-down": simulate_with(pause=lambda n, dt: int(n["refractory"] / dt)),
        "pause-rounded-up": simulate_with(pause=lambda n, dt: math.ceil(n["refractory"] / dt)),
        "pause-multiplied": simulate_with(pause=lambda n, dt: round(n["refractory"] * dt)),
        "pause-for-ever": simulate_with(pause=lambda n, dt: 10**9),
        "listens-while-resting": simulate_with(listens_while_resting=True),
        "rests-at-rest": simulate_with(while_resting="V_rest"),
        "starts-from-reset": simulate_with(start="V_reset"),
        "starts-from-zero": simulate_with(start="nothing"),
        "starts-from-threshold": simulate_with(start="V_threshold"),
        "no-reset": simulate_with(reset=None),
        "reset-to-rest": simulate_with(reset="V_rest", while_resting="V_rest"),
        "input-one-step-late": simulate_with(heard=late_input),
        "first-input-for-all": simulate_with(heard=lambda I, k: I[0, 0]),
        "mean-input-for-all": simulate_with(heard=lambda I, k: I.mean()),
        "negative-input-cut": simulate_with(heard=lambda I, k: max(I[0, k], 0.0)),
        "inputs-added-up": simulate_with(heard=lambda I, k: I[0, : k + 1].sum()),
        "voltage-before-the-step": simulate_with(recorded_before=True),
        "voltage-not-carried-on": simulate_with(
            change=lambda V, i, dt, n: n["V_rest"] - V + dt / n["tau"] * (n["R"] * i)
        ),
        "strictly-above": simulate_with(fires=lambda V, n: n["V_threshold"] < V),
        "forgot-leak": simulate_with(change=lambda V, i, dt, n: dt / n["tau"] * n["R"] * i),
        "forgot-resistance": simulate_with(change=lambda V, i, dt, n: dt / n["tau"] * (n["V_rest"] - V + i)),
        "forgot-tau": simulate_with(change=lambda V, i, dt, n: dt * (n["V_rest"] - V + n["R"] * i)),
        "forgot-dt": simulate_with(change=lambda V, i, dt, n: (n["V_rest"] - V + n["R"] * i) / n["tau"]),
        "leak-reversed": simulate_with(change=lambda V, i, dt, n: dt / n["tau"] * (V - n["V_rest"] + n["R"] * i)),
        "spikes-not-recorded": lambda I, dt, n: (lif_simulate(I, dt, n)[0], np.zeros(I.shape)),
        "last-voltage-only": lambda I, dt, n: tuple(part[:, -1:] for part in lif_simulate(I, dt, n)),
        "starting-voltage-recorded-too": lambda I, dt, n: tuple(
            np.concatenate([[[first]], part], axis=1) for first, part in zip((n["V_rest"], 0), lif_simulate(I, dt, n))
        ),
        "only-visible-neuron": lambda I, dt, n: lif_simulate(I, dt, NEURON),
    },
    symptoms={"times-for-train": holds_times},
)


# --- firing_rate_curve ---


def curve_with(rate=lambda spikes, duration, dt: 1000 * spikes.sum() / duration, steps=round, **rules):
    """The f–I curve with another count, another number of steps or other rules of the neuron."""

    def curve(currents, duration, dt, neuron):
        T = steps(duration / dt)
        simulate = simulate_with(**rules)
        spikes = [simulate(np.full((1, T), float(i)), dt, neuron)[1] for i in currents[0]]
        return np.array([[rate(train, duration, dt) for train in spikes]], dtype=float)

    return curve


def firing_rate_curve(currents, duration, dt, neuron):
    return curve_with()(currents, duration, dt, neuron)


def curve_cases(rng: np.random.Generator) -> Iterator[Args]:
    """Durations that end with a spike or just before one, so that a step too few or too many shows."""
    for k, place, ends_with_spike in ((2, 0, True), (1, 0, False), (4, 3, True), (3, 1, False)):  # of the strongest
        while True:
            dt = float(rng.choice([0.5, 2.0]))
            neuron = neuron_like(rng, pause_of(rng, dt))
            strength = np.sort(np.r_[rng.uniform(1.6, 3.5), rng.uniform(0.3, 3.5, k - 1)])
            currents = np.round(drive(neuron) * strength, 4).reshape(1, k)
            last = np.full((1, 90), currents[0, -1])
            spikes = np.flatnonzero(lif_simulate(last, dt, neuron)[1])
            if len(spikes) >= 4 and all(near_never(neuron, i, dt) for i in currents[0]):
                break
        T = int(spikes[3]) + (1 if ends_with_spike else 0)
        order = np.insert(rng.permutation(k - 1), place, k - 1)
        yield currents[:, order], T * dt, dt, neuron
    # A slow neuron that starts far below rest after a spike, and an end that lies apart from its first one.
    while True:
        neuron = neuron_like(rng) | {"tau": 20.0}
        neuron["V_reset"] = neuron["V_rest"] - 10
        current = np.round(drive(neuron) * rng.uniform(1.4, 1.7), 4)
        spikes = np.flatnonzero(lif_simulate(np.full((1, 90), current), 0.5, neuron)[1])
        if len(spikes) and near_never(neuron, float(current), 0.5):
            break
    yield np.array([[current]]), 0.5 * float(spikes[0] + 3), 0.5, neuron
    for duration, dt in UNEVEN:  # every step is a spike, so that their number shows
        neuron = neuron_like(rng, 0.0)
        strong = np.round(1.5 * at_once(neuron, dt), 3)
        yield np.array([[strong, -strong]]), duration, dt, neuron


def near_never(neuron: dict, current: float, dt: float) -> bool:
    """As `steady`, for a constant current, which may be too weak to fire."""
    I = np.full((1, 90), current)
    V, _ = lif_simulate(I, dt, neuron)
    before = np.concatenate([[neuron["V_rest"]], V[0, :-1]])
    reached = before + dt / neuron["tau"] * (neuron["V_rest"] - before + neuron["R"] * current)
    return bool(np.abs(reached - neuron["V_threshold"]).min() > 2e-3)


def closed_form(currents, duration, dt, neuron):
    above = neuron["R"] * currents + neuron["V_rest"] - neuron["V_threshold"]
    fires = above > 0
    interval = neuron["tau"] * np.log1p((neuron["V_threshold"] - neuron["V_reset"]) / np.where(fires, above, 1.0))
    return np.where(fires, 1000 / (neuron["refractory"] + interval), 0.0)


def between_spikes(spikes, duration, dt):
    times = np.flatnonzero(spikes[0]) * dt
    return 1000 * (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


CURVE = Exercise(
    id="09-firing-rate-curve",
    points=2,
    reference=firing_rate_curve,
    cases=curve_cases,
    examples=[((np.array([[0.0, 0.2, 0.8]]), 50.0, 1.0, NEURON), np.array([[0.0, 60.0, 200.0]]))],
    misconceptions={
        "count-for-rate": curve_with(rate=lambda spikes, duration, dt: spikes.sum()),
        "per-millisecond": curve_with(rate=lambda spikes, duration, dt: spikes.sum() / duration),
        "per-step": curve_with(rate=lambda spikes, duration, dt: spikes.mean()),
        "dt-forgotten-in-rate": curve_with(rate=lambda spikes, duration, dt: 1000 * spikes.mean()),
        "multiplied-by-duration": curve_with(rate=lambda spikes, duration, dt: spikes.sum() * duration / 1000),
        "one-step-too-few": curve_with(steps=lambda x: round(x) - 1),
        "one-step-too-many": curve_with(steps=lambda x: round(x) + 1),
        "steps-rounded-down": curve_with(steps=int),
        "steps-rounded-up": curve_with(steps=math.ceil),
        "divided-by-the-time-of-the-steps": curve_with(
            rate=lambda spikes, duration, dt: 1000 * spikes.sum() / (spikes.size * dt)
        ),
        "duration-as-steps": lambda I, duration, dt, n: curve_with(steps=lambda x: int(duration))(I, duration, dt, n),
        "no-pause": curve_with(pause=lambda n, dt: 0),
        "starts-from-reset": curve_with(start="V_reset"),
        "closed-form": closed_form,
        "from-intervals": curve_with(rate=between_spikes),
        "one-rate-for-all": lambda I, duration, dt, n: np.full(I.shape, firing_rate_curve(I, duration, dt, n).mean()),
        "fires-or-not": curve_with(rate=lambda spikes, duration, dt: float(spikes.any())),
        "rates-sorted": lambda I, duration, dt, n: (
            firing_rate_curve(np.sort(I), duration, dt, n) if I.shape[1] > 1 else 0 * I
        ),
        "only-visible-neuron": lambda I, duration, dt, n: firing_rate_curve(I, duration, dt, NEURON),
        "normalised": lambda I, duration, dt, n: (
            firing_rate_curve(I, duration, dt, n) / max(firing_rate_curve(I, duration, dt, n).max(), 1)
        ),
    },
)


# --- hebb_step and oja_step ---


def rule_cases(units: Callable[[np.random.Generator], int]) -> Callable[[np.random.Generator], Iterator[Args]]:
    """(W, X, learning_rate) with as many units as asked for; the mean of no feature is 0."""

    def cases(rng: np.random.Generator) -> Iterator[Args]:
        for n_x, m in draw.shapes(rng):
            W = draw.inputs(rng, units(rng), n_x)
            yield W, draw.inputs(rng, n_x, m) + 0.5, draw.learning_rate(rng)
        yield draw.inputs(rng, units(rng), 3), 0.5 + draw.inputs(rng, 3, 5), draw.learning_rate(rng)

    return cases


def hebb_with(change=lambda W, X, A: A @ X.T, share=lambda W, X: 1 / X.shape[1]):
    """Hebb's rule with another change of W, or another share of it."""
    return lambda W, X, rate: W + rate * share(W, X) * change(W, X, W @ X)


def hebb_step(W, X, learning_rate):
    return hebb_with()(W, X, learning_rate)


def one_by_one(rule):
    """Each example makes a step of its own."""

    def step(W, X, rate):
        for j in range(X.shape[1]):
            W = rule(W, X[:, j : j + 1], rate / X.shape[1])
        return W

    return step


def lengthened(W, X, rate):
    new = hebb_step(W, X, rate)
    return new / np.linalg.norm(new, axis=1, keepdims=True)


HEBB = Exercise(
    id="09-hebb-step",
    points=1,
    reference=hebb_step,
    cases=rule_cases(lambda rng: int(rng.integers(2, 6))),
    examples=[
        (
            (np.array([[1.0, 0.0], [0.5, -1.0]]), np.array([[1.0, 2.0], [0.0, 4.0]]), 0.1),
            np.array([[1.25, 0.4], [0.225, -1.6]]),
        )
    ],
    misconceptions={
        "forgot-mean": hebb_with(share=lambda W, X: 1),
        "mean-over-inputs": hebb_with(share=lambda W, X: 1 / X.shape[0]),
        "mean-over-units": hebb_with(share=lambda W, X: 1 / W.shape[0]),
        "fixed-m": hebb_with(share=lambda W, X: 1 / 2),
        "mean-twice": hebb_with(share=lambda W, X: 1 / X.shape[1] ** 2),
        "weakened-for-strengthened": hebb_with(change=lambda W, X, A: -A @ X.T),
        "learning-rate-ignored": lambda W, X, rate: hebb_step(W, X, 1.0),
        "divided-by-learning-rate": lambda W, X, rate: hebb_step(W, X, 1 / rate),
        "only-the-change": lambda W, X, rate: hebb_step(W, X, rate) - W,
        "replaced-for-added": lambda W, X, rate: W @ X @ X.T / X.shape[1],
        "learning-rate-on-everything": lambda W, X, rate: rate * (W + W @ X @ X.T / X.shape[1]),
        "inputs-averaged-first": hebb_with(
            change=lambda W, X, A: A.mean(1, keepdims=True) @ X.mean(1, keepdims=True).T * X.shape[1]
        ),
        "inputs-added-first": hebb_with(change=lambda W, X, A: A.sum(1, keepdims=True) @ X.sum(1, keepdims=True).T),
        "inputs-centred": hebb_with(change=lambda W, X, A: A @ (X - X.mean(1, keepdims=True)).T),
        "answers-alone": hebb_with(change=lambda W, X, A: A.sum(1, keepdims=True) * np.ones_like(W)),
        "inputs-alone": hebb_with(change=lambda W, X, A: np.ones_like(A) @ X.T),
        "sigmoid-answers": hebb_with(change=lambda W, X, A: sigmoid(A) @ X.T),
        "signs-only": hebb_with(change=lambda W, X, A: np.sign(A) @ X.T),
        "answers-squared": hebb_with(change=lambda W, X, A: A**2 @ X.T),
        "answers-positive": hebb_with(change=lambda W, X, A: np.maximum(A, 0) @ X.T),
        "oja-for-hebb": hebb_with(change=lambda W, X, A: A @ X.T - (A**2).sum(1, keepdims=True) * W),
        "one-example-at-a-time": one_by_one(hebb_step),
        "weights-made-length-1": lengthened,
        "minus-weights": hebb_with(change=lambda W, X, A: A @ X.T - X.shape[1] * W),
        "only-first-example": hebb_with(change=lambda W, X, A: A[:, :1] @ X[:, :1].T * X.shape[1]),
    },
)


def oja_with(hebb=lambda W, X, A: A @ X.T, decay=lambda W, X, A: (A @ A.T) * W, share=lambda W, X: 1 / X.shape[1]):
    """Oja's rule with another part; with none replaced it is the right one."""
    return lambda W, X, rate: W + rate * share(W, X) * (hebb(W, X, W @ X) - decay(W, X, W @ X))


def oja_step(W, X, learning_rate):
    return oja_with()(W, X, learning_rate)


def turns_to_the_first_component(call, rng: np.random.Generator) -> Iterator[Finding]:
    """After many small steps: the direction in which the inputs vary most, at length 1."""
    angle = rng.uniform(0.2, 1.3)
    direction = np.array([[np.cos(angle)], [np.sin(angle)]])
    across = np.array([[-np.sin(angle)], [np.cos(angle)]])
    t = rng.standard_normal((2, 30))
    X = 2 * direction * t[:1] + 0.3 * across * t[1:]
    X -= X.mean(axis=1, keepdims=True)
    values, vectors = np.linalg.eigh(X @ X.T / X.shape[1])
    W = (direction + 0.5 * across).T * 0.5
    start = W
    for _ in range(30):
        W = np.asarray(call(W, X, float(0.5 / values[-1])), dtype=float)
        if not np.isfinite(W).all() or np.abs(W).max() > 1e3:
            break
    length = float(np.linalg.norm(W))
    if not 0.95 < length < 1.05:
        yield Finding("length-not-1", {"length": length}, case=(start, X, float(0.5 / values[-1])))
    elif abs(float((W @ vectors[:, -1:]).item())) < 0.97:
        yield Finding("not-the-first-component", case=(start, X, float(0.5 / values[-1])))


OJA = Exercise(
    id="09-oja-step",
    points=2,
    reference=oja_step,
    cases=rule_cases(lambda rng: 1),
    examples=[
        (
            (np.array([[1.0, -0.5]]), np.array([[1.0, 2.0], [0.0, 2.0]]), 0.1),
            np.array([[1.05, -0.35]]),
        )
    ],
    properties=(turns_to_the_first_component,),
    misconceptions={
        "forgot-forgetting": hebb_step,
        "forgetting-added": oja_with(decay=lambda W, X, A: -(A @ A.T) * W),
        "forgetting-only": oja_with(hebb=lambda W, X, A: 0 * W),
        "signs-reversed": oja_with(hebb=lambda W, X, A: -A @ X.T, decay=lambda W, X, A: -(A @ A.T) * W),
        "forgot-square": oja_with(decay=lambda W, X, A: A.sum() * W),
        "sum-squared": oja_with(decay=lambda W, X, A: A.sum() ** 2 * W),
        "mean-squared": oja_with(decay=lambda W, X, A: A.mean() ** 2 * X.shape[1] * W),
        "forgetting-without-weights": oja_with(decay=lambda W, X, A: (A @ A.T) * np.ones_like(W)),
        "forgetting-without-answers": oja_with(decay=lambda W, X, A: X.shape[1] * W),
        "weights-squared": oja_with(decay=lambda W, X, A: (A @ A.T) * W**2),
        "inputs-for-weights": oja_with(decay=lambda W, X, A: (A**2) @ X.T),
        "absolute-answers": oja_with(decay=lambda W, X, A: np.abs(A).sum() * W),
        "forgot-mean": oja_with(share=lambda W, X: 1),
        "mean-over-inputs": oja_with(share=lambda W, X: 1 / X.shape[0]),
        "fixed-m": oja_with(share=lambda W, X: 1 / 2),
        "mean-twice": oja_with(share=lambda W, X: 1 / X.shape[1] ** 2),
        "mean-only-in-hebb": oja_with(decay=lambda W, X, A: (A @ A.T) * W * X.shape[1]),
        "mean-only-in-forgetting": oja_with(hebb=lambda W, X, A: A @ X.T * X.shape[1]),
        "learning-rate-ignored": lambda W, X, rate: oja_step(W, X, 1.0),
        "learning-rate-only-in-hebb": lambda W, X, rate: (
            W + (rate * (W @ X) @ X.T - (W @ X @ (W @ X).T) * W) / X.shape[1]
        ),
        "only-the-change": lambda W, X, rate: oja_step(W, X, rate) - W,
        "weights-made-length-1": lengthened,
        "oja-and-length-1": lambda W, X, rate: oja_step(W, X, rate) / np.linalg.norm(oja_step(W, X, rate)),
        "one-example-at-a-time": one_by_one(oja_step),
        "sigmoid-answers": lambda W, X, rate: (
            W + rate / X.shape[1] * (sigmoid(W @ X) @ X.T - np.sum(sigmoid(W @ X) ** 2) * W)
        ),
        "inputs-averaged-first": lambda W, X, rate: oja_step(W, X.mean(axis=1, keepdims=True), rate),
        "only-first-example": lambda W, X, rate: oja_step(W, X[:, :1], rate),
    },
)


# --- perturbation_gradient ---


def tried_with(
    rise=lambda J, here, theta, u, epsilon: (J(theta + epsilon * u) - here) / epsilon,
    spread=lambda rises, U, epsilon: U @ rises.T / U.shape[1],
):
    """Weight perturbation with another rise along a direction, or another way to put the rises together."""

    def gradient(cost, theta, directions, epsilon):
        here = cost(theta)
        rises = [rise(cost, here, theta, directions[:, k : k + 1], epsilon) for k in range(directions.shape[1])]
        return spread(np.array([rises], dtype=float), directions, epsilon)

    return gradient


def perturbation_gradient(cost, theta, directions, epsilon):
    return tried_with()(cost, theta, directions, epsilon)


def bowl(rng: np.random.Generator, n: int) -> Callable[[np.ndarray], float]:
    """A cost with a slope, a curvature and an offset; it insists on a column, as the task promises one."""
    slope, offset = draw.inputs(rng, n, 1, scale=2.0), float(rng.uniform(1, 3))
    curved = draw.inputs(rng, n, 1)

    def cost(theta: np.ndarray) -> float:
        if np.shape(theta) != (n, 1):
            raise ValueError(f"theta of shape {np.shape(theta)} reached the cost; its shape is ({n}, 1)")
        theta = np.asarray(theta, dtype=float)
        return float(offset + np.sum(slope * theta) + np.sum(curved**2 * theta**2))

    return cost


def perturbation_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n, K in ((3, 2), (1, 1), (4, 1), (1, 5), (3, 3), (int(rng.integers(5, 9)), int(rng.integers(10, 30)))):
        epsilon = float(rng.choice([0.2, 0.3, 0.4]))
        yield bowl(rng, n), draw.inputs(rng, n, 1), draw.inputs(rng, n, K), epsilon


def line(theta):
    """The notebook's cost."""
    return float(2 * theta[0, 0] - theta[1, 0] + theta[0, 0] ** 2)


def along_the_way(cost, theta, directions, epsilon):
    """Each trial starts where the one before ended."""
    total, here = np.zeros(theta.shape), cost(theta)
    for k in range(directions.shape[1]):
        theta = theta + epsilon * directions[:, k : k + 1]
        total, here = total + (cost(theta) - here) / epsilon * directions[:, k : k + 1], cost(theta)
    return total / directions.shape[1]


def all_at_once(cost, theta, directions, epsilon):
    u = directions.mean(axis=1, keepdims=True)
    return (cost(theta + epsilon * u) - cost(theta)) / epsilon * u


def one_entry_at_a_time(cost, theta, directions, epsilon):
    steps = epsilon * np.eye(len(theta))
    return np.array([[(cost(theta + s[:, None]) - cost(theta)) / epsilon] for s in steps])


PERTURBATION = Exercise(
    id="09-perturbation-gradient",
    points=2,
    reference=perturbation_gradient,
    cases=perturbation_cases,
    examples=[
        (
            (line, np.array([[1.0], [2.0]]), np.array([[1.0, -1.0], [0.0, 2.0]]), 0.1),
            np.array([[5.0], [-5.9]]),
        )
    ],
    float32=False,  # a difference of two nearly equal costs, divided by a small number
    misconceptions={
        "forgot-epsilon": tried_with(rise=lambda J, here, t, u, e: J(t + e * u) - here),
        "divided-by-epsilon-twice": tried_with(rise=lambda J, here, t, u, e: (J(t + e * u) - here) / e**2),
        "epsilon-multiplied": tried_with(rise=lambda J, here, t, u, e: (J(t + e * u) - here) * e),
        "forgot-to-subtract": tried_with(rise=lambda J, here, t, u, e: J(t + e * u) / e),
        "brackets-missing": tried_with(rise=lambda J, here, t, u, e: J(t + e * u) - here / e),
        "fall-for-rise": tried_with(rise=lambda J, here, t, u, e: (here - J(t + e * u)) / e),
        "backward-step": tried_with(rise=lambda J, here, t, u, e: (here - J(t - e * u)) / e),
        "stepped-back": tried_with(rise=lambda J, here, t, u, e: (J(t - e * u) - here) / e),
        "central-difference": tried_with(rise=lambda J, here, t, u, e: (J(t + e * u) - J(t - e * u)) / (2 * e)),
        "step-without-epsilon": tried_with(rise=lambda J, here, t, u, e: (J(t + u) - here) / e),
        "epsilon-of-the-example": lambda J, theta, U, e: perturbation_gradient(J, theta, U, 0.1),
        "whole-step": tried_with(rise=lambda J, here, t, u, e: J(t + u) - here),
        "direction-normalised": tried_with(rise=lambda J, here, t, u, e: (J(t + e * u / np.linalg.norm(u)) - here) / e),
        "sign-of-rise": tried_with(rise=lambda J, here, t, u, e: np.sign(J(t + e * u) - here)),
        "absolute-rise": tried_with(rise=lambda J, here, t, u, e: abs(J(t + e * u) - here) / e),
        "falls-only": tried_with(rise=lambda J, here, t, u, e: min(J(t + e * u) - here, 0.0) / e),
        "forgot-direction": tried_with(spread=lambda r, U, e: np.full((len(U), 1), r.mean())),
        "divided-by-direction": tried_with(spread=lambda r, U, e: (r / U).mean(axis=1, keepdims=True)),
        "forgot-mean": tried_with(spread=lambda r, U, e: U @ r.T),
        "mean-over-parameters": tried_with(spread=lambda r, U, e: U @ r.T / U.shape[0]),
        "means-multiplied": tried_with(spread=lambda r, U, e: r.mean() * U.mean(axis=1, keepdims=True)),
        "only-first-direction": tried_with(spread=lambda r, U, e: U[:, :1] * r[0, 0]),
        "only-last-direction": tried_with(spread=lambda r, U, e: U[:, -1:] * r[0, -1]),
        "steepest-only": tried_with(
            spread=lambda r, U, e: U[:, [int(np.argmax(np.abs(r)))]] * r[0, int(np.argmax(np.abs(r)))]
        ),
        "not-put-together": tried_with(spread=lambda r, U, e: U * r),
        "all-directions-at-once": all_at_once,
        "trials-on-top-of-each-other": along_the_way,
        "one-entry-at-a-time": one_entry_at_a_time,
    },
)


# --- feedback_alignment_backward ---


def aligned_with(
    dZ2=lambda A2, Y: A2 - Y,
    dA1=lambda B2, W2, dZ2: B2 @ dZ2,
    slope=lambda Z1, A1: 1 - A1**2,
    into_dW2="A1",
    share_1=lambda X, n_1: 1 / X.shape[1],
    share_2=lambda X, n_1: 1 / X.shape[1],
    **changed,
):
    """Feedback alignment with some of its parts replaced; with none replaced it is the right one.

    changed: dW1=…, functions of a dict of all that is known, in place of an entry.
    """

    def backward(X, Y, parameters, cache, B2):
        n_1 = len(cache["A1"])
        e2 = dZ2(cache["A2"], Y)
        e1 = dA1(B2, parameters["W2"], e2) * slope(cache["Z1"], cache["A1"])
        s1, s2 = share_1(X, n_1), share_2(X, n_1)
        grads = {
            "dW1": e1 @ X.T * s1,
            "db1": e1.sum(axis=1, keepdims=True) * s1,
            "dW2": e2 @ cache[into_dW2].T * s2,
            "db2": e2.sum(axis=1, keepdims=True) * s2,
        }
        known = grads | {"X": X, "dZ1": e1, "dZ2": e2, "B2": B2, "m": X.shape[1]} | cache | parameters
        return grads | {name: entry(known) for name, entry in changed.items()}

    return backward


def feedback_alignment_backward(X, Y, parameters, cache, B2):
    return aligned_with()(X, Y, parameters, cache, B2)


def forward_of_many(X, parameters):
    """As in assignment 05, with any number of sigmoid outputs."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}


def aligned_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (n_x, m) in enumerate(draw.shapes(rng)):
        n_1 = 1 if k == 3 else int(rng.integers(2, 6))
        n_y = 1 if k in (0, 2) else int(rng.integers(2, 5))
        if k == 4:
            n_1 = n_y = 3  # B2 is square, so that a transposed one shows in numbers and not in shapes
        X, parameters = draw.inputs(rng, n_x, m), draw.layers(rng, [n_x, n_1, n_y], scale=0.6)
        Y = rng.integers(0, 2, size=(n_y, m)).astype(float)
        yield X, Y, parameters, forward_of_many(X, parameters), draw.inputs(rng, n_1, n_y)


def becomes_backpropagation(call, rng: np.random.Generator) -> Iterator[Finding]:
    """With B2 = W2ᵀ each gradient is how fast the cost changes: measured, not derived."""
    X, Y, parameters = draw.inputs(rng, 2, 5), draw.labels(rng, 5), draw.layers(rng, [2, 3, 1], scale=0.6)
    _, cache = hidden_forward(X, parameters)
    args = X, Y, parameters, cache, parameters["W2"].T.copy()
    slopes = gradient_check.numerical_gradient(lambda p: logistic_cost(hidden_forward(X, p)[0], Y), parameters)
    got = call(*args)
    for name, slope in slopes.items():
        if np.abs(got[name] - slope).max() > 1e-4 * max(np.abs(slope).max(), 0.1):
            yield Finding("not-backpropagation", {"name": name}, case=args)
            return


X2, Y2 = np.array([[1.0, 0.0], [0.5, -1.0]]), np.array([[1.0, 0.0]])
PARAMETERS = {
    "W1": np.array([[0.5, -1.0], [0.25, 0.5]]),
    "b1": np.array([[0.1], [-0.2]]),
    "W2": np.array([[1.0, -2.0]]),
    "b2": np.array([[0.3]]),
}
CACHE = {
    "Z1": np.array([[0.0, 0.0], [0.0, 0.0]]),
    "A1": np.array([[0.5, 0.0], [-0.5, 0.0]]),
    "Z2": np.array([[0.0, 0.0]]),
    "A2": np.array([[0.5, 0.5]]),
}


def ones(X, n_1):
    return 1


def slope_of(function):
    return aligned_with(slope=function)


ALIGNED = Exercise(
    id="09-feedback-alignment-backward",
    points=3,
    reference=feedback_alignment_backward,
    cases=aligned_cases,
    examples=[
        (
            (X2, Y2, PARAMETERS, CACHE, np.array([[2.0], [1.0]])),
            {
                "dW1": np.array([[-0.375, -0.6875], [-0.1875, -0.34375]]),
                "db1": np.array([[0.125], [0.0625]]),
                "dW2": np.array([[-0.125, 0.125]]),
                "db2": np.array([[0.0]]),
            },
        )
    ],
    properties=(becomes_backpropagation,),
    misconceptions={
        "backpropagation": aligned_with(dA1=lambda B2, W2, dZ2: W2.T @ dZ2),
        "feedback-transposed": aligned_with(dA1=lambda B2, W2, dZ2: (B2.T if B2.shape[0] == B2.shape[1] else B2) @ dZ2),
        "feedback-added-to-weights": aligned_with(dA1=lambda B2, W2, dZ2: (B2 + W2.T) @ dZ2),
        "feedback-times-weights": aligned_with(dA1=lambda B2, W2, dZ2: (B2 * W2.T) @ dZ2),
        "sign-of-feedback": aligned_with(dA1=lambda B2, W2, dZ2: np.sign(B2) @ dZ2),
        "feedback-reversed": aligned_with(dA1=lambda B2, W2, dZ2: -B2 @ dZ2),
        "feedback-averaged": aligned_with(dA1=lambda B2, W2, dZ2: np.full_like(B2, B2.mean()) @ dZ2),
        "no-feedback-weights": aligned_with(dA1=lambda B2, W2, dZ2: np.ones_like(B2) @ dZ2),
        "only-first-output": aligned_with(dA1=lambda B2, W2, dZ2: B2[:, :1] @ dZ2[:1]),
        "feedback-in-output-weights": aligned_with(dW2=lambda k: (k["B2"] @ k["dZ2"] @ k["dZ2"].T).T / k["m"]),
        "forgot-slope": slope_of(lambda Z1, A1: 1),
        "forgot-square": slope_of(lambda Z1, A1: 1 - A1),
        "square-of-difference": slope_of(lambda Z1, A1: (1 - A1) ** 2),
        "plus-for-minus": slope_of(lambda Z1, A1: 1 + A1**2),
        "square-alone": slope_of(lambda Z1, A1: A1**2),
        "activation-for-slope": slope_of(lambda Z1, A1: A1),
        "slope-at-z1": slope_of(lambda Z1, A1: 1 - Z1**2),
        "sigmoid-slope": slope_of(lambda Z1, A1: A1 * (1 - A1)),
        "relu-slope": slope_of(lambda Z1, A1: (A1 > 0).astype(float)),
        "forgot-mean": aligned_with(share_1=ones, share_2=ones),
        "forgot-mean-in-layer-1": aligned_with(share_1=ones),
        "forgot-mean-in-layer-2": aligned_with(share_2=ones),
        "mean-twice-in-layer-1": aligned_with(share_1=lambda X, n_1: 1 / X.shape[1] ** 2),
        "mean-twice": aligned_with(
            share_1=lambda X, n_1: 1 / X.shape[1] ** 2, share_2=lambda X, n_1: 1 / X.shape[1] ** 2
        ),
        "a1-for-x": aligned_with(
            dW1=lambda k: k["dZ1"] @ (k["A1"] if k["A1"].shape == k["X"].shape else k["X"]).T / k["m"]
        ),
        "mean-over-features": aligned_with(share_1=lambda X, n_1: 1 / len(X), share_2=lambda X, n_1: 1 / len(X)),
        "mean-over-units": aligned_with(share_2=lambda X, n_1: 1 / n_1),
        "difference-reversed": aligned_with(dZ2=lambda A2, Y: Y - A2),
        "sigmoid-derivative-twice": aligned_with(dZ2=lambda A2, Y: (A2 - Y) * A2 * (1 - A2)),
        "labels-unused": aligned_with(dZ2=lambda A2, Y: A2),
        "squared-difference": aligned_with(dZ2=lambda A2, Y: (A2 - Y) ** 2),
        "z1-for-a1": aligned_with(into_dW2="Z1"),
        "hidden-layer-frozen": aligned_with(dW1=lambda k: np.zeros_like(k["W1"]), db1=lambda k: np.zeros_like(k["b1"])),
        "bias-1-for-each-example": aligned_with(db1=lambda k: k["dZ1"] / k["m"]),
        "bias-2-for-each-example": aligned_with(db2=lambda k: k["dZ2"] / k["m"]),
        "one-bias-for-all-units": aligned_with(db1=lambda k: k["dZ1"].sum(keepdims=True) / k["m"]),
        "bias-1-by-backpropagation": aligned_with(
            db1=lambda k: (k["W2"].T @ k["dZ2"] * (1 - k["A1"] ** 2)).sum(axis=1, keepdims=True) / k["m"]
        ),
    },
)


# --- alignment_angle ---


def angle_with(dot=lambda a, b: np.sum(a * b), size=lambda a: np.sqrt(np.sum(a * a)), angle=None):
    """The angle with another product, another length or another last step."""
    last = angle or (lambda c: np.degrees(np.arccos(np.clip(c, -1, 1))))
    return lambda a, b: float(last(dot(a, b) / (size(a) * size(b))))


def alignment_angle(a, b):
    return angle_with()(a, b)


def parallel(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of one direction whose cosine is rounded to more than 1, in whichever order it is computed."""
    while True:  # whole numbers: sums are exact, and the product of two roots falls short of them
        a = rng.integers(-9, 10, size=(2, 3)).astype(float)
        squares = float(np.sum(a * a))
        if squares and squares / (np.sqrt(squares) * np.sqrt(squares)) > 1:
            break
    yield a, a.copy()
    while True:  # where the root of a product is taken, the sums themselves have to be rounded
        a = draw.inputs(rng, 2, 3)
        b = a * float(rng.choice([0.1, 0.3, 0.7, 1.1, 1.7]))
        u, v = a.ravel(), b.ravel()
        sums = np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b))
        if min(sums, u @ v / np.sqrt((u @ u) * (v @ v)), u @ v / np.linalg.norm(u) / np.linalg.norm(v)) > 1:
            break
    yield a, b


def angle_cases(rng: np.random.Generator) -> Iterator[Args]:
    for n, m in draw.shapes(rng):
        a = draw.inputs(rng, n, m)
        b = draw.inputs(rng, n, m)
        if n * m > 1:  # neither square nor parallel, and wide angles as often as narrow ones
            b = b - a * (np.sum(a * b) / np.sum(a * a)) + a * rng.choice([-1, 1]) * rng.uniform(0.3, 1.2)
        yield a, np.round(b, 3)
    a = draw.inputs(rng, 2, 3)
    yield a, np.round(-0.5 * a + 0.4 * draw.inputs(rng, 2, 3, scale=0.3), 3)
    across = draw.inputs(rng, 2, 3)
    across = across - a * (np.sum(a * across) / np.sum(a * a))
    across = across * (np.linalg.norm(a) / np.linalg.norm(across))
    yield a, a + 0.0283 * across  # 1.6 degrees: rounded to three places, the cosine is 1
    short = 1e-4 / np.linalg.norm(a)  # as gradients become
    yield short * a, short * (0.6 * a + across)
    yield draw.inputs(rng, 1, 2) * np.array([[1.0, 0.0]]), draw.inputs(rng, 1, 2) * np.array([[0.0, 1.0]])
    for a, b in parallel(rng):
        yield a, b
        yield -a, b


def column_angles(a, b):
    with np.errstate(all="ignore"):
        cosines = np.sum(a * b, axis=0) / np.sqrt(np.sum(a * a, axis=0) * np.sum(b * b, axis=0))
        return float(np.degrees(np.arccos(np.clip(cosines, -1, 1))).mean())


def has_nan_for_parallel(args: Args, got, want) -> bool:
    return want in (0.0, 180.0) and bool(np.isnan(got))


ANGLE = Exercise(
    id="09-alignment-angle",
    points=1,
    reference=alignment_angle,
    cases=angle_cases,
    examples=[((np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 0.0]])), 45.0)],
    tolerance=Tolerance(1e-4, absolute=0.06),  # near 0 and 180 a cosine in float32 tells no more
    misconceptions={
        "no-clip": angle_with(angle=lambda c: np.degrees(np.arccos(c))),
        "radians": angle_with(angle=lambda c: np.arccos(np.clip(c, -1, 1))),
        "cosine-for-angle": angle_with(angle=lambda c: c),
        "sine-for-cosine": angle_with(angle=lambda c: np.degrees(np.arcsin(np.clip(c, -1, 1)))),
        "cosine-of-cosine": angle_with(angle=lambda c: np.degrees(np.cos(c))),
        "other-side": angle_with(angle=lambda c: 180 - np.degrees(np.arccos(np.clip(c, -1, 1)))),
        "absolute-cosine": angle_with(angle=lambda c: np.degrees(np.arccos(np.clip(abs(c), -1, 1)))),
        "forgot-pi": angle_with(angle=lambda c: 180 * np.arccos(np.clip(c, -1, 1))),
        "forgot-180": angle_with(angle=lambda c: np.arccos(np.clip(c, -1, 1)) / np.pi),
        "full-circle": angle_with(angle=lambda c: 360 * np.arccos(np.clip(c, -1, 1)) / np.pi),
        "clipped-at-zero": angle_with(angle=lambda c: np.degrees(np.arccos(np.clip(c, 0, 1)))),
        "forgot-lengths": angle_with(size=lambda a: 1.0),
        "forgot-root": angle_with(size=lambda a: np.sum(a * a)),
        "length-of-first-only": lambda a, b: float(
            np.degrees(np.arccos(np.clip(np.sum(a * b) / np.sum(a * a), -1, 1)))
        ),
        "length-of-second-only": lambda a, b: float(
            np.degrees(np.arccos(np.clip(np.sum(a * b) / np.sum(b * b), -1, 1)))
        ),
        "sum-of-lengths": lambda a, b: float(
            np.degrees(np.arccos(np.clip(np.sum(a * b) / (np.linalg.norm(a) + np.linalg.norm(b)), -1, 1)))
        ),
        "sums-for-lengths": angle_with(size=lambda a: np.sum(np.abs(a))),
        "largest-for-length": angle_with(size=lambda a: np.abs(a).max()),
        "spectral-length": angle_with(size=lambda a: np.linalg.norm(a, 2)),
        "mean-for-sum": angle_with(dot=lambda a, b: np.mean(a * b)),
        "matrix-product": angle_with(dot=lambda a, b: np.sum(a.T @ b)),
        "matrix-product-of-rows": angle_with(dot=lambda a, b: np.sum(a @ b.T)),
        "angle-of-each-column": column_angles,
        "only-first-column": lambda a, b: alignment_angle(a[:, :1], b[:, :1]),
        "correlation": lambda a, b: (
            alignment_angle(a - a.mean(), b - b.mean()) if a.size > 2 else alignment_angle(a, b)
        ),
        "distance-for-angle": lambda a, b: float(np.linalg.norm(a - b)),
    },
    symptoms={"nan-for-parallel": has_nan_for_parallel},
)


# --- frozen_control ---


def frozen_with(moving=("W2", "b2"), backward=hidden_backward, extra=0, first=lambda p: p, update=update_parameters):
    """Training of some of the parameters only; with nothing replaced it is the control."""

    def train(X, Y, parameters, steps, learning_rate):
        parameters, costs = first(parameters), []
        for _ in range(steps + extra):
            A2, cache = hidden_forward(X, parameters)
            costs.append(logistic_cost(A2, Y))
            new = update(parameters, backward(X, Y, parameters, cache), learning_rate)
            parameters = {name: new[name] if name in moving else parameters[name] for name in parameters}
        return parameters, costs

    return train


def frozen_control(X, Y, parameters, steps, learning_rate):
    return frozen_with()(X, Y, parameters, steps, learning_rate)


def frozen_cases(rng: np.random.Generator) -> Iterator[Args]:
    for k, (X, parameters) in enumerate(network_cases(rng)):
        yield X, draw.labels(rng, X.shape[1]), parameters, (2, 3, 12)[k % 3], draw.learning_rate(rng)


def frozen_on(features):
    """The control with other features in place of A1: (W1, b1, X) -> (n_1, m)."""

    def train(X, Y, parameters, steps, learning_rate):
        A1 = features(parameters["W1"], parameters["b1"], X)
        W2, b2, costs = parameters["W2"], parameters["b2"], []
        for _ in range(steps):
            A2 = sigmoid(W2 @ A1 + b2)
            costs.append(logistic_cost(A2, Y))
            W2 = W2 - learning_rate * (A2 - Y) @ A1.T / X.shape[1]
            b2 = b2 - learning_rate * (A2 - Y).mean(axis=1, keepdims=True)
        return parameters | {"W2": W2, "b2": b2}, costs

    return train


def scaled_gradient(factor, names=("dW2", "db2")):
    """The backward step with some gradients multiplied by factor(m)."""

    def backward(X, Y, parameters, cache):
        grads = hidden_backward(X, Y, parameters, cache)
        return {name: g * factor(X.shape[1]) if name in names else g for name, g in grads.items()}

    return backward


def from_features(features):
    """The output layer learns from other features than A1: (X, cache) -> (n_1, m)."""

    def backward(X, Y, parameters, cache):
        return hidden_backward(X, Y, parameters, cache | {"A1": features(cache)})

    return backward


def error_with(error):
    """The output layer's gradient from another error."""

    def backward(X, Y, parameters, cache):
        dZ2, m = error(cache["A2"], Y), X.shape[1]
        grads = hidden_backward(X, Y, parameters, cache)
        return grads | {"dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}

    return backward


def uphill(parameters, grads, rate):
    return update_parameters(parameters, grads, -rate)


def zeroed(*names):
    return lambda parameters: {n: np.zeros_like(p) if n in names else p for n, p in parameters.items()}


def costs_after(X, Y, parameters, steps, learning_rate):
    _, costs = frozen_with(extra=1)(X, Y, parameters, steps, learning_rate)
    return frozen_control(X, Y, parameters, steps, learning_rate)[0], costs[1:]


def same_gradient_each_step(X, Y, parameters, steps, learning_rate):
    grads, costs = hidden_backward(X, Y, parameters, hidden_forward(X, parameters)[1]), []
    for _ in range(steps):
        costs.append(logistic_cost(hidden_forward(X, parameters)[0], Y))
        new = update_parameters(parameters, grads, learning_rate)
        parameters = parameters | {"W2": new["W2"], "b2": new["b2"]}
    return parameters, costs


def costs_changed(change):
    def train(X, Y, parameters, steps, learning_rate):
        new, costs = frozen_control(X, Y, parameters, steps, learning_rate)
        return new, change(costs, X.shape[1])

    return train


FROZEN = Exercise(
    id="09-frozen-control",
    points=2,
    reference=frozen_control,
    cases=frozen_cases,
    may_use=("activations.sigmoid", "activations.tanh", "costs.cross_entropy"),
    examples=[
        (
            (
                np.array([[1.0, -1.0]]),
                np.array([[1, 0]]),
                {"W1": np.array([[0.5]]), "b1": np.array([[0.0]]), "W2": np.array([[0.0]]), "b2": np.array([[0.0]])},
                2,
                1.0,
            ),
            (
                {
                    "W1": np.array([[0.5]]),
                    "b1": np.array([[0.0]]),
                    "W2": np.array([[0.4497931]]),
                    "b2": np.array([[0.0]]),
                },
                [0.6931472, 0.6411836],
            ),
        )
    ],
    misconceptions={
        "everything-learns": frozen_with(moving=("W1", "b1", "W2", "b2")),
        "nothing-learns": frozen_with(moving=()),
        "hidden-layer-learns-instead": frozen_with(moving=("W1", "b1")),
        "output-bias-frozen": frozen_with(moving=("W2",)),
        "output-weights-frozen": frozen_with(moving=("b2",)),
        "hidden-bias-learns": frozen_with(moving=("b1", "W2", "b2")),
        "hidden-weights-learn": frozen_with(moving=("W1", "W2", "b2")),
        "weights-learn-biases-frozen": frozen_with(moving=("W1", "W2")),
        "hidden-layer-zero": frozen_with(first=zeroed("W1", "b1")),
        "output-starts-from-zero": frozen_with(first=zeroed("W2", "b2")),
        "uphill": frozen_with(update=uphill),
        "learning-rate-ignored": frozen_with(update=lambda p, g, rate: update_parameters(p, g, 1.0)),
        "step-twice": frozen_with(update=lambda p, g, rate: update_parameters(p, g, 2 * rate)),
        "forgot-mean": frozen_with(backward=scaled_gradient(lambda m: m)),
        "forgot-mean-in-bias": frozen_with(backward=scaled_gradient(lambda m: m, ("db2",))),
        "forgot-mean-in-weights": frozen_with(backward=scaled_gradient(lambda m: m, ("dW2",))),
        "mean-twice": frozen_with(backward=scaled_gradient(lambda m: 1 / m)),
        "z1-for-a1": frozen_with(backward=from_features(lambda cache: cache["Z1"])),
        "sigmoid-derivative-twice": frozen_with(backward=error_with(lambda A, Y: (A - Y) * A * (1 - A))),
        "labels-for-activations": frozen_with(backward=error_with(lambda A, Y: np.round(A) - Y)),
        "one-step-too-many": frozen_with(extra=1),
        "one-step-too-few": frozen_with(extra=-1),
        "forgot-tanh": frozen_on(lambda W1, b1, X: W1 @ X + b1),
        "relu-for-tanh": frozen_on(lambda W1, b1, X: np.maximum(W1 @ X + b1, 0)),
        "sigmoid-for-tanh": frozen_on(lambda W1, b1, X: sigmoid(W1 @ X + b1)),
        "forgot-hidden-bias": frozen_on(lambda W1, b1, X: np.tanh(W1 @ X)),
        "same-gradient-each-step": same_gradient_each_step,
        "cost-after-the-step": costs_after,
        "only-last-cost": costs_changed(lambda costs, m: costs[-1]),
        "cost-not-averaged": costs_changed(lambda costs, m: [m * J for J in costs]),
        "cost-lacks-minus": costs_changed(lambda costs, m: [-J for J in costs]),
    },
    symptoms={"missing-key": lambda args, got, want: isinstance(got[0], dict) and not set(want[0]) <= set(got[0])},
)

EXERCISES = (STEP, SIMULATE, CURVE, HEBB, OJA, PERTURBATION, ALIGNED, ANGLE, FROZEN)
