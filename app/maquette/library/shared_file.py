"""A SQLite file that the threads of a program use in turns, through one connection."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from maquette.core.errors import LibraryError
from maquette.library.database import unreadable
from maquette.library.migrations import Schema
from maquette.library.transaction import transaction


class SharedFile:
    """What the ledger, the index and the list of exports have in common."""

    def __init__(self, connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
        """`connection` is open on the file at `path`, and closed by `close`."""
        self._connection = connection
        self._path = path
        self._schema = schema
        self._lock = threading.RLock()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time. Raises LibraryError for what SQLite refuses."""
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise unreadable(self._path, self._schema, error) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One process at a time, all or nothing. Raises LibraryError for what SQLite refuses."""
        with self._lock:
            try:
                with transaction(self._connection):
                    yield
            except sqlite3.Error as error:
                raise LibraryError(
                    f"The {self._schema.name} could not be written ({error}); "
                    "check the disk and try again.",
                    str(error),
                ) from error
