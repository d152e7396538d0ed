"""QueueFile: the queue's SQLite file, its transactions, and what of it changed."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maquette.core.errors import LibraryError
from maquette.core.job_change import Change
from maquette.library.database import open_database, unreadable
from maquette.library.queue.rows import jobs_where
from maquette.library.queue.schema import QUEUE
from maquette.library.transaction import transaction


class QueueFile:
    """One connection, for threads that take turns; `owner` is our name, "" until we have one."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._seen = 0  # the last change that we know of
        self._data_version = -1  # SQLite's own, which others' changes move
        self.owner = ""

    def open(self) -> None:
        """Open the file, made or migrated if need be. May be called again. Raises LibraryError."""
        with self._lock:
            if self._connection is None:
                self._connection = open_database(self._path, QUEUE)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self.owner = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be asked."""
        return self._connection is not None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, nobody else's for this while. Raises LibraryError."""
        with self._lock:
            if self._connection is None:
                raise LibraryError("The queue is closed; please start Maquette again.")
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise unreadable(self._path, QUEUE, error) from error

    @contextmanager
    def changing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One transaction, all or nothing, and the number of the change. Raises LibraryError."""
        with self.reading() as connection, transaction(connection):
            (number,) = connection.execute(
                "UPDATE switches SET value = value + 1 WHERE name = 'changes' RETURNING value"
            ).fetchone()
            yield connection, number

    def everything(self) -> Change:
        """All listed jobs."""
        with self.reading() as connection:
            self._data_version = _data_version(connection)
            self._seen = _newest(connection)
            return Change(jobs_where(connection, "cleared = 0"), paused=is_paused(connection))

    def news(self) -> Change | None:
        """What other programs changed since the last time, None when nothing."""
        with self.reading() as connection:
            version = _data_version(connection)
            if version == self._data_version:
                return None
            self._data_version = version
            newest = _newest(connection)
            change = self._change(connection, "jobs.changed > ?", self._seen)
            self._seen = newest
            return change

    def changed(self, number: int) -> Change:
        """What one change touched."""
        with self.reading() as connection:
            return self._change(connection, "jobs.changed = ?", number)

    def job(self, job_id: str) -> Change:
        """One job as it stands."""
        with self.reading() as connection:
            return self._change(connection, "jobs.id = ?", job_id)

    def _change(self, connection: sqlite3.Connection, clause: str, value: object) -> Change:
        gone = connection.execute(f"SELECT id FROM jobs WHERE {clause} AND cleared > 0", (value,))
        wishes = connection.execute(
            f"SELECT id FROM jobs WHERE {clause} AND wish = 1 AND owner = ?", (value, self.owner)
        )
        return Change(
            jobs=jobs_where(connection, f"{clause} AND cleared = 0", value),
            gone=tuple(row[0] for row in gone),
            wishes=frozenset(row[0] for row in wishes),
            paused=is_paused(connection),
        )


def is_paused(connection: sqlite3.Connection) -> bool:
    """The switch that windows obey."""
    (value,) = connection.execute("SELECT value FROM switches WHERE name = 'paused'").fetchone()
    return bool(value)


def _newest(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT value FROM switches WHERE name = 'changes'").fetchone()[0]


def _data_version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA data_version").fetchone()[0]
