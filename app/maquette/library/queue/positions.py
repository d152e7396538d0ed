"""Places in the queue: numbers with room between them."""

import sqlite3

_LEAST_GAP = 1e-6  # below this the whole queue is numbered anew


def place_last(connection: sqlite3.Connection, count: int) -> list[float]:
    """`count` places behind all jobs."""
    (last,) = connection.execute("SELECT coalesce(max(position), 0) FROM jobs").fetchone()
    return [last + 1 + step for step in range(count)]


def place_first(connection: sqlite3.Connection, count: int, number: int) -> list[float]:
    """`count` places before all jobs that wait; `number` is that of the change."""
    row = connection.execute(
        "SELECT id FROM jobs WHERE state = 'queued' ORDER BY position LIMIT 1"
    ).fetchone()
    if row is None:
        return place_last(connection, count)
    return place_before(connection, row[0], count, number)


def place_before(
    connection: sqlite3.Connection, job_id: str, count: int, number: int
) -> list[float]:
    """`count` places right before a job, behind all jobs when there is no such one."""
    room = _room(connection, job_id, count)
    if room is None:
        return place_last(connection, count)
    upper, gap = room
    if gap < _LEAST_GAP:
        _number_anew(connection, number)
        upper, gap = _room(connection, job_id, count) or room
    return [upper - gap * (count - step) for step in range(count)]


def _room(connection: sqlite3.Connection, job_id: str, count: int) -> tuple[float, float] | None:
    """Where a job is, and how far apart `count` others can be put before it."""
    row = connection.execute("SELECT position FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None:
        return None
    (lower,) = connection.execute(
        "SELECT max(position) FROM jobs WHERE position < ?", row
    ).fetchone()
    return row[0], 1.0 if lower is None else (row[0] - lower) / (count + 1)


def _number_anew(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(
        "UPDATE jobs SET position = numbered.place, changed = ? FROM"
        " (SELECT id, row_number() OVER (ORDER BY position, created) AS place FROM jobs)"
        " AS numbered WHERE numbered.id = jobs.id",
        (number,),
    )
