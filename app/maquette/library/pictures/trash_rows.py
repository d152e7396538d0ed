"""Rows of pictures on their way to the trash, in it, or coming back; and how their files move."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.core.errors import SaveError
from maquette.library.pictures.moving import move

_SELECT = (
    "SELECT pictures.id, folders.path, pictures.path, origin, trashed, file_sha256, folder_id"
    " FROM pictures JOIN folders ON folders.id = folder_id"
)


class TrashRow(msgspec.Struct, frozen=True):
    """`path` and `origin` are relative to `folder`."""

    id: int
    folder: str
    path: str
    origin: str
    trashed: str
    file_sha256: str
    folder_id: int

    @property
    def there(self) -> Path:
        """Where the file belongs."""
        return Path(self.folder, *self.path.split("/"))

    @property
    def before(self) -> Path:
        """Where the file was."""
        return Path(self.folder, *self.origin.split("/"))


class Moves(msgspec.Struct):
    """What came of moving files: `gone` are those of `done` that had no file."""

    done: list[TrashRow] = msgspec.field(default_factory=list)
    gone: list[TrashRow] = msgspec.field(default_factory=list)
    refused: dict[int, OSError] = msgspec.field(default_factory=dict)

    def require_some(self, rows: Sequence[TrashRow]) -> None:
        """Raise SaveError if there were files to move and none of them could be."""
        for error in self.refused.values():
            if not self.done:
                reason = error.strerror or "unknown reason"
                raise SaveError(
                    f"The files in {rows[0].folder} could not be moved ({reason}); check that the "
                    "folder is there and can be written to.",
                    str(error),
                ) from error

    def notices(self, what_of_gone: str) -> tuple[str, ...]:
        """Sentences about files that were gone or could not be moved."""
        reasons = {error.strerror or "unknown reason" for error in self.refused.values()}
        return (
            *(f"{row.before.name} is not there any more; {what_of_gone}." for row in self.gone),
            *(
                f"Some files could not be moved ({reason}); try again."
                for reason in sorted(reasons)
            ),
        )


def rows_where(connection: sqlite3.Connection, clause: str, *values: object) -> list[TrashRow]:
    """The rows for which `clause` holds."""
    return [TrashRow(*row) for row in connection.execute(f"{_SELECT} WHERE {clause}", values)]


def tell(connection: sqlite3.Connection, rows: Sequence[TrashRow]) -> None:
    """Write where the files of `rows` are, or will be."""
    connection.executemany(
        "UPDATE pictures SET trashed = ?, path = ?, origin = ? WHERE id = ?",
        [(row.trashed, row.path, row.origin, row.id) for row in rows],
    )


def move_all(rows: Sequence[TrashRow]) -> Moves:
    """Move files to where their rows say."""
    moves = Moves()
    for row in rows:
        try:
            move(row.before, row.there)
        except FileNotFoundError as error:
            if not Path(row.folder).is_dir():
                moves.refused[row.id] = error
                continue
            moves.gone.append(row)
        except OSError as error:
            moves.refused[row.id] = error
            continue
        moves.done.append(row)
    return moves
