"""How far grading has come: for each assignment what is in the ledger, what is not yet, and what needs a person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from grading.course import Course
from grading.ledger import Ledger
from grading.outcome import State


@dataclass
class Standing:
    """One assignment.

    states: how many submissions are in each.  new: handed in, and not in the ledger.  unwritten: not in the gradebook
    as the ledger has them.  under_way: does a run grade now?  ended: did one end before its time?
    looks: student -> why nothing could be graded, or what a person has to look at.
    """

    assignment: str
    states: Counter = field(default_factory=Counter)
    new: int = 0
    unwritten: int = 0
    under_way: bool = False
    ended: bool = False
    looks: dict[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        counts = [f"{count} {state}" for state, count in self.states.items()]
        yield f"{self.assignment}: {', '.join([*counts, *([f'{self.new} new'] if self.new else [])])}"
        if self.under_way:
            yield "  A run is under way."
        elif self.ended or self.unwritten:
            yield f"  A run was ended; {self.unwritten} not in the gradebook yet: python -m grading resume"
        if self.new and not self.under_way:
            yield f"  {self.new} not graded yet: python -m grading autograde {self.assignment}"
        for student, why in self.looks.items():
            yield f"  {student}: {why}"


def standings(course: Course, assignment: str | None = None) -> list[Standing]:
    """Of one assignment, or of all that the ledger knows."""
    ledger = Ledger.of(course)
    unfinished, under_way = ledger.unfinished(), course.is_being_graded()
    found: dict[str, Standing] = {}
    known: dict[str, set[str]] = {}
    for row in ledger.all(assignment):
        one = found.setdefault(row.assignment, Standing(row.assignment))
        known.setdefault(row.assignment, set()).add(row.student)
        one.states[row.state.value] += 1
        one.unwritten += not row.committed
        if row.state in (State.INVALID, State.NEEDS_REVIEW):
            reviews = [item.review for n in row.outcome.notebooks for item in n.items if item.review]
            one.looks[row.student] = f"{row.state}. {row.reason or '; '.join(dict.fromkeys(reviews))}"
    names = [assignment] if assignment is not None else [*unfinished, *found]
    for name in dict.fromkeys(names):
        one = found.setdefault(name, Standing(name))
        one.new = len(set(course.students(name)) - known.get(name, set()))
        one.ended = name in unfinished
        one.under_way = under_way and one.ended
    return [found[name] for name in sorted(found)]
