"""The library's schema as numbered steps; a file is backed up before each step it needs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from maquette.core.errors import LibraryError

_STEPS = (
    # 1: pictures, by folder so that a moved folder is one changed row. A record id may stand in
    # several rows: the same recipe made twice is the same picture twice.
    """
    CREATE TABLE folders (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE pictures (
        id INTEGER PRIMARY KEY,
        record_id TEXT NOT NULL,
        folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE RESTRICT,
        path TEXT NOT NULL,
        record TEXT NOT NULL,
        created TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        file_bytes INTEGER NOT NULL,
        file_sha256 TEXT NOT NULL,
        pixel_sha256 TEXT NOT NULL,
        thumbnail TEXT NOT NULL,
        UNIQUE (folder_id, path)
    ) STRICT;
    CREATE INDEX pictures_by_record ON pictures (record_id);
    CREATE INDEX pictures_by_time ON pictures (created);
    """,
)
SCHEMA_VERSION = len(_STEPS)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the library file at `path`, open as `connection`, to SCHEMA_VERSION.

    Before each step the file as it was is kept as `NAME.v1.bak`, `NAME.v2.bak`, and so on.

    Raises:
        LibraryError: the file was written by a newer version of the program.
        sqlite3.Error: the file cannot be read or written; it is as it was before the failed step.
    """
    while (version := _version(connection)) != SCHEMA_VERSION:
        if version > SCHEMA_VERSION:
            raise LibraryError(
                "The library was written by a newer version of Maquette; "
                "please update Maquette to open it."
            )
        if version > 0:
            _back_up(connection, path.with_name(f"{path.name}.v{version}.bak"))
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == version:  # else another process took this step meanwhile
                for statement in _STEPS[version].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        connection.backup(copy)
