"""Where jobs of the queue go when they are moved: by a step, or dropped on a row."""

from collections.abc import Callable, Sequence
from itertools import dropwhile, groupby

from maquette.core.job import Job, JobState
from maquette.gui.queue_rows import Row


def one_place(
    jobs: Sequence[Job], ids: Sequence[str], step: int, is_folded: Callable[[str], bool]
) -> tuple[bool, str | None]:
    """Where those of `jobs` that wait and have `ids` go by one place up (-1) or down (1).

    Past a group that `is_folded` they go at once. Returns whether they move, and before whom (None
    is the end).
    """
    chosen = set(ids)
    waiting = [job for job in jobs if job.state is JobState.QUEUED]
    places = [place for place, job in enumerate(waiting) if job.id in chosen]
    if not places:
        return False, None
    others = [job for job in waiting if job.id not in chosen]
    first, last = places[0], places[-1] - len(places) + 1  # how many others are before
    own = {waiting[place].group for place in places}
    at = max(0, first - 1) if step < 0 else min(len(others), last + 1)
    if others:
        passed = others[min(at, len(others) - 1) if step < 0 else max(0, at - 1)].group
        if passed not in own and is_folded(passed):
            while step < 0 and at > 0 and others[at - 1].group == passed:
                at -= 1
            while step > 0 and at < len(others) and others[at].group == passed:
                at += 1
    return not first == last == at, others[at].id if at < len(others) else None


def waiting_from(jobs: Sequence[Job], row: Row, without: frozenset[str]) -> str | None:
    """The first of `jobs` at `row` or below it that waits and is not one of `without`."""
    first = _first_job(jobs, row)
    following = dropwhile(lambda job: job.id != first, jobs)
    waiting = (job.id for job in following if job.state is JobState.QUEUED)
    return next((job_id for job_id in waiting if job_id not in without), None)


def _first_job(jobs: Sequence[Job], row: Row) -> str:
    """The job of a row, or the first one of the part that a header stands above."""
    if row.job:
        return row.job
    parts = groupby(jobs, key=lambda job: job.group)
    firsts = [next(members).id for group, members in parts if group == row.group]
    return firsts[row.part]
