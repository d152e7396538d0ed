"""How many jobs the queue has in which state, for who looks without entering it."""

from pathlib import Path

import msgspec

from maquette.core.job import JobState
from maquette.library.queue.file import QueueFile, is_paused


class QueueTally(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of listed jobs; `running` are those that are being made or saved, `ended` the
    finished and cancelled ones."""

    waiting: int = 0
    running: int = 0
    interrupted: int = 0
    quarantined: int = 0
    failed: int = 0
    ended: int = 0
    paused: bool = False


def tally(path: Path) -> QueueTally:
    """What the queue at `path` holds; nothing where there is none. Raises LibraryError."""
    if not path.exists():
        return QueueTally()
    queue = QueueFile(path)
    queue.open()
    try:
        with queue.reading() as connection:
            counted = dict(
                connection.execute(
                    "SELECT state, count(*) FROM jobs WHERE cleared = 0 GROUP BY state"
                ).fetchall()
            )
            paused = is_paused(connection)
    finally:
        queue.close()
    ended = sum(counted.pop(state, 0) for state in (JobState.FINISHED, JobState.CANCELLED))
    return QueueTally(
        waiting=counted.pop(JobState.QUEUED, 0),
        interrupted=counted.pop(JobState.INTERRUPTED, 0),
        quarantined=counted.pop(JobState.QUARANTINED, 0),
        failed=counted.pop(JobState.FAILED, 0),
        ended=ended,
        running=sum(counted.values()),
        paused=paused,
    )
