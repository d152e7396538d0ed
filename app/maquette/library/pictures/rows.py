"""Rows of the table of pictures: filing new ones, and reading them as the window shows them."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from maquette.core.gallery import ForeignRecipe, GalleryPicture, Presence, Source
from maquette.core.record import Record
from maquette.library.pictures.derived import (
    VERSION,
    PictureRow,
    decoded,
    json_of,
    keys_of,
    source_of,
    write_words,
)

_GALLERY = (
    "SELECT pictures.id, folders.path, pictures.path, record, foreign_recipe, created, width,"
    " height, file_bytes, file_sha256, pixel_sha256, source, presence, rating, note, trashed"
    " FROM pictures JOIN folders ON folders.id = folder_id"
    " WHERE pictures.id IN (SELECT value FROM json_each(?))"
)


class NewPicture(msgspec.Struct, frozen=True, kw_only=True):
    """What is told to the library about a file: `path` is relative to `folder`.

    A picture of another program has no `record`, and tells `created`, `width` and `height` itself;
    for ours those are what the record says. `pixel_sha256` may be "", and so may `job`, the id of
    the queue's job that made it. `mtime_ns` is the file's, 0 if nobody looked.
    """

    folder: Path
    path: Path
    record: Record | None
    file_bytes: int
    file_sha256: str
    pixel_sha256: str
    thumbnail: str = ""
    foreign: ForeignRecipe | None = None
    created: str = ""
    width: int = 0
    height: int = 0
    mtime_ns: int = 0
    job: str = ""

    @property
    def source(self) -> Source:
        """How it came to be."""
        return source_of(self.record) if self.record else Source.IMPORTED


def path_of_missing(row_id: int, path: str) -> str:
    """A path at which no picture is, for the row that was filed at `path`, with the same name."""
    before = PurePosixPath(path)
    return (before.parent / f".missing-{row_id}" / before.name).as_posix()


def filed_at(connection: sqlite3.Connection, folder: Path, path: Path) -> int | None:
    """The number of the picture that is filed at `path` in `folder`; None if there is none."""
    found = connection.execute(
        "SELECT pictures.id FROM pictures JOIN folders ON folders.id = folder_id"
        " WHERE folders.path = ? AND pictures.path = ?",
        (str(folder), path.as_posix()),
    ).fetchone()
    return found and found[0]


def make_way(connection: sqlite3.Connection, folder: Path, path: Path) -> None:
    """Mark a picture as missing whose file went away unseen, and in whose place another now is."""
    row_id = filed_at(connection, folder, path)
    if row_id is not None:
        connection.execute(
            "UPDATE pictures SET path = ?, presence = ? WHERE id = ?",
            (path_of_missing(row_id, path.as_posix()), Presence.MISSING.value, row_id),
        )


def insert(connection: sqlite3.Connection, picture: NewPicture) -> int:
    """File `picture` in the caller's transaction; returns its number. Raises sqlite3.Error."""
    folder = str(picture.folder)
    connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (folder,))
    record = picture.record
    row = PictureRow(
        id=0,
        path=picture.path.as_posix(),
        record=record,
        foreign=picture.foreign,
        source=picture.source,
        width=record.width if record else picture.width,
        height=record.height if record else picture.height,
        note="",
    )
    (row_id,) = connection.execute(
        "INSERT INTO pictures (record_id, folder_id, path, record, foreign_recipe, created, width,"
        " height, file_bytes, file_sha256, pixel_sha256, thumbnail, source, mtime_ns, job,"
        " seed, recipe_key, start_record, start_digest, derived)"
        " SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM folders"
        " WHERE path = ? RETURNING id",
        (
            record.id if record else "",
            row.path,
            msgspec.json.encode(record).decode() if record else "",
            msgspec.json.encode(picture.foreign).decode() if picture.foreign else "",
            record.created if record else picture.created,
            row.width,
            row.height,
            picture.file_bytes,
            picture.file_sha256,
            picture.pixel_sha256,
            picture.thumbnail,
            picture.source.value,
            picture.mtime_ns,
            picture.job,
            *keys_of(row),
            VERSION,
            folder,
        ),
    ).fetchone()
    write_words(connection, msgspec.structs.replace(row, id=row_id))
    return row_id


def read_pictures(connection: sqlite3.Connection, ids: Sequence[int]) -> list[GalleryPicture]:
    """The pictures `ids` in that order; those that are gone are left out."""
    wanted = json_of(ids)
    tags = _grouped(
        connection.execute(
            "SELECT picture, name FROM picture_tags JOIN tags ON tags.id = tag"
            " WHERE picture IN (SELECT value FROM json_each(?)) ORDER BY name",
            (wanted,),
        )
    )
    boards = _grouped(
        connection.execute(
            "SELECT picture, board FROM picture_boards"
            " WHERE picture IN (SELECT value FROM json_each(?)) ORDER BY board",
            (wanted,),
        )
    )
    found = {
        row[0]: _picture(row, tuple(tags.get(row[0], ())), tuple(boards.get(row[0], ())))
        for row in connection.execute(_GALLERY, (wanted,))
    }
    return [found[each] for each in ids if each in found]


def _grouped(rows: sqlite3.Cursor) -> dict[int, list]:
    groups: dict[int, list] = {}
    for picture, value in rows:
        groups.setdefault(picture, []).append(value)
    return groups


def _picture(row: tuple, tags: tuple[str, ...], boards: tuple[int, ...]) -> GalleryPicture:
    (
        row_id, folder, path, record, foreign, created, width, height, file_bytes, file_sha256,
        pixel_sha256, source, presence, rating, note, trashed,
    ) = row  # fmt: skip
    return GalleryPicture(
        id=row_id,
        path=Path(folder, *path.split("/")),
        record=decoded(record, Record),
        foreign=decoded(foreign, ForeignRecipe),
        created=created,
        width=width,
        height=height,
        file_bytes=file_bytes,
        file_sha256=file_sha256,
        pixel_sha256=pixel_sha256,
        source=Source(source),
        presence=Presence(presence),
        rating=rating,
        tags=tags,
        boards=boards,
        note=note,
        trashed=trashed,
    )
