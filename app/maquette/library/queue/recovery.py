"""Who is at the queue, and what becomes of the jobs of who ended without saying so."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from maquette.core.errors import LibraryError
from maquette.core.job import MAX_DEATHS, Destination, JobState, Order
from maquette.library.queue.owners import Owner, Roll
from maquette.library.queue.rows import Saving, text
from maquette.library.queue.tries import note_fidelity

FindSaved = Callable[[str, Saving, Destination], Path | None]
"""Finds the picture of a job by (job id, its file, where that was to go). Raises LibraryError."""

_ENDED = "Maquette ended while it made this picture; make it again, or skip it."
_UNKNOWN = (
    "Maquette ended while it saved this picture; look for it in the library before you make it "
    "again."
)
_AGAIN = (
    "Maquette ended again while it made this picture, which is set aside now; change the job, or "
    "queue it again to try once more."
)


class Loss(msgspec.Struct, frozen=True):
    """Owners that are gone, and the pictures they were saving: job id to file, None if unsaved.

    `unknown` are jobs of which one cannot tell, since the library cannot be read.
    """

    owners: tuple[str, ...]
    saved: dict[str, Path]
    unknown: frozenset[str]


def nothing_saved(job_id: str, saving: Saving, destination: Destination) -> None:
    """A FindSaved for programs that have no library."""
    del job_id, saving, destination


def find_loss(connection: sqlite3.Connection, roll: Roll, find_saved: FindSaved) -> Loss | None:
    """Who is gone, and what they had saved by then; None when nobody is. Changes nothing here."""
    gone = tuple(owner.id for owner in owners(connection) if roll.is_gone(owner))
    orphaned = connection.execute(
        "SELECT jobs.id, saving, job_order FROM jobs JOIN groups ON groups.id = group_id"
        f" WHERE claimed = 1 AND saving != '' AND (owner IN ({_marks(gone)}) OR {_OWNERLESS})",
        gone,
    ).fetchall()
    left = connection.execute(f"SELECT 1 FROM jobs WHERE owner != '' AND {_OWNERLESS} AND {_OPEN}")
    if not gone and left.fetchone() is None:
        return None
    saved, unknown = {}, set()
    for job_id, saving_text, order_text in orphaned:
        try:
            saving = msgspec.json.decode(saving_text, type=Saving)
            order = msgspec.json.decode(order_text, type=Order)
            path = find_saved(job_id, saving, order.destination)
        except (LibraryError, msgspec.DecodeError):
            unknown.add(job_id)
        else:
            if path is not None:
                saved[job_id] = path
    return Loss(gone, saved, frozenset(unknown))


def recover(connection: sqlite3.Connection, number: int, loss: Loss) -> None:
    """Settle the jobs of owners that are gone, and pause the queue if they left any.

    What was saved is finished; what was being made is interrupted, or set aside if that happened
    to it before; what waited, be it in a worker already, belongs to nobody. `number` is that of
    the change, whose transaction this is.
    """
    connection.executemany("DELETE FROM owners WHERE id = ?", ((name,) for name in loss.owners))
    connection.executemany(
        "UPDATE jobs SET owner = '', changed = ? WHERE owner = ? AND wanting = 1",
        ((number, name) for name in loss.owners),
    )
    left = connection.execute(
        f"SELECT id, state, deaths, saving FROM jobs WHERE owner != '' AND {_OWNERLESS} AND {_OPEN}"
    ).fetchall()
    for job_id, state, deaths, saving in left:
        if state == JobState.QUEUED:
            connection.execute(
                "UPDATE jobs SET owner = '', claimed = 0, wish = 0, changed = ? WHERE id = ?",
                (number, job_id),
            )
        elif job_id in loss.saved:
            record = msgspec.json.decode(saving, type=Saving).record
            connection.execute(
                "UPDATE jobs SET state = 'finished', owner = '', claimed = 0, wish = 0, path = ?,"
                " recipe = ?, saving = '', changed = ? WHERE id = ?",
                (str(loss.saved[job_id]), text(record.recipe), number, job_id),
            )
            note_fidelity(connection, job_id, record)
        else:
            message = _UNKNOWN if job_id in loss.unknown else _ENDED
            state = JobState.INTERRUPTED
            if deaths + 1 >= MAX_DEATHS:
                message, state = _AGAIN, JobState.QUARANTINED
            connection.execute(
                "UPDATE jobs SET state = ?, owner = '', claimed = 0, wish = 0, deaths = ?,"
                " message = ?, changed = ? WHERE id = ?",
                (state, deaths + 1, message, number, job_id),
            )
    if left:
        connection.execute("UPDATE switches SET value = 1 WHERE name = 'paused'")


def owners(connection: sqlite3.Connection) -> list[Owner]:
    """Everybody on the roll."""
    rows = connection.execute("SELECT id, role, host, boot, pid, began, beats FROM owners")
    return [Owner(*row) for row in rows]


_OWNERLESS = "owner NOT IN (SELECT id FROM owners)"
_OPEN = "state IN ('queued', 'running', 'saving') AND cleared = 0"


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def sign(connection: sqlite3.Connection, owner: Owner) -> None:
    """Give a sign of life; whoever comes, or was silent for long, is entered."""
    columns = ", ".join(Owner.__struct_fields__)
    connection.execute(
        f"INSERT INTO owners ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET beats = beats + 1",
        msgspec.structs.astuple(owner),
    )
