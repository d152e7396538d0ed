"""Lines fitted to a sheet and drawn anew, all equally thick."""

import math
from typing import NamedTuple

import cv2
import numpy as np

from maquette.core.pixels import Pixels
from maquette.sketch.thinning import Mask, pruned, thin

_HAIR, _MARKER = 0.0035, 0.016  # of the sheet's shorter side: thickness with weight 0 and 1
_FINE = 700  # sheets with a shorter side below this are thinned at twice their size
_LARGEST = 5.0  # times as large as in its frame: a dot stays a dot
_WHISKER = 0.012  # of the sheet's shorter side: shorter branches are no strokes


class Fitted(NamedTuple):
    """Skeleton of the lines, on a sheet `scale` times as large as the sketch is to be."""

    skeleton: Mask
    scale: int


def fitted(mask: Mask, width: int, height: int, margin: float) -> Fitted:
    """The middle lines of `mask` on a sheet of `width` × `height` pixels.

    What was drawn is put into the middle with a `margin`, a share of the shorter side; with a
    negative one the whole frame of `mask` is fitted. Proportions stay.
    """
    scale = 2 if min(width, height) < _FINE else 1
    sheet = (scale * width, scale * height)
    if margin < 0:
        left, top, across, down = 0, 0, mask.shape[1], mask.shape[0]
        room = sheet
    else:
        left, top, across, down = cv2.boundingRect(mask)
        border = 2 * min(margin, 0.45) * min(sheet)
        room = (round(sheet[0] - border), round(sheet[1] - border))
    result = np.zeros((sheet[1], sheet[0]), np.uint8)
    if across == 0 or down == 0:
        return Fitted(result, scale)
    whole = min(sheet[0] / mask.shape[1], sheet[1] / mask.shape[0])
    factor = min(room[0] / across, room[1] / down, _LARGEST * whole)
    size = (max(1, round(across * factor)), max(1, round(down * factor)))
    piece = mask[top : top + down, left : left + across] * np.uint8(255)
    if factor < 1:
        # By area, and a line counts that covers a part of a pixel: thin ones stay whole.
        piece = cv2.resize(piece, size, interpolation=cv2.INTER_AREA)
        level = max(20, round(110 * factor))
    else:
        piece = cv2.resize(piece, size, interpolation=cv2.INTER_CUBIC)
        piece = cv2.GaussianBlur(piece, (0, 0), max(0.6, 0.5 * factor))
        level = 110
    x, y = (sheet[0] - size[0]) // 2, (sheet[1] - size[1]) // 2
    result[y : y + size[1], x : x + size[0]] = piece >= level
    whisker = max(2, round(min(sheet) * _WHISKER))
    return Fitted(pruned(thin(result), whisker), scale)


def drawn(lines: Fitted, weight: float) -> Pixels:
    """RGB pixels, black lines on white, as thick as `weight` (0 to 1) asks for."""
    skeleton, scale = lines
    height, width = skeleton.shape[0] // scale, skeleton.shape[1] // scale
    if cv2.countNonZero(skeleton) == 0:
        return np.full((height, width, 3), 255, np.uint8)
    share = _HAIR * (_MARKER / _HAIR) ** weight
    radius = max(0.5 * scale, share * min(skeleton.shape) / 2)
    distance = cv2.distanceTransform(1 - skeleton, cv2.DIST_L2, cv2.DIST_MASK_5)
    # The staircase of a skeleton, smoothed away.
    distance = cv2.GaussianBlur(distance, (0, 0), 0.6 * math.sqrt(scale) + 0.15 * radius)
    paper = np.clip((distance - radius + 0.5) * 255, 0, 255).astype(np.uint8)
    if scale > 1:
        paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_AREA)
    return np.repeat(np.asarray(paper, np.uint8)[..., None], 3, axis=2)
