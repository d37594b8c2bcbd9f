"""The first program of a sandboxed kernel: shuts itself in, then becomes the kernel; see provisioner.py.

`python -m grading.kernel LIMITS FOLDER COMMAND…` runs within the jail that bubblewrap has built. LIMITS is JSON. What
lies in FOLDER, the notebook's own, is copied to the scratch disk, where the kernel works.
"""

import json
import os
import stat
import sys
from pathlib import Path

from grading import namespaces
from grading.namespaces import Limits


def main() -> None:
    """Never returns: it becomes the kernel."""
    limits, folder, command = Limits(**json.loads(sys.argv[1])), sys.argv[2], sys.argv[3:]
    files = plain_files(Path(folder), limits) if folder else {}
    namespaces.new_disk(limits)
    namespaces.drop_privileges()
    namespaces.limit(limits)
    os.chdir(namespaces.SCRATCH)
    os.umask(0o077)
    for name, data in files.items():
        place = Path(namespaces.SCRATCH, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    os.execvp(command[0], command)


def plain_files(folder: Path, limits: Limits) -> dict[str, bytes]:
    """Path within the folder -> bytes, of regular files that the scratch disk has room for; links are left out."""
    found, room = {}, limits.disk // 2
    for file in sorted(folder.rglob("*")):
        about = file.lstat()
        if stat.S_ISREG(about.st_mode) and about.st_size <= min(room, limits.file_size):
            found[str(file.relative_to(folder))] = file.read_bytes()
            room -= about.st_size
    return found


if __name__ == "__main__":
    main()
