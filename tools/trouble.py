"""Sentences for what can go wrong before the course runs: what is wrong, where, and what to do."""

import errno
import os
import tempfile

DISK_FULL = (
    "The disk is full: there is no room left in {root}, or in {temporary} where files are unpacked. Free about 1 GB (or"
    " copy the course's folder to another disk), then run the same command again."
)
NOT_WRITABLE = (
    "No file can be written in {place}: {reason}. Copy the course's folder to a place of your own, for example your"
    " home folder, and run the command there."
)
NO_NETWORK = (
    "The packages could not be fetched: nothing answered. The first start needs the network once; later starts do not."
    " Check the connection (behind a proxy, set HTTPS_PROXY), then run the same command again: it goes on from here."
)
BAD_CERTIFICATE = (
    "The packages could not be fetched: the certificate of the server that answered is not trusted. Some schools and"
    " companies look into all traffic; their certificate is needed then. Ask for it as a file and set PIP_CERT to its"
    " path, then run the same command again."
)
NOT_OFFERED = (
    "The packages could not be fetched: pip was offered no fitting file for {what}. Is the network there? Does pip's"
    " own configuration (`python3 -m pip config list`, PIP_NO_INDEX) forbid it or name a server without it? Is this"
    " Python newer than the packages know? Then run the same command again."
)


class Trouble(Exception):  # noqa: N818 - it is raised to be read by a newcomer, as a sentence
    """What went wrong, as a sentence with its remedy."""


def in_words(error, root):
    """Return a sentence for an OSError met while writing in `root`."""
    place = getattr(error, "filename", None) or root
    if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == 112:
        return DISK_FULL.format(root=root, temporary=tempfile.gettempdir())
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NOT_WRITABLE.format(place=place, reason=os.strerror(error.errno).lower())
    reason = error.strerror or error
    return f"{place} could not be read or written: {reason}. Put that right, then run the same command again."
