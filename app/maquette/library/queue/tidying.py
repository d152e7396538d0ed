"""What is let go of in the queue, so that its file does not grow for ever."""

import sqlite3
import time

from maquette.library.queue.starts import remove_unused

_KEPT = 86_400.0  # seconds for which clearing can be undone, in any window

_OVER = "state IN ('finished', 'cancelled')"


def tidy_up(connection: sqlite3.Connection, number: int) -> None:
    """Clear what is over and whose program has ended; remove what was cleared long ago.

    Finished and cancelled jobs stay listed beside others of their group that still need somebody.
    `number` is that of the change, whose transaction this is.
    """
    now = time.time()
    connection.execute(
        f"UPDATE jobs SET cleared = ?, changed = ? WHERE cleared = 0 AND {_OVER}"
        " AND owner NOT IN (SELECT id FROM owners) AND group_id NOT IN"
        f" (SELECT group_id FROM jobs WHERE cleared = 0 AND NOT {_OVER})",
        (now, number),
    )
    connection.execute("DELETE FROM jobs WHERE cleared > 0 AND cleared < ?", (now - _KEPT,))
    connection.execute("DELETE FROM groups WHERE id NOT IN (SELECT group_id FROM jobs)")
    remove_unused(connection)
