"""From a control's change to the new picture, in the kernel, for every interactive; and what it does to memory.

Bars: 95th percentile over 200 changes at most 50 ms; less than 5 MB more memory after 1000 changes. For the playground,
which trains [2, 8, 8, 1] on 500 points while it is watched, also: 20 frames a second or more, as many steps in each as
the time allows.
"""

import gc
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks import common
from helpers import brain, data, network, training, widgets
from helpers.widgets.panel import Panel

CHANGES = 200
CHANGES_FOR_MEMORY = 1000
MOVABLE = ("slider", "stops", "choice", "switch")


def neuron() -> Panel:
    birds = data.penguins()
    X, mean, sd = data.standardize(birds.X)
    names = {"feature_names": birds.feature_names, "class_names": birds.class_names}
    return widgets.Neuron(X, birds.Y, mean=mean, sd=sd, **names)


def computation_graph() -> Panel:
    """The neuron of lesson 04 at the end of its way, where most is drawn."""
    steps = {"z": "w1 * x1 + w2 * x2 + b", "a": "sigmoid(z)", "L": "-log(a)"}
    inputs = {"x1": 1.5, "w1": 0.4, "x2": -1.0, "w2": 0.8, "b": 0.1}
    panel = widgets.ComputationGraph(steps, inputs, fixed=["x1", "x2"])
    for _ in range(panel.end):
        panel.press("step")
    return panel


def descent() -> Panel:
    birds = data.penguins()
    X, mean, sd = data.standardize(birds.X)
    start = network.initialize([2, 1], np.random.default_rng(0), scale="zeros")
    trained = training.train(X, birds.Y, start, learning_rate=0.5, steps=1000).parameters
    return widgets.Descent(X, birds.Y, trained, mean=mean, sd=sd)


def draw() -> Panel:
    digits = data.digits()
    part = data.split(digits.X, digits.Y, np.random.default_rng(0), test_share=1 / 3)
    start = network.initialize([64, 32, 10], np.random.default_rng(0))
    Y = data.one_hot(part.Y_train, 10)
    trained = training.train(part.X_train, Y, start, learning_rate=0.5, steps=300, output="softmax").parameters
    return widgets.Draw(lambda X: network.predict(X, trained, output="softmax"), examples=part.X_train)


def playground() -> Panel:
    return widgets.Playground()


def real_neuron() -> Panel:
    sound, Y, _, bin_ms = data.locust(bin_ms=2.0)
    level = 20 * np.log10(sound)
    heard = brain.lagged(level, lags=10)
    heard = (heard - heard.mean(axis=1, keepdims=True)) / heard.std(axis=1, keepdims=True)
    features = {"sound alone": heard, "sound and own last 6 ms": np.concatenate([heard, brain.lagged(Y, 3, skip=1)])}
    said = {name: brain.spike_probability(X, brain.fit_logistic(X, Y)) for name, X in features.items()}
    return widgets.RealNeuron(level, Y, said, bin_ms=bin_ms)


def receptive_fields() -> Panel:
    # Eigenvectors of the patches stand for their independent components, which take seconds to find: as many, as large.
    patches = data.photo_patches(np.random.default_rng(0), m=1000, side=12).X
    components = np.linalg.svd(patches - patches.mean(axis=0, keepdims=True))[0][:, :48].T
    rng = np.random.default_rng(0)
    digits, clothes = (network.initialize([n_x, n_1, 10], rng)["W1"] for n_x, n_1 in ((64, 20), (784, 24)))
    sets = {"photo patches": (components, (12, 12)), "digits": (digits, (8, 8)), "clothes": (clothes, (28, 28))}
    return widgets.ReceptiveFields(sets)


def feedback_alignment() -> Panel:
    digits = data.digits()
    return widgets.FeedbackAlignment(*data.split(digits.X, digits.Y, np.random.default_rng(0), test_share=1 / 3))


def hidden_layer() -> Panel:
    moons = data.moons(300, np.random.default_rng(1))
    start = network.initialize([2, 3, 1], np.random.default_rng(0), scale="xavier")
    run = training.train(moons.X, moons.Y, start, learning_rate=1.0, steps=3000, hidden="tanh")
    return widgets.HiddenLayer(moons.X, moons.Y, run.parameters)


def symmetry() -> Panel:
    moons = data.moons(300, np.random.default_rng(1))
    return widgets.Symmetry(moons.X, moons.Y)


INTERACTIVES: dict[str, Callable[[], Panel]] = {
    "activations": widgets.Activations,
    "backprop stepper": widgets.BackpropStepper,
    "clinic": widgets.Clinic,
    "computation graph": computation_graph,
    "descent": descent,
    "dimensions": widgets.Dimensions,
    "draw": draw,
    "feedback alignment": feedback_alignment,
    "hidden layer": hidden_layer,
    "ladder": widgets.Ladder,
    "loss": widgets.Loss,
    "neuron": neuron,
    "playground": playground,
    "real neuron": real_neuron,
    "receptive fields": receptive_fields,
    "shapes": widgets.Shapes,
    "spiking neuron": widgets.SpikingNeuron,
    "symmetry": symmetry,
}


def change(panel: Panel, rng: np.random.Generator) -> None:
    """Move one control to somewhere in its range, as a learner does; the panel redraws before this returns."""
    movable = [c for c in panel.controls if c["kind"] in MOVABLE and not c.get("disabled")]
    control = movable[rng.integers(len(movable))]
    if control["kind"] == "slider":
        low, high, step = control["min"], control["max"], control["step"]
        value = low + step * rng.integers(round((high - low) / step) + 1)
    elif control["kind"] in ("choice", "stops"):
        offered = control["options" if control["kind"] == "choice" else "stops"]
        value = offered[rng.integers(len(offered))]
    else:
        value = bool(rng.integers(2))
    panel.values = {**panel.values, control["name"]: value}
    if panel.problem:
        raise RuntimeError(panel.details)


def milliseconds(panel: Panel, rng: np.random.Generator) -> np.ndarray:
    times = []
    for _ in range(CHANGES):
        start = time.perf_counter()
        change(panel, rng)
        times.append(1000 * (time.perf_counter() - start))
    return np.array(times)


def frames(panel: Panel) -> np.ndarray:
    """Milliseconds of each of the ticks that the page asks for while it plays: training, pictures, words, buffers."""
    times = []
    panel.playing = True
    for number in range(CHANGES):
        start = time.perf_counter()
        panel._handle_custom_msg({"tick": str(number)}, [])
        times.append(1000 * (time.perf_counter() - start))
    return np.array(times)


def played(figures: dict, bars: list) -> None:
    """The playground while it trains, with as many steps a frame as there is time for."""
    panel = playground()
    panel.values = {**panel.values, "speed": "100"}
    times = frames(panel)
    if panel.problem:
        raise RuntimeError(panel.details)
    a_second, steps, high = 1000 / times.mean(), panel.run.step / CHANGES, np.percentile(times, 95)
    X, Y, step = panel.run.X, panel.run.train.Y, panel.run.network.step
    start = time.perf_counter()
    for _ in range(CHANGES):
        step(X, Y, 0.1, 0.0, 500)
    a_step = 1000 * (time.perf_counter() - start) / CHANGES
    figures["playing"] = {"frames_a_second": a_second, "steps_a_frame": steps, "p95_ms": high, "step_ms": a_step}
    bars.append(common.Bar("playground: frames a second", a_second, at_least=20))
    row = [f"{a_second:.0f}", f"{high:.1f}", f"{steps:.0f}", f"{a_step:.3f}"]
    common.print_table(["frames a second", "95 % ms a frame", "steps a frame", "ms a step"], [row])


def memory_growth(panel: Panel, rng: np.random.Generator) -> float:
    """MB between before and after many changes, both after a collection."""
    before = _memory()
    for _ in range(CHANGES_FOR_MEMORY):
        change(panel, rng)
    return _memory() - before


def sent(panel: Panel) -> int:
    """Bytes of what the page gets to draw at each change."""
    return len(panel.picture) + sum(len(part) for part in panel.drawn.values() if isinstance(part, bytes))


def _memory() -> float:
    gc.collect()
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    # Elsewhere only the peak is known, which can but hide a growth that stays below it.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main(argv: list[str] | None = None) -> int:
    args = common.arguments(__doc__, argv)
    rows, figures, bars = [], {}, []
    for name, make in INTERACTIVES.items():
        rng = np.random.default_rng(0)
        panel = make()
        times = milliseconds(panel, rng)
        middle, high = np.percentile(times, [50, 95])
        growth, size = memory_growth(panel, rng), sent(panel) / 1024
        rows.append([name, f"{middle:.1f}", f"{high:.1f}", f"{times.max():.1f}", f"{growth:+.1f}", f"{size:.0f}"])
        figures[name] = {"median_ms": middle, "p95_ms": high, "memory_growth_mb": growth, "picture_kb": size}
        bars += [
            common.Bar(f"{name}: 95th percentile in ms", high, at_most=50),
            common.Bar(f"{name}: memory growth in MB", growth, at_most=5),
        ]
    common.print_table(["interactive", "median ms", "95 % ms", "longest ms", "memory MB", "picture KB"], rows)
    played(figures, bars)
    return common.finish(args, figures, bars)


if __name__ == "__main__":
    sys.exit(main())
