"""How fast is grading, and is it right? Our grading and plain nbgrader, over the same submissions, in one run.

The class is that of submissions.py, in groups: each way of grading grades a group in its turn, so that a busy moment of
the machine hits all alike. Each way's start counts once, as in one command over the class: ours with the look at the
sandbox, the jails and the taking in of the whole class; plain nbgrader's, which each turn pays anew, is measured, and
taken off the turns but one.
"""

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbgrader.api import Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from tqdm import tqdm

from benchmarks import common, submissions
from benchmarks.submissions import ASSIGNMENT
from grading import doctor, export
from grading.course import Course
from grading.engine import Run
from grading.grader import Grader
from grading.worker import Worker

GROUPS = "abcdefgh"
PLAIN, PLAIN_2, OURS_1, OURS_2 = "plain nbgrader", "plain nbgrader, 2 processes", "ours, 1 worker", "ours, 2 workers"
LEARNERS = 10_000
MB = 2**20


def make_course(root: Path) -> Path:
    """A course directory with the assignment generated; returns it."""
    course = root / "assignments"
    (course / "source").mkdir(parents=True)
    ours = submissions.ROOT / "assignments"
    shutil.copy(ours / "nbgrader_config.py", course)
    shutil.copytree(ours / "source" / ASSIGNMENT, course / "source" / ASSIGNMENT)
    (root / "helpers").symlink_to(submissions.ROOT / "helpers")  # beside the course, where its configuration looks
    nbgrader(course, "generate_assignment", ASSIGNMENT, "--create").check()
    return course


@dataclass
class Command:
    """A command of nbgrader's that runs; `check` waits for it."""

    process: subprocess.Popen

    def check(self) -> None:
        said, _ = self.process.communicate()
        if self.process.returncode != 0:
            raise RuntimeError(f"nbgrader ended with {self.process.returncode}:\n{said[-4000:]}")


def nbgrader(course: Path, *arguments: str) -> Command:
    """Start a command in a course directory."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    line = [sys.executable, "-m", "nbgrader", *arguments]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return Command(subprocess.Popen(line, cwd=course, env=os.environ | {"PATH": path}, **pipe))


class Plain:
    """nbgrader as it comes; halves: how many processes, each with a course directory and a share of the class."""

    def __init__(self, course: Path, folder: Path, groups: dict[str, list[str]], processes: int) -> None:
        self.courses = [copy_of(course, folder / f"{number}") for number in range(processes)]
        for students in groups.values():
            for number, student in enumerate(students):
                submissions.hand_in(student, self.courses[number % processes])

    def turn(self, group: str) -> float:
        """Grade a group; returns the seconds."""
        began = time.perf_counter()
        concerned = [one for one in self.courses if any((one / "submitted").glob(f"{group}*"))]
        for running in [nbgrader(one, "autograde", ASSIGNMENT, "--student", f"{group}*") for one in concerned]:
            running.check()
        return time.perf_counter() - began

    def starting(self) -> float:
        """Seconds that the command needs before its first submission: one that finds nobody."""
        began = time.perf_counter()
        nbgrader(self.courses[0], "autograde", ASSIGNMENT, "--student", "nobody").process.communicate()
        return time.perf_counter() - began

    def finish(self) -> None:
        """Each command has ended already."""


class Ours(Run):
    """Our grading; between turns its workers wait."""

    def __init__(self, course: Path, folder: Path, groups: dict[str, list[str]], workers: int) -> None:
        self.place = copy_of(course, folder / "0")
        for student in (student for students in groups.values() for student in students):
            submissions.hand_in(student, self.place)
        super().__init__(Course.at(self.place), ASSIGNMENT)
        self.groups, self.workers, self.committed = groups, workers, 0
        self.gates = {group: threading.Event() for group in groups}
        self.one_more = threading.Condition()
        self.thread = threading.Thread(target=self._go, daemon=True)
        self.error: BaseException | None = None

    def turn(self, group: str) -> float:
        """Grade a group; returns the seconds. The first turn looks at the sandbox, as the command does, and starts."""
        began = time.perf_counter()
        self.gates[group].set()
        if not self.thread.is_alive() and self.committed == 0:
            if not all(finding.held for finding in doctor.examine(self.plan, quick=True)):
                raise RuntimeError("The sandbox does not hold here: python -m grading doctor")
            self.thread.start()
        until = sum(len(students) for name, students in self.groups.items() if self.gates[name].is_set())
        with self.one_more:
            self.one_more.wait_for(lambda: self.committed >= until or self.error is not None)
        if self.error is not None:
            raise self.error
        return time.perf_counter() - began

    def _go(self) -> None:
        try:
            self.autograde(workers=self.workers, progress=lambda **_: self)
        except BaseException as error:
            self.error = error
            with self.one_more:
                self.one_more.notify_all()

    def _submission(self, student: str) -> object:
        if student:  # the course's own solution, which is graded before the learners', has no gate
            self.gates[student[0]].wait()
        return super()._submission(student)

    def update(self) -> None:
        """One more is in the gradebook."""
        with self.one_more:
            self.committed += 1
            self.one_more.notify_all()

    def close(self) -> None:
        """Of a progress bar."""

    def finish(self) -> None:
        """Wait until the run has put everything away."""
        self.thread.join()


def copy_of(course: Path, folder: Path) -> Path:
    """The course directory again, with what lies beside it."""
    shutil.copytree(course.parent, folder, symlinks=True)
    return folder / course.name


# What is measured


@dataclass
class Rates:
    """Seconds of each group's turn, for each way of grading. starting: of plain nbgrader's command."""

    count: int
    starting: float
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def rate(self, name: str) -> float:
        """Submissions a second."""
        turns = self.seconds[name]
        off = self.starting * (len(turns) - 1) if name in (PLAIN, PLAIN_2) else 0.0
        return self.count / (sum(turns) - off)


def side_by_side(course: Path, folder: Path, count: int) -> tuple[Rates, dict[str, dict]]:
    """Grade `count` submissions in each way, in turns; the rates, and the points of each way."""
    number = min(4, max(1, count // 2))
    sizes = [count // number + (i < count % number) for i in range(number)]
    groups = {letter: submissions.students(size, letter) for letter, size in zip(GROUPS, sizes)}
    ways = {
        PLAIN: Plain(course, folder / "plain", groups, 1),
        PLAIN_2: Plain(course, folder / "plain-2", groups, 2),
        OURS_1: Ours(course, folder / "ours-1", groups, 1),
        OURS_2: Ours(course, folder / "ours-2", groups, 2),
    }
    rates = Rates(count, ways[PLAIN].starting(), {name: [] for name in ways})
    with tqdm(total=len(ways) * count, unit="submission", leave=False) as bar:
        for turn, group in enumerate(groups):
            names = list(ways)
            for name in names[turn % 4 :] + names[: turn % 4]:
                rates.seconds[name].append(ways[name].turn(group))
                bar.update(len(groups[group]))
    for way in ways.values():
        way.finish()
    places = {name: way.courses if isinstance(way, Plain) else [way.place] for name, way in ways.items()}
    return rates, {name: points_of(courses) for name, courses in places.items()}


def points_of(courses: list[Path]) -> dict[tuple[str, str], float]:
    """(student, exercise) -> points, from the gradebooks."""
    found = {}
    for course in courses:
        with Course.at(course).gradebook() as book:
            query = (
                book.db.query(SubmittedAssignment.student_id, Grade)
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            )
            found |= {(student, grade.name): grade.auto_score for student, grade in query}
    return found


def why_different(course: Path, student: str, exercise: str) -> str:
    """What in plain nbgrader's graded notebook explains its points, where it does what it should not; "" if nothing."""
    file = course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for cell in nbformat.read(file, 4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise:
            kinds = {output.get("name", output.output_type) for output in cell.outputs}
            if "stderr" in kinds and "error" not in kinds:
                return "the check passed, but a warning was printed: plain nbgrader gives nothing"
    return ""


def differences(plain: dict, ours: dict, course: Path) -> list[dict[str, object]]:
    """Where the points are not the same, with the reason."""
    return [
        {"student": s, "exercise": e, "plain": plain.get((s, e)), "ours": ours.get((s, e))}
        | {"reason": why_different(course, s, e)}
        for s, e in sorted(plain.keys() | ours.keys())
        if plain.get((s, e)) != ours.get((s, e))
    ]


def memory(course: Path, count: int = 20) -> dict[str, float]:
    """The most that one worker's processes hold while it grades, in MB, shared pages by their share (PSS)."""
    opened = Course.at(course)
    run = Run(opened, ASSIGNMENT)
    grader = Grader(run.plan, run.sources, run.grader.beside)
    seen, done = [0.0], threading.Event()
    with closing(Worker(run.plan)) as worker:

        def watch() -> None:
            while not done.wait(0.05):
                seen.append(sum(map(_pss, family(worker.processes))) / MB)

        watcher = threading.Thread(target=watch)
        watcher.start()
        for student in opened.students(ASSIGNMENT)[:count]:
            grader.grade(worker, student, run._submission(student))
        done.set()
        watcher.join()
    return {"most": max(seen), "median": statistics.median(seen)}


def family(pids: list[int]) -> list[int]:
    """These processes and all below them, each before its own."""
    found, waiting = [], list(pids)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:  # it has ended meanwhile
                continue
    return found


def _pss(pid: int) -> int:
    """Bytes; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def long_run(course: Path, folder: Path, count: int, workers: int) -> dict[str, object]:
    """Grade a large class in one go; does the work for one grow with the class?"""
    place = copy_of(course, folder)
    for student in tqdm(submissions.students(count, "z"), unit="notebook", leave=False):
        submissions.hand_in(student, place)
    times = [time.perf_counter()]

    class Bar(tqdm):
        def update(self, n: int = 1) -> None:
            times.append(time.perf_counter())
            super().update(n)

    Run(Course.at(place), ASSIGNMENT).autograde(workers=workers, progress=Bar)
    quarter = count // 4
    first, last = times[quarter + 1] - times[1], times[-1] - times[-1 - quarter]
    starting = times[1] - times[0]
    per_submission = (times[-1] - times[1]) / (count - 1)
    return {
        "submissions": count,
        "seconds": times[-1] - times[0],
        "starting": starting,
        "quarters": [quarter / first, quarter / last],
        "minutes for 10,000": (starting * 10_000 / count + per_submission * 10_000) / 60,
    }


def exports(course: Path, folder: Path, learners: int) -> dict[str, float]:
    """Seconds to write the points of so many learners in each format."""
    with Course.at(copy_of(course, folder)).gradebook() as book:
        fill(book, learners)
        seconds = {}
        for kind in export.FORMATS:
            began = time.perf_counter()
            count = export.write(book, ASSIGNMENT, kind, folder / f"{kind}.csv")
            seconds[kind] = time.perf_counter() - began
            if count != learners:
                raise RuntimeError(f"{count} learners in the file, {learners} in the gradebook")
    return seconds


def fill(book: Gradebook, learners: int) -> None:
    """Enter learners with points for everything."""
    session, assignment = book.db, book.find_assignment(ASSIGNMENT)
    (notebook,) = assignment.notebooks
    ids = [f"{number:032x}" for number in range(2 * learners)]
    people = submissions.students(learners, "y")
    session.bulk_insert_mappings(Student, [{"id": one, "first_name": "A", "last_name": one} for one in people])
    handed = [{"id": i, "assignment_id": assignment.id, "student_id": one} for i, one in zip(ids, people)]
    session.bulk_insert_mappings(SubmittedAssignment, handed)
    rows = zip(ids[learners:], ids)
    copies = [{"id": i, "assignment_id": handed, "notebook_id": notebook.id} for i, handed in rows]
    session.bulk_insert_mappings(SubmittedNotebook, copies)
    session.bulk_insert_mappings(
        Grade,
        [
            {"id": f"{i}{cell.name}"[-32:], "notebook_id": i, "cell_id": cell.id, "auto_score": cell.max_score}
            | {"needs_manual_grade": False}
            for i in ids[learners:]
            for cell in notebook.grade_cells
        ],
    )
    session.commit()


def measure(folder: Path, count: int, long: int, learners: int) -> dict[str, object]:
    """All figures that `--json` writes."""
    course = make_course(folder / "made")
    rates, points = side_by_side(course, folder, count)
    plain = folder / "plain" / "0" / course.name
    figures = {
        "submissions": count,
        "rates": {name: rates.rate(name) for name in rates.seconds},
        "turns": rates.seconds,
        "plain nbgrader's start": rates.starting,
        "points": len(points[PLAIN]),
        "differences": differences(points[PLAIN], points[OURS_2], plain),
        "ours differ": sum(points[OURS_1].get(key) != value for key, value in points[OURS_2].items()),
        "memory": memory(folder / "ours-1" / "0" / course.name),
        "export": exports(course, folder / "export", learners),
        "learners": learners,
    }
    return figures | ({"long": long_run(course, folder / "long", long, 2)} if long else {})


def bars(figures: dict[str, object]) -> list[common.Bar]:
    """The ratio, the points, the memory, the growth, the exports."""
    rates = figures["rates"]
    unexplained = sum(not one["reason"] for one in figures["differences"])
    found = [
        common.Bar("ours with 2 workers / plain nbgrader", rates[OURS_2] / rates[PLAIN], at_least=10),
        common.Bar("points that differ where plain nbgrader's are right", unexplained, at_most=0),
        common.Bar("points that differ between 1 and 2 workers", figures["ours differ"], at_most=0),
        common.Bar("MB a worker", figures["memory"]["most"], at_most=300),
        common.Bar("slowest export, seconds", max(figures["export"].values()), at_most=5),
    ]
    if "long" in figures:
        first, last = figures["long"]["quarters"]
        # The quarters hold different submissions and the machine is never quite still: equal would be 1.
        found.append(common.Bar("rate of the last quarter / of the first", last / first, at_least=0.85))
    return found


def main() -> int:
    options = common.parser(__doc__)
    options.add_argument("--submissions", type=int, default=200, metavar="N", help="graded in each way (default 200)")
    options.add_argument("--long", type=int, default=2000, metavar="N", help="of the long run; 0: none (default 2000)")
    options.add_argument("--learners", type=int, default=LEARNERS, metavar="N", help=f"to export (default {LEARNERS})")
    args = options.parse_args()
    if args.submissions < 1 or args.learners < 1 or 0 < args.long < 8:
        options.error("--submissions and --learners need at least 1, --long at least 8 or 0 for none")
    with TemporaryDirectory(prefix="grading-benchmark-") as folder:
        figures = measure(Path(folder), args.submissions, args.long, args.learners)
    show(figures)
    return common.finish(args, figures, bars(figures))


def show(figures: dict[str, object]) -> None:
    """The tables, and a sentence for everything else."""
    rates = figures["rates"]
    print(f"The same {figures['submissions']} submissions of {ASSIGNMENT}, graded in turns:\n")
    rows = [[name, f"{rate:.2f}", f"{1 / rate:.3f}", f"{rate / rates[PLAIN]:.1f}"] for name, rate in rates.items()]
    common.print_table(["", "submissions a second", "seconds a submission", "times plain"], rows)
    found = figures["differences"]
    print(f"\n{figures['points']} points given by plain nbgrader, {len(found)} of them otherwise by ours.")
    for reason, count in Counter(one["reason"] or "not explained" for one in found).items():
        print(f"  {count}: {reason}")
    for one in found:
        print(f"    {one['student']} {one['exercise']}: plain {one['plain']:g}, ours {one['ours']:g}")
    print(f"A worker's processes hold {figures['memory']['most']:.0f} MB at most.")
    if "long" in figures:
        long = figures["long"]
        print(
            f"{long['submissions']} submissions in one run, 2 workers: {long['seconds']:.0f} s, "
            f"{long['quarters'][0]:.2f} a second in the first quarter and {long['quarters'][1]:.2f} in the last; "
            f"10,000 take {long['minutes for 10,000']:.0f} minutes."
        )
    seconds = ", ".join(f"{kind} {value:.2f} s" for kind, value in figures["export"].items())
    print(f"Export of {figures['learners']:,} learners: {seconds}.")


if __name__ == "__main__":
    sys.exit(main())
