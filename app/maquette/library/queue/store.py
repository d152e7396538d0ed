"""QueueStore: the jobs of all programs in one SQLite file. Blocking; threads may share it."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from maquette.core.errors import ImageError
from maquette.core.job import Job, JobState
from maquette.core.job_change import Change, Claim, Cleared, Role
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import Record
from maquette.core.start import Start, Starts
from maquette.core.tries import falls_short
from maquette.library.queue import requests
from maquette.library.queue.file import QueueFile, is_paused
from maquette.library.queue.images import add_images, read_images
from maquette.library.queue.owners import Owner, Roll, this_program
from maquette.library.queue.positions import place_first, place_last
from maquette.library.queue.recovery import (
    FindSaved,
    Loss,
    find_loss,
    nothing_saved,
    recover,
    sign,
)
from maquette.library.queue.rows import INSERT, Saving, jobs_where, text
from maquette.library.queue.starts import add_starts, read_start
from maquette.library.queue.tidying import tidy_up
from maquette.library.queue.tries import add_try
from maquette.library.record_ids import same_recipe


class QueueStore:
    """The engine's JobStore. Several threads and several programs may use the file at once.

    Every method may raise LibraryError: the file cannot be read or written, and is as it was.
    """

    def __init__(
        self, path: Path, find_saved: FindSaved = nothing_saved, roll: Roll | None = None
    ) -> None:
        """`find_saved` tells whether the picture of a job that was being saved is there."""
        self._file = QueueFile(path)
        self._find_saved = find_saved
        self._roll = roll or Roll()
        self._me: Owner | None = None

    @property
    def owner(self) -> str:
        """Our name among the owners; "" before `enter`."""
        return self._file.owner

    # --- coming and going -----------------------------------------------------------------------

    def enter(self, role: Role) -> Change:
        """Open the queue, become an owner, recover what dead owners left; returns every job."""
        self._file.open()
        me = this_program(role)
        loss = self._find_loss()
        with self._file.changing() as (connection, number):
            if loss is not None:
                recover(connection, number, loss)
            tidy_up(connection, number)
            sign(connection, me)
        self._me, self._file.owner = me, me.id
        return self._file.everything()

    def leave(self) -> None:
        """Put what we did not finish back for others, cease to be an owner, close the queue."""
        if not self._file.is_open:
            return
        try:
            with self._file.changing() as (connection, number):
                connection.execute(
                    "UPDATE jobs SET owner = '', claimed = 0, wish = 0, state = 'queued',"
                    " changed = ? WHERE owner = ? AND state IN ('queued', 'running')",
                    (number, self.owner),
                )
                connection.execute(
                    "UPDATE jobs SET owner = '', changed = ? WHERE owner = ? AND wanting = 1",
                    (number, self.owner),
                )
                connection.execute("DELETE FROM owners WHERE id = ?", (self.owner,))
        finally:
            self._file.close()
            self._me = None

    def look(self) -> Change | None:
        """What other programs changed since the last look, None when nothing; cheap."""
        return self._file.news()

    def tend(self) -> Change | None:
        """Tell that we live, and recover what dead owners left."""
        with self._file.reading() as connection:
            # A sign of life need not outlive a power cut.
            connection.execute("PRAGMA synchronous = NORMAL")
            try:
                if self._me is not None:
                    sign(connection, self._me)
            finally:
                connection.execute("PRAGMA synchronous = FULL")
        loss = self._find_loss()
        if loss is None:
            return None
        with self._file.changing() as (connection, number):
            recover(connection, number, loss)
        return self._file.changed(number)

    # --- jobs come ------------------------------------------------------------------------------

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a listed job of another recipe than `recipe` has the record id."""
        with self._file.reading() as connection:
            jobs = jobs_where(connection, "record_id = ? AND cleared = 0", record_id)
        return any(not same_recipe(job.recipe, recipe) for job in jobs)

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
        group = jobs[0]
        with self._file.changing() as (connection, number):
            connection.execute(
                "INSERT INTO groups (id, name, job_order) VALUES (?, ?, ?)",
                (group.group, group.group_name, text(group.order)),
            )
            names = add_starts(connection, jobs, start)
            places = (
                place_first(connection, len(jobs), number)
                if first
                else place_last(connection, len(jobs))
            )
            connection.executemany(
                INSERT,
                (
                    (
                        job.id,
                        job.record_id,
                        job.group,
                        text(job.recipe),
                        JobState.QUEUED,
                        position,
                        self.owner,
                        names.get(job.recipe.start.digest) if job.recipe.start else None,
                        job.created,
                        number,
                    )
                    for position, job in zip(places, jobs, strict=True)
                ),
            )
            add_images(connection, jobs, images or {})
        return self._file.changed(number)

    def of_group(self, beginning: str) -> tuple[Job, ...]:
        """The jobs of the newest group whose id begins so, cleared ones as well, in order."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT group_id FROM jobs WHERE substr(group_id, 1, ?) = ?"
                " ORDER BY created DESC LIMIT 1",
                (len(beginning), beginning),
            ).fetchone()
            return jobs_where(connection, "group_id = ?", row[0]) if row else ()

    def add_try(self, before: str, job: Job) -> Change:
        """Queue `job`, the next try after the job `before`, ahead of all that wait.

        Nothing happens where another program did so already.
        """
        with self._file.changing() as (connection, number):
            add_try(connection, number, before, job, self.owner)
        return self._file.changed(number)

    def start_of(self, job_id: str) -> Start | None:
        """What a job starts from, if anything. Raises ImageError if it is damaged."""
        with self._file.reading() as connection:
            return read_start(connection, job_id)

    def images_of(self, job_id: str) -> dict[str, Pixels]:
        """What the recipe of a job names beside its start image, by digest.

        Raises ImageError if one is damaged.
        """
        with self._file.reading() as connection:
            jobs = jobs_where(connection, "jobs.id = ?", job_id)
            return read_images(connection, jobs[0].recipe) if jobs else {}

    # --- jobs run -------------------------------------------------------------------------------

    def claim(self) -> Claim | None:
        """Take the next job that is ours to run; nobody else gets it."""
        with self._file.changing() as (connection, number):
            whose = "owner = ?"
            if self._me is not None and self._me.role == Role.WINDOW:
                if is_paused(connection):
                    return None
                whose = "owner IN (?, '')"
            row = connection.execute(
                "UPDATE jobs SET claimed = 1, wish = 0, saving = '', owner = ?, changed = ?"
                " WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND claimed = 0"
                f" AND cleared = 0 AND {whose} ORDER BY position LIMIT 1) RETURNING id",
                (self.owner, number, self.owner),
            ).fetchone()
        if row is None:
            return None
        jobs = self._file.job(row[0]).jobs
        if not jobs:
            return None
        try:
            return Claim(jobs[0], self.start_of(row[0]), self.images_of(row[0]))
        except ImageError as error:  # the job is ours by now, and is to end
            return Claim(jobs[0], problem=error.message)

    def release(self, job_id: str) -> Change:
        """Put a job that was claimed and not begun back to where it was."""
        with self._file.changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = 'queued', claimed = 0, wish = 0, saving = '', changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1",
                (number, job_id, self.owner),
            )
        return self._file.job(job_id)

    def note_started(self, job_id: str) -> None:
        """The worker has begun with a job of ours."""
        with self._file.changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = 'running', changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1 AND state = 'queued'",
                (number, job_id, self.owner),
            )

    def note_saving(self, job_id: str, record: Record, file_sha256: str, file_bytes: int) -> bool:
        """The file of a job of ours is about to be saved; whether it still is ours."""
        with self._file.changing() as (connection, number):
            noted = connection.execute(
                "UPDATE jobs SET state = 'saving', saving = ?, changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1",
                (text(Saving(record, file_sha256, file_bytes)), number, job_id, self.owner),
            )
        return noted.rowcount > 0

    def end(self, job: Job) -> Change:
        """Keep how a job of ours ended; returns it as it stands, which may be another's by now."""
        with self._file.changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = ?, claimed = 0, wish = 0, saving = '', recipe = ?,"
                " message = ?, detail = ?, path = ?, notices = ?, seconds = ?, deaths = ?,"
                " ended = ?, ended_by = ?, fidelity = ?, wanting = ?, changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1",
                (
                    job.state,
                    text(job.recipe),
                    job.message,
                    job.detail,
                    job.path,
                    text(job.notices),
                    job.seconds,
                    job.deaths,
                    time.time(),
                    self._me.role if self._me is not None else "",
                    text(job.fidelity) if job.fidelity else "",
                    falls_short(job),
                    number,
                    job.id,
                    self.owner,
                ),
            )
        return self._file.job(job.id)

    # --- what people ask for --------------------------------------------------------------------

    def cancel(self, ids: Sequence[str]) -> Change:
        """Cancel jobs that wait; ask the programs that run the others to cancel them."""
        with self._file.changing() as (connection, number):
            requests.cancel(connection, number, ids)
        return self._file.changed(number)

    def retry(self, ids: Sequence[str], *, release: bool) -> Change:
        """Queue jobs again that were not finished; quarantined ones only with `release`."""
        with self._file.changing() as (connection, number):
            requests.retry(connection, number, ids, self.owner, release=release)
        return self._file.changed(number)

    def skip(self, ids: Sequence[str]) -> Change:
        """Make interrupted and quarantined jobs cancelled ones."""
        with self._file.changing() as (connection, number):
            requests.skip(connection, number, ids)
        return self._file.changed(number)

    def set_back(self, ids: Sequence[str], message: str) -> Change:
        """Make waiting jobs of ours interrupted ones, which nobody takes unasked."""
        with self._file.changing() as (connection, number):
            requests.set_back(connection, number, ids, self.owner, message)
        return self._file.changed(number)

    def adopt(self, ids: Sequence[str]) -> Change:
        """Make waiting jobs that belong to nobody ours."""
        with self._file.changing() as (connection, number):
            requests.adopt(connection, number, ids, self.owner)
        return self._file.changed(number)

    def move(self, ids: Sequence[str], before: str | None) -> Change:
        """Put waiting jobs, in the order given, before another one or at the end (None)."""
        with self._file.changing() as (connection, number):
            requests.move(connection, number, ids, before)
        return self._file.changed(number)

    def run_next(self, ids: Sequence[str]) -> Change:
        """Put waiting jobs, in the order given, before all others that wait."""
        with self._file.changing() as (connection, number):
            requests.run_next(connection, number, ids)
        return self._file.changed(number)

    def clear(self, states: frozenset[JobState]) -> tuple[Cleared, Change]:
        """Take ended jobs in one of `states` off the list."""
        with self._file.changing() as (connection, number):
            cleared = Cleared(requests.clear(connection, number, states))
        return cleared, self._file.changed(number)

    def restore(self, cleared: Cleared) -> Change:
        """Put what was cleared away back."""
        with self._file.changing() as (connection, number):
            requests.restore(connection, number, cleared.jobs)
        return self._file.changed(number)

    def pause(self, paused: bool) -> Change:
        """Set the switch that windows obey."""
        with self._file.changing() as (connection, number):
            connection.execute("UPDATE switches SET value = ? WHERE name = 'paused'", (paused,))
        return self._file.changed(number)

    def _find_loss(self) -> Loss | None:
        with self._file.reading() as connection:
            return find_loss(connection, self._roll, self._find_saved)
