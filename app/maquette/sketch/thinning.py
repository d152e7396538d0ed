"""Thinning: the middle lines of strokes, one pixel wide, without their whiskers."""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]
"""uint8 (H, W), 1 or 0."""

# The weight of each neighbour in the code of a neighbourhood, the centre counting nothing.
# P2 is above, then clockwise: P3 right above, P4 right, ... P9 left above.
_WEIGHTS = np.array([[128, 1, 2], [64, 0, 4], [32, 16, 8]], np.float32)
_MOST = 60  # passes; strokes are no wider than that many pixels on each side


def thin(mask: Mask) -> Mask:
    """The skeleton of `mask`: Guo and Hall, CACM 32:359-373, 1989, algorithm A1.

    Lines stay connected, and one pixel wide. Works on the smallest window that holds everything.
    """
    left, top, width, height = cv2.boundingRect(mask)
    result = np.zeros_like(mask)
    if width == 0 or height == 0:
        return result
    window = cv2.copyMakeBorder(
        mask[top : top + height, left : left + width], 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0
    )
    window = np.ascontiguousarray(window, np.uint8)
    first, second = _tables()
    for _ in range(_MOST):
        before = cv2.countNonZero(window)
        for table in (first, second):
            codes = neighbourhoods(window)
            window &= np.asarray(cv2.LUT(codes, table), np.uint8)
        if cv2.countNonZero(window) == before:
            break
    result[top : top + height, left : left + width] = window[1:-1, 1:-1]
    return result


def neighbourhoods(mask: Mask) -> Mask:
    """For each pixel the eight neighbours as bits, from above (1) clockwise to left above (128)."""
    return np.asarray(
        cv2.filter2D(mask, cv2.CV_8U, _WEIGHTS, borderType=cv2.BORDER_CONSTANT), np.uint8
    )


def neighbour_count(mask: Mask) -> Mask:
    """How many of the eight neighbours of each pixel of a skeleton are set; 0 off it."""
    return mask * np.asarray(cv2.LUT(neighbourhoods(mask), _count_table()), np.uint8)


def pruned(skeleton: Mask, length: int) -> Mask:
    """`skeleton` without branches shorter than `length`, and without pieces of that length.

    Ends are taken back `length` times and let grow again along the skeleton; what is gone
    altogether does not come back (Gonzalez and Woods, Digital Image Processing, section 9.5.8).
    """
    core = skeleton.copy()
    for _ in range(length):
        core &= (neighbour_count(core) > 1).astype(np.uint8)
    ends = ((neighbour_count(core) == 1) & (core > 0)).astype(np.uint8)
    kernel = np.ones((3, 3), np.uint8)
    grown = ends
    for _ in range(length):
        grown = skeleton & np.asarray(cv2.dilate(grown, kernel), np.uint8)
    return core | grown


@cache
def _tables() -> tuple[Mask, Mask]:
    """For each neighbourhood 1 where the pixel stays, in the first and the second subiteration."""
    tables = np.ones((2, 256), np.uint8)
    for code in range(256):
        p2, p3, p4, p5, p6, p7, p8, p9 = (bool(code >> bit & 1) for bit in range(8))
        crossings = (
            ((not p2) and (p3 or p4))
            + ((not p4) and (p5 or p6))
            + ((not p6) and (p7 or p8))
            + ((not p8) and (p9 or p2))
        )
        one = (p9 or p2) + (p3 or p4) + (p5 or p6) + (p7 or p8)
        other = (p2 or p3) + (p4 or p5) + (p6 or p7) + (p8 or p9)
        if crossings != 1 or not 2 <= min(one, other) <= 3:
            continue
        if not ((p6 or p7 or not p9) and p8):
            tables[0, code] = 0
        if not ((p2 or p3 or not p5) and p4):
            tables[1, code] = 0
    return tables[0], tables[1]


@cache
def _count_table() -> Mask:
    return np.array([code.bit_count() for code in range(256)], np.uint8)
