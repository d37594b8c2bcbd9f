"""The same for our own assignment 03, whose tests are helpers.checks: the attacked item, and all others right."""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus import deaths, escapes, forged, lies
from tests.grading.corpus.kind import DONE, Kind

FORWARD, GRADIENT = "neuron-forward", "gradient-step"
ITEM = "03-neuron-forward"
HEAD = "def neuron_forward(X, parameters):\n"
RIGHT = HEAD + "    return 1 / (1 + np.exp(-np.clip(parameters['W1'] @ X + parameters['b1'], -700, 700)))"
# What builds on neuron_forward fails with it.
REST = {"03-fit-neuron": 0, "03-predict": 0}


def within(code: str) -> str:
    return HEAD + "\n".join("    " + line for line in code.splitlines()) + "\n" + RIGHT.split("\n", 1)[1]


HONEST = {
    "warns": "import warnings\nwarnings.warn('slow')\nprint('here')",
    "logs": "import logging\nlogging.error('here')",
    "shows": "from IPython.display import display\ndisplay(X)",
}
LIES = (
    "equal-to-everything", "a-magic-mock", "an-array-that-lies", "ast-transformer", "exits-within", "an-interrupt",
    "a-foreign-error", "a-deep-list",
)  # fmt: skip
DEADLY = ("exits", "segfault", "loop-without-interrupts", "children-take-memory")
FORGED = ("an-error-that-ends-python",)
CHECKS = {
    "asks-the-checks": (
        "import importlib\n"
        + HEAD
        + "    for name in ('helpers.checks.a03_one_neuron', 'helpers.activations', 'helpers.layers'):\n"
        "        try:\n            m = importlib.import_module(name)\n            return m.neuron_forward(X, parameters)\n"
        "        except Exception: pass\n    return np.zeros((1, X.shape[1]))"
    ),
    "empty-memory": HEAD + "    return np.empty((1, X.shape[1]))",
    "changes-its-arguments": RIGHT.replace("    return", "    X *= 0\n    return"),
}
KINDS = [
    *(Kind(f"honest-{name}", {FORWARD: within(code)}) for name, code in HONEST.items()),
    *(
        Kind(name, {FORWARD: lies.WRONG[name].replace("square(x)", "neuron_forward(x, p)").replace("square", "neuron_forward")},
             points={ITEM: 0} | REST, state=DONE)
        for name in LIES
    ),
    *(
        Kind(f"call-{name}", {FORWARD: within(deaths.DEADLY[name][0])}, points={ITEM: 0} | REST, state=DONE,
             says=(deaths.DEADLY[name][1],))
        for name in DEADLY
    ),
    *(Kind(f"cell-{name}", before=deaths.DEADLY[name][0], state="graded_with_flags") for name in DEADLY),
    *(
        Kind(f"forged-{name}", {FORWARD: forged.answering(forged.ANSWERS[name])["square"]}, state=DONE,
             points=dict.fromkeys(
                 (ITEM, "03-logistic-cost", "03-neuron-backward", "03-gradient-step", "03-fit-neuron",
                  "03-predict", "03-accuracy-report"), 0))
        for name in FORGED
    ),
    *(Kind(name, {FORWARD: code}, points={ITEM: 0} | REST, state=DONE)
      for name, code in CHECKS.items()),
    *(Kind(name, before=escapes.CODE[name], state=DONE) for name in ("looks-for-solutions", "reads-the-source")),
]  # fmt: skip
