"""Seconds and peak memory of every lesson, run top to bottom in a fresh kernel.

Bars: a lesson under 60 s, its longest cell under 20 s, its kernel under 1 GB, numbers in its prose as in the run.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import common
from tools import lessons


def main(argv: list[str] | None = None) -> int:
    args = common.arguments(__doc__, argv)
    rows, figures, bars = [], {}, []
    for path in lessons.lessons():
        with tempfile.TemporaryDirectory() as folder:
            place = shutil.copytree(path.parent, Path(folder, "notebooks"))
            run = lessons.run(path, place)
        total, (slowest, longest) = sum(run.seconds.values()), max(run.seconds.items(), key=lambda item: item[1])
        wrong = sum(not statement.agrees for statement in run.statements)
        name = path.stem
        rows.append([name, f"{total:.1f}", f"{longest:.1f}", slowest, f"{run.peak_memory:.0f}", wrong])
        figures[name] = {"seconds": total, "longest_cell": longest, "peak_memory_mb": run.peak_memory}
        bars += [
            common.Bar(f"{name}: seconds", total, at_most=60),
            common.Bar(f"{name}: seconds of the longest cell", longest, at_most=20),
            common.Bar(f"{name}: peak memory in MB", run.peak_memory, at_most=1000),
            common.Bar(f"{name}: wrong numbers in the prose", wrong, at_most=0),
        ]
    common.print_table(["lesson", "seconds", "longest cell", "which", "peak MB", "wrong numbers"], rows)
    return common.finish(args, figures, bars)


if __name__ == "__main__":
    sys.exit(main())
