"""The data files the course ships: found, read and compared with their SHA-256 before anything is parsed."""

import functools
import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "files"

SHA256 = {
    "fashion_mnist_8000.npz": "c73fb2155f7c3ddd9fffb8d941fbbdd1ac62bb72071a58c740e5942acc4ffa85",
    "penguins.csv": "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
}


@functools.cache
def read(name: str) -> bytes:
    """SHA-256(file) = SHA-256(released file), then the bytes of the file; read and hashed once a process.

    Bytes cannot be changed, so what one caller does with them never reaches the next.

    name: a key of SHA256.
    Raises FileNotFoundError where the file is missing and ValueError where its content is not the released one.
    """
    path = FOLDER / name
    remedy = (
        f"Bring it back with 'git restore helpers/data/files/{name}' in the folder of the course, "
        "or download the course again."
    )
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"The data file {path} is missing. {remedy}") from None
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        raise ValueError(
            f"The data file {path} is not the one the course was made with: its SHA-256 starts with {found[:12]}, "
            f"wanted {SHA256[name][:12]}. It was edited or only partly downloaded. {remedy}"
        )
    return content
