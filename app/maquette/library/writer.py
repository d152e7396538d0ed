"""The one way a picture gets into the library: complete, told of and read back, or not at all."""

import os
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

from maquette.core.errors import LibraryError, SaveError
from maquette.core.files import part_name
from maquette.core.ledger_entry import MarkResult
from maquette.core.paths import absolute_path, cache_dir
from maquette.core.pixels import Pixels
from maquette.core.record import Record
from maquette.core.settings import FILE_NAME_TEMPLATE
from maquette.library.archive import Archive
from maquette.library.disk import (
    make,
    read_back,
    rename_exclusively,
    require_text,
    save_error,
    sweep,
    sync_folder,
    undo,
    write_part,
)
from maquette.library.filing import SUFFIXES, entry_for, open_sealed
from maquette.library.ingredients import Ingredients
from maquette.library.ledger_row import NewEntry
from maquette.library.naming import check_template, file_name, has_number
from maquette.library.store import NewPicture
from maquette.library.thumbnails import Thumbnails, ThumbnailSize

_MAX_TRIES = 100_000


class Writer:
    """Saves pictures into one folder, named by a template. Blocking; threads may share it."""

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        template: str = FILE_NAME_TEMPLATE,
        thumbnails: Path | None = None,
    ) -> None:
        """`folder` is made when needed; `thumbnails` is in the cache folder unless given."""
        self._archive = archive
        self._folder = absolute_path(folder)
        self._template = template
        self._thumbnails = Thumbnails(thumbnails or cache_dir() / "thumbnails")
        self._ingredients = Ingredients.beside(archive.library.path)
        self._swept = False

    def check(self) -> None:
        """See that the folder can be written to, before pictures are made for it.

        Raises:
            SaveError: it cannot.
            InputError: the file name template is not valid.
        """
        check_template(self._template)
        require_text(self._folder)
        made_folders: list[Path] = []
        try:
            make(self._folder, made_folders)
            with tempfile.TemporaryFile(dir=self._folder):
                pass
        except OSError as error:
            raise save_error(error, self._folder) from error
        finally:
            undo([], made_folders)

    def save(
        self,
        record: Record,
        file: bytes,
        mark: MarkResult,
        manifest: bytes = b"",
        job: str = "",
        images: Mapping[str, Pixels] | None = None,
    ) -> Path:
        """Save `file`, the sealed file of `record`, and return its path.

        The bytes go to a hidden temporary file and are fsynced; the ledger is told of them; then
        they get their name at once and only if it is free. So no file is ever there under its name
        that the ledger does not know, whenever the power fails; a row whose file never came to be
        does no harm. Thumbnail and index row follow, and the file is read back before its index row
        counts. A missing thumbnail is no failure, since it can be made again.

        Args:
            mark: how the invisible watermark came out.
            manifest: the signed manifest as the file carries it, b"" without one.
            job: the id of the queue's job that made it, "" without one.
            images: the sketches and maps that its recipe names, by digest, which are kept first.

        Raises:
            SaveError: no file of the picture is left behind.
            InputError: the file name template is not valid.
        """
        check_template(self._template)
        pixels, kind = open_sealed(record, file)
        require_text(self._folder)
        self._ingredients.keep(images or {})
        entry = entry_for(record, file, pixels, mark, manifest)
        made_folders: list[Path] = []
        written: list[Path] = []
        try:
            make(self._folder, made_folders)
            self._sweep()
            temporary = self._folder / part_name()
            written.append(temporary)
            write_part(temporary, file)
            self._archive.ledger.append(entry)
            path = self._publish(temporary, record, SUFFIXES[kind], made_folders)
            written[:] = [path]
            sync_folder(path.parent)
            thumbnail = self._thumbnail(pixels, entry.pixel_sha256, written)
            picture = self._picture(record, file, path, entry, thumbnail, job)
            with self._archive.library.adding(picture):
                read_back(path, entry.file_sha256)
        except BaseException as error:
            undo(written, made_folders)
            told = _told(error, self._folder)
            if told is None:
                raise
            raise told from error
        return path

    def _picture(
        self, record: Record, file: bytes, path: Path, entry: NewEntry, thumbnail: str, job: str
    ) -> NewPicture:
        return NewPicture(
            folder=self._folder,
            path=path.relative_to(self._folder),
            record=record,
            file_bytes=len(file),
            file_sha256=entry.file_sha256,
            pixel_sha256=entry.pixel_sha256,
            thumbnail=thumbnail,
            job=job,
        )

    def _publish(
        self, temporary: Path, record: Record, suffix: str, made_folders: list[Path]
    ) -> Path:
        """Give `temporary` the first name that is free: NAME.png, NAME-2.png, NAME-3.png, ..."""
        counted = has_number(self._template)
        for number in range(1, _MAX_TRIES):
            name = file_name(self._template, record, number)
            ending = suffix if counted or number == 1 else f"-{number}{suffix}"
            path = self._folder / name.parent / f"{name.name}{ending}"
            make(path.parent, made_folders)
            try:
                rename_exclusively(temporary, path)
            except FileExistsError:
                continue
            return path
        raise SaveError(
            f"There are too many pictures of one name in {self._folder}; "
            "add {id} or {time} to the file name template."
        )

    def _thumbnail(self, pixels: Pixels, digest: str, written: list[Path]) -> str:
        try:
            written += self._thumbnails.write(digest, pixels)
        except OSError:
            return ""
        return str(self._thumbnails.path_for(digest, ThumbnailSize.LARGE))

    def _sweep(self) -> None:
        """Remove, once, what writers left that were killed while they wrote."""
        if not self._swept:
            self._swept = True
            sweep(self._folder)


def write_export(
    archive: Archive,
    path: Path,
    record: Record,
    file: bytes,
    mark: MarkResult,
    manifest: bytes = b"",
) -> None:
    """Write `file`, a sealed copy for somebody else, to `path`, replacing what is there.

    As `Writer.save`, but under the name that the user chose, and not into the library's index.

    Raises:
        SaveError: `path` is as it was, or has the whole new file.
    """
    pixels, _kind = open_sealed(record, file)
    folder = path.parent
    require_text(path)
    entry = entry_for(record, file, pixels, mark, manifest)
    temporary = folder / part_name()
    try:
        sweep(folder)
        write_part(temporary, file)
        read_back(temporary, entry.file_sha256)
        archive.ledger.append(entry)
        os.replace(temporary, path)
        sync_folder(folder)
    except BaseException as error:
        undo([temporary], [])
        told = _told(error, folder)
        if told is None:
            raise
        raise told from error


def _told(error: BaseException, folder: Path) -> SaveError | None:
    """The sentence for a disk or a database that failed; None for any other error."""
    if isinstance(error, OSError):
        return save_error(error, folder)
    if isinstance(error, LibraryError):
        return SaveError(
            f"The ledger could not be written ({error.detail or error.message}), so the picture "
            "was not kept; check the disk and try again."
        )
    if isinstance(error, sqlite3.Error):
        return SaveError(
            f"The library's index could not be written ({error}), so the picture was not "
            "kept; check the disk and try again."
        )
    return None
