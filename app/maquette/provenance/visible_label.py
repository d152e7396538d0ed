"""The visible label: words in a corner of the picture that say that AI made it.

It is drawn before the invisible watermark, so that the watermark's self-check sees the pixels as
they will be. GB 45438-2025, 5.2, asks for text at an edge or corner, in a legible face, at least
5 % of the shortest side high, that names AI and that the picture was generated or synthesised.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from maquette.core.marking import VisibleLabel
from maquette.core.pixels import Pixels, require_pixels
from maquette_resources import label_font

HEIGHT = 0.05
"""Least height of a capital letter, as a share of the picture's shortest side."""

_WORDS = {
    VisibleLabel.AI: "AI",
    VisibleLabel.ENGLISH: "AI-generated",
    VisibleLabel.CHINESE: "AI生成",
}
_CAPITAL = "A"
_PLATE = 0.68  # opacity of the black plate: white text on it has a contrast of 7:1 on white too
_MARGIN = 0.5  # to the picture's edges, in heights of a capital, as the two below
_PADDING = (0.7, 0.5)  # inside the plate, across and down
_RADIUS = 0.45
_SMALLEST = 12  # font size in pixels below which the strokes of 生 run together
_FINER = 4  # the plate's corners are drawn larger and scaled down
_LIKENESS = 0.8  # correlation with the text, above which a label is recognised


class Drawing(NamedTuple):
    """Where a label goes and how: its plate's top left corner, and masks of 0 to 1 (h, w)."""

    left: int
    top: int
    plate: npt.NDArray[np.float32]
    text: npt.NDArray[np.float32]
    capital: int
    """Height of a capital letter, in pixels."""

    @property
    def box(self) -> tuple[slice, slice]:
        """The plate's rows and columns."""
        height, width = self.plate.shape
        return slice(self.top, self.top + height), slice(self.left, self.left + width)


def words_of(label: VisibleLabel) -> str:
    """What `label` says, "" for none."""
    return _WORDS.get(label, "")


def plan_label(width: int, height: int, label: VisibleLabel) -> Drawing | None:
    """Where and how `label` is drawn into a picture of this size; None where it does not fit."""
    words = words_of(label)
    if not words:
        return None
    needed = HEIGHT * min(width, height)
    size = max(_SMALLEST, round(needed))
    while _capital_height(size) < needed:
        size += 1
    capital = _capital_height(size)
    font = _font(size)
    left, top, right, bottom = font.getbbox(words)
    across, down = (round(share * capital) for share in _PADDING)
    plate_size = (round(right - left) + 2 * across, round(bottom - top) + 2 * down)
    margin = round(_MARGIN * capital)
    at = (width - margin - plate_size[0], height - margin - plate_size[1])
    if min(at) < 0:
        return None
    text = Image.new("L", plate_size)
    ImageDraw.Draw(text).text((across - left, down - top), words, fill=255, font=font)
    return Drawing(*at, _rounded(plate_size, _RADIUS * capital), _share(text), capital)


def draw_label(pixels: Pixels, label: VisibleLabel) -> Pixels | None:
    """A copy of `pixels` with `label` in the lower right corner; None where it does not fit.

    White words on a dark, slightly transparent plate: on any picture their contrast is at least
    7:1 (WCAG 2.2, success criterion 1.4.6). Under an alpha channel the corner becomes opaque.
    """
    height, width = require_pixels(pixels).shape[:2]
    drawing = plan_label(width, height, label)
    if drawing is None:
        return None
    drawn = pixels.copy()
    corner = drawn[drawing.box]
    shade = 1 - _PLATE * drawing.plate[..., None]
    ink = drawing.text[..., None]
    colours = corner[..., :3] * shade * (1 - ink) + 255 * ink
    corner[..., :3] = np.rint(colours).astype(np.uint8)
    if pixels.shape[2] == 4:
        opaque = np.rint(255 * drawing.plate).astype(np.uint8)
        corner[..., 3] = np.maximum(corner[..., 3], opaque)
    return drawn


def carries_label(pixels: Pixels, label: VisibleLabel) -> bool:
    """Whether `pixels` show `label` where `draw_label` puts it, also after lossy encoding."""
    height, width = require_pixels(pixels).shape[:2]
    drawing = plan_label(width, height, label)
    if drawing is None:
        return False
    light = pixels[drawing.box][..., :3].astype(np.float32).mean(axis=2)
    inside = drawing.plate > 0.99
    seen, wanted = light[inside], drawing.text[inside]
    if float(seen.std()) < 1.0:
        return False
    return float(np.corrcoef(seen, wanted)[0, 1]) >= _LIKENESS


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(label_font(), size)


def _capital_height(size: int) -> int:
    """How many rows of pixels a capital letter really covers at this font size.

    Rows that it merely tints do not count.
    """
    canvas = Image.new("L", (2 * size, 2 * size))
    ImageDraw.Draw(canvas).text((0, 0), _CAPITAL, fill=255, font=_font(size))
    return int((np.asarray(canvas) >= 128).any(axis=1).sum())


def _rounded(size: tuple[int, int], radius: float) -> npt.NDArray[np.float32]:
    """A rectangle with round corners as a mask."""
    width, height = size
    large = Image.new("L", (width * _FINER, height * _FINER))
    corner = (width * _FINER - 1, height * _FINER - 1)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *corner), radius * _FINER, fill=255)
    return _share(large.resize(size, Image.Resampling.BOX))


def _share(mask: Image.Image) -> npt.NDArray[np.float32]:
    return np.asarray(mask, dtype=np.float32) / np.float32(255)
