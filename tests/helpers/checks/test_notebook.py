"""Does a check in a notebook say in words that its function is missing, and does exit() leave the kernel alive?"""

from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell

from helpers.checks import notebook


@pytest.fixture
def shell(monkeypatch):
    """A notebook's shell without a kernel, in which the checks have been imported."""
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    notebook.settle()
    return shell


def errors(shell, *cells):
    """What the last of some cells shows as its error, without colours."""
    shown = []
    shell._showtraceback = lambda kind, error, lines: shown.append("\n".join(lines))
    for cell in cells:
        shell.run_cell(cell)
    return shown[-1] if shown else ""


def test_a_missing_function_is_named_with_the_likely_cause(shell):
    message = errors(shell, "from helpers import checks", '"""Words."""\nchecks.check("02-relu", relu)')
    assert message.startswith("There is no relu yet, so the check 02-relu has nothing to call: 0 points.")
    assert "SyntaxError" in message


@pytest.mark.parametrize(
    "cell",
    ["relu(3)", 'check("02-relu", relu)', "def f():\n    return relu\nf()", 'checks.check("02-relu", Relu and relu)'],
)
def test_other_missing_names_are_shown_as_ever(shell, cell):
    message = errors(shell, "from helpers import checks", cell)
    assert "NameError" in message
    assert "There is no" not in message


def test_exit_is_refused_in_a_sentence(shell):
    with pytest.raises(SystemExit, match="would end the notebook's kernel"):
        shell.ask_exit()


def test_a_handler_of_somebody_elses_stays(monkeypatch):
    shell = InteractiveShell()
    shell.set_custom_exc((ValueError,), lambda *arguments, **options: None)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    notebook.settle()
    assert shell.custom_exceptions == (ValueError,)


def test_nothing_happens_outside_of_a_notebook(monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    notebook.settle()
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace())
    notebook.settle()


def test_an_error_without_a_trace_has_no_function():
    assert notebook.missing_function(NameError("x"), None) is None
