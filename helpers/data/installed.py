"""Data files that come inside of an installed package: found, read and compared with their SHA-256."""

import functools
import hashlib
from importlib.util import find_spec
from pathlib import Path


@functools.cache
def read(package: str, name: str, sha256: str) -> bytes:
    """SHA-256(file) = sha256, then the bytes of the file `name` inside of the package; read and hashed once a process.

    The package is located and not imported, so nothing of its code runs.

    package: its import name, such as "nitime".  name: the file's path inside of it, such as "data/file.txt".
    Raises FileNotFoundError where package or file is missing and ValueError where its content is another.
    """
    remedy = "Run 'python course.py doctor' and install the packages of requirements.txt again."
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"The package {package}, which holds the data file {name}, is not installed. {remedy}")
    path = Path(next(iter(found.submodule_search_locations)), *name.split("/"))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"The data file {path} is missing from the package {package}. {remedy}") from None
    actual = hashlib.sha256(content).hexdigest()
    if actual != sha256:
        raise ValueError(
            f"The data file {path} is not the one the course was made with: its SHA-256 starts with {actual[:12]}, "
            f"wanted {sha256[:12]}. {remedy}"
        )
    return content
