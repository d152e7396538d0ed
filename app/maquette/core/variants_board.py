"""Boards of variants: one subject in rows and columns of words, or in a row of styles."""

import math
from enum import StrEnum

import msgspec

MAX_CELLS = 64
MAX_LABEL = 80
MOST_IN_ONE_ROW = 5
SHEETS_FOLDER = "Boards"  # in the folder of pictures


class Axis(StrEnum):
    """What differs along an axis."""

    LOOK = "look"
    MATERIAL = "material"
    COLOUR = "colour"
    BACKGROUND = "background"
    LIGHT = "light"
    STYLE = "style"
    SEED = "seed"
    FOLLOW = "follow"


class AxisValues(msgspec.Struct, frozen=True):
    """An axis with its values in order.

    Words are as they are to stand in the prompt; seeds count from the panel's seed, 1 being that
    itself; follow values are 0 to 100.
    """

    axis: Axis
    values: tuple[str, ...]


class BoardPlan(msgspec.Struct, frozen=True):
    """`rows` times `columns` cells, each made with `seeds` seeds."""

    rows: AxisValues
    columns: AxisValues
    seeds: int = 1

    @property
    def cells(self) -> int:
        """How many pictures it asks for."""
        return len(self.rows.values) * len(self.columns.values) * self.seeds


class Board(msgspec.Struct, frozen=True):
    """A board that was queued, as it is kept.

    `id` is the group of its jobs. `rows` and `columns` are labels; `records` are record ids, row
    by row, the seeds of a cell beside one another. `created` is time.time().

    Where `across` is not 0, the pictures stand in rows of so many, each with its label, that of its
    row, below. `sheet` is the path of the sheet that is written by itself when all is made, ""
    until then, None where none is; `on_sheet` pictures are on it, and on the library's board
    `shelf`.
    """

    id: str
    name: str
    created: float
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    seeds: int
    records: tuple[str, ...]
    across: int = 0
    sheet: str | None = None
    on_sheet: int = 0
    shelf: int = 0

    def words(self, place: int) -> str:
        """Its label in one line."""
        return " · ".join(dict.fromkeys(filter(None, self.label(place))))

    def label(self, place: int) -> tuple[str, str]:
        """(row, column) of the picture at `place` in `records`."""
        cell = place // self.seeds
        return self.rows[cell // len(self.columns)], self.columns[cell % len(self.columns)]

    @property
    def heads(self) -> tuple[str, ...]:
        """What each column of pictures is called, those of further seeds with their number."""
        return tuple(
            words if not seed else f"{words} {seed + 1}"
            for words in self.columns
            for seed in range(self.seeds)
        )

    def file_name(self, place: int) -> str:
        """What the file of the picture at `place` is called, without an ending."""
        row, column = self.label(place)
        seed = place % self.seeds
        number = f"-{seed + 1}" if seed else ""
        parts = (f"{place + 1:02d}", _plain(row), _plain(column))
        return "-".join(filter(None, parts)) + number


def columns_for(pictures: int) -> int:
    """How many of `pictures` stand beside one another where nothing else says it."""
    return pictures if pictures <= MOST_IN_ONE_ROW else math.ceil(math.sqrt(pictures * 1.4))


def _plain(words: str) -> str:
    """Letters and digits of `words`, with hyphens between."""
    return "-".join("".join(c if c.isalnum() else " " for c in words).split())[:40]
