"""Taking pictures of other programs into the library: where they are, as they are, never marked."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from maquette.core.errors import ImageError, InputError
from maquette.core.paths import absolute_path
from maquette.library.disk import require_text
from maquette.library.ledger import Ledger
from maquette.library.pictures.connections import Connections
from maquette.library.pictures.rows import NewPicture
from maquette.library.reading import FileRead, Progress, new_picture, ours_in, read_files
from maquette.library.reconciled_rows import Rows
from maquette.library.reconciled_values import Folder, Move, Place
from maquette.library.scanning import scan

_BATCH = 100  # pictures of one transaction, after which others get their turn
_THREADS = 2
_MAX_NAMED = 1000  # files that could not be read and are named


class Unread(msgspec.Struct, frozen=True):
    """A file that was not taken in, and a sentence why."""

    path: Path
    reason: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    `known` counts files whose very bytes the library has, `returned` those of them whose pictures
    had been missing. `unread` names at most a thousand.
    """

    added: int = 0
    known: int = 0
    returned: int = 0
    failed: int = 0
    unread: tuple[Unread, ...] = ()
    cancelled: bool = False


def import_pictures(
    connections: Connections,
    ledger: Ledger | None,
    paths: Sequence[Path],
    on_progress: Progress = lambda _done, _total: None,
    cancelled: threading.Event | None = None,
) -> Imported:
    """Take in picture files, and those in folders with all folders in them. Blocks.

    Files are indexed in place, neither copied nor changed. What is cancelled stays as far as it
    came.

    Raises:
        InputError: one of `paths` is not there, or its name is no valid text; nothing was done.
        LibraryError: the index cannot be read or written; what was done is kept.
    """
    cancelled = cancelled or threading.Event()
    files = list(dict.fromkeys(_files_in(paths, cancelled)))
    work = _Import(Rows(connections), ledger)
    fresh = []
    for path, root in files:
        if work.knows(path):
            work.known += 1
        else:
            fresh.append((path, root))
    begun = len(files) - len(fresh)
    on_progress(begun, len(files))
    roots = dict(fresh)
    for number, (path, read) in enumerate(read_files(list(roots), _THREADS), 1):
        if cancelled.is_set():
            break
        work.take(path, roots[path], read)
        on_progress(begun + number, len(files))
    work.write()
    return Imported(
        added=work.added,
        known=work.known,
        returned=work.returned,
        failed=work.failed,
        unread=tuple(work.unread),
        cancelled=cancelled.is_set(),
    )


def _files_in(paths: Sequence[Path], cancelled: threading.Event) -> Iterator[tuple[Path, Path]]:
    """Each file, and the folder under which it is filed."""
    for given in paths:
        path = absolute_path(given)
        try:
            require_text(path)
            is_folder, is_file = path.is_dir(), path.is_file()
        except (OSError, ValueError) as error:
            raise InputError(f"The path {given} cannot be opened.", str(error)) from error
        if is_folder:
            seen = scan(path, (), recursive=True, cancelled=cancelled)
            if "" in seen.unread and not cancelled.is_set():
                raise InputError(f"The folder {path} cannot be listed; check its permissions.")
            for name in sorted(seen.files):
                yield path.joinpath(*name.split("/")), path
        elif is_file:
            yield path, path.parent
        else:
            raise InputError(f"There is no file or folder {path}.")


class _Import:
    """Gathers pictures and writes them in batches."""

    def __init__(self, rows: Rows, ledger: Ledger | None) -> None:
        self.added = self.known = self.returned = self.failed = 0
        self.unread: list[Unread] = []
        self._rows = rows
        self._ledger = ledger
        self._folders = rows.folders()
        self._new: dict[str, NewPicture] = {}  # by sha256

    def knows(self, path: Path) -> bool:
        """Whether the index has this very place, with a file of this length and time."""
        return any(
            self._rows.has_unchanged(folder, path)
            for folder in self._folders
            if path.is_relative_to(folder.path)
        )

    def take(self, path: Path, root: Path, read: FileRead | ImageError) -> None:
        """Take one file in; it is in the index after the next `write`."""
        if isinstance(read, ImageError):
            self._fail(path, read.message)
        elif read.metadata is None:
            self._fail(path, read.problem)
        elif read.sha256 in self._new:
            self.known += 1
        else:
            self._take(path, root, read)

    def write(self) -> None:
        """Write what was gathered."""
        if self._new:
            filed = self._rows.file(list(self._new.values()))
            self.added += filed
            self.known += len(self._new) - filed
            self._new.clear()

    def _take(self, path: Path, root: Path, read: FileRead) -> None:
        folder = self._folder_of(path, root)
        same = self._rows.with_bytes(read.sha256)
        if same.missing is not None:
            place = Place(folder, path.relative_to(folder.path).as_posix(), read)
            self.returned += self._rows.move([Move(same.missing, place)], [])
            self.known += 1
        elif same.there:
            self.known += 1
        else:
            self._new[read.sha256] = new_picture(read, folder.path, ours_in(read, self._ledger))
            if len(self._new) >= _BATCH:
                self.write()

    def _folder_of(self, path: Path, root: Path) -> Folder:
        """The folder of the index that `path` lies in, the innermost one; else `root`."""
        around = [each for each in self._folders if path.is_relative_to(each.path)]
        return max(around, key=lambda each: len(each.path.parts), default=Folder(0, root))

    def _fail(self, path: Path, reason: str) -> None:
        self.failed += 1
        if len(self.unread) < _MAX_NAMED:
            self.unread.append(Unread(path, reason))
