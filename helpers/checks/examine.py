"""Examines a learner's file in a process of its own: python -m helpers.checks.examine FILE ASSIGNMENT FUNCTION...

Writes one line of JSON for each event of `kept.steps`. What the learner's code prints goes nowhere.
"""

import json
import os
import sys
from pathlib import Path

from helpers.checks import apart, kept


def main(path: str, name: str, *names: str) -> None:
    apart.alone = True
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    for event in kept.steps(Path(path), name, names):
        told.write(json.dumps(event) + "\n")
        told.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
