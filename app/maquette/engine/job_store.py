"""JobStore: where the queue keeps its jobs, so that they outlive the program."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from maquette.core.job import Job, JobState
from maquette.core.job_change import Change, Claim, Cleared, Role
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import Record
from maquette.core.start import Start, Starts


class JobStore(Protocol):
    """A queue that several programs share; each is an owner.

    All methods block and belong in threads, one at a time. All raise LibraryError when the queue
    cannot be read or written; nothing is changed then.
    """

    @property
    def owner(self) -> str:
        """Our name among the owners; "" before `enter`."""
        ...

    def enter(self, role: Role) -> Change:
        """Open the queue, become an owner, recover what dead owners left; returns every job."""
        ...

    def leave(self) -> None:
        """Put what we did not finish back for others, cease to be an owner, close the queue."""
        ...

    def look(self) -> Change | None:
        """What other programs changed since the last look, None when nothing; cheap."""
        ...

    def tend(self) -> Change | None:
        """Tell that we live, and recover what dead owners left."""
        ...

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a listed job of another recipe than `recipe` has the record id."""
        ...

    def add(
        self,
        jobs: Sequence[Job],
        start: Starts,
        images: Mapping[str, Pixels] | None = None,
        *,
        first: bool,
    ) -> Change:
        """Add jobs of one group, all or none, behind all others or before all that wait.

        `images` are what their recipes name beside start images, by digest. Raises RecipeError
        if one is missing.
        """
        ...

    def add_try(self, before: str, job: Job) -> Change:
        """Queue `job`, the next try after the job `before`, ahead of all that wait.

        Nothing happens where another program did so already.
        """
        ...

    def claim(self) -> Claim | None:
        """Take the next job that is ours to run; nobody else gets it."""
        ...

    def release(self, job_id: str) -> Change:
        """Put a job that was claimed and not begun back to where it was."""
        ...

    def note_started(self, job_id: str) -> None:
        """The worker has begun with a job of ours."""
        ...

    def note_saving(self, job_id: str, record: Record, file_sha256: str, file_bytes: int) -> bool:
        """The file of a job of ours is about to be saved; whether it still is ours."""
        ...

    def end(self, job: Job) -> Change:
        """Keep how a job of ours ended; returns it as it stands, which may be another's by now."""
        ...

    def cancel(self, ids: Sequence[str]) -> Change:
        """Cancel jobs that wait; ask the programs that run the others to cancel them."""
        ...

    def retry(self, ids: Sequence[str], *, release: bool) -> Change:
        """Queue jobs again that were not finished; quarantined ones only with `release`."""
        ...

    def skip(self, ids: Sequence[str]) -> Change:
        """Make interrupted jobs cancelled ones."""
        ...

    def set_back(self, ids: Sequence[str], message: str) -> Change:
        """Make waiting jobs of ours interrupted ones, which nobody takes unasked."""
        ...

    def of_group(self, beginning: str) -> tuple[Job, ...]:
        """The jobs of the newest group whose id begins so, cleared ones as well, in order."""
        ...

    def adopt(self, ids: Sequence[str]) -> Change:
        """Make waiting jobs that belong to nobody ours."""
        ...

    def move(self, ids: Sequence[str], before: str | None) -> Change:
        """Put waiting jobs, in the order given, before another one or at the end (None)."""
        ...

    def run_next(self, ids: Sequence[str]) -> Change:
        """Put waiting jobs, in the order given, before all others that wait."""
        ...

    def clear(self, states: frozenset[JobState]) -> tuple[Cleared, Change]:
        """Take ended jobs in one of `states` off the list."""
        ...

    def restore(self, cleared: Cleared) -> Change:
        """Put what was cleared away back."""
        ...

    def pause(self, paused: bool) -> Change:
        """Set the switch that windows obey."""
        ...

    def start_of(self, job_id: str) -> Start | None:
        """What a job starts from, if anything. Raises ImageError if it is damaged."""
        ...

    def images_of(self, job_id: str) -> dict[str, Pixels]:
        """What the recipe of a job names beside its start image, by digest.

        Raises ImageError if one is damaged.
        """
        ...
