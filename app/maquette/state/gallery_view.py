"""What the Library place shows, as one frozen value."""

from array import array
from enum import StrEnum

import msgspec

from maquette.core.gallery import Board, Facet
from maquette.library.pictures.listing import Sorting
from maquette.library.query import Problem


class Shelf(StrEnum):
    """Where one looks."""

    ALL = "all"
    BOARD = "board"
    TRASH = "trash"


class Scope(msgspec.Struct, frozen=True):
    """The shelf one looks at; `board` is the id of a board if it is one."""

    shelf: Shelf = Shelf.ALL
    board: int = 0


class Question(msgspec.Struct, frozen=True):
    """What was asked for: where, in which words, in which order."""

    scope: Scope = Scope()
    text: str = ""
    sorting: Sorting = Sorting.NEWEST


class Answer(msgspec.Struct, frozen=True, eq=False):
    """The ids that were found for `question`, and how long that took in seconds.

    Each is another value: comparing 100,000 numbers is for those who need it.
    """

    ids: "array[int]"
    question: Question = Question()
    seconds: float = 0.0


class GalleryView(msgspec.Struct, frozen=True, kw_only=True):
    """The question of now, the latest answer (maybe still to the question before), and what
    stands beside: boards, facets of the answer, how many pictures there are at all.

    `is_open` is False until the library's file is open; `problem` is why it cannot be.
    """

    is_open: bool = False
    problem: str = ""
    question: Question = Question()
    answer: Answer = msgspec.field(default_factory=lambda: Answer(array("q")))
    problems: tuple[Problem, ...] = ()
    boards: tuple[Board, ...] = ()
    facets: tuple[Facet, ...] = ()
    total: int = 0
    trashed: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether the answer is the one to the question of now."""
        return self.is_open and self.answer.question == self.question
