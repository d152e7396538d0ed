"""The library's index: which pictures there are, and what is asserted about each."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec

from maquette.core.recipe import Recipe
from maquette.core.record import Record
from maquette.library.database import open_database
from maquette.library.pictures.derived import decoded
from maquette.library.pictures.rows import NewPicture, filed_at, insert, make_way
from maquette.library.record_ids import same_recipe
from maquette.library.schemas import LIBRARY
from maquette.library.shared_file import SharedFile
from maquette.library.transaction import transaction

_SELECT = (
    "SELECT pictures.id, folders.path, pictures.path, record, created, file_sha256, pixel_sha256,"
    " thumbnail FROM pictures JOIN folders ON folders.id = folder_id WHERE record != ''"
)


class LibraryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of ours.

    `id` is the row's own number; `path` and `thumbnail` are absolute or "".
    """

    id: int
    path: Path
    record: Record
    created: str
    file_sha256: str
    pixel_sha256: str
    thumbnail: str = ""


class Library(SharedFile):
    """The index in one SQLite file. Several threads and several processes may use it at once."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use `Library.open`."""
        super().__init__(connection, path, LIBRARY)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the index at `path`, made or migrated if need be.

        Raises:
            LibraryError: it cannot be opened, is damaged, or is of a newer version.
        """
        return cls(open_database(path, LIBRARY), path)

    @contextmanager
    def adding(self, picture: NewPicture) -> Iterator[int]:
        """Add a row; it stays if the block ends well and is gone if the block raises.

        The file at its path is the new picture's: one that was filed there has gone missing.

        Yields the row's number.

        Raises:
            sqlite3.Error: the row could not be written.
        """
        with self._lock, transaction(self._connection):
            make_way(self._connection, picture.folder, picture.path)
            yield insert(self._connection, picture)

    def recent(self, limit: int) -> list[LibraryEntry]:
        """The `limit` newest pictures of ours outside the trash, newest first."""
        return self._entries("AND trashed = '' ORDER BY pictures.id DESC LIMIT ?", limit)

    def count(self) -> int:
        """How many pictures there are, those of other programs and of the trash included."""
        with self._lock:
            return self._connection.execute("SELECT count(*) FROM pictures").fetchone()[0]

    def get(self, entry_id: int) -> LibraryEntry | None:
        """The picture of ours with the row number `entry_id`, or None."""
        return next(iter(self._entries("AND pictures.id = ?", entry_id)), None)

    def find_record(self, record_id: str) -> list[LibraryEntry]:
        """Every picture whose mark names `record_id`, newest first."""
        return self._entries("AND record_id = ? ORDER BY pictures.id DESC", record_id)

    def has_file(self, path: Path) -> bool:
        """Whether `path`, absolute, is the file of a picture, of whichever program."""
        with self._lock:
            return any(
                filed_at(self._connection, folder, path.relative_to(folder)) is not None
                for folder in path.parents
            )

    def made_by_job(self, job_id: str) -> LibraryEntry | None:
        """The picture that the queue's job `job_id` was saved as, or None."""
        clause = "AND job = ? AND job != '' ORDER BY pictures.id DESC LIMIT 1"
        return next(iter(self._entries(clause, job_id)), None)

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a picture of another recipe than `recipe` bears the id."""
        return any(
            not same_recipe(entry.record.recipe, recipe) for entry in self.find_record(record_id)
        )

    def _entries(self, clause: str, *values: object) -> list[LibraryEntry]:
        with self._lock:
            rows = self._connection.execute(f"{_SELECT} {clause}", values).fetchall()
        entries = [_entry(*row) for row in rows]
        return [entry for entry in entries if entry is not None]


def _entry(
    row_id: int,
    folder: str,
    path: str,
    record: str,
    created: str,
    file_sha256: str,
    pixel_sha256: str,
    thumbnail: str,
) -> LibraryEntry | None:
    known = decoded(record, Record)
    if known is None:  # a newer program's
        return None
    return LibraryEntry(
        id=row_id,
        path=Path(folder, *path.split("/")),
        record=known,
        created=created,
        file_sha256=file_sha256,
        pixel_sha256=pixel_sha256,
        thumbnail=thumbnail,
    )
