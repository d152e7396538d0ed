"""A library of an older version is brought up step by step, and kept as it was beside."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from maquette.library import migrations
from maquette.library.migrations import SCHEMA_VERSION, migrate


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def add_step(patch: pytest.MonkeyPatch, statement: str) -> None:
    """As if the program had one more step."""
    patch.setattr(migrations, "_STEPS", (*migrations._STEPS, statement))
    patch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)


def test_a_new_library_has_the_newest_schema_and_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, path)
        assert version(connection) == SCHEMA_VERSION
    assert [file.name for file in tmp_path.iterdir()] == ["library.sqlite3"]


def test_an_older_library_is_backed_up_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, path)
        connection.execute("INSERT INTO folders (path) VALUES ('/pictures')")
        add_step(monkeypatch, "ALTER TABLE folders ADD COLUMN label TEXT")
        migrate(connection, path)
        assert version(connection) == SCHEMA_VERSION + 1
        assert connection.execute("SELECT path, label FROM folders").fetchall() == [
            ("/pictures", None)
        ]
    with closing(connect(tmp_path / f"library.sqlite3.v{SCHEMA_VERSION}.bak")) as backup:
        assert version(backup) == SCHEMA_VERSION
        assert backup.execute("SELECT * FROM folders").fetchall() == [(1, "/pictures")]


def test_a_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, path)
        add_step(monkeypatch, "CREATE TABLE boards (id INTEGER); this is no statement")
        with pytest.raises(sqlite3.Error):
            migrate(connection, path)
        assert version(connection) == SCHEMA_VERSION
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'boards'")
        assert tables.fetchall() == []
