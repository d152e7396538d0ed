"""Boards: named collections of pictures. Each function works in the caller's transaction."""

import sqlite3
from collections.abc import Iterable, Sequence

from maquette.core.errors import InputError
from maquette.core.gallery import Board
from maquette.library.pictures.annotations import clean_name
from maquette.library.pictures.undo import (
    BoardAdded,
    BoardChanged,
    BoardRemoved,
    BoardRenamed,
)


def boards(connection: sqlite3.Connection) -> tuple[Board, ...]:
    """All boards by name, with the number of their pictures outside the trash."""
    on_them = dict(connection.execute("SELECT board, count(*) FROM picture_boards GROUP BY board"))
    in_trash = dict(
        connection.execute(
            "SELECT board, count(*) FROM pictures JOIN picture_boards ON picture = id"
            " WHERE trashed != '' GROUP BY board"
        )
    )
    found = [
        Board(board, name, on_them.get(board, 0) - in_trash.get(board, 0))
        for board, name in connection.execute("SELECT id, name FROM boards")
    ]
    return tuple(sorted(found, key=lambda board: board.name.casefold()))


def add(connection: sqlite3.Connection, name: str) -> Board:
    """A new, empty board. Raises InputError if there is one of that name."""
    clean = _free_name(connection, name, None)
    (board,) = connection.execute(
        "INSERT INTO boards (name) VALUES (?) RETURNING id", (clean,)
    ).fetchone()
    return Board(board, clean)


def rename(connection: sqlite3.Connection, board: int, name: str) -> BoardRenamed:
    """Call a board otherwise. Raises InputError if there is another of that name, or none."""
    before = _name(connection, board)
    clean = _free_name(connection, name, board)
    connection.execute("UPDATE boards SET name = ? WHERE id = ?", (clean, board))
    return BoardRenamed(board, before)


def remove(connection: sqlite3.Connection, board: int) -> BoardRemoved:
    """Take a board away; its pictures stay where they are. Raises InputError if there is none."""
    name = _name(connection, board)
    on_it = connection.execute("SELECT picture FROM picture_boards WHERE board = ?", (board,))
    pictures = tuple(row[0] for row in on_it)
    connection.execute("DELETE FROM boards WHERE id = ?", (board,))
    return BoardRemoved(board, name, pictures)


def bring_back(connection: sqlite3.Connection, removed: BoardRemoved) -> BoardAdded:
    """Bring a board back with its pictures. Raises InputError if its name was given away."""
    name = _free_name(connection, removed.name, None)
    connection.execute("INSERT INTO boards (id, name) VALUES (?, ?)", (removed.board, name))
    change(connection, [(removed.board, picture) for picture in removed.pictures], [])
    return BoardAdded(removed.board)


def put(connection: sqlite3.Connection, ids: Sequence[int], board: int) -> BoardChanged:
    """Put pictures on a board. Raises InputError if there is none."""
    _name(connection, board)
    return change(connection, [(board, each) for each in ids], [])


def take_off(connection: sqlite3.Connection, ids: Sequence[int], board: int) -> BoardChanged:
    """Take pictures off a board."""
    return change(connection, [], [(board, each) for each in ids])


def change(
    connection: sqlite3.Connection,
    add_pairs: Iterable[tuple[int, int]],
    remove_pairs: Iterable[tuple[int, int]],
) -> BoardChanged:
    """Put on and take off pairs of board and picture; returns those that changed something."""
    added = [
        (board, picture)
        for board, picture in add_pairs
        if connection.execute(
            "INSERT OR IGNORE INTO picture_boards (board, picture)"
            " SELECT boards.id, pictures.id FROM boards, pictures"
            " WHERE boards.id = ? AND pictures.id = ?",
            (board, picture),
        ).rowcount
    ]
    removed = [
        (board, picture)
        for board, picture in remove_pairs
        if connection.execute(
            "DELETE FROM picture_boards WHERE board = ? AND picture = ?", (board, picture)
        ).rowcount
    ]
    return BoardChanged(tuple(added), tuple(removed))


def _name(connection: sqlite3.Connection, board: int) -> str:
    found = connection.execute("SELECT name FROM boards WHERE id = ?", (board,)).fetchone()
    if found is None:
        raise InputError("The board is not there any more; choose another one.")
    return found[0]


def _free_name(connection: sqlite3.Connection, name: str, board: int | None) -> str:
    clean = clean_name(name, "board")
    for other, known in connection.execute("SELECT id, name FROM boards"):
        if other != board and known.casefold() == clean.casefold():
            raise InputError(f"There is a board called {known} already; choose another name.")
    return clean
