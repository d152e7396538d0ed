"""Taking changes back, each into what takes that back again."""

import sqlite3

from maquette.library.pictures import annotations, boards
from maquette.library.pictures.undo import (
    BoardAdded,
    BoardChanged,
    BoardRemoved,
    BoardRenamed,
    Change,
    NotesWere,
    RatingsWere,
    TagsChanged,
)


def take_back(connection: sqlite3.Connection, change: Change) -> Change:
    """Make undone what `change` says, in the caller's transaction.

    Raises:
        InputError: a name was given away meanwhile, or a board is gone.
        ValueError: files would have to be moved.
    """
    match change:
        case RatingsWere(ratings):
            return annotations.rate(connection, ratings)
        case NotesWere(notes):
            return annotations.annotate(connection, notes)
        case TagsChanged(added, removed):
            return annotations.change_tags(connection, add=removed, remove=added)
        case BoardChanged(added, removed):
            return boards.change(connection, removed, added)
        case BoardRenamed(board, name):
            return boards.rename(connection, board, name)
        case BoardAdded(board):
            return boards.remove(connection, board)
        case BoardRemoved():
            return boards.bring_back(connection, change)
        case _:
            raise ValueError(f"{change!r} is about files")
