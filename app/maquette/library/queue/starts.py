"""Start images of jobs: compressed without loss, once for all jobs that share one.

They stay as long as a job names them. Those that none names any more are removed when the next
program enters the queue, not at once: until then clearing can be undone.
"""

import hashlib
import sqlite3
from collections.abc import Sequence

import numpy as np

from maquette.core.errors import ImageError
from maquette.core.job import Job
from maquette.core.start import Start, Starts
from maquette.library.queue.images import pack, unpack


def add_starts(
    connection: sqlite3.Connection, jobs: Sequence[Job], start: Starts
) -> dict[str, str]:
    """Keep what `jobs` start from; returns the name for each digest in their recipes."""
    if start is None:
        return {}
    named = (job.recipe.start.digest for job in jobs if job.recipe.start is not None)
    digests = dict.fromkeys(named)
    if isinstance(start, Start):
        return dict.fromkeys(digests, _add_start(connection, start))
    return {digest: _add_start(connection, start[digest]) for digest in digests}


def _add_start(connection: sqlite3.Connection, start: Start) -> str:
    """Keep `start`, unless it is there already; returns its name."""
    pixels = np.ascontiguousarray(start.pixels[:, :, :3])
    height, width = pixels.shape[:2]
    digest = hashlib.sha256(b"%d %d " % (width, height))
    digest.update(pixels.data)
    digest.update(start.file)
    name = digest.hexdigest()
    known = connection.execute("SELECT 1 FROM starts WHERE id = ?", (name,)).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO starts (id, width, height, pixels, file) VALUES (?, ?, ?, ?, ?)",
            (name, width, height, pack(pixels), start.file),
        )
    return name


def read_start(connection: sqlite3.Connection, job_id: str) -> Start | None:
    """What a job starts from, None if it is noise. Raises ImageError if it is damaged."""
    row = connection.execute(
        "SELECT width, height, pixels, file FROM starts"
        " WHERE id = (SELECT start FROM jobs WHERE id = ?)",
        (job_id,),
    ).fetchone()
    if row is None:
        return None
    width, height, compressed, file = row
    try:
        return Start(unpack(compressed, width, height), file)
    except ValueError as error:
        raise ImageError(
            "The start picture of a job is damaged in the queue; make that job anew.", str(error)
        ) from error


def remove_unused(connection: sqlite3.Connection) -> None:
    """Remove the start images that no job names."""
    connection.execute(
        "DELETE FROM starts WHERE id NOT IN (SELECT start FROM jobs WHERE start IS NOT NULL)"
    )
