"""A file that is locked while its owner lives, on Linux, macOS and Windows."""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt


class Lock:
    """Hold `path` locked inside a `with`; `held` says whether we got it. The file stays until `remove()`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held = False

    def __enter__(self) -> "Lock":
        self.file = open(self.path, "a+b")
        try:
            if fcntl is not None:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Programs started meanwhile share the lock (installer.run passes it on): where we are killed and they
                # live on, it is held until they end too.
                os.set_inheritable(self.file.fileno(), True)
            else:
                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            self.held = True
        except BlockingIOError:
            pass
        except OSError:
            # Windows reports a lock held by another as "permission denied"; some network file systems have no locks,
            # and there two installations at once are less likely than one that could never start.
            self.held = fcntl is not None
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def remove(self) -> None:
        """Take the file away: what it announced is done."""
        if fcntl is None:
            self.file.close()
        if os.path.exists(self.path):
            os.unlink(self.path)
