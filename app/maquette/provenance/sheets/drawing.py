"""Drawing one page of a contact sheet: title, pictures with captions, and what they are."""

import io
import os

import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageFont

from maquette.core.contact_sheet import SheetPage, SheetPicture
from maquette.core.errors import ImageError
from maquette.core.pixels import Pixels
from maquette.core.plain_text import visible_text
from maquette.core.record import spoken_id
from maquette.provenance.pictures import read_picture
from maquette.provenance.sheets.fonts import Font, font_for
from maquette.provenance.sheets.layout import SheetLayout, layout_of
from maquette_resources import label_font

LABEL = "AI-generated pictures, made with Maquette"
"""What the foot of every page says."""
CHINESE_LABEL = "AI生成"
"""The wording of GB 45438-2025, beside it; the font that visible labels have can always draw it."""

_PAPER, _INK, _QUIET, _LINE = "white", "#1a1b1e", "#6b6e76", "#d5d7dc"
_LONGEST = 400  # signs of a text that are looked at; more never fits
_CUT = "..."


def draw_page(page: SheetPage) -> Pixels:
    """`page` as pixels (height, width, 3) of `layout.DPI`.

    A picture that cannot be read, or is not there yet, leaves an empty frame, with its name all
    the same. A text whose signs no font of this computer has is left out rather than drawn as
    boxes; the id stays, and the lists have the name.
    """
    layout = layout_of(page.sheet, has_heads=bool(page.heads), has_sides=bool(page.sides))
    paper = Image.new("RGB", (layout.width, layout.height), _PAPER)
    pen = ImageDraw.Draw(paper)
    if page.sheet.title:
        room = layout.width - 2 * layout.margin
        _write(pen, (layout.margin, layout.margin), page.sheet.title, layout.title_size, room)
    _name_rows_and_columns(pen, page, layout)
    for index, picture in enumerate(page.pictures[: layout.on_page]):
        _put(paper, pen, picture, layout, layout.place(index))
    _foot(pen, page, layout)
    return np.array(paper)


def _name_rows_and_columns(pen: ImageDraw.ImageDraw, page: SheetPage, layout: SheetLayout) -> None:
    size = layout.caption_size
    for column, words in enumerate(page.heads[: layout.columns]):
        left, top = layout.place(column)
        _write(pen, (left, top - round(size * 1.6)), words, size, layout.side)
    for row, words in enumerate(page.sides):
        _, top = layout.place(row * layout.columns)
        middle = top + (layout.side - size) // 2
        _write(pen, (layout.margin, middle), words, size, layout.left - layout.gap)


def _put(
    paper: Image.Image,
    pen: ImageDraw.ImageDraw,
    picture: SheetPicture,
    layout: SheetLayout,
    corner: tuple[int, int],
) -> None:
    left, top = corner
    side = layout.side
    small = _small(picture, side)
    if small is None:
        pen.rectangle((left, top, left + side - 1, top + side - 1), outline=_LINE)
        if picture.path:
            pen.line((left, top, left + side - 1, top + side - 1), fill=_LINE)
    else:
        paper.paste(small, (left, top + side - small.height))  # it stands on its caption
    if layout.line:
        below = top + side + layout.caption_size // 4
        _write(pen, (left, below), picture.name, layout.caption_size, side)
        words = spoken_id(picture.record_id) if picture.record_id else ""
        at = (left, below + layout.line)
        _write(pen, at, words, layout.caption_size, side, colour=_QUIET)


def _small(picture: SheetPicture, side: int) -> Image.Image | None:
    """The picture, fitted into a square of `side` and in sRGB; None where it cannot be read."""
    if not picture.path:
        return None
    try:
        small = read_picture(os.fsdecode(picture.path), side)
    except ImageError:
        return None
    profile = small.info.get("icc_profile")
    if not isinstance(profile, bytes) or not profile:
        return small
    try:
        known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(small, known, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return small


def _foot(pen: ImageDraw.ImageDraw, page: SheetPage, layout: SheetLayout) -> None:
    size, line = layout.foot_size, layout.foot - round(layout.foot_size * 1.2)
    pen.line((layout.margin, line - size, layout.width - layout.margin, line - size), fill=_LINE)
    words = font_for(LABEL, size)
    assert words is not None  # Pillow brings its letters along
    pen.text((layout.margin, line), LABEL, fill=_INK, font=words)
    after = layout.margin + round(words.getlength(LABEL)) + size
    pen.text((after, line), CHINESE_LABEL, fill=_INK, font=ImageFont.truetype(label_font(), size))
    count = f"{page.number} / {page.pages}"
    end = layout.width - layout.margin - round(words.getlength(count))
    pen.text((end, line), count, fill=_QUIET, font=words)


def _write(
    pen: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    text: str,
    size: int,
    room: int,
    *,
    colour: str = _INK,
) -> None:
    """Write `text` within `room` pixels, cut in its middle: names differ at their ends."""
    shown = visible_text(text[:_LONGEST])
    font = font_for(shown, size) if shown else None
    if font is not None:
        pen.text(corner, _fitted(shown, font, room), fill=colour, font=font)


def _fitted(text: str, font: Font, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:  # the most signs that fit
        kept = (low + high + 1) // 2
        if font.getlength(_without_middle(text, kept)) <= room:
            low = kept
        else:
            high = kept - 1
    return _without_middle(text, low)


def _without_middle(text: str, kept: int) -> str:
    """`text` with `kept` of its signs, most of them from its end."""
    start = kept // 3
    return text[:start] + _CUT + text[len(text) - (kept - start) :]
