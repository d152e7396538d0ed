"""What a person can ask of the queue: stop, go on, move, make again, clear away and bring back."""

from collections.abc import Callable, Sequence

from maquette.core.job import ACTIVE, Job, JobState
from maquette.core.job_change import Cleared
from maquette.core.recipe import Recipe
from maquette.engine.queue import JobQueue
from maquette.state.jobs import JobList, Jobs
from maquette.state.notices import NextStep, Notices
from maquette.state.results import Results
from maquette.state.tasks import Tasks


class QueueCommands:
    """Intents. Each returns at once; what happens is seen in the jobs, errors in the notices."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        queue: JobQueue,
        results: Results,
        notices: Notices,
        tasks: Tasks,
        lay_out: Callable[[Recipe], None],
    ) -> None:
        self._jobs = jobs
        self._queue = queue
        self._results = results
        self._notices = notices
        self._tasks = tasks
        self._lay_out = lay_out
        self._cleared: list[tuple[Cleared, tuple[str, ...]]] = []  # with what waited before
        jobs.list.changed.connect(self._opened)
        jobs.list.changed.connect(self._switched)

    # --- stop and go on -------------------------------------------------------------------------

    def cancel(self, ids: Sequence[str]) -> None:
        """Stop or drop these jobs."""
        if ids:
            self._jobs.mark_cancelling(*ids)
            self._tasks.start(self._queue.cancel(ids))

    def cancel_running(self) -> None:
        """Stop what is being made now."""
        self.cancel([job.id for job in self._all if job.state in ACTIVE and self._is_ours(job)])

    def cancel_all(self) -> None:
        """Stop and drop everything that this program has or would take."""
        self._jobs.mark_cancelling(*(job.id for job in self._all if job.state in ACTIVE))
        self._tasks.start(self._queue.cancel_all())

    def pause(self) -> None:
        """Begin nothing new; what is being made comes to its end."""
        self._tasks.start(self._queue.pause())

    def resume(self) -> None:
        """Go on with what waits."""
        self._tasks.start(self._queue.resume())

    def turn_pause(self) -> None:
        """Pause, or go on."""
        if self._jobs.list.value.paused:
            self.resume()
        else:
            self.pause()

    # --- order ----------------------------------------------------------------------------------

    def move(self, ids: Sequence[str], before: str | None) -> None:
        """Put jobs that wait before the job `before`; None is the end."""
        if ids:
            self._tasks.start(self._queue.move(ids, before))

    def run_next(self, ids: Sequence[str]) -> None:
        """Put jobs that wait before all others."""
        if ids:
            self._tasks.start(self._queue.run_next(ids))

    # --- once more ------------------------------------------------------------------------------

    def retry(self, ids: Sequence[str], *, release: bool = False) -> None:
        """Queue unfinished jobs again; with `release`, those that were set aside too."""
        if ids:
            self._results.follow()
            self._tasks.start(self._queue.retry(ids, release=release))

    def retry_failed(self) -> None:
        """Queue all that failed or was interrupted again."""
        failed = (JobState.FAILED, JobState.INTERRUPTED)
        self.retry([job.id for job in self._all if job.state in failed])

    def skip(self, ids: Sequence[str]) -> None:
        """Give interrupted jobs, and those that were set aside, up."""
        if ids:
            self._tasks.start(self._queue.skip(ids))

    def duplicate(self, job_id: str) -> None:
        """Lay the recipe of a job out in the panel, to be changed and queued as a new one."""
        job = self._jobs.find(job_id)
        if job is not None:
            self._lay_out(job.recipe)

    # --- clearing -------------------------------------------------------------------------------

    def clear_finished(self) -> None:
        """Take what has ended off the list; a notice offers to bring it back."""
        self._tasks.start(self._clear(()))

    def clear_queue(self) -> None:
        """Take everything off the list, what waits as well; a notice offers to bring it back."""
        given_up = tuple(
            job.id
            for job in self._all
            if job.state in (JobState.QUEUED, JobState.INTERRUPTED, JobState.QUARANTINED)
            and self._is_ours(job)
        )
        self._tasks.start(self._clear(given_up))

    def undo_clear(self) -> None:
        """Bring back what was cleared away last, and queue again what waited."""
        if self._cleared:
            self._tasks.start(self._bring_back(*self._cleared.pop()))

    async def _clear(self, given_up: tuple[str, ...]) -> None:
        if given_up:
            await self._queue.cancel(given_up)
            await self._queue.skip(given_up)
        cleared = await self._queue.clear()
        number = len(cleared.jobs)
        if number:
            self._cleared.append((cleared, given_up))
            self._notices.inform(
                "One job was cleared away; its picture, if it was made, stays."
                if number == 1
                else f"{number:,} jobs were cleared away; the pictures that were made stay.",
                step=NextStep.UNDO_CLEAR,
            )

    async def _bring_back(self, cleared: Cleared, given_up: tuple[str, ...]) -> None:
        await self._queue.restore(cleared)
        if given_up:
            await self._queue.retry(given_up, release=True)

    # --- after an unclean end -------------------------------------------------------------------

    def go_on(self) -> None:
        """Make what was interrupted again, and go on with what waits."""
        interrupted = [job.id for job in self._all if job.state is JobState.INTERRUPTED]
        self._tasks.start(self._go_on(interrupted))

    async def _go_on(self, interrupted: Sequence[str]) -> None:
        if interrupted:
            await self._queue.retry(interrupted)
        await self._queue.resume()

    def _opened(self, value: JobList, fields: frozenset[str]) -> None:
        """Tell what an earlier program left, once: when the queue was read for the first time."""
        if "owner" not in fields or not value.owner:
            return
        interrupted = sum(job.state is JobState.INTERRUPTED for job in value.jobs)
        waiting = sum(job.state is JobState.QUEUED and self._is_ours(job) for job in value.jobs)
        if interrupted and value.paused:
            self._notices.inform(
                "Maquette was not closed properly: the queue is paused, with "
                f"{interrupted:,} interrupted and {waiting:,} waiting.",
                step=NextStep.RESUME_QUEUE,
                other=NextStep.CLEAR_QUEUE,
            )
        elif waiting and value.paused:
            self._notices.inform(
                f"The queue is paused, with {waiting:,} waiting.",
                step=NextStep.RESUME_QUEUE,
                other=NextStep.CLEAR_QUEUE,
            )

    def _switched(self, value: JobList, fields: frozenset[str]) -> None:
        """Take the notice away that offers to go on, once the queue goes on, whoever said so."""
        notice = self._notices.value.notice
        offers = notice is not None and notice.step is NextStep.RESUME_QUEUE
        if "paused" in fields and not value.paused and offers:
            self._notices.dismiss()

    # --- helpers --------------------------------------------------------------------------------

    @property
    def _all(self) -> tuple[Job, ...]:
        return self._jobs.list.value.jobs

    def _is_ours(self, job: Job) -> bool:
        """Whether this program has the job, or will take it."""
        return job.owner in ("", self._jobs.list.value.owner)
