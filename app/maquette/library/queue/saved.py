"""Whether the picture of a job is there, whose program ended while it was saving it."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from maquette.core.errors import LibraryError, SaveError
from maquette.core.job import Destination
from maquette.core.paths import absolute_path, cache_dir
from maquette.core.pixels import pixel_digest
from maquette.library.filing import open_sealed
from maquette.library.ledger_row import sha256
from maquette.library.queue.rows import Saving
from maquette.library.scanning import scan
from maquette.library.store import Library, NewPicture
from maquette.library.thumbnails import Thumbnails


class SavedPictures:
    """Looks in the library and, for a file that had its name but no row yet, on the disk.

    Exact, since the queue keeps the digest of the very bytes before they are written. A file that
    is found is filed as its writer would have done.
    """

    def __init__(
        self, library_file: Path, folder: Callable[[], Path], thumbnails: Path | None = None
    ) -> None:
        """`folder` tells where pictures go whose job names no folder."""
        self._library_file = library_file
        self._folder = folder
        self._thumbnails = Thumbnails(thumbnails or cache_dir() / "thumbnails")

    def find(self, job_id: str, saving: Saving, destination: Destination) -> Path | None:
        """The file of the job, None if it was not saved. Raises LibraryError if nobody can tell."""
        try:
            with Library.open(self._library_file) as library:
                entry = library.made_by_job(job_id)
                if entry is not None:
                    return entry.path
                for entry in library.find_record(saving.record.id):  # filed by somebody else
                    if entry.file_sha256 == saving.file_sha256:
                        return entry.path
                return self._find_file(library, job_id, saving, destination)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                "The library cannot be read, so nobody can tell what was saved; check the disk.",
                str(error),
            ) from error

    def _find_file(
        self, library: Library, job_id: str, saving: Saving, destination: Destination
    ) -> Path | None:
        folder = Path(destination.folder) if destination.folder else self._folder()
        folder = absolute_path(folder)
        if not folder.is_dir():
            return None
        for name, seen in scan(folder, (), recursive=True).files.items():
            if seen.length != saving.file_bytes:
                continue
            path = folder / name
            file = path.read_bytes()
            if sha256(file) == saving.file_sha256:
                self._file(library, job_id, saving, folder, Path(name), file)
                return path
        return None

    def _file(
        self,
        library: Library,
        job_id: str,
        saving: Saving,
        folder: Path,
        name: Path,
        file: bytes,
    ) -> None:
        try:
            pixels, _kind = open_sealed(saving.record, file)
        except SaveError as error:
            raise LibraryError(error.message, error.detail) from error
        digest = pixel_digest(pixels)
        with suppress(OSError):  # thumbnails can be made again
            self._thumbnails.write(digest, pixels)
        picture = NewPicture(
            folder=folder,
            path=name,
            record=saving.record,
            file_bytes=len(file),
            file_sha256=saving.file_sha256,
            pixel_sha256=digest,
            job=job_id,
        )
        with suppress(sqlite3.IntegrityError), library.adding(picture):  # else it was filed by now
            pass
