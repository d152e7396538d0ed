"""How two pictures differ, pixel by pixel. Everything here blocks and belongs in a thread.

Work goes in bands of rows, between which the window's thread gets Python's lock.
"""

from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from maquette.core.pixels import Pixels
from maquette.state.comparing import WHOLE, Part
from maquette.state.pictures import read_picture

GAINS = (1, 2, 4, 8, 16, 32, 64)
BAND = 1 << 19  # bytes of a picture that are taken at a time

Size = tuple[int, int]
"""(width, height) in pixels."""


class Difference(msgspec.Struct, frozen=True):
    """`pixels` are |first - second| per channel (height, width, 3), in the size of the second.

    `largest` is 0 to 255, `share` the part of the pixels that differ at all, 0 to 1.
    """

    pixels: Pixels
    largest: int
    share: float


def fitted_part(size: Size, onto: Size) -> Part:
    """The middle of a picture of `size` that has the shape of `onto`."""
    shape = (size[0] * onto[1]) / (size[1] * onto[0])  # above 1: wider than `onto`
    if abs(shape - 1) < 1e-3:
        return WHOLE
    if shape > 1:
        margin = (1 - 1 / shape) / 2
        return (margin, 0.0, 1 - margin, 1.0)
    margin = (1 - shape) / 2
    return (0.0, margin, 1.0, 1 - margin)


def difference(first: Path, second: Path) -> Difference:
    """How `first`, fitted onto `second` where their sizes differ, differs from it.

    Raises:
        ImageError: one of the files cannot be read.
    """
    ours, theirs = read_picture(first), read_picture(second)
    width, height = theirs.size
    if ours.size != theirs.size:
        left, top, right, bottom = fitted_part(ours.size, theirs.size)
        box = (left * ours.width, top * ours.height, right * ours.width, bottom * ours.height)
        ours = ours.resize(theirs.size, Image.Resampling.LANCZOS, box)
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    rows = max(1, BAND // (3 * width))
    largest = differing = 0
    for top in range(0, height, rows):
        place = (0, top, width, min(top + rows, height))
        one, other = np.asarray(ours.crop(place)), np.asarray(theirs.crop(place))
        band = np.maximum(one, other) - np.minimum(one, other)
        pixels[top : top + rows] = band
        largest = max(largest, int(band.max()))
        differing += int(np.count_nonzero(band.any(axis=2)))
    return Difference(pixels, largest, differing / (width * height))


def amplified(pixels: Pixels, gain: int) -> Pixels:
    """`pixels` times `gain` (1 to 64), at most 255."""
    return np.minimum(pixels, np.uint8(255 // gain)) * np.uint8(gain)


def halved(pixels: Pixels) -> Pixels:
    """Half as large, each pixel the largest of four, so that a lone difference stays in sight."""
    height, width = pixels.shape[0] // 2 * 2, pixels.shape[1] // 2 * 2
    even = pixels[:height, :width]
    above = np.maximum(even[0::2, 0::2], even[0::2, 1::2])
    return np.maximum(above, np.maximum(even[1::2, 0::2], even[1::2, 1::2]))
