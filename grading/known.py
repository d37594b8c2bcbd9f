"""Classes that cross by their names, as themselves: Python's own, NumPy's kinds of numbers, and those of `records`.

A fixed table: what is not in it is no such class. BaseException is left out, because a test that catches what a learner
calls an error should not catch that the learner's process has ended.
"""

import builtins
import configparser
import dataclasses
import decimal
import io
import json
import queue
import statistics
import subprocess
import zipfile

import numpy as np

from grading.records import KINDS

PLAIN = (object, type, bool, int, float, complex, str, bytes, bytearray, range, slice, type(None))
CONTAINERS = (list, tuple, dict, set, frozenset, np.ndarray, *KINDS)
NUMBERS = (np.generic, np.number, np.integer, np.floating, *(np.dtype(code).type for code in np.typecodes["All"]))
OF_THE_LIBRARY = (
    np.linalg.LinAlgError,
    np.exceptions.AxisError,
    configparser.NoOptionError,
    configparser.NoSectionError,
    dataclasses.FrozenInstanceError,
    decimal.DecimalException,
    decimal.DivisionByZero,
    decimal.InvalidOperation,
    io.UnsupportedOperation,
    json.JSONDecodeError,
    queue.Empty,
    queue.Full,
    statistics.StatisticsError,
    subprocess.CalledProcessError,
    subprocess.SubprocessError,
    subprocess.TimeoutExpired,
    zipfile.BadZipFile,
)
ERRORS = (
    *(kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Exception)),
    *OF_THE_LIBRARY,
)

NAMES = {kind: f"{kind.__module__}.{kind.__qualname__}" for kind in (*PLAIN, *CONTAINERS, *NUMBERS, *ERRORS)}
CLASSES = {name: kind for kind, name in NAMES.items()}
_LIBRARYS = {kind.__name__: kind for kind in OF_THE_LIBRARY}


def error(name: str) -> type[BaseException] | None:
    """The class of errors that has this name: Python's own, that which ends Python included, or its library's."""
    kind = getattr(builtins, name, None) or _LIBRARYS.get(name)
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None
