"""What takes a change of the library back: how things were before it, as values."""

from collections.abc import Mapping

import msgspec

Pairs = tuple[tuple[int, int], ...]
"""(id of a tag or board, id of a picture)"""


class RatingsWere(msgspec.Struct, frozen=True):
    """Ratings of pictures before they were rated."""

    ratings: Mapping[int, int]


class NotesWere(msgspec.Struct, frozen=True):
    """Notes of pictures before they were annotated."""

    notes: Mapping[int, str]


class TagsChanged(msgspec.Struct, frozen=True):
    """Which tags which pictures got and lost, by the tags' names."""

    added: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]


class BoardChanged(msgspec.Struct, frozen=True):
    """Which pictures were put on boards and taken off."""

    added: Pairs
    removed: Pairs


class BoardRenamed(msgspec.Struct, frozen=True):
    """What a board was called."""

    board: int
    name: str


class BoardAdded(msgspec.Struct, frozen=True):
    """A board that was not there."""

    board: int


class BoardRemoved(msgspec.Struct, frozen=True):
    """A board that is gone, and what was on it."""

    board: int
    name: str
    pictures: tuple[int, ...]


class Trashed(msgspec.Struct, frozen=True):
    """Pictures that went to the trash."""

    pictures: tuple[int, ...]


class Restored(msgspec.Struct, frozen=True):
    """Pictures that came back from the trash."""

    pictures: tuple[int, ...]


Change = (
    RatingsWere
    | NotesWere
    | TagsChanged
    | BoardChanged
    | BoardRenamed
    | BoardAdded
    | BoardRemoved
    | Trashed
    | Restored
)


class Undo(msgspec.Struct, frozen=True):
    """What `Gallery.undo` takes back. `notices` are sentences about what could not be done."""

    change: Change
    notices: tuple[str, ...] = ()

    @property
    def pictures(self) -> tuple[int, ...]:
        """The pictures that were changed, and that are when it is undone."""
        match self.change:
            case RatingsWere(ratings):
                return tuple(ratings)
            case NotesWere(notes):
                return tuple(notes)
            case TagsChanged(added, removed) | BoardChanged(added, removed):
                return tuple(dict.fromkeys(picture for _, picture in (*added, *removed)))
            case BoardRemoved(_, _, pictures) | Trashed(pictures) | Restored(pictures):
                return pictures
            case _:
                return ()
