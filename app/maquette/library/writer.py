"""The one way a picture gets to disk: complete, indexed and read back, or not at all."""

import errno
import hashlib
import os
import platform
import re
import secrets
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from maquette.core.errors import ImageError, SaveError
from maquette.core.paths import cache_dir
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.record import Record, spoken_id
from maquette.core.settings import FILE_NAME_TEMPLATE
from maquette.library.naming import check_template, file_name, has_number
from maquette.library.store import Library, NewPicture
from maquette.library.thumbnails import thumbnail_path, write_thumbnail
from maquette.provenance.metadata import read_image

_SUFFIX = ".png"
_MAX_TRIES = 100_000
_PART = re.compile(r"\.maquette-([0-9a-f]{8})-(\d+)-[0-9a-f]+\.part")
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


class Writer:
    """Saves pictures into one folder, named by a template. Blocking; threads may share it."""

    def __init__(
        self,
        library: Library,
        folder: Path,
        template: str = FILE_NAME_TEMPLATE,
        thumbnails: Path | None = None,
    ) -> None:
        """`folder` is made when needed; `thumbnails` is in the cache folder unless given."""
        self._library = library
        self._folder = Path(os.path.abspath(folder.expanduser()))
        self._template = template
        self._thumbnails = thumbnails or cache_dir() / "thumbnails"
        self._swept = False

    def check(self) -> None:
        """See that the folder can be written to, before pictures are made for it.

        Raises:
            SaveError: it cannot.
            InputError: the file name template is not valid.
        """
        check_template(self._template)
        _require_text(self._folder)
        made_folders: list[Path] = []
        try:
            _make(self._folder, made_folders)
            with tempfile.TemporaryFile(dir=self._folder):
                pass
        except OSError as error:
            raise _save_error(error, self._folder) from error
        finally:
            _undo([], made_folders)

    def save(self, record: Record, file: bytes) -> Path:
        """Save `file`, the sealed PNG of `record`, and return its path.

        The bytes go to a hidden temporary file, are fsynced, and get their name at once and only
        if it is free; then come thumbnail and row, and the file is read back before the row
        counts. A missing thumbnail is no failure, since it can be made again.

        Raises:
            SaveError: nothing of the picture is left behind.
            InputError: the file name template is not valid.
        """
        pixels = _check(record, file)
        _require_text(self._folder)
        made_folders: list[Path] = []
        written: list[Path] = []
        try:
            _make(self._folder, made_folders)
            self._sweep()
            path = self._write(record, file, written, made_folders)
            thumbnail = self._thumbnail(pixels, written)
            picture = NewPicture(
                folder=self._folder,
                path=path.relative_to(self._folder),
                record=record,
                file_bytes=len(file),
                file_sha256=hashlib.sha256(file).hexdigest(),
                pixel_sha256=pixel_digest(pixels),
                thumbnail=thumbnail,
            )
            with self._library.adding(picture):
                _read_back(path, picture.file_sha256)
        except BaseException as error:
            _undo(written, made_folders)
            if isinstance(error, OSError):
                raise _save_error(error, self._folder) from error
            if isinstance(error, sqlite3.Error):
                raise SaveError(
                    f"The library's index could not be written ({error}), so the picture was not "
                    "kept; check the disk and try again."
                ) from error
            raise
        return path

    def _write(
        self, record: Record, file: bytes, written: list[Path], made_folders: list[Path]
    ) -> Path:
        """Temporary file, fsync, name. Paths are noted in `written` before they exist."""
        temporary = self._folder / _part_name()
        written.append(temporary)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _O_BINARY, 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(file)
            stream.flush()
            os.fsync(stream.fileno())
        path = self._publish(temporary, record, made_folders)
        written[:] = [path]
        _sync_folder(path.parent)
        return path

    def _publish(self, temporary: Path, record: Record, made_folders: list[Path]) -> Path:
        """Give `temporary` the first name that is free: NAME.png, NAME-2.png, NAME-3.png, ..."""
        counted = has_number(self._template)
        for number in range(1, _MAX_TRIES):
            name = file_name(self._template, record, number)
            suffix = _SUFFIX if counted or number == 1 else f"-{number}{_SUFFIX}"
            path = self._folder / name.parent / f"{name.name}{suffix}"
            _make(path.parent, made_folders)
            try:
                _rename_exclusively(temporary, path)
            except FileExistsError:
                continue
            return path
        raise SaveError(
            f"There are too many pictures of one name in {self._folder}; "
            "add {id} or {time} to the file name template."
        )

    def _thumbnail(self, pixels: Pixels, written: list[Path]) -> str:
        digest = pixel_digest(pixels)
        path = thumbnail_path(self._thumbnails, digest)
        if path.exists():
            return str(path)
        try:
            written.append(write_thumbnail(self._thumbnails, digest, pixels))
        except OSError:
            return ""
        return str(path)

    def _sweep(self) -> None:
        """Remove, once, what writers of this machine left that were killed while they wrote."""
        if self._swept:
            return
        self._swept = True
        for path in self._folder.iterdir():
            match = _PART.fullmatch(path.name)
            if match and match[1] == _host() and not psutil.pid_exists(int(match[2])):
                path.unlink(missing_ok=True)


_O_BINARY = getattr(os, "O_BINARY", 0)  # Windows only


def _check(record: Record, file: bytes) -> Pixels:
    """The pixels of `file`, if it is a file of `record`."""
    try:
        pixels, metadata = read_image(file)
    except ImageError as error:
        raise SaveError(
            "The picture came damaged from the engine and was not saved; please make it again.",
            error.message,
        ) from error
    if metadata.record is None or metadata.record.id != record.id:
        raise SaveError(
            f"The picture does not carry its record {spoken_id(record.id)} and was not saved; "
            "please make it again."
        )
    return pixels


def _require_text(folder: Path) -> None:
    """Linux allows names that are no text; the index and other systems do not."""
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise SaveError(
            f"The name of the folder {str(folder)!a} is not valid text; choose another one."
        ) from error


def _host() -> str:
    """Tells machines that share a folder apart without naming them."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _part_name() -> str:
    return f".maquette-{_host()}-{os.getpid()}-{secrets.token_hex(4)}.part"


def _make(folder: Path, made: list[Path]) -> None:
    """Make `folder` and its parents, noting in `made` those that were not there."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        with suppress(FileExistsError):
            path.mkdir()
            made.append(path)


def _rename_exclusively(temporary: Path, path: Path) -> None:
    """Rename, raising FileExistsError if there is a `path`, even one made this very moment."""
    if os.name == "nt":
        os.rename(temporary, path)  # refuses to replace on Windows
        return
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
    else:
        with suppress(OSError):
            temporary.unlink()  # hidden, and swept later
        return
    # No hard links here (FAT, some network folders): take the name first, then put the file on it.
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        os.replace(temporary, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name outlive a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_back(path: Path, digest: str) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SaveError(
            f"The disk gave back other bytes than were written to {path.parent}; "
            "the picture was not kept, please check the disk."
        )


def _undo(written: list[Path], made_folders: list[Path]) -> None:
    for path in written:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in reversed(made_folders):
        with suppress(OSError):
            folder.rmdir()  # only if empty


def _save_error(error: OSError, folder: Path) -> SaveError:
    """One sentence for what the system said."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            message = f"The disk is full: free some space for {folder} and make the picture again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            message = f"The folder {folder} cannot be written to; choose another one."
        case errno.ENAMETOOLONG:
            message = (
                f"The path of a picture in {folder} is too long; "
                "choose another folder or a shorter file name template."
            )
        case errno.ENOENT | errno.ENOTDIR | errno.EEXIST:
            message = f"The folder {folder} is not there and cannot be made; choose another one."
        case errno.EFBIG:
            message = f"The picture is larger than a file in {folder} may be; choose another one."
        case _:
            reason = error.strerror or "unknown reason"
            message = f"The picture could not be saved in {folder} ({reason}); choose another one."
    return SaveError(message, str(error))
