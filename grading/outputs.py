"""What a cell prints and shows, in the notebook format, up to a limit."""

import contextlib
import io
import sys
from collections.abc import Iterator
from functools import cache

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

PICTURE = "image/png"
CUT = "… (the rest of this cell's output was cut)\n"


class Outputs:
    """Collects outputs; `cut` says whether something had to be left out."""

    def __init__(self, most_bytes: int) -> None:
        self._left, self._items, self.cut = most_bytes, [], False

    def stream(self, name: str, text: str) -> None:
        """Add printed text; what goes to the same stream in a row stays together."""
        text = self._fitting(text)
        if not text:
            return
        last = self._items[-1] if self._items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["parts"].append(text)
        else:
            self._items.append({"output_type": "stream", "name": name, "parts": [text]})

    def show(self, kind: str, data: dict, metadata: dict) -> None:
        """Add a display: kind is "display_data" or "execute_result"."""
        if PICTURE in data:  # HTML beside it, as of the course's figures, would only hold the same again
            data = {form: value for form, value in data.items() if form != "text/html"}
        size = sum(len(str(key)) + len(str(value)) for key, value in data.items())
        if self._room(size):
            item = {"output_type": kind, "data": dict(data), "metadata": dict(metadata or {})}
            self._items.append(item | ({"execution_count": None} if kind == "execute_result" else {}))

    def error(self, error: BaseException, frames: list[tuple[int, str]]) -> None:
        """Add an error with the lines of the learner's that led to it."""
        name = type(error).__name__
        try:
            text = str(error)[:4000]
        except BaseException:
            text = ""
        lines = [f"line {line}: {source}" for line, source in frames[-6:]]
        traceback = [*lines, f"{name}: {text}" if text else name]
        self._items.append({"output_type": "error", "ename": name, "evalue": text, "traceback": traceback})

    def data(self) -> list[dict]:
        """The outputs as the notebook format has them."""
        return [_whole(item) for item in self._items]

    def text(self, name: str) -> str:
        """All that went to one stream."""
        streams = [item for item in self._items if item["output_type"] == "stream" and item["name"] == name]
        return "".join(part for item in streams for part in item["parts"])

    @contextlib.contextmanager
    def of(self, shell: object) -> Iterator[None]:
        """Collect what is printed and shown meanwhile."""
        trap = shell.display_trap  # puts its hook in place while a cell runs
        publisher, hook = _ends(shell)
        publisher.__dict__.pop("publish", None)  # a cell may have put something else before the class's own
        kept = sys.stdout, sys.stderr, sys.displayhook, shell.display_pub, shell.displayhook, trap.hook
        before = publisher.outputs
        sys.stdout, sys.stderr = _Stream(self, "stdout"), _Stream(self, "stderr")
        shell.display_pub, shell.displayhook = publisher, hook
        sys.displayhook = trap.hook = hook
        publisher.outputs = hook.outputs = self
        try:
            yield
        finally:
            sys.stdout, sys.stderr, sys.displayhook, shell.display_pub, shell.displayhook, trap.hook = kept
            publisher.outputs = hook.outputs = before

    def _room(self, size: int) -> bool:
        if self.cut or size > self._left:
            if not self.cut:
                self._items.append({"output_type": "stream", "name": "stdout", "parts": [CUT]})
            self.cut = True
            return False
        self._left -= size
        return True

    def _fitting(self, text: str) -> str:
        if self.cut:
            return ""
        if len(text) <= self._left:
            self._left -= len(text)
            return text
        head, self._left, self.cut = text[: self._left], 0, True
        return head + "\n" + CUT


def _whole(item: dict) -> dict:
    if item["output_type"] != "stream":
        return item
    return {"output_type": "stream", "name": item["name"], "text": "".join(item["parts"])}


class _Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self._name = outputs, name

    def write(self, text: str) -> int:
        self._outputs.stream(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True


@cache
def _ends(shell: object) -> tuple["_Publisher", "_Hook"]:
    """Where IPython's displays go. One pair a shell: making them takes longer than most calls do."""
    return _Publisher(), _Hook(shell=shell)


class _Publisher(DisplayPublisher):
    outputs: Outputs | None = None

    def publish(self, data: dict, metadata: dict | None = None, **others: object) -> None:
        self.outputs.show("display_data", data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        pass


class _Hook(DisplayHook):
    """Shows a cell's last value, keeping no Out."""

    outputs: Outputs | None = None

    def __call__(self, result: object = None) -> None:
        if result is not None and not self.quiet():
            data, metadata = self.compute_format_data(result)
            self.outputs.show("execute_result", data, metadata)
