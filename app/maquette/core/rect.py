"""Rect: a rectangle of whole pixels."""

from typing import NamedTuple


class Rect(NamedTuple):
    """The pixels from `x`, `y` (the top left one) on, `width` by `height` of them."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is not in it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row that is not in it."""
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """What cuts it out of an array (rows first). It must not reach over the left or the top."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def clipped(self, width: int, height: int) -> "Rect":
        """The part of it on a sheet of that size; empty where there is none."""
        x, y = max(0, self.x), max(0, self.y)
        return Rect(x, y, max(0, min(width, self.right) - x), max(0, min(height, self.bottom) - y))

    def united(self, other: "Rect") -> "Rect":
        """The smallest rectangle around both; an empty one counts for nothing."""
        if self.is_empty or other.is_empty:
            return other if self.is_empty else self
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)
