"""A transaction of a SQLite file: all of it happens, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """What is done while it lasts is kept if the block ends well, and taken back if it raises.

    Nobody else writes the file meanwhile. `connection` begins no transactions of its own
    (`isolation_level=None`).

    Raises:
        sqlite3.Error: another process writes for too long, or the file cannot be written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite takes some failures back by itself
            connection.execute("ROLLBACK")
        raise
