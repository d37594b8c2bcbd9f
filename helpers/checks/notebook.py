"""What only a notebook needs: words for a check whose function is not there, and `exit()` that leaves the kernel alive.

Both matter most where nobody looks on: when a class is graded, a kernel that ends takes the rest of its notebook along.
"""

import linecache
import re
import sys
from types import TracebackType
from typing import NoReturn

from helpers.checks import texts


def settle(language: str = "en") -> None:
    """Set both up in the notebook that imports the checks; elsewhere, and at the second call, nothing happens."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or getattr(shell, "custom_exceptions", None) != ():
        return  # somebody else's handler stays

    def refuse_to_exit() -> NoReturn:
        raise SystemExit(texts.engine("frame", "exit", language))

    def explain(shell, kind: type, error: BaseException, trace: TracebackType | None, tb_offset: int | None = None):
        found = missing_function(error, trace)
        if found:
            message = texts.engine("frame", "missing-function", language, id=found[0], function=found[1])
            error._render_traceback_ = lambda: [message]
        shell.showtraceback((kind, error, trace), running_compiled_code=True)

    shell.set_custom_exc((NameError,), explain)
    shell.ask_exit = refuse_to_exit


def missing_function(error: BaseException, trace: TracebackType | None) -> tuple[str, str] | None:
    """(id, function) where the error came in a line checks.check("id", function) because the function has no value."""
    if trace is None:
        return None
    while trace.tb_next is not None:
        trace = trace.tb_next
    line = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
    found = re.search(r"checks\.check\(\s*[\"']([\w-]+)[\"']\s*,\s*(\w+)\s*[,)]", line)
    return found.groups() if found and found[2] == getattr(error, "name", None) else None
