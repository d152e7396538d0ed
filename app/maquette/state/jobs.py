"""The queue as the window sees it, and how fast it is going."""

import time
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.pixels import Pixels
from maquette.engine.queue import ENDED, Job, JobQueue, JobState
from maquette.state.store import Store

ACTIVE = frozenset({JobState.RUNNING, JobState.SAVING})


class JobList(msgspec.Struct, frozen=True):
    """All jobs in the order they were queued. `cancelling` holds ids whose end is awaited."""

    jobs: tuple[Job, ...] = ()
    cancelling: frozenset[str] = frozenset()


class Activity(msgspec.Struct, frozen=True):
    """What is being made. Times in seconds; None where nothing is known yet.

    `place` of `of` counts the images since the queue was last empty.
    """

    job: str = ""
    state: JobState = JobState.QUEUED
    place: int = 0
    of: int = 0
    step: int = 0
    total: int = 0
    seconds_left: float | None = None
    seconds_per_image: float | None = None
    cancelling: bool = False


class Jobs(QObject):
    """Mirrors the engine's queue into stores.

    Signals:
        preview(job id, pixels): a small picture of what the job is becoming.
        started(job), ended(job): a job began to run; a job was concluded.
    """

    preview = Signal(str, object)
    started = Signal(object)
    ended = Signal(object)

    def __init__(
        self,
        queue: JobQueue,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.list = Store(JobList(), self)
        self.activity = Store(Activity(), self)
        self._queue = queue
        self._pace = _Pace(clock)
        self._before: dict[str, JobState] = {}
        self._gathered: dict[str, Job] | None = None
        self._unsubscribe = queue.subscribe(self._job_changed, self._preview_came)

    def close(self) -> None:
        self._unsubscribe()

    def find(self, job_id: str) -> Job | None:
        return next((job for job in self.list.value.jobs if job.id == job_id), None)

    def mark_cancelling(self, job_id: str) -> None:
        """Say so at once; the engine's answer takes a moment."""
        job = self.find(job_id)
        if job is not None and job.state in ACTIVE:
            self._show(self.list.value.cancelling | {job_id})

    def refresh(self) -> None:
        """Read the queue again, after jobs were added or cleared away."""
        self._show(self.list.value.cancelling)

    def at_once(self, act: Callable[[], object]) -> None:
        """Do `act`, which changes many jobs, and show the outcome as one change."""
        gathered: dict[str, Job] = {}
        self._gathered = gathered
        try:
            act()
        finally:
            self._gathered = None
        self._jobs_changed(tuple(gathered.values()))

    def _job_changed(self, job: Job) -> None:
        if self._gathered is not None:
            self._gathered[job.id] = job
        else:
            self._jobs_changed((job,))

    def _jobs_changed(self, jobs: tuple[Job, ...]) -> None:
        before = self._before
        self._show(self.list.value.cancelling - {job.id for job in jobs if job.state in ENDED})
        for job in jobs:
            was = before.get(job.id)
            if job.state is JobState.RUNNING and was is not JobState.RUNNING:
                self.started.emit(job)
            if job.state in ENDED and was not in ENDED:
                self.ended.emit(job)

    def _preview_came(self, job_id: str, pixels: Pixels) -> None:
        self.preview.emit(job_id, pixels)

    def _show(self, cancelling: frozenset[str]) -> None:
        jobs = self._queue.jobs
        self._before = {job.id: job.state for job in jobs}
        self.list.replace(JobList(jobs, cancelling))
        self.activity.replace(self._pace.measure(jobs, cancelling))


class _Pace:
    """Estimates the time left from the steps seen and the images finished."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._job = ""
        self._first_step = 0
        self._first_time = 0.0

    def measure(self, jobs: tuple[Job, ...], cancelling: frozenset[str]) -> Activity:
        finished = [job for job in jobs if job.state is JobState.FINISHED and job.seconds > 0]
        last = finished[-3:]
        per_image = sum(job.seconds for job in last) / len(last) if last else None
        # While one job is being saved the next one is already running: that one counts.
        active = next((job for job in jobs if job.state is JobState.RUNNING), None) or next(
            (job for job in jobs if job.state is JobState.SAVING), None
        )
        waiting = sum(job.state is JobState.QUEUED for job in jobs)
        if active is None:
            self._job = ""
            return Activity(of=waiting, seconds_per_image=per_image)
        round_jobs = self._round(jobs)
        place = next(n for n, job in enumerate(round_jobs, 1) if job.id == active.id)
        return Activity(
            job=active.id,
            state=active.state,
            place=place,
            of=len(round_jobs),
            step=active.step,
            total=active.total,
            seconds_left=self._left(active, waiting, per_image),
            seconds_per_image=per_image,
            cancelling=active.id in cancelling,
        )

    @staticmethod
    def _round(jobs: tuple[Job, ...]) -> list[Job]:
        """The jobs of the groups that are not all concluded."""
        open_groups = {job.group for job in jobs if job.state not in ENDED}
        return [job for job in jobs if job.group in open_groups]

    def _left(self, active: Job, waiting: int, per_image: float | None) -> float | None:
        now = self._clock()
        if active.id != self._job:
            self._job, self._first_step, self._first_time = active.id, active.step, now
        steps = active.step - self._first_step
        to_go = max(0, active.total - active.step)
        if steps > 0:
            per_step = (now - self._first_time) / steps
            whole = per_image if per_image is not None else per_step * active.total
            return per_step * to_go + waiting * whole
        if per_image is not None and active.total:
            return per_image * to_go / active.total + waiting * per_image
        return None
