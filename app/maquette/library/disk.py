"""What the writer does to the disk: hidden temporary files that get their name when whole."""

import errno
import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

import psutil

from maquette.core.errors import SaveError
from maquette.core.files import host_tag

_PART = re.compile(r"\.maquette-([0-9a-f]{8})-(\d+)-[0-9a-f]+\.part")
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_O_BINARY = getattr(os, "O_BINARY", 0)  # Windows only


def write_part(path: Path, data: bytes) -> None:
    """Write the new file `path` and wait until it is on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _O_BINARY, 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sweep(folder: Path) -> None:
    """Remove what programs of this machine left in `folder` that were killed while they wrote."""
    for path in folder.iterdir():
        match = _PART.fullmatch(path.name)
        if match and match[1] == host_tag() and not psutil.pid_exists(int(match[2])):
            path.unlink(missing_ok=True)


def require_text(folder: Path) -> None:
    """Linux allows names that are no text; the index and other systems do not."""
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise SaveError(
            f"The name of the folder {str(folder)!a} is not valid text; choose another one."
        ) from error


def make(folder: Path, made: list[Path]) -> None:
    """Make `folder` and its parents, noting in `made` those that were not there."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        with suppress(FileExistsError):
            path.mkdir()
            made.append(path)


def rename_exclusively(temporary: Path, path: Path) -> None:
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


def sync_folder(folder: Path) -> None:
    """Make the new name outlive a power cut; Windows and some network folders have no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def read_back(path: Path, digest: str) -> None:
    """Raise SaveError if the bytes of `path` have another sha256 than `digest`."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SaveError(
            f"The disk gave back other bytes than were written to {path.parent}; "
            "the picture was not kept, please check the disk."
        )


def undo(written: list[Path], made_folders: list[Path]) -> None:
    """Remove files and empty folders, as far as they are there."""
    for path in written:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in reversed(made_folders):
        with suppress(OSError):
            folder.rmdir()  # only if empty


def save_error(error: OSError, folder: Path) -> SaveError:
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
