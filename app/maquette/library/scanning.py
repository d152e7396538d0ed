"""Which picture files there are in a folder: names, lengths and times, nothing is opened."""

import os
import stat
import threading
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff")
"""Endings of the files that are looked at, in lower case."""
_MAX_DEPTH = 32  # folders in folders


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A file as the folder lists it: its length in bytes, and when it was changed (nanoseconds)."""

    length: int
    mtime_ns: int


class Scan(msgspec.Struct, frozen=True):
    """The files of a folder by their paths relative to it, with "/" between the parts.

    `unread` has the folders that could not be listed, relative as well ("" is the whole one): of
    what lies in them nothing is known.
    """

    files: dict[str, Seen]
    unread: tuple[str, ...] = ()

    def knows_of(self, path: str) -> bool:
        """Whether a file `path` would have been seen if it were there."""
        return not any(not part or path.startswith(f"{part}/") for part in self.unread)


def scan(
    root: Path,
    known: Collection[str],
    *,
    recursive: bool,
    cancelled: threading.Event | None = None,
) -> Scan:
    """List the picture files in `root`.

    Hidden folders (the trash among them) and links to folders are passed over; so are names that
    are no valid text, which no database takes.

    Args:
        known: relative paths of files that are listed whatever their ending.
        recursive: also list all folders in it; else those only that hold one of `known`.
        cancelled: when it is set, the rest counts as unread.
    """
    folders = {path.rpartition("/")[0] for path in known}
    files: dict[str, Seen] = {}
    unread: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        if cancelled is not None and cancelled.is_set():
            unread += [folder, *waiting]
            break
        try:
            for name, entry in _entries(root / folder):
                path = f"{folder}/{name}" if folder else name
                try:
                    if entry.is_dir(follow_symlinks=False):
                        wanted = recursive or any(
                            each == path or each.startswith(f"{path}/") for each in folders
                        )
                        if not name.startswith(".") and wanted and path.count("/") < _MAX_DEPTH:
                            waiting.append(path)
                    elif path in known or _may_be_picture(name):
                        told = entry.stat()
                        if stat.S_ISREG(told.st_mode):
                            files[path] = Seen(told.st_size, told.st_mtime_ns)
                except FileNotFoundError:
                    continue  # gone this very moment, or a link to nothing
        except OSError:
            unread.append(folder)
    return Scan(files, tuple(unread))


def _entries(folder: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.isprintable() or _is_text(entry.name):
                yield entry.name, entry


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _may_be_picture(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")
