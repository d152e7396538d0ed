"""Daily copies of the library's index, which holds what people said of their pictures."""

import datetime
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from maquette.core.errors import LibraryError
from maquette.library.pictures.listing import PARTS, changes

KEPT = 3
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def back_up(path: Path, today: datetime.date) -> Path | None:
    """Copy the index at `path` to `NAME.DAY.bak` beside, once a day; KEPT copies remain.

    Nothing is copied, and None returned, if there is a copy of `today`, or if nothing changed
    since the last one. The copy is checked before an older one goes. Others may use the index
    meanwhile.

    Raises:
        LibraryError: the copy could not be made, or the index is damaged; the copies are as before.
    """
    target = path.with_name(f"{path.name}.{today.isoformat()}.bak")
    known = backups(path)
    try:
        if target in known or (known and _is_as(known[0], path)):
            return None
        with _temporary(path) as copy:
            _copy(path, copy)
            copy.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            f"The library could not be backed up beside {path} ({error}); check the disk, and run "
            "maquette doctor if it goes on.",
            str(error),
        ) from error
    # Copies of days to come were made while the clock was wrong, and would push out each new one.
    kept = sorted(backups(path), key=lambda copy: copy.name > target.name)
    for old in kept[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def backups(path: Path) -> list[Path]:
    """The daily copies of the index at `path`, newest first."""
    found = [
        each
        for each in path.parent.glob(f"{path.name}.*.bak")
        if _DAY.fullmatch(each.name[len(path.name) + 1 : -len(".bak")])
    ]
    return sorted(found, reverse=True)


def _copy(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        (told,) = target.execute("PRAGMA quick_check(1)").fetchone()
    if told != "ok":
        raise sqlite3.DatabaseError(told)


def _is_as(copy: Path, path: Path) -> bool:
    """Whether nothing changed since `copy` was made; a damaged one is no copy. Raises OSError."""
    now = _state(path)
    try:
        return _state(copy) == now
    except sqlite3.Error:
        return False


def _state(path: Path) -> tuple[int, ...]:
    """How often what was changed; another one after each change."""
    with closing(sqlite3.connect(path)) as connection:
        return changes(connection, PARTS)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        yield Path(folder) / path.name
