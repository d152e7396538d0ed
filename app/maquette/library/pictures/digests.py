"""Digests of pixels that become known when a picture is decoded to be shown.

Imported pictures are filed by their texts alone; only who decodes them can tell which of them have
equal content. What is learned is written a little later, many at once, since every change of the
library makes its windows look anew.
"""

import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from maquette.core.errors import LibraryError
from maquette.core.gallery import GalleryPicture
from maquette.library.pictures.connections import Connections

_LATER = 2.0  # seconds

_Learned = dict[int, tuple[str, str]]
"""Picture to (its file's digest, its pixels' digest)."""


class PixelDigests:
    """Threads may share it. What could not be written is learned again another time."""

    def __init__(self, index: Path, on_written: Callable[[str, str], None]) -> None:
        """`index` is the library's file.

        Args:
            on_written: told, in some thread, the file's and the pixels' digest of each picture
                whose row now has them.
        """
        self._index = index
        self._on_written = on_written
        self._lock = threading.Lock()
        self._learned: _Learned = {}
        self._timer: threading.Timer | None = None
        self._closed = False

    def learn(self, picture: GalleryPicture, digest: str) -> None:
        """The pixels of `picture`, whose file is still the one that the row tells of."""
        with self._lock:
            if self._closed:
                return
            self._learned[picture.id] = (picture.file_sha256, digest)
            if self._timer is None:
                self._timer = threading.Timer(_LATER, self.write)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Write what was learned. Blocks."""
        with self._lock:
            learned, self._learned = self._learned, {}
            self._timer = None
        if not learned:
            return
        with suppress(LibraryError):
            self._write(learned)

    def close(self) -> None:
        """Write what was learned, and learn no more. Blocks."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
        self.write()

    def _write(self, learned: _Learned) -> None:
        with (
            closing(Connections.open(self._index)) as connections,
            connections.writing() as connection,
        ):
            connection.executemany(
                "UPDATE pictures SET pixel_sha256 = ?"
                " WHERE id = ? AND file_sha256 = ? AND pixel_sha256 = ''",
                [(pixels, picture, file) for picture, (file, pixels) in learned.items()],
            )
        for file, pixels in learned.values():
            self._on_written(file, pixels)
