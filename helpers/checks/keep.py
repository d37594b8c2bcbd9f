"""Writes the learner's functions of a notebook into a plain module beside it; carry.py brings them further."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from helpers.checks import apart, gather, kept
from helpers.checks.carry import write
from helpers.checks.kept import Examination, sentence


def keep(assignment: str, namespace: Mapping[str, object], *, language: str = "en") -> None:
    """Write the functions of this assignment that `namespace` has into my_NN_name.py, and say what each is worth.

    assignment: "06_deep_networks".  namespace: globals() of the notebook.
    The file holds what the functions need too: helper functions, constants and imports of the cells. It is tried before
    it replaces an older one, which goes to my_NN_name.before.py. An older one that has something right which the new
    one has not stays.
    Raises ValueError for an unknown assignment, and nothing else.
    """
    name = kept.full_name(assignment, language)
    path = kept.folder() / kept.file_name(name)
    try:
        lines = list(_keep(name, path, namespace, language))
    except OSError as error:
        lines = [sentence("not-written", language, file=path.name, reason=error.strerror or error)]
    print("\n".join(lines))


def _keep(name: str, path: Path, namespace: Mapping[str, object], language: str) -> Iterator[str]:
    """Do it, and yield the lines to print."""
    names = list(kept.functions(name))
    there = [function for function in names if callable(namespace.get(function))]
    content = f"{sentence('header', language, name=name)}\n\n{gather.source_of(there, namespace)}".encode()
    draft = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        draft.write_bytes(content)
        new = apart.examine(draft, name, names)
    finally:
        draft.unlink(missing_ok=True)
    old = path.read_bytes() if path.is_file() else content
    before = apart.examine(path, name, names) if old != content and len(new.right) < len(names) else Examination()
    lost = ", ".join(function for function in names if function in before.right - new.right)
    if lost:
        yield sentence("older-stays", language, file=path.name, functions=lost)
    elif new.problem:
        yield sentence("not-importable", language, file=path.name, reason=new.problem)
    elif not new.right:
        yield sentence("nothing", language, number=name[:2])
    else:
        same = path.is_file() and old == content
        if old != content:
            write(path.with_suffix(".before.py"), old)
        if not same:
            write(path, content)
        yield sentence("unchanged" if same else "kept-in", language, file=path.name)
        yield from (f"  {sentence('kept', language, function=function)}" for function in names if function in new.right)
    for function in names if not new.problem else ():
        verdict = new.verdicts[function]
        if not verdict.right:
            key = "missing" if verdict.missing else "wrong"
            yield f"  {sentence(key, language, function=function, reason=verdict.reason)}"
