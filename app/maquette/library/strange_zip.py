"""Reading zip files of strangers: nothing is unpacked to the disk, and sizes are bounded before."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from maquette.core.errors import InputError
from maquette.core.plain_text import visible_text

MAX_FILE = 1 << 30  # bytes of the zip file
MAX_ENTRIES = 512
MAX_DIRECTORY = 1 << 20  # bytes of the list of entries
MAX_UNPACKED = 2 << 30  # bytes of all entries together
PIECE = 1 << 20  # bytes that are read at once
SUSPECT = 16 << 20  # bytes, from which an entry must not have shrunk by more than MAX_RATIO
MAX_RATIO = 100
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others may ask for gigabytes before they give a byte; no file of ours has a use for them."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_ZIP64 = b"PK\x06\x07"
_ZIP64_SIZE = 20


class StrangeZip:
    """An open zip file whose entries were looked at; a context manager.

    `refusal` is the error that is raised, and `thing` what it says the file should be of.
    """

    refusal: type[InputError] = InputError
    thing: str = "file"
    most_entries: int = MAX_ENTRIES

    def __init__(self, path: Path) -> None:
        """Raises `refusal`, with one sentence, for what is not to be opened."""
        self.name = visible_text(path.name)
        try:
            self._check_end(path)
            self._zip = zipfile.ZipFile(path)
        except InputError:
            raise
        except OSError as error:
            raise self.refusal(
                f"{self.name} cannot be read ({error.strerror}); check the file and its folder.",
                str(error),
            ) from error
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise self.damaged(error) from error
        try:
            self._entries = self._checked()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str, most: int) -> bytes:
        """The content of an entry of at most `most` bytes. Raises `refusal`."""
        return b"".join(self.pieces(name, most))

    def pieces(self, name: str, most: int) -> Iterator[bytes]:
        """The content of an entry of at most `most` bytes, bit by bit. Raises `refusal`."""
        left = most
        try:
            entry = self._entries[name]
            if entry.file_size > most:
                raise self._too_large()
            with self._zip.open(entry) as stream:
                while left and (piece := stream.read(min(left, PIECE))):
                    left -= len(piece)
                    yield piece
        except (
            KeyError,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,  # encrypted
            NotImplementedError,  # an unknown compression
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            raise self.damaged(error) from error

    def damaged(self, error: Exception | str = "") -> InputError:
        """The sentence for a file that is not whole."""
        return self.refusal(f"{self.name} is damaged or cut off; get the file again.", str(error))

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        entries: dict[str, zipfile.ZipInfo] = {}
        unpacked = 0
        for entry in self._zip.infolist():
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if is_link or entry.filename in entries or leads_out(entry.filename):
                raise self.refusal(
                    f"{self.name} holds paths that no {self.thing} has and is not opened; get the "
                    "file from somebody you trust.",
                    ascii(entry.filename),
                )
            unpacked += entry.file_size
            has_burst = (
                entry.file_size > SUSPECT and entry.file_size > MAX_RATIO * entry.compress_size
            )
            if has_burst or unpacked > MAX_UNPACKED:
                raise self._too_large()
            if entry.compress_type not in METHODS:
                raise self.damaged(f"compressed by method {entry.compress_type}")
            entries[entry.filename] = entry
        return entries

    def _check_end(self, path: Path) -> None:
        """Look at a zip file's last record before its whole list of entries is read. OSError."""
        size = path.stat().st_size
        if size > MAX_FILE:
            raise self._too_large()
        with path.open("rb") as file:
            file.seek(max(0, size - _END_SIZE - _ZIP64_SIZE - 0xFFFF))
            tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_SIZE:
            raise zipfile.BadZipFile("no end record")
        entries = int.from_bytes(tail[at + 10 : at + 12], "little")
        directory = int.from_bytes(tail[at + 12 : at + 16], "little")
        # Nothing of ours needs the records for larger files, which could say something else.
        has_zip64 = tail[max(0, at - _ZIP64_SIZE) : at].startswith(_ZIP64)
        if entries > self.most_entries or directory > MAX_DIRECTORY or has_zip64:
            raise self._too_large()

    def _too_large(self) -> InputError:
        return self.refusal(
            f"{self.name} unpacks to more than a {self.thing} can be and is not opened."
        )


def leads_out(name: str) -> bool:
    """Whether a name in a zip file is absolute, or leads out of the folder it is unpacked to."""
    return (
        "\\" in name
        or "\0" in name
        or name.startswith("/")
        or name[1:2] == ":"
        or ".." in PurePosixPath(name).parts
    )
