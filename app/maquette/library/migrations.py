"""Numbered steps that make or update a SQLite file, which is backed up before each it needs."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from maquette.core.errors import LibraryError
from maquette.library.transaction import transaction


class Schema(msgspec.Struct, frozen=True):
    """A file's tables, as steps of statements. `name` is what people call the file.

    `can_be_rebuilt` if all that matters in it can be made anew when it is damaged.
    """

    name: str
    steps: tuple[tuple[str, ...], ...]
    can_be_rebuilt: bool = False

    @property
    def version(self) -> int:
        """The version after all steps, counted from 0 for an empty file."""
        return len(self.steps)


def migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Bring the file at `path`, open as `connection`, to the newest version of `schema`.

    Before each step the file as it was is kept as `NAME.v1.bak`, `NAME.v2.bak`, and so on, but for
    a file that is new.

    Raises:
        LibraryError: the file was written by a newer version of the program.
        sqlite3.Error: the file cannot be read or written; it is as it was before the failed step.
    """
    is_new = schema_version(connection) == 0
    while (version := schema_version(connection)) != schema.version:
        require_known(version, schema)
        if not is_new:
            _back_up(connection, path.with_name(f"{path.name}.v{version}.bak"))
        with transaction(connection):
            # else another process took this step meanwhile
            if schema_version(connection) == version:
                for statement in schema.steps[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")


def schema_version(connection: sqlite3.Connection) -> int:
    """How many steps the file behind `connection` has taken. Raises sqlite3.Error."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def require_known(version: int, schema: Schema) -> None:
    """Raise LibraryError if a newer version of the program took more steps than there are here."""
    if version > schema.version:
        raise LibraryError(
            f"The {schema.name} was written by a newer version of Maquette; "
            "please update Maquette to open it."
        )


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        connection.backup(copy)
