"""Where the cells of a grid lie: arithmetic, so that 100,000 of them cost what ten do."""

import msgspec
from PySide6.QtCore import QPoint, QRect

MARGIN = 12  # pixels around all cells
GAP = 12  # pixels between two cells
CAPTION = 26  # pixels below a picture, for its stars and where it comes from
LEAST, LARGEST, USUAL = 96, 384, 160  # sides of a picture, in pixels


class GridLayout(msgspec.Struct, frozen=True):
    """`count` cells in rows that share `width` pixels; a picture's side is at least `wish`."""

    count: int = 0
    width: int = 0
    wish: int = USUAL

    @property
    def columns(self) -> int:
        """How many cells a row has, at least one."""
        return max(1, (self.width - 2 * MARGIN + GAP) // (self.wish + GAP))

    @property
    def side(self) -> int:
        """The side of a picture in pixels: the columns share the width evenly."""
        columns = self.columns
        return max(16, (self.width - 2 * MARGIN - (columns - 1) * GAP) // columns)

    @property
    def step(self) -> int:
        """Pixels from one row of cells to the next."""
        return self.side + CAPTION

    @property
    def height(self) -> int:
        """Pixels of all rows together with their margins."""
        rows = -(-self.count // self.columns)
        return rows * self.step + MARGIN if rows else 0

    def cell(self, number: int) -> QRect:
        """The place of a cell, its caption included."""
        row, column = divmod(number, self.columns)
        left = MARGIN + column * (self.side + GAP)
        return QRect(left, MARGIN + row * self.step, self.side, self.step)

    def at(self, point: QPoint) -> int:
        """The cell at `point`, -1 where there is none."""
        row = (point.y() - MARGIN) // self.step
        column, beside = divmod(point.x() - MARGIN, self.side + GAP)
        if row < 0 or not 0 <= column < self.columns or beside >= self.side:
            return -1
        number = row * self.columns + column
        return number if number < self.count else -1

    def near(self, point: QPoint) -> int:
        """The cell at `point` or next to it, -1 if there are no cells."""
        row = max(0, (point.y() - MARGIN) // self.step)
        column = (point.x() - MARGIN) // (self.side + GAP)
        column = max(0, min(self.columns - 1, column))
        return min(self.count - 1, row * self.columns + column)

    def rows_in(self, top: int, bottom: int) -> tuple[int, int]:
        """(first, last) cell between two heights, both included; last is smaller if none is."""
        first = max(0, (top - MARGIN) // self.step) * self.columns
        last = (max(0, (bottom - MARGIN) // self.step) + 1) * self.columns - 1
        return first, min(self.count - 1, last)

    def ranges_in(self, area: QRect) -> list[tuple[int, int]]:
        """(first, last) of the cells in every row that `area` touches."""
        left = -(-(area.left() - MARGIN - self.side + 1) // (self.side + GAP))
        right = (area.right() - MARGIN) // (self.side + GAP)
        left, right = max(0, left), min(self.columns - 1, right)
        if left > right or not self.count:
            return []
        top = max(0, (area.top() - MARGIN) // self.step)
        bottom = (area.bottom() - MARGIN) // self.step
        found: list[tuple[int, int]] = []
        for row in range(top, bottom + 1):
            first = row * self.columns + left
            if first >= self.count:
                break
            last = min(self.count - 1, row * self.columns + right)
            if found and found[-1][1] == first - 1:  # whole rows are one range
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found
