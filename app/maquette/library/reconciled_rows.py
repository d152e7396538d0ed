"""Rows of the index as they are compared with files on the disk, and changed after it.

Every change asks once more whether the row is as it was when it was read: windows and command
lines share the index, and pictures go to the trash while folders are being listed.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from maquette.core.gallery import Presence
from maquette.library.pictures.connections import Connections
from maquette.library.pictures.derived import derive, derive_texts
from maquette.library.pictures.rows import NewPicture, filed_at, insert, path_of_missing
from maquette.library.reconciled_values import Edit, FiledRow, Folder, Move, SameBytes
from maquette.library.scanning import Seen

_SAMPLES = 8
_SELECT = (
    "SELECT id, folder_id, path, file_bytes, mtime_ns, file_sha256, presence, record_id"
    " FROM pictures"
)
_AS_IT_WAS = "id = ? AND folder_id = ? AND path = ? AND trashed = '' AND origin = ''"


class Rows:
    """Reads and changes rows. Every method raises LibraryError."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def folders(self) -> list[Folder]:
        """All folders of the index."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT id, path FROM folders ORDER BY id").fetchall()
        return [Folder(number, Path(path)) for number, path in rows]

    def filed_in(self, folder: Folder) -> list[FiledRow]:
        """The pictures of `folder` outside the trash."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"{_SELECT} WHERE folder_id = ? AND trashed = '' AND origin = ''", (folder.id,)
            )
            return [_filed(row) for row in rows]

    def has_unchanged(self, folder: Folder, file: Path) -> bool:
        """Whether `file` in `folder` is in the index, as long and as old as it is now."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT file_bytes, mtime_ns FROM pictures"
                " WHERE folder_id = ? AND path = ? AND presence = 'present'",
                (folder.id, file.relative_to(folder.path).as_posix()),
            ).fetchone()
        if row is None:
            return False
        try:
            told = file.stat()
        except OSError:
            return False
        return row == (told.st_size, told.st_mtime_ns)

    def with_bytes(self, sha256: str) -> SameBytes:
        """The rows whose file has this digest, those in the trash included."""
        with self._connections.reading() as connection:
            rows = connection.execute(f"{_SELECT} WHERE file_sha256 = ?", (sha256,)).fetchall()
        filed = [_filed(row) for row in rows]
        missing = (row for row in filed if row.presence is Presence.MISSING)
        return SameBytes(bool(filed), next(missing, None))

    def on_the_move(self) -> set[str]:
        """Whole paths of files that go to the trash, lie in it, or come back."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT folders.path, pictures.path, origin FROM pictures"
                " JOIN folders ON folders.id = folder_id WHERE origin != ''"
            ).fetchall()
        return {Folder(0, Path(row[0])).file(path) for row in rows for path in row[1:]}

    def exported(self) -> set[str]:
        """The sha256 of files that went out."""
        with self._connections.reading() as connection:
            return {row[0] for row in connection.execute("SELECT sha256 FROM exports")}

    def samples(self, folder: Folder) -> list[FiledRow]:
        """A few pictures that `folder` is known by."""
        rows = [row for row in self.filed_in(folder) if row.presence is not Presence.MISSING]
        return rows[:: max(1, len(rows) // _SAMPLES)][:_SAMPLES]

    def move_folder(self, folder: Folder, path: Path) -> bool:
        """Say that `folder` is at `path` now; False where the index has a folder there already."""
        with self._connections.writing() as connection:
            done = connection.execute(
                "UPDATE OR IGNORE folders SET path = ? WHERE id = ? AND path = ?",
                (str(path), folder.id, str(folder.path)),
            )
            if not done.rowcount:
                return False
            # So that whoever keeps lists learns of it; the rows themselves stay as they are.
            connection.execute("UPDATE changes SET number = number + 1 WHERE part = 'pictures'")
            return True

    def found(self, rows: Sequence[tuple[FiledRow, Seen]]) -> int:
        """Note when files were changed and that they are there; returns how many came back."""
        with self._connections.writing() as connection:
            connection.executemany(
                f"UPDATE pictures SET mtime_ns = ? WHERE {_AS_IT_WAS}",
                [(seen.mtime_ns, *_key(row)) for row, seen in rows],
            )
            back = [_key(row) for row, _ in rows if row.presence is Presence.MISSING]
            connection.executemany(
                f"UPDATE pictures SET presence = 'present' WHERE {_AS_IT_WAS}", back
            )
        return len(back)

    def move(self, moves: Sequence[Move], displaced: Sequence[FiledRow]) -> int:
        """Let rows follow their bytes; returns how many did.

        They change places with each other as files do that were numbered anew, so all leave where
        they were before any arrives. `displaced` are those on whose files another one was put:
        their own are gone.
        """
        with self._connections.writing() as connection:
            left = [
                each
                for each in moves
                if _set_path(connection, each.row, _nowhere(each.row), each.row.presence)
            ]
            for row in displaced:
                _set_path(connection, row, _nowhere(row), Presence.MISSING)
            arrived: list[int] = []
            for each in left:
                if _arrive(connection, each):
                    arrived.append(each.row.id)
                else:
                    _set_path(
                        connection,
                        msgspec.structs.replace(each.row, path=_nowhere(each.row)),
                        _nowhere(each.row),
                        Presence.MISSING,
                    )
            derive_texts(connection, arrived)
        return len(arrived)

    def edit(self, edits: Sequence[Edit]) -> int:
        """Tell of files with other bytes; returns how many rows were changed."""
        with self._connections.writing() as connection:
            done = [each.row.id for each in edits if _edit(connection, each)]
            derive(connection, done)
        return len(done)

    def miss(self, rows: Iterable[FiledRow]) -> int:
        """Note that files are gone; returns how many rows were changed."""
        with self._connections.writing() as connection:
            return sum(
                connection.execute(
                    "UPDATE pictures SET presence = 'missing'"
                    f" WHERE presence != 'missing' AND {_AS_IT_WAS}",
                    _key(row),
                ).rowcount
                for row in rows
            )

    def file(self, pictures: Sequence[NewPicture]) -> int:
        """File pictures whose places nobody has taken meanwhile; returns how many."""
        with self._connections.writing() as connection:
            return sum(_insert(connection, picture) for picture in pictures)


def _filed(row: tuple) -> FiledRow:
    row_id, folder, path, length, mtime_ns, sha256, presence, record_id = row
    return FiledRow(row_id, folder, path, length, mtime_ns, sha256, Presence(presence), record_id)


def _key(row: FiledRow) -> tuple[int, int, str]:
    return row.id, row.folder, row.path


def _nowhere(row: FiledRow) -> str:
    return path_of_missing(row.id, row.path)


def _set_path(connection: sqlite3.Connection, row: FiledRow, path: str, presence: Presence) -> bool:
    done = connection.execute(
        f"UPDATE pictures SET path = ?, presence = ? WHERE {_AS_IT_WAS}",
        (path, presence.value, *_key(row)),
    )
    return done.rowcount > 0


def _arrive(connection: sqlite3.Connection, move: Move) -> bool:
    place, row = move.place, move.row
    edited = row.presence is Presence.EDITED
    done = connection.execute(
        "UPDATE OR IGNORE pictures SET folder_id = ?, path = ?, file_bytes = ?, mtime_ns = ?,"
        " presence = ? WHERE id = ?",
        (
            _folder_id(connection, place.folder),
            place.path,
            place.read.seen.length,
            place.read.seen.mtime_ns,
            (Presence.EDITED if edited else Presence.PRESENT).value,
            row.id,
        ),
    )
    return done.rowcount > 0


def _folder_id(connection: sqlite3.Connection, folder: Folder) -> int:
    if folder.id:
        return folder.id
    path = str(folder.path)
    connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (path,))
    return connection.execute("SELECT id FROM folders WHERE path = ?", (path,)).fetchone()[0]


def _edit(connection: sqlite3.Connection, edit: Edit) -> bool:
    read, metadata, ours = edit.read, edit.read.metadata, edit.ours
    done = connection.execute(
        "UPDATE pictures SET file_bytes = ?, file_sha256 = ?, mtime_ns = ?, pixel_sha256 = ?,"
        f" presence = ? WHERE {_AS_IT_WAS}",
        (
            read.seen.length,
            read.sha256,
            read.seen.mtime_ns,
            ours.pixel_sha256 if ours else "",
            edit.presence.value,
            *_key(edit.row),
        ),
    )
    if not done.rowcount or metadata is None:
        return done.rowcount > 0
    connection.execute(
        "UPDATE pictures SET width = ?, height = ? WHERE id = ?",
        (metadata.width, metadata.height, edit.row.id),
    )
    if ours is not None:
        connection.execute(
            "UPDATE pictures SET record_id = ?, record = ?, created = ? WHERE id = ?",
            (
                ours.record.id,
                msgspec.json.encode(ours.record).decode(),
                ours.record.created,
                edit.row.id,
            ),
        )
    elif not edit.row.record_id:
        foreign = msgspec.json.encode(read.foreign).decode() if read.foreign else ""
        connection.execute(
            "UPDATE pictures SET foreign_recipe = ? WHERE id = ?", (foreign, edit.row.id)
        )
    return True


def _insert(connection: sqlite3.Connection, picture: NewPicture) -> bool:
    is_free = filed_at(connection, picture.folder, picture.path) is None
    if is_free:
        insert(connection, picture)
    return is_free
