"""The queue as the window sees it, and how fast it is going."""

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from operator import attrgetter

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from maquette.core.job import ACTIVE, ENDED, Job, JobState
from maquette.core.pixels import Pixels
from maquette.engine.queue import JobQueue
from maquette.state.store import Store

_FEW = 100  # jobs that changed at once, up to which counting each is less work than all


class JobList(msgspec.Struct, frozen=True):
    """All jobs in the order of the queue. `cancelling` holds ids whose end is awaited.

    `owner` is our name in `Job.owner`. While `paused` nothing new is begun. `problem` is a sentence
    while the queue cannot be read or written, else "".
    """

    jobs: tuple[Job, ...] = ()
    cancelling: frozenset[str] = frozenset()
    owner: str = ""
    paused: bool = False
    problem: str = ""


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
        started(job): a job of ours began to run.
        ended(jobs): these jobs of ours, a tuple, were concluded at once.
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
        self._before: dict[str, Job] = {}
        self._unsubscribe = queue.subscribe(self._jobs_changed, self._preview_came)

    def close(self) -> None:
        self._unsubscribe()

    def find(self, job_id: str) -> Job | None:
        return self._queue.find(job_id)

    def mark_cancelling(self, *job_ids: str) -> None:
        """Say so at once; the engine's answer takes a moment."""
        found = (job for job in map(self.find, job_ids) if job is not None)
        active = {job.id for job in found if job.state in ACTIVE}
        self._show(self.list.value.cancelling | active)

    def _jobs_changed(self, jobs: tuple[Job, ...]) -> None:
        before = list(map(self._before.get, map(attrgetter("id"), jobs)))
        if 0 < len(jobs) <= _FEW:
            for was, job in zip(before, jobs, strict=True):
                self._pace.count(self._own(was), self._own(job))
                self._before[job.id] = job
        else:  # many, or some were cleared away
            listed, ours = self._queue.jobs, (self._queue.owner, "")
            self._before = dict(zip(map(attrgetter("id"), listed), listed, strict=True))
            self._pace.count_anew([job for job in listed if job.owner in ours])
        cancelling = self.list.value.cancelling
        if cancelling:
            cancelling -= {job.id for job in jobs if job.state not in ACTIVE}
        self._show(cancelling)
        if len(jobs) <= _FEW:
            self._announce(before, jobs)
        else:  # that takes its time as well, so other events come first
            QTimer.singleShot(0, self, lambda: self._announce(before, jobs))

    def _announce(self, before: Sequence[Job | None], jobs: Sequence[Job]) -> None:
        """Signal what happened to jobs, unless they are another program's."""
        owner, ended = self._queue.owner, []
        for was, job in zip(before, jobs, strict=True):
            if was is None or was.state is job.state or owner not in (was.owner, job.owner):
                continue
            if job.state is JobState.RUNNING:
                self.started.emit(job)
            elif job.state in ENDED and was.state not in ENDED:
                ended.append(job)
        if ended:
            self.ended.emit(tuple(ended))

    def _own(self, job: Job | None) -> Job | None:
        """`job` if this window makes it or will."""
        return job if job is not None and job.owner in (self._queue.owner, "") else None

    def _preview_came(self, job_id: str, pixels: Pixels) -> None:
        self.preview.emit(job_id, pixels)

    def _show(self, cancelling: frozenset[str]) -> None:
        queue = self._queue
        self.list.replace(JobList(queue.jobs, cancelling, queue.owner, queue.paused, queue.problem))
        self.activity.replace(self._pace.measure(cancelling))


class _Pace:
    """Counts the jobs of this program and estimates the time left.

    From the steps seen and the images finished; each change costs the same, however long the queue.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._job = ""
        self._first_step = 0
        self._first_time = 0.0
        self._last: deque[float] = deque(maxlen=3)  # seconds of the images finished last
        self._active: dict[str, Job] = {}
        self._waiting = 0
        self._in_group: Counter[str] = Counter()
        self._open_in_group: Counter[str] = Counter()

    def count_anew(self, jobs: Sequence[Job]) -> None:
        """These are all jobs of this program."""
        self._active = {job.id: job for job in jobs if job.state in ACTIVE}
        self._waiting = 0
        self._in_group, self._open_in_group = Counter(), Counter()
        for (group, state), number in Counter(map(attrgetter("group", "state"), jobs)).items():
            self._waiting += number * (state is JobState.QUEUED)
            self._in_group[group] += number
            if state not in ENDED:
                self._open_in_group[group] += number

    def count(self, before: Job | None, after: Job | None) -> None:
        """A job became another one; None is none, or one of another program."""
        for job, by in ((before, -1), (after, 1)):
            if job is None:
                continue
            self._waiting += by * (job.state is JobState.QUEUED)
            self._in_group[job.group] += by
            self._open_in_group[job.group] += by * (job.state not in ENDED)
            if by < 0:
                self._active.pop(job.id, None)
            elif job.state in ACTIVE:
                self._active[job.id] = job
            if not self._open_in_group[job.group]:
                del self._open_in_group[job.group]
        was_finished = before is not None and before.state is JobState.FINISHED
        if after and after.state is JobState.FINISHED and after.seconds > 0 and not was_finished:
            self._last.append(after.seconds)

    def measure(self, cancelling: frozenset[str]) -> Activity:
        per_image = sum(self._last) / len(self._last) if self._last else None
        # While one job is being saved the next one is already running: that one counts.
        jobs = sorted(self._active.values(), key=lambda job: job.state is not JobState.RUNNING)
        if not jobs:
            self._job = ""
            return Activity(of=self._waiting, seconds_per_image=per_image)
        active = jobs[0]
        of = sum(self._in_group[group] for group in self._open_in_group)
        return Activity(
            job=active.id,
            state=active.state,
            place=of - self._waiting,
            of=of,
            step=active.step,
            total=active.total,
            seconds_left=self._left(active, per_image),
            seconds_per_image=per_image,
            cancelling=active.id in cancelling,
        )

    def _left(self, active: Job, per_image: float | None) -> float | None:
        now = self._clock()
        if active.id != self._job:
            self._job, self._first_step, self._first_time = active.id, active.step, now
        steps = active.step - self._first_step
        to_go = max(0, active.total - active.step)
        if steps > 0:
            per_step = (now - self._first_time) / steps
            whole = per_image if per_image is not None else per_step * active.total
            return per_step * to_go + self._waiting * whole
        if per_image is not None and active.total:
            return per_image * to_go / active.total + self._waiting * per_image
        return None
