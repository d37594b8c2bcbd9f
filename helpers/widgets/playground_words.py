"""The playground in words: how far the training is, what has changed, and what the large picture shows."""

from collections.abc import Mapping

import numpy as np

from helpers.widgets.neuron_words import number
from helpers.widgets.playground_run import TESTED, Run

TURNED = 1.1
"""A test cost this many times its lowest value counts as having risen again."""
ALWAYS_SAME = 1e-6


def in_words(
    run: Run, outputs: list[np.ndarray], look: tuple[int, int] | None, text: Mapping[str, str], whose: str
) -> str:
    """Three lines. outputs: features and A[1..L] over the plane; look: (layer, unit) of the large picture."""
    step, J, J_test = run.history[-1]
    state = text["state"].format(
        step=f"{step:,}".replace(",", "\u202f"),
        cost=number(J, 3),
        test_cost=number(J_test, 3),
        right=f"{run.correct / TESTED:.1%}".replace("%", " %"),
        tested=TESTED,
    )
    lines = [f"{state} {_change(run, text)}", f"{_network(run, outputs, text)} {whose}".strip()]
    l, k = look or (len(outputs) - 1, 1)
    if l < len(outputs) - 1:
        lines.append(_unit(run, outputs, l, k, text))
    return "\n".join(lines)


def _change(run: Run, text: Mapping[str, str]) -> str:
    """What the test points say about the way so far."""
    if len(run.history) == 1:
        return text["fresh_start" if run.step == 0 else "brought_back"]
    steps, training, tests = zip(*run.history, strict=True)
    best = int(np.argmin(tests))
    if tests[-1] > TURNED * tests[best] and tests[-1] > tests[best] + 0.005:
        key = "turned" if training[-1] < training[best] else "both_risen"
        return text[key].format(best=number(tests[best], 3), step=steps[best])
    # About the last tenth of the way.
    since = max(0, len(steps) - 1 - max(1, len(steps) // 10))
    change = tests[-1] - tests[since]
    key = "level" if abs(change) < 0.0005 else "fallen" if change < 0 else "risen"
    count = steps[-1] - steps[since]
    last = text["last_step"] if count == 1 else text["last_steps"].format(steps=count)
    return text[key].format(last=last, change=number(abs(change), 3))


def _network(run: Run, outputs: list[np.ndarray], text: Mapping[str, str]) -> str:
    settings = run.settings
    numbers = sum(n * (before + 1) for before, n in zip(settings.sizes, settings.sizes[1:], strict=False))
    silent = sum(int(np.sum(np.ptp(A, axis=1) < ALWAYS_SAME)) for A in outputs[1:-1])
    told = text["network"].format(
        sizes=settings.sizes, activation=text[f"activation_{settings.activation}"], numbers=numbers
    )
    if not settings.hidden:
        told = text["neuron"].format(sizes=settings.sizes, numbers=numbers)
    return told + (" " + text["silent"].format(silent=silent, units=sum(settings.hidden)) if silent else "")


def _unit(run: Run, outputs: list[np.ndarray], l: int, k: int, text: Mapping[str, str]) -> str:
    """What a hidden unit reads, and between which values it answers."""
    names = [text[f"feature_{name}"] for name in run.settings.features]
    if l > 1:
        names = [text["unit_short"].format(l=l - 1, k=i + 1) for i in range(len(outputs[l - 1]))]
    W, b = run.network.parameters[f"W{l}"][k - 1], run.network.parameters[f"b{l}"][k - 1, 0]
    terms = [f"{number(w, 2, signed=bool(i))} · {name}" for i, (w, name) in enumerate(zip(W, names, strict=True))]
    A = outputs[l][k - 1]
    return text["unit_says"].format(
        l=l, k=k, sum=f"{' '.join(terms)} {number(b, 2, signed=True)}", low=number(A.min(), 2), high=number(A.max(), 2)
    )


def alt_in_words(run: Run, look: tuple[int, int] | None, text: Mapping[str, str]) -> str:
    """The picture for those who cannot see it."""
    settings = run.settings
    l, k = look or (len(settings.sizes) - 1, 1)
    what = text["answer"] if l == len(settings.sizes) - 1 else text["unit"].format(l=l, k=k)
    return text["alt"].format(
        sizes=settings.sizes, what=what, points=settings.points, data=text[f"data_{settings.data}"]
    )
