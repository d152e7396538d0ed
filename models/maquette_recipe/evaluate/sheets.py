"""Pictures in grids with their captions, for the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

_FONTS: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_INK: Final = (40, 40, 44)
_PAPER: Final = (250, 250, 250)
_GAP: Final = 14
_LETTER: Final = 13
_LINE: Final = 17
_MOST_LINES: Final = 4
_NEVER_FIRST: Final = "，。、"
"""Chinese punctuation does not begin a line."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def sheet_font(size: int) -> Font:
    """A font with Chinese characters, if this machine has one."""
    for path in _FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


def to_image(picture: Tensor) -> Image.Image:
    """One picture (3, H, W) in 0..1 as a PIL image."""
    array = (picture.permute(1, 2, 0) * 255).round().clamp(0, 255).byte().numpy()
    return Image.fromarray(array)


def wrapped(text: str, font: Font, width: int) -> list[str]:
    """`text` in lines of at most `width` pixels, broken at spaces or between Chinese characters.

    What does not fit into four lines ends in an ellipsis.
    """
    lines, line = [], ""
    words = text.split(" ") if text.isascii() else list(text)
    glue = " " if text.isascii() else ""
    for word in words:
        longer = f"{line}{glue}{word}" if line else word
        if font.getlength(longer) > width and line and word not in _NEVER_FIRST:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > _MOST_LINES:
        return [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + " …"]
    return lines


def _save(sheet: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, optimize=True, quality=88)  # a PNG has no quality to be asked for


def contact_sheet(
    pictures: Tensor, titles: Sequence[str], path: Path, *, columns: int = 8, side: int = 0
) -> None:
    """Pictures (N, 3, H, W) in a grid with a title under each, in a size of `side` pixels or, for
    0, their own."""
    side = side or pictures.shape[-1]
    font = sheet_font(_LETTER)
    texts = [wrapped(title, font, side) for title in titles]
    below = 8 + _LINE * max(len(lines) for lines in texts)
    columns = min(columns, len(texts))
    rows = -(-len(texts) // columns)
    size = (columns * (side + _GAP) + _GAP, rows * (side + below + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    for i, lines in enumerate(texts):
        x = _GAP + i % columns * (side + _GAP)
        y = _GAP + i // columns * (side + below + _GAP)
        sheet.paste(_sized(pictures[i], side), (x, y))
        for number, line in enumerate(lines):
            draw.text((x, y + side + 4 + number * _LINE), line, _INK, font)
    _save(sheet, path)


def _sized(picture: Tensor, side: int) -> Image.Image:
    image = to_image(picture)
    return image if image.width == side else image.resize((side, side), Image.Resampling.LANCZOS)


def group_sheet(
    groups: Sequence[tuple[str, Sequence[Tensor]]], path: Path, *, columns: int, side: int,
    names: Sequence[str] = (),
) -> None:  # fmt: skip
    """Groups of pictures that belong together, side by side, with one title under each group.

    `groups` holds (title, pictures (3, H, W)); `names` says above every column what the pictures
    of a group are, in their order.
    """
    each = max(len(pictures) for _, pictures in groups)
    width, font = each * side, sheet_font(_LETTER)
    texts = [wrapped(title, font, width) for title, _ in groups]
    below = 8 + _LINE * max(len(lines) for lines in texts)
    top = _GAP + (_LINE + 4 if names else 0)
    columns = min(columns, len(groups))
    rows = -(-len(groups) // columns)
    size = (columns * (width + _GAP) + _GAP, top + rows * (side + below + _GAP))
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    for column in range(columns):
        for i, name in enumerate(names):
            draw.text((_GAP + column * (width + _GAP) + i * side, _GAP - 2), name, _INK, font)
    for number, (_, pictures) in enumerate(groups):
        x = _GAP + number % columns * (width + _GAP)
        y = top + number // columns * (side + below + _GAP)
        for i, picture in enumerate(pictures):
            sheet.paste(_sized(picture, side), (x + i * side, y))
        for row, line in enumerate(texts[number]):
            draw.text((x, y + side + 4 + row * _LINE), line, _INK, font)
    _save(sheet, path)


def comparison_matrix(
    rows: Sequence[tuple[str, Tensor, Tensor]], path: Path, *, side: int = 96, halves: int = 2
) -> None:
    """One row per form: its name, renders (k, 3, H, W) and generated pictures (k, 3, H, W).

    The rows stand in `halves` columns beside each other.
    """
    label, gap, head = 84, 12, 26
    each = max(max(len(real), len(made)) for _, real, made in rows)
    block = label + 2 * each * side + gap
    height = -(-len(rows) // halves)
    sheet = Image.new("RGB", (halves * (block + gap), head + side * height), _PAPER)
    draw, font = ImageDraw.Draw(sheet), sheet_font(_LETTER)
    for number, (name, real, made) in enumerate(rows):
        left = number // height * (block + gap)
        y = head + number % height * side
        if y == head:
            draw.text((left + label, 4), "rendered", _INK, font)
            draw.text((left + label + each * side + gap, 4), "generated", _INK, font)
        draw.text((left + 6, y + side // 2 - 8), name.replace("_", " "), _INK, font)
        for group, x0 in ((real, left + label), (made, left + label + each * side + gap)):
            for i, picture in enumerate(group):
                sheet.paste(_sized(picture, side), (x0 + i * side, y))
    _save(sheet, path)
