"""What the index knows of a picture beyond its row: attributes, searched texts, keys of kinship.

All of it follows from the row, so it is made when a picture is filed, made again when the row
changes, and made anew for all rows when the program learns to do it better (VERSION).
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

from maquette.core.gallery import ForeignRecipe, Source
from maquette.core.recipe import Recipe, recipe_images
from maquette.core.record import Record, as_asked
from maquette.library.pictures.fulltext import searchable
from maquette.library.surroundings import Attribute
from maquette.library.vocabulary import vocabulary

VERSION = 5
"""Raise it when what is derived changes, the word lists included."""

SKETCH = "sketch"
"""Field of attributes: digests of the control images that a picture was steered by."""

MAP = "map"
"""Field of attributes: digests of its weight maps and its locked region."""

MAX_WORD = 200  # characters of a model's, sampler's or style's name as a word
_AT_ONCE = 500  # rows in memory
_IS_IMAGE = f"field IN ('{SKETCH}', '{MAP}')"

_Kind = TypeVar("_Kind")
_SELECT = (
    "SELECT id, path, origin, record, foreign_recipe, source, width, height, note FROM pictures"
)


class PictureRow(msgspec.Struct, frozen=True):
    """What a row says that the rest follows from. `path` is where it was before the trash."""

    id: int
    path: str
    record: Record | None
    foreign: ForeignRecipe | None
    source: Source
    width: int
    height: int
    note: str

    @property
    def prompt(self) -> str:
        """The words that it was made from."""
        if self.record is not None:
            return self.record.recipe.prompt
        return self.foreign.prompt if self.foreign else ""


def derive(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Make everything that follows from the rows `ids` anew, in the caller's transaction."""
    for row, tags in _rows_with_tags(connection, ids):
        connection.execute(
            "UPDATE pictures SET seed = ?, recipe_key = ?, start_record = ?, start_digest = ?,"
            " source = ?, derived = ? WHERE id = ?",
            (*keys_of(row), row.source.value, VERSION, row.id),
        )
        connection.execute("DELETE FROM attributes WHERE picture = ?", (row.id,))
        connection.execute("DELETE FROM texts WHERE rowid = ?", (row.id,))
        write_words(connection, row, tags)


def write_words(connection: sqlite3.Connection, row: PictureRow, tags: Iterable[str] = ()) -> None:
    """Write attributes and searched texts of a row that has none, in the caller's transaction."""
    connection.executemany(
        "INSERT INTO attributes (field, word, picture) VALUES (?, ?, ?)",
        [(field, word, row.id) for field, word in sorted(attributes_of(row))],
    )
    connection.execute(
        "INSERT INTO texts (rowid, prompt, tags, note, name) VALUES (?, ?, ?, ?, ?)",
        (row.id, *texts_of(row, tags)),
    )


def derive_texts(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Make anew what is searched of the rows `ids`, after their names changed, for example."""
    for row, tags in _rows_with_tags(connection, ids):
        connection.execute(
            "UPDATE texts SET prompt = ?, tags = ?, note = ?, name = ? WHERE rowid = ?",
            (*texts_of(row, tags), row.id),
        )


def derive_tags(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Make anew which tags of the rows `ids` are searched; quicker than all of their texts."""
    tags = _tags_of(connection, ids)
    connection.executemany(
        "UPDATE texts SET tags = ? WHERE rowid = ?",
        [(searchable("\n".join(tags.get(each, ()))), each) for each in ids],
    )


def is_underived(connection: sqlite3.Connection) -> bool:
    """Whether there are rows that came from an older program."""
    found = connection.execute("SELECT 1 FROM pictures WHERE derived < ? LIMIT 1", (VERSION,))
    return found.fetchone() is not None


def derive_missing(connection: sqlite3.Connection, limit: int) -> int:
    """Derive for rows that came from an older program, in the caller's transaction.

    Returns how many rows were done, at most `limit`; 0 when none is left.
    """
    found = connection.execute(
        "SELECT id FROM pictures WHERE derived < ? ORDER BY derived, id LIMIT ?", (VERSION, limit)
    )
    ids = [row[0] for row in found]
    derive(connection, ids)
    return len(ids)


def attributes_of(row: PictureRow) -> set[Attribute]:
    """The words that `row` can be narrowed down by."""
    attributes = vocabulary().attributes(row.prompt)
    attributes.add(("source", row.source.value))
    attributes.add(("size", f"{row.width}x{row.height}"))
    if row.record is not None:
        model = row.record.recipe.model
        style, blend = row.record.recipe.style, row.record.recipe.blend
        said = {
            "model": model.name or model.id,
            "sampler": row.record.recipe.sampler.value,
            "preset": style.name if style else "",
        }
        if blend is not None and blend.style is not None and blend.style.name:
            attributes.add(("preset", blend.style.name[:MAX_WORD]))
    elif row.foreign is not None:
        said = {"model": row.foreign.model, "sampler": row.foreign.sampler}
    else:
        said = {}
    attributes |= {(field, word[:MAX_WORD]) for field, word in said.items() if word}
    if row.record is not None:
        shown = {control.digest for control in row.record.recipe.controls}
        maps = set(recipe_images(row.record.recipe)) - shown
        attributes |= {(SKETCH, digest[:MAX_WORD]) for digest in shown}
        attributes |= {(MAP, digest[:MAX_WORD]) for digest in maps}
    return attributes


def source_of(record: Record) -> Source:
    """How the picture of `record` came to be."""
    if record.recipe.controls:
        return Source.SKETCH
    return Source.PROMPT if record.recipe.start is None else Source.IMAGE


def images_named(connection: sqlite3.Connection, picture: int) -> set[str]:
    """Digests of the sketches and maps that a picture was made from."""
    rows = connection.execute(
        f"SELECT word FROM attributes WHERE picture = ? AND {_IS_IMAGE}", (picture,)
    )
    return {row[0] for row in rows}


def is_named(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether a picture, in the trash or not, was made from the sketch or map of this digest."""
    found = connection.execute(
        f"SELECT 1 FROM attributes WHERE {_IS_IMAGE} AND word = ? LIMIT 1", (digest,)
    )
    return found.fetchone() is not None


def texts_of(row: PictureRow, tags: Iterable[str]) -> tuple[str, str, str, str]:
    """What is searched: prompt, tags, note, file name."""
    name = PurePosixPath(row.path).name
    texts = (row.prompt, "\n".join(tags), row.note, name)
    prompt, said, note, named = (searchable(text) for text in texts)
    return prompt, said, note, named


def decoded(text: str, kind: type[_Kind]) -> _Kind | None:
    """The value that `text` holds as JSON; None for "" and for what a newer program wrote."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.DecodeError:
        return None


def json_of(ids: Sequence[int] | Sequence[str]) -> str:
    """`ids` for a statement with `json_each(?)`: as many as there are, in one parameter."""
    return msgspec.json.encode(list(ids)).decode()


def recipe_key(recipe: Recipe) -> str:
    """A digest that recipes share which differ in the seed only: 32 hex digits."""
    alike = msgspec.structs.replace(
        as_asked(recipe), seed=0, guidance_scale=float(recipe.guidance_scale)
    )
    content = msgspec.msgpack.encode(alike, order="deterministic")
    return hashlib.sha256(content).hexdigest()[:32]


def keys_of(row: PictureRow) -> tuple[int | None, str, str, str]:
    """Seed, recipe key, record and digest of the start image; what is unknown is None or ""."""
    if row.record is None:
        seed = row.foreign.seed if row.foreign else None
        # SQLite's integers have 64 bits; other programs' seeds may be anything
        return seed if seed is not None and -(2**63) <= seed < 2**63 else None, "", "", ""
    recipe = row.record.recipe
    start = recipe.start
    if start is None:
        return recipe.seed, recipe_key(recipe), "", ""
    return recipe.seed, recipe_key(recipe), start.record, start.digest


def _rows_with_tags(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> Iterator[tuple[PictureRow, Sequence[str]]]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        tags = _tags_of(connection, some)
        for row in _rows(connection, some):
            yield row, tags.get(row.id, ())


def _rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[PictureRow]:
    rows = connection.execute(
        f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?))", (json_of(ids),)
    )
    return [
        PictureRow(
            id=row_id,
            path=origin or path,
            record=(known := decoded(record, Record)),
            foreign=decoded(foreign, ForeignRecipe),
            # Older programs did not tell sketches.
            source=source_of(known) if known else Source(source),
            width=width,
            height=height,
            note=note,
        )
        for row_id, path, origin, record, foreign, source, width, height, note in rows
    ]


def _tags_of(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = connection.execute(
        "SELECT picture, name FROM picture_tags JOIN tags ON tags.id = tag"
        " WHERE picture IN (SELECT value FROM json_each(?)) ORDER BY name",
        (json_of(ids),),
    )
    tags: dict[int, list[str]] = {}
    for picture, name in rows:
        tags.setdefault(picture, []).append(name)
    return tags
