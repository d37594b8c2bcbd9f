"""What the stepper says: where the way back is, whether it agrees, and what is likely wrong where it does not."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from helpers.widgets.backprop_causes import common_factor, likely_cause, meant
from helpers.widgets.backprop_picture import scientific
from helpers.widgets.backprop_steps import Fault, Part, Step
from helpers.widgets.backprop_trial import Trial
from helpers.widgets.written_numbers import with_power

Text = dict[str, Any]


def state_in_words(
    trial: Trial, steps: list[Step], fault: Fault | None, own: Mapping[str, Callable], text: Text
) -> str:
    """One to five lines: for the layers gone so far, the last of them in steps[-1], and always for what is wrong
    on the way forward, since that is to be mended first and the way back does not show it.
    """
    first = [] if fault is None else [_forward(trial, fault, text)]
    now = _back(trial, steps, text) if steps else _start(trial, own, text)
    return "\n".join([*first, now] if steps else [now, *first])


def _forward(trial: Trial, fault: Fault, text: Text) -> str:
    return text["forward"].format(fault=text["faults"][fault.kind].format(l=fault.l, L=trial.L, got=fault.got))


def _back(trial: Trial, steps: list[Step], text: Text) -> str:
    step = steps[-1]
    first = next((s for s in steps if s.verdict != "agrees"), None)
    if step.verdict == "agrees":
        lines = [text["agrees"].format(l=step.l, names=_names(step.parts), error=scientific(_worst(step.parts)))]
        if step.l == 1 and first is None:
            lines.append(text["all_agree"])
        return "\n".join(lines)
    if step.verdict == "inherits":
        return text["inherits"].format(l=step.l, first=first.l)
    return "\n".join(_wrong(trial, step, first, text))


def _start(trial: Trial, own: Mapping[str, Callable], text: Text) -> str:
    whose = text["yours"].format(names=", ".join(own)) if own else text["the_course"]
    examples = text["example" if trial.m == 1 else "examples"]
    return text["start"].format(cost=f"{trial.J:.3f}", m=trial.m, examples=examples, L=trial.L, whose=whose)


def _wrong(trial: Trial, step: Step, first: Step, text: Text) -> list[str]:
    wrong = [part for part in step.parts if not part.agrees]
    names, numbers = _names(wrong), [part for part in wrong if np.isfinite(part.error)]
    differ = text["differs" if len(wrong) == 1 else "differ"]
    key = "earlier" if first is not step else step.verdict
    key = key if len(numbers) == len(wrong) or key == "earlier" else f"{key}_unusable"
    error = scientific(_worst(numbers)) if numbers else ""
    lines = [text[key].format(l=step.l, first=first.l, names=names, differ=differ, error=error)]
    if numbers:
        lines[0] += " " + _entry(numbers, text)
    cause = likely_cause(trial, step)
    lines.append(text["likely"].format(cause=_cause(cause, trial, step, text)) if cause else "")
    if not cause:
        lines[-1] = text["unknown"].format(blamed=step.blamed)
    if step.verdict == "loop":
        lines.append(text["alone"])
    elif step.blamed != "layer_backward":
        lines.append(text["blamed"].format(blamed=step.blamed))
    return lines


def _cause(cause: str, trial: Trial, step: Step, text: Text) -> str:
    parts = meant(trial, step)
    several = len(parts) > 1
    factor = common_factor(step) if cause == "factor" else None
    return text["causes"][cause].format(
        names=_names(parts),
        hold=text["hold" if several else "holds"],
        is_=text["are" if several else "is"],
        has=text["have" if several else "has"],
        m=trial.m,
        l=step.l,
        before=step.l - 1,
        blamed=step.blamed,
        activation=text[trial.activation(step.l)],
        factor=_number(factor) if factor is not None else "",
    )


def _entry(parts: list[Part], text: Text) -> str:
    """The place where the worst of them is farthest apart."""
    part = max(parts, key=lambda part: part.error)
    gap = np.abs(np.asarray(part.got, float) - part.wanted)
    i, j = np.unravel_index(gap.argmax(), gap.shape)
    got, wanted = float(np.asarray(part.got)[i, j]), float(part.wanted[i, j])
    return text["entry"].format(entry=f"{part.name}[{i}, {j}]", got=_number(got), wanted=_number(wanted))


def _number(value: float) -> str:
    return with_power(f"{value:.3g}").replace("-", "−")


def _worst(parts: list[Part]) -> float:
    return max(part.error for part in parts)


def _names(parts: list[Part]) -> str:
    """ "dW2, db2 and dA1", in the order of the picture."""
    names = sorted((part.name for part in parts), key=lambda name: ("dW", "db", "dA").index(name[:2]))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def alt_text(trial: Trial, steps: list[Step], text: Text) -> str:
    """The picture for those who do not see it."""
    verdicts = " ".join(text[f"verdict_{step.verdict}"].format(l=step.l) for step in steps)
    panels = text["no_panels"]
    if steps:
        panels = text["panels"].format(l=steps[-1].l, names=_names(steps[-1].parts))
    return text["alt"].format(L=trial.L, done=len(steps), verdicts=verdicts, panels=panels)
