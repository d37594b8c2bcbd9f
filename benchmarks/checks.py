"""How often the checks of the exercises are wrong: wrong implementations accepted, right ones rejected, causes missed.

Each implementation of tests/implementations/ is checked with several fresh seeds. A wrong one is accepted if it passes
once; a right one is rejected if it fails once; a cause counts as named only if every failure names a just one first.
`--write-readme` writes the totals into README.md.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import common, corpus
from helpers import checks

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- checks:begin -->", "<!-- checks:end -->"
SEEDS = 3
README_SEEDS = [1]  # a test measures with them again; with others a cause may go unnamed now and then


@dataclass
class Tally:
    """What came out for one exercise, or for all."""

    wrong: int = 0
    accepted: int = 0
    right: int = 0
    rejected: int = 0
    named: int = 0
    broken: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def named_share(self) -> float:
        return self.named / self.wrong if self.wrong else 1.0

    @property
    def median_seconds(self) -> float:
        return common.median(self.seconds) if self.seconds else 0.0

    def row(self, name: str) -> list[str]:
        times = f"{self.median_seconds:.3f}", f"{max(self.seconds, default=0):.3f}"
        accepted, rejected = f"{self.accepted} of {self.wrong}", f"{self.rejected} of {self.right}"
        return [name, accepted, rejected, f"{self.named} of {self.wrong}", *times]

    def figures(self) -> dict[str, object]:
        counts = {name: value for name, value in asdict(self).items() if name != "seconds"}
        return counts | {"median_seconds": self.median_seconds, "max_seconds": max(self.seconds, default=0.0)}


def judge(implementation: corpus.Implementation, seeds: Sequence[int]) -> Tally:
    """Check one implementation with each seed."""
    tally, reports = Tally(), []
    for seed in seeds:
        start = time.perf_counter()
        reports.append(checks.run(implementation.exercise_id, implementation.function, seed=seed))
        tally.seconds.append(time.perf_counter() - start)
    tally.broken = int(any(report.broken for report in reports))
    if implementation.is_right:
        tally.right, tally.rejected = 1, int(not all(report.passed for report in reports))
    else:
        tally.wrong, tally.accepted = 1, int(any(report.passed for report in reports))
        tally.named = int(all(report.diagnosis in implementation.causes for report in reports))
    return tally


def measure(seeds: Sequence[int] | None = None) -> dict[str, Tally]:
    """A tally for each exercise, those without implementations too. seeds: None draws fresh ones."""
    seeds = seeds or [time.time_ns() % 2**31 + i for i in range(SEEDS)]
    tallies = {exercise_id: Tally() for exercise_id in checks.exercises()}
    for implementation in corpus.load():
        tallies[implementation.exercise_id].add(judge(implementation, seeds))
    return tallies


def total(tallies: dict[str, Tally]) -> Tally:
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return whole


def totals_text(exercises: int, whole: Tally) -> str:
    """The table that stands in the README: counts only, which are the same at every run."""
    rows = [
        ("exercises", str(exercises)),
        ("wrong implementations accepted", f"{whole.accepted} of {whole.wrong}"),
        ("right implementations rejected", f"{whole.rejected} of {whole.right}"),
        ("wrong ones whose cause is named", f"{whole.named} of {whole.wrong} ({100 * whole.named_share:.0f} %)"),
    ]
    return "\n".join(["| checks | measured |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def in_readme(text: str) -> str:
    """What stands between the markers. Raises ValueError where the README lacks them."""
    _, begin, rest = text.partition(BEGIN)
    inside, end, _ = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md lacks the line {BEGIN} or {END}.")
    return inside.strip()


def write_readme(totals: str, path: Path = README) -> None:
    text = path.read_text(encoding="utf-8")
    in_readme(text)
    before, after = text.split(BEGIN)[0], text.split(END, 1)[1]
    path.write_text(f"{before}{BEGIN}\n{totals}\n{END}{after}", encoding="utf-8")


def bars(tallies: dict[str, Tally]) -> list[common.Bar]:
    whole = total(tallies)
    medians = [tally.median_seconds for tally in tallies.values()]
    untried = sum(1 for tally in tallies.values() if not tally.wrong or not tally.right)
    return [
        common.Bar("wrong accepted", whole.accepted, at_most=0),
        common.Bar("right rejected", whole.rejected, at_most=0),
        common.Bar("checks that broke", whole.broken, at_most=0),
        common.Bar("share of causes named", whole.named_share, at_least=0.9),
        common.Bar("exercises without implementations", untried, at_most=0),
        common.Bar("slowest exercise's median seconds", max(medians, default=0), at_most=0.1),
        common.Bar("slowest check's seconds", max(whole.seconds, default=0), at_most=0.5),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    options = common.parser(__doc__)
    options.add_argument("--write-readme", action="store_true", help="write the totals into README.md")
    options.add_argument("--seeds", type=int, default=SEEDS, help=f"fresh seeds for each implementation ({SEEDS})")
    args = options.parse_args(argv)
    start = time.time_ns() % 2**31
    tallies = measure([start + i for i in range(args.seeds)])
    whole = total(tallies)
    headers = ["exercise", "wrong accepted", "right rejected", "cause named", "s, median", "s, max"]
    common.print_table(headers, [*(tally.row(name) for name, tally in tallies.items()), whole.row("total")])
    if args.write_readme:
        write_readme(totals_text(len(tallies), total(measure(README_SEEDS))))
    figures = {"exercises": {name: tally.figures() for name, tally in tallies.items()}, "total": whole.figures()}
    return common.finish(args, figures, bars(tallies))


if __name__ == "__main__":
    sys.exit(main())
