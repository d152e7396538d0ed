"""What people ask of jobs, as statements in the caller's transaction; `number` is the change's."""

import sqlite3
import time
from collections.abc import Sequence

import msgspec

from maquette.core.job import ENDED, JobState
from maquette.library.queue.positions import place_before, place_first, place_last

_RETRIED = (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED)


def cancel(connection: sqlite3.Connection, number: int, ids: Sequence[str]) -> None:
    """Cancel jobs that wait; wish that those in somebody's hands be cancelled."""
    given = [(number, job_id) for job_id in ids]
    connection.executemany(
        "UPDATE jobs SET state = 'cancelled', changed = ?"
        " WHERE id = ? AND state = 'queued' AND claimed = 0",
        given,
    )
    connection.executemany(
        "UPDATE jobs SET wish = 1, changed = ? WHERE id = ? AND claimed = 1", given
    )


def retry(
    connection: sqlite3.Connection, number: int, ids: Sequence[str], owner: str, *, release: bool
) -> None:
    """Queue jobs again for `owner`; quarantined ones only with `release`."""
    states = (*_RETRIED, JobState.QUARANTINED) if release else _RETRIED
    places = place_last(connection, len(ids))
    connection.executemany(
        "UPDATE jobs SET position = iif(state = 'interrupted', position, ?),"
        " deaths = iif(state = 'quarantined', 0, deaths), state = 'queued', owner = ?,"
        " claimed = 0, wish = 0, saving = '', message = '', detail = '', path = '',"
        " notices = '[]', seconds = 0, fidelity = '', wanting = 0, cleared = 0, changed = ?"
        f" WHERE id = ? AND state IN ({_marks(states)})",
        (
            (place, owner, number, job_id, *states)
            for place, job_id in zip(places, ids, strict=True)
        ),
    )


def skip(connection: sqlite3.Connection, number: int, ids: Sequence[str]) -> None:
    """Make interrupted and quarantined jobs cancelled ones."""
    connection.executemany(
        "UPDATE jobs SET state = 'cancelled', message = '', detail = '', changed = ?"
        " WHERE id = ? AND state IN ('interrupted', 'quarantined')",
        ((number, job_id) for job_id in ids),
    )


def set_back(
    connection: sqlite3.Connection, number: int, ids: Sequence[str], owner: str, message: str
) -> None:
    """Make waiting jobs of `owner` interrupted ones."""
    connection.executemany(
        "UPDATE jobs SET state = 'interrupted', message = ?, changed = ?"
        " WHERE id = ? AND owner = ? AND state = 'queued' AND claimed = 0",
        ((message, number, job_id, owner) for job_id in ids),
    )


def adopt(connection: sqlite3.Connection, number: int, ids: Sequence[str], owner: str) -> None:
    """Give waiting jobs that belong to nobody to `owner`."""
    connection.executemany(
        "UPDATE jobs SET owner = ?, changed = ?"
        " WHERE id = ? AND owner = '' AND state = 'queued' AND cleared = 0",
        ((owner, number, job_id) for job_id in ids),
    )


def move(
    connection: sqlite3.Connection, number: int, ids: Sequence[str], before: str | None
) -> None:
    """Put waiting jobs, in the order given, before another one or at the end (None)."""
    waiting = _waiting(connection, ids)
    if before is None:
        places = place_last(connection, len(waiting))
    else:
        places = place_before(connection, before, len(waiting), number)
    _put(connection, number, waiting, places)


def run_next(connection: sqlite3.Connection, number: int, ids: Sequence[str]) -> None:
    """Put waiting jobs, in the order given, before all others that wait."""
    waiting = _waiting(connection, ids)
    _put(connection, number, waiting, place_first(connection, len(waiting), number))


def clear(
    connection: sqlite3.Connection, number: int, states: frozenset[JobState]
) -> tuple[str, ...]:
    """Take ended jobs in one of `states` off the list; returns their ids."""
    wanted = tuple(states & ENDED)
    rows = connection.execute(
        "UPDATE jobs SET cleared = ?, changed = ?"
        f" WHERE cleared = 0 AND state IN ({_marks(wanted)}) RETURNING id",
        (time.time(), number, *wanted),
    ).fetchall()
    return tuple(row[0] for row in rows)


def restore(connection: sqlite3.Connection, number: int, ids: Sequence[str]) -> None:
    """Put what was cleared away back."""
    connection.executemany(
        "UPDATE jobs SET cleared = 0, changed = ? WHERE id = ?",
        ((number, job_id) for job_id in ids),
    )


def _waiting(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that have not been begun, in the same order."""
    rows = connection.execute(
        "SELECT id FROM jobs WHERE state = 'queued' AND cleared = 0"
        " AND id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(list(ids)).decode(),),
    )
    waiting = {row[0] for row in rows}
    return [job_id for job_id in dict.fromkeys(ids) if job_id in waiting]


def _put(
    connection: sqlite3.Connection, number: int, ids: Sequence[str], places: Sequence[float]
) -> None:
    connection.executemany(
        "UPDATE jobs SET position = ?, changed = ? WHERE id = ?",
        ((place, number, job_id) for place, job_id in zip(places, ids, strict=True)),
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
