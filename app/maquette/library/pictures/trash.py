"""The trash: files move into a hidden folder beside the pictures, and their rows stay.

The row is told first and the file moves then, so that whatever is cut off in between can be told
from the row, and is finished when the library is opened again (`mend`). A row that has an `origin`
is in the trash, or on its way back: its file belongs at `path`, and may still be at `origin`.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from maquette.core.errors import LibraryError
from maquette.core.gallery import Presence
from maquette.library.pictures.connections import Connections
from maquette.library.pictures.derived import images_named, is_named, json_of
from maquette.library.pictures.moving import has_digest, is_trash_path, trash_name
from maquette.library.pictures.trash_rows import Moves, TrashRow, move_all, rows_where, tell
from maquette.library.pictures.undo import Restored, Trashed, Undo

_MAX_TRIES = 10_000
_AT_ONCE = 100  # files deleted while others wait to write
_AMONG = "pictures.id IN (SELECT value FROM json_each(?))"


class Purged(msgspec.Struct, frozen=True):
    """What was deleted for good: rows, and bytes of files. `notices` tell what could not be.

    `images` are digests of sketches and maps that only these pictures named.
    """

    pictures: tuple[int, ...] = ()
    file_bytes: int = 0
    notices: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


def to_trash(connections: Connections, ids: Sequence[int], now: str) -> Undo:
    """Move pictures to the trash; `now` is ISO 8601 in UTC.

    A file that is not there any more does not keep its picture out of the trash.

    Raises:
        SaveError: the disk refused to move any of the files.
        LibraryError: the index cannot be written.
    """
    with connections.writing() as connection:
        rows = rows_where(connection, f"{_AMONG} AND trashed = ''", json_of(ids))
        moved = [
            msgspec.structs.replace(row, path=trash_name(row.path), origin=row.path, trashed=now)
            for row in rows
        ]
        tell(connection, moved)
    moves = move_all(moved)
    if moves.refused:
        with connections.writing() as connection:
            tell(connection, [row for row in rows if row.id in moves.refused])
        moves.require_some(rows)
    return Undo(
        Trashed(tuple(row.id for row in moves.done)),
        moves.notices("its picture is in the trash without it"),
    )


def restore(connections: Connections, ids: Sequence[int]) -> Undo:
    """Bring pictures back to where they were, as NAME-2 if the name was taken meanwhile.

    A picture whose file is gone from the trash comes back as a missing one.

    Raises:
        SaveError: the disk refused to move any of the files.
        LibraryError: the index cannot be written.
    """
    with connections.writing() as connection:
        rows = rows_where(connection, f"{_AMONG} AND trashed != ''", json_of(ids))
        back = [_send_back(connection, row) for row in rows]
    moves = move_all(back)
    with connections.writing() as connection:
        tell(connection, [row for row in rows if row.id in moves.refused])
        _arrived(connection, moves)
    moves.require_some(rows)
    return Undo(
        Restored(tuple(row.id for row in moves.done)),
        moves.notices("its picture is in the library as a missing one"),
    )


def purge(connections: Connections, older_than: str) -> Purged:
    """Delete for good what went to the trash before `older_than`, an ISO 8601 moment in UTC.

    Only files in the trash are deleted, and the rows of those; a file that cannot be deleted
    keeps its row, and so does one whose folder is not there now, or that another program is just
    moving to the trash. Raises LibraryError.
    """
    with connections.reading() as connection:
        due = [
            row.id for row in rows_where(connection, "trashed != '' AND trashed < ?", older_than)
        ]
    purged: list[int] = []
    named: set[str] = set()
    freed = 0
    notices: dict[str, None] = {}
    folders: set[Path] = set()
    for start in range(0, len(due), _AT_ONCE):
        with connections.writing() as connection:  # so that nobody restores one meanwhile
            some = json_of(due[start : start + _AT_ONCE])
            for row in rows_where(connection, f"{_AMONG} AND trashed != ''", some):
                if _comes(row):
                    continue
                try:
                    freed += _delete(row)
                except OSError as error:
                    reason = error.strerror or "unknown reason"
                    notices[f"The trash in {row.folder} could not be emptied ({reason})."] = None
                    continue
                named |= images_named(connection, row.id)
                connection.execute("DELETE FROM pictures WHERE id = ?", (row.id,))
                purged.append(row.id)
                folders.add(row.there.parent)
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()  # only if empty
    with connections.reading() as connection:
        unnamed = tuple(sorted(each for each in named if not is_named(connection, each)))
    return Purged(tuple(purged), freed, tuple(notices), unnamed)


def mend(connections: Connections) -> None:
    """Finish what was cut off while files moved to the trash or back. Raises LibraryError.

    What cannot be finished now, since its disk is not there, stays for the next time.
    """
    with connections.reading() as connection:
        rows = rows_where(connection, "origin != ''")
        stayed = [row for row in rows if row.trashed and _stayed(connection, row)]
        on_their_way = [row for row in rows if not row.trashed and Path(row.folder).is_dir()]
    move_all(stayed)
    if not on_their_way:
        return
    with connections.writing() as connection:
        # Their names may have been taken meanwhile.
        again = [
            _send_back(connection, msgspec.structs.replace(row, path=row.origin, origin=row.path))
            if _is_taken(row)
            else row
            for row in on_their_way
        ]
    moves = move_all(again)
    with connections.writing() as connection:
        _arrived(connection, moves)


def _stayed(connection: sqlite3.Connection, row: TrashRow) -> bool:
    """Whether the file of a trashed row is still where it was, and nobody else's."""
    if not _comes(row):
        return False
    if os.path.lexists(row.there):
        return True
    other = connection.execute(
        "SELECT 1 FROM pictures WHERE folder_id = ? AND path = ?", (row.folder_id, row.origin)
    ).fetchone()
    return other is None


def _is_taken(row: TrashRow) -> bool:
    """Whether another file has the name that the file of `row` was to come back to."""
    if not (os.path.lexists(row.before) and os.path.lexists(row.there)):
        return False
    return row.there.stat().st_size > 0 and not row.there.samefile(row.before)


def _arrived(connection: sqlite3.Connection, moves: Moves) -> None:
    """Note that files are back where they belong, and which ones are not."""
    connection.executemany(
        "UPDATE pictures SET origin = '' WHERE id = ?", [(row.id,) for row in moves.done]
    )
    connection.executemany(
        "UPDATE pictures SET presence = ? WHERE id = ?",
        [(Presence.MISSING.value, row.id) for row in moves.gone],
    )


def _send_back(connection: sqlite3.Connection, row: TrashRow) -> TrashRow:
    """Tell the row of a trashed picture that its file is to come back, under a name that is free.

    Raises:
        LibraryError: there are too many files of that name.
    """
    home = PurePosixPath(row.origin)
    for number in range(1, _MAX_TRIES):
        name = home if number == 1 else home.with_name(f"{home.stem}-{number}{home.suffix}")
        path = name.as_posix()
        known = connection.execute(
            "SELECT 1 FROM pictures WHERE folder_id = ? AND path = ?", (row.folder_id, path)
        ).fetchone()
        if known is None and not os.path.lexists(Path(row.folder, *name.parts)):
            back = msgspec.structs.replace(row, path=path, origin=row.path, trashed="")
            tell(connection, [back])
            return back
    raise LibraryError(
        f"There are too many pictures called {home.name} in {row.folder}; rename some of them."
    )


def _comes(row: TrashRow) -> bool:
    """Whether the file of a trashed row is still on its way from where it was.

    Asked in this order, since a move first gives the new name and then takes the old one: what is
    at neither place now is gone.
    """
    if not row.before.is_file():
        return False
    if os.path.lexists(row.there):
        return row.there.stat().st_size == 0 or row.there.samefile(row.before)
    return has_digest(row.before, row.file_sha256)


def _delete(row: TrashRow) -> int:
    """Delete a row's file in the trash; returns its size, 0 if it is gone. Raises OSError."""
    if not Path(row.folder).is_dir():
        raise FileNotFoundError(2, "its disk is not there")
    if not is_trash_path(row.path) or row.there.parent.is_symlink():
        raise NotADirectoryError(20, "the trash's folder is a link to somewhere else")
    try:
        size = row.there.lstat().st_size
        row.there.unlink()
    except FileNotFoundError:
        return 0
    return size
