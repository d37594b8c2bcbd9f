"""Learners' text, made fit to be stored and shown anywhere: whole characters only, and of bounded length."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def whole(text: str, most: int | None = None) -> str:
    """Without halves of characters and zero bytes, which no file or database takes; cut where it is too long."""
    cut = text if most is None or len(text) <= most else text[:most] + "…"
    return cut.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def quiet(text: str, most: int) -> str:
    """`whole`, and without what would steer a terminal."""
    return CONTROL.sub("\ufffd", whole(text, most))
