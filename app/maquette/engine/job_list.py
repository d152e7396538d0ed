"""The jobs as this program knows them, in the order of the queue."""

from collections.abc import Iterable
from operator import attrgetter

from maquette.core.job import Job


class JobList:
    """Jobs by id and by position. Changing one is cheap, also among ten thousand."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._order: list[str] | None = []  # None: to be sorted anew
        self._all: tuple[Job, ...] | None = ()  # None: to be gathered anew

    @property
    def all(self) -> tuple[Job, ...]:
        """Every job, in the order of the queue."""
        if self._order is None:
            self._all = tuple(sorted(self._jobs.values(), key=attrgetter("position")))
            self._order = [job.id for job in self._all]
        elif self._all is None:
            self._all = tuple(map(self._jobs.__getitem__, self._order))
        return self._all

    def get(self, job_id: str) -> Job | None:
        """The job, or None."""
        return self._jobs.get(job_id)

    def put(self, jobs: Iterable[Job]) -> None:
        """Add jobs, or replace what is known of them."""
        known, given = self._jobs, tuple(jobs)
        if self._order is not None and any(
            (before := known.get(job.id)) is None or before.position != job.position
            for job in given
        ):
            self._order = None
        known.update(zip(map(attrgetter("id"), given), given, strict=True))
        self._all = None

    def drop(self, ids: Iterable[str]) -> None:
        """Forget jobs."""
        for job_id in ids:
            if self._jobs.pop(job_id, None) is not None:
                self._order = self._all = None
