"""Keeps what the serving loop of a learner's process itself stands on as it was, whatever a cell did to it.

A cell may replace Python's built-ins or take IPython apart. That helps nobody to points, which are given elsewhere, but
it would cost the learner all later answers, right ones too.
"""

import builtins
from collections.abc import Mapping
from operator import is_

LISTS = ("cleanup_transforms", "line_transforms", "token_transformers")


class Whole:
    """A snapshot of built-ins and shell, taken before the first cell. Uses no built-in function itself."""

    def __init__(self, shell: object) -> None:
        self._shell, self._kind = shell, type(shell)
        self._builtins, self._methods = dict(vars(builtins)), dict(vars(self._kind))
        self._now, self._attributes, self._set = vars(builtins), vars(shell), type.__setattr__
        self._all, self._map = all, map
        self._runs = [name for name in self._methods if name.startswith("run_")]
        self._manager = shell.input_transformer_manager
        self._lists = {name: (getattr(self._manager, name), list(getattr(self._manager, name))) for name in LISTS}
        self._events = {name: (calls, list(calls)) for name, calls in shell.events.callbacks.items()}

    def mend(self) -> None:
        """Put the built-ins right; cheap enough for every call."""
        if self._as_they_were(self._now, self._builtins):
            return
        for name, value in self._builtins.items():
            if self._now.get(name) is not value:
                self._now[name] = value

    def mend_shell(self) -> None:
        """Put the built-ins and IPython right, before a cell and after it."""
        self.mend()
        if not self._as_they_were(self._kind.__dict__, self._methods):
            for name, value in self._methods.items():
                if self._kind.__dict__.get(name) is not value:
                    self._set(self._kind, name, value)
        for name in self._runs:
            self._attributes.pop(name, None)
        for kept in (self._lists, self._events):
            for now, before in kept.values():
                now[:] = before
        self._shell.input_transformer_manager = self._manager
        self._shell.input_transformers_post, self._shell.ast_transformers = [], []
        self._shell.custom_exceptions = ()

    def _as_they_were(self, now: Mapping, before: dict) -> bool:
        return self._all(self._map(is_, self._map(now.get, before), before.values()))
