"""A library that the first version of the program wrote: nothing of it is lost, all is findable."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from maquette.core.gallery import Kin, Presence, Source
from maquette.core.recipe import StartImage
from maquette.library.gallery import Gallery
from maquette.library.query import parse_query
from maquette.library.store import Library

Shelf = Any  # see conftest.py

_VERSION_1 = """
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
PRAGMA user_version = 1;
"""


def write_version_1(file: Path, shelf: Shelf, count: int) -> None:
    """As version 0.1 of the program left it: `count` pictures, the last from a start image."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(_VERSION_1)
        connection.execute("INSERT INTO folders (path) VALUES (?)", (str(shelf.folder),))
        for seed in range(1, count + 1):
            start = StartImage("cd" * 32) if seed == count else None
            record = shelf.record("一个红色的马克杯，水墨画", seed, start=start)
            connection.execute(
                "INSERT INTO pictures VALUES (NULL, ?, 1, ?, ?, ?, 256, 256, 9, ?, ?, '')",
                (
                    record.id,
                    f"2026/{seed}.png",
                    msgspec.json.encode(record).decode(),
                    record.created,
                    f"{seed:064x}",
                    f"{seed:064x}",
                ),
            )


def test_a_library_of_the_first_version_is_brought_up_and_kept_beside(
    shelf: Shelf, tmp_path: Path
) -> None:
    file = tmp_path / "old" / "library.sqlite3"
    file.parent.mkdir()
    write_version_1(file, shelf, 5)
    with closing(sqlite3.connect(file)) as before:
        rows = before.execute("SELECT * FROM pictures").fetchall()
    with Library.open(file) as library:
        assert library.count() == 5
        assert library.recent(1)[0].record.recipe.seed == 5
        assert library.made_by_job("") is None
    with Gallery.open(file) as gallery:
        done = []
        while count := gallery.catch_up(2):
            done.append(count)
        assert done == [2, 2, 1]
        for text in ("马克", "style:ink", "colour:red", "model:mini", "seed:1..5", "size:256"):
            assert len(gallery.find(parse_query(text))) == 5, text
        pictures = gallery.pictures([1, 5])
        assert [picture.source for picture in pictures] == [Source.PROMPT, Source.IMAGE]
        assert all(picture.presence is Presence.PRESENT for picture in pictures)
        same = [each for each in gallery.relatives(1) if each.kin is Kin.SAME_RECIPE]
        assert len(same) == 3
    with closing(sqlite3.connect(f"{file}.v1.bak")) as backup:
        assert backup.execute("SELECT * FROM pictures").fetchall() == rows
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)


def test_what_is_derived_better_is_derived_anew(gallery: Gallery, shelf: Shelf) -> None:
    row = shelf.add("a red mug", 1)
    gallery.tag([row], add=["Client A"])
    with gallery._connections.writing() as connection:
        connection.execute("UPDATE pictures SET derived = 0")
        connection.execute("DELETE FROM attributes")
        connection.execute("DELETE FROM texts")
    assert gallery.find(parse_query("mug")).tolist() == []
    assert gallery.catch_up() == 1
    assert gallery.catch_up() == 0
    for text in ("mug", "colour:red", "client"):
        assert gallery.find(parse_query(text)).tolist() == [row]


def test_a_record_of_a_newer_program_does_not_keep_the_others_away(
    gallery: Gallery, shelf: Shelf
) -> None:
    newer, row = shelf.add("a mug", 1), shelf.add("a mug", 2)
    with gallery._connections.writing() as connection:
        connection.execute(
            "UPDATE pictures SET record = json_set(record, '$.later', 1), derived = 0 WHERE id = ?",
            (newer,),
        )
    assert gallery.catch_up() == 1
    assert [each.record is None for each in gallery.pictures([newer, row])] == [True, False]
    assert [each.id for each in shelf.library.recent(10)] == [row]
