"""Opening the library's SQLite files, which several processes may use at once."""

import sqlite3
from pathlib import Path

from maquette.core.errors import LibraryDamaged, LibraryError
from maquette.library.migrations import Schema, migrate, require_known, schema_version

_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
_BUSY_SECONDS = 10.0  # how long to wait for another process that is writing


def open_database(path: Path, schema: Schema) -> sqlite3.Connection:
    """Open the file at `path`, made or migrated if need be, for threads that take turns.

    Raises:
        LibraryError: it cannot be opened, is damaged, or is of a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(str(path))
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            f"The {schema.name} cannot be opened in {path.parent}; "
            "check that the folder exists and can be written to.",
            str(error),
        ) from error
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        migrate(connection, path, schema)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unreadable(path, schema, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def open_database_to_read(path: Path, schema: Schema) -> sqlite3.Connection:
    """Open the file at `path` as it is; where there is none, an empty one that is not kept.

    Raises:
        LibraryError: it cannot be opened, is damaged, or is of another version.
    """
    if not path.exists():
        connection = _connect(":memory:")
        migrate(connection, path, schema)
        return connection
    connection = None
    try:
        connection = _connect(f"{path.absolute().as_uri()}?mode=ro")
        version = schema_version(connection)
        require_known(version, schema)
        if version < schema.version:
            raise LibraryError(
                f"The {schema.name} was written by an older version of Maquette; "
                "open Maquette once to bring it up to date."
            )
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise unreadable(path, schema, error) from error
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def unreadable(path: Path, schema: Schema, error: sqlite3.Error) -> LibraryError:
    """The sentence for a file that SQLite refuses: in use, on a bad disk, or damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the finer reason
    if code in _LOCKED:
        message = (
            f"The {schema.name} is in use by another program; wait until it is done, and try again."
        )
    elif code in _DISK:
        message = (
            f"The {schema.name} could not be written ({error}); check that its disk is there, has "
            "space and can be written to, and try again."
        )
    elif schema.can_be_rebuilt:
        return LibraryDamaged(
            f"The {schema.name} {path} cannot be read ({error}); run maquette doctor --rebuild, "
            "which makes it anew from the pictures, which are safe.",
            str(error),
        )
    else:
        message = (
            f"The {schema.name} {path} cannot be read ({error}); move it away and start "
            "again, the pictures themselves are safe."
        )
    return LibraryError(message, str(error))


def _connect(database: str) -> sqlite3.Connection:
    return sqlite3.connect(
        database,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=True,  # also for what is attached
    )
