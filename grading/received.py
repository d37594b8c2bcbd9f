"""Outputs as a learner's process states them: taken apart and made anew, so that only the notebook format is left."""

import math

from grading.text import whole

MOST_OUTPUTS = 1000
DEEPEST = 20
SPARE = 2000
STREAMS = ("stdout", "stderr")
PICTURES = ("image/png", "image/jpeg")
LONGEST_ALT, WIDEST = 1000, 4000
SHOWN = ("display_data", "execute_result")


class _OddError(ValueError):
    """Something that an output cannot hold."""


def outputs(given: list, most: int) -> list[dict]:
    """Those of the outputs that are any, in `most` characters altogether, and a few for notes that some were cut."""
    found, left = [], most + SPARE
    for output in given[:MOST_OUTPUTS]:
        try:
            clean = _output(output, most)
            left -= _size(clean)
        except (_OddError, RecursionError):
            continue
        if left < 0:
            break
        found.append(clean)
    return found


def _output(output: object, most: int) -> dict:
    form = output.get("output_type") if isinstance(output, dict) else None
    if form == "stream" and output.get("name") in STREAMS:
        return {"output_type": form, "name": output["name"], "text": _text(output.get("text"), most)}
    if form == "error":
        lines = output.get("traceback")
        texts = {key: _text(output.get(key), 4000) for key in ("ename", "evalue")}
        return {"output_type": form, **texts, "traceback": [_text(line, 8000) for line in _list(lines)[:50]]}
    if form in SHOWN and isinstance(output.get("data"), dict):
        data = {_text(kind, 200): _plain(value) for kind, value in output["data"].items()}
        count = {"execution_count": None} if form == "execute_result" else {}
        return {"output_type": form, "data": data, "metadata": about_pictures(output.get("metadata")), **count}
    raise _OddError


def about_pictures(metadata: object) -> dict:
    """What an output says of its pictures: their words for those who cannot see them, and how large they are shown."""
    found = {}
    for kind in PICTURES:
        about = metadata.get(kind) if isinstance(metadata, dict) else None
        if isinstance(about, dict):
            alt, width = about.get("alt"), about.get("width")
            kept = {"alt": whole(alt, LONGEST_ALT)} if isinstance(alt, str) else {}
            found[kind] = kept | ({"width": width} if type(width) is int and 0 < width <= WIDEST else {})
    return found


def _text(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise _OddError
    return whole(value, most)


def _list(value: object) -> list:
    if not isinstance(value, list):
        raise _OddError
    return value


def _plain(value: object, depth: int = 0) -> object:
    """What JSON can say."""
    if value is None or type(value) is bool or (type(value) is int and abs(value) < 2**63):
        return value
    if type(value) is float and math.isfinite(value):
        return value
    if type(value) is str:
        return whole(value)
    if type(value) is list and depth < DEEPEST:
        return [_plain(entry, depth + 1) for entry in value]
    if type(value) is dict and depth < DEEPEST:
        return {_text(key, 200): _plain(entry, depth + 1) for key, entry in value.items()}
    raise _OddError


def _size(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(key) + _size(entry) for key, entry in value.items())
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str) else 8
