"""JobBook: the jobs of a store as this program knows them, and the one way to change them."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import msgspec

from maquette.core.errors import LibraryError
from maquette.core.job import Job
from maquette.core.job_change import Change, Role
from maquette.core.pixels import Pixels
from maquette.engine.job_list import JobList
from maquette.engine.job_store import JobStore

_LOOK = 1.0  # seconds between looks at what other programs changed
_TEND = 5  # looks between signs of life

_log = logging.getLogger(__name__)

T = TypeVar("T")
OnChange = Callable[[tuple[Job, ...]], None]
OnPreview = Callable[[str, Pixels], None]


class JobBook:
    """Asks the store one thing at a time, in threads, and knows what came of each before the next.

    `held` are jobs in our hands, which are known better here than in the store, and `wanting` ended
    ones whose next try is still to be queued. All methods belong to the event loop's thread; those
    that ask the store may raise LibraryError.
    """

    def __init__(self, store: JobStore, role: Role) -> None:
        self.store = store
        self.role = role
        self.held: set[str] = set()
        self.paused = False
        self.problem = ""
        self._jobs = JobList()
        self._unwritten: dict[str, Job] = {}  # ended, but the store could not be told
        self._listeners: list[tuple[OnChange, OnPreview | None]] = []
        self._followers: list[Callable[[frozenset[str]], None]] = []
        self._turn = asyncio.Lock()
        self._at_work: set[asyncio.Future[Any]] = set()
        self._opening: asyncio.Future[None] | None = None
        self.wanting: set[str] = set()
        self._closed = False
        self._keeper: asyncio.Future[None] | None = None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All listed jobs, in the order of the queue."""
        return self._jobs.all

    def find(self, job_id: str) -> Job | None:
        """The job, or None if it is not listed."""
        return self._jobs.get(job_id)

    def is_ours(self, job: Job) -> bool:
        """Whether this program runs the job, or may."""
        return job.owner == self.store.owner or (not job.owner and self.role is Role.WINDOW)

    def subscribe(self, on_change: OnChange, on_preview: OnPreview | None) -> Callable[[], None]:
        """See JobQueue.subscribe."""
        listener = (on_change, on_preview)
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def follow(self, follower: Callable[[frozenset[str]], None]) -> None:
        """Call `follower` after each answer of the store, before anybody else is told.

        It is given the ids of held jobs that other programs want cancelled.
        """
        self._followers.append(follower)

    # --- open and closed ------------------------------------------------------------------------

    async def open(self) -> None:
        """Read the store and take part in it. May be called again, but not after `close`."""
        if self._closed:
            raise LibraryError("The queue is closed; please start Maquette again.")
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
        """Let go of the store, after everything that was asked of it."""
        self._closed = True
        opening, self._opening = self._opening, None
        if opening is not None:
            await asyncio.gather(opening, return_exceptions=True)
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        while self._at_work:
            await asyncio.gather(*self._at_work, return_exceptions=True)
        with contextlib.suppress(LibraryError):
            await self._write_rest()
        try:
            await asyncio.to_thread(self.store.leave)
        except LibraryError as error:
            _log.error("the queue could not be left in order: %s", error.detail)

    async def _enter(self) -> None:
        try:
            change = await asyncio.to_thread(self.store.enter, self.role)
        except LibraryError as error:
            self._show_problem(error)
            raise
        self._show_problem(None)
        self.take(change)
        self._keeper = asyncio.ensure_future(self._keep_up())

    async def _keep_up(self) -> None:
        """Follow what other programs do, and show them that we live."""
        looks = 0
        while True:
            await asyncio.sleep(_LOOK)
            looks += 1
            with contextlib.suppress(LibraryError):
                await self._write_rest()
                await self.ask(self.store.look, self._take_if_any, writes=False)
                if looks % _TEND == 0:
                    await self.ask(self.store.tend, self._take_if_any)

    # --- the store ------------------------------------------------------------------------------

    async def change(self, work: Callable[[], Change]) -> Change:
        """Have the store change something, and make known what is different."""
        return await self.ask(work, self.take)

    async def ask(
        self, work: Callable[[], T], took: Callable[[T], None], *, writes: bool = True
    ) -> T:
        """Run `work` in a thread and `took` with what came of it, even if this task is cancelled.

        What one question brought is known here before the next is asked. One that `writes` shows
        that there is no problem any more.
        """

        async def in_turn() -> T:
            async with self._turn:
                try:
                    answer = await asyncio.to_thread(work)
                except LibraryError as error:
                    self._show_problem(error)
                    raise
                if writes:
                    self._show_problem(None)
                took(answer)
                return answer

        return await asyncio.shield(self._begin(in_turn()))

    def note(self, work: Callable[[], None]) -> None:
        """Tell the store something that nobody waits for."""
        self._begin(self._try_to_note(work))

    async def end(self, job: Job, let_go: Callable[[], None]) -> None:
        """Keep how a held job ended, in the store first; `let_go` is called before it is told."""

        def took(change: Change) -> None:
            let_go()
            self.take(change)

        try:
            await self.ask(lambda: self.store.end(job), took)
        except LibraryError:  # its picture is safe; the store is told as soon as it listens
            let_go()
            self._unwritten[job.id] = job
            self.put(job)

    def take(self, change: Change) -> None:
        """Make known what the store tells."""
        told = change.jobs
        if self.held or self._unwritten:
            told = tuple(map(self._merged, told))
        for job in told:
            (self.wanting.add if job.wanting else self.wanting.discard)(job.id)
        self._jobs.put(told)
        self._jobs.drop(change.gone)
        self.wanting.difference_update(change.gone)
        switched, self.paused = change.paused is not self.paused, change.paused
        for follower in self._followers:
            follower(change.wishes)
        if told:
            self._tell(told)
        if switched or change.gone:
            self._tell(())

    def _merged(self, job: Job) -> Job:
        """`job` as the store has it, but for what is known better here."""
        if job.id in self.held or job.id in self._unwritten:
            known = self._jobs.get(job.id)
            return job if known is None else msgspec.structs.replace(known, position=job.position)
        return job

    def _take_if_any(self, change: Change | None) -> None:
        if change is not None:
            self.take(change)

    async def _write_rest(self) -> None:
        """Tell the store what it could not be told before."""
        for job in tuple(self._unwritten.values()):
            await self.ask(lambda job=job: self.store.end(job), self.take)
            del self._unwritten[job.id]

    async def _try_to_note(self, work: Callable[[], None]) -> None:
        with contextlib.suppress(LibraryError):
            await self.ask(work, lambda _none: None)

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

    # --- telling --------------------------------------------------------------------------------

    def put(self, job: Job) -> None:
        """Show `job` as it is now, without asking the store."""
        self._jobs.put((job,))
        self._tell((job,))

    def update(self, job_id: str, **changes: object) -> None:
        """Show a job with the fields that changed, without asking the store."""
        known = self._jobs.get(job_id)
        if known is not None:
            self.put(msgspec.structs.replace(known, **changes))

    def show_preview(self, job_id: str, preview: Pixels) -> None:
        """Pass a preview on."""
        for _on_change, on_preview in tuple(self._listeners):
            if on_preview:
                on_preview(job_id, preview)

    def _show_problem(self, error: LibraryError | None) -> None:
        problem = error.message if error else ""
        if problem != self.problem:
            if error is not None:
                _log.warning("%s (%s)", error.message, error.detail)
            self.problem = problem
            self._tell(())

    def _tell(self, jobs: tuple[Job, ...]) -> None:
        for on_change, _on_preview in tuple(self._listeners):
            on_change(jobs)
