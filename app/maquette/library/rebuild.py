"""Making the library's index anew from what the files themselves say.

The new index is made beside the old one, gets what people said of their pictures from it or from
its newest daily copy that can be read, and takes its name at once. The old one is kept.
"""

import os
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec
import psutil

from maquette.core.errors import ImageError, LibraryError
from maquette.library.database import open_database
from maquette.library.disk import sync_folder
from maquette.library.importing import Unread
from maquette.library.ledger import Ledger
from maquette.library.old_index import OldIndex, read_old_index
from maquette.library.pictures.backups import backups
from maquette.library.pictures.carry_over import Carried, carry_over
from maquette.library.pictures.rows import insert
from maquette.library.reading import FileRead, Progress, new_picture, ours_in, read_files
from maquette.library.scanning import scan
from maquette.library.schemas import LIBRARY

_BATCH = 1000  # pictures of one transaction
_THREADS = 2
_MAX_NAMED = 1000  # files that could not be read and are named
_PATIENCE = 2.0  # seconds to wait for another program that has the index open
_TEMPORARY = re.compile(r".+\.rebuild-(\d+)(-wal|-shm|-journal)?")


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the new index, and what is not.

    `imported` are pictures of other programs. `carried` is what came along of what people said,
    out of `carried_from`: the old index, or a daily copy of it; None where neither can be read.
    `unreachable` are folders of the old index that are not there now. `kept` is the old index,
    None where there was none. `unread` names at most a thousand of the `failed`.
    """

    pictures: int
    imported: int
    carried: Carried | None
    carried_from: Path | None
    unreachable: tuple[Path, ...]
    failed: int
    unread: tuple[Unread, ...]
    kept: Path | None


class _File(msgspec.Struct, frozen=True):
    path: Path
    folder: Path
    mtime_ns: int
    was_imported: bool


def rebuild(
    library_file: Path,
    ledger: Ledger | None,
    folders: Sequence[Path],
    on_progress: Progress = lambda _done, _total: None,
    cancelled: threading.Event | None = None,
) -> Rebuilt | None:
    """Make the index `library_file` anew; None if it was cancelled, which changes nothing. Blocks.

    Args:
        folders: where pictures are, which are listed with all folders in them; those that the old
            index knows are added, as far as there were pictures in them.

    Raises:
        LibraryError: another program has the library open, or the new index cannot be written;
            the old one is as it was.
    """
    cancelled = cancelled or threading.Event()
    new_file = library_file.with_name(f"{library_file.name}.rebuild-{os.getpid()}")
    sources = [library_file, *backups(library_file)]
    try:
        _sweep(library_file)
        with _alone(library_file):
            pass
        old = read_old_index(sources)
        files, unreachable = _find(old, folders, cancelled)
        work = _Work(ledger, old.exported)
        with closing(open_database(new_file, LIBRARY)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # it is synced as a whole, below
            if not work.fill(connection, files, on_progress, cancelled):
                return None
        carried, carried_from = _carry(sources, new_file)
        kept = _exchange(library_file, new_file)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            f"The new index could not be written in {library_file.parent} ({error}), and the old "
            "one is as it was; check the disk and try again.",
            str(error),
        ) from error
    finally:
        _remove(new_file)
    return Rebuilt(
        pictures=work.pictures,
        imported=work.imported,
        carried=carried,
        carried_from=carried_from,
        unreachable=unreachable,
        failed=work.failed,
        unread=tuple(work.unread),
        kept=kept,
    )


def _find(
    old: OldIndex, folders: Sequence[Path], cancelled: threading.Event
) -> tuple[list[_File], tuple[Path, ...]]:
    """The files to read, oldest first, and the folders that are not there."""
    found: dict[Path, _File] = {}
    unreachable = []
    # The innermost folder first, so that a file is filed under the one that it was filed under.
    whole = {Path(os.path.abspath(path)) for path in folders}
    roots = {**{path: {} for path in whole}, **old.folders}
    for root in sorted(roots, key=lambda path: len(path.parts), reverse=True):
        known = roots[root]
        seen = scan(root, known, recursive=root in whole, cancelled=cancelled)
        if "" in seen.unread and known:
            unreachable.append(root)
        for name, file in seen.files.items():
            path = root.joinpath(*name.split("/"))
            imported = known.get(name, False)
            found.setdefault(path, _File(path, root, file.mtime_ns, imported))
    ordered = sorted(found.values(), key=lambda each: each.mtime_ns)
    return ordered, tuple(unreachable)


class _Work:
    """Reads files and fills the new index."""

    def __init__(self, ledger: Ledger | None, exported: set[str]) -> None:
        self.pictures = self.imported = self.failed = 0
        self.unread: list[Unread] = []
        self._ledger = ledger
        self._exported = exported

    def fill(
        self,
        connection: sqlite3.Connection,
        files: Sequence[_File],
        on_progress: Progress,
        cancelled: threading.Event,
    ) -> bool:
        """Whether it came to its end."""
        reads = read_files([file.path for file in files], _THREADS)
        connection.execute("BEGIN")
        for number, (file, (_path, read)) in enumerate(zip(files, reads, strict=True), 1):
            if cancelled.is_set():
                return False
            self._take(connection, file, read)
            if number % _BATCH == 0:
                connection.execute("COMMIT")
                connection.execute("BEGIN")
            on_progress(number, len(files))
        connection.execute("COMMIT")
        return not cancelled.is_set()

    def _take(
        self, connection: sqlite3.Connection, file: _File, read: FileRead | ImageError
    ) -> None:
        if isinstance(read, ImageError):
            self._fail(file.path, read.message)
            return
        if read.metadata is None:
            self._fail(file.path, read.problem)
            return
        if read.sha256 in self._exported:
            return
        ours = ours_in(read, self._ledger)
        if ours is not None:
            self.pictures += 1
        elif file.was_imported:
            self.imported += 1
        else:
            if read.metadata.record is not None:
                self._fail(file.path, "Its recipe is neither in the file nor in the ledger.")
            return
        insert(connection, new_picture(read, file.folder, ours))

    def _fail(self, path: Path, reason: str) -> None:
        self.failed += 1
        if len(self.unread) < _MAX_NAMED:
            self.unread.append(Unread(path, reason))


def _carry(sources: Sequence[Path], new_file: Path) -> tuple[Carried | None, Path | None]:
    """Carry over from the first of `sources` that can be read."""
    for source in sources:
        if source.is_file() and source.stat().st_size:
            with suppress(LibraryError):
                return carry_over(source, new_file), source
    return None, None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While it lasts nobody else has the index at `path` open, or opens it.

    Its write-ahead log is a part of the file then. Of a file that is no database nothing can be
    told. Raises LibraryError.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LibraryError(
                    "The library is in use; close all windows and commands of Maquette, and "
                    "try again.",
                    str(error),
                ) from error
        except sqlite3.DatabaseError:
            pass  # damaged, which is why it is made anew
        yield


def _exchange(path: Path, new_file: Path) -> Path | None:
    """Put `new_file` in the place of `path`; returns where the old one is kept."""
    with new_file.open("rb") as file:
        os.fsync(file.fileno())
    kept = None
    with _alone(path):
        if path.exists():
            kept = _free_name(path)
            for ending in ("-wal", "-shm"):  # of a damaged one, which must not go with the new one
                with suppress(FileNotFoundError):
                    path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))
            try:
                os.link(path, kept)  # so that there is a library at any moment
            except OSError:
                path.rename(kept)
        new_file.replace(path)
    sync_folder(path.parent)
    return kept


def _free_name(path: Path) -> Path:
    number = 1
    while True:
        ending = ".before-rebuild" if number == 1 else f".before-rebuild-{number}"
        name = path.with_name(path.name + ending)
        if not name.exists():
            return name
        number += 1


def _sweep(path: Path) -> None:
    """Remove what is left of rebuilds that were killed."""
    for left in path.parent.glob(f"{path.name}.rebuild-*"):
        match = _TEMPORARY.fullmatch(left.name)
        if match and not psutil.pid_exists(int(match[1])):
            left.unlink(missing_ok=True)


def _remove(new_file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            new_file.with_name(new_file.name + ending).unlink(missing_ok=True)
