"""DrawingFile: where a drawing is kept while somebody works on it, stroke by stroke.

One SQLite file for each drawing, with its history. What is saved is there whatever happens to the
program or the machine afterwards: each save is one transaction with full synchronisation.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from maquette.core.drawing import Drawing
from maquette.core.drawing_edits import check_size
from maquette.core.errors import DrawingError, DrawingInUse, LibraryError
from maquette.core.history import Changes, Exchange, Step, exchanges_between
from maquette.core.open_drawing import Content
from maquette.core.tiles import CHANNELS, TILE, LayerTiles, Place, Tile
from maquette.library.migrations import migrate
from maquette.library.sketches.schema import SKETCH
from maquette.library.transaction import transaction

KEPT_STEPS = 500  # of an earlier session

_Packed = dict[str, list[tuple[int, int, int, int]]]
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class Loaded(NamedTuple):
    """A drawing as its file has it; the pixels of its tiles stay in the file."""

    content: Content
    steps: tuple[Step, ...]
    position: int
    next_tile: int


class DrawingFile:
    """The open file, which belongs to this program alone. Threads take turns."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, made if it is not there. Raises DrawingError."""
        self._path = path
        self._lock = threading.RLock()
        self._placed: Mapping[str, LayerTiles] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=0.5, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise _unreadable(path, error) from error
        try:
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            migrate(self._connection, path, SKETCH)
        except LibraryError as error:
            self._connection.close()
            raise DrawingError(error.message, error.detail) from error
        except sqlite3.Error as error:
            self._connection.close()
            raise _unreadable(path, error) from error

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def load(self) -> Loaded | None:
        """The drawing; None if nothing was saved yet. Raises DrawingError."""
        with self._using() as connection:
            row = connection.execute("SELECT value, position FROM drawing").fetchone()
            if row is None:
                return None
            try:
                return self._loaded(_checked(row[0]), row[1])
            # TypeError: in a damaged file there may be NULL where no table allows it.
            except (msgspec.DecodeError, KeyError, TypeError, ValueError) as error:
                raise _unreadable(self._path, error) from error

    def store(
        self, content: Content, first: int, steps: Sequence[Step], position: int
    ) -> list[Tile]:
        """Write what is new: `content`, and from the place `first` on the `steps`.

        Returns the tiles that were written. Raises DrawingError; the file is as it was.
        """
        placed = exchanges_between(self._placed, content.tiles)
        fresh = _unsaved([*(step.changes for step in steps), placed])
        # Packing is most of the work; nobody has to wait for the file meanwhile.
        packed = [(tile.number, tile.size, tile.pack()) for tile in fresh]
        with self._using() as connection, transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO tiles VALUES (?, ?, ?)", packed)
            connection.executemany(
                "DELETE FROM placed WHERE layer = ? AND x = ? AND y = ?",
                [(layer, *place) for layer, place, tile in _flat(placed) if tile is None],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO placed VALUES (?, ?, ?, ?)",
                [(layer, *place, tile.number) for layer, place, tile in _flat(placed) if tile],
            )
            connection.execute("DELETE FROM steps WHERE number >= ?", (first,))
            connection.executemany(
                "INSERT INTO steps VALUES (?, ?, ?, ?, ?)",
                [_row(first + number, step) for number, step in enumerate(steps)],
            )
            connection.execute(
                "INSERT OR REPLACE INTO drawing VALUES (1, ?, ?)",
                (msgspec.json.encode(content.drawing), position),
            )
        self._placed = content.tiles
        for tile in fresh:
            tile.is_stored = True
        return fresh

    def fetch(self, number: int) -> bytes:
        """The packed bytes of a tile. Raises DrawingError."""
        with self._using() as connection:
            row = connection.execute(
                "SELECT packed FROM tiles WHERE number = ?", (number,)
            ).fetchone()
        if row is None:
            raise _unreadable(self._path, KeyError(number))
        return row[0]

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise _unreadable(self._path, error) from error

    def _loaded(self, drawing: Drawing, position: int) -> Loaded:
        connection = self._connection
        [count] = connection.execute("SELECT count(*) FROM steps").fetchone()
        if not 0 <= position <= count:
            raise ValueError(f"{position} of {count} steps are done")
        first = self._forget_old_steps(position)
        tiles = {
            number: Tile.stored(number, size)
            for number, size in connection.execute("SELECT number, size FROM tiles")
            if 0 < size <= TILE * TILE * CHANNELS
        }
        placed: dict[str, dict[Place, Tile]] = {}
        for layer, x, y, tile in connection.execute("SELECT layer, x, y, tile FROM placed"):
            placed.setdefault(layer, {})[x, y] = tiles[tile]
        rows = connection.execute(
            "SELECT label, before, after, changes FROM steps ORDER BY number"
        ).fetchall()
        steps = tuple(_step(row, tiles) for row in rows)
        self._placed = placed
        return Loaded(Content(drawing, placed), steps, position - first, max(tiles, default=0) + 1)

    def _forget_old_steps(self, position: int) -> int:
        """Keep the newest steps only, numbered from 0, and their tiles; returns how many went."""
        connection = self._connection
        first = max(0, position - KEPT_STEPS)
        with transaction(connection):
            if first:
                connection.execute("DELETE FROM steps WHERE number < ?", (first,))
                # Two moves, since numbers must differ at every moment.
                connection.execute("UPDATE steps SET number = -1 - (number - ?)", (first,))
                connection.execute("UPDATE steps SET number = -1 - number")
                connection.execute("UPDATE drawing SET position = position - ?", (first,))
            named = {row[0] for row in connection.execute("SELECT tile FROM placed")}
            for (changes,) in connection.execute("SELECT changes FROM steps"):
                for exchanges in msgspec.msgpack.decode(changes, type=_Packed).values():
                    named.update(number for row in exchanges for number in row[2:])
            there = {row[0] for row in connection.execute("SELECT number FROM tiles")}
            connection.executemany(
                "DELETE FROM tiles WHERE number = ?", [(number,) for number in there - named]
            )
        return first


def _checked(value: bytes) -> Drawing:
    """The drawing in this JSON, which can be laid out. Raises DrawingError, or as msgspec does."""
    drawing = msgspec.json.decode(value, type=Drawing)
    check_size(drawing.width, drawing.height, len(drawing.layers))
    drawing.layer(drawing.active)
    return drawing


def _unsaved(changes: Iterable[Changes]) -> list[Tile]:
    """The tiles in `changes` that are not in the file yet, each once."""
    fresh = {
        tile.number: tile
        for change in changes
        for exchanges in change.values()
        for exchange in exchanges.values()
        for tile in exchange
        if tile is not None and not tile.is_stored
    }
    return list(fresh.values())


def _flat(changes: Changes) -> Iterator[tuple[str, Place, Tile | None]]:
    for layer, exchanges in changes.items():
        for place, (_, tile) in exchanges.items():
            yield layer, place, tile


def _row(number: int, step: Step) -> tuple[int, str, bytes, bytes, bytes]:
    changes: _Packed = {
        layer: [(*place, _number(old), _number(new)) for place, (old, new) in exchanges.items()]
        for layer, exchanges in step.changes.items()
    }
    return (
        number,
        step.label,
        msgspec.json.encode(step.before),
        msgspec.json.encode(step.after),
        msgspec.msgpack.encode(changes),
    )


def _number(tile: Tile | None) -> int:
    return 0 if tile is None else tile.number


def _step(row: tuple[str, bytes, bytes, bytes], tiles: Mapping[int, Tile]) -> Step:
    label, before, after, packed = row
    changes: dict[str, dict[Place, Exchange]] = {}
    for layer, exchanges in msgspec.msgpack.decode(packed, type=_Packed).items():
        changes[layer] = {
            (x, y): (tiles[old] if old else None, tiles[new] if new else None)
            for x, y, old, new in exchanges
        }
    return Step(
        label,
        msgspec.json.decode(before, type=Drawing),
        msgspec.json.decode(after, type=Drawing),
        changes,
    )


def _unreadable(path: Path, error: Exception) -> DrawingError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the finer reason
    if code in _BUSY:
        return DrawingInUse(
            "This sketch is open in another window of Maquette; close it there first.", str(error)
        )
    if code == sqlite3.SQLITE_FULL:
        message = "The disk is full, so the sketch cannot be kept; free some space and draw on."
    elif isinstance(error, OSError) or code in {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    }:
        message = (
            f"The sketch cannot be kept in {path.parent}; check that its disk is there and can be "
            "written to."
        )
    else:
        message = f"The sketch {path} is damaged and cannot be read; open another one."
    return DrawingError(message, str(error))
