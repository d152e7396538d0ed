"""The ledger: one row for every file that was saved or exported, which nobody changes unnoticed.

Rows are only added, and each names the hash of the one before. What may be private (recipe, signed
manifest, likeness) lies beside them under its digest, and can be erased without breaking the chain.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Self

import msgspec
import numpy as np

from maquette.core.errors import LibraryError
from maquette.core.ledger_entry import LedgerEntry
from maquette.core.recipe import Recipe
from maquette.library.database import open_database, open_database_to_read
from maquette.library.ledger_audit import Audit, Auditor
from maquette.library.ledger_row import (
    FIRST,
    Kind,
    NewEntry,
    entry_of,
    read_recipe,
    sha256,
    write_row,
)
from maquette.library.record_ids import same_recipe
from maquette.library.schemas import LEDGER
from maquette.library.shared_file import SharedFile

_SELECT = (
    "SELECT row, chained, coalesce(bytes, x'') FROM entries"
    " LEFT JOIN contents ON contents.number = entries.number AND kind = 'likeness'"
)
_MOST_SIMILAR = 16


class Ledger(SharedFile):
    """The ledger in one SQLite file. Several threads and several processes may use it at once.

    Every method raises LibraryError if the file cannot be read or written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use `Ledger.open` or `Ledger.open_read_only`."""
        super().__init__(connection, path, LEDGER)
        self._numbers = np.empty(0, np.int64)
        self._hashes = np.empty(0, np.uint64)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the ledger at `path`, made or migrated if need be. Raises LibraryError."""
        return cls(open_database(path, LEDGER), path)

    @classmethod
    def open_read_only(cls, path: Path) -> Self:
        """Open the ledger at `path` for reading; where there is none, an empty one."""
        return cls(open_database_to_read(path, LEDGER), path)

    def append(self, new: NewEntry) -> LedgerEntry:
        """Add a row at the end; it is on the disk when this returns."""
        with self._writing():
            last = self._connection.execute(
                "SELECT number, chained FROM entries ORDER BY number DESC LIMIT 1"
            ).fetchone()
            number, previous = last or (0, FIRST)
            text, contents = write_row(new, number + 1, previous)
            chained = sha256(text.encode())
            self._connection.execute(
                "INSERT INTO entries (number, row, chained) VALUES (?, ?, ?)",
                (number + 1, text, chained),
            )
            self._connection.executemany(
                "INSERT INTO contents (number, kind, bytes) VALUES (?, ?, ?)",
                [(number + 1, kind, content) for kind, content in contents.items()],
            )
        return entry_of(text, chained, new.likeness)

    def by_record(self, record_id: str) -> list[LedgerEntry]:
        """The files that were saved and exported of one record, in order."""
        return self._entries("WHERE record_id = ? ORDER BY entries.number", record_id)

    def by_file(self, sha256: str) -> LedgerEntry | None:
        """The file with exactly these bytes; the last one told of."""
        return self._last("file_sha256", sha256)

    def by_pixels(self, sha256: str) -> LedgerEntry | None:
        """A file with exactly these pixels (see core.pixels.pixel_digest); the last one told of."""
        return self._last("pixel_sha256", sha256)

    def similar(self, perceptual_hash: str, distance: int) -> list[LedgerEntry]:
        """The files whose hash differs in at most `distance` bits: 16 at most, nearest first."""
        with self._reading():
            self._load_hashes()
            differing = self._hashes ^ np.uint64(int(perceptual_hash, 16))
            distances = np.bitwise_count(differing)
            near = np.flatnonzero(distances <= distance)
            nearest = near[np.lexsort((self._numbers[near], distances[near]))][:_MOST_SIMILAR]
            found: list[LedgerEntry] = []
            for number in self._numbers[nearest].tolist():
                found += self._entries("WHERE entries.number = ?", number)
            return found

    def manifest(self, entry: LedgerEntry) -> bytes | None:
        """The signed manifest that the file had; None if it had none or it was erased."""
        return self._content(entry, Kind.MANIFEST)

    def recipe(self, entry: LedgerEntry) -> Recipe | None:
        """The recipe of the picture; None if it was erased."""
        with self._reading():
            content = self._content(entry, Kind.RECIPE)
            return None if content is None else read_recipe(content)

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a picture of another recipe than `recipe` bears the id.

        A recipe that was erased counts as another one, since nobody can say any more.
        """
        return any(
            (owner := self.recipe(entry)) is None or not same_recipe(owner, recipe)
            for entry in self.by_record(record_id)
        )

    def forget(self, record_id: str) -> int:
        """Erase recipe, manifest and likeness of a record; returns from how many rows.

        The rows stay: digests, size, time, and that a picture with this id was made.
        """
        with self._writing():
            numbers = self._connection.execute(
                "UPDATE contents SET bytes = NULL WHERE bytes IS NOT NULL AND number IN"
                " (SELECT number FROM entries WHERE record_id = ?) RETURNING number",
                (record_id,),
            ).fetchall()
        with self._reading():  # the write-ahead log still has the erased pages
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(set(numbers))

    def verify(self, known_head: str = "") -> Audit:
        """Go through all rows and contents; `known_head` is a hash noted earlier, "" for none."""
        auditor = Auditor(known_head)
        for text, chained, contents in self.rows():
            row = auditor.row(text, chained)
            if row is not None:
                auditor.contents(row, contents)
        return auditor.result()

    def rows(self) -> Iterator[tuple[bytes, str, Mapping[Kind, bytes | None]]]:
        """Every row, in order: (text, hash, contents by kind; None for what was erased)."""
        with self._reading():
            self._connection.execute("BEGIN")
            try:
                # As bytes, so that a text that is none is told as such by the audit.
                cursor = self._connection.execute(
                    "SELECT entries.number, CAST(row AS BLOB), chained, kind, bytes FROM entries"
                    " LEFT JOIN contents USING (number) ORDER BY entries.number"
                )
                for _number, parts in groupby(cursor, itemgetter(0)):
                    of_row = list(parts)
                    known = {each.value for each in Kind}
                    contents = {
                        Kind(kind): content for *_, kind, content in of_row if kind in known
                    }
                    yield of_row[0][1], of_row[0][2], contents
            finally:
                self._connection.execute("ROLLBACK")

    def _last(self, column: str, value: str) -> LedgerEntry | None:
        clause = f"WHERE {column} = ? ORDER BY entries.number DESC LIMIT 1"
        return next(iter(self._entries(clause, value)), None)

    def _entries(self, clause: str, *values: object) -> list[LedgerEntry]:
        with self._reading():
            rows = self._connection.execute(f"{_SELECT} {clause}", values).fetchall()
            return [entry_of(*row) for row in rows]

    def _content(self, entry: LedgerEntry, kind: Kind) -> bytes | None:
        with self._reading():
            found = self._connection.execute(
                "SELECT bytes FROM contents WHERE number = ? AND kind = ?", (entry.number, kind)
            ).fetchone()
        return found[0] if found else None

    def _load_hashes(self) -> None:
        """Read the hashes of the rows that came since the last time."""
        last = int(self._numbers.max(initial=0))
        # Of the index at first, which has them all in few pages; SQLite would read every row.
        source = f"entries WHERE number > {last}" if last else "entries INDEXED BY entries_by_hash"
        rows = self._connection.execute(f"SELECT number, perceptual_hash FROM {source}").fetchall()
        numbers = np.array([number for number, _ in rows], np.int64)
        hashes = np.frombuffer(bytes.fromhex("".join(text for _, text in rows)), ">u8")
        if hashes.size != numbers.size:
            raise ValueError("a perceptual hash that has not 64 bits")
        self._numbers = np.concatenate((self._numbers, numbers))
        self._hashes = np.concatenate((self._hashes, hashes.astype(np.uint64)))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time; what goes wrong becomes a sentence."""
        with super()._reading():
            try:
                yield
            except (msgspec.DecodeError, ValueError) as error:
                raise LibraryError(
                    "The ledger has a row that cannot be read; run maquette doctor to see which.",
                    str(error),
                ) from error
