"""Where things stand on a contact sheet, in pixels of the drawn page."""

from typing import NamedTuple

from maquette.core.contact_sheet import MAX_ON_PAGE
from maquette.core.export_preset import ContactSheet, Paper

DPI = 150
"""Of a drawn page: fine captions stay legible, and a page of A4 is two million pixels."""

_PAPERS = {  # width and height in mm (ISO 216, ANSI Y14.1)
    Paper.A4: (210.0, 297.0),
    Paper.A3: (297.0, 420.0),
    Paper.LETTER: (215.9, 279.4),
}
_MARGIN, _GAP = 12.0, 4.0  # mm
_TITLE, _FOOT = 12.0, 9.0  # mm that they take, with the air around them
_MM, _POINT = DPI / 25.4, DPI / 72
_TITLE_SIZE, _FOOT_SIZE = 13.0, 7.0  # points
_CAPTION_SIZES = (5.0, 8.0)  # points
_CAPTION_SHARE = 0.16  # of a column's width
_LEADING = 1.35
_SIDE = 22.0  # mm that the names of rows take


class SheetLayout(NamedTuple):
    """All in pixels. `side` is that of the square that each picture is fitted into.

    Texts are drawn `title_size`, `caption_size` and `foot_size` high; a caption has two lines,
    each `line` high, below its square. Names of columns stand `head` above the first row, those of
    rows in the `left` pixels before the first column; 0 where there are none.
    """

    width: int
    height: int
    columns: int
    rows: int
    side: int
    gap: int
    margin: int
    top: int
    foot: int
    title_size: int
    caption_size: int
    foot_size: int
    line: int
    head: int
    left: int

    @property
    def on_page(self) -> int:
        """How many pictures a page holds."""
        return min(MAX_ON_PAGE // self.columns, self.rows) * self.columns

    def place(self, index: int) -> tuple[int, int]:
        """The left top corner of the square of picture `index` of a page, from 0."""
        row, column = divmod(index, self.columns)
        left = self.margin + self.left + column * (self.side + self.gap)
        return left, self.top + row * (self.side + 2 * self.line + self.gap)


def layout_of(
    sheet: ContactSheet, *, has_heads: bool = False, has_sides: bool = False
) -> SheetLayout:
    """The layout of every page of `sheet`: at least one row, however few columns there are."""
    width, height = (round(side * _MM) for side in _PAPERS[sheet.paper])
    margin, gap = round(_MARGIN * _MM), round(_GAP * _MM)
    top = margin + (round(_TITLE * _MM) if sheet.title else 0)
    foot = height - margin
    left = round(_SIDE * _MM) if has_sides else 0
    side = (width - left - 2 * margin - (sheet.columns - 1) * gap) // sheet.columns
    low, high = (size * _POINT for size in _CAPTION_SIZES)
    caption = round(min(high, max(low, side * _CAPTION_SHARE)))
    line = round(caption * _LEADING) if sheet.captions else 0
    head = round(caption * _LEADING * 1.5) if has_heads else 0
    top += head
    room = foot - round(_FOOT * _MM) - top
    side = min(side, room - 2 * line)
    rows = max(1, (room + gap) // (side + 2 * line + gap))
    return SheetLayout(
        width=width,
        height=height,
        columns=sheet.columns,
        rows=rows,
        side=side,
        gap=gap,
        margin=margin,
        top=top,
        foot=foot,
        title_size=round(_TITLE_SIZE * _POINT),
        caption_size=caption,
        foot_size=round(_FOOT_SIZE * _POINT),
        line=line,
        head=head,
        left=left,
    )
