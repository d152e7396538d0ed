"""What is let go of in the queue, so that its file does not grow for ever."""

import sqlite3
import time

from maquette.core.job_change import Role
from maquette.library.queue.images import remove_unused_images
from maquette.library.queue.starts import remove_unused

_KEPT = 86_400.0  # seconds for which clearing can be undone, in any window
_KEPT_FAILED = 30 * _KEPT  # what was not made may still be asked for by the batch that it is of

_OVER = "state IN ('finished', 'cancelled')"
_OLD_FAILURE = f"state = 'failed' AND ended_by = '{Role.COMMAND.value}' AND ended > 0 AND ended < ?"


def tidy_up(connection: sqlite3.Connection, number: int) -> None:
    """Clear what is over and whose program has ended; remove what was cleared long ago.

    Finished and cancelled jobs stay listed beside others of their group that still need somebody.
    What a command line told as failed leaves the list a day later, unless somebody queues it
    again; a window's failed jobs stay until they are cleared. `number` is that of the change,
    whose transaction this is.
    """
    now = time.time()
    a_day_ago = now - _KEPT
    unlisted = f"({_OVER} OR {_OLD_FAILURE})"
    connection.execute(
        f"UPDATE jobs SET cleared = ?, changed = ? WHERE cleared = 0 AND {unlisted}"
        " AND owner NOT IN (SELECT id FROM owners) AND group_id NOT IN"
        f" (SELECT group_id FROM jobs WHERE cleared = 0 AND NOT {unlisted})",
        (now, number, a_day_ago, a_day_ago),
    )
    connection.execute(
        f"DELETE FROM jobs WHERE cleared > 0 AND cleared < iif({_OVER}, ?, ?)",
        (a_day_ago, now - _KEPT_FAILED),
    )
    connection.execute("DELETE FROM groups WHERE id NOT IN (SELECT group_id FROM jobs)")
    remove_unused(connection)
    remove_unused_images(connection)
