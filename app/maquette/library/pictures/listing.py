"""All pictures in order, kept in memory until something is filed, trashed or rated."""

import sqlite3
import threading
from collections.abc import Sequence
from enum import StrEnum

import msgspec
import numpy as np
import numpy.typing as npt

PARTS = ("pictures", "attributes", "said", "exports")
"""What the file counts changes of (see `changes`)."""

Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
"""One truth value for every number that a picture may have; as long as the listing says."""


class Sorting(StrEnum):
    """The order of a list of pictures; equals come newest first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    BEST = "best"  # by rating
    NAME = "name"  # by file name
    FIDELITY = "fidelity"  # those that follow their sketch best first, those without one last


class Listing(msgspec.Struct, frozen=True):
    """The numbers of all pictures, in order, and which of them are outside the trash."""

    ids: Ids
    kept: Mask

    @property
    def length(self) -> int:
        """How long a mask is: one more than the largest number."""
        return self.kept.size

    def mask(self, ids: Ids) -> Mask:
        """True for `ids`."""
        mask = np.zeros(self.length, np.bool_)
        mask[ids] = True
        return mask


class Listings:
    """Listings by order, read again when the file has changed. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Sorting, tuple[tuple[int, ...], Listing]] = {}

    def listing(self, connection: sqlite3.Connection, order: Sorting) -> Listing:
        """All pictures in `order`, as `connection` sees them in its transaction."""
        parts = ("pictures", "said") if order is Sorting.BEST else ("pictures",)
        version = changes(connection, parts)
        with self._lock:
            known = self._kept.get(order)
        if known is not None and known[0] == version:
            return known[1]
        read = self._read(connection, order)
        with self._lock:
            self._kept[order] = (version, read)
        return read

    def _read(self, connection: sqlite3.Connection, order: Sorting) -> Listing:
        if order is Sorting.NEWEST:
            return _newest(connection)
        newest = self.listing(connection, Sorting.NEWEST)
        match order:
            case Sorting.OLDEST:
                ids = newest.ids[::-1]
            case Sorting.BEST:
                ratings = np.zeros(newest.length, np.int8)
                for picture, rating in connection.execute(
                    "SELECT id, rating FROM pictures WHERE rating > 0"
                ):
                    ratings[picture] = rating
                ids = newest.ids[np.argsort(-ratings[newest.ids], kind="stable")]
            case Sorting.FIDELITY:
                scores = np.full(newest.length, -1.0)
                for picture, score in connection.execute(
                    "SELECT id, fidelity FROM pictures WHERE fidelity IS NOT NULL"
                ):
                    scores[picture] = score
                ids = newest.ids[np.argsort(-scores[newest.ids], kind="stable")]
            case Sorting.NAME:
                paths = dict(connection.execute("SELECT id, path FROM pictures"))
                ids = np.array(sorted(newest.ids.tolist(), key=lambda each: _name(paths[each])))
        return Listing(ids.astype(np.int64), newest.kept)


def _newest(connection: sqlite3.Connection) -> Listing:
    rows = connection.execute("SELECT id FROM pictures ORDER BY created DESC, id DESC").fetchall()
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    kept = np.zeros(int(ids.max(initial=0)) + 1, np.bool_)
    kept[ids] = True
    kept[select(connection, "SELECT id FROM pictures WHERE trashed != ''")] = False
    return Listing(ids, kept)


def _name(path: str) -> str:
    return path.rpartition("/")[2].casefold()


def changes(connection: sqlite3.Connection, parts: Sequence[str]) -> tuple[int, ...]:
    """How often each of `parts` of the file was changed, by any program."""
    counted = dict(connection.execute("SELECT part, number FROM changes"))
    return tuple(counted[part] for part in parts)


def select(connection: sqlite3.Connection, statement: str, *values: object) -> Ids:
    """The numbers that `statement` gives in its one column, in any order.

    As one text instead of a row each, which is several times faster for many.
    """
    (text,) = connection.execute(
        f"WITH found (number) AS ({statement}) SELECT group_concat(number) FROM found", values
    ).fetchone()
    return numbers(text)


def numbers(text: str | None) -> Ids:
    """The numbers of a text as group_concat makes it."""
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)
