"""The queue: what can be asked of jobs, which outlive the program and are shared with others."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from maquette.core.job import ENDED, Job, JobState, Order
from maquette.core.job_change import Change, Cleared, Role
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import as_asked
from maquette.core.record_ids import Register, free_record_id
from maquette.core.start import Start, Starts
from maquette.core.tries import best_score, next_recipe
from maquette.engine.client import EngineClient
from maquette.engine.job_book import JobBook, OnChange, OnPreview
from maquette.engine.job_runner import JobRunner, Save
from maquette.engine.job_store import JobStore
from maquette.engine.pending import cleaned

NameRecord = Callable[[Recipe, Register], str]

_DEFAULT_ORDER = Order()


class JobQueue:
    """Runs the jobs of a store in order through one client.

    Every change is in the store before it is shown. All methods belong to the event loop's thread;
    those that are awaited may raise LibraryError, when the store cannot be read or written.
    """

    def __init__(
        self,
        client: EngineClient,
        save: Save,
        store: JobStore,
        name_record: NameRecord = free_record_id,
        role: Role = Role.WINDOW,
    ) -> None:
        """`save` writes a finished picture and returns its path; it may raise SaveError.

        `name_record` gives a recipe the id of its record, one that the register it is handed does
        not know for another recipe; a library knows of more that are taken. It is called in
        threads.
        """
        self._name_record = name_record
        self._store = store
        self._book = JobBook(store, role)
        self._runner = JobRunner(client, save, self._book, self._next_try)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs that were not cleared away, of all programs, in the order of the queue."""
        return self._book.jobs

    @property
    def owner(self) -> str:
        """Our name in `Job.owner`; "" before the queue is open."""
        return self._store.owner

    @property
    def paused(self) -> bool:
        """Whether nothing new is begun. Holds for all windows of one library."""
        return self._book.paused

    @property
    def problem(self) -> str:
        """One sentence while the store cannot be read or written, else ""."""
        return self._book.problem

    def find(self, job_id: str) -> Job | None:
        """The job, or None if it is not listed."""
        return self._book.find(job_id)

    # --- open and closed ------------------------------------------------------------------------

    async def open(self) -> None:
        """Read the queue and take part in it. May be called again; all else calls it."""
        await self._book.open()

    async def run(self) -> None:
        """Run jobs until cancelled; the jobs on their way go back to wait then."""
        await self._runner.run()

    async def close(self) -> None:
        """Let go of the queue: what waits is left to others. `run` must have ended."""
        await self._book.close()

    # --- what can be asked for ------------------------------------------------------------------

    async def submit(
        self,
        recipes: Sequence[Recipe],
        *,
        start: Starts = None,
        images: Mapping[str, Pixels] | None = None,
        order: Order = _DEFAULT_ORDER,
        group_name: str = "",
        group: str = "",
        first: bool = False,
    ) -> tuple[Job, ...]:
        """Queue `recipes` as one group, all or none; they are safe when this returns.

        Args:
            start: the start image of those that have one, or several by digest.
            images: RGB pixels of sketches, weight maps and locked regions by digest; those that a
                job in the queue has need not be given.
            order: how they are made and saved.
            group_name: what people call them, "" for no batch.
            group: the group's id, one that there is not yet; "" for a random one.
            first: before all that wait, instead of behind.

        Raises:
            RecipeError: an image is missing, or not of the recipe's size.
        """
        if not recipes:
            return ()
        await self._book.open()
        jobs = await asyncio.to_thread(self._draw_up, tuple(recipes), order, group_name, group)
        added = await self._change(lambda: self._store.add(jobs, start, images, first=first))
        own = {job.id for job in jobs}
        return tuple(job for job in added if job.id in own)

    async def cancel(self, ids: Iterable[str]) -> None:
        """Cancel jobs that have not ended; those of other programs end when these see it."""
        wanted = tuple(ids)
        self._runner.mark_cancelling(wanted)
        waiting = [job_id for job_id in wanted if job_id not in self._book.held]
        try:
            if waiting:
                await self._change(lambda: self._store.cancel(waiting))
        finally:
            for job_id in reversed(wanted):  # the last first, so that none starts meanwhile
                self._runner.cancel(job_id)

    async def cancel_all(self) -> None:
        """Cancel every job of ours that has not ended, in a window those of nobody as well."""
        await self.cancel(
            job.id for job in self.jobs if job.state not in ENDED and self._book.is_ours(job)
        )

    async def retry(self, ids: Iterable[str], *, release: bool = False) -> tuple[Job, ...]:
        """Queue failed, cancelled and interrupted jobs again, under their ids; returns them.

        Interrupted ones keep their place, others go to the end. Quarantined ones are run only with
        `release`, which forgets the workers that they brought down.
        """
        wanted = tuple(ids)
        return await self._change(lambda: self._store.retry(wanted, release=release))

    async def skip(self, ids: Iterable[str]) -> None:
        """Give interrupted and quarantined jobs up: they are cancelled."""
        wanted = tuple(ids)
        await self._change(lambda: self._store.skip(wanted))

    async def set_back(self, ids: Iterable[str], message: str) -> None:
        """Make waiting jobs of ours interrupted ones, which no program takes unasked.

        Args:
            message: one sentence that says why.
        """
        wanted = tuple(ids)
        await self._change(lambda: self._store.set_back(wanted, message))

    async def of_group(self, beginning: str) -> tuple[Job, ...]:
        """The jobs of the newest group whose id begins so, in order; cleared ones for a day."""
        await self._book.open()
        return await self._book.ask(
            lambda: self._store.of_group(beginning), lambda _jobs: None, writes=False
        )

    async def adopt(self, ids: Iterable[str]) -> tuple[Job, ...]:
        """Make jobs that wait and belong to nobody ours, so that a command line runs them too."""
        wanted = tuple(ids)
        return await self._change(lambda: self._store.adopt(wanted))

    async def move(self, ids: Iterable[str], before: str | None) -> None:
        """Put jobs that wait, in the order given, before the job `before`; None is the end."""
        wanted = tuple(ids)
        await self._change(lambda: self._store.move(wanted, before))

    async def run_next(self, ids: Iterable[str]) -> None:
        """Put jobs that wait, in the order given, before all others that wait."""
        wanted = tuple(ids)
        await self._change(lambda: self._store.run_next(wanted))

    async def clear(self, states: frozenset[JobState] = ENDED) -> Cleared:
        """Take ended jobs in one of `states` off the list; `restore` brings them back."""
        await self._book.open()
        cleared, _change = await self._book.ask(
            lambda: self._store.clear(states & ENDED), lambda answer: self._book.take(answer[1])
        )
        return cleared

    async def restore(self, cleared: Cleared) -> None:
        """Bring back what `clear` took."""
        await self._change(lambda: self._store.restore(cleared))

    async def pause(self) -> None:
        """Begin nothing new; what runs comes to its end."""
        await self._change(lambda: self._store.pause(True))

    async def resume(self) -> None:
        """Go on."""
        await self._change(lambda: self._store.pause(False))

    async def start_of(self, job_id: str) -> Start | None:
        """What a listed job starts from, if anything. Raises ImageError if it is damaged."""
        await self._book.open()
        return await self._book.ask(
            lambda: self._store.start_of(job_id), lambda _start: None, writes=False
        )

    async def images_of(self, job_id: str) -> dict[str, Pixels]:
        """What the recipe of a listed job names beside its start image, by digest.

        Raises ImageError if one is damaged.
        """
        await self._book.open()
        return await self._book.ask(
            lambda: self._store.images_of(job_id), lambda _images: None, writes=False
        )

    def subscribe(
        self, on_change: OnChange, on_preview: OnPreview | None = None
    ) -> Callable[[], None]:
        """Tell of every change, and of previews as (job id, pixels).

        `on_change` is called once per change with all jobs that are new or different, and with ()
        when jobs were cleared away, or `paused` or `problem` is another.
        """
        return self._book.subscribe(on_change, on_preview)

    async def wait(self, job_ids: Iterable[str]) -> tuple[Job, ...]:
        """Wait until the jobs have ended (or were cleared away); return those that are known.

        Where jobs are tried again, the tries are waited for as well, and returned behind them.
        """
        wanted = dict.fromkeys(job_ids)
        changed = asyncio.Event()
        tries: dict[str, str] = {}  # later try to first

        def note(jobs: tuple[Job, ...]) -> None:
            tries.update((job.id, job.first) for job in jobs if job.first in wanted)
            changed.set()

        unsubscribe = self.subscribe(note)
        note(self.jobs)
        left = set(wanted)
        try:
            while left := {name for name in left.union(tries) if self._is_open(name)}:
                changed.clear()
                await changed.wait()
        finally:
            unsubscribe()
        return tuple(job for job in map(self.find, (*wanted, *tries)) if job is not None)

    async def _change(self, work: Callable[[], Change]) -> tuple[Job, ...]:
        await self._book.open()
        return (await self._book.change(work)).jobs

    def _is_open(self, job_id: str) -> bool:
        job = self.find(job_id)
        return job is not None and (job.state not in ENDED or job.wanting)

    def _next_try(self, job: Job) -> Job:
        """The job that follows one that fell short, not queued yet. Blocks."""
        recipe = next_recipe(job.recipe)
        return Job(
            id=secrets.token_hex(8),
            record_id=self._name_record(recipe, _Given(self._store)),
            group=job.group,
            recipe=recipe,
            total=recipe.steps,
            created=time.time(),
            group_name=job.group_name,
            order=job.order,
            attempt=job.attempt + 1,
            first=job.first or job.id,
            best=best_score(job),
        )

    def _draw_up(
        self, recipes: Sequence[Recipe], order: Order, group_name: str, group: str
    ) -> tuple[Job, ...]:
        given = _Given(self._store)
        group = group or secrets.token_hex(8)
        now = time.time()
        jobs = []
        for asked in recipes:
            recipe = cleaned(asked)
            record_id = self._name_record(recipe, given)
            given.note(record_id, recipe)
            job = Job(
                id=secrets.token_hex(8),
                record_id=record_id,
                group=group,
                recipe=recipe,
                total=recipe.steps,
                created=now,
                group_name=group_name,
                order=order,
            )
            jobs.append(job)
        return tuple(jobs)


class _Given:
    """Which record ids the queue has given: to listed jobs, and to those about to be."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        self._now: dict[str, Recipe] = {}

    def note(self, record_id: str, recipe: Recipe) -> None:
        self._now[record_id] = as_asked(recipe)

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """See core.record_ids.Register."""
        mine = self._now.get(record_id)
        if mine is not None:
            return mine != as_asked(recipe)
        return self._store.taken(record_id, recipe)
