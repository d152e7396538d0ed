"""Centre lines: what a sketch says, whatever pen drew it, one pixel wide."""

import math
from typing import Final

import cv2
import msgspec
import numpy as np

from maquette.core.pixels import Pixels
from maquette.sketch.edges import Field, Where
from maquette.sketch.thinning import Mask, neighbour_count, thin

SIDE: Final = 256
"""Sketches and renders are compared at the area of a square of so many pixels a side."""
_INK = 176  # of 255: what is darker belongs to a line
_THICK, _THICKEST = 11, 25  # pixels: a fine pen's strokes are no wider, and nobody's at all
_FEWEST = 8  # pixels of line below which nothing was drawn
_MARGIN = 6.0  # pixels around the drawing that still belong to it


class CentreLines(msgspec.Struct, frozen=True, eq=False):
    """The lines of a sketch at the size of comparison.

    `ink` is where the sketch is dark and `lines` what is left of it. `distance` is that of each
    pixel to the nearest line, in pixels, and `nearest` an index into the arrays of `at` (ys, xs):
    which pixel of a line that is. `along` and `across` are the cosine and the sine of twice the
    angle of the nearest line's normal. `region` is what the lines enclose and a little around it:
    of the rest the sketch says nothing.
    """

    ink: Where
    lines: Where
    distance: Field
    nearest: np.ndarray
    at: tuple[np.ndarray, np.ndarray]
    along: Field
    across: Field
    region: Where


def comparison_size(width: int, height: int) -> tuple[int, int]:
    """The size at which a picture of `width` by `height` is compared, in pixels."""
    factor = min(1.0, SIDE / math.sqrt(width * height))
    return max(1, round(width * factor)), max(1, round(height * factor))


def is_ink(sketch: Pixels) -> Where:
    """Which pixels of an RGB sketch belong to a line."""
    return np.asarray(cv2.cvtColor(sketch[..., :3], cv2.COLOR_RGB2GRAY)) < _INK


def centre_lines(sketch: Pixels) -> CentreLines | None:
    """The lines of an RGB sketch, dark on white; None if there are none to speak of."""
    height, width = sketch.shape[:2]
    size = comparison_size(width, height)
    ink = _reduced(is_ink(sketch), size)
    lines = _thinned(ink)
    if int(lines.sum()) < _FEWEST:
        return None
    distance, labels = cv2.distanceTransformWithLabels(
        (~lines).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    labels = np.asarray(labels, np.int32)
    ys, xs = np.nonzero(lines)
    index = np.zeros(int(labels.max()) + 1, np.int32)
    index[labels[ys, xs]] = np.arange(len(ys), dtype=np.int32)
    nearest = index[labels]
    along, across = _normals(lines)
    enclosed = _filled(lines)
    around = cv2.distanceTransform((~enclosed).astype(np.uint8), cv2.DIST_L2, 5) <= _MARGIN
    return CentreLines(
        ink=ink,
        lines=lines,
        distance=np.asarray(distance, np.float32),
        nearest=nearest,
        at=(ys, xs),
        along=along[ys, xs][nearest],
        across=across[ys, xs][nearest],
        region=np.asarray(around),
    )


def strokes_of(found: CentreLines) -> tuple[int, np.ndarray]:
    """How many strokes there are, lines between ends and crossings, and which each pixel of a line
    is part of: int32 as long as `found.at`, 0 at crossings and then counted from 1."""
    lines = found.lines.astype(np.uint8)
    crossings = cv2.dilate((neighbour_count(lines) > 2).astype(np.uint8), np.ones((3, 3), np.uint8))
    count, labels = cv2.connectedComponents(lines & (1 - crossings), connectivity=8)
    return count - 1, np.asarray(labels)[found.at]


def _reduced(ink: Where, size: tuple[int, int]) -> Where:
    """`ink` at `size` (width, height), without losing a line that is one pixel wide."""
    factor = math.sqrt(ink.size / (size[0] * size[1]))
    if factor <= 1:
        return ink
    share = cv2.resize(ink.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(share) > min(0.5, 0.8 / factor)


def _thinned(ink: Where) -> Where:
    """Lines one pixel wide: the middle of strokes, and the outline of what was filled in."""
    # A stroke drawn twice is one line: what lies between is closed.
    closed = np.asarray(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, _disc(3)), np.uint8)
    middle = thin(closed)
    if not middle.any():
        return middle > 0
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _disc(_filled_width(closed, middle)))
    if not solid.any():
        return middle > 0
    # Where the paper ends is no outline: OpenCV erodes as if ink went on there.
    outline = solid & (1 - cv2.erode(solid, np.ones((3, 3), np.uint8)))
    strokes = closed & (1 - cv2.dilate(solid, _disc(3)))
    return (thin(np.ascontiguousarray(strokes, np.uint8)) | outline) > 0


def _filled_width(ink: Mask, middle: Mask) -> int:
    """How wide, in pixels, ink must be to have been filled in: twice as wide as the pen."""
    depth = np.asarray(cv2.distanceTransform(ink, cv2.DIST_L2, 5))
    pen = 2 * float(np.median(np.minimum(depth[middle > 0], _THICKEST)))  # all black has no end
    return round(min(max(2 * pen, _THICK), _THICKEST))


def _normals(lines: Where) -> tuple[Field, Field]:
    """Cosine and sine of twice the angle across the lines, from the structure tensor (Förstner and
    Gülch, A fast operator for detection and precise location of distinct points, 1987)."""
    blurred = cv2.GaussianBlur(lines.astype(np.float32), (0, 0), 1.5)
    dx = np.asarray(cv2.Sobel(blurred, cv2.CV_32F, 1, 0, ksize=3), np.float32)
    dy = np.asarray(cv2.Sobel(blurred, cv2.CV_32F, 0, 1, ksize=3), np.float32)
    difference = np.asarray(cv2.GaussianBlur(dx * dx - dy * dy, (0, 0), 2), np.float32)
    mixed = np.asarray(cv2.GaussianBlur(2 * dx * dy, (0, 0), 2), np.float32)
    spread = np.hypot(difference, mixed)
    some = spread > 0
    return (
        np.divide(difference, spread, out=np.zeros_like(spread), where=some),
        np.divide(mixed, spread, out=np.zeros_like(spread), where=some),
    )


def _filled(lines: Where) -> Where:
    """`lines` and all that they enclose."""
    padded = np.pad(lines.astype(np.uint8), 1)
    cv2.floodFill(padded, None, (0, 0), (2,))
    return (padded != 2)[1:-1, 1:-1]


def _disc(diameter: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (diameter, diameter))
