"""Make assignments/release anew from assignments/source: run it after every change to a source notebook.

    python tools/release.py               every assignment, into assignments/release
    python tools/release.py --into DIR    the same files elsewhere, to compare

nbgrader's own generate_assignment does the work; the instructor's gradebook is not touched.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1] / "assignments"


def generate(course: Path, release: Path) -> list[str]:
    """Replace `release` by what generate_assignment makes of every assignment under course/source.

    Returns the names of the assignments. Raises RuntimeError with nbgrader's last words where it fails.
    """
    assignments = sorted(path.parent.name for path in course.glob("source/*/*.ipynb"))
    # An assignment that was renamed or removed must not stay behind.
    shutil.rmtree(release, ignore_errors=True)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "--assignment=*", "--no-db"]
    command.append(f"--CourseDirectory.release_directory={release.resolve()}")
    run = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"nbgrader generate_assignment failed:\n{run.stderr.strip()}")
    return assignments


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=COURSE / "release", metavar="DIR", help="where the release goes")
    arguments = parser.parse_args()
    names = generate(COURSE, arguments.into)
    print(f"{arguments.into}: {', '.join(names)}")


if __name__ == "__main__":
    main()
