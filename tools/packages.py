"""Compare what this Python has installed with a file of pins: `python tools/packages.py requirements.txt`.

It runs inside the environment it looks at, where pip and with it `packaging` are at hand. One line for each package
that is missing or of another version; exit 1 where there is one.
"""

import importlib.metadata
import sys
from pathlib import Path

try:
    from packaging.requirements import Requirement
except ImportError:  # the very package that reads requirements is missing: pip carries its own copy
    from pip._vendor.packaging.requirements import Requirement


def pins(path: Path) -> list[Requirement]:
    """Return the pins of a requirements file that hold on this platform and Python; `-r` lines are followed."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found += pins(path.parent / line[3:].strip())
        elif line.strip() and not line.startswith("#"):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate():
                found.append(requirement)
    return found


def differences(path: Path) -> list[str]:
    """Return a line for each pin that is not fulfilled."""
    lines = []
    for requirement in pins(path):
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"{requirement.name} is missing (wanted {requirement.specifier})")
            continue
        # A dev or post build of another kind, such as 2.13.0+cpu, is what the pin means.
        if not requirement.specifier.contains(version, prereleases=True):
            lines.append(f"{requirement.name} is {version} (wanted {requirement.specifier})")
    return lines


if __name__ == "__main__":
    found = [line for argument in sys.argv[1:] for line in differences(Path(argument))]
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)
