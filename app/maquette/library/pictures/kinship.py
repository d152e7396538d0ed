"""How pictures are related: what they were made from and into, what went out of them."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from maquette.core.gallery import GalleryPicture, Kin, Relative
from maquette.library.ingredients import Ingredients
from maquette.library.pictures.rows import read_pictures

MOST = 100  # relatives of one kind


class NewExport(msgspec.Struct, frozen=True, kw_only=True):
    """A file that went out: `created` is ISO 8601 in UTC, `preset` the name of its preset."""

    record_id: str
    path: Path
    sha256: str
    preset: str
    created: str


def note_export(connection: sqlite3.Connection, export: NewExport) -> None:
    """Remember a file that went out, in the caller's transaction; once for one path and content."""
    known = connection.execute(
        "SELECT 1 FROM exports WHERE record_id = ? AND path = ? AND sha256 = ?",
        (export.record_id, str(export.path), export.sha256),
    ).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO exports (record_id, path, sha256, preset, created) VALUES (?, ?, ?, ?, ?)",
            (export.record_id, str(export.path), export.sha256, export.preset, export.created),
        )


def relatives(
    connection: sqlite3.Connection, picture: GalleryPicture, ingredients: Ingredients
) -> tuple[Relative, ...]:
    """The relatives of `picture`, by kin, newest first, MOST of each kind at most."""
    return (
        *_start(connection, picture),
        *_sketches(picture, ingredients),
        *_same_sketch(connection, picture),
        *_made_from_this(connection, picture),
        *_same_recipe(connection, picture),
        *_same_content(connection, picture),
        *_exports(connection, picture),
    )


def _start(connection: sqlite3.Connection, picture: GalleryPicture) -> Iterator[Relative]:
    """What it began with: the picture of ours, or at least its record's id or digest."""
    start = picture.record.recipe.start if picture.record else None
    if start is None:
        return
    found = _pictures(
        connection,
        picture,
        "(record_id = ?1 AND ?1 != '') OR (pixel_sha256 = ?2 AND ?2 != '')",
        start.record,
        start.digest,
    )
    if found:
        for each in found:
            yield _relative(Kin.START, each)
    else:
        yield Relative(kin=Kin.START, name=start.record or start.digest)


def _sketches(picture: GalleryPicture, ingredients: Ingredients) -> Iterator[Relative]:
    """The control images that it followed, as far as they are still kept."""
    for digest in _sketches_of(picture):
        yield Relative(kin=Kin.SKETCH, name=digest, file=ingredients.file(digest))


def _same_sketch(connection: sqlite3.Connection, picture: GalleryPicture) -> Iterator[Relative]:
    digests = _sketches_of(picture)
    if not digests:
        return
    found = _pictures(
        connection,
        picture,
        "id IN (SELECT picture FROM attributes WHERE field = 'sketch'"
        " AND word IN (SELECT value FROM json_each(?)))",
        msgspec.json.encode(digests).decode(),
    )
    for each in found:
        yield _relative(Kin.SAME_SKETCH, each)


def _sketches_of(picture: GalleryPicture) -> tuple[str, ...]:
    controls = picture.record.recipe.controls if picture.record else ()
    return tuple(dict.fromkeys(control.digest for control in controls))


def _made_from_this(connection: sqlite3.Connection, picture: GalleryPicture) -> Iterator[Relative]:
    record_id = picture.record.id if picture.record else ""
    found = _pictures(
        connection,
        picture,
        "(start_record = ?1 AND start_record != '' AND ?1 != '')"
        " OR (start_digest = ?2 AND start_digest != '' AND ?2 != '')",
        record_id,
        picture.pixel_sha256,
    )
    for each in found:
        yield _relative(Kin.MADE_FROM_THIS, each)


def _same_recipe(connection: sqlite3.Connection, picture: GalleryPicture) -> Iterator[Relative]:
    """Not those with the same seed too: they are the same picture."""
    found = _pictures(
        connection,
        picture,
        "recipe_key != '' AND recipe_key = (SELECT recipe_key FROM pictures WHERE id = ?)"
        " AND record_id != ?",
        picture.id,
        picture.record.id if picture.record else "",
    )
    for each in found:
        yield _relative(Kin.SAME_RECIPE, each)


def _same_content(connection: sqlite3.Connection, picture: GalleryPicture) -> Iterator[Relative]:
    if picture.pixel_sha256:
        clause = "pixel_sha256 = ?"
        for each in _pictures(connection, picture, clause, picture.pixel_sha256):
            yield _relative(Kin.SAME_CONTENT, each)


def _exports(connection: sqlite3.Connection, picture: GalleryPicture) -> Iterator[Relative]:
    if picture.record is None:
        return
    rows = connection.execute(
        "SELECT path, preset, created FROM exports WHERE record_id = ?"
        " ORDER BY created DESC, id DESC LIMIT ?",
        (picture.record.id, MOST),
    )
    for path, preset, created in rows:
        yield Relative(kin=Kin.EXPORT, name=path, note=preset, created=created)


def _pictures(
    connection: sqlite3.Connection, picture: GalleryPicture, clause: str, *values: object
) -> list[GalleryPicture]:
    """Other pictures outside the trash."""
    rows = connection.execute(
        f"SELECT id FROM pictures WHERE ({clause}) AND id != {picture.id:d} AND trashed = ''"
        f" ORDER BY created DESC, id DESC LIMIT {MOST}",
        values,
    )
    return read_pictures(connection, [row[0] for row in rows])


def _relative(kin: Kin, picture: GalleryPicture) -> Relative:
    name = picture.record.id if picture.record else picture.path.name
    return Relative(kin=kin, name=name, picture=picture, created=picture.created)
