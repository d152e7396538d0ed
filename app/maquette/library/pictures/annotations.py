"""What people say of pictures: ratings, tags, notes. Each in the caller's transaction."""

import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from maquette.core.errors import InputError
from maquette.core.gallery import MAX_RATING
from maquette.library.pictures.derived import derive_tags, json_of
from maquette.library.pictures.fulltext import searchable
from maquette.library.pictures.undo import NotesWere, RatingsWere, TagsChanged

MAX_NAME = 100  # characters of a tag or a board
MAX_NOTE = 10_000

_AMONG = "IN (SELECT value FROM json_each(?))"


def rate(connection: sqlite3.Connection, ratings: Mapping[int, int]) -> RatingsWere:
    """Give pictures their ratings, 0 to MAX_RATING. Raises InputError for any other."""
    if not all(0 <= rating <= MAX_RATING for rating in ratings.values()):
        raise InputError(f"A rating is a number from 0 to {MAX_RATING}; choose one of those.")
    before = dict(
        connection.execute(
            f"SELECT id, rating FROM pictures WHERE id {_AMONG}", (json_of(list(ratings)),)
        )
    )
    changed = {each: rating for each, rating in before.items() if ratings[each] != rating}
    connection.executemany(
        "UPDATE pictures SET rating = ? WHERE id = ?", [(ratings[each], each) for each in changed]
    )
    return RatingsWere(changed)


def annotate(connection: sqlite3.Connection, notes: Mapping[int, str]) -> NotesWere:
    """Give pictures their notes. Raises InputError for one that is too long."""
    if any(len(note) > MAX_NOTE for note in notes.values()):
        raise InputError(f"The note is longer than {MAX_NOTE:,} characters; please shorten it.")
    # Half of a pair of UTF-16, as clipboards of other programs may have it, is no text to keep.
    notes = {each: note.encode(errors="ignore").decode() for each, note in notes.items()}
    before = dict(
        connection.execute(
            f"SELECT id, note FROM pictures WHERE id {_AMONG}", (json_of(list(notes)),)
        )
    )
    changed = {each: note for each, note in before.items() if notes[each] != note}
    connection.executemany(
        "UPDATE pictures SET note = ? WHERE id = ?", [(notes[each], each) for each in changed]
    )
    connection.executemany(
        "UPDATE texts SET note = ? WHERE rowid = ?",
        [(searchable(notes[each]), each) for each in changed],
    )
    return NotesWere(changed)


def tag(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    add: Iterable[str],
    remove: Iterable[str],
) -> TagsChanged:
    """Add tags to pictures and remove others. Raises InputError for what can be no tag.

    Tags that differ in case only are one; the first spelling stays until nothing bears the tag.
    """
    known = {name.casefold(): name for (name,) in connection.execute("SELECT name FROM tags")}
    wanted = [clean_name(name, "tag") for name in add]
    unwanted = [clean_name(name, "tag") for name in remove]
    added = {known.setdefault(name.casefold(), name) for name in wanted}
    removed = {known.get(name.casefold(), name) for name in unwanted} - added
    return change_tags(
        connection,
        add=[(name, each) for name in sorted(added) for each in ids],
        remove=[(name, each) for name in sorted(removed) for each in ids],
    )


def change_tags(
    connection: sqlite3.Connection,
    add: Sequence[tuple[str, int]],
    remove: Sequence[tuple[str, int]],
) -> TagsChanged:
    """Add and remove pairs of a tag's name and a picture; returns those that changed something."""
    added = [(name, each) for name, ids in _by_name(add) for each in _link(connection, name, ids)]
    removed = [
        (name, each) for name, ids in _by_name(remove) for each in _unlink(connection, name, ids)
    ]
    connection.execute("DELETE FROM tags WHERE id NOT IN (SELECT tag FROM picture_tags)")
    derive_tags(connection, list({picture for _, picture in (*added, *removed)}))
    return TagsChanged(tuple(added), tuple(removed))


def tag_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """All tags, sorted."""
    names = [name for (name,) in connection.execute("SELECT name FROM tags")]
    return tuple(sorted(names, key=str.casefold))


def clean_name(name: str, kind: str) -> str:
    """`name` as a tag or board has it, on one line without outer spaces.

    Raises:
        InputError: nothing is left of it, or it is too long.
    """
    kept = "".join(
        " " if unicodedata.category(character)[0] in "CZ" else character
        for character in unicodedata.normalize("NFC", name)
    )
    clean = " ".join(kept.split())
    if not clean:
        raise InputError(f"The {kind} has no name; write one.")
    if len(clean) > MAX_NAME:
        raise InputError(
            f"The name of the {kind} is longer than {MAX_NAME} characters; please shorten it."
        )
    return clean


def _by_name(pairs: Sequence[tuple[str, int]]) -> list[tuple[str, list[int]]]:
    groups: dict[str, list[int]] = {}
    for name, picture in pairs:
        groups.setdefault(name, []).append(picture)
    return list(groups.items())


def _link(connection: sqlite3.Connection, name: str, ids: Sequence[int]) -> list[int]:
    """Add one tag; returns the pictures that did not have it."""
    connection.execute("INSERT OR IGNORE INTO tags (name) VALUES (?)", (name,))
    added = connection.execute(
        "INSERT OR IGNORE INTO picture_tags (tag, picture)"
        " SELECT tags.id, pictures.id FROM tags, pictures"
        f" WHERE tags.name = ? AND pictures.id {_AMONG} RETURNING picture",
        (name, json_of(ids)),
    )
    return [row[0] for row in added]


def _unlink(connection: sqlite3.Connection, name: str, ids: Sequence[int]) -> list[int]:
    """Remove one tag; returns the pictures that had it."""
    removed = connection.execute(
        "DELETE FROM picture_tags WHERE tag = (SELECT id FROM tags WHERE name = ?)"
        f" AND picture {_AMONG} RETURNING picture",
        (name, json_of(ids)),
    )
    return [row[0] for row in removed]
