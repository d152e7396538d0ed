"""What is compared and changed when the index is brought up to what became of the files."""

from pathlib import Path

import msgspec

from maquette.core.gallery import Presence
from maquette.library.reading import FileRead, Ours


class Folder(msgspec.Struct, frozen=True):
    """A folder of the index, by its row's number; 0 for one that is not there yet."""

    id: int
    path: Path

    def file(self, path: str) -> str:
        """The whole path of a file in it, with "/" between the parts."""
        return f"{self.path.as_posix()}/{path}"


class FiledRow(msgspec.Struct, frozen=True, gc=False):
    """What the index says of a picture outside the trash. `path` is relative to its folder."""

    id: int
    folder: int
    path: str
    length: int
    mtime_ns: int
    sha256: str
    presence: Presence
    record_id: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


class Place(msgspec.Struct, frozen=True):
    """A file that was read; `occupant` is the row that says other bytes were there."""

    folder: Folder
    path: str
    read: FileRead
    occupant: FiledRow | None = None


class Move(msgspec.Struct, frozen=True):
    """A row whose bytes are at another place."""

    row: FiledRow
    place: Place


class Edit(msgspec.Struct, frozen=True):
    """A row whose file has other bytes. `ours` is our record in them, None without one."""

    row: FiledRow
    read: FileRead
    ours: Ours | None
    presence: Presence


class SameBytes(msgspec.Struct, frozen=True):
    """The rows of one digest: whether there is any, and one whose file is missing."""

    there: bool
    missing: FiledRow | None
