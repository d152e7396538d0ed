"""Connections to the library's file: one that writes, and as many that read as there are readers.

Readers do not wait for each other nor for the writer (write-ahead log), so that a long count does
not hold up a search.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from maquette.core.errors import LibraryError
from maquette.library.database import open_database, unreadable
from maquette.library.schemas import LIBRARY
from maquette.library.transaction import transaction


class Connections:
    """Threads may share it. Every block raises LibraryError for what SQLite refuses."""

    def __init__(self, path: Path, writer: sqlite3.Connection) -> None:
        """Use `Connections.open`."""
        self._path = path
        self._writer = writer
        self._writing = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at `path`, made or migrated if need be. Raises LibraryError."""
        return cls(path, open_database(path, LIBRARY))

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def close(self) -> None:
        """Close what is not in use now, and the rest when it is done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        with self._writing:
            self._writer.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees the file as it is now, whatever is written meanwhile."""
        with self._told():
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection that writes, one thread and one process at a time; all or nothing."""
        with self._told(), self._writing:
            self._require_open()
            with transaction(self._writer):
                yield self._writer

    def _borrow(self) -> sqlite3.Connection:
        with self._lock:
            self._require_open()
            if self._idle:
                return self._idle.pop()
        return open_database(self._path, LIBRARY)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _require_open(self) -> None:
        if self._closed:
            raise LibraryError("The library is closed; open Maquette again to use it.")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite refuses becomes a sentence."""
        try:
            yield
        except sqlite3.Error as error:
            raise unreadable(self._path, LIBRARY, error) from error
