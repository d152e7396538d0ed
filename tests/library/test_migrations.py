"""A library of an older version is brought up step by step, and kept as it was beside."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from maquette.library.migrations import Schema, migrate
from maquette.library.schemas import LEDGER, LIBRARY


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def with_step(*statements: str) -> Schema:
    """The library's schema as if the program had one more step."""
    return Schema("library", (*LIBRARY.steps, statements))


@pytest.mark.parametrize("schema", [LIBRARY, LEDGER])
def test_a_new_file_has_the_newest_schema_and_no_backup(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "data.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, path, schema)
        assert version(connection) == schema.version
    assert [file.name for file in tmp_path.iterdir()] == ["data.sqlite3"]


def test_an_older_library_is_backed_up_before_it_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, path, LIBRARY)
        connection.execute("INSERT INTO folders (path) VALUES ('/pictures')")
        migrate(connection, path, with_step("ALTER TABLE folders ADD COLUMN label TEXT"))
        assert version(connection) == LIBRARY.version + 1
        assert connection.execute("SELECT path, label FROM folders").fetchall() == [
            ("/pictures", None)
        ]
    with closing(connect(tmp_path / f"library.sqlite3.v{LIBRARY.version}.bak")) as backup:
        assert version(backup) == LIBRARY.version
        assert backup.execute("SELECT * FROM folders").fetchall() == [(1, "/pictures")]


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, path, LIBRARY)
        broken = with_step("CREATE TABLE extras (id INTEGER)", "this is no statement")
        with pytest.raises(sqlite3.Error):
            migrate(connection, path, broken)
        assert version(connection) == LIBRARY.version
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'extras'")
        assert tables.fetchall() == []
