"""Large changes are made in parts, so that other threads and programs get their turn to write."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from sqlite3 import Connection
from typing import TypeVar

from maquette.core.errors import MaquetteError
from maquette.library.pictures.connections import Connections
from maquette.library.pictures.taking_back import take_back
from maquette.library.pictures.undo import BoardChanged, Change, RatingsWere, TagsChanged

AT_ONCE = 4_000  # pictures; some 0.2 s of waiting for the others
_TURN = 0.03  # seconds between parts: those who wait ask ever more seldom

_Part = TypeVar("_Part")


def in_parts(
    connections: Connections,
    parts: Sequence[_Part],
    work: Callable[[Connection, _Part], Change],
) -> Change:
    """What all of `parts` changed, each in a transaction of its own.

    If one fails, those before it are taken back, and its error is raised. A program that is killed
    meanwhile leaves the first parts changed.
    """
    done: list[Change] = []
    try:
        for part in parts:
            if done:
                time.sleep(_TURN)
            with connections.writing() as connection:
                done.append(work(connection, part))
    except BaseException:
        for change in reversed(done):
            with suppress(MaquetteError), connections.writing() as connection:
                take_back(connection, change)
        raise
    return _joined(done)


def of_ids(ids: Iterable[int]) -> list[tuple[int, ...]]:
    """`ids` in parts; one empty part for none, so that what is asked for is checked."""
    return list(_cut(tuple(ids))) or [()]


def of_change(change: Change) -> list[Change]:
    """A change in parts that can be taken back one by one."""
    match change:
        case RatingsWere(ratings):
            return [RatingsWere(dict(part)) for part in _cut(tuple(ratings.items()))] or [change]
        case TagsChanged(added, removed):
            return [
                *(TagsChanged(part, ()) for part in _cut(added)),
                *(TagsChanged((), part) for part in _cut(removed)),
            ] or [change]
        case BoardChanged(added, removed):
            return [
                *(BoardChanged(part, ()) for part in _cut(added)),
                *(BoardChanged((), part) for part in _cut(removed)),
            ] or [change]
        case _:
            return [change]


def _cut(values: tuple[_Part, ...]) -> Iterable[tuple[_Part, ...]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _joined(changes: Sequence[Change]) -> Change:
    """Changes of one kind, made one after the other, as one."""
    ratings = [each for each in changes if isinstance(each, RatingsWere)]
    tags = [each for each in changes if isinstance(each, TagsChanged)]
    boards = [each for each in changes if isinstance(each, BoardChanged)]
    if len(changes) == 1:
        return changes[0]
    if ratings:
        return RatingsWere(
            {picture: was for each in ratings for picture, was in each.ratings.items()}
        )
    if tags:
        return TagsChanged(
            tuple(pair for each in tags for pair in each.added),
            tuple(pair for each in tags for pair in each.removed),
        )
    return BoardChanged(
        tuple(pair for each in boards for pair in each.added),
        tuple(pair for each in boards for pair in each.removed),
    )
