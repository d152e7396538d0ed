"""The queue: runs jobs one after another, tells how they are, survives their failures."""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from maquette.core.errors import JobCancelled, MaquetteError
from maquette.core.marking import DEFAULT_ENCODING, DEFAULT_MARKING, FileEncoding, Marking
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import record_id_for
from maquette.core.start import Start
from maquette.engine.client import EngineClient
from maquette.engine.pending import MadeImage, cleaned

# One job runs and one waits in the worker: while the first is watermarked, encoded and saved,
# the second is denoised already.
_IN_FLIGHT = 2


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    SAVING = "saving"  # denoised; being marked, encoded and written
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


ENDED = frozenset({JobState.FINISHED, JobState.CANCELLED, JobState.FAILED})


class Job(msgspec.Struct, frozen=True):
    """One recipe on its way.

    `group` is shared by jobs that were submitted together. `step` of `total` is done. `message` is
    one sentence when the job failed, `detail` what a developer wants to know of it. `path` is the
    saved file. `created` is time.time(); `seconds` is the time from its start to its end.
    """

    id: str
    record_id: str
    group: str
    recipe: Recipe
    state: JobState = JobState.QUEUED
    step: int = 0
    total: int = 0
    message: str = ""
    detail: str = ""
    path: str = ""
    notices: tuple[str, ...] = ()
    created: float = 0.0
    seconds: float = 0.0


class _Order(msgspec.Struct, frozen=True):
    """What a job needs beside its recipe, kept for a retry."""

    start: Start | None
    marking: Marking
    encoding: FileEncoding
    preview: bool


_log = logging.getLogger(__name__)

OnChange = Callable[[Job], None]
OnPreview = Callable[[str, Pixels], None]


class JobQueue:
    """Runs jobs in order through one client. All methods belong to the event loop's thread."""

    def __init__(
        self,
        client: EngineClient,
        save: Callable[[MadeImage], Awaitable[Path]],
        name_record: Callable[[Recipe], str] = record_id_for,
    ) -> None:
        """`save` writes a finished picture and returns its path; it may raise SaveError.

        `name_record` gives a recipe the id of its record; a library knows which are taken.
        """
        self._client = client
        self._save = save
        self._name_record = name_record
        self._jobs: dict[str, Job] = {}
        self._orders: dict[str, _Order] = {}
        self._taken: set[str] = set()  # handed to the client, and not ended
        self._listeners: list[tuple[OnChange, OnPreview | None]] = []
        self._wake = asyncio.Event()  # set at every change; whoever waits clears it

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs that were not cleared away, in the order of submission."""
        return tuple(self._jobs.values())

    def submit(
        self,
        recipes: Sequence[Recipe],
        *,
        start: Start | None = None,
        marking: Marking = DEFAULT_MARKING,
        encoding: FileEncoding = DEFAULT_ENCODING,
        preview: bool = True,
    ) -> tuple[Job, ...]:
        """Queue `recipes` as one group; `start` is the start image of those that have one."""
        group = secrets.token_hex(8)
        order = _Order(start, marking, encoding, preview)
        return tuple(self._add(recipe, group, order) for recipe in recipes)

    def cancel(self, job_id: str) -> None:
        """Cancel a job that has not ended."""
        if job_id in self._taken:
            self._client.cancel(job_id)
        elif job_id in self._jobs and self._jobs[job_id].state not in ENDED:
            self._update(job_id, state=JobState.CANCELLED)

    def cancel_all(self) -> None:
        """Cancel every job that has not ended, the last first, so that none starts meanwhile."""
        for job in reversed(self.jobs):
            self.cancel(job.id)

    def retry(self, job_id: str) -> Job | None:
        """Queue a failed or cancelled job again, under its id; None if there is no such job."""
        job = self._jobs.get(job_id)
        if job is None or job.state not in (JobState.FAILED, JobState.CANCELLED):
            return None
        del self._jobs[job_id]  # it goes to the end
        self._jobs[job_id] = _fresh(job)
        self._update(job_id)
        return self._jobs[job_id]

    def clear_finished(self) -> None:
        """Forget the jobs that have ended."""
        for job in self.jobs:
            if job.state in ENDED and job.id not in self._taken:
                del self._jobs[job.id], self._orders[job.id]

    def subscribe(
        self, on_change: OnChange, on_preview: OnPreview | None = None
    ) -> Callable[[], None]:
        """Call `on_change` with every new or changed job and `on_preview` with (job id, pixels)."""
        listener = (on_change, on_preview)
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    async def run(self) -> None:
        """Run jobs until cancelled; the jobs on their way are cancelled then."""
        slots = asyncio.Semaphore(_IN_FLIGHT)
        async with asyncio.TaskGroup() as tasks:
            while True:
                await slots.acquire()
                job = await self._next()
                self._taken.add(job.id)
                task = tasks.create_task(self._run_job(job))
                task.add_done_callback(lambda _task: slots.release())

    async def wait(self, job_ids: Iterable[str]) -> tuple[Job, ...]:
        """Wait until the jobs have ended (or were cleared away); return those that are known."""
        wanted = tuple(job_ids)
        waiter = asyncio.Event()
        unsubscribe = self.subscribe(lambda _job: waiter.set())
        try:
            while any(self._jobs[name].state not in ENDED for name in wanted if name in self._jobs):
                await waiter.wait()
                waiter.clear()
        finally:
            unsubscribe()
        return tuple(self._jobs[name] for name in wanted if name in self._jobs)

    def _add(self, recipe: Recipe, group: str, order: _Order) -> Job:
        recipe = cleaned(recipe)
        job = Job(
            id=secrets.token_hex(8),
            record_id=self._name_record(recipe),
            group=group,
            recipe=recipe,
            total=recipe.steps,
            created=time.time(),
        )
        self._jobs[job.id], self._orders[job.id] = job, order
        self._update(job.id)
        return job

    async def _next(self) -> Job:
        while True:
            for job in self._jobs.values():
                if job.state == JobState.QUEUED and job.id not in self._taken:
                    return job
            self._wake.clear()
            await self._wake.wait()

    async def _run_job(self, job: Job) -> None:
        started = time.monotonic()

        def on_started() -> None:
            nonlocal started
            started = time.monotonic()
            self._update(job.id, state=JobState.RUNNING)

        def on_progress(step: int, total: int, preview: Pixels | None) -> None:
            state = JobState.SAVING if step == total else JobState.RUNNING
            self._update(job.id, state=state, step=step, total=total)
            if preview is not None:
                self._show_preview(job.id, preview)

        order = self._orders[job.id]
        outcome: dict[str, object]
        try:
            made = await self._client.generate(
                job.id,
                job.record_id,
                job.recipe,
                start=order.start,
                marking=order.marking,
                encoding=order.encoding,
                preview=order.preview,
                on_started=on_started,
                on_progress=on_progress,
            )
            total = self._jobs[job.id].total
            self._update(job.id, state=JobState.SAVING, step=total)
            saving = asyncio.ensure_future(self._save_made(job, made))
            try:
                outcome = await asyncio.shield(saving)
            except asyncio.CancelledError:
                # A file that is being written is there in a moment, and is told of then.
                self._end(job.id, started, await saving)
                raise
        except JobCancelled:
            outcome = {"state": JobState.CANCELLED}
        except asyncio.CancelledError:
            if job.id in self._taken:
                self._end(job.id, started, {"state": JobState.CANCELLED})
            raise
        except Exception as error:
            outcome = _failed(job, error)
        self._end(job.id, started, outcome)

    async def _save_made(self, job: Job, made: MadeImage) -> dict[str, object]:
        """Save a finished picture; returns what its job becomes."""
        try:
            path = await self._save(made)
        except Exception as error:
            return _failed(job, error)
        return {
            "state": JobState.FINISHED,
            "recipe": made.record.recipe,
            "path": str(path),
            "notices": made.notices,
        }

    def _end(self, job_id: str, started: float, outcome: dict[str, object]) -> None:
        self._taken.discard(job_id)
        self._update(job_id, seconds=time.monotonic() - started, **outcome)

    def _update(self, job_id: str, **changes: object) -> None:
        job = self._jobs[job_id] = msgspec.structs.replace(self._jobs[job_id], **changes)
        self._wake.set()
        for on_change, _on_preview in tuple(self._listeners):
            on_change(job)

    def _show_preview(self, job_id: str, preview: Pixels) -> None:
        for _on_change, on_preview in tuple(self._listeners):
            if on_preview:
                on_preview(job_id, preview)


def _failed(job: Job, error: Exception) -> dict[str, object]:
    """What a job becomes; one job's bug must not end the queue."""
    if isinstance(error, MaquetteError):
        return {"state": JobState.FAILED, "message": error.message, "detail": error.detail}
    _log.error("job %s failed", job.id, exc_info=error)
    message = "The picture could not be saved; please try again."
    return {"state": JobState.FAILED, "message": message, "detail": repr(error)}


def _fresh(job: Job) -> Job:
    """`job` as it was when it was submitted."""
    return Job(
        id=job.id,
        record_id=job.record_id,
        group=job.group,
        recipe=job.recipe,
        total=job.recipe.steps,
        created=job.created,
    )
