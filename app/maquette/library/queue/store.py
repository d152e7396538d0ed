"""QueueStore: the jobs of all programs in one SQLite file. Blocking; threads may share it."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from maquette.core.errors import LibraryError
from maquette.core.job import ENDED, Job, JobState
from maquette.core.job_change import Change, Claim, Cleared, Role
from maquette.core.recipe import Recipe
from maquette.core.record import Record
from maquette.core.start import Start, Starts
from maquette.library.database import open_database
from maquette.library.queue.owners import Owner, Roll, this_program
from maquette.library.queue.positions import place_before, place_first, place_last
from maquette.library.queue.recovery import FindSaved, Loss, find_loss, nothing_saved, recover
from maquette.library.queue.rows import INSERT, SELECT, Saving, jobs_of, text
from maquette.library.queue.schema import QUEUE
from maquette.library.queue.starts import add_starts, read_start
from maquette.library.queue.tidying import tidy_up
from maquette.library.record_ids import same_recipe

_RETRIED = (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED)
_IS_ENDED = f"state IN ({', '.join(repr(state.value) for state in sorted(ENDED))})"


class QueueStore:
    """The engine's JobStore. Several threads and several programs may use the file at once."""

    def __init__(
        self, path: Path, find_saved: FindSaved = nothing_saved, roll: Roll | None = None
    ) -> None:
        """`find_saved` tells whether the picture of a job that was being saved is there."""
        self._path = path
        self._find_saved = find_saved
        self._roll = roll or Roll()
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._me: Owner | None = None
        self._seen = 0  # the last change that we know of
        self._data_version = -1  # SQLite's own, which others' changes move

    @property
    def owner(self) -> str:
        """Our name among the owners; "" before `enter`."""
        return self._me.id if self._me else ""

    # --- coming and going -----------------------------------------------------------------------

    def enter(self, role: Role) -> Change:
        """Open the queue, become an owner, recover what dead owners left; returns every job.

        Raises:
            LibraryError: it cannot be opened, read or written, or is of a newer version.
        """
        with self._lock:
            if self._connection is None:
                self._connection = open_database(self._path, QUEUE)
            me = this_program(role)
            loss = self._find_loss()
            with self._changing() as (connection, number):
                if loss is not None:
                    recover(connection, number, loss)
                tidy_up(connection, number)
                connection.execute(
                    "INSERT INTO owners (id, role, host, boot, pid, began)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (me.id, me.role, me.host, me.boot, me.pid, me.began),
                )
            self._me = me
            return self._everything()

    def leave(self) -> None:
        """Put what we did not finish back for others, cease to be an owner, close the queue."""
        with self._lock:
            if self._connection is None:
                return
            try:
                with self._changing() as (connection, number):
                    connection.execute(
                        "UPDATE jobs SET owner = '', claimed = 0, wish = 0, state = 'queued',"
                        " changed = ? WHERE owner = ? AND state IN ('queued', 'running')",
                        (number, self.owner),
                    )
                    connection.execute("DELETE FROM owners WHERE id = ?", (self.owner,))
            finally:
                self._connection.close()
                self._connection = self._me = None

    def look(self) -> Change | None:
        """What other programs changed since the last look, None when nothing; cheap."""
        with self._reading() as connection:
            version = connection.execute("PRAGMA data_version").fetchone()[0]
            if version == self._data_version:
                return None
            self._data_version = version
            return self._news(connection)

    def tend(self) -> Change | None:
        """Tell that we live, and recover what dead owners left."""
        with self._lock:
            with self._reading() as connection:
                # A sign of life need not outlive a power cut.
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(
                    "UPDATE owners SET beats = beats + 1 WHERE id = ?", (self.owner,)
                )
                connection.execute("PRAGMA synchronous = FULL")
            loss = self._find_loss()
            if loss is None:
                return None
            with self._changing() as (connection, number):
                recover(connection, number, loss)
            return self._changed(number)

    # --- jobs come ------------------------------------------------------------------------------

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a listed job of another recipe than `recipe` has the record id."""
        with self._reading() as connection:
            rows = connection.execute(
                f"{SELECT} WHERE record_id = ? AND cleared = 0", (record_id,)
            ).fetchall()
        return any(not same_recipe(job.recipe, recipe) for job in jobs_of(rows))

    def add(self, jobs: Sequence[Job], start: Starts, *, first: bool) -> Change:
        """Add jobs of one group, all or none, behind all others or before all that wait."""
        group = jobs[0]
        with self._changing() as (connection, number):
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
        return self._changed(number)

    def start_of(self, job_id: str) -> Start | None:
        """What a job starts from, if anything."""
        with self._reading() as connection:
            return read_start(connection, job_id)

    # --- jobs run -------------------------------------------------------------------------------

    def claim(self) -> Claim | None:
        """Take the next job that is ours to run; nobody else gets it."""
        with self._changing() as (connection, number):
            whose, values = "owner = ?", [self.owner]
            if self._me is not None and self._me.role == Role.WINDOW:
                if _paused(connection):
                    return None
                whose = "owner IN (?, '')"
            row = connection.execute(
                "UPDATE jobs SET claimed = 1, wish = 0, saving = '', owner = ?, changed = ?"
                " WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND claimed = 0"
                f" AND cleared = 0 AND {whose} ORDER BY position LIMIT 1) RETURNING id",
                (self.owner, number, *values),
            ).fetchone()
        if row is None:
            return None
        with self._reading() as connection:
            (job,) = self._jobs("jobs.id = ?", row[0]) or (None,)
            return Claim(job, read_start(connection, row[0])) if job is not None else None

    def release(self, job_id: str) -> Change:
        """Put a job that was claimed and not begun back to where it was."""
        with self._changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = 'queued', claimed = 0, wish = 0, saving = '', changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1",
                (number, job_id, self.owner),
            )
        return self._changed(number)

    def note_started(self, job_id: str) -> None:
        """The worker has begun with a job of ours."""
        with self._changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = 'running', changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1 AND state = 'queued'",
                (number, job_id, self.owner),
            )

    def note_saving(self, job_id: str, record: Record, file_sha256: str, file_bytes: int) -> None:
        """The file of a job of ours is about to be saved."""
        with self._changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = 'saving', saving = ?, changed = ?"
                " WHERE id = ? AND owner = ? AND claimed = 1",
                (text(Saving(record, file_sha256, file_bytes)), number, job_id, self.owner),
            )

    def end(self, job: Job) -> Change:
        """Keep how a job of ours ended."""
        with self._changing() as (connection, number):
            connection.execute(
                "UPDATE jobs SET state = ?, claimed = 0, wish = 0, saving = '', recipe = ?,"
                " message = ?, detail = ?, path = ?, notices = ?, seconds = ?, deaths = ?,"
                " changed = ? WHERE id = ? AND owner = ?",
                (
                    job.state,
                    text(job.recipe),
                    job.message,
                    job.detail,
                    job.path,
                    text(job.notices),
                    job.seconds,
                    job.deaths,
                    number,
                    job.id,
                    self.owner,
                ),
            )
        return self._changed(number)

    # --- what people ask for --------------------------------------------------------------------

    def cancel(self, ids: Sequence[str]) -> Change:
        """Cancel jobs that wait; ask the programs that run the others to cancel them."""
        with self._changing() as (connection, number):
            connection.executemany(
                "UPDATE jobs SET state = 'cancelled', changed = ?"
                " WHERE id = ? AND state = 'queued' AND claimed = 0",
                ((number, job_id) for job_id in ids),
            )
            connection.executemany(
                "UPDATE jobs SET wish = 1, changed = ? WHERE id = ? AND claimed = 1",
                ((number, job_id) for job_id in ids),
            )
        return self._changed(number)

    def retry(self, ids: Sequence[str], *, release: bool) -> Change:
        """Queue jobs again that were not finished; quarantined ones only with `release`."""
        states = (*_RETRIED, JobState.QUARANTINED) if release else _RETRIED
        marks = ", ".join("?" * len(states))
        with self._changing() as (connection, number):
            places = place_last(connection, len(ids))
            connection.executemany(
                "UPDATE jobs SET position = iif(state = 'interrupted', position, ?),"
                " deaths = iif(state = 'quarantined', 0, deaths), state = 'queued', owner = ?,"
                " claimed = 0, wish = 0, saving = '', message = '', detail = '', path = '',"
                " notices = '[]', seconds = 0, cleared = 0, changed = ?"
                f" WHERE id = ? AND state IN ({marks})",
                (
                    (place, self.owner, number, job_id, *states)
                    for place, job_id in zip(places, ids, strict=True)
                ),
            )
        return self._changed(number)

    def skip(self, ids: Sequence[str]) -> Change:
        """Make interrupted and quarantined jobs cancelled ones."""
        with self._changing() as (connection, number):
            connection.executemany(
                "UPDATE jobs SET state = 'cancelled', message = '', detail = '', changed = ?"
                " WHERE id = ? AND state IN ('interrupted', 'quarantined')",
                ((number, job_id) for job_id in ids),
            )
        return self._changed(number)

    def set_back(self, ids: Sequence[str], message: str) -> Change:
        """Make waiting jobs of ours interrupted ones, which nobody takes unasked."""
        with self._changing() as (connection, number):
            connection.executemany(
                "UPDATE jobs SET state = 'interrupted', message = ?, changed = ?"
                " WHERE id = ? AND owner = ? AND state = 'queued' AND claimed = 0",
                ((message, number, job_id, self.owner) for job_id in ids),
            )
        return self._changed(number)

    def of_group(self, beginning: str) -> tuple[Job, ...]:
        """The jobs of the newest group whose id begins so, cleared ones as well, in order."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT group_id FROM jobs WHERE substr(group_id, 1, ?) = ?"
                " ORDER BY created DESC LIMIT 1",
                (len(beginning), beginning),
            ).fetchone()
            return self._jobs("group_id = ?", row[0]) if row else ()

    def adopt(self, ids: Sequence[str]) -> Change:
        """Make waiting jobs that belong to nobody ours."""
        with self._changing() as (connection, number):
            connection.executemany(
                "UPDATE jobs SET owner = ?, changed = ?"
                " WHERE id = ? AND owner = '' AND state = 'queued' AND cleared = 0",
                ((self.owner, number, job_id) for job_id in ids),
            )
        return self._changed(number)

    def move(self, ids: Sequence[str], before: str | None) -> Change:
        """Put waiting jobs, in the order given, before another one or at the end (None)."""
        with self._changing() as (connection, number):
            waiting = _waiting(connection, ids)
            if before is None:
                places = place_last(connection, len(waiting))
            else:
                places = place_before(connection, before, len(waiting), number)
            _put(connection, waiting, places, number)
        return self._changed(number)

    def run_next(self, ids: Sequence[str]) -> Change:
        """Put waiting jobs, in the order given, before all others that wait."""
        with self._changing() as (connection, number):
            waiting = _waiting(connection, ids)
            _put(connection, waiting, place_first(connection, len(waiting), number), number)
        return self._changed(number)

    def clear(self, states: frozenset[JobState]) -> tuple[Cleared, Change]:
        """Take ended jobs in one of `states` off the list."""
        marks = ", ".join("?" * len(states))
        with self._changing() as (connection, number):
            rows = connection.execute(
                "UPDATE jobs SET cleared = ?, changed = ?"
                f" WHERE cleared = 0 AND {_IS_ENDED} AND state IN ({marks}) RETURNING id",
                (time.time(), number, *states),
            ).fetchall()
        return Cleared(tuple(row[0] for row in rows)), self._changed(number)

    def restore(self, cleared: Cleared) -> Change:
        """Put what was cleared away back."""
        with self._changing() as (connection, number):
            connection.executemany(
                "UPDATE jobs SET cleared = 0, changed = ? WHERE id = ?",
                ((number, job_id) for job_id in cleared.jobs),
            )
        return self._changed(number)

    def pause(self, paused: bool) -> Change:
        """Set the switch that windows obey."""
        with self._changing() as (connection, number):
            connection.execute("UPDATE switches SET value = ? WHERE name = 'paused'", (paused,))
        return self._changed(number)

    # --- the file -------------------------------------------------------------------------------

    def _find_loss(self) -> Loss | None:
        with self._reading() as connection:
            return find_loss(connection, self._roll, self._find_saved)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LibraryError("The queue is closed; please start Maquette again.")
        return self._connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for threads that take turns. Raises LibraryError."""
        with self._lock:
            try:
                yield self._open()
            except sqlite3.Error as error:
                raise _unusable(self._path, error) from error

    @contextmanager
    def _changing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One transaction, all or nothing, and the number of the change. Raises LibraryError."""
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                (number,) = connection.execute(
                    "UPDATE switches SET value = value + 1 WHERE name = 'changes' RETURNING value"
                ).fetchone()
                yield connection, number
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _changed(self, number: int) -> Change:
        """What our own change touched; what others did meanwhile is found by the next look."""
        with self._reading() as connection:
            return self._change_where(connection, "jobs.changed = ?", number)

    def _news(self, connection: sqlite3.Connection) -> Change:
        """What anybody changed since the last look."""
        (newest,) = connection.execute(
            "SELECT value FROM switches WHERE name = 'changes'"
        ).fetchone()
        change = self._change_where(connection, "jobs.changed > ?", self._seen)
        self._seen = newest
        return change

    def _everything(self) -> Change:
        with self._reading() as connection:
            self._data_version = connection.execute("PRAGMA data_version").fetchone()[0]
            (self._seen,) = connection.execute(
                "SELECT value FROM switches WHERE name = 'changes'"
            ).fetchone()
            return Change(self._jobs("cleared = 0"), paused=_paused(connection))

    def _change_where(self, connection: sqlite3.Connection, clause: str, number: int) -> Change:
        gone = connection.execute(f"SELECT id FROM jobs WHERE {clause} AND cleared > 0", (number,))
        wishes = connection.execute(
            f"SELECT id FROM jobs WHERE {clause} AND wish = 1 AND owner = ?", (number, self.owner)
        )
        return Change(
            jobs=self._jobs(f"{clause} AND cleared = 0", number),
            gone=tuple(row[0] for row in gone),
            wishes=frozenset(row[0] for row in wishes),
            paused=_paused(connection),
        )

    def _jobs(self, clause: str, *values: object) -> tuple[Job, ...]:
        rows = self._open().execute(f"{SELECT} WHERE {clause} ORDER BY position", values)
        return tuple(jobs_of(rows.fetchall()))


def _paused(connection: sqlite3.Connection) -> bool:
    (value,) = connection.execute("SELECT value FROM switches WHERE name = 'paused'").fetchone()
    return bool(value)


def _waiting(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that wait and are in nobody's hands or at most in a worker's."""
    rows = connection.execute(
        "SELECT id FROM jobs WHERE state = 'queued' AND cleared = 0 AND id IN"
        " (SELECT value FROM json_each(?))",
        (msgspec.json.encode(list(ids)).decode(),),
    )
    waiting = {row[0] for row in rows}
    return [job_id for job_id in dict.fromkeys(ids) if job_id in waiting]


def _put(
    connection: sqlite3.Connection, ids: Sequence[str], places: Sequence[float], number: int
) -> None:
    connection.executemany(
        "UPDATE jobs SET position = ?, changed = ? WHERE id = ?",
        ((place, number, job_id) for place, job_id in zip(places, ids, strict=True)),
    )


def _unusable(path: Path, error: sqlite3.Error) -> LibraryError:
    """The sentence for a queue that SQLite cannot read or write now."""
    return LibraryError(
        f"The queue {path} cannot be read or written ({error}); check the disk and that no other "
        "program holds the file.",
        str(error),
    )
