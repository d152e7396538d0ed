"""The library as people see it: searched, rated, tagged, collected, thrown away, related."""

import array
import datetime
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from maquette.core.errors import LibraryError
from maquette.core.gallery import Board, Facet, GalleryPicture, Presence, Relative
from maquette.library.ingredients import Ingredients
from maquette.library.pictures import annotations, backups, boards, kinship, parts, trash
from maquette.library.pictures.connections import Connections
from maquette.library.pictures.derived import derive_missing, is_underived, json_of
from maquette.library.pictures.facets import FacetCounter
from maquette.library.pictures.listing import PARTS, Listings, Sorting, changes
from maquette.library.pictures.matching import Matching
from maquette.library.pictures.rows import read_pictures
from maquette.library.pictures.taking_back import take_back
from maquette.library.pictures.trash import Purged
from maquette.library.pictures.undo import (
    BoardChanged,
    RatingsWere,
    Restored,
    TagsChanged,
    Trashed,
    Undo,
)
from maquette.library.query import Query


class Gallery:
    """The pictures of one library file. Blocking; threads and processes may share it.

    Every method raises LibraryError if the file cannot be read or written. Each change happens
    whole or not at all and returns what `undo` takes back; ids that are gone are passed over. What
    concerns thousands of pictures is made in parts, between which others may write.
    """

    def __init__(self, connections: Connections) -> None:
        """`Gallery.open` is the usual way; `connections` are closed by `close`."""
        self._connections = connections
        self._listings = Listings()
        self._matching = Matching()
        self._facets = FacetCounter()
        self._ingredients = Ingredients.beside(connections.path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the library at `path`, made or migrated if need be.

        What was cut off while files went to the trash or came back is finished.

        Raises:
            LibraryError: it cannot be opened, is damaged, or is of a newer version.
        """
        connections = Connections.open(path)
        try:
            trash.mend(connections)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    def close(self) -> None:
        """Close the file; the gallery cannot be used afterwards."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def version(self) -> int:
        """A number that grows whenever any program changes the library."""
        with self._connections.reading() as connection:
            return sum(changes(connection, PARTS))

    def look_after(self, trash_days: int) -> tuple[str, ...]:
        """What is due now and then; call it in a thread when a program starts.

        Makes findable what older programs filed, deletes what has been in the trash for more than
        `trash_days` (0 keeps it), and makes the daily backup.

        Returns:
            Sentences about what could not be done.
        """
        while self.catch_up():
            pass
        notices: tuple[str, ...] = ()
        if trash_days > 0:
            now = datetime.datetime.now(datetime.UTC)
            notices = self.purge(now - datetime.timedelta(days=trash_days)).notices
        try:
            self.back_up()
        except LibraryError as error:
            return (*notices, error.message)
        return notices

    def catch_up(self, limit: int = 500) -> int:
        """Make what older programs filed findable, `limit` pictures at a time.

        Returns how many were done; 0 when all are.
        """
        with self._connections.reading() as connection:
            if not is_underived(connection):
                return 0
        with self._connections.writing() as connection:
            return derive_missing(connection, limit)

    def back_up(self) -> Path | None:
        """Copy the file, once a day and if it has changed; three copies remain.

        Returns the copy, None if none was needed. Takes seconds for large libraries.
        """
        return backups.back_up(self._connections.path, datetime.date.today())

    def find(self, query: Query, order: Sorting = Sorting.NEWEST) -> "array.array[int]":
        """The row numbers ("q") of all pictures that `query` means, in `order`.

        Pictures in the trash are found only where the query says `in:trash`.
        """
        with self._connections.reading() as connection:
            listing = self._listings.listing(connection, order)
            mask = self._matching.mask(connection, query, listing)
        found = array.array("q")
        found.frombytes(listing.ids[mask[listing.ids]].tobytes())
        return found

    def count(self, query: Query) -> int:
        """How many pictures `query` finds."""
        with self._connections.reading() as connection:
            listing = self._listings.listing(connection, Sorting.NEWEST)
            return int(np.count_nonzero(self._matching.mask(connection, query, listing)))

    def pictures(self, ids: Sequence[int]) -> list[GalleryPicture]:
        """The pictures of `ids`, in that order; those that are gone are left out."""
        with self._connections.reading() as connection:
            return read_pictures(connection, ids)

    def of_records(self, records: Sequence[str]) -> list[GalleryPicture]:
        """The pictures that these records are of and whose files are there, the newest first."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT id FROM pictures WHERE record_id IN (SELECT value FROM json_each(?))"
                " ORDER BY created DESC, id DESC",
                (json_of(records),),
            )
            pictures = read_pictures(connection, [row[0] for row in found])
        return [p for p in pictures if p.presence is Presence.PRESENT and not p.trashed]

    def facets(self, query: Query) -> tuple[Facet, ...]:
        """How many of the pictures that `query` finds have each word, tag, board and so on.

        `field:value` of each is a term of the query language (quote values with spaces).
        """
        with self._connections.reading() as connection:
            listing = self._listings.listing(connection, Sorting.NEWEST)
            mask = self._matching.mask(connection, query, listing)
            return self._facets.count(connection, mask, listing.kept)

    def relatives(self, picture_id: int) -> tuple[Relative, ...]:
        """What the picture was made from and into, its copies, and what was exported of it."""
        with self._connections.reading() as connection:
            for picture in read_pictures(connection, [picture_id]):
                return kinship.relatives(connection, picture, self._ingredients)
        return ()

    def note_export(
        self, record_id: str, path: Path, sha256: str, preset: str, created: str
    ) -> None:
        """Remember that the file `path` went out; `created` is ISO 8601 in UTC."""
        export = kinship.NewExport(
            record_id=record_id, path=path, sha256=sha256, preset=preset, created=created
        )
        with self._connections.writing() as connection:
            kinship.note_export(connection, export)

    def tags(self) -> tuple[str, ...]:
        """All tags, sorted."""
        with self._connections.reading() as connection:
            return annotations.tag_names(connection)

    def boards(self) -> tuple[Board, ...]:
        """All boards by name."""
        with self._connections.reading() as connection:
            return boards.boards(connection)

    def rate(self, ids: Sequence[int], rating: int) -> Undo:
        """Rate pictures, 0 (not rated) to MAX_RATING. Raises InputError for any other number."""

        def work(connection: sqlite3.Connection, some: Sequence[int]) -> RatingsWere:
            return annotations.rate(connection, dict.fromkeys(some, rating))

        return Undo(parts.in_parts(self._connections, parts.of_ids(ids), work))

    def annotate(self, picture_id: int, note: str) -> Undo:
        """Write a note to a picture; "" for none. Raises InputError if it is too long."""
        with self._connections.writing() as connection:
            return Undo(annotations.annotate(connection, {picture_id: note}))

    def tag(self, ids: Sequence[int], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Undo:
        """Add tags to pictures and remove others. Raises InputError for what can be no tag."""
        wanted, unwanted = tuple(add), tuple(remove)

        def work(connection: sqlite3.Connection, some: Sequence[int]) -> TagsChanged:
            return annotations.tag(connection, some, wanted, unwanted)

        return Undo(parts.in_parts(self._connections, parts.of_ids(ids), work))

    def add_board(self, name: str) -> Board:
        """A new, empty board; `remove_board` undoes it. Raises InputError if the name is taken."""
        with self._connections.writing() as connection:
            return boards.add(connection, name)

    def rename_board(self, board: int, name: str) -> Undo:
        """Call a board otherwise. Raises InputError if the name is taken or the board is gone."""
        with self._connections.writing() as connection:
            return Undo(boards.rename(connection, board, name))

    def remove_board(self, board: int) -> Undo:
        """Take a board away; its pictures stay in the library. Raises InputError if it is gone."""
        with self._connections.writing() as connection:
            return Undo(boards.remove(connection, board))

    def put_on_board(self, ids: Sequence[int], board: int) -> Undo:
        """Put pictures on a board. Raises InputError if the board is gone."""

        def work(connection: sqlite3.Connection, some: Sequence[int]) -> BoardChanged:
            return boards.put(connection, some, board)

        return Undo(parts.in_parts(self._connections, parts.of_ids(ids), work))

    def take_off_board(self, ids: Sequence[int], board: int) -> Undo:
        """Take pictures off a board."""

        def work(connection: sqlite3.Connection, some: Sequence[int]) -> BoardChanged:
            return boards.take_off(connection, some, board)

        return Undo(parts.in_parts(self._connections, parts.of_ids(ids), work))

    def trash(self, ids: Sequence[int]) -> Undo:
        """Move pictures to the trash, their files into a hidden folder beside.

        Raises:
            SaveError: none of the files could be moved; all is as it was.
        """
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return trash.to_trash(self._connections, ids, now)

    def restore(self, ids: Sequence[int]) -> Undo:
        """Bring pictures back from the trash, as NAME-2 where the name was taken meanwhile.

        Raises:
            SaveError: none of the files could be moved; all is as it was.
        """
        return trash.restore(self._connections, ids)

    def purge(self, older_than: datetime.datetime) -> Purged:
        """Delete for good what went to the trash before `older_than`. Cannot be undone.

        Sketches that only those pictures were made from go with them.
        """
        moment = older_than.astimezone(datetime.UTC).isoformat(timespec="seconds")
        purged = trash.purge(self._connections, moment)
        self._ingredients.forget(purged.images)
        return purged

    def undo(self, undo: Undo) -> Undo:
        """Take a change back; returns what takes that back again.

        Raises:
            InputError: a name was given away meanwhile, or a board is gone.
            SaveError: files could not be moved.
        """
        match undo.change:
            case Trashed(pictures):
                return self.restore(pictures)
            case Restored(pictures):
                return self.trash(pictures)
        return Undo(parts.in_parts(self._connections, parts.of_change(undo.change), take_back))
