"""Carrying what people said from one index to another that was made anew from the files.

Ratings, notes, tags, boards, the trash and the list of exports are in no file. Pictures are known
again by their place and their bytes, else by their bytes, else by their place and their record.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from maquette.core.errors import LibraryError
from maquette.core.gallery import Presence
from maquette.library.database import open_database, unreadable
from maquette.library.migrations import require_known
from maquette.library.pictures.derived import derive, derive_texts, json_of
from maquette.library.schemas import LIBRARY
from maquette.library.transaction import transaction

_FIRST = 2  # the version of the index since which people can say something

_PAIR = "INSERT OR IGNORE INTO pairs (was, now) SELECT was.id, min(now.id) FROM old.pictures AS was"
_LEFT = "was.id NOT IN (SELECT was FROM pairs) AND now.id NOT IN (SELECT now FROM pairs)"
_SAME_PLACE = (
    "JOIN old.folders AS home ON home.id = was.folder_id"
    " JOIN folders AS here ON here.path = home.path"
    " JOIN pictures AS now ON now.folder_id = here.id AND now.path = was.path"
)
_PAIRS = (
    # Copies of one file are the same bytes at several places, so the place is asked first.
    f"{_PAIR} {_SAME_PLACE} WHERE now.file_sha256 = was.file_sha256 GROUP BY was.id",
    f"{_PAIR} JOIN pictures AS now USING (file_sha256)"
    f" WHERE was.trashed = '' AND now.trashed = '' AND {_LEFT} GROUP BY was.id",
    f"{_PAIR} {_SAME_PLACE} WHERE {_LEFT} GROUP BY was.id",
)
_KNOWN = """
    UPDATE pictures SET
        rating = iif(pictures.rating = 0, was.rating, pictures.rating),
        note = iif(pictures.note = '', was.note, pictures.note),
        job = iif(pictures.job = '', was.job, pictures.job),
        pixel_sha256 = iif(
            pictures.pixel_sha256 = '' AND pictures.file_sha256 = was.file_sha256,
            was.pixel_sha256, pictures.pixel_sha256
        )
    FROM pairs JOIN old.pictures AS was ON was.id = pairs.was WHERE pictures.id = pairs.now
"""
_COPIED = (
    "record_id, path, record, created, width, height, file_bytes, file_sha256, pixel_sha256,"
    " thumbnail, source, mtime_ns, foreign_recipe, rating, note, job, trashed, origin"
)
_KEPT = """
    SELECT was.id, folders.path, trashed != '' FROM old.pictures AS was
    JOIN old.folders ON folders.id = folder_id
    WHERE was.id NOT IN (SELECT was FROM pairs) AND (
        trashed != '' OR rating > 0 OR note != ''
        OR was.id IN (SELECT picture FROM old.picture_tags)
        OR was.id IN (SELECT picture FROM old.picture_boards)
        OR folder_id IN (SELECT value FROM json_each(?))
    )
"""
_SAID = (
    "INSERT OR IGNORE INTO tags (name) SELECT name FROM old.tags",
    """
    INSERT OR IGNORE INTO picture_tags (tag, picture)
    SELECT tags.id, now FROM old.picture_tags AS link JOIN pairs ON pairs.was = link.picture
    JOIN old.tags AS had ON had.id = link.tag JOIN tags ON tags.name = had.name
    """,
    "DELETE FROM tags WHERE id NOT IN (SELECT tag FROM picture_tags)",
    # With their numbers, unless those were given away.
    """
    INSERT OR IGNORE INTO boards (id, name) SELECT id, name FROM old.boards
    WHERE name NOT IN (SELECT name FROM boards)
    """,
    "INSERT OR IGNORE INTO boards (name) SELECT name FROM old.boards",
    """
    INSERT OR IGNORE INTO picture_boards (board, picture)
    SELECT boards.id, now FROM old.picture_boards AS link JOIN pairs ON pairs.was = link.picture
    JOIN old.boards AS had ON had.id = link.board JOIN boards ON boards.name = had.name
    """,
)
_EXPORTS = """
    INSERT INTO exports (record_id, path, sha256, preset, created)
    SELECT record_id, path, sha256, preset, created FROM old.exports
    EXCEPT SELECT record_id, path, sha256, preset, created FROM exports
"""


class Carried(msgspec.Struct, frozen=True):
    """How much came along: pictures known again, rows of files that were not found, exports."""

    known: int = 0
    kept: int = 0
    exports: int = 0


def carry_over(old_file: Path, new_file: Path) -> Carried:
    """Carry what people said from the index `old_file` to `new_file`; all of it or nothing.

    What the new one says already stays. Pictures in the trash come along, and, as missing ones,
    those that somebody said something of or whose folder is not there now.

    Raises:
        LibraryError: one of them cannot be read, is of a newer version, or is in use for long.
    """
    if not old_file.is_file():
        raise LibraryError(f"There is no library {old_file}; choose another file.")
    try:
        with closing(open_database(new_file, LIBRARY)) as connection:
            connection.execute("ATTACH ? AS old", (f"{old_file.absolute().as_uri()}?mode=ro",))
            (version,) = connection.execute("PRAGMA old.user_version").fetchone()
            require_known(version, LIBRARY)
            if version < _FIRST:
                return Carried()
            return _carry(connection)
    except sqlite3.Error as error:
        raise unreadable(old_file, LIBRARY, error) from error


def _carry(connection: sqlite3.Connection) -> Carried:
    connection.execute("CREATE TEMP TABLE pairs (was INTEGER PRIMARY KEY, now INTEGER UNIQUE)")
    with transaction(connection):
        for statement in _PAIRS:
            connection.execute(statement)
        connection.execute(_KNOWN)
        (known,) = connection.execute("SELECT count(*) FROM pairs").fetchone()
        kept = _keep(connection)
        for statement in _SAID:
            connection.execute(statement)
        exports = connection.execute(_EXPORTS).rowcount
        derive(connection, kept)
        _derive_annotated(connection)
    return Carried(known, len(kept), exports)


def _keep(connection: sqlite3.Connection) -> list[int]:
    """Copy the rows of files that were not found and must not be forgotten: their new numbers."""
    folders = connection.execute("SELECT id, path FROM old.folders")
    away = [number for number, path in folders if not Path(path).is_dir()]
    kept = []
    for was, folder, is_trashed in connection.execute(_KEPT, (json_of(away),)).fetchall():
        connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (folder,))
        added = connection.execute(
            f"INSERT OR IGNORE INTO pictures ({_COPIED}, folder_id, presence)"
            f" SELECT {_COPIED}, (SELECT id FROM folders WHERE path = ?), iif(?, presence, ?)"
            " FROM old.pictures WHERE id = ? RETURNING id",
            (folder, is_trashed, Presence.MISSING.value, was),
        ).fetchone()
        if added is not None:
            kept.append(added[0])
            connection.execute("INSERT INTO pairs (was, now) VALUES (?, ?)", (was, added[0]))
    return kept


def _derive_annotated(connection: sqlite3.Connection) -> None:
    """Make what was said findable."""
    annotated = connection.execute(
        "SELECT now FROM pairs WHERE now IN (SELECT picture FROM picture_tags)"
        " OR now IN (SELECT id FROM pictures WHERE note != '')"
    )
    derive_texts(connection, [row[0] for row in annotated])
