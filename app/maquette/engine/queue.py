"""The queue: runs jobs one after another, tells how they are, survives their failures and ours."""

import asyncio
import contextlib
import hashlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from maquette.core.errors import JobCancelled, LibraryError, MaquetteError, WorkerDied
from maquette.core.job import ENDED, MAX_DEATHS, Job, JobState, Order
from maquette.core.job_change import Change, Claim, Cleared, Role
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import as_asked
from maquette.core.record_ids import Register, free_record_id
from maquette.core.start import Start
from maquette.engine.client import EngineClient
from maquette.engine.job_list import JobList
from maquette.engine.job_store import JobStore
from maquette.engine.pending import MadeImage, cleaned

# One job runs and one waits in the worker: while the first is watermarked, encoded and saved,
# the second is denoised already.
_IN_FLIGHT = 2
_LOOK = 1.0  # seconds between looks at what other programs changed
_TEND = 5  # looks between signs of life
_PATIENCE = 5.0  # seconds before a queue that could not be read is asked again

_log = logging.getLogger(__name__)

T = TypeVar("T")
OnChange = Callable[[tuple[Job, ...]], None]
OnPreview = Callable[[str, Pixels], None]
NameRecord = Callable[[Recipe, Register], str]


class JobQueue:
    """Runs the jobs of a store in order through one client.

    Every change is in the store before it is shown. All methods belong to the event loop's thread;
    those that change something may raise LibraryError, when the store cannot be read or written.
    """

    def __init__(
        self,
        client: EngineClient,
        save: Callable[[MadeImage, Job], Awaitable[Path]],
        store: JobStore,
        name_record: NameRecord = free_record_id,
        role: Role = Role.WINDOW,
    ) -> None:
        """`save` writes a finished picture and returns its path; it may raise SaveError.

        `name_record` gives a recipe the id of its record, one that the register it is handed does
        not know for another recipe; a library knows of more that are taken. It is called in
        threads.
        """
        self._client = client
        self._save = save
        self._store = store
        self._name_record = name_record
        self._role = role
        self._jobs = JobList()
        self._paused = False
        self._problem = ""
        self._taken: set[str] = set()  # in our hands: claimed, and not ended
        self._started: set[str] = set()  # those of them that the worker has begun with
        self._cancelling: set[str] = set()  # those that somebody wants cancelled
        self._recalled: set[str] = set()  # those that were not begun and go back to wait
        self._unwritten: dict[str, Job] = {}  # ended, but the store could not be told
        self._listeners: list[tuple[OnChange, OnPreview | None]] = []
        self._wake = asyncio.Event()  # set when something may have to be run
        self._turn = asyncio.Lock()  # the store is asked one thing at a time
        self._at_work: set[asyncio.Future[Any]] = set()
        self._opening: asyncio.Future[None] | None = None
        self._keeper: asyncio.Future[None] | None = None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs that were not cleared away, of all programs, in the order of the queue."""
        return self._jobs.all

    @property
    def owner(self) -> str:
        """Our name in `Job.owner`; "" before the queue is open."""
        return self._store.owner

    @property
    def paused(self) -> bool:
        """Whether nothing new is begun. Holds for all windows of one library."""
        return self._paused

    @property
    def problem(self) -> str:
        """One sentence while the store cannot be read or written, else ""."""
        return self._problem

    def find(self, job_id: str) -> Job | None:
        """The job, or None if it is not listed."""
        return self._jobs.get(job_id)

    # --- open and closed ------------------------------------------------------------------------

    async def open(self) -> None:
        """Read the queue and take part in it. May be called again. Raises LibraryError."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._enter())
        opening = self._opening
        try:
            await asyncio.shield(opening)
        except LibraryError:
            if self._opening is opening:
                self._opening = None  # whoever comes next tries again
            raise

    async def close(self) -> None:
        """Let go of the queue: what waits is left to others. `run` must have ended."""
        if self._keeper is not None:
            self._keeper.cancel()
        opening, self._opening = self._opening, None
        waiting = [work for work in (opening, self._keeper) if work is not None]
        await asyncio.gather(*waiting, return_exceptions=True)
        while self._at_work:
            await asyncio.gather(*self._at_work, return_exceptions=True)
        if self._keeper is not None:
            self._keeper = None
            with contextlib.suppress(LibraryError):
                await self._write_rest()
            try:
                await asyncio.to_thread(self._store.leave)
            except LibraryError as error:
                _log.error("the queue could not be left in order", exc_info=error)

    async def run(self) -> None:
        """Run jobs until cancelled; the jobs on their way go back to wait then."""
        while True:
            try:
                await self.open()
                break
            except LibraryError as error:
                self._show_problem(error)
                await asyncio.sleep(_PATIENCE)
        slots = asyncio.Semaphore(_IN_FLIGHT)
        async with asyncio.TaskGroup() as tasks:
            while True:
                await slots.acquire()
                claim = await self._next()
                task = tasks.create_task(self._run_job(claim))
                task.add_done_callback(lambda _task: slots.release())

    # --- what can be asked for ------------------------------------------------------------------

    async def submit(
        self,
        recipes: Sequence[Recipe],
        *,
        start: Start | None = None,
        order: Order = Order(),  # noqa: B008  # frozen
        group_name: str = "",
        first: bool = False,
    ) -> tuple[Job, ...]:
        """Queue `recipes` as one group, all or none; they are safe when this returns.

        Args:
            start: the start image of those that have one.
            order: how they are made and saved.
            group_name: what people call them, "" for no batch.
            first: before all that wait, instead of behind.
        """
        if not recipes:
            return ()
        await self.open()
        jobs = await asyncio.to_thread(self._draw_up, tuple(recipes), order, group_name)

        def add() -> Change:
            return self._store.add(jobs, start, first=first)

        added = (await self._change(add)).jobs
        own = {job.id for job in jobs}
        return tuple(job for job in added if job.id in own)

    async def cancel(self, ids: Iterable[str]) -> None:
        """Cancel jobs that have not ended; those of other programs end when these see it."""
        await self.open()
        wanted = tuple(ids)
        self._cancelling |= self._taken.intersection(wanted)
        waiting = [job_id for job_id in wanted if job_id not in self._taken]
        if waiting:
            await self._change(lambda: self._store.cancel(waiting))
        for job_id in reversed(wanted):  # the last first, so that none starts meanwhile
            self._cancel_taken(job_id)

    async def cancel_all(self) -> None:
        """Cancel every job of ours that has not ended, in a window those of nobody as well."""
        ours = [job.id for job in self.jobs if job.state not in ENDED and self._is_ours(job)]
        await self.cancel(ours)

    async def retry(self, ids: Iterable[str], *, release: bool = False) -> tuple[Job, ...]:
        """Queue failed, cancelled and interrupted jobs again, under their ids.

        Interrupted ones keep their place, others go to the end. Quarantined ones are run only with
        `release`, which forgets whom they brought down.
        """
        await self.open()
        wanted = tuple(ids)
        change = await self._change(lambda: self._store.retry(wanted, release=release))
        return change.jobs

    async def skip(self, ids: Iterable[str]) -> None:
        """Give interrupted and quarantined jobs up: they are cancelled."""
        await self.open()
        wanted = tuple(ids)
        await self._change(lambda: self._store.skip(wanted))

    async def adopt(self, ids: Iterable[str]) -> tuple[Job, ...]:
        """Make jobs that wait and belong to nobody ours, so that a command line runs them too."""
        await self.open()
        wanted = tuple(ids)
        return (await self._change(lambda: self._store.adopt(wanted))).jobs

    async def move(self, ids: Iterable[str], before: str | None) -> None:
        """Put jobs that wait, in the order given, before the job `before`; None is the end."""
        await self.open()
        wanted = tuple(ids)
        await self._change(lambda: self._store.move(wanted, before))

    async def run_next(self, ids: Iterable[str]) -> None:
        """Put jobs that wait, in the order given, before all others that wait."""
        await self.open()
        wanted = tuple(ids)
        await self._change(lambda: self._store.run_next(wanted))

    async def clear(self, states: frozenset[JobState] = ENDED) -> Cleared:
        """Take ended jobs off the list; `restore` brings them back."""
        await self.open()
        cleared, _change = await self._ask(
            lambda: self._store.clear(states & ENDED), lambda answer: self._take(answer[1])
        )
        return cleared

    async def restore(self, cleared: Cleared) -> None:
        """Bring back what `clear` took."""
        await self.open()
        await self._change(lambda: self._store.restore(cleared))

    async def pause(self) -> None:
        """Begin nothing new; what runs comes to its end."""
        await self.open()
        await self._change(lambda: self._store.pause(True))

    async def resume(self) -> None:
        """Go on."""
        await self.open()
        await self._change(lambda: self._store.pause(False))

    async def start_of(self, job_id: str) -> Start | None:
        """What a listed job starts from, if anything."""
        await self.open()
        return await self._ask(lambda: self._store.start_of(job_id), lambda _start: None)

    def subscribe(
        self, on_change: OnChange, on_preview: OnPreview | None = None
    ) -> Callable[[], None]:
        """Tell of every change, and of previews as (job id, pixels).

        `on_change` is called once per change with all jobs that are new or different, and with ()
        when jobs were cleared away, or `paused` or `problem` is another.
        """
        listener = (on_change, on_preview)
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    async def wait(self, job_ids: Iterable[str]) -> tuple[Job, ...]:
        """Wait until the jobs have ended (or were cleared away); return those that are known."""
        wanted = tuple(job_ids)
        waiter = asyncio.Event()
        unsubscribe = self.subscribe(lambda _jobs: waiter.set())
        left = set(wanted)
        try:
            while left := {job_id for job_id in left if self._is_open(job_id)}:
                waiter.clear()
                await waiter.wait()
        finally:
            unsubscribe()
        return tuple(job for job in map(self._jobs.get, wanted) if job is not None)

    # --- running --------------------------------------------------------------------------------

    async def _next(self) -> Claim:
        while True:
            self._wake.clear()
            if self._may_run() and (claim := await self._claim()):
                return claim
            await self._wake.wait()

    def _may_run(self) -> bool:
        if self._paused and self._role is Role.WINDOW:
            return False
        return any(
            job.state is JobState.QUEUED and job.id not in self._taken and self._is_ours(job)
            for job in self.jobs
        )

    async def _claim(self) -> Claim | None:
        def took(claim: Claim | None) -> None:
            if claim is not None:
                self._taken.add(claim.job.id)
                self._jobs.put(claim.job)

        try:
            return await self._ask(self._store.claim, took)
        except LibraryError:
            await asyncio.sleep(_PATIENCE)
            self._wake.set()
            return None

    async def _run_job(self, claim: Claim) -> None:
        job = claim.job
        began = time.monotonic()

        def on_started() -> None:
            nonlocal began
            began = time.monotonic()
            self._started.add(job.id)
            self._update(job.id, state=JobState.RUNNING)
            self._note(lambda: self._store.note_started(job.id))

        def on_progress(step: int, total: int, preview: Pixels | None) -> None:
            state = JobState.SAVING if step == total else JobState.RUNNING
            self._update(job.id, state=state, step=step, total=total)
            if preview is not None:
                self._show_preview(job.id, preview)

        outcome: dict[str, object]
        try:
            if job.id in self._cancelling | self._recalled:
                raise JobCancelled("The job was cancelled.")
            made = await self._client.generate(
                job.id,
                job.record_id,
                job.recipe,
                start=claim.start,
                marking=job.order.marking,
                encoding=job.order.encoding,
                preview=job.order.preview,
                on_started=on_started,
                on_progress=on_progress,
            )
            self._update(job.id, state=JobState.SAVING, step=job.total)
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
            elif job.id in self._taken:
                await self._put_back(job.id)
            raise
        except Exception as error:
            outcome = self._failed(job, error)
        await self._end(job.id, began, outcome)

    async def _save_made(self, job: Job, made: MadeImage) -> dict[str, object]:
        """Save a finished picture; returns what its job becomes."""

        def note() -> None:
            digest = hashlib.sha256(made.file).hexdigest()
            self._store.note_saving(job.id, made.record, digest, len(made.file))

        with contextlib.suppress(LibraryError):  # a picture is worth more than a row about it
            await self._ask(note, lambda _none: None)
        try:
            path = await self._save(made, job)
        except Exception as error:
            return self._failed(job, error)
        return {
            "state": JobState.FINISHED,
            "recipe": made.record.recipe,
            "path": str(path),
            "notices": made.notices,
        }

    def _failed(self, job: Job, error: Exception) -> dict[str, object]:
        """What a job becomes; one job's bug must not end the queue."""
        outcome: dict[str, object] = {"state": JobState.FAILED}
        if isinstance(error, WorkerDied) and job.id in self._started:
            outcome["deaths"] = job.deaths + 1
            if job.deaths + 1 >= MAX_DEATHS:
                reason = error.message.partition(";")[0].rstrip(".")
                return outcome | {
                    "state": JobState.QUARANTINED,
                    "message": "The worker ended again while it made this picture, which is set "
                    f"aside now ({reason}); change the job, or release it to try once more.",
                    "detail": error.detail,
                }
        if isinstance(error, MaquetteError):
            return outcome | {"message": error.message, "detail": error.detail}
        _log.error("job %s failed", job.id, exc_info=error)
        message = "The picture could not be saved; please try again."
        return outcome | {"message": message, "detail": repr(error)}

    async def _end(self, job_id: str, began: float, outcome: dict[str, object]) -> None:
        """Conclude a job: first in the store, then for everybody to see."""
        known = self._jobs.get(job_id)
        if known is None:
            return
        seconds = time.monotonic() - began
        job = msgspec.structs.replace(known, seconds=seconds, **outcome)
        try:
            await self._ask(lambda: self._store.end(job), lambda change: self._ended(job, change))
        except LibraryError:
            self._unwritten[job_id] = job
            self._ended(job, Change((job,), paused=self._paused))

    def _ended(self, job: Job, change: Change) -> None:
        self._let_go(job.id)
        self._take(change)

    async def _put_back(self, job_id: str) -> None:
        """The job was not begun, or not to its end; it waits again where it was."""

        def took(change: Change) -> None:
            self._let_go(job_id)
            self._take(change)

        try:
            await self._ask(lambda: self._store.release(job_id), took)
        except LibraryError:
            self._let_go(job_id)
            self._update(job_id, state=JobState.QUEUED, step=0)

    def _let_go(self, job_id: str) -> None:
        for names in (self._taken, self._started, self._cancelling, self._recalled):
            names.discard(job_id)
        self._wake.set()

    def _cancel_taken(self, job_id: str) -> None:
        if job_id in self._taken:
            self._recalled.discard(job_id)
            self._cancelling.add(job_id)
            self._client.cancel(job_id)

    def _recall(self) -> None:
        """Take a job that waits in the worker back if it is not the next one any more."""
        waiting = self._taken - self._started - self._cancelling - self._recalled
        for job_id in waiting:
            job = self._jobs.get(job_id)
            if job is not None and (not self._may_begin() or self._is_overtaken(job)):
                self._recalled.add(job_id)
                self._client.cancel(job_id)

    def _may_begin(self) -> bool:
        return not self._paused or self._role is Role.COMMAND

    def _is_overtaken(self, job: Job) -> bool:
        return any(
            other.position < job.position
            and other.state is JobState.QUEUED
            and other.id not in self._taken
            and self._is_ours(other)
            for other in self.jobs
        )

    # --- the store ------------------------------------------------------------------------------

    async def _enter(self) -> None:
        change = await asyncio.to_thread(self._store.enter, self._role)
        self._show_problem(None)
        self._take(change)
        self._keeper = asyncio.ensure_future(self._keep_up())

    async def _keep_up(self) -> None:
        """Follow what other programs do, and show them that we live."""
        looks = 0
        while True:
            await asyncio.sleep(_LOOK)
            looks += 1
            with contextlib.suppress(LibraryError):
                await self._write_rest()
                await self._ask(self._store.look, self._take_if_any)
                if looks % _TEND == 0:
                    await self._ask(self._store.tend, self._take_if_any)

    async def _write_rest(self) -> None:
        """Tell the store what it could not be told before."""
        for job in tuple(self._unwritten.values()):
            await self._ask(lambda job=job: self._store.end(job), self._take)
            del self._unwritten[job.id]

    async def _change(self, work: Callable[[], Change]) -> Change:
        return await self._ask(work, self._take)

    async def _ask(self, work: Callable[[], T], took: Callable[[T], None]) -> T:
        """Run `work` in a thread and `took` with what came of it, even if this task is cancelled.

        What one change brought is known here before the next is begun.
        """

        async def in_turn() -> T:
            async with self._turn:
                try:
                    answer = await asyncio.to_thread(work)
                except LibraryError as error:
                    self._show_problem(error)
                    raise
                self._show_problem(None)
                took(answer)
                return answer

        return await asyncio.shield(self._begin(in_turn()))

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        """Let `work` come to its end whatever becomes of whoever waits for it."""

        def over(done: asyncio.Future[T]) -> None:
            self._at_work.discard(done)
            if not done.cancelled():
                done.exception()  # was told already, if somebody was still there

        begun = asyncio.ensure_future(work)
        self._at_work.add(begun)
        begun.add_done_callback(over)
        return begun

    def _note(self, work: Callable[[], None]) -> None:
        """Tell the store something that nobody waits for."""

        async def note() -> None:
            with contextlib.suppress(LibraryError):
                await self._ask(work, lambda _none: None)

        self._begin(note())

    def _take_if_any(self, change: Change | None) -> None:
        if change is not None:
            self._take(change)

    def _take(self, change: Change) -> None:
        """Make what the store tells known."""
        told = tuple(self._merged(job) for job in change.jobs)
        for job in told:
            self._jobs.put(job)
        self._jobs.drop(change.gone)
        switched, self._paused = change.paused is not self._paused, change.paused
        for job_id in change.wishes:
            self._cancel_taken(job_id)
        if self._taken - self._started:
            self._recall()
        self._wake.set()
        if told:
            self._tell(told)
        if switched or change.gone:
            self._tell(())

    def _merged(self, job: Job) -> Job:
        """`job` as the store has it, but for what is known better here."""
        known = self._jobs.get(job.id)
        if known is None:
            return job
        if job.id in self._taken or job.id in self._unwritten:
            return msgspec.structs.replace(known, position=job.position)
        return job

    # --- small things ---------------------------------------------------------------------------

    def _draw_up(self, recipes: Sequence[Recipe], order: Order, group_name: str) -> tuple[Job, ...]:
        given = _Given(self._store)
        group = secrets.token_hex(8)
        now = time.time()
        jobs = []
        for asked in recipes:
            recipe = cleaned(asked)
            record_id = self._name_record(recipe, given)
            given.note(record_id, recipe)
            jobs.append(
                Job(
                    id=secrets.token_hex(8),
                    record_id=record_id,
                    group=group,
                    recipe=recipe,
                    total=recipe.steps,
                    created=now,
                    group_name=group_name,
                    order=order,
                )
            )
        return tuple(jobs)

    def _is_ours(self, job: Job) -> bool:
        return job.owner == self.owner or (not job.owner and self._role is Role.WINDOW)

    def _is_open(self, job_id: str) -> bool:
        job = self._jobs.get(job_id)
        return job is not None and job.state not in ENDED

    def _update(self, job_id: str, **changes: object) -> None:
        known = self._jobs.get(job_id)
        if known is not None:
            job = msgspec.structs.replace(known, **changes)
            self._jobs.put(job)
            self._tell((job,))

    def _show_problem(self, error: LibraryError | None) -> None:
        problem = error.message if error else ""
        if error is not None:
            _log.warning("%s (%s)", error.message, error.detail)
        if problem != self._problem:
            self._problem = problem
            self._tell(())

    def _tell(self, jobs: tuple[Job, ...]) -> None:
        for on_change, _on_preview in tuple(self._listeners):
            on_change(jobs)

    def _show_preview(self, job_id: str, preview: Pixels) -> None:
        for _on_change, on_preview in tuple(self._listeners):
            if on_preview:
                on_preview(job_id, preview)


class _Given:
    """Which record ids the queue has given: to listed jobs, and to those about to be."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        self._now: dict[str, Recipe] = {}

    def note(self, record_id: str, recipe: Recipe) -> None:
        self._now[record_id] = as_asked(recipe)

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        mine = self._now.get(record_id)
        if mine is not None:
            return mine != as_asked(recipe)
        return self._store.taken(record_id, recipe)
