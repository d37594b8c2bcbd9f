"""What every benchmark shares: the command line, the table, the bars and timing side by side.

A benchmark's `main` has four lines of its own:

    args = common.arguments(__doc__)
    times = common.interleaved({"ours": ours, "torch": theirs})
    common.print_table(["who", "ms"], [[name, f"{1000 * common.median(t):.3f}"] for name, t in times.items()])
    sys.exit(common.finish(args, {"ratio": r}, [common.Bar("ours / torch", r, at_most=1.0)]))
"""

import argparse
import gc
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bar:
    """A figure with the limit it must keep; NaN keeps none."""

    name: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    def __post_init__(self) -> None:
        if self.at_most is None and self.at_least is None:
            raise ValueError(f"Bar {self.name!r} has no limit: give at_most, at_least or both.")

    @property
    def met(self) -> bool:
        low = float("-inf") if self.at_least is None else self.at_least
        high = float("inf") if self.at_most is None else self.at_most
        return low <= self.value <= high

    def __str__(self) -> str:
        limits = [f"at least {self.at_least:g}"] if self.at_least is not None else []
        limits += [f"at most {self.at_most:g}"] if self.at_most is not None else []
        return f"{self.name}: {self.value:.4g} (wanted {' and '.join(limits)})"


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has; a benchmark may add its own before parsing."""
    first_line = (description or "").strip().split("\n")[0]
    options = argparse.ArgumentParser(description=first_line)
    options.add_argument("--check", action="store_true", help="exit 1 where a bar is missed; the last line says which")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    return options


def arguments(description: str | None, argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the shared options and nothing else."""
    return parser(description).parse_args(argv)


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns aligned: the first to the left, the others, which hold numbers, to the right."""
    cells = [[str(cell) for cell in row] for row in [headers, *rows]]
    widths = [max(len(row[j]) for row in cells) for j in range(len(headers))]
    lines = []
    for row in cells:
        padded = [
            cell.ljust(w) if j == 0 else cell.rjust(w) for j, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(lines)


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    print(table(headers, rows), flush=True)


def machine() -> dict[str, object]:
    """What the figures were measured on, without anything that names the machine itself."""
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}


def finish(args: argparse.Namespace, figures: Mapping[str, object], bars: Sequence[Bar]) -> int:
    """Write `--json`, print every bar, and return the exit code; the last line printed is the verdict."""
    missed = [bar for bar in bars if not bar.met]
    if args.json:
        record = {"figures": dict(figures), "bars": [asdict(b) | {"met": b.met} for b in bars], "machine": machine()}
        args.json.write_text(json.dumps(record, indent=2, default=float) + "\n", encoding="utf-8")
    print()
    for bar in bars:
        print(f"{'met   ' if bar.met else 'MISSED'}  {bar}")
    if missed:
        print(f"{len(missed)} of {len(bars)} bars missed: {'; '.join(str(b) for b in missed)}", flush=True)
    else:
        print(f"all {len(bars)} bars met", flush=True)
    return 1 if missed and args.check else 0


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def interleaved(
    functions: Mapping[str, Callable[[], object]], rounds: int = 30, warmup: int = 3, seconds_a_round: float = 0.002
) -> dict[str, list[float]]:
    """Seconds a call, one value a round, of functions that take turns.

    Taking turns lets a slow moment of the machine hit all of them alike, and the order turns round by round so that
    none always runs after the same neighbour. A fast function is called often enough in each round to fill
    `seconds_a_round`. The garbage collector waits meanwhile.
    """
    repeats = {name: _repeats(function, warmup, seconds_a_round) for name, function in functions.items()}
    times: dict[str, list[float]] = {name: [] for name in functions}
    order = list(functions)
    collecting = gc.isenabled()
    gc.disable()
    try:
        for i in range(rounds):
            turn = i % len(order)
            for name in order[turn:] + order[:turn]:
                functions[name]()  # not counted: threads of the one before may still spin, caches still be its own
                times[name].append(_seconds(functions[name], repeats[name]))
    finally:
        if collecting:
            gc.enable()
    return times


def ratios(times: Mapping[str, Sequence[float]], base: str) -> dict[str, float]:
    """How many times as long as `base` each takes: the median over the rounds of the ratio within a round."""
    return {name: median([t / b for t, b in zip(ts, times[base], strict=True)]) for name, ts in times.items()}


def _repeats(function: Callable[[], object], warmup: int, seconds: float) -> int:
    for _ in range(warmup):
        function()
    return max(1, round(seconds / max(_seconds(function, 1), 1e-9)))


def _seconds(function: Callable[[], object], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        function()
    return (time.perf_counter() - start) / repeats
