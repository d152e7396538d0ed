"""JobRunner: takes jobs from the book in order and sees each through, worker to saved file."""

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import msgspec

from maquette.core.errors import (
    FailureCode,
    JobCancelled,
    JobFailed,
    LibraryError,
    MaquetteError,
    WorkerDied,
)
from maquette.core.job import MAX_DEATHS, Job, JobState
from maquette.core.job_change import Change, Claim, Role
from maquette.core.pixels import Pixels
from maquette.core.tries import falls_short
from maquette.engine.client import EngineClient
from maquette.engine.job_book import JobBook
from maquette.engine.pending import MadeImage

# One job runs and one waits in the worker: while the first is watermarked, encoded and saved,
# the second is denoised already.
_IN_FLIGHT = 2
_MOMENT = 1.0  # seconds after which a job that could not be had is asked for again
_PATIENCE = 5.0  # seconds before a store that could not be read is asked again

_SET_ASIDE = (
    "The worker ended again while it made this picture, which is set aside now; change the job, "
    "or queue it again to try once more."
)

_log = logging.getLogger(__name__)

NextTry = Callable[[Job], Job]
Save = Callable[[MadeImage, Job], Awaitable[Path]]


class JobRunner:
    """Runs the jobs of a book through one client. All methods belong to the event loop's thread."""

    def __init__(self, client: EngineClient, save: Save, book: JobBook, next_try: NextTry) -> None:
        """`save` writes a finished picture and returns its path; it may raise SaveError.

        `next_try` draws up, in a thread, the job that follows one that fell short.
        """
        self._next_try = next_try
        self._trying: dict[str, asyncio.Future[None]] = {}  # jobs whose next try is being queued
        self._client = client
        self._save = save
        self._book = book
        self._started: set[str] = set()  # held jobs that the worker has begun with
        self._cancelling: set[str] = set()  # held jobs that somebody wants cancelled
        self._recalled: set[str] = set()  # held jobs that were not begun and go back to wait
        self._wake = asyncio.Event()  # set when something may have to be run
        book.follow(self._follow)

    async def run(self) -> None:
        """Run jobs until cancelled; the jobs on their way go back to wait then."""
        while True:
            try:
                await self._book.open()
                break
            except LibraryError:
                await asyncio.sleep(_PATIENCE)
        slots = asyncio.Semaphore(_IN_FLIGHT)
        async with asyncio.TaskGroup() as tasks:
            while True:
                await slots.acquire()
                claim = await self._next()
                task = tasks.create_task(self._run_job(claim))
                task.add_done_callback(lambda _task: slots.release())

    def mark_cancelling(self, ids: Iterable[str]) -> None:
        """From now on held jobs among `ids` are cancelled, should `run` end before they do."""
        self._cancelling |= self._book.held.intersection(ids)

    def cancel(self, job_id: str) -> None:
        """Cancel a held job."""
        if job_id in self._book.held:
            self._recalled.discard(job_id)
            self._cancelling.add(job_id)
            self._client.cancel(job_id)

    # --- which one is next ----------------------------------------------------------------------

    async def _next(self) -> Claim:
        while True:
            self._wake.clear()
            if self._may_begin and any(map(self._waits, self._book.jobs)):
                claim = await self._claim()
                if claim is not None:
                    return claim
                # Somebody else has it, or it cannot be read; the book will know in a moment.
                asyncio.get_running_loop().call_later(_MOMENT, self._wake.set)
            await self._wake.wait()

    @property
    def _may_begin(self) -> bool:
        return not self._book.paused or self._book.role is Role.COMMAND

    def _waits(self, job: Job) -> bool:
        book = self._book
        return job.state is JobState.QUEUED and job.id not in book.held and book.is_ours(job)

    async def _claim(self) -> Claim | None:
        def took(claim: Claim | None) -> None:
            if claim is not None:
                self._book.held.add(claim.job.id)
                self._book.put(claim.job)

        try:
            return await self._book.ask(self._book.store.claim, took)
        except LibraryError:
            await asyncio.sleep(_PATIENCE)
            return None

    def _follow(self, wishes: frozenset[str]) -> None:
        """The book has news: cancel what others want cancelled, see what is next now."""
        for job_id in wishes:
            self.cancel(job_id)
        for job_id in self._book.held - self._started - self._cancelling - self._recalled:
            job = self._book.find(job_id)
            if job is not None and (not self._may_begin or self._is_overtaken(job)):
                self._recalled.add(job_id)
                self._client.cancel(job_id)
        for job_id in self._book.wanting - self._trying.keys():
            job = self._book.find(job_id)
            if job is not None and self._book.is_ours(job):
                self._trying[job_id] = asyncio.ensure_future(self._try_again(job))
        self._wake.set()

    async def _try_again(self, job: Job) -> None:
        """Queue the next try after `job`."""
        store = self._book.store
        try:
            await self._book.change(lambda: store.add_try(job.id, self._next_try(job)))
        except MaquetteError as error:
            _log.error("%s is not tried again: %s", job.id, error.message)
            self._book.wanting.discard(job.id)  # whoever waits has all that there will be
            self._book.update(job.id, wanting=False)
            return
        self._trying.pop(job.id, None)

    def _is_overtaken(self, job: Job) -> bool:
        """Whether another job is to be run before `job`, which waits in the worker."""
        return any(
            other.position < job.position and self._waits(other) for other in self._book.jobs
        )

    # --- one job --------------------------------------------------------------------------------

    async def _run_job(self, claim: Claim) -> None:
        job = claim.job
        began = time.monotonic()

        def on_started() -> None:
            nonlocal began
            began = time.monotonic()
            self._started.add(job.id)
            self._book.update(job.id, state=JobState.RUNNING)
            self._book.note(lambda: self._book.store.note_started(job.id))

        def on_progress(step: int, total: int, preview: Pixels | None) -> None:
            state = JobState.SAVING if step == total else JobState.RUNNING
            self._book.update(job.id, state=state, step=step, total=total)
            if preview is not None:
                self._book.show_preview(job.id, preview)

        outcome: dict[str, object]
        try:
            if job.id in self._cancelling | self._recalled:
                raise JobCancelled("The job was cancelled.")
            if claim.problem:
                raise JobFailed(claim.problem, FailureCode.BAD_INPUT)
            made = await self._client.generate(
                job.id,
                job.record_id,
                job.recipe,
                start=claim.start,
                images=claim.images,
                marking=job.order.marking,
                encoding=job.order.encoding,
                preview=job.order.preview,
                on_started=on_started,
                on_progress=on_progress,
            )
            made = msgspec.structs.replace(made, images=claim.images)
            self._book.update(job.id, state=JobState.SAVING, step=job.total)
            saving = asyncio.ensure_future(self._save_made(job, made))
            try:
                outcome = await asyncio.shield(saving)
            except asyncio.CancelledError:
                # A file that is being written is there in a moment, and is told of then.
                await self._end(job.id, began, await saving)
                raise
        except JobCancelled:
            if job.id in self._recalled:
                await self._put_back(job.id)
                return
            outcome = {"state": JobState.CANCELLED}
        except asyncio.CancelledError:
            if job.id in self._cancelling:
                await self._end(job.id, began, {"state": JobState.CANCELLED})
            elif job.id in self._book.held:
                await self._put_back(job.id)
            raise
        except Exception as error:
            outcome = self._failed(job, error)
        await self._end(job.id, began, outcome)

    async def _save_made(self, job: Job, made: MadeImage) -> dict[str, object]:
        """Save a finished picture; returns what its job becomes."""

        def note() -> bool:
            digest = hashlib.sha256(made.file).hexdigest()
            return self._book.store.note_saving(job.id, made.record, digest, len(made.file))

        with contextlib.suppress(LibraryError):  # a picture is worth more than a row about it
            if not await self._book.ask(note, lambda _noted: None):
                return {"state": JobState.CANCELLED}  # others took us for dead, and it is theirs
        try:
            path = await self._save(made, job)
        except Exception as error:
            return self._failed(job, error)
        return {
            "state": JobState.FINISHED,
            "recipe": made.record.recipe,
            "path": str(path),
            "notices": made.notices,
            "fidelity": made.record.fidelity,
        }

    def _failed(self, job: Job, error: Exception) -> dict[str, object]:
        """What a job becomes; one job's bug must not end the queue."""
        outcome: dict[str, object] = {"state": JobState.FAILED}
        if isinstance(error, WorkerDied) and job.id in self._started:
            outcome["deaths"] = job.deaths + 1
            if job.deaths + 1 >= MAX_DEATHS:
                return outcome | {
                    "state": JobState.QUARANTINED,
                    "message": f"{_SET_ASIDE}\n{error.message}",
                    "detail": error.detail,
                }
        if isinstance(error, MaquetteError):
            return outcome | {"message": error.message, "detail": error.detail}
        _log.error("job %s failed", job.id, exc_info=error)
        message = "The picture could not be saved; please try again."
        return outcome | {"message": message, "detail": repr(error)}

    async def _end(self, job_id: str, began: float, outcome: dict[str, object]) -> None:
        """Conclude a held job."""
        known = self._book.find(job_id)
        if known is not None:
            seconds = time.monotonic() - began
            job = msgspec.structs.replace(known, seconds=seconds, **outcome)
            job = msgspec.structs.replace(job, wanting=falls_short(job))
            await self._book.end(job, lambda: self._let_go(job_id))

    async def _put_back(self, job_id: str) -> None:
        """The job was not begun, or not to its end; it waits again where it was."""

        def took(change: Change) -> None:
            self._let_go(job_id)
            self._book.take(change)

        try:
            await self._book.ask(lambda: self._book.store.release(job_id), took)
        except LibraryError:  # the store takes it for ours until we leave
            self._let_go(job_id)
            self._book.update(job_id, state=JobState.QUEUED, step=0)

    def _let_go(self, job_id: str) -> None:
        for names in (self._book.held, self._started, self._cancelling, self._recalled):
            names.discard(job_id)
        self._wake.set()
