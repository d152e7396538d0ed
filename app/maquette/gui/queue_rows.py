"""Which rows the queue's list has: jobs, and a header above those that belong together."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec

from maquette.core.job import ACTIVE, Job, JobState

FOLDED_FROM = 13
"""Groups of so many jobs and more are folded until somebody opens them."""

TROUBLE = frozenset({JobState.FAILED, JobState.INTERRUPTED, JobState.QUARANTINED})
"""What asks for somebody's attention."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A job, or the header of a group where `job` is "".

    Jobs of a group that others were moved between are several parts, each with a header; `part`
    counts them. `inside` tells a job that stands below a header.
    """

    job: str = ""
    group: str = ""
    part: int = 0
    inside: bool = False


class Tally(msgspec.Struct):
    """How many jobs of a group, or of the queue, there are of each state."""

    total: int = 0
    finished: int = 0
    waiting: int = 0
    active: int = 0
    trouble: int = 0
    steps_done: float = 0.0  # of the running ones, as parts of a picture

    def count(self, job: Job, sign: int = 1) -> None:
        """Add `job`, or take it away with a `sign` of -1."""
        self.add(job.state, sign)
        if job.state in ACTIVE:
            self.steps_done += sign * _part_done(job)

    def add(self, state: JobState, number: int) -> None:
        """Count `number` jobs more in `state`; what is done of running ones is added beside."""
        self.total += number
        self.finished += number * (state is JobState.FINISHED)
        self.waiting += number * (state is JobState.QUEUED)
        self.trouble += number * (state in TROUBLE)
        self.active += number * (state in ACTIVE)

    @property
    def fraction(self) -> float:
        """How far it is, 0 to 1."""
        return min(1.0, (self.finished + self.steps_done) / self.total) if self.total else 0.0

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be made."""
        return self.waiting + self.active > 0


def tallies(jobs: Sequence[Job]) -> dict[str, Tally]:
    """The tally of each group; under "" that of all jobs. Milliseconds for ten thousand."""
    found: dict[str, Tally] = {"": Tally()}
    for (group, state), number in Counter(map(attrgetter("group", "state"), jobs)).items():
        for tally in (found[""], found.setdefault(group, Tally())):
            tally.add(state, number)
    for job in jobs:
        if job.state in ACTIVE:
            for tally in (found[""], found[job.group]):
                tally.steps_done += _part_done(job)
    return found


def _part_done(job: Job) -> float:
    return job.step / job.total if job.total else 0.0


def rows_of(jobs: Sequence[Job], sizes: dict[str, Tally], folded: Collection[str]) -> Iterator[Row]:
    """The rows for `jobs`, which are in the order of the queue; `folded` groups show no jobs."""
    parts: dict[str, int] = {}
    for group, members in groupby(jobs, key=attrgetter("group")):
        if sizes[group].total < 2:  # one job needs no header
            yield from (Row(job.id, group) for job in members)
            continue
        part = parts[group] = parts.get(group, -1) + 1
        yield Row("", group, part)
        if group not in folded:
            yield from (Row(job.id, group, part, inside=True) for job in members)


def difference(old: Sequence[Row], new: Sequence[Row]) -> tuple[int, int, int]:
    """(first row that differs, how many go there, how many come there)."""
    least = min(len(old), len(new))
    first = next((row for row in range(least) if old[row] != new[row]), least)
    last = next((n for n in range(least - first) if old[-1 - n] != new[-1 - n]), least - first)
    return first, len(old) - first - last, len(new) - first - last
