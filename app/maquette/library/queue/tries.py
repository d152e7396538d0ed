"""Jobs that are tried again, as statements in the caller's transaction."""

import sqlite3

import msgspec

from maquette.core.job import Job, JobState
from maquette.core.record import Record
from maquette.core.tries import falls_short
from maquette.library.queue.images import add_images
from maquette.library.queue.positions import place_first
from maquette.library.queue.rows import jobs_where, text


def note_fidelity(connection: sqlite3.Connection, job_id: str, record: Record) -> None:
    """Keep how well the picture of a job that was found saved follows its sketch."""
    for job in jobs_where(connection, "jobs.id = ?", job_id):
        done = msgspec.structs.replace(
            job, state=JobState.FINISHED, fidelity=record.fidelity, wanting=False
        )
        connection.execute(
            "UPDATE jobs SET fidelity = ?, wanting = ? WHERE id = ?",
            (text(record.fidelity) if record.fidelity else "", falls_short(done), job_id),
        )


def add_try(connection: sqlite3.Connection, number: int, before: str, job: Job, owner: str) -> bool:
    """Queue `job`, the next try after the job `before`, ahead of all that wait.

    False if that one wants none any more: another program was quicker, or it was cleared away.
    """
    wanted = connection.execute(
        "UPDATE jobs SET wanting = 0, changed = ? WHERE id = ? AND wanting = 1 AND cleared = 0",
        (number, before),
    )
    if wanted.rowcount == 0:
        return False
    (place,) = place_first(connection, 1, number)
    connection.execute(
        "INSERT INTO jobs (id, record_id, group_id, recipe, state, position, owner, start, created,"
        " changed, attempt, first, best)"
        " SELECT ?, ?, group_id, ?, 'queued', ?, ?, start, ?, ?, ?, ?, ? FROM jobs WHERE id = ?",
        (
            job.id,
            job.record_id,
            text(job.recipe),
            place,
            owner,
            job.created,
            number,
            job.attempt,
            job.first,
            job.best,
            before,
        ),
    )
    add_images(connection, (job,), {})
    return True
