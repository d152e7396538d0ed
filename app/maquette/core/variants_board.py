"""Boards of variants: one sketch in rows and columns of words, seeds, or follow values."""

from enum import StrEnum

import msgspec

MAX_CELLS = 64
MAX_LABEL = 80


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
    """

    id: str
    name: str
    created: float
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    seeds: int
    records: tuple[str, ...]

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
        return f"{place + 1:02d}-{_plain(row)}-{_plain(column)}{number}"


def _plain(words: str) -> str:
    """Letters and digits of `words`, with hyphens between."""
    return "-".join("".join(c if c.isalnum() else " " for c in words).split())[:40]
