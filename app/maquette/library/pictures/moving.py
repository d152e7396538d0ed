"""Moving single files to the trash and back, so that nothing is ever overwritten."""

import hashlib
import os
import secrets
from pathlib import Path, PurePosixPath

from maquette.library.disk import rename_exclusively

TRASH = ".maquette-trash"
"""The trash's folder, in the root of each of the library's folders."""

_MAX_NAME = 200  # bytes of a name in the trash; systems allow 255


def trash_name(path: str) -> str:
    """A new place in the trash, relative as `path` is, with the same suffix."""
    name = PurePosixPath(path)
    stem = name.stem.encode()[: _MAX_NAME - len(name.suffix.encode())].decode("utf-8", "ignore")
    return f"{TRASH}/{secrets.token_hex(8)}-{stem}{name.suffix}"


def is_trash_path(path: str) -> bool:
    """Whether `path`, relative to a folder of the library, is a file of its trash."""
    parts = PurePosixPath(path).parts
    return len(parts) == 2 and parts[0] == TRASH and parts[1] not in (".", "..")


def move(source: Path, target: Path) -> None:
    """Give the file `source` the name `target`, if that is free; make the folder if need be.

    A move that was cut off in the middle is finished.

    Raises:
        FileNotFoundError: there is neither of them.
        FileExistsError: another file has the name `target`.
        OSError: the disk refused; both are as they were.
    """
    if not os.path.lexists(source):
        if os.path.lexists(target):
            return  # somebody else moved it, or it was moved before the row was told
        raise FileNotFoundError(source)
    if target.parent.name == TRASH and target.parent.is_symlink():
        raise NotADirectoryError(20, "the trash's folder is a link to somewhere else")
    target.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(target):
        rename_exclusively(source, target)
    elif target.samefile(source):
        source.unlink()  # linked already
    elif target.stat().st_size == 0 < source.stat().st_size:
        os.replace(source, target)  # where there are no links, the name is taken first
    else:
        raise FileExistsError(target)


def has_digest(path: Path, sha256: str) -> bool:
    """Whether `path` is a file with these bytes, as far as it can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
